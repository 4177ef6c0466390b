"""LR3 文化与就学、劳动与务工、农户属性与致贫原因."""

from collections.abc import Callable
from datetime import date

from family_changes import be_able, families, family, years_later
from survey_edits import earn
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from generators.people import SCHOOL_DATE, age_on
from jiandang.report.model import Severity

PARENTS_AND_PUPILS = ("户主", "配偶", "之女", "之子")


def _school_age(row: Row) -> int:
    return age_on(SCHOOL_DATE, row["出生日期"])


def _person(town: Town, test: Callable[[Row], bool]) -> Row:
    return next(row for row in town.rows("成员") if test(row))


def _pupil(town: Town, *ages: int) -> Row:
    """A pupil of one of these ages, in a household that is poor for another reason."""
    return _person(
        town,
        lambda row: (
            _school_age(row) in ages
            and row["在校生状况"] != "非在校生"
            and town.household(row)["主要致贫原因"] not in ("因学", "缺劳力")
        ),
    )


@breaks("LR301")
def pupil_called_preschool_child(town: Town) -> Cell:
    row = _pupil(town, 8, 9, 10, 11)
    row["文化程度"] = "学龄前儿童"
    return town.cell(row, "文化程度")


@breaks("LR301")
def small_child_called_illiterate(town: Town) -> Cell:
    row = _pupil(town, 4)
    row["文化程度"] = "文盲或半文盲"
    return town.cell(row, "文化程度")


@breaks("LR301")
def small_child_from_junior_school(town: Town) -> Cell:
    row = _pupil(town, 4)
    row["文化程度"] = "初中"
    return town.cell(row, "文化程度")


@spares("LR301")
def preschool_child_of_six(town: Town) -> None:
    _pupil(town, 6)["文化程度"] = "学龄前儿童"


@spares("LR301")
def early_pupil(town: Town) -> None:
    row = _pupil(town, 4)
    be_born(row, date(2010, 8, 31))
    row["文化程度"] = row["在校生状况"] = "小学"


@spares("LR301")
def education_not_filled(town: Town) -> None:
    _pupil(town, 4)["文化程度"] = None


@breaks("LR302")
def old_student(town: Town) -> Cell:
    row = _person(town, lambda row: 31 <= _school_age(row) < 40 and row["与户主关系"] != "户主")
    row["在校生状况"] = "大学本科"
    return town.cell(row, "在校生状况")


@breaks("LR302")
def grown_worker_at_primary_school(town: Town) -> Cell:
    row = _person(town, lambda row: _school_age(row) in (25, 26) and bool(row["务工状况"]))
    row["在校生状况"] = "小学"
    return town.cell(row, "在校生状况")


@breaks("LR302")
def infant_at_kindergarten(town: Town) -> Cell:
    row = _pupil(town, 4)
    be_born(row, date(2013, 9, 1))
    return town.cell(row, "在校生状况")


@spares("LR302")
def student_of_27_at_university(town: Town) -> None:
    _person(town, lambda row: _school_age(row) in (25, 26, 27))["在校生状况"] = "大学本科"


@spares("LR302")
def student_of_unknown_stage(town: Town) -> None:
    _person(town, lambda row: _school_age(row) in (22, 23, 24))["在校生状况"] = "在校生"


@breaks("LR303")
def small_pupil_in_ninth_grade(town: Town) -> Cell:
    row = _pupil(town, 8, 9)
    row["在校生状况"] = "九年级"
    return town.cell(row, "在校生状况")


@breaks("LR303")
def grown_worker_in_junior_school(town: Town) -> Cell:
    row = _person(town, lambda row: _school_age(row) in (20, 21) and bool(row["务工状况"]))
    row["在校生状况"] = "八年级"
    return town.cell(row, "在校生状况")


@breaks("LR303", beside="DC033", severity=Severity.INFO)
def disabled_pupil_in_an_odd_grade(town: Town) -> Cell:
    row = _pupil(town, 8, 9)
    row["在校生状况"], row["健康状况"] = "九年级", "残疾"
    return town.cell(row, "在校生状况")


