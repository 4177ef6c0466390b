"""The derived columns about places: the levels of the quota, and the villages of both sides."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.misplaced import by_power
from jiandang.gates.near import ask_once, nearest
from jiandang.gates.shared import sum_if_known
from jiandang.policy import Policy
from jiandang.register.place import plain_village

c = pl.col

# Counts are whole; their products with 0.1 nearly so.
_EXACT = 1e-6

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


derived("allocation", of="allocation", on=("parent_code", "place_code")).columns(
    parents=c.place_code.len()
)


@derived("allocation")
def is_misplaced(policy: Policy) -> pl.Expr:
    """RW006: the code is malformed, or of no place above that is in the table."""
    malformed = ~c.code.str.contains("^(?:[0-9]{6}|[0-9]{9}|[0-9]{12})$")
    return malformed | (c.parent_code.is_not_null() & c.parents.is_null())


derived("allocation").columns(
    first_misplaced=ask_once((c.is_misplaced & c.parent_code.is_not_null()).fill_null(False))
)

derived("allocation", of="allocation", on=("first_misplaced", "today"), needs="code").columns(
    codes_above=c.place_code.filter(c.place_code.str.len_chars() < 12).drop_nulls()
)


@derived("allocation", needs="code")
def meant_code(policy: Policy) -> pl.Expr:
    """The code with the place above put right, where that is one digit off."""
    above = nearest(pl.when(c.is_misplaced).then(c.parent_code), c.codes_above)
    return pl.concat_str(above, c.place_code.str.slice(above.str.len_chars()))


derived("allocation", over="place_code", needs="code").columns(
    # The place of a row among those of one code: 1, 2 …
    code_number=c.place_code.cum_count(),
    first_place=c.place.first(),
)

derived("allocation", over="parent_code").columns(siblings_median=c.planned_persons.median())

derived(
    "allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_persons"
).columns(children_persons=sum_if_known(c.planned_persons))

derived(
    "allocation", of="allocation", on=("place_code", "parent_code"), needs="planned_households"
).columns(children_households=sum_if_known(c.planned_households))


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


# By how much a place's own quota is more than its places' sum, and what that makes above it.

derived("allocation", needs="planned_persons").columns(
    persons_gap=c.planned_persons - c.children_persons
)

derived("allocation", needs="planned_households").columns(
    homes_gap=c.planned_households - c.children_households
)

derived("allocation", of="allocation", on=("place_code", "parent_code"), needs="").columns(
    persons_gaps_below=c.persons_gap.sum(), homes_gaps_below=c.homes_gap.sum()
)


# Which child is wrong by a power of ten, or off its target where the sum would be right without
# that: it alone closes the sum.


derived("allocation", of="allocation", on=("parent_code", "place_code")).columns(
    name_above=c.place.first()
)


def _misplaced_child(column: str, what: str, registered: str) -> None:
    """Columns `{what}_above`, `{what}_beside`, `right_{what}`, `slips_{what}`, `{what}_slipped`."""

    def above(policy: Policy) -> pl.Expr:
        return c(column).first()

    def beside(policy: Policy) -> pl.Expr:
        return sum_if_known(c(column))

    def right(policy: Policy) -> pl.Expr:
        """What the place's quota should be, if that closes the sum."""
        needed = c(f"{what}_above") - c(f"{what}_beside") + c(column)
        is_slip = ((by_power(c(column), needed) - needed).abs() < _EXACT).fill_null(False)
        off, off_then = ((c(registered).cast(pl.Int64) - plan).abs() > policy.quota_tolerance * plan
                         for plan in (c(column), needed))  # fmt: skip
        is_slip |= (c.is_village & off & ~off_then).fill_null(False)
        return pl.when(is_slip & (needed > 0)).then(needed)

    def slips(policy: Policy) -> pl.Expr:
        """How many of the places beside each other would close the sum."""
        return c(f"right_{what}").count()

    def slipped(policy: Policy) -> pl.Expr:
        """The same, at the place above."""
        return c(f"right_{what}").count()

    above.__name__, beside.__name__ = f"{what}_above", f"{what}_beside"
    right.__name__, slips.__name__ = f"right_{what}", f"slips_{what}"
    slipped.__name__ = f"{what}_slipped"
    derived("allocation", of="allocation", on=("parent_code", "place_code"), needs=column)(above)
    derived("allocation", over="parent_code")(beside)
    derived("allocation", needs=f"{what}_above {what}_beside {column}")(right)
    derived("allocation", over="parent_code")(slips)
    derived("allocation", of="allocation", on=("place_code", "parent_code"), needs=column)(slipped)


