"""A small writer of .xlsb ([MS-XLSB]), which no common library writes: texts, numbers and dates."""

import struct
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_EPOCH = date(1899, 12, 30)
_TYPES = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
_DATE_FORMAT, _AS_DATE = 14, 1  # the built-in format, and the place of its style below


def record(kind: int, data: bytes = b"") -> bytes:
    """A record: kind and size in seven-bit groups."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = [], len(data)
    while True:
        size.append(rest & 0x7F | (0x80 if rest > 0x7F else 0))
        rest >>= 7
        if not rest:
            return head + bytes(size) + data


def text(value: str) -> bytes:
    """A text with its length in front."""
    packed = value.encode("utf-16-le")
    return struct.pack("<I", len(packed) // 2) + packed


def package(sheet_name: str, sheet: bytes, more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """A workbook of one sheet, whose part is given."""
    relations = (
        f'<Relationships xmlns="{_TYPES}relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    types = (
        f'<Types xmlns="{_TYPES}content-types"><Default Extension="bin" ContentType="{_BINARY}"/>'
        "</Types>"
    )
    entry = record(156, struct.pack("<II", 0, 1) + text("r1") + text(sheet_name))
    workbook = record(131) + record(143) + entry + record(144) + record(132)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        for name, content in more:
            archive.writestr(name, content)
    return packed.getvalue()


def write_xlsb(path: Path, sheet_name: str, rows: Iterable[Sequence[object]]) -> None:
    """Texts stand in the cells themselves; None and "" make no cell."""
    sheet = bytearray(record(129) + record(148, bytes(16)) + record(145))
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            if isinstance(value, date):
                head = struct.pack("<II", column, _AS_DATE)
                sheet += record(5, head + struct.pack("<d", (value - _EPOCH).days))
            elif isinstance(value, int | float):
                sheet += record(5, struct.pack("<IId", column, 0, value))
            elif value:
                sheet += record(6, struct.pack("<II", column, 0) + text(str(value)))
    sheet += record(146) + record(130)
    formats = (struct.pack("<HH", 0, code) + bytes(12) for code in (0, _DATE_FORMAT))
    styles = [record(47, style) for style in formats]
    styles_part = record(617, struct.pack("<I", len(styles))) + b"".join(styles) + record(618)
    path.write_bytes(package(sheet_name, bytes(sheet), [("xl/styles.bin", styles_part)]))
