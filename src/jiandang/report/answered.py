"""What people answered to findings (核实), and what has changed since an earlier report."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field

from jiandang.report.files import Day, Published, RuleCode

Number = Annotated[int, Field(ge=0)]


class AnswerState(StrEnum):
    """What an answer comes to; ACCEPTED alone closes a finding that is still there.

    From CORRECTED on there is no finding any more that the answer is about, or none that it alone
    is about.
    """

    ACCEPTED = "accepted"
    PENDING = "pending"
    UNCHANGED = "unchanged"
    STILL_WRONG = "still_wrong"
    CHANGED = "changed"
    EXPIRED = "expired"
    INCOMPLETE = "incomplete"
    NOT_EXPLAINABLE = "not_explainable"
    TO_REMOVE = "to_remove"
    CONTRADICTORY = "contradictory"
    UNCLEAR = "unclear"
    CORRECTED = "corrected"
    REMOVED = "removed"
    GONE = "gone"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    SUPERSEDED = "superseded"
    REPEATED = "repeated"
    NOT_CHECKED = "not_checked"


STATE_NAMES = {
    AnswerState.ACCEPTED: "已核实",
    AnswerState.PENDING: "待核实",
    AnswerState.UNCHANGED: "填了“已改正”，没有变",
    AnswerState.STILL_WRONG: "改过，仍有问题",
    AnswerState.CHANGED: "数值已变，请重新核实",
    AnswerState.EXPIRED: "核实已过期，请重新核实",
    AnswerState.INCOMPLETE: "核实内容不全，或核实日期不对",
    AnswerState.NOT_EXPLAINABLE: "错误不能用说明代替",
    AnswerState.TO_REMOVE: "待剔除",
    AnswerState.CONTRADICTORY: "两份答复不一致",
    AnswerState.UNCLEAR: "看不懂的核实结果",
    AnswerState.CORRECTED: "已改正",
    AnswerState.REMOVED: "已剔除",
    AnswerState.GONE: "问题已消失",
    AnswerState.LOST: "户编号或姓名变了",
    AnswerState.AMBIGUOUS: "分不清是哪一处",
    AnswerState.SUPERSEDED: "同一处另有答复",
    AnswerState.REPEATED: "内容相同的重复答复，只算一条",
    AnswerState.NOT_CHECKED: "规则或村这次没有查",
}


# Answers that say nothing of a finding.
NOT_MATCHED = (
    AnswerState.GONE,
    AnswerState.LOST,
    AnswerState.AMBIGUOUS,
    AnswerState.NOT_CHECKED,
)
# Answers about a finding of which another one says what counts.
BESIDE = (AnswerState.SUPERSEDED, AnswerState.REPEATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered to a finding, and what that comes to."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    state: AnswerState
    text: Annotated[str, Field(description="the state in words, with what it follows from")]
    word: Annotated[str, Field(description="核实结果, as it was read")]
    reason: Annotated[str, Field(description="核实理由")] = ""
    note: Annotated[str, Field(description="核实说明")] = ""
    who: Annotated[str, Field(description="核实人")] = ""
    when: Annotated[Day | None, Field(description="核实日期")] = None


class Unmatched(Published):
    """An answer that is about no finding of this report."""

    state: AnswerState
    rule: str
    village: str
    household: str
    person: str
    word: str
    source: str


class AnswersRead(Published):
    """What became of all answers that were read: each has one state."""

    read: Number
    words: dict[str, Number] = Field(description="how often each 核实结果 was found to fit")
    states: dict[AnswerState, Number]
    unmatched: list[Unmatched] = Field(default=[])
    remarks: list[str] = Field(default=[])

    @property
    def matched(self) -> int:
        """How many are about a finding, or say of one that is gone that it was corrected."""
        return self.read - sum(map(self.of, (*NOT_MATCHED, *BESIDE)))

    def of(self, state: AnswerState) -> int:
        return self.states.get(state, 0)


class Gone(Published):
    """Findings of the earlier report that are no longer there."""

    village: str
    rule: RuleCode
    count: Number


class Since(Published):
    """The report compared with an earlier one (上次)."""

    as_of: Day
    new: Number
    known: Number
    unchanged: Number = Field(
        default=0, description="known findings that say the same as then and have no answer"
    )
    gone: list[Gone]
    not_checked: Number = Field(
        default=0, description="earlier findings of rules that did not run, or files not read, now"
    )

    @property
    def gone_total(self) -> int:
        return sum(each.count for each in self.gone)
