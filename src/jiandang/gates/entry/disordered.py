"""Columns of names that were sorted alone, or slipped: what LR207 shares."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.relations import CHILDREN
from jiandang.register.text import simplified_expr

c = pl.col

# Of so many households, and most of them, it is the column that is wrong.
_DISORDERED = 10


def has_other_name(name: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two names are not one: 張强 and 张强 are."""
    return simplified_expr(name) != simplified_expr(other)


def _is_disordered(renamed: pl.Expr) -> pl.Expr:
    return (renamed.sum() >= _DISORDERED) & (2 * renamed.sum() > c.ref.len())


derived("household", needs="head_name head_id member.name").columns(
    is_renamed_head=(
        (c.heads == 1)
        & has_other_name(c.head_name, c.head_member_name)
        & (c.head_identity == c.head_member_identity)
    ).fill_null(False)
)

derived("household", over="sheet_number", needs="").columns(
    is_sheet_disordered=_is_disordered(c.is_renamed_head)
)

# The sheet, or the village's rows in it: each may have been sorted by itself.
derived("household", needs="").columns(
    sorted_rows=pl.concat_str(
        c.sheet_number,
        pl.when(~c.is_sheet_disordered).then(c.village_key).fill_null(""),
        separator="/",
    )
)

# How many of these heads have another name and the same number.
derived("household", over="sorted_rows", needs="").columns(
    renamed_heads=c.is_renamed_head.sum(),
    first_renamed_head=c.ref.filter(c.is_renamed_head).min(),
    has_disordered_names=_is_disordered(c.is_renamed_head),
)

# Whether few children bear their head's surname, or most heads that of the row above, which is of
# another family: then it is the members' names that slipped, or were sorted.
derived("member", needs="").columns(
    is_named_as_above=pl.when(c.is_head).then(
        c.name.str.slice(0, 1) == c.name.shift(1).over("sheet_number").str.slice(0, 1)
    ),
    bears_heads_surname=pl.when(c.relation.is_in(CHILDREN)).then(
        c.name.str.slice(0, 1) == c.own_heads_name.str.slice(0, 1)
    ),
)

derived("household", of="member", needs="").columns(
    bearers=c.bears_heads_surname.sum(),
    children=c.bears_heads_surname.count(),
    heads_as_above=c.is_named_as_above.sum(),
)

derived("household", over="sorted_rows", needs="").columns(
    are_members_disordered=(
        (2 * c.bearers.sum() < c.children.sum()) | (2 * c.heads_as_above.sum() > c.ref.len())
    ).fill_null(False)
)

derived("member", of="household", needs="").columns(
    is_first_of_disordered=(c.has_disordered_names & (c.ref == c.first_renamed_head)).any(),
)
