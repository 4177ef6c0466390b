"""Reading .xlsx: `reading_cells` finds the distinct cells, calamine says what each of them means.

For this it gets a small workbook, made of the original's styles and shared strings, whose one
sheet has nothing but these cells. So they are read as calamine reads them, but each once, wherever
the parts of the original lie. Only what cannot be mistaken is taken as it stands: shared strings.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import compress, islice
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError

import numpy as np
import polars as pl
from numpy.typing import NDArray
from python_calamine import SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from jiandang.formats.container import MAX_UNPACKED, Container
from jiandang.formats.elements import parser_of
from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    Grid,
    Range,
    SheetFacts,
    Spans,
    damaged,
    too_large,
)
from jiandang.formats.matrix import CellMatrix
from jiandang.formats.numbering import Numbering
from jiandang.formats.outline import PeculiarXml
from jiandang.formats.spreadsheet import (
    SheetIterator,
    open_book,
    read_cells,
    refuse_shared,
    stray_remark,
    translated,
    written_out,
)
from jiandang.formats.xlsx.canonical import canonical
from jiandang.formats.xlsx.cell_formats import CellFormats
from jiandang.formats.xlsx.reading_cells import SheetCells, cells_of
from jiandang.formats.xlsx.sheet_xml import SheetXml
from jiandang.formats.xlsx.strings import AskedStrings, PlainStrings, Texts
from jiandang.formats.xlsx.text import position
from jiandang.formats.xlsx.workbook import SheetEntry, WorkbookPart, read_workbook_part
from jiandang.patterns import regex
from jiandang.register.address import cell_address
from jiandang.register.cells import ErrorValue, Raw

NOT_COMPUTED = ErrorValue("公式未计算")
_ERROR = regex(r't="e"')
_TEXT_RESULT = regex(r't="str"')
_VALUE = regex(r"<v(?:\s[^>]*)?>([^<]*)<")
_NO_RESULT = regex(r"\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*")
# Shared strings with formats of their own are asked for one by one, in 400 bytes each.
_MOST_ASKED = 1_500_000
# Bytes of styles and strings that calamine is handed for all sheets together.
_MOST_HANDED = MAX_UNPACKED
# A sheet uses few strings of so many times more.
_FEW = 8
_STRING_TAG = re.compile(rb"<(?:\w+:)?si[\s/>]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

# What calamine is asked: a workbook of one sheet, in whose rows a cell of known value stands last.
_WIDTH, _LAST, _LAST_CELL = 1000, "末", ' t="inlineStr"><is><t>末</t></is>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ASKED = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="w" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
    f'Id="s" Type="{_RELATIONS}/worksheet" Target="worksheets/s.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904='
    '"{}"/><sheets><sheet name="s" sheetId="1" r:id="s"/></sheets></workbook>',
    "xl/worksheets/s.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{{}}</sheetData></worksheet>',
}


def read_xlsx(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xlsx or .xlsm, or of an .et that is one inside.

    A remark is added for stray cells that are left out, when their sheet is read.
    """
    with translated():
        return XlsxSheets(container, read_workbook_part(container), remarks)


