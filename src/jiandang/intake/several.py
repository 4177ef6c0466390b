"""Rows of members that are of several persons: a line of each of their cells is one's.

张三 above 李四 in the cell of names, two numbers and two relations in theirs. Each person is read
as a row of his own, at the same cells. What does not say so many things is nobody's in particular:
it is left out, and said once a row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jiandang.formats.grid import Grid
from jiandang.intake.columns import Fault, Remark
from jiandang.intake.noticed import of_faults, of_remark
from jiandang.intake.row_texts import PERSONS_NAME, PERSONS_NUMBER
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.shift import SheetColumn
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.notice import Notice
from jiandang.register.register import Observation
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS

_PARTED = regex(r"[㐀-鿿]\s*[\s、,，;；/]\s*[㐀-鿿]{2}")
_WHO = regex(r"[(（][^()（）]{1,6}[)）]")
# The labels of what a household's persons are listed under.
OF_FAMILY = regex("成员|家人|家属|家庭人[口员]|人口情况|人员情况|子女")
SEVERAL_IN_CELL = "一格里写着几个人，没有读入，请改成一人一行"
_NAMED_NUMBER = regex(rf"[㐀-鿿·]{{2,}}[^0-9]{{0,12}}{PERSONS_NUMBER.pattern}")
_MOST = 20  # persons of a household
_LISTED = regex(r"\s*[、,，;；/]\s*")


def parts_of(cell: Raw) -> list[str]:
    """The lines of a cell, or the words of a list in it; those left blank in the midst too."""
    text = as_text(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\n" in text:
        return [part.strip() for part in text.split("\n")]
    return _LISTED.split(text) if _LISTED.search(text) else text.split() or [""]


@dataclass
class Several:
    """Such rows: how many persons each has, and by row and column what each of them says.

    `unread` are the cells that do not say as much as the name's, `names` is the column of names,
    `whole` is what stands in it.
    """

    names: int = -1
    persons: dict[int, int] = field(default_factory=dict)
    parts: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    unread: dict[tuple[int, int], str] = field(default_factory=dict)
    whole: dict[int, str] = field(default_factory=dict)

    def put(self, grid: Grid, person: int) -> None:
        """Let the cells of `grid` say what the persons of this number in their rows do."""
        cells = grid.cells
        for (row, column), parts in self.parts.items():
            if person < len(parts):
                cells.values.append(parts[person])
                cells.codes[row, column] = len(cells.values) - 1 if parts[person] else 0
        for row, column in self.unread:
            cells.codes[row, column] = 0

    def others(self, segment: Segment) -> Iterator[tuple[int, Segment, Segment]]:
        """The second persons, the third …: their number, their rows, and what is told of all."""
        own = {column for _, column in (*self.parts, *self.unread)}
        shared = {m: c for m, c in segment.heading.columns.items() if c not in own}
        told = replace(segment, heading=replace(segment.heading, columns=shared))
        data = segment.rows[Kind.DATA]
        for person in range(1, max(self.persons.values(), default=0)):
            rows = [row for row, count in self.persons.items() if count > person]
            rest = sorted({*segment.rows[Kind.BLANK], *data} - {*rows})
            of_person = segment.rows | {Kind.DATA: rows, Kind.BLANK: rest}
            yield person, replace(segment, rows=of_person), told

    def bad(self, rows: Sequence[int], columns: Sequence[SheetColumn]) -> Iterator[tuple[int, str]]:
        """The places and names of cells of data rows that are nobody's in particular."""
        places = {row: i for i, row in enumerate(rows)} if self.unread else {}
        named = {column.position: column.name for column in columns}
        for row, column in self.unread:
            if row in places and column in named:
                yield places[row], named[column]

    def said(
        self, rows: Sequence[int], refs: Sequence[int], columns: Sequence[SheetColumn]
    ) -> Iterator[Observation]:
        """That the rows are of several persons each; and the first cell of each that is unread."""
        if not self.persons:
            return
        places = {row: i for i, row in enumerate(rows) if row in self.persons}
        of_names = next(column for column in columns if column.position == self.names)
        whole = {places[row]: text for row, text in self.whole.items()}
        first = min(whole)
        count = self.persons[rows[first]]
        fault = Fault(Notice.LENIENT, whole[first], known=f"{count}个人，其余各格按次序各取一份")
        yield of_remark(Remark(fault, sorted(whole)), refs, of_names)
        first_of: dict[int, int] = {}
        for row, position in sorted(self.unread):
            first_of.setdefault(row, position)
        for column in columns:
            faults = {
                places[row]: Fault(
                    Notice.WRONG_TYPE,
                    self.unread[row, position],
                    f"{self.persons[row]}个人的内容（姓名写了{self.persons[row]}人），请一人一行",
                )
                for row, position in first_of.items()
                if position == column.position
            }
            yield from of_faults(faults, refs, column)


