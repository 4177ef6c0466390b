"""By what people are told on both sides, and which rows of a list a register needs at all.

A list has millions of rows and a register some thousand people. What is compared is hashed (64
bits), so that a process can tell which rows may be of somebody in the register without having it.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, reduce
from itertools import chain
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.formats.matrix import distinct_sorted
from jiandang.patterns import regex
from jiandang.register.place import plain_village
from jiandang.register.resident_id import WELL_FORMED
from jiandang.register.resident_id_columns import (
    old_digits_expr,
    upgrade_expr,
    well_formed_expr,
)

c = pl.col
Hashes = NDArray[np.uint64]
Parts = NDArray[np.unsignedinteger[Any]]  # numbers of parts of a run

# A character that a computer could not show; in grade C any one may stand in its place.
_LOST = "?？□〓■"
LOST_CHARACTER = f"[{_LOST}]"
# And what stands in a notice for characters that it does not show: 田*, 韩某.
_HIDDEN = regex(f"[{_LOST}*＊×xX某○〇●]+")
# Stands between, before and behind the names of several owners.
BETWEEN_OWNERS = "、"
# So much of a masked number must be known to tell two people apart.
LEAST_SHOWN = 8
# Whatever single character of a number is wrong, or whichever two neighbours are swapped, one of
# these (start, length) is still right; the first six digits are a county's, so that they tell few.
_PARTS = (((11, 7),), ((6, 4), (15, 3)), ((6, 8),))


# What names of the places end with that villages are in.
_ABOVE = "省市县区镇乡道处"


def name_key(name: pl.Expr) -> pl.Expr:
    """A name as it is compared: without blanks, dots, and what stands in brackets behind it."""
    return name.str.replace_all(r"[(（].*$|[\s·•・.．]", "")


def may_be_name(shown: str, name: str) -> bool:
    """Whether a name of which characters are hidden or lost may be another: 田* of 田荣.

    How many are hidden is known, other than at the end: 欧某 has as many as there may be.
    """
    if not _HIDDEN.search(shown):
        return shown == name
    begin, *others = _HIDDEN.split(shown)
    hidden = ["." * len(part) for part in _HIDDEN.findall(shown)]
    if not others[-1]:
        hidden[-1] = ".+"
    parts = (one + re.escape(text) for one, text in zip(hidden, others, strict=True))
    return re.fullmatch(re.escape(begin) + "".join(parts), name) is not None


def number_keys(numbers: pl.Series) -> pl.Series:
    """The 18 characters of each identity number, old number or disability card; or null."""
    # Nearly all are what they should be: only of the others is more asked.
    odd = ~numbers.str.contains(f"^{WELL_FORMED}$").fill_null(True)
    if not odd.any():
        return numbers
    places = odd.arg_true()
    plain = c.number.str.to_uppercase().str.replace("B[0-9]$", "")
    cut = pl.when(plain.str.len_chars().is_in([18, 20, 22])).then(plain.str.slice(0, 18))
    known = well_formed_expr(pl.coalesce(upgrade_expr(plain), cut))
    read = numbers.gather(places).alias("number").to_frame().select(known).to_series()
    # A series is changed where it is: that which was given stays as it was.
    return numbers.clone().scatter(places, read)


def old_keys(numbers: pl.Series) -> pl.Series:
    """The 15 digits by which each number is the same, whether old or new; or null."""
    return number_keys(numbers).alias("n").to_frame().select(old_digits_expr(c.n)).to_series()


def hashed_numbers(numbers: Iterable[pl.Series]) -> Hashes:
    """The hashes of `old_keys`, sorted."""
    each = (old_keys(some).drop_nulls().hash().to_numpy() for some in numbers)
    return distinct_sorted(np.concatenate([_NONE, *each]))


def hash_of(*texts: pl.Expr) -> pl.Expr:
    """One hash of texts; null where one of them is."""
    is_whole = pl.all_horizontal(*(text.is_not_null() for text in texts))
    return pl.when(is_whole).then(_together(texts))


def _together(texts: Iterable[pl.Expr]) -> pl.Expr:
    # To hash one text made of them would take several times as long.
    hashed = (text.hash(seed) for seed, text in enumerate(texts))
    return reduce(operator.xor, hashed)


def _hashed_parts(*others: pl.Expr) -> list[pl.Expr]:
    """For each part of the number its hash with other texts; null where one of them is."""
    is_whole = pl.all_horizontal(*(text.is_not_null() for text in (c.number, *others)))
    pieces = ([c.number.str.slice(*piece) for piece in part] for part in _PARTS)
    return [pl.when(is_whole).then(_together([*others, *part])) for part in pieces]


def parts_alone() -> list[pl.Expr]:
    """The parts of the number."""
    return [pl.concat_str(*(c.number.str.slice(*piece) for piece in part)) for part in _PARTS]


def parts_with_name() -> list[pl.Expr]:
    """For each part of the number the name with it."""
    return [pl.concat_str("name_key", part) for part in parts_alone()]


def village_of(address: pl.Expr) -> pl.Expr:
    """The village that an address names: 王庄村 of 睢宁县官山镇王庄村二组."""
    return address.str.extract(f"(?:^|[{_ABOVE}])([^{_ABOVE}0-9]{{1,8}}?(?:村|社区|居委会))")


def is_lost() -> pl.Expr:
    """Whether a character of the name was lost."""
    return c.name_key.str.contains(LOST_CHARACTER).fill_null(False)


def shows_enough() -> pl.Expr:
    """Whether a masked number shows so much that it tells two people apart."""
    return c.begins.str.len_chars() + c.ends.str.len_chars() >= LEAST_SHOWN


def is_masked() -> pl.Expr:
    """Whether of both, name and number, a part is hidden: nobody can tell who is meant."""
    hidden = c.name_key.str.contains(_HIDDEN.pattern).fill_null(False)
    return hidden & c.number.is_null() & c.begins.is_not_null()


def is_owner() -> pl.Expr:
    """Whether a name is one of several owners who stand in one cell of a list."""
    mark = pl.lit(BETWEEN_OWNERS)
    return c.owners.str.contains(pl.concat_str(mark, "name_key", mark), literal=True)


class Known:
    """Hashes, sorted, that many others are looked up among.

    Of most others a bit tells that they are none of these: so few are searched for.
    """

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = hashes
        # By how a hash begins; of these bits a sixteenth at most is set.
        bits = len(hashes).bit_length() + 4
        self._shift = np.uint64(64 - bits)
        begins = np.zeros(1 << bits, bool)
        begins[hashes >> self._shift] = True
        self._begins = np.packbits(begins, bitorder="little")

    def are_among(self, others: Hashes) -> NDArray[np.bool_]:
        """Which of the others are among them."""
        begin = others >> self._shift
        bits = self._begins[begin >> np.uint64(3)] >> (begin & np.uint64(7)).astype(np.uint8)
        found: NDArray[np.bool_] = (bits & 1).astype(np.bool_)
        places = np.flatnonzero(found)
        # In their order, so that each is near the one before: a fifth of the time, for a city.
        places = places[np.argsort(others[places])]
        found[places] = are_among(others[places], self._hashes)
        return found


def are_among(others: Hashes, hashes: Hashes) -> NDArray[np.bool_]:
    """Which of the others are among hashes, where both are sorted."""
    if not len(hashes):
        return np.zeros(len(others), bool)
    nearest = np.searchsorted(hashes, others).clip(max=len(hashes) - 1)
    found: NDArray[np.bool_] = hashes[nearest] == others
    return found


@dataclass(frozen=True)
class Keys:
    """What people of a register are told by, sorted.

    Their numbers, numbers with names, names with parts of the number, names, and names with the
    village; parts of the number alone of those whose name lost a character; and the households'
    accounts.
    """

    numbers: Hashes
    people: Hashes
    near: Hashes
    names: Hashes
    homes: Hashes
    lost: Hashes
    accounts: Hashes

    @classmethod
    def of(cls, persons: pl.DataFrame, accounts: pl.Series) -> Self:
        """Of people with `name`, `id_number` and `village` as a register has them."""
        numbers = number_keys(persons["id_number"])
        # Of each village there are many.
        villages = persons.select(c.village.unique()).with_columns(plain=plain_village(c.village))
        known = persons.select("village", number=numbers, name_key=name_key(c.name))
        known = known.join(villages, on="village", how="left")
        hashed = known.select(
            number=hash_of(c.number),
            person=hash_of(c.number, c.name_key),
            name=hash_of(c.name_key),
            home=hash_of(c.name_key, c.plain),
        )
        lost = known.filter(is_lost())
        return cls(
            _hashes(hashed["number"]),
            _hashes(hashed["person"]),
            _hashes(*known.select(_numbered(_hashed_parts(c.name_key)))),
            _hashes(hashed["name"]),
            _hashes(hashed["home"]),
            _hashes(*lost.select(_numbered(_hashed_parts()))),
            _hashes(*accounts.to_frame("account").select(hash_of(c.account))),
        )


@dataclass(frozen=True)
class KeysOfParts:
    """What the people of all parts of a run are told by, and which part has them.

    Beside each of the `keys`, field by field, `parts` has the number of the part; or the number of
    all parts, `several`, where it is no single one.
    """

    keys: Keys
    parts: dict[str, Parts]
    several: int

    @classmethod
    def of(cls, parts: Sequence[Sequence[Keys]]) -> Self:
        """Of the keys of each part's files."""
        several = len(parts)
        numbers = np.arange(several, dtype=np.min_scalar_type(several))
        each = [*chain.from_iterable(parts)]
        number = np.repeat(numbers, [len(part) for part in parts])
        of_field = ([getattr(k, name) for k in each] for name in _FIELDS)
        hashes, of_hashes = zip(*(_joined(own, number, several) for own in of_field), strict=True)
        return cls(Keys(*hashes), dict(zip(_FIELDS, of_hashes, strict=True)), several)

    def known(self) -> dict[str, pl.Expr]:
        """Whether somebody has the name of a list's row, or its number."""
        by_number = self._has("numbers", hash_of(c.number))
        return {"by_name": self._has("names", hash_of(c.name_key)), "by_number": by_number}

    def part_of_account(self) -> pl.Expr:
        """The part with a household that has the account."""
        return self._part("accounts", hash_of(c.account))

    def is_somebody(self) -> pl.Expr:
        """Whether somebody has number and name of a list's row."""
        return self._has("people", hash_of(c.number, c.name_key))

    def may_have(self) -> pl.Expr:
        """Whether a row of a list, with `known`, may be of one of them, or of their household."""
        by_name = c.by_name & c.number.is_null()
        near = self._nearly(self._has)
        return pl.any_horizontal(
            c.by_number, by_name, is_lost(), c.of_household.is_not_null(), *near
        )

    def parts_with(self, rows: pl.DataFrame) -> pl.Series:
        """Of rows that they may have the numbers of the parts with those people; empty for all."""
        nobody = pl.lit(None, pl.Int32)
        ways = [
            self._part("numbers", hash_of(c.number)),
            pl.when(c.number.is_null()).then(self._part("names", hash_of(c.name_key))),
            pl.when(is_lost() | is_masked()).then(self.several).otherwise(nobody),
            c.of_household,
            *self._nearly(self._part),
        ]
        found = rows.select(each.cast(pl.Int32).alias(str(n)) for n, each in enumerate(ways))
        each = pl.concat_list(pl.all()).list.drop_nulls().list.unique()
        anywhere = each.list.contains(self.several)
        return found.select(pl.when(anywhere).then(each.list.head(0)).otherwise(each)).to_series()

    def _nearly(self, look: Callable[[str, pl.Expr], pl.Expr]) -> Iterator[pl.Expr]:
        """What a look tells of a row's name in its village, and with a slip of the number."""
        yield look("homes", hash_of(c.name_key, plain_village(c.lives_in)))
        yield from (look("near", part) for part in _hashed_parts(c.name_key))
        if len(self.keys.lost):
            yield from (look("lost", part) for part in _hashed_parts())

    def _has(self, of: str, hashed: pl.Expr) -> pl.Expr:
        return is_among(hashed, self._known[of])

    def _part(self, of: str, hashed: pl.Expr) -> pl.Expr:
        known, hashes, parts = self._known[of], getattr(self.keys, of), self.parts[of]

        def look(own: pl.Series) -> pl.Series:
            others = own.fill_null(0).to_numpy()
            found = np.full(len(others), -1, np.int32)
            places = np.flatnonzero(known.are_among(others))
            found[places] = parts[np.searchsorted(hashes, others[places])]
            return pl.Series(found).set(own.is_null() | pl.Series(found < 0), None)

        return hashed.map_batches(look, return_dtype=pl.Int32)

    @cached_property
    def _known(self) -> dict[str, Known]:
        return {name: Known(getattr(self.keys, name)) for name in _FIELDS}


