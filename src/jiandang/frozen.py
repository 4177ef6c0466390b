"""The models whose values cannot be changed once they are made; it is said in Chinese."""

import re
from collections.abc import Mapping
from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from jiandang.errors import InvalidArgument


def in_words(problem: ErrorDetails, message: str) -> InitErrorDetails:
    """A problem that Pydantic has found, told in these words."""
    of = {**problem.get("ctx", {}), "message": message}
    told = PydanticCustomError(problem["type"], "{message}", of)
    return InitErrorDetails(type=told, loc=problem["loc"], input=problem["input"])


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

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Another one with these values. Raises ValidationError for wrong ones, in Chinese.

        Pydantic's own takes whatever it is given, and a check of it would fail or be half done.
        """
        same = super().model_copy(deep=deep)
        return same._with(update) if update else same

    def _with(self, update: Mapping[str, Any]) -> Self:
        own = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_validate({**own, **update})

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """What a JSON text says. Raises ValidationError, in Chinese for what is no JSON too."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            if problem["type"] != "json_invalid":
                raise
            where = re.search("line ([0-9]+) column ([0-9]+)", problem["msg"])
            at = f"第 {where[1]} 行第 {where[2]} 个字符处" if where else ""
            told = PydanticCustomError(
                "json_invalid", "{message}", {"message": f"不是完整的 JSON，{at}读不下去"}
            )
            wrong = [InitErrorDetails(type=told, loc=(), input=json_data)]
            raise ValidationError.from_exception_data(error.title, wrong, hide_input=True) from None

    def _refuse(self, name: str) -> None:
        kind = type(self).__name__
        raise InvalidArgument(
            f"{kind} 做出来以后不能改（{name}）；要不同的值，请另做一个：model_copy(update={{…}})"
        )


class Explained(Frozen):
    """A model that says in its own words what is wrong, and not what was given.

    It is built when first used: most processes get one made, and never need the schema.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True
    )

    @classmethod
    def _explain(cls, problem: ErrorDetails) -> str:
        raise NotImplementedError

    @model_validator(mode="wrap")
    @classmethod
    def _in_chinese(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            wrong = [in_words(problem, cls._explain(problem)) for problem in found]
            raise ValidationError.from_exception_data(
                cls.__name__, wrong, hide_input=True
            ) from None
