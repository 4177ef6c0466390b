"""What must be known of a zipped workbook before calamine sees it.

calamine sets no limits: it unpacks whatever the zip holds, and allocates a block from the first to
the last cell, so that one stray cell at XFD1048576 aborts the whole process. It also drops what
the checks need: errors, formulas without a value, hidden rows and columns. All of this is found
here by byte searches over the unpacked chunks, at a fraction of the price of an XML parser. Where
they cannot be sure (cells without addresses) or the sheet looks too large, every cell is looked
at. No unpacked part is kept.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from jiandang.intake.grid import Range, Unreadable
from jiandang.register.cells import ErrorValue

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再检查"
# calamine takes up to 90 bytes a cell, so 12 million cells (1.1 GB) are what a clerk's PC bears:
# 270,000 people with 43 columns, or all 16,384 columns over 730 rows.
MAX_CELLS = 12_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_ENTRIES = 10_000
MAX_UNPACKED = 2 << 30
# Deflate reaches 1030; a real sheet with the same few values in every row reaches 100.
MAX_RATIO, RATIO_MATTERS_FROM = 250, 64 << 20
NOT_COMPUTED = ErrorValue("公式未计算")

_STEP, _CHUNK = 128 << 10, 2 << 20
_LONGEST_ROW = 64 << 20


def damaged(detail: str) -> Unreadable:
    """The error for a file that is broken inside."""
    return Unreadable("damaged", f"文件已损坏（{detail}）。{RESAVE}；打不开的请重新导出。")


def too_large(detail: str) -> Unreadable:
    """The error for a file or a sheet that would exhaust the memory."""
    return Unreadable("too_large", f"{detail}。请删去表外内容，或按乡镇、村拆分成几个文件再检查。")


def bomb(detail: str) -> Unreadable:
    """The error for a zip file that is made to exhaust the memory."""
    return Unreadable("too_large", f"{detail}，疑似压缩炸弹，没有打开。如确是登记表，{RESAVE}。")


class Container:
    """The parts of a zip file, unpacked under limits. Names are matched without case."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
        if end < 0:
            raise Unreadable(
                "truncated", f"文件不完整，可能没有下载完或拷贝完。请重新取得文件，或{RESAVE}。"
            )
        if int.from_bytes(data[end + 12 : end + 16], "little") > MAX_ENTRIES * 200:
            raise bomb("文件内的部件过多")
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except Exception as error:  # zipfile raises half a dozen kinds on broken directories
            raise damaged("压缩目录有误") from error
        if len(entries) > MAX_ENTRIES:
            raise bomb("文件内的部件过多")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise bomb("文件解压后过大")
        for entry in entries:
            if entry.file_size > max(RATIO_MATTERS_FROM, MAX_RATIO * entry.compress_size):
                raise bomb("文件的压缩比异常")
            if entry.flag_bits & 1:
                raise Unreadable("password", f"压缩包带有密码，无法读取。{RESAVE}。")
        self.parts = {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = self.parts.get(name.lower())
        if entry is None:
            raise damaged(f"缺少部件 {name}")
        return entry

    def read(self, name: str, limit: int = 64 << 20) -> bytes:
        """A small part as a whole."""
        if self._entry(name).file_size > limit:
            raise too_large(f"部件 {name} 过大")
        content = b"".join(self.chunks(name))
        refuse_entities(content)
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part; checks what the directory says of their number.

        A directory that lies would get past the limits above: calamine does not look at it.
        """
        entry = self._entry(name)
        at = entry.header_offset
        header = self.data[at : at + 30]
        deflated = entry.compress_type == zipfile.ZIP_DEFLATED
        if header[:4] != b"PK\x03\x04" or not (deflated or entry.compress_type == 0):
            raise damaged("压缩目录有误")
        at += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        left = entry.file_size
        for chunk in _unpack(memoryview(self.data)[at : at + entry.compress_size], deflated):
            left -= len(chunk)
            if left < 0:
                raise bomb("文件解压后比目录所记的大")
            yield chunk
        if left:
            raise damaged(f"部件 {name} 不完整")


def _unpack(packed: memoryview, deflated: bool) -> Iterator[bytes]:
    """The unpacked bytes in chunks of at most 2 MB."""
    pieces = (packed[at : at + _STEP] for at in range(0, len(packed), _STEP))
    if not deflated:
        yield from map(bytes, pieces)
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            rest: memoryview | bytes = piece
            while rest:
                chunk = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                if chunk:
                    yield chunk
        yield unpacker.flush()
    except zlib.error as error:
        raise damaged("压缩内容有误") from error


def refuse_entities(xml: bytes) -> None:
    """Neither Excel nor WPS writes a DTD; with one, a few bytes can stand for gigabytes."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable("damaged", f"文件含有实体声明（DTD），为安全起见没有打开。{RESAVE}。")


def column_number(letters: str) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The inverse of `column_number`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class SheetFacts:
    """What calamine does not tell of a sheet, and the bounds of its area, counted from A1."""

    rows: int = 0
    columns: int = 0
    marks: dict[tuple[int, int], ErrorValue] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    # Errors newer than calamine (#SPILL!), which make it give up the sheet.
    unknown_errors: bool = False
    # The addresses of cells far from the table that have been left out already.
    strays: list[str] = field(default_factory=list)
    # How many cells with a value each row and column has, where every cell was looked at.
    in_row: Counter[int] = field(default_factory=Counter)
    in_column: Counter[int] = field(default_factory=Counter)

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def measure(self) -> None:
        """Set the bounds to the counted cells."""
        self.rows = max(self.in_row, default=-1) + 1
        self.columns = max(self.in_column, default=-1) + 1

    def dense(self) -> tuple[int, int]:
        """The bounds without a few stray cells far from the table."""
        return _dense_end(self.in_row), _dense_end(self.in_column)

    def corner(self) -> str:
        """The address of the last row and column that hold something."""
        return f"{column_letters(self.columns)}{self.rows}"


_STRAYS = 100


def _dense_end(counts: Counter[int]) -> int:
    """The end of the places that are left when at most 100 cells behind a gap are taken off."""
    places = sorted(counts, reverse=True)
    end = places[0] + 1 if places else 0
    behind = widest = 0
    for place, previous in pairwise(places):
        behind += counts[place]
        if behind > _STRAYS:
            break
        if place - previous > max(widest, 10):
            widest, end = place - previous, previous + 1
    return end


_KNOWN_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([1-9][0-9]{0,6})["']""")
_PLAIN_ADDRESS = re.compile(rb"""\sr=["']([A-Z]{1,3})([1-9][0-9]{0,6})["']""")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([1-9][0-9]{0,6})["']""")
_HAS_ADDRESS = re.compile(rb"(?:^|\s)r\s*=")
_HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,6})["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_CLOSED = re.compile(rb"</(?:\w+:)?worksheet\s*>|<(?:\w+:)?worksheet[^<]*/>")
_COMMENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


class Unsure(Exception):
    """The byte searches cannot be sure of this sheet."""


class _Tags:
    """The searches for one namespace prefix: `<c …>`, or `<x:c …>` from the OpenXML SDK."""

    def __init__(self, prefix: bytes) -> None:
        p = prefix
        self.prefix = prefix
        self.row, self.value, self.inline, self.formula = (b"<%s%s" % (p, n) for n in _NAMES)
        self.end = b"</%ssheetData>" % p
        # What can follow a formula that has no value.
        self.no_value = (b"f></%sc>" % p, b"<%sv></" % p, b"<%sv/>" % p, b"v />", b"/></%sc>" % p)
        self.column_tag = re.compile(rb"<%scol\s([^>]*)>" % p)
        # A cell with something in it: neither <c …/> nor <c …></c>.
        self.filled = re.compile(
            rb"""<%sc(?=\s)[^>]*?\sr=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>(?!</)""" % p
        )
        self.row_tag = re.compile(rb"<%srow(?=[\s/>])([^>]*)>" % p)
        self.cell_tag = re.compile(rb"<%sc(?=[\s/>])([^>]*)>" % p)
        cell = rb"<%sc(?=[\s/>])([^>]*+)>(?:(?<=/>)|(.*?)</%sc>)" % (p, p)
        self.cell = re.compile(cell, re.DOTALL)
        self.row_or_cell = re.compile(rb"<%srow(?=[\s/>])([^>]*)>|%s" % (p, cell), re.DOTALL)
        self.error = re.compile(
            rb"""<%sc\s([^>]*\bt=["']e["'][^>]*)(?<!/)>(.*?)</%sc>""" % (p, p), re.DOTALL
        )
        self.no_result = re.compile(
            rb"\s*<%sf(?:\s[^>]*)?(?:/>|>[^<]*</%sf>)\s*(?:<%sv\s*/>|<%sv></%sv>)?\s*"
            % (p, p, p, p, p)
        )
        self.uncomputed = re.compile(
            rb"<%sc\s([^>]*)(?<!/)>%s</%sc>" % (p, self.no_result.pattern, p)
        )


_NAMES = (b"row", b"v", b"is", b"f")
_tags = lru_cache(maxsize=8)(_Tags)


@lru_cache(maxsize=64)
def _unusual(prefix: bytes, columns: int, digits: int) -> re.Pattern[bytes]:
    """Finds a cell whose tag does not begin with an address up to that column and row.

    This one search sees every cell, so it is written for speed: the few bytes after `<c` decide,
    and possessive quantifiers keep it from trying twice.
    """
    last = column_letters(columns).encode()
    letters = b"[A-Z]{1,3}+"
    if len(last) == 1:
        letters = b"[A-%s]" % last
    elif len(last) == 2:
        first = last[0]
        before = b"[A-%c][A-Z]?+|" % (first - 1) if first > 65 else b""
        behind = b"|[%c-Z]" % (first + 1) if first < 90 else b""
        letters = b"%s%c[A-%c]?+%s" % (before, first, last[1], behind)
    return re.compile(rb'<%sc(?! r="(?:%s)[0-9]{1,%d}+")' % (prefix, letters, digits))


def scan_sheet(container: Container, part: str) -> SheetFacts:
    """The facts of an OOXML sheet; the bounds are exact if they are suspiciously wide."""
    try:
        facts = _scan(container.chunks(part))
        if facts.cells > MAX_CELLS:
            _count_cells(facts, container.chunks(part))
    except Unsure:
        facts = _look_at_every_cell(container.chunks(part))
    if facts.rows > MAX_ROWS or facts.columns > MAX_COLUMNS:
        raise damaged(f"有单元格的地址 {facts.corner()} 超出工作表的范围")
    return facts


def _begin(chunks: Iterator[bytes]) -> tuple[bytes, bytes, _Tags]:
    """What stands before `sheetData`, the rest of its chunk, and the notation of the sheet."""
    head = b""
    at = -1
    for chunk in chunks:
        head += chunk
        at = head.find(b"sheetData")
        if at >= 0 or len(head) > _LONGEST_ROW:
            break
    else:
        at = len(head) if _CLOSED.search(head) else -1
    if b"\0" in head[:200] or at < 0:
        raise damaged("工作表的内容无法识别")
    refuse_entities(head[:at])
    prefix = re.search(rb"<(\w+:)?worksheet[\s>]", head)
    return head[:at], head[at:], _tags((prefix and prefix[1]) or b"")


def _pieces(first: bytes, chunks: Iterator[bytes], tags: _Tags) -> Iterator[bytes]:
    """The chunks, cut anew so that each is made of whole rows."""
    kept = first
    for chunk in chunks:
        kept += chunk
        if (cut := kept.rfind(tags.row)) > 0:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > _LONGEST_ROW and tags.end not in kept:
            raise too_large("工作表有一行过长")
    if first and not _CLOSED.search(kept, max(0, len(kept) - 4096)):
        raise damaged("工作表的内容不完整")  # calamine would take the rest for all
    yield kept


def _hidden_columns(head: bytes, tags: _Tags) -> Iterator[int]:
    for attributes in tags.column_tag.findall(head):
        span = dict(_SPAN.findall(attributes))
        if _HIDDEN.search(attributes) and len(span) == 2:
            yield from range(int(span[b"min"]) - 1, min(int(span[b"max"]), MAX_COLUMNS))


def _scan(chunks: Iterator[bytes]) -> SheetFacts:
    head, rest, tags = _begin(chunks)
    facts = SheetFacts(hidden_columns=set(_hidden_columns(head, tags)))
    for piece in _pieces(rest, chunks, tags):
        # A search for one byte is nearly free, and most sheets have no such letter in their tags.
        if b"h" in piece and b"hidden=" in piece:
            facts.hidden_rows.update(_hidden_rows(piece, tags))
        # Where the last value stands; a piece without any is of blank rows, formats only.
        last = max(piece.rfind(tags.value), 0)
        last = max(piece.rfind(tags.inline, last), last)
        has_formula = b"f" in piece and tags.formula in piece
        if has_formula:
            last = max(piece.rfind(tags.formula, last), last)
        if last == 0:
            continue
        _widen(facts, piece, last, tags)
        if b"e" in piece and (b't="e"' in piece or b"t='e'" in piece):
            for attributes, content in tags.error.findall(piece):
                _mark(facts, _place(attributes), attributes, content, tags)
        if has_formula and any(ending in piece for ending in tags.no_value):
            for attributes in tags.uncomputed.findall(piece):
                if not _TEXT_RESULT.search(attributes):
                    facts.marks[_place(attributes)] = NOT_COMPUTED
    return facts


def _widen(facts: SheetFacts, piece: bytes, last: int, tags: _Tags) -> None:
    """Stretch the bounds over the piece, whose last value stands at `last`."""
    row_tag = tags.row_tag.match(piece, max(piece.rfind(tags.row, 0, last), 0))
    number = _NUMBER.search(row_tag[1]) if row_tag else None
    if number is None:
        raise Unsure
    facts.rows = max(facts.rows, int(number[1]))
    if not facts.columns:
        _look_closer(facts, piece[:20_000], tags)
    if _unusual(tags.prefix, facts.columns, len(str(facts.rows))).search(piece):
        _look_closer(facts, piece, tags)


def _look_closer(facts: SheetFacts, piece: bytes, tags: _Tags) -> None:
    """Widen the bounds to every address of the piece, of blank cells as well."""
    addresses = [_PLAIN_ADDRESS.search(attributes) for attributes in tags.cell_tag.findall(piece)]
    if not all(addresses):
        raise Unsure
    rows = {address[2] for address in addresses if address}
    columns = {address[1] for address in addresses if address}
    facts.rows = max([facts.rows, *map(int, rows)])
    facts.columns = max([1, facts.columns, *(_column(c) for c in columns)])


def _hidden_rows(piece: bytes, tags: _Tags) -> Iterator[int]:
    for attributes in tags.row_tag.findall(piece):
        if _HIDDEN.search(attributes):
            if (number := _NUMBER.search(attributes)) is None:
                raise Unsure
            yield int(number[1]) - 1


def _place(attributes: bytes) -> tuple[int, int]:
    address = _ADDRESS.search(attributes)
    if address is None:
        raise Unsure
    return _place_of(address)


def _place_of(address: re.Match[bytes]) -> tuple[int, int]:
    return int(address[2]) - 1, _column(address[1]) - 1


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode().upper())


