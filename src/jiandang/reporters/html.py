"""One self-contained web page: no network, no server; opened by a double click."""

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jiandang.register.tables import TITLES
from jiandang.report.answered import STATE_NAMES, AnswerState
from jiandang.report.gates import STATUS_NAMES, GateStatus
from jiandang.report.model import SEVERITY_NAMES, Finding, Report, Severity
from jiandang.reporters.entries import Entry, entries_of
from jiandang.reporters.movement import (
    LIST_COLUMNS,
    flow_text,
    line_name,
    listing_texts,
    lists_by_village,
    poor_flows,
    poor_text,
    progress_lines,
    progress_name,
    registered_flows,
    stocks_text,
)
from jiandang.reporters.record import (
    CONFIRMED_ELSEWHERE,
    answers_lines,
    counts_text,
    list_counts,
    list_remarks,
    run_lines,
    since_lines,
)
from jiandang.reporters.rows import file_of
from jiandang.reporters.unchecked import (
    checked_text,
    gates_not_whole,
    not_whole_text,
    reasons,
    unchecked_line,
    village_lines,
)

NO_VILLAGE = "未注明村"
_STATES = list(AnswerState)


@dataclass(frozen=True)
class Bar:
    """Findings of one village or rule, as a bar of parts by severity. Widths are percentages."""

    key: str
    label: str
    total: int
    verified: int
    parts: list[tuple[str, float, float, int]]  # severity, start, width, count


def write_html(report: Report, stream: TextIO) -> None:
    """Write the page."""
    environment = Environment(
        loader=PackageLoader("jiandang.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _asset("report.js")
    page = environment.get_template("report.html.j2").stream(
        report=report,
        verdict=_verdict(report),
        status_names=STATUS_NAMES,
        severity_names={s.value: name for s, name in SEVERITY_NAMES.items()},
        table_titles=TITLES,
        files=[report.name_of(file.path) for file in report.files],
        villages=_bars(report.findings, lambda f: (_village(f), _village(f))),
        entries=_entries(report.findings),
        alike=len({gate.status for gate in report.gates}) == 1,
        unchecked=gates_not_whole(report),
        checked_text=checked_text,
        unchecked_line=unchecked_line,
        village_lines=village_lines,
        reasons=reasons,
        record=run_lines(report),
        told=[*answers_lines(report), *since_lines(report)],
        confirmed_elsewhere=CONFIRMED_ELSEWHERE,
        list_counts=list_counts,
        list_remarks=list_remarks,
        moved=_moved(report),
        style=Markup(_asset("report.css")),
        script=Markup(script),
        # Whatever slips into the page as text: only this one script can run.
        script_hash=_hash(script),
        data=Markup(_embedded(_data(report))),
    )
    page.enable_buffering(50)
    for piece in page:
        stream.write(piece)


def _moved(report: Report) -> dict[str, Any] | None:
    """What the page shows of two dates: the table, then a view a village."""
    if report.movement is None:
        return None
    lines = report.movement.lines
    flows, poor = registered_flows(lines), poor_flows(lines)
    return {
        "style": Markup(_asset("movement.css")),
        "flows": flows,
        "lines": [(line, line_name(line), poor_text(line, poor)) for line in lines],
        "villages": lists_by_village(report.movement),
        "columns": LIST_COLUMNS,
        "texts": listing_texts,
        "stocks": stocks_text,
        "flow": flow_text,
        "remarks": report.movement.remarks,
        "progress": [(progress_name(p), progress_lines(p)) for p in report.movement.progress],
    }


def _asset(name: str) -> str:
    return files("jiandang.reporters").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    # The template puts a line break before and after the script.
    digest = hashlib.sha256(f"\n{script}\n".encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _embedded(data: Any) -> str:
    """JSON that can stand in a script element whatever the texts are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _village(finding: Finding) -> str:
    return finding.village or NO_VILLAGE


def _verdict(report: Report) -> tuple[str, str]:
    """A class for the colour, and the sentence."""
    summary = report.summary
    counts = summary.counts.without(summary.verified)
    if not report.is_complete:
        what = f"没有查完，不能算通过。{counts_text(summary)}。"
        return GateStatus.FAILED.value, what
    if counts.error:
        return GateStatus.FAILED.value, f"{counts_text(summary)}。错误改正后才能上报。"
    if counts.warning or counts.suspect:
        no_error = "没有待改正的错误" if summary.counts.error else "没有错误"
        return GateStatus.SUSPECT.value, f"{no_error}。{counts_text(summary)}，请改正或说明。"
    if summary.verified.total:
        return GateStatus.PASSED.value, f"没有要改正或说明的问题。{counts_text(summary)}。"
    if not all(gate.is_whole for gate in report.sections):
        what = "没有发现问题" if not counts.info else "没有发现错误"
        return GateStatus.PARTIAL.value, f"{what}；{not_whole_text(report)}。"
    return GateStatus.PASSED.value, "没有发现问题。" if not counts.info else "没有发现错误。"


def _bars(findings: Sequence[Finding], key: Any) -> list[Bar]:
    """A bar for each key, the longest first; the longest one is as wide as the picture.

    None where all are of one finding, or there is but one: such bars compare nothing.
    """
    counts: dict[tuple[str, str], Counter[Severity]] = defaultdict(Counter)
    verified: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        counts[key(finding)][finding.severity] += 1
        verified[key(finding)] += finding.is_verified
    longest = max((c.total() for c in counts.values()), default=1)
    if len(counts) < 2 or longest == 1:
        return []
    bars = []
    for (name, label), each in sorted(counts.items(), key=lambda i: (-i[1].total(), i[0])):
        parts, start = [], 0.0
        for severity in Severity:
            width = 100 * each[severity] / longest
            if width:
                parts.append((severity.value, round(start, 3), round(width, 3), each[severity]))
            start += width
        bars.append(Bar(name, label, each.total(), verified[name, label], parts))
    return bars


def _entries(findings: Sequence[Finding]) -> list[Entry]:
    """What is said of a column once, the most severe and most frequent first."""
    return sorted(entries_of(findings), key=lambda e: (e.first.severity.rank, -e.count))


class _Index:
    """Values by number: texts that come again and again are written once."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def of(self, value: Hashable) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def _data(report: Report) -> dict[str, Any]:
    """The findings for the script. The order of a row's fields is that of report.js."""
    rules, villages, names, sheets, lists = _Index(), _Index(), _Index(), _Index(), _Index()
    severities = list(Severity)
    rows = [
        [
            rules.of((f.rule, f.title, f.gate, f.advice)),
            severities.index(f.severity),
            villages.of(_village(f)),
            names.of(file_of(f)),
            sheets.of(f.sheet),
            f.cell,
            f.household or "",
            f.person or "",
            f.head or "",
            f.message,
            _STATES.index(f.answer.state) + 1 if f.answer else 0,
            f.answer.text if f.answer else "",
            -1 if f.is_new is None else int(f.is_new),
            *([lists.of(f.list_name or "")] if report.lists else []),
        ]
        for f in report.findings
    ]
    return {
        "rules": list(rules.numbers),
        "severities": [[s.value, SEVERITY_NAMES[s]] for s in severities],
        "gates": {section.code: section.name for section in report.sections},
        "villages": list(villages.numbers),
        "files": list(names.numbers),
        "sheets": list(sheets.numbers),
        "states": ["", *(f"{STATE_NAMES[state]}" for state in _STATES)],
        **({"lists": list(lists.numbers)} if report.lists else {}),
        "rows": rows,
    }
