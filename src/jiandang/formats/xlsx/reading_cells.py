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

from jiandang.formats.container import Container
from jiandang.formats.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, damaged, too_large
from jiandang.formats.matrix import Numbers, distinct_places
from jiandang.formats.xlsx.byte_words import (
    Flags,
    Places,
    Words,
    begins,
    decimal_numbers,
    first_bytes,
    length_before,
    texts_of,
    whole_numbers,
    words_of,
)
from jiandang.formats.xlsx.reading_sheet import HIDDEN, NUMBER, SheetXml
from jiandang.register.address import cell_address, column_number

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

# Rows, columns and codes.
_Found = tuple[Numbers, Numbers, Numbers]


class _Unsure(Exception):
    """The array operations cannot be sure of this piece."""


@dataclass
class PlainNumbers:
    """Distinct numbers, as they are written, in distinct styles."""

    words: Words
    styles: Numbers
    values: NDArray[np.float64]

    def contents(self, chosen: Flags) -> list[bytes]:
        """The bytes of the cells with the chosen numbers, as in `SheetCells.contents`."""
        pairs = zip(self.styles[chosen].tolist(), texts_of(self.words[chosen]), strict=True)
        return [b' s="%d"><v>%s</v>' % pair for pair in pairs]


@dataclass
class SheetCells:
    """The cells with any content. `rows` and `columns` are counted from 0.

    `codes` tells what each holds: i for the ith shared string, -1 - i for the ith of `contents`,
    and of `numbers` after these. Contents are the bytes of a cell from behind its address to its
    end, like ` t="b"><v>1</v>`.
    """

    rows: Numbers
    columns: Numbers
    codes: Numbers
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
        self._numbers = [(np.zeros(0, np.uint64), np.zeros(0, np.int32))]
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
        known, code_of = self._distinct_numbers()
        codes[codes == _NUMBER] = code_of
        cells = SheetCells(rows, columns, codes, [*self._contents], known, self._hidden_rows)
        outside = (cells.rows < 0) | (cells.rows >= MAX_ROWS) | (cells.columns >= MAX_COLUMNS)
        for place in np.flatnonzero(outside)[:1].tolist():
            corner = cell_address(int(cells.rows[place]), int(cells.columns[place]))
            raise damaged(f"有单元格的地址 {corner} 超出工作表的范围")
        return cells

    def _distinct_numbers(self) -> tuple[PlainNumbers, Numbers]:
        """The distinct ones of the numbers that were found, and the code of each that was."""
        words, styles = map(np.concatenate, zip(*self._numbers, strict=True))
        known, places = distinct_places(words)
        # A number and its style as one; some programs give every cell a style of its own.
        distinct, places = distinct_places(places << 32 | styles)
        words, styles = known[distinct >> 32], (distinct & 0xFFFF_FFFF).astype(np.int32)
        values, plain = decimal_numbers(words, length_before(words, b"\0"))
        found = PlainNumbers(words, styles, values)
        codes = np.zeros(len(words), np.int32)
        # What numbers written otherwise are, calamine is asked.
        codes[~plain] = [*map(self._code_of, found.contents(~plain))]
        codes[plain] = -1 - len(self._contents) - np.arange(np.count_nonzero(plain))
        plain_ones = PlainNumbers(words[plain], styles[plain], values[plain])
        return plain_ones, codes[places]

    def _code_of(self, content: bytes) -> int:
        return self._contents.setdefault(content, -1 - len(self._contents))

    # -- by array operations ---------------------------------------------------------------

    def _read_fast(self, piece: bytes) -> _Found:
        """Rows, columns and codes of the cells with content, as Excel and its kin write them.

        Each cell begins `<c r="A1"` and may end its tag with ` s="3"` and ` t="s"`.
        """
        places, words = _cell_tags(piece), words_of(piece)
        if not begins(words[places], b'<c r="').all():
            raise _Unsure
        columns, letters = _column_numbers(words[places + 6])
        number = places + 6 + letters
        rows, digits = _quoted_numbers(words[number])
        if not digits.all():
            raise _Unsure
        row = self._last_row(piece)
        codes = self._codes(piece, words, places, number + digits)
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

    def _codes(self, piece: bytes, words: Words, places: Places, address_end: Places) -> Numbers:
        """The code of each cell, whose address ends with the quotation mark at `address_end`."""
        tag, styles = _styles(words, address_end)
        rest = words[tag]
        is_shared = begins(rest, b'" t="s">')
        is_typed = is_shared | begins(rest, b'" t="n">')
        begin = tag + np.where(is_typed, 8, 2)
        limits = np.append(places, len(piece))[1:]
        for place in np.flatnonzero(begins(rest, b'"><f')).tolist():
            begin[place] = max(piece.find(b"<v>", begin[place], limits[place]), 0)
        value = words[begin + 3]
        length = length_before(value, b"<")
        is_value = begins(words[begin], b"<v>") & (length > 0)
        is_value &= begins(words[begin + 3 + length.astype(np.int64)], b"</v></c>")
        numbers, is_whole = whole_numbers(value, length)
        codes = np.full(len(places), _OTHER, np.int32)
        chosen = is_value & is_shared & is_whole
        codes[chosen] = numbers[chosen]
        chosen = is_value & ~is_shared & (is_typed | begins(rest, b'">'))
        codes[chosen] = _NUMBER
        found = first_bytes(value, length)[chosen], styles[chosen]
        for empty in (b'"/>', b'" />', b'"></c>'):
            codes[begins(rest, empty)] = _EMPTY
        others = np.flatnonzero(codes == _OTHER)
        spans = zip(
            others.tolist(),
            (address_end[others] + 1).tolist(),
            limits[others].tolist(),
            strict=True,
        )
        for place, at, limit in spans:
            if (closing := piece.find(b"</c>", at, limit)) >= 0:
                codes[place] = self._code_of(piece[at:closing])
            elif piece[at : piece.find(b"<", at)].rstrip().endswith(b"/>"):
                codes[place] = _EMPTY
            else:
                raise _Unsure
        self._numbers.append(found)
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
        rows, columns, codes = np.array(found, np.int32).reshape(-1, 3).T
        return rows, columns, codes


