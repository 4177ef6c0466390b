"""One table on a sheet, and what each of its rows is."""

from bisect import bisect
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import pairwise

from jiandang.headings.vocabulary import Meaning
from jiandang.intake.digits import Joined
from jiandang.intake.heading_rows import Heading
from jiandang.intake.other_lists import ListBeside
from jiandang.register.cells import Raw
from jiandang.register.register import RowCounts


def without_others(row: list[Raw], within: range) -> list[Raw]:
    """A row with the cells of some columns alone; the others are empty."""
    if within.start == 0 and within.stop >= len(row):
        return row
    return ["" if column not in within else cell for column, cell in enumerate(row)]


class Kind(Enum):
    """What a row below a heading is."""

    DATA = "data"
    REJECTED = "rejected"
    PREFILLED = "prefilled"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"
    HEADING = "heading"


@dataclass
class Segment:
    """One table on a sheet: its heading and its rows below, as 0-based row numbers by kind.

    `within` are the sheet's columns between which it stands; `persons` are the columns of each
    member, where those of a household stand in its row; `lists` are of other people and stand at
    its right; `digits` are the columns whose digits stood a cell each. From `first_line` on the
    rows above the heading may be about it: those below the data of the table above, whose notes
    they may be too. `is_below` says that it stands below one of several tables beside each other,
    another of which goes on: nothing in other columns is about it.
    """

    heading: Heading
    within: range
    persons: list[dict[Meaning, int]] = field(default_factory=list)
    lists: Sequence[ListBeside] = ()
    rows: dict[Kind, list[int]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    first_title_row: int = 0
    first_line: int = 0
    title: str = ""
    digits: Joined = field(default_factory=dict)
    is_below: bool = False

    @property
    def counts(self) -> RowCounts:
        """What became of its rows; those above its heading that belong to no table are titles."""
        heading, rows = self.heading, self.rows
        return RowCounts(
            title=heading.first_row - self.first_title_row,
            heading=heading.last_row - heading.first_row + 1 + len(rows[Kind.HEADING]),
            checked=len(rows[Kind.DATA]),
            rejected=len(rows[Kind.REJECTED]),
            total=len(rows[Kind.TOTAL]),
            note=len(rows[Kind.NOTE]) + len(rows[Kind.PREFILLED]),
            blank=len(rows[Kind.BLANK]),
        )

    def make(self, numbers: Collection[int], kind: Kind) -> None:
        """Let rows that were taken for data, or rejected, be of another kind."""
        taken = {*numbers}
        for old in (Kind.DATA, Kind.REJECTED):
            self.rows[old] = [number for number in self.rows[old] if number not in taken]
        self.rows[kind] += sorted(taken)

    @cached_property
    def _pages(self) -> list[tuple[int, int]]:
        """The first and last data row between each two headings."""
        starts, data = sorted(self.rows[Kind.HEADING]), self.rows[Kind.DATA]
        bounds = [0, *(bisect(data, start) for start in starts), len(data)]
        return [(data[first], data[end - 1]) for first, end in pairwise(bounds) if first < end]

    def is_inside(self, row: int) -> bool:
        """Whether data rows stand both above and below `row`, with no heading between."""
        at = bisect(self._pages, (row,)) - 1  # the last page that begins above the row
        return at >= 0 and self._pages[at][0] < row < self._pages[at][1]

    def last_data(self, default: int) -> int:
        """The last row of data; `default` where there is none."""
        return max(self.rows[Kind.DATA], default=default)

    def inside(self, row: list[Raw]) -> list[Raw]:
        """A row of the sheet, without the cells of tables beside this one."""
        return without_others(row, self.within)

    def guides(self) -> list[int]:
        """The rows of notes right under the heading, which say how to fill in the columns."""
        first = self.heading.last_row + 1
        last = min(self.rows[Kind.DATA], default=first)
        return [row for row in self.rows[Kind.NOTE] if first <= row < last]
