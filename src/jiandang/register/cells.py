"""The cell types: how one cell of a register is read, stored and shown.

A cell arrives as the file holds it (text, number, date or boolean; see `Raw`). `CellType.parse`
gives its value or raises `CellError` that says what is wrong. Each type is
also a Pydantic type, so the models of this package validate single values the same way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Annotated, Any, TypeAlias

import polars as pl
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from jiandang.register.codes import CodeList, code_lists
from jiandang.register.notice import Notice
from jiandang.register.text import is_irregular, plain, solid

Raw: TypeAlias = str | float | int | bool | date | datetime | time


class ErrorValue(str):
    """What a formula left in its cell instead of a value: `#N/A`, or a note that there is none."""

    __slots__ = ()


class CellError(ValueError):
    """A cell that cannot be read: why, what was expected, the nearest right value.

    `known` is what can still be read of a damaged cell (the first 15 digits of a number).
    """

    def __init__(
        self, notice: Notice, expected: str, *, nearest: str = "", known: str = ""
    ) -> None:
        super().__init__(expected)
        self.notice = notice
        self.expected = expected
        self.nearest = nearest
        self.known = known


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on besides the cell.

    `year` completes dates like 3月5日; `provincial` selects the code numbers of the S-P forms;
    `scale` is what a bare number counts where the heading's unit is not the column's (万元).
    """

    year: int = 2016
    provincial: bool = False
    scale: float = 1


DEFAULT_CONTEXT = Context()


@dataclass(frozen=True)
class CellType:
    """A kind of cell.

    `clean` matches texts that need no parsing since they are their value; so is the ISO text of a
    date, where `iso` is set.
    """

    name: str
    expected: str
    parse: Callable[[Raw, Context], object]
    dtype: Any = pl.String
    native: type = str
    clean: str | None = None
    iso: bool = False
    secret: bool = False
    inner_blanks_allowed: bool = False

    def is_irregular(self, raw: str) -> bool:
        """Whether the text is typed irregularly (文字不规范)."""
        return is_irregular(raw, inner_blanks=not self.inner_blanks_allowed)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        # A cell may say that there is nothing (无), so each type admits None.
        inner = core_schema.nullable_schema(handler(source))
        return core_schema.with_info_before_validator_function(self._validate, inner)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), **self.json_schema()}

    def json_schema(self) -> dict[str, Any]:
        """What JSON Schema can say of the type beyond its base type."""
        return {"x-expected": self.expected}

    def _validate(self, raw: Any, info: ValidationInfo) -> object:
        if raw is None:
            return None
        context = info.context if isinstance(info.context, Context) else DEFAULT_CONTEXT
        try:
            return self._parse(raw, context)
        except CellError as error:
            raise PydanticCustomError(
                "cell_error",
                "应为{expected}",
                {
                    "notice": error.notice,
                    "expected": error.expected,
                    "nearest": error.nearest,
                    "known": error.known,
                },
            ) from error

    def _parse(self, raw: Raw, context: Context) -> object:
        try:
            return self.parse(raw, context)
        except OverflowError:
            raise _wrong_type(self.expected) from None  # a number beyond all bounds


def _wrong_type(expected: str, *, nearest: str = "", known: str = "") -> CellError:
    return CellError(Notice.WRONG_TYPE, expected, nearest=nearest, known=known)


