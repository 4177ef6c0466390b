"""What could not be checked, a gate at a time: a line for the screen, or every reason."""

from collections.abc import Iterable, Sequence

from jiandang.report.gates import GATES
from jiandang.report.model import GateResult, Report
from jiandang.report.unchecked import VillagesNotChecked

_MOST_LACKING = 4
_MOST_VILLAGES = 5


def unchecked_line(gate: GateResult) -> str:
    """What would let more rules of the gate run, on one line; empty where nothing is missing."""
    parts = []
    lacking = [reason for reason in gate.rules_not_checked if reason.lacking]
    if lacking:
        names = _most_wanted(reason.lacking for reason in lacking)
        more = f"等{len(names)}项" if len(names) > _MOST_LACKING else ""
        what = "这几列" if gate.code in GATES else "这几种名单或列"
        parts.append(
            f"补上{what}能多查 {len(lacking)} 条：{'、'.join(names[:_MOST_LACKING])}{more}"
        )
    others: dict[str, int] = {}
    for reason in gate.rules_not_checked:
        if not reason.lacking:
            others[reason.reason] = others.get(reason.reason, 0) + 1
    parts += [f"{text}（{count} 条）" for text, count in others.items()]
    if gate.rules_left_out:
        parts.append(f"没有选查 {gate.rules_left_out} 条")
    return "；".join(parts)


def village_lines(gate: GateResult) -> list[str]:
    """Of which villages rules have said nothing, why, and what to do: a line for each reason."""
    return [_village_line(each) for each in gate.villages_not_checked]


def unseen_villages(report: Report) -> list[tuple[str, str]]:
    """These lines of all gates, each with its gate's title."""
    return [(gate.title, line) for gate in report.sections for line in village_lines(gate)]


def gates_not_whole(report: Report) -> list[GateResult]:
    """The gates some of whose rules were not checked, or not for each village."""
    return [gate for gate in report.sections if gate.rules_missing or gate.villages_not_checked]


def unseen_text(each: VillagesNotChecked) -> str:
    """The villages, and what they lack."""
    why = each.reason
    if len(each.lacking) > _MOST_LACKING:
        why = f"缺少{'、'.join(each.lacking[:_MOST_LACKING])}等{len(each.lacking)}项"
    return f"{_villages_text(each.villages)}{why}"


def _village_line(each: VillagesNotChecked) -> str:
    line = f"{unseen_text(each)}，{len(each.rules)} 条没有查到"
    if any(name.endswith("表") for name in each.lacking):
        line += "，请补上这张表再查，另表上报的放在一起查"
    elif each.lacking:
        line += (
            "，请在这个村的表里补上再查"
            if len(each.villages) == 1
            else "，请在这些村的表里补上再查"
        )
    if each.sheets:
        line += f"（没有认出的工作表 {'、'.join(each.sheets)} 可能就是，请改好表头）"
    return line


def not_whole_text(report: Report) -> str:
    """That not all gates are whole, and for want of what."""
    villages = dict.fromkeys(
        name for gate in report.sections for each in gate.villages_not_checked
        for name in each.villages
    )  # fmt: skip
    if not villages:
        return "有的规则没有查，没查的不算通过"
    return f"{_villages_text([*villages])}没有查全，没查的不算通过"


def _villages_text(names: Sequence[str]) -> str:
    many = f"等 {len(names)} 个村" if len(names) > _MOST_VILLAGES else ""
    return "、".join(names[:_MOST_VILLAGES]) + many


def checked_text(gate: GateResult) -> str:
    """`查了 3 条，27 条没查，2 个村没有查全`."""
    text = f"查了 {len(gate.rules_run)} 条"
    text += f"，{gate.rules_missing} 条没查" if gate.rules_missing else ""
    villages = {name for each in gate.villages_not_checked for name in each.villages}
    return f"{text}，{len(villages)} 个村没有查全" if villages else text


def reasons(gate: GateResult) -> list[tuple[str, list[str]]]:
    """Each reason, with the codes of the rules that did not run for it."""
    by_reason: dict[str, list[str]] = {}
    for reason in gate.rules_not_checked:
        by_reason.setdefault(reason.reason, []).append(reason.rule)
    return list(by_reason.items())


def _most_wanted(lacking: Iterable[list[str]]) -> list[str]:
    """The columns and tables, the ones that most rules wait for first."""
    counts: dict[str, int] = {}
    for texts in lacking:
        # Several columns that are needed together are one text, alternatives too.
        for name in (n for text in texts for n in ([text] if " 或 " in text else text.split("、"))):
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: -counts[name])
