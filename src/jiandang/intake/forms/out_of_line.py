"""Members whose values stand in one another's columns: a cell too far, or name and number."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.page import Asked, Person, Value
from jiandang.intake.noticed import said_of_shift, said_of_swap
from jiandang.intake.row_texts import PERSONS_NAME, PERSONS_NUMBER
from jiandang.intake.shift import ANYTHING, LEAST_CELLS
from jiandang.register.cells import CellError
from jiandang.register.code_cells import Code
from jiandang.register.notice import Notice
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid


class OutOfLine(NamedTuple):
    """What is said of a person out of line: at which column, and the columns that say nothing."""

    notice: Notice
    column: str
    void: frozenset[str]
    seen: dict[str, str]


def out_of_line(person: Person, columns: Mapping[str, Asked], year: int) -> OutOfLine | None:
    """Whether a person's values stand beside their columns, as in column tables (`shift.py`)."""
    name, number = (person[own].text if own in person else "" for own in ("name", "id_number"))
    if PERSONS_NUMBER.search(name) and PERSONS_NAME.fullmatch(without_brackets(number)):
        row = person["name"].row + 1
        seen = said_of_swap(row, row, _heading("name"), _heading("id_number"))
        void = frozenset({"name", "id_number", "disability_card"})
        return OutOfLine(Notice.SWAPPED, "id_number", void, seen)
    filled = [name for name in columns if name in person and person[name].raw != ""]
    odd = {name for name in filled if not _fits(person[name], name, columns, year)}
    if (pair := _exchanged(person, filled, columns, odd, year)) is not None:
        row = person[pair[0]].row + 1
        seen = said_of_swap(row, row, *map(_heading, pair))
        return OutOfLine(Notice.SWAPPED, pair[0], frozenset(pair), seen)
    return _shift(person, columns, odd, year) if len(odd) >= LEAST_CELLS else None


def _exchanged(
    person: Person,
    filled: Sequence[str],
    columns: Mapping[str, Asked],
    odd: set[str],
    year: int,
) -> tuple[str, str] | None:
    """Two columns that hold each other's values: 性别 配偶 beside 与户主关系 女.

    One of the values can be none of its own column's, the other one is not so called there.
    """
    if not 0 < len(odd) <= 2:
        return None
    telling = [name for name in filled if COLUMNS["member"][name].cell.name not in ANYTHING]
    found = [
        (name, other)
        for name, other in combinations(telling, 2)
        if odd & {name, other}
        and not any(_is_word(person[own], own) for own in (name, other))
        and _fits(person[name], other, columns, year)
        and _fits(person[other], name, columns, year)
        and (_is_word(person[name], other) or _is_word(person[other], name))
    ]
    return found[0] if len(found) == 1 else None


def _is_word(value: Value, name: str) -> bool:
    """Whether a value is one of a column's own words, as its code list has them."""
    cell = COLUMNS["member"][name].cell
    return isinstance(cell, Code) and solid(value.text) in cell.code_list.values


def _shift(
    person: Person, columns: Mapping[str, Asked], odd: set[str], year: int
) -> OutOfLine | None:
    order = sorted(
        (name for name in columns if name in person and name != "disability_card"),
        key=lambda name: person[name].column,
    )
    pairs = [
        (place, place + side)
        for place, name in enumerate(order)
        for side in (-1, 1)
        if name in odd
        and 0 <= place + side < len(order)
        and COLUMNS["member"][order[place + side]].cell.name not in ANYTHING
        and _fits(person[name], order[place + side], columns, year)
    ]
    sides = Counter(to - place for place, to in pairs)
    if not sides:
        return None
    (side, count), *others = sides.most_common()
    if count < LEAST_CELLS or count <= 2 * sum(number for _, number in others):
        return None
    moved = [(place, to) for place, to in pairs if to - place == side]
    first = min(map(min, moved))
    void = frozenset({*order[first:], "disability_card"})
    row = person[order[first]].row + 1
    seen = said_of_shift(row, row, ([_heading(order[at]) for at in pair] for pair in moved))
    return OutOfLine(Notice.SHIFTED, order[moved[0][0]], void, seen)


def _fits(value: Value, name: str, columns: Mapping[str, Asked], year: int) -> bool:
    """Whether a value can be one of a column."""
    cell = COLUMNS["member"][name].cell
    try:
        read = cell.read(value.raw, columns[name].context(year)).value
    except CellError:
        return False
    return read is not None and (not cell.clean or re.fullmatch(cell.clean, str(read)) is not None)


def _heading(name: str) -> str:
    return COLUMNS["member"][name].heading
