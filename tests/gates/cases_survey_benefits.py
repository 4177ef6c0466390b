"""DC 入户调查关: benefits and the cause of poverty."""

from datetime import date

from family_changes import add_member, family
from survey_edits import (
    DIBAO,
    OTHER,
    PENSION,
    WUBAO,
    couple,
    dibao_household,
    earn,
    farmer,
    pensioners,
    take_six_part_form,
    turn_60_in_2015,
    wubao_household,
)
from town import Cell, Row, Town, breaks, spares

from generators.layout import COST
from jiandang.report.model import Severity


def no_dibao_money(town: Town, record: Row) -> None:
    earn(record, 低保金=0, 其他转移性收入=record[OTHER] + record[DIBAO])
    for member in town.members(record):
        member["低保残疾金(元)"] = 0


@breaks("DC016", severity=Severity.INFO)
def dibao_without_money(town: Town) -> Cell:
    record = dibao_household(town)
    no_dibao_money(town, record)
    return town.cell(record, DIBAO)


@breaks("DC016", severity=Severity.INFO)
def dibao_without_members_money(town: Town) -> Cell:
    """The provincial form has the money with the members only."""
    record = dibao_household(town)
    no_dibao_money(town, record)
    take_six_part_form(town)
    return town.cell(record, "农户属性")


@breaks("DC016")
def dibao_money_in_the_sum_alone(town: Town) -> Cell:
    """The newly granted have nothing yet, neither in the part nor in the sum."""
    record = dibao_household(town)
    for member in town.members(record):
        member["低保残疾金(元)"] = 0
    record[DIBAO] = 0
    return town.cell(record, DIBAO)


@breaks("DC016")
def dibao_without_money_and_nobody_is_ill(town: Town) -> Cell:
    record = town.row("农户", 农户属性="低保贫困户", 主要致贫原因="缺劳力")
    no_dibao_money(town, record)
    return town.cell(record, DIBAO)


@spares("DC016")
def money_of_the_members_only(town: Town) -> None:
    record = dibao_household(town)
    earn(record, 低保金=0, 其他转移性收入=record[OTHER] + record[DIBAO])


@breaks("LR005")
def unreadable_money(town: Town) -> Cell:
    """What cannot be read is no 0: DC016 is silent."""
    record = dibao_household(town)
    no_dibao_money(town, record)
    record[DIBAO] = "三千左右"
    return town.cell(record, DIBAO)


@breaks("DC017")
def money_without_dibao(town: Town) -> Cell:
    record = couple(town)
    earn(record, 低保金=120)
    return town.cell(record, DIBAO)


@spares("DC017")
def dibao_of_unknown_members(town: Town) -> None:
    record = couple(town)
    earn(record, 低保金=120)
    for member in town.members(record):
        member["享受低保"] = None


@breaks("DC018")
def wubao_without_money(town: Town) -> Cell:
    record = wubao_household(town)
    earn(record, 五保金=0, 其他转移性收入=record[OTHER] + record[WUBAO])
    return town.cell(record, WUBAO)


@breaks("DC018", severity=Severity.INFO)
def wubao_since_60(town: Town) -> Cell:
    record = wubao_household(town)
    turn_60_in_2015(town, record)
    earn(record, 五保金=0, 养老保险金=0, 其他转移性收入=record[OTHER] + record[WUBAO])
    return town.cell(record, WUBAO)


@breaks("DC018", severity=Severity.INFO)
def wubao_paid_to_the_old_peoples_home(town: Town) -> Cell:
    record = wubao_household(town)
    record["住房面积(㎡)"] = 0
    earn(record, 五保金=0, 其他转移性收入=record[OTHER] + record[WUBAO])
    return town.cell(record, WUBAO)


@breaks("DC018")
def wubao_money_in_the_sum_alone(town: Town) -> Cell:
    record = wubao_household(town)
    record["住房面积(㎡)"], record[WUBAO] = 0, 0
    return town.cell(record, WUBAO)


@spares("DC018")
def form_without_wubao_money(town: Town) -> None:
    for record in town.rows("农户"):
        earn(record, 五保金=0, 其他转移性收入=record[OTHER] + record[WUBAO])
    town.headings["农户"].remove(WUBAO)


@breaks("DC019")
def pension_of_one_for_two(town: Town) -> Cell:
    record = pensioners(town)
    earn(record, 养老保险金=1260, 其他转移性收入=record[OTHER] + record[PENSION] - 1260)
    return town.cell(record, PENSION)


@breaks("DC019")
def pension_of_one_among_the_parts(town: Town) -> Cell:
    """The sum has both, so that the parts come to less (DC067)."""
    record = pensioners(town)
    record[PENSION] = 1260
    return town.cell(record, PENSION)


