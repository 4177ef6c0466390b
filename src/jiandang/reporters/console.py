"""The report for a person at a terminal: what was read, the five gates, what to do, the verdict."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from jiandang.register.tables import TITLES
from jiandang.report.model import (
    SEVERITY_NAMES,
    STATUS_NAMES,
    FileResult,
    Finding,
    GateResult,
    GateStatus,
    Person,
    Report,
    Severity,
)
from jiandang.reporters.record import passed_over_text

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.SUSPECT: "magenta",
    Severity.INFO: "dim",
}
_STATUS_STYLES = {
    GateStatus.PASSED: "green",
    GateStatus.FAILED: "bold red",
    GateStatus.SUSPECT: "magenta",
    GateStatus.NOT_CHECKED: "dim",
}
_PIPED_WIDTH = 80
_MOST_NAMED = 5


def write_console(
    report: Report,
    stream: TextIO,
    *,
    max_per_rule: int = 0,
    quiet: bool = False,
    color: bool | None = None,
) -> None:
    """Print the report. At most `max_per_rule` findings a rule (0: all); what is cut is counted.

    `quiet` prints the verdict alone; `color` forces colours on or off.
    """
    rendered = io.StringIO()
    console = _console(rendered, stream, color)
    print_report(report, console, max_per_rule=max_per_rule, quiet=quiet)
    # Rich fills lines up with blanks, which whoever pipes or pastes the text does not want.
    stream.writelines(line.rstrip() + "\n" for line in rendered.getvalue().splitlines())


def print_report(
    report: Report, console: Console, *, max_per_rule: int = 0, quiet: bool = False
) -> None:
    """As `write_console`, on a console that the caller has set up."""
    if not quiet:
        for part in _parts(report, max_per_rule):
            console.print(part)
    console.print(_verdict(report))


def _console(target: TextIO, stream: TextIO, color: bool | None) -> Console:
    """A console that writes to `target` as befits `stream`: its width, its colours."""
    terminal = stream.isatty()
    return Console(
        file=target,
        width=Console(file=stream).width if terminal else _PIPED_WIDTH,
        force_terminal=color if color is not None else terminal,
        no_color=True if color is False else None,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _parts(report: Report, max_per_rule: int) -> Iterator[RenderableType]:
    tool = f"{report.tool.name} {report.tool.version}"
    yield Text.assemble(
        ("建档立卡检查", "bold"), f"　检查日期 {report.as_of}　政策 {report.policy}　{tool}"
    )
    yield ""
    yield from _files(report.files)
    if report.passed_over:
        count = f"略过 {len(report.passed_over)} 个文件或文件夹（"
        yield Text(f"{count}{passed_over_text(report)}）", style="dim")
        yield ""
    yield _gates(report.gates)
    yield from _first_things(report)
    yield from _findings(report, max_per_rule)
    yield from _not_checked(report)
    for note in report.policy_notes:
        yield Text(f"注：{note}", style="dim")
    if report.policy_notes:
        yield ""


def _table(*headings: str, numbers: int = 0) -> Table:
    """A table whose last `numbers` columns are right-aligned."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for i, heading in enumerate(headings):
        right = i >= len(headings) - numbers
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    return table


# -- what was read ---------------------------------------------------------------------------


def _files(files: Iterable[FileResult]) -> Iterator[RenderableType]:
    for file in files:
        yield Text(Path(file.path).name, style="bold")
        if file.error is not None:
            yield _indented(Text(f"读不出来：{file.error.message}", style="bold red"))
        if file.tables:
            yield _indented(_tables_read(file))
        if file.sha256 is not None:
            yield _indented(Text(f"SHA-256 {file.sha256}", style="dim"))
        for remark in file.remarks:
            yield _indented(Text(remark, style="yellow"))
        yield ""


def _tables_read(file: FileResult) -> Table:
    table = _table("工作表", "认作", "表头", "读入 = 已检查 + 未能检查", numbers=1)
    for read in file.tables:
        table.add_row(
            read.sheet,
            f"{TITLES[read.table]}表",
            f"第{read.heading_row}行",
            f"{read.rows_read} = {read.rows_checked} + {read.rows_rejected}",
        )
    return table


# -- the gates -------------------------------------------------------------------------------


def _gates(gates: Iterable[GateResult]) -> RenderableType:
    names = [SEVERITY_NAMES[severity] for severity in Severity]
    table = _table("关口", "结果", *names, "涉及户数", numbers=5)
    for gate in gates:
        table.add_row(
            gate.name,
            Text(STATUS_NAMES[gate.status], style=_STATUS_STYLES[gate.status]),
            *(_count(gate.counts.of(severity), severity) for severity in Severity),
            str(gate.households or "-"),
        )
    return Group(table, "")


def _count(count: int, severity: Severity) -> Text:
    return Text(str(count), style=_STYLES[severity]) if count else Text("-", style="dim")


# -- where to begin --------------------------------------------------------------------------


