"""耕地 in 水田 and 旱地, 住房 as 结构, 间数 and 面积: the visit forms' amounts in parts."""

import pytest
from form_reading import place, read

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw


def value_of(column: str, *line: Raw) -> tuple[object, str]:
    rows: list[list[Raw]] = [
        ["入户调查表"],
        ["户编号", "320324105201007", "户主姓名", "刘大柱", "家庭人口", 2.0],
        [*line],
        ["饮水是否困难", "□是☑否", "人均纯收入（元）", 3200.0],
        ["主要致贫原因", "因病", "调查日期", "2016年3月10日", "调查人", "李明、赵强"],
    ]
    width = max(map(len, rows))
    register = read(Grid("S", [[*row, *[""] * (width - len(row))] for row in rows]))
    (row,) = register.tables["household"].iter_rows(named=True)
    assert register.observations == []
    assert row["per_capita"] == 3200
    return row[column], place(register, row, column)


@pytest.mark.parametrize(
    "line",
    [
        ["耕地", "水田1.5亩", "旱地2亩"],
        ["耕地", "水田", "1.5亩", "旱地", "2亩"],
        ["耕地（亩）", "水田：1.5  旱地：2"],
        ["耕地面积", "水田 1.5 亩，旱地 2 亩"],
        ["耕地", "水田1.5亩", "旱地2亩", "合计3.5亩"],
        ["耕地", "共3.5亩", "其中水田1.5亩", "旱地2亩"],
        ["耕地", "水田__1.5__亩", "旱地__2__亩"],
    ],
)
def test_land_is_the_sum_of_its_kinds(line: list[Raw]) -> None:
    assert value_of("arable", *line) == (3.5, "S!B3")


def test_land_of_one_kind_and_of_none() -> None:
    assert value_of("arable", "耕地", "水田", "", "旱地", "2亩")[0] == 2
    assert value_of("arable", "耕地", "水田__亩", "旱地__亩")[0] is None


@pytest.mark.parametrize(
    "line",
    [
        ["住房", "结构：砖混", "间数：3间", "面积：80㎡"],
        ["住房", "结构", "砖混", "间数", "3", "面积", "80"],
        ["住房情况", "砖混结构3间80平方米"],
        ["住房（结构/间数/面积）", "砖混 3 间 80 ㎡"],
        ["住房", "结构：砖混 间数：3 面积：80"],
    ],
)
def test_the_area_of_a_house_among_what_else_is_said_of_it(line: list[Raw]) -> None:
    assert value_of("house_area", *line) == (80, "S!B3")


@pytest.mark.parametrize("line", [["耕地面积", 3.5], ["耕地", "3.5亩"]])
def test_land_that_is_not_in_parts(line: list[Raw]) -> None:
    assert value_of("arable", *line) == (3.5, "S!B3")
