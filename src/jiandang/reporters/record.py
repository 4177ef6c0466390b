"""The run record that every report carries: who checked what, when, by which rules."""

from pathlib import PurePath
from typing import Any

from jiandang.report.model import (
    SEVERITY_NAMES,
    Counts,
    FileResult,
    ListResult,
    Report,
    RuleReason,
    Severity,
)

_MOST_NAMED = 5
# What audits of other places have published: beside every total of BD.
CONFIRMED_ELSEWHERE = "外地公布的同类比对，查实的占一成多到四成。"


def run_record(report: Report) -> dict[str, Any]:
    """The record for programs; its keys are those of the JSON report."""
    return {
        "tool": report.tool.model_dump(mode="json"),
        "policy": report.policy,
        "policy_notes": report.policy_notes,
        "as_of": report.as_of.isoformat(),
        "files": [file.model_dump(mode="json") for file in report.files],
        **(
            {"lists": [each.model_dump(mode="json") for each in report.lists]}
            if report.lists
            else {}
        ),
        "passed_over": [passed.model_dump(mode="json") for passed in report.passed_over],
        "rules_run": rules_run(report),
        "rules_not_checked": [r.model_dump() for r in rules_not_checked(report)],
        "rules_failed": [r.model_dump() for r in rules_failed(report)],
        "summary": report.summary.model_dump(mode="json"),
    }


def record_lines(report: Report) -> list[tuple[str, str]]:
    """The record for people: label and text."""
    lines = [
        ("工具版本", f"{report.tool.name} {report.tool.version}"),
        ("政策", report.policy),
        ("检查日期", report.as_of.isoformat()),
    ]
    lines += [("文件", _file(file)) for file in report.files]
    lines += [("名单", _list(each)) for each in report.lists]
    if report.passed_over:
        lines.append((f"略过 {len(report.passed_over)} 个文件或文件夹", passed_over_text(report)))
    run, skipped, failed = rules_run(report), rules_not_checked(report), rules_failed(report)
    lines.append((f"已运行规则 {len(run)} 条", "、".join(run) or "无"))
    lines.append((f"未检查规则 {len(skipped)} 条", _reasons(skipped) or "无"))
    if failed:
        lines.append((f"出错规则 {len(failed)} 条", _reasons(failed)))
    lines += [("政策说明", note) for note in report.policy_notes]
    return lines


def counts_text(counts: Counts) -> str:
    """`共 12 处：错误 10、警告 2、疑点 0、提示 0`."""
    each = "、".join(f"{SEVERITY_NAMES[s]} {counts.of(s)}" for s in Severity)
    return f"共 {counts.total} 处：{each}"


def passed_over_text(report: Report) -> str:
    """What was passed over, by reason, a few names each."""
    by_reason: dict[str, list[str]] = {}
    for passed in report.passed_over:
        by_reason.setdefault(passed.reason, []).append(PurePath(passed.path).name)
    return "；".join(
        f"{reason}：{'、'.join(names[:_MOST_NAMED])}"
        + (f" 等 {len(names)} 个" if len(names) > _MOST_NAMED else "")
        for reason, names in by_reason.items()
    )


def rules_run(report: Report) -> list[str]:
    """Codes of the rules that ran."""
    return [code for gate in report.sections for code in gate.rules_run]


def rules_not_checked(report: Report) -> list[RuleReason]:
    """Rules that could not run, and why."""
    return [reason for gate in report.sections for reason in gate.rules_not_checked]


def rules_failed(report: Report) -> list[RuleReason]:
    """Rules that broke down themselves."""
    return [reason for gate in report.sections for reason in gate.rules_failed]


def _file(file: FileResult) -> str:
    parts = [file.path, f"SHA-256 {file.sha256 or '无'}"]
    if file.error is not None:
        parts.append(f"没有读出：{file.error.message}")
    return "　".join([*parts, *file.remarks])


def _list(each: ListResult) -> str:
    if each.error is not None:
        return f"{each.name}　没有读出：{each.error.message}"
    found = "　".join(f"{name} {count}" for name, count in list_counts(each).items())
    day = each.date or "未注明"
    return f"{each.name}　{each.kind}　数据日期 {day}　{found}　SHA-256 {each.sha256}"


def list_counts(each: ListResult) -> dict[str, int]:
    """What is told of a list, by the words for it."""
    return {
        "行数": each.rows_read,
        "号码可用": each.numbers,
        "比中": each.matched,
        "近似": each.near,
        "只有同名": each.namesakes,
        "无法确定": each.ambiguous,
    }


def _reasons(reasons: list[RuleReason]) -> str:
    by_reason: dict[str, list[str]] = {}
    for entry in reasons:
        by_reason.setdefault(entry.reason, []).append(entry.rule)
    return "；".join(f"{'、'.join(codes)}（{reason}）" for reason, codes in by_reason.items())
