"""The rows of lists that are of people in a register, as tables beside the register's own.

Each kind of list becomes a table with the columns of its model and, for each row, whom it is of:
`person` (the reference of the member's row), `household_id`, `match_grade`, `how` in words, and
which list says so (`list`, `said`). The table MATCHES has these for all kinds together. Members
get for each kind the lists' names, and whether any of them says that it covers their village.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.matching.grades import ENTRY, Matches, matched
from jiandang.matching.keys import (
    Hashes,
    Keys,
    are_among,
    hash_of,
    hashed_numbers,
    name_key,
    number_keys,
)
from jiandang.register.lists.kinds import FOUND, IN_HUKOU, LIST_COLUMNS, LISTS
from jiandang.register.lists.read import ListRead
from jiandang.register.place import plain_village
from jiandang.register.register import MATCHES, Register
from jiandang.register.resident_id_columns import has_right_check_expr

c = pl.col

_OF_FAMILY = "同村，姓名写在干部的家庭成员里"
_NAMED = "同村同名，没有号码可对"
# Where else than in 证件号码 the register has a person's number.
_HEAD_ID, _CARD = "农户表的户主证件号码", "残疾证号"


@dataclass(frozen=True)
class ListCounts:
    """How many people of the register were found in a list, by how sure it is.

    `rows` of the list are theirs, in so many `households`.
    """

    rows: int = 0
    households: int = 0
    matched: int = 0
    near: int = 0
    namesakes: int = 0
    ambiguous: int = 0


def sum_of(parts: Iterable[ListCounts]) -> ListCounts:
    """What was found in all parts of a run."""
    each = map(astuple, parts)
    return ListCounts(*map(sum, zip(*each, strict=True)))


def member_numbers(tables: Iterable[pl.DataFrame]) -> Hashes:
    """The hashed numbers of the members in rows of a register; columns as in its sheets."""
    name = "member.id_number"
    return hashed_numbers(frame[name] for frame in tables if name in frame.columns)


def keys_of(tables: Iterable[pl.DataFrame]) -> Keys:
    """What the people in rows of a register are told by; columns as in the tables' sheets."""
    persons, accounts = [], []
    for frame in tables:
        for name, number in (("name", "id_number"), ("head_name", "head_id")):
            own = {n.split(".")[-1]: n for n in frame.columns}
            given = [
                (c(own[n]) if n in own else pl.lit(None, pl.String)).alias(as_)
                for n, as_ in ((name, "name"), (number, "id_number"))
            ]
            village = pl.col(own["village"]) if "village" in own else pl.lit(None, pl.String)
            if {name, number} & own.keys():
                persons.append(frame.select(*given, village=village))
            if (card := own.get("disability_card")) and name in own:
                cards = frame.drop_nulls(card)
                persons.append(cards.select(given[0], id_number=card, village=village))
            if "account" in own:
                accounts.append(frame[own["account"]])
    schema = dict.fromkeys(("name", "id_number", "village"), pl.String)
    together = pl.concat([pl.DataFrame(schema=schema), *persons])
    return Keys.of(together, pl.concat([pl.Series([], dtype=pl.String), *accounts]))


def with_lists(frames: Frames, lists: Iterable[ListRead]) -> tuple[Frames, list[ListCounts]]:
    """The frames with the tables of these lists, and what was found in each of them.

    Of the lists themselves the register gets all but their rows.
    """
    lists = [*lists]
    register, people = frames.register, _people(frames)
    entries = _entries(lists, frames.plan.policy.reference_date)
    together = pl.concat([pl.DataFrame(schema=ENTRY), *(own.select(*ENTRY) for own in entries)])
    matches = matched(pl.concat([people, _by_other_numbers(frames, people)]), together)
    cadres = (own for each, own in zip(lists, entries, strict=True) if each.table == "cadre_list")
    pairs = pl.concat(
        [
            matches.pairs,
            *(_cadres(own, people, matches.pairs) for own in cadres),
            *_with_cadres(lists, entries, people, matches.pairs),
        ]
    )
    who = people.select("household_id", "person_name", "own_number", person="ref")
    found = pairs.drop("list").rename({"ref": "person"}).join(who, on="person")
    usable = [each for each in lists if each.is_usable]
    of_kind = {
        table: _rows(table, _of_kind(table, lists, entries), found, register)
        for table in dict.fromkeys(each.table for each in usable)
    }
    if of_kind:
        of_all = [frame.select(*FOUND, "name") for frame in of_kind.values()]
        of_kind[MATCHES] = pl.concat(of_all)
    unsure = _unsure(lists, matches)
    member = register.tables["member"].with_columns(*_said_of(usable), *unsure)
    of_register = {**register.tables, "member": member, **of_kind}
    of_lists = [replace(each, frame=pl.DataFrame()) for each in lists]
    register = replace(register, tables=of_register, lists=of_lists)
    counts = _counts(lists, people, matches)
    return frames.beside(register, plan_for(frames.plan.policy, register)), counts


