"""Who is who in two registers: persons and households one to one, in passes from sure to less sure.

Who has found a partner leaves; of two who could have moved neither is taken, so that a clerk can
repeat every match by eye. A pass that needs what a row does not say passes it over.
"""

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from jiandang.register.place import is_serial
from jiandang.register.resident_id_columns import masked_ends, old_digits_expr
from jiandang.register.tables import BEFORE

c = pl.col

# A number that is shorter tells nobody apart.
_LEAST_DIGITS = 15


class Side(NamedTuple):
    """The people of one register.

    `persons` have `ref`, `household_id`, `person_id`, `name`, `identity` (a number of 18), `born`,
    `birth_date` as it is written, `relation` and `town`, `households` each `household_id` once with
    `head_name`, `head_id` and `size`, how many of the persons are in it.
    """

    persons: pl.DataFrame
    households: pl.DataFrame


class Matched(NamedTuple):
    """Pairs: `before_ref` and `ref` of persons, `before_id` and `household_id` of households."""

    persons: pl.DataFrame
    households: pl.DataFrame


_PAIRS = {"before_ref": pl.Int64, "ref": pl.Int64}
_HOUSEHOLD_PAIRS = {"before_id": pl.String, "household_id": pl.String}


def match(before: Side, now: Side) -> Matched:
    """The persons and households that are the same in both."""
    old, new = _prepared(before.persons), _prepared(now.persons)
    found = pl.DataFrame(schema=_PAIRS)
    by_number: list[tuple[str, ...]] = [
        ("person_id", "name"),
        ("household_id", "identity", "name"),  # of one who stands in two households
        ("identity", "name"),
        # Two of a household may have exchanged their numbers.
        ("household_id", "name", "relation", "birth_date"),
        ("identity",),
        ("old_digits", "name"),
    ]
    for keys in by_number:
        found = _with_pairs(found, old, new, keys)
    # Mostly few are left, or none.
    old, new = _rest(found, old, new)
    found = _within_households(found, *(side.filter(~_SERIAL) for side in (old, new)))
    found = _of_serial_numbers(found, old, new)
    households = _match_households(found, before, now)
    # Whose household got another number is looked for in the one that it became.
    named = dict(households.iter_rows())
    moved = old.with_columns(
        c.household_id.replace_strict(named, default=None, return_dtype=pl.String)
    )
    found = _within_households(found, moved, new)
    found = _with_movers(found, old, new)
    return Matched(found, _match_households(found, before, now))


# 1, 2, 3 may be another household's each time: it is told by its people.
_SERIAL = is_serial(c.household_id)


