"""RW015: totals are recounted, and left alone where it cannot be told what they count."""

from typing import Any

import pytest

from jiandang.formats.grid import Grid, Range
from jiandang.policy import load_policy
from jiandang.register.notice import Notice
from jiandang.register.register import row_of
from jiandang.run.load import register_of

MEMBERS = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "家庭人口"]
QUOTA = ["区划代码", "名称", "计划户数", "计划人数"]
HOUSEHOLDS = ["户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因", "人均纯收入"]


def wrong(rows: list[list[Any]], merged: list[Range] | None = None) -> list[tuple[int, str]]:
    """The row and the recount of each total that is wrong."""
    cells = [[float(c) if isinstance(c, int) else c for c in row] for row in rows]
    register = register_of([Grid("表", cells, merged=merged or [])], load_policy("xuzhou-2016"))
    return [
        (row_of(o.ref), o.expected) for o in register.observations if o.notice == Notice.WRONG_TOTAL
    ]


def household(number: int, *sizes: Any) -> list[list[Any]]:
    """The rows of a household's members, with what stands under 家庭人口 in each."""
    return [[f"320324105201{number:03d}", "张三", "男", "", "其他", size] for size in sizes]


def members(*rows: list[Any], total: Any) -> list[list[Any]]:
    return [MEMBERS, *rows, ["合计", "", "", "", "", total]]


FAMILIES = {
    "in each row": [*household(1, 2, 2), *household(2, 3, 3, 3)],
    "in the head's row": [*household(1, 2, ""), *household(2, 3, "", "")],
}


@pytest.mark.parametrize("rows", FAMILIES.values(), ids=FAMILIES.keys())
def test_persons_are_counted_once(rows: list[list[Any]]) -> None:
    assert wrong(members(*rows, total=5)) == []
    assert wrong(members(*rows, total=6)) == [(7, "5")]


def test_merged_cells_count_once() -> None:
    rows = [*household(1, 2, ""), *household(2, 3, "", "")]
    merged = [(1, 5, 2, 5), (3, 5, 5, 5)]
    assert wrong(members(*rows, total=5), merged) == []
    assert wrong(members(*rows, total=6), merged) == [(7, "5")]


def test_total_may_count_the_rows() -> None:
    """家庭人口 of 3 where two members are listed: both 3 and 2 are right totals."""
    assert wrong(members(*household(1, 3, ""), total=3)) == []
    assert wrong(members(*household(1, 3, ""), total=2)) == []


def test_silent_where_a_household_has_no_number() -> None:
    assert wrong(members(*household(1, 2, 2), *household(2, "", ""), total=99)) == []


def households(*sizes: int) -> list[list[Any]]:
    return [
        [f"320324105201{number:03d}", "张三", size, "一般贫困户", "缺技术", 3000]
        for number, size in enumerate(sizes, 1)
    ]


def line(label: str, count: Any) -> list[Any]:
    return [label, "", count, "", "", ""]


def test_subtotals_and_total() -> None:
    first, second = households(1, 2), households(3, 4)
    right = [HOUSEHOLDS, *first, line("小计", 3), *second, line("小计", 7), line("合计", 10)]
    assert wrong(right) == []
    right[6][2] = 10  # the second subtotal goes on from the first
    assert wrong(right) == [(7, "7")]
    right[6][2], right[7][2] = 7, 7  # the total leaves out the first block
    assert wrong(right) == [(8, "10")]


@pytest.mark.parametrize("is_heading_repeated", [True, False])
def test_a_subtotal_of_pages_or_of_the_last_page(is_heading_repeated: bool) -> None:
    """小计 of a village after 本页小计, and that of the next village."""
    again = [HOUSEHOLDS] if is_heading_repeated else []
    first, second, third = households(1, 2), households(3, 1), households(4, 2)
    rows = [HOUSEHOLDS, *first, line("本页小计", 3), *again, *second]

    def end(last: int) -> list[tuple[int, str]]:
        return wrong([*rows, line("小计", last)])

    assert end(7) == end(4) == []
    assert end(8) == [(len(rows) + 1, "7")]
    rows += [line("小计", 7), *third, line("本页小计", 6)]
    assert end(6) == []
    assert end(13) == [(len(rows) + 1, "6")]


def test_totals_above_their_rows() -> None:
    first, second = households(1, 2), households(3, 4)
    rows = [HOUSEHOLDS, line("总计", 10), line("小计", 3), *first, line("小计", 7), *second]
    assert wrong(rows) == []


def test_one_total_for_each_village() -> None:
    first, second = households(1, 2), households(3, 4)
    rows = [HOUSEHOLDS, *first, line("王庄村合计", 3), *second, line("柳湾村合计", 7)]
    assert wrong(rows) == []
    rows[-1][2] = 8
    assert wrong(rows) == [(7, "7")]


def test_a_total_that_names_its_village_is_of_that_alone() -> None:
    headings = ["行政村", *HOUSEHOLDS]
    first = [["王庄村", *row] for row in households(1, 2)]
    second = [["柳湾村", *row] for row in households(3, 4)]

    def below(label: list[str], count: int) -> list[tuple[int, str]]:
        return wrong([headings, *first, *second, [*label, count, "", "", ""]])

    # Only the last village has its total; and both stand below all rows.
    for label in (["柳湾村小计", "", ""], ["柳湾村", "小计", ""], ["柳湾村合计", "", ""]):
        assert below(label, 7) == []
        assert below(label, 8) == [(6, "7")]
    assert below(["陈桥村小计", "", ""], 7) == [(6, "10")]
    both = [["王庄村小计", "", "", 3, "", "", ""], ["柳湾村小计", "", "", 7, "", "", ""]]
    assert wrong([headings, *first, *second, *both]) == []


@pytest.mark.parametrize(
    ("label", "right"), [("总数", 10), ("全部", 10), ("合计数", 10), ("全镇情况", 99), ("人均", 99)]
)
def test_totals_by_other_names(label: str, right: int) -> None:
    rows = [HOUSEHOLDS, *households(1, 2, 3, 4)]
    assert wrong([*rows, ["", label, right, "", "", ""]]) == []
    expected = [] if right == 99 else [(6, "10")]
    assert wrong([*rows, ["", label, 11, "", "", ""]]) == expected


@pytest.mark.parametrize("label", ["累计", "全镇合计"])
def test_silent_where_a_total_reaches_beyond_the_sheet(label: str) -> None:
    assert wrong([HOUSEHOLDS, *households(1, 2), line(label, 99)]) == []


@pytest.mark.parametrize(("persons", "expected"), [(30, []), (60, [(6, "30")]), ("", [])])
def test_quota_of_two_levels(persons: Any, expected: list[tuple[int, str]]) -> None:
    rows: list[list[Any]] = [
        QUOTA,
        ["320324", "睢宁县", 12, 30],
        ["320324105", "官山镇", 12, 30],
        ["320324105201", "王庄村", 8, 18],
        ["320324105202", "柳湾村", 4, 12],
        ["", "合计", 12, persons],
    ]
    assert wrong(rows) == expected
    # Without codes the names say which level it is.
    assert wrong([row[1:] for row in rows]) == expected
