"""What must be known of a zipped workbook before calamine sees it.

calamine sets no limits: it unpacks whatever the zip holds, and allocates a dense block from the
first to the last cell, so that one stray cell at XFD1048576 aborts the whole process. It also
drops what the checks need: errors, formulas without a value, hidden rows and columns. All of this
is found here by byte searches over the unpacked chunks, at a fraction of the price of an XML
parser; where these cannot be sure (cells without addresses, an unusual notation) expat reads the
sheet instead. No unpacked part is kept.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from jiandang.intake.grid import Range, Unreadable
from jiandang.register.cells import ErrorValue

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再检查"
# calamine takes about 90 bytes a cell at its peak, so 12 million cells are what a clerk's PC can
# bear (1.1 GB): 270,000 people with 43 columns, or all 16,384 columns over 730 rows.
MAX_CELLS = 12_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_ENTRIES = 10_000
MAX_UNPACKED = 2 << 30
# Deflate reaches 1030; a real sheet of the same few values in every row reaches 100.
MAX_RATIO, RATIO_MATTERS_FROM = 250, 64 << 20
NOT_COMPUTED = ErrorValue("公式未计算")

_STEP, _CHUNK = 128 << 10, 2 << 20
_LONGEST_ROW = 64 << 20


def damaged(detail: str) -> Unreadable:
    """The error for a file that is broken inside."""
    return Unreadable("damaged", f"文件已损坏（{detail}）。{RESAVE}；打不开的，请重新导出。")


def too_large(detail: str) -> Unreadable:
    """The error for a file or a sheet that would exhaust the memory."""
    return Unreadable(
        "too_large", f"{detail}。请按乡镇或村拆分成几个文件，或删去表外内容后再检查。"
    )


class Container:
    """The parts of a zip file, unpacked under limits. Names are matched without case."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        end = data.rfind(b"PK\x05\x06", max(0, len(data) - 70_000))
        if end < 0:
            raise Unreadable(
                "truncated", f"文件不完整，可能没有下载完或没有拷贝完。请重新取得文件，或{RESAVE}。"
            )
        if int.from_bytes(data[end + 12 : end + 16], "little") > MAX_ENTRIES * 200:
            raise too_large("文件内的部件过多，疑似压缩炸弹")
        try:
            entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except Exception as error:  # zipfile raises half a dozen kinds on broken directories
            raise damaged("压缩目录有误") from error
        if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise too_large("文件解压后过大，疑似压缩炸弹，没有打开")
        if any(_is_bomb(entry) for entry in entries):
            raise too_large("文件的压缩比异常，疑似压缩炸弹，没有打开")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("password", f"压缩包带有密码，无法读取。{RESAVE}。")
        self.parts = {e.filename.replace("\\", "/").lstrip("/").lower(): e for e in entries}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def read(self, name: str, limit: int = 64 << 20) -> bytes:
        """A small part as a whole."""
        info = self.parts.get(name.lower())
        if info is None:
            raise damaged(f"缺少部件 {name}")
        if info.file_size > limit:
            raise too_large(f"部件 {name} 过大")
        return b"".join(self.chunks(name))

    def read_xml(self, name: str) -> bytes:
        """As `read`, for XML that may not declare entities."""
        content = self.read(name)
        refuse_entities(content)
        return content

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part; checks what the directory says of their number.

        A directory that lies would get past the limits above, for calamine does not look at it.
        """
        info = self.parts.get(name.lower())
        if info is None:
            raise damaged(f"缺少部件 {name}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("压缩方式无法识别")
        at = info.header_offset
        header = self._data[at : at + 30]
        if header[:4] != b"PK\x03\x04":
            raise damaged("压缩目录有误")
        at += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        packed = memoryview(self._data)[at : at + info.compress_size]
        left = info.file_size
        for chunk in packed_chunks(packed, info.compress_type == zipfile.ZIP_DEFLATED):
            left -= len(chunk)
            if left < 0:
                raise too_large("文件解压后与目录所记大小不符，疑似压缩炸弹，没有打开")
            yield chunk
        if left:
            raise damaged(f"部件 {name} 不完整")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return (
        entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * entry.compress_size
    )


def packed_chunks(packed: memoryview, deflated: bool) -> Iterator[bytes]:
    """Unpack in chunks of at most 2 MB."""
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
        if chunk := unpacker.flush():
            yield chunk
    except zlib.error as error:
        raise damaged("压缩内容有误") from error


def refuse_entities(xml: bytes) -> None:
    """Neither Excel nor WPS writes a DTD; with one, a few bytes can stand for gigabytes."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable("damaged", f"文件含有实体声明（DTD），为安全起见没有打开。{RESAVE}。")


