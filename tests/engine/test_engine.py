"""What the engine says of rules that could not run."""

import dataclasses

import polars as pl
import pytest
from town import Town

from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.rule import REGISTRY, Check, Violation
from jiandang.gates.catalogue import all_rules
from jiandang.policy import Policy
from jiandang.report.model import GateStatus, Report
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


def test_a_plan_serves_registers_of_one_layout() -> None:
    town = Town()
    policy = town.effective_policy()
    plan = plan_for(policy, register_of(town.grids(), policy))
    other = Town()
    del other.sheets["成员"][10:]
    assert plan_for(other.effective_policy(), register_of(other.grids(), policy)) is plan
    other.headings["成员"].remove("证件号码")
    assert plan_for(policy, register_of(other.grids(), policy)) is not plan
    stricter = policy.model_copy(update={"notice_days": policy.notice_days + 1})
    assert plan_for(stricter, register_of(town.grids(), policy)) is not plan


def test_values_are_about_single_rows() -> None:
    """They are evaluated on the broken rows alone, so other rows must not enter into them."""
    town = Town()
    policy = town.effective_policy()
    register = register_of(town.grids(), policy)
    frames = Frames(register, plan_for(policy, register), town.as_of)
    for rule in all_rules():
        for clause in frames.plan.prepared(rule).clauses:
            frames.ensure_all(clause.made)
            frame = frames[clause.table]
            values = frame.with_columns(clause.values)[clause.kept]
            for part in (slice(1), slice(1, None, 2)):
                alone = frame[part, clause.given].with_columns(clause.values)[clause.kept]
                assert alone.equals(values[part]), rule.code
