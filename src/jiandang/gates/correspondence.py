"""Rows of steps and the households they are about: who is left out, who is nobody's, who signed."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation
from jiandang.gates.near import ask_once, nearest
from jiandang.policy import Policy
from jiandang.register.tables import TITLES

c = pl.col


def left_out(
    table: str, rows: pl.Expr, mistyped: pl.Expr, village_lists: pl.Expr, due: pl.Expr
) -> Violation:
    """A household that has no `rows` of its own in a table that lists the others of its village.

    `mistyped` are rows that seem to be its own, but for one digit of its number (`unregistered`).
    """
    return Violation(
        rows.is_null() & mistyped.is_null() & village_lists & c.members.is_not_null() & due,
        table="household",
        at="household_id",
        lacking=f"{TITLES[table]}表里没有这一户",
    )


def unregistered(known: pl.Expr) -> Violation:
    """A row of steps of a household that the register does not have.

    `known` says that the household went so far that it must be registered.
    """
    right = c.meant_household
    why = pl.when(right.is_not_null()).then(
        pl.format("，与 {} 只差一位，那一户在本表里没有行", right)
    )
    there = c.is_unregistered & c.village_is_registered
    return Violation(
        (there & known) | (c.is_unregistered & right.is_not_null()),
        expected=right,
        why=why.otherwise(pl.lit("")),
    )


derived("household", "procedure", "survey", of="member").columns(member_names=c.name.drop_nulls())

derived("procedure", "survey", of="member").columns(member_rows=c.household_id.len())

derived("procedure", "survey", of="household", on=("household_id", "household_id")).columns(
    household_rows=c.household_id.len()
)


@derived("procedure", "survey", needs="household_id household.household_id")
def is_unregistered(policy: Policy) -> pl.Expr:
    """Whether neither table 2 nor table 1 has the household of the row."""
    nowhere = c.household_rows.is_null() & c.member_rows.is_null()
    return c.household_id.is_not_null() & nowhere


# A number that no household has, and the household without a row that was meant.


derived("procedure", "survey").columns(first_unregistered=ask_once(c.is_unregistered))


_ASKED = "household.household_id"


@derived("procedure", of="household", on=("first_unregistered", "without_procedure"), needs=_ASKED)
@derived("survey", of="household", on=("first_unregistered", "without_visit"), needs=_ASKED)
def households_without_row(policy: Policy) -> pl.Expr:
    return c.household_id.drop_nulls()


@derived("procedure", "survey", needs="household_id household.household_id")
def meant_household(policy: Policy) -> pl.Expr:
    """The household without a row whose number this one is but for one digit."""
    return nearest(pl.when(c.is_unregistered).then(c.household_id), c.households_without_row)


derived("procedure", "survey", of="household", on=("village_key", "village_key")).columns(
    registered_in_village=c.household_id.count()
)

# Whether the register has any household of the row's village.
derived("procedure", "survey", needs="household_id household.household_id").columns(
    village_is_registered=c.registered_in_village.fill_null(0) > 0
)


# What a signature is if it is no name: 手印, 已签, 本人 …
_MARK = (
    "^(?:已|有|是|对|由|本人|户主|申请人|农户|家属|同意|情况)|[签印摁捺]|手模|盖章|私章|代$|属实"
)


def signer(signature: pl.Expr) -> pl.Expr:
    """The name with which somebody signed; null where the cell says only that it is signed."""
    is_name = signature.str.contains(r"^\p{Han}{2,4}$") & ~signature.str.contains(_MARK)
    return pl.when(is_name).then(signature)


def is_stranger(name: pl.Expr) -> pl.Expr:
    """Whether the name is neither a member's of the household nor its head's."""
    return ~name.is_in(c.member_names) & (name != c.head_name).fill_null(True)


derived("member", needs="name village_code|household_id|village").columns(
    name_in_village=pl.concat_str(c.village_key, c.name, separator="/")
)
