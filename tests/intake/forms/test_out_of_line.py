"""Members whose values stand in one another's columns, and rows of the grid that are nobody's."""

import pytest
from form_reading import POLICY, form
from form_reading import read as read_grids

from jiandang import check
from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

TOP: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201001", "户主姓名", "张三丰", "家庭人口", 2.0],
    ["联系电话", "13852012345", "耕地面积(亩)", 2.5, "主要致贫原因", "因病"],
]
GRID: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "民族", "文化程度", "健康状况", ""]
HEAD: list[Raw] = ["张三丰", "男", "320324196203191150", "户主", "汉族", "小学", "健康", ""]
WIFE: list[Raw] = ["李四姑", "女", "320324196409073467", "配偶", "汉族", "初中", "健康", ""]


def told(found: Register) -> list[tuple[str, str]]:
    report = check(found, POLICY, as_of="2016-03-29")
    return [(f.rule, f.cell) for f in report.findings if f.severity == "error"]


def read(*rows: list[Raw]) -> Register:
    return form(*TOP, GRID, HEAD, *rows)


def test_a_row_that_is_shifted_by_a_cell_is_told_once() -> None:
    found = read([WIFE[0], "", *WIFE[1:7]])
    assert told(found) == [("LR013", "C6")]
    (shifted,) = (f for f in check(found, POLICY).findings if f.rule == "LR013")
    assert "第6行" in shifted.message and "里像是“" in shifted.message
    assert found.tables["member"]["name"].to_list() == ["张三丰", "李四姑"]


def test_a_name_and_a_number_in_each_others_place_are_told_once() -> None:
    found = read([WIFE[2], WIFE[1], WIFE[0], *WIFE[3:]])
    assert told(found) == [("LR018", "C6")]
    (swapped,) = (f for f in check(found, POLICY).findings if f.rule == "LR018")
    assert swapped.message.startswith("第6行的“姓名”和“证件号码”填反了")


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (1, 3, "“性别”和“与户主关系”"),
        (5, 6, "“文化程度”和“健康状况”"),
        (1, 6, "“性别”和“健康状况”"),
    ],
)
def test_two_columns_that_are_exchanged_are_told_and_not_read(
    one: int, other: int, said: str
) -> None:
    """女 is no 之女 where 之女 stands under 性别."""
    child: list[Raw] = ["张小", "女", "320324199009073461", "之女", "汉族", "初中", "健康", ""]
    rows: list[list[Raw]] = [[*WIFE], child]
    for row in rows:
        row[one], row[other] = row[other], row[one]
    found = read(*rows)
    column = "ABCDEFG"[one]
    own = [at for at in told(found) if at[0] != "LR203"]  # 家庭人口 is 2
    assert own == [("LR018", f"{column}6"), ("LR018", f"{column}7")]
    messages = [f.message for f in check(found, POLICY).findings if f.rule == "LR018"]
    assert all(said in message for message in messages)
    names = {1: "sex", 3: "relation", 5: "education", 6: "health"}
    for name in (names[one], names[other]):
        assert found.tables["member"][name].to_list()[1:] == [None, None]


@pytest.mark.parametrize(
    ("place", "value"), [(1, "配偶"), (3, "女"), (6, "初中"), (5, "健康"), (5, "女")]
)
def test_a_value_in_another_column_alone_is_not_exchanged(place: int, value: str) -> None:
    wife = [*WIFE]
    wife[place] = value
    assert "LR018" not in {code for code, _ in told(read(wife))}


@pytest.mark.parametrize(
    ("place", "wrong", "rule"),
    [(3, "320324", "LR006"), (2, "李四", "LR101"), (1, "", "LR004"), (5, "汉族", "LR006")],
)
def test_a_cell_that_is_wrong_is_not_out_of_line(place: int, wrong: str, rule: str) -> None:
    wife = [*WIFE]
    wife[place] = wrong
    assert (rule in {code for code, _ in told(read(wife))}) or rule == "LR004"
    assert not {"LR013", "LR018"} & {code for code, _ in told(read(wife))}


def test_an_example_below_the_members_is_nobody() -> None:
    found = read(WIFE, ["例：王五", "男", "320324196001010011", "户主", "", "", "", ""])
    assert found.tables["member"].height == 2
    assert found.files[0].error is None


def test_a_note_below_the_members_ends_the_grid() -> None:
    found = read(WIFE, ["填写说明：每人一行"], ["赵六", "男", "320324196001010011", "之子"])
    assert found.tables["member"].height == 2
    assert "第8行的家庭成员没有读" in str(found.files[0].error)


def test_pages_that_name_nobody_are_cut_at_their_titles() -> None:
    """The rows of one page are no head of the next."""
    page: list[list[Raw]] = [["家 庭 成 员", *[""] * 7], GRID]
    rows: list[list[Raw]] = [*page, HEAD, [""] * 8, *page, [*WIFE[:3], "户主", *WIFE[4:]]]
    others: list[list[Raw]] = [
        [{"张三丰": "李四姑"}.get(str(raw), raw) for raw in row] for row in TOP
    ]
    others[1][1] = "320324105201002"
    signed: list[Raw] = ["户主签字：张三丰"]
    form_of: list[list[Raw]] = [
        [*row, *[""] * (8 - len(row))] for row in [*TOP, signed, *others, signed]
    ]
    found = read_grids(Grid("一", form_of), Grid("成员", rows))
    assert "“成员”第5至7行的表单没有读：户主“李四姑”" in str(found.files[0].error)
    assert found.tables["member"].is_empty()
    assert found.files[0].remarks == []
