"""Choices over several cells: options of a cell or row each, ticks below or under a heading."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from jiandang.intake.forms.choices import (
    answer_in,
    choose,
    chosen_beside,
    chosen_in_label,
    has_marks,
    is_box,
    is_mark,
    single_option,
)
from jiandang.intake.forms.page import Value
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.forms.vocabulary import Label
from jiandang.register.code_cells import Code
from jiandang.register.codes import CodeList, code_lists
from jiandang.register.tables import COLUMNS

# What may stand between a list of options and the answer.
BEFORE_ANSWER = re.compile(r"(?:所?选项?|选择|答案|代码|选填)(?:序号|代码|编号)?\s*(?::\s*|$)")
_OPPOSITES = ({"是", "否"}, {"有", "无"})
# More options below each other are a printed list; two may be two answers.
_LEAST_PRINTED = 3


# The row and column of a cell.
Place = tuple[int, int]


class Found(NamedTuple):
    """A choice, at the ticked cell; how many cells of its row it takes, and all that are of it."""

    value: Value
    taken: int
    cells: set[Place]


def _places(cells: Iterable[Cell]) -> set[Place]:
    return {(cell.row, cell.column) for cell in cells}


def _options_of(label: Label) -> CodeList | None:
    column = COLUMNS[label.table].get(label.column)
    if column is None:
        return None
    name = column.cell.codes if isinstance(column.cell, Code) else ""
    name = name or ("yes_no" if column.cell.native is bool else "")
    return code_lists()[name] if name else None


def leading_options(label: Label, run: Sequence[Cell]) -> list[Cell]:
    """The cells beside a label that are its options, a cell each, with or without their ticks."""
    codes = _options_of(label)
    if codes is None:
        return []
    found = []
    for cell in run:
        option = "" if is_box(cell.raw) else single_option(cell.raw)
        if option is None or (option and codes.find(option) is None):
            break
        found.append(cell)
    return found


def options_below(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """A list of options that goes on below its first cell; None where it does not."""
    return _in_column(at, label, run, area) or _more_options(at, label, run, area)


def _more_options(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """A list of options that goes on in the next cell, or in that below it, which is alone there.

    None where the list ends in its cell.
    """
    column = COLUMNS[label.table].get(label.column)
    if column is None or not isinstance(column.cell, Code) or not _has_options(run[0]):
        return None
    cells = [*takewhile(_has_options, run)]
    taken = len(cells)
    below = area.row(at.row + 1)
    own = [cell for cell in below if cell.column >= run[0].column]
    if len(own) == len(below) == 1 and own[0].column == run[0].column and _has_options(own[0]):
        cells += own
    if len(cells) < 2:
        return None
    ticked = next((cell for cell in cells if choose(str(cell.raw))), cells[0])
    text = " ".join(cell.text for cell in cells)
    return Found(Value(text, ticked.row, ticked.column, part=True), taken, _places(cells))


class _Line(NamedTuple):
    """A row of one option: its cells, its word, and whether it is ticked; None without any mark."""

    cells: Sequence[Cell]
    option: Cell
    ticked: bool | None

    @property
    def word(self) -> str:
        return single_option(self.option.raw) or ""


def _line(label: Label, cells: Sequence[Cell]) -> _Line | None:
    """What a row of one option says; None for any other row."""
    words = [cell for cell in cells if not is_mark(cell.raw) and not is_box(cell.raw)]
    if len(words) != 1 or len(cells) > 2 or len(leading_options(label, cells)) < len(cells):
        return None
    own = str(words[0].raw)
    if len(cells) == 1 and not has_marks(own):
        return _Line(cells, words[0], None)
    is_ticked = any(is_mark(cell.raw) for cell in cells)
    return _Line(cells, words[0], is_ticked or (has_marks(own) and bool(choose(own))))


def _lines_below(label: Label, first: _Line, area: Area, columns: range) -> list[_Line]:
    """The rows of one option each that go on below a first one, in its column."""
    lines, row = [first], first.option.bottom + 1
    while cells := [cell for cell in area.row(row) if cell.column in columns]:
        line = _line(label, cells)
        known = {line.word for line in lines}
        if line is None or line.option.column != first.option.column or line.word in known:
            break
        lines.append(line)
        row = line.option.bottom + 1
    return lines


def _chosen_of(lines: Sequence[_Line]) -> Value | None:
    """What is ticked of options in a row each; None where they may be no printed list."""
    ticked = [line for line in lines if line.ticked]
    own = (ticked or lines)[0].option
    words = {line.word for line in lines}
    is_printed = len(lines) >= _LEAST_PRINTED or words in _OPPOSITES
    if is_printed or any(line.ticked is not None for line in lines):
        return Value("、".join(line.word for line in ticked), own.row, own.column, part=True)
    return None


def _in_column(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """Options below each other beside a label, in a row each with their ticks.

    None where there is but one option. Two answers without any tick beside a label that is
    merged down over them are both given.
    """
    own = leading_options(label, run)
    first = _line(label, own)
    if first is None:
        return None
    behind = (cell.column for cell in area.row(at.row) if cell.column > own[-1].column)
    columns = range(at.column, min(behind, default=area.right + 1))
    lines = _lines_below(label, first, area, columns)
    if len(lines) < 2:
        return None
    value = _chosen_of(lines)
    if value is None and at.bottom >= lines[-1].option.row:
        text = " ".join(line.word for line in lines)
        value = Value(text, first.option.row, first.option.column, part=True)
    cells = _places(cell for line in lines for cell in line.cells)
    return None if value is None else Found(value, len(own), cells)


def _has_options(cell: Cell) -> bool:
    """Whether a cell is of options in print, with their boxes or ticks: □因病 □因残."""
    is_list = isinstance(cell.raw, str) and not cell.labels and has_marks(cell.raw)
    return is_list and not is_mark(cell.raw) and single_option(cell.raw) is None


def is_of_list(label: Label, cell: Cell) -> bool:
    """Whether a cell is a value of the label's code list, though it names a column: 县级."""
    column = COLUMNS[label.table].get(label.column)
    if column is None or not isinstance(column.cell, Code):
        return False
    return cell.solid in column.cell.code_list.values


