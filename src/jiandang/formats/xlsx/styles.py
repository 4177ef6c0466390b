"""styles.xml: new cell formats that are a cell's own format with another fill, and our own."""

import re
from typing import NamedTuple

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

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BLANK_STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="{NAMESPACE}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font>\
</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>\
<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/>\
<top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" \
fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" \
borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" \
builtinId="0"/></cellStyles></styleSheet>""".encode()


class Fill(NamedTuple):
    """A cell's ground; a pattern (ST_PatternType) other than solid is drawn on it in grey."""

    ground: str
    pattern: str = "solid"


_INK = "FF8C8C8C"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


class Styles:
    """The cell formats of a workbook. Numbers returned are those for a cell's `s`."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._root = outline(xml)
        self._prefix = prefix_of(xml, self._root)
        self._new: dict[str, list[bytes]] = {}
        self._numbers: dict[tuple[str, bytes], int] = {}
        formats = self._root.find("cellXfs")
        self._xfs = [xml[e.start : e.end] for e in formats.children] if formats else []
        self._clones: dict[tuple[int, Fill], int] = {}

    def filled(self, base: int, fill: Fill) -> int:
        """The format `base` with a fill; all else of it stays."""
        known = self._clones.get((base, fill))
        if known is not None:
            return known
        self._clones[base, fill] = self._like(base, b"fillId", self.fill(fill), b"applyFill")
        return self._clones[base, fill]

    def _like(self, base: int, name: bytes, number: int, applies: bytes) -> int:
        """A format as another one, but for what has this number."""
        xf = self._xfs[base] if base < len(self._xfs) else b"<xf/>"
        tag_end = xf.index(b">") + 1
        tag = with_attribute(xf[:tag_end], name, b"%d" % number)
        return self._add("cellXfs", with_attribute(tag, applies, b"1") + xf[tag_end:])

    def is_locked(self, base: int) -> bool:
        """Whether cells of the format are locked where their sheet is protected."""
        xf = self._xfs[base] if base < len(self._xfs) else b""
        return re.search(rb"""\slocked\s*=\s*["'](?:0|false)["']""", xf) is None

    def font(self, base: int) -> bytes:
        """The font of a format, as it stands in the file."""
        found = _FONT_ID.search(self._xfs[base]) if base < len(self._xfs) else None
        number = int(found[1]) if found else 0
        fonts = self._root.find("fonts")
        known = fonts.children if fonts else []
        return self._xml[known[number].start : known[number].end] if number < len(known) else b""

    def for_number(self, base: int) -> int:
        """The format `base`, but that of numbers where it is that of texts."""
        return self._renumbered(base, 0) if self._format_id(base) == _TEXT_FORMAT else base

    def for_date(self, base: int) -> int:
        """The format `base` where it shows dates, else the same with that of dates."""
        number = self._format_id(base)
        element = self._root.find("numFmts")
        codes = {
            int(c.attributes["numFmtId"]): c.attributes.get("formatCode", "")
            for c in (element.children if element else [])
        }
        if number in _DATE_FORMATS or "y" in codes.get(number, "").lower():
            return base
        return self._renumbered(base, self._number_format("yyyy-mm-dd"))

    def _format_id(self, base: int) -> int:
        found = _FORMAT_ID.search(self._xfs[base]) if base < len(self._xfs) else None
        return int(found[1]) if found else 0

    def _renumbered(self, base: int, number_format: int) -> int:
        key = "renumbered", b"%d %d" % (base, number_format)
        if key not in self._numbers:
            number = self._like(base, b"numFmtId", number_format, b"applyNumberFormat")
            self._numbers[key] = number
        return self._numbers[key]

    def fill(self, fill: Fill) -> int:
        colors = f'<fgColor rgb="{_INK}"/><bgColor rgb="{fill.ground}"/>'
        if fill.pattern == "solid":  # the format has its ground as the foreground
            colors = f'<fgColor rgb="{fill.ground}"/><bgColor indexed="64"/>'
        return self._own(
            "fills",
            f'<fill><patternFill patternType="{fill.pattern}">{colors}</patternFill></fill>',
        )

    def format(
        self,
        *,
        size: int = 10,
        bold: bool = False,
        color: str = "FF222222",
        underline: bool = False,
        fill: Fill | None = None,
        border: bool = True,
        center: bool = False,
        wrap: bool = True,
        number_format: int | str = 49,
    ) -> int:
        """A format of our own sheets. Number format 49 is text: `=…` stays as it is written."""
        font = self._own(
            "fonts",
            f"<font>{'<b/>' if bold else ''}{'<u/>' if underline else ''}"
            f'<sz val="{size}"/><color rgb="{color}"/><name val="微软雅黑"/></font>',
        )
        edge = '<color rgb="FFD0D0D0"/>'
        sides = "".join(f'<{s} style="thin">{edge}</{s}>' for s in _SIDES)
        line = self._own("borders", f"<border>{sides}<diagonal/></border>") if border else 0
        if isinstance(number_format, str):
            number_format = self._number_format(number_format)
        background = self.fill(fill) if fill else 0
        align = f'vertical="center"{_CENTER if center else ""}{_WRAP if wrap else ""}'
        return self._own(
            "cellXfs",
            f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{background}"'
            f' borderId="{line}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"'
            f' applyBorder="1" applyAlignment="1"><alignment {align}/></xf>',
        )

    def to_xml(self) -> bytes:
        """styles.xml with what has been added."""
        edits: list[Edit] = []
        for name, items in self._new.items():
            content = b"".join(items)
            element = self._root.find(name)
            if element is None:
                tag = qualify(b"<%s>" % name.encode(), self._prefix)
                block = tag + content + tag.replace(b"<", b"</")
                at = self._place_for(name)
                edits.append((at, at, block))
                continue
            count = b"%d" % (len(element.children) + len(items))
            if element.is_empty_tag:
                edits.append(append_inside(self._xml, element, content))
            else:
                tag = self._xml[element.start : element.content]
                edits.append((element.start, element.content, with_attribute(tag, b"count", count)))
                edits.append((element.close, element.close, content))
        return apply(self._xml, edits)

    def _own(self, name: str, xml: str) -> int:
        content = qualify(xml.encode(), self._prefix)
        known = self._numbers.get((name, content))
        if known is None:
            known = self._numbers[name, content] = self._add(name, content)
        return known

    def _add(self, name: str, content: bytes) -> int:
        element = self._root.find(name)
        items = self._new.setdefault(name, [])
        items.append(content)
        return (len(element.children) if element else 0) + len(items) - 1

    def _number_format(self, code: str) -> int:
        element = self._root.find("numFmts")
        used = [int(c.attributes["numFmtId"]) for c in element.children] if element else []
        used += [int(m) for i in self._new.get("numFmts", []) for m in _FORMAT_ID.findall(i)]
        wanted = f'formatCode="{code}"/>'.encode()
        for item in self._new.get("numFmts", []):
            if item.endswith(wanted):
                return int(_FORMAT_ID.findall(item)[0])
        number = max([*used, 163]) + 1
        self._own("numFmts", f'<numFmt numFmtId="{number}" formatCode="{code}"/>')
        return number

    def _place_for(self, name: str) -> int:
        """Where an element that the file lacks has to stand."""
        before: Element | None = None
        for earlier in _ORDER[: _ORDER.index(name)]:
            before = self._root.find(earlier) or before
        return before.end if before else self._root.content


_SIDES = ("left", "right", "top", "bottom")
_CENTER = ' horizontal="center"'
_WRAP = ' wrapText="1"'
_TEXT_FORMAT = 49
_DATE_FORMATS = {*range(14, 18), 22, 31, 57}
_FONT_ID = re.compile(rb"""\sfontId\s*=\s*["']([0-9]+)["']""")
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')
