"""What must be known of an .xls before calamine sees it, and the file made safe for it.

calamine believes whatever the records and the tables of sectors say of sizes, and reserves the
memory. It also does not tell of errors in cells nor of hidden rows and columns.
"""

import io
import re
from collections.abc import Iterator
from struct import pack, unpack_from

import numpy as np

from jiandang.formats.grid import (
    MAX_CELLS,
    RESAVE,
    Grid,
    SheetFacts,
    Spans,
    Unreadable,
    damaged,
    too_large,
)
from jiandang.formats.spreadsheet import (
    CalamineSheets,
    refuse_shared,
    refuse_texts,
    translated,
)
from jiandang.patterns import regex
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue

# The error codes of the binary formats.
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# LABELSST, RK, NUMBER, FORMULA, LABEL, RSTRING, BOOLERR
_CELLS = frozenset({0xFD, 0x27E, 0x203, 0x06, 0x204, 0xD6, 0x205})
# Of all sheets together, which calamine holds at once.
_MOST_CELLS = 16_000_000
_CONTINUE = 0x3C
_LABELSST = 0xFD  # names a text


def xls_stream(data: bytes) -> tuple[bytearray, list[SheetFacts], str | None]:
    """The records of an .xls (BIFF5 or BIFF8) and the facts of its sheets, in their order.

    Third comes the encoding of its texts, where these must be decoded after reading.

    calamine believes whatever the records say of sizes, and reserves the memory: these are checked
    or taken out here. Cells far from the table are turned into records that it skips.
    """
    from olefile import OleFileIO  # type: ignore[import-untyped]

    # olefile refers to itself, and would hold the file where nothing collects cycles.
    with io.BytesIO(data) as file, OleFileIO(file) as ole:
        name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            raise Unreadable("not_a_workbook", f"文件里没有工作簿。{RESAVE}。")
        content = ole.openstream(name).read()
        if len(content) < ole.get_size(name):
            raise Unreadable(
                "truncated", f"文件不完整，可能没有拷贝完。请重新取得文件，或{RESAVE}。"
            )
        stream = bytearray(content + bytes(8))
        sheets: list[int] = []
        texts: list[int] = []
        formats: dict[int, str] = {}
        encoding: str | None = None
        stated = False
        version = unpack_from("<H", stream, 4)[0] if stream[:2] == b"\x09\x08" else 0
        continued = 0
        for at, kind, size in _records(stream, 0):
            # calamine moves all that follow for each of them: the square of their number.
            continued = continued + 1 if kind == _CONTINUE else 0
            if continued > _MOST_CONTINUED:
                raise damaged("一个记录被分成了过多的段")
            if kind == 0x2F:  # FILEPASS
                raise Unreadable("password", f"文件设有打开密码。{RESAVE}。")
            if kind == 0x42 and size >= 2:  # CODEPAGE
                stated = True
                encoding = _mend_code_page(stream, at, version)
            elif kind == 0x41E and size > 4:  # FORMAT
                number, text = _format_of(stream, at, size, version)
                formats[number] = text
            elif kind == 0xE0 and size >= 4:  # XF: the font, the number format
                (number,) = unpack_from("<H", stream, at + 2)
                if number in formats and _means_other(number, formats[number]):
                    stream[at + 2 : at + 4] = pack("<H", _GENERAL)
            elif kind == 0x85:  # BOUNDSHEET
                sheets += unpack_from("<I", stream, at)
            elif kind == 0xFC:  # SST
                texts = [*_lengths_of_texts(stream, at, size)]
        if version < _BIFF8 and not stated:
            encoding = _DOUBLE_BYTE[936]  # old programs state none, and use their system's
        refuse_shared(sheets)
        facts = [_sheet_facts(stream, start) for start in sheets]
        # calamine writes out all sheets at once, with a text in each cell that names it.
        if sum(each.cells for each in facts) > _MOST_CELLS:
            raise too_large("各工作表有内容的区域合计过大")
        refuse_texts(_most_characters(stream, texts))
        return stream, facts, encoding


_BIFF8 = 0x600
_UTF_16 = 1200
_MOST_CONTINUED = 30_000
_GENERAL = 0
# The formats of Chinese Excel that calamine takes for dates, whatever the file says of them.
_CHINESE_DATES = range(50, 59)
_DATE_WORDS = regex(r"[ymdh年月日时]", re.IGNORECASE)
_NOT_WORDS = regex(r'"[^"]*"|\\.|\[[^\]]*\]')


# The double-byte code pages of Excel 5 and 95, which calamine takes for UTF-16.
_DOUBLE_BYTE = {936: "gb18030", 950: "big5"}
# Each byte stands for one character of it, so that the bytes can be had back.
_SINGLE_BYTE = 1252


