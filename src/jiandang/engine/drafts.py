"""Findings that have no number (问题号) yet, as columns: one bad file may have a million."""

from array import array
from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any

from jiandang.engine.identity import fingerprint
from jiandang.register.register import NO_ROW, ROW_BITS, reference, sheet_of
from jiandang.report.gates import SECTIONS
from jiandang.report.model import Finding

COLUMN_BITS = 16
_GATE_ORDER = {gate: number for number, gate in enumerate(SECTIONS)}


class OfRule:
    """The findings of one rule, each with where it stands and who it is about (see `Drafts.add`).

    `places` are a row's reference and a column in one number; their order is that of the report.
    """

    __slots__ = ("columns", "findings", "is_sorted", "numbers", "places", "ranks", "shown", "who")

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.places = array("q")
        self.ranks: list[str] = []
        self.who: list[str] = []
        self.columns: list[str] = []
        self.numbers: list[str] = []
        self.shown: list[str] = []
        self.is_sorted = True

    def extend(self, other: "OfRule") -> None:
        self.places.extend(other.places)
        for own, more in zip(self._lists(), other._lists(), strict=True):
            own.extend(more)
        self.is_sorted = False

    def keep(self, order: Sequence[int]) -> None:
        """Only these, in this order."""
        places = self.places
        self.places = array("q", [places[number] for number in order])
        for own in self._lists():
            own[:] = [own[number] for number in order]

    def sort(self) -> None:
        """Put them in the order of the report; of those that say the same of one cell the first."""
        if self.is_sorted:
            return
        ranks, places, findings = self.ranks, self.places, self.findings
        order = sorted(
            range(len(findings)), key=lambda n: (ranks[n], places[n], findings[n].message)
        )
        kept, last = [], None
        for n in order:
            if last is None or not (
                places[n] == places[last]
                and ranks[n] == ranks[last]
                and findings[n].message == findings[last].message
            ):
                kept.append(n)
                last = n
        self.keep(kept)
        self.is_sorted = True

    def number(self) -> None:
        """Give each its number (问题号)."""
        rule = self.findings[0].rule if self.findings else ""
        about = zip(self.who, self.columns, self.numbers, self.shown, strict=True)
        for finding, number in zip(self.findings, fingerprints(rule, [*about]), strict=True):
            finding.fingerprint = number

    def _lists(self) -> tuple[list[Any], ...]:
        return self.findings, self.ranks, self.who, self.columns, self.numbers, self.shown


def fingerprints(rule: str, about: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """The numbers of findings of a rule, by who and column, person and value (see `Drafts.add`).

    Those about the same are told apart by person and value.
    """
    first: dict[tuple[str, ...], int] = {}
    several: dict[tuple[str, ...], list[int]] = {}
    for n, each in enumerate(about):
        if (other := first.setdefault(each[:2], n)) != n:
            several.setdefault(each[:2], [other]).append(n)
    found = [""] * len(about)
    for (who, column), one in first.items():
        alike = sorted(several.get((who, column), (one,)), key=lambda n: about[n][2:])
        for count, n in enumerate(alike, 1):
            found[n] = fingerprint(rule, who, column, count)
    return found


class Drafts:
    """The findings of a register, or of a part of the run, rule by rule."""

    def __init__(self) -> None:
        self._of_rule: dict[str, OfRule] = {}

    def add(
        self,
        finding: Finding,
        place: tuple[int, int, int],
        *,
        rank: str,
        who: str,
        column: str,
        number: str,
        shown: str,
    ) -> None:
        """A finding at a place: its sheet's number, its 1-based row and its 0-based column.

        `rank` is a text that puts the surest first. `who` it is about, with the `column`'s name;
        those that are equal in both are told apart by `number` and `shown`, of persons and values,
        not of rows.
        """
        own = self._of_rule.get(finding.rule)
        if own is None:
            own = self._of_rule[finding.rule] = OfRule()
        sheet, row, at = place
        own.findings.append(finding)
        own.places.append(reference(sheet, row) << COLUMN_BITS | at)
        own.ranks.append(rank)
        own.who.append(intern(who))
        own.columns.append(column)
        own.numbers.append(intern(number))
        # Nearly always the same is shown in the report: then it is in memory once.
        own.shown.append(shown if shown != finding.value else finding.value)
        own.is_sorted = False

    def sort(self) -> None:
        """Put them in order; equal ones at one cell are one finding."""
        for own in self._of_rule.values():
            own.sort()

    def update(self, other: "Drafts") -> None:
        """Take in those of another register, or part."""
        for code, more in other._of_rule.items():
            self._of_rule.setdefault(code, OfRule()).extend(more)

    def move(self, sheets: Sequence[int]) -> None:
        """Count the sheets as the whole run does, which has given each of them a number."""
        for own in self._of_rule.values():
            own.places = array("q", [_moved(place, sheets) for place in own.places])
            own.is_sorted = False

    def __iter__(self) -> Iterator[Finding]:
        for own in self._of_rule.values():
            yield from own.findings

    def rules(self) -> Iterator[tuple[str, OfRule]]:
        """The rules in the order of the report, with their findings in its order and numbered.

        The drafts are used up: both of a city's findings at once would be too much.
        """
        codes = [code for code, own in self._of_rule.items() if own.findings]
        gates = {code: self._of_rule[code].findings[0].gate for code in codes}
        for code in sorted(codes, key=lambda code: place_of_rule(gates[code], code)):
            own = self._of_rule.pop(code)
            own.sort()
            own.number()
            yield code, own

    def finished(self) -> Iterator[Finding]:
        """All by gate, rule and address, each with its number; the drafts are used up."""
        for _, own in self.rules():
            yield from own.findings


def place_of_rule(gate: str, code: str) -> tuple[int, str]:
    """Where the findings of a rule stand in the report."""
    return _GATE_ORDER[gate], code


def _moved(place: int, sheets: Sequence[int]) -> int:
    sheet = sheet_of(place >> COLUMN_BITS)
    if sheet == NO_ROW:
        return place
    return place + ((sheets[sheet] - sheet) << ROW_BITS + COLUMN_BITS)
