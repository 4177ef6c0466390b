"""问题号 says who and what a finding is about, 依据码 what it rests on."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from functools import cache
from random import Random
from typing import NamedTuple

import pytest
import test_every_rule  # noqa: F401  (it adds the cases to BREAKS)
from later_readers import clauses_of
from test_invariance import (
    _ABOUT_NEIGHBOURS,
    _faults,
    _faulty_town,
    _reverse_rows,
    _shuffle_columns,
    _shuffle_rows,
    _shuffle_sheets,
)
from town import BREAKS, Breaker, Town

from jiandang.answers.applying import with_answers
from jiandang.answers.matching import words_of
from jiandang.answers.replies import Reply
from jiandang.engine.identity import person_of
from jiandang.engine.plan import Clause, Plan, plan_for
from jiandang.engine.words import heading_of
from jiandang.gates.catalogue import find_rule
from jiandang.register.tables import COLUMNS, MODELS, TITLES
from jiandang.report.answered import AnswerState
from jiandang.report.model import Finding, Report, Severity


def _findings(town: Town, *, show_ids: bool = False, select: Iterable[str] = ()) -> list[Finding]:
    return town.findings(evidence=True, show_ids=show_ids, select=select)


def _keys(findings: list[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (f.rule, f.fingerprint, f.evidence) for f in findings if f.rule not in _ABOUT_NEIGHBOURS
    )


def test_each_finding_has_its_own_number() -> None:
    findings = _faults()
    assert len({f.fingerprint for f in findings}) == len(findings) > 70


def test_numbers_are_the_same_whatever_is_shown() -> None:
    assert _keys(_faults()) == _keys(_findings(_faulty_town(), show_ids=True))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shuffle", [_shuffle_rows, _shuffle_columns, _shuffle_sheets])
def test_keys_do_not_depend_on_order(shuffle: Callable[[Town, Random], None], seed: int) -> None:
    town = _faulty_town()
    before = _keys(_faults())
    shuffle(town, Random(seed))
    after = _keys(_findings(town))
    assert after - before == before - after == Counter()


def test_keys_do_not_depend_on_names_and_rows_between() -> None:
    town = _faulty_town()
    before = _keys(_faults())
    for rows in town.sheets.values():
        rows[1:1] = [{}]
    town.sheets = {f"{sheet}表（新）": rows for sheet, rows in town.sheets.items()}
    town.headings = {f"{sheet}表（新）": named for sheet, named in town.headings.items()}
    after = _keys(_findings(town))
    assert before - after == Counter()


def test_both_of_a_pair_have_one_number() -> None:
    """Whoever stands first: the finding is at the other one, and is the same."""
    town = _faulty_town()
    one, two, three = [f for f in town.sheets["成员"] if f["与户主关系"] == "户主"][:3]
    two["证件号码"] = three["证件号码"] = one["证件号码"]
    before = [f for f in _findings(town) if f.rule == "LR109"]
    town.sheets["成员"].reverse()
    after = [f for f in _findings(town) if f.rule == "LR109"]
    assert {f.person for f in before} != {f.person for f in after}
    assert _keys(before) == _keys(after) and len(before) >= 2


# Rules about several rows that are told of at one of them, which the order must not choose, or
# that is not what the finding is about.
_OF_SEVERAL = {
    "RW013", "RW014", "SB024", "SB025", "SB027", "SB034", "DC006", "DC036", "DC054", "DC057",
    "DC059", "DC060", "DC064", "LR007", "LR016", "LR017", "LR022",
    "LR109", "LR117", "LR119", "LR120", "LR121", "LR126", "LR202", "LR208", "LR220", "LR405",
    "DT002", "DT003", "DT012", "DT018", "DT022",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "case"),
    [(code, case) for code, case in BREAKS if code in _OF_SEVERAL],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_of_several_rows_the_order_chooses_no_other_finding(code: str, case: Breaker) -> None:
    """What nobody mended has the number that it had, and is not counted as corrected."""
    town = Town()
    case(town)
    if town.earlier is not None:
        before = {f.fingerprint for f in town.findings(select=code)}
        _reverse_rows(town, Random())
        _reverse_rows(town.earlier, Random())
        assert {f.fingerprint for f in town.findings(select=code)} == before
        return
    found = _findings(town, select=code)
    _reverse_rows(town, Random())
    answered = _answered(town, found, "已改正", select=code)
    assert {f.fingerprint for f in found} == {f.fingerprint for f in answered.findings}
    assert answered.answers and answered.answers.states == {AnswerState.UNCHANGED: len(found)}


def _of(code: str, town: Town) -> tuple[str, str]:
    (finding,) = [f for f in _findings(town) if f.rule == code]
    return finding.fingerprint, finding.evidence


def test_of_many_cells_their_number_counts_and_not_which_comes_first() -> None:
    """Nor in which rows of the sheet they stand."""
    town = Town()
    rows = town.sheets["成员"]
    idle = [row for row in rows if row["务工时间(月)"] is None][:5]
    for row in idle[:4]:
        row["务工时间(月)"] = "/"
    before = _of("LR016", town)
    idle[0]["务工时间(月)"] = "——"
    rows[1:1] = [{}]
    assert _of("LR016", town) == before
    idle[4]["务工时间(月)"] = "/"
    number, code = _of("LR016", town)
    assert number == before[0] and code != before[1]


def test_blank_rows_are_the_same_wherever_they_stand() -> None:
    town = Town()
    town.sheets["成员"][5:5] = [{}, {}]
    before = _of("LR007", town)
    town.sheets["成员"][:0] = [dict(town.sheets["成员"][0], 姓名="李新", 户编号="320324105201099")]
    assert _of("LR007", town) == before


def test_the_code_is_no_part_of_what_is_published() -> None:
    from pydantic import TypeAdapter

    finding = _faults()[0]
    assert asdict(finding)["evidence"]
    assert finding.evidence not in TypeAdapter(Finding).dump_json(finding).decode()


# -- what a change opens again ---------------------------------------------------------------


class _Change(NamedTuple):
    """A cell that was changed: its table and column, its row in the sheet, its household."""

    table: str
    name: str
    row: int
    household: str


def _change_figures(town: Town, random: Random, number: int) -> list[_Change]:
    """Add one to so many figures."""
    names = {(TITLES[t], c.heading): (t, n) for t in MODELS for n, c in COLUMNS[t].items()}
    places = [
        (sheet, line, row, heading)
        for sheet, rows in town.sheets.items()
        for line, row in enumerate(rows, 2)
        for heading, value in row.items()
        if isinstance(value, int | float) and (sheet, heading) in names and "户编号" in row
    ]
    changed = []
    for sheet, line, row, heading in random.sample(places, number):
        row[heading] += 1
        changed.append(_Change(*names[sheet, heading], line, str(row["户编号"])))
    return changed


@cache
def _plan() -> Plan:
    """How the rules run over the town of faults, whoever changes its cells."""
    town = _faulty_town()
    policy = town.effective_policy()
    return plan_for(policy, town.register(policy))


@cache
def _clauses() -> dict[tuple[str, str, str], list[Clause]]:
    """The expressions by rule, sheet and column, of rules that look at one household alone."""
    plan = _plan()
    found: dict[tuple[str, str, str], list[Clause]] = {}
    for clause in clauses_of(plan):
        cells = [(clause.table, root) for root in clause.where.meta.root_names()]
        of_groups = any(plan.resolution[cell].is_of_group for cell in plan.resolution.behind(cells))
        if clause.rule.per in ("row", "household") and not of_groups:
            for name in clause.at.split("|"):
                key = clause.rule.code, TITLES[clause.table], heading_of(name)
                found.setdefault(key, []).append(clause)
    return found


def _rests_on(clause: Clause, finding: Finding, change: _Change) -> bool:
    if change.household != finding.household:
        return False
    for table, name, scope in clause.reads:
        if (table, name) == (change.table, change.name):
            of_household = scope == "household" or clause.rule.per == "household"
            return of_household or change.row == finding.row
    return False


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_figure_opens_exactly_what_rests_on_it(seed: int) -> None:
    town = _faulty_town()
    clauses = _clauses()
    before = {f.fingerprint: f for f in _faults()}
    known = {n: clauses.get((f.rule, f.sheet, f.column), []) for n, f in before.items()}
    changes = _change_figures(town, Random(seed), 100)
    after = _answered(town, [*before.values()]).findings
    told = {f.fingerprint: f for f in after if len(known.get(f.fingerprint, ())) == 1}
    opened = {n for n, f in told.items() if f.evidence != before[n].evidence}
    assert opened == {
        n for n in told if any(_rests_on(known[n][0], before[n], change) for change in changes)
    }
    for number, finding in told.items():
        if finding.severity is not Severity.ERROR:
            assert finding.is_verified == (number not in opened)
    assert len(told) > 30 and opened


@cache
def _read_by_rule() -> dict[str, set[tuple[str, str]]]:
    """The columns that each rule reads, in whatever rows, of its message too."""
    plan = _plan()
    found: dict[str, set[tuple[str, str]]] = {}
    for clause in clauses_of(plan):
        shown = [root for value in clause.values for root in value.meta.root_names()]
        roots = [*clause.where.meta.root_names(), *shown]
        reads = {*clause.reads, *plan.resolution.reads(clause.table, roots)}
        found.setdefault(clause.rule.code, set()).update((table, name) for table, name, _ in reads)
    return found


def _planned(town: Town, random: Random) -> set[tuple[str, str]]:
    """Another number of households in a village's task, or of persons in the county's."""
    row = random.choice(town.sheets["任务分解"])
    heading, name = random.choice(
        [("计划户数", "planned_households"), ("计划人数", "planned_persons")]
    )
    row[heading] += 1
    return {("allocation", name)}


def _someone_left(town: Town, random: Random) -> set[tuple[str, str]]:
    """All that is said of how many people somewhere may change."""
    rows = town.sheets["成员"]
    rows.remove(random.choice([row for row in rows if row["与户主关系"] != "户主"]))
    return {("member", name) for name in COLUMNS["member"]}


def _figures(town: Town, random: Random) -> set[tuple[str, str]]:
    return {(change.table, change.name) for change in _change_figures(town, random, 100)}


@pytest.mark.parametrize("change", [_planned, _someone_left, _figures])
def test_what_groups_come_to_opens_the_findings_about_them(
    change: Callable[[Town, Random], set[tuple[str, str]]],
) -> None:
    """Of villages, and of who shares something: those of which something else is said now, and
    none of whose rule nothing that it reads has changed."""
    said = untouched = 0
    for seed in range(3):
        town = _faulty_town()
        clauses, read = _clauses(), _read_by_rule()
        before = {
            f.fingerprint: f
            for f in _faults()
            if f.rule in read and not clauses.get((f.rule, f.sheet, f.column))
        }
        changed = change(town, Random(seed))
        for finding in _answered(town, [*before.values()]).findings:
            if (old := before.get(finding.fingerprint)) is None:
                continue
            if words_of(finding.message) != words_of(old.message):
                assert finding.evidence != old.evidence and not finding.is_verified
                said += 1
            elif not read[finding.rule] & changed:
                assert finding.evidence == old.evidence
                assert finding.severity is Severity.ERROR or finding.is_verified
                untouched += 1
    assert untouched > 20
    assert said or change is _figures


def _answered(
    town: Town, findings: list[Finding], word: str = "", *, select: Iterable[str] = ()
) -> Report:
    report = town.report(evidence=True, select=select)
    replies = [_no_error(finding) for finding in findings]
    if word:
        # As in a marked copy, in which each row says what it is about.
        replies = [
            reply._replace(
                word=word,
                village=finding.village or "",
                household=finding.household or "",
                person=finding.person or "",
                column=finding.column,
                message=finding.message,
            )
            for reply, finding in zip(replies, findings, strict=True)
        ]
    return with_answers(report, replies, town.effective_policy())


def _no_error(finding: Finding) -> Reply:
    return Reply(
        "登记无误",
        number=finding.fingerprint,
        evidence=finding.evidence,
        rule=finding.rule,
        note=f"已核对{find_rule(finding.rule).explanation.proof or '原件'}",
        who="李四",
        when=date(2016, 3, 20),
    )


def test_answered_and_unchanged_none_counts() -> None:
    town = _faulty_town()
    findings = _faults()
    answered = _answered(town, findings)
    for finding in answered.findings:
        may_stand = (
            finding.severity is not Severity.ERROR or find_rule(finding.rule).explanation.proof
        )
        assert finding.is_verified == bool(may_stand), finding
    assert answered.summary.verified.total == answered.summary.counts.total - sum(
        not finding.is_verified for finding in answered.findings
    )
    left = answered.summary.counts.without(answered.summary.verified)
    assert left.warning == left.suspect == left.info == 0 < left.error


def test_a_changed_figure_counts_again() -> None:
    town = _faulty_town()
    findings = _faults()
    (doubt,) = (f for f in findings if f.rule == "DC014")
    row = town.row("成员", 户编号=doubt.household, 务工状况="省外务工")
    row["务工时间(月)"] += 1
    (after,) = (f for f in _answered(town, findings).findings if f.rule == "DC014")
    assert after.answer and after.answer.state is AnswerState.CHANGED
    assert after.answer.text.startswith("数值已变，请重新核实（原答复 登记无误：已核对原件）")


def test_a_changed_wage_changes_the_code_and_not_the_number() -> None:
    town = _faulty_town()
    (before,) = (f for f in _faults() if f.rule == "DC007")
    town.row("农户", 户编号=before.household)["工资性收入(元)"] += 1
    (after,) = (f for f in _findings(town) if f.rule == "DC007")
    assert after.fingerprint == before.fingerprint and after.evidence != before.evidence


def test_a_digit_under_the_mask_changes_the_code_and_not_the_number() -> None:
    town = _faulty_town()
    (before,) = (f for f in _faults() if f.rule == "LR103")
    row = town.row("成员", 户编号=before.household, 姓名=before.person)
    number = str(row["证件号码"])
    row["证件号码"] = number[:15] + str((int(number[15]) + 2) % 10) + number[16:]
    found = [f for f in _findings(town) if f.rule == "LR103" and f.person == before.person]
    for after in found:
        assert after.fingerprint == before.fingerprint and after.evidence != before.evidence
    assert found


def test_households_of_one_tail_are_not_one_and_private_numbers_are_masked() -> None:
    """A household's 15 digits are no old identity number, but 18 digits may be its head's."""
    row = {"name": "张三", "relation": "户主"}
    one, two = ({**row, "household_id": f"32032410520{village}001"} for village in (1, 2))
    assert person_of(one) != person_of(two)
    assert "19600101" not in person_of({**row, "household_id": "320324196001010010"})
    assert "19600101" not in person_of({**row, "name": "320324196001010010"})
    assert "19600101" not in person_of({**row, "person_id": "320324196001010010"})