_misplaced_child("planned_persons", "persons", "registered_persons")
_misplaced_child("planned_households", "homes", "registered_households")


# -- the villages of the quota and of the register -------------------------------------------


derived("allocation", needs="code").columns(town_code=c.place_code.str.slice(0, 9))

# Whether any household of the town is registered: the register may be of one town.
derived("allocation", over="town_code").columns(
    town_registered=c.registered_households.is_not_null().any()
)

# How many rows the quota has for the household's village.
derived("household", of="allocation").columns(allocated=c.is_village.sum())

# How many villages the quota names at all: the check date is one for all rows.
derived("household", of="allocation", on=("today", "today")).columns(
    allocated_villages=c.is_village.sum()
)

# The village's name without what may be left away, worked out once for its households.
derived("household", over="village", needs="village").columns(
    village_name=plain_village(c.village.first())
)

# The village's name, where its code is misplaced or lacking.
derived("allocation").columns(
    misplaced_name=pl.when(c.is_misplaced.fill_null(True)).then(plain_village(c.place))
)

# Rows of the quota for a village of this name whose code is misplaced or lacking.
derived("household", of="allocation", on=("village_name", "misplaced_name")).columns(
    allocated_elsewhere=c.place.len()
)


@derived("household", needs="village_code|household_id allocation.code")
def is_unallocated(policy: Policy) -> pl.Expr:
    """RW003: the village is not in the quota, by code or by name."""
    unknown = c.village_key.is_not_null() & (c.allocated.fill_null(0) == 0)
    return unknown & (c.allocated_villages > 0) & c.allocated_elsewhere.is_null()


derived("household").columns(home_town=c.village_code12.str.slice(0, 9))

# How many rows the quota has for the household's town and its villages.
derived("household", of="allocation", on=("home_town", "town_code"), needs="").columns(
    rows_of_town=c.place.len()
)

# Whether the quota has none of the register's villages; the check date is one for all rows.
derived("household", over="today").columns(is_none_allocated=c.is_unallocated.all())


@derived("household", needs="")
def is_of_another_town(policy: Policy) -> pl.Expr:
    """Whether the quota is another town's: it has none of these villages, nor their town."""
    elsewhere = c.home_town.is_not_null() & c.rows_of_town.is_null()
    return (c.is_none_allocated & elsewhere).fill_null(False)


derived("household", needs="").columns(
    first_unallocated=ask_once(c.is_unallocated.fill_null(False)),
    # The village of the quota whose code the household's is but for one digit.
    meant_village=nearest(pl.when(c.is_unallocated).then(c.village_code12), c.allocated_codes),
)

derived("household", of="allocation", on=("first_unallocated", "today"), needs="").columns(
    allocated_codes=c.village_code12.filter(c.is_village).drop_nulls()
)

derived("household", over="village_key", needs="household_id").columns(
    village_homes=c.household_id.drop_nulls().n_unique()
)


@derived("household", over="village_key")
def village_persons(policy: Policy) -> pl.Expr:
    numbered = c.household_id.is_not_null() & c.household_id.is_first_distinct()
    return c.persons.filter(numbered).sum()


# -- names and codes of villages (RW008) -----------------------------------------------------


# What the quota calls the village with this code.
derived("household", of="allocation", on=("village_code12", "village_code12")).columns(
    allocated_name=c.place.drop_nulls().first()
)

# What most households call the village with this code.
derived("household", over="village_code12").columns(
    usual_name=c.village.drop_nulls().mode().sort().first()
)

derived("household").columns(
    # What the village with this code is called elsewhere.
    told_name=pl.coalesce(c.allocated_name, c.usual_name),
    # Whether the household's village is called otherwise than that of its code.
    has_other_name=c.village_code12.is_not_null() & (c.village_name != plain_village(c.told_name)),
)

# The town's code and the village's name.
derived("household", needs="village village_code|household_id").columns(
    town_village=pl.concat_str(c.village_code12.str.slice(0, 9), c.village_name)
)