def as_text(raw: Raw) -> str:
    """The text that the cell shows: whole numbers without `.0`, dates in ISO form."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime):
        midnight = raw.time() == time()
        return raw.date().isoformat() if midnight else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, (date, time)) else str(raw)


# Excel keeps 15 significant digits: a longer number in a cell has lost its tail for good.
_EXACT_LIMIT = 1e15
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)


def _digits_of(raw: Raw, notice: Notice, expected: str) -> str:
    """The digits of a code, which may be typed as a number of at most 15 digits."""
    text = solid(as_text(raw))
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= _EXACT_LIMIT:
        raise CellError(notice, expected, known=f"{raw:.0f}"[:15])
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(notice, expected, known=text.upper().split("E")[0].replace(".", ""))
    return text


def _text(raw: Raw, context: Context) -> str:
    return plain(as_text(raw))


def _name(raw: Raw, context: Context) -> str:
    # The dots that keyboards give for the name dot · (U+00B7).
    return re.sub(r"[•・‧⋅.．]", "·", solid(as_text(raw)))


def _code_number(raw: Raw, context: Context) -> str:
    return _digits_of(raw, Notice.WRONG_TYPE, "文本格式的数字编码（存成数字会丢失末位）")


# × and the Cyrillic and Greek letters that look like the check character X.
_LOOKS_LIKE_X = str.maketrans("×ХхΧχ", "XXXXX")


def _resident_id(raw: Raw, context: Context) -> str:
    text = _digits_of(raw, Notice.LOST_DIGITS, "文本格式的18位公民身份号码")
    return text.upper().translate(_LOOKS_LIKE_X)


def _card_number(raw: Raw, context: Context) -> str:
    text = _digits_of(raw, Notice.WRONG_TYPE, "文本格式的20位残疾人证号（存成数字会丢失末位）")
    return text.upper().translate(_LOOKS_LIKE_X)


def _account(raw: Raw, context: Context) -> str:
    text = _digits_of(raw, Notice.WRONG_TYPE, "文本格式的银行账号（存成数字会丢失末位）")
    return text.replace("-", "")


def _phone(raw: Raw, context: Context) -> str:
    text = solid(as_text(raw)).replace("—", "-").replace("－", "-")
    return text.removeprefix("+86")


# What people write where there is no number to be written.
_NO_NUMBER = {"无", "没有", "暂无", "/", "-", "—", "0"}


def _or_none(parse: Callable[[Raw, Context], str]) -> Callable[[Raw, Context], str | None]:
    """The same parser, for which 无 and the like are an empty cell."""

    def parse_or_none(raw: Raw, context: Context) -> str | None:
        return None if solid(as_text(raw)) in _NO_NUMBER else parse(raw, context)

    return parse_or_none


_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?|[+-]?\.[0-9]+)(.*)")
_SCALES = {"万": 10_000, "千": 1_000, "百": 100}


def _number_parser(units: str, expected: str) -> Callable[[Raw, Context], float]:
    """A parser of numbers that may carry a thousands separator and one of `units`."""
    allowed = set(units.split())

    def parse(raw: Raw, context: Context) -> float:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            return float(raw) if context.scale == 1 else round(raw * context.scale, 6)
        if not isinstance(raw, str):
            raise _wrong_type(expected)
        text = solid(raw).replace(",", "").replace("¥", "").replace("￥", "")
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise _wrong_type(expected)
        number, unit = match.groups()
        scale = 1 if unit else context.scale
        if unit and unit not in allowed and unit[0] in _SCALES and "元" in allowed:
            scale, unit = _SCALES[unit[0]], unit[1:]
        if unit and unit not in allowed:
            raise _wrong_type(expected, nearest=number)
        return round(float(number) * scale, 6)

    return parse


def _whole_parser(units: str, expected: str) -> Callable[[Raw, Context], int]:
    parse_number = _number_parser(units, expected)

    def parse(raw: Raw, context: Context) -> int:
        if isinstance(raw, (date, datetime)):
            # A number formatted as a date (1980 shown as a year) arrives as a day in 1905.
            raw = (date(raw.year, raw.month, raw.day) - _SERIAL_ORIGIN).days
        number = parse_number(raw, context)
        if not number.is_integer():
            raise _wrong_type(expected, nearest=str(round(number)))
        return int(number)

    return parse


_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_SEPARATED = re.compile(r"([0-9]{4})[-/.年_]([0-9]{1,2})(?:[-/.月_]([0-9]{1,2})?)?日?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})?")
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日?")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")
_CLOCK = re.compile(r"[T ]?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.0+)?$")
_DATE_EXPECTED = "日期，如 2016-3-5"
_PARTIAL_EXPECTED = "日期或年月，如 2016-3-5、2016-03"


def _date_parts(raw: Raw, context: Context, expected: str) -> tuple[int, int | None, int | None]:
    """Year, month and day of a cell; month and day are None where the cell does not give them."""
    if isinstance(raw, date):
        return raw.year, raw.month, raw.day
    if isinstance(raw, (bool, time)):
        raise _wrong_type(expected)
    if isinstance(raw, float) and not raw.is_integer():
        # 2016.03 typed as a number; 2016.1 may be January or October, so it is not guessed.
        text = f"{raw:.2f}"
        if text.endswith("0") or abs(float(text) - raw) > 1e-9:
            raise _wrong_type(expected)
    else:
        text = _CLOCK.sub("", plain(as_text(raw))).replace(" ", "")
    if text.isdecimal() and int(text) in _SERIALS and len(text) == 5:
        serial = _SERIAL_ORIGIN + timedelta(days=int(text))
        return serial.year, serial.month, serial.day
    if match := _DAY_OF_YEAR.fullmatch(text):
        return context.year, int(match[1]), int(match[2])
    if match := _YEAR.fullmatch(text):
        return int(match[1]), None, None
    match = _SEPARATED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        raise _wrong_type(expected)
    return int(match[1]), int(match[2]), int(match[3]) if match[3] else None


def _checked_date(year: int, month: int, day: int, expected: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _wrong_type(f"真实存在的{expected}") from None


def _date(raw: Raw, context: Context) -> date:
    year, month, day = _date_parts(raw, context, _DATE_EXPECTED)
    if month is None or day is None:
        raise _wrong_type("完整的日期（年、月、日）", nearest="")
    return _checked_date(year, month, day, _DATE_EXPECTED)


def _partial_date(raw: Raw, context: Context) -> str:
    """`2016`, `2016-03` or `2016-03-05`: as much of an ISO date as the cell gives."""
    year, month, day = _date_parts(raw, context, _PARTIAL_EXPECTED)
    if month is None:
        return f"{year}"
    whole = _checked_date(year, month, day or 1, _PARTIAL_EXPECTED)
    return whole.isoformat() if day else whole.isoformat()[:7]


def _yes_no(raw: Raw, context: Context) -> bool:
    text = solid(as_text(raw)).rstrip("。")
    value = code_lists()["yes_no"].find(text)
    if value is None:
        raise _wrong_type("是或否")
    return value == "是"


def _signed(raw: Raw, context: Context) -> bool:
    """A signature cell: a name, 是, 手印 … mean signed; 否, 无, 未签 … mean not."""
    text = solid(as_text(raw)).rstrip("。")
    unsigned = text.startswith(("未", "没", "不")) or code_lists()["yes_no"].find(text) == "否"
    return not unsigned


@dataclass(frozen=True)
class Code(CellType):
    """A cell with a value of a code list (代码表)."""

    codes: str = ""

    @property
    def code_list(self) -> CodeList:
        return code_lists()[self.codes]

    def json_schema(self) -> dict[str, Any]:
        return {"enum": list(self.code_list.values)}


_SPLIT = re.compile(r"[、,，;；/+和及]|\s+")


def split_values(text: str) -> list[str]:
    """The parts of a cell that holds several values joined by 、 or the like."""
    return [part for part in _SPLIT.split(plain(text)) if part]


def _find_code(text: str, codes: CodeList, context: Context) -> str:
    value = codes.find(text, provincial=context.provincial)
    if value is None:
        near = get_close_matches(text, codes.words, n=1, cutoff=0.5)
        # 贫困户 and 脱贫户 are near in letters only, so long lists show what the values are.
        shown = "、".join(codes.values[:12]) + ("…" if len(codes.values) > 12 else "")
        nearest = codes.words[near[0]] if near else ""
        raise CellError(Notice.UNKNOWN_CODE, f"“{shown}”之一", nearest=nearest)
    return value


def code(name: str) -> Code:
    """The cell type of a code list: exactly one value."""

    def parse(raw: Raw, context: Context) -> str:
        return _find_code(solid(as_text(raw)), code_lists()[name], context)

    codes = code_lists()[name]
    return Code(
        codes.title, f"{codes.title}代码表中的值", parse, pl.Enum(list(codes.values)), codes=name
    )


def one_code(name: str) -> Code:
    """As `code`, but several values of the list in one cell are a fault of their own."""
    codes = code_lists()[name]

    def parse(raw: Raw, context: Context) -> str:
        text = solid(as_text(raw))
        if codes.find(text, provincial=context.provincial) is None:
            parts = split_values(as_text(raw))
            known = [codes.find(part, provincial=context.provincial) for part in parts]
            if len(parts) > 1 and all(known):
                raise CellError(
                    Notice.SEVERAL_CODES, f"{codes.title}代码表中的一个值", nearest=parts[0]
                )
        return _find_code(text, codes, context)

    title = codes.title
    return Code(title, f"{title}代码表中的一个值", parse, pl.Enum(list(codes.values)), codes=name)


@dataclass(frozen=True)
class ManyCodes(Code):
    """A cell with several values of a code list, stored in the list's order joined by 、."""

    def json_schema(self) -> dict[str, Any]:
        return {"x-values": list(self.code_list.values)}