def _people(frames: Frames) -> pl.DataFrame:
    """The members, by all that a list may tell them by."""
    frames.ensure(("member", name) for name in ("known_sex", "born", "years"))
    member = frames["member"]
    number = number_keys(member["id_number"]).alias("number")
    return member.select(
        "ref",
        "household_id",
        number,
        number.alias("own_number"),
        "village",
        "born",
        "years",
        own_county="county",
        own_town="town",
        person_name="name",
        name_key=name_key(c.name),
        sex=c.known_sex.cast(pl.String),
        region=pl.coalesce(c.village_code12, number).str.slice(0, 6),
        by=pl.lit(None, pl.String),
    )


def _by_other_numbers(frames: Frames, people: pl.DataFrame) -> pl.DataFrame:
    """Those of the people who have another number elsewhere in the register, with that."""
    homes = frames["household"].select("household_id", "head_id", head_key=name_key(c.head_name))
    homes = homes.with_columns(number_keys(homes["head_id"]).alias("other"))
    members = people.join(frames["member"].select("ref", "relation", "disability_card"), on="ref")
    is_head = (c.relation == "户主") | (c.name_key == c.head_key)
    heads = members.join(homes.drop_nulls("other"), on="household_id").filter(is_head)
    cards = members.drop_nulls("disability_card")
    cards = cards.with_columns(number_keys(cards["disability_card"]).alias("other"))
    found = [
        own.filter(~c.other.eq_missing(c.number), c.other.is_not_null())
        .with_columns(number=c.other, by=pl.lit(by))
        .select(people.columns)
        for own, by in ((heads, _HEAD_ID), (cards, _CARD))
    ]
    return pl.concat(found).unique(["ref", "number"], keep="first", maintain_order=True)


def _entries(lists: Sequence[ListRead], today: date) -> list[pl.DataFrame]:
    """The rows of each list, numbered through all of them; today is when people have their age."""
    entries, behind = [], 0
    for number, each in enumerate(lists):
        counties = {code[:6] for code in each.covers}
        county = counties.pop() if len(counties) == 1 else None
        own = each.frame.with_columns(
            sex=c.sex.cast(pl.String),
            former_key=name_key(c.former_name),
            list=pl.lit(number, pl.UInt32),
            list_name=pl.lit(each.name),
            said=pl.lit(each.said),
            county=pl.lit(county, pl.String),
            aged_on=_aged_on(each),
        ).with_columns(years_ago=today.year - c.aged_on.dt.year().cast(pl.Int64))
        entries.append(own.with_row_index("entry", offset=behind))
        behind += own.height
    return entries


def _aged_on(each: ListRead) -> pl.Expr:
    """When people were as old as a list says: on the day of a row, or of the list."""
    day = pl.coalesce(*LISTS[each.table].aged_on, pl.lit(each.day, pl.String))
    # Of a month, or a year, its middle.
    whole = pl.concat_str(day, pl.lit("-07-01").str.slice(day.str.len_chars() - 4))
    return whole.str.to_date("%Y-%m-%d", strict=False)


def _unsure(lists: Sequence[ListRead], matches: Matches) -> Iterator[pl.Expr]:
    """For each kind whether a list of it may have the member, for all that can be told."""
    for table in LISTS:
        numbers = [number for number, each in enumerate(lists) if each.table == table]
        of_kind = matches.unsure.filter(c.list.is_in(numbers))
        yield c.ref.is_in(of_kind["ref"].implode()).alias(f"{table}_unsure")


def _counts(lists: Sequence[ListRead], people: pl.DataFrame, matches: Matches) -> list[ListCounts]:
    """How many people were found in each list."""
    known = people.select("ref", "household_id", name=hash_of(c.name_key))
    found = matches.pairs.join(known, on="ref")
    counted = found.group_by("list").agg(
        c.entry.n_unique(),
        c.household_id.n_unique(),
        c.ref.filter(c.match_grade.is_in(["A", "B"])).n_unique().alias("matched"),
        c.ref.filter(c.match_grade == "C").n_unique().alias("near"),
    )
    of_list = {number: counts for number, *counts in counted.rows()}
    of_name = known["name"].drop_nulls().value_counts().sort("name")
    names, times = of_name["name"].to_numpy(), of_name["count"].to_numpy()
    of_matched = found.unique(["list", "ref"]).drop_nulls("name").partition_by("list", as_dict=True)
    counts = []
    for number, each in enumerate(lists):
        is_listed = are_among(names, each.names)
        namesakes = times[is_listed].sum()
        if (number,) in of_matched:
            own = np.searchsorted(names, of_matched[number,]["name"].to_numpy())
            namesakes -= is_listed[own].sum()
        rows, households, sure, near = of_list.get(number, (0, 0, 0, 0))
        ambiguous = matches.ambiguous.get(number, 0)
        counts.append(ListCounts(rows, households, sure, near, int(namesakes), ambiguous))
    return counts


