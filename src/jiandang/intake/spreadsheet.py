"""Reading spreadsheets with calamine, after a look at each sheet's extent.

calamine aborts the process over a sheet with a far stray cell, in every format. So .xls, .xlsb and
.ods are looked through as .xlsx is (see `xlsx_guard`); this also finds their errors and their
hidden rows and columns, of which calamine does not tell.
"""

import contextlib
import gc
import io
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from struct import pack, unpack_from
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from jiandang.intake.grid import Grid, Unreadable
from jiandang.intake.xlsx_guard import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RESAVE,
    Container,
    SheetFacts,
    Unsure,
    column_letters,
    damaged,
    refuse_entities,
    rewrite,
    scan_sheet,
    too_large,
)
from jiandang.register.cells import ErrorValue

# .ods and .xlsb are read with their strays, which are cut off afterwards, up to this size.
_MAX_READ = 16 << 20
_MAX_XLSB = 512 << 20
# The error codes of the binary formats.
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
FactsOf = Callable[[int, str], SheetFacts]
# A workbook without the cells beyond a row and a column, and the addresses of these cells.
WithoutStrays = Callable[[str, SheetFacts, int, int], tuple[bytes, list[str]]]
# The number formats [h]:mm and the like, whose cells calamine reads as time spans.
_DURATION = re.compile(rb'\[[hms]+\]|numFmtId="46"', re.IGNORECASE)