def many_codes(name: str, none_words: str = "") -> ManyCodes:
    """The cell type of several values of one code list; `none_words` stand for no value at all."""
    codes = code_lists()[name]
    empty = set(none_words.split())

    def parse(raw: Raw, context: Context) -> str | None:
        text = solid(as_text(raw))
        if text in empty:
            return None
        if (value := codes.find(text, provincial=context.provincial)) is not None:
            return value
        found = [_find_code(part, codes, context) for part in split_values(as_text(raw))]
        # Values given twice stay, for a rule to find.
        return "、".join(sorted(found, key=codes.values.index))

    title = codes.title
    expected = f"{title}代码表中的值，几个用顿号隔开"
    return ManyCodes(title, expected, parse, codes=name, inner_blanks_allowed=True)


_HAN = "\u3400-\u9fff\uf900-\ufaff"

_TEXT = CellType("文本", "文本", _text, inner_blanks_allowed=True)
_PERSON_NAME = CellType("姓名", "姓名", _name, clean=f"[{_HAN}]{{2,20}}")
_CODE_NUMBER = CellType("编码", "数字编码", _code_number, clean="[0-9]{6,20}")
_RESIDENT_ID = CellType(
    "公民身份号码", "18位公民身份号码", _or_none(_resident_id), clean="[0-9]{17}[0-9X]", secret=True
)
_DISABILITY_CARD = CellType(
    "残疾证号",
    "20位残疾人证号",
    _or_none(_card_number),
    clean="[0-9]{17}[0-9X][0-9]{2}",
    secret=True,
)
_ACCOUNT = CellType(
    "银行账号", "12至30位银行账号", _or_none(_account), clean="[0-9]{12,30}", secret=True
)
_PHONE = CellType(
    "电话", "11位手机号码或带区号的座机", _or_none(_phone), clean="1[0-9]{10}", secret=True
)
_AREA_UNITS = "亩 ㎡ m2 平方米 平方 平米 平 公里 km 里 米"
_YES_NO = CellType("是/否", "是或否", _yes_no, pl.Boolean, bool)
_MONEY_UNITS = "元 块 元/年"