@spares("DC019")
def just_the_base_pension(town: Town) -> None:
    record = pensioners(town)
    earn(record, 养老保险金=2520, 其他转移性收入=record[OTHER] + record[PENSION] - 2520)


@spares("DC019")
def turned_60_on_new_years_day(town: Town) -> None:
    """Paid from February on."""
    record = couple(town)
    turn_60_in_2015(town, record, month=1, day=1)
    earn(record, 养老保险金=1155)


@spares("DC019")
def turned_60_within_the_year(town: Town) -> None:
    turn_60_in_2015(town, couple(town))


def missed_dibao(town: Town) -> Row:
    """A couple on 1500 元 a head, where 低保 is due below 1600."""
    town.policy["dibao_line"] = 1600
    record = couple(town)
    earn(record, 生产经营性收入=record[COST] + 2000, 其他转移性收入=1000)
    return record


@breaks("DC041")
def dibao_missed(town: Town) -> Cell:
    return town.cell(town.members(missed_dibao(town))[0], "享受低保")


@spares("DC041")
def no_dibao_line(town: Town) -> None:
    missed_dibao(town)
    town.policy["dibao_line"] = None


@spares("DC041")
def income_on_the_dibao_line(town: Town) -> None:
    missed_dibao(town)
    town.policy["dibao_line"] = 1500


@breaks("DC044")
def both_benefits_of_a_dibao_household(town: Town) -> Cell:
    record = dibao_household(town)
    earn(record, 五保金=120)
    return town.cell(record, WUBAO)


@breaks("DC044", severity=Severity.SUSPECT)
def both_benefits(town: Town) -> Cell:
    """低保 may have been turned into 五保 within the year."""
    record = wubao_household(town)
    earn(record, 低保金=120)
    return town.cell(record, WUBAO)


@spares("DC044")
def one_benefit_and_a_pension(town: Town) -> None:
    record = wubao_household(town)
    assert record[WUBAO] and record[PENSION]


@breaks("DC045")
def money_without_wubao(town: Town) -> Cell:
    record = couple(town)
    earn(record, 五保金=120)
    return town.cell(record, WUBAO)


@breaks("DC045", severity=Severity.WARNING)
def wubao_household_of_another_type(town: Town) -> Cell:
    record = wubao_household(town)
    record["农户属性"] = "一般贫困户"
    return town.cell(record, "农户属性")


def rich_wubao_household_of_another_type(town: Town) -> None:
    record = wubao_household(town)
    record["农户属性"] = "一般贫困户"
    record["主要致贫原因"] = "缺劳力"
    earn(record, 五保金=7000)


def uncle(town: Town, record: Row) -> None:
    """A man of 70 beside the couple, whom nobody but the village supports."""
    like = town.members(record)[1]
    add_member(
        town,
        like,
        date(1945, 5, 12),
        性别="男",
        与户主关系="其他",
        劳动能力="无劳动力",
        养老保险="否",
        **{"务工状况": None, "务工时间(月)": None, "证件号码": like["证件号码"][:14] + "1131"},
        **{"残疾证号": None, "健康状况": "健康", "享受低保": "否", "低保残疾金(元)": 0},
    )


@spares("DC045")
def wubao_of_an_uncle(town: Town) -> None:
    record = couple(town)
    uncle(town, record)
    earn(record, 五保金=3600)


@spares("DC044")
def wubao_of_an_uncle_beside_dibao(town: Town) -> None:
    record = town.row("农户", 农户属性="低保贫困户", 家庭人口=2)
    uncle(town, record)
    earn(record, 五保金=3600)


@spares("DC045")
def wubao_by_its_new_name(town: Town) -> None:
    wubao_household(town)["农户属性"] = "特困供养户"


@breaks("DC046")
def pension_before_60(town: Town) -> Cell:
    record = couple(town)
    earn(record, 养老保险金=1260)
    return town.cell(record, PENSION)


@spares("DC046")
def pension_of_somebody_who_died_in_june(town: Town) -> None:
    earn(couple(town), 养老保险金=630)


@spares("DC046")
def pension_for_half_a_year(town: Town) -> None:
    record = couple(town)
    turn_60_in_2015(town, record)
    earn(record, 养老保险金=630)


def give_cause(record: Row, cause: str) -> None:
    record["主要致贫原因"], record["其他致贫原因"] = cause, None


@breaks("DC022")
def illness_without_the_ill(town: Town) -> Cell:
    record = couple(town)
    give_cause(record, "因病")
    return town.cell(record, "主要致贫原因")