def _mend_code_page(stream: bytearray, at: int, version: int) -> str | None:
    """State the code page that lets calamine read the texts; gives what they are in beside it.

    In BIFF8 all texts are UTF-16, whatever an old writer states. In BIFF5 they are bytes.
    """
    (page,) = unpack_from("<H", stream, at)
    if version >= _BIFF8 and page != _UTF_16:
        stream[at : at + 2] = pack("<H", _UTF_16)
    elif version < _BIFF8 and page in _DOUBLE_BYTE:
        stream[at : at + 2] = pack("<H", _SINGLE_BYTE)
        return _DOUBLE_BYTE[page]
    return None


class _Decoded(Iterator[Grid]):
    """The grids of a BIFF5 workbook, whose texts calamine has read byte by byte."""

    def __init__(self, grids: Iterator[Grid], encoding: str) -> None:
        self._grids, self._encoding = grids, encoding

    def __next__(self) -> Grid:
        grid = next(self._grids)
        grid.name = self._text(grid.name)
        values = grid.cells.values
        # An ErrorValue stays.
        grid.cells.values = [self._text(v) if type(v) is str else v for v in values]
        return grid

    def _text(self, text: str) -> str:
        if text.isascii():
            return text
        data = text.translate(_BYTES).encode("latin-1", "replace")
        return data.decode(self._encoding, "replace")


# The characters of code page 1252 that are not at the place of their byte.
_BYTES = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _lengths_of_texts(stream: bytearray, at: int, size: int) -> Iterator[int]:
    """How many characters the texts of the SST have, which the records after it continue."""
    (count,) = unpack_from("<I", stream, at + 4)
    if count > len(stream):
        raise damaged("文字表的大小有误")
    end, at = at + size, at + 8
    for _ in range(count):
        if at >= end:  # the text begins in the next record
            if unpack_from("<H", stream, end)[0] != _CONTINUE:
                return  # some writers count more than there are
            at, end = _continued(stream, end)
        length, options = unpack_from("<HB", stream, at)
        yield length
        at += 3
        behind = 0
        if options & 8:  # formats, in runs
            behind += 4 * unpack_from("<H", stream, at)[0]
            at += 2
        if options & 4:  # how it is read aloud
            behind += unpack_from("<I", stream, at)[0]
            at += 4
        wide = options & 1
        at += length << wide
        while at > end:  # in the first byte of the record behind is how wide the rest is
            left = (at - end) >> wide
            start, end = _continued(stream, end)
            wide = stream[start] & 1
            at = start + 1 + (left << wide)
        at += behind
        while at > end:
            left = at - end
            start, end = _continued(stream, end)
            at = start + left


def _continued(stream: bytearray, end: int) -> tuple[int, int]:
    """Begin and end of what is in the record behind, which must continue that before."""
    kind, size = unpack_from("<HH", stream, end)
    if kind != _CONTINUE:
        raise damaged("文字表不完整")
    return end + 4, end + 4 + size


