"""Rows of other departments' lists about people of the clean town."""

from typing import Any

from town import Row, Town

from generators.people import with_check

WANG = "320324105201"
# Of nobody in the town.
STRANGER = {"姓名": "某人", "身份证号码": "320324195001010011"}


def put(town: Town, kind: str, person: Row, **row: Any) -> Row:
    """A row of the list about a member, with name and number."""
    about = {"姓名": person["姓名"], "身份证号码": person["证件号码"]}
    return town.listed(kind, **{**about, **row})


def all_but(town: Town, kind: str, people: list[Row], **row: Any) -> Row:
    """List them all but the last, whom it gives; the list says that it covers 王庄村."""
    town.covers = (WANG,)
    for person in people[:-1]:
        put(town, kind, person, **row)
    return people[-1]


def of_wang(town: Town, **where: Any) -> list[Row]:
    return town.rows("成员", 行政村="王庄村", **where)


def slipped(number: str) -> str:
    """The number with one digit of its day of birth changed."""
    return number[:13] + str((int(number[13]) + 1) % 10) + number[14:]


def another(number: str) -> str:
    """A right number of the same birthday, of somebody else or with several digits mistaken."""
    return with_check(f"{number[:14]}{(int(number[14:17]) + 111) % 1000:03}")


def may_be_listed(town: Town, kind: str, people: list[Row], **row: Any) -> None:
    """List them all, the last so that it cannot be told whether that is meant."""
    person = all_but(town, kind, people, **row)
    town.listed(kind, 姓名=person["姓名"], 身份证号码="", **row)
