"""Grids of items, one a row, over more columns than one: 项目 | 金额 | 备注, 项目 | 申报 | 核实.

Their heading says which column has the values: that of the year of the policy, of what was
verified, of amounts. What somebody plans is none; where several may be, none is taken.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from jiandang.headings.units import has_other_unit, unit_alone
from jiandang.intake.forms.choices import has_marks
from jiandang.intake.forms.page import Page, Value
from jiandang.intake.forms.sheet import Area, Cell, is_number, is_numbered, spans, without_number
from jiandang.intake.forms.vocabulary import Label
from jiandang.intake.forms.years import GOAL, years_of
from jiandang.patterns import regex
from jiandang.register.number_cells import NumberCell
from jiandang.register.tables import COLUMNS

_ITEMS = regex(r".{0,2}(?:项目|指标|科目|来源|类[别型]|种类|名称)(?:名称)?")
_UNIT = regex(r"(?:计量)?单位|代码|序号")
_LONGEST_HEADING = 12  # characters
_IN_FIRST = 3  # cells: 收入情况 | 序号 | 项目
_BRACKETS = regex(r"\(([^()]*)\)$")
_YEAR = regex(r"^(20[0-9]{2})(?:年|$|[^0-9])")

# Keeps the value of a label; the last says whether its row is about the helper.
Keep = Callable[[Label, Value, bool], None]


class Kind(Enum):
    """What a column of such a grid has, by its heading."""

    PLAN = "what somebody plans"
    BESIDE = "what is said of a value"
    VERIFIED = "values as somebody found them"
    DECLARED = "values as the household says"
    OF_YEAR = "values of last year, or this"
    AMOUNT = "values"


_KINDS = [
    (Kind.PLAN, GOAL),
    (
        Kind.BESIDE,
        regex(
            "备注|附注|说明|依据|占|比[例重]|%|其中|代码|编码|单位|单价|来源|去向|时间|日期|经办|签|月|增|差"
            "|^序号$|^年[度份]$"
        ),
    ),
    (Kind.VERIFIED, regex("核[实定查准对]|审[核定]|复核|认定|实际")),
    (Kind.DECLARED, regex("申报|[上自填]报")),
    (Kind.OF_YEAR, regex("^[上去今本当前]年")),
    (Kind.AMOUNT, regex("[金数]额|收入|支出|合计|总计|数[量值]?$|元")),
]


class _Head(NamedTuple):
    """A column: its heading, what it has, of which year, and the sheet's columns."""

    cell: Cell
    kind: Kind
    year: int | None
    span: range


class _Band(NamedTuple):
    """The columns of items side by side with others: labels stand in `items`."""

    items: range
    heads: list[_Head]


def heads_items(cells: Sequence[Cell]) -> bool:
    """Whether a row is the heading of such a grid."""
    item = next((c for c in cells[:_IN_FIRST] if _ITEMS.fullmatch(c.solid)), None)
    if item is None or not all(map(_may_head, cells)):
        return False
    behind = [c for c in cells if c.column > item.column and c.solid != item.solid]
    several = {c.solid for c in behind if not _UNIT.fullmatch(c.solid)}
    is_of_values = any(_kind(c) is not Kind.BESIDE for c in behind)
    return len(several) > 1 and is_of_values and not years_of(cells)


def _may_head(cell: Cell) -> bool:
    if any(label.column != "income_year" for label in cell.labels):
        return False
    is_year = _YEAR.match(cell.solid) is not None
    if not isinstance(cell.raw, str) or (cell.solid.isdecimal() and not is_year):
        return is_year
    is_short = len(cell.solid) <= _LONGEST_HEADING and not has_marks(cell.raw)
    return is_short and (":" not in cell.text or cell.solid.startswith("其中"))


def _kind(cell: Cell) -> Kind:
    found = (kind for kind, word in _KINDS if word.search(cell.solid))
    kind = next(found, Kind.BESIDE)
    return Kind.AMOUNT if kind is Kind.BESIDE and _YEAR.fullmatch(cell.solid) else kind


def read_items(
    area: Area, row: int, page: Page, keep: Keep, income_year: int, section: str, *, foreign: bool
) -> int | None:
    """Read the grid of items or of years that a row heads, one a row; gives the row where it ends.

    None if it heads none. `section` is the title above it, `foreign` says that its section is not
    the register's.
    """
    end = None if foreign else _read_items(area, row, page, keep, income_year, section)
    if end is not None:
        return end
    return _read_years_down(area, row, page, keep, income_year, section, foreign=foreign)


