"""What stands around all headings of a row alike is no part of them."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.shared_marks import without_shared_marks
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

Row = list[Raw]
HEADINGS = ["行政村", "户编号", "姓名", "与户主关系", "证件号码", "劳动能力", "务工时间(月)"]
ROWS: list[Row] = [
    ["王庄村", "320324105201001", "张三", "户主", "320324196001010016", "普通劳动力", 6],
    ["王庄村", "320324105201001", "李四", "配偶", "320324196205050024", "无劳动力", 0],
]


def members_of(*rows: Sequence[Raw]) -> pl.DataFrame:
    policy = load_policy("xuzhou-2016")
    return register_of([Grid("成员", [[*row] for row in rows])], policy).tables["member"]


@pytest.mark.parametrize(
    "marked",
    [
        lambda name, _: f"√{name}",
        lambda name, _: f"{name}√",
        lambda name, _: f"☑ {name}",
        lambda name, _: f"{name}√（必填）",
        lambda name, _: f"{name}1",
        lambda name, _: f"{name}^1",
        lambda name, place: f"{name}{place}",
        lambda name, place: f"{name}{place})",
        lambda name, place: f"{name}A{place}",
        lambda name, place: f"{name}_{place:02}",
        lambda name, place: f"第{place}列 {name}",
    ],
)
def test_headings_with_the_same_around_them_are_read(marked: Callable[[str, int], str]) -> None:
    headings = [marked(name, place) for place, name in enumerate(HEADINGS, 1)]
    members = members_of(headings, *ROWS)
    assert members["name"].to_list() == ["张三", "李四"]
    assert members["labour"].to_list() == ["普通劳动力", "无劳动力"]
    assert members["work_months"].to_list() == [6, 0]


def test_headings_below_each_other() -> None:
    """The heading again, further down."""
    headings = [f"{name}√" for name in HEADINGS]
    members = members_of(headings, ROWS[0], headings, ROWS[1])
    assert members["name"].to_list() == ["张三", "李四"]


@pytest.mark.parametrize(
    "row",
    [
        # Ticks behind some names say something of these.
        [f"{name}√" if place % 2 else name for place, name in enumerate(HEADINGS)],
        # Cells of data may all begin with one letter, or end with one digit.
        ["王庄村1", "王庄村11", "王庄村21", "王庄村31"],
        # Too few to tell.
        ["姓名1", "户编号1", "行政村1"],
    ],
)
def test_what_some_have_is_kept(row: list[str]) -> None:
    grid = Grid("成员", [[*row], ["", *row[1:]]])
    assert not without_shared_marks(grid, Vocabulary())
    assert grid.rows[0] == row


def test_second_persons_beside_the_first_are_no_numbers_of_columns() -> None:
    headings = ["户编号", "户主姓名", "姓名1", "证件号码1", "姓名2", "证件号码2"]
    row = ["320324105201001", "张三", "张三", ROWS[0][4], "李四", ROWS[1][4]]
    members = members_of(headings, row)
    assert members["name"].to_list() == ["张三", "李四"]
