"""Workbooks of our own sheets alone."""

import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from jiandang.formats.xlsx.patching import LEVEL, entry_of
from jiandang.formats.xlsx.styles import NAMESPACE, Styles
from jiandang.formats.xlsx.text import escape, quoted_sheet
from jiandang.formats.xlsx.writing_sheet import Sheet

_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_LONGEST_NAME = 31
SHEET_TYPE = _OFFICE + "worksheet+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


def defined_names(sheets: Sequence[Sheet]) -> str:
    """The hidden name that makes a filter work in all versions, and what is printed."""
    names = []
    for number, sheet in enumerate(sheets):
        target = escape(quoted_sheet(sheet.name))
        own = {
            "_FilterDatabase": _absolute(sheet.filter),
            "Print_Area": _absolute(sheet.print_area),
            "Print_Titles": f"$1:${sheet.repeat_rows}" if sheet.repeat_rows else "",
        }
        for name, ref in own.items():
            if ref:
                hidden = ' hidden="1"' if name == "_FilterDatabase" else ""
                names.append(
                    f'<definedName name="_xlnm.{name}" localSheetId="{number}"{hidden}>'
                    f"{target}!{ref}</definedName>"
                )
    return "".join(names)


def _absolute(ref: str) -> str:
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", ref)


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
    names = defined_names(sheets)
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
            archive.writestr(entry_of(name), '<?xml version="1.0" encoding="UTF-8"?>\n' + xml)
        for number, sheet in enumerate(sheets, 1):
            with archive.open(entry_of(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
                for piece in sheet.xml():
                    stream.write(piece)
        archive.writestr(entry_of("xl/styles.xml"), styles.to_xml())
