"""What has been found in a run, on its way to the report: in memory, or in a file beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jiandang.engine.drafts import Drafts
from jiandang.report.births import hide_numbers_of_told_births
from jiandang.report.model import Counts, Finding, Severity
from jiandang.report.movement import Listing

# What puts the names of files that the report shows into a finding.
Publish = Callable[[Finding], None]


@dataclass
class Tally:
    """The findings of a gate by severity, and how many households they touch."""

    counts: Counts = field(default_factory=Counts)
    households: int = 0


class Found(Protocol):
    """The findings of a run, which are used up."""

    def settle(self, listings: Sequence[Listing]) -> Mapping[str, Tally]:
        """Number them, and hide in them and in the lists what together would tell too much.

        Gives the tallies of the gates that have any.
        """

    def published(self, publish: Publish) -> Sequence[Finding]:
        """They in the order of the report."""


class InMemory:
    """The findings of one register, which are few enough to be in memory."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts, self._findings = drafts, list[Finding]()

    def settle(self, listings: Sequence[Listing]) -> Mapping[str, Tally]:
        """As `Found` has it."""
        hide_numbers_of_told_births(self._drafts, listings)
        self._findings = [*self._drafts.finished()]
        of_gate: dict[str, list[Finding]] = {}
        for finding in self._findings:
            of_gate.setdefault(finding.gate, []).append(finding)
        return {
            gate: Tally(counts_of(own), len({f.household for f in own if f.household}))
            for gate, own in of_gate.items()
        }

    def published(self, publish: Publish) -> list[Finding]:
        """As `Found` has it."""
        for finding in self._findings:
            publish(finding)
        return self._findings


def counts_of(findings: Iterable[Finding]) -> Counts:
    """The findings by severity."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return Counts(**{severity.value: count for severity, count in counts.items()})
