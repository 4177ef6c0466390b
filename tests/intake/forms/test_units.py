"""In what unit a form's numbers are: its label says so, a section, or a line 单位：万元."""

import pytest
from form_reading import form

from jiandang.register.cells import Raw
from jiandang.register.register import Register

HOUSEHOLD: list[list[Raw]] = [
    ["户编号", "320324105201001", "", "户主姓名", "张三丰"],
    ["家庭人口", 1.0, "", "主要致贫原因", "因病"],
]


def money(register: Register) -> list[float | None]:
    row = register.tables["household"].row(0, named=True)
    return [row["wage"], row["per_capita"], row["arable"]]


def remarks(register: Register) -> list[str]:
    return [remark for file in register.files for remark in file.remarks]


LAND: list[Raw] = ["耕地面积", 7.5, "", "住房面积", 90.0]


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ([["农户调查表"], ["单位：人、万元"]], "单位:人、万元"),
        ([["农户调查表", "", "", "", "（金额单位：万元）"]], "金额单位:万元"),
        ([["农户调查表（单位：万元）"]], "单位:万元"),
    ],
)
def test_a_line_above(above: list[list[Raw]], said: str) -> None:
    income: list[Raw] = ["工资性收入", 1.2, "", "人均纯收入（元）", 3570.0]
    found = form(*above, *HOUSEHOLD, income, LAND)
    assert money(found) == [12_000, 3570, 7.5]
    (remark,) = remarks(found)
    assert remark.endswith(f"”写着“{said}”：没有另写单位的按它读取")


@pytest.mark.parametrize("text", ["单位：元", "单位：人", "填报单位：官山镇", "计量单位：亩、元"])
def test_a_line_above_that_names_no_other_unit_of_money(text: str) -> None:
    income: list[Raw] = ["工资性收入", 1200.0, "", "人均纯收入", 3570.0]
    found = form(["农户调查表"], [text], *HOUSEHOLD, income, LAND)
    assert money(found) == [1200, 3570, 7.5]
    assert remarks(found) == []


def test_an_office_is_no_unit() -> None:
    helper: list[Raw] = ["帮扶责任人", "李四", "", "单位：官山镇", ""]
    found = form(["农户调查表"], *HOUSEHOLD, helper, ["工资性收入", 1200.0, "", *LAND[:2]])
    assert found.tables["household"]["wage"].to_list() == [1200]


@pytest.mark.parametrize(
    "rows",
    [
        [["家庭收入情况（千元）"], ["工资性收入", 12.0, "", "人均纯收入", 3.57]],
        [["家庭收入（千元）", "工资性收入", 12.0, "人均纯收入", 3.57]],
        [
            ["项目", "2014年", "2015年"],
            ["工资性收入(千元)", 9.0, 12.0],
            ["人均纯收入(千元)", 3.0, 3.57],
        ],
        [
            ["单位：千元"],
            ["项目", "2014年", "2015年"],
            ["工资性收入", 9.0, 12.0],
            ["人均纯收入", 3.0, 3.57],
        ],
    ],
)
def test_a_section_and_years_across(rows: list[list[Raw]]) -> None:
    found = form(["农户调查表"], *HOUSEHOLD, LAND, *rows, ["户主签字", "张三丰"])
    assert money(found) == [12_000, 3570, 7.5]


def test_a_value_that_the_line_does_not_fit_is_left_and_it_is_said() -> None:
    income: list[Raw] = ["工资性收入", 1.2, "", "人均纯收入", 3570.0]
    found = form(["农户调查表"], ["单位：万元"], *HOUSEHOLD, income, LAND)
    assert money(found) == [12_000, 3570, 7.5]
    assert [remark.rpartition("：")[2] for remark in remarks(found)] == [
        "没有另写单位的按它读取",
        "有的数和它不合，仍按规定的单位读取，请核对",
    ]


@pytest.mark.parametrize("label", ["住房面积（间）", "人均纯收入（元/月）"])
def test_a_label_with_a_unit_of_another_kind_is_not_taken(label: str) -> None:
    income: list[Raw] = ["工资性收入", 1200.0, "", label, 3.0]
    found = form(["农户调查表"], *HOUSEHOLD, income, LAND[:2])
    row = found.tables["household"].row(0, named=True)
    assert (row["wage"], row["house_area"], row["per_capita"]) == (1200, None, None)
    (remark,) = remarks(found)
    assert label.partition("（")[0] in remark


@pytest.mark.parametrize(
    ("amount", "unit", "read"),
    [
        (1.218, "万元", 12_180.0),
        (1.218, "（万元）", 12_180.0),
        (12_180.0, "元", 12_180.0),
        ("1.218万元", "", 12_180.0),
        (12_180.0, "现金", 12_180.0),  # no unit
    ],
)
def test_a_unit_in_the_cell_behind_the_number(amount: Raw, unit: str, read: float) -> None:
    income: list[Raw] = ["工资性收入", amount, unit, "人均纯收入（元）", 3570.0, "元"]
    land: list[Raw] = ["耕地面积", 7.5, "亩", "与村主干路距离", 400.0, "米"]
    found = form(["农户调查表"], *HOUSEHOLD, income, land)
    assert money(found) == [read, 3570, 7.5]
    assert found.tables["household"]["road_distance"].to_list() == [0.4]


def test_a_unit_of_another_kind_behind_the_number_is_not_taken() -> None:
    found = form(["农户调查表"], *HOUSEHOLD, LAND[:2], ["住房面积", 3.0, "间", "工资性收入", 1.0])
    row = found.tables["household"].row(0, named=True)
    assert (row["house_area"], row["wage"]) == (None, 1)
    (remark,) = remarks(found)
    assert "住房面积" in remark
