"""Which part of a sum is wrong by a power of ten: a nought too many, or 万元 for 元.

Where exactly one part closes the sum, multiplied or divided so, that is the wrong cell.
"""

from collections.abc import Mapping

import polars as pl

FACTORS = (10.0, 100.0, 10_000.0, 0.1, 0.01, 0.0001)
# Sums may differ by a rounding of each side.
_ONE = 1.000001


def misplaced(total: pl.Expr, total_of_parts: pl.Expr, parts: Mapping[str, int]) -> pl.Expr:
    """The name of the one part that alone closes the sum; null where none does, or several.

    `parts` have their signs in the sum: 1, or -1 for costs.
    """
    closes = {
        name: pl.any_horizontal(
            _closes(total, total_of_parts, pl.col(name), sign, k) for k in FACTORS
        ).fill_null(False)
        for name, sign in parts.items()
    }
    part = pl.coalesce(pl.when(alone).then(pl.lit(name)) for name, alone in closes.items())
    return pl.when(pl.sum_horizontal(closes.values()) == 1).then(part)


def put_right(total: pl.Expr, total_of_parts: pl.Expr, name: str, sign: int) -> pl.Expr:
    """What the part of this name should be, where it closes the sum."""
    part = pl.col(name)
    return pl.coalesce(
        pl.when(_closes(total, total_of_parts, part, sign, k)).then(part * k) for k in FACTORS
    ).round(2)


def _closes(total: pl.Expr, others: pl.Expr, part: pl.Expr, sign: int, k: float) -> pl.Expr:
    change = part * (k - 1)
    # Of so little nothing tells a part in another unit from one that should be nothing.
    is_part = (change.abs() > _ONE) & ((part * k).abs() > _ONE)
    return is_part & ((total - others - sign * change).abs() <= _ONE)


def amount(value: pl.Expr) -> pl.Expr:
    """An amount as a text: 12000, or 3433.33."""
    whole = value == value.round()
    return (
        pl.when(whole).then(value.cast(pl.Int64).cast(pl.String)).otherwise(value.cast(pl.String))
    )
