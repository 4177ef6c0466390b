"""Members under the number of no household, or of another one: what LR121, LR130, LR203-6 share."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.gates.near import ask_once, nearest
from jiandang.gates.shared import first_by
from jiandang.policy import Policy
from jiandang.register.register import sheet_number

c = pl.col

_NUMBERED = c.is_listed & c.household_id.is_not_null()

# Members under a number with a slip, and the household of table 2 that lacks just them.


# Whether table 2 has other households of the village, but not the member's.
derived("member", needs="household_id household.household_id").columns(
    is_stray=c.household_id.is_not_null() & ~c.is_listed & c.village_is_listed
)

# Whether table 2 has any numbered household of the village.
derived("household", over="village_key").columns(village_is_on_list=_NUMBERED.any())

# Whether table 2 has any numbered household at all.
derived("household").columns(has_list=_NUMBERED.any())


@derived("member", needs="household_id household.household_id")
def is_unjoined(policy: Policy) -> pl.Expr:
    """Whether table 2 has none of the village's members, though it has the village, or none at all.

    Then it is how villages or numbers are written that differs.
    """
    none = ~c.village_is_listed & (c.village_is_on_list | (c.has_list & ~c.is_listed.any()))
    return none & c.household_id.is_not_null() & ~c.is_listed


derived("household", of="member", needs="").columns(is_of_unjoined=c.is_unjoined.any())

derived("member", "household").columns(sheet_number=sheet_number())

# How many of the sheet's households are not joined, and the first of them.
derived("member", over="sheet_number").columns(
    unjoined_households=c.household_id.filter(c.is_unjoined).n_unique(),
    first_unjoined=c.household_id.filter(c.is_unjoined).first(),
)


# Households of table 2 without a number of their own, and the members of whom that has made strays.


@derived("household", needs="")
def is_unplaced(policy: Policy) -> pl.Expr:
    """Whether table 2 has it under no number (LR004), or a wrong one.

    That of another household (LR121), or one of no household of its village (LR120).
    """
    of_none = ~c.is_whole_number | ~c.household_id.str.starts_with(c.village_code).fill_null(True)
    wrong = c.has_anothers_number | (of_none & c.members.is_null()).fill_null(False)
    return c.own & (c.household_id.is_null() | wrong)


derived("member", of="household", on=("village_key", "village_key"), needs="").columns(
    village_unplaced=c.is_unplaced.sum()
)

# How many households of the village are strays.
derived("member", over="village_key", needs="").columns(
    village_strays=c.household_id.filter(c.is_stray).n_unique()
)


@derived("household", of="member", on=("village_key", "village_key"), needs="")
def lost_number(policy: Policy) -> pl.Expr:
    """The number of the only stray household of the village, which one without a number lacks."""
    strays = c.household_id.filter(c.is_stray)
    return pl.when(strays.n_unique() == 1).then(strays.first())


@derived("household", needs="household_id")
def short_of_members(policy: Policy) -> pl.Expr:
    """The check date where the household has fewer member rows than people."""
    short = c.members.is_null() | (c.members < c("size")).fill_null(False)
    return pl.when(c.is_listed & short).then(c.today)


@derived("household", needs="household_id")
def short_of_head(policy: Policy) -> pl.Expr:
    """The same where not even the head is there: a family under its own head is no part of one."""
    return pl.when(c.heads.fill_null(0) == 0).then(c.short_of_members)


derived("member").columns(first_stray=ask_once(c.is_stray))

for _short in ("short_of_members", "short_of_head"):
    derived(
        "member", of="household", on=("first_stray", _short), needs="household.household_id"
    ).columns(**{f"households_{_short}": c.household_id.drop_nulls()})

# The household whose number this one is but for one digit, where it lacks members.
derived("member", needs="household_id household.household_id").columns(
    meant_household=pl.coalesce(
        nearest(
            pl.when(c.is_stray & ~c.has_head_of_number).then(c.household_id),
            c.households_short_of_members,
        ),
        nearest(
            pl.when(c.is_stray & c.has_head_of_number).then(c.household_id),
            c.households_short_of_head,
        ),
    )
)

# Rows of steps under the members' number: then it is table 2 that has the slip (LR206).
derived("member", of="procedure", needs="").columns(steps_under_number=c.household_id.len())

derived("member", of="survey", needs="").columns(visits_under_number=c.household_id.len())

derived("member", needs="").columns(
    has_right_number=(c.steps_under_number > 0).fill_null(False)
    | (c.visits_under_number > 0).fill_null(False)
)

# Table 2 alone has another number, of whichever village: it is the head who tells the household.
derived("member", over="household_id", needs="").columns(
    home_of_head=c.identity.filter(c.is_head).first()
)

derived("member", needs="").columns(
    stray_head=pl.when(c.is_head & c.is_stray & c.has_right_number).then(c.identity)
)

derived("household", needs="").columns(
    head_without_members=pl.when(_NUMBERED & c.members.is_null()).then(c.head_identity)
)

derived("household", of="member", on=("head_identity", "stray_head"), needs="").columns(
    number_of_head=c.household_id.first()
)

derived("member", of="household", on=("home_of_head", "head_without_members"), needs="").columns(
    listed_elsewhere=c.household_id.first()
)

# Members who seem to be the household's, and their number; null for none.
derived("household", of="member", on=("household_id", "meant_household"), needs="").columns(
    strays=c.household_id.len(),
    number_of_strays=c.household_id.filter(c.has_right_number).first(),
)


# Members in another household than the one with whose number theirs begins (LR130).


# Whether the row has no number, or that of no household.
derived("member", needs="household_id").columns(
    is_lost=c.household_id.is_null() | c.is_stray.fill_null(False)
)

derived("member", over="household_id", needs="").columns(has_head_of_number=c.is_head.any())

# The village and name of a head whose row is lost, or stands in the household of another head, and
# the household of that head.
derived("member", needs="household_id").columns(
    lost_head=pl.when(c.is_head & (c.is_lost | c.second_head_in_village.is_not_null())).then(
        pl.concat_str(c.village_key, c.name, separator="/")
    )
)

derived("member", of="household", on=("lost_head", "head_name_in_village"), needs="").columns(
    headed_home=c.household_id.first(),
    headed_home_has_members=c.members.is_not_null().first(),
)

# Whether the household has more people than member rows.
derived("household", needs="household_id").columns(
    is_short=(c.members.fill_null(0) < c("size")).fill_null(False)
)

# The only household of the village that is short of members.
derived("member", of="household", on=("village_key", "village_key"), needs="").columns(
    only_short_home=pl.when(c.household_id.filter(c.is_short).n_unique() == 1).then(
        c.household_id.filter(c.is_short).first()
    )
)

# Of a row that is lost: the household of the rows above it on its sheet.
derived("member", over="sheet_number", needs="household_id").columns(
    home_above=pl.when(c.is_lost).then(c.headed_home).otherwise(c.household_id).forward_fill()
)

derived("member", of="household", on=("home_above", "household_id"), needs="").columns(
    above_is_short=c.is_short.any(),
    above_has_members=c.members.is_not_null().any(),
)


@derived("member", needs="household_id")
def home_by_words(policy: Policy) -> pl.Expr:
    """The household that the person's number names, or that is the head's of that name."""
    is_headed = c.household_id.is_null() | c.headed_home_has_members
    return pl.coalesce(c.person_id.str.head(-2), pl.when(is_headed).then(c.headed_home))


derived("member", needs="household_id").columns(
    heads_other_home=pl.when(c.is_head & c.home_by_words.ne_missing(c.household_id)).then(
        c.home_by_words
    )
)


@derived("member", needs="household_id")
def other_home(policy: Policy) -> pl.Expr:
    """The household to which a member seems to belong, where the row is not under its number.

    That with whose number the person's begins; of a row without a number also the one whose head
    that is, or that of the rows above, unless another one alone in the village lacks somebody. Of
    a row under a number that no household has so too, where others of the household have its own.
    """
    above = pl.when(~c.above_is_short).then(c.only_short_home)
    beside = pl.when(~c.is_head.fill_null(False)).then(pl.coalesce(above, c.home_above))
    unnumbered = pl.when(c.household_id.is_null()).then(beside)
    is_beside = c.above_is_short & c.above_has_members & ~c.has_head_of_number
    stray = pl.when(c.is_stray & is_beside).then(c.home_above)
    home = pl.coalesce(c.home_by_words, unnumbered, stray)
    return pl.when(home.ne_missing(c.household_id)).then(home)


# How many members of the household stand in others; null for none.
derived("household", of="member", on=("household_id", "other_home"), needs="").columns(
    away=c.household_id.len(),
    labourers_away=c.is_labourer.sum(),
)

derived("member", of="member", on=("household_id", "heads_other_home"), needs="").columns(
    head_is_away=c.is_head.any()
)

derived("member", of="household", on=("other_home", "household_id"), needs="").columns(
    has_another_home=c.is_listed.any()
)

# How many rows of the household are of members of another.
derived("household", of="member", needs="").columns(
    guests=c.has_another_home.fill_null(False).sum(),
    labouring_guests=(c.is_labourer & c.has_another_home).sum(),
)


@derived("household", needs="")
def size_at_home(policy: Policy) -> pl.Expr:
    """How many members the household would have with everybody where the number says."""
    at_home = c.members.fill_null(0).cast(pl.Int64) + c.away.fill_null(0) - c.guests.fill_null(0)
    return pl.when((c.away > 0) | (c.guests > 0)).then(at_home)


derived("household", needs="").columns(
    is_right_at_home=(c.size_at_home == c("size")).fill_null(False)
)

# How many rows of the village are under no number.
derived("household", of="member", on=("village_key", "village_key"), needs="").columns(
    unnumbered_in_village=c.household_id.null_count()
)

# Whether the household has members, and a row elsewhere may be of one more.
derived("household", needs="").columns(
    may_lack_members=c.members.is_not_null()
    & ((c.away > 0) | (c.is_short & (c.unnumbered_in_village > 0))).fill_null(False)
)

derived("member", of="household", needs="").columns(has_a_guest_too_many=c.is_right_at_home.any())

derived("member", of="household", on=("other_home", "household_id"), needs="").columns(
    is_missed_at_home=c.is_right_at_home.any()
)


# Households whose members stand under another number.


# Who heads the household by table 2.
derived("member", of="household", needs="").columns(listed_head=c.head_name.first())

derived("member", needs="").columns(is_no_listed_head=(c.name != c.listed_head).fill_null(False))

# The head's row: of several that of the head by table 2, or whose number is the household's.
derived("member", over="household_id", needs="").columns(
    own_heads_row=first_by(
        c.is_head, c.is_no_listed_head, c.person_id.str.head(-2).ne_missing(c.household_id)
    )
)

derived("member", over="household_id", needs="").columns(
    own_heads_name=c.name.filter(c.ref == c.own_heads_row).first()
)


# The village and name of a head who stands in a household that has another one: by name, since a
# list of the village's in each of its households would be long.
derived("member", needs="").columns(
    second_head_in_village=pl.when(
        c.is_head & c.household_id.is_not_null() & (c.ref != c.own_heads_row)
    ).then(pl.concat_str(c.village_key, c.name, separator="/"))
)

derived("household", needs="").columns(
    head_in_village=pl.concat_str(c.village_key, c.head, separator="/"),
    head_name_in_village=pl.concat_str(c.village_key, c.head_name, separator="/"),
)

# Whether the head stands in a household of the village that has another one.
derived(
    "household", of="member", on=("head_name_in_village", "second_head_in_village"), needs=""
).columns(is_second_head=c.name.is_not_null().any())

# How many households of the head table 1 has that table 2 has not.
derived("household", over="head_in_village", needs="").columns(
    unlisted_homes=c.is_listed.not_().sum()
)


@derived("household", needs="")
def is_moved(policy: Policy) -> pl.Expr:
    """Whether the household's members stand under another number (LR121, LR202, LR205)."""
    elsewhere = c.is_second_head.fill_null(False) | (c.unlisted_homes > 0)
    # One without a number is not counted by it, so that the members' row is its only one.
    empty = c.is_listed & c.household_id.is_not_null() & c.members.is_null()
    return (empty & elsewhere).fill_null(False)


# Whether table 2 has the household's members under its own number.
derived("household", over="head_in_village", needs="").columns(
    is_of_moved=~c.is_listed & c.is_moved.any()
)
