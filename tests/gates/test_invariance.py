"""Properties of whole runs, on the faulty sample township."""

import csv
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from town import AS_OF, Town

import jiandang
from generators.faults import seed_faults
from generators.layout import TABLES
from generators.township import build_register
from jiandang.report.model import Finding, Severity

SAMPLES = Path(__file__).parents[2] / "sample_data"


def _faulty_town() -> Town:
    register = build_register()
    seed_faults(register)
    headings = {
        name: [c.heading for c in (*columns, *register.extra_columns.get(name, ()))]
        for name, columns in TABLES.items()
    }
    return Town(sheets=register.sheets(), headings=headings)


@cache
def _faults() -> list[Finding]:
    """What is found in the town of faults before anybody changes it."""
    return _faulty_town().findings(evidence=True)


def _shuffle_rows(town: Town, random: Random) -> None:
    for rows in town.sheets.values():
        random.shuffle(rows)


def _reverse_rows(town: Town, random: Random) -> None:
    for rows in town.sheets.values():
        rows.reverse()


# By what people sort a sheet, so that families are torn apart: of other columns the order of a
# shuffled sheet is one.
_SORT_KEYS = (
    "姓名", "证件号码", "出生日期", "与户主关系", "年龄", "户主姓名", "户编号", "人均纯收入(元)",
)  # fmt: skip


def _sort_rows(key: str) -> Callable[[Town, Random], None]:
    """Sort each sheet that has the column by it, the largest first and empty cells at the end."""

    def _sort(town: Town, random: Random) -> None:
        for sheet, rows in town.sheets.items():
            if key in town.headings[sheet]:
                rows.sort(key=lambda row: str(row.get(key) or ""), reverse=True)

    _sort.__name__ = f"sort_by_{key}"
    return _sort


def _shuffle_columns(town: Town, random: Random) -> None:
    for headings in town.headings.values():
        random.shuffle(headings)


def _shuffle_sheets(town: Town, random: Random) -> None:
    sheets = list(town.sheets.items())
    random.shuffle(sheets)
    town.sheets = dict(sheets)


def _statement(finding: Finding) -> tuple[object, ...]:
    """All that a finding says but for its address."""
    return (
        finding.rule,
        finding.severity,
        finding.village,
        finding.household,
        finding.person,
        finding.column,
        finding.message,
        finding.fingerprint,
    )


# Of two that exclude each other, these rules name the one that comes second, so that the order
# decides which; or they say where the other one stands.
_NAME_THE_SECOND = {"LR002", "LR108", "LR109", "LR122", "LR202", "LR208", "LR213", "RW007"}
# These are about rows that follow each other.
_ABOUT_NEIGHBOURS = {"LR013", "LR018", "LR125"}


def _statements(findings: list[Finding]) -> Counter[tuple[object, ...]]:
    return Counter(
        (f.rule, f.severity) if f.rule in _NAME_THE_SECOND else _statement(f)
        for f in findings
        if f.rule not in _ABOUT_NEIGHBOURS
    )


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shuffle", [_shuffle_rows, _shuffle_columns, _shuffle_sheets])
def test_order_changes_nothing_but_addresses(
    shuffle: Callable[[Town, Random], None], seed: int
) -> None:
    town = _faulty_town()
    shuffle(town, Random(seed))
    assert _statements(town.findings()) == _statements(_faults())


@pytest.mark.parametrize(
    "change", [_reverse_rows, *map(_sort_rows, _SORT_KEYS)], ids=lambda each: each.__name__
)
def test_sorted_rows_have_the_findings_that_they_had(
    change: Callable[[Town, Random], None],
) -> None:
    """So that the answers to them are still theirs."""
    town = _faulty_town()
    change(town, Random())
    assert _numbers(town.findings()) == _numbers(_faults())


def _numbers(findings: list[Finding]) -> Counter[tuple[str, Severity, str]]:
    return Counter((f.rule, f.severity, f.fingerprint) for f in findings)


def test_each_seeded_fault_is_one_finding() -> None:
    """Independent faults neither hide each other nor bring forth others."""
    path = SAMPLES / "官山镇_有误.xlsx"
    with path.with_suffix(".faults.csv").open(encoding="utf-8-sig", newline="") as file:
        seeded = Counter((row["rule"], row["sheet"], row["cell"]) for row in csv.DictReader(file))
    report = jiandang.check(jiandang.load([path]), jiandang.load_policy("xuzhou-2016"), as_of=AS_OF)
    found = Counter(
        (f.rule, f.sheet, f.cell) for f in report.findings if f.severity is not Severity.INFO
    )
    assert found == seeded
