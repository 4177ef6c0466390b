"""Where in a sheet a column has gone some rows up or down, or was sorted alone.

Only where several rows contradict themselves is anything looked at, so that others cost nothing.
"""

from collections import Counter
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
_VAGUE, _LONG = {"sex", "relation", "person_id"}, 20
# How far a column may have gone: rows put in one after the other.
_STEPS = (1, -1, 2, -2, 3, -3)
# In so many rows there must be `LEAST` that contradict themselves: of sexes half are right by
# chance. Beside them are looked at as many as a slip may begin earlier.
_CLOSE, _MARGIN = 20, 25
# A column that was sorted alone contradicts so many rows, a quarter of them or more; and its cells
# are, nearly all, those that others of the rows should have.
SORTED, _QUARTER, _SAME = 10, 0.25, 0.9
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


# A block is told from others by its village, column and step, wherever it begins: 问题号 stays when
# rows are put in above it, or some of it is put right.
SLIP = pl.Struct({"block": pl.String, "last": pl.Int64, "column": pl.String, "step": pl.Int64})


def above(name: str, step: int) -> pl.Expr:
    """A column's cell so many rows above, in the same stretch of rows."""
    return c(name).shift(step).over("stretch") if step else c(name)


def is_contradicted(facts: Mapping[str, Fact]) -> pl.Expr:
    """Whether any of the facts is known to be wrong in the row."""
    return pl.any_horizontal(~fits(0) for fits in facts.values()).fill_null(False)


def _odd_stretches(rows: pl.Series) -> pl.DataFrame:
    """The rows around those that contradict themselves, where they are close to each other.

    With their `place` in the table; rows of one sheet that follow each other are a `stretch`.
    """
    frame = rows.struct.unnest()
    sheets = frame["sheet_number"].to_numpy()
    wrong = np.flatnonzero(frame["is_contradicted"].to_numpy())
    first, last = wrong[: 1 - LEAST], wrong[LEAST - 1 :]
    close = (last - first < _CLOSE) & (sheets[last] == sheets[first])
    kept = np.zeros(frame.height + 1, np.int64)
    np.add.at(kept, np.maximum(first[close] - _MARGIN, 0), 1)
    np.add.at(kept, np.minimum(last[close] + _MARGIN + 1, frame.height), -1)
    places = np.flatnonzero(np.cumsum(kept[:-1]))
    begins = (np.diff(places, prepend=-2) > 1) | (np.diff(sheets[places], prepend=-1) != 0)
    return frame[places].with_columns(place=pl.Series(places), stretch=np.cumsum(begins))


def blocks(rows: pl.Series, *, find: Callable[[pl.DataFrame], Iterable[Slip]]) -> pl.Series:
    """For each row of a table (a struct) the slip that it is in, as `SLIP`.

    `find` is asked where several rows contradict themselves, of these and those around.
    """
    frame = _odd_stretches(rows)
    if frame.is_empty():
        return pl.repeat(None, len(rows), dtype=SLIP, eager=True)
    return _told(frame, len(rows), find(frame))


def _told(frame: pl.DataFrame, height: int, slips: Iterable[Slip]) -> pl.Series:
    """For each row of a table the slip that it is in; `place` and `ref` are the frame's rows'."""
    rows: list[dict[str, object] | None] = [None] * height
    refs, places = frame["ref"].to_list(), frame["place"].to_list()
    alike: Counter[str] = Counter()
    for slip in sorted(slips, key=lambda slip: slip.rows.start):
        about = f"{frame['village_key'][slip.rows[0]]}/{slip.column}/{slip.step}"
        alike[about] += 1
        block = {"block": f"{about}/{alike[about]}", "last": refs[slip.rows[-1]]}
        for row in slip.rows:
            rows[places[row]] = {**block, "column": slip.column, "step": slip.step}
    return pl.Series(rows, dtype=SLIP)


def find_slips(
    frame: pl.DataFrame, facts: Mapping[str, Fact], moves: Sequence[Move]
) -> Iterator[Slip]:
    """The runs of rows in which a column has moved, the longest first; see `Move`."""
    answers = _Answers(frame, facts)
    taken = np.zeros(frame.height, bool)
    while longest := max(_moved(frame, answers, moves, taken), key=_length, default=None):
        rows = _with_ends(frame, longest, taken)
        taken[rows.start : rows.stop] = True
        yield replace(longest, rows=rows)


def without(frame: pl.DataFrame, slips: Iterable[Slip]) -> pl.DataFrame:
    """The rows that are in none of the slips, each with its number in the frame as `row`."""
    taken = {row for slip in slips for row in slip.rows}
    return frame.with_row_index("row").filter(~c.row.is_in([*taken]))


def find_sorted(left: pl.DataFrame, pairs: Mapping[str, tuple[str, str]]) -> Iterator[Slip]:
    """The sheets, and villages, of which a column is in order and its cells are other rows'.

    `left` are rows as `without` gives them, `pairs` what they say and should, by the column.
    """
    for of in (["sheet_number"], ["sheet_number", "village_key"]):
        told: list[int] = []
        for rows in left.partition_by(of, maintain_order=True):
            for column, pair in pairs.items():
                wrong = _of_other_rows(rows, *pair)
                if len(wrong) >= SORTED:
                    yield Slip(range(wrong[0], wrong[-1] + 1), column, 0)
                    told += range(wrong[0], wrong[-1] + 1)
                    break
        left = left.filter(~c.row.is_in(told))


