"""Households whose members stand in one cell with their numbers: nobody of them is read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from form_files import write_book

from jiandang.register.notice import Notice
from jiandang.register.register import Register
from jiandang.run.load import load

Rows = list[list[str | int]]

HEADINGS: list[str | int] = ["户编号", "行政村", "户主姓名", "家庭人口", "人均纯收入(元)"]
ONE = "赵大 320324196203191150"
UNREAD = "一格里写着几个人，没有读入，请改成一人一行"
MEMBERS: Rows = [
    ["户编号", "姓名", "性别", "证件号码", "与户主关系"],
    ["320324105201001", "赵大", "男", "320324196203191150", "户主"],
    ["320324105201001", "钱二", "女", "320324196409251243", "配偶"],
]


def households(heading: str, *cells: str, town: str = "320324105") -> Rows:
    rows: Rows = [
        [f"{town}{201001 + i}", "王庄村", f"赵{'大小'[i]}", 2, 2900, cell]
        for i, cell in enumerate(cells)
    ]
    return [[*HEADINGS, heading], *rows]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Register]:
    def reading(heading: str, *cells: str, **beside: Rows) -> Register:
        write_book(tmp_path / "农户.xlsx", {"农户": households(heading, *cells), **beside})
        return load(tmp_path / "农户.xlsx")

    return reading


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
def test_they_make_the_file_not_wholly_read(
    read: Callable[..., Register], heading: str, cell: str
) -> None:
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
def test_other_texts_do_not(read: Callable[..., Register], heading: str, cell: str) -> None:
    assert read(heading, cell, "").files[0].error is None


def test_beside_a_sheet_of_members_they_are_only_told_of(read: Callable[..., Register]) -> None:
    register = read("家庭成员及身份证号", ONE, 家庭成员=MEMBERS)
    assert register.files[0].error is None
    assert UNREAD in [o.seen.get("why") for o in register.observations]


@pytest.mark.parametrize(
    ("town", "errors"), [("320324105", [None, None]), ("320324106", ["rows_unread", None])]
)
def test_members_of_the_town_in_another_file_say_who_they_are(
    tmp_path: Path, town: str, errors: list[str | None]
) -> None:
    write_book(tmp_path / "农户.xlsx", {"农户": households("家庭成员及身份证号", ONE, town=town)})
    write_book(tmp_path / "成员.xlsx", {"家庭成员": MEMBERS})
    for jobs in (1, 2):
        register = load([tmp_path / "农户.xlsx", tmp_path / "成员.xlsx"], jobs=jobs)
        assert [file.error_code for file in register.files] == errors
