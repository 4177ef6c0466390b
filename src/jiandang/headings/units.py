"""In what unit a column's bare numbers are: its heading says it, or else a text above it.

A unit belongs to the columns of its kind: 单位:万元 above a table says nothing of areas.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from statistics import median
from typing import NamedTuple

from jiandang.formats.grid import Range
from jiandang.headings.text import BRACKETS, UNIT_BEHIND
from jiandang.patterns import regex
from jiandang.register.cells import CellType, Raw
from jiandang.register.number_cells import SQUARE_METRE, NumberCell
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS
from jiandang.register.text import plain, solid

# 单位:万元 · 金额单位为百元 · 单位:人、万元 · 收入表(单位:万元)
_LINE = regex(r"(?:金额|货币|计量|数量)?单位(?:均?[为是])?[\s:]*([^\s:()\[\]【】〔〕]+)")
_BETWEEN = regex(r"[、,;/和及]")
_ROUND_COMMAS = regex(r"\s*([、,;/])\s*")
# What a text above may name, by the column's own unit: 亩 above a table is not said of its houses.
_MONEY = ("元", "百元", "千元", "万元")
_ABOVE = {
    "元": _MONEY,
    "万元": _MONEY,
    "亩": ("亩", "公顷"),
    "公里": ("公里", "千米", "里", "华里", "米"),
}
# What the middle one of a column's values may be in its own unit. A line above is often left over
# from another table, so that values beyond are against it.
_LIKELY = {"元": (1, 200_000), "万元": (0.01, 10_000), "亩": (0.01, 100), "公里": (0.01, 100)}
# What is counted, or is an amount of a month: no unit of a measure, though it often heads one.
_COUNTED = frozenset("间栋幢座层套处株棵头只") | {"小时", "分钟"}
# What else counties' own columns are in.
_OTHERS = frozenset(("%", "斤", "公斤", "吨", "次", "人次"))
_MONTHLY = regex(r"(?:[百千万]?元)?[/每]?[人户]?[/每·.]?(?:月|日|天|周|季度?)(?:[/·.]?[人户])?")
_MEASURED = ("元", "万元", "亩", "公里", "㎡")
# A line about a table stands so many rows above its heading, at most.
_REACH = 10


class Unit(NamedTuple):
    """What a bare number counts in the column's own unit, and the text above that says so."""

    scale: float = 1
    said: str = ""


def unit_scale(texts: Sequence[str], cell: CellType) -> float | None:
    """What one counts in the column's own unit, under headings (the lowest last) that name a unit.

    `…(万元)`, `…(米)`; None where they name none that the column knows.
    """
    units = cell.units if isinstance(cell, NumberCell) else {}
    for text in reversed(texts):
        for word in reversed(_of_heading(text)):
            if word in units:
                return units[word]
        if "万元" in units and "万元" in text:
            return units["万元"]
    return None


def has_other_unit(text: str, column: Column) -> bool:
    """Whether a heading names a unit of another kind: 住房面积(间), 人均纯收入(元/月).

    Nothing can be worked out from such numbers.
    """
    if column.unit not in _MEASURED or not isinstance(column.cell, NumberCell):
        return False
    words = _of_heading(text)
    if any(word in column.cell.units for word in words):
        return False
    is_money = column.unit in _MONEY
    return any(
        word in _COUNTED or word in _measures() or (is_money and _MONTHLY.fullmatch(word))
        for word in words
    )


def unit_alone(text: str) -> str:
    """The unit that a cell of a row of units holds: 元 of (元), (单位:元) and 元; else ""."""
    whole = BRACKETS.fullmatch(text)
    word = _plain_word(whole[1] if whole else text)
    return word if word in _alone() else ""


def unit_line(text: str) -> str:
    """What a text says of the units of all that follows: 单位:人、万元, but not 单位:官山镇."""
    lines = (said for said, words in _lines(text) if words <= _any_units())
    return next(lines, "")


def is_unit_line(text: str) -> bool:
    """Whether a text says nothing but units: (单位:万元)."""
    line = unit_line(text)
    return line != "" and line == solid(text).strip("()")


