"""What could not be checked, a gate at a time: a line for the screen, or every reason."""

from collections.abc import Iterable

from jiandang.report.model import GATES, GateResult

_MOST_LACKING = 4


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


def checked_text(gate: GateResult) -> str:
    """`查了 3 条，27 条没查`."""
    run = f"查了 {len(gate.rules_run)} 条"
    return f"{run}，{gate.rules_missing} 条没查" if gate.rules_missing else run


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
