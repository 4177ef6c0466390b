"""Dates, in the notations that people have for them."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, NamedTuple

import polars as pl

from jiandang.patterns import regex
from jiandang.register.cells import (
    CellError,
    CellType,
    Context,
    Raw,
    Reading,
    as_text,
    or_nothing,
    wrong_type,
)
from jiandang.register.han_numerals import with_numbers
from jiandang.register.notice import Notice
from jiandang.register.partial_date import DAY_PATTERN, PartialDate
from jiandang.register.text import any_blanks, plain

SERIAL_ORIGIN = date(1899, 12, 30)
# Before it the two calendars of Excel have no days, or wrong ones.
FIRST_CALENDAR_YEAR = 1905
# Of a day before it the number was typed: no step is so old.
_FIRST_YEAR = 1910
_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_SEPARATED = regex(r"([0-9]{4})[-/.年_]([0-9]{1,2})(?:[-/.月_]([0-9]{1,2})?)?日?")
_COMPACT = regex(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})?")
_DAY_OF_YEAR = regex(r"([0-9]{1,2})月([0-9]{1,2})日?")
_YEAR = regex(r"((?:19|20)[0-9]{2})年?")
_CLOCK = regex(r"[T ]?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.0+)?$")

# The same in the notations that are not for a register, but have one meaning.
_MARK = r"(?:[-—–―─~_/\\.。,、·:]{1,2}|\s)"
_LOOSE = regex(
    rf"([0-9]{{4}})(?:年度?|{_MARK})([0-9]{{1,2}})(?:(?:月份?|{_MARK})(?:([0-9]{{1,2}})[日号]?)?)?{_MARK}?"
)
_DIGITS_APART = regex("[0-9] [0-9]")
_LOOSE_DAY_OF_YEAR = regex(r"([0-9]{1,2})月份?([0-9]{1,2})[日号]?")
_SHORT_YEAR = regex(r"'?([0-9]{2})年([0-9]{1,2})月份?(?:([0-9]{1,2})[日号]?)?")
_YEAR_LAST = regex(rf"([0-9]{{1,2}}){_MARK}([0-9]{{1,2}}){_MARK}([0-9]{{4}})")
# 3.20 of a step, a text or a number; 3.2 may have lost a zero, but of 3.5 and 3-2 none is lost.
_DAY_ALONE = regex(r"(1[0-2]|0?[1-9])(?:\.(?=[0-9]{2}|[4-9])|[-/])(3[01]|[12][0-9]|0?[1-9])")
_SHORT_DAY = regex(rf"([0-9]{{2}}){_MARK}([0-9]{{1,2}}){_MARK}([0-9]{{1,2}})[日号]?")
# Whoever writes the year of a birth short writes it first.
_SHORT_BIRTH = regex(rf"'?([0-9]{{2}}){_MARK}([0-9]{{1,2}}){_MARK}([0-9]{{1,2}})[日号]?(?:出?生)?")
_LOOSE_YEAR = regex(r"((?:19|20)[0-9]{2})(?:年度|年份|年)?")
# A day or a month, and no year: 11月5日, 11月, 11.5.
_NO_YEAR = regex(
    r"(1[0-2]|0?[1-9])(?:月份?(?:(3[01]|[12][0-9]|0?[1-9])[日号]?)?"
    r"|[-/.](3[01]|[12][0-9]|0?[1-9]))"
)
_WEEKDAY = regex(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天1-6][)）]?$")
_BORN = regex(r"(?<=[0-9年月日号])(?:出?生|生人)$")
# 二0一六年 is typed with the digit.
_ZERO = regex("(?<=[一二])[0Oo](?=[一二三四五六七八九十])")
# The provincial register began in 2012 (S-P), the national one in 2014 (S-N).
_FIRST_OF_REGISTER = 2012
# A year of two digits within so many of the register's is of this century.
_NEAR = 10

# Which part of a date stands first.
YEAR_FIRST, MONTH_FIRST, DAY_FIRST = "year", "month", "day"

_DATE_EXPECTED = "日期，如 2016-3-5"
_PARTIAL_EXPECTED = "日期或年月，如 2016-3-5、2016-03"


class _Parts(NamedTuple):
    """Year, month and day; None where the cell does not give them."""

    year: int
    month: int | None
    day: int | None


def _parts(raw: Raw, context: Context, expected: str) -> tuple[_Parts, Notice | None]:
    """The parts of a cell's date, and what is to be told of its notation."""
    if isinstance(raw, date):
        return _Parts(raw.year, raw.month, raw.day), None
    if isinstance(raw, (bool, time)):
        raise wrong_type(expected)
    if isinstance(raw, float) and not raw.is_integer():
        # 2016.03 or 2016.3 typed as a number; 2016.1 may be January or October: not guessed.
        text = f"{raw:.2f}"
        if text.endswith(".10") or abs(float(text) - raw) > 1e-9:
            raise wrong_type(expected)
        text = text.removesuffix("0")
    else:
        text = _CLOCK.sub("", plain(as_text(raw)))
    if (match := _LOOSE.fullmatch(text)) and _DIGITS_APART.search(text):  # 2016 3 5 is not 2016-35
        return _numbers(match), Notice.LENIENT
    if (parts := _regular(text.replace(" ", ""), context)) is not None:
        # Where a date is a text by right, a year that nobody wrote is told all the same.
        is_guessed = context.untyped and _DAY_OF_YEAR.fullmatch(text.replace(" ", "")) is not None
        return parts, Notice.LENIENT if is_guessed else None
    if (parts := _loose(text, context)) is not None:
        return parts, Notice.LENIENT
    raise wrong_type(expected)


