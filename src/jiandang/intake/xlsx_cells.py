"""The cells of an .xlsx sheet: where each stands, and which of them are distinct.

calamine would make an object of every cell, and allocate a block from the first to the last, so
that one stray cell at XFD1048576 aborts the whole process. Here the cells are told apart by their
bytes alone, with array operations over whole pieces of the sheet; what the distinct ones mean is
asked in `xlsx`.
"""

import re
from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray

from jiandang.intake.container import Container
from jiandang.intake.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, damaged, too_large
from jiandang.intake.matrix import Numbers
from jiandang.intake.sheet_xml import HIDDEN, NUMBER, SheetXml
from jiandang.register.address import cell_address, column_number

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([1-9][0-9]{0,6})["']""")
_HAS_ADDRESS = re.compile(rb"(?:^|\s)r\s*=")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ROW_OR_CELL = re.compile(
    rb"<row(?=[\s/>])([^<>]*)>|<c(?=[\s/>])([^<>]*+)>(?:(?<=/>)|(.*?)</c>)", re.DOTALL
)
_CELL_TAG = re.compile(rb"<c(?=[\s/>])")
_OPEN_CELL = re.compile(rb"<c(?=[\s>])[^<>]*(?<!/)>")
_ROW = re.compile(rb"<row(?=[\s/>])([^<>]*)>")
# What goes on to an end of its own: were it missing, each would be searched for to the last byte.
_ENDS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))
_SHARED = re.compile(rb"""(?:\s+s="[0-9]+")?\s+t="s"\s*><v>([0-9]{1,9})</v>""")
_MOST_DIGITS = 9

# Rows, columns and codes.
_Found = tuple[Numbers, Numbers, Places]


class _Unsure(Exception):
    """The array operations cannot be sure of this piece."""


@dataclass
class PlainNumbers:
    """Distinct numbers of few digits: `digits`, the last `decimals` of them behind the point."""

    digits: Places
    decimals: Places
    styles: Places

    def values(self) -> NDArray[np.float64]:
        return self.digits / 10.0**self.decimals

    def contents(self, chosen: Flags) -> list[bytes]:
        """The bytes of the cells with the chosen numbers, as in `SheetCells.contents`."""
        pairs = zip(self.styles[chosen].tolist(), self.values()[chosen].tolist(), strict=True)
        return [b' s="%d"><v>%r</v>' % pair for pair in pairs]


@dataclass
class SheetCells:
    """The cells with any content. `rows` and `columns` are counted from 0.

    `codes` tells what each holds: i for the ith shared string, -1 - i for the ith of `contents`,
    and of `numbers` after these. Contents are the bytes of a cell from behind its address to its
    end, like ` t="b"><v>1</v>`.
    """

    rows: Numbers
    columns: Numbers
    codes: Places
    contents: list[bytes]
    numbers: PlainNumbers
    hidden_rows: set[int]
    hidden_columns: set[int] = field(default_factory=set)
    merged: bytes = b""

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


def sheet_cells(container: Container, part: str) -> SheetCells:
    """The cells of a sheet. Raises `Unreadable` for damage, and for more cells than can be held."""
    xml = SheetXml(container.chunks(part))
    reader = _Reader()
    for piece in xml.pieces:
        reader.read(piece)
    cells = reader.cells()
    cells.hidden_columns.update(xml.hidden_columns())
    cells.merged = xml.merged
    return cells


