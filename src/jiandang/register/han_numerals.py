"""Numbers written in Chinese numerals: 二〇一六年二月二十一日, 十个月, 三千零四十五, 伍."""

import unicodedata

from jiandang.patterns import regex

_ZEROS = "〇○零"
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}
# As amounts are written on receipts. In names they are something else: 陆庄 is not 六庄.
_ON_RECEIPTS = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬"
_FORMAL = str.maketrans(_ON_RECEIPTS, "一二二三三四五六六七八九十百千万")
_IS_FORMAL = regex(f"[{_ON_RECEIPTS}]")
_CURRENCY = ("元", "块", "圆")
_SPOKEN = str.maketrans({"俩": "两个", "仨": "三个"})
_RUN = regex(f"[{_ZEROS}{''.join(_DIGITS)}{''.join(_TENS)}百千万]+")
_ANY_RUN = regex(f"(?:{_RUN.pattern}|{_IS_FORMAL.pattern})+")
_DIGIT = "[一二三四五六七八九]"
_WITH_TENS = regex(f"([廿卅])({_DIGIT})?")
_BELOW_10000 = regex(
    rf"(?:([两]|{_DIGIT})千)?(零?(?:[两]|{_DIGIT})百)?(零?{_DIGIT}?十)?(零?{_DIGIT})?"
)
# A number in a circle, in brackets or in the Roman way, that is one character.
_SIGN = regex(r"^\s*([⓪①-⑳㉑-㉟㊱-㊿⑴-⒇⓿❶-❿⓫-⓴⓵-⓾㈠-㈩㊀-㊉Ⅰ-Ⅻⅰ-ⅻ])(?![①-⓿❶-➓㈠-㊰Ⅰ-ⅿ0-9])(?=\D*$)")


def with_digits(text: str) -> str:
    """The text with its Chinese numerals in digits, as far as they have but one meaning.

    Two or three digits side by side are left alone: 二三 is two or three; and so is 八千一, which
    is 8100 to most people.
    """
    return _RUN.sub(lambda run: _digits(run[0]) or run[0], text)


def with_numbers(text: str) -> str:
    """The same of what can be but a number: 伍 and 仨月 too."""
    return with_digits(text.translate(_FORMAL).translate(_SPOKEN))


def with_amounts(text: str) -> str:
    """The same for money, of which a plain 三千 is no figure of a survey: 三千二百, 三千元 are."""
    return _ANY_RUN.sub(lambda run: _digits(_amount(run[0], text[run.end() :])) or run[0], text)


def with_sign(text: str) -> str:
    """The text with the one number sign that it begins with in digits: ⑤人 as 5人, Ⅴ as 5."""
    return _SIGN.sub(lambda sign: f"{unicodedata.numeric(sign[1]):.0f}", text)


def _amount(run: str, behind: str) -> str:
    """The run in plain numerals; nothing, where it is a round one without a currency `behind`."""
    plain = run.translate(_FORMAL)
    is_exact = sum(numeral in _DIGITS for numeral in plain) > 1 or plain in _ZEROS
    is_exact |= behind.startswith(_CURRENCY)
    return plain if is_exact or _IS_FORMAL.search(run) else ""


def _digits(run: str) -> str:
    """The number that plain numerals are; nothing, where they may be several."""
    if len(run) in (1, 4) and all(n in _DIGITS or n in _ZEROS for n in run):
        return "".join(str(_DIGITS.get(numeral, 0)) for numeral in run)
    if match := _WITH_TENS.fullmatch(run):
        return str(_TENS[match[1]] + _DIGITS.get(match[2], 0))
    above, is_above, below = run.rpartition("万")
    high = _below_10000(above, is_first=True) if is_above else 0
    low = _below_10000(below, is_first=not is_above) if below else 0
    return str(high * 10_000 + low) if high is not None and low is not None and run else ""


def _below_10000(run: str, *, is_first: bool) -> int | None:
    """The number below 10000 that numerals are, behind 万 or as the `first`."""
    match = _BELOW_10000.fullmatch(run)
    if match is None or not run:
        return None
    total, last = 0, 10_000
    for part, unit in zip(match.groups(), (1000, 100, 10, 1), strict=True):
        if part is None:
            continue
        is_skipped = last > 10 * unit and not (is_first and not total)
        # 零 stands where a place is skipped. Before 五 it has to: 八千五 are 8500.
        if part.startswith("零") != is_skipped and (unit == 1 or part.startswith("零")):
            return None
        total += unit * _DIGITS.get(part.removeprefix("零")[:1], 1)
        last = unit
    return total
