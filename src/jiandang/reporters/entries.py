"""Findings put together for people: one entry for what is said again and again of a column.

A clerk who exported a register as text reads one line about the column, not one for each row; the
formats for programs, and the lists that are worked off, keep every finding that the engine tells of
by itself (`told_once.py`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from jiandang.patterns import regex
from jiandang.report.model import Finding, Severity
from jiandang.reporters.rows import who_of

# What differs between the rows of one cause: values in quotation marks, numbers, dates.
_VALUES = regex(r"“[^”]*”|[0-9*Xx][0-9*Xx.,:/年月日-]*")
_CELL = regex(r"([A-Z]+)([0-9]+)")
_MOST_CELLS = 4
_MOST_NAMES = 3
_MOST_OF_A_CELL = 10
# With fewer kinds than this there is nothing to choose between.
_FIRST_KINDS = 5


K = TypeVar("K")


class Total(NamedTuple):
    """So many findings, and how many of them are verified."""

    found: int
    verified: int


@dataclass(frozen=True)
class Entry:
    """Findings of one rule, severity, column and cause, in the report's order; at least one."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def verified(self) -> int:
        return sum(f.is_verified for f in self.findings)

    @property
    def place(self) -> str:
        """`成员!K24`, `成员!K24、K30`, or `成员!K24:K90` of many."""
        cells = list(dict.fromkeys(f.cell for f in self.findings))
        if cells == [""]:
            return self.first.sheet
        if len(cells) <= _MOST_CELLS or not all(map(_CELL.fullmatch, cells)):
            return f"{self.first.sheet}!{'、'.join(cells[:_MOST_CELLS])}"
        ordered = sorted(cells, key=_row_and_column)
        return f"{self.first.sheet}!{ordered[0]}:{ordered[-1]}"

    @property
    def who(self) -> str:
        """Who or which villages the entry is about."""
        if self.count == 1:
            return "  ".join(who_of(self.first))
        villages = Counter(f.village for f in self.findings if f.village)
        if len(villages) > 1:
            each = [f"{village}{number}处" for village, number in villages.most_common()]
            return _named(each, "个村")
        households = dict.fromkeys(f.household for f in self.findings if f.household)
        if len(households) == 1:
            (household,) = households
            people = dict.fromkeys(f.person for f in self.findings if f.person)
            return "  ".join([*villages, f"户{household}", _named(list(people), "人")]).rstrip()
        people = dict.fromkeys(f.person or f"户{f.household}" for f in self.findings if f.household)
        return "  ".join([*villages, _named(list(people), "户")]).rstrip()

    @property
    def message(self) -> str:
        """What is said of the first, marked as an example where it is not said of all.

        Different things of one cell are no example of each other: they are said one by one.
        """
        texts = [*dict.fromkeys(f.message for f in self.findings)]
        if self.first.cell and len({f.cell for f in self.findings}) == 1:
            more = f"；等{len(texts)}处" if len(texts) > _MOST_OF_A_CELL else ""
            return "；".join(texts[:_MOST_OF_A_CELL]) + more
        return self.first.message if len(texts) == 1 else f"例如：{self.first.message}"

    @property
    def answer(self) -> str:
        """What the answers to its findings come to, each once; empty where there is none."""
        texts = dict.fromkeys(f.answer.text for f in self.findings if f.answer)
        return _named(list(texts), "种答复")


@dataclass(frozen=True)
class Kind:
    """All findings of one rule at one severity."""

    rule: str
    title: str
    severity: Severity
    count: int
    verified: int


def entries_of(findings: Iterable[Finding]) -> list[Entry]:
    """The findings by rule, severity, file, sheet, column, cause, answer and news.

    They stand in the order of the first.
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for f in findings:
        cause = _VALUES.sub("#", f.message)
        answer = f.answer.state if f.answer else ""
        key = (f.rule, f.severity, f.file, f.sheet, f.column, cause, answer, str(f.is_new))
        groups.setdefault(key, []).append(f)
    return [Entry(tuple(group)) for group in groups.values()]


def worst_first(findings: Iterable[Finding]) -> list[Entry]:
    """The entries, what is verified last: the most severe first, of them those that an earlier
    report has not, and of these one of each rule.

    A hundred of one kind must not hide the other kinds where there is room for ten, nor what is
    known already what is new.
    """
    seen: Counter[tuple[str, bool]] = Counter()
    ranked = []
    for entry in entries_of(findings):
        first = entry.first
        kind = first.rule, first.is_new is False
        ranked.append((first.is_verified, first.severity.rank, kind[1], seen[kind], entry))
        seen[kind] += 1
    return [entry for *_, entry in sorted(ranked, key=lambda each: each[:4])]


def kinds_of(findings: Iterable[Finding]) -> list[Kind]:
    """The rules that found something: the most severe first, then the most frequent."""
    counts = totals_of(findings, lambda f: (f.rule, f.title, f.severity))
    kinds = [Kind(*key, *total) for key, total in counts.items()]
    return sorted(kinds, key=lambda kind: (kind.severity.rank, -kind.count, kind.rule))


def totals_of(findings: Iterable[Finding], key: Callable[[Finding], K]) -> dict[K, Total]:
    """How many findings there are of each key, and how many of them are verified."""
    totals: dict[K, Total] = {}
    for finding in findings:
        found, verified = totals.get(own := key(finding), (0, 0))
        totals[own] = Total(found + 1, verified + finding.is_verified)
    return totals


def villages_of(findings: Iterable[Finding], without: str) -> list[tuple[str, Total]]:
    """The totals of each village, the most first, then as they come; `without` where none is."""
    totals = totals_of(findings, lambda f: f.village or without)
    return sorted(totals.items(), key=lambda each: -each[1].found)


def first_kinds(findings: Sequence[Finding]) -> tuple[list[Kind], bool]:
    """The kinds to begin with, and whether they make up half of all findings or more.

    提示 are figures: nobody has to correct them, so they are neither named nor counted, nor is
    what has been verified.
    """
    kinds = kinds_of(f for f in findings if f.severity is not Severity.INFO and not f.is_verified)
    first = kinds[:_FIRST_KINDS]
    covered = sum(kind.count for kind in first)
    return first, len(kinds) > len(first) and 2 * covered >= sum(kind.count for kind in kinds)


def _row_and_column(cell: str) -> tuple[int, int, str]:
    match = _CELL.fullmatch(cell)
    letters, row = match.groups() if match else ("", "0")
    return int(row), len(letters), letters


def _named(names: Sequence[str], unit: str) -> str:
    shown = "、".join(names[:_MOST_NAMES])
    return f"{shown}等{len(names)}{unit}" if len(names) > _MOST_NAMES else shown
