"""Whether a heading row among the data is that of the same table again, as on each page printed.

The rows below it are read by the heading of the table as long as each column says what it said
there. Where two have changed places they would be taken for each other: that heads a new table.
"""

from collections.abc import Sequence
from functools import cached_property

from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import MOST_HEADING_ROWS, Heading, find_heading, read_heading
from jiandang.intake.row_texts import row_text
from jiandang.intake.segment import Kind, Segment

# Of so many texts in their places a row repeats the heading, if no column is known to have moved.
_LEAST_SAME = 0.8


class HeadingAgain:
    """Tells of the heading rows below one heading whether they repeat it."""

    def __init__(self, grid: Grid, segment: Segment, vocabulary: Vocabulary) -> None:
        self._grid, self._segment, self._vocabulary = grid, segment, vocabulary
        self._found: dict[bytes, bool] = {}

    def first_of(self, number: int) -> int:
        """The row with which the heading begins of which row `number` is one."""
        above = {*self._segment.rows[Kind.HEADING]}
        while number - 1 in above:
            number -= 1
        return number

    def repeats(self, number: int) -> bool:
        """Whether each text stands where it stood, but for some that no column is known by."""
        codes = self._grid.cells.codes[self.first_of(number) : number + 1].tobytes()
        if codes not in self._found:
            self._found[codes] = self._is_same(number)
        return self._found[codes]

    def _is_same(self, number: int) -> bool:
        row = self._segment.inside(self._grid.cells[number])
        cells = [(c, cell) for c, cell in enumerate(row) if isinstance(cell, str)]
        filled = [(c, {row_text(cell), heading_key(cell)}) for c, cell in cells if row_text(cell)]
        others = [c for c, keys in filled if self._heads[c].isdisjoint(keys)]
        if len(filled) - len(others) < _LEAST_SAME * len(filled):
            return False
        return not others or not self._has_moved(others, number)

    def _has_moved(self, columns: Sequence[int], number: int) -> bool:
        """Whether one of these columns is known, as another than the one that stands above."""
        own = self._segment.heading
        heading = self._heading_with(number)
        if heading is None:
            return False
        known = [own.columns, own.of_head, *self._segment.persons]
        return any(
            column in columns and all(each.get(meaning) != column for each in known)
            for meaning, column in heading.columns.items()
        )

    def _heading_with(self, number: int) -> Heading | None:
        """The heading of which row `number` is one, read as one of the same table."""
        first = self.first_of(number)
        below = self._grid.cells[first : first + 2 * MOST_HEADING_ROWS]
        rows = [self._segment.inside(row) for row in below]
        merged = [
            (top - first, left, bottom - first, right)
            for top, left, bottom, right in self._grid.merged
            if first <= top < first + len(rows) and left in self._segment.within
        ]
        found = find_heading(rows, merged, self._vocabulary)
        if found is None or not found.first_row <= number - first <= found.last_row:
            return None
        table = self._segment.heading.table
        return read_heading(found.stacks, self._vocabulary, found.first_row, found.last_row, table)

    @cached_property
    def _heads(self) -> list[set[str]]:
        """What the heading says in each column, in each of its rows."""
        heading, cells = self._segment.heading, self._grid.cells
        rows = [cells[row] for row in range(heading.first_row, heading.last_row + 1)]
        columns = ([row[c] for row in rows] for c in range(len(cells[0])))
        texts = ([cell for cell in column if isinstance(cell, str)] for column in columns)
        return [{*map(row_text, own), *map(heading_key, own)} - {""} for own in texts]
