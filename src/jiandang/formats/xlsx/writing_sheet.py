"""Our own sheets as XML: rows of cells with formats, links, a filter, frozen panes.

Texts are inline strings, which no spreadsheet program takes for formulas, whatever they begin with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from jiandang.formats.xlsx.styles import NAMESPACE
from jiandang.formats.xlsx.text import address, escape
from jiandang.register.address import column_letters

_EPOCH = date(1899, 12, 30)
_ROWS_A_PIECE = 500
Value = str | int | float | bool | date | None


class Cell(NamedTuple):
    """A value, its format, and the place in the workbook that it links to (`'成员'!K24`)."""

    value: Value
    style: int
    link: str = ""


Row = Sequence[Cell | None]


@dataclass
class Sheet:
    """A sheet to be written. `rows` may be a stream; columns and rows are counted from 1."""

    name: str
    rows: Iterable[Row]
    widths: Sequence[float]
    freeze: tuple[int, int] = (0, 0)
    filter: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Cells that are not to be typed into; a sheet that is locked could not be filtered or sorted.
    kept: str = ""
    merged: list[str] = field(default_factory=list)
    # May be filled while `rows` are drawn. Rows not `fixed` grow with what is typed into them.
    heights: dict[int, float] = field(default_factory=dict)
    fixed: bool = True
    repeat_rows: int = 0
    breaks: Sequence[int] = ()  # the rows behind which a new page of paper begins
    print_area: str = ""  # all of it, if not given
    landscape: bool = True
    pages_high: int = 0  # into how many pages it is made to fit, as many as it takes for 0
    tab_color: str = ""
    selected: bool = False
    grid_lines: bool = True

    def xml(self) -> Iterator[bytes]:
        """The sheet's part, piece by piece."""
        yield self._head().encode()
        links: list[tuple[str, str]] = []
        piece: list[str] = []
        fixed = ' customHeight="1"' if self.fixed else ""
        for number, row in enumerate(self.rows, 1):
            height = self.heights.get(number)
            size = f' ht="{height:g}"{fixed}' if height else ""
            cells = "".join(_cells(number, row, links))
            piece.append(f'<row r="{number}"{size}>{cells}</row>')
            if len(piece) == _ROWS_A_PIECE:
                yield "".join(piece).encode()
                piece.clear()
        yield "".join(piece).encode()
        yield self._tail(links).encode()

    def _head(self) -> str:
        tab = f'<tabColor rgb="{self.tab_color}"/>' if self.tab_color else ""
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
            for n, width in enumerate(self.widths, 1)
        )
        selected = ' tabSelected="1"' if self.selected else ""
        lines = "" if self.grid_lines else ' showGridLines="0"'
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{NAMESPACE}"><sheetPr>{tab}<pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{lines}{selected} workbookViewId="0">{self._pane()}'
            f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<cols>{columns}</cols><sheetData>"
        )

    def _pane(self) -> str:
        row, column = self.freeze
        if not row and not column:
            return ""
        split = (f' xSplit="{column}"' if column else "") + (f' ySplit="{row}"' if row else "")
        pane = ("bottom" if row else "top") + ("Right" if column else "Left")
        first = address(row + 1, column + 1)
        return f'<pane{split} topLeftCell="{first}" activePane="{pane}" state="frozen"/>'

    def _tail(self, links: list[tuple[str, str]]) -> str:
        parts = ["</sheetData>"]
        if self.filter:
            parts.append(f'<autoFilter ref="{self.filter}"/>')
        if self.merged:
            merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merged)
            parts.append(f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>')
        checks = [_choice(ref, values) for ref, values in self.choices.items()]
        if self.kept:
            checks.append(_kept(self.kept))
        if checks:
            lists = "".join(checks)
            parts.append(f'<dataValidations count="{len(checks)}">{lists}</dataValidations>')
        if links:
            entries = "".join(
                f'<hyperlink ref="{ref}" location="{escape(to)}" display="{escape(to)}"/>'
                for ref, to in links
            )
            parts.append(f"<hyperlinks>{entries}</hyperlinks>")
        orientation = "landscape" if self.landscape else "portrait"
        parts.append(
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            f'<pageSetup paperSize="9" orientation="{orientation}"'
            f' fitToHeight="{self.pages_high}"/>'
            "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
        )
        if self.breaks:
            count = f'count="{len(self.breaks)}" manualBreakCount="{len(self.breaks)}"'
            breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in self.breaks)
            parts.append(f"<rowBreaks {count}>{breaks}</rowBreaks>")
        parts.append("</worksheet>")
        return "".join(parts)


_letters = cache(column_letters)


def _cells(number: int, row: Row, links: list[tuple[str, str]]) -> Iterator[str]:
    for column, cell in enumerate(row, 1):
        if cell is None:
            continue
        value, style, link = cell
        place = f"{_letters(column)}{number}"
        if link:
            links.append((place, link))
        if isinstance(value, str) and value:
            yield (
                f'<c r="{place}" s="{style}" t="inlineStr"><is>'
                f'<t xml:space="preserve">{escape(value)}</t></is></c>'
            )
        elif value is None or value == "":
            yield f'<c r="{place}" s="{style}"/>'
        elif isinstance(value, bool):
            yield f'<c r="{place}" s="{style}" t="b"><v>{int(value)}</v></c>'
        else:
            assert not isinstance(value, str)
            yield f'<c r="{place}" s="{style}"><v>{_number(value)}</v></c>'


def _number(value: int | float | date) -> str:
    if isinstance(value, datetime):
        since = value - datetime(1899, 12, 30)
        return repr(since.days + since.seconds / 86_400)
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    return repr(value)


def _kept(ref: str) -> str:
    return (
        '<dataValidation type="custom" allowBlank="1" showErrorMessage="1" errorTitle="请不要改"'
        f' error="这一列用来认出是哪一处问题，请保持原样。" sqref="{ref}">'
        "<formula1>FALSE</formula1></dataValidation>"
    )


def _choice(ref: str, values: tuple[str, ...]) -> str:
    return (
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{ref}">'
        f"<formula1>&quot;{escape(','.join(values))}&quot;</formula1></dataValidation>"
    )
