"""The tables of a sheet, each with its heading and the rows below it."""

from collections.abc import Generator, Iterator, Sequence
from typing import overload

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellMatrix
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.beside import tables_beside
from jiandang.intake.digits import join_digits
from jiandang.intake.heading_rows import Heading, find_heading
from jiandang.intake.rows import Sorter
from jiandang.intake.sections import parts_of_others
from jiandang.intake.segment import Kind, Segment, without_others
from jiandang.intake.twofold import told_by_rows
from jiandang.register.cells import Raw
from jiandang.register.tables import PLACE_COLUMNS


class _Part(Sequence[Sequence[Raw]]):
    """Rows of a sheet down to some row, without the cells of other columns."""

    def __init__(self, cells: CellMatrix, columns: range, end: int) -> None:
        self._cells, self._columns, self._end = cells, columns, end

    def __len__(self) -> int:
        return self._end

    @overload
    def __getitem__(self, at: int) -> Sequence[Raw]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Raw]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Raw] | Sequence[Sequence[Raw]]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(self._end))]
        return without_others(self._cells[at], self._columns)


def segments(grid: Grid, vocabulary: Vocabulary) -> Iterator[Segment]:
    """The tables of a sheet from top to bottom. Nothing, where no heading is recognised.

    Merged cells below a heading are filled down in `grid.cells` first, where one value is meant
    to hold for each of the rows.
    """
    yield from _tables(grid, vocabulary, range(len(grid.cells)))


def _tables(
    grid: Grid,
    vocabulary: Vocabulary,
    rows: range,
    below: Segment | None = None,
    until: int | None = None,
) -> Generator[Segment, None, int]:
    """The tables in some rows; those `below` one beside which others go on, in its columns alone.

    Where a heading ends one of several tables and all others have ended, the next tables may be of
    all columns. So may be one headed behind the row `until`, the last of the others'. Returns the
    row in which the tables end.
    """
    start, end = rows.start, rows.stop
    cells, merged = grid.cells, grid.merged
    part: Sequence[Sequence[Raw]] = cells
    first_line = start
    if below is not None:
        part = _Part(cells, below.within, end)
        merged = [each for each in merged if each[1] in below.within]
        first_line = below.last_data(start - 1) + 1
    first = next((row for row in rows if any(cell != "" for cell in part[row])), start)
    while (heading := find_heading(part, merged, vocabulary, max(start, first))) is not None:
        if until is not None and heading.first_row > until:
            return start
        found = [
            Segment(*each, first_title_row=start, first_line=first_line, is_below=bool(below))
            for each in tables_beside(heading, part, merged, vocabulary, cells)
        ]
        for segment in found:
            if below is not None:
                own, other = segment.within, below.within
                segment.within = range(max(own.start, other.start), min(own.stop, other.stop))
            _fill_merged_columns(grid, segment.heading)
            segment.digits = join_digits(grid, segment.heading)
            if not segment.persons:
                segment.heading = told_by_rows(grid, segment.heading, vocabulary)
        ends = [Sorter(grid, segment, vocabulary).sort(end) for segment in found]
        last = [segment.last_data(-1) for segment in found]
        start = min(
            stop
            for number, stop in enumerate(ends)
            if all(row < stop for other, row in enumerate(last) if other != number)
        )
        for segment, stop in zip(found, ends, strict=True):
            if stop > start:
                segment.rows = {kind: [] for kind in Kind}
                Sorter(grid, segment, vocabulary).sort(start)
        first_line = max(segment.last_data(start - 1) for segment in found) + 1
        going_on = [number for number, stop in enumerate(ends) if stop < start]
        down_to = start
        for number, segment in enumerate(found):
            yield from parts_of_others(grid, segment)
            if number in going_on:
                others = max(row for other, row in enumerate(last) if other != number)
                within, least = range(ends[number], start), others if len(going_on) == 1 else None
                ended = yield from _tables(grid, vocabulary, within, segment, least)
                down_to = start if least is None else ended
        start = down_to
        if start >= end:
            break
    return end


def _fill_merged_columns(grid: Grid, heading: Heading) -> None:
    """Copy the value of cells merged over several rows of one column into each of the rows.

    Not so where the column is a member's own: a name merged over two rows is lost data.
    """
    own = {
        column
        for meaning, column in heading.columns.items()
        if meaning.table == heading.table == "member" and meaning.column not in PLACE_COLUMNS
    }
    for top, left, bottom, right in grid.merged:
        within = left == right and left in heading.texts and left not in own
        if heading.last_row < top < len(grid.cells) and bottom > top and within:
            grid.cells.fill_down(top, bottom, left)