def _regular(text: str, context: Context) -> _Parts | None:
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        serial = SERIAL_ORIGIN + timedelta(days=int(text))
        return _Parts(serial.year, serial.month, serial.day)
    if match := _DAY_OF_YEAR.fullmatch(text):
        return _Parts(context.year, int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _Parts(int(match[1]), None, None)
    match = _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text)
    return _numbers(match) if match else None


def _loose(text: str, context: Context) -> _Parts | None:
    """The notations with one meaning: 2016。2。21, 2016年2月21号, 二〇一六年二月二十一日."""
    text = _BORN.sub("", _WEEKDAY.sub("", text).replace("元月", "1月").replace("公元", ""))
    text = with_numbers(_ZERO.sub("〇", text))
    whole = text.replace(" ", "")
    if match := _LOOSE.fullmatch(whole) or _LOOSE.fullmatch(text):
        return _numbers(match)
    if match := _LOOSE_DAY_OF_YEAR.fullmatch(whole):
        return _Parts(context.year, int(match[1]), int(match[2]))
    if match := _LOOSE_YEAR.fullmatch(whole):
        return _Parts(int(match[1]), None, None)
    if match := _SHORT_YEAR.fullmatch(whole):
        return _of_short_year(_numbers(match), context)
    if match := _YEAR_LAST.fullmatch(whole) or _YEAR_LAST.fullmatch(text):
        return _of_year_last(*map(int, match.groups()), orders=context.orders)
    return None


def _numbers(match: re.Match[str]) -> _Parts:
    year, month, day = match.groups()
    return _Parts(int(year), int(month), int(day) if day else None)


def _of_short_year(parts: _Parts, context: Context) -> _Parts | None:
    year = 2000 + parts.year
    if abs(year - context.year) <= _NEAR:
        return parts._replace(year=year)
    # Neither a person nor a step is of a year to come; 05年 may be of either century.
    return parts._replace(year=year - 100) if year > context.year else None


def _of_year_last(one: int, other: int, year: int, *, orders: frozenset[str]) -> _Parts | None:
    """21/2/2016 and 2/21/2016. Raises CellError: 3/5/2016 may be March or May.

    Where others of the column are 2/21/2016 it is March.
    """
    if one > 12 >= other:
        return _Parts(year, other, one)
    if one <= 12 and other <= 12 and one != other:
        if len(order := orders & {MONTH_FIRST, DAY_FIRST}) == 1:
            return _Parts(year, one, other) if MONTH_FIRST in order else _Parts(year, other, one)
        raise _doubt((year, one, other), (year, other, one))
    return _Parts(year, one, other) if other > 12 >= one or one == other else None


