"""The columns of a table on a sheet, parsed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from jiandang.formats.grid import Grid, Unreadable
from jiandang.headings.periods import days_in
from jiandang.headings.units import TextsAbove, Unit, are_likely, unit_scale
from jiandang.intake.codebook import Lists, options_at
from jiandang.intake.columns import CellRead, parse_beside, parse_column
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.shift import SheetColumn
from jiandang.register.cells import Context, as_text
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

# A table with more of them, and little else, is none of ours.
MOST_FAULTS = 500_000


def read_columns(grid: Grid, segment: Segment, lists: Lists, year: int) -> Iterator[SheetColumn]:
    """The columns in the sheet's order."""
    heading, rows = segment.heading, np.array(segment.rows[Kind.DATA], np.int64)
    titles = range(segment.first_line, heading.first_row)
    within = range(min(heading.texts), segment.within.stop)
    above = TextsAbove.of(grid.cells, grid.merged, titles, within)
    whole = grid.cells[heading.first_row : heading.last_row + 1]
    for meaning, position in sorted(heading.columns.items(), key=lambda item: item[1]):
        column = COLUMNS[meaning.table][meaning.column]
        own = grid.cells.column(position, rows)
        if position in heading.periods:
            own = days_in(own, year, last=meaning.column.endswith("_end"))
        # Below a merged heading a unit may stand alone.
        inside = [solid(as_text(row[position])) for row in whole]
        scale, unit = unit_scale([*heading.stacks[position], *inside], column.cell), Unit()
        if scale is None:
            unit = above.unit(position, column)
            scale = unit.scale
        options = options_at(grid, segment, meaning, position, lists)
        context = Context(year, meaning.provincial, scale, grid.untyped, options)
        parsed, context = parse_beside(column, own, context)
        if unit.said and not are_likely(parsed.values.drop_nulls().to_list(), column):
            context = replace(context, scale=1)
            parsed = parse_column(column, own, context)
        if position in heading.periods:
            parsed.remarks.clear()  # two dates in a cell can be nothing but a text
        yield SheetColumn(column, meaning.table, position, own, context, parsed, unit)


def refuse_faults_alone(grid: Grid, columns: Sequence[SheetColumn], rows: int) -> None:
    """Raise Unreadable for a table of so many cells, most of which are no values of their columns.

    To tell of each would take minutes and gigabytes, and nobody would read it.
    """
    faults = sum(len(column.typed.doubtful) for column in columns)
    if faults > MOST_FAULTS and 2 * faults > rows * len(columns):
        raise Unreadable(
            "mostly_faults",
            f"工作表“{grid.name}”有 {faults} 格填的不是那一列要的内容，超过一半：多半不是登记表，"
            "或者内容和表头错开了。请对照表头看各列的次序，改好后再检查。",
        )


def texts_read(
    sheet: str, rows: Sequence[int], at: SheetColumn, positions: Iterable[int]
) -> Iterator[CellRead]:
    """The cells of a column at these positions that are texts and could be read."""
    values = at.typed.values.to_list()
    for i in positions:
        raw = at.cells[i]
        if isinstance(raw, str) and values[i] is not None:
            yield CellRead(sheet, rows[i], at.position, at.column, at.context, raw, values[i])
