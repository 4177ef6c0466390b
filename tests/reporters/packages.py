"""Reading a written workbook strictly, as Excel does: what it would call damaged fails here."""

import io
import posixpath
import re
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# In the order of the standard.
_SHEET_ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData",
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
]  # fmt: skip


def raw_members(path: Path) -> dict[str, bytes]:
    """Each member's bytes as they lie in the zip, packed."""
    data = path.read_bytes()
    members = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            at = info.header_offset
            name, extra = struct.unpack("<HH", data[at + 26 : at + 30])
            start = at + 30 + name + extra
            members[info.filename] = data[start : start + info.compress_size]
    return members


def check_package(path: Path) -> None:
    """Assert that the package is whole: types, links, orders, numbers that must differ."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.lower() for name in names}) == len(names)
        parts = {name: archive.read(name) for name in names}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    _check_types(parts)
    for name in parts:
        if name.endswith(".rels"):
            _check_links(name, parts)
    sheets = _check_workbook(parts)
    formats = ElementTree.fromstring(parts["xl/styles.xml"]).find(f"{_MAIN}cellXfs")
    assert formats is not None and int(formats.attrib["count"]) == len(formats)
    for name in sheets:
        _check_sheet(parts[name], len(formats))
    _check_shapes(parts)


def _check_types(parts: dict[str, bytes]) -> None:
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    overrides = [e.attrib["PartName"] for e in types if "PartName" in e.attrib]
    extensions = [e.attrib["Extension"].lower() for e in types if "Extension" in e.attrib]
    assert len(set(overrides)) == len(overrides) and len(set(extensions)) == len(extensions)
    for name in parts:
        extension = name.rpartition(".")[2].lower()
        assert f"/{name}" in overrides or extension in extensions or name.startswith("[Content")


def _check_links(rels: str, parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts[rels])
    ids = [link.attrib["Id"] for link in root]
    assert len(set(ids)) == len(ids)
    folder = posixpath.dirname(posixpath.dirname(rels))
    for link in root:
        if link.attrib.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, link.attrib["Target"]))
            assert target.lstrip("/") in parts, (rels, target)


def _check_workbook(parts: dict[str, bytes]) -> list[str]:
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    sheets = book.find(f"{_MAIN}sheets")
    assert sheets is not None
    for key in ("name", "sheetId"):
        values = [sheet.attrib[key].lower() for sheet in sheets]
        assert len(set(values)) == len(values)
    links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    found = []
    selected = []
    for number, sheet in enumerate(sheets):
        (id_,) = [v for k, v in sheet.attrib.items() if k.endswith("}id")]
        name = posixpath.normpath(posixpath.join("/xl", targets[id_])).lstrip("/")
        if "chartsheet" not in name:
            found.append(name)
        if b'tabSelected="1"' in parts[name]:
            selected.append(number)
    view = book.find(f"{_MAIN}bookViews/{_MAIN}workbookView")
    assert view is not None
    assert selected == [int(view.attrib.get("activeTab", 0))]
    for defined in book.iter(f"{_MAIN}definedName"):
        assert int(defined.attrib.get("localSheetId", 0)) < len(sheets)
    return found


def _check_sheet(xml: bytes, formats: int) -> None:
    sheet = ElementTree.fromstring(xml)
    order = [
        _SHEET_ORDER.index(name)
        for e in sheet
        if (name := e.tag.rpartition("}")[2]) in _SHEET_ORDER
    ]
    assert order == sorted(order)
    assert sum(e.tag.endswith("}legacyDrawing") for e in sheet) <= 1
    last_row = 0
    for row in sheet.iter(f"{_MAIN}row"):
        number = int(row.attrib.get("r", last_row + 1))
        assert number > last_row
        last_row, last_column = number, 0
        for cell in row:
            assert int(cell.attrib.get("s", 0)) < formats
            column = last_column + 1
            if "r" in cell.attrib:
                match = re.fullmatch(r"([A-Z]+)([0-9]+)", cell.attrib["r"])
                assert match is not None and int(match[2]) == number
                column = 0
                for letter in match[1]:
                    column = column * 26 + ord(letter) - 64
            assert column > last_column
            last_column = column


def _check_shapes(parts: dict[str, bytes]) -> None:
    ids: list[bytes] = []
    for name, content in parts.items():
        if name.endswith(".vml"):
            own = re.findall(rb'\sid="_x0000_s([0-9]+)"', content)
            blocks = re.search(rb'idmap [^>]*data="([0-9,]*)"', content)
            assert blocks is not None
            assert {int(i) // 1024 for i in own} <= {int(b) for b in blocks[1].split(b",")}
            ids += own
    assert len(set(ids)) == len(ids)
