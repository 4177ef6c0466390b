"""Why somebody came or left: as 增减表 says, or as the two registers show by themselves."""

import polars as pl

from jiandang.movement.declared import (
    DECREASES,
    ENDED,
    INCREASES,
    MERGED,
    MOVED_IN,
    MOVED_OUT,
    NEW,
    OF_HOUSEHOLDS,
    OF_MOVERS,
    OF_STATUS,
    OTHER,
    REMOVED,
    SPLIT,
    UNSTATED,
    confirmed,
    declared,
)
from jiandang.movement.people import People
from jiandang.register.place import is_serial

c = pl.col

# Why a whole household may be new, besides 新识别.
_OF_NEW_HOUSEHOLDS = (MOVED_IN, SPLIT, "补录", "返贫")

# Of more numbers 1, 2, 3 in a village that are others than before none says anything.
_FEW_NUMBERS = 2


def with_reasons(people: People, changes: pl.DataFrame) -> tuple[People, pl.DataFrame]:
    """The people with their reasons, and 增减表 with whom its rows are about.

    Persons and households get `came_by` and `left_by`, the reasons for which they are in their
    village now and no longer in that of before; null where they were there already, or still are.
    """
    persons = people.persons.with_row_index("person")
    changes = declared(changes, persons, people.villages)
    reasons = (
        # What is said of somebody goes before what is said of the household.
        changes.drop_nulls("person")
        .sort(c.of_before.is_not_null(), maintain_order=True)
        .group_by("person")
        .agg(
            into=c.reason.filter(c.reason.is_in([*INCREASES, OTHER]) & ~c.is_decrease).first(),
            out=c.reason.filter(c.reason.is_in([*DECREASES, OTHER]) & c.is_decrease).first(),
            # Whatever 脱贫属性 becomes, what happened to somebody is another thing.
            declared=pl.coalesce(
                c.reason.filter(~c.reason.is_in(OF_STATUS)).first(), c.reason.first()
            ),
            says_split=(c.reason == SPLIT).any(),
            says_merged=(c.reason == MERGED).any(),
            says_back=(c.reason == "返贫").any(),
            written=c.written.first(),
        )
    )
    persons = persons.join(reasons, on="person", how="left", maintain_order="left")
    households = _homes(people.households, persons)
    persons = _persons(persons, households, people.villages)
    households = _households(households, persons, people.villages)
    changes = confirmed(
        changes, persons, people.villages, tells_status=_tells_status(people.households)
    )
    return People(persons, households, people.villages), changes


def _tells_status(households: pl.DataFrame) -> bool:
    """Whether either register says of anybody whether he is out of poverty."""
    return all((households[name] != "").any() for name in ("before_status", "status"))


