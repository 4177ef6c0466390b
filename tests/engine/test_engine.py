"""What the engine says of rules that could not run."""

import dataclasses
from collections.abc import Iterator

import polars as pl
import pytest
from later_readers import clauses_of, later_readers
from town import Town

from jiandang.engine.derived import Cell
from jiandang.engine.frames import Frames
from jiandang.engine.plan import Plan, plan_for
from jiandang.engine.rule import REGISTRY, Check, Violation
from jiandang.engine.run import Outcome, run_rules
from jiandang.engine.silence import AT, in_order
from jiandang.gates.catalogue import all_rules
from jiandang.gates.silences import SILENCES
from jiandang.policy import Policy
from jiandang.register.register import Observation
from jiandang.report.gates import GateStatus
from jiandang.report.model import GateResult, Report
from jiandang.run.load import register_of


def not_checked(town: Town) -> dict[str, str]:
    return {r.rule: r.reason for gate in town.report().gates for r in gate.rules_not_checked}


def test_nothing_read_is_nothing_passed() -> None:
    """Without any table no gate is passed, not even by rules about the sheets themselves."""
    report = Town(sheets={}).report()
    assert {gate.status for gate in report.gates} == {GateStatus.NOT_CHECKED}
    assert report.summary.rules_run == 0


def test_the_missing_column_is_named() -> None:
    town = Town()
    town.headings["成员"].remove("证件号码")
    reasons = not_checked(town)
    assert reasons["LR112"] == reasons["LR106"] == "缺少证件号码（成员）"


def test_what_is_missing_is_named_once_and_singly() -> None:
    """Also where an expression needs a column, and a derived one that rests on it."""
    town = Town()
    town.headings["成员"].remove("证件号码")
    town.headings["农户"].remove("低保金(元)")
    reasons = [reason for gate in town.report().gates for reason in gate.rules_not_checked]
    assert any(len(reason.lacking) > 2 for reason in reasons)
    for reason in reasons:
        assert len(set(reason.lacking)) == len(reason.lacking)
        assert [each for each in reason.lacking if "、" in each and " 或 " not in each] == []


def test_a_gate_without_its_tables_is_not_checked() -> None:
    town = Town()
    del town.sheets["任务分解"], town.sheets["村情"]
    town.sheets["农户"] = []
    town.headings["农户"].remove("家庭人口")
    reasons = not_checked(town)
    assert reasons["RW001"] == "缺少任务分解表"
    assert reasons["RW012"] == "缺少村情表"


def test_silenced_violations_are_counted() -> None:
    town = Town()
    person = town.row("成员", 与户主关系="户主", 性别="男")
    number = person["证件号码"]
    person["证件号码"] = number[:17] + ("1" if number[17] != "1" else "2")
    person["性别"] = "女"
    report = town.report(select=["LR103", "LR106"])
    assert [finding.rule for finding in report.findings] == ["LR103"]
    assert report.summary.silenced == 1


def failed(report: Report) -> dict[str, str]:
    return {r.rule: r.reason for gate in report.gates for r in gate.rules_failed}


def _raises(policy: Policy) -> Violation:
    raise LookupError("in the rule itself")


def _names_no_column(policy: Policy) -> Violation:
    return Violation(pl.col("no_such_column") > 0)


def _compares_text_with_number(policy: Policy) -> Violation:
    return Violation(pl.col("name").str.to_integer() > 0)


