"""Sheets put in front of a workbook's own, and workbooks of our own sheets alone."""

import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jiandang.formats.xlsx.outline import (
    Edit,
    Element,
    MarkingError,
    append_inside,
    apply,
    outline,
    prefix_of,
    qualify,
    with_attribute,
)
from jiandang.formats.xlsx.package import LEVEL, Package, relationship_base
from jiandang.formats.xlsx.sheet import Sheet
from jiandang.formats.xlsx.styles import NAMESPACE, Styles
from jiandang.formats.xlsx.text import escape, quoted_sheet

_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LONGEST_NAME = 31
SHEET_TYPE = _OFFICE + "worksheet+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook_part(package: Package) -> str:
    """The name of the workbook's main part. Raises MarkingError for what is no such package."""
    for link in package.relationships(""):
        if link.kind == "officeDocument" and link.target.endswith(".xml"):
            return link.target
    raise MarkingError("不是 .xlsx 工作簿")


def sheet_parts(package: Package, workbook: str) -> dict[str, str]:
    """Sheet name → part, for the sheets that are made of cells."""
    links = {link.id: link for link in package.relationships(workbook)}
    parts = {}
    for sheet in _sheets(outline(package.read(workbook))).children:
        link = links.get(_relation_id(sheet))
        if link is not None and link.kind == "worksheet":
            parts[sheet.attributes["name"]] = link.target
    return parts


def active_sheet(package: Package, workbook: str) -> str:
    """The name of the sheet that the workbook opens at."""
    root = outline(package.read(workbook))
    views = [e for e in root.walk() if e.name == "workbookView"]
    number = _whole(views[0].attributes.get("activeTab")) if views else 0
    sheets = _sheets(root).children
    return sheets[number].attributes["name"] if number < len(sheets) else ""


