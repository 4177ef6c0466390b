"""How columns say which of a household's members they are about: 成员1姓名, 成员①姓名, 姓名1."""

from collections.abc import Iterator

from jiandang.patterns import regex

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CAPITALS = "壹贰叁肆伍陆柒捌玖拾"
_ROMAN = "Ⅰ-Ⅻ"
_SIGN = (
    f"[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}|[①-⑳]|[{_STEMS}]|[{_CAPITALS}]|[{_ROMAN}]"
    "|[IVX]{1,4}|[A-L]"
)
_NUMBER = rf"\(?({_SIGN})\)?"
_LAST = regex(f"[一二三四五六七八九十{_STEMS}{_CAPITALS}{_ROMAN}A-LXV]")
_TOGETHER = "共同(?:生活|居住)的?|同住的?"
_PEOPLE = (
    f"(?:(?:其他|其它|主要|{_TOGETHER})?(?:家庭|家中)?(?:成员|人员|人口|家属|家人|亲属)"
    f"|(?:{_TOGETHER})人)(?:情况|信息)?"
)
_MEMBER = (
    f"(?:{_PEOPLE}{_NUMBER}|第{_NUMBER}(?:个|位|名)?(?:家庭)?(?:成员|人)|{_NUMBER}号?(?:家庭)?成员)"
)
# 家庭成员1 or 第一人, over 姓名 or in front of it.
ONE_MEMBER = regex(_MEMBER)
_JOINING = "[-:_、.]?"
# Before what is said of him the number alone will do: 甲姓名, 第2位姓名, 3号身份证号.
_ALONE = f"第?{_NUMBER}[号位人名]?"
_BEFORE = regex(rf"(?:{_MEMBER}|{_ALONE})[-:_、.的]?(?:\((.+)\)|(.+))")
_MAY_BEGIN = regex(f"{_MEMBER}|{_ALONE}")
# 姓名1, 姓名_1 and 成员姓名(1); 年龄1(周岁).
_BEHIND = regex(rf"(?:{_PEOPLE})?(.+?){_JOINING}{_NUMBER}(\([^()]+\))?")


def may_be_numbered(text: str) -> bool:
    """Whether a text begins with a member's number, or ends with one in words: 姓名一."""
    return _LAST.fullmatch(text[-1:]) is not None or _MAY_BEGIN.match(text) is not None


def parts_of(key: str) -> Iterator[tuple[str, str]]:
    """The number of a member and what the rest of a heading's key says of it, as far as it may."""
    if match := _BEFORE.fullmatch(key):
        *numbers, in_brackets, rest = match.groups()
        yield next(filter(None, numbers)), in_brackets or rest
    if match := _BEHIND.fullmatch(key):
        yield match[2], match[1] + (match[3] or "")


def number_of(key: str) -> str | None:
    """The number of the member that the name of a group is: 家庭成员1."""
    match = ONE_MEMBER.fullmatch(key)
    return None if match is None else next(filter(None, match.groups()))
