"""Numbers and their units: each column has units of its own, with what one of them counts in it.

A unit of another dimension is an error: 500米 is half a 公里, but 3500亩 is no money.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Any

import polars as pl

from jiandang.patterns import regex
from jiandang.register.cells import (
    DEFAULT_CONTEXT,
    CellType,
    Context,
    Raw,
    Reading,
    or_nothing,
    wrong_type,
)
from jiandang.register.date_cells import SERIAL_ORIGIN
from jiandang.register.han_numerals import with_amounts, with_numbers, with_sign
from jiandang.register.notice import Notice
from jiandang.register.text import plain, simplified, solid

_PLAIN = regex(r"[0-9]+(?:\.[0-9]+)?")
# 1.218E4, as a text that was a number once; of more digits some are lost.
_SCIENTIFIC = regex(r"[0-9](?:\.[0-9]+)?[eE]\+?0?[1-7]")
_WITH_UNIT = regex(r"([0-9]+(?:\.[0-9]+)?)([^0-9.,]+)")
_PART = regex(r"([0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)([^0-9]*)")
# 12 000 and １ ２ are one number each.
_GROUPS = regex("(?<![0-9])(?<![0-9] )(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9](?: [0-9])+)(?! ?[0-9])")
_TWO_NUMBERS = regex("[0-9] [0-9]")
_AND_A_HALF = regex(r"^([0-9]+)([^0-9]+)半$")
# 6。1 is 6.1; 112. is 112, and 3.3(亩) is 3.3亩.
# 3·2 too; 人民币12180元 is 12180元.
_POINT = regex(r"(?<=[0-9])[。·](?=[0-9])")
_CURRENCY = regex("^(?:人民币|RMB):?(?=[0-9])")
_LEFT_OVER = regex(r"(?<=[0-9])(?:\(([^()0-9]+)\)|[.。])$")
# The digit of the unit is none of the number.
SQUARE_METRE = regex("m[2²]")
_MINUS = str.maketrans({"−": "-", "¥": "", "￥": ""})


@dataclass(frozen=True)
class NumberCell(CellType):
    """A cell with a number; `units` are what may stand behind it, and what one of them counts.

    `minimum` and `maximum` are the bounds of right values, for JSON Schema. What is less than none
    (`minimum` 0) is no number of people or acres, and cannot be read; beyond the others values are
    read and left to the rules.
    """

    units: Mapping[str, float] = field(default_factory=dict, hash=False)
    minimum: int | None = None
    maximum: int | None = None

    @property
    def is_quantity(self) -> bool:
        """Whether there cannot be less than none of it."""
        return self.minimum == 0

    def read(self, raw: Raw, context: Context = DEFAULT_CONTEXT) -> Reading:
        reading = super().read(raw, context)
        if self.is_quantity and reading.value is not None and reading.value < 0:
            raise wrong_type(f"{self.expected}，不能是负数")
        return reading

    def json_schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        return {name: bound for name, bound in bounds.items() if bound is not None}


# No column of numbers holds more. A card's number that got into one may have 20 digits.
MOST = 2**63
# No whole number of people, years, months or votes: a phone has eleven digits.
MOST_WHOLE = 10**9


class _NumberParser:
    """Reads numbers with a thousands separator and a unit, or several (3亩5分, 3亩半).

    Money in Chinese numerals is read where it is more than a round figure (`with_amounts`).
    """

    def __init__(self, units: Mapping[str, float], expected: str, *, numerals: bool) -> None:
        self._units, self._expected, self._numerals = units, expected, numerals

    def __call__(self, raw: Raw, context: Context) -> Reading:
        reading = self._read(raw, context)
        if not abs(reading.value) < MOST:  # nor is it a number that is none
            raise wrong_type(self._expected)
        return reading

    def _read(self, raw: Raw, context: Context) -> Reading:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return Reading(float(raw) if context.scale == 1 else round(raw * context.scale, 6))
        if not isinstance(raw, str):
            raise wrong_type(self._expected)
        text = plain(raw)
        if _TWO_NUMBERS.search(_GROUPS.sub("0", text)):
            raise wrong_type(self._expected)  # 1200 800 is not 1200800
        text = text.replace(" ", "")
        if _PLAIN.fullmatch(text):
            return Reading(round(float(text) * context.scale, 6))
        if (match := _WITH_UNIT.fullmatch(text)) and self._units.get(match[2]) == context.scale:
            return Reading(round(float(match[1]) * context.scale, 6))
        if _SCIENTIFIC.fullmatch(text):
            return Reading(round(float(text) * context.scale, 6), Notice.LENIENT)
        digits = _LEFT_OVER.sub(r"\1", _POINT.sub(".", _CURRENCY.sub("", simplified(text))))
        digits = with_numbers(digits) if self._numerals else with_amounts(digits)
        value, is_own = self._quantity(digits, context)
        return Reading(value, None if is_own and digits == text else Notice.LENIENT)

    def _quantity(self, text: str, context: Context) -> tuple[float, bool]:
        """The number in the column's unit, and whether it was so already."""
        text = SQUARE_METRE.sub("㎡", text.translate(_MINUS).lower())
        sign = -1 if text.startswith("-") else 1
        text = re.sub("^半", "0.5", text[1:] if text[:1] in ("+", "-") else text)
        text = _AND_A_HALF.sub(r"\g<1>.5\g<2>", text)
        parts = _PART.findall(text)
        if not parts or "".join(map("".join, parts)) != text:
            raise wrong_type(self._expected)
        if len(parts) == 1 and not parts[0][1]:
            return round(sign * _value(parts[0][0]) * context.scale, 6), True
        factors = [self._units.get(unit) for _, unit in parts]
        known = [factor for factor in factors if factor is not None]
        # From the larger to the smaller unit, and none left out: 5万3 could be many things.
        if len(known) < len(parts) or any(a <= b for a, b in pairwise(known)):
            raise wrong_type(self._expected)
        numbers = (_value(number) for number, _ in parts)
        total = sum(number * factor for number, factor in zip(numbers, known, strict=True))
        return round(sign * total, 6), known == [context.scale]


