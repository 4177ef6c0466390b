"""SB 识别程序关."""

from datetime import date, timedelta

from cases_task_breakdown import twelve_villages
from survey_edits import earn_a_head, exit_poverty
from town import Cell, Row, Town, breaks, spares

from generators.people import with_check
from jiandang.policy import load_policy
from jiandang.report.model import Severity

STEPS = "识别程序"


def without_deadline(town: Town, step: str) -> None:
    """Leaves the step open, so that an empty date is not overdue as well (SJ008)."""
    deadlines = load_policy("xuzhou-2016").deadlines
    town.policy["deadlines"] = deadlines.model_copy(update={step: None})


def empty(town: Town, heading: str, step: str) -> Cell:
    without_deadline(town, step)
    row = town.row(STEPS)
    row[heading] = None
    return town.cell(row, heading)


def change(town: Town, heading: str, value: object) -> Cell:
    """Changes the cell of the first household."""
    row = town.row(STEPS)
    row[heading] = value
    return town.cell(row, heading)


# -- the steps -------------------------------------------------------------------------------


@breaks("SB001")
def no_application(town: Town) -> Cell:
    town.row(STEPS)["申请人签字"] = None
    return empty(town, "申请日期", "applied")


@breaks("SB001")
def left_out_of_the_procedure_table(town: Town) -> Cell:
    return town.leave_out("识别程序")


@spares("SB001")
def procedure_table_of_other_villages(town: Town) -> None:
    town.leave_out_village("识别程序")


@spares("SB001")
def table_without_applications(town: Town) -> None:
    town.headings[STEPS].remove("申请日期")


@breaks("SB003")
def no_appraisal(town: Town) -> Cell:
    return empty(town, "评议日期", "appraised")


@spares("SB003")
def table_by_village(town: Town) -> None:
    """One row a village holds for all its households."""
    town.headings[STEPS].remove("户编号")
    villages = dict.fromkeys(row["行政村"] for row in town.rows(STEPS))
    town.sheets[STEPS] = [town.row(STEPS, 行政村=village) for village in villages]


@breaks("SB009")
def no_review_of_the_town(town: Town) -> Cell:
    return change(town, "乡镇审核日期", None)


@spares("SB009")
def table_without_the_review(town: Town) -> None:
    town.headings[STEPS].remove("乡镇审核日期")


@breaks("SB012")
def no_approval(town: Town) -> Cell:
    return change(town, "县级审批日期", None)


@spares("SB012")
def table_without_the_approval(town: Town) -> None:
    town.headings[STEPS].remove("县级审批日期")


@breaks("SB007")
def no_village_notice(town: Town) -> Cell:
    empty(town, "村公示结束", "village_notice_end")
    return change(town, "村公示开始", None)


@breaks("SB007")
def village_notice_without_end(town: Town) -> Cell:
    empty(town, "村公示结束", "village_notice_end")
    return town.cell(town.row(STEPS), "村公示结束")


@breaks("SB010")
def no_town_notice(town: Town) -> Cell:
    return change(town, "乡镇公示开始", None)


@breaks("SB013")
def no_county_notice(town: Town) -> Cell:
    return change(town, "县级公示开始", None)


def table_without_the_start(town: Town) -> None:
    for heading in ("村公示开始", "乡镇公示开始", "县级公示开始"):
        town.headings[STEPS].remove(heading)


for _code in ("SB007", "SB010", "SB013"):
    spares(_code)(table_without_the_start)


@breaks("SB008")
def village_notice_one_day_short(town: Town) -> Cell:
    change(town, "村公示开始", date(2016, 3, 8))
    return change(town, "村公示结束", date(2016, 3, 13))


@breaks("SB011")
def town_notice_one_day_short(town: Town) -> Cell:
    return change(town, "乡镇公示结束", date(2016, 3, 19))


@breaks("SB014")
def county_notice_one_day_short(town: Town) -> Cell:
    return change(town, "县级公示结束", date(2016, 3, 26))


