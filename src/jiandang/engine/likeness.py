"""How unlike the cells of one column, or of two villages, are as a whole."""

import polars as pl

_DAYS = 7  # as far apart as half of the cells' being empty


def unlikeness(one: pl.Series, other: pl.Series) -> float:
    """How far the cells of two columns of one kind differ: 0 where they might be the same.

    By how many are empty, how many are 0 (否), and how large the others are.
    """
    return sum(abs(a - b) for a, b in zip(_sketch(one), _sketch(other), strict=True))


def _sketch(cells: pl.Series) -> tuple[float, float, float]:
    sizes = _sizes(cells.drop_nulls())
    above = sizes.filter(sizes != 0)
    median = above.median()
    return (
        cells.null_count() / max(1, len(cells)),
        (len(sizes) - len(above)) / max(1, len(sizes)),
        float(median) if isinstance(median, int | float) else 0.0,
    )


def _sizes(cells: pl.Series) -> pl.Series:
    """The cells as numbers: amounts by their order, days by weeks, texts by their length."""
    if cells.dtype == pl.Date:
        return cells.to_physical() / _DAYS
    if cells.dtype == pl.String:
        return cells.str.len_chars() / 10
    if cells.dtype.is_numeric():
        return cells.sign() * (cells.abs() + 1).log()
    return cells.to_physical().cast(pl.Float64)
