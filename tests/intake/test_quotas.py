"""Quotas that are told by what the sheet is called: their headings are those of any sums."""

from pathlib import Path
from typing import Any

import pytest

from jiandang import Register, load, load_policy
from jiandang.formats.grid import Grid
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
ROWS: list[list[Any]] = [["王庄村", 35.0, 100.0], ["李庄村", 40.0, 120.0], ["合计", 75.0, 220.0]]


def read(name: str, *rows: list[Any]) -> Register:
    width = max(map(len, rows))
    return register_of([Grid(name, [[*r, *[""] * (width - len(r))] for r in rows])], POLICY)


def quota(register: Register) -> list[tuple[Any, ...]]:
    frame = register.tables["allocation"]
    return frame.select("place", "planned_households", "planned_persons").rows()


READ = [("王庄村", 35, 100), ("李庄村", 40, 120)]


@pytest.mark.parametrize(
    "heading",
    [
        ["单位", "户数", "人数"],
        ["村名", "户数（户）", "人口数（人）"],
        ["村", "户", "人"],
        ["行政村", "低收入户数", "低收入人口"],
    ],
)
@pytest.mark.parametrize("name", ["任务分解", "指标分配表", "各村任务数"])
def test_a_sheet_that_is_called_a_quota_is_one(heading: list[Any], name: str) -> None:
    assert quota(read(name, heading, *ROWS)) == READ
    titled = read("Sheet1", [f"官山镇2016年低收入农户{name}"], heading, *ROWS)
    assert quota(titled) == READ


@pytest.mark.parametrize("heading", [["村名", "户数", "人数"], ["行政村", "计划户数", "计划人数"]])
def test_two_halves_of_a_quota_beside_each_other(heading: list[Any]) -> None:
    rows = [[*ROWS[0], *ROWS[1]], ["", "", "", "柳湾村", 5.0, 20.0]]
    read_ = quota(read("任务分解", [*heading, *heading], *rows))
    assert sorted(read_) == sorted([*READ, ("柳湾村", 5, 20)])


def test_a_group_over_the_numbers_may_say_it() -> None:
    assert quota(read("Sheet1", ["行政村", "任务数", ""], ["", "户数", "人数"], *ROWS)) == READ


@pytest.mark.parametrize(
    "name", ["Sheet1", "统计表", "任务完成情况", "资金分配表", "2016年脱贫任务分解表"]
)
def test_sums_of_another_name_are_no_quota_and_are_told(name: str) -> None:
    register = read(name, ["单位", "户数", "人数"], *ROWS)
    assert not register.sheets
    assert any("没有认出是哪张登记表" in remark for remark in register.files[0].remarks)


def test_a_register_of_such_a_name_is_read_as_ever() -> None:
    heading = ["户编号", "户主姓名", "家庭人口", "农户属性", "户数", "人数"]
    row = ["320324105201001", "王大", 3.0, "低保户", 1.0, 3.0]
    assert [sheet.table for sheet in read("任务分解", heading, row).sheets] == ["household"]


def test_of_a_sheet_without_a_name_the_file_says_it(tmp_path: Path) -> None:
    path = tmp_path / "官山镇任务分解表.csv"
    path.write_text("单位,户数,人数\n王庄村,35,100\n李庄村,40,120\n", encoding="utf-8")
    assert quota(load(path)) == READ
