"""Where clerks write the value of a label, beside the cell at its right."""

import pytest
from form_kinds import ROADS, Writer, card, families, national_back
from form_paper import Household, Paper
from form_reading import differences, place, read
from test_beside import TOP, form, said
from test_pages import simple

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register


def at(register: Register, name: str) -> str:
    return place(register, register.tables["household"].row(0, named=True), name)


def faults(register: Register) -> list[str]:
    return [o.notice for o in register.observations]


# -- choices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("是", "否"), ("有", "无")])
def test_ticks_under_the_options_that_head_them(words: tuple[str, str]) -> None:
    found = form(
        ["二、生产生活条件"],
        ["项目", *words, "项目", *words],
        ["饮水是否安全", "√", "", "饮水是否困难", "", "√"],
        ["是否通生活用电", "", "", "是否通生产用电", "√", ""],
    )
    names = ("water_safe", "water_short", "electricity", "production_power")
    assert said(found, *names) == [True, False, None, True]
    assert at(found, "water_short") == "S!F7"
    assert found.files[0].remarks == []


def test_a_lone_tick_elsewhere_still_means_yes() -> None:
    found = form(["饮水是否安全", "√", "", "饮水是否困难", "否"])
    assert said(found, "water_safe", "water_short") == [True, False]


def test_two_ticks_under_both_options_are_no_value() -> None:
    found = form(["项目", "是", "否"], ["饮水是否安全", "√", "√"])
    assert said(found, "water_safe") == [None]
    assert len(faults(found)) == 1


def test_options_below_a_label_over_the_whole_page() -> None:
    rows: list[list[Raw]] = [*TOP, ["入户路类型"], ["□泥土路 □砂石路 ☑水泥路 □沥青路"]]
    grid = Grid("S", [[*r, *[""] * (6 - len(r))] for r in rows], [(4, 0, 4, 5), (5, 0, 5, 5)])
    found = read(grid)
    assert said(found, "road_type") == ["水泥路"]
    assert at(found, "road_type") == "S!A6"


@pytest.mark.parametrize("tick", ["①泥土路 ②砂石路 ③水泥路√ ④沥青路", "①泥土路②砂石路③水泥路☑"])
def test_a_tick_behind_a_circled_option(tick: str) -> None:
    found = form(["入户路类型", tick])
    assert said(found, "road_type") == ["水泥路"]
    assert faults(found) == []


def test_labels_over_choices_of_their_width() -> None:
    rows: list[list[Raw]] = [
        *TOP,
        ["入户路类型", "饮水是否安全", "", "", "", "", "", ""],
        ["□泥土路 □砂石路 ☑水泥路 □沥青路", "☑是 □否", "", "", "", "", "", ""],
        ["住房面积", 90.0, "", "", "", "", "", "备注"],
    ]
    grid = Grid("S", [[*r, *[""] * (8 - len(r))] for r in rows], [(4, 1, 4, 5), (5, 1, 5, 5)])
    found = read(grid)
    assert said(found, "road_type", "water_safe", "house_area") == ["水泥路", True, 90]
    assert len(ROADS) == 4


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("入户路类型：1、泥土路□ 2、砂石路□ 3、水泥路☑ 4、沥青路□", "水泥路"),
        ("入户路类型：①泥土路 ②砂石路 ③水泥路√ ④沥青路", "水泥路"),
        ("入户路类型：1、泥土路□ 2、砂石路□ 3、水泥路□ 4、沥青路□", None),
    ],
)
def test_numbered_options_behind_the_label_in_its_cell(cell: str, value: str | None) -> None:
    found = form([cell, "住房面积：90"])
    assert said(found, "road_type", "house_area") == [value, 90]
    assert faults(found) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.C级、2.D级（ 2 ）", "D级"),
        ("①C级②D级（  ）", None),
        ("C级√、D级", "C级"),
        ("A级/B级/C级/D级√", "D级"),
    ],
)
def test_options_that_begin_with_a_letter(cell: str, value: str | None) -> None:
    found = form(["危房等级", cell])
    assert said(found, "danger_grade") == [value]
    assert faults(found) == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("泥土路、砂石路√、水泥路", "砂石路"),
        ("1、泥土路 2、砂石路√", "砂石路"),
        ("泥土路，√砂石路，水泥路", "砂石路"),
    ],
)
def test_a_tick_is_of_the_option_that_no_sign_parts_it_from(cell: str, value: str) -> None:
    assert said(form(["入户路类型", cell]), "road_type") == [value]


