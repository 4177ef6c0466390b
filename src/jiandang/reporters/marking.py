"""Marking the cells of an .xlsx package: which cells, with which fill and which comment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from jiandang.engine.words import public
from jiandang.formats.relations import Relation, relations, target_of
from jiandang.formats.xlsx.patching import PatchedPackage
from jiandang.formats.xlsx.patching_book import add_in_front
from jiandang.formats.xlsx.patching_comments import (
    add_boxes,
    add_comments,
    blocks_for,
    used_blocks,
)
from jiandang.formats.xlsx.patching_sheet import Frame, is_selected, patch_sheet, read_frame
from jiandang.formats.xlsx.sheet_xml import SheetXml
from jiandang.formats.xlsx.styles import BLANK_STYLES, Fill, Styles
from jiandang.formats.xlsx.text import Position, position
from jiandang.formats.xlsx.workbook import WorkbookPart, read_workbook_part
from jiandang.formats.xlsx.writing_book import free_sheet_name
from jiandang.report.files import FileResult
from jiandang.report.model import SEVERITY_NAMES, Finding, Report
from jiandang.reporters.fills import SEVERITY_FILLS, VERIFIED_FILL
from jiandang.reporters.front import clerk_list, result_sheet
from jiandang.reporters.rows import rule_of

MAX_FINDINGS = 20_000
RESULT, LIST = "检查结果", "问题清单"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_COMMENTS_TYPE = _OFFICE + "spreadsheetml.comments+xml"
_STYLES_TYPE = _OFFICE + "spreadsheetml.styles+xml"
_VML_TYPE = _OFFICE + "vmlDrawing"


def mark(
    package: PatchedPackage,
    report: Report,
    file: FileResult,
    *,
    renamed: Mapping[str, str],
    remark: str = "",
) -> None:
    """Prepare the package to be saved with the file's findings marked and the two sheets in front.

    `renamed` maps the report's sheet names to the workbook's where these differ; `remark` is said
    on the first sheet.
    """
    findings = _findings_of(report, file)
    kept = worst(findings)
    workbook = read_workbook_part(package)
    parts = workbook.sheet_parts
    named = _as_reported([*{**dict.fromkeys(parts), **dict.fromkeys(renamed)}])
    in_file = [f for f in kept if f.file == file.path]
    sheets = {f.sheet: named.get(f.sheet, f.sheet) for f in in_file}
    places = {s: renamed.get(own, own) for s, own in sheets.items()}
    places = {name: own for name, own in places.items() if own in parts}

    styles_part = _styles_part(package, workbook)
    styles = Styles(package.read(styles_part) if styles_part in package else BLANK_STYLES)
    marker = _Marker(package, styles)
    open_at_result = _can_open_at_result(package, workbook, set(places.values()))
    for name, own in places.items():
        marker.mark(parts[own], [f for f in in_file if f.sheet == name], deselect=open_at_result)

    result, list_name = free_sheet_name(RESULT, list(parts)), free_sheet_name(LIST, list(parts))
    cut = len(findings) - len(kept)
    front = [
        result_sheet(result, list_name, report, file, findings, cut, styles, remark),
        clerk_list(list_name, kept, places, styles),
    ]
    front[0].selected = open_at_result
    add_in_front(package, workbook, front, select=open_at_result)
    # Streams are drawn in the order in which they are added: the formats that the sheets need are
    # complete when the last of them, this one, is drawn.
    package.write(styles_part, (styles.to_xml() for _ in range(1)))


def _findings_of(report: Report, file: FileResult) -> list[Finding]:
    """What is found in the file, and in what was compared with it.

    What is found in lists of other departments, or in whatever else was compared with no single
    file, stands in the first copy: else nobody could answer it there.
    """
    paths = {each.path for each in report.files}
    first = next((each.path for each in report.files if each.error is None), "")
    return [
        f
        for f in report.findings
        if file.path in (f.file, f.checked_file)
        or (file.path == first and not {f.file, f.checked_file} & paths)
    ]


def _as_reported(names: Iterable[str]) -> dict[str, str]:
    """A sheet's name as the report has it → the name that it has: not all of it may be shown."""
    named: dict[str, str] = {}
    for name in names:
        for reported in (name, public(name, show_ids=True), public(name, show_ids=False)):
            named.setdefault(reported, name)
    return named


def worst(findings: Sequence[Finding]) -> list[Finding]:
    """At most MAX_FINDINGS, the worst that are open first, in the report's order."""
    order = sorted(
        range(len(findings)),
        key=lambda n: (findings[n].is_verified, findings[n].severity.rank),
    )
    return [findings[n] for n in sorted(order[:MAX_FINDINGS])]