def _read_items(
    area: Area, row: int, page: Page, keep: Keep, income_year: int, section: str
) -> int | None:
    cells = area.row(row)
    if not heads_items(cells):
        return None
    bands = _bands(area, cells)
    if not any(_label(area.row(row + 1), band) for band in bands):
        return None
    end = row + 1
    while end <= area.bottom and (
        not _is_behind(area.row(end), bands) or _is_unanswered(area, end, bands)
    ):
        end += 1
    page.rows_of_labels.update(range(row, end))
    for band in bands:
        _read_band(area, range(row + 1, end), band, page, keep, income_year, section)
    return end


def _bands(area: Area, cells: Sequence[Cell]) -> list[_Band]:
    """项目 | 金额 | 备注 | 项目 | 金额 | 备注: each item's column with those behind it."""
    first = next(c for c in cells if _ITEMS.fullmatch(c.solid))
    items = [c for c in cells if c.solid == first.solid]
    bands = []
    for own, after in zip(items, [*items[1:], None], strict=True):
        stop = area.right + 1 if after is None else after.column
        inner = [c for c in cells if c.column < stop and (c.column > own.column or own is first)]
        heads = [
            _Head(c, _kind(c), int(said[1]) if (said := _YEAR.match(c.solid)) else None, span)
            for c, span in zip(inner, spans(inner, stop), strict=True)
            if c is not own
        ]
        behind = next((h.cell.column for h in heads if h.cell.column > own.column), stop)
        bands.append(_Band(range(own.column, behind), heads))
    return bands


def _label(cells: Sequence[Cell], band: _Band) -> Label | None:
    """What a row of a grid asks for: a number of the household's."""
    own = (c.label for c in reversed(cells) if c.column in band.items and c.label is not None)
    label = next(own, None)
    if label is None or label.table != "household":
        return None
    return label if isinstance(label.cell, NumberCell) else None


def _is_behind(cells: Sequence[Cell], bands: Sequence[_Band]) -> bool:
    """Whether a row is no item: a pair of another kind, a section line, another heading."""
    if not cells:
        return False
    in_items = [c for c in cells if any(c.column in band.items for band in bands)]
    others = [c for c in cells if c not in in_items]
    if not in_items or any(c.labels for c in others) or heads_items(cells) or years_of(cells):
        return True
    if len(cells) == 1 and cells[0].right >= bands[0].items.stop:
        return True
    if any(_label(cells, band) for band in bands):
        return False
    return any(c.labels for c in in_items) or not any(is_number(c.solid) for c in others)


def _is_unanswered(area: Area, row: int, bands: Sequence[_Band]) -> bool:
    """Whether a text alone is an item that no column has and nobody answered, before others."""
    cells, below = area.row(row), area.row(row + 1)
    if len(cells) != 1 or is_numbered(cells[0].text) or cells[0].right >= bands[0].items.stop:
        return False
    is_item = any(_label(below, band) for band in bands) and not _is_behind(below, bands)
    return is_item and not cells[0].labels and cells[0].column in bands[0].items


def _read_band(
    area: Area, rows: range, band: _Band, page: Page, keep: Keep, income_year: int, section: str
) -> None:
    own = [(area.row(row), _label(area.row(row), band)) for row in rows]
    page.unknown += [
        c.text for cells, label in own if label is None for c in cells if c.column in band.items
    ]
    years = next((h.span for h in band.heads if h.cell.solid in ("年度", "年份")), range(0))
    asked = [
        (cells, label)
        for cells, label in own
        if label is not None and (not years or _year_in(cells, years) == income_year)
    ]
    head = _head_of_values(band.heads, [cells for cells, _ in asked], income_year)
    if head is None:
        asked_for = [h.cell.solid for h in band.heads if not _UNIT.fullmatch(h.cell.solid)]
        page.unknown.append(_unread(page, section, asked_for))
        return
    page.unknown += [h.cell.text for h in band.heads if h.kind is Kind.PLAN]
    if head.year is not None:
        at = Value(head.year, head.cell.row, head.cell.column, part=True)
        page.put(("household", "income_year"), at)
        page.year_taken = head.year
    units = next((h.span for h in band.heads if h.cell.solid.endswith("单位")), range(0))
    times = Counter(label.field for _, label in asked)
    for cells, label in asked:
        if times[label.field] > 1:  # which of them it is, or whether they add up, is not said
            page.unknown.append(label.text)
            continue
        said = next((unit_alone(c.text) for c in cells if c.column in units), "")
        if not said and (within := _BRACKETS.search(head.cell.solid)):
            said = unit_alone(within[1])
        named_label = dataclasses.replace(label, text=f"{label.text}({said})") if said else label
        if has_other_unit(named_label.text, COLUMNS["household"][label.column]):
            page.unknown.append(named_label.text)
            continue
        keep(named_label, _value_in(cells, head.span), False)


