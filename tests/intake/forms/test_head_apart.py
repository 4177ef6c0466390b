"""The head of a form whose grid of members has the other ones."""

import pytest
from form_reading import form, says
from test_checked import found, report

from jiandang.register.cells import Raw

HEAD = "320324196203191417"
HOME: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201204", "户主姓名", "钭长河", "家庭人口", 3.0],
    ["主要致贫原因", "因病", "人均纯收入(元)", 3300.0, "耕地面积(亩)", 4.2],
    ["户主身份证号", HEAD, "户主性别", "男"],
]
GRID: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况"]
OTHERS: list[list[Raw]] = [
    ["国秀英", "女", "320324196409251526", "配偶", "健康"],
    ["钭亮", "男", "320324199001111611", "之子", "健康"],
]


@pytest.mark.parametrize(
    "title", ["其他家庭成员", "家庭其他成员情况", "家庭成员（除户主外）", "家庭成员"]
)
def test_the_head_of_the_page_is_a_member_beside_the_others(title: str) -> None:
    register = form(*HOME, [title], GRID, *OTHERS, ["户主签字：钭长河"])
    assert register.tables["member"].height == 3
    assert says(register, "member", "name", "sex", "id_number", "relation") == [
        ("钭长河", "D2"), ("男", "D4"), (HEAD, "B4"), ("户主", "D2"),
    ]  # fmt: skip
    assert register.files[0].remarks == []
    # The form does not ask how the head is.
    assert report(register).findings == []


def test_a_head_in_the_grid_is_no_second_member() -> None:
    for name, number in (("钭长河", HEAD), ("钭长和", HEAD), ("钭长河", "")):
        own: list[Raw] = [name, "男", number, "户主", "健康"]
        register = form(*HOME, ["其他家庭成员"], GRID, own, *OTHERS)
        assert register.tables["member"].height == 3


def test_without_a_sign_that_it_is_of_others_a_grid_without_a_head_is_told() -> None:
    rows: list[list[Raw]] = [*HOME[:3], ["户主身份证号", HEAD, "联系电话", "13951234567"]]
    register = form(*rows, ["家庭成员"], GRID, *OTHERS)
    assert register.tables["member"].height == 2
    assert found(register, "LR201") == [("LR201", "D7")]


@pytest.mark.parametrize(
    ("labels", "values", "said"),
    [
        (
            ["开户银行", "银行账号", "住房面积", "林地面积(亩)"],
            ["", "", "", 4.2],
            ("forest", 4.2, "D5"),
        ),
        (["林地面积(亩)", "住房面积", "开户银行", "银行账号"], [4.2], ("forest", 4.2, "A5")),
        (
            ["开户银行", "住房面积", "水面面积(亩)", "银行账号"],
            ["", 60.0],
            ("house_area", 60, "B5"),
        ),
    ],
)
def test_few_values_below_a_row_of_labels_are_theirs(
    labels: list[Raw], values: list[Raw], said: tuple[str, object, str]
) -> None:
    register = form(*HOME[:3], labels, values, ["户主身份证号", HEAD, "联系电话", "13951234567"])
    column, value, cell = said
    assert says(register, "household", column) == [(value, cell)]


def test_a_title_below_labels_without_values_is_no_value() -> None:
    labels: list[Raw] = ["开户银行", "银行账号", "住房面积", "林地面积(亩)"]
    register = form(*HOME[:3], labels, ["家庭成员"], GRID, *OTHERS)
    assert register.tables["household"]["bank"].to_list() == [None]
    assert register.tables["member"].height == 2
