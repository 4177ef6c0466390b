"""LR136: columns of a village that moved, or two that were exchanged, and what looks like it."""

from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity

HOMES, MEMBERS, STEPS, VISITS = "农户", "成员", "识别程序", "入户调查"
VILLAGE = "柳湾村"


def _rows(town: Town, sheet: str) -> list[Row]:
    numbers = {home["户编号"] for home in town.rows(HOMES, 行政村=VILLAGE)}
    return town.rows(sheet, 户编号=lambda number: number in numbers)


def _move(rows: list[Row], heading: str, by: int) -> None:
    cells = [row[heading] for row in rows]
    for row, cell in zip(rows, cells[-by:] + cells[:-by], strict=True):
        row[heading] = cell


def _exchange(rows: list[Row], one: str, other: str) -> None:
    for row in rows:
        row[one], row[other] = row[other], row[one]


@breaks("LR136")
def land_a_row_down(town: Town) -> Cell:
    rows = _rows(town, HOMES)
    _move(rows, "耕地面积(亩)", 1)
    wrong = next(row for row in rows if row["有效灌溉面积(亩)"] > row["耕地面积(亩)"])
    return town.cell(wrong, "耕地面积(亩)")


@breaks("LR136")
def votes_a_row_up(town: Town) -> Cell:
    rows = _rows(town, STEPS)
    _move(rows, "同意票", -1)
    votes = ("同意票", "反对票", "弃权票")
    wrong = next(row for row in rows if sum(row[vote] for vote in votes) != row["实到代表"])
    return town.cell(wrong, "同意票")


@breaks("LR136", severity=Severity.WARNING)
def places_of_work_a_row_down(town: Town) -> Cell:
    rows = _rows(town, MEMBERS)
    _move(rows, "务工状况", 1)
    wrong = next(row for row in rows if bool(row["务工状况"]) != bool(row["务工时间(月)"]))
    return town.cell(wrong, "务工状况")


@breaks("LR136")
def delegates_in_each_others_columns(town: Town) -> Cell:
    rows = _rows(town, STEPS)
    _exchange(rows, "应到代表", "实到代表")
    return town.cell(rows[0], "实到代表")


@breaks("LR136")
def dates_of_visit_and_entry_in_each_others_columns(town: Town) -> Cell:
    rows = _rows(town, VISITS)
    _exchange(rows, "调查日期", "录入日期")
    return town.cell(rows[0], "录入日期")


@spares("LR136")
def all_land_is_irrigated(town: Town) -> None:
    for row in _rows(town, HOMES):
        row["有效灌溉面积(亩)"] = row["耕地面积(亩)"]