def _unread(page: Page, section: str, headings: Sequence[str]) -> str:
    """What is said of a grid without values: what it is called, and its headings."""
    title = without_number(section) if section not in page.titles else ""
    named = "、".join(headings)
    return f"{title}({named})" if title else named


def _value_in(cells: Sequence[Cell], span: range) -> Value:
    """The value of a row in these columns, or where it would stand."""
    found = next((c for c in cells if c.column in span), None)
    if found is None:
        return Value("", cells[0].row, span.start)
    return Value(found.raw, found.row, found.column)


def _year_in(cells: Sequence[Cell], span: range) -> int | None:
    found = (_YEAR.match(c.solid) for c in cells if c.column in span)
    return next((int(year[1]) for year in found if year is not None), None)


def _head_of_values(
    heads: Sequence[_Head], rows: Sequence[Sequence[Cell]], income_year: int
) -> _Head | None:
    """The column of the values; None where it cannot be told, or nobody filled one in."""
    if not rows:
        return None
    own = [h for h in heads if h.kind not in (Kind.PLAN, Kind.BESIDE)]
    filled = [h for h in own if any(c.column in h.span for cells in rows for c in cells)]
    own = filled or own
    years = [h.year for h in own if h.year is not None]
    if years:
        taken = income_year if income_year in years else max(years)
        own = [h for h in own if h.year == taken]
    for kind in (Kind.VERIFIED, Kind.DECLARED, Kind.AMOUNT):
        of_kind = [h for h in own if h.kind is kind]
        if len(own) > 1 and of_kind and not any(h.kind is Kind.OF_YEAR for h in own):
            own = of_kind
    money = [h for h in own if "额" in h.cell.solid or "元" in h.cell.solid]
    own = money if len(own) > 1 and money else own
    return own[0] if len(own) == 1 else None


# -- years down --------------------------------------------------------------------------------


def _read_years_down(
    area: Area, row: int, page: Page, keep: Keep, income_year: int, section: str, *, foreign: bool
) -> int | None:
    """Read a grid with a year a row: 年度 | 家庭纯收入 | 人均纯收入.

    The year of the policy is taken, or the last one, but of a foreign section only the former.
    """
    heads = area.row(row)
    at = next((c for c in heads[:_IN_FIRST] if c.solid in ("年度", "年份", "年")), None)
    is_heading = at is not None and len(heads) > 1 and all(isinstance(c.raw, str) for c in heads)
    if at is None or not is_heading or any(label.rest for c in heads for label in c.labels):
        return None
    years: list[tuple[int, Sequence[Cell]]] = []
    end = row + 1
    while year := _year_in(area.row(end), range(at.column, at.column + 1)):
        if any(cell.labels for cell in area.row(end)):
            break
        years.append((year, area.row(end)))
        end += 1
    if not years:
        return None
    page.rows_of_labels.update(range(row, end))
    asked = [c for c in heads if c.label is not None and c is not at]
    others = [c.solid for c in heads if c.label is None and c is not at]
    filled = [(year, cells) for year, cells in years if len(cells) > 1]
    own = [each for each in filled if each[0] == income_year]
    taken = own or ([] if foreign else filled[-1:])
    if not asked or not taken or GOAL.search(section):
        page.unknown.append(_unread(page, section, [c.solid for c in heads]))
        return end
    page.unknown += [text for text in others if not _UNIT.fullmatch(text)]
    year, cells = taken[-1]
    place = next(c for c in cells if c.column == at.column)
    page.put(("household", "income_year"), Value(year, place.row, place.column))
    page.year_taken = year
    for head, span in zip(heads, spans(heads, area.right + 1), strict=True):
        if head.label is not None and head is not at:
            keep(head.label, _value_in(cells, span), False)
    return end
