"""DT001-DT005: who came and who left, against the same town before.

The earlier register is no one's gate: most cases change it, and leave the later one as it is.
"""

from datetime import date

from pydantic import BaseModel
from town import Cell, Row, Town, breaks, spares
from two_dates import has_come, has_left, member, pair, somebody, whole_home

from jiandang.report.model import Severity

E, W = Severity.ERROR, Severity.WARNING


@breaks("DT001")
def a_death_of_nobody(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "死亡")
    other = {**row, "姓名": "王无名", "证件号码": "320324197001010417"}
    return town.cell(town.change(other, "减少", "死亡"), "原因")


@breaks("DT001")
def one_death_twice(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "死亡")
    return town.cell(town.change(row, "减少", "死亡"), "原因")


@breaks("DT001", beside="DT005")
def somebody_out_of_two_is_still_there(town: Town) -> Cell:
    """By village and reason: one of two."""
    town.change(has_left(town), "减少", "婚出")
    child = member(town)
    return town.cell(town.change(child, "减少", "婚出"), "原因")


@breaks("DT001", beside="DT021")
def a_household_that_was_not_removed(town: Town) -> Cell:
    town.before()
    home = town.row("农户", 家庭人口=3)
    return town.cell(town.change(town.members(home)[0], "减少", "清退"), "原因")


@spares("DT001")
def each_death_is_found(town: Town) -> None:
    town.change(has_left(town), "减少", "病故")


@spares("DT001")
def a_whole_household_by_its_head(town: Town) -> None:
    _, rows = whole_home(town)
    town.change(rows[0], "减少", "清退")


@spares("DT001")
def a_move_that_both_villages_declare(town: Town) -> None:
    has_moved(town, "迁出", "迁入")


@spares("DT001")
def a_marriage_into_another_village(town: Town) -> None:
    has_moved(town, "婚出", "婚入")


@breaks("DT001")
def new_is_not_who_has_moved(town: Town) -> Cell:
    return town.cell(has_moved(town, "迁出", "补录"), "原因")


def has_moved(town: Town, out: str, into: str) -> Row:
    """A child who was in a household of another village, and what either village says."""
    child = has_come(town)
    before = town.earlier
    assert before is not None
    other = before.row("农户", 行政村="陈桥村")
    was = somebody(before, other, **{key: child[key] for key in _WHO})
    town.change(was, "减少", out)
    return town.change(child, "增加", into)


_WHO = ("姓名", "性别", "证件号码", "出生日期")


def has_died(town: Town, day: str) -> Cell:
    line = town.change(has_left(town), "减少", "死亡")
    line["日期"] = day
    return town.cell(line, "日期")


@breaks("DT027", severity=E)
def died_after_today(town: Town) -> Cell:
    return has_died(town, "2030-05-01")


@breaks("DT027", severity=E)
def died_in_a_later_month(town: Town) -> Cell:
    return has_died(town, "2016年4月")


@breaks("DT027")
def died_long_before(town: Town) -> Cell:
    return has_died(town, "2001年5月")


@breaks("DT027")
def died_on_a_day_that_is_in_no_calendar(town: Town) -> Cell:
    return has_died(town, "2016/2/31")


@spares("DT027")
def died_in_a_month_of_no_year(town: Town) -> None:
    has_died(town, "2月份")


@spares("DT027")
def died_on_a_day_of_no_year(town: Town) -> None:
    has_died(town, "11月5日")


@spares("DT027")
def died_on_a_short_day(town: Town) -> None:
    has_died(town, "16.2.21")


@breaks("DT027")
def died_on_a_day_of_no_year_that_is_in_no_calendar(town: Town) -> Cell:
    return has_died(town, "2月30日")


@spares("DT027")
def died_this_month(town: Town) -> None:
    has_died(town, "2016年3月")


@spares("DT027")
def left_out_since_long(town: Town) -> None:
    town.change(has_come(town), "增加", "补录")["日期"] = "2012-05-01"


@breaks("DT002", severity=W)
def somebody_is_gone(town: Town) -> Cell:
    row = has_left(town)
    assert town.earlier is not None
    return town.earlier.cell(row, "姓名")


@breaks("DT002", severity=E)
def somebody_is_gone_in_spite_of_a_list(town: Town) -> Cell:
    row = has_left(town)
    assert town.earlier is not None
    child = member(town, 行政村="柳湾村")
    town.earlier.sheets["成员"].remove(pair(town, child))
    town.change(child, "增加", "出生")
    child_born_late(town, child)
    return town.earlier.cell(row, "姓名")


