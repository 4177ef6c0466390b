"""SJ 时间节点关."""

from datetime import date
from typing import Any

from cases_identification import change
from survey_edits import exit_poverty
from town import Cell, Row, Town, breaks, spares

from generators.members import be_born
from jiandang.policy import load_policy
from jiandang.report.model import Severity

STEPS, SURVEY = "识别程序", "入户调查"
WANGZHUANG = "320324105201"
IDENTITY = {"户编号", "村码", "行政村", "乡(镇)", "县(市、区)"}
NOT_YET = {"申请人签字", "应到代表", "实到代表", "同意票", "反对票", "弃权票", "异议情况"}


def march(day: int) -> date:
    return date(2016, 3, day)


def due(town: Town, **deadlines: date) -> None:
    """Other deadlines than the policy's."""
    usual = load_policy("xuzhou-2016").deadlines
    town.policy["deadlines"] = usual.model_copy(update=deadlines)


def five_days_of_notice(town: Town) -> None:
    """Leaves time for a step to be late without the next ones being late too."""
    town.policy["notice_days"] = 5


# -- late ------------------------------------------------------------------------------------


@breaks("SJ001")
def applied_late(town: Town) -> Cell:
    return change(town, "申请日期", march(5))


@breaks("SB015")
def applied_late_by_mistake(town: Town) -> Cell:
    """The appraisal was in time: one of the two dates is wrong, and that is told once."""
    change(town, "申请日期", march(8))
    return change(town, "评议日期", march(5))


@breaks("SJ002")
def appraised_late(town: Town) -> Cell:
    five_days_of_notice(town)
    change(town, "村公示开始", march(8))
    return change(town, "评议日期", march(8))


@breaks("SJ003")
def village_notice_late(town: Town) -> Cell:
    five_days_of_notice(town)
    change(town, "乡镇审核日期", march(15))
    change(town, "乡镇公示开始", march(15))
    return change(town, "村公示结束", march(15))


@breaks("SJ004")
def town_notice_late(town: Town) -> Cell:
    five_days_of_notice(town)
    change(town, "县级审批日期", march(22))
    change(town, "县级公示开始", march(22))
    return change(town, "乡镇公示结束", march(22))


@breaks("SJ005")
def county_notice_late(town: Town) -> Cell:
    return change(town, "县级公示结束", march(29))


@breaks("SJ006")
def surveyed_late(town: Town) -> Cell:
    due(town, entered=march(29))
    row = town.row(SURVEY)
    row["调查日期"] = row["录入日期"] = march(29)
    return town.cell(row, "调查日期")


@breaks("SJ007")
def entered_late(town: Town) -> Cell:
    row = town.row(SURVEY)
    row["录入日期"] = march(29)
    return town.cell(row, "录入日期")


def each_step_on_its_last_day(town: Town) -> None:
    change(town, "申请日期", march(4))
    change(town, "评议日期", march(7))
    change(town, "村公示开始", march(7))
    change(town, "村公示结束", march(14))
    row = town.row(SURVEY)
    row["调查日期"] = row["录入日期"] = march(28)


for _number in range(1, 8):
    spares(f"SJ00{_number}")(each_step_on_its_last_day)


# -- not done --------------------------------------------------------------------------------


def village_without_county_notice(town: Town) -> Cell:
    for row in town.rows(STEPS, 行政村="王庄村")[1:]:
        row["县级公示结束"] = None
    return town.heading_cell(STEPS, "县级公示结束")


@breaks("SJ008")
def overdue(town: Town) -> Cell:
    return village_without_county_notice(town)


@breaks("SJ008")
def survey_overdue(town: Town) -> Cell:
    for row in town.rows(SURVEY, 户编号=lambda number: number.startswith(WANGZHUANG)):
        row["调查日期"] = row["录入日期"] = None
    town.headings[SURVEY].remove("录入日期")
    return town.heading_cell(SURVEY, "调查日期")


@breaks("SJ009")
def due_in_two_days(town: Town) -> Cell:
    town.as_of = march(26)
    return village_without_county_notice(town)


@breaks("SJ009")
def due_today(town: Town) -> Cell:
    town.as_of = march(28)
    return village_without_county_notice(town)


def not_yet_due(town: Town) -> None:
    """The village has its notice but for one household, and there are two days left."""
    town.as_of = march(26)
    town.row(STEPS)["县级公示结束"] = None


for _code in ("SJ009", "SB013"):
    spares(_code)(not_yet_due)


def at_20_february(town: Town) -> None:
    """Half way: people apply and are visited, all else is still to be done."""
    town.as_of = date(2016, 2, 20)
    for row in town.rows(STEPS):
        for heading, value in row.items():
            if isinstance(value, date) or heading in NOT_YET:
                row[heading] = None
    for row in town.rows(STEPS)[::2]:
        row["申请日期"], row["申请人签字"] = date(2016, 2, 18), "是"
    first, *others = town.rows(SURVEY)
    first["调查日期"] = first["录入日期"] = date(2016, 2, 19)
    unreviewed, *others = others
    unreviewed["调查日期"] = date(2016, 2, 19)
    for heading in ("审核人", "录入日期", "录入人", "校对人"):
        unreviewed[heading] = None
    for row in others:
        for heading in set(town.headings[SURVEY]) - IDENTITY:
            row[heading] = None
    for home in town.rows("农户"):
        for heading in (
            "帮扶责任人",
            "帮扶人电话",
            "帮扶单位",
            "帮扶人职务",
            "帮扶开始时间",
            "识别时间",
        ):
            home[heading] = None


