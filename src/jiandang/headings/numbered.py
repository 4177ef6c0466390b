"""How columns say which of a household's members they are about: 成员1姓名, 成员①姓名, 姓名1."""

import re
from collections.abc import Iterator

_NUMERALS = frozenset("一二三四五六七八九十")
_NUMBER = r"\(?([0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])\)?"
_PEOPLE = r"(?:其他|其它|主要|共同生活)?(?:家庭)?(?:成员|人员|人口|家属|家人)(?:情况|信息)?"
_MEMBER = f"(?:{_PEOPLE}{_NUMBER}|第{_NUMBER}(?:个|位|名)?(?:家庭)?(?:成员|人))"
# 家庭成员1 or 第一人, over 姓名 or in front of it.
ONE_MEMBER = re.compile(_MEMBER)
_JOINING = "[-:_、.]?"
_BEFORE = re.compile(rf"{_MEMBER}(?:{_JOINING}|的)\(?(.+?)\)?")
# 姓名1, 姓名_1 and 成员姓名(1).
_BEHIND = re.compile(rf"(?:{_PEOPLE})?(.+?){_JOINING}{_NUMBER}")


def may_be_numbered(text: str) -> bool:
    """Whether a text begins with a member's number, or ends with one in words: 姓名一."""
    return text[-1:] in _NUMERALS or ONE_MEMBER.match(text) is not None


def parts_of(key: str) -> Iterator[tuple[str, str]]:
    """The number of a member and what the rest of a heading's key says of it, as far as it may."""
    if match := _BEFORE.fullmatch(key):
        yield match[1] or match[2], match[3]
    if match := _BEHIND.fullmatch(key):
        yield match[2], match[1]


def number_of(key: str) -> str | None:
    """The number of the member that the name of a group is: 家庭成员1."""
    match = ONE_MEMBER.fullmatch(key)
    return None if match is None else match[1] or match[2]
