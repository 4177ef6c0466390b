"""A form without some column is no faulty form: rules that need it do not run, no other alarms."""

import pytest
from changed import rules_about
from town import Town

from jiandang.report.model import Severity

COLUMNS = [(sheet, heading) for sheet, headings in Town().headings.items() for heading in headings]


@pytest.mark.parametrize(("sheet", "heading"), COLUMNS)
def test_without_one_column(sheet: str, heading: str) -> None:
    town = Town()
    town.headings[sheet].remove(heading)
    findings = town.findings(select=rules_about(town))
    found = {f.rule for f in findings if f.severity is not Severity.INFO}
    assert found <= {"LR001"}


@pytest.mark.parametrize("sheet", list(Town().sheets))
def test_without_one_table(sheet: str) -> None:
    town = Town()
    del town.sheets[sheet]
    assert [f for f in town.findings() if f.severity is not Severity.INFO] == []


@pytest.mark.parametrize("sheet", list(Town().sheets))
def test_one_table_alone(sheet: str) -> None:
    town = Town()
    town.sheets = {sheet: town.sheets[sheet]}
    assert [f for f in town.findings() if f.severity is not Severity.INFO] == []
