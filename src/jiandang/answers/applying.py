"""Report and replies → Report: what each answer comes to. Nothing that is accepted is hidden."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import get_close_matches
from functools import cached_property

from jiandang.answers.replies import (
    CORRECTED,
    NO_ERROR,
    PENDING,
    TO_REMOVE,
    WORDS,
    Latest,
    Reply,
    latest_of,
)
from jiandang.engine.evidence import PERIOD_DIGITS, period_code
from jiandang.engine.words import public
from jiandang.gates.catalogue import find_rule
from jiandang.policy import Policy
from jiandang.register.masking import mask_code, mask_private
from jiandang.report.answered import STATE_NAMES, Answer, AnswersRead, AnswerState, Unmatched
from jiandang.report.assembly import counts_of
from jiandang.report.model import Finding, Report, Severity

_ADDRESS = re.compile("![A-Z]+[0-9]+")
_GONE = {CORRECTED: AnswerState.CORRECTED, TO_REMOVE: AnswerState.REMOVED}
Texts = tuple[str, str, str, str]


def with_answers(
    report: Report, replies: Iterable[Reply], policy: Policy, *, show_ids: bool = False
) -> Report:
    """The report with the answers to its findings; its counts say how many are verified."""
    replies = list(replies)
    matching = _Matching(report.findings)
    for latest in latest_of(replies).values():
        matching.match(latest)
    judge = _Judge(report, policy, show_ids)
    answered = {n: judge.answer(report.findings[n], each) for n, each in matching.found.items()}
    findings = [
        replace(finding, answer=answered.get(number, finding.answer))
        for number, finding in enumerate(report.findings)
    ]
    unmatched = [_unmatched(r, matching.state_of(r), show_ids) for r in matching.unmatched]
    states = Counter(answer.state for answer in answered.values())
    states.update(each.state for each in unmatched)
    words = Counter(answer.word for answer in answered.values())
    words.update(u.word for u in unmatched if u.state in _GONE.values())
    read = AnswersRead(
        read=states.total(),
        words={word: words[word] for word in WORDS if words[word]},
        states={state: states[state] for state in AnswerState if states[state]},
        unmatched=[each for each in unmatched if each.state not in _GONE.values()],
        remarks=_remarks(matching, bool(answered)),
    )
    return _counted(report.model_copy(update={"findings": findings, "answers": read}))


def _counted(report: Report) -> Report:
    """With the numbers of findings that are verified, and gates without them."""
    verified = [finding for finding in report.findings if finding.is_verified]
    gates = []
    for gate in report.gates:
        own = counts_of(f for f in verified if f.gate == gate.code)
        status = gate.status_of(gate.counts.without(own))
        gates.append(gate.model_copy(update={"verified": own, "status": status}))
    summary = report.summary.model_copy(update={"verified": counts_of(verified)})
    return report.model_copy(update={"gates": gates, "summary": summary})


@dataclass
class _Matching:
    """Which reply is about which finding, by the findings' numbers in the report."""

    findings: Sequence[Finding]
    found: dict[int, "_Fitting"] = field(default_factory=dict)
    unmatched: list[Reply] = field(default_factory=list)
    by_text: int = 0
    misplaced: int = 0

    def match(self, latest: Latest) -> None:
        reply = latest.reply
        number, is_keyed = self._by_number.get(reply.number), True
        if number is not None and not self._fits(reply, self.findings[number]):
            number, is_keyed = None, False  # the key column was sorted apart from the others
            self.misplaced += 1
        if number is None and (number := self._by_texts(reply)) is not None:
            self.by_text += 1
        if number is None:
            self.unmatched.append(reply)
            return
        fitting = _Fitting(reply, reply.evidence if is_keyed else "", latest.contradicted)
        if (other := self.found.get(number)) is not None:
            fitting = fitting.against(other)
        self.found[number] = fitting

    def state_of(self, reply: Reply) -> AnswerState:
        """Why no finding fits: it is gone, or is about somebody who is called otherwise now."""
        if reply.word in _GONE:
            return _GONE[reply.word]
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
            who = (f.rule, _code(f.household), _name(f.person))
            texts[*who, f.column].append(number)
            texts[*who, ""].append(number)
        return texts

    @cached_property
    def _open(self) -> dict[str, set[tuple[str, str]]]:
        """The households and the persons of findings that have no answer, by rule."""
        left: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for number, f in enumerate(self.findings):
            if number not in self.found:
                left[f.rule] |= {(_code(f.household), ""), ("", _name(f.person))}
        return left

    def _by_texts(self, reply: Reply) -> int | None:
        texts = _texts_of(reply)
        numbers = self._texts.get(texts, ()) if reply.household or reply.person else ()
        return numbers[0] if len(numbers) == 1 else None

    @staticmethod
    def _fits(reply: Reply, finding: Finding) -> bool:
        rule, household, _, _ = _texts_of(reply)
        return rule in ("", finding.rule) and household in ("", _code(finding.household))