derived("allocation", needs="code place").columns(
    town_place=pl.concat_str(c.village_code12.str.slice(0, 9), plain_village(c.place))
)

# The code that the quota has for the village of this name.
derived("household", of="allocation", on=("town_village", "town_place")).columns(
    allocated_code=c.village_code12.first()
)

# The code that most households have for the village of this name.
derived("household", over="town_village").columns(
    usual_code=c.village_code12.drop_nulls().mode().sort().first()
)

derived("allocation", of="household", on=("town_place", "town_village")).columns(
    # How many households live in a village of this name in the town.
    homes_of_name=c.household_id.n_unique(),
    # How many codes these households have for it.
    codes_of_name=c.village_code12.n_unique(),
    code_of_name=c.village_code12.first(),
)


@derived("allocation", needs="code place household.village_code|household.household_id")
def has_odd_code(policy: Policy) -> pl.Expr:
    """Whether all households of the village, and more than one, have another code for it."""
    agreed = (c.homes_of_name > 1) & (c.codes_of_name == 1)
    return c.is_village & agreed & (c.village_code12 != c.code_of_name)


# Of two rows of the quota that have each other's code the row of the other.

derived("allocation", needs="").columns(
    meant_village_code=pl.when(c.has_odd_code).then(c.code_of_name)
)

derived(
    "allocation", of="allocation", on=("meant_village_code", "village_code12"), needs=""
).columns(exchanged_with=c.ref.first(), code_meant_there=c.meant_village_code.first())

derived("allocation", needs="").columns(
    is_told_at_the_other=(
        (c.code_meant_there == c.village_code12) & (c.exchanged_with < c.ref)
    ).fill_null(False)
)

# Whether the quota's code for the village of this name is the odd one, or its name for the code.
derived("household", of="allocation", on=("town_village", "town_place"), needs="").columns(
    is_told_of_quota=c.has_odd_code.any()
)

derived("household", of="allocation", on=("village_code12", "village_code12"), needs="").columns(
    is_name_of_quota_odd=c.has_odd_code.any()
)


# -- quotas of two villages that changed places (RW004, RW005) --------------------------------


def _exchanged(what: str, planned: str, registered: str) -> None:
    """Columns `{what}_off`, `{what}_at_other`, `{what}_exchanged`, `first_{what}_exchanged`."""
    off, at_other, exchanged = f"{what}_off", f"{what}_at_other", f"{what}_exchanged"

    def differs(of: pl.Expr, policy: Policy) -> pl.Expr:
        return (of - c(planned)).abs() > policy.quota_tolerance * c(planned)

    def is_off(policy: Policy) -> pl.Expr:
        """Whether what is registered differs too much from the quota, and the quota is to blame."""
        differing = differs(c(registered).cast(pl.Int64), policy)
        return c.is_village & differing & ~c.has_odd_code.fill_null(False)

    def is_exchanged(policy: Policy) -> pl.Expr:
        return (~differs(c(at_other), policy)).fill_null(False)

    is_off.__name__, is_exchanged.__name__ = off, exchanged
    derived("allocation", needs=f"{planned} {registered}")(is_off)
    own = pl.when(c(off)).then(c(registered).cast(pl.Int64))
    derived("allocation", over="town_code", needs="").columns(
        # What is registered in the one other village whose quota is off.
        **{at_other: pl.when(own.count() == 2).then(own.sum() - own)}
    )
    derived("allocation", needs="")(is_exchanged)
    derived("allocation", over="town_code", needs="").columns(
        # The first of two villages that have each other's quota.
        **{
            f"first_{exchanged}": pl.when(c(exchanged).sum() == 2).then(
                c.ref.filter(c(exchanged)).min()
            )
        }
    )


_exchanged("persons", "planned_persons", "registered_persons")
_exchanged("homes", "planned_households", "registered_households")


# -- shares ----------------------------------------------------------------------------------


derived("allocation", of="village").columns(population=c.rural_population.first())

# The village's quota in per cent of its population, to one decimal.
derived("allocation").columns(
    quota_share=pl.when(c.is_village).then((c.planned_persons / c.population * 100).round(1))
)

derived("allocation", over="quota_share").columns(villages_of_share=c.quota_share.count())

# How many villages have a share at all: the check date is one for all rows.
derived("allocation", over="today").columns(villages_with_share=c.quota_share.count())
