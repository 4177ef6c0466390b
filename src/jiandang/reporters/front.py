"""The sheets that are put in front of the clerk's own: 检查结果 and 问题清单."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from jiandang.answers.replies import OTHER, WORDS
from jiandang.formats.grid import runs
from jiandang.formats.xlsx.styles import Fill, Styles
from jiandang.formats.xlsx.text import line_count, quoted_sheet
from jiandang.formats.xlsx.writing_sheet import Cell, Row, Sheet
from jiandang.register.address import column_letters
from jiandang.report.files import FileResult
from jiandang.report.found import counts_of
from jiandang.report.gates import STATUS_NAMES, GateStatus
from jiandang.report.model import SEVERITY_NAMES, Finding, GateResult, Report, Severity
from jiandang.reporters.entries import first_kinds, kinds_of, villages_of
from jiandang.reporters.fills import HEAD_FILL, SEVERITY_FILLS, VERIFIED_FILL
from jiandang.reporters.record import CONFIRMED_ELSEWHERE, forms_text, record_lines, verified_text
from jiandang.reporters.rows import (
    CLERK_COLUMNS,
    FIELDS,
    KEYS,
    LAST_PRINTED,
    TO_FILL_IN,
    WIDTHS,
    file_of,
    reasons_of,
    texts,
)
from jiandang.reporters.unchecked import unseen_villages

TAB_COLOR = "FFC0392B"
_LINE_HEIGHT = 14.5
# Excel takes no longer list of ranges in one validation.
_RUNS_A_CHOICE = 50
_WIDTH = 9  # columns of 检查结果
_STATUS_COLORS = {
    GateStatus.PASSED: "FF1E7B34",
    GateStatus.PARTIAL: "FF9A6700",
    GateStatus.FAILED: "FFC0392B",
    GateStatus.SUSPECT: "FF6C3FA0",
    GateStatus.NOT_CHECKED: "FF777777",
}
_HOW_TO = (
    "先看上面的五关哪一关没有通过，再看下面“先改这些”{promise}。",
    "打开“{list}”，点“单元格”一列的蓝字，就跳到出错的格子；格子有底色和底纹，批注写明错在哪里、怎么改。",
    "请在自己的原表里改，改完再检查一次；本文件只是带标记的副本，原表没有动过。",
    "核实后在“核实结果”里选：已改正、登记无误、拟剔除、待核实。登记无误的要写明理由、核实人和日期；"
    "下次检查时用 --answers 读回来，登记没有变的就不用再核实。",
    "“{list}”可以按关口、村、严重程度筛选，也可以直接打印给各村。",
)
_SEVERITY_MEANINGS = {
    Severity.ERROR: "必须改正后才能上报",
    Severity.WARNING: "请改正，或说明原因",
    Severity.SUSPECT: "请向有关部门核实，不一定是错",
    Severity.INFO: "仅供参考",
}


def list_sheet(
    name: str,
    findings: Sequence[Finding],
    columns: tuple[str, ...],
    styles: Styles,
    link: Callable[[Finding], str] = lambda _: "",
    first: int = 1,
) -> Sheet:
    """One row a finding, with a filter, frozen headings and the answers to choose from.

    `link` gives the place in the workbook of a finding's cell; `first` is the first one's 序号.
    """
    last = max(len(findings) + 1, 2)
    letters = {name: column_letters(number) for number, name in enumerate(columns, 1)}
    keys = [letters[name] for name in KEYS if name in letters]
    answer = letters["核实结果"]
    choices = {f"{answer}2:{answer}{last}": WORDS, **_reasons(findings, letters["核实理由"])}
    heights = {1: 32.0}
    return Sheet(
        name,
        _list_rows(findings, columns, styles, link, heights, first),
        [WIDTHS[column] for column in columns],
        freeze=(1, 1),
        filter=f"A1:{column_letters(len(columns))}{last}",
        choices=choices,
        kept=f"{keys[0]}1:{keys[-1]}{last}",
        heights=heights,
        fixed=False,
        repeat_rows=1,
        print_area=f"A1:{letters[LAST_PRINTED]}{last}",
        tab_color=TAB_COLOR,
    )


def _reasons(findings: Sequence[Finding], column: str) -> dict[str, tuple[str, ...]]:
    """The cells of the column, some runs at a time, with the known reasons of their rules."""
    of_rule: dict[str, array[int]] = {}
    for number, finding in enumerate(findings, 2):
        of_rule.setdefault(finding.rule, array("q")).append(number)
    rows: dict[tuple[str, ...], array[int]] = {}
    for rule, own in of_rule.items():
        if known := reasons_of(rule):
            rows.setdefault((*known, OTHER), array("q")).extend(own)
    choices: dict[str, tuple[str, ...]] = {}
    for known, numbers in rows.items():
        cells = [f"{column}{run[0]}:{column}{run[-1]}" for run in runs(sorted(numbers))]
        for start in range(0, len(cells), _RUNS_A_CHOICE):
            choices[" ".join(cells[start : start + _RUNS_A_CHOICE])] = known
    return choices


def _list_rows(
    findings: Sequence[Finding],
    columns: tuple[str, ...],
    styles: Styles,
    link: Callable[[Finding], str],
    heights: dict[int, float],
    first: int,
) -> Iterator[Row]:
    head = styles.format(bold=True, color="FFFFFFFF", fill=HEAD_FILL, center=True)
    body = styles.format()
    number_format = styles.format(number_format=0, center=True)
    fill_in = styles.format(fill=Fill("FFFFFDF0"))
    linked = styles.format(color="FF0563C1", underline=True)
    severities = {s: styles.format(fill=SEVERITY_FILLS[s], center=True) for s in Severity}
    grey = styles.format(color="FF808080", fill=VERIFIED_FILL)
    yield [Cell(column, head) for column in columns]
    formats = [fill_in if column in TO_FILL_IN else body for column in columns]
    wrapped = [(number, WIDTHS[name]) for number, name in enumerate(columns) if name in FIELDS]
    severity_at, cell_at = columns.index("严重程度"), columns.index("单元格")
    for number, finding in enumerate(findings, first):
        own = [grey] * len(columns) if finding.is_verified else formats
        cells = [Cell(t, f) for t, f in zip(texts(finding, columns), own, strict=True)]
        cells[0] = Cell(number, number_format)
        if not finding.is_verified:
            cells[severity_at] = Cell(cells[severity_at].value, severities[finding.severity])
        target = link(finding)
        if target:
            cells[cell_at] = Cell(finding.cell, linked, target)
        lines = max(line_count(str(cells[n].value), width - 1) for n, width in wrapped)
        heights[number - first + 2] = _LINE_HEIGHT * lines + 3
        yield cells


def clerk_list(
    name: str, findings: Sequence[Finding], sheets: dict[str, str], styles: Styles
) -> Sheet:
    """问题清单. `sheets` gives the name in this workbook of each sheet that can be linked to."""

    def link(finding: Finding) -> str:
        sheet = None if finding.role else sheets.get(finding.sheet)
        return f"{quoted_sheet(sheet)}!{finding.cell}" if sheet and finding.cell else ""

    return list_sheet(name, findings, CLERK_COLUMNS, styles, link)


def result_sheet(
    name: str,
    list_name: str,
    report: Report,
    file: FileResult,
    findings: Sequence[Finding],
    cut: int,
    styles: Styles,
    remark: str = "",
) -> Sheet:
    """检查结果: the verdict, the five gates, how to use the file, where to begin, the record.

    `findings` are all of this file; `cut` is how many of them the list leaves out.
    """
    page = _Page(styles)
    page.title(f"{report.name_of(file.path)} 检查结果")
    page.text(_verdict(findings, file))
    if remark:
        page.text(remark, strong=True)
    if cut:
        page.text(
            f"问题太多：清单和标记只列最严重的 {len(findings) - cut} 处，还有 {cut} 处没有列出。"
            "请先改正再检查。",
            strong=True,
        )
    if len(report.files) > 1:
        page.text(f"本次共检查 {len(report.files)} 个文件，这里只列本文件的问题。")
    others = Counter(file_of(f) for f in findings if f.file != file.path)
    if others:
        each = "、".join(f"{name} 里 {count} 处" for name, count in others.items())
        page.text(f"另有不在本表里的：{each}。本表没有这些格子，没有标记，见{list_name}。")
    page.blank()
    page.section("五关结果")
    is_answered = any(finding.is_verified for finding in findings)
    heading = ["关口", "结果", *SEVERITY_NAMES.values(), "涉及户数", "已查规则", "未查规则"]
    page.table(
        [*heading, *(["其中已核实"] if is_answered else [])],
        [_gate(gate, findings, is_answered, page) for gate in report.sections],
    )
    unseen = unseen_villages(report)
    for gate, line in unseen:
        page.text(f"{gate}：{line}", strong=True)
    if unseen:
        page.blank()
    if report.lists:
        page.text(f"部门比对：{CONFIRMED_ELSEWHERE}名单见“检查记录”。")
        page.blank()
    page.section("怎么用这个文件")
    kinds, is_half = first_kinds(findings)
    promise = f"：改好前{len(kinds)}种，问题就少了大半" if is_half else "，最重的在最前面"
    for number, line in enumerate(_HOW_TO, 1):
        page.text(f"{number}. {line.format(list=list_name, promise=promise)}")
    page.link(f"打开{list_name} →", f"{quoted_sheet(list_name)}!A1")
    page.blank()
    page.section("颜色和底纹")
    for severity, meaning in _SEVERITY_MEANINGS.items():
        page.legend(SEVERITY_NAMES[severity], SEVERITY_FILLS[severity], meaning)
    if is_answered:
        page.legend("已核实", VERIFIED_FILL, "答复为登记无误，登记没有变，不用再核实")
    page.blank()
    _counts(page, findings)
    page.section("检查记录")
    for label, text in record_lines(report):
        page.pair(label, text)
    return Sheet(
        name,
        page.rows,
        (16, 13, 9, 9, 9, 9, 11, 11, 11, 11),
        merged=page.merged,
        heights=page.heights,
        landscape=False,
        tab_color=TAB_COLOR,
        grid_lines=False,
    )


def _verdict(findings: Sequence[Finding], file: FileResult) -> str:
    rows = sum(table.rows_checked for table in file.tables)
    counts = Counter(finding.severity for finding in findings)
    verified = verified_text(sum(f.is_verified for f in findings), "；")
    if not findings:
        return f"检查了 {rows} 行{forms_text([file])}，没有发现问题。"
    each = "、".join(f"{SEVERITY_NAMES[s]} {counts[s]}" for s in Severity)
    households = len({f.household for f in findings if f.household})
    return (
        f"检查了 {rows} 行{forms_text([file])}，共 {len(findings)} 处问题：{each}{verified}；"
        f"涉及 {households} 户。"
    )


def _gate(
    gate: GateResult, findings: Sequence[Finding], is_answered: bool, page: "_Page"
) -> list[Cell]:
    own = [finding for finding in findings if finding.gate == gate.code]
    counts = counts_of(own)
    # Of this file, not of the whole run.
    verified = counts_of(f for f in own if f.is_verified)
    status = gate.status_of(counts.without(verified))
    numbers = [counts.of(s) for s in Severity]
    numbers += [
        len({f.household for f in own if f.household}),
        len(gate.rules_run),
        gate.rules_missing,
        *([verified.total] if is_answered else []),
    ]
    return [
        Cell(gate.title, page.body),
        Cell(STATUS_NAMES[status], page.status[status]),
        *(Cell(number, page.number) for number in numbers),
    ]


def _counts(page: "_Page", findings: Sequence[Finding]) -> None:
    still_open = [finding for finding in findings if not finding.is_verified]
    kinds = [kind for kind in kinds_of(still_open) if kind.severity is not Severity.INFO]
    if kinds:
        page.section("先改这些")
        for kind in kinds[:10]:
            severity = SEVERITY_NAMES[kind.severity]
            page.pair(f"{kind.count} 处", f"{severity}　{kind.rule} {kind.title}")
        page.blank()
    villages = villages_of((f for f in findings if f.village), "")
    if villages:
        page.section("各村问题数")
        for village, (count, verified) in villages[:20]:
            page.pair(f"{count} 处", village + verified_text(verified, "　"))
        if len(villages) > 20:
            page.text(f"另有 {len(villages) - 20} 个村，见清单。")
        page.blank()


class _Page:
    """Lays out 检查结果 from top to bottom."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.rows: list[Row] = []
        self.merged: list[str] = []
        self.heights: dict[int, float] = {}
        self.body = styles.format()
        self.number = styles.format(number_format=0, center=True)
        self.status = {
            status: styles.format(bold=True, color=color, center=True)
            for status, color in _STATUS_COLORS.items()
        }

    def title(self, text: str) -> None:
        self._wide(text, self._styles.format(size=18, bold=True, border=False), 32)

    def text(self, text: str, *, strong: bool = False) -> None:
        color = "FFC0392B" if strong else "FF222222"
        style = self._styles.format(bold=strong, color=color, border=False)
        self._wide(text, style, 17 * line_count(text, _WIDTH * 12))

    def section(self, text: str) -> None:
        style = self._styles.format(size=12, bold=True, color=HEAD_FILL.ground, border=False)
        self._wide(text, style, 24)

    def link(self, text: str, target: str) -> None:
        style = self._styles.format(
            size=12, bold=True, color="FF0563C1", underline=True, border=False
        )
        self._wide(text, style, 22, target)

    def blank(self) -> None:
        self.rows.append([])

    def table(self, heading: Sequence[str], rows: Sequence[Row]) -> None:
        head = self._styles.format(bold=True, color="FFFFFFFF", fill=HEAD_FILL, center=True)
        self.rows.append([Cell(text, head) for text in heading])
        self.rows += rows
        self.blank()

    def legend(self, name: str, fill: Fill, meaning: str) -> None:
        cell = Cell(name, self._styles.format(fill=fill, center=True))
        self._pair(cell, meaning)

    def pair(self, label: str, text: str) -> None:
        self._pair(Cell(label, self._styles.format(bold=True, border=False)), text)

    def _pair(self, label: Cell, text: str) -> None:
        self.rows.append([label, Cell(text, self._styles.format(border=False))])
        row = len(self.rows)
        self.merged.append(f"B{row}:{column_letters(_WIDTH)}{row}")
        lines = max(line_count(text, 82), line_count(str(label.value), 16))
        self.heights[row] = min(17 * lines, 400)

    def _wide(self, text: str, style: int, height: float, target: str = "") -> None:
        self.rows.append([Cell(text, style, target)])
        row = len(self.rows)
        self.merged.append(f"A{row}:{column_letters(_WIDTH)}{row}")
        self.heights[row] = height