@breaks("SB008", severity=Severity.INFO)
def seven_days_with_the_first(town: Town) -> Cell:
    """Where the first day does not count, but would do."""
    town.policy["notice_counts_first_day"] = False
    change(town, "村公示开始", date(2016, 3, 8))
    return change(town, "村公示结束", date(2016, 3, 14))


def notices_of_seven_days(town: Town) -> None:
    """As they are posted: 8 to 14 March."""
    change(town, "村公示开始", date(2016, 3, 8))
    change(town, "村公示结束", date(2016, 3, 14))


for _code in ("SB008", "SB011", "SB014"):
    spares(_code)(notices_of_seven_days)


@breaks("SB015")
def appraised_before_applied(town: Town) -> Cell:
    return change(town, "评议日期", town.row(STEPS)["申请日期"] - timedelta(days=2))


@breaks("SB011")
def notice_of_one_day(town: Town) -> Cell:
    return change(town, "乡镇公示结束", town.row(STEPS)["乡镇公示开始"])


@breaks("SB015")
def reviewed_before_the_notice(town: Town) -> Cell:
    return change(town, "乡镇审核日期", date(2016, 3, 5))


@breaks("SB015")
def noticed_before_applied(town: Town) -> Cell:
    """The step between is not in the table."""
    town.headings[STEPS].remove("评议日期")
    return change(town, "村公示开始", town.row(STEPS)["申请日期"] - timedelta(days=1))


@spares("SB015")
def two_steps_a_day(town: Town) -> None:
    change(town, "评议日期", town.row(STEPS)["申请日期"])


@breaks("SB017")
def reviewed_during_the_notice(town: Town) -> Cell:
    return change(town, "乡镇审核日期", date(2016, 3, 11))


@breaks("SB017")
def approved_during_the_notice(town: Town) -> Cell:
    return change(town, "县级审批日期", date(2016, 3, 20))


@spares("SB017")
def reviewed_on_the_last_day(town: Town) -> None:
    change(town, "乡镇审核日期", town.row(STEPS)["村公示结束"])


@breaks("SB016")
def objection_without_answer(town: Town) -> Cell:
    change(town, "异议情况", "不同意该户纳入")
    return change(town, "异议处理结果", None)


@breaks("SB016")
def villagers_tell_of_something(town: Town) -> Cell:
    step = town.row(STEPS)
    step["异议情况"], step["异议处理结果"] = "公示期间群众反映无房属实但有车", None
    return town.cell(step, "异议处理结果")


@spares("SB016")
def words_for_no_objection(town: Town) -> None:
    words = (
        "无 没有 无异议 未收到异议 公示期间无异议 没有人反映情况。 否 / 0 无群众反映 未发现异议 "
        "無異議 公示七天无异议 在公示期间未发现异议 全体村民对此均无异议 公示期满，群众没有意见"
    )
    for row, word in zip(town.rows(STEPS), words.split(), strict=False):
        row["异议情况"], row["异议处理结果"] = word, None


@breaks("SB028")
def not_on_the_first_list(town: Town) -> Cell:
    town.headings["农户"].append("名单级别")
    *others, last = town.rows("农户")
    for home in others:
        home["名单级别"] = "初选"
    last["名单级别"] = "县级"
    return town.cell(last, "户编号")


@spares("SB028")
def one_list_only(town: Town) -> None:
    town.headings["农户"].append("名单级别")
    for home in town.rows("农户"):
        home["名单级别"] = "县级"


# -- the meeting -----------------------------------------------------------------------------


@breaks("SB002")
def application_not_signed(town: Town) -> Cell:
    return change(town, "申请人签字", "否")


@breaks("SB002")
def signature_left_empty(town: Town) -> Cell:
    return change(town, "申请人签字", None)


@spares("SB002")
def application_with_a_fingerprint(town: Town) -> None:
    change(town, "申请人签字", "手印")


@breaks("SB004")
def too_few_delegates(town: Town) -> Cell:
    row = town.row(STEPS, 实到代表=40)
    row["应到代表"] = 61
    return town.cell(row, "应到代表")