@breaks("DC022", severity=Severity.INFO)
def mother_alone_whose_husband_may_have_died(town: Town) -> Cell:
    mother, _ = family(town, "户主", "之子")
    return _caused_by(town, mother, "因病")


@breaks("DC022")
def brothers_who_never_married(town: Town) -> Cell:
    brother, _ = family(town, "户主", "之兄弟姐妹", 主要致贫原因="缺技术")
    return _caused_by(town, brother, "因病")


def _caused_by(town: Town, head: Row, cause: str) -> Cell:
    record = town.household(head)
    give_cause(record, cause)
    return town.cell(record, "主要致贫原因")


@spares("DC022")
def health_of_one_unknown(town: Town) -> None:
    record = couple(town)
    give_cause(record, "因病")
    town.members(record)[1]["健康状况"] = None


@spares("DC022")
def illness_beside_disability(town: Town) -> None:
    record = couple(town)
    give_cause(record, "因病")
    town.members(record)[0]["健康状况"] = "体弱多病"


@breaks("DC023")
def disability_without_the_disabled(town: Town) -> Cell:
    record = couple(town)
    give_cause(record, "因残")
    town.members(record)[1]["健康状况"] = "长期慢性病"
    return town.cell(record, "主要致贫原因")


@breaks("DC023", severity=Severity.INFO)
def widow_whose_disabled_husband_may_have_died(town: Town) -> Cell:
    return _caused_by(town, family(town, "户主", "之子")[0], "因残")


@spares("DC023")
def disability_by_the_card(town: Town) -> None:
    record = couple(town)
    give_cause(record, "因残")
    wife = town.members(record)[1]
    wife["健康状况"], wife["残疾证号"] = "长期慢性病", wife["证件号码"] + "43"


@breaks("DC024")
def schooling_without_students(town: Town) -> Cell:
    record = couple(town)
    give_cause(record, "因学")
    return town.cell(record, "主要致贫原因")


@spares("DC024")
def schooling_in_the_kindergarten(town: Town) -> None:
    child = town.row("成员", 在校生状况="学前教育")
    give_cause(town.household(child), "因学")


@breaks("DC025")
def enough_labour(town: Town) -> Cell:
    record = couple(town)
    give_cause(record, "缺劳力")
    return town.cell(record, "主要致贫原因")


@spares("DC025")
def half_of_the_members_labour(town: Town) -> None:
    record = couple(town)
    give_cause(record, "缺劳力")
    record["劳动力人数"] = 1
    town.members(record)[1].update({"劳动能力": "无劳动力", "健康状况": "长期慢性病"})


@breaks("DC026")
def enough_land(town: Town) -> Cell:
    record = farmer(town)
    give_cause(record, "缺土地")
    record["耕地面积(亩)"] = 3
    return town.cell(record, "主要致贫原因")


@spares("DC026")
def little_land(town: Town) -> None:
    record = farmer(town)
    give_cause(record, "缺土地")
    record["耕地面积(亩)"] = record["有效灌溉面积(亩)"] = 0.3


@breaks("DC068")
def benefit_of_a_nought_too_many(town: Town) -> Cell:
    record = dibao_household(town)
    (member, *_) = [m for m in town.members(record) if m["低保残疾金(元)"]]
    member["低保残疾金(元)"] = record["转移性收入(元)"] + 500
    return town.cell(member, "低保残疾金(元)")


@spares("DC068")
def benefit_that_is_all_of_the_transfer(town: Town) -> None:
    record = dibao_household(town)
    (member, *_) = [m for m in town.members(record) if m["低保残疾金(元)"]]
    member["低保残疾金(元)"] = record["转移性收入(元)"]


@breaks("DC071")
def a_nought_of_dibao_money_left_out(town: Town) -> Cell:
    home = dibao_household(town)
    members = town.members(home)
    for member in members:
        member["低保残疾金(元)"] = 0
    members[0]["低保残疾金(元)"] = home["低保金(元)"] * 10
    home["转移性收入(元)"] = home["低保金(元)"] * 10 + 5000
    home["其他转移性收入(元)"] = home["转移性收入(元)"] - sum(
        home[part] or 0
        for part in (
            "低保金(元)",
            "五保金(元)",
            "养老保险金(元)",
            "生态补偿金(元)",
            "计划生育金(元)",
        )
    )
    earn(home)
    return town.cell(home, "低保金(元)")


@spares("DC071")
def dibao_money_by_the_month_of_members(town: Town) -> None:
    """Twelve times as much is a month's, or a year's."""
    home = dibao_household(town)
    for member in town.members(home):
        member["低保残疾金(元)"] = 0
    town.members(home)[0]["低保残疾金(元)"] = home["低保金(元)"] // 12
