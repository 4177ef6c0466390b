"""The visit form (入户表): a printable page a household, which the checks read back.

Labels stand left of their values, four pairs a row, and members in two grids: what is new in the
second belongs to the person of the same number in the first.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jiandang.formats.xlsx.text import line_count
from jiandang.formats.xlsx.writing_book import free_sheet_name
from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.codes import code_lists
from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.notice import Notice
from jiandang.register.place import UNNUMBERED
from jiandang.register.table import Column, Table
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.templates.columns import columns_for

TITLE = "建档立卡农户入户登记表"
TO_VERIFY = "本次要当面核实"
_GRID = 24  # narrow columns, over which all cells are merged
_COLUMN_WIDTH, _ROW_HEIGHT = 4.4, 15
MOST_PAGES = 1_500  # a workbook may be read with 2,000 sheets
_MEMBERS_A_PAGE = 8
_MOST_DOUBTS = 10
_LONGEST_LIST = 255  # of an entry check's own list
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_THIN = Side(style="thin", color="808080")
_LABEL = PatternFill("solid", fgColor="EEF3F8")

# The sections by the first column of each; all columns of the models are in one.
_SECTIONS = {
    "head_name": "一、基本情况",
    "arable": "三、土地和生产生活条件",
    "income_year": "四、收入情况",
    "helper": "五、帮扶联系",
}
# The members' first grid, with how many of the narrow columns each takes; the second has the rest.
_FIRST_GRID = {
    "name": 3, "sex": 1, "id_number": 5, "relation": 2, "nation": 2, "education": 2,
    "student": 2, "health": 3, "labour": 3,
}  # fmt: skip
_NUMBER = "序号"


def visit_forms(households: Sequence[Household | None], doubts: dict[str, list[str]]) -> Workbook:
    """A workbook with a page for each household, empty for None; doubts by household code."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for household in households:
        name = TITLE
        if household is not None:
            name = f"{household.head_name or '无户主姓名'}{(household.household_id or '')[-3:]}"
        sheet = book.create_sheet(free_sheet_name(_NO_NAME.sub("_", name), book.sheetnames))
        code = "" if household is None else household.household_id or ""
        _Page(sheet).write(household, doubts.get(code, []))
    return book


