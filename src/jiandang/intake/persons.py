"""Members that stand in the row of their household, read as rows of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Meaning, mapped_among
from jiandang.intake.heading_rows import Heading
from jiandang.intake.heads import OF_HEAD
from jiandang.intake.segment import Kind, Segment
from jiandang.register.tables import PLACE_COLUMNS


def persons_of(grid: Grid, household: Segment) -> Iterator[Segment]:
    """The heads, as the households' own columns say, then each place of members; not all places
    are taken in each row."""
    # A row of members is itself that of the head.
    heads = {} if household.heading.table == "member" else _heads(household)
    for columns in (heads, *household.persons):
        yield _persons(grid, household, columns)


def heads_of(grid: Grid, members: Segment, rows: Sequence[int]) -> Segment:
    """The heads in these rows of members, with all that is said of their households."""
    chosen = set(rows)
    rest = [row for row in members.rows[Kind.DATA] if row not in chosen]
    own = {Kind.DATA: [*rows], Kind.BLANK: sorted(members.rows[Kind.BLANK] + rest)}
    columns = {m: c for m, c in members.heading.columns.items() if m.table != "member"}
    columns |= _heads(members)
    return _persons(grid, replace(members, rows=members.rows | own), columns)


def _heads(segment: Segment) -> dict[Meaning, int]:
    return segment.heading.of_head | {
        Meaning("member", OF_HEAD[meaning.column]): column
        for meaning, column in segment.heading.columns.items()
        if meaning.table == "household" and meaning.column in OF_HEAD
    }


def _persons(grid: Grid, household: Segment, columns: Mapping[Meaning, int]) -> Segment:
    own, shared = household.heading, household.heading.columns.items()
    places = {Meaning("member", m.column): c for m, c in shared if m.column in PLACE_COLUMNS}
    above = grid.cells[own.row_of_cells()]
    texts = own.texts | {c: own.texts.get(c, str(above[c])) for c in columns.values()}
    stacks = {c: own.stacks.get(c, [text]) for c, text in texts.items()}
    heading = Heading(
        "member", own.first_row, own.last_row, {**places, **columns}, texts, stacks, {}, {}
    )
    heading.mapped = mapped_among(columns)
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
