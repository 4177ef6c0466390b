"""Where in a sheet a column has gone some rows up or down, or was sorted alone.

Only where several rows contradict themselves is anything looked at, so that others cost nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

c = pl.col
_Mask = NDArray[np.bool_]
# Whether a cell is right for the row so many rows above it.
Fact = Callable[[int], pl.Expr]

# Fewer rows that contradict themselves are told one by one.
LEAST = 5
# Facts that are one of two things, right in every other row by chance: so many rows in a run.
_VAGUE, _LONG = {"sex", "relation"}, 20
# How far a column may have gone: rows put in one after the other.
_STEPS = (1, -1, 2, -2, 3, -3)
# Of so many rows that are right elsewhere one may have a fault of its own.
_PER_FAULT = 5


@dataclass(frozen=True)
class Move:
    """A column that may have moved: the facts that are right elsewhere then, and here still.

    With `is_back` the facts ask of other columns: these moved up where the facts' cell seems to
    have moved down.
    """

    column: str
    elsewhere: tuple[str, ...]
    here: tuple[str, ...] = ()
    is_back: bool = False


@dataclass(frozen=True)
class Slip:
    """Rows by their places in the frame, the column that is wrong there, how far it went down."""

    rows: range
    column: str
    step: int


SLIP = pl.Struct({"block": pl.Int64, "last": pl.Int64, "column": pl.String, "step": pl.Int64})


def above(name: str, step: int) -> pl.Expr:
    """A column's cell so many rows above, in the same sheet."""
    return c(name).shift(step).over("sheet_number") if step else c(name)


def is_contradicted(facts: Mapping[str, Fact]) -> pl.Expr:
    """Whether any of the facts is known to be wrong in the row."""
    return pl.any_horizontal(~fits(0) for fits in facts.values()).fill_null(False)


def told(frame: pl.DataFrame, height: int, slips: Iterable[Slip]) -> pl.Series:
    """For each row of a table the slip that it is in; `place` and `ref` are the frame's rows'."""
    rows: list[dict[str, object] | None] = [None] * height
    refs, places = frame["ref"].to_list(), frame["place"].to_list()
    for slip in slips:
        block = {"block": refs[slip.rows[0]], "last": refs[slip.rows[-1]]}
        for row in slip.rows:
            rows[places[row]] = {**block, "column": slip.column, "step": slip.step}
    return pl.Series(rows, dtype=SLIP)


def find_slips(
    frame: pl.DataFrame, facts: Mapping[str, Fact], moves: Sequence[Move]
) -> Iterator[Slip]:
    """The runs of rows in which a column has moved, the longest first; see `Move`."""
    taken = np.zeros(frame.height, bool)
    while longest := max(_moved(frame, facts, moves, taken), key=_length, default=None):
        rows = _with_ends(frame, longest, taken)
        taken[rows.start : rows.stop] = True
        yield replace(longest, rows=rows)


def _length(slip: Slip) -> int:
    return len(slip.rows)


def are(frame: pl.DataFrame, answer: bool, facts: Iterable[pl.Expr]) -> _Mask:
    """The rows in which any of the facts is known to be so."""
    found = pl.any_horizontal(pl.lit(False), *(fact == answer for fact in facts)).fill_null(False)
    # With a column beside it a constant is repeated for every row.
    return frame.select("ref", found=found)["found"].to_numpy()


def _moved(
    frame: pl.DataFrame, facts: Mapping[str, Fact], moves: Sequence[Move], taken: _Mask
) -> Iterator[Slip]:
    """The runs of rows in which all is right so many rows away, and wrong where it stands."""
    sheets = frame["sheet_number"].to_numpy()
    for move in moves:
        moved = [facts[name] for name in move.elsewhere]
        exact = [facts[name] for name in move.elsewhere if name not in _VAGUE]
        wrong = are(frame, False, (fact(0) for fact in moved)) & ~taken
        if wrong.sum() < LEAST:
            continue
        against = are(frame, False, (facts[name](0) for name in move.here))
        for step in _STEPS:
            fits = are(frame, True, (fact(step) for fact in moved))
            surely = are(frame, True, (fact(step) for fact in exact))
            misfits = are(frame, False, (fact(step) for fact in moved)) | against
            for rows in _runs(~misfits & ~taken, sheets, ~taken):
                own = rows[wrong[rows]]
                is_long = surely[rows].sum() >= LEAST or len(rows) >= _LONG
                has_few_faults = misfits[rows].sum() * _PER_FAULT <= fits[rows].sum()
                if len(own) >= LEAST and is_long and has_few_faults:
                    side = -step if move.is_back else step
                    yield Slip(range(int(own[0]), int(own[-1]) + 1), move.column, side)


def _runs(good: _Mask, sheets: NDArray[np.int64], free: _Mask) -> list[NDArray[np.int64]]:
    """The rows of each sheet that are good one after the other, or all but one between two."""
    good[1:-1] |= good[:-2] & good[2:] & free[1:-1]
    ends = np.flatnonzero(~good[1:] | ~good[:-1] | (sheets[1:] != sheets[:-1])) + 1
    return np.split(np.arange(len(good)), ends)


def _with_ends(frame: pl.DataFrame, slip: Slip, taken: _Mask) -> range:
    """Its rows and those where a cell was put in or taken out: wrong as well, or empty."""
    lacking = frame[slip.column].is_null() | frame["is_contradicted"]
    sheets, rows = frame["sheet_number"], slip.rows
    own = (lacking & (sheets == sheets[rows.start]) & ~pl.Series(taken)).to_list()
    first, end = rows.start, rows.stop
    for _ in range(abs(slip.step)):
        first -= first > 0 and own[first - 1]
        end += end < len(own) and own[end]
    return range(first, end)