def _whole(text: str | None) -> int:
    """What a damaged attribute says, 0 if it says nothing that can be."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def add_in_front(package: Package, workbook: str, sheets: Sequence[Sheet], *, select: bool) -> None:
    """Put sheets before all others, and open the workbook at the first of them if `select`."""
    base = next(
        relationship_base(link.type)
        for link in package.relationships(workbook)
        if link.kind == "worksheet"
    )
    ids = []
    for sheet in sheets:
        part = package.free_name("xl/worksheets/jiandang{}.xml")
        package.write(part, sheet.xml())
        package.declare(part, "", SHEET_TYPE)
        ids.append(package.relate(workbook, f"{base}/worksheet", part))
    package.write(workbook, _with_sheets(package.read(workbook), sheets, ids, base, select))
    if "docProps/app.xml" in package:
        package.write("docProps/app.xml", _with_titles(package.read("docProps/app.xml"), sheets))


def free_sheet_name(name: str, taken: Sequence[str]) -> str:
    """`name`, or `name (2)` where the workbook has a sheet of that name, of 31 characters at most.

    Excel counts UTF-16 units, of which some characters take two.
    """
    known = {other.lower() for other in taken}
    free, number = _cut(name, _LONGEST_NAME), 2
    while free.lower() in known:
        ending = f" ({number})"
        free, number = _cut(name, _LONGEST_NAME - len(ending)) + ending, number + 1
    return free


def _cut(name: str, units: int) -> str:
    return name.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")


def _sheets(root: Element) -> Element:
    sheets = root.find("sheets")
    if sheets is None:
        raise MarkingError("工作簿内没有工作表")
    return sheets


def _relation_id(sheet: Element) -> str:
    return next((v for k, v in sheet.attributes.items() if k.rpartition(":")[2] == "id"), "")


def _with_sheets(
    xml: bytes, sheets: Sequence[Sheet], ids: Sequence[str], base: str, select: bool
) -> bytes:
    root = outline(xml)
    prefix = prefix_of(xml, root)
    own = _sheets(root)
    # Calculation chains and pivot caches use sheetId, so it must be new; names and the active tab
    # use the position, so these move.
    number = max((_whole(sheet.attributes.get("sheetId")) for sheet in own.children), default=0)
    entries = "".join(
        f'<sheet xmlns:r="{base}" name="{escape(sheet.name)}" sheetId="{number + n}" r:id="{id_}"/>'
        for n, (sheet, id_) in enumerate(zip(sheets, ids, strict=True), 1)
    )
    edits: list[Edit] = [(own.content, own.content, qualify(entries.encode(), prefix))]
    for element in root.walk():
        tag = xml[element.start : element.content]
        if element.name == "definedName" and "localSheetId" in element.attributes:
            moved = b"%d" % (_whole(element.attributes["localSheetId"]) + len(sheets))
            new = with_attribute(tag, b"localSheetId", moved)
            edits.append((element.start, element.content, new))
        if element.name == "workbookView":
            active = 0 if select else _whole(element.attributes.get("activeTab")) + len(sheets)
            new = with_attribute(tag, b"activeTab", b"%d" % active)
            edits.append((element.start, element.content, with_attribute(new, b"firstSheet", b"0")))
    edits.append(_names_edit(xml, root, qualify(_names(sheets).encode(), prefix), prefix))
    return apply(xml, edits)


def _names_edit(xml: bytes, root: Element, names: bytes, prefix: bytes) -> Edit:
    existing = root.find("definedNames")
    if existing is not None:
        return append_inside(xml, existing, names)
    place = _sheets(root).end
    for earlier in ("functionGroups", "externalReferences"):
        element = root.find(earlier)
        place = element.end if element else place
    tag = qualify(b"<definedNames>", prefix)
    return place, place, tag + names + tag.replace(b"<", b"</")


def _names(sheets: Sequence[Sheet]) -> str:
    """The hidden name that makes a filter work in all versions, and the rows repeated in print."""
    names = []
    for number, sheet in enumerate(sheets):
        target = escape(quoted_sheet(sheet.name))
        if sheet.filter:
            ref = re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", sheet.filter)
            names.append(
                f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
                f"{target}!{ref}</definedName>"
            )
        if sheet.repeat_rows:
            names.append(
                f'<definedName name="_xlnm.Print_Titles" localSheetId="{number}">'
                f"{target}!$1:${sheet.repeat_rows}</definedName>"
            )
    return "".join(names)


_COUNT = re.compile(rb"(<vt:i4>)([0-9]+)(</vt:i4>)")
_TITLES = re.compile(rb"(<TitlesOfParts>\s*<vt:vector\b[^>]*?\bsize=\")([0-9]+)(\"[^>]*>)")


def _with_titles(xml: bytes, sheets: Sequence[Sheet]) -> bytes:
    """docProps/app.xml with the new sheets in its list; left alone where it looks unusual."""
    count, titles = _COUNT.search(xml), _TITLES.search(xml)
    if count is None or titles is None or xml.find(b"<HeadingPairs>") > count.start():
        return xml
    names = "".join(f"<vt:lpstr>{escape(sheet.name)}</vt:lpstr>" for sheet in sheets).encode()

    def more(number: bytes) -> bytes:
        return b"%d" % (int(number) + len(sheets))

    return apply(
        xml,
        [
            (*count.span(2), more(count[2])),
            (*titles.span(2), more(titles[2])),
            (titles.end(), titles.end(), names),
        ],
    )


def write_book(target: Path, sheets: Sequence[Sheet], styles: Styles) -> None:
    """A workbook of our own sheets. Their rows may be streams."""
    declared = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET_TYPE}"/>'
        for n in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    entries = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    names = _names(sheets)
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override '
        f'PartName="/xl/workbook.xml" ContentType="{_OFFICE}sheet.main+xml"/><Override '
        f'PartName="/xl/styles.xml" ContentType="{_OFFICE}styles+xml"/>{declared}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{_RELATION}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{_RELATION}"><bookViews>'
        f"<workbookView/></bookViews><sheets>{entries}</sheets>"
        + (f"<definedNames>{names}</definedNames>" if names else "")
        + "</workbook>",
    }
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, xml in parts.items():
            archive.writestr(_entry(name), '<?xml version="1.0" encoding="UTF-8"?>\n' + xml)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
                for piece in sheet.xml():
                    stream.write(piece)
        archive.writestr(_entry("xl/styles.xml"), styles.to_xml())


def _entry(name: str) -> ZipInfo:
    """Without the time: the same content gives the same bytes."""
    info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info._compresslevel = LEVEL  # type: ignore[attr-defined]  # no public name before 3.13
    return info