def _first_things(report: Report) -> Iterator[RenderableType]:
    """The rules that explain most of the worst findings, and the households that have most."""
    counts = report.summary.counts
    worst = next((s for s in Severity if counts.of(s) and s is not Severity.INFO), None)
    if worst is None or len(report.findings) <= _MOST_NAMED:
        return
    findings = [f for f in report.findings if f.severity is worst]
    name = SEVERITY_NAMES[worst]
    rules = _most_frequent((f.rule, f.title) for f in findings)
    covered = sum(count for _, count in rules)
    yield Text("先看这里", style="bold")
    yield _indented(
        Text(f"{name}{len(findings)}处，其中{covered}处是这{len(rules)}种，改好它们最省事：")
    )
    for (code, title), count in rules:
        yield _indented(Text.assemble((f"{count:>5}处  ", _STYLES[worst]), f"{code} {title}"), 2)
    households = _most_frequent((f.village or "", f.household) for f in findings if f.household)
    if households and households[0][1] > 1:
        yield _indented(Text(f"{name}最多的户，核对时先去："))
        for (village, household), count in households:
            yield _indented(Text(f"{count:>5}处  {village}  户{household}"), 2)
    yield ""


def _most_frequent(keys: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """The keys that come most often, with their counts; equals in their own order."""
    return sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMED]


# -- the findings ----------------------------------------------------------------------------


def _findings(report: Report, max_per_rule: int) -> Iterator[RenderableType]:
    several_files = len(report.files) > 1
    for gate, of_gate in groupby(report.findings, key=lambda f: f.gate):
        name = next(g.name for g in report.gates if g.code == gate)
        yield Text(f"【{name}】", style="bold")
        for _, of_rule in groupby(of_gate, key=lambda f: f.rule):
            yield from _rule_findings(list(of_rule), max_per_rule, several_files, report.households)
        yield ""


def _rule_findings(
    findings: list[Finding],
    max_per_rule: int,
    several_files: bool,
    households: dict[str, list[Person]],
) -> Iterator[RenderableType]:
    first = findings[0]
    name = SEVERITY_NAMES[first.severity]
    yield Text.assemble(
        (name, _STYLES[first.severity]),
        (f" {first.rule} {first.title}", "bold"),
        f"（{len(findings)}处）",
    )
    yield _indented(Text(f"怎么办：{first.advice}", style="dim"))
    shown = findings[:max_per_rule] if max_per_rule else findings
    for finding in shown:
        yield _indented(_place(finding, several_files))
        yield _indented(Text(finding.message), 2)
        if members := households.get(finding.household or ""):
            yield _indented(Text(f"全户：{_who_is_who(members)}", style="dim"), 2)
    if len(shown) < len(findings):
        rest = len(findings) - len(shown)
        yield _indented(
            Text(f"……还有 {rest} 处没有列出；加 --max-per-rule 0 全部列出", style="dim")
        )


def _who_is_who(members: Iterable[Person]) -> str:
    return "；".join(
        " ".join(
            text
            for text in (
                person.relation,
                person.name,
                person.sex,
                None if person.age is None else f"{person.age}岁",
            )
            if text
        )
        for person in members
    )


def _place(finding: Finding, several_files: bool) -> Text:
    cell = f"{finding.sheet}!{finding.cell}"
    if several_files:
        cell = f"{Path(finding.file).name} {cell}"
    household = f"户{finding.household}" if finding.household else None
    who = [text for text in (finding.village, household, finding.person) if text]
    return Text.assemble((cell, "cyan"), "  ", "  ".join(who))


# -- what could not be checked, and the end --------------------------------------------------


def _not_checked(report: Report) -> Iterator[RenderableType]:
    skipped = [reason for gate in report.gates for reason in gate.rules_not_checked]
    # Where nothing was read at all, the verdict says so; a reason a rule would only hide why.
    if skipped and report.summary.rules_run:
        yield Text("没有检查的规则（不算通过）", style="bold")
        by_reason: dict[str, list[str]] = {}
        for reason in skipped:
            by_reason.setdefault(reason.reason, []).append(reason.rule)
        for text, codes in by_reason.items():
            yield _indented(Text(f"{text}：{'、'.join(codes)}", style="dim"))
        yield ""
    for gate in report.gates:
        for reason in gate.rules_failed:
            yield Text(
                f"规则 {reason.rule} 自身出错，没有结果，请报告给开发者：{reason.reason}",
                style="bold red",
            )


def _verdict(report: Report) -> Text:
    summary, counts = report.summary, report.summary.counts
    what = (
        f"共检查{summary.rows_checked}行、{summary.households}户、{summary.persons}人，"
        f"运行规则{summary.rules_run}条"
    )
    if summary.rules_not_checked:
        what += f"，{summary.rules_not_checked}条没有检查"
    if summary.rows_rejected:
        what += f"，{summary.rows_rejected}行未能检查"
    if summary.files_unreadable:
        what += f"，{summary.files_unreadable}个文件读不出来"
    if summary.silenced:
        what += f"，另有{summary.silenced}处因同一原因不重复报告"
    found = [
        f"{SEVERITY_NAMES[severity]}{counts.of(severity)}处"
        for severity in Severity
        if counts.of(severity)
    ]
    text = Text.assemble(("结论：", "bold"), what, "；")
    if counts.error:
        text.append(f"有{'、'.join(found)}，错误改正后才能上报。", style="bold red")
    elif counts.warning or counts.suspect:
        text.append(f"没有错误，有{'、'.join(found)}，请改正或说明。", style="yellow")
    elif not summary.rules_run or summary.files_unreadable or summary.rules_failed:
        text.append("没有查完，不能算通过。", style="bold red")
    else:
        text.append("没有发现问题。", style="bold green")
    return text


def _indented(content: RenderableType, level: int = 1) -> Padding:
    return Padding(content, (0, 0, 0, 2 * level), expand=False)
