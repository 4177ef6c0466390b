"""Which derived columns are made together, and in what order.

To make one column costs Polars about as much as to make twenty at once, so columns wait until
all of their kind that can be made at the same time are known: `plan_steps`.
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

import polars as pl

from jiandang.engine.derived import BLANK, DERIVED, Cell
from jiandang.engine.lineage import Lineage
from jiandang.register.register import ROW_BITS
from jiandang.register.tables import COLUMNS

# The two columns by which rows of tables belong together; None stands for the village.
On = tuple[str, str] | None
_BY_HOUSEHOLD = ("household_id", "household_id")
_OF_PLACES = ("allocation", "village")


@dataclass(frozen=True)
class Step:
    """Columns of one table that are made at once, by name.

    Without a `source` they are expressions over the table's own rows, else they aggregate the
    source's rows of the same village, or those whose `on[1]` equals the row's `on[0]`.
    """

    table: str
    source: str | None
    on: On
    columns: dict[str, pl.Expr]


@dataclass(frozen=True)
class _Node:
    """A column to be made, and the columns that must be there before."""

    table: str
    name: str
    source: str | None
    on: On
    over: str | None
    expression: pl.Expr
    after: frozenset[Cell]


def plan_steps(lineage: Lineage, wanted: Iterable[Cell], made: Set[Cell]) -> list[Step]:
    """The steps that add the wanted columns to frames that have those of `made`.

    Raises KeyError where there is no such column.
    """
    pending: dict[Cell, _Node] = {}
    for cell in sorted(wanted):
        _add(lineage, cell, made, pending)
    done, steps = set(made), []
    while pending:
        ready = [node for node in pending.values() if node.after <= done]
        # The dearest kind comes last, when most of its columns have what they wait for.
        cost = min(_cost(node) for node in ready)
        kinds: dict[tuple[str, str | None, On], list[_Node]] = defaultdict(list)
        for node in ready:
            if _cost(node) == cost:
                kinds[node.table, node.source, node.on].append(node)
        for (table, source, on), nodes in kinds.items():
            steps.append(Step(table, source, on, {n.name: n.expression for n in nodes}))
            for node in nodes:
                done.add((table, node.name))
                del pending[table, node.name]
    return steps


def _cost(node: _Node) -> int:
    """0 for an expression over single rows, 1 over groups of rows, 2 over another table's."""
    return 2 if node.source else 1 if node.over else 0


def _add(lineage: Lineage, cell: Cell, made: Set[Cell], pending: dict[Cell, _Node]) -> None:
    """Add a column and all it rests on."""
    if cell in made or cell in pending:
        return
    node = _node(lineage, *cell)
    for other in sorted(node.after):
        _add(lineage, other, made, pending)
    pending[cell] = node


def _node(lineage: Lineage, table: str, name: str) -> _Node:
    if name.endswith(BLANK):
        base = name.removesuffix(BLANK)
        after = frozenset({(table, base)})
        return _Node(table, name, None, None, None, _blank(lineage, table, base), after)
    owner = lineage.owner(table, name)
    if owner != table:
        after = frozenset({(owner, name)})
        return _Node(table, name, owner, _BY_HOUSEHOLD, None, pl.col(name).first(), after)
    definition = DERIVED.get((table, name))
    if definition is None:
        raise KeyError(f"no column {name} in table {table}")
    expression, source = lineage.expression(definition), definition.of
    after = frozenset((source or table, root) for root in lineage.roots(definition))
    if source is None:
        over = definition.over
        if over is not None:
            expression, after = expression.over(over), after | {(table, over)}
        return _Node(table, name, None, None, over, expression, after)
    on = definition.on
    if on is None and (table, "household_id") in lineage.layout.given and source not in _OF_PLACES:
        on = _BY_HOUSEHOLD
    if on is not None:
        after |= {(table, on[0]), (source, on[1])}
    return _Node(table, name, source, on, None, expression, after)


def _blank(lineage: Lineage, table: str, name: str) -> pl.Expr:
    column = pl.col(name)
    owner = lineage.owner(table, name)
    sheets = [i for i, (*_, cells) in enumerate(lineage.layout.sheets) if (owner, name) in cells]
    asked = pl.any_horizontal(
        (pl.col(ref) // 2**ROW_BITS).is_in(sheets).fill_null(False) for ref in ("ref", "ref2")
    )
    faulty = pl.col("bad").str.contains(f"|{name}|", literal=True).fill_null(False)
    empty = column.is_null()
    if COLUMNS[owner][name].cell.dtype == pl.String:
        empty = empty | (column == "")
    return empty & asked & ~faulty
