"""Two surveyors in two columns, however these are called: both are kept, and no error is told."""

import pytest

import jiandang
from jiandang.formats.grid import Grid, Range
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
VISIT: list[Raw] = ["320324105201001", "2016-3-1"]


def read(*rows: list[Raw], merged: list[Range] | None = None) -> Register:
    return register_of([Grid("入户调查", [*rows], merged=merged or [])], POLICY)


def assert_both(register: Register) -> None:
    (row,) = register.tables["survey"].iter_rows(named=True)
    assert (row["surveyor_1"], row["surveyor_2"]) == ("王伟", "李强")
    assert row["reviewer"] == "赵六"
    assert not jiandang.check(register, select=["DC002", "LR002", "LR003"]).findings


@pytest.mark.parametrize(
    "pair",
    [
        "调查员 调查员", "调查人 调查人", "入户调查员 入户调查员", "调查人员 调查人员",
        "调查员1 调查员2", "调查员（一） 调查员（二）", "调查员一 调查员二", "调查员① 调查员②",
        "调查员A 调查员B", "调查员甲 调查员乙", "第一调查人 第二调查人", "调查员签字 调查员签字",
        "调查员1签名 调查员2签名", "调查人姓名 调查人姓名",
    ],
)  # fmt: skip
def test_two_columns(pair: str) -> None:
    assert_both(
        read(["户编号", "调查日期", *pair.split(), "审核员"], [*VISIT, "王伟", "李强", "赵六"])
    )


@pytest.mark.parametrize("below", ["姓名 姓名", "1 2", "签字 签字"])
def test_below_one_name(below: str) -> None:
    head: list[Raw] = ["户编号", "调查日期", "调查员", "", "审核人"]
    merged: list[Range] = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    rows: list[list[Raw]] = [head, ["", "", *below.split(), ""], [*VISIT, "王伟", "李强", "赵六"]]
    assert_both(read(*rows, merged=merged))


GROUPED: list[Raw] = ["调查日期", "调查员", "调查员", "审核人"]


@pytest.mark.parametrize("group", ["入户调查", "入户调查情况", "调查情况", "入户"])
@pytest.mark.parametrize(
    ("over", "under", "merged"),
    [
        ("户编号", "", [(0, 0, 1, 0), (0, 1, 0, 4)]),
        ("户编号", "", [(0, 1, 0, 4)]),
        ("户编号", "", []),
        ("基本情况", "户编号", [(0, 1, 0, 4)]),
        ("基本情况", "户编号", []),
    ],
)
def test_two_columns_below_a_group(group: str, over: str, under: str, merged: list[Range]) -> None:
    head: list[Raw] = [over, group, "", "", ""]
    row: list[Raw] = [*VISIT, "王伟", "李强", "赵六"]
    register = read(head, [under, *GROUPED], row, merged=merged)
    assert_both(register)
    assert register.tables["survey"]["household_id"].to_list() == VISIT[:1]


def test_surveyors_of_two_visits_are_no_pair() -> None:
    head: list[Raw] = ["户编号", "首次入户", "", "复查", ""]
    row: list[Raw] = ["", "调查日期", "调查员", "调查日期", "调查员"]
    merged: list[Range] = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]
    register = read(head, row, [*VISIT, "王伟", "2016-3-9", "李强"], merged=merged)
    assert jiandang.check(register, select=["LR002"]).findings


def test_one_name_merged_over_both() -> None:
    head: list[Raw] = ["户编号", "调查日期", "调查员", "", "审核人"]
    assert_both(read(head, [*VISIT, "王伟", "李强", "赵六"], merged=[(0, 2, 0, 3)]))


def test_one_column_with_both_and_a_single_surveyor() -> None:
    one = read(["户编号", "调查日期", "调查员"], [*VISIT, "王伟、李强"])
    assert one.tables["survey"]["surveyors"].to_list() == ["王伟、李强"]
    alone = read(["户编号", "调查日期", "调查员", "调查员"], [*VISIT, "王伟", ""])
    (found,) = jiandang.check(alone, select="DC002").findings
    assert found.cell == "D2"
