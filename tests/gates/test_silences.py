"""One cause, one finding: for each entry of the table a case in which it matters."""

import pytest
from cases_silences import SILENCES as CASES
from cases_silences import Silencing
from later_readers import later_readers
from survey_edits import take_six_part_form
from town import Town

from jiandang.engine.plan import plan_for
from jiandang.gates.silences import SILENCES
from jiandang.run.load import register_of


@pytest.mark.parametrize(("code", "other", "case"), CASES)
def test_silences(code: str, other: str, case: Silencing) -> None:
    town = Town()
    case(town)
    alone = {(f.sheet, f.cell) for f in town.findings(select=[other])}
    report = town.report(select=[code, other])
    told = {(f.sheet, f.cell) for f in report.findings if f.rule == other}
    assert alone > told
    assert code in {f.rule for f in report.findings}
    assert report.summary.silenced >= len(alone - told)


def test_every_entry_has_a_case() -> None:
    assert {code for code, _, _ in CASES} == SILENCES.keys()


def test_every_silenced_column_has_a_later_reader() -> None:
    town = Town()
    policy = town.effective_policy()
    plan = plan_for(policy, register_of(town.grids(), policy))
    readers = later_readers(SILENCES, plan)
    take_six_part_form(town)
    six_parts = plan_for(policy, register_of(town.grids(), policy))
    of_six = later_readers(SILENCES, six_parts)
    readers = {entry: later or of_six[entry] for entry, later in readers.items()}
    assert {code for code, _ in readers} == SILENCES.keys()
    assert [entry for entry, later in readers.items() if not later] == []
