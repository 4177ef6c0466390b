"""Grids of items, one a row, on a form: which of their columns has the values."""

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw
from jiandang.register.register import Register

HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201003", "", "", "填表日期", "2016年3月5日"],
    ["户主姓名", "赵大", "联系电话", "13852012345"],
    ["家庭人口", 2.0, "劳动力人数", 1.0],
    ["二、家庭成员"],
    ["序号", "姓名", "性别", "证件号码", "与户主关系", "文化程度", "健康状况"],
    [1.0, "赵大", "男", "320324196203191150", "户主", "小学", "健康"],
    [2.0, "钱二", "女", "320324196409251243", "配偶", "小学", "健康"],
    ["三、收入情况"],
]
FOOT: list[list[Raw]] = [
    ["四、生产生活条件"],
    ["耕地面积（亩）", 2.5, "住房面积（㎡）", 60.0],
    ["户主签字", "赵大"],
]
NAMES = ["工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "家庭纯收入", "人均纯收入"]
COLUMNS = ["wage", "business_income", "property_income", "transfer", "net_income", "per_capita"]
TRUE = [9000.0, 3000.0, 100.0, 500.0, 12600.0, 6300.0]
ROW = len(HEAD) + 2


def _read(heads: list[Raw], place: int, *, other: Raw = 1.0, item: int = 0) -> Register:
    """Of a form with the true values in one column of a grid, and others in the rest."""
    rows: list[list[Raw]] = []
    for name, value in zip(NAMES, TRUE, strict=True):
        row: list[Raw] = [other] * len(heads)
        row[item], row[place] = name, value
        rows.append(row)
    return form(*HEAD, heads, *rows, *FOOT)


def _is_form(register: Register) -> None:
    assert register.tables["member"]["name"].to_list() == ["赵大", "钱二"]
    assert says(register, "household", "head_name", "arable", "house_area") == [
        ("赵大", "B3"),
        (2.5, f"B{ROW + 7}"),
        (60.0, f"D{ROW + 7}"),
    ]


@pytest.mark.parametrize(
    ("heads", "place"),
    [
        (["项目", "2015年(元)", "2016年(元)"], 1),
        (["项目", "2014年收入", "2015年收入"], 2),
        (["项目", "2015年", "2016年计划"], 1),
        (["项目", "2016年计划", "2015年实际"], 2),
        (["项目", "2015年申报", "2015年核实"], 2),
        (["项目", "上年", "今年"], 1),  # of 2016, as it is dated
        (["项目", "本年数", "上年数"], 2),
        (["项目", "申报金额", "核实金额"], 2),
        (["项目", "实际", "计划"], 1),
        (["项目", "金额(元)", "备注"], 1),
        (["项目", "计算依据", "金额(元)"], 2),
        (["收入来源", "金额", "占比(%)"], 1),
        (["项目", "金额(元)", "其中：现金"], 1),
        (["项目", "数量", "金额"], 2),
    ],
)
def test_the_heading_says_which_column_has_the_values(heads: list[Raw], place: int) -> None:
    register = _read(heads, place)
    _is_form(register)
    at = "ABC"[place]
    assert says(register, "household", *COLUMNS) == [
        (value, f"{at}{ROW + i}") for i, value in enumerate(TRUE)
    ]


@pytest.mark.parametrize("other", ["无", 1.0, ""])
def test_items_with_numbers_before_them(other: Raw) -> None:
    register = _read(["序号", "收入项目", "金额(元)", "备注"], 2, other=other, item=1)
    _is_form(register)
    assert says(register, "household", "wage", "per_capita") == [
        (9000.0, f"C{ROW}"),
        (6300.0, f"C{ROW + 5}"),
    ]


def test_amounts_in_the_unit_of_their_heading() -> None:
    rows: list[list[Raw]] = [["工资性收入", 0.9, "无"], ["家庭纯收入", 1.26, "无"]]
    register = form(*HEAD, ["项目", "金额(万元)", "备注"], *rows, *FOOT)
    assert says(register, "household", "wage") == [(9000.0, f"B{ROW}")]


def test_what_cannot_be_told_is_not_read_and_named() -> None:
    heads: list[Raw] = ["项目", "2016年计划", "2017年计划"]
    register = _read(heads, 1)
    _is_form(register)
    assert says(register, "household", "wage", "net_income")[0][0] is None
    named = f"收入情况({heads[1]}、{heads[2]})"
    assert named in "".join(str(remark) for remark in register.files[0].remarks)


def test_an_item_that_nobody_answered_ends_no_grid() -> None:
    rows: list[list[Raw]] = [["工资性收入", 1.0, 9000.0], ["其他"], ["家庭纯收入", 1.0, 12600.0]]
    register = form(*HEAD, ["项目", "申报", "核实"], *rows, *FOOT)
    assert says(register, "household", "wage", "net_income") == [
        (9000.0, f"C{ROW}"),
        (12600.0, f"C{ROW + 2}"),
    ]


def test_only_rows_of_the_year_count_where_each_has_its_own() -> None:
    rows: list[list[Raw]] = [[1.0, "低保金", 2014.0, 3000.0], [2.0, "低保金", 2015.0, 3600.0]]
    register = form(*HEAD, ["序号", "政策名称", "年度", "金额(元)"], *rows, *FOOT)
    assert says(register, "household", "dibao_money") == [(3600.0, f"D{ROW + 1}")]


def test_a_register_on_its_side_is_no_form() -> None:
    """A household a column, below a heading that names no kind of values."""
    rows: list[list[Raw]] = [[n, v, v + 1, v + 2] for n, v in zip(NAMES, TRUE, strict=True)]
    register = form(["登记表"], ["项目", "第一户", "第二户", "第三户"], *rows)
    assert register.tables["household"].is_empty()


YEARS: list[Raw] = ["年度", *NAMES]


@pytest.mark.parametrize("year", ["2015", "2015年", 2015.0])
def test_years_down_give_the_row_of_the_policys_year(year: Raw) -> None:
    before: list[Raw] = ["2014", *(value - 50 for value in TRUE)]
    register = form(*HEAD, YEARS, before, [year, *TRUE], ["2016"], *FOOT)
    assert says(register, "household", "income_year", *COLUMNS) == [
        (2015, f"A{ROW + 1}"),
        *((value, f"{'BCDEFG'[i]}{ROW + 1}") for i, value in enumerate(TRUE)),
    ]


def test_the_last_year_is_taken_and_told_where_the_policys_is_not_there() -> None:
    register = form(*HEAD, YEARS, ["2013", *TRUE], ["2014", *TRUE], *FOOT)
    assert says(register, "household", "income_year", "wage") == [
        (2014, f"A{ROW + 1}"),
        (9000.0, f"B{ROW + 1}"),
    ]
    assert "取了最后填写的2014年" in "".join(str(r) for r in register.files[0].remarks)


def test_results_of_help_with_the_policys_year_are_read() -> None:
    grid: list[list[Raw]] = [["年度", "家庭纯收入", "人均纯收入"], ["2015", 12600.0, 6300.0]]
    register = form(*HEAD[:-1], ["帮扶成效"], *grid)
    assert says(register, "household", "net_income") == [(12600.0, f"B{ROW}")]
    register = form(*HEAD[:-1], ["帮扶成效"], grid[0], ["2017", 12600.0, 6300.0])
    assert says(register, "household", "net_income")[0][0] is None
    assert "帮扶成效(年度、" in "".join(str(r) for r in register.files[0].remarks)


def test_a_plan_a_year_gives_nothing_and_is_named() -> None:
    grid: list[list[Raw]] = [["年度", "增收项目", "预计收入(元)"], [2015.0, "养羊", 3000.0]]
    register = form(*HEAD[:-1], ["脱贫计划"], *grid, *FOOT)
    assert says(register, "household", "income_year")[0][0] is None
    remarks = "".join(str(remark) for remark in register.files[0].remarks)
    assert "脱贫计划(年度、增收项目、预计收入(元))" in remarks


def test_of_an_item_that_comes_twice_none_is_taken() -> None:
    rows: list[list[Raw]] = [["低保金", "一季度", 900.0], ["低保金", "二季度", 950.0]]
    register = form(*HEAD, ["政策名称", "时间", "金额(元)"], *rows, *FOOT)
    assert says(register, "household", "dibao_money")[0][0] is None
    assert "低保金" in "".join(str(remark) for remark in register.files[0].remarks)
