"""Several columns of names and numbers in a list: whose they are, and which belong together.

A name never goes with another's number: 户主姓名 with 户主身份证号, 成员姓名 with 成员身份证号.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import HEAD, Meaning
from jiandang.intake.heading_rows import Heading
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.lists.kinds import LISTS
from jiandang.register.lists.listed import NUMBERS_OF

_MEMBER = "成员"
_MEMBERS = regex("(?:其他|其它|主要)?(?:家庭)?成员")
_NUMBER = "|".join(sorted(NUMBERS_OF, key=len, reverse=True))
_IS_NUMBER = regex(f"(?:{_NUMBER})$")
_SAYS_WHAT = regex(f"(?:的?(?:姓名|名字|{_NUMBER}))+$")
# Several members in one cell, or how many there are.
_NO_NAME = regex(r"[、,，;；/|\n0-9]")
# So many rows show whether a column has the names of single people.
_LOOKED_AT = 200


class Who(NamedTuple):
    """The columns of name and number of one person in each row."""

    name: int | None
    number: int | None


NOBODY = Who(None, None)


class OtherPeople(NamedTuple):
    """Whom a row names besides the one it is about.

    It is about the `head` where it names nobody else; `joint` own with whom it is about; one of
    `alike` is whom its number is of.
    """

    head: Who = NOBODY
    joint: tuple[Who, ...] = ()
    alike: tuple[int, ...] = ()

    def beside(self, heading: Heading) -> Heading:
        """The heading with one of them, by whom too a row may say whom it is about."""
        alike = (Who(name, None) for name in self.alike)
        who = next((each for each in (self.head, *self.joint, *alike) if each != NOBODY), NOBODY)
        columns = {
            Meaning(heading.table, what): column
            for what, column in zip(("head_name", "head_id"), who, strict=True)
            if column is not None and column not in heading.columns.values()
        }
        return replace(heading, columns={**heading.columns, **columns})


def pair_people(heading: Heading, rows: Sequence[Sequence[Raw]]) -> OtherPeople:
    """Make name and number of the heading those of one person; gives the columns of others."""
    names = dict(_columns(heading, "name", rows))
    numbers = dict(_columns(heading, "id_number", rows))
    if len(names) < 2 and len(numbers) < 2:
        _take(heading, names, numbers, Who(next(iter(names), None), next(iter(numbers), None)))
        return OtherPeople()
    together = [Who(name, _number_of(name, names, numbers)) for name in names]
    together += [Who(None, n) for n in numbers if n not in {who.number for who in together}]
    # Whoever has a name and a number, and then who is no head.
    best = max(
        together,
        key=lambda who: (
            who.number is not None,
            who.name is not None,
            who.name is None or names[who.name] != HEAD,
            who.number is None or numbers[who.number] != HEAD,
        ),
    )
    _take(heading, names, numbers, best)
    others = [who for who in together if who != best]
    if LISTS[heading.table].has_joint_owners:
        joint = tuple(who for who in others if who.number is not None)
        owner = None if best.number is None else numbers[best.number]
        is_open = len(numbers) == 1 and (not owner or owner not in names.values())
        alike = tuple(who.name for who in others if who.name is not None and is_open)
        found = OtherPeople(joint=joint, alike=alike)
    else:
        is_head = (who for who in others if who.name is not None and names[who.name] == HEAD)
        found = OtherPeople(head=next(is_head, NOBODY))
    for column in (*found.head, *(c for who in found.joint for c in who), *found.alike):
        if column is not None:
            del heading.unknown[column]
    return found


def _columns(
    heading: Heading, what: str, rows: Sequence[Sequence[Raw]]
) -> Iterator[tuple[int, str]]:
    """The columns of names, or of numbers, and whose they are; those of heads and members too."""
    known = {column: m.column for m, column in heading.columns.items()}
    known |= {column: m.column for column, (m, _) in heading.repeated.items()}
    for column, stack in sorted(heading.stacks.items()):
        text = "".join(map(heading_key, stack))
        owner = _SAYS_WHAT.sub("", text)
        if column in heading.unknown and _MEMBERS.fullmatch(owner):
            is_number = _IS_NUMBER.search(text) is not None
            if is_number == (what == "id_number") and (is_number or _names(rows, heading, column)):
                yield column, _MEMBER
        elif known.get(column) == what:
            is_of_member = _MEMBERS.search(owner) is not None
            yield column, HEAD if HEAD in owner else _MEMBER if is_of_member else owner


def _names(rows: Sequence[Sequence[Raw]], heading: Heading, column: int) -> bool:
    """Whether each cell below the heading names one person."""
    first = heading.last_row + 1
    cells = [row[column] for row in rows[first : first + _LOOKED_AT] if row[column] != ""]
    return bool(cells) and all(isinstance(c, str) and not _NO_NAME.search(c) for c in cells)


def _number_of(name: int, names: dict[int, str], numbers: dict[int, str]) -> int | None:
    """The number's column that goes with a name."""
    owner = names[name]
    if owner and owner in numbers.values():
        return next(n for n, whose in numbers.items() if whose == owner)
    # Of nobody by its heading: it is of the name before it, or of whoever is no head.
    plain = [n for n, whose in numbers.items() if whose not in names.values() or not whose]
    behind = min((other for other in names if other > name), default=None)
    next_to = [n for n in plain if n > name and (behind is None or n < behind)]
    if len(plain) > 1:
        return next_to[0] if next_to else None
    no_heads = [other for other, whose in names.items() if whose != HEAD] or [*names]
    without = [o for o in no_heads if not names[o] or names[o] not in numbers.values()]
    return plain[0] if plain and without[:1] == [name] else None


def _take(heading: Heading, names: dict[int, str], numbers: dict[int, str], who: Who) -> None:
    """Make these the columns of the heading's name and number; the others are left."""
    for what, all_of, taken in (("name", names, who.name), ("id_number", numbers, who.number)):
        meaning = next((m for m in heading.columns if m.column == what), None)
        if meaning is not None:
            heading.unknown[heading.columns[meaning]] = heading.texts[heading.columns[meaning]]
            del heading.columns[meaning]
        for column in all_of:
            heading.repeated.pop(column, None)
            heading.unknown[column] = heading.texts[column]
        if taken is not None:
            heading.columns[meaning or Meaning(heading.table, what)] = taken
            heading.unknown.pop(taken, None)