def beside_options(run: Sequence[Cell]) -> tuple[Value, int] | None:
    """The option of a list that the cell behind it names, and how many cells that takes.

    `1.因病 2.因残 | 2`, with or without 选项 before the answer.
    """
    for taken, cell in enumerate(run[1:3], 2):
        answer = BEFORE_ANSWER.sub("", cell.text)
        option = chosen_beside(run[0].text, answer)
        if option is not None:
            return Value(option, cell.row, cell.column, part=True), taken
        if answer:
            return None
    return None


def choice_alone(cell: Cell, area: Area) -> tuple[Value, int] | None:
    """What is chosen beside a label alone in its row, or below, and how many rows that takes."""
    if cell.label is None:
        return None
    below = area.row(cell.row + 1)
    text, _, printed = cell.label.text.partition(":")
    if (own := chosen_in_label(text, printed)) is not None:
        return Value(own, cell.row, cell.column, part=True), 1
    if (first := _line(cell.label, below)) is not None:
        columns = range(area.left, area.right + 1)
        lines = _lines_below(cell.label, first, area, columns)
        if len(lines) > 1 and (value := _chosen_of(lines)) is not None:
            return value, lines[-1].option.bottom - cell.row + 1
    if len(below) == 1 and not below[0].labels:
        if (own := chosen_in_label(text, below[0].text)) is not None:
            return Value(own, cell.row, cell.column, part=True), 2
        if has_marks(str(below[0].raw)):
            return Value(below[0].raw, below[0].row, below[0].column), 2
    value = number_alone(cell, cell.label, area)
    return (value, 1) if value is not None else None