def _doubt(*days: tuple[int, int, int]) -> CellError:
    """The error of a date that can be read in two ways."""
    one, other = ("-".join(map(str, day)) for day in days)
    return wrong_type(f"写全四位年份、先年后月再日的日期：分不清是 {one} 还是 {other}")


def _checked(year: int, month: int, day: int, expected: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise wrong_type(f"真实存在的{expected}") from None


def _of_short_day(text: str, context: Context) -> tuple[int, int, int] | None:
    """16.2.21 of a step: the day first it would be of 2021, and 16.3.8 of 2008.

    3.20 alone is of the register's year, as 3月20日 is. Raises CellError where both readings are
    possible, and the column's other dates have no year in front: 16.3.14 may be of 2016 or 2014.
    """
    if match := _DAY_ALONE.fullmatch(text):
        return context.year, int(match[1]), int(match[2])
    if (match := _SHORT_DAY.fullmatch(text)) is None:
        return None
    near, one = _near_days(match, context), int(match[1])
    if len(near) > 1 and context.orders & {YEAR_FIRST, DAY_FIRST} == {YEAR_FIRST}:
        near = [day for day in near if day[0] == 2000 + one]
    if len(near) > 1:
        raise _doubt(*sorted(near, key=lambda day: day[0] != 2000 + one))
    # Whoever writes the year short writes it first, as the long one.
    return near[0] if near and near[0][0] == 2000 + one else None


def _near_days(match: re.Match[str], context: Context) -> list[tuple[int, int, int]]:
    """The days that a date with a short year may be, none of them far from the register's year."""
    one, month, other = map(int, match.groups())
    near = [
        (2000 + year, month, day)
        for year, day in {(one, other), (other, one)}
        if -_NEAR <= 2000 + year - context.year <= 1 and 1 <= day <= 31
    ]
    return [day for day in near if day[0] >= _FIRST_OF_REGISTER] or near


def may_be_two_days(raw: Raw) -> bool:
    """Whether a text gives a day in numbers of which any may stand for the year or the month."""
    text = plain(raw) if isinstance(raw, str) else ""
    return any(pattern.fullmatch(text) for pattern in (_SHORT_DAY, _YEAR_LAST))


def orders_of(cells: Iterable[Raw], context: Context) -> frozenset[str]:
    """Which parts stand first in the dates of a column that can be read in one way alone."""
    return frozenset(filter(None, (_order_of(cell, context) for cell in cells)))


def _order_of(raw: Raw, context: Context) -> str | None:
    if not isinstance(raw, str):
        return YEAR_FIRST if isinstance(raw, date) else None
    text = plain(raw)
    if match := _YEAR_LAST.fullmatch(text):
        one, other = int(match[1]), int(match[2])
        return DAY_FIRST if one > 12 >= other else MONTH_FIRST if other > 12 >= one else None
    if match := _SHORT_DAY.fullmatch(text):
        years = {year for year, _, _ in _near_days(match, context)}
        is_first = years == {2000 + int(match[1])}
        return None if len(years) != 1 else YEAR_FIRST if is_first else DAY_FIRST
    return YEAR_FIRST if _SEPARATED.fullmatch(text) or _LOOSE.fullmatch(text) else None


def _as_typed(raw: Raw) -> Raw:
    """The number that was typed into a cell which shows days, where it is no day of our time: 3.5
    comes out as 1900-01-03 12:00, and 2016 as a day of 1905."""
    if not isinstance(raw, date) or raw.year >= _FIRST_YEAR:
        return raw
    at = raw if isinstance(raw, datetime) else datetime(raw.year, raw.month, raw.day)
    # Excel counts a 29th of February 1900.
    origin = datetime(1899, 12, 31 if at < datetime(1900, 3, 1) else 30)
    return round((at - origin) / timedelta(days=1), 2)


def _date(raw: Raw, context: Context) -> Reading:
    raw = _as_typed(raw)
    is_short = isinstance(raw, (str, float)) and not isinstance(raw, bool)
    if is_short and (short := _of_short_day(plain(as_text(raw)), context)) is not None:
        return Reading(_checked(*short, _DATE_EXPECTED), Notice.LENIENT)
    (year, month, day), notice = _parts(raw, context, _DATE_EXPECTED)
    if month is None or day is None:
        raise wrong_type("完整的日期（年、月、日）")
    return Reading(_checked(year, month, day, _DATE_EXPECTED), notice)


def _partial_date(raw: Raw, context: Context) -> Reading:
    """`2016`, `2016-03` or `2016-03-05`: as much of an ISO date as the cell gives."""
    (year, month, day), notice = _parts(raw, context, _PARTIAL_EXPECTED)
    if month is None:
        return Reading(f"{year}", notice)
    whole = _checked(year, month, day or 1, _PARTIAL_EXPECTED)
    return Reading(whole.isoformat() if day else whole.isoformat()[:7], notice)


def _short_or_partial(raw: Raw, context: Context) -> Reading:
    """As `_partial_date`, 16.2.21 too; 3.20 alone is no month of any year."""
    text = plain(raw) if isinstance(raw, str) else ""
    short = None if _DAY_ALONE.fullmatch(text) else _of_short_day(text, context)
    if short is not None:
        return Reading(_checked(*short, _PARTIAL_EXPECTED).isoformat(), Notice.LENIENT)
    return _partial_date(raw, context)


def _birth(raw: Raw, context: Context) -> Reading:
    """As `_partial_date`, 65.3.12 too: nobody is born later than now, or of age 100."""
    if isinstance(raw, str) and (match := _SHORT_BIRTH.fullmatch(plain(raw))):
        year, month, day = (int(part or 0) for part in match.groups())
        year += 2000 if 2000 + year <= context.year else 1900
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return Reading(date(year, month, day).isoformat(), Notice.LENIENT)
    return _partial_date(raw, context)


def names_no_year(text: str) -> bool:
    """Whether a text is a day or a month of the calendar of which nobody says the year."""
    match = _NO_YEAR.fullmatch(with_numbers(plain(text)).replace(" ", ""))
    if match is None:
        return False
    month, day = int(match[1]), int(match[2] or match[3] or 1)
    return day <= monthrange(2016, month)[1]  # a leap year


def _with_its_year(raw: Raw, context: Context) -> Reading:
    """As `_partial_date`, 16.6.1 too; but the register's year is not that of 11月5日."""
    if isinstance(raw, (str, float)) and not isinstance(raw, bool):
        text = plain(as_text(raw))
        if names_no_year(text):
            raise wrong_type(_PARTIAL_EXPECTED)
        if (short := _of_short_day(text, context)) is not None:
            return Reading(_checked(*short, _PARTIAL_EXPECTED).isoformat(), Notice.LENIENT)
    return _partial_date(raw, context)


class _PartialDateType(CellType):
    """A cell whose column has ISO texts, and its model a type for them."""

    def as_cell(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value


def _partial(parse: Callable[[Raw, Context], Any]) -> _PartialDateType:
    return _PartialDateType(
        "日期或年月", _PARTIAL_EXPECTED, or_nothing(parse), iso=True, unpad=any_blanks
    )


CellDate = Annotated[
    date,
    CellType(
        "日期",
        _DATE_EXPECTED,
        or_nothing(_date),
        pl.Date,
        date,
        unpad=any_blanks,
        pattern=DAY_PATTERN,
    ),
]
PartialDateCell = Annotated[PartialDate, _partial(_short_or_partial)]
BirthDate = Annotated[PartialDate, _partial(_birth)]
DayOfChange = Annotated[PartialDate, _partial(_with_its_year)]
