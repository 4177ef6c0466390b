"""When a step is due: what is not done yet is not wrong before its time.

An empty date is a gap where a later step is filled, or where the deadline is over and most of the
village has the step: then the row was forgotten. Where the deadline is over and most of the village
lacks the step, the village is late: SJ008 says so once. A step has one of the two or none.

A row of a whole village may hold the steps of all its households: what it says is empty in none.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.policy import Policy
from jiandang.policy.model import Deadlines
from jiandang.register.place import SAYS_WHOLE_VILLAGE, plain_village

c = pl.col

# So many rows without a number may be of one village, a row or two each list; more are households.
MOST_OF_VILLAGE = 6

STEPS = (
    "applied", "appraised", "village_notice_start", "village_notice_end", "town_reviewed",
    "town_notice_start", "town_notice_end", "county_approved", "county_notice_start",
    "county_notice_end",
)  # fmt: skip
VISIT = ("surveyed", "entered")
_MOST = 0.5


def deadline_of(step: str, policy: Policy) -> date | None:
    """The last day of a step: its own, else that of the next step that has one."""
    own_and_later = [s for s in (step, *later_steps(step)) if s in Deadlines.model_fields]
    return next(filter(None, map(policy.deadlines.of, own_and_later)), None)


def last_deadline(policy: Policy) -> date | None:
    """The last day of all steps, for what has no step of its own."""
    return max(filter(None, map(policy.deadlines.of, Deadlines.model_fields)), default=None)


def is_over(deadline: date | None) -> pl.Expr:
    """Whether a deadline is over at the check date; without one everything is due."""
    return pl.lit(True) if deadline is None else c.today > deadline


def later_steps(step: str) -> Sequence[str]:
    """The steps that follow, none of which can be done before this one."""
    order = STEPS if step in STEPS else VISIT
    return order[order.index(step) + 1 :]


def _last_of(steps: Sequence[str]) -> pl.Expr:
    """The number of the last step that is done; -1 for none."""
    done = (pl.when(c(step).is_not_null()).then(i) for i, step in enumerate(steps))
    return pl.max_horizontal(*done).fill_null(-1)


derived("procedure", needs="").columns(last_step=_last_of(STEPS))

derived("survey", needs="").columns(last_visit_step=_last_of(VISIT))


derived("procedure", over="village_key", needs="").columns(
    **{
        f"homes_with_{step}": (c(step).is_not_null() & c.household_id.is_not_null()).sum()
        for step in STEPS
    }
)


derived("procedure", over="village_key", needs="").columns(
    rows_without_number=c.household_id.null_count()
)


@derived("procedure", needs="")
def is_of_village(policy: Policy) -> pl.Expr:
    """Whether the row is of a whole village: it says so, or names nobody and has steps that no
    household's row of the village has."""
    named = c.own_head_name.str.contains(SAYS_WHOLE_VILLAGE)
    named |= plain_village(c.own_head_name) == plain_village(c.village)
    has_steps = pl.any_horizontal(c(step).is_not_null() for step in STEPS)
    alone = pl.all_horizontal(c(step).is_null() | (c(f"homes_with_{step}") == 0) for step in STEPS)
    few = c.rows_without_number.fill_null(0) <= MOST_OF_VILLAGE
    unnamed = c.own_head_name.is_null() & has_steps & alone & few
    return c.household_id.is_null() & (named.fill_null(False) | unnamed)


derived("procedure", over="village_key", needs="").columns(
    **{f"village_has_{step}": (c.is_of_village & c(step).is_not_null()).any() for step in STEPS}
)


def _is_empty(step: str) -> pl.Expr:
    """Whether the cell is empty, and the step in no row that says it for this one."""
    if step not in STEPS:
        return blank(step)
    in_village = c.household_id.is_not_null() & c(f"village_has_{step}")
    elsewhere = pl.when(c.is_of_village).then(c(f"homes_with_{step}") > 0).otherwise(in_village)
    return blank(step) & ~elsewhere.fill_null(False)


def is_skipped(step: str) -> pl.Expr:
    """Whether a later step is done."""
    if step in STEPS:
        return c.last_step > STEPS.index(step)
    return c.last_visit_step > VISIT.index(step)


def most_have(step: str) -> pl.Expr:
    """Whether most rows of the village have the step."""
    return c(step).is_not_null().mean().over("village_key") > _MOST


def is_not_taken() -> pl.Expr:
    """Whether the row is of a household that applied or was visited, and is not registered."""
    return c.is_unregistered.fill_null(False)


def is_missing(step: str, policy: Policy) -> pl.Expr:
    """Whether the step's date is empty and should not be.

    Who was not taken into the register has no later steps: nothing was forgotten there.
    """
    forgotten = is_over(deadline_of(step, policy)) & most_have(step) & ~is_not_taken()
    return _is_empty(step) & (is_skipped(step) | forgotten)


def is_late(step: str) -> pl.Expr:
    """Whether the step's date is empty and nothing says that the row was forgotten."""
    return _is_empty(step) & ~is_skipped(step) & ~most_have(step)


# Whether most of the village were judged or went a step further: then its list is made.
derived("allocation", "village", of="procedure", needs="").columns(
    is_judged=(c.last_step >= STEPS.index("appraised")).fill_null(False).mean() > _MOST
)


@derived("allocation", "village", needs="")
def is_open(policy: Policy) -> pl.Expr:
    """Whether the village's list is still being made: before its deadline, and few are judged."""
    return ~is_over(deadline_of("appraised", policy)) & ~c.is_judged.fill_null(False)


# What is said of a village whose list is still being made.
STILL_OPEN = "（本村多数户还没有评议；资料没有录完的，录完再查）"
