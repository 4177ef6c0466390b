"""The passes in which lists' rows find their people; whoever is matched leaves.

Several lists are matched at once, each by itself: who is matched in one has left that one alone.
A: number and name are equal. B: the number alone. C: the number, and what is shown of a
name with hidden or lost characters; or the name, in the same county, and all but a slip of the
number, or what stands in for it; and the only one such on both sides. A clerk must be
able to repeat a match by eye, so there are no probabilities.
"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from jiandang.matching.keys import (
    LEAST_SHOWN,
    LOST_CHARACTER,
    is_lost,
    is_masked,
    is_owner,
    may_be_name,
    parts_alone,
    parts_with_name,
    shows_enough,
)
from jiandang.register.place import TOWN_SUFFIX, is_in_village, plain_village
from jiandang.register.region_codes import county_codes
from jiandang.register.text import simplified_expr

c = pl.col

SAME = "有同号同名的记录"
_HIDDEN = "号码相同、姓名“{}”相符，可能是同一人"
_MASKED = "姓名相同、公示的号码相符，可能是同一人"
_BIRTH = "姓名、出生日期和性别相同，可能是同一人"
_PLACE = "姓名、性别、年龄和村相同，可能是同一人"
# How old a list says that people were may be a year more or less than by the register.
_YEARS = 1
# What is asked of a list's row.
ENTRY = {
    "list": pl.UInt32,
    "county": pl.String,
    "entry": pl.UInt32,
    "row": pl.Int64,
    "taken": pl.Int32,
    "age": pl.Int64,
    "aged_on": pl.Date,
    "years_ago": pl.Int64,
    **dict.fromkeys(
        (
            "number", "name", "name_key", "former_key", "begins", "ends", "id_number",
            "birth_date", "sex", "village", "address", "owners",
        ),
        pl.String,
    ),
}  # fmt: skip

# The register's column of a place, what names it in an address, and what may be left away.
_COUNTY = (
    "own_county",
    "^(?:[^省]{2,3}省)?(?:[^市县区镇乡村]{2,4}市)?([^县区市镇乡村]{1,6}[县区])",
    "[县市区]$",
)
_TOWN = ("own_town", "(?:^|[省市县区])([^省市县区镇乡村]{1,6}(?:镇|乡|街道))", TOWN_SUFFIX)
_NO_COUNTY = "[社小园库矿景新]区$|开发区$"

_PAIR = {
    "list": pl.UInt32, "ref": pl.Int64, "entry": pl.UInt32, "match_grade": pl.String,
    "how": pl.String,
}  # fmt: skip
_SEVERAL = {"list": pl.UInt32, "ref": pl.Int64, "person": pl.String}


@dataclass(frozen=True)
class Matches:
    """Which people (`ref`) are which rows of a `list` (`entry`), by what grade, and `how` in words.

    `ambiguous` counts for a list the people for whom it has several candidates, or whose one
    candidate is another's too, shows a part of name and number alone, or has a number that differs
    by a digit and is of another county. `unsure` are the people
    (`ref`) of whom nobody can say that a `list` has them not: these, and those whose name it has in
    their village, or without a number.
    """

    pairs: pl.DataFrame
    ambiguous: dict[int, int]
    unsure: pl.DataFrame


def matched(people: pl.DataFrame, entries: pl.DataFrame) -> Matches:
    """Match people with the rows of lists.

    People have `ref`, `number`, `name_key`, `sex`, `born`, `years`, `village`, `region`, and the
    names `own_county` and `own_town`; whoever has another number elsewhere in the register has a
    row more with that, and `by` what number it is, with `own_number` the same in all. Lists' rows
    have the columns of ENTRY. Rows of all lists are told apart by `entry`; `county` are the first
    six digits of where all of their list are from, if it says so. `aged_on` is when somebody had
    the `age`, `years_ago` so many years before people have their `years`; null for the same day.
    """
    # Of whose number somebody in the run has, nothing but the number is compared: in a part of the
    # run most of these rows are of people elsewhere.
    is_here = c.number.is_in(people["number"].unique().implode())
    entries = entries.filter((c.taken == 0) | is_here)
    entries = entries.with_columns(
        # Whoever stands in several rows, with several cars, is one person.
        pl.concat_str(
            c.number.fill_null(""),
            c.begins.fill_null("") + c.ends.fill_null(""),
            c.name_key.fill_null(""),
            c.birth_date.fill_null(""),
            pl.when(c.number.is_null()).then(c.row.cast(pl.String)).otherwise(pl.lit("")),
            separator="|",
        ).alias("who")
    )
    people = people.with_columns(
        pl.concat_str(
            pl.coalesce(c.own_number, c.ref.cast(pl.String)),
            c.name_key.fill_null(""),
            separator="|",
        ).alias("person")
    )
    same, same_several = _same_number(people, entries)
    left = entries.filter(c.taken == 0).join(same, on="entry", how="anti")
    near, near_several = _alike(people, left, same)
    pairs = pl.concat([same, near])
    left = left.join(near, on="entry", how="anti")
    masked = _masked(people, left, pairs)
    several = [each.select("list", "ref") for each in (same_several, near_several, masked)]
    unsure = pl.concat([*several, _may_be(people, left)]).unique()
    return Matches(
        pairs,
        dict(_counted(same_several) + _counted(near_several) + _counted(masked)),
        unsure.join(pairs, on=["list", "ref"], how="anti"),
    )


def _counted(several: pl.DataFrame) -> Counter[int]:
    """Of how many people each list has several candidates."""
    return Counter(dict(several.group_by("list").agg(c.person.n_unique()).rows()))


def _masked(people: pl.DataFrame, left: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Who is not found, and may be in a row that shows a part alone of name and number."""
    rows = left.filter(c.begins.is_not_null()).filter(is_masked())
    found = [pl.DataFrame(schema=_SEVERAL)]
    sizes = [c.begins.str.len_chars().alias("head"), c.ends.fill_null("").str.len_chars()]
    for (head, tail), own in rows.group_by(sizes, maintain_order=True):
        if head + tail < LEAST_SHOWN:
            continue
        key = pl.concat_str("begins", c.ends.fill_null(""))
        number = pl.concat_str(c.number.str.head(head), c.number.str.tail(tail))
        listed = own.select("list", "name_key", key=key).unique()
        both = people.with_columns(key=number).join(listed, on="key", suffix="_listed")
        both = both.with_columns(agrees=_may_be_name(both)).filter("agrees")
        found.append(both.select(*_SEVERAL))
    together = pl.concat(found).unique(maintain_order=True)
    return together.join(pairs, on=["list", "ref"], how="anti")


