"""依据码 of what lists say: it rests on the cells of the list's rows, and not on their file."""

from random import Random

import pytest
from test_every_rule import _name
from town import BREAKS, Breaker, Town

from jiandang.report.model import Finding

# One case a rule.
_CASES = [*{code: case for code, case in reversed(BREAKS) if code.startswith("BD")}.items()]
# Those that tell neither of a file nor of a village.
_OF_HOUSEHOLDS = [pair for pair in _CASES if pair[0] > "BD1" and pair[0] != "BD104"]
# Cells that a doubt about the rows may not rest on: it says nothing of them.
_NAMES = {"姓名", "户名", "身份证号码", "证件号码", "残疾证号", "账号"}


def _findings(town: Town, code: str) -> dict[str, Finding]:
    found = town.findings(select=[code], evidence=True)
    return {f.fingerprint: f for f in found if f.rule == code}


def _changed(value: object) -> object:
    if isinstance(value, int | float):
        return value + 1
    text = str(value)
    if text[:4].isdigit():  # a day, or a month
        return f"{int(text[:4]) - 1}{text[4:]}"
    return f"{text}乙"


@pytest.mark.parametrize(("code", "case"), _CASES, ids=_name)
def test_what_a_doubt_tells_of_a_list_is_what_it_rests_on(code: str, case: Breaker) -> None:
    town = Town()
    case(town)
    before = _findings(town, code)
    assert before
    for rows in town.lists.values():
        for row in rows[-2:]:
            for heading, value in [*row.items()]:
                if value in (None, "") or heading in _NAMES:
                    continue
                row[heading] = _changed(value)
                for number, finding in _findings(town, code).items():
                    if number in before and finding.message != before[number].message:
                        assert finding.evidence != before[number].evidence, heading
                row[heading] = value


@pytest.mark.parametrize(("code", "case"), _OF_HOUSEHOLDS, ids=_name)
def test_the_same_rows_in_another_file_or_order_change_nothing(code: str, case: Breaker) -> None:
    town = Town()
    case(town)
    before = {number: f.evidence for number, f in _findings(town, code).items()}
    assert before
    for name in [*town.lists]:
        town.lists[name.replace("20160220", "20160221")] = town.lists.pop(name)
    for rows in (*town.sheets.values(), *town.lists.values()):
        Random(1).shuffle(rows)
        rows[:0] = [{}]
    assert {number: f.evidence for number, f in _findings(town, code).items()} == before
