"""Why somebody came or left: as 增减表 says, or as the two registers show by themselves."""

import polars as pl

from jiandang.movement.people import People
from jiandang.register.place import own_number

c = pl.col

# What nobody has given a reason for.
UNSTATED = "未注明"
NEW, SPLIT, MERGED = "新识别", "分户", "并户"
MOVED_IN, MOVED_OUT, ENDED, REMOVED = "迁入", "迁出", "自然销户", "清退"
INCREASES = ("新识别", "出生", "婚入", "迁入", "收养", "刑满释放", "退役", "补录", "分户", "返贫")
DECREASES = (
    "死亡", "婚出", "迁出", "判刑收监", "参军", "失联", "清退", "自然销户", "整户迁出", "并户",
    "脱贫",
)  # fmt: skip
# Reasons for a whole household; the head's stands for all of its members.
OF_HOUSEHOLDS = ("清退", "整户迁出", "自然销户")
OTHER = "其他"


def with_reasons(people: People, changes: pl.DataFrame) -> tuple[People, pl.DataFrame]:
    """The people with their reasons, and 增减表 with whom its rows are about.

    Persons and households get `came_by` and `left_by`, the reasons for which they are in their
    village now and no longer in that of before; null where they were there already, or still are.
    """
    persons = people.persons.with_row_index("person")
    changes = _declared(changes, persons)
    reasons = (
        changes.drop_nulls("person")
        .group_by("person")
        .agg(
            into=c.reason.filter(c.reason.is_in([*INCREASES, OTHER]) & ~c.is_decrease).first(),
            out=c.reason.filter(c.reason.is_in([*DECREASES, OTHER]) & c.is_decrease).first(),
            declared=c.reason.first(),
        )
    )
    persons = persons.join(reasons, on="person", how="left", maintain_order="left")
    households = _homes(people.households, persons)
    persons = _persons(persons, households, people.villages)
    households = _households(households, persons, people.villages)
    changes = _confirmed(changes, persons, people.villages)
    return People(persons, households, people.villages), changes