def test_options_that_a_label_prints_are_no_answer() -> None:
    found = form(["入户路类型：1、泥土路 2、砂石路 3、水泥路 4、沥青路", 3.0])
    assert said(found, "road_type") == ["水泥路"]


# -- units and days in cells of their own ------------------------------------------------------


def test_a_unit_between_a_label_and_its_number() -> None:
    found = form(
        ["项目", "单位", "数量", "项目", "单位", "数量"],
        ["住房面积", "平方米", 86.0, "工资性收入", "万元", 1.2],
        ["林地面积", "亩", "", "与村主干路距离", "米", 400.0],
    )
    names = ("house_area", "wage", "forest", "road_distance")
    assert said(found, *names) == [86, 12_000, None, 0.4]
    assert (faults(found), found.files[0].remarks) == ([], [])


def test_a_unit_behind_a_number_or_behind_nothing() -> None:
    found = form(["住房面积", 86.0, "平方米"], ["林地面积", "", "亩"])
    assert said(found, "house_area", "forest") == [86, None]
    assert faults(found) == []


def test_a_unit_of_another_kind_is_said_and_not_read() -> None:
    found = form(["住房面积", "间", 3.0], ["林地面积", "亩", 1.0])
    assert said(found, "house_area", "forest") == [None, 1]
    (remark,) = found.files[0].remarks
    assert "住房面积(间)" in remark


@pytest.mark.parametrize("day", [(2016.0, "年", 3.0, "月", 18.0, "日"), ("2016年", "3月", "18日")])
def test_a_day_in_cells_of_its_own(day: tuple[Raw, ...]) -> None:
    found = form(["调查人", "李四、王五"], ["调查时间", *day], ["户主签字", "张三丰"])
    survey = found.tables["survey"].row(0, named=True)
    assert str(survey["surveyed"]) == "2016-03-18"
    assert place(found, survey, "surveyed") == "S!B6"


@pytest.mark.parametrize("label", ["调查人员签字", "调查人员", "调查员签名", "入户人员签字"])
def test_who_visited_is_called_in_many_ways(label: str) -> None:
    found = form([label, "李四 王五"], ["户主签字", "张三丰"])
    survey = found.tables["survey"].row(0, named=True)
    assert (survey["surveyor_1"], survey["surveyor_2"]) == ("李四", "王五")


# -- years in labels ---------------------------------------------------------------------------


def test_a_year_in_a_label() -> None:
    found = form(
        ["2014年工资性收入(元)", 900.0, "", "2015年工资性收入(元)", 1500.0],
        ["2014年人均纯收入", 1000.0, "", "人均纯收入(2015年)", 2000.0],
    )
    assert said(found, "wage", "per_capita") == [1500, 2000]
    assert found.files[0].remarks == []


@pytest.mark.parametrize("amount", [2000, 2014, 2015])
def test_an_amount_behind_a_colon_is_no_year(amount: int) -> None:
    found = form([f"家庭纯收入(元)：{amount}", f"人均纯收入：{amount}元"])
    assert said(found, "net_income", "per_capita") == [amount, amount]


def test_of_other_years_in_labels_the_last_is_taken_and_said() -> None:
    found = form(["2013年工资性收入(元)", 800.0, "", "2014年工资性收入(元)", 900.0])
    assert said(found, "wage") == [900]
    (remark,) = found.files[0].remarks
    assert "取了最后填写的2014年" in remark


@pytest.mark.parametrize("title", ["三、收入情况（2014年）", "2014年家庭收入情况", "2014年度收入"])
def test_the_year_of_a_section(title: str) -> None:
    assert said(form([title], ["工资性收入", 900.0]), "income_year") == [2014]


@pytest.mark.parametrize(
    ("first", "second", "years"),
    [
        ("三、2014年收入情况", "四、2015年收入情况", [2015]),
        ("三、2016年预计收入（元）", "四、2015年收入（元）", [2015]),
        ("三、今年预计收入", "四、上年收入", [None]),
        ("三、前年收入", "四、上年收入", [None]),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_sections_of_incomes_that_of_the_registers_year_is_read(
    first: str, second: str, years: list[int | None], *, is_first: bool
) -> None:
    sections: list[list[list[Raw]]] = [
        [[first], ["工资性收入", 900.0, "转移性收入", 90.0]],
        [[second], ["工资性收入", 1200.0, "转移性收入", 120.0]],
    ]
    own = sections[::-1] if is_first else sections
    found = form(*own[0], *own[1])
    household = found.tables["household"]
    assert household["wage"].to_list() == [1200] and household["transfer"].to_list() == [120]
    assert said(found, "income_year") == years
    assert any("工资性收入" in remark for remark in found.files[0].remarks)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2016年低收入农户登记表", None),
        ("2016年农户收入登记表", None),
        ("2015年度农户收入登记表", 2015),
    ],
)
def test_the_year_of_a_forms_title_is_that_of_the_form(title: str, year: int | None) -> None:
    head: list[Raw] = ["户编号", "320324105201001", "户主姓名", "张三丰", "家庭人口", 2.0]
    land: list[Raw] = ["联系电话", "13852012345", "耕地面积(亩)", 2.5]
    found = read(Grid("表", [[title], head, land, ["工资性收入", 900.0, "转移性收入", 90.0]]))
    assert said(found, "wage", "income_year") == [900, year]


