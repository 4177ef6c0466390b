"""问题号 says who and what a finding is about, 依据码 what it rests on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from random import Random

import pytest
from test_invariance import (
    _ABOUT_NEIGHBOURS,
    _faulty_town,
    _shuffle_columns,
    _shuffle_rows,
    _shuffle_sheets,
)
from town import AS_OF, Town

from jiandang.report.model import Finding
from jiandang.run.checking import Settings, check_register, report_with


def _findings(town: Town, *, show_ids: bool = False) -> list[Finding]:
    register = town.register(town.effective_policy())
    settings = Settings.of(town.effective_policy(), as_of=AS_OF, show_ids=show_ids, evidence=True)
    checked = check_register(register, settings)
    return report_with(settings, checked, register.files, register.sheets, ()).findings


def _keys(findings: list[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (f.rule, f.fingerprint, f.evidence) for f in findings if f.rule not in _ABOUT_NEIGHBOURS
    )


def test_each_finding_has_its_own_number() -> None:
    findings = _findings(_faulty_town())
    assert len({f.fingerprint for f in findings}) == len(findings) > 70


def test_numbers_are_the_same_whatever_is_shown() -> None:
    town = _faulty_town()
    assert _keys(_findings(town)) == _keys(_findings(town, show_ids=True))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shuffle", [_shuffle_rows, _shuffle_columns, _shuffle_sheets])
def test_keys_do_not_depend_on_order(shuffle: Callable[[Town, Random], None], seed: int) -> None:
    town = _faulty_town()
    before = _keys(_findings(town))
    shuffle(town, Random(seed))
    after = _keys(_findings(town))
    assert after - before == before - after == Counter()


def test_the_code_is_no_part_of_what_is_published() -> None:
    from pydantic import TypeAdapter

    finding = _findings(_faulty_town())[0]
    assert asdict(finding)["evidence"]
    assert finding.evidence not in TypeAdapter(Finding).dump_json(finding).decode()
