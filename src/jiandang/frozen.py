"""The models whose values cannot be changed once they are made; it is said in Chinese."""

from typing import Any

from pydantic import BaseModel

from jiandang.errors import InvalidArgument


class Frozen(BaseModel):
    """A model that refuses new values with InvalidArgument. Its own private attributes may move."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not name.startswith("_"):
            self._refuse(name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        if not name.startswith("_"):
            self._refuse(name)
        super().__delattr__(name)

    def _refuse(self, name: str) -> None:
        kind = type(self).__name__
        raise InvalidArgument(
            f"{kind} 做出来以后不能改（{name}）；要不同的值，请另做一个：model_copy(update={{…}})"
        )
