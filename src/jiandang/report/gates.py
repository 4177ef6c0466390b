"""The five gates and the groups beside them, and what they come to."""

from enum import StrEnum
from typing import TypeVar

GATES = {
    "RW": "任务分解关",
    "SB": "识别程序关",
    "DC": "入户调查关",
    "LR": "信息录入关",
    "SJ": "时间节点关",
}
# What is checked with evidence from outside the register (另查). A group stands under the gates
# in every report that had its evidence, and is never one of them.
GROUPS = {
    "BD": "部门比对",
    "DT": "动态管理",
}
# By what the code of a rule begins with, in the order of the report.
SECTIONS = GATES | GROUPS

Word = TypeVar("Word", bound=StrEnum)


class GateStatus(StrEnum):
    """What a gate's findings come to; SUSPECT means nothing worse than 疑点.

    Without them a gate is PASSED if all its rules have run but those that the policy gives no
    parameter for, PARTIAL if any other has not, or not for each village, NOT_CHECKED if none has.
    """

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    SUSPECT = "suspect"
    NOT_CHECKED = "not_checked"

    @classmethod
    def _missing_(cls, value: object) -> "GateStatus":
        return word_named(value, STATUS_NAMES, "结论")


STATUS_NAMES = {
    GateStatus.PASSED: "通过",
    GateStatus.PARTIAL: "部分检查",
    GateStatus.FAILED: "未通过",
    GateStatus.SUSPECT: "有疑点",
    GateStatus.NOT_CHECKED: "未检查",
}


def word_named(value: object, names: dict[Word, str], what: str) -> Word:
    """The word of that Chinese name. Raises ValueError."""
    for word, name in names.items():
        if value == name:
            return word
    known = "、".join(f"{word}（{name}）" for word, name in names.items())
    raise ValueError(f"没有“{value}”这种{what}，可选：{known}")
