"""Forms that list a household's persons in one cell: nobody of them is read, which is said."""

from pathlib import Path

import pytest
from form_files import write_book

from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.load import load

ONE = "周怀永，男，320324196203191150，户主"
TWO = f"{ONE}；杜芳爱，女，320324196409251243，配偶"
GRID: list[list[Raw]] = [
    ["姓名", "性别", "证件号码", "与户主关系"],
    ["周怀永", "男", "320324196203191150", "户主"],
    ["杜芳爱", "女", "320324196409251243", "配偶"],
]


def page(*rows: list[Raw], number: int = 3, head: str = "周怀永") -> list[list[Raw]]:
    return [
        ["贫困户登记表"],
        ["户编号", f"32032410520100{number}", "户主姓名", head, "家庭人口", 2.0],
        ["农户属性", "低保户", "主要致贫原因", "因病", "人均纯收入(元)", 2900.0],
        *rows,
        ["户主签字：", ""],
    ]


def saved(path: Path, *sheets: list[list[Raw]]) -> Register:
    named = {f"表{number}": rows for number, rows in enumerate(sheets, 1)}
    return load(write_book(path / "入户.xlsx", named))


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["家庭成员", TWO]], "第4行的“家庭成员”"),
        ([["家庭成员", ONE]], "第4行的“家庭成员”"),
        ([["二、家庭成员情况"], [TWO]], "第5行的“二、家庭成员情况”"),
        ([[f"家庭成员：{TWO}"]], "第4行的“家庭成员”"),
        ([["家庭成员", ONE], ["", "杜芳爱 320324196409251243"]], "第4行的“家庭成员”"),
    ],
)
def test_they_are_said_to_be_unread(rows: list[list[Raw]], at: str, tmp_path: Path) -> None:
    file = saved(tmp_path, page(*rows)).files[0]
    assert file.error_code == "rows_unread"
    assert f"工作表“表1”{at}一格里写着几个人，没有读入" in (file.error or "")


@pytest.mark.parametrize(
    "rows",
    [
        [["家庭成员", "周怀永、杜芳爱"]],  # no numbers: told among what is not checked
        [["帮扶责任人", "韩明凯 13952012345"]],
        [["二、家庭成员情况"], *GRID, ["开户银行", "农商行"], ["家庭成员说明", TWO]],
        [["户主情况", "周怀永 320324196203191150"]],
    ],
)
def test_what_is_no_listing(rows: list[list[Raw]], tmp_path: Path) -> None:
    assert saved(tmp_path, page(*rows)).files[0].error is None


def test_members_in_a_register_beside_say_who_they_are(tmp_path: Path) -> None:
    members: list[list[Raw]] = [["户编号", *GRID[0]], *(["320324105201003", *r] for r in GRID[1:])]
    register = saved(tmp_path, page(["家庭成员", TWO]), members)
    assert register.files[0].error is None
    assert register.tables["member"].height == 2


def test_one_household_of_several_is_named(tmp_path: Path) -> None:
    own = page(["家庭成员", "赵大，320324196203191177，户主"], number=4, head="赵大")
    file = saved(tmp_path, page(["二、家庭成员情况"], *GRID), own).files[0]
    assert file.error_code == "form_unread"
    assert "工作表“表2”第4行的家庭成员没有读" in (file.error or "")