def _mark(
    facts: SheetFacts, place: tuple[int, int], attributes: bytes, content: bytes, tags: _Tags
) -> None:
    """Note what calamine gives as an empty text: an error, or a formula without a value."""
    if _ERROR.search(attributes):
        if value := _VALUE.search(content):
            error = value[1].decode("utf-8", "replace").strip()
            facts.marks[place] = ErrorValue(error)
            facts.unknown_errors |= error not in _KNOWN_ERRORS
    elif tags.no_result.fullmatch(content) and not _TEXT_RESULT.search(attributes):
        facts.marks[place] = NOT_COMPUTED


def _count_cells(facts: SheetFacts, chunks: Iterator[bytes]) -> None:
    """Count the cells with a value, all of which have an address."""
    _, rest, tags = _begin(chunks)
    for piece in _pieces(rest, chunks, tags):
        if cells := tags.filled.findall(piece):
            columns, rows = zip(*cells, strict=True)
            facts.in_column.update({_column(c) - 1: n for c, n in Counter(columns).items()})
            facts.in_row.update({int(r) - 1: n for r, n in Counter(rows).items()})
    facts.measure()


def _look_at_every_cell(chunks: Iterator[bytes]) -> SheetFacts:
    """As `_scan`, but slow and exact; follows rows and cells that have no address."""
    head, rest, tags = _begin(chunks)
    facts = SheetFacts(hidden_columns=set(_hidden_columns(head, tags)))
    row = column = -1
    for piece in _pieces(rest, chunks, tags):
        if b"<!" in piece:
            piece = _COMMENT.sub(b"", piece)
        for found in tags.row_or_cell.finditer(piece):
            row_tag, cell_tag, content = found.groups()
            if row_tag is not None:
                number = _NUMBER.search(row_tag)
                _check_address(number, row_tag)
                row, column = int(number[1]) - 1 if number else row + 1, -1
                if _HIDDEN.search(row_tag):
                    facts.hidden_rows.add(row)
                continue
            if address := _ADDRESS.search(cell_tag):
                row, column = _place_of(address)
            else:
                _check_address(None, cell_tag)
                column += 1
            if content:
                facts.in_row[row] += 1
                facts.in_column[column] += 1
                if tags.formula in content or _ERROR.search(cell_tag):
                    _mark(facts, (row, column), cell_tag, content, tags)
    facts.measure()
    return facts