def _styles_part(package: PatchedPackage, workbook: WorkbookPart) -> str:
    if styles := workbook.part("styles"):
        return styles
    part = package.free_name("xl/styles{}.xml")
    package.relate(workbook.name, f"{workbook.links[0].base}/styles", part)
    package.declare(part, "", _STYLES_TYPE)
    return part


def _can_open_at_result(
    package: PatchedPackage, workbook: WorkbookPart, marked: Collection[str]
) -> bool:
    """Whether 检查结果 may be the selected tab.

    Two selected tabs are edited together, so the user's own has to give up its selection. It may
    only where it is marked anyway: all other parts stay byte for byte as they are.
    """
    active = workbook.sheets[workbook.active : workbook.active + 1]
    if not active or active[0].name not in marked:
        return False
    others = (part for name, part in workbook.sheet_parts.items() if name not in marked)
    return not any(is_selected(SheetXml(package.chunks(part))) for part in others)


class _Marker:
    """Marks sheets one after the other; shape numbers must differ between them."""

    def __init__(self, package: PatchedPackage, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        drawings = [name for name in package.names() if name.lower().endswith(".vml")]
        self._block = 1 + max([used_blocks(package.read(name)) for name in drawings], default=0)

    def mark(self, part: str, findings: Sequence[Finding], *, deselect: bool) -> None:
        frame = read_frame(SheetXml(self._package.chunks(part)))
        if deselect:
            frame.deselect()
        cells = _by_cell(frame, findings)
        self._comment(part, frame, {cell: _note(cell, found) for cell, found in cells.items()})
        restyles = {
            cell: partial(self._styles.filled, fill=_fill(found)) for cell, found in cells.items()
        }
        self._package.write(
            part, patch_sheet(frame, SheetXml(self._package.chunks(part)), restyles)
        )

    def _comment(self, part: str, frame: Frame, notes: Mapping[Position, str]) -> None:
        package = self._package
        links = relations(package, part)
        base = links[0].base if links else _RELATION
        existing = target_of(links, "comments")
        old = None if existing is None else package.read(existing)
        comments, boxes = add_comments(old, notes)
        if existing is None:
            existing = package.free_name("xl/comments{}.xml")
            package.declare(existing, "", _COMMENTS_TYPE)
            package.relate(part, f"{base}/comments", existing)
        package.write(existing, comments)
        if boxes:
            self._draw(part, frame, boxes, notes, links, base)

    def _draw(
        self,
        part: str,
        frame: Frame,
        boxes: Sequence[Position],
        notes: Mapping[Position, str],
        links: Sequence[Relation],
        base: str,
    ) -> None:
        package = self._package
        drawing = next((link.target for link in links if link.id == frame.legacy_drawing), None)
        old = None if drawing is None else package.read(drawing)
        if drawing is None:
            drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
            package.declare(None, "vml", _VML_TYPE)
            frame.add_legacy_drawing(package.relate(part, f"{base}/vmlDrawing", drawing), base)
        package.write(drawing, add_boxes(old, boxes, notes, self._block))
        self._block += blocks_for(len(boxes))


_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _fill(findings: Sequence[Finding]) -> Fill:
    """That of the worst finding which is still open."""
    still_open = [finding.severity for finding in findings if not finding.is_verified]
    if not still_open:
        return VERIFIED_FILL
    return SEVERITY_FILLS[min(still_open, key=lambda severity: severity.rank)]


def _by_cell(frame: Frame, findings: Sequence[Finding]) -> dict[Position, list[Finding]]:
    """The findings by the cell in which they show, in the order of the sheet."""
    places = [position(finding.cell) for finding in findings]
    hidden = frame.hidden(places)
    cells: dict[Position, list[Finding]] = {}
    for place, finding in zip(places, findings, strict=True):
        cells.setdefault(hidden.get(place, place), []).append(finding)
    return dict(sorted(cells.items()))


def _note(cell: Position, findings: Sequence[Finding]) -> str:
    return "\n\n".join(_note_lines(cell, finding) for finding in findings)


def _note_lines(cell: Position, finding: Finding) -> str:
    place = "" if position(finding.cell) == cell else f"（{finding.cell}）"
    answer = f"\n{finding.answer.text}" if finding.answer else ""
    return (
        f"【{SEVERITY_NAMES[finding.severity]}】{rule_of(finding)}{place}\n"
        f"{finding.message}\n怎么办：{finding.advice}{answer}"
    )
