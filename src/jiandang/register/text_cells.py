"""Names, codes and the numbers of persons, cards, accounts and phones: kept as texts."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import ValidationInfo

from jiandang.patterns import regex
from jiandang.register.cells import (
    NOTHING,
    CellError,
    CellType,
    Context,
    Raw,
    Reading,
    as_text,
    or_nothing,
)
from jiandang.register.notice import Notice
from jiandang.register.person_names import without_padding
from jiandang.register.text import Unpad, any_blanks, no_blanks, plain, solid
from jiandang.register.village_names import village_name

# Excel keeps 15 significant digits: a longer number in a cell has lost its tail for good.
_EXACT_LIMIT = 1e15
_WITH_SMALL_X = regex("[0-9]{17}x")
_SCIENTIFIC = regex(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.IGNORECASE)
# What is the answer, or as good as an empty cell, where somebody has no such number.
_NO_NUMBER = "无 没有 暂无 / - — 0 待补 待补充 待补录 待查 待填 待核 待核实"
# What tells a household apart that has no number, or one of its village alone.
_STANDS_IN = "（无户编号）.+|.*第[0-9A-Za-z-]{1,11}号"
_NO_PHONE = "无电话 没电话 没有电话 无手机 没手机 没有手机 未装电话"
_NO_CARD = "无证 否 没证 无残疾证 不是"
# Somebody's card or account that is still to come is none yet.
_NOT_YET = f"{_NO_NUMBER} 未办 未办理 未办证 未领证 办理中 正在办理 申办中 待办 待办理 未开户"
# Who has no identity number yet.
_UNREGISTERED = (
    "新生儿 新生婴儿 婴儿 未上户 未上户口 未落户 未入户 没上户 无户口 黑户 上户中 未报户口"
    " 未登记 未办身份证 未办证 未办 未办理 没办 没办理 暂未办理 办理中 正在办理 待办理 未领证"
    " 待办 待补办 没有身份证 无身份证 没身份证 户口未上 户口未报"
)
# What says that the name is still to come, and is written like one.
NO_NAME = frozenset(
    {"待补", "待补充", "待补录", "待查", "待定", "待填", "待核", "待核实", "待落实"}
    | {"未填", "暂无", "没有", "空白", "名字待补", "姓名待补", "待取名", "待起名"}
    | {"未取名", "未起名", "没取名", "没起名", "尚未取名"}
)
_HAN = "\u3400-\u9fff\uf900-\ufaff"
# The name of the column before its value, as people copy it from a form: 身份证：3203…
_LABEL = regex(
    r"\s*(?:(?:公民|居民)?身份(?:证|证件)?(?:号码?)?|证件号码?|残疾人?证(?:号码?)?|户编号|编号"
    r"|(?:银行)?(?:账号|账户|帐号|卡号)|(?:户主)?姓名|户主)\s*[:：]\s*(?=\S)"
)
# Who in the household it is, behind a name: 董翠云（户主）, 宋鹏晨（之子）.
_WHO = regex(
    r"\((?:户主(?:本人)?|本人|配偶|妻子?|丈夫|长子|次子|三子|儿子|长女|次女|三女|女儿|父亲?|母亲?"
    r"|儿媳|孙子|孙女|(?:户主)?之[一-鿿]{1,5})\)$"
)


def _digits_of(raw: Raw, notice: Notice, expected: str) -> str:
    """The digits of a code, which may be typed as a number of at most 15 digits.

    Python's own whole numbers have all their digits, unless a workbook has lost them before.
    """
    text = solid(as_text(raw))
    if (
        isinstance(raw, (int, float))
        and abs(raw) >= _EXACT_LIMIT
        and (isinstance(raw, float) or raw % 1000 == 0)
    ):
        raise CellError(notice, expected, known=f"{raw:.0f}"[:15])
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(notice, expected, known=text.upper().split("E")[0].replace(".", ""))
    return text


def _text(raw: Raw, context: Context) -> str:
    return plain(as_text(raw))


def _village(raw: Raw, context: Context) -> str:
    return village_name(as_text(raw))


def _no_sign(parse: Callable[[Raw, Context], Any]) -> Callable[[Raw, Context], Any]:
    """The same parser, for which signs alone are no name of a place: --, //."""

    def parse_no_sign(raw: Raw, context: Context) -> Any:
        is_sign = isinstance(raw, str) and not any(map(str.isalnum, raw))
        return NOTHING if is_sign else parse(raw, context)

    return parse_no_sign


def _without_label(parse: Callable[[Raw, Context], Any]) -> Callable[[Raw, Context], Any]:
    """The same parser, for which the name of its column may stand before the value."""

    def parse_without_label(raw: Raw, context: Context) -> Any:
        if isinstance(raw, str) and (label := _LABEL.match(raw)):
            return Reading(parse(raw[label.end() :], context), Notice.LENIENT)
        return parse(raw, context)

    return parse_without_label


def _name(raw: Raw, context: Context) -> str | Reading:
    text = without_padding(plain(as_text(raw)))
    # The dots that keyboards give for the name dot · (U+00B7).
    name = re.sub(r"[•・‧⋅.．]", "·", _WHO.sub("", text))
    return Reading(name, Notice.LENIENT) if name and _WHO.search(text) else name or text


def _code_number(raw: Raw, context: Context) -> str:
    text = _digits_of(raw, Notice.WRONG_TYPE, "文本格式的数字编码（存成数字会丢失末位）")
    # Where the head's identity number numbers the household, x and X are one.
    return text.upper() if _WITH_SMALL_X.fullmatch(text) else text


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


