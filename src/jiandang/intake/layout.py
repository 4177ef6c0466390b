"""Which rows of a sheet are data, totals, notes, repeated headings or blank."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellColumn, CellMatrix
from jiandang.intake.headings import (
    Heading,
    Vocabulary,
    find_heading,
    heading_key,
    is_heading_like,
)
from jiandang.register.cells import Raw
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.text import solid

_TOTAL = re.compile(r"^(?:.{0,12}(?:合计|小计|总计|共计|累计)|本页计|全村计|全镇计)[:：]?$")
_NOTE = re.compile(
    r"^(?:填表人|填报人|制表人|审核人|负责人|填报单位|填报日期|填表日期|单位负责人|备注|说明|注)"
    r"(?:[:：].*)?$"
)
# Codes have six digits or more; smaller numbers are those of columns, or of lines.
_LEAST_CODE = 100_000
# The cells that say whom a row is about. A row with none of them cannot be checked.
_IDENTITY = {
    "member": ("name", "household_id", "id_number", "person_id"),
    "household": ("household_id", "head_name", "head_id"),
    "procedure": ("household_id", "village_code", "village"),
    "survey": ("household_id", "village_code", "village"),
    "allocation": ("code", "place", "town"),
    "village": ("village_code", "village"),
}
_NAMES = {"name", "head_name", "village", "place", "town"}


class Kind(Enum):
    """What a row below a heading is."""

    DATA = "data"
    REJECTED = "rejected"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"
    HEADING = "heading"


@dataclass
class Segment:
    """One table on a sheet: its heading and its rows below, as 0-based row numbers by kind."""

    heading: Heading
    rows: dict[Kind, list[int]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    first_title_row: int = 0

    @property
    def title_rows(self) -> int:
        """Rows above the heading that belong to no table."""
        return self.heading.first_row - self.first_title_row

    def is_inside(self, row: int) -> bool:
        """Whether data rows stand both above and below `row`."""
        data = self.rows[Kind.DATA]
        return bool(data) and data[0] < row < data[-1]


def segments(grid: Grid, vocabulary: Vocabulary) -> Iterator[Segment]:
    """The tables of a sheet from top to bottom. Nothing, where no heading is recognised.

    Merged cells below a heading are filled down in `grid.cells` first, where one value is meant
    to hold for each of the rows.
    """
    start = 0
    while (heading := find_heading(grid.cells, grid.merged, vocabulary, start)) is not None:
        _fill_merged_columns(grid, heading)
        segment = Segment(heading, first_title_row=start)
        start = _classify_rows(grid.cells, segment, vocabulary)
        yield segment
        if start >= len(grid.cells):
            return


def _fill_merged_columns(grid: Grid, heading: Heading) -> None:
    """Copy the value of cells merged over several rows of one column into each of the rows.

    Not so where the column is a member's own: a name merged over two rows is lost data.
    """
    own = {
        column
        for meaning, column in heading.columns.items()
        if meaning.table == heading.table == "member" and meaning.column not in PLACE_COLUMNS
    }
    for top, left, bottom, right in grid.merged:
        within = left == right and left in heading.texts and left not in own
        if heading.last_row < top < len(grid.cells) and bottom > top and within:
            grid.cells.fill_down(top, bottom, left)


def _classify_rows(cells: CellMatrix, segment: Segment, vocabulary: Vocabulary) -> int:
    """Sort the rows below the heading into `segment`; gives the row where the next table starts."""
    heading = segment.heading
    found = {meaning.column: column for meaning, column in heading.columns.items()}
    identity = {name: found[name] for name in _IDENTITY[heading.table] if name in found}
    # A key alone could be a remark: with two it is a row.
    keys = list(dict.fromkeys([*identity.values(), *heading.texts]))
    first, second = keys[0], keys[min(1, len(keys) - 1)]
    start = heading.last_row + 1
    # Rows with both keys filled are data, unless a heading or a total stands in the keys.
    has_keys = _has_key(cells.column(first, slice(start, None)), vocabulary)
    has_keys &= _has_key(cells.column(second, slice(start, None)), vocabulary)
    end = len(cells)
    for number in (np.flatnonzero(~has_keys) + start).tolist():
        row = cells[number]
        kind = _kind_of(row, heading, identity, vocabulary)
        if kind is Kind.HEADING and not _repeats(row, heading):
            end = number
            break
        segment.rows[kind].append(number)
    with_keys = np.flatnonzero(has_keys[: end - start]) + start
    segment.rows[Kind.DATA] = sorted([*with_keys.tolist(), *segment.rows[Kind.DATA]])
    return end


def _has_key(cells: CellColumn, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """For each row whether its cell may be a key."""
    distinct, places = cells.distinct()
    return np.array([not _is_no_key(cell, vocabulary) for cell in distinct], bool)[places]


def _is_no_key(cell: Raw, vocabulary: Vocabulary) -> bool:
    """Whether a key cell holds no key: nothing, a heading, a total, or a column number."""
    if isinstance(cell, str):
        if cell.isalnum():  # nearly all: a name, a code
            return vocabulary.knows(cell) or cell[-1] == "计"
        return cell.isspace() or cell == "" or vocabulary.knows(cell) or cell.endswith("计")
    return isinstance(cell, (int, float)) and cell < _LEAST_CODE


def _kind_of(
    row: Sequence[Raw], heading: Heading, identity: Mapping[str, int], vocabulary: Vocabulary
) -> Kind:
    inside = [row[column] for column in heading.texts if column < len(row)]
    filled = [cell for cell in row if cell != ""]
    texts = [solid(cell) for cell in filled if isinstance(cell, str)]
    if not any(texts) and len(texts) == len(filled):
        return Kind.BLANK
    if is_heading_like(row, vocabulary):
        return Kind.HEADING
    if any(map(_TOTAL.match, texts)):
        return Kind.TOTAL
    if any(map(_NOTE.match, texts)) or _is_column_numbers(filled):
        return Kind.NOTE
    if any(_identifies(row[column], name) for name, column in identity.items()):
        return Kind.DATA
    # A lone remark below or beside a table; a row of data without a name is a rejected row.
    return Kind.REJECTED if sum(cell != "" for cell in inside) >= 2 else Kind.NOTE


def _identifies(cell: Raw, name: str) -> bool:
    """Whether a cell says whom its row is about: any name does, but a code has digits."""
    return cell != "" and (name in _NAMES or any(map(str.isdigit, str(cell))))


def _is_column_numbers(filled: Sequence[Raw]) -> bool:
    """The line of column numbers 1 2 3 … (栏次) that official forms have under the heading."""
    numbers = [cell for cell in filled if isinstance(cell, (int, float))]
    return len(numbers) > 3 and numbers == list(range(1, len(numbers) + 1))


def _repeats(row: Sequence[Raw], heading: Heading) -> bool:
    """Whether a heading row is that of the same table again, as on each page of a print-out."""
    keys = {heading_key(text) for stack in heading.stacks.values() for text in stack}
    cells = [heading_key(cell) for cell in row if isinstance(cell, str) and cell != ""]
    return sum(cell in keys for cell in cells) >= 0.8 * len(cells)
