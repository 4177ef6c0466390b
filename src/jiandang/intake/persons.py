"""Members that stand in the row of their household, read as rows of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellMatrix
from jiandang.headings.vocabulary import Meaning, mapped_among
from jiandang.intake.heading_rows import Heading
from jiandang.intake.heads import OF_HEAD
from jiandang.intake.row_texts import is_no_answer
from jiandang.intake.segment import Kind, Segment
from jiandang.register.tables import PLACE_COLUMNS

Flags = NDArray[np.bool_]


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
    above = grid.cells[own.last_row]
    texts = own.texts | {c: own.texts.get(c, str(above[c])) for c in columns.values()}
    stacks = {c: own.stacks.get(c, [text]) for c, text in texts.items()}
    heading = Heading(
        "member", own.first_row, own.last_row, {**places, **columns}, texts, stacks, {}, {}
    )
    heading.mapped = mapped_among(columns)
    segment = Segment(heading, household.within, first_title_row=household.first_title_row)
    segment.rows |= household.rows
    rows = np.array(household.rows[Kind.DATA], np.int64)
    taken = _are_taken(grid.cells, rows, [*columns.values()])
    nobody = [*household.rows[Kind.BLANK], *household.rows[Kind.REJECTED], *rows[~taken].tolist()]
    segment.rows |= {
        Kind.DATA: rows[taken].tolist(),
        Kind.BLANK: sorted(nobody),
        Kind.REJECTED: [],
    }
    return segment


def _are_taken(cells: CellMatrix, rows: NDArray[np.int64], columns: Sequence[int]) -> Flags:
    """For each of the rows whether somebody stands in these columns: not if all are struck out."""
    codes = cells.codes[np.ix_(rows, np.array(columns, np.int64))]
    is_filled, mark = codes != 0, codes.max(axis=1, initial=0)
    # Of one sign in several columns; a name that stands alone is not looked at.
    is_alike = ((codes == mark[:, None]) | ~is_filled).all(axis=1) & (is_filled.sum(axis=1) > 1)
    signs = np.unique(mark[is_alike]).tolist()
    nothing = [code for code in signs if is_no_answer(cells.values[code])]
    taken: Flags = is_filled.any(axis=1) & ~(is_alike & np.isin(mark, nothing))
    return taken
