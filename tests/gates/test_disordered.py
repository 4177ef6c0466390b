"""Columns that were sorted alone, or not filled at all: one finding, at the sheet that is wrong."""

from collections.abc import Callable
from random import Random

import pytest
from cases_heads_of_steps import STEPS, VISITS
from town import Row, Town

from generators.people import with_check

MEMBERS, HOMES = "成员", "农户"


def _told(town: Town) -> list[tuple[str, str, str]]:
    found = (f for f in town.findings() if f.severity.value != "info")
    return [(f.rule, f.sheet, f.cell) for f in found]


def _sorted(names: list[str]) -> list[str]:
    return sorted(names)


def _shuffled(names: list[str]) -> list[str]:
    return Random(1).sample(names, len(names))


@pytest.mark.parametrize("disorder", [_sorted, _shuffled])
@pytest.mark.parametrize(("sheet", "heading"), [(MEMBERS, "姓名"), (HOMES, "户主姓名")])
def test_names_sorted_alone_are_told_at_their_sheet(
    sheet: str, heading: str, disorder: Callable[[list[str]], list[str]]
) -> None:
    town = Town()
    rows = town.rows(sheet)
    for row, name in zip(rows, disorder([row[heading] for row in rows]), strict=True):
        row[heading] = name
    (found,) = _told(town)
    assert found[:2] == ("LR207", sheet)


@pytest.mark.parametrize("disorder", [_sorted, _shuffled])
@pytest.mark.parametrize(("sheet", "heading"), [(MEMBERS, "姓名"), (HOMES, "户主姓名")])
def test_names_of_one_village_sorted_alone(
    sheet: str, heading: str, disorder: Callable[[list[str]], list[str]]
) -> None:
    town = Town()
    rows = town.rows(sheet, 行政村="柳湾村")
    for row, name in zip(rows, disorder([row[heading] for row in rows]), strict=True):
        row[heading] = name
    (found,) = _told(town)
    assert found[:2] == ("LR207", sheet)


@pytest.mark.parametrize("sheet", [STEPS, VISITS])
def test_a_column_of_numbers_that_nobody_filled(sheet: str) -> None:
    town = Town()
    for row in town.rows(sheet):
        row["户编号"] = None
    (found,) = (f for f in town.findings() if f.severity.value != "info")
    assert (found.rule, found.sheet) == ("LR004", sheet)
    assert "共 75 格" in found.message


@pytest.mark.parametrize("has_person_ids", [True, False])
def test_a_row_copied_with_a_wrong_number_is_told_of(*, has_person_ids: bool) -> None:
    town = Town()
    if not has_person_ids:
        town.headings[MEMBERS].remove("人编号")
    rows = town.sheets[MEMBERS]
    child = town.row(MEMBERS, 与户主关系="之子")
    number = with_check(child["证件号码"][:17])
    child["证件号码"] = number[:17] + ("1" if number[17] != "1" else "2")
    place = rows.index(child) + 1
    rows[place:place] = [dict(child), dict(child)]
    again = [town.cell(row, "证件号码") for row in rows[place : place + 2]]
    assert _told(town) == [
        ("LR103", *town.cell(child, "证件号码")),
        *(("LR108", *cell) for cell in again),
    ]


@pytest.mark.parametrize(("one", "other"), [(12, 30), (30, 12)])
def test_a_number_of_a_person_of_another_household_is_told_at_its_row(one: int, other: int) -> None:
    town = Town()
    rows: list[Row] = town.rows(MEMBERS)
    rows[one]["人编号"] = rows[other]["人编号"]
    assert _told(town) == [("LR122", *town.cell(rows[one], "人编号"))]


@pytest.mark.parametrize(("last_digit", "severity"), [(0, "suspect"), (1, "error")])
def test_numbers_of_triplets_may_be_right(last_digit: int, severity: str) -> None:
    town = Town()
    rows = town.sheets[MEMBERS]
    child = town.row(MEMBERS, 与户主关系="之子")
    place = rows.index(child)
    rows[place + 1 : place + 1] = [dict(child), dict(child)]
    for step, row in enumerate(rows[place : place + 3]):
        row["证件号码"] = with_check(f"{child['证件号码'][:14]}77{4 + step}")
        if last_digit:
            row["证件号码"] = row["证件号码"][:17] + str(step)
    (found,) = town.findings(select=["LR125"])
    assert (found.severity.value, found.cell) == (severity, town.cell(child, "证件号码")[1])


def test_numbers_exchanged_with_somebody_who_has_a_disability_card() -> None:
    town = Town()
    disabled = town.row(MEMBERS, 残疾证号=lambda card: card is not None)
    other = next(row for row in town.members(disabled) if row is not disabled)
    disabled["证件号码"], other["证件号码"] = other["证件号码"], disabled["证件号码"]
    (found,) = _told(town)
    assert found[0] == "LR133"


def test_a_card_in_the_row_of_another_member_is_told_there() -> None:
    town = Town()
    owner = town.row(MEMBERS, 残疾证号=lambda card: card is not None)
    other = next(row for row in town.members(owner) if row is not owner)
    other["残疾证号"], owner["残疾证号"] = owner["残疾证号"], None
    assert _told(town) == [("LR114", *town.cell(other, "残疾证号"))]
