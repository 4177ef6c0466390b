"""Columns of ticks, one for each value of a list."""

from datetime import date

import pytest

from jiandang.formats.grid import Grid, Range
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
OWN: Row = ["行政村", "户编号", "户主姓名", "家庭人口"]
VALUES: Row = ["一般贫困户", "低保户", "五保户"]


def home(number: int, *ticks: Raw) -> Row:
    return ["王庄村", f"320324105201{number:03}", "张三李四王五赵六"[2 * number :][:2], 2, *ticks]


def types_of(found: Register) -> list[str | None]:
    values: list[str | None] = found.tables["household"]["household_type"].to_list()
    return values


def told(found: Register, rule: str) -> list[str | None]:
    report = check(found, POLICY, as_of=date(2016, 3, 29), select=rule)
    return [finding.cell for finding in report.findings]


def grids(rows: list[Row], *, merged: bool) -> Grid:
    if not merged:
        return Grid("农户", [[*OWN, *VALUES], *rows])
    ranges: list[Range] = [(0, 4, 0, 6), *((0, column, 1, column) for column in range(4))]
    over: Row = [*OWN, "农户属性", "", ""]
    return Grid("农户", [over, ["", "", "", "", *VALUES], *rows], ranges)


@pytest.mark.parametrize("mark", ["√", "✓", "◎", "○", "是", 1.0, "☑"])
@pytest.mark.parametrize("other", ["", "否", "0", "✗"])
@pytest.mark.parametrize("merged", [True, False])
def test_the_ticked_column_is_the_value(mark: Raw, other: Raw, *, merged: bool) -> None:
    rows = [
        home(1, mark, other, other),
        home(2, other, other, mark),
        home(3, other, mark, other),
    ]
    found = register_of([grids(rows, merged=merged)], POLICY)
    assert types_of(found) == ["一般贫困户", "五保户", "低保户"]
    assert told(found, "LR006") == told(found, "LR003") == told(found, "LR002") == []
    assert len(told(found, "LR017")) == 1
    assert "农户属性" not in {o.seen.get("column") for o in found.observations}


@pytest.mark.parametrize("merged", [True, False])
def test_two_ticks_in_a_row_are_told(merged: bool) -> None:
    rows = [home(1, "√", "", ""), home(2, "", "√", "√"), home(3, "", "√", "")]
    found = register_of([grids(rows, merged=merged)], POLICY)
    assert types_of(found) == ["一般贫困户", None, "低保户"]
    assert told(found, "LR006") == [f"E{4 if merged else 3}"]


def test_a_row_without_a_tick_lacks_the_value_below_its_name() -> None:
    rows = [home(1, "√", "", ""), home(2, "", "", ""), home(3, "", "", "")]
    found = register_of([grids(rows, merged=True)], POLICY)
    assert types_of(found) == ["一般贫困户", None, None]
    # Where nothing says that these are all there are, they are columns of the county's own.
    found = register_of([grids(rows, merged=False)], POLICY)
    assert told(found, "LR003") == ["E1", "F1", "G1"]
    assert "household_type" not in {column for sheet in found.sheets for _, column in sheet.columns}


@pytest.mark.parametrize("cells", [("2", "", ""), (300.0, "", ""), ("见附件", "", "")])
def test_what_is_no_tick_is_no_value(cells: tuple[Raw, ...]) -> None:
    rows = [home(1, *cells), home(2, "", "√", ""), home(3, "", "√", "")]
    found = register_of([grids(rows, merged=False)], POLICY)
    assert told(found, "LR003") == ["E1", "F1", "G1"]


def test_a_column_that_says_it_in_words_counts() -> None:
    rows = [[*home(n, "√", "", ""), "五保户"] for n in (1, 2, 3)]
    found = register_of([Grid("农户", [[*OWN, *VALUES, "农户属性"], *rows])], POLICY)
    assert types_of(found) == ["五保户"] * 3


def test_several_values_may_be_ticked_where_the_list_allows_it() -> None:
    own: Row = ["行政村", "户编号", "姓名", "与户主关系", "民族", "文化程度"]
    number = "320324105201001"
    rows: list[Row] = [
        ["王庄村", number, "张三", "户主", "汉族", "小学", "", "√", "√", "√", ""],
        ["王庄村", number, "李四", "配偶", "汉族", "小学", "√", "", "", "", "√"],
    ]
    headings: Row = [*own, "健康", "长期慢性病", "残疾", "男", "女"]
    members = register_of([Grid("成员", [headings, *rows])], POLICY).tables["member"]
    assert members.select("health", "sex").rows() == [("长期慢性病、残疾", "男"), ("健康", "女")]


def asked(rows: list[Row], *, merged: bool, words: Row) -> Register:
    """A question with a column for each answer, and the value of a list beside it."""
    over: Row = [*OWN, "是否危房", "", "农户属性", "", ""]
    below: Row = ["", "", "", "", *words, *VALUES]
    ranges: list[Range] = [(0, column, 1, column) for column in range(4)]
    ranges += [(0, 4, 0, 5), (0, 6, 0, 8)]
    return register_of([Grid("农户", [over, below, *rows], ranges if merged else [])], POLICY)


@pytest.mark.parametrize("words", [["是", "否"], ["危房", "安全"]])
@pytest.mark.parametrize("merged", [True, False])
def test_an_answer_is_ticked(words: Row, *, merged: bool) -> None:
    rows = [home(1, "√", "", "", "√", ""), home(2, "", "√", "√", "", ""), home(3, "", "", "√")]
    found = asked(rows, merged=merged, words=words)
    assert found.tables["household"]["dangerous"].to_list() == [True, False, None]
    assert types_of(found) == ["低保户", "一般贫困户", "一般贫困户"]
    assert found.tables["household"].height == 3


def test_answers_below_no_question_are_no_value() -> None:
    grid = Grid("农户", [[*OWN, "是", "否"], home(1, "√", ""), home(2, "", "√")])
    assert told(register_of([grid], POLICY), "LR003") == ["E1", "F1"]


def test_a_row_that_is_filled_beside_its_names_is_no_heading() -> None:
    """The second row says whom it is about."""
    over: Row = [*OWN, "农户属性", "", ""]
    grid = Grid("农户", [over, home(1, *VALUES), home(2, "低保户", "", "")])
    assert register_of([grid], POLICY).tables["household"].height == 2
