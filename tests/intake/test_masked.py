"""Numbers that are hidden in part are told once a column; one among full numbers is a fault."""

from collections import Counter
from datetime import date

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.resident_id import check_character
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
MEMBERS: Row = ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系"]
HOMES: Row = ["行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口", "主要致贫原因"]
NAMES = ["张一", "李二", "王三", "赵四"]


def number(i: int) -> str:
    first = f"3203241980010100{i}"
    return first + check_character(first)


def hidden(i: int, form: str = "320324********{}") -> str:
    return form.format(number(i)[14:])


def home(i: int) -> str:
    return f"32032410520100{i}"


PEOPLE: list[Row] = [
    ["王庄村", home(i), name, "男" if i % 2 else "女", number(i), "户主"]
    for i, name in enumerate(NAMES)
]
OWN_HOMES: list[Row] = [
    ["王庄村", home(i), name, number(i), 1.0, "缺技术"] for i, name in enumerate(NAMES)
]


def said(*more: tuple[str, Row, list[Row]], people: list[Row] = PEOPLE) -> Counter[tuple[str, str]]:
    own = [("成员", MEMBERS, people), ("农户", HOMES, OWN_HOMES)]
    grids = [Grid(name, [[*head], *([*row] for row in rows)]) for name, head, rows in (*own, *more)]
    found = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29)).findings
    codes = ["LR003", "LR101", "LR108", "LR121", "LR203", "LR213", "LR220"]
    return Counter((f.rule, f.sheet) for f in found if f.rule in codes)


@pytest.mark.parametrize("form", [
    "320324********{}", "320324XXXXXXXX{}", "32032419800101****", "**************{}",
    "3203********{}**",
])  # fmt: skip
def test_a_public_list_with_hidden_numbers_is_of_the_same_people(form: str) -> None:
    heads: list[Row] = [["王庄村", name, hidden(i, form), 1.0] for i, name in enumerate(NAMES)]
    persons: list[Row] = [["王庄村", name, "", hidden(i, form)] for i, name in enumerate(NAMES)]
    for i, row in enumerate(persons):
        row[2] = PEOPLE[i][3]
    posted: tuple[str, Row, list[Row]] = (
        "公示",
        ["行政村", "户主姓名", "户主证件号码", "家庭人口"],
        heads,
    )
    people: tuple[str, Row, list[Row]] = ("人员", ["行政村", "姓名", "性别", "证件号码"], persons)
    assert said(posted, people) == {("LR003", "公示"): 1, ("LR003", "人员"): 1}


def test_one_hidden_number_is_a_fault_of_its_cell() -> None:
    people = [[*row] for row in PEOPLE]
    people[1][4] = hidden(1)
    assert said(people=people)["LR101", "成员"] == 1
