"""The mended copy of an .xlsx: cells that change, a sheet that says which; all else as it is."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from jiandang.formats.grid import Unreadable
from jiandang.formats.outline import PeculiarXml, apply, outline, with_attribute
from jiandang.formats.xlsx.patching import PatchedPackage
from jiandang.formats.xlsx.patching_book import add_in_front
from jiandang.formats.xlsx.patching_sheet import (
    Content,
    Frame,
    Refill,
    Restyle,
    patch_sheet,
    read_frame,
)
from jiandang.formats.xlsx.sheet_xml import SheetXml
from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.formats.xlsx.text import Position, address, escape
from jiandang.formats.xlsx.workbook import read_workbook_part
from jiandang.formats.xlsx.writing_book import free_sheet_name
from jiandang.formats.xlsx.writing_sheet import Cell, Sheet
from jiandang.register.date_cells import SERIAL_ORIGIN
from jiandang.repairs.kinds import Change, New
from jiandang.run.own_outputs import CHANGES_TITLE, SCHEMA_NAME

CHANGES = "修改记录"
_HEADINGS = ("规则", "做法", "工作表", "单元格", "列", "原来", "改为")
_WIDTHS = (9, 22, 14, 9, 18, 30, 30)
_SINCE_1904 = 1462  # days between the origins of Excel's two calendars
_FORMULA = "公式，请改它引用的格子"
# Not only to be unmerged: in a form this would tear the page apart.
_MERGED = "合并单元格，请直接改这一格；不是表单的，也可以取消合并后再修整"
_PROTECTED = "受保护的单元格，请在“审阅”里撤销工作表保护后再修整"
_RICH = "格里有几种字体颜色，改了会丢，请自己改"
_SAVE_AS = "请用 Excel 或 WPS 另存为 .xlsx 再修整"
_PECULIAR = f"内部结构特殊，{_SAVE_AS}"
_NO_XLSX = f"不是 .xlsx，{_SAVE_AS}"


_IS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# A piece of a text that is in several, and the format that it has of its own.
_PIECE = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>(.*?)</(?:\w+:)?r>", re.DOTALL)
_ITS_FORMAT = re.compile(rb"<(?:\w+:)?rPr(?:\s[^>]*)?>(.*?)</(?:\w+:)?rPr>", re.DOTALL)
_PROPERTY = re.compile(
    rb"<(?:\w+:)?(b|i|u|strike|vertAlign|sz|color|name|rFont)((?:\s[^>]*?)?)\s*/?>"
)
_NO = re.compile(rb"""val\s*=\s*["'](?:0|false|none|baseline)["']""")
_BLACK = re.compile(
    rb"""(?:rgb=["'](?:FF|00)?0{6}|theme=["']1|indexed=["'](?:8|64)|auto=["']1)["']"""
)
_TEXT = re.compile(rb"<(?:\w+:)?si(?:\s*/>|[\s>].*?</(?:\w+:)?si>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([0-9]+)</")


@dataclass
class Plan:
    """The changes that can be made in a workbook, and those that cannot, by the Chinese reason."""

    changes: list[Change] = field(default_factory=list)
    left: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))


