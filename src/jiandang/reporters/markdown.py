"""A summary to paste into a message or a job summary."""

from typing import TextIO

from jiandang.patterns import regex
from jiandang.report.gates import STATUS_NAMES
from jiandang.report.model import SEVERITY_NAMES, Report, Severity
from jiandang.reporters.entries import entries_of, kinds_of, villages_of, worst_first
from jiandang.reporters.movement import (
    flow_text,
    line_name,
    poor_flows,
    poor_text,
    progress_lines,
    progress_name,
    registered_flows,
    stocks_text,
)
from jiandang.reporters.record import (
    CONFIRMED_ELSEWHERE,
    counts_text,
    list_counts,
    list_remarks,
    record_lines,
    verified_text,
)
from jiandang.reporters.rows import file_of, rule_of
from jiandang.reporters.unchecked import not_whole_text, unseen_villages

_MOST_VILLAGES = 20
_MOST_ENTRIES = 20
_MOST_WORST = 10
_SPECIAL = regex(r"([\\`*_{}\[\]<>#|~])")


def write_markdown(report: Report, stream: TextIO) -> None:
    """Write the five gates, the worst findings, the counts by rule and village, the run record."""
    lines = ["# 建档立卡检查结果", "", f"**{_verdict(report)}**", ""]
    lines += [line for remark in report.remarks for line in (f"注意：{escape(remark)}", "")]
    lines += _gates(report)
    lines += _movement(report)
    lines += _worst(report)
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
    files = "、".join(escape(report.name_of(file.path)) for file in report.files[:5])
    more = f" 等 {len(report.files)} 个文件" if len(report.files) > 5 else ""
    parts = [f"{files}{more}：检查 {summary.households} 户 {summary.persons} 人"]
    parts.append(counts_text(summary) if summary.counts.total else "没有发现问题")
    if not report.is_complete:
        why = "有文件没有读出或规则出错" if summary.rules_run else "一条规则也没有查"
        parts.append(f"{why}，没有查完")
    elif not all(gate.is_whole for gate in report.sections):
        parts.append(escape(not_whole_text(report)))
    return "；".join(parts)


def _gates(report: Report) -> list[str]:
    names = list(SEVERITY_NAMES.values())
    is_answered = bool(report.summary.verified.total)
    names += ["其中已核实"] if is_answered else []
    lines = [
        f"| 关口 | 结果 | {' | '.join(names)} | 涉及户数 | 已查规则 | 未查规则 |",
        f"| --- | --- |{' ---: |' * (len(names) + 3)}",
    ]
    for gate in report.sections:
        numbers = [gate.counts.of(severity) for severity in Severity]
        numbers += [gate.verified.total] if is_answered else []
        numbers += [gate.households, len(gate.rules_run), gate.rules_missing]
        cells = " | ".join(str(number) for number in numbers)
        lines.append(f"| {gate.title} | {STATUS_NAMES[gate.status]} | {cells} |")
    unseen = [f"\n{escape(gate)}：{escape(line)}" for gate, line in unseen_villages(report)]
    return [*lines, *unseen, "", *_lists(report)]


def _lists(report: Report) -> list[str]:
    """Other departments' lists, and what was found in them."""
    if not report.lists:
        return []
    names = list(list_counts(report.lists[0]))
    lines = [f"| 名单 | 种类 | 数据日期 | {' | '.join(names)} |"]
    lines.append(f"| --- | --- | --- |{' ---: |' * len(names)}")
    for each in report.lists:
        counts = " | ".join(str(count) for count in list_counts(each).values())
        lines.append(f"| {escape(each.name)} | {each.kind} | {each.date or '未注明'} | {counts} |")
    for each in report.lists:
        lines += [f"\n{escape(each.name)}：{escape(line)}" for line in list_remarks(each)]
    return [*lines, "", CONFIRMED_ELSEWHERE, ""]


