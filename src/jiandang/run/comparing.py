"""Two registers → the register of both for the rules, and what moved between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.words import Words
from jiandang.errors import SameFile
from jiandang.movement.balance import lines_of
from jiandang.movement.declared import with_words
from jiandang.movement.elsewhere import Elsewhere, with_elsewhere
from jiandang.movement.listing import listings_of
from jiandang.movement.moved import Moved
from jiandang.movement.people import People, lacks_members, people_of
from jiandang.movement.progress import counted_of
from jiandang.movement.reasons import with_reasons
from jiandang.movement.together import together
from jiandang.movement.villages import remarks_of
from jiandang.policy import Policy
from jiandang.register.register import FileRead, Register, SheetTable
from jiandang.register.tables import CHANGES

c = pl.col

_VILLAGES_SHOWN = 5
# What people are known by, besides what the register has.
_PEOPLE = ("member", "household")
_KNOWN_BY = [("member", "identity"), ("member", "born"), (CHANGES, "identity")]


@dataclass(frozen=True)
class Earlier:
    """What a register is compared with: the earlier one, and 增减表 where there is one.

    `elsewhere` are the households of those who have moved between the parts of a run; `has_list`
    is whether another part of it has 增减表.
    """

    register: Register
    changes: Register | None = None
    elsewhere: Elsewhere | None = None
    has_list: bool = False


def refuse_same_file(files: Iterable[tuple[FileRead, Sequence[SheetTable]]]) -> None:
    """Raises SameFile where a file with people in it was given as of both dates.

    A list of villages or of quotas may well be the same at both.
    """
    taken: dict[str, Path] = {}
    for file, sheets in files:
        if not file.sha256 or not any(sheet.table in _PEOPLE for sheet in sheets):
            continue
        if file.role == "before" and file.sha256 in taken:
            raise SameFile(
                f"两次是同一个文件（SHA-256 相同）：{taken[file.sha256]} 和 {file.path}。"
                "--before 后面请写上一次的登记表"
            )
        if file.role == "now":
            taken[file.sha256] = file.path


def compare(
    now: Register, earlier: Earlier, policy: Policy, as_of: date, *, show_ids: bool
) -> tuple[Register, Moved]:
    """The register of both dates, and what moved."""
    before, after = (with_keys(each, policy, as_of) for each in (earlier.register, now))
    listed = with_keys(earlier.changes, policy, as_of) if earlier.changes is not None else after
    known = after.tables
    if earlier.elsewhere is not None:
        tables, known = with_elsewhere(before.tables, after.tables, earlier.elsewhere)
        before = replace(before, tables=tables)
    people = people_of(before.tables, known)
    people, declared = with_reasons(people, with_words(listed))
    both = together(before, after, earlier.changes, people, declared, has_list=earlier.has_list)
    words = Words(show_ids)
    moved = Moved(
        lines_of(people, words.public),
        listings_of(people, both, words),
        [counted_of(now.tables, policy, as_of.year)],
        [
            *_remarks(before, after, earlier),
            *remarks_of(people.persons, people.households, people.villages, words.public),
            *_doubled(people),
            *_not_compared(declared, words),
        ],
    )
    return both, moved


def _not_compared(declared: pl.DataFrame, words: Words) -> list[str]:
    """Rows of 增减表 about which two registers cannot tell."""
    of_status = declared.filter("is_of_status").height
    untold = (
        [f"增减表有 {of_status} 行脱贫、返贫没有核对：脱贫属性没有两次都填"] if of_status else []
    )
    rows = declared.filter(~c.is_compared & ~c.is_of_status)
    if rows.is_empty():
        return untold
    names = rows.filter(c.place_now != "")["place_now"].unique(maintain_order=True).to_list()
    shown = "、".join(words.public(name) or "" for name in names[:_VILLAGES_SHOWN])
    more = f"等 {len(names)} 个村" if len(names) > _VILLAGES_SHOWN else ""
    where = f"（{shown}{more}）" if names else ""
    return [f"增减表有 {rows.height} 行没有核对：所在的村没有两次都交{where}", *untold]


def _doubled(people: People) -> list[str]:
    if people.persons["is_double"].any():
        return ["上次有人登记了两次，这次只有一次：多出来的行算在未注明的减少里"]
    return []


def _remarks(before: Register, after: Register, earlier: Earlier) -> list[str]:
    """What could not be compared, or was not used."""
    unused = earlier.changes is None and not before.tables[CHANGES].is_empty()
    sides = (("上次", before), ("本次", after))
    lacking = [
        f"{which}只有农户表，没有成员表，人数不能比较"
        for which, register in sides
        if lacks_members(register.tables)
    ]
    unnumbered = [which for which, register in sides if _lacks_numbers(register)]
    if unnumbered:
        lacking.append(f"{'、'.join(unnumbered)}有人没有户编号，他们的户两次对不上，户数的增减不准")
    unsaid = [which for which, register in sides if _lacks_status(register)]
    if len(unsaid) == 1:
        lacking.append(f"{unsaid[0]}没有填脱贫属性，都当作未脱贫，未脱贫的账不准")
    return [
        *lacking,
        *(["上次的文件里有增减表，没有用；要用请写在 --changes 后面"] if unused else []),
    ]


def _lacks_numbers(register: Register) -> bool:
    """Whether a register has people whose household has no number."""
    return register.tables["member"]["household_id"].null_count() > 0


def _lacks_status(register: Register) -> bool:
    """Whether a register has people, and says of none whether they are out of poverty."""
    has_people = any(not register.tables[name].is_empty() for name in _PEOPLE)
    return has_people and register.tables["household"]["status"].count() == 0


def with_keys(register: Register, policy: Policy, as_of: date) -> Register:
    """The register with what its people are known by."""
    frames = Frames(register, plan_for(policy, register), as_of)
    frames.ensure(_KNOWN_BY)
    return replace(register, tables={name: frames[name] for name in register.tables})