@breaks("SB004")
def too_few_delegates_for_a_whole_meeting(town: Town) -> Cell:
    first = town.row(STEPS, 实到代表=40)
    first["应到代表"], first["评议日期"] = 61, date(2016, 3, 4)
    return town.cell(first, "实到代表")


@spares("SB004")
def just_two_thirds(town: Town) -> None:
    row = town.row(STEPS, 实到代表=40)
    row["应到代表"], row["评议日期"] = 60, date(2016, 3, 4)  # a meeting of its own (SB036)


def vote(town: Town, votes_for: int, votes_against: int, abstentions: int | None) -> Cell:
    row = town.row(STEPS, 实到代表=40)
    row |= {"同意票": votes_for, "反对票": votes_against, "弃权票": abstentions}
    return town.cell(row, "同意票")


@breaks("SB005")
def just_one_half(town: Town) -> Cell:
    return vote(town, 20, 15, 5)


@spares("SB005")
def one_more_than_half(town: Town) -> None:
    vote(town, 21, 15, 4)


@breaks("SB006", severity=Severity.SUSPECT)
def one_vote_too_few(town: Town) -> Cell:
    return vote(town, 36, 1, 2)


@breaks("SB006", severity=Severity.SUSPECT)
def one_vote_too_few_for_two_of_a_village(town: Town) -> Cell:
    """The meeting's record settles both: they are told of once."""
    one, two = town.rows(STEPS, 行政村="王庄村")[:2]
    for step in (one, two):
        step["同意票"] -= 1
    return town.cell(one, "同意票")


@breaks("SB006", severity=Severity.SUSPECT)
def three_votes_too_few(town: Town) -> Cell:
    return vote(town, 34, 1, 2)


@spares("SB006")
def kin_among_the_delegates(town: Town) -> None:
    _of_kin_of_cadres(town, 5)


@breaks("SB006", severity=Severity.SUSPECT)
def more_stayed_away_than_kin(town: Town) -> Cell:
    return town.cell(_of_kin_of_cadres(town, 6), "同意票")


def _of_kin_of_cadres(town: Town, votes_missing: int) -> Row:
    step = town.row(STEPS)
    step["同意票"] -= votes_missing
    step["村干部亲属"] = step["备案情况"] = "是"
    return step


@breaks("SB006")
def more_delegates_than_there_are(town: Town) -> Cell:
    vote(town, 40, 0, 0)
    row = town.row(STEPS, 实到代表=40)
    row["应到代表"] = 39
    return town.cell(row, "应到代表")


def _of_attendance(town: Town, present: int) -> Cell:
    """Of all others of the meeting 40 were there."""
    row = town.row(STEPS, 实到代表=40)
    for other in town.rows(STEPS, 行政村=row["行政村"], 评议日期=row["评议日期"]):
        other |= {"实到代表": 40, "同意票": 38, "反对票": 1, "弃权票": 1}
    row["实到代表"] = present
    return town.cell(row, "实到代表")


@breaks("SB006")
def attendance_of_a_digit_too_few(town: Town) -> Cell:
    return _of_attendance(town, 4)


@breaks("SB006")
def attendance_of_a_nought_too_many(town: Town) -> Cell:
    return _of_attendance(town, 400)


@breaks("SB006")
def attendance_just_too_low_for_the_votes(town: Town) -> Cell:
    return _of_attendance(town, 38)


@breaks("SB006", severity=Severity.SUSPECT)
def attendance_of_more_than_voted(town: Town) -> Cell:
    return _of_attendance(town, 44)


@breaks("SB006")
def one_vote_too_many(town: Town) -> Cell:
    return vote(town, 38, 1, 2)


@breaks("SB006", severity=Severity.SUSPECT)
def nearly_no_vote(town: Town) -> Cell:
    """With the missing votes it may have been a majority (SB005)."""
    cell = vote(town, 3, 1, 2)
    assert not town.findings(select=["SB005"])
    return cell


@breaks("SB005")
def no_majority_whatever_the_missing_vote(town: Town) -> Cell:
    return vote(town, 19, 19, 1)


@breaks("SB006")
def no_majority_among_too_many_votes(town: Town) -> Cell:
    """The majority (SB005) is not to be judged by a wrong number."""
    return vote(town, 20, 19, 5)


