"""The derived columns about places: the levels of the quota, and the villages of both sides."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.shared import sum_if_known
from jiandang.policy import Policy
from jiandang.register.place import plain_village

c = pl.col

# -- the levels of the quota -----------------------------------------------------------------


@derived("allocation", needs="code")
def parent_code(policy: Policy) -> pl.Expr:
    """The code of the next level above that the table has: 12 digits → 9, else 6."""
    length = c.place_code.str.len_chars()
    has_towns, has_counties = (length == 9).any(), (length == 6).any()
    return (
        pl.when((length == 12) & has_towns)
        .then(c.place_code.str.slice(0, 9))
        .when(length.is_in([9, 12]) & has_counties)
        .then(c.place_code.str.slice(0, 6))
    )


@derived("allocation", of="allocation", on=("parent_code", "place_code"))
def parents(policy: Policy) -> pl.Expr:
    return c.place_code.len()


@derived("allocation")
def is_misplaced(policy: Policy) -> pl.Expr:
    """RW006: the code is malformed, or of no place above that is in the table."""
    malformed = ~c.code.str.contains("^(?:[0-9]{6}|[0-9]{9}|[0-9]{12})$")
    return malformed | (c.parent_code.is_not_null() & c.parents.is_null())


@derived("allocation", over="place_code", needs="code")
def code_number(policy: Policy) -> pl.Expr:
    """The place of a row among those of one code: 1, 2 …"""
    return c.place_code.cum_count()


@derived("allocation", over="place_code", needs="code")
def first_place(policy: Policy) -> pl.Expr:
    return c.place.first()


@derived("allocation", over="parent_code")
def siblings_median(policy: Policy) -> pl.Expr:
    return c.planned_persons.median()


@derived("allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_persons")
def children_persons(policy: Policy) -> pl.Expr:
    return sum_if_known(c.planned_persons)


@derived(
    "allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_households"
)
def children_households(policy: Policy) -> pl.Expr:
    return sum_if_known(c.planned_households)


# What the children's sum would be without the faults that RW007 and RW009 name already.


@derived("allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_persons")
def mended_persons(policy: Policy) -> pl.Expr:
    unswapped = pl.max_horizontal(c.planned_persons, c.planned_households)
    return unswapped.filter(c.code_number == 1).sum()


@derived(
    "allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_households"
)
def mended_households(policy: Policy) -> pl.Expr:
    unswapped = pl.min_horizontal(c.planned_persons, c.planned_households)
    return unswapped.filter(c.code_number == 1).sum()


# -- the villages of the quota and of the register -------------------------------------------


@derived("allocation", needs="code")
def town_code(policy: Policy) -> pl.Expr:
    return c.place_code.str.slice(0, 9)


@derived("allocation", over="town_code")
def town_registered(policy: Policy) -> pl.Expr:
    """Whether any household of the town is registered: the register may be of one town."""
    return c.registered_households.is_not_null().any()


@derived("household", of="allocation")
def allocated(policy: Policy) -> pl.Expr:
    """How many rows the quota has for the household's village."""
    return c.is_village.sum()


@derived("household", of="allocation", on=("today", "today"))
def allocated_villages(policy: Policy) -> pl.Expr:
    """How many villages the quota names at all: the check date is one for all rows."""
    return c.is_village.sum()


@derived("household", over="village", needs="village")
def village_name(policy: Policy) -> pl.Expr:
    """The village's name without what may be left away, worked out once for its households."""
    return plain_village(c.village.first())


@derived("allocation")
def misplaced_name(policy: Policy) -> pl.Expr:
    """The village's name, where its code is misplaced or lacking."""
    return pl.when(c.is_misplaced.fill_null(True)).then(plain_village(c.place))


@derived("household", of="allocation", on=("village_name", "misplaced_name"))
def allocated_elsewhere(policy: Policy) -> pl.Expr:
    """Rows of the quota for a village of this name whose code is misplaced or lacking."""
    return c.place.len()


@derived("household", over="village_key", needs="household_id")
def village_homes(policy: Policy) -> pl.Expr:
    return c.household_id.drop_nulls().n_unique()


@derived("household", over="village_key")
def village_persons(policy: Policy) -> pl.Expr:
    numbered = c.household_id.is_not_null() & c.household_id.is_first_distinct()
    return c.persons.filter(numbered).sum()


# -- names and codes of villages (RW008) -----------------------------------------------------


@derived("household", of="allocation", on=("village_code12", "village_code12"))
def allocated_name(policy: Policy) -> pl.Expr:
    """What the quota calls the village with this code."""
    return c.place.drop_nulls().first()


@derived("household", over="village_code12")
def usual_name(policy: Policy) -> pl.Expr:
    """What most households call the village with this code."""
    return c.village.drop_nulls().mode().sort().first()


@derived("household")
def told_name(policy: Policy) -> pl.Expr:
    """What the village with this code is called elsewhere."""
    return pl.coalesce(c.allocated_name, c.usual_name)


@derived("household")
def has_other_name(policy: Policy) -> pl.Expr:
    """Whether the household's village is called otherwise than that of its code."""
    return c.village_code12.is_not_null() & (c.village_name != plain_village(c.told_name))


@derived("household", needs="village village_code|household_id")
def town_village(policy: Policy) -> pl.Expr:
    """The town's code and the village's name."""
    return pl.concat_str(c.village_code12.str.slice(0, 9), c.village_name)


@derived("allocation", needs="code place")
def town_place(policy: Policy) -> pl.Expr:
    return pl.concat_str(c.village_code12.str.slice(0, 9), plain_village(c.place))


@derived("household", of="allocation", on=("town_village", "town_place"))
def allocated_code(policy: Policy) -> pl.Expr:
    """The code that the quota has for the village of this name."""
    return c.village_code12.first()


@derived("household", over="town_village")
def usual_code(policy: Policy) -> pl.Expr:
    """The code that most households have for the village of this name."""
    return c.village_code12.drop_nulls().mode().sort().first()


# -- shares ----------------------------------------------------------------------------------


@derived("allocation", of="village")
def population(policy: Policy) -> pl.Expr:
    return c.rural_population.first()


@derived("allocation")
def quota_share(policy: Policy) -> pl.Expr:
    """The village's quota in per cent of its population, to one decimal."""
    return pl.when(c.is_village).then((c.planned_persons / c.population * 100).round(1))


@derived("allocation", over="quota_share")
def villages_of_share(policy: Policy) -> pl.Expr:
    return c.quota_share.count()


@derived("allocation", over="today")
def villages_with_share(policy: Policy) -> pl.Expr:
    """How many villages have a share at all: the check date is one for all rows."""
    return c.quota_share.count()
