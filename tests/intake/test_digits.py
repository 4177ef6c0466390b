"""Numbers written with a digit a cell, in narrow columns below one merged heading."""

from collections.abc import Sequence

import pytest

from generators.people import with_check
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
NUMBERS = [with_check("32032419620319115"), with_check("32032419640925124")]
HEADINGS: list[Raw] = ["户编号", "姓名", "性别", "身份证号码", *[""] * 17, "与户主关系", "健康状况"]
WHO = [("赵大", "男", "户主"), ("钱二", "女", "配偶")]


def register(numbers: Sequence[Sequence[Raw]], *, merged: bool = True) -> Register:
    rows = [
        ["320324105201001", name, sex, *own, *[""] * (18 - len(own)), relation, "健康"]
        for (name, sex, relation), own in zip(WHO, numbers, strict=True)
    ]
    headings = HEADINGS if merged else ["身份证号码" if text == "" else text for text in HEADINGS]
    ranges = [(0, 3, 0, 20)] if merged else []
    return register_of([Grid("成员", [headings, *rows], ranges)], POLICY)


def told(own: Register, *rules: str) -> list[tuple[str, str]]:
    return [(each.rule, each.cell) for each in check(own, POLICY).findings if each.rule in rules]


@pytest.mark.parametrize("as_number", [True, False])
def test_the_digits_are_one_number_at_the_first_cell(as_number: bool) -> None:
    digits = [[float(d) if as_number and d.isdecimal() else d for d in own] for own in NUMBERS]
    own = register(digits)
    assert own.tables["member"]["id_number"].to_list() == NUMBERS
    assert told(own, "LR002", "LR004", "LR017", "LR101") == [("LR017", "D2")]
    digits[1][17] = ""
    assert told(register(digits), "LR002", "LR101") == [("LR101", "D3")]


def test_a_whole_number_in_one_of_the_rows_is_read_as_it_stands() -> None:
    assert register([[*NUMBERS[0]], [NUMBERS[1]]]).tables["member"]["id_number"].to_list() == (
        NUMBERS
    )


def test_columns_in_which_more_stands_are_doubles() -> None:
    own = register([[*NUMBERS[0]], [NUMBERS[1][:6], NUMBERS[1][6:14], NUMBERS[1][14:]]])
    assert len(told(own, "LR002")) == 17
    assert len(told(register([[*NUMBERS[0]], [*NUMBERS[1]]], merged=False), "LR002")) == 17
