"""Columns of identity numbers and names that are hidden in part, as in what is posted in public."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from jiandang.formats.grid import Grid
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference

_FIRST = 50
_SIGNS = "*＊×✱●"
# Three digits of it at least are shown, wherever they stand.
MASKED_NUMBER = regex(
    rf"(?=(?:[^0-9]*[0-9]){{3}})"
    rf"[0-9{_SIGNS}]{{0,20}}(?:[{_SIGNS}]{{2,20}}|[xX]{{3,20}})[0-9{_SIGNS}]{{0,20}}[xX]?"
)
# 张*明, 张**, 张某某, *明
_NAME = regex(rf"[一-鿿·]{{0,4}}(?:[{_SIGNS}]+|[xX○〇]{{1,3}}|某{{1,2}})[一-鿿·]{{0,4}}")
_HIDDEN = {
    "id_number": (MASKED_NUMBER, "里的号码隐去了几位"),
    "head_id": (MASKED_NUMBER, "里的号码隐去了几位"),
    "name": (_NAME, "里的姓名隐去了几个字"),
    "head_name": (_NAME, "里的姓名隐去了几个字"),
}


def leave_masked_out(grid: Grid, segment: Segment, number: int) -> Iterator[Observation]:
    """Take the columns away in which most numbers or names are hidden, and tell of each.

    Whoever is in the sheet is told by his household, or by his village and his name. A single
    hidden one among others is a fault of its cell.
    """
    heading, data = segment.heading, segment.rows[Kind.DATA]
    row = heading.last_row
    for columns in (heading.columns, *segment.persons):
        for meaning, column in [*columns.items()]:
            if meaning.column not in _HIDDEN:
                continue
            pattern, why = _HIDDEN[meaning.column]
            is_mostly_hidden = partial(_is_mostly_hidden, pattern)
            own = partial(grid.cells.column, column)
            # The first rows tell of nearly all columns that they are none of these.
            if all(map(is_mostly_hidden, map(own, (data[:_FIRST], data)))):
                del columns[meaning]
                text = heading.texts.get(column, "") or as_text(grid.cells[row][column])
                seen = {"heading": text, "nearest": "", "why": why}
                ref, table = reference(number, row + 1), heading.table
                yield Observation(
                    Notice.UNKNOWN_COLUMN, ref, table, sheet_column=column, value=text, seen=seen
                )


def _is_mostly_hidden(pattern: re.Pattern[str], cells: Iterable[Raw]) -> bool:
    texts = (as_text(cell).strip() for cell in cells)
    hidden = [pattern.fullmatch(text) is not None for text in texts if text]
    return 2 * sum(hidden) > len(hidden)