def _declared(changes: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """增减表 with `person`, whom each row is about: by number, else by household and name."""
    said = [c(name).cast(pl.String) for name in ("reason", "left_reason", "direction")]
    is_way = [text.is_in(["增加", "减少"]) for text in said]
    way = pl.coalesce(pl.when(is_one).then(text) for is_one, text in zip(is_way, said, strict=True))
    why = [pl.when(~is_one).then(text) for is_one, text in zip(is_way, said, strict=True)]
    unknown = pl.when(c.bad.str.contains(r"\|(left_)?reason\|")).then(pl.lit(OTHER))
    reason = pl.coalesce(unknown, *why)
    left = pl.when(c.left_reason.is_not_null()).then(pl.lit(True))
    changes = changes.with_columns(
        pl.coalesce("name", "head_name").alias("name"),
        reason=reason,
        is_decrease=pl.coalesce(way == "减少", left, reason.is_in(DECREASES), pl.lit(False)),
    )
    home = persons.select(
        "person", "name", "identity", "before_name", "before_identity",
        number=own_number(c.household_id), before_number=own_number(c.before_id),
    )  # fmt: skip
    ways = (
        (("identity",), ("identity",)),
        (("before_identity",), ("identity",)),
        (("before_number", "before_name"), ("number", "name")),
        (("number", "name"), ("number", "name")),
    )
    declared = changes.with_columns(number=own_number(c.household_id))
    found = []
    for own, theirs in ways:
        one = home.select("person", *own).drop_nulls().unique(own, keep="none")
        rows = declared.select("ref", *theirs).drop_nulls()
        found.append(
            rows.join(one, left_on=theirs, right_on=own, maintain_order="left").select(
                "ref", "person"
            )
        )
    first = pl.concat(found).unique("ref", keep="first", maintain_order=True)
    return changes.join(first, on="ref", how="left", maintain_order="left")


def _confirmed(
    changes: pl.DataFrame, persons: pl.DataFrame, villages: pl.DataFrame
) -> pl.DataFrame:
    """增减表 with whether the registers confirm each row (`is_found`), and of which village it is.

    `declared_at` is one for the rows of a village and reason, `place_now` the village's name.
    """
    known = persons.select(
        "person", "before_village", "came_by", "left_by", "before_poor", "poor", "stays_home",
        is_in="village", is_kept=c.ref.is_not_null() & c.before_ref.is_not_null(),
    )  # fmt: skip
    rows = changes.join(known, on="person", how="left", maintain_order="left")
    changed_home = c.is_kept & ~c.stays_home
    confirmed = (
        pl.when(c.reason == "脱贫")
        .then(c.is_kept & c.before_poor & ~c.poor)
        .when(c.reason == "返贫")
        .then(c.is_kept & ~c.before_poor & c.poor)
        .when(c.reason.is_in([SPLIT, MERGED]))
        .then(changed_home | c.left_by.is_not_null() | c.came_by.is_not_null())
        .when(c.is_decrease)
        .then(c.left_by.is_not_null())
        .otherwise(c.came_by.is_not_null())
    )
    at = pl.when(c.is_decrease).then("before_village").otherwise("is_in")
    rows = rows.with_columns(
        is_found=(confirmed & c.person.is_first_distinct()).fill_null(False),
        at=pl.coalesce(at, "before_village", "is_in", "village_key", pl.lit("")),
    )
    names = villages.select(at="village", place_now="name")
    rows = rows.join(names, on="at", how="left", maintain_order="left")
    return rows.with_columns(
        pl.coalesce("place_now", "village", pl.lit("")).alias("place_now"),
        declared_at=pl.concat_str("at", pl.lit("/"), c.reason.fill_null("")),
    ).drop(known.columns)


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
    whole = (
        persons.filter(c.out.is_in(OF_HOUSEHOLDS))
        .group_by("before_id")
        .agg(whole=c.out.first())
        .drop_nulls("before_id")
    )
    known = (
        households.join(split, on="household_id", how="left", maintain_order="left")
        .join(merged, on="before_id", how="left", maintain_order="left")
        .join(whole, on="before_id", how="left", maintain_order="left")
    )
    is_new, is_gone = c.before_id.is_null(), c.household_id.is_null()
    return known.with_columns(
        split_from=pl.when(is_new & (2 * c.moved >= c.size)).then("split_from"),
        merged_into=pl.when(is_gone & (2 * c.moved_away >= c.before_size)).then("merged_into"),
        whole=pl.when(is_gone).then("whole"),
    ).drop("moved", "moved_away")


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
    new = households.filter(c.before_id.is_null()).select(
        "household_id", home_is_new=c.split_from.is_null()
    )
    gone = households.filter(c.household_id.is_null()).select(
        "before_id", "whole", home_is_gone=pl.lit(True)
    )
    became = households.select("before_id", became="household_id").drop_nulls("before_id")
    for frame, key in ((new, "household_id"), (gone, "before_id"), (became, "before_id")):
        persons = persons.join(frame, on=key, how="left", maintain_order="left")
    moved = c.ref.is_not_null() & c.before_ref.is_not_null()
    identified = pl.when(c.home_is_new.fill_null(False)).then(pl.lit(NEW))
    entered = (
        pl.when(moved)
        .then(pl.lit(MOVED_IN))
        .otherwise(pl.coalesce("into", identified, pl.lit(UNSTATED)))
    )
    left = (
        pl.when(moved)
        .then(pl.lit(MOVED_OUT))
        .otherwise(pl.coalesce("out", "whole", pl.lit(UNSTATED)))
    )
    return persons.with_columns(
        c.home_is_new.fill_null(False),
        c.home_is_gone.fill_null(False),
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
            is_explained=(c.left_by.filter(c.ref.is_null()) != UNSTATED).all(),
            all_moved=(c.left_by.filter(c.ref.is_null()) == MOVED_OUT).all(),
            out_declared=c.declared.drop_nulls().first(),
            all_stay=c.stays_home.all(),
        )
        .drop_nulls("before_id")
    )
    came = (
        persons.group_by("household_id")
        .agg(
            all_moved_in=(c.came_by == MOVED_IN).all() & c.before_ref.is_null().all(),
            in_declared=c.declared.drop_nulls().first(),
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
        pl.when(moved | c.all_moved_in.fill_null(False))
        .then(pl.lit(MOVED_IN))
        .when(c.split_from.is_not_null())
        .then(pl.lit(SPLIT))
        .otherwise(pl.lit(NEW))
    )
    left = (
        pl.when(moved)
        .then(pl.lit(MOVED_OUT))
        .when(c.whole.is_not_null())
        .then("whole")
        .when(c.merged_into.is_not_null())
        .then(pl.lit(MERGED))
        .when(c.all_moved.fill_null(False))
        .then(pl.lit(MOVED_OUT))
        .when(c.is_explained.fill_null(False))
        .then(pl.lit(ENDED))
        .otherwise(pl.lit(UNSTATED))
    )
    households = households.with_columns(
        stays_home=pl.lit(True),
        came_by=pl.when(_came(villages)).then(entered),
        left_by=pl.when(_went(villages)).then(left),
    )
    left_from = households.filter(c.left_by.is_not_null())["before_village"].implode()
    return households.with_columns(
        declared=pl.coalesce("in_declared", "out_declared"),
        is_whole=c.all_stay & c.all_stayed & ~c.village.is_in(left_from),
        takes_number=c.had_number.fill_null(False) & c.household_id.ne_missing(c.before_id),
    )
