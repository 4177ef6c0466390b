"""Grids of members whose rows and cells are no person and no value each."""

import pytest
from form_reading import form, place, read

from jiandang.formats.grid import Grid, Range
from jiandang.register.cells import Raw
from jiandang.register.register import Register

HOME: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号", "320324105201302", "户主姓名", "党长安", "家庭人口", 3.0],
    ["主要致贫原因", "因病", "人均纯收入(元)", 3300.0, "耕地面积(亩)", 4.2],
]
GRID: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "健康状况"]
IDS = ["32032419620319081X", "320324196409250929", "320324199001111013"]


def _people(register: Register, *columns: str) -> list[tuple[object, ...]]:
    """The values of each person, each with its cell."""
    return [
        tuple((row[name], place(register, row, name).removeprefix("S!")) for name in columns)
        for row in register.tables["member"].iter_rows(named=True)
    ]


@pytest.mark.parametrize("between", ["\n", "\r\n", "、"])
def test_persons_in_the_cells_of_one_row_are_read_each_with_a_line_of_each_cell(
    between: str,
) -> None:
    cells: list[Raw] = [
        between.join(words)
        for words in (
            ["党长安", "翟秀云", "党军"], ["男", "女", "男"], IDS,
            ["户主", "配偶", "之子"], ["长期慢性病", "健康", "健康"],
        )
    ]  # fmt: skip
    register = form(*HOME, GRID, cells, ["户主签字：党长安"])
    assert _people(register, "name", "sex", "id_number", "relation") == [
        (("党长安", "A5"), ("男", "B5"), (IDS[0], "C5"), ("户主", "D5")),
        (("翟秀云", "A5"), ("女", "B5"), (IDS[1], "C5"), ("配偶", "D5")),
        (("党军", "A5"), ("男", "B5"), (IDS[2], "C5"), ("之子", "D5")),
    ]
    assert register.files[0].error is None
    assert register.files[0].remarks == []


def test_a_name_that_goes_on_in_the_next_line_is_one_persons() -> None:
    for name, begin in (("欧阳\n建国", "欧阳"), ("党\n军", "党")):
        row: list[Raw] = [name, "男", IDS[2], "户主", "长期慢\n性病"]
        register = form(*HOME, GRID, row)
        (own,) = register.tables["member"]["name"]
        assert own.startswith(begin)
        assert register.files[0].error is None


@pytest.mark.parametrize(
    "row",
    [
        ["党长安\n翟秀云\n党军", "男\n女\n男", "\n".join(IDS), "户主\n配偶", "健康"],
        ["党长安\n翟秀云", "男", "\n".join(IDS[:2]), "户主\n配偶", "健康"],
    ],
)
def test_a_row_in_which_it_cannot_be_told_whose_is_what_is_unread_and_said(row: list[Raw]) -> None:
    register = form(*HOME, GRID, row, ["户主签字：党长安"])
    (file,) = register.files
    assert file.error_code == "form_unread"
    assert (
        file.error == "工作表“S”第5行的家庭成员没有读：请每人写一行，各项写在自己的列名下，再检查。"
    )
    assert register.tables["household"].height == 1


def test_a_row_with_a_persons_number_behind_a_grid_is_unread_and_said() -> None:
    """A text ends the grid; who stands below it is nobody's member, and yet somebody."""
    text = "以下成员户口于去年从外县迁入本户，" + "原户口所在地已经出具了证明，" * 3
    people: list[list[Raw]] = [
        ["党长安", "男", IDS[0], "户主", "健康"],
        [text],
        ["翟秀云", "女", IDS[1], "配偶", "健康"],
    ]
    (file,) = form(*HOME, GRID, *people, ["户主签字：党长安"]).files
    assert file.error is not None
    assert "第7行的家庭成员没有读" in file.error


@pytest.mark.parametrize("merged", [[], [(2, 0, 3, 0)]])
def test_ticks_under_the_options_of_a_column_are_its_values(merged: list[Range]) -> None:
    rows: list[list[Raw]] = [
        ["样本户基础监测信息表"],
        ["县码：320324  乡(镇)：105  村码：201  户码：401"],
        ["姓名", "性别", "", "在校生", "", "文化程度", "", "", "身体状况"],
        ["", "男", "女", "是", "否", "1小学", "2初中", "高中", "健康", "长期慢性病"],
        ["党建功", "√", "", "", "√", "", "√", "", "", "√"],
        ["翟秀英", "", "√", "", "√", "√", "", "", "√", ""],
        ["家庭人口(人)", 2.0, "劳动力(人)", 2.0, "承包耕地面积(亩)", 4.2],
        ["户主身份证号", IDS[0], "", "联系电话", "13951234567", "", "贫困原因1因灾,2因病", "2"],
        ["农户签名(盖章)", "党建功"],
    ]
    register = read(Grid("S", [[*row, *[""] * (10 - len(row))] for row in rows], merged=merged))
    assert _people(register, "name", "sex", "student", "education", "health") == [
        (("党建功", "A5"), ("男", "B5"), ("非在校生", "E5"), ("初中", "G5"), ("长期慢性病", "J5")),
        (("翟秀英", "A6"), ("女", "C6"), ("非在校生", "E6"), ("小学", "F6"), ("健康", "I6")),
    ]
    assert register.tables["household"]["head_name"].to_list() == ["党建功"]
    assert register.files[0].error is None
