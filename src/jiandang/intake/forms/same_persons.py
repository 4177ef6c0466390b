"""Persons of whom a form speaks in several grids, or on several pages: who of them is who.

The same are those of one name or of one ID number; where a grid has no names, those of one number
in the grids. A grid that only goes on about the members may have a name wrong: whoever is left of
it is the one member that it leaves out, if the names are alike or the numbers in the grids are the
same throughout.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.page import NUMBER, Again, Asked, Person
from jiandang.intake.row_texts import PERSONS_NUMBER
from jiandang.register.text import solid

# What a person is told by, of each row.
Signs = Mapping[str, str]


class Joined(NamedTuple):
    """What is said again of persons who are known, and who is none of them."""

    again: list[Again]
    strangers: list[Person]


def signs_of(person: Person) -> Signs:
    """What a row tells its person by."""
    names = [name for name in ("name", "id_number", NUMBER) if name in person]
    return {name: without_brackets(solid(person[name].text)) for name in names}


def whose(
    rows: Sequence[Signs], known: Sequence[Signs], *, of_members: bool = False
) -> list[int | None]:
    """Of which of the known persons each row is, by their places; None for anybody else.

    `of_members` says that the rows are about persons who are known.
    """
    found = [_same(row, known) for row in rows]
    if not of_members or not any(own is not None for own in found):
        return found
    left = [place for place in range(len(known)) if place not in found]
    strange = [place for place, own in enumerate(found) if own is None]
    pairs = zip(rows, found, strict=True)
    if all(_have_same_number(row, known[own]) for row, own in pairs if own is not None):
        for place in strange:
            by_number = (own for own in left if _have_same_number(rows[place], known[own]))
            found[place] = next(by_number, None)
    elif len(strange) == len(left) == 1 and _are_alike(rows[strange[0]], known[left[0]]):
        found[strange[0]] = left[0]
    return found


def _same(row: Signs, known: Sequence[Signs]) -> int | None:
    for sign in ("name", "id_number"):
        text = row.get(sign, "")
        if not text or (sign == "id_number" and not PERSONS_NUMBER.search(text)):
            continue
        same = [place for place, own in enumerate(known) if own.get(sign) == text]
        if same:
            return same[0]
    return None


def _have_same_number(row: Signs, other: Signs) -> bool:
    return row.get(NUMBER, "") == other.get(NUMBER) != ""


def _are_alike(row: Signs, other: Signs) -> bool:
    """Whether at least half of two names is the same: 吴秀琴, 吴秀芹."""
    name, known = row.get("name", ""), other.get("name", "")
    same = sum(own == theirs for own, theirs in zip(name, known, strict=False))
    return 2 * same >= max(len(name), len(known)) > 0


def join_people(
    known: list[Person],
    columns: dict[str, Asked],
    more: Mapping[str, Asked],
    people: Sequence[Person],
    *,
    again: bool = False,
    of_members: bool = False,
) -> Joined:
    """Add what a grid says to the persons known; whoever is none of them becomes one.

    A grid that asks for nothing new may be about the same persons `again`; one that is
    `of_members` names nobody else, so that whoever is not known is a stranger.
    """
    new = {name: asked for name, asked in more.items() if name not in columns}
    result = Joined([], [])
    by_number = {p[NUMBER].text: p for p in known if NUMBER in p}
    named = [person for person in people if "name" in person]
    own: list[int | None] = [None] * len(named)
    if new or again or of_members:
        theirs = [signs_of(person) for person in known]
        own = whose([signs_of(person) for person in named], theirs, of_members=of_members)
    before = [*known]
    for person, place in zip(named, own, strict=True):
        if place is not None:
            result.again.extend(_add(before[place], person, columns, more))
        elif of_members:
            result.strangers.append(person)
        else:
            known.append(person)
    for person in people:
        if "name" not in person and NUMBER in person:
            same = by_number.get(person[NUMBER].text)
            result.again.extend(_add(same, person, columns, more) if same else ())
    columns.update(new)
    return result


def _add(
    person: Person, more: Person, columns: Mapping[str, Asked], asked: Mapping[str, Asked]
) -> list[Again]:
    """Add what another row says of a person; gives what it says again."""
    again = []
    for name, value in more.items():
        first = person.setdefault(name, value)
        if first is value or value.is_empty or name == NUMBER or name not in asked:
            continue
        if not first.is_empty:
            again.append(Again(name, asked[name], first, value))
        elif columns.get(name) == asked[name]:
            person[name] = value
    return again
