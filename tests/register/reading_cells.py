"""One cell read by its type, for tests: the value, what is told of it, or what is wrong."""

from typing import Any

import pytest

from jiandang.register.cells import CellError, CellType, Context, Reading
from jiandang.register.notice import Notice


def cell_type(annotation: Any) -> CellType:
    return next(mark for mark in annotation.__metadata__ if isinstance(mark, CellType))


def reading(annotation: Any, raw: Any, **context: Any) -> Reading:
    return cell_type(annotation).read(raw, Context(**context))


def read(annotation: Any, raw: Any, **context: Any) -> Any:
    """The value of a cell, however it is written."""
    return reading(annotation, raw, **context).value


def told(annotation: Any, raw: Any, **context: Any) -> Notice | None:
    """What is told of a cell that could be read."""
    return reading(annotation, raw, **context).notice


def fault(annotation: Any, raw: Any, **context: Any) -> CellError:
    with pytest.raises(CellError) as caught:
        reading(annotation, raw, **context)
    return caught.value
