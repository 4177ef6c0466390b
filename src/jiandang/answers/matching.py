"""Which reply is about which finding: by its number, else by what the row says of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from jiandang.answers.replies import CORRECTED, TO_REMOVE, Latest, Reply, latest_of
from jiandang.register.masking import mask_code, mask_private
from jiandang.report.answered import AnswerState
from jiandang.report.model import Finding

# What is said of an answer that is true because its finding is gone.
GONE = {CORRECTED: AnswerState.CORRECTED, TO_REMOVE: AnswerState.REMOVED}
Texts = tuple[str, str, str, str]


@dataclass
class Matching:
    """Which reply is about which finding, by the findings' numbers in the report."""

    findings: Sequence[Finding]
    found: dict[int, "Fitting"] = field(default_factory=dict)
    unmatched: list[Reply] = field(default_factory=list)
    by_text: int = 0
    misplaced: int = 0

    def match(self, latest: Latest) -> None:
        reply = latest.reply
        number, is_keyed = self._by_number.get(reply.number), bool(reply.number)
        if number is not None and not self._fits(reply, number):
            is_keyed = False  # the key columns were sorted apart from the others
            self.misplaced += 1
        if not is_keyed and (number := self._by_texts(reply)) is not None:
            self.by_text += 1
        if number is None:
            self.unmatched.append(reply)
            return
        fitting = Fitting(reply, reply.evidence if is_keyed else "", latest.contradicted)
        if (other := self.found.get(number)) is not None:
            fitting = fitting.against(other)
        self.found[number] = fitting

    def state_of(self, reply: Reply) -> AnswerState:
        """Why no finding fits: it is gone, or is about somebody who is called otherwise now."""
        if reply.word in GONE:
            return GONE[reply.word]
        rule, household, person, _ = _texts_of(reply)
        open_ones = {(household, ""), ("", person)} & self._open[rule]
        return AnswerState.LOST if open_ones - {("", "")} else AnswerState.GONE

    @cached_property
    def _by_number(self) -> dict[str, int]:
        return {finding.fingerprint: n for n, finding in enumerate(self.findings)}

    @cached_property
    def _texts(self) -> dict[Texts, list[int]]:
        """Findings by what a list says of them, also without the column, which it may not have."""
        texts: dict[Texts, list[int]] = defaultdict(list)
        for number, f in enumerate(self.findings):
            who = (f.rule, code_of(f.household), _name(f.person))
            texts[*who, f.column].append(number)
            texts[*who, ""].append(number)
        return texts

    @cached_property
    def _open(self) -> dict[str, set[tuple[str, str]]]:
        """The households and the persons of findings that have no answer, by rule."""
        left: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for number, f in enumerate(self.findings):
            if number not in self.found:
                left[f.rule] |= {(code_of(f.household), ""), ("", _name(f.person))}
        return left

    def _by_texts(self, reply: Reply) -> int | None:
        texts = _texts_of(reply)
        numbers = self._texts.get(texts, ()) if reply.household or reply.person else ()
        return numbers[0] if len(numbers) == 1 else None

    def _fits(self, reply: Reply, number: int) -> bool:
        """Whether the row says the same of the finding as its number; a name may be corrected."""
        finding = self.findings[number]
        is_rule = reply.rule in ("", finding.rule)
        if not is_rule or code_of(reply.household) not in ("", code_of(finding.household)):
            return False
        is_person = _name(reply.person) in ("", _name(finding.person))
        return is_person or self._by_texts(reply) in (None, number)


@dataclass(frozen=True)
class Fitting:
    """A reply about a finding, with its evidence where that can be trusted."""

    reply: Reply
    evidence: str
    contradicted: bool

    def against(self, other: "Fitting") -> "Fitting":
        """The later one; the key columns of one of them are lost."""
        as_one = [each.reply._replace(number="-") for each in (other, self)]
        (latest,) = latest_of(as_one).values()
        mine = self if latest.reply.when == self.reply.when else other
        contradicted = latest.contradicted or mine.contradicted
        return replace(mine, contradicted=contradicted)


def _texts_of(reply: Reply) -> Texts:
    return reply.rule, code_of(reply.household), _name(reply.person), reply.column


def code_of(text: str | None) -> str:
    """A household's number as a list shows it."""
    return mask_code(text or "")


def _name(text: str | None) -> str:
    return mask_private(text or "")