class _Reader:
    """Reads the pieces of a sheet one after another."""

    def __init__(self) -> None:
        self._found: list[_Found] = []
        self._count = 0
        self._contents: dict[bytes, int] = {}
        self._hidden_rows: set[int] = set()
        self._row = -1

    def read(self, piece: bytes) -> None:
        try:
            found = self._read_fast(piece)
        except _Unsure:
            found = self._read_slow(piece)
        self._found.append(found)
        self._count += len(found[0])
        if self._count > MAX_CELLS:
            raise too_large(f"工作表有内容的单元格超过可检查的 {MAX_CELLS // 10_000} 万格")

    def cells(self) -> SheetCells:
        """All that was found. Raises `Unreadable` for an address that no sheet has."""
        rows, columns, codes = map(np.concatenate, zip(*self._found, strict=True))
        numbers = codes >= _NUMBERS
        distinct = np.sort(codes[numbers])
        distinct = distinct[np.diff(distinct, prepend=0) > 0]  # np.unique takes ten times as long
        places = np.searchsorted(distinct, codes[numbers])
        codes[numbers] = -1 - len(self._contents) - places
        known = PlainNumbers(distinct >> 20 & _DIGITS, distinct >> 16 & 0xF, distinct & 0xFFFF)
        cells = SheetCells(rows, columns, codes, [*self._contents], known, self._hidden_rows)
        outside = (cells.rows < 0) | (cells.rows >= MAX_ROWS) | (cells.columns >= MAX_COLUMNS)
        for place in np.flatnonzero(outside)[:1].tolist():
            corner = cell_address(int(cells.rows[place]), int(cells.columns[place]))
            raise damaged(f"有单元格的地址 {corner} 超出工作表的范围")
        return cells

    def _code_of(self, content: bytes) -> int:
        return self._contents.setdefault(content, -1 - len(self._contents))

    # -- by array operations ---------------------------------------------------------------

    def _read_fast(self, piece: bytes) -> _Found:
        """Rows, columns and codes of the cells with content, as Excel and its kin write them.

        Each cell begins `<c r="A1"` and may end its tag with ` s="3"` and ` t="s"`.
        """
        data = np.frombuffer(piece + bytes(16), np.uint8)  # so that one may look a little ahead
        tags = np.append(np.flatnonzero(data == ord("<")), len(piece))
        first, second = data[tags + 1], data[tags + 2]
        is_cell = (first == ord("c")) & (second == ord(" "))
        odd_tag = (first == ord("!")) | ((first == ord("c")) & ~is_cell & (second < ord("a")))
        if odd_tag.any():
            raise _Unsure
        row = self._last_row(piece)
        cell = np.flatnonzero(is_cell)
        start, end = tags[cell], tags[cell + 1] - 1
        _require(data, start + 3, b'r="')
        _require(data, end, b">")
        columns, at = _column_numbers(data, start + 6)
        rows, quote = _row_numbers(data, at)
        codes = self._codes(piece, data, tags, is_cell, quote, end)
        filled = codes != _EMPTY
        self._row = row
        return rows[filled] - 1, columns[filled] - 1, codes[filled]

    def _last_row(self, piece: bytes) -> int:
        """The last row of the piece, whose hidden rows are noted."""
        # A search for one byte is nearly free, and most sheets have no h in their tags.
        any_hidden = b"h" in piece and b"hidden=" in piece
        tags = _ROW.findall(piece, 0 if any_hidden else max(piece.rfind(b"<row"), 0))
        numbers = [NUMBER.search(attributes) for attributes in tags]
        if not all(numbers):
            raise _Unsure
        rows = [int(number[1]) - 1 for number in numbers if number]
        hidden = (row for row, tag in zip(rows, tags, strict=True) if HIDDEN.search(tag))
        self._hidden_rows.update(hidden)
        return rows[-1] if rows else self._row

    def _codes(
        self, piece: bytes, data: Bytes, tags: Places, is_cell: Flags, quote: Places, end: Places
    ) -> Places:
        """The code of each cell, whose tag goes on behind its address at `quote` up to `end`."""
        first, cell = data[tags + 1], np.flatnonzero(is_cell)
        codes = np.full(len(cell), _EMPTY, np.int64)
        codes[(data[end - 1] != ord("/")) & (first[cell + 1] != ord("/"))] = _OTHER
        value = np.flatnonzero((first == ord("v")) & (data[tags + 2] == ord(">")))
        owner = np.cumsum(is_cell)[value] - 1
        if (owner < 0).any() or (np.diff(owner) <= 0).any() or (codes[owner] != _OTHER).any():
            raise _Unsure
        begin, stop = tags[value] + 3, tags[value + 1]
        shared = _is_text(data, end[owner] - 6, b' t="s"')
        numbers, sure = _digits(data, begin[shared], stop[shared])
        codes[owner[shared][sure]] = numbers[sure]
        owner, begin, stop = owner[~shared], begin[~shared], stop[~shared]
        digits, decimals, simple = _decimals(data, begin, stop)
        styles, sure = _styles(data, quote[owner], end[owner])
        numbers = _NUMBERS | digits << 20 | decimals << 16 | styles
        codes[owner[simple & sure]] = numbers[simple & sure]
        others = np.flatnonzero(codes == _OTHER)
        following = np.append(tags[cell], len(piece))[others + 1]
        spans = zip(others.tolist(), (quote[others] + 1).tolist(), following.tolist(), strict=True)
        for place, at, limit in spans:
            if (closing := piece.find(b"</c>", at, limit)) < 0:
                raise _Unsure
            codes[place] = self._code_of(piece[at:closing])
        return codes

    # -- one by one ------------------------------------------------------------------------

    def _read_slow(self, piece: bytes) -> _Found:
        """The same for any notation: cells without addresses, other quotes, blanks, comments."""
        if b"<!" in piece:
            if any(piece.rfind(begin) > piece.rfind(end) for begin, end in _ENDS):
                raise damaged("工作表的内容不完整")
            piece = _CDATA.sub(_escaped, _COMMENT.sub(b"", piece))
        if _OPEN_CELL.search(piece, max(piece.rfind(b"</c>"), 0)):
            raise damaged("有单元格没有结束")
        found: list[tuple[int, int, int]] = []
        column, cells = -1, 0
        for match in _ROW_OR_CELL.finditer(piece):
            row_tag, cell_tag, content = match.groups()
            if row_tag is not None:
                number = NUMBER.search(row_tag)
                _check_address(number, row_tag)
                self._row, column = int(number[1]) - 1 if number else self._row + 1, -1
                if HIDDEN.search(row_tag):
                    self._hidden_rows.add(self._row)
                continue
            if address := _ADDRESS.search(cell_tag):
                self._row = int(address[2]) - 1
                column = column_number(address[1].decode().upper()) - 1
            else:
                _check_address(None, cell_tag)
                column += 1
            cells += 1
            if content:
                rest = _ADDRESS.sub(b"", cell_tag) + b">" + content
                shared = _SHARED.fullmatch(rest)
                code = int(shared[1]) if shared else self._code_of(rest)
                found.append((self._row, column, code))
        if cells < len(_CELL_TAG.findall(piece)):
            raise damaged("有单元格没有结束")
        rows, columns, codes = np.array(found, np.int64).reshape(-1, 3).T
        return rows.astype(np.int32), columns.astype(np.int32), codes


