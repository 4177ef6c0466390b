"""The part of a workbook's styles that says what numbers are: dates, times, or numbers."""

import re
from xml.parsers.expat import ExpatError
from xml.sax.saxutils import quoteattr

from jiandang.formats.elements import parser_of
from jiandang.formats.grid import too_large
from jiandang.patterns import regex

# Smaller ones are handed on as they are.
_SMALL = 64 << 10
# Excel itself takes 65,490.
_MOST = 500_000
_STYLE = regex(r'^([^>]*? s=")([0-9]+)(?=")')
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class CellFormats:
    """The formats of a workbook, of which cells get those that they use.

    Workbooks that were copied together for years have megabytes of styles, and calamine would read
    all of them once a sheet.
    """

    def __init__(self, styles: bytes) -> None:
        self._styles = styles
        self._codes: dict[str, str] = {}
        self._numbers: list[str | None] = []
        self._within = ""
        self._is_parted = len(styles) > _SMALL and self._part()

    def of(self, cells: list[str]) -> tuple[bytes, list[str]]:
        """A styles part for these cells, ` s="812"><v>5</v>`, and the cells that refer to it."""
        if not self._is_parted:
            return self._styles, cells
        # The first stays the first: it is meant where a cell's number of a format is none.
        own = {0: 0}

        def numbered(found: re.Match[str]) -> str:
            return f"{found[1]}{own.setdefault(int(found[2]), len(own))}"

        cells = [_STYLE.sub(numbered, cell) if ' s="' in cell else cell for cell in cells]
        used = [self._numbers[n] if n < len(self._numbers) else None for n in own]
        codes = "".join(
            f"<numFmt numFmtId={quoteattr(number)} formatCode={quoteattr(self._codes[number])}/>"
            for number in dict.fromkeys(used)
            if number is not None and number in self._codes
        )
        formats = "".join(
            "<xf/>" if number is None else f"<xf numFmtId={quoteattr(number)}/>" for number in used
        )
        styles = (
            f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts>'
            f"<cellXfs>{formats}</cellXfs></styleSheet>"
        )
        return styles.encode(), cells

    def _part(self) -> bool:
        """Find the formats; False where the styles are left to calamine as they are."""
        try:
            parser_of(self._start, self._end).Parse(self._styles, True)
        except ExpatError:
            return False
        return True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in ("numFmts", "cellXfs"):
            self._within = name
        elif name == "xf" and self._within == "cellXfs":
            self._numbers.append(attributes.get("numFmtId"))
            self._refuse_many(len(self._numbers))
        elif name == "numFmt" and self._within == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            self._refuse_many(len(self._codes))

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == self._within:
            self._within = ""

    @staticmethod
    def _refuse_many(number: int) -> None:
        if number > _MOST:
            raise too_large(f"文件里的单元格格式超过 {_MOST // 10_000} 万种")
