"""Lines above each household's members: 户编号：01  户主：张三."""

import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.address import cell_address
from jiandang.register.cells import Raw
from jiandang.register.register import Register, row_of
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADINGS: list[Raw] = ["序号", "姓名", "性别", "身份证号码", "与户主关系", "健康状况"]
MEMBERS: list[list[Raw]] = [
    [1.0, "赵大", "男", with_check("32032419620319115"), "户主", "健康"],
    [2.0, "钱二", "女", with_check("32032419640925124"), "配偶", "健康"],
    [1.0, "孙三", "男", with_check("32032419700101137"), "户主", "健康"],
]
FIRST, SECOND = "320324105201001", "320324105201002"
LINES: dict[str, list[list[Raw]]] = {
    "a cell each": [
        [f"户编号：{FIRST}", "", "户主：赵大", "", "组别：一组"],
        [f"户编号：{SECOND}", "", "户主：孙三", "", "组别：二组"],
    ],
    "one cell": [
        [f"第1户  户主：赵大，户编号：{FIRST}  组别：一组"],
        [f"第2户  户主：孙三，户编号：{SECOND}  组别：二组"],
    ],
    "pairs": [
        ["户编号", FIRST, "户主", "赵大", "组别", "一组"],
        ["户编号", SECOND, "户主", "孙三", "组别", "二组"],
    ],
    "a colon and the next cell": [
        ["户编号：", FIRST, "户主：", "赵大", "组别：", "一组"],
        ["户编号：", SECOND, "户主：", "孙三", "组别：", "二组"],
    ],
}


def register(*rows: list[Raw]) -> Register:
    full = [[*row, *[""] * (6 - len(row))] for row in rows]
    return register_of([Grid("花名册", full)], POLICY)


def told(own: Register, *rules: str) -> list[tuple[str, str]]:
    return [(each.rule, each.cell) for each in check(own, POLICY).findings if each.rule in rules]


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("again", [False, True])
def test_what_they_say_holds_for_the_rows_below(kind: str, again: bool) -> None:
    first, second = LINES[kind]
    heading = [HEADINGS] if again else []
    own = register(HEADINGS, first, *MEMBERS[:2], second, *heading, MEMBERS[2])
    members = own.tables["member"]
    assert members["household_id"].to_list() == [FIRST, FIRST, SECOND]
    assert members["group"].to_list() == ["一组", "一组", "二组"]
    assert own.tables["household"]["head_name"].to_list() == ["赵大", "孙三"]
    (apart,) = [p for p in members["apart"][2].to_list() if p["column"] == "household_id"]
    column = {"pairs": 1, "a colon and the next cell": 1}.get(kind, 0)
    assert cell_address(row_of(apart["ref"]) - 1, apart["sheet_column"])[1:] == "5"
    assert apart["sheet_column"] == column
    assert told(own, "LR001", "LR004", "LR012", "LR020")[:1] == [("LR020", f"{'AB'[column]}2")]
    assert told(own, "LR004", "LR012") == []


def test_a_number_that_is_wrong_is_told_once_in_the_line() -> None:
    lines = LINES["a cell each"]
    wrong: list[Raw] = ["户编号：3203241052＃1", "", "户主：赵大"]
    own = register(HEADINGS, wrong, *MEMBERS[:2], lines[1], MEMBERS[2])
    assert told(own, "LR004", "LR005", "LR120") == [("LR120", "A2")]


def test_lines_without_numbers_are_no_members_and_the_column_is_missing() -> None:
    own = register(HEADINGS, ["户主：赵大", "组别：一组"], *MEMBERS[:2], ["户主：孙三"], MEMBERS[2])
    assert own.tables["member"]["name"].to_list() == ["赵大", "钱二", "孙三"]
    assert told(own, "LR001", "LR004") == [("LR001", "A1")]


def test_a_line_without_its_number_gives_nobody_the_one_before() -> None:
    first = LINES["a cell each"][0]
    own = register(HEADINGS, first, *MEMBERS[:2], ["户编号：", "", "户主：孙三"], MEMBERS[2])
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST, None]
    assert told(own, "LR004", "LR202") == [("LR004", "A5")]
    own = register(HEADINGS, first, *MEMBERS[:2], ["户主：孙三"], MEMBERS[2])
    assert told(own, "LR001", "LR202")[0] == ("LR001", "B1")
    own = register(HEADINGS, first, *MEMBERS[:2], ["户主：赵大"])  # a signature
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST]


