"""The persons and households of two registers in one frame each, a row for whoever is in either."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from jiandang.movement.elsewhere import Tables
from jiandang.movement.matching import Side, match
from jiandang.movement.villages import NO_VILLAGE, changed_villages, places, same_by_name
from jiandang.register.resident_id_columns import upgrade_expr

c = pl.col

_OUT_OF_POVERTY = "已脱贫"


class People(NamedTuple):
    """Whoever is in one of two registers, or in both.

    `persons` have `before_ref` and `ref`, of which one is null where he or she is in one register
    only; `households` have `before_id` and `household_id` in the same way. Both have the household,
    the village (`village`, `before_village`) and whether they are below the line (`poor`,
    `before_poor`) at either date; households what their 脱贫属性 says (`status`). Who is in another
    village because the village itself is another has the reason in `by_village`. `villages` are
    all villages, with the names of their places, what each was called (`was_called`) and whether
    it is in either register (`is_before`, `is_now`).
    """

    persons: pl.DataFrame
    households: pl.DataFrame
    villages: pl.DataFrame


def people_of(before: Tables, now: Tables) -> People:
    """The people of two registers, whose members have `identity` and `born`, matched."""
    were, are = places(before), places(now)
    named = same_by_name(were, are)
    old, new = _with_villages(before, named), _with_villages(now, {})
    if lacks_members(before) or lacks_members(now):
        old, new = ((persons.clear(), homes) for persons, homes in (old, new))
    matched = match(_side(*old), _side(*new))
    persons = _both(matched.persons, old[0], new[0], "ref")
    persons = persons.with_columns(
        # Whose household has no number is as poor as at the other date: nobody says more.
        poor=pl.when(c.household_id.is_null()).then("before_poor").otherwise("poor"),
        before_poor=pl.when(c.before_household_id.is_null()).then("poor").otherwise("before_poor"),
    ).with_columns(
        poor=pl.when(c.ref.is_not_null()).then(c.poor.fill_null(True)),
        before_poor=pl.when(c.before_ref.is_not_null()).then(c.before_poor.fill_null(True)),
    )
    pairs = matched.households.rename({"before_id": "before_household_id"})
    households = _both(pairs, old[1], new[1], "household_id")
    changed = changed_villages(households if persons.is_empty() else persons)
    persons, households = (
        frame.with_columns(c.before_village.replace(changed.renamed))
        .join(changed.moved, on=["before_village", "village"], how="left", maintain_order="left")
        .rename({"before_household_id": "before_id"})
        for frame in (persons, households)
    )
    named = {key: changed.renamed.get(other, other) for key, other in named.items()}
    villages = _villages(were, are, changed.renamed | named, persons, households)
    return People(persons, households, villages)


def lacks_members(tables: Tables) -> bool:
    """Whether a register has households alone: then persons cannot be compared."""
    return tables["member"].is_empty() and not tables["household"].is_empty()


def _both(pairs: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows of the pairs, then who is in the old register alone, then in the new one."""
    old = old.rename({name: f"before_{name}" for name in old.columns})
    with_old = old.join(pairs, on=f"before_{key}", how="left", maintain_order="left")
    kept = with_old.join(new, on=key, how="left", maintain_order="left")
    came = new.join(pairs, on=key, how="anti", maintain_order="left")
    return pl.concat([kept, came], how="diagonal")


def _with_villages(tables: Tables, named: Mapping[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The persons and the households of a register, each household once."""
    village = c.village_key.replace(named) if named else c.village_key
    place = {"village": village.fill_null(NO_VILLAGE)}
    status = pl.coalesce(c.status.cast(pl.String), pl.lit(""))
    members = tables["member"].with_columns(**place)
    own = tables["household"].filter(c.household_id.is_not_null())
    own = own.unique("household_id", keep="first", maintain_order=True)
    own = own.select(
        "household_id", "head_name", "head_id", "ref", **place,
        poor=status != _OUT_OF_POVERTY, status=status,
    )  # fmt: skip
    numbered = members.filter(c.household_id.is_not_null())
    homes = numbered.group_by("household_id", maintain_order=True).agg(
        size=pl.len(), of_member=c.village.first(), first_ref=c.ref.first(),
        head=c.name.filter((c.relation == "户主").fill_null(False)).first(),
        number=c.identity.filter((c.relation == "户主").fill_null(False)).first(),
    )  # fmt: skip
    households = own.join(
        homes, on="household_id", how="full", coalesce=True, maintain_order="left_right"
    ).select(
        "household_id",
        pl.coalesce("head_name", "head").alias("head_name"),
        pl.coalesce(upgrade_expr(c.head_id), "head_id", "number").alias("head_id"),
        pl.coalesce("ref", "first_ref").alias("ref"),
        pl.coalesce("village", "of_member").alias("village"),
        "status",
        c.poor.fill_null(True),
        c.size.fill_null(0),
    )
    poor = households.select("household_id", "poor")
    persons = members.join(poor, on="household_id", how="left", maintain_order="left").select(
        "ref", "household_id", "person_id", "name", "identity", "born", "birth_date", "village",
        c.relation.cast(pl.String),
        pl.coalesce(c.village_code12.str.slice(0, 9), c.town, pl.lit("")).alias("town"),
        c.poor.fill_null(True),
    )  # fmt: skip
    return persons, households


def _side(persons: pl.DataFrame, households: pl.DataFrame) -> Side:
    return Side(persons, households.select("household_id", "head_name", "head_id", "size"))


def _villages(
    were: pl.DataFrame,
    are: pl.DataFrame,
    named: Mapping[str, str],
    persons: pl.DataFrame,
    households: pl.DataFrame,
) -> pl.DataFrame:
    """All villages in the order of their codes, with their names: the `places` of both dates.

    One most of whose people are in other villages at the other date was merged into these, or is a
    part of them: it was handed in with them.
    """
    old = were.with_columns(c.village_key.replace(named))
    old = old.unique("village_key", keep="first", maintain_order=True)
    both = old.join(are, on="village_key", suffix="_now").drop_nulls(["village", "village_now"])
    has_other_name = c.called.list.set_intersection("called_now").list.len() == 0
    was_called = both.filter(has_other_name).select("village_key", was_called="village")
    known = pl.concat([are, old]).unique("village_key", keep="first", maintain_order=True)

    people = households if persons.is_empty() else persons

    def there(village: str, at_other_date: str) -> pl.Expr:
        keys = pl.concat([frame[village] for frame in (persons, households)]).drop_nulls().unique()
        own = people.drop_nulls(at_other_date).group_by(at_other_date)
        followed = own.agg(is_found=2 * c(village).count() > pl.len()).filter("is_found")
        with_them = followed[at_other_date].implode()
        return c.village_key.is_in(keys.implode()) | c.village_key.is_in(with_them)

    return (
        known.with_columns(
            is_before=there("before_village", "village"),
            is_now=there("village", "before_village"),
        )
        .join(was_called, on="village_key", how="left", maintain_order="left")
        .drop("called")
        .rename({"village": "name", "village_key": "village", "village_code12": "code"})
        .sort("village")
    )
