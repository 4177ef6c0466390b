"""What must be known of an .xlsb before calamine sees it: its sheets and how far they reach.

The errors, the merged ranges and the hidden rows and columns are found on the way.
"""

from collections.abc import Iterator, Sequence
from struct import unpack_from

from jiandang.formats.container import Container
from jiandang.formats.grid import MAX_CELLS, MAX_COLUMNS, Grid, SheetFacts, Spans, damaged
from jiandang.formats.relations import main_part, relations, target_of
from jiandang.formats.spreadsheet import CalamineSheets, refuse_shared, refuse_texts, translated
from jiandang.formats.xls import ERRORS
from jiandang.register.cells import ErrorValue

_MAX_XLSB = 512 << 20
# Strays are cut off after reading, from sheets of at most so many cells.
_MAX_READ = 16 << 20


def xlsb_facts(data: bytes, lengths: Sequence[int]) -> SheetFacts:
    """The facts of the sheet in a part; `lengths` are those of the shared strings."""
    facts = SheetFacts()
    hidden = Spans()
    row = characters = 0
    rows = columns = -1
    for at, kind in _records(data):
        if 2 <= kind <= 11:  # the cells with a value
            (column,) = unpack_from("<I", data, at)
            rows = row if row > rows else rows  # max() would take longer than all else here
            columns = column if column > columns else columns
            if kind == 7:  # BrtCellIsst, each of which gets its own copy of the text
                characters += lengths[unpack_from("<I", data, at + 8)[0]]
            elif kind in (3, 11) and data[at + 8] in ERRORS:
                facts.marks[row, column] = ErrorValue(ERRORS[data[at + 8]])
        elif kind == 0:  # BrtRowHdr
            (row,) = unpack_from("<I", data, at)
            if data[at + 11] & 0x10:
                facts.hidden_rows.add(row)
        elif kind == 60 and data[at + 16] & 1:  # BrtColInfo
            first, last = unpack_from("<II", data, at)
            hidden.add(first, last)
        elif kind == 176:  # BrtMergeCell
            first, last, left, right = unpack_from("<IIII", data, at)
            facts.merged.append((first, left, last, right))
    refuse_texts(characters)
    facts.rows, facts.columns = rows + 1, columns + 1
    if facts.cells > _MAX_READ:
        raise facts.too_wide()
    if facts.cells > MAX_CELLS:
        _count_cells(facts, data)
    facts.hidden_columns = set(hidden.below(MAX_COLUMNS))
    return facts


def _count_cells(facts: SheetFacts, data: bytes) -> None:
    """Count the cells with a value by row and column, to tell strays from the table."""
    row = 0
    for at, kind in _records(data):
        if kind == 0:
            (row,) = unpack_from("<I", data, at)
        elif 2 <= kind <= 11:
            facts.in_row[row] += 1
            facts.in_column[unpack_from("<I", data, at)[0]] += 1


def sheets_of_records(workbook: bytes) -> Iterator[tuple[str, str]]:
    for at, kind in _records(workbook):
        if kind == 156:  # BrtBundleSh
            texts = []
            at += 8
            for _ in range(2):
                (length,) = unpack_from("<I", workbook, at)
                texts.append(workbook[at + 4 : at + 4 + 2 * length].decode("utf-16-le"))
                at += 4 + 2 * length
            yield texts[1], texts[0]


def _lengths_of_texts(data: bytes) -> list[int]:
    """How many characters the shared strings have (BrtSSTItem)."""
    return [unpack_from("<I", data, at + 1)[0] for at, kind in _records(data) if kind == 19]


def _records(data: bytes) -> Iterator[tuple[int, int]]:
    """Position and kind of the records of a binary part."""
    at = 0
    while at < len(data):
        kind, size = data[at], data[at + 1]
        at += 2
        if kind & 0x80:
            kind, size = kind & 0x7F | size << 7, data[at]
            at += 1
        if size & 0x80:
            size &= 0x7F
            for shift in (7, 14, 21):
                byte = data[at]
                at += 1
                size |= (byte & 0x7F) << shift
                if byte < 0x80:
                    break
        yield at, kind
        at += size


def read_xlsb(container: Container, remarks: list[str]) -> Iterator[Grid]:
    """The sheets of an .xlsb."""
    workbook = main_part(container)
    with translated():
        links = relations(container, workbook)
        targets = {link.id: link.target for link in links}
        parts = {n: targets.get(id_) for n, id_ in sheets_of_records(container.read(workbook))}
        refuse_shared(part for part in parts.values() if part is not None)
        if styles := target_of(links, "styles"):  # calamine reads it
            container.check(styles)
        strings = target_of(links, "sharedStrings")
        lengths = _lengths_of_texts(container.read(strings, _MAX_XLSB)) if strings else []

    def facts_of(index: int, name: str) -> SheetFacts:
        part = parts.get(name)
        if part is None:
            raise damaged("找不到工作表的内容")
        return xlsb_facts(container.read(part, _MAX_XLSB), lengths)

    return CalamineSheets(container.data, facts_of, remarks)
