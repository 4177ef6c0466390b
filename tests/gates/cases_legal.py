"""Exceptions that the law and life know, and near misses of what was widened for them."""

from datetime import date

from cases_entry_person import _person
from family_changes import be_able, family, years_later
from survey_edits import earn
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.policy.model import Range
from jiandang.report.model import Severity


def work_away(row: Row, months: int) -> None:
    row["务工状况"], row["务工时间(月)"] = "乡(镇)内务工", months


@spares("LR310")
def summer_job_of_a_student(town: Town) -> None:
    work_away(_person(town, lambda row: row["在校生状况"] == "普通高中二年级"), 2)


@spares("LR310")
def intern_in_the_third_year_of_vocational_school(town: Town) -> None:
    row = _person(town, lambda row: row["在校生状况"] == "普通高中二年级")
    row["在校生状况"], row["文化程度"] = "中职三年级", "中专"
    work_away(row, 6)


@spares("LR310")
def cleaner_over_70(town: Town) -> None:
    def has_wages(row: Row) -> bool:
        return bool(town.household(row)["工资性收入(元)"])

    row = _person(
        town, lambda row: row["年龄"] > 70 and row["劳动能力"] == "无劳动力" and has_wages(row)
    )
    work_away(row, 12)


@breaks("LR310")
def cleaner_of_50_without_labour(town: Town) -> Cell:
    row = _person(
        town,
        lambda row: 45 < row["年龄"] < 59 and row["健康状况"] == "残疾" and not row["务工状况"],
    )
    be_able(town, row, "无劳动力")
    work_away(row, 6)
    return town.cell(row, "务工状况")


def come_of_age(town: Town, day: date, labour: str) -> Row:
    row = family(town, "户主", "配偶", "之子")[2 if day.year > 1990 else 1]
    be_born(row, day)
    be_able(town, row, labour)
    return row


@breaks("LR304")
def labourer_who_turns_16_before_the_registration_ends(town: Town) -> Cell:
    """He should be at school, as LR304 says, and may work, of which LR306 says nothing."""
    row = come_of_age(town, date(2000, 2, 1), "普通劳动力")
    return town.cell(row, "在校生状况")


@breaks("LR306", beside="LR304")
def labourer_who_turns_16_after_it(town: Town) -> Cell:
    row = come_of_age(town, date(2000, 8, 1), "普通劳动力")
    return town.cell(row, "劳动能力")


@spares("LR308")
def healthy_woman_who_turns_60_before_the_registration_ends(town: Town) -> None:
    come_of_age(town, date(1956, 2, 1), "无劳动力")


@breaks("LR314", severity=Severity.WARNING)
def healthy_invalid_who_turns_60_before_the_registration_ends(town: Town) -> Cell:
    row = come_of_age(town, date(1956, 2, 1), "丧失劳动力")
    return town.cell(row, "劳动能力")


def stepmother(town: Town, years: int) -> Row:
    """The head's 之母, so many years younger."""
    mother = family(town, "户主", "配偶", "之女", "之母")[3]
    head = town.members(mother)[0]
    be_born(mother, years_later(head["出生日期"], years))
    be_able(town, mother, "普通劳动力")
    earn(town.household(mother), 养老保险金=0)
    return mother


@breaks("LR211", severity=Severity.SUSPECT)
def stepmother_eleven_years_older(town: Town) -> Cell:
    """A second wife is asked about, and never told to be wrong."""
    mother = stepmother(town, -11)
    (found,) = (f for f in town.findings() if f.rule == "LR211")
    assert "继父母" in found.message
    return town.cell(mother, "与户主关系")


@breaks("LR211")
def stepmother_younger_than_the_head(town: Town) -> Cell:
    return town.cell(stepmother(town, 2), "与户主关系")


@spares("LR010")
def two_phones_with_a_blank_between(town: Town) -> None:
    record = town.row("农户")
    record["联系电话"] = f"{record['联系电话']} 0516-88321456"


@spares("RW011")
def large_households_on_two_sheets(town: Town) -> None:
    """Counted once, the village has 2.39 persons a household; each time, 2.8."""
    homes = town.rows("农户", 行政村="陈桥村")
    large = sorted(homes, key=lambda row: -row["家庭人口"])[:6]
    headings = ["行政村", "户编号", "户主姓名", "家庭人口", "联系电话"]
    town.headings["农户 (2)"] = headings
    town.sheets["农户 (2)"] = [{h: row[h] for h in headings} for row in large]
    town.policy["persons_per_household"] = Range(low=1.2, high=2.58)
