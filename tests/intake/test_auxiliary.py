"""Lists beside a register: sums, helpers, contacts are no tables of households."""

from typing import Any

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
HOUSEHOLD = ["户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因", "人均纯收入(元)"]
LISTS: dict[str, tuple[list[Any], list[Any]]] = {
    "sums": (["行政村", "户数", "人数"], ["王庄村", 10.0, 30.0]),
    "sums with incomes": (
        ["序号", "乡镇", "行政村", "贫困户数", "家庭人口", "人均纯收入", "耕地面积"],
        [1.0, "官山镇", "王庄村", 10.0, 30.0, 2900.0, 45.0],
    ),
    "sums of persons": (
        ["村民小组", "行政村", "贫困人数", "工资性收入", "生产经营性收入"],
        ["一组", "王庄村", 30.0, 9000.0, 8000.0],
    ),
    "helpers": (
        ["帮扶人", "帮扶单位", "职务", "联系电话", "帮扶户数"],
        ["张三", "水务局", "科员", "13852012345", 3.0],
    ),
    "cadres": (["姓名", "性别", "职务", "联系电话", "行政村"],
               ["张三", "男", "村主任", "13852012345", "王庄村"]),
    "codes": (["与户主关系", "性别", "民族", "文化程度", "健康状况"],
              ["配偶", "女", "回族", "小学", "残疾"]),
}  # fmt: skip


def tables(*rows: list[Any]) -> list[tuple[str, int]]:
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    return [(s.table, s.heading_row) for s in register_of([Grid("表", full)], POLICY).sheets]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_beside_the_register_is_no_table_of_households(name: str) -> None:
    heading, row = LISTS[name]
    assert tables(["汇总表"], heading, row, row) == []


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("length", [1, 100])
def test_a_register_below_such_a_list_is_read(name: str, length: int) -> None:
    heading, row = LISTS[name]
    household = ["320324105201001", "王大", 3.0, "低保户", "因病", 2900.0]
    rows = [heading, *[row] * length, [""], HOUSEHOLD, household]
    assert tables(*rows) == [("household", length + 3)]


@pytest.mark.parametrize(
    "heading",
    [
        ["户编号", "帮扶人", "帮扶单位", "帮扶人电话"],
        ["户主姓名", "户主证件号码", "联系电话", "行政村"],
        ["行政村", "户主姓名", "家庭人数", "农户属性", "主要致贫原因"],
        ["行政村", "家庭人数", "农户属性", "主要致贫原因"],
    ],
)
def test_a_part_of_a_register_is_a_table(heading: list[Any]) -> None:
    """What can complete another sheet, or lacks a column, is read and checked."""
    assert tables(heading, ["x"] * len(heading)) == [("household", 1)]


COMPLETING: list[tuple[list[Any], list[Any]]] = [
    (
        ["序号", "帮扶人", "帮扶单位", "帮扶人电话", "结对户姓名", "行政村"],
        [1.0, "张三", "水务局", "13852012345", "王大", "王庄村"],
    ),
    (
        ["行政村", "户主姓名", "开户银行", "银行账号", "补助金额"],
        ["王庄村", "王大", "农商行", "6217000010001", 100.0],
    ),
]


@pytest.mark.parametrize(("heading", "row"), COMPLETING)
def test_a_list_by_heads_completes_the_register_beside_it(
    heading: list[Any], row: list[Any]
) -> None:
    """Without a register there is nobody whom it completes."""
    assert tables(["汇总表"], heading, row) == []
    household = ["320324105201001", "王大", 3.0, "低保户", "因病", 2900.0]
    assert tables(heading, row, [""], HOUSEHOLD, household) == [("household", 1), ("household", 4)]


@pytest.mark.parametrize(
    "heading",
    [
        ["户主姓名", "联系电话", "行政村", "签名"],
        ["序号", "户主姓名", "行政村", "金额"],
        ["姓名", "联系电话", "行政村", "单位"],
    ],
)
def test_who_signed_and_whom_nothing_is_said_of_are_none(heading: list[Any]) -> None:
    household = ["320324105201001", "王大", 3.0, "低保户", "因病", 2900.0]
    rows = [heading, ["x"] * len(heading), [""], HOUSEHOLD, household]
    assert tables(*rows) == [("household", 4)]
