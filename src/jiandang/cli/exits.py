"""How `jiandang check` ends: the exit code, and the required rules that have no result."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jiandang.report.model import Report

_MOST_CODES = 10
# Groups that are in no report without what they compare with.
_NOT_GIVEN = {"BD": "没有给名单（--with）", "DT": "没有给上次的登记表（--before）"}


class FailOn(StrEnum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    SUSPECT = "suspect"
    INFO = "info"
    NEVER = "never"


def missing_rules(report: "Report", required: Mapping[str, bool]) -> dict[str, list[str]]:
    """Those of the required rules that have no result, or not of each village, by the reason.

    A rule that the policy gives no parameter for is missed only if it was named in full.
    """
    from jiandang.reporters.unchecked import unseen_text

    run = {code for gate in report.sections for code in gate.rules_run}
    reasons = {
        reason.rule: reason
        for gate in report.sections
        for reason in (*gate.rules_not_checked, *gate.rules_failed)
    }
    missing: dict[str, list[str]] = {}
    for code, named in required.items():
        reason = reasons.get(code)
        if code not in run and (
            named or reason is None or not (reason.of_policy or reason.optional)
        ):
            why = reason.reason if reason else _why_left_out(report, code)
            missing.setdefault(why, []).append(code)
    for gate in report.sections:
        for each in gate.villages_not_checked:
            if codes := [code for code in each.rules if code in required]:
                missing.setdefault(unseen_text(each), []).extend(codes)
    return missing


def _why_left_out(report: "Report", code: str) -> str:
    """Why a rule has neither a result nor a reason in the report."""
    if any(code.startswith(gate.code) for gate in report.sections):
        return "没有选查（--select、--ignore）"
    return next((why for gate, why in _NOT_GIVEN.items() if code.startswith(gate)), "没有选查")


def codes_text(report: "Report", codes: Sequence[str]) -> str:
    """`SB001、SB002`; a gate of which all rules are among them is named once: `SB（36 条）`."""
    numbers = {gate.code: len(gate.rules_run) + gate.rules_missing for gate in report.sections}
    parts = []
    for gate in dict.fromkeys([*numbers, *_NOT_GIVEN]):
        own = [code for code in codes if code.startswith(gate)]
        if len(own) == numbers.get(gate) and len(own) > 1:
            parts.append(f"{gate}（{len(own)} 条）")
        elif len(own) > _MOST_CODES:
            parts.append(f"{'、'.join(own[:_MOST_CODES])} 等 {len(own)} 条")
        else:
            parts += own
    return "、".join(parts)


def exit_code(report: "Report", fail_on: FailOn, *, new: bool = False) -> int:
    """0 nothing open at or above `fail_on`, 1 findings, 2 something could not be checked.

    With `new` only findings that an earlier report does not have count.
    """
    from jiandang.report.model import Severity

    if not report.is_complete:
        return 2
    if fail_on is not FailOn.NEVER and report.has_findings_from(Severity(fail_on.value), new=new):
        return 1
    return 0