def number_alone(cell: Cell, label: Label, area: Area) -> Value | None:
    """The number in a label (主要致贫原因（8）) that has no options and no value beside it.

    Where the page asks for the same again, the number may be the label's own.
    """
    column = COLUMNS[label.table].get(label.column)
    if column is None or not isinstance(column.cell, Code):
        return None
    number = answer_in(label.text)
    if number is None or not number.isdecimal():
        return None
    asking = (
        own
        for row in area.rows
        for other in area.row(row)
        for own in other.labels
        if other is not cell and (len(area.row(row)) > 1 or own.rest or answer_in(own.text))
    )
    if any(own.field == label.field for own in asking):
        return None
    return Value(number, cell.row, cell.column, part=True)


def in_rows(at: Cell, label: Label, options: Sequence[Cell], area: Area) -> tuple[str, set[Place]]:
    """Options of a cell each as if in one, and their cells in the further rows.

    Where it is not known which of them are ticked, all is given as it stands, and can be read as
    no option. Nothing stands at their left there but the label, which may be merged down.
    """
    texts = [_in_one(at, options, area.row(at.row + 1))]
    row, cells_of_all = at.row + 1, [*options]
    known = {cell.solid for cell in options if not is_mark(cell.raw) and not is_box(cell.raw)}
    while (cells := area.row(row)) and cells[0].column > at.right:
        words = {cell.solid for cell in cells if not is_mark(cell.raw) and not is_box(cell.raw)}
        if not words or known & words or len(leading_options(label, cells)) < len(cells):
            break
        texts.append(_in_one(at, cells, area.row(row + 1)))
        cells_of_all += cells
        known |= words
        row += 1
    places = _places(cells_of_all)
    if None in texts:
        return " ".join(cell.text for cell in cells_of_all), places
    return " ".join(filter(None, texts)), places


def _in_one(label: Cell, run: Sequence[Cell], below: Sequence[Cell]) -> str | None:
    """Options of a cell each as if in one; a tick may stand in the cell below its option.

    Ticks in cells of their own stand before the options or behind them, which those at the ends
    tell; None where they do not.
    """
    are_ticks = all(is_mark(c.raw) or is_box(c.raw) for c in below)
    ticked = {c.column for c in below if is_mark(c.raw)} if are_ticks else set()
    marks = ["√" if is_mark(c.raw) else "□" if is_box(c.raw) else None for c in run]
    are_first, are_last = marks[0] is not None, marks[-1] is not None
    is_room_before = run[0].column > label.right + 1
    if any(marks) and (are_first if are_last else not are_first and is_room_before):
        return None
    words: list[str] = []
    own: str | None = None  # the mark that the next option has
    for cell, mark in zip(run, marks, strict=True):
        text = cell.text if has_marks(cell.text) else f"□{cell.text}"
        if mark is not None and are_first:
            own = mark
        elif mark is not None:
            words[-1] = mark + words[-1].removeprefix("□")
        elif own is not None or any(cell.column <= column <= cell.right for column in ticked):
            words.append((own or "√") + text.removeprefix("□"))
            own = None
        else:
            words.append(text)
    return " ".join(words)


class OptionHead(NamedTuple):
    """A column of ticks, headed by its option: 项目 | 是 | 否."""

    columns: range
    option: str


def option_heads(cells: Sequence[Cell]) -> list[OptionHead]:
    """The columns of ticks that a row heads; none if it asks for anything itself."""
    heads = [
        OptionHead(range(cell.column, cell.right + 1), cell.solid)
        for cell in cells
        if cell.solid in set.union(*_OPPOSITES)
    ]
    words = {head.option for head in heads}
    if any(cell.labels for cell in cells) or not any(pair <= words for pair in _OPPOSITES):
        return []
    return heads


def under_heads(run: Sequence[Cell], heads: Sequence[OptionHead]) -> str | None:
    """The options under whose heads the cells of a row are ticked; None if they are no ticks."""
    found = [h.option for c in run for h in heads if is_mark(c.raw) and c.column in h.columns]
    return " ".join(f"√{option}" for option in found) if len(found) == len(run) > 0 else None
