"""LR137: two columns that a village has exchanged."""

from datetime import timedelta

from cases_slipped import HOMES, VILLAGE
from survey_edits import TRANSFER, WAGE
from town import Cell, Row, Town, breaks, spares

from generators.layout import NET, PER_CAPITA
from jiandang.report.model import Severity

STEPS, VISITS = "识别程序", "入户调查"


def _of_village(town: Town, sheet: str) -> list[Row]:
    code = town.row(HOMES, 行政村=VILLAGE)["村码"]
    return town.rows(sheet, 户编号=lambda number: number.startswith(code))


def _exchange(town: Town, sheet: str, one: str, other: str) -> Cell:
    """Exchange the columns in the village, and find the first row that says so."""
    own = _of_village(town, sheet)
    for row in own:
        row[one], row[other] = row[other], row[one]
    return town.cell(next(row for row in own if row[one] != row[other]), one)


@breaks("LR137")
def size_and_labourers(town: Town) -> Cell:
    return _exchange(town, HOMES, "家庭人口", "劳动力人数")


@breaks("LR137")
def head_and_helper(town: Town) -> Cell:
    return _exchange(town, HOMES, "户主姓名", "帮扶责任人")


@breaks("LR137")
def net_income_and_average(town: Town) -> Cell:
    for row in _of_village(town, HOMES):
        row[PER_CAPITA], row[NET] = row[NET], row[PER_CAPITA]
    first = next(row for row in _of_village(town, HOMES) if row["家庭人口"] > 1)
    return town.cell(first, NET)


@breaks("LR137")
def wage_and_transfer(town: Town) -> Cell:
    return _exchange(town, HOMES, WAGE, TRANSFER)


@breaks("LR137")
def start_and_end_of_a_notice(town: Town) -> Cell:
    return _exchange(town, STEPS, "村公示开始", "村公示结束")


@breaks("LR137")
def delegates_and_those_present(town: Town) -> Cell:
    return _exchange(town, STEPS, "应到代表", "实到代表")


@breaks("LR137", severity=Severity.WARNING)
def application_and_appraisal(town: Town) -> Cell:
    for number, row in enumerate(_of_village(town, STEPS)):
        row["申请日期"] = row["评议日期"] - timedelta(1 + number % 15)
    return _exchange(town, STEPS, "申请日期", "评议日期")


@breaks("LR137")
def visit_and_entry(town: Town) -> Cell:
    return _exchange(town, VISITS, "调查日期", "录入日期")


@breaks("LR137", severity=Severity.SUSPECT)
def surveyors_and_reviewer(town: Town) -> Cell:
    for number, row in enumerate(_of_village(town, VISITS)):
        row["调查人1"], row["调查人2"] = (
            f"{name}{'甲乙丙丁'[number % 4]}" for name in ("周", "吴")
        )
        row["审核人"] = "钱国安"
    return _exchange(town, VISITS, "调查人1", "审核人")


@spares("LR137")
def entered_on_the_day_of_the_visit(town: Town) -> None:
    """Whose cells are alike says nothing either way."""
    for row in _of_village(town, VISITS):
        row["录入日期"] = row["调查日期"]