@dataclass
class SheetFacts:
    """What calamine does not tell of a sheet, and bounds of its area (from A1 on)."""

    rows: int = 0
    columns: int = 0
    marks: dict[tuple[int, int], ErrorValue] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    # Errors newer than calamine (#SPILL!), which make it give up the sheet.
    unknown_errors: bool = False
    # Whether `rewrite` can be used: not if expat had to read the sheet.
    plain: bool = True

    @property
    def cells(self) -> int:
        return self.rows * self.columns


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


_KNOWN_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", ""}
_REF = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3})([1-9][0-9]{0,6})["']""")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([1-9][0-9]{0,6})["']""")
_HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,6})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")


class Unsure(Exception):
    """The byte searches cannot be sure of this sheet."""


class Tags:
    """The searches for one namespace prefix (`<c …>`, or `<x:c …>` from the OpenXML SDK)."""

    def __init__(self, prefix: bytes) -> None:
        p = prefix
        self.prefix = prefix
        self.row, self.value, self.inline = b"<" + p + b"row", b"<" + p + b"v", b"<" + p + b"is"
        self.formula = b"<" + p + b"f"
        self.end = b"</" + p + b"sheetData>"
        # What follows a formula that has no value, or only an empty one.
        self.no_value = (
            b"</%sf></%sc>" % (p, p),
            b"<%sv></%sv>" % (p, p),
            b"<%sv/>" % p,
            b"<%sv />" % p,
            b"/></%sc>" % p,
        )
        self.cell = re.compile(rb"<%sc(?=[\s/>])([^>]*)>" % p)
        self.row_tag = re.compile(rb"<%srow(?=[\s/>])([^>]*)>" % p)
        self.column_tag = re.compile(rb"<%scol\s([^>]*)>" % p)
        self.filled = re.compile(
            rb"""<%sc\s[^>]*?\br\s*=\s*["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>(?!</%sc>)""" % (p, p)
        )
        self.element = re.compile(rb"<%sc(?=[\s/>])([^>]*)(?:/>|>(.*?)</%sc>)" % (p, p), re.DOTALL)
        self.error = re.compile(
            rb"""<%sc\s([^>]*\bt=["']e["'][^>]*)(?<!/)>(.*?)</%sc>""" % (p, p), re.DOTALL
        )
        self.uncomputed = re.compile(
            rb"<%sc\s([^>]*)>\s*<%sf(?:\s[^>]*)?(?:/>|>[^<]*</%sf>)\s*"
            rb"(?:<%sv\s*/>|<%sv></%sv>)?\s*</%sc>" % (p, p, p, p, p, p, p)
        )

    @lru_cache(maxsize=64)  # noqa: B019 - a few prefixes live as long as the process anyway
    def unusual(self, columns: int, digits: int) -> re.Pattern[bytes]:
        """Finds a cell whose tag does not open with an address up to that column and row.

        This one search sees every cell, so it is written for speed: all is decided by the few
        bytes after `<c`, and possessive quantifiers keep it from trying twice.
        """
        last = column_letters(columns).encode()
        if len(last) == 1:
            column = b"[A-%s]" % last
        elif len(last) == 2:
            first, second = last[:1], last[1:]
            column = b"%s[A-%s]?+" % (first, second)
            if first > b"A":
                column = b"[A-%c][A-Z]?+|%s" % (first[0] - 1, column)
            if first < b"Z":
                column += b"|[%c-Z]" % (first[0] + 1)
        else:
            column = b"[A-Z]{1,3}+"
        return re.compile(rb'<%sc(?! r="(?:%s)[0-9]{1,%d}+")' % (self.prefix, column, digits))


_tags = lru_cache(maxsize=8)(Tags)


def scan_sheet(container: Container, part: str) -> SheetFacts:
    """The facts of an OOXML sheet."""
    try:
        facts = _scan(_ahead(container.chunks(part)))
        if facts.cells > MAX_CELLS:
            facts.rows, facts.columns = map(max, (0, 0), _extent(_filled(container, part)))
    except Unsure:
        from jiandang.intake.slow_scan import parse_sheet

        facts = parse_sheet(container.chunks(part))
    return facts
