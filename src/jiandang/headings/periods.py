"""Periods written in one cell (村公示时间: 3.6-3.13): the first and the last day of a notice."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from jiandang.formats.matrix import CellColumn
from jiandang.headings.steps import Step, step_of
from jiandang.headings.vocabulary import Meaning
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.han_numerals import with_numbers
from jiandang.register.text import plain

_IN_WORDS = "[一二三四五六七八九十]{1,3}"
_YEAR_OF_DAY = "(?:[0-9]{4}|二[〇零○][〇零○一二三四五六七八九]{2})"
_DAY_OF_YEAR = (
    rf"(?:[0-9]{{1,2}}\s*[月\-./]\s*[0-9]{{1,2}}\s*[日号]?|{_IN_WORDS}\s*月\s*{_IN_WORDS}\s*[日号])"
)
# 2016年3月2日, 二〇一六年三月二日.
FULL_DAY = rf"{_YEAR_OF_DAY}\s*[年\-./]\s*{_DAY_OF_YEAR}"
_DAY = rf"(?:{_YEAR_OF_DAY}\s*[年\-./]\s*)?{_DAY_OF_YEAR}"
_UNTIL = r"\s*(?:起)?\s*(?:至|到|-+|—+|~+|～+|–+|―+|─+)\s*"
# 3月6日至3月12日, and 3月6日-12日.
PERIOD = regex(rf"({_DAY}){_UNTIL}({_DAY}|[0-9]{{1,2}}\s*[日号](?!内))")
# In a cell of its own also 20160306-20160313, and 3.6-13; but 3-6-13 may be a day of 2013.
_COMPACT = "(?:19|20)[0-9]{6}"
_PERIOD_ALONE = regex(
    rf"(?:自|从)?\s*(?:({_COMPACT}|{_DAY}){_UNTIL}({_COMPACT}|{_DAY})"
    rf"|((?!\s*[0-9]{{1,2}}\s*-){_DAY}){_UNTIL}([0-9]{{1,2}}\s*[日号]?))\s*止?"
)
# How many days that are: (共7天), 公示7天, 共七日.
_HOW_LONG = regex(
    r"\s*[(\[]?\s*(?:共计?|为期|计|公示期?)*\s*(?:(?<=[(\[共期计示])[0-9一二三四五六七八九十]+个?(?:工作)?[天日]"
    r"|[0-9一二三四五六七八九十]+个?(?:工作)?天)\s*[)\]]?$"
)
_NUMBERS = regex("[0-9]+")


def periods_among(
    meanings: dict[int, Meaning | None], stacks: Mapping[int, Sequence[str]]
) -> dict[int, Step]:
    """The columns with a notice's first and last day in one: 村公示时间.

    Where other columns have these days it is none of them, and means nothing.
    """
    found: dict[int, Step] = {}
    for column, meaning in meanings.items():
        step = step_of(stacks[column]) if meaning is not None else None
        if step is not None and step.is_period and Meaning("procedure", step.column) == meaning:
            found[column] = step
    days = {m.column for c, m in meanings.items() if m is not None and c not in found}
    for column, step in list(found.items()):
        if not days.isdisjoint({step.column, step.last}):
            meanings[column] = None
            del found[column]
    return found


def take_periods(columns: dict[Meaning, int], periods: Mapping[int, Step]) -> frozenset[int]:
    """Let those of the `periods` that are among the `columns` have the last day too."""
    taken = [c for c, step in periods.items() if columns[Meaning("procedure", step.column)] == c]
    columns.update({Meaning("procedure", periods[c].last): c for c in taken})
    return frozenset(taken)


def days_of(period: re.Match[str], year: int | None = None) -> tuple[str, str]:
    """The first and the last day, as 2016年3月6日, or 3月6日 where nobody names the year.

    What one of them leaves out the other says; where the last day would be before the first one,
    it is of the next year. Such a period without a year ends in `year`.
    """
    start, end = (_numbers_of(text) for text in period.groups() if text)
    end = (*start[:-1], *end) if len(end) == 1 else end
    is_over = end[-2:] < start[-2:]
    if len(start) == 3 and len(end) == 2:
        end = (start[0] + is_over, *end)
    elif len(end) == 3 and len(start) == 2:
        start = (end[0] - is_over, *start)
    elif len(start) == len(end) == 2 and is_over and year is not None:
        start, end = (year - 1, *start), (year, *end)
    return _in_words(start), _in_words(end)


def _numbers_of(day: str) -> tuple[int, ...]:
    """Year, month and day, or as much of them as the text has."""
    text = with_numbers(day)
    if re.fullmatch(_COMPACT, text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    return tuple(map(int, _NUMBERS.findall(text)))


def _in_words(day: tuple[int, ...]) -> str:
    *year, month, of_month = day
    return "".join([*(f"{each}年" for each in year), f"{month}月{of_month}日"])


def days_in(cells: CellColumn, year: int, *, last: bool) -> CellColumn:
    """The first or the last days of cells with periods; a single day is a first one."""
    return cells.mapped(partial(day_in, year=year, last=last))


def day_in(cell: Raw, year: int | None, *, last: bool) -> Raw:
    """The first or the last day of a cell with a period."""
    text = plain(cell) if isinstance(cell, str) else ""
    period = _PERIOD_ALONE.fullmatch(text) or _PERIOD_ALONE.fullmatch(_HOW_LONG.sub("", text))
    if period is not None:
        return days_of(period, year)[last]
    return "" if last else cell
