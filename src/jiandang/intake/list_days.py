"""The day of which another department's list is, by its title or by the name of its file."""

from collections.abc import Iterator

from jiandang.patterns import regex

# 截至2016年2月20日 · 2016-02-20 · 2016年2月 · 20160220
_DAY = regex(
    r"(?<![0-9])([12][0-9]{3})(?:[年./-]([01]?[0-9])(?:[月./-]([0-3]?[0-9])(?![0-9])日?"
    r"|月|$|(?=[^0-9]))|([01][0-9])([0-3][0-9])(?![0-9]))"
)
# 2016年1-2月 · 2015年3月至2016年2月 · 2016年1月1日—2月20日: what stands before the end.
_TO = r"\s*(?:[-—–－~～至到]|——|--)\s*"
_BEGIN = regex(
    rf"(?<![0-9])([12][0-9]{{3}}年)[01]?[0-9](?:月(?:份|[0-3]?[0-9]日?)?)?{_TO}"
    r"(?=([12][0-9]{3}年)?[01]?[0-9]月)"
    rf"|(?<![0-9])[12][0-9]{{3}}[./-][01]?[0-9](?:[./-][0-3]?[0-9])?{_TO}"
    r"(?=()[12][0-9]{3}[./-][01]?[0-9](?![0-9]))"
    rf"|(?<![0-9])[12][0-9]{{3}}[01][0-9][0-3][0-9]{_TO}(?=()[12][0-9]{{3}}[01][0-9][0-3][0-9])"
)
# 2016年2月1日至20日, of which the end has the month of the beginning.
_BEGIN_DAY = regex(rf"([12][0-9]{{3}}年[01]?[0-9]月)[0-3]?[0-9]日?{_TO}(?=[0-3]?[0-9]日)")
# 2016年第一季度 · 2015年上半年, with the month in which they end.
_PART = regex("([12][0-9]{3}年)度?(?:第?([一二三四1-4])季度?|([上下])半年)")
_LAST_MONTH = {"上": 6, "下": 12} | {
    digit: 3 * number for digits in ("一二三四", "1234") for number, digit in enumerate(digits, 1)
}
# What says of a date that the list is of that day; up to when it goes says more than when it was
# printed.
_OF = "(?:日期|时间|日)?(?:到|于|为|是)?[:：]?"
_UP_TO = regex(rf"(?:截至|截止|统计|数据){_OF}\s*$")
_MADE = "打印|制表|导出|下载|提取|查询|填报|生成"
_MADE_ON, _MADE_BEHIND = regex(rf"(?:{_MADE}){_OF}\s*$"), regex(rf"\s*(?:{_MADE})")
_END_BEHIND = regex(r"\s*(?:为止|止)")


def day_in(text: str) -> str | None:
    """The date of a title, as far as it goes: 截至2016年2月20日 → 2016-02-20.

    Of several it is that up to which the list goes, else when it was made, else the first; of a
    period its end: 2016年1-2月 → 2016-02.
    """
    text = _PART.sub(lambda m: f"{m[1]}{_LAST_MONTH[m[2] or m[3]]}月", text)
    plain = _BEGIN_DAY.sub(r"\1", _BEGIN.sub(lambda m: "" if m[2] else m[1] or "", text))
    days = sorted(_days(plain), key=lambda found: found[0])
    return days[0][1] if days else None


def _days(text: str) -> Iterator[tuple[int, str]]:
    """Each date of a text, and how much it says of the list: the less, the more."""
    for found in _DAY.finditer(text):
        year, *parts = found.groups()
        month, day = (first or second for first, second in zip(parts[:2], parts[2:], strict=True))
        if not (1 <= int(month) <= 12 and int(day or 1) <= 31):
            continue
        before, behind = text[: found.start()], text[found.end() :]
        if _UP_TO.search(before) or _END_BEHIND.match(behind):
            rank = 0
        elif _MADE_ON.search(before) or _MADE_BEHIND.match(behind):
            rank = 1
        else:
            rank = 2
        yield rank, "-".join([year, f"{int(month):02}", *([f"{int(day):02}"] if day else [])])
