"""Codes that are one slip away from the right one: a digit mistyped, lost or doubled, or two that
changed places.

Codes count up, so that many are near each other; a code is named only where it is the one that is
near among those that lack their rows.
"""

from collections import defaultdict

import polars as pl


def nearest(codes: pl.Expr, known: pl.Expr) -> pl.Expr:
    """For each code the one known code that is a slip away; null for none, or for several.

    `known` is a column of lists, all of which are looked at; one row of it is enough.
    """
    both = pl.struct(codes.alias("code"), known.alias("known"))
    return both.map_batches(_nearest, return_dtype=pl.String)


def ask_once(unknown: pl.Expr) -> pl.Expr:
    """The check date in the first row that is unknown, else null.

    As the key of a derived column of another table it brings that table's rows there, once.
    """
    return pl.when(unknown & (unknown.cum_sum() == 1)).then(pl.col("today"))


def _nearest(pairs: pl.Series) -> pl.Series:
    codes = pairs.struct.field("code")
    lists = pairs.struct.field("known").drop_nulls()
    # Households without a number have words in its place.
    known = {code for codes_known in lists for code in codes_known if code.isdecimal()}
    if not known:
        return pl.Series([None] * len(codes), dtype=pl.String)
    slips = _by_slip(known)
    found = {code: _one_near(code, slips) for code in codes.drop_nulls().unique()}
    return pl.Series([found.get(code) for code in codes], dtype=pl.String)


def _by_slip(known: set[str]) -> dict[str, set[str]]:
    """The known codes by all that a slip may have left of them."""
    slips: dict[str, set[str]] = defaultdict(set)
    for code in known:
        for left in _left_by_a_slip(code):
            slips[left].add(code)
    return slips


def _one_near(code: str, slips: dict[str, set[str]]) -> str | None:
    # One digit more, and the code is the known one itself.
    ways = (*_wildcards(code), code, *(f"{shorter}+" for shorter in _one_less(code)))
    near = set().union(*(slips.get(left, set()) for left in ways)) - {code}
    return near.pop() if len(near) == 1 else None


def _left_by_a_slip(code: str) -> set[str]:
    swapped = {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(len(code) - 1)}
    return swapped | _wildcards(code) | _one_less(code) | {f"{code}+"}


def _one_less(code: str) -> set[str]:
    """All that is left where a digit is lost."""
    return {code[:i] + code[i + 1 :] for i in range(len(code))}


def _wildcards(code: str) -> set[str]:
    return {f"{code[:i]}?{code[i + 1 :]}" for i in range(len(code))}