@breaks("LR303")
def nursery_child_above_eight(town: Town) -> Cell:
    row = _pupil(town, 9, 10, 11)
    row["在校生状况"] = "学前教育"
    return town.cell(row, "在校生状况")


@spares("LR303")
def nursery_child_of_eight(town: Town) -> None:
    _pupil(town, 8)["在校生状况"] = "学前教育"


@spares("LR303")
def big_pupil_in_primary_school(town: Town) -> None:
    _pupil(town, 14)["在校生状况"] = "小学"


@breaks("LR304")
def child_out_of_school(town: Town) -> Cell:
    row = _pupil(town, 9, 10)
    row["在校生状况"] = "非在校生"
    return town.cell(row, "在校生状况")


@spares("LR304")
def child_out_of_school_by_illness(town: Town) -> None:
    row = _pupil(town, 9, 10)
    row["在校生状况"], row["健康状况"] = "非在校生", "患有大病"


@spares("LR304")
def out_of_junior_school_at_15(town: Town) -> None:
    row = _pupil(town, 15)
    row["在校生状况"], row["文化程度"] = "非在校生", "初中"


@spares("LR304")
def out_of_junior_school_at_16(town: Town) -> None:
    """He was born in September, so that he was 15 when school began."""
    row = _pupil(town, 15)
    be_born(row, date(1999, 9, 20))
    be_able(town, row, "普通劳动力")
    row["在校生状况"], row["文化程度"] = "非在校生", "初中"


@breaks("LR305")
def child_from_junior_school(town: Town) -> Cell:
    row = _pupil(town, 8, 9)
    row["文化程度"] = "初中"
    return town.cell(row, "文化程度")


@breaks("LR305")
def child_with_a_degree(town: Town) -> Cell:
    row = _pupil(town, 13, 14)
    row["文化程度"] = "大专及以上"
    return town.cell(row, "文化程度")


@spares("LR305")
def junior_school_at_11(town: Town) -> None:
    _person(town, lambda row: row["年龄"] == 11)["文化程度"] = "初中"


@breaks("LR305")
def illiterate_in_the_ninth_grade(town: Town) -> Cell:
    row = _person(town, lambda row: row["在校生状况"] in ("八年级", "九年级"))
    row["文化程度"] = "文盲或半文盲"
    return town.cell(row, "文化程度")


@spares("LR305")
def illiterate_in_a_special_school(town: Town) -> None:
    row = _person(town, lambda row: row["在校生状况"] in ("八年级", "九年级"))
    row.update(文化程度="文盲或半文盲", 健康状况="残疾")


@breaks("LR306")
def child_as_labourer(town: Town) -> Cell:
    row = _pupil(town, 9, 10)
    be_able(town, row, "普通劳动力")
    return town.cell(row, "劳动能力")


@breaks("LR306")
def child_as_labourer_not_counted(town: Town) -> Cell:
    row = _pupil(town, 9, 10)
    row["劳动能力"] = "普通劳动力"
    return town.cell(row, "劳动能力")


@spares("LR306")
def labourer_of_16(town: Town) -> None:
    be_able(town, _person(town, lambda row: row["年龄"] == 16), "普通劳动力")


def _old_wife(town: Town) -> Row:
    return family(town, "户主", "配偶", 主要致贫原因="因病", 劳动力人数=0)[1]


@breaks("LR307")
def old_labourer(town: Town) -> Cell:
    row = _old_wife(town)
    be_born(row, years_later(row["出生日期"], row["年龄"] - 70))
    be_able(town, row, "普通劳动力")
    return town.cell(row, "劳动能力")


@breaks("LR307", severity=Severity.INFO)
def labourer_a_little_too_old(town: Town) -> Cell:
    row = _old_wife(town)
    be_born(row, years_later(row["出生日期"], row["年龄"] - 69))
    be_able(town, row, "普通劳动力")
    return town.cell(row, "劳动能力")


