"""The columns of a grid, by its heading, and the cells of a row that stand in them."""

from collections.abc import Sequence
from typing import NamedTuple

from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.entries import heads_of_ticks, options_under
from jiandang.intake.forms.option_cells import OptionHead
from jiandang.intake.forms.sheet import Area, Cell, spans
from jiandang.intake.forms.vocabulary import Label

_LONGEST_HEADING = 12
# Of a section that stands at the left of its rows.
LONGEST_HEAD = 14


class Column(NamedTuple):
    """A column of a grid: its label, and the sheet's columns from its own to the next one's.

    `options` head the narrow columns of its ticks, if it has such.
    """

    cell: Cell
    name: str
    label: Label | None
    span: range
    options: tuple[OptionHead, ...] = ()


def heads_helper(cell: Cell, beside: Cell) -> bool:
    """Whether 帮扶责任人 is merged down beside what is said of the helper, and no label."""
    is_helper = cell.label is not None and cell.label.column == "helper"
    return is_helper and cell.bottom > cell.row and beside.label is not None


def is_at_side(cell: Cell, row: Sequence[Cell], area: Area) -> bool:
    """Whether a cell is the label of a section at the left, of several rows."""
    beside = row[1] if len(row) > 1 else cell
    if has_marks(str(cell.raw)):
        return False
    if cell.column == area.left and heads_helper(cell, beside):
        return True
    if cell.column != area.left or cell.labels:
        return False
    if beside is cell and len(cell.text) > LONGEST_HEAD:
        return False  # a sentence over several rows and all columns
    return cell.bottom > cell.row


def _is_name(cell: Cell) -> bool:
    return cell.label is not None and cell.label.column in ("name", "helper")


def columns_of(area: Area, row: int) -> tuple[list[Column], int]:
    """The columns of a grid's heading, over one row or two, and the row of the first person."""
    cells = [c for c in area.row(row) if c.label is not None or c.bottom - c.row < 3]
    if len(cells) > 1 and heads_helper(cells[0], cells[1]) and any(map(_is_name, cells[1:])):
        cells = cells[1:]
    last = max((c.bottom for c in cells if c.label is not None), default=row)
    if last == row and _are_inner(area.row(row + 1), cells):
        last = row + 1
    heads: list[Cell] = []
    below = [c for r in range(row + 1, last + 1) for c in area.row(r)]
    for cell in cells:
        inner = [c for c in below if cell.column <= c.column <= cell.right]
        split = cell.bottom < last and len(inner) > 1 and any(c.label is not None for c in inner)
        heads += inner if split else [cell]
    heads.sort(key=lambda c: c.column)
    while len(heads) > 1 and _is_beside(heads[:-1], heads[-1]):
        heads.pop()
    columns = []
    for cell, span in zip(heads, spans(heads, area.right + 1), strict=True):
        label = cell.label
        name = label.column if label is not None and label.table == "member" else ""
        columns.append(Column(cell, name, label, span))
    under = area.row(last if last > row else row + 1)
    names = [column.span for column in columns if column.name == "name"]
    if not heads_of_ticks(under, [column.span for column in columns], names):
        return columns, last + 1
    columns = [c._replace(options=options_under(under, c.span)) for c in columns]
    return columns, max(last, row + 1) + 1


def _are_inner(below: Sequence[Cell], heads: Sequence[Cell]) -> bool:
    """Whether the cells of a row are all headings under wider ones: 务工状况 under 务工情况."""
    spans = [range(cell.column, cell.right + 1) for cell in heads if cell.right > cell.column]
    return bool(below) and all(
        cell.label is not None and any(cell.column in span for span in spans) for cell in below
    )


def _is_beside(heads: Sequence[Cell], cell: Cell) -> bool:
    """Whether a cell behind a gap is no heading of a grid, but a text or a code list beside it."""
    if cell.column <= heads[-1].right + 1:
        return False
    if cell.label is None:
        return ":" in cell.text or len(cell.text) > _LONGEST_HEADING
    # 文化程度:1小学 2初中 beside a grid that has it; a second person's columns begin with 姓名.
    known = {head.label.column for head in heads if head.label is not None}
    return cell.label.options is not None and cell.label.column in known


def headings_of(columns: Sequence[Column]) -> frozenset[str]:
    """What tells a grid that goes on with another: its headings."""
    return frozenset(column.cell.solid for column in columns)


def bands_of(columns: Sequence[Column]) -> list[list[Column]]:
    """Two persons a row: the columns from each 姓名 on."""
    bands: list[list[Column]] = [[]]
    for column in columns:
        if column.name and column.name in {c.name for c in bands[-1]}:
            bands.append([])
        bands[-1].append(column)
    return bands


def within(cells: Sequence[Cell], columns: Sequence[Column]) -> Sequence[Cell]:
    """The cells of a row but for what stands beside the grid: lists of codes, behind a gap."""
    last = columns[-1].cell.right
    for place, cell in enumerate(cells):
        if cell.column > last + 1:
            return cells[:place]
        last = max(last, cell.right)
    return cells