def _of_kind(
    table: str, lists: Sequence[ListRead], entries: Sequence[pl.DataFrame]
) -> pl.DataFrame:
    """The rows of all lists of a kind that are of use."""
    given = zip(lists, entries, strict=True)
    own = (rows for each, rows in given if each.table == table and each.is_usable)
    return pl.concat([pl.DataFrame(schema={"home_size": pl.Int64}), *own], how="diagonal")


def _cadres(entries: pl.DataFrame, people: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Who else may be a cadre of a list, or is of a cadre's family."""
    left = people.join(pairs.join(entries, on="list", how="semi"), on="ref", how="anti")
    found = pl.concat([_in_one_village(left, entries), _families(people, entries)])
    return found.join(entries.select("entry", "list"), on="entry").select(pairs.columns)


def _with_cadres(
    lists: Sequence[ListRead],
    entries: Sequence[pl.DataFrame],
    people: pl.DataFrame,
    pairs: pl.DataFrame,
) -> Iterator[pl.DataFrame]:
    """Who is in one hukou with a cadre of the same surname, by a list of hukou."""
    both = [*zip(lists, entries, strict=True)]
    hukou = [own.select("entry", "said", "kin") for _, own in both if "kin" in own.columns]
    if not hukou:
        return
    sure = pairs.filter(c.match_grade.is_in(["A", "B"])).select("ref", "entry")
    kin = sure.join(pl.concat(hukou), on="entry").select("ref", "said", "kin").explode("kin")
    kin = kin.join(people.select("ref", "own_number"), on="ref")
    for each, own in both:
        if each.table == "cadre_list":
            cadres = own.select("list", "entry", "number", kin=hash_of(c.number))
            found = kin.join(cadres, on="kin").filter(c.number != c.own_number)
            how = pl.format("{}名单里同一户口、同姓", c.said)
            found = found.select(*pairs.columns[:3], match_grade=pl.lit(IN_HUKOU), how=how)
            yield found.unique(["ref", "entry"], maintain_order=True)


def _rows(
    table: str, entries: pl.DataFrame, found: pl.DataFrame, register: Register
) -> pl.DataFrame:
    """The rows of a kind of list that are of people in the register."""
    rows = found.join(entries, on="entry").with_columns(
        # Where either says no name nobody can tell that it is another.
        has_other_name=(c.match_grade == "B") & c.name.is_not_null() & c.person_name.is_not_null(),
        is_slip=_is_slip(),
    )
    if table == "account_list":
        rows = pl.concat([rows, _by_account(entries, register)], how="diagonal")
    rows = rows.sort("list", "person", "row").with_columns(list="list_name")
    return rows.select(*FOUND, *LIST_COLUMNS[table])


def _is_slip() -> pl.Expr:
    """Whether only the list's number has the right check character, of two that nearly agree."""
    wrong, right = ~has_right_check_expr(c.own_number), has_right_check_expr(c.number)
    return ((c.match_grade == "C") & wrong & right).fill_null(False)


def _in_one_village(people: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Who shares name and village with one row without a number, as nobody else does."""
    without = entries.filter(c.number.is_null() & c.begins.is_null())
    key = pl.concat_str("name_key", plain_village(c.village), separator="/")
    own = people.with_columns(key=key).filter(c.key.is_unique())
    listed = without.with_columns(key=key).filter(c.key.is_unique())
    pairs = own.join(listed, on="key", how="inner")
    return pairs.select("ref", "entry", match_grade=pl.lit("-"), how=pl.lit(_NAMED))


def _families(people: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Who is named as of the family of a cadre of the same village, as nobody else is."""
    named = entries.with_columns(name_key=c.family.str.split("、")).explode("name_key")
    key = pl.concat_str(name_key(c.name_key), plain_village(c.village), separator="/")
    own = people.with_columns(key=key).filter(c.key.is_unique())
    pairs = own.join(named.with_columns(key=key).filter(c.key.is_unique()), on="key", how="inner")
    return pairs.select("ref", "entry", match_grade=pl.lit("亲属"), how=pl.lit(_OF_FAMILY))


def _by_account(entries: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows of the accounts that households have, of whomever they are."""
    homes = register.tables["household"].select("household_id", "account").drop_nulls()
    rows = entries.join(homes.unique("account", keep="none"), on="account", how="inner")
    return rows.with_columns(match_grade=pl.lit("账号"), how=pl.lit("账号相同"))


def _said_of(lists: Sequence[ListRead]) -> list[pl.Expr]:
    """For each kind which lists there are, and whether one of them covers the member's village."""
    kinds: dict[str, list[ListRead]] = {name: [] for name in LISTS}
    for each in lists:
        kinds[each.table].append(each)
    columns = []
    for table, own in kinds.items():
        places = [place for each in own for place in each.covers]
        covers = [c.village_code12.str.starts_with(place) for place in places]
        covered = pl.any_horizontal(*covers) if covers else pl.lit(False)
        names = "、".join(each.said for each in own)
        columns += [
            covered.fill_null(False).alias(f"{table}_covers"),
            pl.lit(names).alias(f"{table}_names"),
            pl.lit(next((each.name for each in own), "")).alias(f"{table}_list"),
        ]
    return columns