def unit_above(texts: Sequence[str], column: Column) -> Unit:
    """The unit that the first text which names one of the column's kind says."""
    own = column.cell.units if isinstance(column.cell, NumberCell) else {}
    for text in texts:
        for said, words in _said(text):
            scales = {own[word] for word in _ABOVE.get(column.unit, ()) if word in words}
            if scales:
                # 单位:元、万元 leaves open which columns are meant.
                scale = scales.pop() if len(scales) == 1 else 1
                return Unit(scale, said) if scale != 1 else Unit()
    return Unit()


def are_likely(values: Sequence[float], column: Column) -> bool:
    """Whether a column's values may be in its own unit, after a text above it has been applied."""
    amounts = [value for value in values if value > 0]
    if not amounts:
        return True
    low, high = _LIKELY[column.unit]
    return low <= median(amounts) <= high


def _said(text: str) -> Iterator[tuple[str, set[str]]]:
    """The parts of a text that may name units, and their words."""
    yield from _lines(text)
    yield text, {part for word in _in_brackets(text) for part in (word, *_BETWEEN.split(word))}


def _lines(text: str) -> Iterator[tuple[str, set[str]]]:
    for line in _LINE.finditer(_ROUND_COMMAS.sub(r"\1", text)):
        yield line[0], {word.removeprefix("人民币") for word in _BETWEEN.split(line[1])}


def _of_heading(text: str) -> list[str]:
    """The words of a heading that may be its unit: in brackets, or behind its name (住房面积m2)."""
    behind = UNIT_BEHIND.search(BRACKETS.sub("", solid(text)))
    return [*([_plain_word(behind[1])] if behind else []), *_in_brackets(text)]


@lru_cache(1024)  # a text above is asked about for each column
def _in_brackets(text: str) -> tuple[str, ...]:
    return (*map(_plain_word, BRACKETS.findall(text)),)


def _plain_word(word: str) -> str:
    return SQUARE_METRE.sub("㎡", word.removeprefix("单位").lstrip(":").lower())


@cache
def _measures() -> frozenset[str]:
    """The units of all columns that are measured."""
    return _units_of(column for column in _columns() if column.unit in _MEASURED)


@cache
def _alone() -> frozenset[str]:
    """What may stand in a row of units."""
    return _COUNTED | _OTHERS | _any_units()


@cache
def _any_units() -> frozenset[str]:
    """The units of all columns."""
    return _units_of(_columns())


def _columns() -> Iterator[Column]:
    return (column for table in COLUMNS.values() for column in table.values())


def _units_of(columns: Iterable[Column]) -> frozenset[str]:
    cells = (column.cell for column in columns)
    return frozenset(unit for cell in cells if isinstance(cell, NumberCell) for unit in cell.units)


class _Above(NamedTuple):
    """A text above a heading, and over which columns of the sheet it stands."""

    text: str
    over: range


@dataclass(frozen=True)
class TextsAbove:
    """The texts above the heading of a table, the nearest first."""

    texts: tuple[_Above, ...]

    @classmethod
    def of(
        cls, rows: Sequence[Sequence[Raw]], merged: Sequence[Range], titles: range, within: range
    ) -> "TextsAbove":
        """Those in the rows `titles`, for a table that stands in the columns `within`."""
        near = titles[-_REACH:]
        ends = {(top, left): right for top, left, _, right in merged if top in near}
        found: list[_Above] = []
        for row in reversed(near):
            found += _texts_of(rows[row], row, ends, within)
        return cls(tuple(found))

    def unit(self, position: int, column: Column) -> Unit:
        """What they say of the unit of a column of the sheet."""
        return unit_above([each.text for each in self.texts if position in each.over], column)


def _texts_of(
    row: Sequence[Raw], number: int, ends: dict[tuple[int, int], int], within: range
) -> Iterator[_Above]:
    """A row's texts, those over the table first.

    A line is about the whole table, as is what stands alone at its left. Any other text is about
    the columns below it, up to the next one.
    """
    filled = [column for column, cell in enumerate(row) if cell != ""]
    ends_at = dict(zip(filled, [*filled, within.stop][1:], strict=True))
    for column in sorted(filled, key=lambda column: column not in within):
        cell = row[column]
        if not isinstance(cell, str):
            continue
        text = plain(cell)
        whole = BRACKETS.fullmatch(text)
        is_line = _LINE.search(whole[1] if whole else BRACKETS.sub("", text))
        is_title = len(filled) == 1 and column <= within.start
        end = ends.get((number, column), ends_at[column] - 1)
        yield _Above(text, within if is_line or is_title else range(column, end + 1))