def _number_type(name: str, units: str) -> CellType:
    return CellType(name, name, _number_parser(units, name), pl.Float64, float)


def _whole_type(name: str, units: str) -> CellType:
    return CellType(name, name, _whole_parser(units, name), pl.Int64, int)


Text = Annotated[str, _TEXT]
PersonName = Annotated[str, _PERSON_NAME]
CodeNumber = Annotated[str, _CODE_NUMBER]
ResidentId = Annotated[str, _RESIDENT_ID]
DisabilityCard = Annotated[str, _DISABILITY_CARD]
Account = Annotated[str, _ACCOUNT]
Phone = Annotated[str, _PHONE]
Money = Annotated[float, _number_type("金额（元）", _MONEY_UNITS)]
TenThousands = Annotated[float, _number_type("金额（万元）", "万元 万")]
Number = Annotated[float, _number_type("数字", _AREA_UNITS)]
Whole = Annotated[int, _whole_type("整数", "岁 人 口 户 个 个月 月 年 票")]
CellDate = Annotated[
    date, CellType("日期", _DATE_EXPECTED, _date, pl.Date, date, inner_blanks_allowed=True)
]
PartialDate = Annotated[str, CellType("日期或年月", _PARTIAL_EXPECTED, _partial_date, iso=True)]
YesNo = Annotated[bool, _YES_NO]
Signature = Annotated[bool, CellType("签字", "签字、是或否", _signed, pl.Boolean, bool)]