# A cell without content, and one whose code is still to be found.
_EMPTY, _OTHER = -(1 << 62), 1 << 62
# Numbers have a code of their own until all are known: digits, decimal places, style.
_NUMBERS, _DIGITS = 1 << 56, (1 << 36) - 1


def _require(data: Bytes, at: Places, text: bytes) -> None:
    if not _is_text(data, at, text).all():
        raise _Unsure


def _is_text(data: Bytes, at: Places, text: bytes) -> Flags:
    """Whether the text stands at each of the places."""
    same = np.ones(len(at), bool)
    for offset, byte in enumerate(text):
        same &= data[at + offset] == byte
    return same


def _column_numbers(data: Bytes, at: Places) -> tuple[Numbers, Places]:
    """The numbers of the columns whose letters begin at the places, and where they end."""
    numbers = np.zeros(len(at), np.int32)
    for letter in range(4):
        byte = data[at]
        is_letter = (byte >= ord("A")) & (byte <= ord("Z"))
        if not is_letter.any():
            break
        if letter == 3:
            raise _Unsure
        numbers = np.where(is_letter, numbers * 26 + byte - 64, numbers)
        at = at + is_letter
    return numbers, at


def _row_numbers(data: Bytes, at: Places) -> tuple[Numbers, Places]:
    """The numbers that begin at the places, and where their closing quotation marks stand."""
    numbers = np.zeros(len(at), np.int32)
    for _ in range(8):
        digit = data[at] - ord("0")
        is_digit = digit <= 9
        if not is_digit.any():
            break
        numbers = np.where(is_digit, numbers * 10 + digit, numbers)
        at = at + is_digit
    _require(data, at, b'"')
    return numbers, at


def _digits(data: Bytes, begin: Places, stop: Places) -> tuple[Places, Flags]:
    """The whole numbers between the places, and whether these are one to nine digits."""
    numbers = np.zeros(len(begin), np.int64)
    length = stop - begin
    plain = (length > 0) & (length <= _MOST_DIGITS)
    for place in range(min(_MOST_DIGITS, int(length.max(initial=0)))):
        digit = data[begin + place] - ord("0")
        inside = length > place
        plain &= ~inside | (digit <= 9)
        numbers = np.where(inside, numbers * 10 + digit, numbers)
    return numbers, plain


def _decimals(data: Bytes, begin: Places, stop: Places) -> tuple[Places, Places, Flags]:
    """The numbers between the places: digits, decimal places, and whether they are so simple.

    A simple number has one to nine characters: digits, and a point among them perhaps.
    """
    point = stop
    for place in range(1, _MOST_DIGITS):
        at = begin + place
        point = np.where((data[at] == ord(".")) & (at < point), at, point)
    whole, simple = _digits(data, begin, point)
    part, has_part = _digits(data, point + 1, stop)
    decimals = np.where(point < stop, stop - point - 1, 0)
    simple &= (stop - begin <= _MOST_DIGITS) & (has_part | (point == stop))
    return whole * 10**decimals + part, decimals, simple


def _styles(data: Bytes, quote: Places, end: Places) -> tuple[Places, Flags]:
    """The style of cells whose tag ends with ` s="3"` or at once, and whether it does."""
    length = end - quote - 1
    has_style = (length >= 6) & (length <= 9) & _is_text(data, quote + 1, b' s="')
    numbers, plain = _digits(data, quote + 5, end - 1)
    closed = data[end - 1] == ord('"')
    return np.where(has_style, numbers, 0), (length == 0) | (has_style & plain & closed)


def _escaped(cdata: re.Match[bytes]) -> bytes:
    return escape(cdata[1].decode("utf-8", "replace"), quote=False).encode()


def _check_address(found: re.Match[bytes] | None, tag: bytes) -> None:
    if found is None and _HAS_ADDRESS.search(tag):
        raise damaged("有单元格的地址无法识别")
