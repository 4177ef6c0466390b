"""A name of 30,000 characters is looked at in a time that grows with its length, not the square."""

import pytest

from jiandang.register.person_names import _BESIDE_A_SIGN, _WORDS, without_padding


@pytest.mark.parametrize("unit", ["王", "王 ", " ", "· ", "王·"])
@pytest.mark.parametrize("last", ["", "-", "强", " 强"])
def test_long_names(unit: str, last: str) -> None:
    assert without_padding("张 三" + unit * 15_000 + last).startswith("张")


def test_searches_begin_where_a_word_does_and_give_nothing_back() -> None:
    """So each character is looked at a fixed number of times."""
    for pattern in (_WORDS, _BESIDE_A_SIGN):
        assert pattern.pattern.startswith("(?<!")
        assert "++" in pattern.pattern


@pytest.mark.parametrize(
    ("typed", "name"),
    [("张　三", "张三"), ("王 志强", "王志强"), ("买买提 ·艾力", "买买提·艾力"),
     ("周敬贤 李华", "周敬贤 李华"), ("Li  Na", "Li Na"), ("· 张三", "·张三")],
)  # fmt: skip
def test_blanks_in_names(typed: str, name: str) -> None:
    assert without_padding(typed) == name
