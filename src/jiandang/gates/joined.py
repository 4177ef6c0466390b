"""What belongs together by pairs."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def joined(pairs: Iterable[tuple[T, T]]) -> dict[T, T]:
    """For each of those in pairs one that stands for all with which pairs join it."""
    above: dict[T, T] = {}

    def root(one: T) -> T:
        while (other := above.setdefault(one, one)) != one:
            above[one] = one = above[other]  # halves the way of the next who asks
        return one

    for one, other in pairs:
        above[root(other)] = root(one)
    return {one: root(one) for one in above}
