"""The report for a person at a terminal: the verdict, the gates, what to do, what was read."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from jiandang.register.tables import TITLES
from jiandang.report.files import FileResult
from jiandang.report.gates import STATUS_NAMES, GateStatus
from jiandang.report.model import SEVERITY_NAMES, GateResult, Report, Severity
from jiandang.reporters.console_findings import STYLES, findings_parts
from jiandang.reporters.console_layout import indented, plain_table
from jiandang.reporters.console_movement import movement_parts
from jiandang.reporters.entries import first_kinds
from jiandang.reporters.record import (
    CONFIRMED_ELSEWHERE,
    answers_lines,
    forms_text,
    list_counts,
    list_remarks,
    passed_over_text,
    rules_failed,
    since_lines,
    verified_text,
)
from jiandang.reporters.unchecked import (
    checked_text,
    gates_not_whole,
    not_whole_text,
    reasons,
    unchecked_line,
    village_lines,
)

_STATUS_STYLES = {
    GateStatus.PASSED: "green",
    GateStatus.PARTIAL: "yellow",
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
    most_kinds: int = 0,
    quiet: bool = False,
    verbose: bool = False,
    color: bool | None = None,
) -> None:
    """Print the report: at most `max_per_rule` entries a rule; what is cut is counted.

    With 0, every finding stands by itself. Only the worst `most_kinds` are shown, the others
    named; with 0 all are. `verbose` names each rule that was not checked and why;
    `quiet` prints the verdict alone, after what could not be read; `color` forces colours on or
    off.
    """
    rendered = io.StringIO()
    console = _console(rendered, stream, color)
    limits = {"max_per_rule": max_per_rule, "most_kinds": most_kinds}
    print_report(report, console, **limits, quiet=quiet, verbose=verbose)
    # Rich fills lines up with blanks, which whoever pipes or pastes the text does not want.
    stream.writelines(line.rstrip() + "\n" for line in rendered.getvalue().splitlines())


def print_report(
    report: Report,
    console: Console,
    *,
    max_per_rule: int = 0,
    most_kinds: int = 0,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """As `write_console`, on a console that the caller has set up."""
    limits = max_per_rule, most_kinds
    for part in _failures(report) if quiet else _parts(report, limits, verbose):
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


def _parts(report: Report, limits: tuple[int, int], verbose: bool) -> Iterator[RenderableType]:
    # The result first, within ten lines: whoever sees no more has seen it.
    tool = f"{report.tool.name} {report.tool.version}"
    yield Text.assemble(
        ("建档立卡检查", "bold"), f"　检查日期 {report.as_of}　政策 {report.policy}　{tool}"
    )
    yield Text.assemble(("结论：", "bold"), _conclusion(report))
    for remark in report.remarks:
        yield Text(f"注意：{remark}", style="bold yellow")
    yield _gates(report.sections)
    yield from _lists(report)
    yield from movement_parts(report)
    yield from _first_things(report)
    yield from findings_parts(report, *limits)
    yield from _not_checked(report, verbose)
    yield from _files(report)
    if report.passed_over:
        count = f"略过 {len(report.passed_over)} 个文件或文件夹（"
        yield Text(f"{count}{passed_over_text(report)}）", style="dim")
        yield ""
    for note in report.policy_notes:
        yield Text(f"注：{note}", style="dim")
    if report.policy_notes:
        yield ""
    if told := [*answers_lines(report), *since_lines(report)]:
        for label, line in told:
            yield Text.assemble((label, "bold"), f"　{line}")
        yield ""
    if report.findings:
        yield _gates(report.sections)


# -- what was read ---------------------------------------------------------------------------


def _failures(report: Report) -> Iterator[Text]:
    """What stands between the report and being complete, a line each: files, lists, rules."""
    files = [(kind, file.path, file.error) for kind, file in report.files_by_kind]
    for kind, path, error in [*files, *(("名单", each.path, each.error) for each in report.lists)]:
        if error is not None:
            yield Text(f"{kind} {path} 读不出来：{error.message}", style="bold red")
    yield from _rules_failed(report)


def _files(report: Report) -> Iterator[RenderableType]:
    for kind, file in report.files_by_kind:
        name = report.name_of(file.path)
        yield Text(name if kind == "文件" else f"{kind} {name}", style="bold")
        if file.error is not None:
            yield indented(Text(f"读不出来：{file.error.message}", style="bold red"))
        if file.tables:
            yield indented(_tables_read(file))
        if file.sha256 is not None:
            yield indented(Text(f"SHA-256 {file.sha256}", style="dim"))
        for remark in file.remarks:
            yield indented(Text(remark, style="yellow"))
        yield ""


def _tables_read(file: FileResult) -> Table:
    table = plain_table("工作表", "认作", "表头", "读入 = 已检查 + 未能检查", numbers=1)
    for read in file.tables:
        table.add_row(
            read.sheet,
            f"{TITLES[read.table]}表",
            read.begins,
            f"{read.rows_read} = {read.rows_checked} + {read.rows_rejected}",
        )
    return table


# -- the gates -------------------------------------------------------------------------------


def _gates(gates: Iterable[GateResult]) -> RenderableType:
    names = [SEVERITY_NAMES[severity] for severity in Severity]
    gates = list(gates)
    # Short: with it the table just fits into 80 columns.
    answered = ["已核实"] if any(gate.verified.total for gate in gates) else []
    more = [*answered, "涉及户数", "已查规则", "未查规则"]
    table = plain_table("关口", "结果", *names, *more, numbers=len(names) + len(more))
    table.box = None
    table.padding = (0, 1, 0, 0) if answered else (0, 2, 0, 0)
    for gate in gates:
        table.add_row(
            gate.title,
            Text(STATUS_NAMES[gate.status], style=_STATUS_STYLES[gate.status]),
            *(_count(gate.counts.of(severity), severity) for severity in Severity),
            *(str(gate.verified.total or "-") for _ in answered),
            str(gate.households or "-"),
            str(len(gate.rules_run)),
            str(gate.rules_missing or "-"),
        )
    return Group(table, "")


def _count(count: int, severity: Severity) -> Text:
    return Text(str(count), style=STYLES[severity]) if count else Text("-", style="dim")


# -- other departments' lists ----------------------------------------------------------------


def _lists(report: Report) -> Iterator[RenderableType]:
    """The lists, what was found in them, and how often such doubts were true elsewhere."""
    if not report.lists:
        return
    yield Text("部门名单", style="bold")
    for each in report.lists:
        if each.error is not None:
            yield indented(Text(f"{each.name}　读不出来：{each.error.message}", style="bold red"))
            continue
        counts = "　".join(f"{name} {count or '-'}" for name, count in list_counts(each).items())
        yield indented(Text(f"{each.name}（{each.kind}，{each.date or '日期未注明'}）"))
        yield indented(Text(counts, style="dim"), 2)
        yield from (indented(Text(line, style="dim"), 2) for line in list_remarks(each))
    yield indented(Text(CONFIRMED_ELSEWHERE, style="dim"))
    yield ""


# -- where to begin --------------------------------------------------------------------------


def _first_things(report: Report) -> Iterator[RenderableType]:
    """The worst and most frequent kinds of findings, and the households that have most."""
    kinds, is_half = first_kinds(report.findings)
    if not kinds or not (is_half or kinds[0].count > 1):
        return  # as many kinds as findings: none comes before the others
    yield Text("先看这里", style="bold")
    if is_half:
        yield indented(Text(f"改好前{len(kinds)}种，问题就少了大半："))
    else:
        yield indented(Text("最重、最多的几种："))
    for kind in kinds:
        count = (f"{kind.count:>5}处  ", STYLES[kind.severity])
        name = (SEVERITY_NAMES[kind.severity], STYLES[kind.severity])
        yield indented(Text.assemble(count, name, f" {kind.rule} {kind.title}"), 2)
    worst = [f for f in report.findings if f.severity is kinds[0].severity and not f.is_verified]
    households = _most_frequent((f.village or "", f.household) for f in worst if f.household)
    if households and households[0][1] > 1:
        yield indented(Text(f"{SEVERITY_NAMES[kinds[0].severity]}最多的户，核对时先去："))
        for (village, household), number in households:
            yield indented(Text(f"{number:>5}处  {village}  户{household}"), 2)
    yield ""


def _most_frequent(keys: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """The keys that come most often, with their counts; equals in their own order."""
    return sorted(Counter(keys).items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMED]


# -- what could not be checked, and the end --------------------------------------------------


def _not_checked(report: Report, verbose: bool) -> Iterator[RenderableType]:
    # Where nothing was read at all, the verdict says so; a reason a rule would only hide why.
    missing = gates_not_whole(report)
    if missing and report.summary.rules_run:
        yield Text("没有检查的规则（不算通过）", style="bold")
        for gate in missing:
            line = f"{gate.title}{checked_text(gate)}。{unchecked_line(gate)}"
            yield indented(Text(line, style="dim"))
            for line in village_lines(gate):
                yield indented(Text(line), 2)
            for text, codes in reasons(gate) if verbose else ():
                yield indented(Text(f"{text}：{'、'.join(codes)}", style="dim"), 2)
        if not verbose and any(gate.rules_not_checked for gate in missing):
            yield indented(Text("加 --verbose 列出每一条和原因", style="dim"))
        yield ""
    yield from _rules_failed(report)


def _rules_failed(report: Report) -> Iterator[Text]:
    for reason in rules_failed(report):
        yield Text(
            f"规则 {reason.rule} 自身出错，没有结果，请报告给开发者：{reason.reason}",
            style="bold red",
        )


def _verdict(report: Report) -> Text:
    """The last line: what was checked, and the conclusion once more."""
    summary = report.summary
    what = (
        f"共检查{summary.rows_checked}行{forms_text(report.files)}、"
        f"{summary.households}户、{summary.persons}人，"
        f"运行规则{summary.rules_run}条"
    )
    if summary.rules_not_checked:
        what += f"，{summary.rules_not_checked}条没有检查"
    if summary.rows_rejected:
        what += f"，{summary.rows_rejected}行未能检查"
    if unrecognised := sum(len(file.unrecognised_sheets) for file in report.files):
        what += f"，{unrecognised}张工作表没有认出、没有检查"
    if summary.silenced:
        what += f"，另有{summary.silenced}处因同一原因不重复报告"
    if report.since:
        what += f"，比上次新增{report.since.new}处、消失{report.since.gone_total}处"
    return Text.assemble(("结论：", "bold"), what, "；", _conclusion(report))


def _conclusion(report: Report) -> Text:
    """The result in a sentence or two."""
    summary = report.summary
    counts, left = summary.counts, summary.counts.without(summary.verified)
    found = "、".join(
        f"{SEVERITY_NAMES[severity]}{counts.of(severity)}处"
        for severity in Severity
        if counts.of(severity)
    ) + verified_text(summary.verified.total, "，")
    is_whole = report.is_complete
    text = Text()
    if left.error:
        text.append(f"有{found}，错误改正后才能上报。", style="bold red")
    elif left.warning or left.suspect:
        no_error = "没有待改正的错误" if counts.error else "没有错误"
        text.append(f"{no_error}，有{found}，请改正或说明。", style="yellow")
    elif summary.verified.total and is_whole:
        text.append(f"有{found}，没有要改正或说明的问题。", style="green")
    elif is_whole:
        none = f"没有发现问题，只有{found}" if found else "没有发现问题"
        if all(gate.is_whole for gate in report.sections):
            text.append(f"{none}。", style="bold green")
        else:
            text.append(f"{none}；{not_whole_text(report)}。", style="green")
    if summary.files_unreadable:
        text.append(f"{summary.files_unreadable}个文件读不出来，", style="bold red")
    if not is_whole:
        text.append("没有查完，不能算通过。", style="bold red")
    return text