@spares("SB006")
def abstentions_not_noted(town: Town) -> None:
    vote(town, 36, 1, None)


@breaks("SB023")
def relative_not_filed(town: Town) -> Cell:
    change(town, "村干部亲属", "是")
    return change(town, "备案情况", None)


@spares("SB023")
def relative_filed(town: Town) -> None:
    change(town, "村干部亲属", "是")
    change(town, "备案情况", "已备案")


@breaks("SB036")
def other_delegates_for_several_of_one_meeting(town: Town) -> Cell:
    """One list of delegates settles them all."""
    of_day = town.rows(STEPS, 行政村="王庄村", 评议日期=town.row(STEPS)["评议日期"])
    assert len(of_day) > 4
    for step in of_day[:2]:
        step["应到代表"] += 2
    return town.cell(of_day[0], "应到代表")


@breaks("SB026")
def all_applied_on_one_day(town: Town) -> Cell:
    for row in town.rows(STEPS, 行政村="王庄村"):
        row["申请日期"] = date(2016, 3, 1)
    return town.cell(town.row(STEPS), "申请日期")


@breaks("SB026")
def all_but_one_applied_on_one_day(town: Town) -> Cell:
    all_applied_on_one_day(town)
    change(town, "申请日期", date(2016, 3, 2))
    return town.cell(town.rows(STEPS)[1], "申请日期")


@spares("SB026")
def most_applied_on_one_day(town: Town) -> None:
    all_applied_on_one_day(town)
    for row in town.rows(STEPS, 行政村="王庄村")[::6]:
        row["申请日期"] = date(2016, 3, 2)


@breaks("SB027", beside="SB036")
def twelve_appraisals_on_one_day(town: Town) -> Cell:
    twelve_villages(town)
    for row in town.rows(STEPS):
        row["评议日期"] = date(2016, 3, 5)
    return town.cell(town.row(STEPS), "评议日期")


@spares("SB027")
def three_appraisals_on_one_day(town: Town) -> None:
    for row in town.rows(STEPS):
        row["评议日期"] = date(2016, 3, 5)


# -- whether the household qualifies ---------------------------------------------------------


def lacking_funds(town: Town) -> Row:
    return town.row("农户", 主要致贫原因="缺资金", 农户属性="一般贫困户")


@breaks("SB018")
def income_on_the_line(town: Town) -> Cell:
    home = lacking_funds(town)
    earn_a_head(home, 6000)
    return town.cell(home, "人均纯收入(元)")


@spares("SB018")
def income_just_below_the_line(town: Town) -> None:
    earn_a_head(lacking_funds(town), 5999)


@spares("SB018")
def out_of_poverty(town: Town) -> None:
    home = town.row("农户", 主要致贫原因="缺资金", 农户属性="一般贫困户", 是否危房="否")
    exit_poverty(home, 6500)


@breaks("SB030")
def income_above_the_line_but_ill(town: Town) -> Cell:
    home = town.row("农户", 主要致贫原因="因病", 农户属性="一般贫困户")
    earn_a_head(home, 6500)
    return town.cell(home, "人均纯收入(元)")


@breaks("SB030")
def income_far_above_the_line_and_gravely_ill(town: Town) -> Cell:
    home = _gravely_ill(town)
    earn_a_head(home, 7500)
    return town.cell(home, "人均纯收入(元)")


@breaks("SB030", severity=Severity.INFO)
def income_a_little_above_the_line_and_gravely_ill(town: Town) -> Cell:
    home = _gravely_ill(town)
    earn_a_head(home, 7499)
    return town.cell(home, "人均纯收入(元)")


def _gravely_ill(town: Town) -> Row:
    return town.household(town.row("成员", 健康状况="患有大病"))


@spares("SB030")
def ill_and_below_the_line(town: Town) -> None:
    earn_a_head(town.row("农户", 主要致贫原因="因病", 农户属性="一般贫困户"), 5999)


