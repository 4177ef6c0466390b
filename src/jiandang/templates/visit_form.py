"""The visit form (入户表): a printable page a household, which the checks read back.

Labels stand left of their values, four pairs a row, and members in three grids: what is new in
the second and third belongs to the person of the same number in the first. Who is more than eight
stands on a page behind it, in three such grids again; whose form it is, is printed on each page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from jiandang.formats.xlsx.styles import BLANK_STYLES, Fill, Styles
from jiandang.formats.xlsx.text import address, line_count
from jiandang.formats.xlsx.writing_book import free_sheet_name, write_book
from jiandang.formats.xlsx.writing_sheet import Cell, Sheet, Value
from jiandang.intake.columns import CellRead
from jiandang.intake.forms.vocabulary import TO_VERIFY
from jiandang.patterns import regex
from jiandang.register.code_cells import Code, ManyCodes
from jiandang.register.codes import code_lists
from jiandang.register.date_cells import FIRST_CALENDAR_YEAR
from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.notice import Notice
from jiandang.register.partial_date import PartialDate
from jiandang.register.place import UNNUMBERED
from jiandang.register.source import CellPlace
from jiandang.register.table import Column, Table
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.text import tidied
from jiandang.report.model import Finding, Severity
from jiandang.reporters.placing import replacing
from jiandang.run.own_outputs import FORM_TITLE as TITLE
from jiandang.templates.columns import columns_for

_GRID = 24  # narrow columns, over which all cells are merged
_COLUMN_WIDTH, _ROW_HEIGHT, _SIZE = 4.4, 17, 8
# Columns are measured in letters of 11 points; between cells is a little room.
_LETTERS, _LINE_HEIGHT = 1.25, 11
MOST_PAGES = 1_500  # a workbook may be read with 2,000 sheets
_MEMBERS_A_PAGE = 8
_DOUBT_COLUMNS = 19
_BLANK_DOUBTS = 3  # lines to write on, of an empty form
_PAGE_HEIGHT = 1_150  # points that fit on a page of paper and can still be read
_PAPER_HEIGHT = 880  # points on each page where there are several, as wide as the paper
# Above the rest, and again on each further page of paper.
_WHOSE = (*PLACE_COLUMNS, "head_name", "head_id")
_MORE = (
    f"超过{_MEMBERS_A_PAGE}人的：在上面每一段的末尾插入行，接着写序号、接着填；"
    "或把空白的一页复制一份，照抄户编号、户主姓名，只填其余的人。"
)
_LONGEST_LIST = 255  # of an entry check's own list
_NO_NAME = regex(r"[\[\]:*?/\\\x00-\x1f]")
# By the cell.
Words: TypeAlias = Mapping[CellPlace, str]
# A number that lost its end must not come back as a whole one; nor is a formula's error, or that it
# was not reckoned, anything that was filled in. The doubts below tell of both.
_NO_DATA = (Notice.LOST_DIGITS, Notice.FORMULA_ERROR)
_LABEL = Fill("FFEEF3F8")

# The sections by the first column of each; all columns of the models are in one.
_SECTIONS = {
    "size": "一、基本情况",
    "arable": "三、土地和生产生活条件",
    "income_year": "四、收入情况",
    "helper": "五、帮扶联系",
    "helper_unit": "",  # a row of its own: labels of helpers alone would be the head of a list
}
# The members' first grid, with how many of the narrow columns each takes; the second has the rest.
_FIRST_GRID = {
    "name": 3, "sex": 1, "id_number": 5, "relation": 2, "nation": 2, "education": 2,
    "student": 2, "health": 3, "labour": 3,
}  # fmt: skip
_MEMBERS, _NUMBER = "二、家庭成员", "序号"


def write_visit_forms(
    target: Path,
    households: Sequence[Household | None],
    doubts: Mapping[str, Sequence[str]],
    words: Words = MappingProxyType({}),
) -> None:
    """A workbook with a page for each household, empty for None; doubts by household code.

    `words` are printed in place of what they mean. Raises OSError where it cannot be written.
    """
    styles = Styles(BLANK_STYLES)
    sheets: list[Sheet] = []
    for household in households:
        name, code = TITLE, ""
        if household is not None:
            code = household.household_id or ""
            name = f"{household.head_name or '无户主姓名'}{code[-3:]}"
        name = free_sheet_name(_NO_NAME.sub("_", name), [sheet.name for sheet in sheets])
        sheets.append(_Page(styles, words).sheet(name, household, doubts.get(code, ())))
    sheets[0].selected = True
    with replacing(target) as draft:
        write_book(draft, sheets, styles)


class _Page:
    """Lays out a page from top to bottom."""

    def __init__(self, styles: Styles, words: Words) -> None:
        self._words = words
        self._styles = styles
        self._rows: list[list[Cell | None]] = []
        self._merged: list[str] = []
        self._heights: dict[int, float] = {}
        self._choices: dict[str, tuple[str, ...]] = {}

    def sheet(self, name: str, household: Household | None, doubts: Sequence[str]) -> Sheet:
        members = household.members if household is not None else ()
        self._next(1.6 * _ROW_HEIGHT)
        self._put(1, _GRID, TITLE, self._styles.format(size=14, bold=True, center=True))
        own = {c.id: c for c in columns_for("household", household)}
        self._pairs([own.pop(name) for name in _WHOSE if name in own], household)
        repeated = len(self._rows)
        rest = [*own.values()]
        starts = [i for i, c in enumerate(rest) if c.id in _SECTIONS] + [len(rest)]
        for start, stop in pairwise(starts):
            if title := _SECTIONS[rest[start].id]:
                self._section(title)
            self._pairs(rest[start:stop], household)
            if start == 0:
                self._section(_MEMBERS)
                self._members(members, 0)
                self._note(_MORE)
        self._section("六、调查和审核")
        survey = household.survey if household is not None else None
        self._pairs([c for c in columns_for("survey", survey) if c.id not in PLACE_COLUMNS], survey)
        breaks = []
        for first in range(_MEMBERS_A_PAGE, len(members), _MEMBERS_A_PAGE):
            breaks.append(len(self._rows))
            self._section(f"{_MEMBERS}（续）")
            self._members(members, first)
        texts = list(doubts) if household is not None else [""] * _BLANK_DOUBTS
        height = sum(self._heights.values()) + sum(map(_doubt_height, texts)) + 2 * _ROW_HEIGHT
        is_long = len(members) > _MEMBERS_A_PAGE or height > _PAGE_HEIGHT
        behind = [0, *breaks][-1] if is_long else None
        breaks += self._doubts(texts, behind, above=repeated)
        return Sheet(
            name,
            self._rows,
            [_COLUMN_WIDTH] * _GRID,
            choices=self._choices,
            merged=self._merged,
            heights=self._heights,
            landscape=False,
            pages_high=0 if is_long else 1,
            repeat_rows=repeated,
            breaks=breaks,
        )

    def _next(self, height: float = _ROW_HEIGHT) -> None:
        self._rows.append([None] * _GRID)
        self._heights[len(self._rows)] = height

    def _section(self, text: str) -> None:
        self._next()
        self._put(1, _GRID, text, self._styles.format(size=_SIZE, bold=True))

    def _pairs(self, columns: Sequence[Column], row: Table | None) -> None:
        """Labels and their values, four pairs a row."""
        for first in range(0, len(columns), 4):
            self._next()
            for n, column in enumerate(columns[first : first + 4]):
                self._label(6 * n + 1, 6 * n + 3, column.heading)
                self._value(6 * n + 4, 6 * n + 6, row, column)

    def _members(self, members: Sequence[Member], first: int) -> None:
        """The grids of eight members, `first` of them the number of those before."""
        columns = {c.id: c for c in columns_for("member") if c.id not in PLACE_COLUMNS}
        rest = [column for name, column in columns.items() if name not in _FIRST_GRID]
        half = -(-len(rest) // 2)
        self._grid([(columns[name], width) for name, width in _FIRST_GRID.items()], members, first)
        for part in (rest[:half], rest[half:]):
            self._grid(list(zip(part, _widths(part), strict=True)), members, first)

    def _grid(
        self, columns: Sequence[tuple[Column, int]], members: Sequence[Member], first: int
    ) -> None:
        self._next(2 * _ROW_HEIGHT)
        self._label(1, 1, _NUMBER)
        at = 2
        for column, width in columns:
            self._label(at, at + width - 1, column.heading)
            at += width
        for number in range(first, first + _MEMBERS_A_PAGE):
            member = members[number] if number < len(members) else None
            self._next()
            self._put(1, 1, number + 1, self._format(0))
            at = 2
            for column, width in columns:
                self._value(at, at + width - 1, member, column)
                at += width

    def _note(self, text: str) -> None:
        self._next()
        self._put(1, _GRID, text, self._styles.format(size=_SIZE))

    def _doubts(self, doubts: Sequence[str], behind: int | None, *, above: int) -> list[int]:
        """The doubts under their heading, on each page of paper again where there are several.

        Then the last page begins `behind` that row, under the rows `above`. Gives the rows behind
        which a further one does.
        """
        repeated = self._height(0, above)
        breaks: list[int] = []
        room = float("inf")
        if behind is not None:
            room = _PAPER_HEIGHT - self._height(behind) - (repeated if behind else 0)
        if sum(map(_doubt_height, doubts)) + 2 * _ROW_HEIGHT > room:
            room = 0
        else:
            self._section(TO_VERIFY)
        if not doubts:
            self._note("没有")
        text_style = self._styles.format(size=_SIZE)
        for number, text in enumerate(doubts, 1):
            if _doubt_height(text) > room:
                breaks.append(len(self._rows))
                self._section(TO_VERIFY if number == 1 else f"{TO_VERIFY}（续）")
                room = _PAPER_HEIGHT - repeated - _ROW_HEIGHT
            self._next()
            self._put(1, 1, number, self._format(0))
            self._put(2, 20, text, text_style)
            self._grow(text, _DOUBT_COLUMNS)
            self._put(21, _GRID, None, text_style)
            room -= self._heights[len(self._rows)]
        return breaks

    def _height(self, behind: int, last: int | None = None) -> float:
        """The rows `behind` one, to the `last`, in points."""
        rows = range(behind + 1, (len(self._rows) if last is None else last) + 1)
        return sum(self._heights[row] for row in rows)

    def _label(self, first: int, last: int, text: str) -> None:
        self._put(first, last, text, self._styles.format(size=_SIZE, fill=_LABEL, center=True))

    def _value(self, first: int, last: int, row: Table | None, column: Column) -> None:
        value = self._words_in(row, column) or _shown(row, column)
        if isinstance(value, date):
            style = self._format("yyyy-mm-dd")
        else:
            # So that a number of 18 digits fits in one line.
            size = _SIZE - 1 if column.cell.secret else _SIZE
            style = self._format(0 if column.cell.native in (int, float) else 49, size)
        self._put(first, last, value, style)
        if isinstance(value, str):
            self._grow(value, last - first + 1)
        if choices := _choices(column):
            self._choices[address(len(self._rows), first)] = choices

    def _grow(self, text: str, columns: int) -> None:
        """Make the row as high as a text needs: printed, what does not fit would be cut off."""
        height = self._heights[len(self._rows)]
        self._heights[len(self._rows)] = max(height, _height_of(text, columns))

    def _words_in(self, row: Table | None, column: Column) -> str | None:
        if row is None or row.source is None or getattr(row, column.id) is None:
            return None
        place = row.source.cells.get(column.id)
        return None if place is None else self._words.get(place)

    def _format(self, number_format: int | str, size: int = _SIZE) -> int:
        return self._styles.format(size=size, center=True, number_format=number_format)

    def _put(self, first: int, last: int, value: Value, style: int) -> None:
        """A cell over some of the narrow columns; each of them has the border."""
        row = self._rows[-1]
        row[first - 1 : last] = [Cell(None, style)] * (last - first + 1)
        row[first - 1] = Cell(value, style)
        if last > first:
            number = len(self._rows)
            self._merged.append(f"{address(number, first)}:{address(number, last)}")


def _height_of(text: str, columns: int) -> float:
    """Of a row with a text over so many of the narrow columns."""
    lines = line_count(text, columns * _COLUMN_WIDTH * _LETTERS)
    return _ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT


def _doubt_height(text: str) -> float:
    return _height_of(text, _DOUBT_COLUMNS)


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


def _shown(row: Table | None, column: Column) -> Value:
    """A value as a cell holds it; of one that could not be read what stands in the register."""
    if row is None:
        return None
    value = getattr(row, column.id)
    if value is None and (fault := row.faults.get(column.id)) is not None:
        is_said = fault.text and fault.notice not in _NO_DATA
        return _without_colon(fault.text) if is_said else None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, PartialDate) and value.day and value.year >= FIRST_CALENDAR_YEAR:
        return value.first  # a whole day as a date: of a text LR019 tells
    if isinstance(value, str) and value.startswith(UNNUMBERED):
        return None
    return value if isinstance(value, (int, float, date, type(None))) else str(value)


def words_of(cells: Iterable[tuple[Path, CellRead]]) -> dict[CellPlace, str]:
    """The words of files' cells that say more than a code list's value: 因病（尿毒症）, 初二."""
    found = {}
    for path, read in cells:
        cell = read.of.cell
        if isinstance(cell, Code) and cell.says_more(read.raw):
            place = CellPlace(path, read.sheet, address(read.row + 1, read.column + 1))
            found[place] = _without_colon(tidied(read.raw, cell.unpad))
    return found


def _without_colon(text: str) -> str:
    """The text, no part of which is read as a label: 因病：尿毒症 becomes 因病（尿毒症）."""
    before, colon, behind = text.partition("：" if "：" in text else ":")
    if not colon or re.search("[(（]", before):
        return re.sub("[:：]", "，", text)
    return f"{before}（{_without_colon(behind)}）" if behind else before


def _choices(column: Column) -> tuple[str, ...]:
    """What a drop-down offers, where the list is short enough to stand in the check itself."""
    if isinstance(column.cell, ManyCodes):
        return ()
    if not isinstance(column.cell, Code) and column.cell.native is not bool:
        return ()
    values = code_lists()[column.cell.codes if isinstance(column.cell, Code) else "yes_no"].values
    return values if len(",".join(values)) <= _LONGEST_LIST else ()


def doubts_by_household(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """What is to be verified at each household's door, the worst first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for finding in findings:
        is_open = not finding.is_verified and finding.severity is not Severity.INFO
        if finding.household and is_open:
            who = f"{finding.person}，" if finding.person else ""
            text = f"{finding.rule} {who}{finding.message}"
            found.setdefault(finding.household, []).append((finding.severity.rank, text))
    return {
        code: [text for _, text in sorted(own, key=lambda o: o[0])] for code, own in found.items()
    }
