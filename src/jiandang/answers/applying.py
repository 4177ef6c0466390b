"""Report and replies → Report: what each answer comes to. Nothing that is accepted is hidden."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from functools import cached_property, lru_cache

from jiandang.answers.matching import GONE, Fitting, Matching, code_of, said_of, words_of
from jiandang.answers.papers import why_not_proven
from jiandang.answers.replies import (
    CORRECTED,
    NO_ERROR,
    PENDING,
    TO_REMOVE,
    WORDS,
    Reply,
)
from jiandang.engine.evidence import PERIOD_DIGITS, period_code
from jiandang.engine.words import public
from jiandang.gates.catalogue import find_rule
from jiandang.patterns import regex
from jiandang.policy import Policy
from jiandang.report.answered import STATE_NAMES, Answer, AnswersRead, AnswerState, Unmatched
from jiandang.report.found import counts_of
from jiandang.report.model import Finding, Report, Severity

# Auditors say these of the doubt, clerks of the register.
_TWO_SENSES = regex("属实|查实|查否|有误|不实")
# That it was looked into, and not what came of it.
_NO_RESULT = regex("已?经?[核检]?[核查][实查对][过了完]?毕?")


def with_answers(
    report: Report, replies: Iterable[Reply], policy: Policy, *, show_ids: bool = False
) -> Report:
    """The report with the answers to its findings; its counts say how many are verified."""
    replies = list(replies)
    matching = Matching(report.findings, report.rules_checked, report.homes, report.villages)
    for latest in matching.one_each(replies):
        matching.match(latest)
    judge = _Judge(report, policy, show_ids)
    answered = {n: judge.answer(report.findings[n], each) for n, each in matching.found.items()}
    findings = [
        replace(finding, answer=answered[number]) if number in answered else finding
        for number, finding in enumerate(report.findings)
    ]
    unmatched = [_unmatched(r, matching.state_of(r), show_ids) for r in matching.unmatched]
    states = Counter(answer.state for answer in answered.values())
    states.update(each.state for each in unmatched)
    states[AnswerState.REPEATED] = matching.repeated
    states[AnswerState.SUPERSEDED] = matching.superseded
    words = Counter(answer.word for answer in answered.values())
    words.update(u.word for u in unmatched if u.state in GONE.values())
    read = AnswersRead(
        read=states.total(),
        words={word: words[word] for word in WORDS if words[word]},
        states={state: states[state] for state in AnswerState if states[state]},
        unmatched=[each for each in unmatched if each.state not in GONE.values()],
    )
    read = read.model_copy(update={"remarks": _remarks(matching, read, answered)})
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


@dataclass(frozen=True)
class _Judge:
    """What an answer to a finding comes to."""

    report: Report
    policy: Policy
    show_ids: bool

    def answer(self, finding: Finding, fitting: Fitting) -> Answer:
        reply = fitting.reply
        state, text = self._state(finding, fitting)
        text = text or STATE_NAMES[state]
        day = reply.when.isoformat() if reply.when else ""
        signed = " ".join(filter(None, (reply.who, day)))
        why = "，".join(filter(None, (reply.reason, reply.note)))
        said = f"{reply.word}：{why}" if why else reply.word
        if state is AnswerState.ACCEPTED:
            text = f"{text}：{said}"
        elif reply.word not in text or fitting.contradicted:
            text = f"{text}（原答复 {said}）"
        text = f"{text}（{signed}）" if signed else text

        def shown(text: str) -> str:
            return _public(text, self.show_ids)

        return Answer(
            state=state,
            text=shown(text),
            word=shown(reply.word),
            reason=shown(reply.reason),
            note=shown(reply.note),
            who=shown(reply.who),
            when=reply.when,
        )

    def _state(self, finding: Finding, fitting: Fitting) -> tuple[AnswerState, str]:
        reply, state = fitting.reply, AnswerState
        if other := fitting.contradicted:
            whose = "，".join(filter(None, (other.who, other.source)))
            return state.CONTRADICTORY, f"两份答复不一致，另一份是“{other.word}”（{whose}）"
        if reply.word == PENDING:
            return state.PENDING, ""
        if reply.word == TO_REMOVE:
            return state.TO_REMOVE, ""
        has_changed = _has_changed(finding, fitting)
        if reply.word == CORRECTED:
            return (state.STILL_WRONG if has_changed else state.UNCHANGED), ""
        if reply.word != NO_ERROR:
            return state.UNCLEAR, f"看不懂的核实结果“{reply.word}”，{_hint(reply.word)}"
        proof = find_rule(finding.rule).explanation.proof
        if finding.severity is Severity.ERROR and not proof:
            return state.NOT_EXPLAINABLE, ""
        if has_changed:
            return state.CHANGED, ""
        if reply.unread_day:
            return state.INCOMPLETE, f"核实日期“{reply.unread_day}”看不懂，请写成 2016-03-20"
        if reply.lacking:
            return state.INCOMPLETE, f"缺{'、'.join(reply.lacking)}"
        if finding.severity is Severity.ERROR and (
            why := why_not_proven(proof, reply.note, reply.reason)
        ):
            return state.INCOMPLETE, why
        if reply.when is not None and reply.when > self.report.as_of:
            return state.INCOMPLETE, f"核实日期 {reply.when} 晚于检查日期"
        if finding.severity is Severity.ERROR and not fitting.evidence:
            # What is shown of a number is the same for many of them.
            return state.INCOMPLETE, "没有依据码，看不出数值有没有变，请在标记副本里填写"
        if self._has_expired(fitting):
            return state.EXPIRED, ""
        return state.ACCEPTED, ""

    @cached_property
    def _period(self) -> str:
        return period_code(self.policy)

    def _has_expired(self, fitting: Fitting) -> bool:
        period, when = fitting.evidence[:PERIOD_DIGITS], fitting.reply.when
        if when is None or (period and period != self._period):
            return True
        days = timedelta(days=self.policy.check.answers_valid_days)
        return when < self.policy.reference_date or self.report.as_of - when > days


def _has_changed(finding: Finding, fitting: Fitting) -> bool:
    """Whether what the rule has read is no longer what the answer was about.

    Lists do not have the code of it; then what they say of the finding has to do.
    """
    if fitting.evidence and finding.evidence:
        return fitting.evidence[PERIOD_DIGITS:] != finding.evidence[PERIOD_DIGITS:]
    reply = fitting.reply
    if not reply.message or words_of(reply.message) == words_of(finding.message):
        return False
    village = finding.village if reply.village else None
    said = said_of(finding.message, finding.person, village)
    return said_of(reply.message, reply.person, reply.village) != said


def _hint(word: str) -> str:
    """What may have been meant by a word that is none of ours."""
    if _NO_RESULT.fullmatch(word):
        return f"看不出核实的结果：登记没有错选“{NO_ERROR}”，有错的改正后选“{CORRECTED}”"
    if _TWO_SENSES.search(word):
        return f"分不清说的是登记还是疑点：登记没有错选“{NO_ERROR}”，有错的改正后选“{CORRECTED}”"
    near = get_close_matches(word, WORDS, n=1, cutoff=0.5)
    near = [NO_ERROR] if NO_ERROR[2:] in word else near
    return f"是不是“{near[0]}”" if near else f"请选{'、'.join(WORDS)}"


@lru_cache(maxsize=4096)
def _public(text: str, show_ids: bool) -> str:
    """As `public`, once for the words and names that come again and again."""
    return public(text, show_ids)


def _unmatched(reply: Reply, state: AnswerState, show_ids: bool) -> Unmatched:
    return Unmatched(
        state=state,
        rule=_public(reply.rule, show_ids),
        village=_public(reply.village, show_ids),
        household=reply.household if show_ids else code_of(reply.household),
        person=_public(reply.person, show_ids),
        word=_public(reply.word, show_ids),
        source=_public(reply.source, show_ids),
    )


def _remarks(matching: Matching, read: AnswersRead, answered: Mapping[int, Answer]) -> list[str]:
    remarks = []
    if matching.by_text:
        remarks.append(f"{matching.by_text} 条没有可用的问题号，按规则、户编号、姓名和列对上")
    if matching.misplaced:
        remarks.append(
            f"{matching.misplaced} 条的问题号与同一行的规则、户编号不符，没有用问题号"
            "（可能只排序了一部分列）"
        )
    unkeyed = [
        each
        for number, each in matching.found.items()
        if not each.evidence and answered[number].state is AnswerState.ACCEPTED
    ]
    by_words = sum(bool(each.reply.message) for each in unkeyed)
    for count, what in (
        (by_words, "没有依据码的清单，只比较了问题的文字，登记表里别的数值变了看不出来"),
        (len(unkeyed) - by_words, "没有依据码和“问题”列的清单，登记表里的数值变没变都看不出来"),
    ):
        if count:
            remarks.append(f"已核实的里面 {count} 条来自{what}；要逐格比较，请在标记副本里填写")
    if matching.unmatched and not (read.matched or any(map(matching.is_there, matching.unmatched))):
        remarks.append("警告：没有一条答复对上，请核对是不是这个乡镇的清单")
    return remarks