@pytest.mark.parametrize("check", [_raises, _names_no_column, _compares_text_with_number])
def test_a_rule_that_fails_hides_no_other(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    town.row("成员", 与户主关系="户主", 性别="男")["性别"] = "女"
    sound = town.report()
    assert not failed(sound)
    faulty = dataclasses.replace(REGISTRY["LR304"], check=check)
    monkeypatch.setitem(REGISTRY, "LR304", faulty)
    report = town.report()
    assert list(failed(report)) == ["LR304"]
    assert report.findings == sound.findings


def _looks_at_nothing(frames: Frames, outcome: Outcome) -> Iterator[Observation]:
    raise LookupError("in the look itself")


def test_a_look_that_fails_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    town.row("成员", 与户主关系="户主", 性别="男")["性别"] = "女"
    sound = town.report()
    faulty = dataclasses.replace(REGISTRY["LR004"], look=_looks_at_nothing)
    monkeypatch.setitem(REGISTRY, "LR004", faulty)
    report = town.report()
    assert failed(report) == {"LR004": "LookupError: in the look itself"}
    assert report.findings == sound.findings


def test_what_was_noticed_says_who_stands_there() -> None:
    """As what an expression finds does; the values of the cell are masked like the cell."""
    town = Town()
    person = town.row("成员", 与户主关系="之子")
    number = person["证件号码"]
    person["证件号码"] = f"{number[:6]} {number[6:]}"
    (finding,) = town.report(select=["LR010"]).findings
    home = town.household(person)
    assert (finding.person, finding.household) == (person["姓名"], person["户编号"])
    assert (finding.village, finding.head) == (home["行政村"], home["户主姓名"])
    assert number[6:14] not in finding.message + str(finding.value) + str(finding.expected)


def test_what_rests_on_a_faulty_number_of_a_household_is_silent() -> None:
    """The members of two households under one number say different things, of course."""
    town = Town()
    one, *_, other = town.rows("农户")
    town.headings["成员"].append("家庭人口")
    del town.sheets["农户"], town.sheets["识别程序"], town.sheets["入户调查"]
    for person in town.rows("成员"):
        person["家庭人口"] = 3 if person["户编号"] == one["户编号"] else 5
        if person["户编号"] == other["户编号"]:
            person["户编号"] = one["户编号"]
    report = town.report(select=["LR213"])
    assert report.findings
    report = town.report(select=["LR121", "LR213"])
    assert {finding.rule for finding in report.findings} == {"LR121"}
    assert report.summary.silenced > 0


def test_the_order_of_rules() -> None:
    rules = in_order(all_rules(), {"SJ013": ("id_number",), "LR106": ("sex",)})
    codes = [rule.code for rule in rules]
    assert codes[:3] == ["SJ013", "LR106", "BD001"]
    assert rules[-1].after_all


def test_later_readers() -> None:
    town = Town()
    policy = town.effective_policy()
    plan = plan_for(policy, register_of(town.grids(), policy))
    silences = {"LR103": ("id_number",), "LR106": (AT,), "LR316": ("other_causes",)}
    readers = later_readers(silences, plan)
    assert "LR106" in readers["LR103", "id_number"]
    assert "LR103" not in readers["LR106", AT]
    assert "LR209" in readers["LR106", AT]
    assert readers["LR316", "other_causes"] == []


def test_a_plan_serves_registers_of_equal_columns() -> None:
    def plan(town: Town, policy: Policy) -> Plan:
        return plan_for(policy, register_of(town.grids(), policy))

    town = Town()
    policy = town.effective_policy()
    first = plan(town, policy)
    other = Town()
    del other.sheets["成员"][10:]
    assert plan(other, other.effective_policy()) is first
    other.headings["成员"].remove("证件号码")
    assert plan(other, policy) is not first
    stricter = policy.model_copy(update={"notice_days": policy.notice_days + 1})
    assert plan(town, stricter) is not first


def frames_of(town: Town) -> Frames:
    policy = town.effective_policy()
    register = register_of(town.grids(), policy)
    return Frames(register, plan_for(policy, register), town.as_of)


def test_values_are_about_single_rows() -> None:
    """They are evaluated on the broken rows alone, so other rows must not enter into them."""
    frames = frames_of(Town())
    for clause in clauses_of(frames.plan):
        frames.ensure(clause.made | clause.shown)
        frame = frames[clause.table]
        values = frame.with_columns(clause.values)[clause.kept]
        for part in (slice(1), slice(1, None, 2)):
            alone = frame[part, clause.given].with_columns(clause.values)[clause.kept]
            assert alone.equals(values[part]), clause.rule.code


def test_what_a_message_alone_shows_is_made_only_for_broken_rows() -> None:
    frames = frames_of(Town())
    rules = [rule for rule in all_rules() if rule.check is not None]
    told = {hit.clause for hit in run_rules(frames, rules, SILENCES).hits}
    made: set[Cell] = set()
    shown: set[Cell] = set()
    for clause in clauses_of(frames.plan):
        made |= clause.made | (clause.shown if clause in told else frozenset())
        shown |= clause.shown
    not_asked = shown - made
    assert len(not_asked) > 20
    assert [name for table, name in not_asked if name in frames[table].columns] == []


def gate(report: Report, code: str) -> GateResult:
    return next(gate for gate in report.gates if gate.code == code)


def test_a_gate_of_which_most_rules_could_not_run_is_not_passed() -> None:
    town = Town()
    town.headings["识别程序"] = ["户编号", "申请日期"]
    report = town.report()
    steps = gate(report, "SB")
    assert steps.counts.total == 0
    assert 0 < len(steps.rules_run) < len(steps.rules_not_checked)
    assert steps.status is GateStatus.PARTIAL


def test_a_gate_is_passed_without_the_rules_that_the_policy_gives_no_parameter_for() -> None:
    town = Town()
    report = town.report(select=["DC041", "DC001"])
    survey = gate(report, "DC")
    assert [reason.of_policy for reason in survey.rules_not_checked] == [True]
    assert survey.model_copy(update={"rules_left_out": 0}).is_whole
    # Of the gate's other rules nothing is known.
    assert survey.status is GateStatus.PARTIAL
    assert survey.rules_left_out > 0


def test_findings_come_before_what_was_not_checked() -> None:
    town = Town()
    town.headings["识别程序"] = ["户编号", "申请日期"]
    town.row("识别程序")["申请日期"] = "2026-02-30"
    town.row("成员", 与户主关系="户主", 性别="男")["性别"] = "难"
    entry = gate(town.report(), "LR")
    assert entry.status is GateStatus.FAILED


def test_a_rule_whose_table_has_no_row_is_not_checked() -> None:
    town = Town()
    town.sheets["识别程序"] = []
    report = town.report()
    reasons = {r.rule: r.reason for r in gate(report, "SB").rules_not_checked}
    assert reasons["SB001"] == "识别程序表里没有一行数据"
    assert "SB001" not in gate(report, "SB").rules_run


def test_headings_alone_are_nothing_checked() -> None:
    town = Town(sheets={name: [] for name in Town().sheets})
    report = town.report()
    assert {each.status for each in report.gates} <= {GateStatus.NOT_CHECKED}


def test_the_timetable_of_the_policy_makes_no_gate_run() -> None:
    deadlines = gate(Town().report(select=["SJ018"]), "SJ")
    assert deadlines.status is GateStatus.NOT_CHECKED
    assert [reason.rule for reason in deadlines.rules_not_checked] == ["SJ018"]
    both = gate(Town().report(select=["SJ018", "SJ001"]), "SJ")
    assert both.rules_run == ["SJ001", "SJ018"]