_FIELDS = [field.name for field in fields(Keys)]
_NONE: Hashes = np.empty(0, np.uint64)


def _joined(hashes: list[Hashes], numbers: Parts, several: int) -> tuple[Hashes, Parts]:
    """The hashes of files, sorted, with the numbers of their parts; `several` where they differ."""
    together = np.concatenate([_NONE, *hashes])
    order = np.argsort(together, kind="stable")  # of hashes that are sorted file by file
    together = together[order]
    number = np.repeat(numbers, [len(own) for own in hashes])[order]
    begins = np.flatnonzero(np.append(True, together[1:] != together[:-1])[: len(together)])
    if not len(begins):
        return together, number
    least, most = np.minimum.reduceat(number, begins), np.maximum.reduceat(number, begins)
    number[begins[least != most]] = several
    return together[begins], number[begins]


def _hashes(*hashed: pl.Series) -> Hashes:
    return distinct_sorted(np.concatenate([some.drop_nulls().to_numpy() for some in hashed]))


def _numbered(columns: Iterable[pl.Expr]) -> list[pl.Expr]:
    return [column.alias(str(number)) for number, column in enumerate(columns)]


def is_among(hashed: pl.Expr, known: Known) -> pl.Expr:
    """Whether a hash is among those that are known; never for null."""

    def look(own: pl.Series) -> pl.Series:
        return pl.Series(known.are_among(own.fill_null(0).to_numpy())) & own.is_not_null()

    return hashed.map_batches(look, return_dtype=pl.Boolean)
