"""The findings on a terminal: by gate and rule, the worst alone where the screen is short."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from jiandang.report.model import SEVERITY_NAMES, Finding, Report, Severity
from jiandang.report.person import Person
from jiandang.reporters.console_layout import indented
from jiandang.reporters.entries import Entry, entries_of, kinds_of
from jiandang.reporters.record import verified_text
from jiandang.reporters.rows import file_of, news_of

STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.SUSPECT: "magenta",
    Severity.INFO: "dim",
}
_MOST_NAMED = 5


def findings_parts(report: Report, max_per_rule: int, most_kinds: int) -> Iterator[RenderableType]:
    """The findings by gate and rule, and what is not shown of them.

    With `most_kinds` those alone are shown, one entry of each, that are worst and most frequent,
    unless there are so few findings that all find room.
    """
    several_files = len(report.files) > 1
    kinds = kinds_of(report.findings)
    hides = 0 < most_kinds < len(kinds) and len(report.findings) > 2 * most_kinds
    shown = {(kind.rule, kind.severity) for kind in kinds[:most_kinds]}
    for gate, of_gate in groupby(report.findings, key=lambda f: f.gate):
        name = next(g.title for g in report.sections if g.code == gate)
        yield Text(f"【{name}】", style="bold")
        # A heading says how severe all below it are.
        alike = sorted(of_gate, key=lambda f: (f.rule, f.severity.rank))
        rest: list[Finding] = []
        for kind, of_rule in groupby(alike, key=lambda f: (f.rule, f.severity)):
            if hides and kind not in shown:
                rest += of_rule
                continue
            most = 1 if hides else max_per_rule
            yield from _rule_findings(list(of_rule), most, several_files, report.households)
        if rest:
            names = [f"{kind.rule} {kind.title}" for kind in kinds_of(rest)]
            more = f"等{len(names)}种" if len(names) > _MOST_NAMED else ""
            text = f"另有{len(rest)}处：{'、'.join(names[:_MOST_NAMED])}{more}"
            yield indented(Text(text, style="dim"))
        yield ""
    if hides:
        yield Text("屏幕上只列最重的几种。全部列出加 --verbose；逐处改用 --format xlsx 或 list")
        yield ""


def _rule_findings(
    findings: list[Finding],
    max_per_rule: int,
    several_files: bool,
    households: dict[str, list[Person]],
) -> Iterator[RenderableType]:
    first, verified = findings[0], sum(each.is_verified for each in findings)
    name = SEVERITY_NAMES[first.severity]
    yield Text.assemble(
        (name, STYLES[first.severity]),
        (f" {first.rule} {first.title}", "bold"),
        f"（{len(findings)}处{verified_text(verified, '，')}）",
    )
    yield indented(Text(f"怎么办：{first.advice}", style="dim"))
    entries = entries_of(findings) if max_per_rule else [Entry((each,)) for each in findings]
    shown = entries[:max_per_rule] if max_per_rule else entries
    for entry in shown:
        yield indented(_place(entry, several_files))
        is_verified = entry.first.is_verified
        yield indented(Text(entry.message, style="dim" if is_verified else ""), 2)
        if answer := entry.answer:
            yield indented(Text(answer, style="dim" if is_verified else "yellow"), 2)
        if members := households.get(entry.first.household or ""):
            yield indented(Text(f"全户：{'；'.join(map(_who, members))}", style="dim"), 2)
    if rest := len(findings) - sum(entry.count for entry in shown):
        yield indented(Text(f"……还有 {rest} 处没有列出；加 --max-per-rule 0 逐处列出", style="dim"))


def _who(person: Person) -> str:
    age = None if person.age is None else f"{person.age}岁"
    return " ".join(filter(None, (person.relation, person.name, person.sex, age)))


def _place(entry: Entry, several_files: bool) -> Text:
    place = entry.place
    if several_files or entry.first.role:
        place = f"{file_of(entry.first)} {place}"
    count = f"（共{entry.count}处）" if entry.count > 1 else ""
    news = news_of(entry.first)
    return Text.assemble((place, "cyan"), count, "  ", entry.who, f"  {news}" if news else "")
