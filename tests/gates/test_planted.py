"""Faults planted in a town true to life, one a household: each is found, and told once."""

from collections import defaultdict

import pytest
from town import Cell, Row, Town

from generators.faults import FAULTS
from generators.layout import HOUSEHOLDS, MEMBERS, PROCEDURE, SURVEY
from generators.lifelike import lifelike_town
from generators.township import Household

_FOUND, _FINDINGS_EACH = 0.95, 1.1
# They need a household, or places, that only the sample town has.
_ELSEWHERE = {"LR120", "LR210"}


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_planted_faults_are_found_once(seed: int) -> None:
    town = Town(sheets=lifelike_town(seed, 400).sheets)
    before = _found(town)
    planted = _plant(town, _homes(town))
    new = _found(town) - before
    assert len(planted & new) >= _FOUND * len(planted), planted - new
    assert len(new) <= _FINDINGS_EACH * len(planted), new - planted


def _found(town: Town) -> set[tuple[str, Cell]]:
    return {(f.rule, (f.sheet, f.cell)) for f in town.findings()}


def _homes(town: Town) -> list[Household]:
    members: dict[object, list[Row]] = defaultdict(list)
    for member in town.rows(MEMBERS):
        members[member["户编号"]].append(member)
    steps, visits = (
        {row["户编号"]: row for row in town.rows(sheet)} for sheet in (PROCEDURE, SURVEY)
    )
    return [
        Household(record["行政村"], members[number], record, steps[number], visits[number])
        for record in town.rows(HOUSEHOLDS)
        if steps[number := record["户编号"]]["同意票"]
    ]


def _plant(town: Town, spare: list[Household]) -> set[tuple[str, Cell]]:
    """Plants every fault for which there is a household, those with the fewest first."""
    planted = set()
    faults = [fault for fault in FAULTS if fault.rule not in _ELSEWHERE]
    for fault in sorted(faults, key=lambda fault: sum(map(fault.suits, spare))):
        home = next(filter(fault.suits, spare))
        spare.remove(home)
        spot = fault.edit(home)
        assert spot.row is not None
        planted.add((fault.rule, town.cell(spot.row, spot.heading)))
    return planted