@spares("SB023")
def relative_of_cadres_before_the_review(town: Town) -> None:
    """The filing belongs to the town's review."""
    at_20_february(town)
    change(town, "村干部亲属", "是")
    change(town, "备案情况", None)


@breaks("SB023", beside="SJ008")
def relative_of_cadres_after_the_day_of_the_review(town: Town) -> Cell:
    town_steps = ("乡镇审核日期", "乡镇公示开始", "乡镇公示结束")
    steps = (*town_steps, "县级审批日期", "县级公示开始", "县级公示结束")
    for row in town.rows(STEPS, 行政村=town.row(STEPS)["行政村"]):
        row |= dict.fromkeys(steps)
    change(town, "村干部亲属", "是")
    return change(town, "备案情况", None)


for _code in (
    "SB001",
    "SB003",
    "SB007",
    "SB009",
    "SB010",
    "SB012",
    "DC001",
    "DC005",
    "DC035",
    "LR401",
):
    spares(_code)(at_20_february)


def _without_income(town: Town, home: Row) -> None:
    for heading in town.headings["农户"]:
        if heading.endswith("(元)"):
            home[heading] = None


def not_visited_yet(town: Town) -> None:
    """Cause and income are what the visit finds out; people say of themselves that they work."""
    at_20_february(town)
    for home in town.rows("农户")[5:]:
        _without_income(town, home)
        home["主要致贫原因"] = None


for _code in ("LR004", "LR014", "DC014", "DC016", "DC018"):
    spares(_code)(not_visited_yet)


def visited_and_not_entered_yet(town: Town) -> None:
    """The second visit: what it found out is on paper."""
    not_visited_yet(town)
    visit = town.rows(SURVEY)[1]
    visit["户主签字"] = None
    home = town.household(visit)
    _without_income(town, home)
    home["主要致贫原因"] = None


for _code in ("LR004", "DC004"):
    spares(_code)(visited_and_not_entered_yet)


@breaks("DC004")
def entered_without_a_signature(town: Town) -> Cell:
    at_20_february(town)
    visit = town.row(SURVEY)
    visit["户主签字"] = None
    return town.cell(visit, "户主签字")


@breaks("LR004")
def visited_and_no_income(town: Town) -> Cell:
    at_20_february(town)
    visited = next(row for row in town.rows(SURVEY) if row["调查日期"])
    home = town.household(visited)
    _without_income(town, home)
    return town.cell(home, "人均纯收入(元)")


@breaks("LR004")
def no_income_after_the_last_day(town: Town) -> Cell:
    home = town.row("农户", 农户属性="低保贫困户")
    _without_income(town, home)
    return town.cell(home, "人均纯收入(元)")


@breaks("LR004")
def income_without_its_average(town: Town) -> Cell:
    at_20_february(town)
    home = town.rows("农户")[-1]
    home["人均纯收入(元)"] = None
    return town.cell(home, "人均纯收入(元)")


def table_without_the_step(town: Town) -> None:
    for heading in ("县级公示开始", "县级公示结束"):
        town.headings[STEPS].remove(heading)


for _code in ("SJ008", "SJ009"):
    spares(_code)(table_without_the_step)


# -- dates that cannot be --------------------------------------------------------------------


@breaks("SJ010")
def reviewed_in_the_future(town: Town) -> Cell:
    return change(town, "乡镇审核日期", date(2016, 4, 5))


@breaks("SJ010")
def notice_ends_in_another_month(town: Town) -> Cell:
    return change(town, "县级公示结束", date(2016, 5, 28))


@breaks("SJ010")
def entered_in_the_future(town: Town) -> Cell:
    row = town.row(SURVEY)
    row["录入日期"] = date(2061, 3, 5)
    return town.cell(row, "录入日期")


@breaks("SJ010")
def identified_in_the_future(town: Town) -> Cell:
    home = town.row("农户", 农户属性="一般贫困户")
    home["识别时间"] = "2061-3"
    return town.cell(home, "识别时间")


@breaks("SJ010")
def helped_in_the_next_century(town: Town) -> Cell:
    home = town.row("农户", 帮扶开始时间=bool)
    home["帮扶开始时间"] = "2106-3"
    return town.cell(home, "帮扶开始时间")


@spares("SJ010")
def helped_from_next_year(town: Town) -> None:
    town.row("农户", 帮扶开始时间=bool)["帮扶开始时间"] = "2017-1"


@spares("SJ010")
def identified_in_the_month_of_the_check(town: Town) -> None:
    town.row("农户")["识别时间"] = "2016-3"


@spares("SJ010")
def notices_that_go_on(town: Town) -> None:
    town.as_of = march(25)


