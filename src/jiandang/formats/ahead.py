"""Making the next while one is used: Polars and zlib leave Python to others as they work."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")


def ahead(items: Iterator[_Item], number: int) -> Iterator[_Item]:
    """The items in their order, so many of which a second thread makes before they are asked for.

    None is no item.
    """
    thread = ThreadPoolExecutor(1)
    try:
        coming = deque(thread.submit(next, items, None) for _ in range(number))
        while (item := coming.popleft().result()) is not None:
            coming.append(thread.submit(next, items, None))
            yield item
            del item  # which is large
    finally:
        thread.shutdown(cancel_futures=True)
