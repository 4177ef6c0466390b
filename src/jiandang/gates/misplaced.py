"""Which part of a sum is wrong by a power of ten: a nought too many, or 万元 for 元.

Where exactly one part closes the sum, multiplied or divided so, that is the wrong cell.
"""

from collections.abc import Mapping

import polars as pl

# A nought or two, or 万: a thousand times is no slip.
_OF_WAN = 4.0
_POWERS = (1.0, 2.0, _OF_WAN)
# Sums may differ by a rounding of each side.
_ONE = 1.000001
# An amount that may be one of 万元, and half of its last digit.
_TEN_THOUSANDS, _ROUNDED = 100, 50


def misplaced(total: pl.Expr, total_of_parts: pl.Expr, parts: Mapping[str, int]) -> pl.Expr:
    """The name of the one part that alone closes the sum; null where none does, or several.

    `parts` have their signs in the sum: 1, or -1 for costs.
    """
    # Each part is a bit: what closes it is looked at but once.
    bits = {name: 2**i for i, name in enumerate(parts)}
    gap = total - total_of_parts
    found = pl.sum_horizontal(
        _closes(pl.col(name), _wanted(gap, name, parts[name])).cast(pl.Int32) * bit
        for name, bit in bits.items()
    )
    names = {bit: name for name, bit in bits.items()}
    return found.replace_strict(names, default=None, return_dtype=pl.String)


def put_right(total: pl.Expr, total_of_parts: pl.Expr, name: str, sign: int) -> pl.Expr:
    """What the part of this name should be, where it closes the sum; else null."""
    part, wanted = pl.col(name), _wanted(total - total_of_parts, name, sign)
    right = pl.when(_in_ten_thousands(part, wanted)).then(wanted).otherwise(by_power(part, wanted))
    return pl.when(_closes(part, wanted)).then(right.round(2))


def _wanted(gap: pl.Expr, name: str, sign: int) -> pl.Expr:
    return pl.col(name) + gap if sign > 0 else pl.col(name) - gap


def _closes(part: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    """Whether a slip of a power of ten makes the part out of what the sum wants.

    All households are asked this for every part, and Polars works out each name anew wherever it
    stands: so few as can be.
    """
    right = part * pl.lit(10.0).pow(_power(part, wanted))
    # Of so little nothing tells a part in another unit from one that should be nothing.
    counts = ((right - part).abs() > _ONE) & (right.abs() > _ONE)
    most = pl.when(_in_ten_thousands(part, wanted)).then(_ROUNDED).otherwise(_ONE)
    return _is_slip(part, wanted) & counts & ((wanted - right).abs() <= most)


def _in_ten_thousands(part: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    """万元 are written with two digits behind the point: 1.97 may be 19675 元."""
    return (part.abs() < _TEN_THOUSANDS) & (_power(part, wanted) == _OF_WAN)


def by_power(number: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    """The number by the power of ten that brings it nearest to the wanted one; null for no slip."""
    right = number * pl.lit(10.0).pow(_power(number, wanted))
    return pl.when(_is_slip(number, wanted)).then(right)


def _is_slip(number: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    return _power(number, wanted).abs().is_in(_POWERS)


def _power(number: pl.Expr, wanted: pl.Expr) -> pl.Expr:
    return (wanted / number).log10().round()


def amount(value: pl.Expr) -> pl.Expr:
    """An amount as a text: 12000, or 3433.33."""
    whole = value == value.round()
    return (
        pl.when(whole).then(value.cast(pl.Int64).cast(pl.String)).otherwise(value.cast(pl.String))
    )
