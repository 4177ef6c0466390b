"""Grids of income with years across: the year of the policy is taken, or the last filled one."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jiandang.headings.text import near_year_of, year_of
from jiandang.intake.forms.page import Page, Value
from jiandang.intake.forms.sheet import Area, Cell, is_section, spans
from jiandang.patterns import regex

# Sections that ask for nothing a register has, or for later years than it.
_FOREIGN = regex(r"帮扶措施|帮扶成效|帮扶项目|帮扶计划|帮扶资金|易地|搬迁")
GOAL = regex("目标|计划|规划|预计|力争")
_YEAR = regex(r"^(?:(20[0-9]{2})年?度?|(1[0-9])年度?)$")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_IN_NUMERALS = regex("^(?:二[〇○零])?[一二][〇○零一二三四五六七八九]年")
_OTHER_YEAR = regex("预计|前年|今年|本年")
_INCOME_YEAR = regex(r"(?:收入[^0-9]{0,8}|^[^0-9]{0,6})(20[0-9]{2})\s*年?度?(?!.*[0-9])")
_NEAR_YEAR = regex(
    r"(?:前年|上一?年|去年|本年|当年|今年)度?(?:数|实际|收入|金额)?(?:\([百千万]?元\))?"
)
# The day on which a form was filled in, which its own years are counted from.
_FILLED_IN = regex("(?:填[表报写]|登记|调查|入户|采集|核查|申请|制表)[^:]{0,2}(?:日期|时间)")
_DAY = regex(r"(?<![0-9])(20[0-9]{2})(?:年|[-./])[0-9]{1,2}")


def year_of_section(text: str) -> int | None:
    """The year of the incomes below a line: 2015年收入. 0 is another year, of which nothing is
    known but that it is (今年预计收入); None where none is named: 2016年低收入农户登记表."""
    if "收入" not in text.replace("低收入", ""):
        return None
    match = None if GOAL.search(text) else _INCOME_YEAR.search(text)
    if match is not None:
        return int(match[1])
    return 0 if _OTHER_YEAR.search(text) else None


def is_foreign(area: Area, title: Cell, income_year: int) -> bool:
    """Whether the rows below a section's title are passed over.

    They are read where it speaks of income (收入与帮扶成效) or names the year of the register, or
    where a row of the section does (收入年度 | 2015).
    """
    if _FOREIGN.search(title.solid) is None:
        return False
    if GOAL.search(title.solid):
        return True
    if "收入" in title.solid or str(income_year) in title.solid:
        return False
    for row in range(title.row + 1, area.bottom + 1):
        cells = area.row(row)
        if len(cells) == 1 and not cells[0].labels and is_section(cells[0].text):
            break
        for cell, behind in pairwise([*cells, title]):
            if any(label.column == "income_year" for label in cell.labels):
                said = behind.solid if cell.label is not None else cell.solid
                return str(income_year) not in said
    return True


def year_of_form(area: Area, title: str) -> int | None:
    """The year that is 今年 on a form: that of its title, and of the day on which it was filled in.

    None where neither names one, or they differ.
    """
    named = year_of([title])
    found = set() if named is None else {named}
    for row in area.rows:
        cells = area.row(row)
        for cell, behind in pairwise([*cells, *cells[-1:]]):
            if label := _FILLED_IN.search(cell.text):
                said = cell.text[label.end() :].strip(" :") or behind.text
                found |= {int(day[1])} if (day := _DAY.match(said)) else set()
    return found.pop() if len(found) == 1 else None


def years_of(cells: Sequence[Cell], own: int | None = None) -> list[tuple[int, Cell]]:
    """The years that head the columns of a grid, at least two; 今年 is the form's `own`.

    工资性收入 | 2000 | 人均纯收入 | 2040: bare numbers behind other labels are amounts.
    """
    found = []
    for cell in cells:
        if (year := _year(cell.solid)) is not None:
            found.append((year, cell))
        elif own is not None and _NEAR_YEAR.fullmatch(cell.solid):
            found.append((near_year_of([cell.solid], own) or own, cell))
    if len({year for year, _ in found}) < 2:
        return []
    is_bare = any(cell.solid.isdecimal() for _, cell in found)
    if is_bare and any(label.column != "income_year" for c in cells for label in c.labels):
        return []
    return found


def _year(text: str) -> int | None:
    """The year that a text is: 2014, 2014年, 二〇一四年, 14年, 一四年."""
    if _IN_NUMERALS.match(text):
        text = text.translate(_NUMERALS)
    match = _YEAR.match(text)
    return None if match is None else int(match[1] or f"20{match[2]}")


def years_across(area: Area, row: int, title: str) -> list[tuple[int, Cell]]:
    """The years that head a grid in a row; 上年 and 今年 are, where the form says its own year."""
    cells = area.row(row)
    if (found := years_of(cells)) or not _names_near_years(cells):
        return found
    own = year_of_form(area, title)
    return [] if own is None else years_of(cells, own)


def _names_near_years(cells: Sequence[Cell]) -> bool:
    return sum(_NEAR_YEAR.fullmatch(cell.solid) is not None for cell in cells) > 1


class _Years(NamedTuple):
    """The columns of years side by side: from its labels at `left` to the column `stop`."""

    left: int
    stop: int
    heads: list[tuple[int, Cell]]

    @property
    def first(self) -> int:
        return self.heads[0][1].column


def _years_side_by_side(
    area: Area, cells: Sequence[Cell], years: Sequence[tuple[int, Cell]]
) -> list[_Years]:
    """指标 | 2014年 | 2015年 | 指标 | 2014年 | 2015年: each with the columns of its own labels."""
    bands: list[list[tuple[int, Cell]]] = [[]]
    for year, cell in years:
        if year in {known for known, _ in bands[-1]}:
            bands.append([])
        bands[-1].append((year, cell))
    lefts = [area.left]
    for before, own in pairwise(bands):
        between = [c for c in cells if before[-1][1].column < c.column < own[0][1].column]
        lefts.append(between[0].column if between else own[0][1].column)
    stops = [*lefts[1:], area.right + 1]
    return [_Years(*each) for each in zip(lefts, stops, bands, strict=True)]


def read_years(
    area: Area, row: int, years: Sequence[tuple[int, Cell]], page: Page, income_year: int
) -> int:
    """Read a grid with years across; gives the row where it ends.

    The year of the policy is taken, or the last one that is filled in.
    """
    bands = _years_side_by_side(area, area.row(row), years)
    end = row + 1
    for end in range(row + 1, area.bottom + 2):
        cells = area.row(end)
        if end > area.bottom or (cells and _ends_years(cells, area.row(end + 1), bands)):
            break
        page.rows_of_labels.add(end)
    page.rows_of_labels.add(row)
    for band in bands:
        _read_band(area, range(row + 1, end), band, page, income_year)
    return end


def _read_band(area: Area, own: range, band: _Years, page: Page, income_year: int) -> None:
    """Read the rows of labels and amounts under years side by side."""
    heads = band.heads
    columns = spans([cell for _, cell in heads], band.stop)
    rows = []
    for number in own:
        cells = [c for c in area.row(number) if band.left <= c.column < band.stop]
        left = [c for c in cells if c.column < band.first]
        label = next((c.label for c in reversed(left) if c.label is not None), None)
        if label is not None:
            rows.append((number, label, [c for c in cells if c.column >= band.first]))
        elif left:
            page.unknown.append(max(left, key=lambda c: c.column if len(c.text) > 2 else -1).text)
    filled = [any(c.column in span for _, _, values in rows for c in values) for span in columns]
    place = max((i for i, is_filled in enumerate(filled) if is_filled), default=len(heads) - 1)
    for i, (year, _) in enumerate(heads):
        if year == income_year and filled[i]:
            place = i
    (year, head), span = heads[place], columns[place]
    if any(filled):
        page.put(("household", "income_year"), Value(year, head.row, head.column, part=True))
        page.year_taken = year
    for number, label, values in rows:
        found = [c for c in values if c.column in span]
        at = found[0].column if found else head.column
        value = Value(found[0].raw if found else "", number, at)
        page.put(label.field, value, page.asked_by(label, label.field, [value]))


def _ends_years(cells: Sequence[Cell], below: Sequence[Cell], bands: Sequence[_Years]) -> bool:
    """Whether a row is behind the amounts: it has nothing at their labels, a pair or a text.

    A line with incomes `below` is one of these that nobody answered.
    """
    first = bands[0].first
    left = [c for c in cells if c.column < first]
    in_amounts = [c for c in cells if any(b.first <= c.column < b.stop for b in bands)]
    is_pair = any(c.labels for c in in_amounts)
    is_answered = any(label.rest is not None for c in cells for label in c.labels)
    wide = len(cells) == 1 and cells[0].right >= first
    heads = len(cells) == 1 and not cells[0].labels and is_section(cells[0].text)
    heads = heads and not any(label.meaning.is_income for c in below for label in c.labels)
    are_years = bool(years_of(cells)) or _names_near_years(cells)
    return not left or is_pair or is_answered or wide or heads or are_years
