"""The tables of a sheet, each with its heading and the rows below it."""

from collections.abc import Iterator

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.beside import tables_beside
from jiandang.intake.digits import join_digits
from jiandang.intake.heading_rows import Heading, find_heading
from jiandang.intake.rows import Sorter
from jiandang.intake.sections import parts_of_others
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.twofold import told_by_rows
from jiandang.register.tables import PLACE_COLUMNS


def segments(grid: Grid, vocabulary: Vocabulary) -> Iterator[Segment]:
    """The tables of a sheet from top to bottom. Nothing, where no heading is recognised.

    Merged cells below a heading are filled down in `grid.cells` first, where one value is meant
    to hold for each of the rows.
    """
    cells, start, first_line = grid.cells, 0, 0
    first = next((row for row in range(len(cells)) if any(cell != "" for cell in cells[row])), 0)
    while (heading := find_heading(cells, grid.merged, vocabulary, start or first)) is not None:
        found = [
            Segment(*each, first_title_row=start, first_line=first_line)
            for each in tables_beside(heading, cells, grid.merged, vocabulary)
        ]
        for segment in found:
            _fill_merged_columns(grid, segment.heading)
            segment.digits = join_digits(grid, segment.heading)
            if not segment.persons:
                segment.heading = told_by_rows(grid, segment.heading, vocabulary)
        start = len(cells)
        for segment in found:
            start = Sorter(grid, segment, vocabulary).sort(start)
        for segment in found[:-1]:  # a table further to the right may have ended further up
            segment.rows = {kind: [] for kind in Kind}
            Sorter(grid, segment, vocabulary).sort(start)
        first_line = max((row for s in found for row in s.rows[Kind.DATA]), default=start - 1) + 1
        for segment in found:
            yield from parts_of_others(grid, segment)
        if start >= len(cells):
            return


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