def _family_declares(code: str, heading: str) -> None:
    @breaks(code)
    def two_members_declare(town: Town) -> Cell:
        members = town.members(town.row("农户", 家庭人口=lambda size: size > 2))
        for member in members[1:]:
            member[heading] = "是"
        return town.cell(members[1], heading)

    @spares(code)
    def not_filled(town: Town) -> None:
        for member in town.rows("成员"):
            member[heading] = None


for _code, _heading in (
    ("SB019", "财政供养"),
    ("SB020", "机动车"),
    ("SB021", "商品房"),
    ("SB022", "工商登记"),
):
    _family_declares(_code, _heading)


def namesakes(town: Town) -> tuple[Row, Row]:
    """Two households of a village whose heads have one surname, and are of one generation."""
    first, *others = town.rows("农户", 行政村="王庄村")
    second = next(home for home in others if abs(age(town, home) - age(town, first)) < 10)
    rename(town, second, first["户主姓名"][0] + "建国")
    return first, second


def age(town: Town, home: Row) -> int:
    years: int = town.members(home)[0]["年龄"]
    return years


def rename(town: Town, home: Row, name: str) -> None:
    home["户主姓名"] = town.members(home)[0]["姓名"] = name


@breaks("SB024")
def brothers_with_one_phone(town: Town) -> Cell:
    first, second = namesakes(town)
    second["联系电话"] = first["联系电话"]
    return town.cell(second, "户编号")


@spares("SB024")
def neighbours_with_one_phone(town: Town) -> None:
    first, second = namesakes(town)
    rename(town, first, "诸葛明")
    rename(town, second, "诸明")
    second["联系电话"] = first["联系电话"]


@breaks("SB025")
def parents_apart_from_their_son(town: Town) -> Cell:
    old = town.row("农户", 行政村="王庄村", 家庭人口=1, 户主姓名=lambda n: n.startswith("董"))
    assert age(town, old) == 67
    son = next(h for h in town.rows("农户", 行政村="王庄村") if 25 <= age(town, h) <= 45)
    rename(town, son, "董大强")
    son["联系电话"] = old["联系电话"]
    return town.cell(old, "户编号")


@spares("SB025")
def old_people_with_a_phone_of_their_own(town: Town) -> None:
    parents_apart_from_their_son(town)
    town.row("农户", 户主姓名="董大强")["联系电话"] = "13912345670"


@breaks("SB029")
def head_from_another_province(town: Town) -> Cell:
    return town.cell(come_from(town, "341222"), "户主证件号码")


@breaks("SB029")
def several_heads_of_one_village_from_elsewhere(town: Town) -> Cell:
    """They are one finding."""
    healthy = [row["户编号"] for row in town.rows("成员", 与户主关系="户主", 残疾证号=None)]
    for home in town.rows("农户", 户编号=lambda number: number in healthy)[1:4]:
        home["户主证件号码"] = with_check("341222" + home["户主证件号码"][6:17])
        town.members(home)[0]["证件号码"] = home["户主证件号码"]
    return town.cell(come_from(town, "341222"), "户主证件号码")


@spares("SB029")
def head_who_came_long_ago(town: Town) -> None:
    come_from(town, "341222")["识别时间"] = "2014"


def come_from(town: Town, region: str) -> Row:
    home = town.row("农户")
    head = town.members(home)[0]
    number = region + head["证件号码"][6:17]
    home["户主证件号码"] = head["证件号码"] = with_check(number)
    return home


def taken_over(town: Town, heading: str) -> Row:
    """The steps, without one of them, of a household from the civil-affairs lists."""
    home = town.row("农户", 农户属性=lambda word: word.startswith(("低保", "五保")))
    row = town.row("识别程序", 户编号=home["户编号"])
    row[heading] = None
    return row


@spares("SB001")
def taken_over_without_an_application(town: Town) -> None:
    taken_over(town, "申请日期")


@spares("SB003")
def taken_over_without_an_appraisal(town: Town) -> None:
    taken_over(town, "评议日期")


@breaks("SB001")
def county_that_takes_nobody_over(town: Town) -> Cell:
    town.policy["types_exempt_from_line"] = ()
    return town.cell(taken_over(town, "申请日期"), "申请日期")