@breaks("SJ011")
def surveyed_before_the_start(town: Town) -> Cell:
    row = town.row(SURVEY)
    row["调查日期"] = date(2016, 2, 1)
    return town.cell(row, "调查日期")


@spares("SJ011")
def applied_on_the_first_day(town: Town) -> None:
    change(town, "申请日期", date(2016, 2, 2))


@breaks("SJ014")
def approved_on_a_holiday(town: Town) -> Cell:
    town.policy["holidays"] = frozenset({march(5)})
    return town.cell(town.row(STEPS, 评议日期=march(5)), "评议日期")


@spares("SJ014")
def applied_on_a_holiday(town: Town) -> None:
    change(town, "申请日期", date(2016, 2, 8))


# -- the year, the day of reference, the way out ---------------------------------------------


def set_record(town: Town, **cells: Any) -> Row:
    row = town.row("农户")
    row |= cells
    return row


@breaks("SJ012")
def income_of_another_year(town: Town) -> Cell:
    return town.cell(set_record(town, 收入年度=2014), "收入年度")


@spares("SJ012")
def income_of_an_unnamed_year(town: Town) -> None:
    set_record(town, 收入年度=None)


def toddler(town: Town, born: date) -> Cell:
    child = min(town.rows("成员"), key=lambda row: int(row["年龄"]))
    be_born(child, born)
    child["年龄"] = max(child["年龄"], 0)
    child["文化程度"], child["在校生状况"] = "学龄前儿童", "非在校生"
    return town.cell(child, "证件号码")


@breaks("SJ013")
def born_this_year(town: Town) -> Cell:
    return toddler(town, date(2016, 2, 14))


@spares("SJ013")
def born_on_the_last_day(town: Town) -> None:
    toddler(town, date(2015, 12, 31))


@breaks("SJ015")
def helped_too_soon(town: Town) -> Cell:
    return town.cell(set_record(town, 帮扶开始时间="2016-02"), "帮扶开始时间")


@spares("SJ015")
def helped_in_the_same_month(town: Town) -> None:
    set_record(town, 帮扶开始时间="2016-03")


@breaks("SJ016")
def out_before_in(town: Town) -> Cell:
    return town.cell(set_record(town, 脱贫属性="返贫", 脱贫时间="2015-12"), "脱贫时间")


@breaks("SJ016")
def out_at_no_time(town: Town) -> Cell:
    home = town.row("农户", 是否危房="否", 农户属性="一般贫困户")
    exit_poverty(home)
    home["脱贫时间"] = None
    return town.cell(home, "脱贫时间")


@breaks("SJ016")
def not_out_but_with_a_time(town: Town) -> Cell:
    return town.cell(set_record(town, 脱贫时间="2016-12"), "脱贫时间")


@spares("SJ016")
def out_and_in_again(town: Town) -> None:
    set_record(town, 脱贫属性="返贫", 脱贫时间="2016")


@breaks("SJ017")
def out_too_late(town: Town) -> Cell:
    return town.cell(set_record(town, 脱贫属性="返贫", 脱贫时间="2020"), "脱贫时间")


@spares("SJ017")
def out_in_the_last_year(town: Town) -> None:
    set_record(town, 脱贫属性="返贫", 脱贫时间="2019-12")


# -- the timetable itself --------------------------------------------------------------------


@breaks("SJ018")
def too_few_days_for_the_notice(town: Town) -> Cell:
    due(town, village_notice_end=march(15))
    return "政策文件", "deadlines.town_notice_end"


@spares("SJ018")
def a_day_more_for_the_notice(town: Town) -> None:
    due(town, county_notice_end=march(29))


@breaks("SJ019")
def identified_before_the_appraisal(town: Town) -> Cell:
    home = town.row("农户", 脱贫属性="未脱贫")
    home["识别时间"] = date(2016, 3, 1)
    return town.cell(home, "识别时间")


@breaks("SJ019", severity=Severity.SUSPECT)
def identified_before_the_review_of_the_town(town: Town) -> Cell:
    home = town.row("农户", 脱贫属性="未脱贫")
    home["识别时间"] = date(2016, 3, 9)
    return town.cell(home, "识别时间")


@breaks("SJ019", severity=Severity.INFO)
def identified_a_year_too_early_alone_in_the_village(town: Town) -> Cell:
    home = town.row("农户", 脱贫属性="未脱贫")
    home["识别时间"] = date(2015, 3, 21)
    return town.cell(home, "识别时间")


@spares("SJ019")
def identified_in_the_month_of_the_appraisal(town: Town) -> None:
    town.row("农户", 脱贫属性="未脱贫")["识别时间"] = "2016-03"


@spares("SJ019")
def several_identified_in_an_earlier_round(town: Town) -> None:
    for home in town.rows("农户")[::5]:
        home["识别时间"] = "2014-06"


@breaks("SJ016")
def poor_household_that_is_said_to_be_out_of_poverty(town: Town) -> Cell:
    home = town.row("农户", 脱贫属性="未脱贫", 是否危房="否")
    home["脱贫属性"] = "已脱贫"
    return town.cell(home, "脱贫属性")
