"""Rows of a form's grid that are nobody's: struck out, and explanations under the heading."""

from typing import Any

import pytest
from form_reading import form, says

from jiandang.register.cells import Raw
from jiandang.register.register import Register

HEAD: list[list[Raw]] = [
    ["贫困户登记表"],
    ["户编号：320324105201003"],
    ["户主姓名", "周怀永", "家庭人口", 2.0, "联系电话", "13852012345"],
    ["农户属性", "低保户", "主要致贫原因", "因病", "人均纯收入(元)", 2900.0],
]
COLUMNS: list[Raw] = ["姓名", "性别", "证件号码", "与户主关系", "民族"]
PERSONS: list[list[Raw]] = [
    ["周怀永", "男", "320324196203191150", "户主", "汉族"],
    ["杜芳爱", "女", "320324196409251243", "配偶", "汉族"],
]
FOOT: list[list[Raw]] = [["开户银行", "农商行", "住房面积(㎡)", 80.0], ["户主签字："]]


def written(
    under: list[list[Raw]] | None = None,
    behind: list[list[Raw]] | None = None,
    *,
    numbered: bool = False,
) -> Register:
    """A form with rows under its members' heading, and behind its members."""
    head, persons = COLUMNS, PERSONS
    if numbered:
        head = ["序号", *COLUMNS]
        persons = [[float(i), *row] for i, row in enumerate(PERSONS, 1)]
    return form(*HEAD, head, *(under or []), *persons, *(behind or []), *FOOT)


def is_whole(register: Register, row: int, *, first: str = "A") -> bool:
    """Whether the form is one household with its two members, the first of them in a row."""
    household: Any = says(
        register, "household", "household_id", "head_name", "size", "per_capita", "bank"
    )
    assert register.tables["member"]["name"].to_list() == ["周怀永", "杜芳爱"]
    assert says(register, "member", "name", "id_number") == [
        ("周怀永", f"{first}{row}"),
        ("320324196203191150", f"{chr(ord(first) + 2)}{row}"),
    ]
    assert register.tables["household"].height == 1
    assert [value for value, _ in household] == ["320324105201003", "周怀永", 2, 2900, "农商行"]
    assert register.files[0].remarks == []
    return register.files[0].error is None


@pytest.mark.parametrize("sign", ["/", "—", "——", "无", "-", "×", "不填"])
def test_rows_struck_out_are_nobodys_and_end_nothing(sign: str) -> None:
    assert is_whole(written(behind=[[sign] * 5] * 3), 6)
    assert is_whole(written(behind=[[sign, "", sign]]), 6)
    assert is_whole(written(behind=[["", sign, sign, "", sign]], numbered=True), 6, first="B")
    assert is_whole(written(behind=[[3.0, sign, sign, "", sign]], numbered=True), 6, first="B")
    assert is_whole(written(behind=[[sign, sign, "", sign]], numbered=True), 6, first="B")


def test_a_person_behind_rows_struck_out_is_one() -> None:
    third: list[Raw] = ["周悦晴", "女", "/", "之女", "/"]
    register = written(behind=[["/", "/"], third])
    assert register.tables["member"]["name"].to_list() == ["周怀永", "杜芳爱", "周悦晴"]
    register = written(behind=[["/", "女", "32032420010315126X", "/"]])
    assert register.tables["member"].height == 3


@pytest.mark.parametrize(
    "under",
    [
        ["（填写身份证上的姓名）", "", "（18位）"],
        ["（与身份证一致）", "", "（18位）"],
        ["", "", "（18位或20位）"],
        ["（姓名）", "（男/女）", "（18位）", "（见注）", "（汉）"],
        ["（姓名）", "男/女选择", "18位"],
        [1.0, 2.0, 3.0, 4.0, 5.0],
        ["1", "2", "3", "4", "5"],
        ["（1）", "（2）", "（3）", "（4）", "（5）"],
        ["①", "②", "③", "④", "⑤"],
    ],
)
def test_explanations_and_numbers_under_a_heading_are_part_of_it(under: list[Raw]) -> None:
    assert is_whole(written([under]), 7)


def test_a_person_in_the_first_row_is_no_explanation() -> None:
    first: list[Raw] = ["王（已故）", "男", "（320324193203191150）", "之父", "汉族"]
    register = written([first])
    assert register.tables["member"]["name"].to_list()[0].startswith("王")
    register = written([["", "男", "320324193203191150", "（父）"]])
    assert register.tables["member"].height == 3


def test_titles_side_by_side_still_begin_pages() -> None:
    one: list[Raw] = ["户主姓名", "周怀永", "家庭人口", 2.0]
    other: list[Raw] = ["户主姓名", "赵大", "家庭人口", 3.0]
    register = form(
        ["贫困户登记表", "", "", "", "", "贫困户登记表"],
        [*one, "", *other],
        [
            "农户属性",
            "低保户",
            "人均纯收入",
            2900.0,
            "",
            "农户属性",
            "低保户",
            "人均纯收入",
            3000.0,
        ],
        ["户编号", "320324105201003", "", "", "", "户编号", "320324105201004"],
        ["户主签字：", "", "", "", "", "户主签字："],
    )
    assert register.tables["household"]["head_name"].to_list() == ["周怀永", "赵大"]
