"""What reading the cells of a table noticed, as observations: where it is and what stands there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from jiandang.formats.grid import runs
from jiandang.intake.columns import Fault, Remark, by_notice
from jiandang.intake.shift import SheetColumn, Shift, Swap
from jiandang.register.address import cell_address
from jiandang.register.cells import as_word
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, row_of

# So many faulty cells of a column are told one by one: nobody reads more (see TOLD_ONE_BY_ONE).
TOLD_OF_A_COLUMN = 50_000
# So many stretches of cells or rows are named; of more it is said that there are more.
_MOST_RUNS = 5


def of_faults(
    faults: Mapping[int, Fault], refs: Sequence[int], at: SheetColumn
) -> Iterator[Observation]:
    """What is wrong with the cells of rows, in memory once where it is said of many.

    Where nearly all are wrong, each kind of fault is said of all its cells as one.
    """
    if len(faults) > TOLD_OF_A_COLUMN:
        alike = by_notice(faults).values()
        yield from (of_remark(Remark(faults[p[0]], p), refs, at) for p in alike)
        return
    said: dict[int, Observation] = {}  # by the fault itself: those of 1 and 1.0 are equal
    for position, fault in faults.items():
        ref = refs[position]
        if (one := said.get(id(fault))) is None:
            one = said[id(fault)] = _observation(fault, ref, at)
        # Not by _replace, which takes three times as long: in a bad file all cells are such.
        yield one if one.ref == ref else Observation(one.notice, ref, *one[2:])


def _observation(fault: Fault, ref: int, at: SheetColumn) -> Observation:
    where, seen = (ref, at.table, at.column.id, None), fault.seen
    return Observation(fault.notice, *where, seen["value"], fault.expected, seen)


def of_remark(remark: Remark, refs: Sequence[int], at: SheetColumn) -> Observation:
    """What is said of several cells: at the first of them, with their number and places."""
    observation = _observation(remark.fault, refs[remark.positions[0]], at)
    if len(remark.positions) == 1:
        return observation
    rows = [row_of(refs[i]) - 1 for i in remark.positions]
    stretches = list(islice(runs(rows), _MOST_RUNS + 1))
    cells = [_cells_in_words(run, at.position) for run in stretches[:_MOST_RUNS]]
    shown = "、".join(cells) + ("等" if len(stretches) > _MOST_RUNS else "")
    together = {"count": len(rows), "cells": shown}
    return observation._replace(seen={**observation.seen, **together})


def of_units(columns: Sequence[SheetColumn], refs: Sequence[int]) -> Iterator[Observation]:
    """Where a text above the heading names a unit: what is read by it, and what it does not fit.

    Once for all columns that are alike, with the first value as an example.
    """
    alike: dict[tuple[str, bool], list[SheetColumn]] = {}
    for column in columns:
        if column.unit.said and (column.typed.values > 0).any():
            alike.setdefault((column.unit.said, column.context.scale != 1), []).append(column)
    for (said, is_believed), (first, *others) in alike.items():
        positions = (first.typed.values > 0).arg_true().to_list()
        raw, value = first.cells[positions[0]], first.typed.values[positions[0]]
        why = f"表头上面写着“{said}”" + (
            "" if is_believed else f"，和填的数不合，仍按{first.column.unit}读"
        )
        also = "、".join(f"“{column.column.heading}”" for column in others)
        known = f"{as_word(value)}{first.column.unit}（{why}{f'，{also}也是' if also else ''}）"
        fault = Fault(Notice.LENIENT, raw, known=known)
        yield of_remark(Remark(fault, positions), refs, first)


def of_shift(
    shift: Shift, columns: Sequence[SheetColumn], rows: Sequence[int], ref: int
) -> Observation:
    """Where the rows are out of line, without the values, which may be private."""
    moved = [tuple(columns[at].column.heading for at in pair) for pair in shift.moved]
    seen = said_of_shift(rows[shift.rows[0]] + 1, rows[shift.rows[-1]] + 1, moved)
    at = columns[min(place for place, _ in shift.moved)]
    return Observation(Notice.SHIFTED, ref, at.table, at.column.id, seen=seen)


def of_swap(swap: Swap, columns: Sequence[SheetColumn], refs: Sequence[int]) -> Observation:
    """Where two columns hold one another's values, without these, which may be private."""
    one, other = (columns[place] for place in swap.places)
    first, last = (row_of(refs[swap.rows[i]]) for i in (0, -1))
    seen = said_of_swap(first, last, one.column.heading, other.column.heading)
    ref = refs[swap.rows[0]]
    return Observation(Notice.SWAPPED, ref, other.table, other.column.id, None, "", "", seen)


def said_of_shift(first: int, last: int, moved: Iterable[Sequence[str]]) -> dict[str, str]:
    """What is said of rows out of line; `moved` are the headings that values stand under, and
    those that they belong to."""
    texts = [f"“{stands}”里像是“{belongs}”的内容" for stands, belongs in islice(moved, 3)]
    return {"rows": _rows_in_words(first, last), "moved": "，".join(texts)}


def said_of_swap(first: int, last: int, one: str, other: str) -> dict[str, str]:
    """What is said of rows in which the columns of two headings hold one another's values."""
    return {"rows": _rows_in_words(first, last), "one": one, "other": other}


def _rows_in_words(first: int, last: int) -> str:
    return f"第{first}行" if first == last else f"第{first}至{last}行"


def _cells_in_words(rows: range, column: int) -> str:
    first, last = cell_address(rows[0], column), cell_address(rows[-1], column)
    return first if first == last else f"{first}:{last}"
