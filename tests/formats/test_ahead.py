"""Items that a second thread makes: their order, what they raise, and that it ends."""

from collections.abc import Iterator
from threading import active_count

import pytest

from jiandang.formats.ahead import ahead


def numbers(end: int, made: list[int]) -> Iterator[int]:
    for number in range(end):
        made.append(number)
        yield number
    raise ValueError(end)


@pytest.mark.parametrize("ahead_by", [1, 2, 9])
def test_items_come_in_order_and_then_what_is_raised(ahead_by: int) -> None:
    found = []
    with pytest.raises(ValueError, match=r"^5$"):
        for number in ahead(numbers(5, []), ahead_by):
            found.append(number)
    assert found == [0, 1, 2, 3, 4]
    assert list(ahead(iter("abc"), ahead_by)) == ["a", "b", "c"]
    assert list(ahead(iter(()), ahead_by)) == []


def test_no_more_are_made_than_may_be_kept() -> None:
    made: list[int] = []
    items = ahead(numbers(100, made), 2)
    for number in range(10):
        assert next(items) == number
        assert len(made) <= number + 3


def test_the_thread_ends_with_who_asks() -> None:
    before = active_count()
    items = ahead(numbers(100, []), 2)
    assert next(items) == 0
    del items
    assert active_count() == before