def _movement(report: Report) -> list[str]:
    if report.movement is None:
        return []
    lines = report.movement.lines
    flows = registered_flows(lines)
    headings = ["村", "期初", *(flow.heading for flow in flows), "期末"]
    table = [
        "## 动态管理",
        "",
        f"| {' | '.join(headings)} |",
        f"| --- |{' ---: |' * (len(flows) + 2)}",
    ]
    for line in lines:
        own = line.registered
        numbers = [flow_text(flow.of(own)) for flow in flows]
        opening, closing = stocks_text(line)
        cells = [escape(line_name(line)), opening, *numbers, closing]
        table.append(f"| {' | '.join(cells)} |")
    poor = poor_flows(lines)
    said = [f"未脱贫（{escape(line_name(each))}）：{poor_text(each, poor)}" for each in lines[-1:]]
    said += [
        f"{escape(progress_name(each))}：{escape(text)}"
        for each in report.movement.progress
        for text in progress_lines(each)
    ]
    return [*table, "", *(f"- {text}" for text in said), ""]


def _worst(report: Report) -> list[str]:
    """What to begin with; 提示 are figures that nobody has to correct."""
    entries = [
        entry
        for entry in worst_first(report.findings)
        if entry.first.severity is not Severity.INFO and not entry.first.is_verified
    ]
    if not entries:
        return []
    lines = ["## 最先看这些", ""]
    for entry in entries[:_MOST_WORST]:
        first = entry.first
        count = f"（共{entry.count}处）" if entry.count > 1 else ""
        place = f"{file_of(first)} {entry.place}{count} {entry.who}".rstrip()
        what = f"【{SEVERITY_NAMES[first.severity]}】{rule_of(first)}"
        lines.append(f"- {escape(f'{what}：{place}：{entry.message}。怎么办：{first.advice}')}")
    if len(entries) > _MOST_WORST:
        rest = sum(entry.count for entry in entries[_MOST_WORST:])
        lines.append(f"- 另外 {rest} 处，见清单")
    return [*lines, ""]


def _rules(report: Report) -> list[str]:
    """A line for each kind, the most severe first, then what is said of a column many times."""
    kinds = kinds_of(report.findings)
    if not kinds:
        return []
    heading, rule = _count_columns(report)
    lines = ["## 各类问题", "", f"| 规则 | 问题 | 程度 {heading}", f"| --- | --- | --- {rule}"]
    lines += [
        f"| {kind.rule} | {escape(kind.title)} | {SEVERITY_NAMES[kind.severity]} "
        + _counts(report, kind.count, kind.verified)
        for kind in kinds
    ]
    many = [entry for entry in entries_of(report.findings) if entry.count > 1]
    if many:
        many.sort(key=lambda entry: (entry.first.severity.rank, -entry.count))
        lines += ["", "## 同一列的同一种问题", ""]
        for entry in many[:_MOST_ENTRIES]:
            count = f"共{entry.count}处{verified_text(entry.verified, '，')}"
            text = f"{entry.first.rule} {entry.place}（{count}）：{entry.message}"
            lines.append(f"- {escape(text)}")
        if len(many) > _MOST_ENTRIES:
            lines.append(f"- 另外 {len(many) - _MOST_ENTRIES} 种，见清单")
    return [*lines, ""]


def _villages(report: Report) -> list[str]:
    villages = villages_of(report.findings, "未注明村")
    if not villages:
        return []
    heading, rule = _count_columns(report)
    lines = ["## 各村问题数", "", f"| 村 {heading}", f"| --- {rule}"]
    lines += [
        f"| {escape(village)} {_counts(report, *total)}"
        for village, total in villages[:_MOST_VILLAGES]
    ]
    if others := [total for _, total in villages[_MOST_VILLAGES:]]:
        rest = map(sum, zip(*others, strict=True))
        lines.append(f"| 另外 {len(others)} 个村 {_counts(report, *rest)}")
    return [*lines, ""]


def _count_columns(report: Report) -> tuple[str, str]:
    """The end of a table's heading, and of the line below it."""
    if report.summary.verified.total:
        return "| 处数 | 其中已核实 |", "| ---: | ---: |"
    return "| 处数 |", "| ---: |"


def _counts(report: Report, count: int, verified: int) -> str:
    """The end of a row of such a table."""
    return f"| {count} | {verified} |" if report.summary.verified.total else f"| {count} |"