def _value(number: str) -> float:
    return float(number.replace(",", ""))


# A day of these years is one: as numbers they would be 40000 persons of a household.
_OF_DATES = range(1990, 2100)


class _WholeParser:
    """Reads whole numbers, in Chinese numerals too.

    With `completed` what is left over in a smaller unit does not count: 8个月 is no year of age.
    What with its unit is the `most` or more is something else: 2015年 and 15年 are no months.
    """

    def __init__(
        self,
        units: Mapping[str, float],
        expected: str,
        words: Mapping[str, int],
        completed: bool,
        most: int,
    ) -> None:
        self._number = _NumberParser(units, expected, numerals=True)
        self._expected, self._words, self._completed = expected, words, completed
        self._most = most

    def __call__(self, raw: Raw, context: Context) -> Reading:
        if type(raw) is int and context.scale == 1 and abs(raw) < MOST_WHOLE:
            return Reading(raw)  # as a column takes it; as a float it would lose its last digits
        if isinstance(raw, (date, datetime)):
            # A number formatted as a date (1980 shown as a year) arrives as a day in 1905.
            if raw.year in _OF_DATES:
                raise wrong_type(self._expected)
            raw = (date(raw.year, raw.month, raw.day) - SERIAL_ORIGIN).days
        if isinstance(raw, str) and (known := self._words.get(solid(raw))) is not None:
            return Reading(known, Notice.LENIENT)
        shown = with_sign(raw) if isinstance(raw, str) else raw
        number, notice = self._number(shown, context)
        if shown != raw:
            notice = Notice.LENIENT
        if self._completed and notice is not None:
            number = number // 1
        if context.scale != 1 and not number.is_integer():
            number, notice = float(round(number)), Notice.LENIENT  # days in a column of months
        is_bare = not isinstance(raw, str) or _PLAIN.fullmatch(plain(raw))
        if not abs(number) < (MOST_WHOLE if is_bare else self._most):
            raise wrong_type(self._expected)
        if not number.is_integer():
            raise wrong_type(self._expected, nearest=str(round(number)))
        return Reading(int(number), notice)


