"""The text of a heading: what of it names the column, and of which year.

It may have `*`, numbering, units, blanks, line breaks and translations in it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from jiandang.headings.printed import without_list
from jiandang.patterns import regex
from jiandang.register.text import plain, simplified, without_circles

# What is longer is no heading: 10 MB of < would be looked through for every bracket that opens.
_LONGEST = 1000
_HAN = "\u3400-\u9fff\uf900-\ufaff"
# Signs that a form puts before or behind a name, but for ticks, which are an answer.
_MARKS = (
    re.escape("*★☆▲△▼▽※◆◇●○◎■□▪·•#§!?、,.。;:/|_-~+=^†‡‥′″∗∘∙⋆")
    + "\u2190-\u21ff\u2300-\u23ff\u2500-\u260f\u2613-\u2712\u2719-\u2767\u2794-\u27bf"
    + "\u2b00-\u2bff\ue000-\uf8ff"
)
_CIRCLES = "①-⓿❶-➓⑴-⒛㈠-㉃"
_ROMAN = "\u2160-\u217f"
_NUMBERING = regex(
    rf"^(?:[{_MARKS}{_CIRCLES}{_ROMAN}]"
    # 1. (1) 一、 (一) A1 A3a A-1 1-2; before a number a bare numeral could be part of the name.
    r"|第[0-9]{1,3}[列栏项]|\(?[0-9]{1,3}[.、):_-](?![0-9])|\(?[一二三四五六七八九十]+[、.)]"
    # A letter alone is that of an answer: A.是 B.否.
    r"|[甲乙丙丁戊己庚辛壬癸][.、):]|[IVX]{2,4}[.、):]"
    rf"|(?:[A-Za-z][-.]?)?[0-9]{{1,2}}(?:[-.][0-9]{{1,2}})+[.、:]?(?=[{_HAN}*])(?![岁年月日])"
    # A code of a field: AAC003姓名, A01_姓名. 1号 is the first of several.
    rf"|[A-Za-z]{{1,4}}-?[0-9]{{1,4}}[a-z]?[-_.、:|]?\s?(?=[{_HAN}*])|[0-9]{{1,2}}(?=[{_HAN}])(?!号(?!码)))+"
)
# 姓名_A1, 姓名|AAC003.
_CLOSING_CODE = regex(rf"(?<=[{_HAN})])[_|/-][A-Za-z]{{1,4}}-?[0-9]{{1,4}}$")
# 姓名* · 姓名*1; the circle of 姓名① or 年龄(岁)① may tell two columns apart, that of 【姓名】①
# does not.
_CLOSING_MARKS = regex(
    rf"(?:[{_MARKS}]+|(?<=[{_HAN})\]])[*/#][0-9]{{1,2}}|(?<=[0-9])\*[0-9]{{1,2}}|(?<!备)注[0-9]{{1,2}}|(?<=[\]】〕>》}}])[{_CIRCLES}]+)$"
)
_CLOSING_CIRCLES = regex(rf"[{_CIRCLES}¹²³⁰-₉]+[{_MARKS}]*$")
# What a whole heading may stand in, and how many of them.
_MOST_AROUND = 8
_AROUND = dict(zip('([【〔<《{〈「『〖“‘"', ')]】〕>》}〉」』〗”’"', strict=True))
# Brackets of any kind, and in group 1 what is in them.
# Of so many characters at most: a text of brackets that are never closed is looked at once.
BRACKETS = regex(r"[(\[【〔<《{]([^)\]】〕>》}]{0,500})[)\]】〕>》}]")
# What a form says of a column beside its name: how it is to be filled in.
_INSTRUCTION = regex(
    rf"^(?:必填项?|选填)(?=[*{_HAN}])|^(?:必填项?|选填|可选|单选|多选)(?=[:_/-])"
    r"|(?:必填项?|选填|单选|多选)$"
    r"|[(\[【〔<《{](?:必填项?|必须填写|选填|可选|非必填|可不填|可为空|单选|多选|可多选|下拉选择|下拉|勾选"
    r"|请选择|文本格式|文本|数字|日期|最多[^)\]】〕>》}]*|\*+|[A-Za-z ]+)?[)\]】〕>》}]"
)
# 住房面积m2, 人均纯收入元: the unit behind the name, without brackets.
UNIT_BEHIND = regex("(?<=.)(m[2²]|㎡|平方米|平米|[百千万]?元|亩|公里|千米|km|米)$", re.IGNORECASE)
# Two letters or more in a row, with what joins them, of a script that is not Chinese.
_COMBINING = "\u0300-\u036f\u0610-\u06ed\u0f00-\u0fff\u1800-\u18af"
_LETTER = rf"(?:(?![{_HAN}〇])[^\W\d_{_CIRCLES}]|[{_COMBINING}])"
_TRANSLATION = regex(rf"{_LETTER}(?:[\s.'’&/-]*{_LETTER})+\.?")
# 2015年 before a name, (2015年) or 2015年度 behind it; the year before, without a number.
_YEAR = regex(r"(?<![0-9])(?:20)?([0-9]{2})年|(?<![0-9])20([0-9]{2})(?![0-9])")
_OF_YEAR = regex(
    r"^(?:20[0-9]{2}年?度?|上一?年度?|去年|本年度?|当年|年度?)(?:全年)?(?![内终末底初月])"
    r"|[(\[【]?(?:20[0-9]{2}年?度?|上一?年度?|本年度?)[)\]】]?$"
)
_NEAR_YEAR = regex(r"(?:^|[(\[【])(?:(前年)|(上一?年|去年)|(本年|当年|今年))(?![内终末底初月])")
_ANY_HAN = regex(f"[{_HAN}]")


@lru_cache(8192)
def heading_key(text: str) -> str:
    """The part of a heading that names the column: 姓名 of `* 1.姓 名(必填)：` and `Name 姓名`.

    Blanks, marks, numbering, lists of codes, instructions and translations into other scripts are
    left out; units and other words in brackets stay. Traditional characters become simplified.
    """
    key = _CLOSING_CODE.sub("", simplified(plain(text[:_LONGEST])))
    if _ANY_HAN.search(key):
        # Numbers like A1 are no translation: they go first, and blanks inside translations last.
        key = _TRANSLATION.sub(" ", without_list(_without_numbering(key)))
    key = key.replace(" ", "").replace("其中:", "")
    for _ in range(_MOST_AROUND):
        if (bare := _bared(key)) == key:
            break
        key = bare
    return key


def _bared(key: str) -> str:
    """The key without the outermost of what stands around it: marks, numbers, brackets."""
    key = _CLOSING_MARKS.sub("", _without_numbering(_INSTRUCTION.sub("", key)))
    return key[1:-1] if _is_in_one_bracket(key) else key


def _is_in_one_bracket(key: str) -> bool:
    """Whether what opens with the first character closes with the last one, and not before."""
    opening, closing = key[:1], _AROUND.get(key[:1], "")
    if not closing or key[-1] != closing:
        return False
    if opening == closing:
        return key.count(opening) == 2
    *depths, last = accumulate((sign == opening) - (sign == closing) for sign in key)
    return last == 0 and 0 not in depths


def _without_numbering(text: str) -> str:
    return _NUMBERING.sub("", text.strip())


def without_brackets(key: str) -> str:
    return key if key.isalnum() else _CLOSING_MARKS.sub("", BRACKETS.sub("", key))


def without_year(key: str) -> str:
    """人均纯收入 of 2015年人均纯收入, 上年度人均纯收入 and 人均纯收入(2015年)."""
    return _OF_YEAR.sub("", key)


def year_of(stack: Sequence[str]) -> int | None:
    """The year that the texts over a column name, the lowest first."""
    for text in reversed(stack):
        if found := _YEAR.search(plain(text)):
            return 2000 + int(found[1] or found[2])
    return None


def near_year_of(stack: Sequence[str], own: int) -> int | None:
    """The year that they call 上年 or 本年, which is the register's `own`."""
    for text in reversed(stack):
        if found := _NEAR_YEAR.search(plain(text)):
            return own - (2 if found[1] else 1 if found[2] else 0)
    return None


@lru_cache(8192)
def spellings(key: str) -> tuple[str, ...]:
    """The key, and what else it may stand for: without brackets, a unit or a circle at its end."""
    loose = without_brackets(key)
    if (bare := UNIT_BEHIND.sub("", loose)) != loose:
        return (key, loose, bare)
    if not _CLOSING_CIRCLES.search(loose):
        return (key, loose)
    # 调查人② is the second; 姓名① is one with a footnote.
    return (key, loose, without_circles(loose), _CLOSING_CIRCLES.sub("", loose))
