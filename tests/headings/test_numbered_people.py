"""Members side by side, by whatever word they are called."""

import pytest

from jiandang.headings.numbered import number_of, parts_of

WORDS = ["共同生活人", "共同居住人", "同住人", "同住人员", "家庭人员", "家属", "亲属", "家庭成员"]


@pytest.mark.parametrize("word", WORDS)
def test_each_word_for_members(word: str) -> None:
    assert [*parts_of(f"{word}1姓名")] == [("1", "姓名")]
    assert number_of(f"{word}2") == "2"


@pytest.mark.parametrize("word", ["帮扶人", "调查人", "人"])
def test_others_are_no_members(word: str) -> None:
    assert [*parts_of(f"{word}1姓名")] == []
    assert number_of(f"{word}2") is None
