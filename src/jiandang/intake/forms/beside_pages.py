"""Pages of one household beside each other: its front and back, the members and the helper."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from jiandang.headings.units import is_unit_line
from jiandang.intake.forms.grids import NUMBERING, is_helper_grid
from jiandang.intake.forms.sheet import Area, Cell, answered, is_section
from jiandang.intake.forms.vocabulary import ONCE, Field

_LONGEST_TITLE = 40  # characters
_LEAST_LABELS = 3


def parts_beside(block: Area) -> list[Area]:
    """The parts of a block that stand beside each other, from left to right.

    A part begins behind a column in which nothing does, where no cell reaches over; one of its
    rows is but its title or a section line of it, while something else stands at its left, or it
    names the household as that does. It names nothing that the part at its left does not, unless
    that is a grid of persons alone, and the household's page is behind it.
    Where it touches that, it is one with a grid of persons, and answers none of its labels.
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
        if left == min(begun):
            continue
        before, behind = replace(parts[0], right=left - 1), replace(parts[0], left=left)
        names, known = _names(behind), _names(before)
        if not known and names and _is_grid(before) and _is_page(behind, before):
            parts[:1] = [before, behind]
            continue
        if not _fields(names) <= _fields(known):
            continue
        is_named = names[:1] == [(left, name) for _, name in known[:1]] != []
        touches = left - 1 in begun
        if (is_named and not touches) or _is_headed(behind, before, touches):
            parts[:1] = [before, behind]
    return parts


def _is_grid(part: Area) -> bool:
    """Whether a part begins with a heading of persons, below its title at most."""
    rows = [cells for row in part.rows if (cells := part.row(row))][:_LEAST_LABELS]
    words = part.sheet.vocabulary
    return any(_is_heading(cells) or is_helper_grid(cells, words) for cells in rows)


def _is_page(part: Area, before: Area) -> bool:
    """Whether a part begins with its title, and answers no label at its left."""
    rows = [(row, cells) for row in part.rows if (cells := part.row(row))]
    first = rows[0][1]
    is_titled = len(first) == 1 and first[0].column == part.left and not first[0].labels
    return is_titled and not any(_is_answer(before.row(r), cells) for r, cells in rows)


def _is_headed(part: Area, before: Area, touches: bool) -> bool:
    """Whether a lone text heads what is below it in a part, while a row goes on at its left.

    Or a heading of members begins the part. Where parts touch, only grids of persons tell, and what
    is at the left has its labels and values in itself: else it is the labels at the side of one.
    """
    at_left = (cells for row in before.rows if (cells := before.row(row)))
    beside = (any(own.rest is None for own in answered(cells)) for cells in at_left)
    is_page = sum(beside) >= _LEAST_LABELS
    if touches and not is_page:
        return False
    rows = [(row, cells) for row in part.rows if (cells := part.row(row))]
    is_headed = any(
        before.row(row) and _heads(cells, below, part, touches) and (is_page or len(cells) == 1)
        for (row, cells), (_, below) in pairwise(rows)
    )
    return is_headed and not (touches and any(_is_answer(before.row(r), c) for r, c in rows))


def _heads(cells: Sequence[Cell], below: Sequence[Cell], part: Area, touches: bool) -> bool:
    cell = cells[0]
    if cell.column != part.left or len(below) < 2:
        return False
    if len(cells) > 1:
        return _is_heading(cells) and "name" in _columns(cells[:2]) and not _is_heading(below)
    if not isinstance(cell.raw, str) or len(cell.solid) > _LONGEST_TITLE or is_unit_line(cell.text):
        return False
    if is_helper_grid(below, part.sheet.vocabulary) or _is_heading(below):
        return True
    return not (touches or cell.labels) and is_section(cell.text)


def _is_answer(before: Sequence[Cell], cells: Sequence[Cell]) -> bool:
    """Whether a row's first cell in a part is the value of a label at its left, or goes on with
    a heading there."""
    if not before or before[-1].right + 1 < cells[0].column:
        return False
    if before[-1].solid in NUMBERING:
        return True
    label, cell = before[-1].label, cells[0].label
    if label is None or _is_heading(before):
        return label is not None and cell is not None and "name" not in _columns(cells[:2])
    return cell is None


def _is_heading(cells: Sequence[Cell]) -> bool:
    """Whether a row has the labels of members side by side."""
    labels = _columns(cells)
    return len(labels) >= _LEAST_LABELS and "name" in labels


def _columns(cells: Sequence[Cell]) -> set[str]:
    """What of members is asked for in cells."""
    return {cell.label.column for cell in cells if cell.label and cell.label.table == "member"}


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
