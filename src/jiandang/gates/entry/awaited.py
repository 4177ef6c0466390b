"""Members and households that are not typed in yet, and need not be before the deadline."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.shared import are_few
from jiandang.gates.timing import deadline_of, is_over
from jiandang.policy import Policy

c = pl.col


def _is_nearly_done(homes: pl.Expr, lacking: pl.Expr) -> pl.Expr:
    """Whether a single household of a village lacks what is asked for, or few of many."""
    return (lacking == 1) | are_few(homes, lacking)


# Who of a village has members in table 1, and who has none.
_IS_HOME = c.is_listed & c.household_id.is_not_null()
derived("household", over="village_key", needs="").columns(
    homes_listed=_IS_HOME.sum(), homes_without_members=(_IS_HOME & c.members.is_null()).sum()
)

derived("household", of="survey", needs="survey.entered").columns(
    is_entered=c.entered.is_not_null().any()
)


@derived("household", needs="")
def awaits_members(policy: Policy) -> pl.Expr:
    """Whether the members are not entered yet, and need not be.

    Before the deadline a village is typed in piece by piece: only what lacks in one that is
    nearly done, of a household that is said to be entered, was forgotten.
    """
    nearly_done = _is_nearly_done(c.homes_listed, c.homes_without_members)
    is_forgotten = nearly_done & c.is_entered.fill_null(True)
    return ~is_over(deadline_of("entered", policy)) & ~is_forgotten


# Whether a member's row is missing: who lacks may be the one who is ill, works or draws a pension.
derived("household", needs="").columns(
    lacks_members=((c.members < c("size")) | c.lacks_heads_row).fill_null(False)
)

derived("household", over="village_key", needs="").columns(homes_short=c.lacks_members.sum())


@derived("household", needs="")
def awaits_more_members(policy: Policy) -> pl.Expr:
    """Whether the others are not entered yet, of a household of which only the head is.

    Before the deadline, and where many of the village are like that.
    """
    are_many = ~_is_nearly_done(c.homes_listed, c.homes_short)
    is_alone = c.lacks_members & (c.members == 1)
    return is_alone & are_many & ~is_over(deadline_of("entered", policy))


# Of one that was forgotten (LR203), it is his age that is not known.
derived("household", needs="").columns(
    awaits_pensioner=c.lacks_heads_row | c.awaits_more_members.fill_null(False)
)

derived("member", over="village_key", needs="").columns(
    homes_with_members=c.household_id.n_unique()
)


@derived("member", needs="")
def awaits_list(policy: Policy) -> pl.Expr:
    """Whether table 2 is not typed in yet, and need not be; but for a household or two."""
    is_forgotten = _is_nearly_done(c.homes_with_members, c.village_strays)
    return (~is_over(deadline_of("entered", policy)) & ~is_forgotten).fill_null(False)
