"""Rows of a form that look like another kind of row: pairs, years, persons with texts beside."""

import pytest
from form_kinds import GRID, Writer, families
from form_paper import Household, Paper
from form_reading import differences, read
from form_reading import form as page
from test_pages import simple

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

TOP: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201001", "户主姓名", "张三丰", "家庭人口", 1.0],
    ["主要致贫原因", "因病", "联系电话", "13852012345", "耕地面积(亩)", 2.5],
    ["是否危房", "□是 ☑否", "有无卫生厕所", "☑有 □无"],
]


def form(*rows: list[Raw]) -> Register:
    return page(*TOP, *rows)


def said(register: Register, *columns: str) -> list[object]:
    assert register.tables["household"].height == 1
    row = register.tables["household"].row(0, named=True)
    return [row[name] for name in columns]


# -- amounts that could be years ---------------------------------------------------------------


@pytest.mark.parametrize("amounts", [(2000.0, 2000.0), (2010.0, 2040.0), ("2015", "2016")])
def test_amounts_of_two_thousand_are_no_years(amounts: tuple[Raw, Raw]) -> None:
    found = form(
        ["家庭纯收入(元)", amounts[0], "", "人均纯收入(元)", amounts[1]],
        ["工资性收入(元)", 1500.0, "", "财产性收入(元)", 0.0],
    )
    own = [float(str(amount)) for amount in amounts]
    assert said(found, "net_income", "per_capita", "wage") == [*own, 1500]


@pytest.mark.parametrize(
    "years",
    [
        ("2014年", "2015年"),
        (2014.0, 2015.0),
        ("2014", "2015"),
        ("14年", "15年度"),
        ("二〇一四年", "二〇一五年"),
        ("一四年", "一五年"),
    ],
)
@pytest.mark.parametrize("head", ["项目", "年度"])
def test_years_across(years: tuple[Raw, Raw], head: str) -> None:
    found = form([head, *years], ["工资性收入", 900.0, 1500.0], ["人均纯收入", 1000.0, 2000.0])
    assert said(found, "income_year", "wage", "per_capita") == [2015, 1500, 2000]


