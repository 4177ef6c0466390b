"""The words of a finding: messages filled in, values as they are shown, private numbers masked.

Here texts of the user's files enter the Report, and here alone they are made fit to be shown:
private numbers are masked unless asked for, and nothing is left that a terminal would obey.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from functools import lru_cache, partial
from string import Formatter
from typing import Any

from jiandang.patterns import regex
from jiandang.register.cells import show
from jiandang.register.masking import hide_birth, mask_code, mask_private, mask_secret
from jiandang.register.place import own_number_of
from jiandang.register.tables import BEFORE, COLUMNS
from jiandang.register.text import shown

_HEADINGS = {name: c.heading for t in reversed(COLUMNS) for name, c in COLUMNS[t].items()}
_DATES = ("", BEFORE)  # what begins the name of a column of either date
_SECRET = {d + n for d in _DATES for t in COLUMNS for n, c in COLUMNS[t].items() if c.cell.secret}
# The names under which an observation gives what stands, or should stand, in the cell.
CELL_VALUES = ("value", "other", "known")
_SECRET_VALUES = _SECRET.union(CELL_VALUES)
# The village of rows that name none.
_SOME_VILLAGE = "本村"
# What is empty is no word in quotes, and nothing is counted of it.
_NOTHING = show(None)
_EMPTY = regex(r"“\0”| ?\0(?: (?:个月|元|人|亩|公里|分钟|平方米|周岁|岁))?")
_CODES = {
    d + n for d in _DATES for t in COLUMNS for n, c in COLUMNS[t].items() if c.cell.name == "编码"
}
_CODE_VALUES = _CODES.union(CELL_VALUES)


@lru_cache(maxsize=1024)
def fields_of(message: str) -> tuple[tuple[str, str | None, str], ...]:
    """A message in pieces: text, the name in the braces after it (or None), and its format."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(message))


def heading_of(name: str) -> str:
    """The canonical heading of a column."""
    return _HEADINGS.get(name.removeprefix(BEFORE), name)


@lru_cache(maxsize=1024)  # findings that stand together name the same village and household
def public(text: str, show_ids: bool) -> str:
    """Any text of the user as it may be shown: a name, a heading, a path, a remark."""
    text = shown(text)
    return text if show_ids else mask_private(text)


def _marked(said: str, value: Any) -> str:
    """The words of a value, or a mark for an empty one of which nothing else is said."""
    return "\0" if value is None and said == _NOTHING else said


class Words:
    """Puts values into words; columns of private numbers are masked unless `show_ids`."""

    def __init__(self, show_ids: bool) -> None:
        self._show_ids = show_ids

    def fill(self, message: str, values: Mapping[str, Any], of: str = "") -> str:
        """The message with its values; see `filler`."""
        return self.filler(message, of)(values)

    def filler(self, message: str, of: str = "") -> Callable[[Mapping[str, Any]], str]:
        """What fills in the message with its values, those of a cell being of the column `of`.

        `{x:id}` is a private number, whatever its name; `{x:s}` that of a household or a place, or
        words with one; `{x:home}` is 张三（320324105201003）. `{x:place}` is another row, which
        `FindingBuilder` has put into words already.
        """
        secret = _SECRET_VALUES if of in _SECRET else _SECRET
        codes = _CODE_VALUES if of in _CODES else _CODES
        pieces = [
            (text, name or "", None if name is None else self._speller(name, spec, secret, codes))
            for text, name, spec in fields_of(message)
        ]

        def filled(values: Mapping[str, Any]) -> str:
            said = [
                text if word is None else text + _marked(word(values[name]), values[name])
                for text, name, word in pieces
            ]
            whole = "".join(said)
            return _EMPTY.sub(_NOTHING, whole) if "\0" in whole else whole

        return filled

    def _speller(
        self, name: str, spec: str, secret: Set[str], codes: Set[str]
    ) -> Callable[[Any], str]:
        """How values of this name and format are put into words."""
        if spec == "place":
            return str
        if spec == "id" or name in secret:
            return self.private
        if spec == "home":
            return self._home
        spelled = partial(self._word, spec=spec, is_code=name in codes or spec == "s")
        if name == "village":
            return lambda value: _SOME_VILLAGE if value is None else spelled(value)
        return spelled

    def _home(self, value: Any) -> str:
        """A household as 张三（320324105201003）."""
        name, bracket, number = str(value).removesuffix("）").rpartition("（")
        return f"{self.public(name)}{bracket}{self.code(number)}）"

    def _word(self, value: Any, spec: str, *, is_code: bool) -> str:
        # The number of a household or a place is no secret, unless it is somebody's own number.
        if is_code and isinstance(value, str):
            return self.code(value) or ""
        return format(value, spec) if spec else public(show(value), self._show_ids)

    def private(self, value: Any) -> str:
        """A private number."""
        text = shown(show(value))
        return text if self._show_ids or value is None else mask_secret(text)

    def public(self, text: str | None) -> str | None:
        """A name or the like, in whose place a private number may have been typed."""
        return text and public(text, self._show_ids)

    def code(self, text: str | None) -> str | None:
        """The number of a household or a place."""
        text = text and shown(text)
        return text if text is None or self._show_ids else mask_code(text)

    def cell(self, name: str, value: Any) -> str | None:
        """What stands in a cell of the column."""
        if value is None:
            return None
        if name in _SECRET:
            return self.private(value)
        if name in _CODES:
            return self.code(own_number_of(show(value)))
        return self.public(show(value))

    def apart(self, texts: tuple[str | None, ...], values: Iterable[Any]) -> tuple[str | None, ...]:
        """The texts of one finding, which together give away no more than each of them.

        `values` are all that the finding was made from.
        """
        if self._show_ids or "****" not in "".join(filter(None, texts)):
            return texts
        return tuple(hide_birth(texts, (v for v in values if isinstance(v, str))))