def _check_address(found: re.Match[bytes] | None, tag: bytes) -> None:
    if found is None and _HAS_ADDRESS.search(tag):
        raise damaged("有单元格的地址无法识别")


def rewrite(
    container: Container, part: str, facts: SheetFacts, rows: int, columns: int
) -> tuple[bytes, list[str]]:
    """A workbook with this sheet alone, less the cells beyond `rows` and `columns` and the errors.

    Returns it with the addresses of the cells that are left out. This way calamine reads the sheet
    as it reads any other: the same types at the same speed.
    """
    dropped: list[str] = []

    def keep(cell: re.Match[bytes]) -> bytes:
        row, column = _place(cell[1])
        if row < rows and column < columns:
            return b"" if (row, column) in facts.marks else cell[0]
        if cell[2]:
            dropped.append(f"{column_letters(column + 1)}{row + 1}")
        return b""

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, entry in container.parts.items():
            if name.startswith(("xl/", "_rels/", "[content")) and "/worksheets/" not in name:
                with archive.open(entry.filename, "w") as stream:
                    stream.writelines(container.chunks(name))
        chunks = container.chunks(part)
        head, rest, tags = _begin(chunks)
        outside = _unusual(tags.prefix, columns, len(str(rows)))
        with archive.open(container.parts[part.lower()].filename, "w") as stream:
            stream.write(head)
            for piece in _pieces(rest, chunks, tags):
                numbers = map(_NUMBER.search, tags.row_tag.findall(piece))
                last = max((int(number[1]) for number in numbers if number), default=0)
                if last > rows or outside.search(piece) or b't="e"' in piece:
                    piece = tags.cell.sub(keep, piece)
                stream.write(piece)
    return target.getvalue(), dropped
