"""What headings leave open, cells say: columns that mean two things, and whose rows they are."""

from collections.abc import Sequence

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellColumn, Rows
from jiandang.headings.vocabulary import Meaning, Vocabulary, meaning_of
from jiandang.intake.heading_rows import Heading, read_heading
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.several import lists_persons
from jiandang.register.cells import Raw, as_text
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

# 劳动力: how many of the household can work, or whether the person can.
_TWOFOLD = {Meaning("household", "labour_count"): Meaning("member", "labour")}
# 1 and 0 may be the numbers of a household, and whether a person is one.
_YES_OR_NO = {"0", "1"}
# 姓名 and 身份证号 are a head's, or each person's.
_OF_WHOM = {"head_name": "name", "head_id": "id_number"}
# Of four rows one or more has the number of the row above it, and another name.
_LEAST_OF_PERSONS = 4


def told_by_rows(grid: Grid, heading: Heading, vocabulary: Vocabulary) -> Heading:
    """The heading as one of persons, where 户编号, 姓名 and 身份证号 stand over several of a home.

    Numbers that begin anew in each village are no sign of it: only rows below each other are one
    household's.
    """
    places = {meaning.column: c for meaning, c in heading.columns.items()}
    if heading.table != "household" or not {"household_id", *_OF_WHOM} <= places.keys():
        return heading
    for own, of_person in _OF_WHOM.items():
        meant = meaning_of(heading.stacks[places[own]], ["member"], vocabulary)
        if meant is None or meant.column != of_person:
            return heading
    rows = np.arange(heading.last_row + 1, len(grid.cells), dtype=np.int64)
    again = np.ones(max(len(rows) - 1, 0), bool)
    for name, is_same in (("household_id", True), ("head_name", False), ("head_id", False)):
        distinct, at = grid.cells.column(places[name], rows).distinct()
        filled = np.array([as_text(cell).strip() != "" for cell in distinct], bool)[at]
        again &= ((at[1:] == at[:-1]) == is_same) & filled[1:] & filled[:-1]
    if _LEAST_OF_PERSONS * int(again.sum()) < max(len(rows), 1):
        return heading
    first, last = heading.first_row, heading.last_row
    return read_heading(heading.stacks, vocabulary, first, last, "member")


def tell_by_cells(grid: Grid, segment: Segment) -> None:
    """Give such a column of `segment` the meaning that more of its cells fit.

    Of two that may be the household's number (劳动力, 劳动力人数) one may be the persons'.
    """
    heading = segment.heading
    for column, (meaning, _) in [*heading.repeated.items()]:
        # 姓名 beside 户主姓名: of the head, or of all members in one cell.
        if meaning.column == "head_name" and lists_persons(grid, segment, column):
            del heading.repeated[column]
            heading.unknown[column] = solid(heading.texts[column])
    rows = np.array(segment.rows[Kind.DATA], np.int64)
    for own, other in _TWOFOLD.items() if heading.table == "member" else ():
        if own not in heading.columns or other in heading.columns:
            continue
        doubles = [column for column, (meaning, _) in heading.repeated.items() if meaning == own]
        places = [heading.columns[own], *doubles]
        cells = {place: grid.cells.column(place, rows) for place in places}
        homes = _homes(grid, segment, rows)
        persons = next((p for p in places if _is_persons(own, other, cells[p], homes)), None)
        if persons is None:
            continue
        heading.columns[other] = persons
        del heading.columns[own]
        heading.repeated.pop(persons, None)
        others = [place for place in places if place != persons]
        if others:
            heading.columns[own] = others[0]
            heading.repeated.pop(others[0], None)
            heading.repeated.update(dict.fromkeys(others[1:], (own, others[0])))


def _homes(grid: Grid, segment: Segment, rows: Rows) -> CellColumn | None:
    """The number of each row's household, or the name of its head."""
    found = {meaning.column: c for meaning, c in segment.heading.columns.items()}
    place = found.get("household_id", found.get("head_name"))
    return None if place is None else grid.cells.column(place, rows)


def _is_persons(own: Meaning, other: Meaning, cells: CellColumn, homes: CellColumn | None) -> bool:
    """Whether a column tells of each person: by words and ticks, or by a 1 or 0 that differs
    within a household."""
    distinct, places = cells.distinct()
    if _fitting(other, distinct) > _fitting(own, distinct):
        return True
    texts = [solid(as_text(cell)) for cell in distinct]
    if homes is None or {*texts} - {""} != _YES_OR_NO:
        return False
    filled = np.array([bool(text) for text in texts])[places]
    pairs = {*zip(homes.distinct()[1][filled].tolist(), places[filled].tolist(), strict=True)}
    return len(pairs) > len({home for home, _ in pairs})


def _fitting(meaning: Meaning, cells: Sequence[Raw]) -> int:
    """How many of the distinct cells are values of the column."""
    return sum(map(COLUMNS[meaning.table][meaning.column].cell.holds, cells))
