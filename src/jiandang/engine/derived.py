"""How derived columns are defined.

A derived column is defined once, as an expression over its table's columns, over the rows of the
same household or village (`over=`), or over another table's rows of the same household or village
(`of=`): by name (`derived(…).columns(…)`), or, where the policy has a say or one expression does
not say it plainly, by a function (`@derived(…)`). `name.blank` is true where a cell of a column
that the sheet has is empty, as against faulty or not asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl

from jiandang.policy import Policy

Definition = Callable[[Policy], pl.Expr]
Cell = tuple[str, str]

BLANK = ".blank"


@dataclass(frozen=True)
class Derived:
    """The definition of a derived column."""

    define: Definition
    of: str | None
    over: str | None
    on: tuple[str, str] | None
    needs: str | None


DERIVED: dict[Cell, Derived] = {}


class derived:
    """Define a column of each of the tables, named like the function, or several by `columns`.

    `over` names the column whose equal values make a group; with `of` the expression aggregates
    the other table's rows of the same household (or village, for places), or those whose second
    column of `on` equals the row's first. `needs` as in `Rule`.
    """

    def __init__(
        self,
        *tables: str,
        of: str | None = None,
        over: str | None = None,
        on: tuple[str, str] | None = None,
        needs: str | None = None,
    ) -> None:
        self._tables = tables
        self._rest = of, over, on, needs

    def __call__(self, define: Definition) -> Definition:
        self._add(define.__name__, define)
        return define

    def columns(self, **expressions: pl.Expr) -> None:
        """Define columns in which no policy has a say."""
        for name, expression in expressions.items():
            self._add(name, partial(_whatever, expression))

    def _add(self, name: str, define: Definition) -> None:
        for table in self._tables:
            DERIVED[table, name] = Derived(define, *self._rest)


def _whatever(expression: pl.Expr, _policy: Policy) -> pl.Expr:
    return expression


def blank(name: str) -> pl.Expr:
    """True where the sheet has the column and the cell is empty, not merely unreadable."""
    return pl.col(name + BLANK)


def if_shared(key: pl.Expr) -> pl.Expr:
    """The key where two rows or more have it, else null.

    To group by such a key (`over=`) costs a tenth where nearly all keys are of one row each.
    """
    return pl.when(key.is_duplicated()).then(key)