def _one_number(pattern: str, whole: str = "") -> Unpad:
    """Blanks are padding in a number of this pattern, where none of its parts could be one.

    A part like `whole`, by default like the number, could: beside it stands another number, or
    what that is. A single character is a number of the row or the like.
    """
    alone = re.compile(f"(?:{whole or pattern})|.")

    def unpad(text: str) -> str:
        parts = [solid(p).upper().translate(_LOOKS_LIKE_X).replace("-", "") for p in text.split()]
        if len(parts) > 1 and any(map(alone.fullmatch, parts)):
            return text
        return no_blanks(text) if re.fullmatch(pattern, "".join(parts)) else text

    return unpad


_DASHES = str.maketrans("—–―－", "----")
# A mobile of 11 digits, or an area code and 7 or 8 digits; in groups, after the country's code.
_PHONE = regex(
    r"(?<![0-9])(?:[(]?(?:\+|00)?86[)]?[- ]*)?"
    r"(?:(1[3-9][0-9][-. ]?[0-9]{4}[-. ]?[0-9]{4})"
    r"|[(]?(0[1-9][0-9]{1,2})[)]?[- ]*([2-9][0-9]{2,3}[- ]?[0-9]{4}))(?![0-9])"
)
_WHOLE = "1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[2-9][0-9]{6,7}"
_USUAL = regex(f"(?:{_WHOLE})(?:[/、,;](?:{_WHOLE}))*")


def _phone(raw: Raw, context: Context) -> str | Reading:
    """The phones of a cell joined by 、, without groups and remarks; or the text as it stands."""
    text = plain(as_text(raw)).translate(_DASHES)
    if _USUAL.fullmatch(text):
        return text
    numbers = [
        re.sub("[-. ]", "", mobile) or f"{area}-{re.sub('[- ]', '', local)}"
        for mobile, area, local in _PHONE.findall(text)
    ]
    # Digits that are left over belong to something else: an extension, a number too long.
    if not numbers or re.search("[0-9]", _PHONE.sub("、", text)):
        return text.replace(" ", "")
    return Reading("、".join(numbers), Notice.LENIENT)


Text = Annotated[str, CellType("文本", "文本", _text, unpad=any_blanks)]
PlaceName = Annotated[str, CellType("文本", "文本", _no_sign(_text), unpad=any_blanks)]
VillageName = Annotated[
    str, CellType("文本", "文本", or_nothing(_no_sign(_village)), unpad=any_blanks)
]
PersonName = Annotated[
    str,
    CellType(
        "姓名",
        "姓名",
        or_nothing(_without_label(_name), also=" ".join(NO_NAME)),
        clean=f"[{_HAN}]{{2,20}}",
        unpad=without_padding,
        unless=NO_NAME,
    ),
]


class _HouseholdNumberType(CellType):
    """The number of a household, or what stands for it where its sheets have none."""

    def _validate(self, raw: Any, info: ValidationInfo) -> object:
        if isinstance(raw, str) and re.fullmatch(_STANDS_IN, raw):
            return raw
        return super()._validate(raw, info)


def _code(of: type[CellType], pattern: str) -> CellType:
    return of(
        "编码",
        "数字编码",
        or_nothing(_without_label(_code_number)),
        clean="[0-9]{6,20}",
        pattern=pattern,
        unpad=_one_number("[0-9]{6,18}[0-9X]?", "[0-9]{13,}X?"),
    )


CodeNumber = Annotated[str, _code(CellType, "^[0-9]{6,22}$")]
HouseholdNumber = Annotated[
    str,
    _code(_HouseholdNumberType, f"^([0-9]{{6,22}}|[0-9A-Za-z-]{{1,11}}|{_STANDS_IN})$"),
]
ResidentId = Annotated[
    str,
    CellType(
        "公民身份号码",
        "18位公民身份号码",
        or_nothing(_without_label(_resident_id), _NO_NUMBER, _UNREGISTERED),
        clean="[0-9]{17}[0-9X]",
        pattern="^[0-9]{17}[0-9X](?:[0-9]{2}|[0-9]{4})?$",  # or a disability card's
        secret=True,
        unpad=_one_number("[0-9]{15}|[0-9]{17}[0-9X](?:[0-9]{2}|[0-9]{4})?"),
    ),
]
DisabilityCard = Annotated[
    str,
    CellType(
        "残疾证号",
        "20位残疾人证号",
        or_nothing(_without_label(_card_number), f"{_NOT_YET} {_NO_CARD}"),
        clean="[0-9]{17}[0-9X][0-9]{2}",
        pattern="^[0-9]{17}[0-9X][1-7][1-4](?:[0-9]{2})?$",
        secret=True,
        unpad=_one_number("[0-9]{17}[0-9X][1-7][1-4](?:[0-9]{2}|B[0-9])?"),
    ),
]
Account = Annotated[
    str,
    CellType(
        "银行账号",
        "12至30位银行账号",
        or_nothing(_without_label(_account), _NOT_YET),
        clean="[0-9]{12,30}",
        pattern="^[0-9]{12,30}$",
        secret=True,
        unpad=_one_number("[0-9]{12,30}"),
    ),
]
Phone = Annotated[
    str,
    CellType(
        "电话",
        "11位手机号码或带区号的座机",
        or_nothing(_phone, _NO_NUMBER, _NO_PHONE),
        clean="1[0-9]{10}",
        pattern=f"^{_USUAL.pattern}$",
        secret=True,
        unpad=_one_number(_WHOLE),
    ),
]
