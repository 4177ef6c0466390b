"""Labels that stand above their values: a row of them over a row of values, or one over one."""

from collections.abc import Sequence
from datetime import date

from jiandang.intake.forms import grids
from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.grid_columns import is_at_side
from jiandang.intake.forms.keeping import Keeper
from jiandang.intake.forms.page import Page, Value, may_name_somebody
from jiandang.intake.forms.sheet import Area, Cell, above, is_section, is_tight, spans
from jiandang.intake.forms.vocabulary import HELPER_COLUMNS, Label
from jiandang.intake.option_words import lists_with
from jiandang.intake.row_texts import PERSONS_NAME
from jiandang.patterns import regex
from jiandang.register.code_cells import Code

# What stands around an option: a tick, a box, a number.
_NO_WORD = regex("[^㐀-鿿]")
# Codes, numbers of persons, accounts and phones: none has fewer digits.
_CODE_LIKE = regex("[0-9-]{6,}[0-9Xx]")


def is_over_values(area: Area, cells: Sequence[Cell], row: int) -> bool:
    """Whether a row of labels stands over a row of their values."""
    words = area.sheet.vocabulary
    labels = [c for c in cells if c.label is not None]
    if len(labels) < 2 or any(c.labels for c in cells if c.label is None):
        return False
    if len(cells) - len(labels) > len(labels) // 2:
        return False
    if any(not isinstance(c.raw, str) or has_marks(c.raw) for c in cells):
        return False
    if len(labels) < len(cells) and not is_tight(cells):
        return False
    below = _beside_side(area, row + 1)
    if not below or any(words.is_label_like(c.raw) for c in below):
        return False
    if len(below) == 1 and (is_section(below[0].text) or not is_tight(cells)):
        return False  # a section line, or labels with room for values beside them
    aligned = {above(cells, c) for c in below} - {None}
    is_wide = len(below) == 1 and below[0].column <= cells[0].right < below[0].right
    is_row = 2 * len(aligned) >= len(labels) or grids.answer_above(cells, below)
    return not is_wide and len(aligned) == len(below) and is_row


def read_over(
    cells: Sequence[Cell], row: int, area: Area, page: Page, keeper: Keeper, of_helper: bool
) -> int:
    """Keep the values below a row of labels; gives the row behind them.

    `of_helper` says that its section is the helper's. Options below each other are one value.
    """
    page.rows_of_labels.add(row)
    values = area.row(row + 1)
    helping = of_helper or any(
        c.label is not None and c.label.column in HELPER_COLUMNS for c in cells
    )
    end = row + 2
    for cell, span in zip(cells, spans(cells, area.right + 1), strict=True):
        own = [c for c in values if c.column in span]
        if cell.label is None:
            page.unknown.append(cell.text)
            continue
        options = _options_down(cell.label, span, area, row + 1)
        if len(options) > 1:
            text = " ".join(option.text for option in options)
            value = Value(text, row + 1, options[0].column, part=True)
            keeper.put(cell.label, value, helping)
            end = max(end, options[-1].bottom + 1)
            continue
        raw = grids.cell_value(own, cell.label.column)
        at = own[0].column if own else cell.column
        keeper.put(cell.label, Value(raw, row + 1, at), helping)
    return end


def _options_down(label: Label, columns: range, area: Area, first: int) -> list[Cell]:
    """The words of a label's list that stand below each other in its columns, ticked or not."""
    if not isinstance(label.cell, Code):
        return []
    found: list[Cell] = []
    for row in range(first, area.bottom + 1):
        own = [cell for cell in area.row(row) if cell.column in columns]
        if len(own) != 1 or own[0].labels:
            break
        if label.cell.code_list.name not in lists_with(_NO_WORD.sub("", own[0].text)):
            break
        found.append(own[0])
    return found


def read_lone(cell: Cell, area: Area, page: Page, keeper: Keeper, of_helper: bool) -> int:
    """A label alone in its row over its value; gives the row behind them, or 0.

    Where no other label of the page stands above its value, this one is named.
    """
    label = cell.label
    if label is None:
        return 0
    if (value := value_below(area, cell)) is None:
        if _may_be_over_text(area, cell, label):
            page.unknown.append(label.text)
        return 0
    if not stands_above(area, cell):
        page.unknown.append(label.text)
        return 0
    page.rows_of_labels.add(cell.row)
    helping = of_helper or label.column in HELPER_COLUMNS
    keeper.put(label, Value(value.raw, value.row, value.column), helping)
    return value.bottom + 1


def _may_be_over_text(area: Area, cell: Cell, label: Label) -> bool:
    """Whether a text stands alone below a label that takes any, and heads nothing: 开户银行."""
    below = _beside_side(area, cell.bottom + 1)
    is_free = label.table == "household" and label.column != "head_name"
    if not is_free or len(below) != 1 or not grids.is_readable("文", label):
        return False
    alone = below[0]
    is_one = alone.column == cell.column and alone.right == cell.right
    is_text = isinstance(alone.raw, str) and not alone.labels and not is_section(alone.text)
    return is_one and is_text and not area.sheet.vocabulary.is_label_like(alone.raw)


def value_below(area: Area, cell: Cell) -> Cell | None:
    """What stands alone below a label that is alone in its row, and can but be its value.

    A text below one that takes any text may as well head what comes next.
    """
    label = cell.label
    if label is None or label.table != "household":
        return None
    below = _beside_side(area, cell.bottom + 1)
    if len(below) != 1 or below[0].column != cell.column or isinstance(below[0].raw, date):
        return None
    if area.sheet.vocabulary.is_label_like(below[0].raw) or has_marks(str(below[0].raw)):
        return None
    return below[0] if _is_answer(below[0], label) else None


def stands_above(area: Area, cell: Cell) -> bool:
    """Whether other labels of a page than one alone stand above their values."""
    for row in area.rows:
        cells = _beside_side(area, row)
        labels = [own.label for own in cells if own.label is not None]
        if any(own.table != "household" or own.column in HELPER_COLUMNS for own in labels):
            continue
        if len(cells) == 1 and row != cell.row and value_below(area, cells[0]) is not None:
            return True
        if len(cells) > 1 and is_over_values(area, cells, row):
            return True
    return False


def _beside_side(area: Area, row: int) -> list[Cell]:
    """The cells of a row but for the label of a section at its left."""
    cells = area.row(row)
    return [cell for cell in cells if not is_at_side(cell, cells, area)]


def _is_answer(cell: Cell, label: Label) -> bool:
    if label.column == "head_name":
        text = cell.solid
        return PERSONS_NAME.fullmatch(text) is not None and may_name_somebody(text)
    if not grids.is_readable(cell.raw, label):
        return False
    return not grids.is_readable("文", label) or _CODE_LIKE.fullmatch(cell.solid) is not None
