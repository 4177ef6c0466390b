"""Amounts in parts behind one label: 耕地 | 水田1.5亩 | 旱地2亩, 住房 | 砖混 | 3间 | 80㎡."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from jiandang.intake.forms.page import Value
from jiandang.intake.forms.sheet import Cell
from jiandang.intake.forms.vocabulary import Field
from jiandang.patterns import regex

_LAND: Field = ("household", "arable")
_HOUSE: Field = ("household", "house_area")
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_TOTAL = "合计|共计|总计|小计|共"
_OF_LAND = regex(
    rf"(?:其中)?:?(水田|水浇地|水地|旱地|旱田|{_TOTAL}):?[_(]*{_NUMBER}?[_)]*亩?[,、;。/]*"
)
_HOUSING = regex(r"住房(?:情况|状况|条件)?(?:\(.*\))?:?$")
_SQUARE = "(?:㎡|平方米|平米|平方|m2)"
_OF_HOUSE = regex(rf"面积(?:\({_SQUARE}\))?[:|]*{_NUMBER}|{_NUMBER}\|?{_SQUARE}")
# What else is said of a house, which no column has.
_NO_COLUMN = ("结构", "间数")


class Parts(NamedTuple):
    """The value that parts come to, over how many cells they stand, and what has no column."""

    field: Field
    value: Value
    cells: int
    unknown: Sequence[str] = ()


def read_parts(at: Cell, following: Sequence[Cell]) -> Parts | None:
    """What the cells behind a label say in parts; None where they do not."""
    if at.label is not None and at.label.field == _LAND:
        return _land(at, following)
    return _house(at, following) if _HOUSING.match(at.solid) else None


def _land(at: Cell, following: Sequence[Cell]) -> Parts | None:
    """水田 and 旱地, of which the sum is the value, unless it is given."""
    text, count = "", 0
    for number, cell in enumerate(following, 1):
        text += cell.solid
        if re.fullmatch(f"(?:{_OF_LAND.pattern})+", text):
            count = number
    parts = _OF_LAND.findall("".join(cell.solid for cell in following[:count]))
    if not any(name not in _TOTAL.split("|") for name, _ in parts):
        return None
    totals = [number for name, number in parts if number and name in _TOTAL.split("|")]
    amounts = totals[:1] or [number for _, number in parts if number]
    raw = f"{sum(map(float, amounts)):g}" if amounts else ""
    return Parts(_LAND, Value(raw, at.row, following[0].column, part=True), count)


def _house(at: Cell, following: Sequence[Cell]) -> Parts | None:
    """The area, among what else is said of the house."""
    own = [*following]
    if stop := next((i for i, cell in enumerate(own) if cell.labels), None):
        own = own[:stop]
    text = "|".join(cell.solid for cell in own)
    if (found := _OF_HOUSE.search(text)) is None:
        return None
    unknown = [word for word in _NO_COLUMN if word in at.solid + text]
    raw = found[1] or found[2]
    return Parts(_HOUSE, Value(raw, at.row, own[0].column, part=True), len(own), unknown)
