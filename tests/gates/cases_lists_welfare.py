"""BD101 to BD123: people against the lists of 民政 and 残联."""

from typing import Any

from list_rows import (
    STRANGER,
    WANG,
    all_but,
    another,
    may_be_listed,
    of_wang,
    put,
    slipped,
)
from town import Cell, Row, Town, breaks, spares

# -- 低保 and 特困 -------------------------------------------------------------------------------


def heads(town: Town, kind: str) -> list[Row]:
    """The heads of the households of a type in 王庄村."""
    homes = town.rows("农户", 农户属性=kind, 户编号=lambda number: number.startswith(WANG))
    return [town.members(home)[0] for home in homes]


@breaks("BD101")
def not_listed_with_low_income(town: Town) -> Cell:
    person = all_but(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")
    return town.cell(person, "享受低保")


@spares("BD101")
def only_the_head_is_listed(town: Town) -> None:
    person = all_but(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")
    put(town, "低保20160220", person, 低保证号="320324000000")


@spares("BD101")
def head_is_listed_without_a_number(town: Town) -> None:
    may_be_listed(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")


@spares("BD101")
def number_of_the_head_is_damaged(town: Town) -> None:
    person = all_but(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")
    about = {"低保证号": "320324000000", "村名": person["行政村"]}
    put(town, "低保20160220", person, 身份证号码=person["证件号码"][:17], **about)
    for _ in range(3):
        town.listed("低保20160220", **STRANGER, **about)


@spares("BD101")
def number_of_the_head_is_another(town: Town) -> None:
    person = all_but(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")
    number = another(person["证件号码"])
    put(town, "低保20160220", person, 身份证号码=number, 低保证号="1", 村名=person["行政村"])


@breaks("BD101")
def namesake_of_another_village_is_listed(town: Town) -> Cell:
    person = all_but(town, "低保20160220", heads(town, "低保贫困户"), 低保证号="320324000000")
    number = another(person["证件号码"])
    put(town, "低保20160220", person, 身份证号码=number, 低保证号="1", 村名="下邳村")
    return town.cell(person, "享受低保")


@spares("BD101")
def list_does_not_cover_the_village(town: Town) -> None:
    put(town, "低保20160220", heads(town, "低保贫困户")[0], 低保证号="320324000000")


@breaks("BD101")
def low_income_was_stopped_in_a_list_that_does_not_cover(town: Town) -> Cell:
    person = heads(town, "低保贫困户")[0]
    put(town, "低保20160220", person, 低保证号="1", 状态="停保", 停保日期="2015-06")
    return town.cell(person, "享受低保")


@spares("BD101")
def low_income_goes_on_under_another_of_the_household(town: Town) -> None:
    _, one, two = two_listed(town)
    put(town, "低保20160220", one, 低保证号="1", 状态="死亡停发", 停保日期="2015-06")
    put(town, "低保20160220", two, 低保证号="1", 状态="在保")


@spares("BD101")
def low_income_stopped_after_the_reference_date(town: Town) -> None:
    one, two, *_ = heads(town, "低保贫困户")
    put(town, "低保20160220", one, 低保证号="1", 状态="停保", 停保日期="2016-02")
    put(town, "低保20160220", two, 低保证号="1", 状态="拟停保")


@breaks("BD102")
def listed_with_low_income(town: Town) -> Cell:
    person = heads(town, "一般贫困户")[0]
    put(town, "低保20160220", person, 低保证号="320324000000", 起始保障年月="2015-06")
    return town.cell(person, "享受低保")


@spares("BD102")
def low_income_begins_afterwards(town: Town) -> None:
    person = heads(town, "一般贫困户")[0]
    put(town, "低保20160220", person, 低保证号="320324000000", 起始保障年月="2016-02")


@breaks("BD102")
def low_income_stops_afterwards(town: Town) -> Cell:
    person = heads(town, "一般贫困户")[0]
    put(town, "低保20160220", person, 低保证号="1", 状态="停保", 停保日期="2016-03")
    return town.cell(person, "享受低保")


@breaks("BD102")
def low_income_is_to_be_stopped(town: Town) -> Cell:
    person = heads(town, "一般贫困户")[0]
    put(town, "低保20160220", person, 低保证号="1", 状态="拟停保")
    return town.cell(person, "享受低保")


@spares("BD102")
def low_income_was_stopped(town: Town) -> None:
    states = ("停保", "注销", "已退出", "拟保", "死亡停发")
    for person, state in zip(heads(town, "一般贫困户"), states, strict=False):
        put(town, "低保20160220", person, 低保证号="1", 状态=state)


@spares("BD102")
def low_income_ended_before(town: Town) -> None:
    person = heads(town, "一般贫困户")[0]
    put(town, "低保20160220", person, 低保证号="1", 停保日期="2015-06")


@breaks("BD103")
def paid_otherwise(town: Town) -> Cell:
    person = heads(town, "低保贫困户")[0]
    home = town.household(person)
    put(
        town, "低保20160220", person, 低保证号="320324000000", 领取金额=home["低保金(元)"] / 12 + 40
    )
    return town.cell(home, "低保金(元)")


@spares("BD103")
def paid_with_a_holiday_extra(town: Town) -> None:
    person = heads(town, "低保贫困户")[0]
    money = town.household(person)["低保金(元)"] + 90
    put(town, "低保20160220", person, 低保证号="320324000000", 年领取金额=money)


def two_listed(town: Town) -> tuple[Row, Row, Row]:
    """A household with 低保, and two of its members."""
    person = next(p for p in heads(town, "低保贫困户") if len(town.members(p)) > 1)
    one, two, *_ = town.members(person)
    return town.household(person), one, two


@spares("BD103")
def nothing_says_what_was_paid(town: Town) -> None:
    town.listed("低保20160220", **STRANGER, 低保证号="1", 领取金额=310)
    put(town, "低保20160220", heads(town, "低保贫困户")[0], 低保证号="2")


@spares("BD103")
def what_one_of_two_was_paid_is_not_said(town: Town) -> None:
    home, one, two = two_listed(town)
    put(town, "低保20160220", one, 低保证号="1", 领取金额=home["低保金(元)"] / 24)
    put(town, "低保20160220", two, 低保证号="2")


@breaks("BD103")
def one_of_two_was_paid_more_than_is_registered(town: Town) -> Cell:
    home, one, two = two_listed(town)
    put(town, "低保20160220", one, 低保证号="1", 领取金额=home["低保金(元)"] / 12 + 40)
    put(town, "低保20160220", two, 低保证号="2")
    return town.cell(home, "低保金(元)")


@breaks("BD103")
def two_were_paid_less_than_is_registered(town: Town) -> Cell:
    home, *both = two_listed(town)
    for person in both:
        put(town, "低保20160220", person, 低保证号="1", 领取金额=home["低保金(元)"] / 24 - 40)
    return town.cell(home, "低保金(元)")


@spares("BD103")
def listed_every_month(town: Town) -> None:
    home, person, _ = two_listed(town)
    for month in ("01", "02", "02"):
        put(town, f"低保2016{month}20", person, 低保证号="1", 领取金额=home["低保金(元)"] / 12)


def another_allowance(town: Town, **row: Any) -> Row:
    """The household of somebody whose allowance is another than the registered one."""
    person = heads(town, "低保贫困户")[0]
    home = town.household(person)
    put(town, "低保20160220", person, 低保证号="1", 领取金额=home["低保金(元)"] / 12 + 40, **row)
    return home


@spares("BD103")
def low_income_stopped_in_the_income_year(town: Town) -> None:
    _, one, _ = two_listed(town)
    another_allowance(town, 停保日期="2015-11")
    put(town, "低保20160220", one, 低保证号="1", 状态="在保")


@breaks("BD103")
def low_income_stopped_after_the_income_year(town: Town) -> Cell:
    return town.cell(another_allowance(town, 状态="停保", 停保日期="2016-01"), "低保金(元)")


@breaks("BD104")
def listed_and_not_registered(town: Town) -> Cell:
    town.listed("低保20160220", **STRANGER, 低保证号="320324000000", 村名="王庄")
    return town.cell(town.row("农户"), "行政村")


@spares("BD104")
def numbers_of_who_is_listed_are_off(town: Town) -> None:
    one, two, three, four = heads(town, "低保贫困户")
    number = str(one["证件号码"])
    numbers = [f"{number[:6]}********{number[-4:]}", "", another(three["证件号码"])]
    for person, shown in zip((one, two, three), numbers, strict=True):
        put(town, "低保20160220", person, 身份证号码=shown, 低保证号="1", 村名="王庄")
    shown = slipped(four["证件号码"])
    put(town, "低保20160220", four, 身份证号码=shown, 低保证号="1", 村名="王庄")
    for home in town.rows("农户", 农户属性="低保贫困户"):
        put(town, "低保20160220", town.members(home)[0], 低保证号="1", 村名="柳湾村")


@spares("BD104")
def all_who_are_listed_are_registered(town: Town) -> None:
    person = heads(town, "低保贫困户")[0]
    put(town, "低保20160220", person, 低保证号="320324000000", 村名="王庄村")


@breaks("BD111")
def not_listed_as_destitute(town: Town) -> Cell:
    town.covers = ("320324105202",)
    home = town.row("农户", 农户属性="五保户")
    town.listed("特困20160220", **STRANGER, 供养方式="分散", 供养证号="320324000000")
    return town.cell(town.members(home)[0], "证件号码")


@spares("BD111")
def listed_as_destitute(town: Town) -> None:
    town.covers = ("320324105202",)
    person = town.members(town.row("农户", 农户属性="五保户"))[0]
    put(town, "特困20160220", person, 供养方式="分散", 供养证号="320324000000")


@breaks("BD111")
def destitute_until_then(town: Town) -> Cell:
    person = town.members(town.row("农户", 农户属性="五保户"))[0]
    put(town, "特困20160220", person, 供养方式="分散", 供养证号="1", 状态="已停供")
    return town.cell(person, "证件号码")


@breaks("BD112")
def destitute_by_the_list_alone(town: Town) -> Cell:
    person = heads(town, "一般贫困户")[0]
    put(town, "特困20160220", person, 供养方式="集中", 供养证号="320324000000")
    return town.cell(person, "证件号码")


@spares("BD112")
def destitute_afterwards(town: Town) -> None:
    person = heads(town, "一般贫困户")[0]
    put(town, "特困20160220", person, 供养方式="集中", 供养证号="1", 起始供养年月="2016-03")


@spares("BD112")
def destitute_no_more(town: Town) -> None:
    person = heads(town, "一般贫困户")[0]
    put(town, "特困20160220", person, 供养方式="集中", 供养证号="1", 状态="已死亡停供")


# -- 残疾 ----------------------------------------------------------------------------------------


def card(town: Town, person: Row, number: str = "", **row: Any) -> None:
    """A row of the list of 残联."""
    number = number or person["残疾证号"] or person["证件号码"] + "43"
    about = {"姓名": person["姓名"], "残疾证号": number}
    town.listed("残疾20160220", **{**about, "残疾类别": "肢体", "残疾等级": "三级", **row})


def disabled(town: Town) -> list[Row]:
    return of_wang(town, 健康状况="残疾")


def as_registered(person: Row) -> dict[str, str]:
    kind, grade = person["残疾证号"][18:20]
    kinds = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
    return {"残疾类别": kinds[int(kind) - 1], "残疾等级": f"{'一二三四'[int(grade) - 1]}级"}


@breaks("BD121")
def card_was_cancelled(town: Town) -> Cell:
    town.covers = (WANG,)
    for person in disabled(town):
        gone = person is disabled(town)[-1]
        card(town, person, **as_registered(person), 状态="注销" if gone else "正常")
    return town.cell(disabled(town)[-1], "健康状况")


@breaks("BD121")
def card_is_frozen_in_a_list_that_does_not_cover(town: Town) -> Cell:
    person = disabled(town)[0]
    card(town, person, **as_registered(person), 状态="冻结")
    return town.cell(person, "健康状况")


@breaks("BD121")
def card_has_expired(town: Town) -> Cell:
    person = disabled(town)[0]
    card(town, person, **as_registered(person), 有效期至="2014-12-31")
    return town.cell(person, "健康状况")


@spares("BD121")
def card_was_made_anew(town: Town) -> None:
    person = disabled(town)[0]
    card(town, person, **as_registered(person), 状态="注销")
    card(town, person, **as_registered(person), 状态="新证")


@spares("BD121")
def one_card_is_listed_without_its_number(town: Town) -> None:
    town.covers = (WANG,)
    for person in disabled(town)[:-1]:
        card(town, person, **as_registered(person), 状态="正常")
    last = disabled(town)[-1]
    town.listed("残疾20160220", 姓名=last["姓名"], 残疾证号="", 状态="正常")


@spares("BD121")
def numbers_are_in_the_cards_alone(town: Town) -> None:
    town.covers = (WANG,)
    for person in disabled(town):
        card(town, person, **as_registered(person), 身份证号="", 状态="正常")


@spares("BD121")
def all_have_valid_cards(town: Town) -> None:
    town.covers = (WANG,)
    for person in disabled(town):
        card(town, person, **as_registered(person), 状态="正常")


@breaks("BD122")
def healthy_with_a_card(town: Town) -> Cell:
    person = of_wang(town, 健康状况="健康")[0]
    card(town, person, 状态="正常", 发证日期="2012-05-06")
    return town.cell(person, "健康状况")


@spares("BD122")
def card_of_the_healthy_expired(town: Town) -> None:
    card(town, of_wang(town, 健康状况="健康")[0], 发证日期="2004-05-06", 有效期至="2014-12-31")


@spares("BD122")
def card_came_afterwards(town: Town) -> None:
    card(town, of_wang(town, 健康状况="健康")[0], 状态="正常", 发证日期="2016-02-06")


@spares("BD122")
def reissued_card_is_cut(town: Town) -> None:
    person = disabled(town)[0]
    card(town, person, person["残疾证号"] + "B1", **as_registered(person), 状态="正常")


@breaks("BD123")
def card_of_another_grade(town: Town) -> Cell:
    person = disabled(town)[0]
    grade = "一级" if as_registered(person)["残疾等级"] != "一级" else "二级"
    card(town, person, **{**as_registered(person), "残疾等级": grade})
    return town.cell(person, "残疾证号")


@spares("BD123")
def grade_is_not_known(town: Town) -> None:
    person = disabled(town)[0]
    card(town, person, **{**as_registered(person), "残疾等级": ""})
