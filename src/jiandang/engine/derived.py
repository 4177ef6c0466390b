"""How derived columns are defined.

A derived column is defined once, as an expression over its table's columns (`@derived`), over
the rows of the same household or village (`over=`), or over another table's rows of the same
household or village (`of=`). `name.blank` is true where a cell of a column that the sheet has is
empty, as against faulty or not asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass

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


def derived(
    *tables: str,
    of: str | None = None,
    over: str | None = None,
    on: tuple[str, str] | None = None,
    needs: str | None = None,
) -> Callable[[Definition], Definition]:
    """Define a column, named like the function, of each of the tables.

    `over` names the column whose equal values make a group; with `of` the expression aggregates
    the other table's rows of the same household (or village, for places), or those whose second
    column of `on` equals the row's first. `needs` as in `Rule`.
    """

    def decorate(define: Definition) -> Definition:
        for table in tables:
            DERIVED[table, define.__name__] = Derived(define, of, over, on, needs)
        return define

    return decorate


def blank(name: str) -> pl.Expr:
    """True where the sheet has the column and the cell is empty, not merely unreadable."""
    return pl.col(name + BLANK)


def if_shared(key: pl.Expr) -> pl.Expr:
    """The key where two rows or more have it, else null.

    To group by such a key (`over=`) costs a tenth where nearly all keys are of one row each.
    """
    return pl.when(key.is_duplicated()).then(key)
