"""Columns of identity numbers of which some digits are hidden, as in what is posted in public."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from jiandang.formats.grid import Grid
from jiandang.intake.segment import Kind, Segment
from jiandang.register.cells import Raw, as_text
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference

_NUMBERS = {"id_number", "head_id"}
_FIRST = 50
_MASKED = re.compile(r"[0-9]{3,}(?:[*＊×✱●]{2,}|[xX]{3,})[0-9]*[xX]?")


def leave_masked_out(grid: Grid, segment: Segment, number: int) -> Iterator[Observation]:
    """Take the columns away in which most numbers are hidden, and tell of each.

    Whoever is in the sheet is told by his household or village and his name. A single hidden
    number among others is a fault of its cell.
    """
    heading, data = segment.heading, segment.rows[Kind.DATA]
    row = heading.row_of_cells()
    for columns in (heading.columns, *segment.persons):
        for meaning, column in [*columns.items()]:
            if meaning.column not in _NUMBERS:
                continue
            own = partial(grid.cells.column, column)
            # The first rows tell of nearly all columns that they are none of these.
            if all(map(_is_mostly_hidden, map(own, (data[:_FIRST], data)))):
                del columns[meaning]
                text = heading.texts.get(column, "") or as_text(grid.cells[row][column])
                seen = {"heading": text, "nearest": "", "why": "里的号码隐去了几位"}
                ref, table = reference(number, row + 1), heading.table
                yield Observation(
                    Notice.UNKNOWN_COLUMN, ref, table, sheet_column=column, value=text, seen=seen
                )


def _is_mostly_hidden(cells: Iterable[Raw]) -> bool:
    texts = (as_text(cell).strip() for cell in cells)
    hidden = [_MASKED.fullmatch(text) is not None for text in texts if text]
    return 2 * sum(hidden) > len(hidden)