def read_xlsx(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xlsx or .xlsm, or of an .et that is one inside.

    A remark is added for stray cells that are left out, when their sheet is read.
    """
    parts = _parts(container, "xl/workbook.xml", _sheets_of_xml)
    durations = True
    for name in container.parts:
        # calamine unpacks these on opening, so their sizes must be checked before.
        if re.fullmatch(r"xl/[^/]+\.xml", name):
            chunks = list(container.chunks(name))
            refuse_entities(b"".join(chunks[:1]))
            if name == "xl/styles.xml":
                durations = bool(_DURATION.search(b"".join(chunks)))

    def facts_of(index: int, name: str) -> SheetFacts:
        return scan_sheet(container, _part(parts, name))

    def without_strays(
        name: str, facts: SheetFacts, rows: int, columns: int
    ) -> tuple[bytes, list[str]]:
        return rewrite(container, _part(parts, name), facts, rows, columns)

    return _Sheets(container.data, facts_of, remarks, durations, without_strays)


def read_xlsb(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xlsb."""
    parts = _parts(container, "xl/workbook.bin", _sheets_of_records)

    def facts_of(index: int, name: str) -> SheetFacts:
        facts = _xlsb_facts(container.read(_part(parts, name), _MAX_XLSB))
        _refuse_too_wide([facts])
        return facts

    return _Sheets(container.data, facts_of, remarks)


def read_ods(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The tables of an .ods."""
    if "META-INF/manifest.xml" in container:
        manifest = container.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise Unreadable("password", f"文件设有打开密码，.ods 的密码无法解开。{RESAVE}。")
    facts = ods_facts(container.chunks("content.xml"))
    _refuse_too_wide(facts)
    return _Sheets(container.data, lambda index, _: facts[index], remarks)


def read_xls(data: bytes, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xls, or of an .et that is one inside."""
    stream, facts = xls_stream(data)
    return _Sheets(_ole_file(stream), lambda index, _: facts[index], remarks)


def _parts(
    container: Container, workbook: str, sheets: Callable[[bytes], Iterator[tuple[str, str]]]
) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    from xml.etree.ElementTree import fromstring

    folder, name = posixpath.split(workbook)
    with translated():
        relations = fromstring(container.read(f"{folder}/_rels/{name}.rels"))
        targets = {
            relation.get("Id", ""): posixpath.join("/xl", relation.get("Target", ""))
            for relation in relations
        }
        return {
            name: posixpath.normpath(targets[relation]).lstrip("/")
            for name, relation in sheets(container.read(workbook))
            if relation in targets
        }


def _part(parts: dict[str, str], name: str) -> str:
    if name not in parts:
        raise damaged("找不到工作表的内容")
    return parts[name]


def _sheets_of_xml(workbook: bytes) -> Iterator[tuple[str, str]]:
    from xml.etree.ElementTree import fromstring

    for element in fromstring(workbook).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((v for k, v in element.items() if k.endswith("}id")), "")
            yield element.get("name", ""), relation


class _Sheets(Iterator[Grid]):
    """The grids of a workbook, one at a time. It can be continued after an unreadable sheet."""

    def __init__(
        self,
        data: bytes,
        facts_of: FactsOf,
        remarks: list[str],
        durations: bool = True,
        without_strays: WithoutStrays | None = None,
    ) -> None:
        # Only the readers of the binary formats are known to panic.
        self._quiet = _quiet_panics if without_strays is None else contextlib.nullcontext
        with self._quiet():
            self._book = _open(data)
        self._sheets = enumerate(self._book.sheets_metadata)
        self._facts_of, self._without_strays = facts_of, without_strays
        self._remarks, self._durations = remarks, durations

    def __next__(self) -> Grid:
        index, sheet = next(self._sheets)
        while sheet.typ != SheetTypeEnum.WorkSheet:
            index, sheet = next(self._sheets)
        try:
            with self._quiet(), translated():
                return self._read(index, sheet)
        except Unreadable as error:
            raise Unreadable(error.code, f"工作表“{sheet.name}”：{error.message}") from error

    def _read(self, index: int, sheet: SheetMetadata) -> Grid:
        facts = self._facts_of(index, sheet.name)
        book, strays = self._book, facts.strays
        rows, columns = MAX_ROWS, MAX_COLUMNS
        if facts.cells > MAX_CELLS:
            rows, columns = facts.dense()
            if rows * columns > MAX_CELLS:
                raise _too_wide(facts)
        cropped = facts.rows > rows or facts.columns > columns
        if self._without_strays and (cropped or facts.unknown_errors):
            try:
                data, strays = self._without_strays(sheet.name, facts, rows, columns)
            except Unsure:
                raise _too_wide(facts) from None
            book = _open(data)
        content = book.get_sheet_by_index(index)
        cells = _cells(content)
        if cropped:
            strays = strays or list(_strays(cells, rows, columns))
            cells = [row[:columns] for row in cells[:rows]]
        if strays:
            self._remarks.append(_stray_remark(sheet.name, strays))
        if self._durations:
            _write_out_durations(cells)
        _place(cells, {(r, c): v for (r, c), v in facts.marks.items() if r < rows and c < columns})
        merged = [(*first, *last) for first, last in content.merged_cell_ranges or []]
        return Grid(
            sheet.name,
            cells,
            merged or facts.merged,
            sheet.visible != SheetVisibleEnum.Visible,
            frozenset(facts.hidden_rows),
            frozenset(facts.hidden_columns),
        )


def _cells(content: CalamineSheet) -> list[list[Any]]:
    """All cells from A1 on. The garbage collector would look at every new row again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return content.to_python(skip_empty_area=False)
    finally:
        if collecting:
            gc.enable()


def _strays(cells: list[list[Any]], rows: int, columns: int) -> Iterator[str]:
    for r, row in enumerate(cells):
        for c, cell in enumerate(row if r >= rows else row[columns:], 0 if r >= rows else columns):
            if cell != "":
                yield f"{column_letters(c + 1)}{r + 1}"


def _stray_remark(sheet: str, strays: list[str]) -> str:
    shown = "、".join(strays[:5]) + (f"等 {len(strays)} 个单元格" if len(strays) > 5 else "")
    return f"工作表“{sheet}”：远离表格的 {shown} 有内容，没有检查；如无用请删去。"


def _too_wide(facts: SheetFacts) -> Unreadable:
    return too_large(
        f"有内容的区域一直到 {facts.corner()}（{facts.rows} 行 × {facts.columns} 列），"
        f"超过可检查的 {MAX_CELLS // 10_000} 万格"
    )


def _refuse_too_wide(sheets: list[SheetFacts]) -> None:
    """The formats whose strays are cut off after reading may not be too wide to be read."""
    for facts in sheets:
        if facts.cells > _MAX_READ:
            raise _too_wide(facts)
    if sum(facts.cells for facts in sheets) > 2 * _MAX_READ:
        raise too_large("各工作表有内容的区域合计过大")


def _write_out_durations(cells: list[list[Any]]) -> None:
    """A time span, as [h]:mm shows it: no register has one, so it is a text like any other."""
    for row in cells:
        if timedelta in map(type, row):
            for column, cell in enumerate(row):
                if isinstance(cell, timedelta):
                    minutes, seconds = divmod(round(cell.total_seconds()), 60)
                    row[column] = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _place(cells: list[list[Any]], marks: dict[tuple[int, int], ErrorValue]) -> None:
    """Put the errors into their cells, which may lie outside of what calamine has read."""
    if not marks:
        return
    height = max(row for row, _ in marks) + 1
    width = max([column + 1 for _, column in marks] + [len(row) for row in cells[:1]])
    cells.extend([] for _ in range(len(cells), height))
    for row in cells:
        row.extend([""] * (width - len(row)))
    for (r, c), mark in marks.items():
        cells[r][c] = mark


def _open(data: bytes) -> CalamineWorkbook:
    with translated():
        return CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn whatever a parser raises into `Unreadable`, calamine's panics as well."""
    try:
        yield
    except (Unreadable, Unsure):
        raise
    except PasswordError as error:
        raise Unreadable("password", f"文件设有打开密码。{RESAVE}。") from error
    except WorksheetNotFound as error:
        raise damaged("找不到工作表的内容") from error
    except MemoryError as error:
        raise too_large("内存不足，读不下这个文件") from error
    except BaseException as error:
        # A panic is a BaseException that pyo3 does not export.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise damaged("内容有误") from error


@contextlib.contextmanager
def _quiet_panics() -> Iterator[None]:
    """Keep the stack traces that calamine prints on a panic from the clerk."""
    try:
        kept = os.dup(2)
    except OSError:  # no standard error
        yield
        return
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def xls_stream(data: bytes) -> tuple[bytearray, list[SheetFacts]]:
    """The records of an .xls (BIFF5 or BIFF8) and the facts of its sheets, in their order.

    calamine believes whatever the records say of sizes, and reserves the memory: these are checked
    or taken out here. Cells far from the table are turned into records that it skips.
    """
    from olefile import OleFileIO  # type: ignore[import-untyped]

    with translated(), OleFileIO(io.BytesIO(data)) as ole:
        name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            raise Unreadable("not_a_workbook", f"文件里没有工作簿。{RESAVE}。")
        content = ole.openstream(name).read()
        if len(content) < ole.get_size(name):
            raise Unreadable(
                "truncated", f"文件不完整，可能没有拷贝完。请重新取得文件，或{RESAVE}。"
            )
        stream = bytearray(content + bytes(8))
        sheets = []
        for at, kind, _ in _biff_records(stream, 0):
            if kind == 0x2F:  # FILEPASS
                raise Unreadable("password", f"文件设有打开密码。{RESAVE}。")
            if kind == 0x85:  # BOUNDSHEET
                sheets.append(_xls_sheet_facts(stream, *unpack_from("<I", stream, at)))
            elif kind == 0xFC and unpack_from("<I", stream, at + 4)[0] > len(stream):  # SST
                raise damaged("文字表的大小有误")
        return stream, sheets


def _biff_records(stream: bytearray, at: int) -> Iterator[tuple[int, int, int]]:
    """Position, kind and size of the records from `at` to the end of the substream."""
    depth = 0
    while True:
        kind, size = unpack_from("<HH", stream, at)
        yield at + 4, kind, size
        at += 4 + size
        depth += (kind == 0x809) - (kind == 0x0A)
        if kind == 0x0A and depth <= 0:
            return


# LABELSST, RK, NUMBER, FORMULA, LABEL, RSTRING, BOOLERR
_XLS_CELLS = frozenset({0xFD, 0x27E, 0x203, 0x06, 0x204, 0xD6, 0x205})


def _xls_sheet_facts(stream: bytearray, start: int) -> SheetFacts:
    facts = SheetFacts()
    rows = columns = -1
    at, kind, depth = start, 0, 0
    while kind != 0x0A or depth > 0:
        # What stands first in a record of a cell is its row and its column.
        kind, size, row, column = unpack_from("<HHHH", stream, at)
        at += 4
        if kind in _XLS_CELLS:
            rows, columns = max(rows, row), max(columns, column)
            error = None
            if kind == 0x205 and stream[at + 7]:
                error = stream[at + 6]
            elif kind == 0x06 and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
                error = stream[at + 8]
            if error in _ERRORS:
                facts.marks[row, column] = ErrorValue(_ERRORS[error])
        elif kind == 0xBD:  # MULRK: a run of numbers
            rows, columns = max(rows, row), max(columns, column + (size - 6) // 6 - 1)
        elif kind == 0x200:  # DIMENSIONS, for which calamine would reserve memory
            stream[at : at + size] = bytes(size)
        elif kind == 0x208 and stream[at + 12] & 0x20:  # ROW
            facts.hidden_rows.add(row)
        elif kind == 0x7D and stream[at + 8] & 1:  # COLINFO: the first and the last column
            facts.hidden_columns.update(range(row, min(column, 255) + 1))
        elif kind in (0x809, 0x0A):  # BOF, EOF: a chart within the sheet has its own
            depth += 1 if kind == 0x809 else -1
        at += size
    facts.rows, facts.columns = rows + 1, columns + 1
    if facts.cells > MAX_CELLS:
        _skip_strays(facts, stream, start)
    return facts


def _skip_strays(facts: SheetFacts, stream: bytearray, start: int) -> None:
    cells = []
    for at, kind, size in _biff_records(stream, start):
        if kind in _XLS_CELLS or kind == 0xBD:
            row, column = unpack_from("<HH", stream, at)
            last = column + (size - 6) // 6 - 1 if kind == 0xBD else column
            cells.append((at, row, column, last))
    facts.in_row.update(row for _, row, _, _ in cells)
    facts.in_column.update(last for _, _, _, last in cells)
    rows, columns = facts.dense()
    if rows * columns > MAX_CELLS:
        raise _too_wide(facts)
    for at, row, column, last in cells:
        if row >= rows or last >= columns:
            stream[at - 4 : at - 2] = b"\xff\xff"  # no record that there is
            facts.strays.append(f"{column_letters(column + 1)}{row + 1}")
    facts.rows, facts.columns = rows, columns
    facts.marks = {(r, c): v for (r, c), v in facts.marks.items() if r < rows and c < columns}


def _ole_file(stream: bytearray) -> bytes:
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


def _xlsb_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Position, kind and size of the records of a binary part."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        yield at, kind, size
        at += size


def _sheets_of_records(workbook: bytes) -> Iterator[tuple[str, str]]:
    for at, kind, _ in _xlsb_records(workbook):
        if kind == 156:  # BrtBundleSh
            texts = []
            at += 8
            for _ in range(2):
                (length,) = unpack_from("<I", workbook, at)
                texts.append(workbook[at + 4 : at + 4 + 2 * length].decode("utf-16-le"))
                at += 4 + 2 * length
            yield texts[1], texts[0]


def _xlsb_facts(data: bytes) -> SheetFacts:
    facts = SheetFacts()
    row = 0
    for at, kind, _ in _xlsb_records(data):
        if kind == 0:  # BrtRowHdr
            (row,) = unpack_from("<I", data, at)
            if data[at + 11] & 0x10:
                facts.hidden_rows.add(row)
        elif 2 <= kind <= 11:  # the cells with a value
            (column,) = unpack_from("<I", data, at)
            facts.in_row[row] += 1
            facts.in_column[column] += 1
            if kind in (3, 11) and data[at + 8] in _ERRORS:
                facts.marks[row, column] = ErrorValue(_ERRORS[data[at + 8]])
        elif kind == 60 and data[at + 16] & 1:  # BrtColInfo
            first, last = unpack_from("<II", data, at)
            facts.hidden_columns.update(range(first, min(last, MAX_COLUMNS - 1) + 1))
        elif kind == 176:  # BrtMergeCell
            first, last, left, right = unpack_from("<IIII", data, at)
            facts.merged.append((first, left, last, right))
    facts.measure()
    return facts


def ods_facts(chunks: Iterator[bytes]) -> list[SheetFacts]:
    """The facts of the tables of an .ods, merged ranges included, in their order."""
    from xml.parsers.expat import ParserCreate

    tables = _OdsTables()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = tables.start
    parser.EndElementHandler = tables.end
    parser.CharacterDataHandler = tables.text
    parser.StartDoctypeDeclHandler = lambda *_: refuse_entities(b"<!DOCTYPE")
    with translated():
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    for facts in tables.facts:
        facts.measure()
    return tables.facts


class _OdsTables:
    """Follows rows and cells of content.xml, both of which may stand for several."""

    def __init__(self) -> None:
        self.facts: list[SheetFacts] = []
        self._row = self._column = self._definition = 0
        self._rows = 1
        self._cell: dict[str, str] | None = None
        self._text = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        hidden = attributes.get("table:visibility", "visible") != "visible"
        if name == "table:table":
            self.facts.append(SheetFacts())
            self._row = self._column = self._definition = 0
        elif name == "table:table-column":
            end = self._definition + _repeated(attributes, "columns")
            if hidden:
                self.facts[-1].hidden_columns.update(range(self._definition, end))
            self._definition = end
        elif name == "table:table-row":
            self._rows, self._column = _repeated(attributes, "rows"), 0
            if hidden:
                self.facts[-1].hidden_rows.update(range(self._row, self._row + self._rows))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._text = attributes, ""

    def text(self, text: str) -> None:
        if self._cell is not None:
            self._text += text

    def end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            repeated = _repeated(self._cell, "columns")
            if self._text or "office:value-type" in self._cell:
                self._add(self.facts[-1], self._cell, repeated)
            self._column += repeated
            self._cell = None

    def _add(self, facts: SheetFacts, cell: dict[str, str], repeated: int) -> None:
        row, column = self._row, self._column
        # Only the first and the last place of a repeated cell: the bounds need no more.
        for c in {column, column + repeated - 1}:
            facts.in_column[c] += self._rows
        for r in {row, row + self._rows - 1}:
            facts.in_row[r] += repeated
        is_error = cell.get("calcext:value-type") == "error" or (
            "table:formula" in cell and self._text.startswith(("#", "Err:"))
        )
        if is_error and repeated == self._rows == 1:
            facts.marks[row, column] = ErrorValue(self._text)
        down = int(cell.get("table:number-rows-spanned", "1"))
        across = int(cell.get("table:number-columns-spanned", "1"))
        if down > 1 or across > 1:
            facts.merged.append((row, column, row + down - 1, column + across - 1))


def _repeated(attributes: dict[str, str], what: str) -> int:
    number = int(attributes.get(f"table:number-{what}-repeated", "1"))
    if not 1 <= number <= MAX_ROWS:
        raise damaged("重复次数有误")
    return number
