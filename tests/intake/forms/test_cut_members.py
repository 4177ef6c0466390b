"""Members written downwards that a page ends in the midst of, and the next goes on with."""

from collections.abc import Sequence

import pytest
from form_reading import place, read

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw
from jiandang.register.register import Register

LABELS = ["姓名", "与户主关系", "性别", "身份证号", "文化程度", "健康状况"]
COLUMNS = ("name", "relation", "sex", "id_number", "education", "health")
PEOPLE = [
    ["刘大柱", "户主", "男", "320324196203013370", "小学", "长期慢性病"],
    ["陈秀兰", "配偶", "女", "320324196409073467", "初中", "健康"],
    ["刘海", "之子", "男", "320324199001203575", "高中", "健康"],
]
SIGNED: list[Raw] = ["户主签字：刘大柱"]


def in_columns() -> list[list[Raw]]:
    return [[label, *texts] for label, *texts in zip(LABELS, *PEOPLE, strict=True)]


def a_label_a_row() -> list[list[Raw]]:
    return [[label, text] for p in PEOPLE for label, text in zip(LABELS, p, strict=True)]


def two_labels_a_row() -> list[list[Raw]]:
    pairs = a_label_a_row()
    return [[*one, *other] for one, other in zip(pairs[::2], pairs[1::2], strict=True)]


LAYOUTS = {"columns": in_columns, "rows": a_label_a_row, "pairs": two_labels_a_row}


def grid(name: str, *rows: Sequence[Raw]) -> Grid:
    return Grid(name, [[*row, *[""] * (5 - len(row))] for row in rows])


def front(name: str, head: str, code: str, rows: Sequence[Sequence[Raw]]) -> Grid:
    pairs: list[list[Raw]] = [
        ["贫困户登记表"],
        ["户编号", code, "户主姓名", head],
        ["联系电话", "13852030117", "家庭人口", 3.0],
        ["主要致贫原因", "因病", "是否危房", "否"],
        ["家庭成员"],
    ]
    return grid(name, *pairs, *rows)


def people(register: Register) -> list[list[object]]:
    return [[r[n] for n in COLUMNS] for r in register.tables["member"].iter_rows(named=True)]


CUTS = [
    (n, c) for n in LAYOUTS for c in {"columns": (1, 3), "rows": (8, 9, 12), "pairs": (3, 5)}[n]
]


@pytest.mark.parametrize(("layout", "cut"), CUTS)
@pytest.mark.parametrize("first", [True, False])
def test_members_cut_between_two_sheets(layout: str, cut: int, first: bool) -> None:
    rows = LAYOUTS[layout]()
    own = front("正", "刘大柱", "320324105201001", rows[:cut])
    back = grid("反", *rows[cut:], SIGNED)
    register = read(*([own, back] if first else [back, own]))
    assert people(register) == PEOPLE
    assert register.files[0].error is None
    last = [*register.tables["member"].iter_rows(named=True)][-1]
    width = {"columns": "D", "rows": "B", "pairs": "D"}[layout]
    assert place(register, last, "health") == f"反!{width}{len(rows) - cut}"
    assert register.tables["survey"]["head_signed"].to_list() == ["刘大柱"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_members_cut_in_a_file_of_two_households_are_unread(layout: str) -> None:
    rows = LAYOUTS[layout]()
    cut = len(rows) // 2
    fronts = [
        front("甲", "刘大柱", "320324105201001", rows[:cut]),
        front("乙", "孙立国", "320324105201002", [["姓名", "孙立国"]]),
    ]
    register = read(*fronts, grid("丙", *rows[cut:]))
    assert "“丙”第1至" in str(register.files[0].error)
    assert people(register) == people(read(*fronts))


def test_what_is_of_no_person_is_told() -> None:
    own = front("正", "刘大柱", "320324105201001", a_label_a_row()[:12])
    back = grid("反", ["文化程度", "小学"], ["健康状况", "健康"], *a_label_a_row()[12:], SIGNED)
    register = read(own, back)
    assert people(register) == PEOPLE
    assert "“文化程度、健康状况”没有读：看不出是哪个成员的" in str(register.files[0].error)
