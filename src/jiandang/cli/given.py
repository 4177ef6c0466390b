"""Which files a command is about: those to check, and those that are given for something else."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from jiandang.run.files import FilesFound
    from jiandang.run.lists import GivenList

REGISTERS = "登记表（.xlsx、.xls、.et、.csv 等）"
_OF_OWN_OUTPUTS = (
    "请检查原来的登记表；要查带标记的副本里的表，请直接写它的文件名；"
    "填好的核实结果用 --answers 读回"
)


_OF_BEFORE = "上一次的登记表，用来比较"


def found_files(
    paths: list[Path],
    what: str,
    option: str | None = None,
    *,
    given_as: Mapping[str, Sequence[Path]] | None = None,
) -> "FilesFound":
    """The files that are named, or in the folders that are, but for those `given_as` others.

    Raises BadParameter for none.
    """
    from jiandang.run.files import OWN_OUTPUT, find_files

    found = find_files(paths)
    for reason, files in (given_as or {}).items():
        found.leave_out(files, reason)
    if not found.files:
        places = "、".join(map(str, paths))
        taken = [each.reason for each in found.passed_over if each.reason in (given_as or {})]
        if taken:
            reasons = "；".join(dict.fromkeys(taken))
            same = "。两次是同一个文件，--before 后面请写上一次的登记表"
            same = same if _OF_BEFORE in taken else ""
            raise typer.BadParameter(
                f"“{places}”里没有剩下要检查的登记表：{len(taken)}个文件另外给出了（{reasons}）{same}"
            )
        own = sum(passed.reason == OWN_OUTPUT for passed in found.passed_over)
        only = f"，只有{own}个{OWN_OUTPUT}：{_OF_OWN_OUTPUTS}" if own else ""
        raise typer.BadParameter(f"“{places}”里没有找到{what}{only}", param_hint=option)
    return found


class Besides(NamedTuple):
    """The files that a register is compared with. `given_as` are all of them by what they are."""

    before: "FilesFound | None"
    changes: "FilesFound | None"
    given_as: Mapping[str, Sequence[Path]]


def found_besides(before: list[Path], changes: list[Path], lists: Sequence["GivenList"]) -> Besides:
    """Raises BadParameter for changes without an earlier register, and for no files."""
    if changes and not before:
        raise typer.BadParameter(
            "增减表要与两次登记核对，请用 --before 给出上一次的登记表", param_hint="--changes"
        )
    registered = found_files(before, "表格", "--before") if before else None
    listed = found_files(changes, "表格", "--changes") if changes else None
    given_as = {
        "部门名单，用来比对": [each.path for each in lists if not each.passed_over],
        _OF_BEFORE: registered.files if registered else [],
        "增减表，用来核对": listed.files if listed else [],
    }
    return Besides(registered, listed, given_as)
