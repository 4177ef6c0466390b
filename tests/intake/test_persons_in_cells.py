"""Households whose members stand in one cell with their numbers: nobody of them is read."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import register_of

HEADINGS: list[Raw] = ["户编号", "行政村", "户主姓名", "家庭人口", "人均纯收入(元)"]
ONE = "赵大 320324196203191150"
UNREAD = "一格里写着几个人，没有读入，请改成一人一行"
MEMBERS = Grid(
    "成员",
    [
        ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
        ["320324105201001", "赵大", "男", "320324196203191150", "户主"],
        ["320324105201001", "钱二", "女", "320324196409251243", "配偶"],
    ],
)


def read(heading: str, *cells: str, beside: tuple[Grid, ...] = ()) -> Register:
    rows: list[list[Raw]] = [
        [f"{320324105201001 + i}", "王庄村", f"赵{'大小'[i]}", 2.0, 2900.0, cell]
        for i, cell in enumerate(cells)
    ]
    grid = Grid("农户", [[*HEADINGS, heading], *rows])
    return register_of([grid, *beside], load_policy("xuzhou-2016"))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("家庭成员姓名及身份证号", f"{ONE}\n钱二 320324196409251243"),
        ("家庭成员及身份证号", "赵大：320324196203191150；钱二：320324196409251243"),
        ("家庭成员基本情况", "赵大，男，户主，320324196203191150；钱二，女，配偶"),
        ("家人信息", "赵大(户主,320324196203191150)、钱二(妻,32032419640925124X)"),
        ("家庭成员姓名及身份证号", ONE),
    ],
)
def test_they_make_the_file_not_wholly_read(heading: str, cell: str) -> None:
    register = read(heading, cell, "")
    (file,) = register.files
    assert (file.error_code, file.error) == (
        "rows_unread",
        f"工作表“农户”的“{heading}”列{UNREAD}",
    )
    assert register.tables["household"]["head_name"].to_list() == ["赵大", "赵小"]
    (seen,) = (o for o in register.observations if o.notice == Notice.UNKNOWN_COLUMN)
    assert (seen.sheet_column, seen.seen["why"]) == (5, UNREAD)


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("备注", f"与{ONE}同住"),
        ("家庭成员变动", "2015年12月迁入1人"),
        ("家庭成员电话", "钱二 13852012345"),
        ("监护人姓名及身份证号", ONE),
    ],
)
def test_other_texts_do_not(heading: str, cell: str) -> None:
    assert read(heading, cell, "").files[0].error is None


def test_beside_a_sheet_of_members_they_are_only_told_of() -> None:
    register = read("家庭成员及身份证号", ONE, beside=(MEMBERS,))
    assert register.files[0].error is None
    assert UNREAD in [o.seen.get("why") for o in register.observations]