@dataclass(frozen=True)
class _Fitting:
    """A reply about a finding, with its evidence where that can be trusted."""

    reply: Reply
    evidence: str
    contradicted: bool

    def against(self, other: "_Fitting") -> "_Fitting":
        """The later one; the key columns of one of them are lost."""
        keys = [replace_key(each.reply) for each in (other, self)]
        (latest,) = latest_of(keys).values()
        mine = self if latest.reply.when == self.reply.when else other
        contradicted = latest.contradicted or mine.contradicted
        return replace(mine, contradicted=contradicted)


def replace_key(reply: Reply) -> Reply:
    """The reply as one about the same thing as any other."""
    return reply._replace(number="-")


@dataclass(frozen=True)
class _Judge:
    """What an answer to a finding comes to."""

    report: Report
    policy: Policy
    show_ids: bool

    def answer(self, finding: Finding, fitting: _Fitting) -> Answer:
        reply = fitting.reply
        state, text = self._state(finding, fitting)
        text = text or STATE_NAMES[state]
        day = reply.when.isoformat() if reply.when else ""
        signed = " ".join(filter(None, (reply.who, day)))
        why = "，".join(filter(None, (reply.reason, reply.note)))
        said = f"{reply.word}：{why}" if why else reply.word
        if state is AnswerState.ACCEPTED:
            text = f"{text}：{said}"
        elif reply.word not in text:
            text = f"{text}（原答复 {said}）"
        text = f"{text}（{signed}）" if signed else text

        def shown(text: str) -> str:
            return public(text, self.show_ids)

        return Answer(
            state=state,
            text=shown(text),
            word=shown(reply.word),
            reason=shown(reply.reason),
            note=shown(reply.note),
            who=shown(reply.who),
            when=reply.when,
        )

    def _state(self, finding: Finding, fitting: _Fitting) -> tuple[AnswerState, str]:
        reply, state = fitting.reply, AnswerState
        if fitting.contradicted:
            return state.CONTRADICTORY, ""
        if reply.word == PENDING:
            return state.PENDING, ""
        if reply.word == TO_REMOVE:
            return state.TO_REMOVE, ""
        has_changed = _has_changed(finding, fitting)
        if reply.word == CORRECTED:
            return (state.STILL_WRONG if has_changed else state.UNCHANGED), ""
        if reply.word != NO_ERROR:
            near = get_close_matches(reply.word, WORDS, n=1, cutoff=0.1)
            hint = f"，是不是“{near[0]}”" if near else f"，请选{'、'.join(WORDS)}"
            return state.UNCLEAR, f"看不懂的核实结果“{reply.word}”{hint}"
        proof = find_rule(finding.rule).explanation.proof
        if finding.severity is Severity.ERROR and not proof:
            return state.NOT_EXPLAINABLE, ""
        if has_changed:
            return state.CHANGED, ""
        if reply.lacking:
            return state.INCOMPLETE, f"缺{'、'.join(reply.lacking)}"
        if finding.severity is Severity.ERROR and not reply.note:
            return state.INCOMPLETE, f"缺核实说明：请写明{proof}"
        if self._has_expired(fitting):
            return state.EXPIRED, ""
        return state.ACCEPTED, ""

    def _has_expired(self, fitting: _Fitting) -> bool:
        period, when = fitting.evidence[:PERIOD_DIGITS], fitting.reply.when
        if when is None or (period and period != period_code(self.policy)):
            return True
        days = timedelta(days=self.policy.check.answers_valid_days)
        return when < self.policy.reference_date or self.report.as_of - when > days


def _has_changed(finding: Finding, fitting: _Fitting) -> bool:
    """Whether what the rule has read is no longer what the answer was about.

    Lists do not have the code of it; then what they say of the finding has to do.
    """
    if fitting.evidence and finding.evidence:
        return fitting.evidence[PERIOD_DIGITS:] != finding.evidence[PERIOD_DIGITS:]
    message = fitting.reply.message
    return bool(message) and _words(message) != _words(finding.message)


def _words(message: str) -> str:
    """A message whatever is shown, and wherever the rows that it names stand."""
    return _ADDRESS.sub("", mask_private(message))


def _texts_of(reply: Reply) -> Texts:
    return reply.rule, _code(reply.household), _name(reply.person), reply.column


def _code(text: str | None) -> str:
    return mask_code(text or "")


def _name(text: str | None) -> str:
    return mask_private(text or "")


def _unmatched(reply: Reply, state: AnswerState, show_ids: bool) -> Unmatched:
    return Unmatched(
        state=state,
        rule=reply.rule,
        household=reply.household if show_ids else _code(reply.household),
        person=public(reply.person, show_ids),
        word=public(reply.word, show_ids),
        source=public(reply.source, show_ids),
    )


def _remarks(matching: _Matching, is_any_found: bool) -> list[str]:
    remarks = []
    if matching.by_text:
        remarks.append(f"{matching.by_text} 条没有可用的问题号，按规则、户编号、姓名和列对上")
    if matching.misplaced:
        remarks.append(
            f"{matching.misplaced} 条的问题号与同一行的规则、户编号不符，没有用问题号"
            "（可能只排序了一部分列）"
        )
    if matching.unmatched and not is_any_found:
        remarks.append("警告：没有一条答复对上，请核对是不是这个乡镇的清单")
    return remarks
