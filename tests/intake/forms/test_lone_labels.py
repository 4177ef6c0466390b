"""A label alone in its row, over its value: where other labels of the page stand so too."""

import pytest
from form_reading import form, place, read
from test_touching import MEMBERS, TITLE, Rows

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

OVER: Rows = [
    ["贫困户登记表"],
    ["户编号：320324105206001"],
    ["户主姓名", "联系电话", "家庭人口", "致贫原因"],
    ["梁兴旺", "13852030103", 3.0, "因病"],
    ["农户属性", "人均纯收入(元)", "劳动力", "耕地面积(亩)"],
    ["一般贫困户", 2500.0, 3.0, 4.2],
]
BESIDE: Rows = [
    ["贫困户登记表"],
    ["户编号", "320324105206001", "户主姓名", "梁兴旺"],
    ["家庭人口", 3.0, "致贫原因", "因病"],
    ["人均纯收入(元)", 2500.0, "耕地面积(亩)", 4.2],
]


def said(register: Register, column: str) -> tuple[object, str]:
    household = register.tables["household"]
    row = household.row(0, named=True)
    return row.get(column), place(register, row, column) if row.get(column) is not None else ""


@pytest.mark.parametrize(
    ("label", "raw", "column", "value"),
    [
        ("住房面积(平方米)", 86.0, "house_area", 86),
        ("住房面积(平方米)", "86", "house_area", 86),
        ("财产性收入(元)", "0元", "property_income", 0),
        ("户主身份证号", "320324196203252638", "head_id", "320324196203252638"),
        ("是否危房", "否", "dangerous", False),
    ],
)
@pytest.mark.parametrize("width", [1, 4])
def test_a_lone_label_is_answered_below_where_others_are(
    label: str, raw: Raw, column: str, value: object, width: int
) -> None:
    rows: Rows = [*OVER, [label], [raw], *TITLE, *MEMBERS]
    merged = [(6, 0, 6, width - 1), (7, 0, 7, width - 1)] if width > 1 else []
    found = read(Grid("S", [[*r, *[""] * (5 - len(r))] for r in rows], merged))
    assert said(found, column) == (value, "S!A8")
    assert found.files[0].remarks == []
    assert found.tables["member"].height == 3


def test_all_labels_of_a_page_alone_over_their_values() -> None:
    pairs: Rows = [
        ["户编号", "320324105206001"], ["户主姓名", "梁兴旺"], ["联系电话", "13852030103"],
        ["家庭人口", 3.0], ["人均纯收入(元)", 2500.0], ["致贫原因", "因病"],
    ]  # fmt: skip
    rows: Rows = [[raw] for pair in pairs for raw in pair]
    found = form(["贫困户登记表"], *rows, *TITLE, *MEMBERS)
    columns = ["household_id", "head_name", "phone", "size", "per_capita", "cause"]
    assert [said(found, column) for column in columns] == [
        (value, f"S!A{3 + 2 * i}") for i, (_, value) in enumerate(pairs)
    ]
    assert found.files[0].remarks == []


@pytest.mark.parametrize(
    "below", [[], [[""], [86.0]], [["", 86.0]], [["附注"]], [["2016年3月5日"]]]
)
def test_a_lone_label_without_a_value_right_below_is_empty(below: Rows) -> None:
    found = form(*OVER, ["住房面积(平方米)"], *below, *TITLE, *MEMBERS)
    assert said(found, "house_area") == (None, "")
    assert found.files[0].remarks == []


@pytest.mark.parametrize("text", ["家庭成员", "困难情况", "江苏睢宁农商行"])
def test_a_text_below_a_label_that_takes_any_is_left(text: str) -> None:
    """It may as well head what comes next."""
    found = form(*OVER, ["开户银行"], [text], *MEMBERS)
    assert said(found, "bank") == (None, "")
    assert found.tables["member"].height == 3


def test_where_values_stand_beside_their_labels_a_lone_one_is_named() -> None:
    found = form(*BESIDE, ["住房面积(平方米)"], [86.0], *TITLE, *MEMBERS)
    assert said(found, "house_area") == (None, "")
    (remark,) = found.files[0].remarks
    assert remark.endswith("：住房面积(平方米)")


def test_a_goal_of_help_is_no_value() -> None:
    title: list[Raw] = ["帮扶计划（2016年收入目标）"]
    found = form(*OVER, title, ["工资性收入", 9000.0], ["家庭纯收入"], [20000.0])
    assert said(found, "net_income") == (None, "")


def test_a_label_over_a_text_that_is_not_read_is_named() -> None:
    rows: Rows = [["开户银行"], ["江苏睢宁农商行"], ["家庭成员", "", "", "", ""], *MEMBERS]
    (remark,) = form(*OVER, *rows).files[0].remarks
    assert remark.endswith("：开户银行")


@pytest.mark.parametrize(
    ("types", "causes", "value"),
    [
        (["一般贫困户", "低保户√", "五保户"], ["因病√", "因残", "因学"], "低保户"),
        (["□一般贫困户", "☑低保户", "□五保户"], ["☑因病", "□因残"], "低保户"),
        (["1.一般贫困户√", "2.低保户", "3.五保户"], ["1.因病√", "2.因残", "3.因学"], "一般贫困户"),
    ],
)
def test_options_below_two_labels_side_by_side(
    types: list[str], causes: list[str], value: str
) -> None:
    lines: Rows = [[a, b] for a, b in zip(types, [*causes, ""], strict=False)]
    found = form(*BESIDE[:2], ["农户属性", "主要致贫原因"], *lines, *TITLE, *MEMBERS)
    assert said(found, "household_type") == (value, "S!A4")
    assert said(found, "cause") == ("因病", "S!B4")
    assert found.files[0].remarks == []
    assert found.tables["member"].height == 3


def test_one_word_below_each_label_is_its_value() -> None:
    rows: Rows = [["农户属性", "主要致贫原因"], ["低保户", "因残"], *TITLE, *MEMBERS]
    found = form(*BESIDE[:2], *rows)
    assert said(found, "household_type") == ("低保户", "S!A4")
    assert said(found, "cause") == ("因残", "S!B4")


@pytest.mark.parametrize("label", ["户主", "户主：", "户 主"])
def test_a_name_behind_the_word_for_the_head_is_his(label: str) -> None:
    first: list[Raw] = ["户编号", "320324105206001", label, "梁兴旺"]
    found = form(BESIDE[0], first, *BESIDE[2:], *TITLE, *MEMBERS)
    assert said(found, "head_name") == ("梁兴旺", "S!D2")
    assert found.files[0].remarks == []


def test_a_label_behind_the_word_for_the_head_is_no_name() -> None:
    found = form(*BESIDE, ["户主", "签字", "日期", "2016年3月5日"], *TITLE, *MEMBERS)
    assert said(found, "head_name") == ("梁兴旺", "S!D2")