def test_values_in_a_line_may_have_their_units() -> None:
    line: list[Raw] = [f"户编号：{FIRST}  户主：赵大  家庭人口：2人"]
    own = register(HEADINGS, line, *MEMBERS[:2])
    assert own.tables["household"]["size"].to_list() == [2]
    assert told(own, "LR011", "LR203") == []


def test_where_rows_have_a_number_the_line_says_nothing() -> None:
    headings: list[Raw] = ["户编号", *HEADINGS[1:]]
    rows: list[list[Raw]] = [[FIRST, *row[1:]] for row in MEMBERS[:2]]
    own = register(headings, [f"户编号：{SECOND}", "户主：孙三"], *rows)
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST]


def test_what_stands_at_the_foot_is_no_line_of_a_household() -> None:
    own = register(HEADINGS, *MEMBERS, ["户主签字：赵大"], ["填表人：周杰", "日期：2016年3月"])
    assert own.tables["member"]["name"].to_list() == ["赵大", "钱二", "孙三"]
    assert told(own, "LR004", "LR020") == []


ORDERS: dict[str, list[list[Raw]]] = {
    "a label": [["第1户 户主：赵大"], ["第2户 户主：孙三"]],
    "cells": [["第1户", "", "户主：赵大"], ["第2户", "", "户主：孙三"]],
    "a name alone": [["第 1 户  赵大"], ["第 2 户  孙三"]],
    "the head behind it": [["第一户：赵大"], ["第二户：孙三"]],
    "brackets": [["（第1户）户主：赵大"], ["（第2户）户主：孙三"]],
    "an item's number": [["1、户主：赵大  家庭人口：2"], ["2、户主：孙三  家庭人口：1"]],
}


@pytest.mark.parametrize("kind", ORDERS)
def test_the_order_of_a_household_is_its_number_where_there_is_no_other(kind: str) -> None:
    first, second = ORDERS[kind]
    own = register(["王庄村花名册"], HEADINGS, first, *MEMBERS[:2], second, MEMBERS[2])
    members = own.tables["member"]
    assert members["name"].to_list() == ["赵大", "钱二", "孙三"]
    assert members["household_id"].to_list() == ["王庄村第1号", "王庄村第1号", "王庄村第2号"]
    assert own.tables["household"]["head_name"].to_list() == ["赵大", "孙三"]
    assert told(own, "LR004", "LR020") == [("LR020", "A3")]
    # A number of its own goes before the order.
    numbered: list[list[Raw]] = [
        [f"第{n}户 户主：{name}（{code}）"]
        for n, name, code in ((1, "赵大", FIRST), (2, "孙三", SECOND))
    ]
    own = register(HEADINGS, numbered[0], *MEMBERS[:2], numbered[1], MEMBERS[2])
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST, SECOND]
    assert own.tables["household"]["head_name"].to_list() == ["赵大", "孙三"]


@pytest.mark.parametrize(
    "lines",
    [
        ("一、低保户", "二、五保户"),
        ("1.一般贫困户", "2.低保户"),
        ("第1批", "第2批"),
        ("1、户主：指户口簿上的户主", "2、户主必须填写"),
    ],
)
def test_parts_of_a_list_are_no_households(lines: tuple[str, str]) -> None:
    own = register(["王庄村花名册"], HEADINGS, [lines[0]], *MEMBERS[:2], [lines[1]], MEMBERS[2])
    assert own.tables["member"]["household_id"].to_list() == [None, None, None]
    assert own.tables["member"]["name"].to_list() == ["赵大", "钱二", "孙三"]
    assert ("LR001", "B2") in told(own, "LR001")


