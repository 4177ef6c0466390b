"""Sheets of our own put in front of a workbook's."""

import re
from collections.abc import Sequence

from jiandang.formats.outline import (
    Edit,
    Element,
    append_inside,
    apply,
    outline,
    prefix_of,
    qualify,
    with_attribute,
)
from jiandang.formats.xlsx.patching import PatchedPackage
from jiandang.formats.xlsx.text import escape
from jiandang.formats.xlsx.workbook import WorkbookPart, sheets_element, whole
from jiandang.formats.xlsx.writing_book import SHEET_TYPE, defined_names
from jiandang.formats.xlsx.writing_sheet import Sheet


def add_in_front(
    package: PatchedPackage, workbook: WorkbookPart, sheets: Sequence[Sheet], *, select: bool
) -> None:
    """Put sheets before all others, and open the workbook at the first of them if `select`."""
    base = next(link.base for link in workbook.links if link.kind == "worksheet")
    ids = []
    for sheet in sheets:
        part = package.free_name("xl/worksheets/jiandang{}.xml")
        package.write(part, sheet.xml())
        package.declare(part, "", SHEET_TYPE)
        ids.append(package.relate(workbook.name, f"{base}/worksheet", part))
    main = package.read(workbook.name)
    package.write(workbook.name, _with_sheets(main, sheets, ids, base, select))
    if "docProps/app.xml" in package:
        package.write("docProps/app.xml", _with_titles(package.read("docProps/app.xml"), sheets))


def _with_sheets(
    xml: bytes, sheets: Sequence[Sheet], ids: Sequence[str], base: str, select: bool
) -> bytes:
    root = outline(xml)
    prefix = prefix_of(xml, root)
    own = sheets_element(root)
    # Calculation chains and pivot caches use sheetId, so it must be new; names and the active tab
    # use the position, so these move.
    number = max((whole(sheet.attributes.get("sheetId")) for sheet in own.children), default=0)
    entries = "".join(
        f'<sheet xmlns:r="{base}" name="{escape(sheet.name)}" sheetId="{number + n}" r:id="{id_}"/>'
        for n, (sheet, id_) in enumerate(zip(sheets, ids, strict=True), 1)
    )
    edits: list[Edit] = [(own.content, own.content, qualify(entries.encode(), prefix))]
    for element in root.walk():
        tag = xml[element.start : element.content]
        if element.name == "definedName" and "localSheetId" in element.attributes:
            moved = b"%d" % (whole(element.attributes["localSheetId"]) + len(sheets))
            new = with_attribute(tag, b"localSheetId", moved)
            edits.append((element.start, element.content, new))
        if element.name == "workbookView":
            active = 0 if select else whole(element.attributes.get("activeTab")) + len(sheets)
            new = with_attribute(tag, b"activeTab", b"%d" % active)
            edits.append((element.start, element.content, with_attribute(new, b"firstSheet", b"0")))
    edits.append(_names_edit(xml, root, qualify(defined_names(sheets).encode(), prefix), prefix))
    return apply(xml, edits)


def _names_edit(xml: bytes, root: Element, names: bytes, prefix: bytes) -> Edit:
    existing = root.find("definedNames")
    if existing is not None:
        return append_inside(xml, existing, names)
    place = sheets_element(root).end
    for earlier in ("functionGroups", "externalReferences"):
        element = root.find(earlier)
        place = element.end if element else place
    tag = qualify(b"<definedNames>", prefix)
    return place, place, tag + names + tag.replace(b"<", b"</")


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