class XlsxSheets(SheetIterator):
    """The grids of a workbook, for all of which the shared strings are read once."""

    def __init__(self, container: Container, workbook: WorkbookPart, remarks: list[str]) -> None:
        super().__init__([*map(_metadata, workbook.sheets)])
        self._container, self._entries, self._remarks = container, workbook.sheets, remarks
        refuse_shared(sheet.part for sheet in workbook.sheets if sheet.part)
        self._meanings = Meanings(container, workbook)

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        part = self._entries[index].part
        if part is None:
            raise damaged("找不到工作表的内容")
        try:
            cells, frame = _read_sheet(SheetXml(self._container.chunks(part)))
        except (PeculiarXml, ExpatError):
            anew = canonical(self._container.chunks(part))
            cells, frame = _read_sheet(SheetXml(anew))
        rows, columns = self._bounds(sheet.name, cells)
        return Grid(
            sheet.name,
            _matrix(cells, self._meanings.of(cells), rows, columns),
            frame.merged,
            hidden_rows=cells.hidden_rows,
            hidden_columns=frame.hidden_columns.below(MAX_COLUMNS),
        )

    def _bounds(self, name: str, cells: SheetCells) -> tuple[int, int]:
        """The area of the sheet, from which a few cells far from the table are left out."""
        facts = SheetFacts()
        facts.rows, facts.columns = cells.extent()
        if facts.cells <= MAX_CELLS:
            return facts.rows, facts.columns
        facts.in_row.update(cells.rows.tolist())
        facts.in_column.update(cells.columns.tolist())
        strays = cells.crop(*facts.dense())
        self._remarks.append(stray_remark(name, [cell_address(*place) for place in strays]))
        return cells.extent()


def _metadata(sheet: SheetEntry) -> SheetMetadata:
    has_cells = sheet.kind == "worksheet"
    return SheetMetadata(
        sheet.name,
        SheetTypeEnum.WorkSheet if has_cells else SheetTypeEnum.ChartSheet,
        SheetVisibleEnum.Hidden if sheet.hidden else SheetVisibleEnum.Visible,
    )