def several_in(grid: Grid, segment: Segment) -> Several:
    """The rows of a table of members that are of several persons each."""
    found = Several()
    if segment.heading.table != "member" or segment.persons:
        return found
    own = {
        COLUMNS["member"][meaning.column]: column
        for meaning, column in segment.heading.columns.items()
        if meaning.table == "member" and meaning.column not in PLACE_COLUMNS
    }
    own = {of: column for of, column in own.items() if of.cell.name != "文本"}
    found.names = next((c for of, c in own.items() if of.id == "name"), -1)
    if found.names < 0:
        return found
    rows = np.array(segment.rows[Kind.DATA], np.int64)
    for i in np.flatnonzero(grid.cells.column(found.names, rows).are(_names_several, slice(None))):
        row = int(rows[i])
        cells = grid.cells[row]
        others = {of: cells[c] for of, c in own.items() if c != found.names and cells[c] != ""}
        names = parts_of(cells[found.names])
        if not _are_told_apart(len(names), others):
            continue
        found.persons[row], found.whole[row] = len(names), "、".join(names)
        found.parts[row, found.names] = names
        for of, raw in others.items():
            if len(parts := parts_of(raw)) == len(names):
                found.parts[row, own[of]] = parts
            else:
                found.unread[row, own[of]] = as_text(raw)
    return found


def lists_persons(grid: Grid, segment: Segment, column: int) -> bool:
    """Whether some cell of a column names several persons, with who each is: 李四(妻) 王五(子)."""
    bare = (_WHO.sub(" ", text) for text in _texts(grid, segment, column))
    return any(map(_names_several, bare))


def lists_numbers(grid: Grid, segment: Segment, column: int) -> bool:
    """Whether some cell of a column names a person with his number: 李四 320324…, 王五：320324…."""
    return any(map(names_number, _texts(grid, segment, column)))


def names_number(text: str) -> bool:
    """Whether a text names somebody with a number: 张三，男，320324…"""
    return _NAMED_NUMBER.search(text) is not None


def _texts(grid: Grid, segment: Segment, column: int) -> Iterator[str]:
    cells, _ = grid.cells.column(column, np.array(segment.rows[Kind.DATA], np.int64)).distinct()
    return (cell for cell in cells if isinstance(cell, str))


def _names_several(cell: Raw) -> bool:
    if not isinstance(cell, str) or _PARTED.search(cell) is None:
        return False
    names = parts_of(cell)
    return 1 < len(names) <= _MOST and all(PERSONS_NAME.fullmatch(name) for name in names)


def _are_told_apart(count: int, others: dict[Column, Raw]) -> bool:
    """Whether as many numbers stand beside the names, or as many words of another column's list.

    Beside one number the name is one person's, however it is broken.
    """
    texts = {of.id: [part for part in parts_of(raw) if part] for of, raw in others.items()}
    numbers = [part for part in texts.get("id_number", []) if PERSONS_NUMBER.search(part)]
    if len(numbers) == 1:
        return False
    if len(numbers) == count:
        return True
    read = Counter(
        of.id
        for of, raw in others.items()
        for part in parts_of(raw)
        if len(texts[of.id]) == count and of.cell.holds(part)
    )
    return count in read.values()
