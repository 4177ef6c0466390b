"""Edits that seed a fault in a household.

An edit changes as few cells as it can, together with the totals that hang on them, and returns the
cell that the finding should name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from generators.layout import (
    HOUSEHOLDS,
    INCOME,
    MEMBERS,
    NET,
    PER_CAPITA,
    PROCEDURE,
    SURVEY,
    TRANSFERS,
    Cell,
    Row,
)
from generators.livelihood import born, settle, whole
from generators.people import with_check
from generators.picks import PersonTest, first, is_child, relation
from generators.township import Household

WAGE, BUSINESS, PROPERTY, TRANSFER = INCOME
LOW_INCOME_AID, OTHER_TRANSFER = TRANSFERS[0], TRANSFERS[-1]


@dataclass(frozen=True)
class Spot:
    """A cell: its row by identity, or the heading where there is no row."""

    sheet: str
    row: Row | None
    heading: str


Edit: TypeAlias = Callable[[Household], Spot]
Change: TypeAlias = Callable[[Row], Cell]


def constant(value: Cell) -> Change:
    return lambda row: value


def in_record(heading: str, value: Cell) -> Edit:
    return lambda home: put(HOUSEHOLDS, home.record, heading, value)


def in_procedure(heading: str, value: Cell) -> Edit:
    return lambda home: put(PROCEDURE, home.procedure, heading, value)


def in_survey(heading: str, value: Cell) -> Edit:
    return lambda home: put(SURVEY, home.survey, heading, value)


def in_member(test: PersonTest, heading: str, change: Change) -> Edit:
    def edit(home: Household) -> Spot:
        member = first(home, test)
        return put(MEMBERS, member, heading, change(member))

    return edit


def put(sheet: str, row: Row, heading: str, value: Cell) -> Spot:
    assert row[heading] != value, (sheet, heading, value)
    row[heading] = value
    return Spot(sheet, row, heading)


def days_earlier(heading: str, days: int) -> Edit:
    def edit(home: Household) -> Spot:
        day = home.procedure[heading]
        assert isinstance(day, date)
        return put(PROCEDURE, home.procedure, heading, day - timedelta(days=days))

    return edit


def objection_without_result(home: Household) -> Spot:
    home.procedure["异议情况"] = "邻户反映其子有稳定收入"
    return Spot(PROCEDURE, home.procedure, "异议处理结果")


def few_delegates(home: Household) -> Spot:
    procedure = home.procedure
    return put(PROCEDURE, procedure, "应到代表", whole(procedure["实到代表"]) * 3 // 2 + 3)


def no_majority(home: Household) -> Spot:
    procedure = home.procedure
    present, abstained = whole(procedure["实到代表"]), whole(procedure["弃权票"])
    in_favour = present // 2 - 2
    procedure["反对票"] = present - abstained - in_favour
    return put(PROCEDURE, procedure, "同意票", in_favour)


def miscounted_votes(home: Household) -> Spot:
    return put(PROCEDURE, home.procedure, "同意票", whole(home.procedure["同意票"]) - 1)


def appraised_before_applied(home: Household) -> Spot:
    applied = home.procedure["申请日期"]
    assert isinstance(applied, date)
    return put(PROCEDURE, home.procedure, "评议日期", applied - timedelta(days=2))


def above_the_line(home: Household) -> Spot:
    missing = 6480 * len(home.members) - whole(home.record[NET])
    home.record[WAGE] = whole(home.record[WAGE]) + missing
    settle(home.record)
    return Spot(HOUSEHOLDS, home.record, PER_CAPITA)


def one_surveyor_twice(home: Household) -> Spot:
    return put(SURVEY, home.survey, "调查人2", home.survey["调查人1"])


def wrong_net_income(home: Household) -> Spot:
    home.record[WAGE] = whole(home.record[WAGE]) + 500
    return Spot(HOUSEHOLDS, home.record, NET)


def wrong_per_capita(home: Household) -> Spot:
    right = home.record[PER_CAPITA]
    assert isinstance(right, float)
    return put(HOUSEHOLDS, home.record, PER_CAPITA, round(right + 80, 2))


def parts_above_transfer(home: Household) -> Spot:
    home.record[OTHER_TRANSFER] = whole(home.record[OTHER_TRANSFER]) + 900
    return Spot(HOUSEHOLDS, home.record, TRANSFER)


def negative_income(home: Household) -> Spot:
    spot = put(HOUSEHOLDS, home.record, PROPERTY, -300)
    settle(home.record)
    return spot


def work_without_wage(home: Household) -> Spot:
    worker = first(home, lambda member: member["劳动能力"] == "普通劳动力")
    worker["务工状况"], worker["务工时间(月)"] = "省外务工", 6
    return Spot(HOUSEHOLDS, home.record, WAGE)


def no_low_income_aid(home: Household) -> Spot:
    for member in home.members:
        member["低保残疾金(元)"] = 0
    return put(HOUSEHOLDS, home.record, LOW_INCOME_AID, 0)


def shortened(member: Row) -> str:
    """17 characters. The kind of document goes, since by its length the number is no 居民身份证."""
    member["证件类型"] = None
    number = str(member["证件号码"])
    return number[:13] + number[14:]


def as_excel_number(member: Row) -> int:
    """What is left of an ID typed as a number: its first 15 digits."""
    member["证件类型"] = None
    return int(str(member["证件号码"])[:15] + "000")


def wrong_check_character(member: Row) -> str:
    number = str(member["证件号码"])
    return number[:17] + ("5" if number[17] != "5" else "6")


def impossible_day(member: Row) -> str:
    number = str(member["证件号码"])
    return with_check(f"{number[:10]}0231{number[14:17]}")


def unknown_county(member: Row) -> str:
    return with_check("320399" + str(member["证件号码"])[6:17])


def other_sex(member: Row) -> str:
    return "女" if member["性别"] == "男" else "男"


def other_day(member: Row) -> date:
    day = born(member)
    return day.replace(day=day.day % 28 + 1)


def twins_with_one_number(home: Household) -> Spot:
    elder, younger = (member for member in home.members if relation(member) == "之子")
    return put(MEMBERS, younger, "证件号码", elder["证件号码"])


def other_serial(member: Row) -> str:
    card = str(member["残疾证号"])
    return card[:16] + str((int(card[16]) + 2) % 10) + card[17:]


def impossible_category(member: Row) -> str:
    card = str(member["残疾证号"])
    return card[:18] + "9" + card[19:]


def digit_in_name(member: Row) -> str:
    return f"{str(member['姓名'])[0]}秀1"


def household_id_of_nowhere(home: Household) -> Spot:
    number = str(home.record["户编号"])
    swapped = number[:6] + number[7] + number[6] + number[8:]
    for row in (*home.members, home.procedure, home.survey):
        row["户编号"] = swapped
    return put(HOUSEHOLDS, home.record, "户编号", swapped)


def repeated_person_id(home: Household) -> Spot:
    return put(MEMBERS, home.members[1], "人编号", home.head["人编号"])


def one_more_in_size(home: Household) -> Spot:
    spot = put(HOUSEHOLDS, home.record, "家庭人口", len(home.members) + 1)
    settle(home.record)
    return spot


def child_as_head(home: Household) -> Spot:
    grandmother, grandson = home.members
    grandmother["与户主关系"] = "之祖母"
    home.record["户主姓名"] = grandson["姓名"]
    home.record["户主证件号码"] = grandson["证件号码"]
    return put(MEMBERS, grandson, "与户主关系", "户主")


def member_in_other_group(home: Household) -> Spot:
    return put(MEMBERS, home.members[1], "村民小组", "五组")


def child_labour(home: Household) -> Spot:
    home.record["劳动力人数"] = whole(home.record["劳动力人数"]) + 1
    return put(MEMBERS, first(home, is_child), "劳动能力", "普通劳动力")


def two_main_causes(home: Household) -> Spot:
    cause = f"{home.record['主要致贫原因']}、因灾"
    return put(HOUSEHOLDS, home.record, "主要致贫原因", cause)


def short_phone(home: Household) -> Spot:
    return put(HOUSEHOLDS, home.record, "联系电话", str(home.record["联系电话"])[:10])


def cause_named_twice(home: Household) -> Spot:
    return put(HOUSEHOLDS, home.record, "其他致贫原因", home.record["主要致贫原因"])
