"""LR135: columns of a village that went a row up or down, or were sorted alone."""

from itertools import chain

from town import Cell, Row, Town, breaks, spares

MEMBERS, HOMES = "成员", "农户"
VILLAGE = "柳湾村"


def _slip(rows: list[Row], *headings: str, by: int = 1) -> None:
    """The columns go down; the first cell holds what was in the last."""
    for heading in headings:
        cells = [row[heading] for row in rows]
        for row, cell in zip(rows, cells[-by:] + cells[:-by], strict=True):
            row[heading] = cell


def _members(town: Town) -> list[Row]:
    return town.rows(MEMBERS, 行政村=VILLAGE)


@breaks("LR135")
def numbers_a_row_down(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "证件号码")
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def numbers_a_row_up(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "证件号码", by=-1)
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def numbers_a_row_down_in_the_whole_sheet(town: Town) -> Cell:
    rows = town.rows(MEMBERS)
    _slip(rows, "证件号码")
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def numbers_two_rows_down(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "证件号码", by=2)
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def numbers_and_dates_a_row_down(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "证件号码", "残疾证号", "出生日期")
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def an_empty_cell_put_in_among_the_numbers(town: Town) -> Cell:
    rows = _members(town)[10:]
    _slip(rows, "证件号码")
    rows[0]["证件号码"] = None
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def a_number_taken_out(town: Town) -> Cell:
    rows = _members(town)[10:]
    _slip(rows, "证件号码", by=-1)
    rows[-1]["证件号码"] = None
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def numbers_without_any_dates_beside_them(town: Town) -> Cell:
    dates = {"出生日期", "年龄"}
    town.headings[MEMBERS] = [name for name in town.headings[MEMBERS] if name not in dates]
    rows = _members(town)
    _slip(rows, "证件号码")
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def dates_of_birth_a_row_up(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "出生日期", by=-1)
    return town.cell(rows[0], "出生日期")


@breaks("LR135")
def sexes_a_row_up(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "性别", by=-1)
    return town.cell(rows[0], "性别")


@breaks("LR135")
def relations_a_row_down(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "与户主关系")
    wrong = next(row for row in rows if (row["与户主关系"] == "户主") != _is_head(town, row))
    return town.cell(wrong, "与户主关系")


@breaks("LR135")
def person_numbers_a_row_down(town: Town) -> Cell:
    rows = _members(town)
    _slip(rows, "人编号")
    wrong = next(row for row in rows if not row["人编号"].startswith(row["户编号"]))
    return town.cell(wrong, "人编号")


def _is_head(town: Town, row: Row) -> bool:
    return bool(town.household(row)["户主姓名"] == row["姓名"])


@breaks("LR135")
def numbers_sorted_alone(town: Town) -> Cell:
    rows = _members(town)
    for row, number in zip(rows, sorted(row["证件号码"] for row in rows), strict=True):
        row["证件号码"] = number
    return town.cell(rows[0], "证件号码")


@breaks("LR135")
def heads_numbers_a_row_down(town: Town) -> Cell:
    rows = town.rows(HOMES, 行政村=VILLAGE)
    _slip(rows, "户主证件号码")
    return town.cell(rows[0], "户主证件号码")


@breaks("LR135")
def sizes_a_row_down(town: Town) -> Cell:
    rows = town.rows(HOMES, 行政村=VILLAGE)
    _slip(rows, "家庭人口")
    return town.cell(rows[0], "家庭人口")


@breaks("LR135")
def averages_a_row_up(town: Town) -> Cell:
    rows = town.rows(HOMES, 行政村=VILLAGE)
    _slip(rows, "人均纯收入(元)", by=-1)
    return town.cell(rows[0], "人均纯收入(元)")


def meetings_of_the_village(town: Town) -> list[Row]:
    """Each household of the village has a count of its own."""
    code = town.row(HOMES, 行政村=VILLAGE)["村码"]
    rows = town.rows("识别程序", 户编号=lambda number: number.startswith(code))
    for number, row in enumerate(rows):
        against = number * 7 % 5
        row |= {"反对票": against, "弃权票": 0, "同意票": row["实到代表"] - against}
    return rows


@breaks("LR135")
def votes_a_row_up(town: Town) -> Cell:
    rows = meetings_of_the_village(town)
    _slip(rows, "同意票", by=-1)
    return town.cell(rows[0], "同意票")


def _sort_alone(rows: list[Row], heading: str) -> Row:
    """Gives the first row that has another cell then."""
    before = [row[heading] for row in rows]
    for row, cell in zip(rows, sorted(before), strict=True):
        row[heading] = cell
    return next(row for row, cell in zip(rows, before, strict=True) if row[heading] != cell)


def _homes_sorted_alone(town: Town, heading: str) -> Cell:
    return town.cell(_sort_alone(town.rows(HOMES, 行政村=VILLAGE), heading), heading)


@breaks("LR135")
def sexes_sorted_alone(town: Town) -> Cell:
    return town.cell(_sort_alone(_members(town), "性别"), "性别")


@breaks("LR135")
def sizes_sorted_alone(town: Town) -> Cell:
    return _homes_sorted_alone(town, "家庭人口")


@breaks("LR135")
def heads_numbers_sorted_alone(town: Town) -> Cell:
    return _homes_sorted_alone(town, "户主证件号码")


@breaks("LR135")
def averages_sorted_alone(town: Town) -> Cell:
    return _homes_sorted_alone(town, "人均纯收入(元)")


@spares("LR135")
def rows_sorted_whole(town: Town) -> None:
    rows = sorted(_members(town), key=lambda row: str(row["证件号码"]))
    others = (row for row in town.rows(MEMBERS) if row["行政村"] != VILLAGE)
    town.sheets[MEMBERS] = [*chain(others, rows)]
