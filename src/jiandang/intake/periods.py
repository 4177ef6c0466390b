"""Periods written in one cell (村公示时间: 3.6-3.13): the first and the last day of a notice."""

import re
from functools import cache

from jiandang.formats.matrix import CellColumn
from jiandang.intake.heading_text import heading_key
from jiandang.intake.vocabulary import Meaning
from jiandang.register.cells import Raw
from jiandang.register.text import plain

_IN_WORDS = "[一二三四五六七八九十]{1,3}"
_YEAR_OF_DAY = "(?:[0-9]{4}|二[〇零○][〇零○一二三四五六七八九]{2})"
_DAY_OF_YEAR = (
    rf"(?:[0-9]{{1,2}}\s*[月\-./]\s*[0-9]{{1,2}}\s*[日号]?|{_IN_WORDS}\s*月\s*{_IN_WORDS}\s*[日号])"
)
# 2016年3月2日, 二〇一六年三月二日.
FULL_DAY = rf"{_YEAR_OF_DAY}\s*[年\-./]\s*{_DAY_OF_YEAR}"
_DAY = rf"(?:{_YEAR_OF_DAY}\s*[年\-./]\s*)?{_DAY_OF_YEAR}"
# 3月6日至3月12日, and 3月6日-12日.
PERIOD = re.compile(
    rf"({_DAY})\s*(?:起)?\s*(?:至|到|-+|—+|~|～|–)\s*({_DAY}|[0-9]{{1,2}}\s*[日号](?!内))"
)
_YEAR = re.compile(rf"^\s*({_YEAR_OF_DAY})\s*[年\-./]")
_TO_MONTH = re.compile(".*月")
_MONTH = re.compile(r"[月\-./]")
# 3.6 is a number where it stands alone.
_MONTH_AND_DAY = re.compile(r"\s*([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*")


@cache
def _periods() -> dict[str, str]:
    """The headings of the three notices, each with its level as the columns have it."""
    levels = {"village": ("村", "村级"), "town": ("镇", "乡镇", "乡"), "county": ("县", "县级")}
    return {
        f"{level}{what}{when}": name
        for name, words in levels.items()
        for level in words
        for what in ("公示", "公告")
        for when in ("", "时间", "日期", "期", "期间", "起止时间", "起止日期")
    }


def take_periods(columns: dict[Meaning, int], unknown: dict[int, str]) -> frozenset[int]:
    """Take 村公示时间 as the first and the last day, where no other column is either of them.

    `unknown` are the headings that are not understood. Returns the columns taken.
    """
    taken = set[int]()
    for column, text in list(unknown.items()):
        level = _periods().get(heading_key(text))
        days = {Meaning("procedure", f"{level}_notice_{day}"): column for day in ("start", "end")}
        if level is not None and columns.keys().isdisjoint(days):
            columns.update(days)
            taken.add(column)
            del unknown[column]
    return frozenset(taken)


def days_of(period: re.Match[str]) -> tuple[str, str]:
    """The first and the last day; the year of the first holds for both, and so may its month."""
    start, end = period[1], period[2]
    year, month = _YEAR.match(start), _TO_MONTH.match(start)
    if not _MONTH.search(end) and month:
        end = f"{month[0]}{end}"
    elif year and not _YEAR.match(end):
        end = f"{year[1]}年{end}"
    return _in_words(start), _in_words(end)


def _in_words(day: str) -> str:
    match = _MONTH_AND_DAY.fullmatch(day)
    return f"{match[1]}月{match[2]}日" if match else day


def days_in(cells: CellColumn, *, last: bool) -> CellColumn:
    """The first or the last days of cells with periods; a single day is a first one."""

    def day(cell: Raw) -> Raw:
        text = plain(cell).removesuffix("止") if isinstance(cell, str) else ""
        period = PERIOD.fullmatch(text)
        if period is not None:
            return days_of(period)[last]
        return "" if last else cell

    return cells.mapped(day)