@pytest.mark.parametrize(
    "text", ["脱贫目标：2016年人均纯收入达到6000元", "2017年收入计划", "2016年力争增加收入2000元"]
)
def test_a_goal_is_no_year_of_income(text: str) -> None:
    found = form([text], ["工资性收入", 900.0])
    assert found.tables["household"].get_column("wage").to_list() == [900]
    household = found.tables["household"]
    assert "income_year" not in household.columns or household["income_year"].to_list() == [None]


# -- notes, and labels that no column has ------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "说明：1.户主姓名：按户口簿填写；2.联系电话：填写手机号码；3.耕地面积：指承包面积。",
        "填表说明：户主姓名：户口簿上的户主；户编号：15位。",
        "4.住房面积：填建筑面积；家庭人口：按户籍人口填写。",
    ],
)
def test_a_note_with_labels_in_it_asks_for_nothing(note: str) -> None:
    paper, households, row = Paper(), [], 0
    for family in families(3):
        writer = Writer(paper, Household(), row)
        simple(writer, family)
        writer.title(note)
        households.append(writer.household)
        row = writer.row
    register = read(paper.grid())
    assert differences(register, households) == []
    assert faults(register) == []


def test_a_label_of_a_sentence_that_is_filled_in_is_read() -> None:
    found = form(["住房面积：86；家庭住址：睢宁县官山镇应庄村；开户银行：指南银行"])
    assert said(found, "house_area", "village") == [86, "应庄村"]


def test_the_next_label_is_no_value_though_no_column_has_it() -> None:
    """The 样本户 form of T001: 流转面积 is empty."""
    found = form(["承包耕地", "是否愿意流转", "1:是", "流转面积", "", "去年是否脱贫", "2:否"])
    assert said(found, "transferred") == [None]
    assert faults(found) == []


# -- front at the left, back at the right ------------------------------------------------------


@pytest.mark.parametrize("gap", [0, 1])
def test_the_back_at_the_right_of_the_front(gap: int) -> None:
    paper, households, row = Paper(), [], 0
    for family in families(3):
        own = Household()
        writer = Writer(paper, own, row)
        simple(writer, family)
        bottom = writer.row
        kept = dict(own.values)
        back = Writer(paper, own, row, left=12 + gap)
        back.title("贫困户登记表（背面）")
        national_back(back, family)
        own.values |= kept
        households.append(own)
        row = max(bottom, back.row)
    assert differences(read(paper.grid()), households) == []


def test_a_page_at_the_right_that_asks_for_the_same_is_nobodys() -> None:
    paper = Paper()
    one, two = families(2)
    simple(Writer(paper, Household()), one)
    writer = Writer(paper, Household(), left=13)
    simple(writer, two)
    for key, raw in [*paper.cells.items()]:
        if key[1] > 12 and raw in (two.code, two.head.name):
            del paper.cells[key]
    for key, raw in [*paper.cells.items()]:
        if key[1] > 12 and raw == two.head.name:
            del paper.cells[key]
    register = read(paper.grid())
    households = register.tables["household"]
    assert households["household_id"].to_list()[0] == one.code
    assert households["arable"].to_list()[0] == one.arable


def test_a_card_with_a_goal_is_read_whole() -> None:
    writer = Writer(Paper(), Household())
    card(writer, families(1)[0])
    writer.title("脱贫目标：2016年人均纯收入达到6000元")
    assert differences(read(writer.paper.grid()), [writer.household]) == []


# -- sentences ---------------------------------------------------------------------------------

VOTES = "应到__45__人，实到__40__人，同意__39__票"


