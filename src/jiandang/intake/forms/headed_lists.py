"""Rows on a sheet of forms that head a list of several households, or of their members."""

from collections.abc import Iterable, Iterator, Mapping

from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.grids import is_readable
from jiandang.intake.forms.items import heads_items
from jiandang.intake.forms.sheet import Cell, Sheet
from jiandang.intake.forms.vocabulary import CODE, ONCE, Label
from jiandang.intake.forms.years import years_of
from jiandang.register.cells import ErrorValue
from jiandang.register.tables import COLUMNS

# So many labels over so many rows of values head a list of households.
_LEAST_COLUMNS = 4
_LEAST_HOUSEHOLDS = 2
_LEAST_OF_PERSON = 3
_MOST_ROWS = 150  # of a list of members are looked at


def lists_among(sheet: Sheet, rows: Iterable[int]) -> list[int]:
    """Those of the rows that head a list."""
    return [row for row in rows if _heads_list(sheet, row)]


def _heads_list(sheet: Sheet, row: int) -> bool:
    """Whether labels, one of them of whom it is, stand over rows that say it of several."""
    if years_of(cells := sheet.row(row)) or heads_items(cells):
        return False
    own = _columns(sheet, row)
    who = [column for column, label in own.items() if _says_whose(label)]
    is_heading = len(own) >= _LEAST_COLUMNS and 2 * len(own) >= len(cells)
    if not (who and is_heading):
        return False
    is_once = len({own[column].field for column in who}) == len(who)
    if is_once and _heads_households(sheet, row, own, who):
        return True
    return any(_heads_members(sheet, row, own, column) for column in who)


def _columns(sheet: Sheet, row: int) -> dict[int, Label]:
    """The labels of a row by their columns.

    Of two or three rows of labels some columns may have theirs in an upper one alone.
    """
    own: dict[int, Label] = {}
    here = set[int]()
    for line in (sheet.row(r) for r in (row, row - 1, row - 2) if r >= 0):
        own |= {c.column: c.label for c in line if c.label is not None and c.column not in here}
        here |= {column for cell in line for column in range(cell.column, cell.right + 1)}
    return own


def _heads_households(sheet: Sheet, row: int, own: Mapping[int, Label], who: list[int]) -> bool:
    """Whether the first rows below are filled, and each says it of another household.

    What asks for something where a list has a number or name is no row of one.
    """
    last = row + _LEAST_HOUSEHOLDS
    if last >= len(sheet):
        return False
    first = (cell for r in range(row + 1, last + 1) for cell in sheet.row(r))
    if any(cell.labels for cell in first if cell.column in who):
        return False
    below = [_values(sheet, r, own) for r in range(row + 1, last + 1)]
    are_filled = all(2 * len(each) >= len(own) for each in below)
    return are_filled and any(
        len({each[column] for each in below if column in each}) == len(below) for column in who
    )


def _heads_members(sheet: Sheet, row: int, own: Mapping[int, Label], who: int) -> bool:
    """Whether the rows below name persons of several households, one of whom heads each.

    A form's grid of members may have the number of their one household beside each of them, and
    one of them another by mistake: it has one head.
    """
    labels = {cell.column: cell.label for cell in sheet.row(row) if cell.label is not None}
    personal = {label.column: at for at, label in labels.items() if label.table == "member"}
    if len(personal) < _LEAST_OF_PERSON or "name" not in personal:
        return False
    heads, homes = 0, set[str]()
    for each in _people(sheet, row, own, personal["name"]):
        heads += each.get(personal.get("relation", -1)) == "户主"
        homes |= {each[who]} if who in each else set()
        if heads > 1 and len(homes) > 1:
            return True
    return heads == 0 and len(homes) > 1


def _people(
    sheet: Sheet, row: int, own: Mapping[int, Label], name: int
) -> Iterator[dict[int, str]]:
    """The values of the rows right below a heading that name a person."""
    for number in range(row + 1, min(row + 1 + _MOST_ROWS, len(sheet))):
        values = _values(sheet, number, own)
        if name not in values:
            return
        yield values


def _values(sheet: Sheet, row: int, own: Mapping[int, Label]) -> dict[int, str]:
    """What a row has below labels that may be values of them, by their columns."""
    return {
        cell.column: cell.solid
        for cell in sheet.row(row)
        if cell.column in own and not cell.labels and fits(own[cell.column], cell)
    }


def _says_whose(label: Label) -> bool:
    """Whether it is of which household: 编号 may number anything."""
    return label.field in ONCE and (label.field != CODE or "户" in label.text)


def fits(label: Label, cell: Cell) -> bool:
    """Whether a cell can be a value of the label's column."""
    column = COLUMNS[label.table].get(label.column)
    if column is None:
        return len(cell.text) <= 60
    if isinstance(cell.raw, ErrorValue):
        return False
    if isinstance(cell.raw, str):
        if has_marks(cell.raw):
            return True
        if len(cell.text) > 60 or (column.cell.name in ("姓名", "签字") and len(cell.text) > 12):
            return False
    return is_readable(cell.raw, label)
