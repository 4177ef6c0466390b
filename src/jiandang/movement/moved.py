"""What moved between two registers, gathered over the parts of a run, and as it is published."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jiandang.engine.words import Words
from jiandang.movement.balance import handed_in_once, with_sums
from jiandang.movement.progress import ByCounty, progress_of
from jiandang.policy import Policy
from jiandang.report.files import FileResult
from jiandang.report.movement import LIST_NAMES, Listing, Movement, MovementLine


@dataclass
class Moved:
    """A line a village, the lists, and what is counted for the goals."""

    lines: list[MovementLine] = field(default_factory=list)
    lists: list[Listing] = field(default_factory=list)
    counted: list[ByCounty] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @classmethod
    def sum_of(cls, parts: Sequence["Moved"]) -> "Moved | None":
        """The parts of a run together; None where nothing was compared."""
        whole = cls()
        for part in parts:
            whole.lines += part.lines
            whole.lists += part.lists
            whole.counted += part.counted
            whole.remarks += [each for each in part.remarks if each not in whole.remarks]
        return whole if parts else None


def movement_of(
    moved: Moved,
    before: list[FileResult],
    changes: list[FileResult],
    policy: Policy,
    show_ids: bool,
) -> Movement:
    """What moved as it is published, with the sums of towns and counties."""
    lines = with_sums(moved.lines)
    kinds = list(LIST_NAMES)
    lists = sorted(moved.lists, key=lambda each: kinds.index(each.list))
    return Movement(
        files=before,
        changes=changes,
        remarks=[*_not_compared(moved.lines, before), *moved.remarks, *handed_in_once(lines)],
        lines=lines,
        lists=lists,
        progress=progress_of(moved.counted, policy, Words(show_ids).public),
    )


def _not_compared(lines: Sequence[MovementLine], before: Sequence[FileResult]) -> list[str]:
    """Why nothing, or not all, could be compared."""
    unread = sum(file.error is not None for file in before)
    remarks = []
    if unread:
        remarks.append(f"上次的文件有 {unread} 个读不出来：写着“上次没有交”的村可能在里面")
    if lines and not any(line.handed_in == "both" for line in lines):
        remarks.append(
            "两次登记没有一个相同的村，什么也没有比较；请核对 --before 是不是这里上一次的"
        )
    return remarks
