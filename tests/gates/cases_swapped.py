"""LR137: two columns that a village has exchanged."""

from datetime import timedelta

from cases_slipped import HOMES, VILLAGE
from survey_edits import TRANSFER, WAGE
from town import Cell, Row, Town, breaks, spares

from generators.layout import NET, PER_CAPITA
from jiandang.report.model import Severity

STEPS, VISITS = "识别程序", "入户调查"


def rows_of_village(town: Town, sheet: str) -> list[Row]:
    code = town.row(HOMES, 行政村=VILLAGE)["村码"]
    return town.rows(sheet, 户编号=lambda number: number.startswith(code))


def _exchange(town: Town, sheet: str, one: str, other: str) -> Cell:
    """Exchange the columns in the village, and find the first row that says so."""
    own = rows_of_village(town, sheet)
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
    for row in rows_of_village(town, HOMES):
        row[PER_CAPITA], row[NET] = row[NET], row[PER_CAPITA]
    first = next(row for row in rows_of_village(town, HOMES) if row["家庭人口"] > 1)
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
    for number, row in enumerate(rows_of_village(town, STEPS)):
        row["申请日期"] = row["评议日期"] - timedelta(1 + number % 15)
    return _exchange(town, STEPS, "申请日期", "评议日期")


@breaks("LR137")
def visit_and_entry(town: Town) -> Cell:
    return _exchange(town, VISITS, "调查日期", "录入日期")


@breaks("LR137", severity=Severity.SUSPECT)
def surveyors_and_reviewer(town: Town) -> Cell:
    for number, row in enumerate(rows_of_village(town, VISITS)):
        row["调查人1"], row["调查人2"] = (
            f"{name}{'甲乙丙丁'[number % 4]}" for name in ("周", "吴")
        )
        row["审核人"] = "钱国安"
    return _exchange(town, VISITS, "调查人1", "审核人")


@spares("LR137")
def entered_on_the_day_of_the_visit(town: Town) -> None:
    """Whose cells are alike says nothing either way."""
    for row in rows_of_village(town, VISITS):
        row["录入日期"] = row["调查日期"]


@breaks("LR137", severity=Severity.WARNING)
def phones_of_families_and_helpers(town: Town) -> Cell:
    own = rows_of_village(town, HOMES)
    for number, row in enumerate(own):
        row["帮扶责任人"], row["帮扶单位"] = "周立国", "县水利局"
        row["联系电话"], row["帮扶人电话"] = f"1380000{number:04}", "15900000001"
    for row in own:
        row["联系电话"], row["帮扶人电话"] = row["帮扶人电话"], row["联系电话"]
    return town.cell(own[0], "联系电话")


@breaks("LR137")
def banks_and_accounts(town: Town) -> Cell:
    return _exchange(town, HOMES, "开户银行", "银行账号")


@breaks("LR137")
def notices_of_town_and_county(town: Town) -> Cell:
    for row in rows_of_village(town, STEPS):
        _exchange_notices(row, "乡镇公示", "县级公示")
    return town.cell(rows_of_village(town, STEPS)[0], "乡镇公示开始")


@breaks("LR137")
def ends_of_two_levels(town: Town) -> Cell:
    return _exchange(town, STEPS, "村公示结束", "乡镇公示结束")


@breaks("LR137")
def arable_and_irrigated(town: Town) -> Cell:
    for row in rows_of_village(town, HOMES):
        row["有效灌溉面积(亩)"] = round(row["耕地面积(亩)"] / 2, 1)
        row["流转面积(亩)"] = 0
    return _exchange(town, HOMES, "耕地面积(亩)", "有效灌溉面积(亩)")


@breaks("LR137")
def votes_for_and_against(town: Town) -> Cell:
    return _exchange(town, STEPS, "同意票", "反对票")


def _exchange_notices(row: Row, one: str, other: str) -> None:
    for part in ("开始", "结束"):
        row[one + part], row[other + part] = row[other + part], row[one + part]


@breaks("LR137", severity=Severity.WARNING)
def insured_and_on_dibao(town: Town) -> Cell:
    return _exchange(town, "成员", "医疗保险", "享受低保")


@spares("LR137")
def nobody_of_the_village_is_insured(town: Town) -> None:
    for row in rows_of_village(town, "成员"):
        row["医疗保险"] = "否"


@breaks("LR137", severity=Severity.WARNING)
def soldiers_and_on_dibao(town: Town) -> Cell:
    return _exchange(town, "成员", "享受低保", "现役军人")


@breaks("LR137", severity=Severity.WARNING)
def arable_and_forest(town: Town) -> Cell:
    for row in rows_of_village(town, HOMES):
        row["林地面积(亩)"] = row["有效灌溉面积(亩)"] = 0
        row["流转面积(亩)"] = row["耕地面积(亩)"]
    return _exchange(town, HOMES, "耕地面积(亩)", "林地面积(亩)")


RENT, HARVEST, COSTS = "财产性收入(元)", "生产经营性收入(元)", "生产经营性支出(元)"


