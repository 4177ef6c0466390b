"""The cells of an .xlsx sheet: where each stands, and which of them are distinct.

calamine would make an object of every cell, and allocate a block from the first to the last, so
that one stray cell at XFD1048576 aborts the whole process. Here a row is parted at its own number,
which stands in its tag and in the address of each cell:

    <row r="17" spans="1:3"><c r="A17" t="s"><v>8</v></c><c r="B17"><v>5</v></c></row>
            ^^^                   ^^^                           ^^^

What is between two numbers is what one cell holds, and the column of the next. Such parts repeat
themselves, so that only the distinct ones are looked at, each of them once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.formats.ahead import ahead
from jiandang.formats.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, damaged, too_large
from jiandang.formats.matrix import Numbers
from jiandang.formats.numbering import Numbering
from jiandang.formats.outline import PeculiarXml
from jiandang.patterns import regex
from jiandang.register.address import cell_address, column_number

# What may be between two numbers. Whatever is written otherwise is first put into this notation,
# by `canonical`.
_ATTRIBUTES = r'(?:\s+(?:s|t|cm|vm|ph)="[^"<]*")*\s*'
_TAIL = r'\s*(?:<c r="([A-Z]{1,3})|</row>\s*)'
_CELL_TAIL = regex(_TAIL)
_EMPTY_CELL = regex(f"{_ATTRIBUTES}/>{_TAIL}")
_ROW_TAG = regex(rf'((?:\s+[\w:.-]+="[^"<]*")*)\s*(?:>{_TAIL}|/>\s*)')
_HIDDEN = regex(r'\shidden="(?:1|true)"')
# No cell holds these: another cell or row, comments, CDATA, instructions, prefixes, entities that
# XML does not know.
_ALIEN = r"<(?:/?(?:c|row)[\s/>]|[!?]|/?\w+:)|&(?:[^alqg#]|a[^mp]|l[^t]|q[^u]|g[^t])"
# Nearly all cells of text, without a style and with one.
_PLAIN_START, _PLAIN_END = ' t="s"><v>', "</v>"
_SHARED = r'^ (?:s="[0-9]+" )?t="s"(?: s="[0-9]+")?><v>([0-9]+)</v>$'
_UNIQUE = "\0"  # no XML has it
# So many parts are looked at together, and each distinct one of them once. To number those of more
# takes longer than to look at some again.
_PARTS_AT_ONCE = 100_000
# The number of a row is that of a style in few rows. Where more look strange, so is the notation.
_MOST_RENUMBERED = 5_000
# Pieces that are parted while another is looked at.
_PIECES_AHEAD = 2
# Kinds of parts: what stands before a row's number, cells without and with content, and what is
# left of the tag of a row.
_STRANGE, _START, _EMPTY, _FILLED, _SHOWN_ROW, _HIDDEN_ROW = range(6)


@dataclass
class SheetCells:
    """The cells with any content. `rows` and `columns` are counted from 0.

    `codes` are places in `held`, where some things stand several times: the numbers of shared
    strings, or, negative (~place), of what stands in `contents`. These are all of a cell from
    behind its address to its end, like ` t="b"><v>1</v>`.
    """

    rows: Numbers
    columns: Numbers
    codes: Numbers
    held: NDArray[np.int64]
    contents: pl.Series
    hidden_rows: frozenset[int]

    def extent(self) -> tuple[int, int]:
        """How many rows and columns they reach over, from A1 on."""
        if not len(self.rows):
            return 0, 0
        return int(self.rows.max()) + 1, int(self.columns.max()) + 1

    def crop(self, rows: int, columns: int) -> list[tuple[int, int]]:
        """Leave out the cells beyond so many rows and columns; gives their places."""
        inside = (self.rows < rows) & (self.columns < columns)
        places = np.stack([self.rows[~inside], self.columns[~inside]], axis=1).tolist()
        self.rows, self.columns = self.rows[inside], self.columns[inside]
        self.codes = self.codes[inside]
        return [(row, column) for row, column in places]


def cells_of(pieces: Iterator[bytes]) -> SheetCells:
    """The cells of a sheet, given in pieces of whole rows.

    Raises PeculiarXml for any other notation, `Unreadable` for places that no sheet has and for
    more cells than can be held.
    """
    reader = _Reader()
    for parted in ahead(map(_parted, pieces), _PIECES_AHEAD):
        reader.read(parted)
    return reader.cells()


class _Parted(NamedTuple):
    """Some rows: their numbers, how many parts each has, and these."""

    numbers: Numbers
    lengths: Numbers
    parts: pl.Series


def _parted(piece: bytes) -> _Parted:
    """The rows of a piece, each parted at its own number."""
    try:
        rows = pl.Series([piece]).cast(pl.String).str.split('<row r="').explode()
    except pl.exceptions.PolarsError as error:
        raise PeculiarXml("工作表的编码不是 UTF-8") from error
    before, rows = rows[0], rows[1:]
    numbers = rows.str.extract(r'^([1-9][0-9]{0,6})"')
    if before.strip() or numbers.null_count():
        raise PeculiarXml("工作表的行的写法少见")
    parted = pl.select(rows.str.split(numbers + '"')).to_series()
    lengths = parted.list.len().to_numpy().astype(np.int32)
    return _Parted(numbers.cast(pl.Int32).to_numpy(), lengths, parted.explode())


class _Rows(NamedTuple):
    """Some rows: their numbers, how many parts each has, and the numbers of these."""

    numbers: Numbers
    lengths: Numbers
    parts: Numbers

    def of_parts(self) -> NDArray[np.int64]:
        """The row of each part."""
        return np.repeat(np.arange(len(self.numbers)), self.lengths)


class _Reader:
    """Finds the cells in the parts of rows."""

    def __init__(self) -> None:
        self._tails = Numbering()
        self._columns = np.zeros(0, np.int32)  # to which the distinct tails lead
        self._held = [np.zeros(0, np.int64)]
        self._contents = [pl.Series(dtype=pl.String)]
        self._found = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int32))]
        self._hidden: list[int] = []
        self._count = 0
        self._begin()

    def _begin(self) -> None:
        """Begin with parts that are looked at together."""
        self._parts = Numbering()
        self._rows: list[_Rows] = []
        self._waiting = 0  # parts of these
        # Of each distinct part: its kind, the place of what its cell holds, and the column of the
        # cell behind it, 0 if the row ends.
        self._kinds = np.zeros(0, np.int8)
        self._held_by, self._next = np.zeros(0, np.int32), np.zeros(0, np.int32)

    def read(self, rows: _Parted) -> None:
        """Number the parts of some rows."""
        parts = self._parts.number(rows.parts)
        self._rows.append(_Rows(rows.numbers, rows.lengths, parts))
        self._waiting += len(parts)
        if self._waiting > _PARTS_AT_ONCE:
            self.look()

    def look(self) -> None:
        """Look at each of the distinct parts, and find the cells among all."""
        self._learn(self._parts.texts())
        for rows in self._rows:
            self._add(self._renumbered(rows))
        self._begin()

    def _learn(self, parts: pl.Series) -> None:
        halves = parts.str.splitn("</c>", 2).struct
        is_cell = halves.field("field_1").is_not_null().to_numpy()
        contents, tails = (halves.field(half).filter(is_cell) for half in halves.fields)
        kinds, columns = np.zeros(len(parts), np.int8), np.zeros(len(parts), np.int32)
        held_by = np.zeros(len(parts), np.int32)
        columns[is_cell] = self._columns_behind(tails)
        numbers = _shared_numbers(contents)
        is_other = numbers.is_null().to_numpy()
        own = np.full(len(contents), _FILLED, np.int8)
        own[is_other] = _content_kinds(contents.filter(is_other))
        own[columns[is_cell] < 0] = _STRANGE
        kinds[is_cell] = own
        is_filled = own == _FILLED
        others = contents.filter(is_other & is_filled)
        held = numbers.fill_null(0).to_numpy()[is_filled]
        held[is_other[is_filled]] = ~(np.arange(len(others)) + sum(map(len, self._contents)))
        held_by[kinds == _FILLED] = np.arange(len(held)) + sum(map(len, self._held))
        places = np.flatnonzero(~is_cell).tolist()
        for place, part in zip(places, parts.filter(~is_cell), strict=True):
            kinds[place], columns[place] = _kind_and_column(part)
        self._kinds = np.append(self._kinds, kinds)
        self._next = np.append(self._next, columns)
        self._held_by = np.append(self._held_by, held_by)
        self._held.append(held)
        self._contents.append(others)

    def _columns_behind(self, tails: pl.Series) -> Numbers:
        """The columns of the cells that begin in these tails."""
        numbers = self._tails.number(tails)
        new = map(_tail_column, self._tails.texts(len(self._columns)))
        self._columns = np.append(self._columns, [*new]).astype(np.int32)
        return self._columns[numbers]

    def _renumbered(self, rows: _Rows) -> _Rows:
        """The rows, parted anew where the number of a row is that of a style as well."""
        of_parts = rows.of_parts()
        strange = np.unique(of_parts[self._kinds[rows.parts] == _STRANGE])
        if not len(strange):
            return rows
        if len(strange) > _MOST_RENUMBERED:
            raise PeculiarXml("工作表的单元格的写法少见")
        texts, ends = self._parts.texts(), np.cumsum(rows.lengths)
        parted = []
        for row in strange.tolist():
            number = f'{rows.numbers[row]}"'
            parts = rows.parts[ends[row] - rows.lengths[row] : ends[row]]
            cells = number.join(texts.gather(parts)).split('<c r="')
            marked = '<c r="'.join(cell.replace(number, _UNIQUE, 1) for cell in cells)
            parted.append(marked.split(_UNIQUE))
        parts_anew = self._parts.number(pl.Series([part for row in parted for part in row]))
        self._learn(self._parts.texts(len(self._kinds)))
        others = np.delete(np.arange(len(rows.numbers)), strange)
        return _Rows(
            np.append(rows.numbers[others], rows.numbers[strange]),
            np.append(rows.lengths[others], np.array([*map(len, parted)], np.int32)),
            np.append(rows.parts[~np.isin(of_parts, strange)], parts_anew),
        )

    def _add(self, rows: _Rows) -> None:
        """Note the cells and the hidden rows among the parts of these rows."""
        kinds, columns = self._kinds[rows.parts], self._next[rows.parts]
        is_start = kinds == _START
        is_row = np.append(False, is_start[:-1])
        is_last = np.append(is_start[1:], True)
        as_expected = (kinds != _STRANGE) & ((kinds >= _SHOWN_ROW) == is_row)
        if not (as_expected & ((columns > 0) != (is_start | is_last))).all():
            raise PeculiarXml("工作表的单元格的写法少见")
        filled = np.flatnonzero(kinds == _FILLED)
        numbers = rows.numbers[rows.of_parts()] - 1
        held = self._held_by[rows.parts[filled]]
        self._found.append((numbers[filled], columns[filled - 1] - 1, held))
        self._hidden += numbers[kinds == _HIDDEN_ROW].tolist()
        self._count += len(filled)
        if self._count > MAX_CELLS:
            raise too_large(f"工作表有内容的单元格超过可检查的 {MAX_CELLS // 10_000} 万格")

    def cells(self) -> SheetCells:
        """All that was found. Raises `Unreadable` for an address that no sheet has."""
        self.look()
        rows, columns, codes = map(np.concatenate, zip(*self._found, strict=True))
        outside = (rows >= MAX_ROWS) | (columns >= MAX_COLUMNS)
        for place in np.flatnonzero(outside)[:1].tolist():
            corner = cell_address(int(rows[place]), int(columns[place]))
            raise damaged(f"有单元格的地址 {corner} 超出工作表的范围")
        held = np.concatenate(self._held)
        # Rows that were parted anew have left some that no cell holds.
        is_used = np.bincount(codes, minlength=len(held)) > 0
        codes = (np.cumsum(is_used, dtype=np.int32) - 1)[codes]
        held = held[is_used]
        others = np.flatnonzero(held < 0)
        contents = pl.concat(self._contents).gather(~held[others])
        held[others] = ~np.arange(len(others))
        return SheetCells(rows, columns, codes, held, contents, frozenset(self._hidden))


def _shared_numbers(contents: pl.Series) -> pl.Series:
    """The number of the shared string in each cell, null where something else is in it."""
    is_plain = contents.str.starts_with(_PLAIN_START) & contents.str.ends_with(_PLAIN_END)
    inner = contents.str.strip_prefix(_PLAIN_START).str.strip_suffix(_PLAIN_END)
    numbers = inner.cast(pl.Int64, strict=False)
    is_plain &= (numbers >= 0).fill_null(False)
    others = (~is_plain).arg_true()
    styled = contents.gather(others).str.extract(_SHARED).cast(pl.Int64, strict=False)
    return numbers.scatter(others, styled)


def _content_kinds(contents: pl.Series) -> NDArray[np.int8]:
    content = pl.col(contents.name)
    is_strange = ~content.str.contains(f"^{_ATTRIBUTES}>") | content.str.contains(_ALIEN)
    kinds = (
        pl.when(is_strange)
        .then(_STRANGE)
        .when(content.str.contains(r"^[^<]*>\s*$"))
        .then(_EMPTY)
        .otherwise(_FILLED)
    )
    return contents.to_frame().select(kinds.cast(pl.Int8)).to_series().to_numpy()


def _tail_column(tail: str) -> int:
    """The column of the cell behind another, 0 if there is none, -1 if something else is there."""
    match = _CELL_TAIL.fullmatch(tail)
    return _column(match[1]) if match else -1


def _kind_and_column(part: str) -> tuple[int, int]:
    """The kind of a part that is no cell with an end tag, and the column of the cell behind it."""
    if not part:
        return _START, 0
    if match := _EMPTY_CELL.fullmatch(part):
        return _EMPTY, _column(match[1])
    if match := _ROW_TAG.fullmatch(part):
        return _HIDDEN_ROW if _HIDDEN.search(match[1]) else _SHOWN_ROW, _column(match[2])
    return _STRANGE, 0


def _column(letters: str | None) -> int:
    return column_number(letters) if letters else 0
