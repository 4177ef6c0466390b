"""A column that slipped is the same finding (问题号) wherever its block begins and ends."""

from collections.abc import Callable

import cases_slipped as slipped
import pytest
from cases_slipped import MEMBERS, VILLAGE, numbers_a_row_down
from town import Town

_NUMBER = "证件号码"


def _number_of_slip(town: Town) -> str:
    (found,) = (f for f in town.findings() if f.rule == "LR135")
    return found.fingerprint


def _slipped() -> tuple[Town, dict[int, object]]:
    town = Town()
    right = {id(row): row[_NUMBER] for row in town.rows(MEMBERS)}
    numbers_a_row_down(town)
    return town, right


@pytest.mark.parametrize(
    ("broken", "whose"),
    [
        (slipped.numbers_a_row_down, "上面一行"),
        (slipped.numbers_a_row_up, "下面一行"),
        (slipped.numbers_two_rows_down, "上面第 2 行"),
        (slipped.dates_of_birth_a_row_up, "下面一行"),
        (slipped.person_numbers_a_row_down, "上面一行"),
        (slipped.sexes_a_row_up, "下面一行"),
        (slipped.relations_a_row_down, "上面一行"),
        (slipped.sizes_a_row_down, "上面一行"),
        (slipped.averages_a_row_up, "下面一行"),
        (slipped.votes_a_row_up, "下面一行"),
    ],
)
def test_whose_the_cells_are(broken: Callable[[Town], object], whose: str) -> None:
    town = Town()
    broken(town)
    (found,) = (f for f in town.findings() if f.rule == "LR135")
    assert f"都是{whose}的" in found.message


@pytest.mark.parametrize("part", [slice(0, 8), slice(-8, None)])
def test_some_of_it_is_put_right(part: slice) -> None:
    town, right = _slipped()
    before = _number_of_slip(town)
    for row in town.rows(MEMBERS, 行政村=VILLAGE)[part]:
        row[_NUMBER] = right[id(row)]
    assert _number_of_slip(town) == before


def test_another_village_is_put_below() -> None:
    town, _ = _slipped()
    before = _number_of_slip(town)
    rows = town.sheets[MEMBERS]
    rows.sort(key=lambda row: row["行政村"] != VILLAGE)
    assert _number_of_slip(town) == before
