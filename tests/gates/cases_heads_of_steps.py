"""Rows of steps that name another head than their household has (LR222), or no number (LR004)."""

from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity

STEPS, VISITS = "识别程序", "入户调查"
_HEAD = "户主姓名"


def with_heads(town: Town, sheet: str) -> list[Row]:
    """The rows of a sheet of steps, with the name of each household's head in a column more."""
    headings = town.headings[sheet] = [*town.headings[sheet]]
    headings.insert(headings.index("户编号") + 1, _HEAD)
    for row in town.rows(sheet):
        row[_HEAD] = town.household(row)[_HEAD]
    return town.rows(sheet)


def exchange(town: Town, sheet: str, one: int, other: int) -> Cell:
    rows = with_heads(town, sheet)
    first, second = rows[one], rows[other]
    first[_HEAD], second[_HEAD] = second[_HEAD], first[_HEAD]
    return town.cell(first, _HEAD)


def shift(town: Town, sheet: str, first: int, last: int, into: str) -> Cell:
    """The names of a block moved up by one row; into the last comes another name."""
    rows = with_heads(town, sheet)[first:last]
    names = [row[_HEAD] for row in rows[1:]] + [into]
    for row, name in zip(rows, names, strict=True):
        row[_HEAD] = name
    return town.cell(rows[0], _HEAD)


def rename(town: Town, sheet: str, name: str) -> Cell:
    row = with_heads(town, sheet)[6]
    row[_HEAD] = name.format(row[_HEAD])
    return town.cell(row, _HEAD)


@breaks("LR222")
def two_rows_exchanged(town: Town) -> Cell:
    return exchange(town, STEPS, 3, 4)


@breaks("LR222")
def two_visits_exchanged(town: Town) -> Cell:
    return exchange(town, VISITS, 3, 4)


@breaks("LR222")
def rows_of_two_villages_exchanged(town: Town) -> Cell:
    return exchange(town, STEPS, 3, -1)


@breaks("LR222")
def a_block_of_rows_slipped(town: Town) -> Cell:
    return shift(town, STEPS, 2, 9, "路人甲")


@breaks("LR222")
def all_visits_slipped(town: Town) -> Cell:
    return shift(town, VISITS, 0, len(town.rows(VISITS)), "路人甲")


@breaks("LR222", severity=Severity.WARNING)
def a_head_whom_nobody_knows(town: Town) -> Cell:
    return rename(town, STEPS, "路人甲")


@breaks("LR222", severity=Severity.SUSPECT)
def a_head_who_is_a_member_now(town: Town) -> Cell:
    rows = with_heads(town, VISITS)
    row = next(row for row in rows if len(town.members(row)) > 1)
    row[_HEAD] = town.members(row)[1]["姓名"]
    return town.cell(row, _HEAD)


@breaks("LR222")
def the_head_of_another_household(town: Town) -> Cell:
    rows = with_heads(town, STEPS)
    rows[6][_HEAD] = rows[9][_HEAD]
    return town.cell(rows[6], _HEAD)


@spares("LR222")
def each_names_its_own(town: Town) -> None:
    with_heads(town, STEPS)
    with_heads(town, VISITS)


@spares("LR222")
def a_head_who_has_died(town: Town) -> None:
    rename(town, STEPS, "{}(已故)")


@spares("LR222")
def a_head_in_traditional_characters(town: Town) -> None:
    row = town.household(town.rows(VISITS)[6])
    town.members(row)[0]["姓名"] = row[_HEAD] = "张国华"
    rename(town, VISITS, "張國華")


@spares("LR222")
def a_head_with_a_character_that_nobody_could_type(town: Town) -> None:
    rename(town, STEPS, "王?")


@breaks("LR004")
def steps_without_a_number_of_nobody(town: Town) -> Cell:
    """Whose they are is open; that the household has no steps is not said besides."""
    rename(town, STEPS, "路人甲")
    row = town.row(STEPS, 户主姓名="路人甲")
    row["户编号"] = None
    return town.cell(row, "户编号")


@breaks("LR004")
def a_visit_without_a_number(town: Town) -> Cell:
    row = town.rows(VISITS)[6]
    row["户编号"] = None
    return town.cell(row, "户编号")


@breaks("LR004")
def steps_without_a_number_among_those_of_others(town: Town) -> Cell:
    row = town.rows(STEPS)[6]
    row["户编号"] = None
    return town.cell(row, "户编号")


@spares("LR004")
def steps_under_the_name_of_the_head(town: Town) -> None:
    """Name and village tell whose they are."""
    for sheet in (STEPS, VISITS):
        with_heads(town, sheet)[6]["户编号"] = None


@breaks("LR024")
def row_known_by_its_head_alone(town: Town) -> Cell:
    row = with_heads(town, STEPS)[6]
    row["户编号"] = None
    return town.cell(row, "户编号")


@spares("LR024")
def row_with_number_and_head(town: Town) -> None:
    with_heads(town, STEPS)