def _money(own: str, *pers: str) -> dict[str, float]:
    """The units of money in 元 or 万元: `own` counts one; behind each may stand one of `pers`."""
    scales = {"": 1, "百": 100, "千": 1_000, "万": 10_000}
    words = ("元", "块", "块钱", "圆", "元整", "圆整", "元人民币", "")
    units = {
        f"{scale}{word}{per}": factor
        for scale, factor in scales.items()
        for word in words
        for per in ("", *pers)
    }
    del units[""]
    return {unit: factor / units[own] for unit, factor in units.items()}


def _evenly(factors: Mapping[float, str]) -> dict[str, float]:
    """Units by what one counts: {1: "亩", 15: "公顷 垧"}."""
    return {unit: factor for factor, units in factors.items() for unit in units.split()}


_A_YEAR = ("/年", "每年", "一年")
_A_HEAD = ("/人", "/人/年", "/年/人", "/人年", "/人.年", "/人·年", "每人", "每人每年")
_SQUARE_METRES = "㎡ 平方米 平方 平米 平方公尺 平"
_MU = 10_000 / 15  # square metres
_AREA = _evenly({15: "公顷 ha", 1: "亩 市亩", 0.1: "分 分地", 0.01: "厘", 1 / _MU: _SQUARE_METRES})
_ROOMS = _evenly({1: _SQUARE_METRES, _MU: "亩", _MU / 10: "分"})
_DISTANCE = _evenly({1: "公里 km 千米", 0.5: "里 里路 华里 市里", 0.001: "米 m 公尺"})
_MONTHS = _evenly({12: "年", 1: "个月 月", 1 / 30: "天 日"})
_WHOLE_YEAR = {"全年": 12, "整年": 12, "一整年": 12}
_AGE = _evenly({1: "岁 周岁", 1 / 12: "个月 月 个多月", 1 / 365: "天"})


def _number(
    name: str,
    units: Mapping[str, float],
    *,
    numerals: bool = False,
    minimum: int | None = None,
) -> NumberCell:
    parse = or_nothing(_NumberParser(units, name, numerals=numerals))
    return NumberCell(name, name, parse, pl.Float64, float, units=units, minimum=minimum)


def _whole(
    name: str,
    units: Mapping[str, float],
    words: Mapping[str, int] | None = None,
    *,
    completed: bool = False,
    minimum: int = 0,
    maximum: int | None = None,
    most: int = MOST_WHOLE,
) -> NumberCell:
    parse = or_nothing(_WholeParser(units, name, words or {}, completed, most))
    return NumberCell(
        name, name, parse, pl.Int64, int, units=units, minimum=minimum, maximum=maximum
    )


Money = Annotated[float, _number("金额（元）", _money("元", *_A_YEAR))]
MoneyPerHead = Annotated[float, _number("金额（元）", _money("元", *_A_YEAR, *_A_HEAD))]
TenThousands = Annotated[float, _number("金额（万元）", _money("万元", *_A_YEAR))]
Area = Annotated[float, _number("面积（亩）", _AREA, numerals=True, minimum=0)]
FloorArea = Annotated[float, _number("面积（平方米）", _ROOMS, numerals=True, minimum=0)]
Distance = Annotated[float, _number("距离（公里）", _DISTANCE, numerals=True, minimum=0)]
Months = Annotated[int, _whole("整数（月）", _MONTHS, _WHOLE_YEAR, maximum=12, most=120)]
Age = Annotated[int, _whole("整数（岁）", _AGE, completed=True)]
Year = Annotated[int, _whole("年份", _evenly({1: "年 年度 年份"}), minimum=1900, maximum=2100)]
Persons = Annotated[int, _whole("整数（人）", _evenly({1: "人 口 个 个人 名 位 口人"}))]
Households = Annotated[int, _whole("整数（户）", _evenly({1: "户 家 个"}))]
Votes = Annotated[int, _whole("整数（票）", _evenly({1: "票 张 人 个"}))]