class Book:
    """A workbook whose cells are to be mended. Raises nothing: what it cannot do it says."""

    def __init__(self, data: bytes) -> None:
        self._package = PatchedPackage(data)
        self._workbook = read_workbook_part(self._package)
        # There only headings and codes are locked, and what was pasted from another workbook.
        self._is_template = f'"{SCHEMA_NAME}"'.encode() in self._package.read(self._workbook.name)
        part = self._workbook.part("styles")
        self._styles_part = part or "xl/styles.xml"
        self._styles = Styles(self._package.read(part) if part else BLANK_STYLES)
        self._can_style = part is not None

    def plan(self, changes: Iterable[Change]) -> Plan:
        """Which of the changes can be made: not in formulas, merged cells or protected ones."""
        plan = Plan()
        by_sheet: dict[str, list[Change]] = {}
        for change in changes:
            by_sheet.setdefault(change.read.sheet, []).append(change)
        for sheet, own in by_sheet.items():
            self._plan_sheet(sheet, own, plan)
        return plan

    def save(self, plan: Plan, target: Path) -> list[str]:
        """Write the mended copy; gives what of the workbook could not go along."""
        by_sheet: dict[str, list[Change]] = {}
        for change in plan.changes:
            by_sheet.setdefault(change.read.sheet, []).append(change)
        for sheet, own in by_sheet.items():
            part = self._workbook.sheet_parts[sheet]
            frame = read_frame(SheetXml(self._package.chunks(part)))
            marks = {_place(change): self._restyle(change) for change in own}
            refills = {_place(change): self._refill(change) for change in own}
            xml = SheetXml(self._package.chunks(part))
            self._package.write(part, patch_sheet(frame, xml, marks, refills))
        taken = list(self._workbook.sheet_parts)
        sheet_of_changes = _record(free_sheet_name(CHANGES, taken), plan, self._styles)
        dropped = self._package.drop_signatures_and_revisions()
        add_in_front(self._package, self._workbook, [sheet_of_changes], select=False)
        self._reckon_when_opened()
        # Streams are drawn in order: the formats are complete when this one is.
        self._package.write(self._styles_part, (self._styles.to_xml() for _ in range(1)))
        self._package.save(target)
        return dropped

    @cached_property
    def has_formulas(self) -> bool:
        """Whether there are formulas, whose values stay as they were until somebody opens it."""
        parts = self._workbook.sheet_parts.values()
        return any(_IS_FORMULA.search(b) for part in parts for b in self._package.chunks(part))

    def _reckon_when_opened(self) -> None:
        """Have Excel reckon all formulas: cells that they read have changed."""
        main = self._package.read(self._workbook.name)
        if (how := outline(main).find("calcPr")) is not None:
            tag = with_attribute(main[how.start : how.content], b"fullCalcOnLoad", b"1")
            self._package.write(self._workbook.name, apply(main, [(how.start, how.content, tag)]))

    def _plan_sheet(self, sheet: str, changes: Sequence[Change], plan: Plan) -> None:
        part = self._workbook.sheet_parts.get(sheet)
        if part is None or not self._can_style:
            plan.left[_PECULIAR] += changes
            return
        frame = read_frame(SheetXml(self._package.chunks(part)))
        is_protected = frame.is_protected and not self._is_template
        merged = _merged(frame, map(_place, changes))
        formulas: set[Position] = set()
        rich: set[Position] = set()
        locked: set[Position] = set()
        found: set[Position] = set()

        styles: dict[Position, int] = {}

        def look(place: Position) -> tuple[Restyle, Refill]:
            def restyle(style: int) -> int:
                styles[place] = style
                if is_protected and self._styles.is_locked(style):
                    locked.add(place)
                return style

            def refill(old: bytes) -> None:
                found.add(place)
                if _IS_FORMULA.search(old):
                    formulas.add(place)
                if self._is_rich(old, styles.get(place, 0)):
                    rich.add(place)

            return restyle, refill

        looks = {_place(change): look(_place(change)) for change in changes}
        marks = {place: restyle for place, (restyle, _) in looks.items()}
        refills = {place: refill for place, (_, refill) in looks.items()}
        xml = SheetXml(self._package.chunks(part))
        deque(patch_sheet(frame, xml, marks, refills), maxlen=0)
        for change in changes:
            place = _place(change)
            if place in formulas:
                plan.left[_FORMULA].append(change)
            elif place in merged:
                plan.left[_MERGED].append(change)
            elif place in locked:
                plan.left[_PROTECTED].append(change)
            elif place in rich:
                plan.left[_RICH].append(change)
            elif place not in found:
                plan.left[_PECULIAR].append(change)
            else:
                plan.changes.append(change)

    def _is_rich(self, content: bytes, style: int) -> bool:
        """Whether parts of a cell's text look otherwise than the cell.

        A number in a cell may be taken for the place of a text: then the cell is only left alone.
        """
        text, value = content, _VALUE.search(content)
        if value is not None and int(value[1]) < len(self._texts):
            text += self._texts[int(value[1])]
        formats = [_ITS_FORMAT.search(piece) for piece in _PIECE.findall(text)]
        own = _look(self._styles.font(style))
        return any(_differs(_look(each[1]), own) for each in formats if each is not None)

    @cached_property
    def _texts(self) -> Sequence[bytes]:
        part = self._workbook.part("sharedStrings")
        return _TEXT.findall(self._package.read(part)) if part else []

    def _restyle(self, change: Change) -> Restyle:
        if isinstance(change.new, date):
            return self._styles.for_date
        return (lambda style: style) if isinstance(change.new, str) else self._styles.for_number

    def _refill(self, change: Change) -> Refill:
        content = _content(change.new, self._workbook.from_1904)
        return lambda _old: content


