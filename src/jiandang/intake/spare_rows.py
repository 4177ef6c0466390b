"""Rows of a table of members that are there for more members than a household has.

Each household has six rows ruled, say: its number is filled in, or merged, over all of them.
"""

from collections.abc import Set

import numpy as np

from jiandang.formats.matrix import CellMatrix, distinct_sorted
from jiandang.intake.row_texts import is_no_answer
from jiandang.intake.segment import Kind, Segment
from jiandang.register.tables import PLACE_COLUMNS

# What numbers rows before anybody stands in them.
_NUMBERS = ("household_id", "person_id")
# Without them the household's number alone says whom a row is about.
_WHO = ("name", "id_number")
# Where any of these is filled in, somebody is meant; so is he by a relation, where nobody is named.
_OF_SOMEBODY = (*_WHO, "birth_date")
# In so many rows it is no chance that the same is all that stands there.
_ALIKE = 3


def take_out_spare(cells: CellMatrix, segment: Segment, columns: Set[int]) -> None:
    """Make such rows, of those of a table of members that are looked at singly, `PREFILLED` ones.

    Nothing is said of a person in them, but for what stands alike in several (汉族), and the
    relation (之子) that may be printed in each; what is said of the household is merged over them,
    or stands there as in the row above. `columns` are those that are looked at.
    """
    heading, rows = segment.heading, segment.rows
    candidates = np.array(sorted([*rows[Kind.DATA], *rows[Kind.REJECTED]]), np.int64)
    own = {m.column: c for m, c in heading.columns.items() if m.table == "member"}
    if not len(candidates) or own.keys().isdisjoint(_WHO):
        return
    places = {c for m, c in heading.columns.items() if m.column in PLACE_COLUMNS}
    free = {*places, *heading.unknown, *(own.get(name, -1) for name in _NUMBERS)}
    asked = np.array(sorted(columns - free), np.int64)
    found = cells.codes[np.ix_(candidates, asked)]
    nothing = [c for c in distinct_sorted(found.ravel()).tolist() if is_no_answer(cells.values[c])]
    is_repeated = found == cells.codes[np.ix_(candidates - 1, asked)]
    is_said = ~np.isin(found, nothing) & (np.isin(asked, [*own.values()]) | ~is_repeated)
    relation = asked == own.get("relation", -1)
    who = cells.codes[heading.last_row + 1 :, [own[name] for name in _WHO if name in own]]
    telling = np.isin(asked, [own.get(name, -1) for name in _OF_SOMEBODY])
    is_of_somebody = is_said[:, telling | (relation & ~who.any())].any(axis=1)
    said = np.where(is_said & ~relation, found, 0)
    _, which, times = np.unique(said, axis=0, return_inverse=True, return_counts=True)
    is_alike = (times[which.ravel()] >= _ALIKE) & ~is_of_somebody
    segment.make(candidates[~is_said.any(axis=1) | is_alike].tolist(), Kind.PREFILLED)