def test_columns_of_amounts_under_headings_nobody_knows_make_no_list_of_a_form() -> None:
    """A list with a household in each column names each of them."""
    incomes = ["工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "人均纯收入"]
    rows: list[list[Raw]] = [[name, 900.0 + n, 1500.0 + n] for n, name in enumerate(incomes)]
    found = form(["指标", "甲", "乙"], *rows)
    assert found.tables["household"]["head_name"].to_list() == ["张三丰"]


@pytest.mark.parametrize("years", [("2014年", "2015年"), (2014.0, 2015.0)])
def test_years_side_by_side(years: tuple[Raw, Raw]) -> None:
    found = form(
        ["指标", *years, "指标", *years],
        ["工资性收入", 900.0, 1500.0, "生产经营性收入", 800.0, 700.0],
        ["人均纯收入", 1000.0, 2000.0, "财产性收入", 5.0, 10.0],
    )
    names = ("income_year", "wage", "business_income", "per_capita", "property_income")
    assert said(found, *names) == [2015, 1500, 700, 2000, 10]


NEAR: list[list[Raw]] = [["工资性收入", 900.0, 1500.0], ["人均纯收入", 1000.0, 2000.0]]


@pytest.mark.parametrize(
    ("title", "day", "heads", "taken"),
    [
        ("贫困户登记表", "填表日期：2016年3月18日", ("上年", "今年"), [2015, 900, 1000]),
        ("贫困户登记表", "填表日期：2015-12-18", ("上年度", "本年度"), [2015, 1500, 2000]),
        ("2016年贫困户登记表", "", ("上年度(元)", "本年度(元)"), [2015, 900, 1000]),
        ("2015年贫困户登记表", "", ("去年", "当年"), [2015, 1500, 2000]),
        # Which year they mean nobody says, or the form says two.
        ("贫困户登记表", "", ("上年", "今年"), [None, None, None]),
        ("2015年贫困户登记表", "填表日期：2016年3月18日", ("上年", "今年"), [None, None, None]),
    ],
)
def test_last_year_and_this_are_counted_from_the_forms_own(
    title: str, day: str, heads: tuple[str, str], taken: list[int | None]
) -> None:
    rows: list[list[Raw]] = [["项目", *heads], *NEAR, ["户主签字：张三丰", "", day]]
    found = page([title], *TOP[1:], *rows)
    assert said(found, "income_year", "wage", "per_capita") == taken
    # What is not taken is named.
    assert bool(found.files[0].remarks) == (taken[0] is None)


@pytest.mark.parametrize("rows", [NEAR, NEAR[:1]])
def test_a_section_right_below_the_years_is_none_of_their_rows(rows: list[list[Raw]]) -> None:
    below: list[list[Raw]] = [["四、其他情况"], ["住房面积(㎡)", 60.0, "水面面积(亩)", 1.0]]
    found = form(["项目", "2014年", "2015年"], *rows, *below)
    assert said(found, "wage", "house_area", "water_area") == [1500, 60, 1]
    assert found.files[0].remarks == []


def test_a_numbered_item_without_amounts_is_no_section() -> None:
    rows: list[list[Raw]] = [NEAR[0], ["二、土地流转情况"], NEAR[1]]
    found = form(["项目", "2014年", "2015年"], *rows)
    assert said(found, "wage", "per_capita") == [1500, 2000]
    assert len(found.files[0].remarks) == 1


def test_signatures_right_below_the_years_are_none_of_their_rows() -> None:
    found = form(
        ["项目", "2015年", "2014年"],
        ["人均纯收入", 2000.0, 1000.0],
        ["户主签字：张三丰", "调查人：李四、王五", "填表日期：2016年3月18日"],
    )
    survey = found.tables["survey"].row(0, named=True)
    assert (survey["head_signed"], survey["surveyor_1"]) == ("张三丰", "李四")
    assert found.files[0].remarks == []


# -- persons in pairs --------------------------------------------------------------------------


def test_the_head_in_pairs_is_no_heading_of_members() -> None:
    number = "320324196203191150"
    found = form(
        ["一、户主情况"],
        ["姓名", "张三丰", "性别", "男", "身份证号", number],
        ["二、家庭成员"],
        ["姓名", "与户主关系", "性别", "身份证号", "文化程度"],
        ["张三丰", "户主", "男", number, "小学"],
    )
    assert said(found, "head_id") == [number]
    assert found.tables["member"]["name"].to_list() == ["张三丰"]
    # What a remark names are labels, never who it is about.
    assert found.files[0].remarks == []


@pytest.mark.parametrize("is_side", [True, False])
def test_the_helper_in_pairs(is_side: bool) -> None:
    lead: list[Raw] = ["帮扶责任人"] if is_side else []
    rows: list[list[Raw]] = [
        [*lead, "姓名", "周敬贤", "单位", "水务局"],
        [*([""] if is_side else []), "职务", "科员", "联系电话", "13852030117"],
    ]
    if not is_side:
        rows.insert(0, ["帮扶责任人"])
    every = [*TOP, *rows]
    grid = Grid("S", [[*row, *[""] * (6 - len(row))] for row in every])
    if is_side:
        grid = Grid("S", grid.rows, [(len(TOP), 0, len(TOP) + 1, 0)])
    found = read(grid)
    names = ("helper", "helper_unit", "helper_post", "helper_phone", "phone")
    own = ["周敬贤", "水务局", "科员", "13852030117", "13852012345"]
    assert said(found, *names) == own
    assert found.files[0].remarks == []


def test_what_is_empty_about_the_helper_takes_no_neighbour() -> None:
    found = form(
        ["帮扶责任人"], ["姓名", "", "单位", ""], ["职务", "科员", "联系电话", "13852030117"]
    )
    assert said(found, "helper", "helper_unit", "helper_post") == [None, None, "科员"]


@pytest.mark.parametrize(
    "heads",
    [
        ["收入项目", "金额(元)", "", "备注"],
        ["项目", "单位", "数量", "项目"],
        ["指标", "数量", "", "备注"],
    ],
)
def test_a_heading_of_items_right_below_the_members_is_nobody(heads: list[Raw]) -> None:
    found = form(
        ["姓名", "与户主关系", "性别", "身份证号", "文化程度"],
        ["张三丰", "户主", "男", "320324196203191150", "小学"],
        heads,
        ["工资性收入", 1500.0],
    )
    assert found.tables["member"]["name"].to_list() == ["张三丰"]
    assert said(found, "wage") == [1500]


def test_a_person_of_whom_little_is_written_stays_one() -> None:
    found = form(
        ["姓名", "与户主关系", "性别", "身份证号", "文化程度"],
        ["张三丰", "户主", "男", "320324196203191150", "小学"],
        ["张小三", "", "不详", "未办", ""],
        ["工资性收入", 1500.0],
    )
    assert found.tables["member"]["name"].to_list() == ["张三丰", "张小三"]


# -- texts beside the form ---------------------------------------------------------------------

CODES = [
    "代码说明：", "文化程度：1文盲半文盲 2小学 3初中 4高中",
    "健康状况：1健康 2长期慢性病 3患有大病 4残疾", "劳动能力：1技能劳动力 2普通劳动力",
    "致贫原因：因病、因残、因学、因灾、缺土地、缺水、缺技术、缺劳力、缺资金、交通条件落后、其他",
]  # fmt: skip


@pytest.mark.parametrize("first", range(8))
def test_codes_printed_beside_the_members_end_no_grid(first: int) -> None:
    paper, households, row = Paper(), [], 0
    for family in families(2):
        writer = Writer(paper, Household(), row)
        simple(writer, family)
        for i, text in enumerate(CODES):
            paper.write(row + first + i, 13, text)
        households.append(writer.household)
        row = writer.row
    assert differences(read(paper.grid()), households) == []


def test_a_second_person_beside_the_first_behind_a_gap_is_read() -> None:
    family = families(1)[0]
    writer = Writer(Paper(), Household())
    simple(writer, family)
    extra = Writer(writer.paper, writer.household, writer.row)
    extra.paper.write(extra.row, 0, "附页")
    extra.row += 1
    some: list[Raw] = ["姓名", "与户主关系", "文化程度", "", "姓名", "与户主关系", "文化程度"]
    values: list[Raw] = ["田小七", "之孙女", "小学", "", "田小八", "之孙子", "小学"]
    for column, (text, value) in enumerate(zip(some, values, strict=True)):
        extra.paper.write(extra.row, column, text)
        extra.paper.write(extra.row + 1, column, value)
    found = read(extra.paper.grid())
    assert found.tables["member"]["name"].to_list()[-2:] == ["田小七", "田小八"]
    assert len(GRID) > 3