def child_born_late(town: Town, child: Row) -> None:
    """The reference date of before is so early that the child is born behind it.

    Who is at school now was in no form then.
    """
    assert town.earlier is not None
    for row in town.earlier.rows("成员"):
        row["在校生状况"] = None
    day = date(child["出生日期"].year, 1, 1)
    policy = town.effective_policy()
    town.policy["dynamic"] = BaseModel.model_copy(policy.dynamic, update={"reference_date": day})


@breaks("DT002", severity=W)
def a_household_is_gone(town: Town) -> Cell:
    _, rows = whole_home(town)
    assert town.earlier is not None
    return town.earlier.cell(rows[0], "姓名")


@breaks("DT002", severity=E)
def gone_for_another_reason(town: Town) -> Cell:
    row = has_left(town)
    town.change(row, "减少", "其他")
    assert town.earlier is not None
    return town.earlier.cell(row, "姓名")


@spares("DT002")
def gone_with_a_reason(town: Town) -> None:
    town.change(has_left(town), "减少", "婚出")


@spares("DT002")
def a_village_that_was_not_handed_in(town: Town) -> None:
    record, rows = whole_home(town)
    for row in (record, *rows):
        row["行政村"], row["村码"] = "孟集村", "320324105204"
        row["户编号"] = "320324105204001"


@breaks("DT003", severity=W)
def somebody_new(town: Town) -> Cell:
    return town.cell(has_come(town), "姓名")


@breaks("DT003", severity=E)
def new_for_a_reason_that_the_county_does_not_know(town: Town) -> Cell:
    child = has_come(town)
    town.change(child, "增加", "收养")
    dynamic = town.effective_policy().dynamic
    allowed = tuple(word for word in dynamic.increases if word != "收养")
    town.policy["dynamic"] = dynamic.model_copy(update={"increases": allowed})
    return town.cell(child, "姓名")


@spares("DT003")
def adopted(town: Town) -> None:
    town.change(has_come(town), "增加", "收养")


@spares("DT003")
def somebody_new_for_a_reason(town: Town) -> None:
    child = has_come(town)
    town.change(child, "增加", "补录")


@spares("DT003")
def a_village_that_was_not_there(town: Town) -> None:
    before = town.before()
    for sheet in ("成员", "农户"):
        before.sheets[sheet] = before.rows(sheet, 行政村=lambda name: name != "陈桥村")


@breaks("DT004")
def born_at_the_age_of_ten(town: Town) -> Cell:
    child = has_come(town)
    town.change(child, "增加", "出生")
    return town.cell(child, "证件号码")


@spares("DT004")
def born_since(town: Town) -> None:
    child = has_come(town)
    town.change(child, "增加", "出生")
    child_born_late(town, child)


@breaks("DT005", beside="DT001")
def dead_and_there(town: Town) -> Cell:
    town.before()
    child = member(town)
    town.change(child, "减少", "死亡")
    return town.cell(child, "姓名")


@breaks("DT005", beside="DT001")
def dead_and_in_another_household(town: Town) -> Cell:
    return town.cell(has_moved_to(town, "死亡"), "姓名")


def has_moved_to(town: Town, out: str) -> Row:
    """A child of whom the village that he left says something, and the other one nothing."""
    has_moved(town, out, "迁入")
    town.changes.pop()
    return member(town)


@breaks("DT005", beside="DT001")
def dead_and_at_school(town: Town) -> Cell:
    town.before()
    pupil = town.row("成员", 在校生状况="七年级")
    town.change(pupil, "减少", "死亡")
    return town.cell(pupil, "姓名")


@spares("DT005")
def moved_and_in_another_household(town: Town) -> None:
    has_moved_to(town, "迁出")


@breaks("DT005", beside="DT001")
def moved_and_there(town: Town) -> Cell:
    town.before()
    child = member(town)
    town.change(child, "减少", "婚出")
    return town.cell(child, "姓名")


@spares("DT005")
def moved_to_another_household(town: Town) -> None:
    child = has_come(town)
    before = town.earlier
    assert before is not None
    # She was in another household of another village before.
    other = before.row("农户", 行政村="陈桥村")
    somebody(
        before, other, 姓名=child["姓名"], 证件号码=child["证件号码"], 出生日期=child["出生日期"]
    )
    town.change(child, "减少", "迁出")


@spares("DT005")
def a_household_that_moved_to_another_village(town: Town) -> None:
    before = town.before()
    home = before.row("农户", 行政村="王庄村", 家庭人口=4)
    elsewhere = {"行政村": "陈桥村", "村码": "320324105203", "户编号": "320324105203777"}
    for row in before.members(home):
        town.change(row, "减少", "整户迁出")
        row.update(elsewhere)
    home.update(elsewhere)
