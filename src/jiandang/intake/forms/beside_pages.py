"""Pages of one household beside each other: its front and back, the members and the helper."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from jiandang.headings.units import is_unit_line
from jiandang.intake.forms.grids import is_helper_grid
from jiandang.intake.forms.sheet import Area, Cell, is_section
from jiandang.intake.forms.vocabulary import ONCE, Field

_LONGEST_TITLE = 40  # characters
_LEAST_LABELS = 3


def parts_beside(block: Area) -> list[Area]:
    """The parts of a block that stand beside each other, from left to right.

    A part begins behind a column in which nothing does, where no cell reaches over; one of its
    rows is but its title or a section line of it, while something else stands at its left, or it
    names the household as that does. It names nothing that the part at its left does not.
    """
    rows = [cells for row in block.rows if (cells := block.row(row))]
    if len(rows) < _LEAST_LABELS:
        return [block]
    begun = {cell.column for cells in rows for cell in cells}
    crossed = {
        column
        for cells in rows
        for cell in cells
        for column in range(cell.column + 1, cell.right + 1)
    }
    parts = [block]
    for left in sorted(begun - crossed, reverse=True):
        if left - 1 in begun or left == min(begun):
            continue
        before, behind = replace(parts[0], right=left - 1), replace(parts[0], left=left)
        names, known = _names(behind), _names(before)
        is_named = names[:1] == [(left, name) for _, name in known[:1]] != []
        if _fields(names) <= _fields(known) and (is_named or _is_headed(behind, before)):
            parts[:1] = [before, behind]
    return parts


def _is_headed(part: Area, before: Area) -> bool:
    """Whether a lone text heads what is below it in a part, while a row goes on at its left."""
    rows = [(row, cells) for row in part.rows if (cells := part.row(row))]
    return any(
        len(cells) == 1 and before.row(row) and _heads(cells[0], below, part)
        for (row, cells), (_, below) in pairwise(rows)
    )


def _heads(cell: Cell, below: Sequence[Cell], part: Area) -> bool:
    if not isinstance(cell.raw, str) or len(cell.solid) > _LONGEST_TITLE:
        return False
    if cell.column != part.left or is_unit_line(cell.text) or len(below) < 2:
        return False
    if is_helper_grid(below, part.sheet.vocabulary) or _is_heading(below):
        return True
    return not cell.labels and is_section(cell.text)


def _is_heading(cells: Sequence[Cell]) -> bool:
    """Whether a row has the labels of members side by side."""
    labels = {cell.label.column for cell in cells if cell.label and cell.label.table == "member"}
    return len(labels) >= _LEAST_LABELS and "name" in labels


def _names(part: Area) -> list[tuple[int, Field]]:
    """By what a part names its household, and in which column, the leftmost first."""
    found = [
        (cell.column, label.field)
        for row in part.rows
        for cell in part.row(row)
        for label in cell.labels
        if label.field in ONCE
    ]
    return sorted(found, key=itemgetter(0))


def _fields(names: Sequence[tuple[int, Field]]) -> set[Field]:
    return {name for _, name in names}
