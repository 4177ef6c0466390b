"""Cells left empty among many that are filled; faults that two rules saw and one tells."""

from datetime import date

from family_changes import be_able, families, family, years_later
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.report.model import Severity

FATHER, MOTHER = "户主", "配偶"
THREE_GENERATIONS = (FATHER, MOTHER, "之子", "之儿媳", "之孙子")
VISITS = "入户调查"


@breaks("LR134")
def health_of_one_member_left_out(town: Town) -> Cell:
    row = town.rows("成员", 健康状况="健康", 与户主关系=MOTHER)[0]
    row["健康状况"] = None
    return town.cell(row, "健康状况")


@breaks("LR134")
def votes_of_one_household_left_out(town: Town) -> Cell:
    row = town.row("识别程序")
    row["同意票"] = None
    return town.cell(row, "同意票")


@breaks("LR304")
def pupil_of_a_small_village_left_out(town: Town) -> Cell:
    """Fewer than twenty are asked: of its pupils one says nothing of a school."""
    (village,) = {row["行政村"] for row in town.rows("农户")[:1]}
    pupils = [
        row
        for row in town.rows("成员", 行政村=village)
        if 7 <= row["年龄"] <= 15 and row["在校生状况"] != "非在校生"
    ]
    assert 10 <= len(pupils) < 20
    pupils[3]["在校生状况"] = None
    return town.cell(pupils[3], "在校生状况")


@spares("LR134")
def column_that_the_village_hardly_fills(town: Town) -> None:
    for row in town.rows("农户")[::4]:
        row["住房面积(㎡)"] = None


@spares("LR134")
def foreigner_without_a_nation_and_child_without_labour(town: Town) -> None:
    *_, wife, child = family(town, *THREE_GENERATIONS)
    wife |= {"证件类型": "护照", "证件号码": "N1234567", "民族": None}
    child |= {"劳动能力": None, "在校生状况": None}


@spares("LR134")
def foreigner_without_papers(town: Town) -> None:
    *_, wife, _ = family(town, *THREE_GENERATIONS)
    wife |= {"证件类型": "无证件", "民族": None}


@spares("LR134")
def house_not_yet_visited(town: Town) -> None:
    town.as_of = date(2016, 3, 28)
    town.row("农户")["住房面积(㎡)"] = None


@breaks("LR303")
def ten_years_old_in_the_ninth_grade(town: Town) -> Cell:
    row = town.rows("成员", 在校生状况="小学", 年龄=10)[0]
    row["在校生状况"] = "九年级"
    return town.cell(row, "在校生状况")


@spares("LR303")
def eleven_years_old_in_the_seventh_grade(town: Town) -> None:
    row = town.rows("成员", 在校生状况="小学", 年龄=11)[0]
    row["在校生状况"] = "七年级"


@breaks("LR318")
def woman_of_56_in_the_army(town: Town) -> Cell:
    row = town.rows("成员", 性别="女", 年龄=56)[0]
    row["现役军人"] = "是"
    return town.cell(row, "现役军人")


@spares("LR318")
def officer_of_50(town: Town) -> None:
    row = town.rows("成员", 性别="男", 年龄=50, 健康状况="健康")[0]
    row |= {"现役军人": "是", "务工状况": None, "务工时间(月)": None}


def son_of(town: Town, *, father: int, mother: int) -> Row:
    """The youngest of a family as the son of the couple, who are so much older."""
    head, wife, *_, child = family(town, *THREE_GENERATIONS)
    be_born(wife, years_later(child["出生日期"], -mother))
    be_born(head, years_later(child["出生日期"], -father))
    town.household(head)["户主证件号码"] = head["证件号码"]
    child["与户主关系"] = "之子"
    return child


@breaks("LR211", severity=Severity.SUSPECT)
def grandson_typed_as_the_son_of_a_couple(town: Town) -> Cell:
    son = son_of(town, father=54, mother=57)
    town.members(son)[1]["养老保险"] = "否"
    return town.cell(son, "与户主关系")


@breaks("LR211", severity=Severity.INFO)
def son_adopted_by_a_woman_of_52(town: Town) -> Cell:
    return town.cell(son_of(town, father=54, mother=52), "与户主关系")


@spares("LR211")
def late_child_of_a_mother_of_47(town: Town) -> None:
    son_of(town, father=52, mother=47)


@breaks("LR307")
def one_old_labourer_in_want_of_labour(town: Town) -> Cell:
    """DC025 does not doubt the cause as well."""
    for (head,) in families(town, FATHER):
        if head["年龄"] > 70 and town.household(head)["主要致贫原因"] == "缺劳力":
            break
    be_able(town, head, "普通劳动力")
    return town.cell(head, "劳动能力")


@breaks("RW001")
def plan_of_the_town_fits_neither_county_nor_villages(town: Town) -> Cell:
    row = town.row("任务分解", 级别="乡")
    row["计划人数"] += 10
    return town.cell(row, "计划人数")


@breaks("LR121", severity=Severity.WARNING)
def two_visits_on_different_days(town: Town) -> Cell:
    first = town.row(VISITS)
    again = {**first, "调查日期": first["调查日期"].replace(day=1, month=3)}
    town.sheets[VISITS].append(again)
    return town.cell(again, "户编号")


@breaks("SB031")
def steps_and_visit_of_nobody(town: Town) -> Cell:
    """DC055 does not say the same of the visit."""
    rows = [{**town.row(sheet), "户编号": "320324105201877"} for sheet in ("识别程序", VISITS)]
    for sheet, row in zip(("识别程序", VISITS), rows, strict=True):
        town.sheets[sheet].append(row)
    return town.cell(rows[0], "户编号")


@breaks("DC038")
def one_digit_short_of_the_helpers_phone(town: Town) -> Cell:
    """DC065 does not call it another phone."""
    home = town.rows("农户")[1]
    home["帮扶人电话"] = home["帮扶人电话"][:-1]
    return town.cell(home, "帮扶人电话")


@breaks("DC010")
def transfer_short_of_its_parts_alone(town: Town) -> Cell:
    """With the sum of its parts the net income is right: DC007 does not tell it again."""
    home = next(home for home in town.rows("农户") if home["低保金(元)"] > 0)
    home["转移性收入(元)"] -= 300
    return town.cell(home, "转移性收入(元)")


@breaks("DC053")
def phone_of_the_helper_that_is_the_familys(town: Town) -> Cell:
    """DC065 does not call it another phone."""
    home = town.rows("农户")[1]
    home["帮扶人电话"] = home["联系电话"]
    return town.cell(home, "联系电话")


@breaks("LR134")
def one_village_without_its_plan(town: Town) -> Cell:
    """Of what has a row a village, all villages are asked together."""
    for number in range(8):
        town.sheets["村情"].append(
            {**town.row("村情"), "村码": f"3203241059{number:02}", "行政村": f"新{number}村"}
        )
    row = town.rows("村情")[1]
    row["是否经济薄弱村"] = None
    return town.cell(row, "是否经济薄弱村")


@breaks("LR134")
def group_of_one_member_left_out(town: Town) -> Cell:
    row = town.rows("成员", 与户主关系=MOTHER)[0]
    row["村民小组"] = None
    return town.cell(row, "村民小组")


@breaks("LR134")
def account_of_one_household_left_out(town: Town) -> Cell:
    home = town.row("农户")
    home["银行账号"] = None
    return town.cell(home, "银行账号")


@breaks("LR134")
def birth_of_one_member_left_out(town: Town) -> Cell:
    row = town.rows("成员", 与户主关系=MOTHER)[0]
    row["出生日期"] = None
    return town.cell(row, "出生日期")
