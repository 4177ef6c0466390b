"""A town true to life, in which nothing is wrong: what rules find there are false alarms.

Towns are of 1,000 households, or as many as `pytest tests/gates/test_lifelike.py --households
3000` says; strange households are rarer in a larger one.
"""

from collections import Counter
from datetime import date

import pytest
from town import Cell, Row, Town

from generators.lifelike import lifelike_town
from jiandang.report.model import Severity

# 警告 and 疑点 in 1,000 households, at the most.
_DOUBTS_IN_1000 = 20


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_false_alarms_are_few(seed: int, pytestconfig: pytest.Config) -> None:
    households = int(pytestconfig.getoption("households"))
    found = Town(sheets=lifelike_town(seed, households).sheets).findings()
    rules = Counter(f.rule for f in found if f.severity is Severity.ERROR)
    assert rules == {}
    rules = Counter(f.rule for f in found if f.severity in (Severity.WARNING, Severity.SUSPECT))
    assert rules.total() < _DOUBTS_IN_1000 * households / 1000, rules


@pytest.mark.parametrize("seed", [4, 5])
def test_midway_nothing_is_told_that_is_not_due(seed: int) -> None:
    """On 20 February some have applied, some were visited, and nothing else is done yet.

    What is told is told of the finished register too, at the same cell and no graver.
    """
    day = date(2016, 2, 20)
    whole = Town(sheets=lifelike_town(seed, 300).sheets)
    town = Town(sheets=lifelike_town(seed, 300).sheets, as_of=day)
    for step in town.rows("识别程序"):
        has_applied = step["申请日期"] is not None and step["申请日期"] <= day
        _only(step, {"申请日期", "申请人签字"} if has_applied else set())
    visited = set()
    for place, visit in enumerate(town.rows("入户调查")):
        _only(visit, {"调查日期", "调查人1", "调查人2", "户主签字"} if place % 3 == 0 else set())
        if visit["调查日期"] is not None:
            visit["调查日期"] = date(2016, 2, 16 + place % 4)
            visited.add(visit["户编号"])
    for home in town.rows("农户"):
        known_later = [h for h in home if h.endswith("(元)") or h == "主要致贫原因"]
        for heading in (*_LATER_CELLS, *(() if home["户编号"] in visited else known_later)):
            home[heading] = None
    assert _doubts(town) - _doubts(whole) == set()


def _doubts(town: Town) -> set[tuple[str, str, Cell]]:
    return {
        (f.rule, f.severity.value, (f.sheet, f.cell))
        for f in town.findings()
        if f.severity is not Severity.INFO
    }


_LATER_CELLS = ("识别时间", "帮扶责任人", "帮扶单位", "帮扶人职务", "帮扶人电话", "帮扶开始时间")


def _only(row: Row, headings: set[str]) -> None:
    for heading in row.keys() - headings - {"行政村", "户编号"}:
        row[heading] = None


def test_a_seed_makes_one_town() -> None:
    one, again, other = (lifelike_town(seed, 40).sheets for seed in (1, 1, 2))
    assert one == again != other
