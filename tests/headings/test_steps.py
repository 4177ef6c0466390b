"""Headings of the steps of identification: their level, what is done and which day, in any form."""

from datetime import date

import pytest

from jiandang.formats.grid import Grid, Range
from jiandang.headings.steps import Step, step_of
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
WHO: list[Raw] = ["320324105201001", "张三"]
PERIODS: list[Raw] = ["3.6-3.13", "3.14-3.21", "3.22-3.28"]
SIX = [date(2016, 3, day) for day in (6, 13, 14, 21, 22, 28)]
NAMES = [
    f"{level}_notice_{day}" for level in ("village", "town", "county") for day in ("start", "end")
]


@pytest.mark.parametrize(
    ("stack", "column"),
    [
        ("村公示开始时间", "village_notice_start"),
        ("村公示起始日期", "village_notice_start"),
        ("村公示截止时间", "village_notice_end"),
        ("镇公示截止日期", "town_notice_end"),
        ("乡镇公示开始时间", "town_notice_start"),
        ("乡（镇）公示结束时间", "town_notice_end"),
        ("县级公示起始时间", "county_notice_start"),
        ("县公告截止时间", "county_notice_end"),
        ("公示时间（村）/开始", "village_notice_start"),
        ("县/公示日期/止", "county_notice_end"),
        ("评议时间/村", "appraised"),
        ("审核日期/乡镇", "town_reviewed"),
        ("审批时间/县级", "county_approved"),
        ("审核时间/县", "county_approved"),
    ],
)
def test_a_day_of_a_step(stack: str, column: str) -> None:
    assert step_of(stack.split("/")) == Step(column)


@pytest.mark.parametrize(
    "stack", ["村级公示时间", "公示时间/村", "公示/村级", "公示起止时间/村", "村/公示期"]
)
def test_a_period_of_a_step(stack: str) -> None:
    assert step_of(stack.split("/")) == Step("village_notice_start", is_period=True)


@pytest.mark.parametrize(
    "text", ["村公示天数", "公示", "村", "镇审核", "村干部公示", "公示结果/村", "县审核时间"]
)
def test_what_is_no_day_of_a_step(text: str) -> None:
    assert step_of(text.split("/")) is None


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("levels", ["村 镇 县", "村级 乡镇 县级", "村 乡（镇） 县（区）"])
@pytest.mark.parametrize("over", ["公示时间", "公示日期", "公示", "公示起止时间"])
def test_periods_below_one_name(over: str, levels: str, is_merged: bool) -> None:
    rows: list[list[Raw]] = [
        ["户编号", "户主姓名", over, "", ""],
        ["", "", *levels.split()],
        [*WHO, *PERIODS],
    ]
    merged: list[Range] = [(0, 2, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1)] if is_merged else []
    register = register_of([Grid("台账", rows, merged=merged)], POLICY)
    (row,) = register.tables["procedure"].iter_rows(named=True)
    assert [row[name] for name in NAMES] == SIX
    assert not any(register.sheets[0].has("procedure", name) for name in ("village", "town"))
    assert register.observations == []


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("levels", ["村 镇 县", "村级 乡镇 县级", "行政村 乡（镇） 县（市、区）"])
@pytest.mark.parametrize("over", ["公示时间", "公示", "三、公示起止时间"])
@pytest.mark.parametrize("place", ["户主姓名", "行政村"])
def test_a_row_of_groups_above_all_headings(
    place: str, over: str, levels: str, is_merged: bool
) -> None:
    rows: list[list[Raw]] = [
        ["柳湾村识别程序情况表", "", "", "", "", "", ""],
        ["基本情况", "", over, "", "", "审核审批情况", ""],
        ["户编号", place, *levels.split(), "乡镇审核日期", "县级审批日期"],
        ["320324105202001", "柳湾村", *PERIODS, date(2016, 3, 14), date(2016, 3, 21)],
    ]
    merged: list[Range] = [(1, 0, 1, 1), (1, 2, 1, 4), (1, 5, 1, 6)] if is_merged else []
    register = register_of([Grid("台账", rows, merged=merged)], POLICY)
    (row,) = register.tables["procedure"].iter_rows(named=True)
    assert [row[name] for name in NAMES] == SIX
    assert row["village"] == "柳湾村"  # of the title, or the column's own
    assert row["county_approved"] == date(2016, 3, 21)
    assert register.observations == []


ROWS = {"all": {0, 1}, "the groups": {0}, "the levels": {1}, "none": set[int]()}


@pytest.mark.parametrize("merged_in", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize(
    ("first", "last"), [("开始", "结束"), ("起", "止"), ("开始时间", "截止时间")]
)
def test_three_rows_of_headings(first: str, last: str, merged_in: set[int]) -> None:
    rows: list[list[Raw]] = [
        ["户编号", "户主姓名", "公示时间", "", "", "", "", ""],
        ["", "", "村", "", "镇", "", "县", ""],
        ["", "", *[first, last] * 3],
        [*WHO, *SIX],
    ]
    merged: list[Range] = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 7)]
    merged += [(1, column, 1, column + 1) for column in (2, 4, 6)]
    merged = [each for each in merged if each[0] in merged_in]
    register = register_of([Grid("台账", rows, merged=merged)], POLICY)
    (row,) = register.tables["procedure"].iter_rows(named=True)
    assert [row[name] for name in NAMES] == SIX


@pytest.mark.parametrize("merged_in", ROWS.values(), ids=ROWS)
def test_three_rows_with_all_headings_in_the_lowest(merged_in: set[int]) -> None:
    rows: list[list[Raw]] = [
        ["基本情况", "", "公示", "", "", "", "", "", "调查情况", "", ""],
        ["", "", "村级", "", "乡镇级", "", "县级", "", "", "", ""],
        ["户编号", "户主姓名", *["开始", "结束"] * 3, "调查时间", "调查人", "调查人"],
        [*WHO, *SIX, date(2016, 3, 1), "王伟", "李强"],
    ]
    merged: list[Range] = [(0, 0, 0, 1), (0, 2, 0, 7), (0, 8, 0, 10)]
    merged += [(1, column, 1, column + 1) for column in (2, 4, 6)]
    merged = [each for each in merged if each[0] in merged_in]
    register = register_of([Grid("台账", rows, merged=merged)], POLICY)
    (row,) = register.tables["procedure"].iter_rows(named=True)
    assert [row[name] for name in NAMES] == SIX
    (visit,) = register.tables["survey"].iter_rows(named=True)
    assert (visit["surveyor_1"], visit["surveyor_2"]) == ("王伟", "李强")


def test_reviews_below_one_name_are_no_places() -> None:
    rows: list[list[Raw]] = [
        ["户编号", "户主姓名", "评议日期", "审核时间", "", ""],
        ["", "", "", "村", "镇", "县"],
        [*WHO, "2016-3-5", "3.16", "3.24", "3.25"],
    ]
    register = register_of([Grid("台账", rows, merged=[(0, 3, 0, 5)])], POLICY)
    (row,) = register.tables["procedure"].iter_rows(named=True)
    assert (row["town_reviewed"], row["county_approved"]) == (date(2016, 3, 24), date(2016, 3, 25))
    assert "village" not in row or row["village"] is None
