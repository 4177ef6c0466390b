"""Several persons in a row: a line of each cell is one's, or it is said and nothing guessed."""

from pathlib import Path

import openpyxl
import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Register, row_of
from jiandang.register.resident_id import check_character
from jiandang.repairs.fixing import plan_fix
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
A, B, C, D = (
    n + check_character(n)
    for n in ("32032419620319115", "32032419640925124", "32032419900101371", "32032419920202482")
)
HOMES = ["320324105201001", "320324105201002"]
HEADING: list[Raw] = [
    "行政村",
    "户编号",
    "姓名",
    "证件号码",
    "性别",
    "与户主关系",
    "民族",
    "文化程度",
]


def read(*rows: list[Raw]) -> Register:
    return register_of([Grid("成员", [[*row] for row in rows])], POLICY)


def row(home: str, *cells: Raw) -> list[Raw]:
    return ["王庄村", home, *cells]


OTHER = row(HOMES[1], "赵六", D, "女", "户主", "汉族", "小学")
TWO: list[Raw] = ["张三", "李四", A, B, "男", "女", "户主", "配偶", "汉族", "回族", "小学", "初中"]


def joined(sign: str) -> list[Raw]:
    pairs = zip(TWO[::2], TWO[1::2], strict=True)
    return row(HOMES[0], *(f"{one}{sign}{other}" for one, other in pairs))


@pytest.mark.parametrize("sign", ["\n", "\r\n", "、", "，", ";", " ", " \n"])
def test_each_person_of_a_row_is_read(sign: str) -> None:
    register = read(HEADING, joined(sign), OTHER)
    columns = ["name", "id_number", "sex", "relation", "nation", "education", "village"]
    people = register.tables["member"].select(columns).rows()
    assert people == [
        ("张三", A, "男", "户主", "汉族", "小学", "王庄村"),
        ("李四", B, "女", "配偶", "回族", "初中", "王庄村"),
        ("赵六", D, "女", "户主", "汉族", "小学", "王庄村"),
    ]
    assert [row_of(ref) for ref in register.tables["member"]["ref"]] == [2, 2, 3]
    (seen,) = register.observations
    assert seen.notice is Notice.LENIENT and seen.column == "name" and row_of(seen.ref) == 2
    assert register.files[0].unrecognised_sheets == ()


def test_cells_that_say_less_are_nobodys_and_told_once() -> None:
    cells = joined("\n")
    cells[6:] = ["汉族", "小学\n初中\n大专"]
    register = read(HEADING, cells, OTHER)
    members = register.tables["member"]
    assert members["nation"].to_list() == [None, None, "汉族"]
    assert members["relation"].to_list() == ["户主", "配偶", "户主"]
    assert [bad is not None and "nation" in bad for bad in members["bad"]] == [True, True, False]
    told = [(seen.notice, seen.column) for seen in register.observations]
    assert told == [(Notice.LENIENT, "name"), (Notice.WRONG_TYPE, "nation")]


def test_a_line_left_blank_is_an_empty_cell() -> None:
    cells = row(HOMES[0], "张三\n李四\n王五", f"{A}\n\n{C}", "男\n女\n男", "户主\n配偶\n子")
    register = read([*HEADING[:6]], cells, [*OTHER[:6]])
    assert register.tables["member"]["id_number"].to_list() == [A, None, C, D]


def test_the_head_may_be_the_second_of_them() -> None:
    heading: list[Raw] = ["行政村", "户编号", "户主姓名", "姓名", "性别", "与户主关系", "证件号码"]
    cells = row(HOMES[0], "张三", "李四\n张三", "女\n男", "配偶\n户主", f"{B}\n{A}")
    register = read(heading, cells, row(HOMES[1], "赵六", "赵六", "女", "户主", D))
    assert register.tables["member"]["name"].to_list() == ["李四", "张三", "赵六"]
    cells = row(HOMES[0], "张三", "李四\n王五", "女\n男", "配偶\n子", f"{B}\n{C}")
    register = read(heading, cells, row(HOMES[1], "赵六", "孙七", "女", "配偶", D))
    assert register.tables["member"]["name"].to_list() == ["张三", "李四", "王五", "赵六", "孙七"]
    assert register.files[0].unrecognised_sheets == ()


@pytest.mark.parametrize(
    ("name", "number", "read_as"),
    [
        ("张\n三", f"{A[:10]}\n{A[10:]}", "张三"),
        ("欧阳\n小明", A, "欧阳小明"),
        ("张三\n张小三", A, "张三 张小三"),
        ("李四 已故", A, "李四 已故"),
        ("张 三", A, "张三"),
        ("买买提·\n艾力", A, "买买提·艾力"),
    ],
)
def test_one_person_stays_one(name: str, number: str, read_as: str) -> None:
    register = read(HEADING, row(HOMES[0], name, number, "男", "户主", "汉族", "小学"), OTHER)
    members = register.tables["member"]
    assert members["name"].to_list() == [read_as, "赵六"]
    assert members["id_number"].to_list() == [A, D]


@pytest.mark.parametrize(
    ("raw", "value"), [("户\n主", "户主"), ("女\n儿", "女儿"), ("户主\n配偶", None)]
)
def test_two_relations_in_a_cell_are_not_the_second(raw: str, value: str | None) -> None:
    register = read(HEADING, row(HOMES[0], "张三", A, "男", raw, "汉族", "小学"), OTHER)
    found = register.tables["member"]["relation"][0]
    assert (found is None) if value is None else (found is not None)
    told = [seen.column for seen in register.observations if seen.notice is Notice.UNKNOWN_CODE]
    assert told == ([] if value else ["relation"])


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("家庭成员", "李四(妻) 王五(子)"),
        ("成员", "李四（妻）、王五（子）"),
        ("家庭成员姓名", "李四\n王五"),
        ("姓名", "张三、李四(妻)、王五(子)"),
    ],
)
def test_members_in_one_cell_of_their_household_are_told_to_be_unread(
    heading: str, cell: str
) -> None:
    columns: list[Raw] = ["行政村", "户编号", "户主姓名", heading, "家庭人口", "主要致贫原因"]
    register = read(
        columns, row(HOMES[0], "张三", cell, 3, "因病"), row(HOMES[1], "赵六", "", 1, "因病")
    )
    assert register.tables["household"]["head_name"].to_list() == ["张三", "赵六"]
    assert register.tables["member"].is_empty()
    (seen,) = register.observations
    assert seen.notice is Notice.UNKNOWN_COLUMN and "几个人" in str(seen.seen["why"])


@pytest.mark.parametrize("name", ["张三\n李四", "张三\n张小三"])
def test_nothing_of_several_persons_is_mended_into_one(tmp_path: Path, name: str) -> None:
    book = openpyxl.Workbook()
    for cells in (HEADING, row(HOMES[0], name, f"{A}\n{B}"), row(HOMES[1], " 赵\n六", D)):
        book.active.append(cells)  # type: ignore[union-attr]
    path = tmp_path / "表.xlsx"
    book.save(path)
    assert [(c.read.row, c.new) for c in plan_fix(path, POLICY).plan.changes] == [(2, "赵六")]


def test_more_persons_than_a_household_has_are_not_parted() -> None:
    names, numbers = "\n".join(["张三"] * 500), "\n".join([A] * 500)
    register = read([*HEADING[:4]], row(HOMES[0], names, numbers), [*OTHER[:4]])
    assert len(register.sheets) == 1