@spares("LR307")
def labourer_not_too_old(town: Town) -> None:
    row = _old_wife(town)
    be_able(town, row, "普通劳动力")
    town.policy["labour_max_age"] = row["年龄"]


@breaks("LR308")
def healthy_adult_without_labour(town: Town) -> Cell:
    row = family(town, "户主", "配偶", "之子")[1]
    be_able(town, row, "无劳动力")
    return town.cell(row, "劳动能力")


@spares("LR308")
def ill_adult_without_labour(town: Town) -> None:
    row = family(town, "户主", "配偶", "之子")[1]
    be_able(town, row, "无劳动力")
    row["健康状况"] = "长期慢性病"


@spares("LR308")
def soldier_away_from_home(town: Town) -> None:
    row = family(town, "户主", "配偶", "之子")[1]
    be_able(town, row, "无劳动力")
    row["现役军人"], row["务工状况"], row["务工时间(月)"] = "是", None, None


def _at_work(row: Row) -> None:
    row["务工状况"], row["务工时间(月)"] = "乡(镇)内务工", 2


@breaks("LR309")
def schoolboy_at_work(town: Town) -> Cell:
    row = family(town, *PARENTS_AND_PUPILS)[3]
    _at_work(row)
    return town.cell(row, "务工状况")


@breaks("LR309")
def schoolchild_at_work_without_wage(town: Town) -> Cell:
    row = family(town, "户主", "之孙子")[1]
    _at_work(row)
    return town.cell(row, "务工状况")


@spares("LR309")
def senior_student_at_work(town: Town) -> None:
    row = _person(town, lambda row: row["在校生状况"] == "普通高中二年级")
    be_able(town, row, "普通劳动力")
    _at_work(row)


def _seriously_ill(town: Town) -> Row:
    return _person(town, lambda row: row["健康状况"] == "患有大病")


@breaks("LR310")
def invalid_at_work(town: Town) -> Cell:
    row = _seriously_ill(town)
    _at_work(row)
    return town.cell(row, "务工状况")


@breaks("LR310")
def invalid_with_months(town: Town) -> Cell:
    row = _seriously_ill(town)
    row["务工时间(月)"] = 3
    return town.cell(row, "务工状况")


@spares("LR310")
def invalid_with_other(town: Town) -> None:
    _seriously_ill(town)["务工状况"] = "其他"


@breaks("LR311")
def fourteen_months(town: Town) -> Cell:
    row = _person(town, lambda row: bool(row["务工状况"]))
    row["务工时间(月)"] = 14
    return town.cell(row, "务工时间(月)")


@spares("LR311")
def twelve_months(town: Town) -> None:
    _person(town, lambda row: bool(row["务工状况"]))["务工时间(月)"] = 12


@breaks("LR312")
def place_without_months(town: Town) -> Cell:
    row = _person(town, lambda row: bool(row["务工状况"]))
    row["务工时间(月)"] = 0
    return town.cell(row, "务工时间(月)")


@breaks("LR312")
def place_with_empty_months(town: Town) -> Cell:
    row = _person(town, lambda row: bool(row["务工状况"]))
    row["务工时间(月)"] = None
    return town.cell(row, "务工时间(月)")


@breaks("LR312")
def months_without_place(town: Town) -> Cell:
    row = family(town, "户主", "配偶")[0]
    row["务工时间(月)"] = 3
    return town.cell(row, "务工时间(月)")


@spares("LR312")
def at_home_on_the_farm(town: Town) -> None:
    row = family(town, "户主", "配偶")[0]
    row["务工状况"], row["务工时间(月)"] = "在家务农", None


@breaks("LR313")
def able_wubao(town: Town) -> Cell:
    row = family(town, "户主", 劳动力人数=1)[0]
    town.household(row)["农户属性"] = "五保户"
    return town.cell(row, "劳动能力")


@breaks("LR313")
def able_family_as_wubao(town: Town) -> Cell:
    rows = family(town, "户主", "配偶", "之子")
    town.household(rows[0])["农户属性"] = "特困供养户"
    return town.cell(rows[0], "劳动能力")


