"""Which part of a sum is wrong by a power of ten: a nought too many, or 万元 for 元.

Where exactly one part closes the sum, multiplied or divided so, that is the wrong cell.
"""

from collections.abc import Mapping

import polars as pl

# A nought or two, or 万: a thousand times is no slip.
_POWERS = (1.0, 2.0, 4.0)
# Sums may differ by a rounding of each side.
_ONE = 1.000001
# An amount that may be one of 万元, how many times as much it is then, and half of its last digit.
_TEN_THOUSANDS, _LEAST, _ROUNDED = 100, 5000, 50


def misplaced(total: pl.Expr, total_of_parts: pl.Expr, parts: Mapping[str, int]) -> pl.Expr:
    """The name of the one part that alone closes the sum; null where none does, or several.

    `parts` have their signs in the sum: 1, or -1 for costs.
    """
    # Each part is a bit: what closes it is looked at but once.
    bits = {name: 2**i for i, name in enumerate(parts)}
    closes = (put_right(total, total_of_parts, name, parts[name]).is_not_null() for name in parts)
    found = pl.sum_horizontal(
        alone.cast(pl.Int32) * bit for alone, bit in zip(closes, bits.values(), strict=True)
    )
    names = {bit: name for name, bit in bits.items()}
    return found.replace_strict(names, default=None, return_dtype=pl.String)


def put_right(total: pl.Expr, total_of_parts: pl.Expr, name: str, sign: int) -> pl.Expr:
    """What the part of this name should be, where it closes the sum; else null."""
    part = pl.col(name)
    wanted = part + sign * (total - total_of_parts)
    right = by_power(part, wanted)
    # Of so little nothing tells a part in another unit from one that should be nothing.
    counts = ((right - part).abs() > _ONE) & (right.abs() > _ONE)
    # 万元 are written with two digits behind the point: 1.97 may be 19675 元.
    in_ten_thousands = (part.abs() < _TEN_THOUSANDS) & (right.abs() > _LEAST * part.abs())
    is_near = in_ten_thousands & ((wanted - right).abs() <= _ROUNDED)
    right = pl.when(is_near).then(wanted).otherwise(right)
    return pl.when(counts & ((wanted - right).abs() <= _ONE)).then(right.round(2))


def by_power(number: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    """The number by the power of ten that brings it nearest to the wanted one; null for no slip."""
    power = (wanted / number).log10().round()
    return pl.when(power.abs().is_in(_POWERS)).then(number * pl.lit(10.0).pow(power))


def amount(value: pl.Expr) -> pl.Expr:
    """An amount as a text: 12000, or 3433.33."""
    whole = value == value.round()
    return (
        pl.when(whole).then(value.cast(pl.Int64).cast(pl.String)).otherwise(value.cast(pl.String))
    )
