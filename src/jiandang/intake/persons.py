"""Members that stand in the row of their household, read as rows of their own."""

from collections.abc import Iterator, Mapping

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.intake.headings import Heading, Meaning
from jiandang.intake.segment import Kind, Segment
from jiandang.register.tables import PLACE_COLUMNS

# What a household's row says of its head, and which column of a member that is.
_OF_HEAD = {"head_name": "name", "head_id": "id_number"}


def persons_of(grid: Grid, household: Segment) -> Iterator[Segment]:
    """The heads, as the households' own columns say, then each place of members; not all places
    are taken in each row."""
    heads = {
        Meaning("member", _OF_HEAD[meaning.column]): column
        for meaning, column in household.heading.columns.items()
        if meaning.table == "household" and meaning.column in _OF_HEAD
    }
    if household.heading.table == "member":
        heads = {}  # the row is itself that of the head
    for columns in (heads, *household.persons):
        yield _persons(grid, household, columns)


def _persons(grid: Grid, household: Segment, columns: Mapping[Meaning, int]) -> Segment:
    own, shared = household.heading, household.heading.columns.items()
    places = {Meaning("member", m.column): c for m, c in shared if m.column in PLACE_COLUMNS}
    above = grid.cells[own.row_of_cells()]
    texts = own.texts | {c: own.texts.get(c, str(above[c])) for c in columns.values()}
    stacks = {c: own.stacks.get(c, [text]) for c, text in texts.items()}
    heading = Heading(
        "member", own.first_row, own.last_row, {**places, **columns}, texts, stacks, {}, {}
    )
    segment = Segment(heading, household.within, first_title_row=household.first_title_row)
    segment.rows |= household.rows
    rows = np.array(household.rows[Kind.DATA], np.int64)
    taken = (grid.cells.codes[np.ix_(rows, np.array([*columns.values()], np.int64))] != 0).any(
        axis=1
    )
    nobody = [*household.rows[Kind.BLANK], *household.rows[Kind.REJECTED], *rows[~taken].tolist()]
    segment.rows |= {
        Kind.DATA: rows[taken].tolist(),
        Kind.BLANK: sorted(nobody),
        Kind.REJECTED: [],
    }
    return segment
