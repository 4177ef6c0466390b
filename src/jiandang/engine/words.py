"""The words of a finding: messages filled in, values as they are shown, private numbers masked."""

from collections.abc import Mapping, Set
from functools import lru_cache
from string import Formatter
from typing import Any

from jiandang.engine.masking import is_private, mask, mask_code, mask_private, show
from jiandang.register.tables import COLUMNS

_HEADINGS = {name: c.heading for t in reversed(COLUMNS) for name, c in COLUMNS[t].items()}
_SECRET = {name for t in COLUMNS for name, c in COLUMNS[t].items() if c.cell.secret}
_CODES = {name for t in COLUMNS for name, c in COLUMNS[t].items() if c.cell.name == "编码"}


@lru_cache(maxsize=1024)
def fields_of(message: str) -> tuple[tuple[str, str | None, str], ...]:
    """A message in pieces: text, the name in the braces after it (or None), and its format."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(message))


def heading_of(name: str) -> str:
    """The canonical heading of a column."""
    return _HEADINGS.get(name, name)


class Words:
    """Puts values into words; columns of private numbers are masked unless `show_ids`."""

    def __init__(self, show_ids: bool) -> None:
        self._show_ids = show_ids

    def fill(self, message: str, values: Mapping[str, Any], of: str = "") -> str:
        """The message with its values, those of a cell being of the column `of`.

        `{x:id}` is a private number, whatever its name. `{x:place}` is another row, which
        `FindingBuilder` has put into words already.
        """
        secret = _SECRET.union(CELL_VALUES) if of in _SECRET else _SECRET
        return "".join(
            text if name is None else text + self._word(name, spec, values[name], secret)
            for text, name, spec in fields_of(message)
        )

    def _word(self, name: str, spec: str, value: Any, secret: Set[str]) -> str:
        # The number of a household or a place is no secret, unless it is somebody's own number.
        if name in _CODES and isinstance(value, str) and not is_private(value):
            return value
        if name in secret:
            value = self.private(value)
        if spec == "place":
            return str(value)
        if spec == "id":
            return self.private(value)
        if spec:
            return format(value, spec)
        text = show(value)
        return text if self._show_ids else mask_private(text)

    def private(self, value: Any) -> str:
        """A private number."""
        text = show(value)
        return text if self._show_ids or value is None else mask(text)

    def public(self, text: str | None) -> str | None:
        """A name or the like; somebody may have typed a private number in its place."""
        return text if text is None or self._show_ids else mask_private(text)

    def code(self, text: str | None) -> str | None:
        """The number of a household or a place."""
        return text if text is None or self._show_ids else mask_code(text)

    def cell(self, name: str, value: Any) -> str | None:
        """What stands in a cell of the column."""
        if value is None:
            return None
        text = show(value)
        if self._show_ids or (name in _CODES and not is_private(text)):
            return text
        return mask(text) if name in _SECRET else mask_private(text)


# The names under which an observation gives what stands, or should stand, in the cell.
CELL_VALUES = ("value", "other", "known")
