"""The main part of an .xlsx: its sheets, and where the parts lie that they share."""

from dataclasses import dataclass

from jiandang.formats.container import Container
from jiandang.formats.outline import Element, PeculiarXml, outline
from jiandang.formats.relations import Relation, main_part, relations, target_of


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the workbook lists it; `kind` tells worksheets from charts and macros."""

    name: str
    part: str | None
    kind: str
    hidden: bool


@dataclass(frozen=True)
class WorkbookPart:
    """What the main part says. Days are counted from 1904 if `from_1904`."""

    name: str
    sheets: list[SheetEntry]
    active: int
    from_1904: bool
    links: list[Relation]

    @property
    def sheet_parts(self) -> dict[str, str]:
        """Sheet name → part, for the sheets that are made of cells."""
        return {s.name: s.part for s in self.sheets if s.part and s.kind == "worksheet"}

    def part(self, kind: str) -> str | None:
        """The name of a part that the sheets share: `styles`, `sharedStrings`."""
        return target_of(self.links, kind)


def read_workbook_part(container: Container) -> WorkbookPart:
    """The main part. Raises PeculiarXml for what is no .xlsx workbook."""
    name = main_part(container)
    if not name.endswith(".xml"):
        raise PeculiarXml("不是 .xlsx 工作簿")
    root = outline(container.read(name))
    links = relations(container, name)
    by_id = {link.id: link for link in links}
    properties, views = root.find("workbookPr"), root.find("bookViews")
    view = views.children[0].attributes if views and views.children else {}
    return WorkbookPart(
        name,
        [_entry(sheet, by_id.get(sheet.relation())) for sheet in sheets_element(root).children],
        whole(view.get("activeTab")),
        properties is not None and properties.attributes.get("date1904") in ("1", "true"),
        links,
    )


def whole(text: str | None) -> int:
    """What a damaged attribute says, 0 if it says nothing that can be."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def sheets_element(root: Element) -> Element:
    """The list of sheets in the main part."""
    sheets = root.find("sheets")
    if sheets is None:
        raise PeculiarXml("工作簿内没有工作表")
    return sheets


def _entry(sheet: Element, link: Relation | None) -> SheetEntry:
    name, state = sheet.attributes.get("name", ""), sheet.attributes.get("state", "visible")
    if link is None:
        return SheetEntry(name, None, "worksheet", state != "visible")
    return SheetEntry(name, link.target, link.kind, state != "visible")