def _of_serial_numbers(found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The pairs, and those of serial numbers who are told by name and birth, or else by name."""
    before, now = old.filter(_SERIAL), new.filter(_SERIAL)
    found = _with_movers(_with_movers(found, before, new), old, now)
    return _with_pairs(found, before, now, ("household_id", "name"))


def plain_name(name: pl.Expr) -> pl.Expr:
    """A name without blanks and dots, which people write or leave out."""
    return name.str.replace_all(r"[\s·•．.]", "")


def differs(name: str) -> pl.Expr:
    """Whether both registers say it, and not the same.

    A birth date is compared as far as both go, a number by the digits that both show; one of 15
    digits is the same as that of 18 which the holder has.
    """
    old, new = c(BEFORE + name).cast(pl.String), c(name).cast(pl.String)
    if name == "name":
        old, new = plain_name(old), plain_name(new)
    if name == "birth_date":
        return ~_as_far(old, new)
    if name == "id_number":
        same = (
            _shows_of(old, new),
            _shows_of(new, old),
            _is_old_of(old, new),
            _is_old_of(new, old),
        )
        return (old != new) & ~pl.any_horizontal(same)
    return old != new


def _as_far(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether two dates are the same as far as both go: 1960 and 1960-03-05."""
    length = pl.min_horizontal(one.str.len_chars(), other.str.len_chars())
    return one.str.slice(0, length) == other.str.slice(0, length)


def is_renewed() -> pl.Expr:
    """Whether a number of 15 digits became the 18 digits of the same holder."""
    return _is_old_of(c(f"{BEFORE}id_number"), c.id_number)


def is_cut() -> pl.Expr:
    """Whether a number of 18 digits became the 15 digits of the same holder."""
    return _is_old_of(c.id_number, c(f"{BEFORE}id_number"))


def _shows_of(hidden: pl.Expr, number: pl.Expr) -> pl.Expr:
    """Whether a number of which some digits are hidden may be the other."""
    begins, ends = masked_ends(hidden)
    return (number.str.starts_with(begins) & number.str.ends_with(ends)).fill_null(False)


def _is_old_of(old: pl.Expr, number: pl.Expr) -> pl.Expr:
    """Whether it is the number of 15 digits of the other's holder."""
    return (old == old_digits_expr(number.str.slice(0, 18))).fill_null(False)


def _prepared(persons: pl.DataFrame) -> pl.DataFrame:
    """Persons whose names differ in no more than blanks and dots, and numbers that tell apart."""
    return persons.with_columns(
        plain_name(c.name),
        pl.when(c.identity.str.len_chars() >= _LEAST_DIGITS).then("identity"),
        c.relation.cast(pl.String),
        # Whoever made 15 digits 18 may have taken the other century.
        old_digits=old_digits_expr(c.identity),
    )


def _rest(
    found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Those of either side who have not found a partner."""
    if found.is_empty() or old.is_empty() or new.is_empty():
        return old, new
    return (
        old.join(found, left_on="ref", right_on="before_ref", how="anti", maintain_order="left"),
        new.join(found, on="ref", how="anti", maintain_order="left"),
    )


def _with_pairs(
    found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame, keys: Sequence[str]
) -> pl.DataFrame:
    """The pairs, and those among the rest who agree in the keys.

    A register may have somebody twice: these are matched in their order.
    """
    rests = _rest(found, old, new)
    if any(rest.is_empty() for rest in rests):
        return found
    numbered = [
        rest.select("ref", *keys).drop_nulls().with_columns(nth=pl.int_range(pl.len()).over(keys))
        for rest in rests
    ]
    before = numbered[0].rename({"ref": "before_ref"})
    pairs = before.join(numbered[1], on=[*keys, "nth"], maintain_order="left")
    return pl.concat([found, pairs.select(*_PAIRS)])


def _with_movers(found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The pairs, and those among the rest who alone in their town have the name and birth."""
    keys = ["town", "name", "born"]
    rests = _rest(found, old, new)
    if any(rest.is_empty() for rest in rests):
        return found
    alone = [
        rest.select("ref", *keys).drop_nulls().filter(pl.struct(keys).is_unique()) for rest in rests
    ]
    pairs = alone[0].rename({"ref": "before_ref"}).join(alone[1], on=keys, maintain_order="left")
    return pl.concat([found, pairs.select(*_PAIRS)])


def _within_households(found: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The pairs, and those in households of one number who are the same but for a correction."""
    found = _with_pairs(found, old, new, ("household_id", "name", "born"))
    before, now = _rest(found, old, new)
    if before.is_empty() or now.is_empty():
        return found
    keys = ["household_id", "relation"]
    near = before.rename({"ref": "before_ref"}).join(
        now, on=keys, suffix="_new", maintain_order="left"
    )
    near = near.filter(_is_near())
    lone = near.filter(c.before_ref.is_unique() & c.ref.is_unique())
    found = pl.concat([found, lone.select(*_PAIRS)])
    return _with_pairs(found, old, new, ("household_id", "name"))


def _is_near() -> pl.Expr:
    """Whether name or number are equal or a slip off, or nothing is said of either.

    Of a name that is only near no other number or birth may speak, but for who has another number
    and was born on the same day.
    """
    numbers = _one_slip("identity")
    unlike = (c.identity != c.identity_new) & ~numbers
    births = [c.born == c.born_new, _as_far(c.birth_date, c.birth_date_new)]
    # Null where either register does not say it.
    same_birth = pl.max_horizontal(births)
    near_name = _one_slip("name") & pl.coalesce(same_birth, ~unlike, pl.lit(True))
    nothing = pl.all_horizontal(
        c(name).is_null() for name in ("name", "name_new", "identity", "identity_new")
    )
    return ((c.name == c.name_new) | numbers | near_name).fill_null(False) | nothing


def _one_slip(name: str) -> pl.Expr:
    """Whether one character differs, or two that stand beside each other have changed places."""
    both = pl.struct(a=c(name), b=c(f"{name}_new"))
    return both.map_batches(
        lambda pairs: pl.Series(
            [is_slip(pair["a"], pair["b"]) for pair in pairs], dtype=pl.Boolean
        ),
        return_dtype=pl.Boolean,
    )


def is_slip(one: str | None, other: str | None) -> bool | None:
    """Whether one text is a slip off the other; None where either is not known."""
    if one is None or other is None:
        return None
    if len(one) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(at) == 2:
        i, j = at
        return j == i + 1 and one[i] == other[j] and one[j] == other[i]
    return len(at) == 1


def _match_households(found: pl.DataFrame, before: Side, now: Side) -> pl.DataFrame:
    """Households of one number with a member in common, then the likest of those with one.

    A serial number tells no more than the head does, or most of the members: two of the three make
    it the same household, and where each is another one the head goes before the others.
    """
    old = before.persons.select(before_ref="ref", before_id="household_id").drop_nulls()
    new = now.persons.select("ref", "household_id").drop_nulls()
    pairs = found.join(old, on="before_ref").join(new, on="ref")
    common = pairs.group_by("before_id", "household_id").len("common")
    by_number = common.filter((c.before_id == c.household_id) & ~_SERIAL)
    by_head = _of_one_head(before, now)
    numbered = pl.concat([by_number.select(*_HOUSEHOLD_PAIRS), by_head.filter(~_SERIAL)])
    numbered = numbered.unique(maintain_order=True)
    before_homes = before.households.select(
        "size", "head_name", "head_id", before_id="household_id"
    ).rename({name: f"before_{name}" for name in ("size", "head_name", "head_id")})
    same = {
        "head": pl.coalesce(c.before_head_id == c.head_id, c.before_head_name == c.head_name),
        "number": c.before_id == c.household_id,
        "most": 2 * c.common > pl.max_horizontal("before_size", "size"),
    }
    same = {name: is_same.fill_null(False) for name, is_same in same.items()}
    keys = (pl.sum_horizontal(same.values()), same["head"], c.common)
    rest = (
        common.join(numbered, on="before_id", how="anti")
        .join(numbered, on="household_id", how="anti")
        .join(before_homes, on="before_id")
        .join(now.households, on="household_id")
        .filter((2 * c.common >= pl.min_horizontal("before_size", "size")) | same["head"])
        .sort(*keys, "before_id", "household_id", descending=[True] * len(keys) + [False] * 2)
    )
    taken: tuple[set[str], set[str]] = (set(), set())
    best = []
    told = [rest.select(*_HOUSEHOLD_PAIRS), _of_one_head_id(before, now), by_head.filter(_SERIAL)]
    for pair in pl.concat(told).join(numbered, on="household_id", how="anti").iter_rows():
        if pair[0] not in taken[0] and pair[1] not in taken[1]:
            best.append(pair)
            taken[0].add(pair[0])
            taken[1].add(pair[1])
    return pl.concat([numbered, pl.DataFrame(best, schema=_HOUSEHOLD_PAIRS, orient="row")])


def _of_one_head_id(before: Side, now: Side) -> pl.DataFrame:
    """Households of serial numbers under one head, by his own number."""
    heads = [
        side.households.drop_nulls("head_id").unique("head_id", keep="none")
        for side in (before, now)
    ]
    both = heads[0].join(heads[1], on="head_id", suffix="_now", maintain_order="left")
    both = both.filter(_SERIAL | is_serial(c.household_id_now))
    return both.select(before_id="household_id", household_id="household_id_now")


def _of_one_head(before: Side, now: Side) -> pl.DataFrame:
    """Households of one number and head; without members in a register any head will do.

    Who headed it may have died, and without members nobody can tell whether his wife was of it.
    """
    both = before.households.join(now.households, on="household_id", suffix="_now")
    same_head = c.head_name == c.head_name_now
    lacking = ((c.size == 0) | (c.size_now == 0)) & same_head.is_null() & ~_SERIAL
    if before.persons.is_empty() or now.persons.is_empty():
        lacking = ~_SERIAL
    found = both.filter(same_head.fill_null(False) | lacking)
    return found.select(before_id="household_id", household_id="household_id")
