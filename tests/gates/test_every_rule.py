"""Every rule of the catalogue: a case that breaks it, at the exact cell, and a near miss."""

from importlib import import_module
from pathlib import Path

import pytest
from changed import rules_about
from town import BESIDE, BREAKS, SEVERITIES, SPARES, Breaker, Sparer, Town

from jiandang.gates.catalogue import all_rules, find_rule
from jiandang.register.code_cells import Code
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

# Importing a module of cases adds them to BREAKS and SPARES.
for _path in sorted(Path(__file__).parent.glob("cases_*.py")):
    import_module(_path.stem)


def _name(value: object) -> str:
    return value if isinstance(value, str) else getattr(value, "__name__", "case").strip("_")


@pytest.mark.parametrize(("code", "case"), BREAKS, ids=_name)
def test_breaks(code: str, case: Breaker) -> None:
    town = Town()
    sheet, cell = case(town)
    severity = SEVERITIES.get(case, find_rule(code).severity)
    found = [
        (f.rule, f.severity, f.sheet, f.cell)
        for f in town.findings(about=rules_about)
        if f.rule == code or f.severity is not Severity.INFO
        if f.rule != BESIDE[case]
    ]
    assert found == [(code, severity, sheet, cell)]


@pytest.mark.parametrize(("code", "case"), SPARES, ids=_name)
def test_spares(code: str, case: Sparer) -> None:
    town = Town()
    case(town)
    found = [
        (f.rule, f.sheet, f.cell, f.message)
        for f in town.findings(about=rules_about)
        if f.rule == code or f.severity is not Severity.INFO
    ]
    assert found == []


@pytest.mark.parametrize(("code", "case"), (BREAKS + SPARES)[::40], ids=_name)
def test_short_cuts_change_nothing(code: str, case: Breaker | Sparer) -> None:
    """Neither the rules that are left out, nor the columns that the clean town has already."""
    town = Town()
    case(town)
    of_all, of_some = (
        {f.fingerprint for f in findings if f.rule == code or f.severity is not Severity.INFO}
        for findings in (town.findings(anew=True), town.findings(about=rules_about))
    )
    assert of_some == of_all


def test_every_rule_has_a_case_and_a_near_miss() -> None:
    codes = {rule.code for rule in all_rules()}
    assert codes - {code for code, _ in BREAKS} == set()
    assert codes - {code for code, _ in SPARES} == set()


def test_an_error_has_a_ground_of_its_own() -> None:
    """Where only this tool thinks so, the clerk must not be told to correct it."""
    errors = [rule for rule in all_rules() if rule.severity is Severity.ERROR]
    assert [rule.code for rule in errors if "本工具的判断" in rule.basis] == []


def test_no_rule_says_that_a_cell_has_the_word_that_was_read() -> None:
    """Where 初中 stands below 在校生状况, “在校生” is what it means and not what was filled in."""
    coded = {
        name
        for columns in COLUMNS.values()
        for name, column in columns.items()
        if isinstance(column.cell, Code)
    }
    said = [
        (rule.code, name)
        for rule in all_rules()
        for name in coded
        if f"填的是“{{{name}}}”" in rule.message
    ]
    assert said == []
