"""Reading .xlsx: `xlsx_cells` finds the distinct cells, calamine says what each of them means.

For this it gets small workbooks, made of the original's own parts, whose one sheet has nothing but
these cells. So they are read as calamine reads them, but each once. Only what cannot be mistaken
is taken as it stands: plain shared strings, numbers in styles that are not those of dates, and
days by their distance from one that it was asked.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from jiandang.formats.container import Container, refuse_entities
from jiandang.formats.grid import MAX_CELLS, Grid, SheetFacts, damaged
from jiandang.formats.matrix import CellMatrix, distinct_sorted
from jiandang.formats.spreadsheet import (
    SheetIterator,
    merged_ranges,
    open_book,
    part_of,
    parts_of,
    read_cells,
    stray_remark,
    translated,
    written_out,
)
from jiandang.formats.xlsx.byte_words import Flags
from jiandang.formats.xlsx.reading_cells import PlainNumbers, SheetCells, sheet_cells
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue, Raw

NOT_COMPUTED = ErrorValue("公式未计算")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]*)<")
_NO_RESULT = re.compile(rb"\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*")
# Around a plain shared string, and between two; and a mark for those that may have blanks at
# their ends.
_STRING, _STRING_END = b"<si><t>", b"</t></si>"
_NEXT_STRING, _KEEP_BLANKS = (_STRING_END + _STRING).decode(), "\0"
_STRINGS = "xl/sharedstrings.xml"
# The parts that say what a cell means.
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/[^/]+\.xml"
)
_WIDTH = 1000
# The 1st of March 1900, before which Excel has a day too many, and the last day of 9999; less
# where days are counted from 1904.
_DAY, _LAST_DAY = 61, 2_957_003


def read_xlsx(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xlsx or .xlsm, or of an .et that is one inside.

    A remark is added for stray cells that are left out, when their sheet is read.
    """
    return _Sheets(container, parts_of(container, "xl/workbook.xml", _sheets_of_xml), remarks)


def _sheets_of_xml(workbook: bytes) -> Iterator[tuple[str, str]]:
    from xml.etree.ElementTree import fromstring

    for element in fromstring(workbook).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((v for k, v in element.items() if k.endswith("}id")), "")
            yield element.get("name", ""), relation


class _Sheets(SheetIterator):
    """The grids of a workbook, for all of which the shared strings are read once."""

    def __init__(self, container: Container, parts: dict[str, str], remarks: list[str]) -> None:
        self._container, self._parts, self._remarks = container, parts, remarks
        needed = [name for name in container.parts if _NEEDED.fullmatch(name)]
        self._needed = {name: b"".join(container.chunks(name)) for name in needed}
        for content in self._needed.values():
            refuse_entities(content)
        super().__init__(self._workbook().sheets_metadata)
        self._texts = self._shared_strings()

    def _shared_strings(self) -> list[Raw]:
        xml = self._needed.get(_STRINGS, b"")
        if (texts := _plain_strings(xml)) is not None:
            return texts
        # As the cells of some sheet.
        sheets = (name for name, part in self._parts.items() if "worksheets/" in part.lower())
        name = next((name for name in sheets if self._parts[name] in self._container), None)
        strings = [b' t="s"><v>%d</v>' % number for number in range(_count_strings(xml))]
        with translated():
            return _in_order(self._ask(name, strings), len(strings)) if name else []

    def _ask(self, name: str, cells: Sequence[bytes], merged: bytes = b"") -> CalamineSheet:
        """The sheet, with these cells on it."""
        return self._workbook(name, cells, merged).get_sheet_by_name(name)

    def _workbook(
        self, name: str | None = None, cells: Sequence[bytes] = (), merged: bytes = b""
    ) -> CalamineWorkbook:
        """The workbook, with these cells on one sheet and nothing on the others."""
        with_strings = any(map(_SHARED.search, cells))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for part, content in self._needed.items():
                if part != _STRINGS or with_strings:
                    archive.writestr(self._container.parts[part].filename, content)
            if name is not None:
                part = self._container.parts[part_of(self._parts, name).lower()].filename
                archive.writestr(part, _sheet_of(cells, merged))
        return open_book(target.getvalue())

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        cells = sheet_cells(self._container, part_of(self._parts, sheet.name))
        rows, columns = self._bounds(sheet.name, cells)
        errors = {i: e for i, content in enumerate(cells.contents) if (e := _error_in(content))}
        asked = [b">" if i in errors else content for i, content in enumerate(cells.contents)]
        content = self._ask(sheet.name, asked, cells.merged)
        values = _in_order(content, len(asked))
        for place, error in errors.items():
            values[place] = error
        values += self._numbers(sheet.name, cells.numbers)
        return Grid(
            sheet.name,
            _matrix(cells, self._texts, values, rows, columns),
            merged_ranges(content),
            hidden_rows=frozenset(cells.hidden_rows),
            hidden_columns=frozenset(cells.hidden_columns),
        )

    def _numbers(self, name: str, numbers: PlainNumbers) -> list[Raw]:
        """The numbers, or the dates where calamine takes their style for that of a date."""
        values: list[Raw] = numbers.values.tolist()
        styles = distinct_sorted(numbers.styles).tolist()
        probes = [b' s="%d"><v>%d</v>' % (style, _DAY) for style in styles]
        read = _in_order(self._ask(name, probes), len(probes))
        of_style = dict(zip(styles, read, strict=True))
        chosen = np.isin(numbers.styles, [s for s, v in of_style.items() if type(v) is not float])
        if dated := {style: value for style, value in of_style.items() if type(value) is date}:
            days = np.isin(numbers.styles, [*dated]) & _is_later_day(numbers.values)
            chosen &= ~days
            # The same number is the same day in every style.
            first = np.datetime64(next(iter(dated.values())))
            later = first + (numbers.values[days].astype(np.int64) - _DAY)
            _put(values, days, later.tolist())
        contents = numbers.contents(chosen)
        _put(values, chosen, _in_order(self._ask(name, contents), len(contents)))
        return values

    def _bounds(self, name: str, cells: SheetCells) -> tuple[int, int]:
        """The area of the sheet, from which a few cells far from the table are left out."""
        facts = SheetFacts()
        facts.rows, facts.columns = cells.extent()
        if facts.cells <= MAX_CELLS:
            return facts.rows, facts.columns
        facts.in_row.update(cells.rows.tolist())
        facts.in_column.update(cells.columns.tolist())
        rows, columns = facts.dense()
        if rows * columns > MAX_CELLS:
            raise facts.too_wide()
        strays = cells.crop(rows, columns)
        self._remarks.append(stray_remark(name, [cell_address(*place) for place in strays]))
        return cells.extent()