def plan_for(data: bytes, changes: Sequence[Change]) -> tuple[Plan, Book | None]:
    """The plan for a file and its book; without one, if it is no .xlsx that can be patched."""
    if not changes:
        return Plan(), None
    if not data.startswith(b"PK"):
        return Plan(left={_NO_XLSX: [*changes]}), None
    try:
        book = Book(data)
        return book.plan(changes), book
    except (PeculiarXml, Unreadable) as error:
        return Plan(left={f"{error}，{_SAVE_AS}": [*changes]}), None


def _look(font: bytes) -> dict[bytes, bytes]:
    """What shows of a font: a property, how it is."""
    found = {}
    for name, how in _PROPERTY.findall(font):
        if not _NO.search(how) and not (name == b"color" and _BLACK.search(how)):
            found[b"name" if name == b"rFont" else name] = b" ".join(sorted(how.split()))
    return found


def _differs(piece: Mapping[bytes, bytes], cell: Mapping[bytes, bytes]) -> bool:
    """Whether a piece looks otherwise than its cell, whose font and size it has if it says none."""
    return any(
        piece.get(name) != cell.get(name)
        for name in piece.keys() | cell.keys()
        if name in piece or name not in (b"sz", b"name")
    )


def _place(change: Change) -> Position:
    return change.read.row + 1, change.read.column + 1


def _merged(frame: Frame, cells: Iterable[Position]) -> set[Position]:
    """The cells whose value may be of several rows, or is hidden by another.

    Merged across a row, as nearly every value of a form is, a cell is one value still.
    """
    places = set(cells)
    firsts = {first for first, last in frame.merged if last[0] > first[0]}
    return {*frame.hidden(places), *(places & firsts)}


def _content(new: New, from_1904: bool) -> Content:
    if isinstance(new, date):
        days = (new - SERIAL_ORIGIN).days - (_SINCE_1904 if from_1904 else 0)
        return Content(b"n", b"<v>%d</v>" % days)
    if isinstance(new, str):
        text = f'<is><t xml:space="preserve">{escape(new)}</t></is>'
        return Content(b"inlineStr", text.encode())
    return Content(b"n", f"<v>{new!r}</v>".encode())


def _record(name: str, plan: Plan, styles: Styles) -> Sheet:
    """The sheet that says what was changed, how it was before, and what was left as it was."""
    head, body = styles.format(bold=True), styles.format()
    rows = [[Cell(CHANGES_TITLE, styles.format(size=14, bold=True, border=False))]]
    rows.append([Cell(text, head) for text in _HEADINGS])
    texts = [_row(change, change.repair.title, change.new_text) for change in plan.changes]
    for reason, changes in sorted(plan.left.items()):
        texts += [_row(change, f"没有修整：{reason}", "") for change in changes]
    rows += [[Cell(text, body) for text in row] for row in texts]
    last = f"G{len(rows)}"
    return Sheet(name, rows, _WIDTHS, freeze=(2, 0), filter=f"A2:{last}", repeat_rows=2)


def _row(change: Change, what: str, new_text: str) -> Sequence[str]:
    read = change.read
    return (
        change.repair.rule,
        what,
        read.sheet,
        address(*_place(change)),
        read.of.heading,
        read.raw,
        new_text,
    )


def counted(changes: Iterable[Change]) -> Mapping[tuple[str, str], list[Change]]:
    """The changes by rule and title, in the order of their cells."""
    kinds: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.repair.rule, change.repair.title), []).append(change)
    return dict(sorted(kinds.items()))
