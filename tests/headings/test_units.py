"""In what unit numbers are: the heading says so, a group of headings, or a line above the table."""

from typing import Any

import pytest

from jiandang.formats.delimited import read_delimited
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, Register, row_of
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
VILLAGE = "320324105201"
HEADING = ["户编号", "户主姓名", "家庭人口", "农户属性", "耕地面积", "工资性收入", "人均纯收入"]
WIDTH = len(HEADING)


def household(number: int, *amounts: float | str) -> list[Any]:
    return [f"{VILLAGE}{number:03}", f"张{'一二三四五六'[number]}", 1.0, "一般贫困户", *amounts]


def rectangle(*rows: list[Any]) -> list[list[Any]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def read(*rows: list[Any], **more: Any) -> Register:
    return register_of([Grid("Sheet1", rectangle(*rows), **more)], POLICY)


def line(text: str, column: int = 0) -> list[Any]:
    return [*[""] * column, text]


def values(register: Register, column: str) -> list[Any]:
    return register.tables["household"][column].to_list()


def told(register: Register) -> list[Observation]:
    return [seen for seen in register.observations if seen.notice is Notice.LENIENT]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("单位：万元", 0.357),
        ("单位:千元", 3.57),
        ("金额单位：百元", 35.7),
        ("说明：金额单位均为百元", 35.7),
        ("（单位：万元）", 0.357),
        ("单位：人、万元", 0.357),
        ("单位：人 、 亩 、 人民币万元", 0.357),
        ("填报单位：官山镇　　单位：万元", 0.357),
    ],
)
@pytest.mark.parametrize("column", [0, 3, WIDTH - 1, WIDTH])
def test_a_line_above_the_table(text: str, amount: float, column: int) -> None:
    found = read(line("农户收入表"), line(text, column), HEADING, household(1, 7.5, 0.0, amount))
    assert values(found, "per_capita") == [3570]
    assert values(found, "arable") == [7.5]
    (seen,) = told(found)
    assert (seen.column, row_of(seen.ref)) == ("per_capita", 4)
    assert seen.seen["known"].startswith("3570元（表头上面写着“")


@pytest.mark.parametrize(
    "text",
    [
        "单位：元", "计量单位：亩、元", "单位：户", "单位：人", "单位：官山镇", "单位名称：万元村",
        "填报单位：官山镇人民政府", "单位：元、万元", "人均收入0.5万元以下的农户", "单位：公里",
    ],
)  # fmt: skip
def test_a_line_above_the_table_that_names_no_other_unit_of_money(text: str) -> None:
    found = read(line(text), HEADING, household(1, 7.5, 5000.0, 3570.0))
    assert (values(found, "wage"), values(found, "per_capita")) == ([5000], [3570])
    assert values(found, "arable") == [7.5]
    assert told(found) == []


def test_a_line_is_told_of_once_for_all_its_columns() -> None:
    rows = [household(i, 7.5, 1.2 + i, 0.357) for i in range(1, 5)]
    found = read(["收入表", *[""] * (WIDTH - 2), "单位：万元"], HEADING, *rows)
    assert values(found, "wage") == [22_000, 32_000, 42_000, 52_000]
    (seen,) = told(found)
    assert seen.seen["known"] == "22000元（表头上面写着“单位:万元”，“人均纯收入(元)”也是）"
    assert (seen.value, seen.seen["cells"]) == ("2.2", "F3:F6")


def test_the_headings_own_unit_is_before_that_of_a_line() -> None:
    heading = [*HEADING[:-1], "人均纯收入（元）"]
    found = read(line("单位：万元"), heading, household(1, 7.5, 1.2, 3570.0))
    assert (values(found, "wage"), values(found, "per_capita")) == ([12_000], [3570])


def test_a_cells_own_unit_is_before_that_of_a_line() -> None:
    found = read(
        line("单位：万元"), HEADING, household(1, 7.5, 1.2, 0.357), household(2, 1.0, "800元", 0.3)
    )
    assert values(found, "wage") == [12_000, 800]


@pytest.mark.parametrize("merged", [[(0, 5, 0, 6)], []])
def test_a_group_of_headings(merged: list[tuple[int, int, int, int]]) -> None:
    groups = ["", "", "", "", "土地", "家庭收入情况（万元）", ""]
    found = read(groups, HEADING, household(1, 7.5, 1.2, 0.357), merged=merged)
    assert (values(found, "wage"), values(found, "per_capita")) == ([12_000], [3570])
    (seen,) = told(found)
    assert "家庭收入情况(万元)" in seen.seen["known"]


def test_a_group_of_headings_is_of_its_own_columns_and_before_a_line() -> None:
    groups = ["", "", "", "", "", "劳动收入（单位：千元）", "全部收入"]
    found = read(line("单位：万元"), groups, HEADING, household(1, 7.5, 12.0, 0.357))
    assert (values(found, "wage"), values(found, "per_capita")) == ([12_000], [3570])
    assert len(told(found)) == 2


def test_a_title_with_a_unit() -> None:
    found = read(line("官山镇农户收入表（万元）"), HEADING, household(1, 7.5, 1.2, 0.357))
    assert (values(found, "wage"), values(found, "per_capita")) == ([12_000], [3570])


def test_a_unit_alone_in_the_second_row_of_a_heading() -> None:
    merged = [(0, column, 1, column) for column in range(WIDTH - 1)]
    found = read(
        HEADING, line("（万元）", WIDTH - 1), household(1, 7.5, 900.0, 0.357), merged=merged
    )
    assert (values(found, "wage"), values(found, "per_capita")) == ([900], [3570])


