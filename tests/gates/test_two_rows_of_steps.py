"""LR121: two rows of steps of one household, of which one says another thing."""

from typing import Any

import pytest

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HEADING: list[Any] = ["户编号", "户主姓名", "申请日期", "评议日期", "实到代表", "同意票"]
FIRST: list[Any] = ["320324105201001", "张三", "2016-03-01", "2016-03-05", 35.0, 34.0]
OTHER: list[Any] = ["320324105201002", "李四", "2016-03-02", "2016-03-05", 35.0, 34.0]


def found(*sheets: list[list[Any]]) -> list[tuple[str, str, str, str]]:
    grids = [Grid(f"识别{i}", [HEADING, *rows]) for i, rows in enumerate(sheets, 1)]
    report = jiandang.check(register_of(grids, POLICY), POLICY, select="LR121")
    return [(f.severity, f.sheet, f.cell, f.message) for f in report.findings]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({2: "2016-03-02"}, "申请日期"),
        ({3: "2016-03-06", 5: 20.0}, "评议日期、同意票"),
    ],
)
@pytest.mark.parametrize("is_apart", [False, True])
def test_a_row_that_says_another_thing_names_the_first(
    changed: dict[int, Any], named: str, is_apart: bool
) -> None:
    again = [changed.get(i, cell) for i, cell in enumerate(FIRST)]
    sheets = [[FIRST, OTHER], [again]] if is_apart else [[FIRST, OTHER, again]]
    [(severity, sheet, cell, message)] = found(*sheets)
    assert (severity, sheet, cell) == (
        "warning", "识别2" if is_apart else "识别1", "A2" if is_apart else "A4",
    )  # fmt: skip
    assert "已用于另一处：识别1!A2" in message
    assert f"两行的{named}不一样" in message


def test_a_copy_on_the_same_sheet_is_to_be_deleted() -> None:
    [(severity, sheet, cell, message)] = found([FIRST, OTHER, FIRST])
    assert (severity, sheet, cell) == ("warning", "识别1", "A4")
    assert "已用于另一处：识别1!A2" in message
    assert "两行一模一样" in message


@pytest.mark.parametrize("is_apart", [False, True])
def test_less_of_a_row_or_a_copy_of_the_sheet_contradicts_nothing(is_apart: bool) -> None:
    less = ["" if i in (2, 5) else cell for i, cell in enumerate(FIRST)]
    assert found(*([[FIRST, OTHER], [FIRST]] if is_apart else [[FIRST, OTHER, less]])) == []