@dataclass
class _Frame:
    """What is said of a sheet before and behind its rows."""

    merged: list[Range] = field(default_factory=list)
    hidden_columns: Spans = field(default_factory=Spans)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element."""
        name = name.rpartition(":")[2]
        if name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = position(first), position(last or first)
            self.merged.append((top - 1, left - 1, bottom - 1, right - 1))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_columns.add(int(first) - 1, int(last) - 1)


def _read_sheet(xml: SheetXml) -> tuple[SheetCells, _Frame]:
    """The cells of a sheet, and what stands around them, which has to be well-formed."""
    cells = cells_of(_unprefixed(xml))
    frame = _Frame()
    parser = parser_of(frame.start)
    parser.Parse(xml.head, False)
    parser.Parse(xml.tail, True)
    return cells, frame


def _unprefixed(xml: SheetXml) -> Iterator[bytes]:
    for piece in xml.rows():
        if xml.prefix:
            piece = piece.replace(b"<" + xml.prefix, b"<").replace(b"</" + xml.prefix, b"</")
        yield piece


class Values(NamedTuple):
    """Distinct shared strings and other values; in `places` for all that cells hold its own."""

    texts: pl.Series
    others: list[Raw]
    places: NDArray[np.int64]


class Meanings:
    """What the contents of cells mean."""

    def __init__(self, container: Container, workbook: WorkbookPart) -> None:
        self._epoch = "1" if workbook.from_1904 else "0"
        self._formats = CellFormats(
            _shared_part(container, workbook.part("styles") or "xl/styles.xml")
        )
        self._left = _MOST_HANDED
        strings = workbook.part("sharedStrings") or "xl/sharedStrings.xml"
        self._strings = _shared_part(container, strings)
        texts: Texts | None = PlainStrings.of(self._strings)
        if texts is None:
            tags = _STRING_TAG.finditer(_COMMENT.sub(b"", self._strings))
            count = sum(1 for _ in islice(tags, _MOST_ASKED + 1))
            if count > _MOST_ASKED:
                raise too_large(f"文件里设了格式的文字超过 {_MOST_ASKED} 条")
            texts = AskedStrings(self._ask([f' t="s"><v>{number}</v>' for number in range(count)]))
        self._texts = texts

    def of(self, cells: SheetCells) -> "Values":
        """What all that cells hold means, errors and "" among it."""
        held = cells.held
        is_shared = held >= 0
        used = held[is_shared]
        if used.max(initial=-1) >= len(self._texts):
            raise damaged("有单元格的文字找不到")
        # Those that this sheet uses: all of them once a sheet would be sheets times strings.
        shared, found = _distinct(used, len(self._texts))
        distinct = Numbering()
        others = distinct.number(cells.contents)
        places = np.zeros(len(held), np.int64)
        places[is_shared], places[~is_shared] = found, others[~held[~is_shared]] + len(shared)
        return Values(self._texts.take(shared), self._values(distinct.texts()), places)

    def _values(self, contents: pl.Series) -> list[Raw]:
        """The values of contents that are no plain shared strings."""
        cells = contents.to_list()
        errors = {}
        for place in contents.str.contains(r't="e"|<f').arg_true().to_list():
            if error := _error_in(cells[place]):
                errors[place] = error
                cells[place] = ">"  # calamine refuses errors that it does not know
        values = self._ask(cells)
        for place, error in errors.items():
            values[place] = error
        return values

    def _ask(self, cells: Sequence[str]) -> list[Raw]:
        """What calamine reads, given the cells without their addresses, ` s="1"><v>5</v>`.

        Raises `Unreadable` where the number of cells is not the same: then some of them have
        moved to the places of others.
        """
        styles, cells = self._formats.of(list(cells))
        rows = [cells[at : at + _WIDTH] for at in range(0, len(cells), _WIDTH)]
        sheet = "".join(f"<row><c{'</c><c'.join([*row, _LAST_CELL])}</c></row>" for row in rows)
        strings = self._strings if 't="s"' in sheet else b""
        self._left -= len(styles) + len(strings)
        if self._left < 0:
            raise too_large("文件里的格式或文字过多，每张工作表都要用")
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in _ASKED.items():
                what = self._epoch if name == "xl/workbook.xml" else sheet
                archive.writestr(name, content.format(what))
            if styles:
                archive.writestr("xl/styles.xml", styles)
            if strings:
                archive.writestr("xl/sharedStrings.xml", strings)
        found = read_cells(open_book(target.getvalue()).get_sheet_by_index(0)) if rows else []
        values: list[Any] = []
        for row, read in zip(rows, found, strict=True):
            if len(read) <= len(row) or read[len(row)] != _LAST or any(read[len(row) + 1 :]):
                raise damaged("单元格的内容有误")
            values += read[: len(row)]
        return [*map(written_out, values)] if timedelta in map(type, values) else values


def _shared_part(container: Container, name: str) -> bytes:
    return container.read(name, MAX_UNPACKED) if name in container else b""


def _error_in(content: str) -> ErrorValue | None:
    """What calamine gives as an empty text: an error, or a formula without a value."""
    attributes, _, inner = content.partition(">")
    if _ERROR.search(attributes) and (value := _VALUE.search(inner)):
        return ErrorValue(value[1].strip())
    if _NO_RESULT.fullmatch(inner) and not _TEXT_RESULT.search(attributes):
        return NOT_COMPUTED
    return None


def _distinct(numbers: NDArray[np.int64], end: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct ones of numbers below `end`, and the place of each among them."""
    if end > _FEW * len(numbers):
        return np.unique(numbers, return_inverse=True)
    is_there = np.zeros(end, bool)
    is_there[numbers] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[numbers]


def _matrix(cells: SheetCells, values: Values, rows: int, columns: int) -> CellMatrix:
    """The cells with their values. Contents that mean nothing are empty cells."""
    found = values.places[cells.codes]
    texts, others = values.texts, values.others
    is_used = np.bincount(found, minlength=len(texts) + len(others)) > 0
    is_used[: len(texts)] &= (texts != "").to_numpy()
    is_used[len(texts) :] &= np.array([value != "" for value in others], bool)
    used = np.flatnonzero(is_used)
    numbers = np.zeros(len(is_used), np.int32)
    numbers[used] = np.arange(1, len(used) + 1)
    codes = np.zeros((rows, columns), np.int32)
    codes[cells.rows, cells.columns] = numbers[found]
    if len(used) < len(is_used):
        others = [*compress(others, is_used[len(texts) :].tolist())]
        texts = texts.filter(is_used[: len(texts)])
    return CellMatrix.of_texts(texts, others, codes)
