"""The cells of a sheet, or of one page on it, as a form's reader walks over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from jiandang.formats.grid import Grid, Range
from jiandang.intake.forms.heading_words import labels_of
from jiandang.intake.forms.sentences import read_sentences
from jiandang.intake.forms.vocabulary import TO_VERIFY, FormVocabulary, Label
from jiandang.patterns import regex
from jiandang.register.cells import ErrorValue, Raw, as_text
from jiandang.register.text import plain, solid

_NUMBERED = regex(r"(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))")
# In so many rows it shows whether a sheet has labels; so many with labels a form has at least.
_FIRST_ROWS, LEAST_ROWS = 40, 3
SENTENCE = 15  # characters
_HEADS = regex(
    r"(?:情况|条件|措施|成效|计划|意见|信息|记录|收入|支出|收支|备注|附注|说明|签字|签名)$"
)


@dataclass(frozen=True)
class Cell:
    """A cell with something in it; `right` and `bottom` are the last it is merged over."""

    row: int
    column: int
    bottom: int
    right: int
    raw: Raw
    labels: tuple[Label, ...]

    @cached_property
    def text(self) -> str:
        return plain(as_text(self.raw))

    @cached_property
    def solid(self) -> str:
        """The text without any blank."""
        return solid(self.text)

    @property
    def label(self) -> Label | None:
        """The label that is all of the cell, its value elsewhere."""
        if len(self.labels) == 1 and self.labels[0].rest is None:
            return self.labels[0]
        return None


def is_numbered(text: str) -> bool:
    """Whether a text is a section line: 三、收入情况."""
    return _NUMBERED.match(solid(text)) is not None


def without_number(text: str) -> str:
    """A section line without its number."""
    return _NUMBERED.sub("", text, count=1) if is_numbered(text) else text


def is_section(text: str) -> bool:
    """Whether a text alone in its row heads what is below it, with a number or without."""
    return is_numbered(text) or _HEADS.search(solid(text)) is not None


def is_number(text: str) -> bool:
    """Whether a text is digits alone, with a point at most."""
    return text.replace(".", "", 1).isdecimal()


def is_tight(cells: Sequence[Cell]) -> bool:
    """Whether no cell is empty between those of a row."""
    return all(a.right + 1 == b.column for a, b in pairwise(cells))


def spans(cells: Sequence[Cell], stop: int) -> list[range]:
    """The sheet's columns of each cell of a heading, from its own to that of the next one."""
    starts = [cell.column for cell in cells]
    return [*map(range, starts, [*starts[1:], stop])]


def above(cells: Sequence[Cell], value: Cell) -> Cell | None:
    """The label of a row over a value below."""
    return next((c for c in reversed(cells) if c.column <= value.column), None)


def answered(cells: Sequence[Cell]) -> list[Label]:
    """The labels of a row that have a value, in their own cell or the next."""
    behind = [*(not cell.labels for cell in cells[1:]), False]
    return [
        label
        for cell, has_value in zip(cells, behind, strict=True)
        for label in cell.labels
        if label.rest is not None or (has_value and cell.label is not None)
    ]


def _is_sentence(row: Sequence[Raw]) -> bool:
    """Whether a row is a text with blanks that are filled in, with at most a label before it."""
    texts = [raw for raw in row if raw != ""]
    if not 0 < len(texts) <= 2 or not isinstance(texts[-1], str) or len(texts[-1]) < SENTENCE:
        return False
    section = solid(str(texts[0])) if len(texts) > 1 else ""
    return any(text for _, text in read_sentences(texts[-1], section))


class Sheet:
    """A sheet's cells by row, merged ranges as one."""

    def __init__(self, grid: Grid, vocabulary: FormVocabulary) -> None:
        self.grid = grid
        self.vocabulary = vocabulary
        self._rows: dict[int, list[Cell]] = {}

    def __len__(self) -> int:
        return len(self.grid.rows)

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Range]:
        return {(m[0], m[1]): m for m in self.grid.merged}

    @cached_property
    def _own_words(self) -> frozenset[int]:
        """The rows of what this program said on the page, numbered: nobody's values or labels."""
        found = set[int]()
        if not self.grid.cells.has_text_from(TO_VERIFY):
            return frozenset(found)
        inside = False
        for number, row in enumerate(self.grid.rows):
            filled = [raw for raw in row if not isinstance(raw, str) or raw.strip()]
            if inside and filled and not isinstance(filled[0], str):
                found.add(number)
            else:
                inside = len(filled) == 1 and str(filled[0]).startswith(TO_VERIFY)
        return frozenset(found)

    @cached_property
    def labelled(self) -> tuple[int, bool]:
        """How many of the first rows have labels, and whether any has values in texts: for speed.

        More are not counted than a form needs.
        """
        labelled = inside = 0
        for row in self.grid.rows[:_FIRST_ROWS]:
            labels = [label for raw in row for label in self.vocabulary.labels(raw)]
            says = _is_sentence(row) if not labels else any(own.rest is not None for own in labels)
            labelled += bool(labels) or says
            inside += says
            if labelled >= LEAST_ROWS or (inside and labelled > 1):
                break
        return labelled, inside > 0

    def row(self, number: int) -> list[Cell]:
        """The cells of a row that hold something, from left to right."""
        if number in self._own_words:
            return []
        if number not in self._rows:
            filled = [
                (column, raw)
                for column, raw in enumerate(self.grid.rows[number])
                if isinstance(raw, ErrorValue) or not isinstance(raw, str) or raw.strip()
            ]
            labels = labels_of([raw for _, raw in filled], self.vocabulary)
            self._rows[number] = [
                self._cell(number, column, raw, own)
                for (column, raw), own in zip(filled, labels, strict=True)
            ]
        return self._rows[number]

    def _cell(self, row: int, column: int, raw: Raw, labels: tuple[Label, ...]) -> Cell:
        _, _, bottom, right = self._merged.get((row, column), (row, column, row, column))
        return Cell(row, column, bottom, right, raw, labels)


@dataclass(frozen=True)
class Area:
    """A rectangle of a sheet: the rows `top` to `bottom`, the columns `left` to `right`."""

    sheet: Sheet
    top: int
    bottom: int
    left: int
    right: int

    @property
    def rows(self) -> range:
        return range(self.top, self.bottom + 1)

    def row(self, number: int) -> Sequence[Cell]:
        if not self.top <= number <= self.bottom:
            return ()
        return [c for c in self.sheet.row(number) if self.left <= c.column <= self.right]

    def room_behind(self, label: Cell) -> int:
        """The column in which the value of a label would stand that has none.

        户主签字： has no room behind it where the next cell is full, or is of another page; what
        is asked for is written behind the colon then.
        """
        behind = label.right + 1
        is_taken = any(cell.column == behind for cell in self.row(label.row))
        has_room = behind <= self.right and not is_taken
        return behind if has_room or not label.solid.endswith(":") else label.column