@pytest.mark.parametrize(
    "text",
    [
        f"评议日期：2016年3月5日。{VOTES}",
        f"评议日期：2016年3月5日；{VOTES}",
        f"评议日期：2016年3月5日{VOTES}",
        f"{VOTES}。评议日期：2016年3月5日。",
    ],
)
def test_a_sentence_goes_on_behind_a_labels_value(text: str) -> None:
    found = form([text])
    (row,) = found.tables["procedure"].iter_rows(named=True)
    named = ("appraised", "delegates", "delegates_present", "votes_for")
    assert [str(row[name]) for name in named] == ["2016-03-05", "45", "40", "39"]
    assert faults(found) == []


def test_a_number_ends_with_its_part_of_the_sentence_and_a_list_goes_on() -> None:
    found = form(["住房面积：80平方米；以下不填", "主要致贫原因：因病。以下不填"])
    assert said(found, "house_area", "cause") == [80, "因病"]


def test_blanks_longer_than_the_number_written_in_them() -> None:
    found = form(
        ["家庭住址：____村，住房面积：__80__平方米"],
        ["工资性收入", "__3600__元", "人均纯收入：__2810.5_元"],
    )
    assert said(found, "house_area", "wage", "per_capita") == [80, 3600, 2810.5]
    assert faults(found) == []


@pytest.mark.parametrize("between", ["；", "，", " ", "； "])
def test_the_letter_of_an_answer_is_of_the_label_before_it(between: str) -> None:
    asked = ("饮水是否安全：A.是 B.否 （ A ）", "是否危房：A.是 B.否 （ B ）")
    found = form([between.join(asked)])
    assert said(found, "water_safe", "dangerous") == [True, False]


@pytest.mark.parametrize("cell", ["结构：砖混", "户主：刘大柱（男）", "养老情况：良好"])
def test_a_label_not_understood_is_named_though_its_value_stands_in_its_cell(cell: str) -> None:
    (remark,) = form(["表号：T001表", "", cell]).files[0].remarks
    assert remark.endswith(f"没有认出、未作检查的项目：{cell.partition('：')[0]}")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("head_id", "身份证号：320324195503051112，我家住二组，家庭人口3人", "320324195503051112"),
        ("head_id", "身份证号：320324195503051112、住二组", "320324195503051112"),
        ("account", "银行账号：6228480318564789，开户行未填", "6228480318564789"),
        ("house_area", "住房面积：80平方米，其中砖混60平方米", 80),
        ("wage", "工资性收入：12,000元，已核实", 12000),
    ],
)
def test_a_sentence_goes_on_behind_a_number(column: str, text: str, value: Raw) -> None:
    found = form([text])
    assert said(found, column) == [value]
    assert faults(found) == []


def test_an_empty_value_behind_a_colon_without_room_is_at_its_label() -> None:
    """Two pages side by side: what one lacks is not at a cell of the other."""
    one: list[list[Raw]] = [
        ["户主姓名", "赵大", "", "身份证号", "320324196203191150", "", ""],
        ["家庭人口", 2.0, "", "致贫原因", "因病", "", ""],
        ["户编号：", "", "银行账号：", "", "耕地面积", "", "开户银行："],
    ]
    other: list[list[Raw]] = [
        ["户主姓名", "钱二", "", "身份证号", "320324196409251243", "", ""],
        ["家庭人口", 2.0, "", "致贫原因", "因病", "", ""],
        ["户编号：320324105201002", "", "银行账号：6228480318564789", "", "耕地面积", 3.0, ""],
    ]
    title: list[Raw] = ["贫困户登记表", *[""] * 6]
    rows = [[*title, *title], *([*left, *right] for left, right in zip(one, other, strict=True))]
    found = read(Grid("S", rows, [(3, 0, 3, 1), (3, 7, 3, 8)]))
    first = found.tables["household"].row(0, named=True)
    places = [place(found, first, name) for name in ("household_id", "account", "arable", "bank")]
    assert places == ["S!A4", "S!D4", "S!F4", "S!G4"]


@pytest.mark.parametrize("label", ["低保人口", "A14低保人口", "A14.低保人口"])
def test_a_label_not_understood_is_named_whatever_its_number(label: str) -> None:
    (remark,) = form([label, 2.0, "住房面积", 80.0]).files[0].remarks
    assert remark.endswith("没有认出、未作检查的项目：低保人口")


def test_a_second_number_behind_a_label_is_named() -> None:
    """Under headings that nobody knows; not one that goes with a unit of its own."""
    found = form(["退耕还林面积", 4.2, 3.5], ["住房面积", "86", "平方米"])
    assert found.files[0].remarks == [
        "表单“贫困户登记表”里没有认出、未作检查的项目：退耕还林面积的第二个数"
    ]
