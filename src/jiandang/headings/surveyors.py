"""The columns of the two people who visit a household: 调查员1 and 调查员2, or 调查员 twice."""

from collections.abc import Sequence

from jiandang.headings.text import heading_key
from jiandang.patterns import regex
from jiandang.register.text import without_circles

_BEHIND = "(?:姓名|签名|签字)?"
_SURVEYOR = regex(
    rf"(?:第([一二12])(?:名|个|位)?)?(?:入户)?调查(?:人员|人|员){_BEHIND}[(]?([一二12甲乙ABab])?[)]?{_BEHIND}"
)
_NUMBERS = {sign: 1 + place // 5 for place, sign in enumerate("一1甲Aa二2乙Bb")}


def numbered_surveyor(stack: Sequence[str]) -> int | None:
    """Which of the two a column names: 1 or 2; None where it does not say."""
    for key in _keys(stack):
        match = _SURVEYOR.fullmatch(key)
        if match is not None and (sign := match[1] or match[2]):
            return _NUMBERS[sign]
    return None


def twice_alike(stacks: dict[int, list[str]]) -> tuple[int, int] | None:
    """The two columns that have one and the same heading of a surveyor, if there are just two.

    What stands over them may be a group's name: 入户调查 over 调查员, 调查员.
    """
    found: list[tuple[int, str, str]] = []
    for column, stack in stacks.items():
        if named := next((key for key in _keys(stack) if _SURVEYOR.fullmatch(key)), ""):
            found.append((column, named, "".join(map(heading_key, stack[:-1]))))
    if len(found) != 2:
        return None
    (first, name, group), (second, other, another) = found
    is_of_one_group = group == another or not (group and another)
    return (first, second) if name == other and is_of_one_group else None


def _keys(stack: Sequence[str]) -> list[str]:
    """A column's own text, and the same with that over it."""
    keys = [without_circles(heading_key(text)) for text in stack]
    return [keys[-1], "".join(keys[-2:])]