@spares("LR313")
def able_wubao_of_60(town: Town) -> None:
    row = family(town, "户主", 劳动力人数=1)[0]
    be_born(row, date(1955, 6, 1))
    home = town.household(row)
    home["户主证件号码"] = row["证件号码"]
    home["农户属性"] = "五保户"
    earn(home, 五保金=3600)


@breaks("LR314")
def healthy_invalid(town: Town) -> Cell:
    row = family(town, "户主", "配偶", "之子")[1]
    row["劳动能力"] = "丧失劳动力"
    return town.cell(row, "劳动能力")


@breaks("LR314", severity=Severity.WARNING)
def healthy_invalid_of_80(town: Town) -> Cell:
    row = _person(town, lambda row: row["年龄"] >= 60 and row["健康状况"] == "健康")
    row["劳动能力"] = "丧失劳动力"
    return town.cell(row, "劳动能力")


@spares("LR314")
def chronically_ill_invalid(town: Town) -> None:
    row = family(town, "户主", "配偶", "之子")[1]
    be_able(town, row, "丧失劳动力")
    row["健康状况"] = "长期慢性病"


def _home_of_one_cause(town: Town) -> Row:
    return town.row("农户", 主要致贫原因="缺资金", 其他致贫原因=None)


@breaks("LR315")
def two_main_causes(town: Town) -> Cell:
    home = _home_of_one_cause(town)
    home["主要致贫原因"] = "缺资金、缺技术"
    return town.cell(home, "主要致贫原因")


@spares("LR315")
def one_main_cause_in_other_words(town: Town) -> None:
    _home_of_one_cause(town)["主要致贫原因"] = "缺少资金"


@breaks("LR316")
def main_cause_again(town: Town) -> Cell:
    home = _home_of_one_cause(town)
    home["其他致贫原因"] = "缺技术、缺资金"
    return town.cell(home, "其他致贫原因")


@breaks("LR316")
def one_cause_twice(town: Town) -> Cell:
    home = _home_of_one_cause(town)
    home["其他致贫原因"] = "缺技术，缺少技术"
    return town.cell(home, "其他致贫原因")


@breaks("LR316")
def three_other_causes(town: Town) -> Cell:
    home = _home_of_one_cause(town)
    home["其他致贫原因"] = "缺技术、缺水、交通条件落后"
    return town.cell(home, "其他致贫原因")


@spares("LR316")
def two_other_causes(town: Town) -> None:
    _home_of_one_cause(town)["其他致贫原因"] = "缺技术、缺水"


@spares("LR316")
def no_other_cause(town: Town) -> None:
    _home_of_one_cause(town)["其他致贫原因"] = "无"


def _dibao_couple(town: Town) -> list[Row]:
    return family(town, "户主", "配偶", 农户属性="低保贫困户")


@breaks("LR317")
def dibao_household_without_dibao(town: Town) -> Cell:
    rows = _dibao_couple(town)
    for row in rows:
        row["享受低保"] = "否"
    return town.cell(town.household(rows[0]), "农户属性")


@breaks("LR317")
def ordinary_household_with_dibao(town: Town) -> Cell:
    home = town.household(_dibao_couple(town)[0])
    home["农户属性"] = "一般贫困户"
    return town.cell(home, "农户属性")


@breaks("LR317", severity=Severity.SUSPECT)
def one_of_an_ordinary_couple_has_dibao(town: Town) -> Cell:
    """单人低保 is for the gravely ill and heavily disabled; whether it is one, their list says."""
    one, _ = family(town, "户主", "配偶", 主要致贫原因="因病")
    one["享受低保"] = "是"
    return town.cell(town.household(one), "农户属性")


@spares("LR317")
def one_of_two_has_dibao(town: Town) -> None:
    _dibao_couple(town)[0]["享受低保"] = "否"


@spares("LR317")
def dibao_not_filled(town: Town) -> None:
    for rows in families(town, "户主", "配偶"):
        for row in rows:
            row["享受低保"] = None