def _is_later_day(values: NDArray[np.float64]) -> Flags:
    """Which numbers are whole days from `_DAY` on: each is the day after the one before."""
    is_day: Flags = (values >= _DAY) & (values <= _LAST_DAY) & (values % 1 == 0)
    return is_day


def _put(values: list[Raw], chosen: Flags, others: Iterable[Raw]) -> None:
    for place, value in zip(np.flatnonzero(chosen).tolist(), others, strict=True):
        values[place] = value


def _sheet_of(cells: Sequence[bytes], merged: bytes) -> bytes:
    """A sheet of these cells in rows of a thousand; cells without an address stand side by side."""
    rows = (cells[at : at + _WIDTH] for at in range(0, len(cells), _WIDTH))
    content = b"".join(b"<row><c%s</c></row>" % b"</c><c".join(row) for row in rows)
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>%s</sheetData>%s</worksheet>" % (content, merged)
    )


def _in_order(content: CalamineSheet, count: int) -> list[Raw]:
    """The cells of `_sheet_of`, in whose rows the last ones are missing if empty."""
    cells: list[Any] = []
    for row in read_cells(content):
        cells += [*row, *[""] * (_WIDTH - len(row))]
    return [*map(written_out, cells), *[""] * count][:count]


def _plain_strings(xml: bytes) -> list[Raw] | None:
    """The shared strings, if all are of plain text; else it is for calamine to read them."""
    if b"_x" in xml or b"\r" in xml or b"\0" in xml:  # escapes of Excel's own, ends of lines
        return None
    if not (count := _count_strings(xml)):
        return []
    content = xml.replace(b'<t xml:space="preserve">', b"<t>" + _KEEP_BLANKS.encode())
    # Where there is no such string, tags are left over and counted below.
    content = content[content.find(_STRING) + len(_STRING) : content.rfind(_STRING_END)]
    try:
        texts = content.decode().split(_NEXT_STRING)
    except UnicodeDecodeError:
        return None
    if len(texts) != count or content.count(b"<") != _NEXT_STRING.count("<") * (count - 1):
        return None
    stripped = [*map(str.strip, texts)]
    if stripped != texts:
        pairs = zip(texts, stripped, strict=True)
        if any(text != bare and text[0] != _KEEP_BLANKS for text, bare in pairs):
            return None
    if _KEEP_BLANKS.encode() in content:
        texts = [text.removeprefix(_KEEP_BLANKS) for text in texts]
    return [*map(unescape, texts)] if b"&" in content else [*texts]


def _count_strings(xml: bytes) -> int:
    prefix = re.search(rb"<(\w+:)?sst[\s>/]", xml)
    name = ((prefix and prefix[1]) or b"") + b"si"
    return xml.count(b"</%s>" % name) + xml.count(b"<%s/>" % name)


def _error_in(content: bytes) -> ErrorValue | None:
    """What calamine gives as an empty text: an error, or a formula without a value."""
    attributes, _, inner = content.partition(b">")
    if _ERROR.search(attributes) and (value := _VALUE.search(inner)):
        return ErrorValue(value[1].decode("utf-8", "replace").strip())
    if _NO_RESULT.fullmatch(inner) and not _TEXT_RESULT.search(attributes):
        return NOT_COMPUTED
    return None


def _matrix(
    cells: SheetCells, texts: list[Raw], values: list[Raw], rows: int, columns: int
) -> CellMatrix:
    """The cells with their values: those of shared strings are in `texts`, others in `values`."""
    if len(cells.codes) and cells.codes.max() >= len(texts):
        raise damaged("有单元格的文字找不到")
    known = [*texts, *values]
    places = np.where(cells.codes >= 0, cells.codes, len(texts) - 1 - cells.codes)
    is_filled = np.bincount(places, minlength=len(known)) > 0
    is_filled &= np.array([cell != "" for cell in known], bool)
    filled = np.flatnonzero(is_filled)
    numbers = np.zeros(len(known), np.int32)
    numbers[filled] = np.arange(1, len(filled) + 1)
    codes = np.zeros((rows, columns), np.int32)
    codes[cells.rows, cells.columns] = numbers[places]
    return CellMatrix(["", *map(known.__getitem__, filled.tolist())], codes)