# A cell without content, one whose code is still to be found, and a number.
_EMPTY, _OTHER, _NUMBER = -(1 << 31), (1 << 31) - 1, (1 << 31) - 2


def _cell_tags(piece: bytes) -> Places:
    """Where the tags of cells begin."""
    # Nearly no sheet has the second byte of these.
    if b"!" in piece and b"<!" in piece:
        raise _Unsure
    data = np.frombuffer(piece, np.uint8)
    third = data[2:]
    is_c = data[1:-1] == ord("c")
    is_c &= data[:-2] == ord("<")
    is_cell = third == ord(" ")
    is_cell &= is_c
    places = np.flatnonzero(is_cell)
    if np.count_nonzero(is_c) > len(places) and (third[is_c & ~is_cell] < ord("a")).any():
        raise _Unsure  # other blanks, or a cell without attributes
    return places


def _column_numbers(words: Words) -> tuple[Numbers, Places]:
    """The numbers of the columns with whose one to three letters the words begin; how many."""
    letters = [(words >> 8 * place & 0xFF).astype(np.int32) - ord("A") for place in range(3)]
    is_letter = [(letter >= 0) & (letter < 26) for letter in letters]
    if not is_letter[0].all():
        raise _Unsure
    two = is_letter[1]
    three = two & is_letter[2]
    numbers = letters[0] + 1
    numbers = np.where(two, numbers * 26 + letters[1] + 1, numbers)
    numbers = np.where(three, numbers * 26 + letters[2] + 1, numbers)
    return numbers, np.int64(1) + two + three


def _quoted_numbers(words: Words) -> tuple[Numbers, Places]:
    """The numbers of one to seven digits before a quotation mark; how many, 0 for all else."""
    length = length_before(words, b'"')
    numbers, plain = whole_numbers(words, length)
    plain &= length < 8
    return numbers.astype(np.int32), np.where(plain, length.astype(np.int64), 0)


def _styles(words: Words, quote: Places) -> tuple[Places, Numbers]:
    """For tags that go on at `quote` as `" s="3"`: the mark at the end of this, and the style."""
    styles, ends = np.zeros(len(quote), np.int32), quote.copy()
    styled = np.flatnonzero(begins(words[quote], b'" s="'))
    number = quote[styled] + 5
    styles[styled], digits = _quoted_numbers(words[number])
    ends[styled] = np.where(digits > 0, number + digits, quote[styled])
    return ends, styles


def _escaped(cdata: re.Match[bytes]) -> bytes:
    return escape(cdata[1].decode("utf-8", "replace"), quote=False).encode()


def _check_address(found: re.Match[bytes] | None, tag: bytes) -> None:
    if found is None and _HAS_ADDRESS.search(tag):
        raise damaged("有单元格的地址无法识别")
