"""Choices over several cells: options of a cell or row each, ticks below or under a heading."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from jiandang.intake.forms.choices import (
    MARKS,
    answer_in,
    choose,
    chosen_beside,
    chosen_in_label,
    has_marks,
    is_box,
    is_mark,
    is_sign,
    single_option,
)
from jiandang.intake.forms.page import Value
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.forms.vocabulary import Label
from jiandang.patterns import regex
from jiandang.register.code_cells import Code
from jiandang.register.codes import CodeList, code_lists

# What may stand between a list of options and the answer.
BEFORE_ANSWER = regex(r"(?:所?选项?|选择|答案|代码|选填)(?:序号|代码|编号)?\s*(?::\s*|$)")
_OPPOSITES = ({"是", "否"}, {"有", "无"})
# V因病, 因病对: ticked by hand beside options without boxes; of ★因病 nobody knows what it says.
_BY_HAND = regex(r"[对vV]\s?(?P<behind>[一-鿿].*)|(?P<before>.*[一-鿿])\s?[对vV]")
_ODD = regex(r"(?:[A-Za-z]|[^\w\s,、;:。.()])\s?([一-鿿].*)")
_HAN = regex("[一-鿿]")
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
    if isinstance(label.cell, Code):
        return label.cell.code_list
    is_question = label.cell is not None and label.cell.native is bool
    return code_lists()["yes_no"] if is_question else None


def leading_options(label: Label, run: Sequence[Cell]) -> list[Cell]:
    """The cells beside a label that are its options, a cell each, with or without their ticks."""
    codes = _options_of(label)
    if codes is None:
        return []
    found = []
    for cell in run:
        if not is_sign(cell.raw) and _word(cell, codes) is None:
            break
        found.append(cell)
    return found


def _word(cell: Cell, codes: CodeList) -> str | None:
    """The word of the list that a cell says, with or without a sign; None for any other cell."""
    word = single_option(cell.raw)
    if word and codes.find(word) is None:
        sign = _BY_HAND.fullmatch(word) or _ODD.fullmatch(word)
        word = None if sign is None else next(filter(None, sign.groups()))
    return word if word and codes.find(word) is not None else None


def _marked(cell: Cell, codes: CodeList) -> str:
    """An option with its mark, or a box; as it stands, where nobody knows what its sign says."""
    word = _word(cell, codes)
    if word is None:
        return cell.text
    if has_marks(cell.text):
        return f"√{word}" if choose(cell.text) else f"□{word}"
    if single_option(cell.raw) == word:
        return f"□{word}"
    return f"√{word}" if _BY_HAND.fullmatch(cell.text) else cell.text


def options_below(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """A list of options that goes on below its first cell; None where it does not."""
    return _in_column(at, label, run, area) or _more_options(at, label, run, area)


def _more_options(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """A list of options that goes on in the next cell, or in that below it, which is alone there.

    None where the list ends in its cell.
    """
    if not isinstance(label.cell, Code) or not _has_options(run[0]):
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
    """A row of one option: its cells, what it says, and whether a sign of any kind is in it.

    `text` begins with a tick or a box, where it is known which.
    """

    cells: Sequence[Cell]
    option: Cell
    word: str
    text: str
    has_sign: bool


def _line(label: Label, cells: Sequence[Cell]) -> _Line | None:
    """What a row of one option says; None for any other row."""
    codes = _options_of(label)
    words = [cell for cell in cells if not is_sign(cell.raw)]
    if codes is None or len(words) != 1 or len(cells) > 2:
        return None
    own, word = words[0], _word(words[0], codes)
    text = own.text if word is None else _marked(own, codes)
    is_odd = word is not None and not has_marks(text)
    other = own.text.strip(f"{MARKS} _")
    if word is None and (other.startswith("其他") or (has_marks(text) and single_option(own.raw))):
        word = other  # 其他（请注明）：离异, or a word that the list does not have
    if word is None or not _HAN.search(word):
        return None
    if not is_odd or len(cells) > 1:
        is_ticked = has_marks(text) and choose(text) != ""
        text = f"√{word}" if is_ticked or any(is_mark(c.raw) for c in cells) else f"□{word}"
    return _Line(cells, own, word, text, len(cells) > 1 or word != own.solid)


def _lines_below(at: Cell, label: Label, first: _Line, area: Area, end: int) -> list[_Line]:
    """The rows of one option each that go on below a first one, in its column.

    Beside a label that is not merged down they may be of what stands at the left there, if that
    has no answer of its own.
    """
    lines = [first]
    for row in range(first.option.bottom + 1, area.bottom + 1):
        cells = [cell for cell in area.row(row) if at.column <= cell.column < end]
        if not cells and row <= max(at.bottom, lines[-1].option.bottom):
            continue
        left = [cell for cell in area.row(row) if cell.column < at.column]
        is_answered = len(left) > 1 and left[-2].label is not None and not left[-1].labels
        if left and not is_answered and at.bottom < row:
            break
        line = _line(label, cells)
        known = {line.word for line in lines}
        if line is None or line.option.column != first.option.column or line.word in known:
            break
        lines.append(line)
    return lines


def _chosen_of(lines: Sequence[_Line], *, merged: bool) -> Value | None:
    """What is ticked of options in a row each; None where they may be no printed list.

    Two without any sign beside a label that is merged down over them are two answers.
    """
    words = [line.word for line in lines]
    unsure = [line for line in lines if not has_marks(line.text)]
    ticked = [line for line in lines if line.text.startswith("√")]
    own = (unsure or ticked or lines)[0].option
    text = "、".join(line.word for line in ticked)
    if unsure:
        text = " ".join(line.text for line in lines)
    elif len(lines) < _LEAST_PRINTED and not any(line.has_sign for line in lines):
        if not merged:
            return None
        text = "" if {*words} in _OPPOSITES else " ".join(words)
    return Value(text, own.row, own.column, part=True)


def _in_column(at: Cell, label: Label, run: Sequence[Cell], area: Area) -> Found | None:
    """Options below each other beside a label, in a row each with their ticks.

    None where there is but one option.
    """
    own = leading_options(label, run)
    first = _line(label, own)
    if first is None:
        return None
    behind = (cell.column for cell in area.row(at.row) if cell.column > own[-1].column)
    lines = _lines_below(at, label, first, area, min(behind, default=area.right + 1))
    if len(lines) < 2:
        return None
    value = _chosen_of(lines, merged=at.bottom >= lines[-1].option.row)
    if not any(line.text.startswith("√") for line in lines):
        printed = " ".join(line.option.text for line in lines)
        answer = run[len(own)] if len(own) < len(run) else None
        chosen = chosen_in_label(label.text, printed)
        if chosen is not None:
            value = Value(chosen, at.row, at.column, part=True)
        elif answer is not None and (chosen := chosen_beside(printed, answer.text)) is not None:
            value = Value(chosen, answer.row, answer.column, part=True)
    cells = _places(cell for line in lines for cell in line.cells)
    return None if value is None else Found(value, len(own), cells)


def _has_options(cell: Cell) -> bool:
    """Whether a cell is of options in print, with their boxes or ticks: □因病 □因残."""
    is_list = isinstance(cell.raw, str) and not cell.labels and has_marks(cell.raw)
    return is_list and not is_mark(cell.raw) and single_option(cell.raw) is None


def is_of_list(label: Label, cell: Cell) -> bool:
    """Whether a cell is a value of the label's code list, though it names a column: 县级."""
    return isinstance(label.cell, Code) and cell.solid in label.cell.code_list.values


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
        lines = _lines_below(cell, cell.label, first, area, area.right + 1)
        if len(lines) > 1 and (value := _chosen_of(lines, merged=False)) is not None:
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
    number = answer_in(label.text) if isinstance(label.cell, Code) else None
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
    codes = _options_of(label)
    if codes is None:
        return " ".join(cell.text for cell in options), _places(options)
    texts = [_in_one(at, options, area.row(at.row + 1), codes)]
    row, cells_of_all = at.row + 1, [*options]
    known = {cell.solid for cell in options if not is_sign(cell.raw)}
    while (cells := area.row(row)) and cells[0].column > at.right:
        words = {cell.solid for cell in cells if not is_sign(cell.raw)}
        if not words or known & words or len(leading_options(label, cells)) < len(cells):
            break
        texts.append(_in_one(at, cells, area.row(row + 1), codes))
        cells_of_all += cells
        known |= words
        row += 1
    places = _places(cells_of_all)
    if None in texts:
        return " ".join(cell.text for cell in cells_of_all), places
    return " ".join(filter(None, texts)), places


def _in_one(label: Cell, run: Sequence[Cell], below: Sequence[Cell], codes: CodeList) -> str | None:
    """Options of a cell each as if in one; a tick may stand in the cell below its option.

    Ticks in cells of their own stand before the options or behind them, which those at the ends
    tell; None where they do not.
    """
    are_ticks = all(is_sign(c.raw) for c in below)
    ticked = {c.column for c in below if is_mark(c.raw)} if are_ticks else set()
    marks = ["√" if is_mark(c.raw) else "□" if is_box(c.raw) else None for c in run]
    are_first, are_last = marks[0] is not None, marks[-1] is not None
    is_room_before = run[0].column > label.right + 1
    if any(marks) and (are_first if are_last else not are_first and is_room_before):
        return None
    words: list[str] = []
    own: str | None = None  # the mark that the next option has
    for cell, mark in zip(run, marks, strict=True):
        text = _marked(cell, codes)
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