def _homes(households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The households, with where most of a new or gone one's members came from or went to.

    `split_from` is the number before of the household that goes on elsewhere; `merged_into` that
    of the one that they have joined; `whole` is the reason that is given for a whole household.
    """
    moved = persons.filter(
        c.ref.is_not_null() & c.before_ref.is_not_null() & c.household_id.is_not_null()
    )
    of_new = moved.group_by("household_id", "before_id").len("moved")
    of_old = of_new.rename({"household_id": "merged_into"})
    split = (
        of_new.drop_nulls()
        .sort("moved", "before_id", descending=[True, False])
        .unique("household_id", keep="first", maintain_order=True)
        .rename({"before_id": "split_from"})
    )
    merged = (
        of_old.drop_nulls()
        .sort("moved", "merged_into", descending=[True, False])
        .unique("before_id", keep="first", maintain_order=True)
        .rename({"moved": "moved_away"})
    )
    given = c.out.filter(c.out.is_in(OF_HOUSEHOLDS))
    # No reason to be gone, nor a word nobody knows: the household is one still.
    other = c.out.filter(c.out.is_in([MERGED, "脱贫", OTHER]))
    whole = (
        persons.filter(c.ref.is_null())
        .group_by("before_id")
        .agg(whole=pl.coalesce(given.first(), other.first()), whole_written=c.written.max())
        .drop_nulls("before_id")
    )
    known = (
        households.join(split, on="household_id", how="left", maintain_order="left")
        .join(merged, on="before_id", how="left", maintain_order="left")
        .join(whole, on="before_id", how="left", maintain_order="left")
    )
    is_new, is_gone = c.before_id.is_null(), c.household_id.is_null()
    # A son with a wife and a child who are new to the register is a part of his parents' household
    # where 增减表 says so.
    says = persons.filter("says_split")["household_id"].drop_nulls().implode()
    is_most = (2 * c.moved >= c.size).fill_null(False)
    known = known.with_columns(
        split_from=pl.when(is_new & (is_most | c.household_id.is_in(says))).then("split_from"),
        merged_into=pl.when(is_gone & (2 * c.moved_away >= c.before_size)).then("merged_into"),
        whole=pl.when(is_gone).then("whole"),
    ).drop("moved", "moved_away")
    return _with_declared(_with_unnumbered(known, persons), persons)


def _with_unnumbered(households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The households, with whether most of one are in the other register without any number.

    Such a one is neither new nor gone (`lacks_number`): which it is there nobody can tell.
    """
    kept = persons.filter(c.ref.is_not_null() & c.before_ref.is_not_null())
    lacks = pl.lit(False)
    for own, other, size in (
        ("household_id", "before_id", "size"),
        ("before_id", "household_id", "before_size"),
    ):
        count = kept.filter(c(other).is_null()).drop_nulls(own).group_by(own).len(f"of_{own}")
        households = households.join(count, on=own, how="left", maintain_order="left")
        lacks |= c(other).is_null() & (2 * c(f"of_{own}") >= c(size)).fill_null(False)
    return households.with_columns(lacks_number=lacks).drop("of_household_id", "of_before_id")


def _with_declared(households: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """The households, with whether somebody of either part says that it was split, or merged."""
    homes = (
        ("household_id", "split_from", "says_split"),
        ("merged_into", "before_id", "says_merged"),
    )
    for now, before, says in homes:
        sides = ((now, "household_id"), (before, "before_id"))
        named = []
        for column, key in sides:
            own = persons.filter(says).select(key).drop_nulls().unique()
            named.append(c(column).is_in(own.to_series().implode()).fill_null(False))
        households = households.with_columns(pl.any_horizontal(named).alias(says))
    return households


def _came(villages: pl.DataFrame) -> pl.Expr:
    """Whether they are new in a village that was in the earlier register too."""
    listed = villages.filter(c.is_before)["village"].implode()
    return (
        c.village.is_not_null() & c.village.ne_missing(c.before_village) & c.village.is_in(listed)
    )


def _went(villages: pl.DataFrame) -> pl.Expr:
    listed = villages.filter(c.is_now)["village"].implode()
    gone = c.before_village.is_not_null() & c.before_village.ne_missing(c.village)
    return gone & c.before_village.is_in(listed)


def _persons(
    persons: pl.DataFrame, households: pl.DataFrame, villages: pl.DataFrame
) -> pl.DataFrame:
    """The persons with their reasons and what is so of their households.

    `removed_who` is whom 增减表 calls removed, where that is the household or who headed it.
    """
    new = households.filter(c.before_id.is_null()).select(
        "household_id", home_is_new=c.split_from.is_null() & ~c.lacks_number
    )
    # Of a household of which some are in another one it is not the whole that is gone.
    elsewhere = persons.filter(c.ref.is_not_null())["before_id"].drop_nulls().implode()
    gone = households.filter(c.household_id.is_null()).select(
        "before_id", "whole", "whole_written", home_is_gone=~c.before_id.is_in(elsewhere)
    )
    became = households.select("before_id", "before_head_name", became="household_id")
    became = became.drop_nulls("before_id")
    for frame, key in ((new, "household_id"), (gone, "before_id"), (became, "before_id")):
        persons = persons.join(frame, on=key, how="left", maintain_order="left")
    moved = c.ref.is_not_null() & c.before_ref.is_not_null()
    # Of a whole household that is new 增减表 may name one: he stands for the others.
    identified = (c.into == NEW).any().over("household_id")
    given = c.into.filter(c.into.is_in(_OF_NEW_HOUSEHOLDS)).first().over("household_id")
    all_came = pl.when(~identified).then(given).fill_null(NEW)
    persons = persons.with_columns(home_came=pl.when(c.home_is_new.fill_null(False)).then(all_came))
    own = pl.when(~(c.home_came.is_not_null() & (c.into == OTHER)).fill_null(False)).then("into")
    # Who married into another village has moved; why, 增减表 knows better.
    moves = (pl.when(c(way).is_in(OF_MOVERS)).then(way) for way in ("into", "out"))
    entered = (
        pl.when(moved)
        .then(pl.coalesce(next(moves), "by_village", pl.lit(MOVED_IN)))
        .otherwise(pl.coalesce(own, "home_came", pl.lit(UNSTATED)))
    )
    left = (
        pl.when(moved)
        .then(pl.coalesce(next(moves), "by_village", pl.lit(MOVED_OUT)))
        .otherwise(pl.coalesce("out", "whole", pl.lit(UNSTATED)))
    )
    is_removed = (c.declared == REMOVED).fill_null(False)
    is_head = (c.before_relation == "户主") | (c.before_name == c.before_head_name)
    head = c.before_name.filter(is_removed & is_head).first()
    # Who stood twice, and stands once now, has not left.
    who = pl.struct("before_identity", "before_name")
    doubles = persons.filter(c.ref.is_not_null() & c.before_identity.is_not_null()).select(who)
    is_double = c.ref.is_null() & who.is_in(doubles.to_series().implode())
    removed_who = pl.when(is_removed.all()).then(pl.lit("本户")).otherwise(head).over("before_id")
    return persons.with_columns(
        c.home_is_new.fill_null(False),
        c.home_is_gone.fill_null(False),
        is_double=is_double.fill_null(False),
        written=pl.coalesce("written", pl.when(c.out.is_null()).then("whole_written")),
        removed_who=pl.when(c.before_id.is_not_null()).then(removed_who),
        stays_home=(c.became == c.household_id).fill_null(False),
        came_by=pl.when(_came(villages)).then(entered),
        left_by=pl.when(_went(villages)).then(left),
    )


def _households(
    households: pl.DataFrame, persons: pl.DataFrame, villages: pl.DataFrame
) -> pl.DataFrame:
    """As `_persons`; a household whose members all left for good reasons has ended."""
    gone = (
        persons.group_by("before_id")
        .agg(
            is_explained=~c.left_by.filter(c.ref.is_null())
            .is_in([UNSTATED, OTHER, MERGED, "脱贫"])
            .any(),
            all_moved=(c.left_by.filter(c.ref.is_null()) == MOVED_OUT).all(),
            says_back=c.says_back.any(),
            removed_who=c.removed_who.first(),
            all_stay=c.stays_home.all(),
        )
        .drop_nulls("before_id")
    )
    came = (
        persons.group_by("household_id")
        .agg(
            home_came=c.home_came.first(),
            now_says_back=c.says_back.any(),
            all_stayed=c.stays_home.all(),
        )
        .drop_nulls("household_id")
    )
    holders = households.drop_nulls("before_id").select(
        household_id="before_id", number_was_of="before_head_name"
    )
    holders = holders.with_columns(had_number=pl.lit(True))
    households = households.join(holders, on="household_id", how="left", maintain_order="left")
    households = households.join(gone, on="before_id", how="left", maintain_order="left")
    households = households.join(came, on="household_id", how="left", maintain_order="left")
    moved = c.before_id.is_not_null() & c.household_id.is_not_null()
    entered = (
        pl.when(moved)
        .then(pl.coalesce("by_village", pl.lit(MOVED_IN)))
        .when(c.split_from.is_not_null())
        .then(pl.lit(SPLIT))
        .when("lacks_number")
        .then(pl.lit(UNSTATED))
        .otherwise(c.home_came.fill_null(NEW))
    )
    left = (
        pl.when(moved)
        .then(pl.coalesce("by_village", pl.lit(MOVED_OUT)))
        .when(c.whole.is_in(OF_HOUSEHOLDS))
        .then("whole")
        .when(c.merged_into.is_not_null())
        .then(pl.lit(MERGED))
        .when("lacks_number")
        .then(pl.lit(UNSTATED))
        .when(c.all_moved.fill_null(False))
        .then(pl.lit(MOVED_OUT))
        .when(c.is_explained.fill_null(False))
        .then(pl.lit(ENDED))
        .otherwise(c.whole.fill_null(UNSTATED))
    )
    households = households.with_columns(
        stays_home=pl.lit(True),
        came_by=pl.when(_came(villages)).then(entered),
        left_by=pl.when(_went(villages)).then(left),
    )
    left_from = households.filter(c.left_by.is_not_null())["before_village"].implode()
    households = households.with_columns(numbered_anew=_numbered_anew(households))
    return households.with_columns(
        says_back=pl.any_horizontal("says_back", "now_says_back").fill_null(False),
        is_whole=c.all_stay & c.all_stayed & ~c.village.is_in(left_from),
        takes_number=c.had_number.fill_null(False)
        & c.household_id.ne_missing(c.before_id)
        & ~c.numbered_anew,
    )


def _numbered_anew(households: pl.DataFrame) -> pl.Expr:
    """Whether a village has given its numbers anew: most of its households have other ones.

    Of whole numbers it must be one into which another village was merged. Of 1, 2, 3, which may be
    given anew each time, a few are enough: those behind a household that was put between.
    """
    own = households.filter(c.village == c.before_village).drop_nulls(["before_id", "household_id"])
    changed = own.group_by("village").agg(
        several=(c.before_id != c.household_id).sum(), share=(c.before_id != c.household_id).mean()
    )
    most, some = (
        c.village.is_in(changed.filter(which)["village"].implode())
        for which in (c.share > 0.5, (c.share > 0.5) | (c.several > _FEW_NUMBERS))
    )
    grown = c.village.is_in(households.filter(c.by_village.is_not_null())["village"].implode())
    return ((grown & most) | (is_serial(c.household_id) & some)).fill_null(False)
