"""A summary to paste into a message or a job summary."""

import re
from collections import Counter
from pathlib import PurePath
from typing import TextIO

from jiandang.report.model import SEVERITY_NAMES, STATUS_NAMES, Report, Severity
from jiandang.reporters.record import counts_text, record_lines

_MOST_VILLAGES = 20
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_markdown(report: Report, stream: TextIO) -> None:
    """Write the five gates, the counts by rule and village, and the run record."""
    lines = ["# 建档立卡检查结果", "", f"**{_verdict(report)}**", ""]
    lines += _gates(report)
    lines += _rules(report)
    lines += _villages(report)
    lines += ["## 检查记录", ""]
    lines += [f"- {escape(label)}：{escape(text)}" for label, text in record_lines(report)]
    stream.write("\n".join(lines) + "\n")


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line, in a table as well."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _verdict(report: Report) -> str:
    summary = report.summary
    files = "、".join(escape(PurePath(file.path).name) for file in report.files[:5])
    more = f" 等 {len(report.files)} 个文件" if len(report.files) > 5 else ""
    parts = [f"{files}{more}：检查 {summary.households} 户 {summary.persons} 人"]
    parts.append(counts_text(summary.counts) if summary.counts.total else "没有发现问题")
    if not report.is_complete:
        parts.append("有文件没有读出或规则出错，没有查完")
    return "；".join(parts)


def _gates(report: Report) -> list[str]:
    names = list(SEVERITY_NAMES.values())
    lines = [
        f"| 关口 | 结果 | {' | '.join(names)} | 涉及户数 | 未查规则 |",
        f"| --- | --- |{' ---: |' * (len(names) + 2)}",
    ]
    for gate in report.gates:
        numbers = [gate.counts.of(severity) for severity in Severity]
        numbers += [gate.households, len(gate.rules_not_checked) + len(gate.rules_failed)]
        cells = " | ".join(str(number) for number in numbers)
        lines.append(f"| {gate.name} | {STATUS_NAMES[gate.status]} | {cells} |")
    return [*lines, ""]


def _rules(report: Report) -> list[str]:
    counts = Counter((f.rule, f.title, f.severity) for f in report.findings)
    if not counts:
        return []
    lines = ["## 各类问题", "", "| 规则 | 问题 | 程度 | 处数 |", "| --- | --- | --- | ---: |"]
    lines += [
        f"| {code} | {escape(title)} | {SEVERITY_NAMES[severity]} | {count} |"
        for (code, title, severity), count in counts.most_common()
    ]
    return [*lines, ""]


def _villages(report: Report) -> list[str]:
    counts = Counter(f.village or "未注明村" for f in report.findings)
    if not counts:
        return []
    shown = counts.most_common(_MOST_VILLAGES)
    lines = ["## 各村问题数", "", "| 村 | 处数 |", "| --- | ---: |"]
    lines += [f"| {escape(village)} | {count} |" for village, count in shown]
    if len(counts) > len(shown):
        rest = counts.total() - sum(count for _, count in shown)
        lines.append(f"| 另外 {len(counts) - len(shown)} 个村 | {rest} |")
    return [*lines, ""]
