"""Rows of steps and the households they are about: who is left out, who is nobody's, who signed."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation
from jiandang.gates.near import ask_once, nearest
from jiandang.policy import Policy
from jiandang.register.tables import STEP_TABLES, TITLES
from jiandang.report.model import Severity

c = pl.col


def left_out(
    table: str,
    rows: pl.Expr,
    mistyped: pl.Expr,
    village_lists: pl.Expr,
    due: pl.Expr,
    severity: Severity | None = None,
) -> Violation:
    """A household that has no `rows` of its own in a table that lists the others of its village.

    `mistyped` are rows that seem to be its own, under another number (`meant_household`). Where
    as many rows of the village have no number (LR004), they are the rows that are lacking.
    """
    lacks = rows.is_null() & mistyped.is_null()
    is_told = lacks.sum().over("village_key") <= c(f"lost_{table}s")
    # Where none of the village's members is in table 2, it is their numbers that are wrong (LR205).
    is_told |= c.is_of_unjoined.fill_null(False)
    return Violation(
        lacks & ~is_told.fill_null(False) & village_lists & c.members.is_not_null() & due,
        table="household",
        at="household_id",
        severity=severity,
        lacking=f"{TITLES[table]}表里没有这一户",
    )


def unregistered(done: str) -> Iterator[Violation]:
    """A row of steps of a household that the register does not have, though it must have it.

    Where another household seems to be meant, that has no row, and nothing else says so. `done` is
    what was done with a household that must be registered.
    """
    right = c.meant_household
    how = (
        pl.when(~c.household_id.str.contains(r"[0-9]"))
        .then(pl.lit("不是编号，看不出是哪一户"))
        .when(c.must_be_registered)
        .then(pl.lit(f"已经{done}，登记表里却没有这一户"))
        .otherwise(pl.lit("在登记表里没有这一户"))
    )
    why = (
        pl.when(c.near_household.is_not_null())
        .then(pl.format("，与 {} 只差一位，那一户在本表里没有行", right))
        .when(right.is_not_null())
        .then(pl.format("；本村在本表里没有行的只有 {}，多半是它的", right))
    )
    yield Violation(
        c.is_unregistered & right.is_not_null(),
        severity=Severity.WARNING,
        expected=right,
        how=how,
        why=why,
    )
    # What is no number of a household at all is of no village.
    there = c.is_unregistered & (c.village_is_registered | c.village_key.is_null())
    # As many households have got another one's number (LR121): these are their own.
    there &= ~(c.astray_in_village <= c.misnumbered_in_village).fill_null(False)
    yield Violation(there & c.must_be_registered & right.is_null(), expected=None, how=how, why="")


# How many rows of steps have no number, and may be of a household of the village.
for _table in STEP_TABLES:
    _of_one = ~c.is_of_village if _table == "procedure" else pl.lit(True)
    derived("household", of=_table, on=("village_key", "village_key"), needs="").columns(
        **{f"lost_{_table}s_here": (c.household_id.is_null() & _of_one).sum()}
    )
    derived("household", of=_table, on=("today", "today"), needs="").columns(
        **{
            f"lost_{_table}s_anywhere": (
                (c.household_id.is_null() | c.is_unregistered) & c.village_key.is_null()
            ).sum()
        }
    )
    derived("household", needs="").columns(
        **{
            f"lost_{_table}s": c(f"lost_{_table}s_here").fill_null(0)
            + c(f"lost_{_table}s_anywhere").fill_null(0)
        }
    )

derived("household", *STEP_TABLES, of="member").columns(member_names=c.name.drop_nulls())

derived(*STEP_TABLES, of="member").columns(member_rows=c.household_id.len())

derived(*STEP_TABLES, of="household", on=("household_id", "household_id")).columns(
    household_rows=c.household_id.len()
)


@derived(*STEP_TABLES, needs="household_id household.household_id")
def is_unregistered(policy: Policy) -> pl.Expr:
    """Whether neither table 2 nor table 1 has the household of the row."""
    nowhere = c.household_rows.is_null() & c.member_rows.is_null()
    return c.household_id.is_not_null() & nowhere


# A number that no household has, or that another row has, and the household without a row that
# was meant.


_ASKED = "household.household_id"

derived(*STEP_TABLES, needs="household_id household.household_id").columns(
    is_astray=c.is_unregistered | c.contradicted.is_not_null()
)

derived(*STEP_TABLES).columns(first_astray=ask_once(c.is_astray))


def _only(homes: pl.Expr) -> pl.Expr:
    return pl.when(homes.n_unique() == 1).then(homes.first())


# The households without a row, and the one that alone in its village has none.
for _table, _without in (("procedure", "without_procedure"), ("survey", "without_visit")):
    derived(_table, of="household", on=("first_astray", _without), needs=_ASKED).columns(
        households_without_row=c.household_id.drop_nulls()
    )
    derived(_table, of="household", on=("village_key", "village_key"), needs=_ASKED).columns(
        only_left_out=_only(c.household_id.filter(c(_without).is_not_null()))
    )
    derived(_table, of="household", on=("strange_village", "usual_village"), needs=_ASKED).columns(
        only_left_out_elsewhere=_only(c.household_id.filter(c(_without).is_not_null()))
    )
    derived(_table, of="household", on=("named_in_village", "head_in_village"), needs="").columns(
        left_out_by_head=_only(c.household_id.filter(c(_without).is_not_null()))
    )


@derived(*STEP_TABLES, needs="household_id household.household_id")
def near_household(policy: Policy) -> pl.Expr:
    """The household without a row whose number this one is but for one digit."""
    return nearest(pl.when(c.is_astray).then(c.household_id), c.households_without_row)


# The one strange number of the village, which may be that household's.
derived(*STEP_TABLES, over="village_key", needs=_ASKED).columns(
    only_astray=_only(c.household_id.filter(c.is_unregistered & c.must_be_registered))
)

derived(*STEP_TABLES, needs="household_id household.household_id").columns(
    meant_household=pl.coalesce(
        c.near_household,
        pl.when(c.household_id == c.only_astray).then(c.only_left_out),
        pl.when(c.contradicted.is_not_null()).then(
            pl.coalesce(c.left_out_by_head, c.only_left_out_elsewhere)
        ),
    )
)


derived(*STEP_TABLES, of="household", on=("village_key", "village_key")).columns(
    registered_in_village=c.household_id.count()
)

derived(*STEP_TABLES, over="village_key", needs="").columns(
    astray_in_village=c.household_id.filter(c.is_unregistered).n_unique()
)

derived(*STEP_TABLES, of="household", on=("village_key", "village_key"), needs="").columns(
    misnumbered_in_village=c.has_anothers_number.sum()
)

# Whether the register has any household of the row's village.
derived(*STEP_TABLES, needs="household_id household.household_id").columns(
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