class _Page:
    """Writes a page from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._row = 0
        for number in range(1, _GRID + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _COLUMN_WIDTH

    def write(self, household: Household | None, doubts: Sequence[str]) -> None:
        members = household.members if household is not None else ()
        self._next()
        self._cell(1, _GRID, TITLE, size=14, bold=True, border=False)
        self._sheet.row_dimensions[self._row].height = 24
        own = columns_for("household")
        self._pairs([c for c in own if c.id in PLACE_COLUMNS], household)
        rest = [c for c in own if c.id not in PLACE_COLUMNS]
        starts = [i for i, c in enumerate(rest) if c.id in _SECTIONS] + [len(rest)]
        for start, stop in pairwise(starts):
            self._section(_SECTIONS[rest[start].id])
            self._pairs(rest[start:stop], household)
            if start == 0:
                self._members(members)
        self._section("六、调查和审核")
        survey = household.survey if household is not None else None
        self._pairs([c for c in columns_for("survey") if c.id not in PLACE_COLUMNS], survey)
        self._doubts(doubts)
        self._print(len(members))

    def _next(self) -> None:
        self._row += 1
        self._sheet.row_dimensions[self._row].height = _ROW_HEIGHT

    def _section(self, text: str) -> None:
        self._next()
        self._cell(1, _GRID, text, bold=True, left=True)

    def _pairs(self, columns: Sequence[Column], row: Table | None) -> None:
        """Labels and their values, four pairs a row."""
        for first in range(0, len(columns), 4):
            self._next()
            for n, column in enumerate(columns[first : first + 4]):
                self._cell(6 * n + 1, 6 * n + 3, column.heading, label=True)
                self._cell(6 * n + 4, 6 * n + 6, _shown(row, column), of=column)

    def _members(self, members: Sequence[Member]) -> None:
        self._section("二、家庭成员")
        columns = {c.id: c for c in columns_for("member") if c.id not in PLACE_COLUMNS}
        first = {name: width for name, width in _FIRST_GRID.items() if name in columns}
        self._grid([(columns[name], width) for name, width in first.items()], members)
        rest = [column for name, column in columns.items() if name not in first]
        half = -(-len(rest) // 2)
        for part in (rest[:half], rest[half:]):
            self._grid(list(zip(part, _widths(part), strict=True)), members)

    def _grid(self, columns: Sequence[tuple[Column, int]], members: Sequence[Member]) -> None:
        self._next()
        self._sheet.row_dimensions[self._row].height = 2 * _ROW_HEIGHT
        self._cell(1, 1, _NUMBER, label=True)
        at = 2
        for column, width in columns:
            self._cell(at, at + width - 1, column.heading, label=True)
            at += width
        for number in range(max(_MEMBERS_A_PAGE, len(members))):
            member = members[number] if number < len(members) else None
            self._next()
            self._cell(1, 1, number + 1)
            at = 2
            for column, width in columns:
                self._cell(at, at + width - 1, _shown(member, column), of=column)
                at += width

    def _doubts(self, doubts: Sequence[str]) -> None:
        self._section(TO_VERIFY)
        shown = list(doubts[:_MOST_DOUBTS])
        if len(doubts) > _MOST_DOUBTS:
            shown.append(f"另有 {len(doubts) - _MOST_DOUBTS} 处，见检查结果")
        for number, text in enumerate(shown or ["没有"], 1):
            self._next()
            lines = line_count(text, 19 * _COLUMN_WIDTH)
            self._sheet.row_dimensions[self._row].height = _ROW_HEIGHT * lines
            self._cell(1, 1, number)
            # A colon would make a label of what stands before it.
            self._cell(2, 20, text.replace("：", "，").replace(":", "，"), left=True)
            self._cell(21, _GRID, None)

    def _cell(
        self,
        first: int,
        last: int,
        value: Any,
        *,
        label: bool = False,
        bold: bool = False,
        size: int = 8,
        left: bool = False,
        border: bool = True,
        of: Column | None = None,
    ) -> None:
        sheet, row = self._sheet, self._row
        for column in range(first, last + 1):
            if border:
                sheet.cell(row, column).border = Border(_THIN, _THIN, _THIN, _THIN)
        cell = sheet.cell(row, first, value)
        cell.font = Font(name="宋体", size=size, bold=bold)
        cell.alignment = Alignment(
            horizontal="left" if left else "center",
            vertical="center",
            wrap_text=True,
            shrink_to_fit=False,
        )
        if label:
            cell.fill = _LABEL
        if last > first:
            sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
        if of is not None:
            cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else _format_of(of)
            _add_choices(sheet, cell.coordinate, of)

    def _print(self, members: int) -> None:
        sheet = self._sheet
        sheet.print_area = f"A1:{get_column_letter(_GRID)}{self._row}"
        sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 1 if members <= _MEMBERS_A_PAGE else 2
        margins = sheet.page_margins
        margins.left = margins.right = margins.top = margins.bottom = 0.4
        margins.header = margins.footer = 0.2
        sheet.print_options.horizontalCentered = True


def _widths(columns: Sequence[Column]) -> list[int]:
    """How many narrow columns each takes: long numbers more, what is left by turns."""
    wanted = [4 if c.cell.name in ("编码", "残疾证号") else 2 for c in columns]
    spare, place = _GRID - 1 - sum(wanted), 0
    while spare != 0 and columns:
        step = 1 if spare > 0 else -1
        if wanted[place] + step >= 1:
            wanted[place] += step
            spare -= step
        place = (place + 1) % len(columns)
    return wanted


def _format_of(column: Column) -> str:
    return "General" if column.cell.native in (int, float) else "@"


def _shown(row: Table | None, column: Column) -> Any:
    """A value as a cell holds it; of one that could not be read what stands in the register."""
    if row is None:
        return None
    value = getattr(row, column.id)
    if value is None and (fault := row.faults.get(column.id)) is not None:
        # A number that lost its end must not come back as a whole one.
        return fault.text if fault.text and fault.notice is not Notice.LOST_DIGITS else None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, str) and value.startswith(UNNUMBERED):
        return None
    return value if isinstance(value, (int, float, date, type(None))) else str(value)


def _add_choices(sheet: Worksheet, cell: str, column: Column) -> None:
    """A drop-down, where the list is short enough to stand in the check itself."""
    if isinstance(column.cell, ManyCodes):
        return
    if not isinstance(column.cell, Code) and column.cell.native is not bool:
        return
    name = column.cell.codes if isinstance(column.cell, Code) else "yes_no"
    words = ",".join(code_lists()[name].values)
    if len(words) > _LONGEST_LIST:
        return
    sheet.add_data_validation(
        DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, sqref=cell)
    )


def doubts_by_household(findings: Iterable[Any]) -> dict[str, list[str]]:
    """What is to be verified at each household's door, the worst first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for finding in findings:
        if finding.household and finding.severity.value != "info":
            who = f"{finding.person}，" if finding.person else ""
            text = f"{finding.rule} {who}{finding.message}"
            found.setdefault(finding.household, []).append((finding.severity.rank, text))
    return {
        code: [text for _, text in sorted(own, key=lambda o: o[0])] for code, own in found.items()
    }
