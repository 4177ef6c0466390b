"""The XML of an .xlsx sheet, and the slow way to look at it: every cell by a regular expression.

Here is what both ways need (see `xlsx_guard` for the fast one): the notation of the sheet, its
pieces of whole rows, addresses, errors and formulas without a value. The slow way is exact. It is
taken where byte searches cannot be sure (cells without addresses) or the sheet looks too large.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from jiandang.intake.container import refuse_entities
from jiandang.intake.grid import MAX_COLUMNS, SheetFacts, damaged, too_large
from jiandang.register.address import column_number
from jiandang.register.cells import ErrorValue

NOT_COMPUTED = ErrorValue("公式未计算")
_LONGEST_ROW = 64 << 20
_KNOWN_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([1-9][0-9]{0,6})["']""")
NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([1-9][0-9]{0,6})["']""")
_HAS_ADDRESS = re.compile(rb"(?:^|\s)r\s*=")
HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")
_SPAN = re.compile(rb"""\b(min|max)\s*=\s*["']([0-9]{1,6})["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_CLOSED = re.compile(rb"</(?:\w+:)?worksheet\s*>|<(?:\w+:)?worksheet[^<]*/>")
_COMMENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_NAMES = (b"row", b"v", b"is", b"f")


class Unsure(Exception):
    """The byte searches cannot be sure of this sheet."""


class Tags:
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


_tags = lru_cache(maxsize=8)(Tags)


def head_and_rows(chunks: Iterator[bytes]) -> tuple[bytes, Tags, Iterator[bytes]]:
    """What stands before `sheetData`, the notation of the sheet, and the rest in whole rows."""
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
    tags = _tags((prefix and prefix[1]) or b"")
    return head[:at], tags, _pieces(head[at:], chunks, tags)


def _pieces(first: bytes, chunks: Iterator[bytes], tags: Tags) -> Iterator[bytes]:
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


def hidden_columns(head: bytes, tags: Tags) -> Iterator[int]:
    """The hidden columns, counted from 0."""
    for attributes in tags.column_tag.findall(head):
        span = dict(_SPAN.findall(attributes))
        if HIDDEN.search(attributes) and len(span) == 2:
            yield from range(int(span[b"min"]) - 1, min(int(span[b"max"]), MAX_COLUMNS))


def place_of(attributes: bytes) -> tuple[int, int]:
    """The row and the column of a cell, counted from 0."""
    address = _ADDRESS.search(attributes)
    if address is None:
        raise Unsure
    return _place_at(address)


def _place_at(address: re.Match[bytes]) -> tuple[int, int]:
    return int(address[2]) - 1, column_of(address[1]) - 1


@lru_cache(maxsize=1024)
def column_of(letters: bytes) -> int:
    """The number of a column, counted from 1; there are few, in many cells."""
    return column_number(letters.decode().upper())


def mark(
    facts: SheetFacts, place: tuple[int, int], attributes: bytes, content: bytes, tags: Tags
) -> None:
    """Note what calamine gives as an empty text: an error, or a formula without a value."""
    if _ERROR.search(attributes):
        if value := _VALUE.search(content):
            error = value[1].decode("utf-8", "replace").strip()
            facts.marks[place] = ErrorValue(error)
            facts.unknown_errors |= error not in _KNOWN_ERRORS
    elif tags.no_result.fullmatch(content) and not TEXT_RESULT.search(attributes):
        facts.marks[place] = NOT_COMPUTED


def count_cells(facts: SheetFacts, chunks: Iterator[bytes]) -> None:
    """Count the cells with a value, all of which have an address."""
    _, tags, pieces = head_and_rows(chunks)
    for piece in pieces:
        if cells := tags.filled.findall(piece):
            columns, rows = zip(*cells, strict=True)
            facts.in_column.update({column_of(c) - 1: n for c, n in Counter(columns).items()})
            facts.in_row.update({int(r) - 1: n for r, n in Counter(rows).items()})
    facts.measure()


def look_at_every_cell(chunks: Iterator[bytes]) -> SheetFacts:
    """As `xlsx_guard.scan`, but slow and exact; follows rows and cells that have no address."""
    head, tags, pieces = head_and_rows(chunks)
    facts = SheetFacts(hidden_columns=set(hidden_columns(head, tags)))
    row = column = -1
    for piece in pieces:
        if b"<!" in piece:
            piece = _COMMENT.sub(b"", piece)
        for found in tags.row_or_cell.finditer(piece):
            row_tag, cell_tag, content = found.groups()
            if row_tag is not None:
                number = NUMBER.search(row_tag)
                _check_address(number, row_tag)
                row, column = int(number[1]) - 1 if number else row + 1, -1
                if HIDDEN.search(row_tag):
                    facts.hidden_rows.add(row)
                continue
            if address := _ADDRESS.search(cell_tag):
                row, column = _place_at(address)
            else:
                _check_address(None, cell_tag)
                column += 1
            if content:
                facts.in_row[row] += 1
                facts.in_column[column] += 1
                if tags.formula in content or _ERROR.search(cell_tag):
                    mark(facts, (row, column), cell_tag, content, tags)
    facts.measure()
    return facts


def _check_address(found: re.Match[bytes] | None, tag: bytes) -> None:
    if found is None and _HAS_ADDRESS.search(tag):
        raise damaged("有单元格的地址无法识别")