def test_values_that_a_line_does_not_fit_are_left_and_it_is_said() -> None:
    """The line is left over from another table: nobody has 30 million 元 a year."""
    rows = [household(i, 7.5, 1.2, 3000.0 + i) for i in range(1, 4)]
    found = read(line("单位：万元"), HEADING, *rows)
    assert values(found, "per_capita") == [3001, 3002, 3003]
    assert values(found, "wage") == [12_000] * 3
    said = {seen.column: seen.seen["known"] for seen in told(found)}
    assert said["per_capita"] == "3001元（表头上面写着“单位:万元”，和填的数不合，仍按元读）"
    assert said["wage"] == "12000元（表头上面写着“单位:万元”）"


def test_one_household_far_above_the_others_is_no_reason_to_doubt_the_line() -> None:
    rows = [household(i, 7.5, 1.0, 0.357) for i in range(1, 4)]
    found = read(line("单位：万元"), HEADING, *rows, household(4, 7.5, 35.0, 35.0))
    assert values(found, "per_capita") == [3570, 3570, 3570, 350_000]


@pytest.mark.parametrize(("text", "benefit"), [("单位：百元", 9.0), ("", 900.0)])
def test_each_of_two_tables_below_each_other_has_its_own_line(text: str, benefit: float) -> None:
    found = read(
        line("单位：万元"),
        HEADING,
        household(1, 7.5, 1.2, 0.357),
        line("合计"),
        line(text),
        ["户编号", "姓名", "性别", "证件号码", "与户主关系", "低保残疾金"],
        [f"{VILLAGE}001", "张一", "男", "320324196001010018", "户主", benefit],
    )
    assert values(found, "per_capita") == [3570]
    assert found.tables["member"]["benefit"].to_list() == [900]


def test_each_of_two_tables_beside_each_other_has_its_own_line() -> None:
    left, right = household(1, 7.5, 1.2, 0.357), household(2, 7.5, 12.0, 3.57)
    lines = ["单位：万元", *[""] * (WIDTH + 2), "单位：千元"]
    found = read(lines, [*HEADING, "", *HEADING], [*left, "", *right])
    assert values(found, "per_capita") == [3570, 3570]


def test_a_line_in_a_csv_file() -> None:
    rows = [line("收入表"), line("单位：万元", WIDTH - 1), HEADING, household(1, 7.5, 1.2, 0.357)]
    text = "\n".join(",".join(map(str, row)) for row in rectangle(*rows))
    found = register_of([read_delimited(text, "收入", [])], POLICY)
    assert (values(found, "wage"), values(found, "per_capita")) == ([12_000], [3570])


def test_a_line_of_areas_and_distances() -> None:
    heading = [*HEADING[:4], "耕地面积", "住房面积", "与村主干路距离"]
    found = read(line("单位：公顷、平方米、里"), heading, household(1, 0.5, 90.0, 3.0))
    read_as = [values(found, name) for name in ("arable", "house_area", "road_distance")]
    assert read_as == [[7.5], [90], [1.5]]


def test_mu_above_a_table_is_not_said_of_its_houses() -> None:
    heading = [*HEADING[:4], "耕地面积", "住房面积"]
    found = read(line("单位：亩"), heading, household(1, 7.5, 90.0))
    assert (values(found, "arable"), values(found, "house_area")) == ([7.5], [90])


def test_a_villages_income_under_a_line_of_yuan() -> None:
    heading = ["村码", "行政村", "农村户数", "农村人口", "村集体收入"]
    found = read(line("单位：元"), heading, [VILLAGE, "王庄村", 300.0, 900.0, 180_000.0])
    assert found.tables["village"]["collective_income"].to_list() == [18]
    found = read(line("单位：元"), heading, [VILLAGE, "王庄村", 300.0, 900.0, 18.0])
    assert found.tables["village"]["collective_income"].to_list() == [18]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("住房面积（间）", "house_area"),
        ("住房面积(单位：间)", "house_area"),
        ("住房面积（元）", "house_area"),
        ("耕地面积（块）", "arable"),
        ("与村主干路距离（分钟）", "road_distance"),
        ("人均纯收入（元/月）", "per_capita"),
        ("人均纯收入（元/人·月）", "per_capita"),
        ("工资性收入（每月）", "wage"),
        ("工资性收入（元/天）", "wage"),
    ],
)
def test_a_heading_with_a_unit_of_another_kind_is_not_taken(heading: str, column: str) -> None:
    found = read([*HEADING[:4], heading], household(1, 3.0))
    assert column not in found.tables["household"].columns or values(found, column) == [None]
    (seen,) = [s for s in found.observations if s.notice is Notice.UNKNOWN_COLUMN]
    assert (seen.seen["nearest"], "换算不成" in seen.seen["why"]) == ("", True)


@pytest.mark.parametrize(
    ("heading", "column", "value"),
    [
        ("住房面积（㎡）", "house_area", 3),
        ("住房面积（平方米，间数另填）", "house_area", 3),
        ("耕地面积（分）", "arable", 0.3),
        ("人均纯收入（元/年）", "per_capita", 3),
        ("人均纯收入（元/人·年）", "per_capita", 3),
        ("人均纯收入（年）", "per_capita", 3),
        ("工资性收入（务工）", "wage", 3),
        ("住房面积m2", "house_area", 3),
        ("住房面积平方米", "house_area", 3),
        ("人均纯收入元", "per_capita", 3),
        ("人均纯收入万元", "per_capita", 30000),
        ("耕地面积亩", "arable", 3),
        ("与村主干路距离米", "road_distance", 0.003),
        ("与村主干路距离km", "road_distance", 3),
    ],
)
def test_what_is_a_columns_unit_or_no_unit_in_its_heading(
    heading: str, column: str, value: float
) -> None:
    found = read([*HEADING[:4], heading], household(1, 3.0))
    assert values(found, column) == [pytest.approx(value)]
