"""Members written downwards, a label a row: a person a column, or a block of rows."""

import pytest
from form_reading import place, read
from test_beside import form

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.forms.reader import FormReader
from jiandang.register.cells import Raw
from jiandang.register.register import Register

ONE: list[Raw] = ["张三丰", "男", "320324196203191150", "户主", "小学", "健康"]
OTHER: list[Raw] = ["吴秀芹", "女", "320324196409251243", "配偶", "", "长期慢性病"]
LABELS: list[Raw] = ["姓名", "性别", "身份证号", "与户主关系", "文化程度", "健康状况"]
COLUMNS = ("name", "sex", "id_number", "relation", "education", "health")


def block(person: list[Raw]) -> list[list[Raw]]:
    return [[label, value] for label, value in zip(LABELS, person, strict=True)]


def people(register: Register) -> list[list[object]]:
    rows = register.tables["member"].iter_rows(named=True)
    return [[row[name] for name in COLUMNS] for row in rows]


def true(person: list[Raw]) -> list[object]:
    return [value or None for value in person]


def cells(register: Register, name: str) -> list[str]:
    return [place(register, r, name) for r in register.tables["member"].iter_rows(named=True)]


LAYOUTS: dict[str, tuple[list[list[Raw]], list[str], list[str]]] = {
    "a block below another": ([*block(ONE), *block(OTHER)], ["S!B10", "S!B16"], ["S!B9", "S!B15"]),
    "under a line each": (
        [["家庭成员一"], *block(ONE), ["家庭成员二"], *block(OTHER)],
        ["S!B11", "S!B18"],
        ["S!B10", "S!B17"],
    ),
    "with an empty block at the end": (
        [*block(ONE), *block(OTHER), *block([""] * 6)],
        ["S!B10", "S!B16"],
        ["S!B9", "S!B15"],
    ),
    "a column each": (
        [["家庭成员"], *([label, a, b] for label, a, b in zip(LABELS, ONE, OTHER, strict=True))],
        ["S!B11", "S!C11"],
        ["S!B10", "S!C10"],
    ),
    "pairs in two rows": (
        [
            *(["姓名", p[0], "性别", p[1], "与户主关系", p[3]] for p in [ONE]),
            ["身份证号", ONE[2], "文化程度", ONE[4], "健康状况", ONE[5]],
            *(["姓名", p[0], "性别", p[1], "与户主关系", p[3]] for p in [OTHER]),
            ["身份证号", OTHER[2], "文化程度", OTHER[4], "健康状况", OTHER[5]],
        ],
        ["S!F6", "S!F8"],
        ["S!D6", "S!D8"],
    ),
}


@pytest.mark.parametrize(("rows", "health", "education"), LAYOUTS.values(), ids=LAYOUTS)
def test_members_downwards(rows: list[list[Raw]], health: list[str], education: list[str]) -> None:
    register = form(*rows, ["户主签字：张三丰"])
    assert people(register) == [true(ONE), true(OTHER)]
    assert cells(register, "health") == health
    assert cells(register, "education") == education
    assert register.files[0].remarks == []
    assert register.tables["survey"]["head_signed"].to_list() == ["张三丰"]


def test_one_person_downwards_under_a_line_about_the_members() -> None:
    assert people(form(["家庭成员"], *block(ONE))) == [true(ONE)]


def test_the_head_in_pairs_and_the_helpers_are_no_members() -> None:
    register = form(
        *block(ONE),
        ["六、帮扶责任人"],
        ["姓名", "周敬贤", "性别", "男"],
        ["姓名", "王二", "性别", "女"],
    )
    assert register.tables["member"].height == 0


def front_alone(identity: list[Raw]) -> list[list[Raw]]:
    rows: list[list[Raw]] = [identity, ["家庭成员"]]
    rows += [[label, a, b] for label, a, b in zip(LABELS, ONE, OTHER, strict=True)]
    return [[*row, *[""] * (4 - len(row))] for row in rows]


def test_a_front_with_nothing_but_a_name_and_members_downwards_is_a_form() -> None:
    identity: list[Raw] = ["户编号", "320324105201001", "户主姓名", "张三丰"]
    found = read(Grid("S", front_alone(identity)))
    assert found.tables["household"]["household_id"].to_list() == ["320324105201001"]
    assert people(found) == [true(ONE), true(OTHER)]


def test_a_transposed_list_of_members_is_no_form() -> None:
    codes: list[Raw] = ["户编号", "320324105201001", "320324105201002"]
    reader = FormReader(Vocabulary(income_year=2015), 2016)
    assert not reader.take(Grid("S", front_alone(codes)))
