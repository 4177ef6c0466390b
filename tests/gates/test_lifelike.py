"""A town true to life, in which nothing is wrong: what rules find there are false alarms.

The goal is no 错误, and fewer than 20 警告 and 疑点 in 1,000 households. What follows is the
present state, to be lowered with every rule that is mended. Towns are of 300 households, or as many
as `pytest tests/gates/test_lifelike.py --households 3000` says; strange households are rarer in a
larger one.
"""

from collections import Counter

import pytest
from town import Town

from generators.lifelike import lifelike_town
from jiandang.report.model import Severity

# Rules that raise false alarms today, and how many in 1,000 households at the most.
KNOWN = {
    # Notices that are posted on seven days, counting both ends; 无群众反映 taken for an objection.
    Severity.ERROR: {"SB008": 1000, "SB011": 1000, "SB014": 1000, "SB016": 330},
    Severity.WARNING: {"SJ015": 200},
}
RARE = {
    Severity.ERROR: {
        *("DC044", "LR004", "LR006", "LR101", "LR119", "LR317"),
        *("SB001", "SB003", "SB006", "SJ008"),
    },
    Severity.WARNING: {
        *("DC013", "DC015", "DC016", "DC018", "DC020", "DC022", "DC023", "DC025", "DC027"),
        *("DC033", "DC034", "DC036", "DC042", "DC045", "DC046"),
        *("LR210", "LR211", "LR302", "LR310"),
    },
    Severity.SUSPECT: {"LR214", "LR216", "SB024", "SB030"},
}
RARE_IN_1000 = {Severity.ERROR: 100, Severity.WARNING: 220, Severity.SUSPECT: 20}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_false_alarms_are_no_more_than_they_were(seed: int, pytestconfig: pytest.Config) -> None:
    households = int(pytestconfig.getoption("households"))
    found = Town(sheets=lifelike_town(seed, households).sheets).findings()
    for severity, most in RARE_IN_1000.items():
        rules = Counter(f.rule for f in found if f.severity is severity)
        for rule, known in KNOWN.get(severity, {}).items():
            assert rules.pop(rule, 0) <= known * households / 1000, rule
        assert rules.keys() <= RARE[severity]
        assert rules.total() <= most * households / 1000, rules


def test_a_seed_makes_one_town() -> None:
    one, again, other = (lifelike_town(seed, 40).sheets for seed in (1, 1, 2))
    assert one == again != other
