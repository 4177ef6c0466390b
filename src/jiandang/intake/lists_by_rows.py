"""Lists beside a table whose headings could be columns of it, but whose rows are not its rows.

A list of codes, of helpers or of places, typed at the right of the members in the same row of
headings, is filled from the first row down and ends where the table goes on, or goes on where the
table ends. So may columns be that somebody has begun to fill in: a list says besides what the
table says already, or something else in each row of one household.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.matrix import Numbers, distinct_sorted
from jiandang.headings.vocabulary import Vocabulary, meaning_of
from jiandang.register.tables import PLACE_COLUMNS, own_columns

Stacks = Mapping[int, list[str]]

# Below so many rows no list is looked for.
_MOST_ROWS = 2000
_LEAST_ROWS = 2
_LEAST_BEFORE = 3
_TABLES = ("member", "household")
_AS_WHOM = {"name": "head_name", "id_number": "head_id"}
_WHO = {*_AS_WHOM}
# Where these stand as well, the rows are of members or of households.
_OF_HOME = {"household_id", "head_name", "head_id"}
# What a household has one value of, but for a phone, of which each member may have his own.
_OF_HOUSEHOLDS = {*own_columns("household"), *PLACE_COLUMNS} - {"household_id", "phone"}


def list_begins_by_rows(
    columns: Sequence[int], stacks: Stacks, vocabulary: Vocabulary, below: Numbers
) -> int:
    """At which of the columns, that follow on each other, such a list begins; else their end."""
    known = _known(columns, stacks, vocabulary)
    ends = _ends(_filled(columns, below))
    for place in range(_LEAST_BEFORE, len(columns)):
        if known[place] in _OF_HOME and known[place] in known[:place]:
            break  # another table
        if max(ends[place:]) == max(ends[:place]):  # as nearly everywhere
            continue
        # It may have a column of its own before what is known: the number of the row, or a code.
        first = {*known[place : place + 2]} - {None}
        may_begin = _again(first, known[:place]) or not _OF_HOUSEHOLDS.isdisjoint(first)
        if may_begin and is_list_by_rows(
            columns[place:], columns[:place], stacks, vocabulary, below
        ):
            return place
    return len(columns)


def _again(known: Set[str | None], before: Collection[str | None]) -> bool:
    """Whether columns say what those before say already; 姓名 may be the head's."""
    return any(name in before or _AS_WHOM.get(name or "", name) in before for name in known)


def is_list_by_rows(
    columns: Sequence[int],
    before: Sequence[int],
    stacks: Stacks,
    vocabulary: Vocabulary,
    below: Numbers,
) -> bool:
    """Whether columns behind those of a table, `before`, are such a list.

    `below` are the codes of the cells below the heading, 0 for an empty one.
    """
    known, theirs = ({*_known(each, stacks, vocabulary)} - {None} for each in (columns, before))
    if known & _OF_HOME or (known & _WHO and "relation" in known):
        return False
    says_again = _again(known, theirs)
    if not says_again and ("relation" not in theirs or known.isdisjoint(_OF_HOUSEHOLDS)):
        return False
    filled = _filled([*before, *columns], below)
    own, left = filled[:, len(before) :], filled[:, : len(before)].sum(axis=1)
    rows = int(own[:, 0].sum())
    if (
        rows < _LEAST_ROWS
        or not own[:rows, 0].all()
        or own[rows:].any()
        or not own.any(axis=0).all()
    ):
        return False
    if rows < len(filled) and 2 * left[rows] >= left[:rows].mean():
        return says_again or _differs_in_a_home(
            below[:rows], columns[0], before, stacks, vocabulary
        )
    last = int(np.flatnonzero(left)[-1]) + 1 if left.any() else 0
    # Members go on below the last household's row; nobody's name is in a list of codes.
    is_dense = bool(left[:last].all()) and not known & (_WHO - theirs)
    return is_dense and rows - last >= _LEAST_ROWS


def _filled(columns: Sequence[int], below: Numbers) -> NDArray[np.bool_]:
    """Which cells of the columns are filled, down to the first row in which none is."""
    filled: NDArray[np.bool_] = below[:_MOST_ROWS, columns] != 0
    blank = np.flatnonzero(~filled.any(axis=1))
    end = int(blank[0]) if len(blank) else len(filled)
    down_to: NDArray[np.bool_] = filled[:end]
    return down_to


def _ends(filled: NDArray[np.bool_]) -> list[int]:
    """How many rows it is to the last one in which a column is filled."""
    rows = np.arange(1, len(filled) + 1)[:, np.newaxis]
    ends: list[int] = (filled * rows).max(axis=0, initial=0).tolist()
    return ends


def _differs_in_a_home(
    cells: Numbers,
    column: int,
    before: Sequence[int],
    stacks: Stacks,
    vocabulary: Vocabulary,
) -> bool:
    """Whether each row says something else, also rows of one household."""
    own = cells[:, column]
    if len(distinct_sorted(own)) < len(own):
        return False
    names = _known(before, stacks, vocabulary)
    home = next((c for c, name in zip(before, names, strict=True) if name in _OF_HOME), None)
    if home is None:
        return False
    numbers: NDArray[np.int32] = cells[:, home]
    return bool(((numbers[1:] == numbers[:-1]) | (numbers[1:] == 0)).any())


def _known(columns: Iterable[int], stacks: Stacks, vocabulary: Vocabulary) -> list[str | None]:
    """The columns of members or households that they are."""
    means = (meaning_of(stacks[column], _TABLES, vocabulary) for column in columns)
    return [None if meaning is None else meaning.column for meaning in means]
