"""Small files of every format, written by hand so that anything can be wrong in them."""

import struct
import zipfile
from pathlib import Path


def zipped(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)


def ods(path: Path, tables: bytes) -> None:
    office = b"urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        b'<?xml version="1.0"?><office:document-content xmlns:office="' + office + b'office:1.0"'
        b' xmlns:table="' + office + b'table:1.0" xmlns:text="' + office + b'text:1.0">'
        b"<office:body><office:spreadsheet>" + tables + b"</office:spreadsheet></office:body>"
        b"</office:document-content>"
    )
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="' + office + b'manifest:1.0"><manifest:file-entry '
        b'manifest:full-path="/" manifest:media-type="' + mime + b'"/></manifest:manifest>'
    )
    parts = {"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": manifest}
    zipped(path, parts)


ODS_CELL = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def ods_row(cells: bytes, times: int = 1) -> bytes:
    """A row that stands for so many."""
    start = b'<table:table-row table:number-rows-repeated="%d">' % times
    return start + cells + b"</table:table-row>"


def ods_cell(text: bytes, times: int = 1) -> bytes:
    """A cell that stands for so many; the text may hold elements."""
    start = b'<table:table-cell office:value-type="string" table:number-columns-repeated="%d">'
    return start % times + b"<text:p>" + text + b"</text:p></table:table-cell>"


def spreadsheetml(path: Path, table: str) -> Path:
    """An XML Spreadsheet whose only table holds this; gives the path."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}">'
        f'<Worksheet ss:Name="a"><Table>{table}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    return path


XML_CELL = '<Cell{}><Data ss:Type="String">x</Data></Cell>'


def xls_stream(
    sheets: int, before: bytes = b"", inside: bytes = b"", shared: bool = False
) -> bytes:
    """An .xls of so many sheets, with records before them and in each."""

    record = xls_record
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    names = [b"%d" % n for n in range(sheets)]
    sizes = sum(4 + 8 + len(name) for name in names)
    start = len(bof) + len(before) + sizes + 4
    own = record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 6)) + inside + record(0x0A)
    listed = b""
    for number, name in enumerate(names):
        at = start + (0 if shared else number * len(own))
        listed += record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    return bof + before + listed + record(0x0A) + own * (1 if shared else sheets)


def xls_record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls_strings(text: bytes) -> bytes:
    """The table of strings with one text."""
    data = struct.pack("<IIHB", 1, 1, len(text), 0) + text
    records = xls_record(0xFC, data[:8000])
    for at in range(8000, len(data), 8000):
        records += xls_record(0x3C, b"\0" + data[at : at + 8000])
    return records


def xls(path: Path, stream: bytes) -> None:
    from jiandang.formats.xls import ole_file

    path.write_bytes(ole_file(bytearray(stream)))


def xlsb_record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    while size > 127:
        head, size = head + bytes([size & 0x7F | 0x80]), size >> 7
    return head + bytes([size]) + data


def xlsb_text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def xlsb(path: Path, sheet: bytes, strings: bytes = b"") -> None:
    """A workbook of one sheet, and the table of strings if there are any."""
    record, text = xlsb_record, xlsb_text
    types = "http://schemas.openxmlformats.org/package/2006/"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    workbook = (
        record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("r1") + text("a"))
    )
    zipped(path, {
        "[Content_Types].xml": f'<Types xmlns="{types}content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'.encode(),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{types}relationships"><Relationship '
        f'Id="r1" Type="{office}worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="r2" '
        f'Type="{office}sharedStrings" Target="sharedStrings.bin"/></Relationships>'.encode(),
        "xl/sharedStrings.bin": record(159, bytes([bool(strings), 0, 0, 0]) * 2) + strings
        + record(160),
        "xl/workbook.bin": workbook + record(144) + record(132),
        "xl/worksheets/sheet1.bin": record(129) + sheet + record(130),
    })  # fmt: skip


def xlsx(path: Path, sheets: list[tuple[str, str]], parts: dict[str, bytes]) -> None:
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="{part}"/>'
        for n, (_, part) in enumerate(sheets)
    )
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n + 1}" r:id="r{n}"/>'
        for n, (name, _) in enumerate(sheets)
    )
    zipped(path, {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="applic'
        'ation/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/_rels/workbook.xml.rels":
        f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'.encode(),
        "xl/workbook.xml":
        f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{entries}</sheets></workbook>'.encode(),  # noqa: E501
        **parts,
    })  # fmt: skip


ROWS = b"<row><c t='inlineStr'><is><t>x</t></is></c><c><v>1</v></c></row>"
SHEET = (
    b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    + ROWS * 5000
    + b"</sheetData></worksheet>"
)
