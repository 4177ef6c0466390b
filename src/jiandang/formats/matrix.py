"""The cells of a sheet as a matrix of numbers: each distinct cell is kept, and looked at, once.

A register repeats itself: 100,000 members have 4 million cells, of which one in fourteen is new.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cached_property
from itertools import chain, count
from typing import Any, TypeVar, overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.register.cells import MAX_TEXT, ErrorValue, Raw

Numbers = NDArray[np.int32]
Rows = Sequence[int] | NDArray[np.int64] | slice
Whole = TypeVar("Whole", np.int32, np.int64, np.uint32, np.uint64)


def distinct_sorted(numbers: NDArray[Whole]) -> NDArray[Whole]:
    """The distinct ones; np.unique, which hashes them, takes ten times as long."""
    known = np.sort(numbers)
    return known[np.append(True, known[1:] != known[:-1])] if len(known) else known


# So few cells of a sheet are made at once; of more so many rows and cells are asked for one by one
# before all are made.
_FEW_CELLS, _FEW_ASKED = 5_000, 500


class _Unmade(Sequence[Raw]):
    """Distinct cells of which objects are made when they are asked for.

    `texts` are those that are texts, `others` the last ones of all, some of which are texts too.
    Those of a list would take 20 MB, and it has two columns or three that anybody looks at whole.
    """

    def __init__(self, texts: pl.Series, others: Sequence[Raw]) -> None:
        self._texts, self._others = texts, others
        self._asked = 0

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, place: Any) -> Any:
        return self.row(np.array([place]))[0]

    def __iter__(self) -> Iterator[Raw]:
        return iter(self._made)

    def row(self, places: NDArray[Any]) -> list[Raw]:
        """Those at the places of a row."""
        self._asked += 1
        if self._asked > _FEW_ASKED:
            return [*map(self._made.__getitem__, places.tolist())]
        return self.some(places)

    def some(self, places: NDArray[Any]) -> list[Raw]:
        """Those at these places, of a column or more."""
        found: list[Raw] = self._texts.gather(places).to_list()
        first = len(self._texts) - len(self._others)
        for at in np.flatnonzero(places >= first).tolist():
            found[at] = self._others[places[at] - first]
        return found

    @cached_property
    def _made(self) -> list[Raw]:
        first = len(self._texts) - len(self._others)
        return [*self._texts.head(first).to_list(), *self._others]


def _some(values: Sequence[Raw], places: NDArray[Any]) -> list[Raw]:
    if isinstance(values, _Unmade):
        return values.some(places)
    return [*map(values.__getitem__, places.tolist())]


class DistinctCells(Sequence[Raw]):
    """The distinct cells of a column. `texts` are all of a sheet, if they are known."""

    def __init__(self, values: Sequence[Raw], used: NDArray[np.int64], texts: pl.Series | None):
        self._values, self._used, self._texts = values, used, texts

    def __len__(self) -> int:
        return len(self._used)

    def __getitem__(self, place: Any) -> Any:
        return self._values[self._used[place]]

    def __iter__(self) -> Iterator[Raw]:
        return iter(_some(self._values, self._used))

    def at(self, places: Sequence[int] | pl.Series) -> list[Raw]:
        """Those at these places."""
        return _some(self._values, self._used[np.asarray(places, np.int64)])

    def texts(self) -> pl.Series:
        """Those that are texts, in place of others ""."""
        if self._texts is not None and self._used.max(initial=0) < len(self._texts):
            return self._texts.gather(self._used).fill_null("")
        return pl.Series([cell if type(cell) is str else "" for cell in self], dtype=pl.String)


class CellColumn(Sequence[Raw]):
    """Some cells of one column, in the order of their rows."""

    def __init__(
        self, values: Sequence[Raw], codes: Numbers, texts: pl.Series | None = None
    ) -> None:
        self._values, self._codes, self._texts = values, codes, texts

    def __len__(self) -> int:
        return len(self._codes)

    def __getitem__(self, place: Any) -> Any:
        return self._values[self._codes[place]]

    @property
    def is_blank(self) -> bool:
        return not self._codes.any()

    def are(self, fits: Callable[[Raw], bool], rows: Rows) -> NDArray[np.bool_]:
        """For each of these rows whether its cell fits; each distinct cell is looked at once."""
        codes = self._codes[rows]
        known = distinct_sorted(codes)
        cells = zip(known.tolist(), _some(self._values, known), strict=True)
        return np.isin(codes, [code for code, cell in cells if fits(cell)])

    def mapped(self, change: Callable[[Raw], Raw]) -> "CellColumn":
        """The same rows with other cells; each distinct cell is looked at once."""
        values = [*self._values]
        for code in distinct_sorted(self._codes).tolist():
            values[code] = change(values[code])
        return CellColumn(values, self._codes)

    def distinct(self) -> tuple[DistinctCells, Numbers]:
        """The distinct cells, and for each row the place of its cell among them."""
        is_used = np.zeros(len(self._values), bool)
        is_used[self._codes] = True
        used = np.flatnonzero(is_used)
        places = np.empty(len(self._values), np.int32)
        places[used] = np.arange(len(used), dtype=np.int32)
        return DistinctCells(self._values, used, self._texts), places[self._codes]


class CellMatrix(Sequence[list[Raw]]):
    """The rows of a sheet, all of one width. `codes[r, c]` is the place in `values`, 0 if empty.

    `values` may hold equal cells several times, but "" only at 0. A text is cut where no Excel
    cell goes on: looking at one of ten million characters takes minutes.
    """

    def __init__(
        self, values: Sequence[Raw], codes: Numbers, texts: pl.Series | None = None
    ) -> None:
        """`texts` are the values that are texts, where they are known so; null in others' place."""
        if texts is None:
            are_long = any(type(value) is str and len(value) > MAX_TEXT for value in values)
        else:
            are_long = bool((texts.str.len_chars() > MAX_TEXT).any())
        if are_long:
            values = [v[:MAX_TEXT] if type(v) is str else v for v in values]
            texts = None
        # Cells are carried down, and digits put together: Polars' own memory cannot be written to.
        self.codes = np.require(codes, requirements="W")
        self._values, self._texts = values, texts

    @classmethod
    def of_texts(cls, texts: pl.Series, others: Sequence[Raw], codes: Numbers) -> "CellMatrix":
        """The matrix of values that are "", these texts, and others behind them."""
        behind = [value if type(value) is str else None for value in others]
        known = pl.concat(pl.Series(some, dtype=pl.String) for some in ([""], texts, behind))
        cells = _Unmade(known, others)
        return cls([*cells] if len(cells) <= _FEW_CELLS else cells, codes, known)

    @property
    def values(self) -> list[Raw]:
        """The distinct cells, of which there may be more."""
        if not isinstance(self._values, list):
            self._values = [*self._values]
        return self._values

    @values.setter
    def values(self, values: list[Raw]) -> None:
        self._values, self._texts = values, None

    @classmethod
    def of(cls, rows: Sequence[Sequence[Raw]]) -> "CellMatrix":
        """The matrix of rows that may differ in width."""
        if isinstance(rows, CellMatrix):
            return rows
        width = max(map(len, rows), default=0)
        full = (row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows)
        cells: list[Any] = list(chain.from_iterable(full))
        if {bool, ErrorValue} & set(map(type, cells)):
            # True equals 1, and an error the text that it shows.
            cells = [(c,) if type(c) in (bool, ErrorValue) else c for c in cells]
        places: dict[Any, int] = defaultdict(count(1).__next__, {"": 0})
        codes = np.fromiter(map(places.__getitem__, cells), np.int32, len(cells))
        values = [cell[0] if type(cell) is tuple else cell for cell in places]
        return cls(values, codes.reshape(len(rows), width))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, row: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Raw]]: ...
    def __getitem__(self, row: int | slice) -> list[Raw] | list[list[Raw]]:
        if isinstance(row, slice):
            return [self[number] for number in range(*row.indices(len(self)))]
        if isinstance(self._values, _Unmade):
            return self._values.row(self.codes[row])
        return [*map(self._values.__getitem__, self.codes[row].tolist())]

    def __iter__(self) -> Iterator[list[Raw]]:
        return (self[row] for row in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def has_text_from(self, start: str) -> bool:
        """Whether any distinct cell is a text that begins so."""
        if self._texts is not None:
            return bool(self._texts.str.starts_with(start).any())
        return any(type(value) is str and value.startswith(start) for value in self._values)

    def column(self, column: int, rows: Rows = slice(None)) -> CellColumn:
        """The cells of a column, in the rows given."""
        return CellColumn(self._values, self.codes[rows, column], self._texts)

    def without(self, *, rows: Sequence[int] = (), columns: Sequence[int] = ()) -> "CellMatrix":
        """The same with the cells of some rows, and of some columns, empty."""
        rest = copy(self)
        rest.codes = self.codes.copy()
        rest.codes[[*rows]] = 0
        rest.codes[:, [*columns]] = 0
        return rest

    def fill_down(self, top: int, bottom: int, column: int) -> None:
        """Copy a cell into those below it, down to row `bottom`."""
        self.codes[top + 1 : bottom + 1, column] = self.codes[top, column]