OTHER_LINES: dict[str, list[list[Raw]]] = {
    "pairs before the members' columns": [
        ["户主", "赵大", "户编号", FIRST, "人口", 2.0],
        ["户主", "孙三", "户编号", SECOND, "人口", 1.0],
    ],
    "what has no colon": [
        [f"户编号：{FIRST}，户主姓名：赵大，家庭人口2人"],
        [f"户编号：{SECOND}，户主姓名：孙三，家庭人口1人"],
    ],
    "a group behind a blank": [
        [f"户编号：{FIRST}　户主：赵大　人口：2　一组"],
        [f"户编号：{SECOND}　户主：孙三　人口：1　二组"],
    ],
    "its head's household": [
        [f"赵大户 {FIRST}"],
        [f"孙三户 {SECOND}"],
    ],
    "more behind the head's name": [
        [f"户编号：{FIRST}　户主：赵大（因病，13812345678）"],
        [f"户编号：{SECOND}　户主：孙三（因残）"],
    ],
}


@pytest.mark.parametrize("kind", OTHER_LINES)
def test_lines_in_other_words(kind: str) -> None:
    first, second = OTHER_LINES[kind]
    own = register(HEADINGS, first, *MEMBERS[:2], second, MEMBERS[2])
    assert own.tables["member"]["name"].to_list() == ["赵大", "钱二", "孙三"]
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST, SECOND]
    homes = own.tables["household"]
    assert homes["head_name"].to_list() == ["赵大", "孙三"]
    if "人" in str(first):  # 人口, 2人
        assert homes["size"].to_list() == [2, 1]
    assert told(own, "LR001", "LR004", "LR006", "LR101", "LR104", "LR207") == []


def test_a_household_that_its_line_numbers_and_names_by_the_head() -> None:
    lines: list[list[Raw]] = [["一、赵大户（2人）"], ["二、孙三户（1人）"]]
    own = register(HEADINGS, lines[0], *MEMBERS[:2], lines[1], MEMBERS[2])
    assert own.tables["member"]["household_id"].n_unique() == 2
    assert own.tables["household"]["size"].to_list() == [2, 1]


def test_a_line_of_nobody_below_is_no_household() -> None:
    own = register(HEADINGS, ["一、脱贫户（2人）"], *MEMBERS[:2], ["二、一般户（1人）"], MEMBERS[2])
    assert own.tables["member"]["household_id"].null_count() == 3


BEHIND = {
    "a blank": ("户主：{1} 户编号：{0} 王庄村", "王庄村", None),
    "a bracket": ("户编号：{0}（王庄村一组）户主：{1}", "王庄村", "一组"),
    "a comma": ("户编号:{0},户主:{1},王庄村", "王庄村", None),
    "the group too": ("户主：{1} 户编号：{0} 王庄村 3组", "王庄村", "3组"),
    "what is no place": ("户主：{1}，缺劳力 户编号：{0} 一般贫困户", None, None),
    "blanks within": ("户编号：{0[0]} {0[1]}　户主：{1[0]} {1[1]}", None, None),
}


@pytest.mark.parametrize("kind", BEHIND)
def test_what_stands_behind_the_number_or_the_head_is_none_of_it(kind: str) -> None:
    text, village, group = BEHIND[kind]
    parts = [(FIRST, "赵大"), (SECOND, "孙三")]
    if "[" in text:
        lines = [text.format((number[:6], number[6:]), name) for number, name in parts]
    else:
        lines = [text.format(*part) for part in parts]
    own = register(HEADINGS, [lines[0]], *MEMBERS[:2], [lines[1]], MEMBERS[2])
    members = own.tables["member"]
    assert members["household_id"].to_list() == [FIRST, FIRST, SECOND]
    assert own.tables["household"]["head_name"].to_list() == ["赵大", "孙三"]
    assert members["village"].to_list() == [village] * 3
    assert members["group"].to_list() == [group] * 3


HOMES = Grid(
    "农户",
    [
        ["行政村", "户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"],
        ["王庄村", FIRST, "赵大", 2.0, "一般贫困户", "因病"],
        ["王庄村", SECOND, "孙三", 1.0, "一般贫困户", "因病"],
    ],
)


def test_lines_of_heads_alone_tell_their_households() -> None:
    rows: list[list[Raw]] = [HEADINGS, ["户主：赵大"], *MEMBERS[:2], ["户主：孙三"], MEMBERS[2]]
    people = Grid("成员", [[*row, *[""] * (6 - len(row))] for row in rows])
    own = register_of([HOMES, people], POLICY)
    assert own.tables["member"]["household_id"].to_list() == [FIRST, FIRST, SECOND]
    assert own.tables["household"].height == 2
    assert told(own, "LR020") == [("LR020", "A2")]