def _most_characters(stream: bytearray, lengths: list[int]) -> int:
    """How many characters the cells have at most that name a text of the SST.

    By all that looks like such a cell: to follow the records takes thirty times as long.
    """
    known = np.array([0, *lengths], np.int64)
    total = 0
    for start in (0, 1):
        words = np.frombuffer(stream, "<u2", (len(stream) - start) // 2, start)
        at = np.flatnonzero((words[:-6] == _LABELSST) & (words[1:-5] >= 10))
        places = words[at + 5].astype(np.int64) + (words[at + 6].astype(np.int64) << 16)
        total += int(known[np.where(places < len(lengths), places + 1, 0)].sum())
    return total


def _format_of(stream: bytearray, at: int, size: int, version: int) -> tuple[int, str]:
    """A number format's number and text."""
    number, length = unpack_from("<HH" if version >= _BIFF8 else "<HB", stream, at)
    if version < _BIFF8:
        return number, bytes(stream[at + 3 : at + size]).decode("latin-1")
    wide = size > 4 and stream[at + 4] & 1
    content = bytes(stream[at + 5 : at + size])[: length * (2 if wide else 1)]
    return number, content.decode("utf-16-le" if wide else "latin-1", "replace")


def _means_other(number: int, text: str) -> bool:
    """Whether a format that is one of dates by its number is said to be none."""
    return number in _CHINESE_DATES and not _DATE_WORDS.search(_NOT_WORDS.sub("", text))


def _records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """Position, kind and size of the records from `at` to the end of the substream."""
    depth = 0
    while True:
        kind, size = unpack_from("<HH", stream, at)
        yield at + 4, kind, size
        at += 4 + size
        depth += (kind == 0x809) - (kind == 0x0A)
        if kind == 0x0A and depth <= 0:
            return


def _sheet_facts(stream: bytearray, start: int) -> SheetFacts:
    facts = SheetFacts()
    hidden_columns = Spans()
    rows = columns = -1
    at, kind, depth = start, 0, 0
    while kind != 0x0A or depth > 0:
        # What stands first in a record of a cell is its row and its column.
        kind, size, row, column = unpack_from("<HHHH", stream, at)
        at += 4
        if kind in _CELLS:
            rows = row if row > rows else rows  # max() would take longer than all else here
            columns = column if column > columns else columns
            error = None
            if kind == 0x205 and stream[at + 7]:
                error = stream[at + 6]
            elif kind == 0x06 and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
                error = stream[at + 8]
            if error in ERRORS:
                facts.marks[row, column] = ErrorValue(ERRORS[error])
        elif kind == 0xBD:  # MULRK: a run of numbers
            rows, columns = max(rows, row), max(columns, column + (size - 6) // 6 - 1)
        elif kind == 0x200:  # DIMENSIONS, for which calamine would reserve memory
            stream[at : at + size] = bytes(size)
        elif kind == 0x208 and stream[at + 12] & 0x20:  # ROW
            facts.hidden_rows.add(row)
        elif kind == 0x7D and stream[at + 8] & 1:  # COLINFO: the first and the last column
            hidden_columns.add(row, column)
        elif kind in (0x809, 0x0A):  # BOF, EOF: a chart within the sheet has its own
            depth += 1 if kind == 0x809 else -1
        at += size
    facts.rows, facts.columns = rows + 1, columns + 1
    facts.hidden_columns = set(hidden_columns.below(256))
    if facts.cells > MAX_CELLS:
        _skip_strays(facts, stream, start)
    return facts


def _skip_strays(facts: SheetFacts, stream: bytearray, start: int) -> None:
    cells = []
    for at, kind, size in _records(stream, start):
        if kind in _CELLS or kind == 0xBD:
            row, column = unpack_from("<HH", stream, at)
            last = column + (size - 6) // 6 - 1 if kind == 0xBD else column
            cells.append((at, row, column, last))
    facts.in_row.update(row for _, row, _, _ in cells)
    facts.in_column.update(last for _, _, _, last in cells)
    rows, columns = facts.dense()
    for at, row, column, last in cells:
        if row >= rows or last >= columns:
            stream[at - 4 : at - 2] = b"\xff\xff"  # no record that there is
            facts.strays.append(cell_address(row, column))
    facts.rows, facts.columns = rows, columns
    facts.marks = {(r, c): v for (r, c), v in facts.marks.items() if r < rows and c < columns}


def ole_file(stream: bytearray) -> bytes:
    """A compound file with the records alone.

    calamine trusts the tables of sectors as well, and olefile has already followed them.
    """
    sector, free, end, fat_sector = 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    # Padded, since what is shorter than 4096 bytes is stored in another way.
    content = bytes(stream) + bytes(-len(stream) % sector)
    count = len(content) // sector
    fats = (count + 1) // (sector // 4 - 1) + 1
    chain = [*[fat_sector] * fats, end, *range(fats + 2, fats + 1 + count), end]
    if fats > 109:
        raise too_large("工作簿过大")
    chain += [free] * (fats * sector // 4 - len(chain))
    header = pack(
        "<8s16xHHHHH6xIII4xIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, fats, fats),
        *(4096, end, 0, end, 0),
    )
    header += pack("<109I", *range(fats), *[free] * (109 - fats))
    directory = b""
    for name, kind, child, first, size in (
        ("Root Entry", 5, 1, fats, 0),  # calamine wants it to begin somewhere
        ("Workbook", 2, free, fats + 1, len(content)),
    ):
        text = name.encode("utf-16-le")
        head = pack("<64sHBBIII", text, len(text) + 2, kind, 1, free, free, child)
        directory += head + pack("<36xIQ", first, size)
    blank = pack("<64sHBBIII36xIQ", b"", 0, 0, 0, free, free, free, 0, 0)
    directory += blank * ((sector - len(directory)) // len(blank))
    return header.ljust(sector, b"\0") + pack(f"<{len(chain)}I", *chain) + directory + content


def read_xls(data: bytes, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xls, or of an .et that is one inside."""
    with translated():
        stream, facts, encoding = xls_stream(data)
    grids = CalamineSheets(ole_file(stream), lambda index, _: facts[index], remarks)
    return _Decoded(grids, encoding) if encoding else grids
