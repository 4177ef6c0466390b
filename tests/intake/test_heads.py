"""Heads in columns of their own (户主姓名), and numbers below a household's first row."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.report.model import Report
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
HEADINGS: Row = ["户编号", "户主姓名", "户主证件号码", "姓名", "性别", "证件号码", "与户主关系"]
NUMBERS = ["320324105201001", "320324105201002", "320324105201003"]


def id_number(birth: str, order: int) -> str:
    return with_check(f"320324{birth}{order:03}")


# Name and number of the heads, and name, sex, number and relation of the others.
ZHAO: Row = ["赵志强", id_number("19600101", 11)]
QIAN: Row = ["钱秀英", id_number("19550202", 12)]
SUN: Row = ["孙大勇", id_number("19700303", 13)]
WIFE: Row = ["吴秀英", "女", id_number("19620101", 22), "配偶"]
SON: Row = ["赵小明", "男", id_number("19900101", 31), "之子"]
OTHERS_SON: Row = ["周大伟", "男", id_number("19850101", 33), "之子"]
NOBODY: Row = ["", "", "", ""]
PERSONS = [
    (NUMBERS[0], ZHAO[0], "户主"), (NUMBERS[0], "吴秀英", "配偶"), (NUMBERS[0], "赵小明", "之子"),
    (NUMBERS[1], QIAN[0], "户主"), (NUMBERS[1], "周大伟", "之子"), (NUMBERS[2], SUN[0], "户主"),
]  # fmt: skip


def himself(head: Row, sex: str) -> Row:
    return [head[0], sex, head[1], "户主"]


LISTED = [
    [NUMBERS[0], *ZHAO, *himself(ZHAO, "男")], [NUMBERS[0], *ZHAO, *WIFE],
    [NUMBERS[0], *ZHAO, *SON], [NUMBERS[1], *QIAN, *himself(QIAN, "女")],
    [NUMBERS[1], *QIAN, *OTHERS_SON], [NUMBERS[2], *SUN, *himself(SUN, "男")],
]  # fmt: skip
# His own row where there is no other, else beside the first of the others.
BESIDE = [
    [NUMBERS[0], *ZHAO, *WIFE], [NUMBERS[0], *ZHAO, *SON], [NUMBERS[1], *QIAN, *OTHERS_SON],
    [NUMBERS[2], *SUN, *NOBODY],
]  # fmt: skip
ABOVE = [
    [NUMBERS[0], *ZHAO, *NOBODY], [NUMBERS[0], *ZHAO, *WIFE], [NUMBERS[0], *ZHAO, *SON],
    [NUMBERS[1], *QIAN, *NOBODY], [NUMBERS[1], *QIAN, *OTHERS_SON], [NUMBERS[2], *SUN, *NOBODY],
]  # fmt: skip


def once(rows: list[Row], *columns: int, mark: str = "") -> list[Row]:
    """The rows, in which what the row above says in these columns is not written again."""
    said = [[*row] for row in rows]
    for above, row in pairwise(zip(rows, said, strict=True)):
        if above[0][0] == row[0][0]:
            for column in columns:
                row[1][column] = mark
    return said


def register(rows: list[Row], headings: Row = HEADINGS) -> Register:
    return register_of([Grid("成员", [[*headings], *rows])], POLICY)


def report(rows: list[Row], headings: Row = HEADINGS) -> Report:
    return check(register(rows, headings), POLICY, as_of=date(2016, 3, 29))


def said(rows: list[Row], headings: Row = HEADINGS) -> Iterator[tuple[str, str]]:
    """Rules and cells, but for what is said of the layout."""
    layout = ("LR001", "LR003", "LR020", "LR021")
    return ((f.rule, f.cell) for f in report(rows, headings).findings if f.rule not in layout)


def persons(read: Register) -> list[tuple[str, str, str]]:
    return read.tables["member"].select("household_id", "name", "relation").rows()


@pytest.mark.parametrize("rows", [LISTED, BESIDE, ABOVE])
@pytest.mark.parametrize("columns", [(), (0,), (1, 2), (0, 1, 2)])
def test_a_head_is_one_member_wherever_he_stands(rows: list[Row], columns: tuple[int]) -> None:
    written = once(rows, *columns)
    read = register(written)
    assert persons(read) == PERSONS
    homes = read.tables["household"].select("household_id", "head_name", "head_id").rows()
    assert homes == [(n, *head) for n, head in zip(NUMBERS, (ZHAO, QIAN, SUN), strict=True)]
    assert list(said(written)) == []


@pytest.mark.parametrize("rows", [BESIDE, ABOVE])
def test_every_row_is_counted_and_his_cells_are_those_of_the_head(rows: list[Row]) -> None:
    short = str(ZHAO[1])[:-1]
    wrong = [[short if cell == ZHAO[1] else cell for cell in row] for row in rows]
    sheets = register(rows).sheets
    assert [s.rows.checked + s.rows.blank for s in sheets] == [len(rows)] * 2
    assert sum(s.rows.checked for s in sheets) == len(PERSONS)
    found = {(f.cell, f.person) for f in report(wrong).findings if f.rule in ("LR101", "LR102")}
    assert found == {("C2", "赵志强")}


def test_one_forgotten_head_is_missing() -> None:
    # Where the others list theirs, no head is made of what the columns say.
    assert ("LR201", "G2") in said(LISTED[1:])
    assert len(persons(register(LISTED[1:]))) == 5
    # Nor is any where no number says who belongs together.
    assert len(persons(register([row[1:] for row in BESIDE[:3]], HEADINGS[1:]))) == 3


def test_a_head_of_another_sheet_is_the_same_person() -> None:
    # Other columns than those by which people are told, as sheets of all members have.
    listed = Grid("成员", [[*HEADINGS, "民族"], *([*row, "汉族"] for row in LISTED)])
    pupils: list[Row] = [
        ["户编号", "户主姓名", "姓名", "在校生状况", "与户主关系"],
        [NUMBERS[0], ZHAO[0], "赵小明", "", "之子"],
        [NUMBERS[1], QIAN[0], "周大伟", "", "之子"],
    ]
    assert persons(register_of([listed, Grid("学生", pupils)], POLICY)) == PERSONS


def test_a_head_listed_without_a_relation_is_not_counted_twice() -> None:
    rows = [row[:-1] for row in LISTED]
    assert [name for _, name, _ in persons(register(rows, HEADINGS[:-1]))] == [
        name for _, name, _ in PERSONS
    ]


@pytest.mark.parametrize("mark", ["", "/", "—", "同上", "〃", '"'])
@pytest.mark.parametrize("rows", [LISTED, BESIDE])
def test_a_number_below_the_first_row_is_that_above(rows: list[Row], mark: str) -> None:
    written = once(rows, 0, mark=mark)
    assert persons(register(written)) == PERSONS
    assert list(said(written)) == []


def test_marks_of_several_kinds() -> None:
    written = once(LISTED, 0, mark="/")
    written[1][0], written[2][0] = "", "同上"
    assert persons(register(written)) == PERSONS


@pytest.mark.parametrize("mark", ["", "/"])
def test_a_number_that_was_forgotten_is_missing(mark: str) -> None:
    written = [[*row] for row in LISTED]
    written[1][0] = mark
    assert ("LR004", "A3") in said(written)
    # Words say that there is none.
    words = once(LISTED, 0, mark="无")
    assert ("LR004", "A3") in said(words)


# A household's own row, with nothing of a person or his name alone, and its members below.
OF_HOME: Row = [*HEADINGS[:2], "家庭人口", *HEADINGS[3:]]


def with_lines(*, naming: bool) -> list[Row]:
    rows: list[Row] = []
    for number, head in zip(NUMBERS, (ZHAO, QIAN, SUN), strict=True):
        own: list[Row] = [["", "", "", *row[3:]] for row in LISTED if row[0] == number]
        name = head[0] if naming else ""
        rows += [[number, head[0], len(own), name, "", "", ""], *own]
    return rows


@pytest.mark.parametrize("naming", [False, True])
def test_a_households_own_row_above_its_members_is_nobody(naming: bool) -> None:
    rows = with_lines(naming=naming)
    read = register(rows, OF_HOME)
    assert persons(read) == PERSONS
    homes = read.tables["household"].select("household_id", "head_name", "size").rows()
    assert homes == [(NUMBERS[0], ZHAO[0], 3), (NUMBERS[1], QIAN[0], 2), (NUMBERS[2], SUN[0], 1)]
    assert [*said(rows, OF_HOME)] == []
    # What is wrong there is told there.
    rows[0][2] = 4
    assert [*said(rows, OF_HOME)] == [("LR203", "C2")]


def test_a_row_that_somebody_forgot_to_fill_in_is_no_households() -> None:
    rows = [[row[0], row[1], 3 if row[0] == NUMBERS[0] else "", *row[3:]] for row in LISTED]
    rows[3][3:] = ["", "", "", ""]
    assert ("LR004", "D5") in said(rows, OF_HOME)
    assert len(persons(register(rows, OF_HOME))) == len(PERSONS)
