"""Tables that are refused before a million of their rows are looked at one by one."""

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import Unreadable, too_large
from jiandang.formats.matrix import CellMatrix

# Different rows that do not say whom they are about; there are some thousands of notes and blanks.
MOST_LONE = 50_000
# In no register do so many rows say what the row above each says.
MOST_ALIKE = 50_000


def refuse_lone(sheet: str, cells: CellMatrix, lone: NDArray[np.int64], start: int) -> None:
    """Raise Unreadable for a table of which most rows say at most once whom they are about.

    `lone` are these rows; `start` is the first row below the heading. To look at each of so many
    for what else it may be would take minutes.
    """
    if len(lone) <= MOST_LONE or 2 * len(lone) <= len(cells) - start:
        return
    if len(np.unique(cells.codes[lone], axis=0)) > MOST_LONE:
        raise Unreadable(
            "mostly_faults",
            f"工作表“{sheet}”有 {len(lone)} 行认不出说的是谁（姓名、户编号、证件号码等"
            f"至多填了一样，第一处在第 {lone[0] + 1} 行），超过一半：多半不是登记表，"
            "或者内容和表头错开了。请对照表头看各列的次序，改好后再检查。",
        )


def refuse_alike(sheet: str, cells: CellMatrix, data: list[int]) -> None:
    """Raise Unreadable where nearly all rows of data are one: a cell merged over a million rows."""
    rows, repeating = np.array(data), np.arange(1, len(data))
    for column in range(cells.codes.shape[1]):
        if len(repeating) <= MOST_ALIKE:  # in most tables the first column tells
            return
        own = cells.codes[rows, column]
        repeating = repeating[own[repeating] == own[repeating - 1]]
    if len(repeating) > MOST_ALIKE:
        first = data[repeating[0]] + 1
        raise too_large(f"工作表“{sheet}”从第 {first} 行起有 {len(repeating)} 行与上一行完全相同")