@breaks("LR137", severity=Severity.WARNING)
def wages_and_rents(town: Town) -> Cell:
    """The sum of the parts stays the same."""
    for number, row in enumerate(rows_of_village(town, HOMES)):
        works = any(member["务工状况"] for member in town.members(row))
        _put_right(row, WAGE, 3000 + 10 * number if works else 0)
        _put_right(row, RENT, 0 if row["流转面积(亩)"] == 0 else 400)
    return _exchange(town, HOMES, WAGE, RENT)


@breaks("LR137", severity=Severity.WARNING)
def harvests_and_rents(town: Town) -> Cell:
    for number, row in enumerate(rows_of_village(town, HOMES)):
        _put_right(row, RENT, 0)
        if row[COSTS]:
            _put_right(row, HARVEST, row[COSTS] + 500 + 10 * number)
    return _exchange(town, HOMES, HARVEST, RENT)


@spares("LR137")
def one_example_of_an_income_in_many_rows(town: Town) -> None:
    """A loss of everybody's by the same amounts is no exchange."""
    for row in rows_of_village(town, HOMES):
        if row[COSTS]:
            _put_right(row, HARVEST, 600)
            row[NET] += row[COSTS] - 700
            row[COSTS] = 700
            _put_right(row, RENT, 800)


def _put_right(row: Row, part: str, value: int) -> None:
    row[NET] += value - row[part]
    row[part] = value
    row[PER_CAPITA] = round(row[NET] / row["家庭人口"], 2)


@breaks("LR137", severity=Severity.WARNING)
def pensions_beside_their_column(town: Town) -> Cell:
    return _exchange(town, HOMES, "养老保险金(元)", "生态补偿金(元)")


@breaks("LR137", severity=Severity.WARNING)
def parts_of_the_transfer_a_column_to_the_left(town: Town) -> Cell:
    own = rows_of_village(town, HOMES)
    for row in own:
        parts = [f"{part}(元)" for part in PARTS]
        row.update(zip(parts, [*(row[part] for part in parts[1:]), 0], strict=True))

    return town.cell(own[0], "养老保险金(元)")


PARTS = ["低保金", "五保金", "养老保险金", "生态补偿金", "计划生育金", "其他转移性收入"]


# -- LR138 ------------------------------------------------------------------------------------


def _exchange_cells(town: Town, sheet: str, one: str, other: str) -> Cell:
    row = next(row for row in rows_of_village(town, sheet)[3:] if row[one] != row[other])
    row[one], row[other] = row[other], row[one]
    return town.cell(row, one)


@breaks("LR138")
def bank_and_account(town: Town) -> Cell:
    return _exchange_cells(town, HOMES, "开户银行", "银行账号")


@breaks("LR138")
def number_and_longer_card_of_a_member(town: Town) -> Cell:
    row = town.row("成员", 残疾证号=lambda card: card is not None)
    row["残疾证号"] += "B1"
    row["证件号码"], row["残疾证号"] = row["残疾证号"], row["证件号码"]
    return town.cell(row, "证件号码")


@breaks("LR138")
def head_and_helper_of_a_home(town: Town) -> Cell:
    return _exchange_cells(town, HOMES, "户主姓名", "帮扶责任人")


@breaks("LR138")
def notices_of_village_and_town(town: Town) -> Cell:
    row = rows_of_village(town, STEPS)[3]
    _exchange_notices(row, "村公示", "乡镇公示")
    return town.cell(row, "村公示开始")


@breaks("LR138")
def danger_and_water(town: Town) -> Cell:
    row = town.row(HOMES, 是否危房="否", 饮水是否困难="否", 饮水是否安全="是")
    row["危房等级"], row["饮水是否困难"] = "D级", "是"
    return town.cell(row, "是否危房")


@breaks("LR138", severity=Severity.SUSPECT)
def clerk_and_reviewer(town: Town) -> Cell:
    own = rows_of_village(town, VISITS)
    for row in own:
        row["录入人"], row["审核人"] = "郑小燕", "钱国安"
    own[3]["录入人"], own[3]["审核人"] = "钱国安", "郑小燕"
    return town.cell(own[3], "录入人")


@spares("LR138")
def a_house_in_danger_and_water_far_away(town: Town) -> None:
    row = town.row(HOMES, 是否危房="否", 饮水是否困难="否", 饮水是否安全="是")
    row["是否危房"], row["危房等级"] = "是", "D级"
    row["饮水是否困难"], row["饮水是否安全"] = "是", "否"


@spares("LR138")
def a_bank_without_an_account(town: Town) -> None:
    town.row(HOMES)["银行账号"] = None


@spares("LR138")
def another_clerk_and_the_reviewer_of_all(town: Town) -> None:
    """Who reviews may enter a household where another reviews it."""
    own = rows_of_village(town, VISITS)
    for row in own:
        row["录入人"], row["审核人"] = "郑小燕", "钱国安"
    own[3]["录入人"], own[3]["审核人"] = "钱国安", "冯玉明"