def _of_other_rows(rows: pl.DataFrame, said: str, due: str) -> list[int]:
    """The rows that say something else than they should, where they were sorted."""
    known = rows.select("row", said=said, due=due).drop_nulls()
    if known.schema["due"].is_float():
        known = known.with_columns(c.said.round(0), c.due.round(0))
        is_near = (c.said - c.due).abs() <= 1
    else:
        is_near = c.said == c.due
    wrong = known.filter(~is_near)["row"].to_list()
    if len(wrong) < max(SORTED, _QUARTER * known.height) or not _is_in_order(known["said"]):
        return []
    of_said = known.group_by(cell="said").len("said")
    of_due = known.group_by(cell="due").len("due")
    both = of_said.join(of_due, on="cell").select(pl.min_horizontal("said", "due").sum()).item()
    return wrong if both >= _SAME * known.height else []


def _is_in_order(cells: pl.Series) -> bool:
    """Whether the cells are sorted, or, if they are of few kinds, each kind stands together."""
    few = 1 < cells.n_unique() <= len(cells) / 3
    kinds_together = cells.rle().len() == cells.n_unique()
    return cells.is_sorted() or cells.is_sorted(descending=True) or (few and kinds_together)


def _length(slip: Slip) -> int:
    return len(slip.rows)


def are(frame: pl.DataFrame, answer: bool, fact: pl.Expr) -> _Mask:
    """The rows in which the fact is known to be so."""
    return frame.select((fact == answer).fill_null(False)).to_series().to_numpy()


class _Answers:
    """In which rows of a frame facts are known to be right, or wrong, so many rows away."""

    def __init__(self, frame: pl.DataFrame, facts: Mapping[str, Fact]) -> None:
        self._frame, self._facts = frame, facts
        self._known: dict[tuple[str, int, bool], _Mask] = {}

    def any(self, answer: bool, names: Iterable[str], step: int) -> _Mask:
        """The rows in which any of these facts is so."""
        found = np.zeros(self._frame.height, bool)
        for name in names:
            key = name, step, answer
            if key not in self._known:
                self._known[key] = are(self._frame, answer, self._facts[name](step))
            found |= self._known[key]
        return found


def _moved(
    frame: pl.DataFrame, answers: _Answers, moves: Sequence[Move], taken: _Mask
) -> Iterator[Slip]:
    """The runs of rows in which all is right so many rows away, and wrong where it stands."""
    stretches = frame["stretch"].to_numpy()
    for move in moves:
        exact = [name for name in move.elsewhere if name not in _VAGUE]
        wrong = answers.any(False, move.elsewhere, 0) & ~taken
        if wrong.sum() < LEAST:
            continue
        against = answers.any(False, move.here, 0)
        for step in _STEPS:
            misfits = answers.any(False, move.elsewhere, step) | against
            starts = _runs(~misfits & ~taken, stretches, ~taken)
            fits, surely = (answers.any(True, names, step) for names in (move.elsewhere, exact))
            counts = (np.add.reduceat(each, starts, dtype=np.int64)
                      for each in (wrong, surely, fits, misfits, np.ones_like(wrong)))  # fmt: skip
            of_wrong, of_surely, of_fits, of_misfits, lengths = counts
            is_long = (of_surely >= LEAST) | (lengths >= _LONG)
            has_few_faults = of_misfits * _PER_FAULT <= of_fits
            for run in np.flatnonzero((of_wrong >= LEAST) & is_long & has_few_faults):
                start = int(starts[run])
                own = start + np.flatnonzero(wrong[start : start + lengths[run]])
                side = -step if move.is_back else step
                yield Slip(range(int(own[0]), int(own[-1]) + 1), move.column, side)


def _runs(good: _Mask, stretches: NDArray[np.int64], free: _Mask) -> NDArray[np.int64]:
    """Where runs of rows begin that are good one after the other, or all but one between two.

    A row that is not good is a run of its own.
    """
    good[1:-1] |= good[:-2] & good[2:] & free[1:-1]
    begins = ~good[1:] | ~good[:-1] | (stretches[1:] != stretches[:-1])
    return np.concatenate([[0], np.flatnonzero(begins) + 1])


def _with_ends(frame: pl.DataFrame, slip: Slip, taken: _Mask) -> range:
    """Its rows and those where a cell was put in or taken out: wrong as well, or empty."""
    lacking = frame[slip.column].is_null() | frame["is_contradicted"]
    stretches, rows = frame["stretch"], slip.rows
    own = (lacking & (stretches == stretches[rows.start]) & ~pl.Series(taken)).to_list()
    first, end = rows.start, rows.stop
    for _ in range(abs(slip.step)):
        first -= first > 0 and own[first - 1]
        end += end < len(own) and own[end]
    return range(first, end)