def _may_be(people: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """Who may be in one of the rows that are left over, of which too little is said, or wrongly."""
    has_no_place = c.village.is_null() & c.address.is_null()
    # A number of which hardly anything is shown tells little more than none.
    is_blank = has_no_place & c.number.is_null() & ~shows_enough().fill_null(False)
    # Of nearly all rows the number says enough: these are not even joined.
    placed = _namesakes(people, left.filter(~has_no_place), "village", "address")
    blank = _namesakes(people, left.filter(is_blank), "sex", "birth_date", "begins", "ends")
    born = c.birth_date.str.to_date("%Y-%m-%d", strict=False)
    other = (c.sex != c.sex_listed).fill_null(False) | (c.born != born).fill_null(False)
    other |= ~_is_shown().fill_null(True)
    found = [(placed, _same_village()), (blank, ~other)]
    # Mostly there is nobody, and to look for places in no row takes as long as in a thousand.
    found_rows = [rows.filter(is_theirs) if rows.height else rows for rows, is_theirs in found]
    return pl.concat(each.select("list", "ref") for each in found_rows)


def _namesakes(people: pl.DataFrame, rows: pl.DataFrame, *said: str) -> pl.DataFrame:
    """The people of whom rows have the name, with what these say else."""
    rows = rows.select("list", "name_key", *said).unique()
    return people.join(rows, on="name_key", how="inner", suffix="_listed")


def _same_number(people: pl.DataFrame, entries: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Grades A and B, and C of whose name is not all shown; and who has several candidates."""
    both = people.join(entries, on="number", how="inner", suffix="_listed")
    pairs = both.with_columns(is_same=_same_name())
    first = pairs.filter("is_same")
    # Of two numbers of one person one is wrong: that of another name tells nothing.
    others = pairs.filter(~c.is_same & (c.taken < 2) & c.by.is_null())
    for side in ("ref", "who"):
        others = others.join(first, on=["list", side], how="anti")
    both, several = _one_to_one(others)
    may_be_theirs = _may_be_name(both)
    how = pl.coalesce(
        pl.format("有同号的记录，姓名是“{}”", c.name), pl.lit("有同号的记录，没有写姓名")
    )
    return pl.concat(
        [
            _pairs(first, "A", pl.lit(SAME)),
            _pairs(both.filter(~may_be_theirs), "B", how),
            _pairs(both.filter(may_be_theirs), "C", pl.format(_HIDDEN, c.name)),
        ]
    ), several


def _may_be_name(pairs: pl.DataFrame) -> pl.Series:
    """Whether the names agree in all that both of them show."""
    names = pairs.select("name_key", "name_key_listed").iter_rows()
    agrees = (
        bool(own and listed) and (may_be_name(listed, own) or may_be_name(own, listed))
        for own, listed in names
    )
    return pl.Series(list(agrees), dtype=pl.Boolean)


def _same_name() -> pl.Expr:
    """Whether the names are equal; of several owners in one cell whether one of them is.

    Their numbers may stand in another order than their names.
    """
    names = (c.name_key == c.name_key_listed, c.name_key == c.former_key, is_owner())
    return pl.any_horizontal(name.fill_null(False) for name in names)


def _alike(
    people: pl.DataFrame, entries: pl.DataFrame, same: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Grade C of whoever is not the `same`, and who has several candidates or shares one."""
    if entries.is_empty() or people.is_empty():
        return pl.DataFrame(schema=_PAIR), pl.DataFrame(schema=_SEVERAL)
    if not entries.select(is_lost().any()).item():
        known = entries["name_key"].unique().implode()
        people = people.filter(c.name_key.is_in(known) | is_lost())
    slips = _by_slip(people, entries)
    is_open = _are_of_two_counties() if slips.height else pl.lit(False)
    found = [slips.filter(~is_open), _by_name(people, entries)]
    pairs = pl.concat(found, how="diagonal")
    pairs = pairs.unique(["ref", "entry"], keep="first", maintain_order=True)
    one, several = _one_to_one(pairs.join(same, on=["list", "ref"], how="anti"))
    unknown = slips.filter(is_open).join(same, on=["list", "ref"], how="anti")
    return _pairs(one, "C", c.how), pl.concat([several, unknown.select(*_SEVERAL)])


def _by_slip(people: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one name whose numbers differ by one character, or by two that changed places.

    A character of a name that was lost may be any.
    """
    lost, lost_entries = people.filter(is_lost()), entries.filter(is_lost())
    found = [_joined(people, entries, part) for part in parts_with_name()]
    for part in parts_alone() if len(lost) or len(lost_entries) else ():
        found.append(_joined(lost, entries, part).filter(_fits()))
        found.append(_joined(people, lost_entries, part).filter(_fits()))
    pairs = pl.concat(found).unique(["ref", "entry", "by"], maintain_order=True)
    pairs = pairs.filter(_same_county())
    # There are few, for which Polars would make a hundred steps.
    how = [_slip(*pair) for pair in pairs.select("number", "number_listed").iter_rows()]
    return pairs.with_columns(pl.Series("how", how, dtype=pl.String)).drop_nulls("how")


def _are_of_two_counties() -> pl.Expr:
    """Whether the numbers of a pair are of two counties, and nothing else says that it is one."""
    codes = list(county_codes())
    own, listed = c.number.str.slice(0, 6), c.number_listed.str.slice(0, 6)
    are_counties = (own != listed) & own.is_in(codes) & listed.is_in(codes)
    return are_counties & ~((c.region == c.county) | _same_village()).fill_null(False)


def _joined(people: pl.DataFrame, entries: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    own, listed = people.with_columns(key=key), entries.with_columns(key=key)
    return own.join(listed, on="key", how="inner", suffix="_listed")


def _fits() -> pl.Expr:
    """Whether two names are equal where neither has lost a character."""
    same = [
        (c.name_key.str.slice(i, 1) == c.name_key_listed.str.slice(i, 1))
        | c.name_key.str.slice(i, 1).str.contains(f"^{LOST_CHARACTER}?$")
        | c.name_key_listed.str.slice(i, 1).str.contains(f"^{LOST_CHARACTER}?$")
        for i in range(4)
    ]
    length = c.name_key.str.len_chars() == c.name_key_listed.str.len_chars()
    return (length & pl.all_horizontal(*same)).fill_null(False)


def _slip(one: str | None, other: str | None) -> str | None:
    """How two numbers differ, where it is by one slip."""
    if one is None or other is None:
        return None
    differs = [place for place in range(18) if one[place] != other[place]]
    if len(differs) == 1:
        return f"姓名相同、号码差第 {differs[0] + 1} 位，可能是同一人"
    if len(differs) == 2:
        first, second = differs
        if second == first + 1 and one[first : second + 1] == other[second] + other[first]:
            return f"姓名相同、号码第 {first + 1}、{second + 1} 位对调，可能是同一人"
    return None


def _by_name(people: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one name that agree in what stands in for a number."""
    without = entries.filter(c.number.is_null())
    pairs = people.join(without, on="name_key", how="inner", suffix="_listed")
    if pairs.is_empty():  # mostly: what follows takes long for however few
        return pairs.with_columns(how=pl.lit(None, pl.String))
    pairs = pairs.filter(_same_county())
    masked = _is_shown() & shows_enough()
    unmasked = c.begins.is_null()
    same_sex = c.sex == c.sex_listed
    birth = (c.born == c.birth_date.str.to_date("%Y-%m-%d", strict=False)) & same_sex & unmasked
    age = ((_years_then() - c.age).abs() <= _YEARS) & same_sex & _same_village()
    age &= ~_is_elsewhere(*_TOWN)
    age &= unmasked & c.birth_date.is_null() & c.id_number.is_null()
    how = (
        pl.when(masked).then(pl.lit(_MASKED)).when(birth).then(pl.lit(_BIRTH))
        .when(age).then(pl.lit(_PLACE))
    )  # fmt: skip
    return pairs.with_columns(how=how).drop_nulls("how")


def _years_then() -> pl.Expr:
    """How old people were when a list's row says how old somebody was."""
    day, birthday = (
        each.dt.month().cast(pl.Int32) * 100 + each.dt.day() for each in (c.aged_on, c.born)
    )
    by_birth = c.aged_on.dt.year() - c.born.dt.year() - (birthday > day).cast(pl.Int32)
    return pl.coalesce(by_birth, c.years - c.years_ago.fill_null(0))


def _is_shown() -> pl.Expr:
    """Whether a number begins and ends as a masked one does."""
    return c.number.str.starts_with(c.begins) & c.number.str.ends_with(c.ends)


def _same_county() -> pl.Expr:
    """Whether nothing says that list and register are of two counties."""
    return (c.region == c.county).fill_null(True) & ~_is_elsewhere(*_COUNTY)


def _is_elsewhere(own: str, named: str, behind: str) -> pl.Expr:
    """Whether an address names another county, or town, than the register."""
    said = simplified_expr(c.address).str.extract(named)
    stem = simplified_expr(c(own)).str.replace(behind, "")
    is_place = ~said.str.contains(_NO_COUNTY)
    return (is_place & ~said.str.contains(stem, literal=True)).fill_null(False)


def _same_village() -> pl.Expr:
    own, listed = plain_village(c.village), plain_village(c.village_listed)
    return (own == listed) | is_in_village(c.address, own)


def _one_to_one(pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs of whom neither side has another candidate, and those of whom one has."""
    counted = pairs.with_columns(
        candidates=c.who.n_unique().over("list", "person"),
        rivals=c.person.n_unique().over("list", "who"),
    )
    is_one = (c.candidates == 1) & (c.rivals == 1)
    return counted.filter(is_one), counted.filter(~is_one).select(*_SEVERAL)


def _pairs(pairs: pl.DataFrame, grade: str, how: pl.Expr) -> pl.DataFrame:
    """What is told of pairs, and by what other number of a person it is so."""
    by = pl.format("，按{}", c.by).fill_null("")
    return pairs.select("list", "ref", "entry", match_grade=pl.lit(grade), how=how + by)
