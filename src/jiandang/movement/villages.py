"""Villages that are others at the other date: called or coded anew, merged, or divided."""

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from jiandang.movement.elsewhere import ELSEWHERE, Tables
from jiandang.register.place import plain_village

c = pl.col

NO_VILLAGE = "（未注明村）"
JOINED, DIVIDED = "并村", "分村"
# Reasons of whoever is in another village only because the village is another.
OF_VILLAGES = (JOINED, DIVIDED)
# Whose share of a village is smaller has moved there by himself.
_LEAST_SHARE = 0.25
_PAIR = ("before_village", "village")


class Changed(NamedTuple):
    """`renamed` are keys of villages in the old register → in the new one.

    `moved` are the pairs of `before_village` and `village` between which people went with their
    village, with the reason (`by_village`).
    """

    renamed: dict[str, str]
    moved: pl.DataFrame


def same_by_name(before: pl.DataFrame, now: pl.DataFrame) -> dict[str, str]:
    """Keys of villages in the old register, by which the new one does not know them → its own.

    The frames are the `places` of either. A village without a code, or with another one, is known
    by its name in the town.
    """
    named = []
    for own, other in ((before, now), (now, before)):
        unknown = own.join(other, on="village_key", how="anti").with_columns(
            town=pl.coalesce("town", c.village_code12.str.slice(0, 9)),
            name=plain_village(c.village),
        )
        named.append(unknown.drop_nulls("name").filter(pl.struct("town", "name").is_unique()))
    found = named[0].join(named[1], on=["town", "name"], suffix="_now", nulls_equal=True)
    return dict(found.select("village_key", "village_key_now").iter_rows())


def places(tables: Tables) -> pl.DataFrame:
    """The villages of a register by key, with the names that its rows give them first."""
    rows = pl.concat(
        tables[name].select(
            c.village_key.fill_null(NO_VILLAGE), "village_code12", "county", "town", "village"
        )
        for name in ("household", "member")
    ).filter(c.village_key != ELSEWHERE)
    return rows.group_by("village_key", maintain_order=True).agg(
        c("village_code12", "county", "town", "village").drop_nulls().first(),
        called=plain_village(c.village).drop_nulls().unique(),
    )


def changed_villages(people: pl.DataFrame) -> Changed:
    """What became of villages that one register has alone, by where their people are.

    `people` have `before_village` and `village`, null where they are in one register only. Most of
    a village's people must be found at the other date. It is the same village where each is most
    of the other; else it was merged into those that have a good part of its people, or is a part
    of those from which they are.
    """
    known = people.select(
        pl.when(~c(name).is_in([NO_VILLAGE, ELSEWHERE])).then(name).alias(name) for name in _PAIR
    )
    sizes = {
        name: known.drop_nulls(name).group_by(name).agg(**{f"of_{name}": pl.len()})
        for name in _PAIR
    }
    pairs = known.drop_nulls().group_by(_PAIR).agg(both=pl.len())
    for name, other in (_PAIR, _PAIR[::-1]):
        pairs = pairs.join(sizes[name], on=name).with_columns(
            c.both.sum().over(name).alias(f"found_of_{name}"),
            (~c(name).is_in(known[other].drop_nulls().implode())).alias(f"alone_{name}"),
        )
    most = {name: 2 * c.both > c(f"of_{name}") for name in _PAIR}
    is_same = pl.all_horizontal(*(c(f"alone_{name}") for name in _PAIR), *most.values())
    renamed = pairs.filter(is_same).select(*_PAIR)
    # Of one that the other register does not have most are found, and these are a part of them.
    part = {
        name: c(f"alone_{name}")
        & ~c(name).is_in(renamed[name].implode())
        & (2 * c(f"found_of_{name}") > c(f"of_{name}"))
        & (c.both >= _LEAST_SHARE * c(f"found_of_{name}"))
        for name in _PAIR
    }
    moved = pairs.filter(~is_same).with_columns(
        by_village=pl.when(part["village"] & (~part["before_village"] | most["village"]))
        .then(pl.lit(DIVIDED))
        .when(part["before_village"])
        .then(pl.lit(JOINED))
    )
    named = dict(renamed.iter_rows())
    moved = moved.drop_nulls("by_village").select(
        c.before_village.replace(named), "village", "by_village"
    )
    return Changed(named, moved.filter(c.before_village != c.village).sort(_PAIR))


def remarks_of(
    persons: pl.DataFrame,
    households: pl.DataFrame,
    villages: pl.DataFrame,
    public: Callable[[str | None], str | None],
) -> list[str]:
    """A line for each village that has another name, was merged or divided.

    The frames are those of `People`, with reasons; `public` makes a name fit to be shown.
    """
    renamed = villages.drop_nulls("was_called").select("was_called", "name")
    remarks = [
        f"{public(old)}本次叫{public(new)}，按同一个村比较" for old, new in renamed.iter_rows()
    ]
    pair = [*_PAIR, "by_village"]
    counts = [
        frame.filter(pl.any_horizontal(c(way) == c.by_village for way in ("came_by", "left_by")))
        .group_by(pair)
        .agg(pl.len().alias(count))
        for frame, count in ((households, "homes"), (persons, "persons"))
    ]
    moved = counts[0].join(counts[1], on=pair, how="full", coalesce=True).sort(pair)
    names = dict(villages.select("village", pl.coalesce("name", "village")).iter_rows())
    for before, now, why, homes, people in moved.iter_rows():
        old, new = public(names[before]), public(names[now])
        what = f"{old}并入{new}" if why == JOINED else f"{new}从{old}划出"
        remarks.append(f"{what}：{homes or 0} 户 {people or 0} 人，记作“{why}”，不算迁出迁入")
    return remarks
