"""Numbers written in Chinese numerals: 二〇一六年二月二十一日, 十个月."""

import re

_ZEROS = "〇○零"
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_RUN = re.compile(f"[{_ZEROS}{''.join(_DIGITS)}{''.join(_TENS)}]+")
_BELOW_100 = re.compile(r"([二三四五六七八九])?(十)([一二三四五六七八九])?")
_WITH_TENS = re.compile(r"()([廿卅])([一二三四五六七八九])?")


def with_digits(text: str) -> str:
    """The text with its Chinese numerals in digits, as far as they have but one meaning.

    Two or three digits side by side are left alone: 二三 is two or three.
    """
    return _RUN.sub(lambda run: _digits(run[0]), text)


def _digits(run: str) -> str:
    if len(run) in (1, 4) and not any(ten in run for ten in _TENS):
        return "".join(str(_DIGITS.get(numeral, 0)) for numeral in run)
    match = _BELOW_100.fullmatch(run) or _WITH_TENS.fullmatch(run)
    if match is None:
        return run
    tens, ten, ones = match.groups()
    return str(_DIGITS.get(tens or "", 1) * _TENS[ten] + _DIGITS.get(ones or "", 0))
