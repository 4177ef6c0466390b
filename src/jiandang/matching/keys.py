"""By what people are told on both sides, and which rows of a list a register needs at all.

A list has millions of rows and a register some thousand people. What is compared is hashed (64
bits), so that a process can tell which rows may be of somebody in the register without having it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.formats.matrix import distinct_sorted
from jiandang.register.place import plain_village
from jiandang.register.resident_id import WELL_FORMED
from jiandang.register.resident_id_columns import (
    old_digits_expr,
    upgrade_expr,
    well_formed_expr,
)

c = pl.col
Hashes = NDArray[np.uint64]

# A character that a computer could not show; in grade C any one may stand in its place.
LOST_CHARACTER = "[?？□〓■]"
# Stands between, before and behind the names of several owners.
BETWEEN_OWNERS = "、"
# Whatever single character of a number is wrong, or whichever two neighbours are swapped, one of
# these (start, length) is still right; the first six digits are a county's, so that they tell few.
_PARTS = (((11, 7),), ((6, 4), (15, 3)), ((6, 8),))


# What names of the places end with that villages are in.
_ABOVE = "省市县区镇乡道处"


def name_key(name: pl.Expr) -> pl.Expr:
    """A name as it is compared: without blanks, dots, and what stands in brackets behind it."""
    return name.str.replace_all(r"[(（].*$|[\s·•・.．]", "")


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
    return numbers.scatter(places, read)


def old_keys(numbers: pl.Series) -> pl.Series:
    """The 15 digits by which each number is the same, whether old or new; or null."""
    return number_keys(numbers).alias("n").to_frame().select(old_digits_expr(c.n)).to_series()


def hashed_numbers(numbers: Iterable[pl.Series]) -> Hashes:
    """The hashes of `old_keys`, sorted."""
    each = (old_keys(some).drop_nulls().hash().to_numpy() for some in numbers)
    return distinct_sorted(np.concatenate([_NONE, *each]))


def parts_alone() -> list[pl.Expr]:
    """The parts of the number."""
    return [pl.concat_str(*(c.number.str.slice(*piece) for piece in part)) for part in _PARTS]


def parts_with_name() -> list[pl.Expr]:
    """For each part of the number the name with it."""
    return [pl.concat_str("name_key", part) for part in parts_alone()]


def with_village(village: pl.Expr) -> pl.Expr:
    """The name with the village, however that is written."""
    return pl.concat_str("name_key", plain_village(village), separator="/")


def village_of(address: pl.Expr) -> pl.Expr:
    """The village that an address names: 王庄村 of 睢宁县官山镇王庄村二组."""
    return address.str.extract(f"(?:^|[{_ABOVE}])([^{_ABOVE}0-9]{{1,8}}?(?:村|社区|居委会))")


def is_lost() -> pl.Expr:
    """Whether a character of the name was lost."""
    return c.name_key.str.contains(LOST_CHARACTER).fill_null(False)


def is_owner() -> pl.Expr:
    """Whether a name is one of several owners who stand in one cell of a list."""
    mark = pl.lit(BETWEEN_OWNERS)
    return c.owners.str.contains(pl.concat_str(mark, "name_key", mark), literal=True)


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
        known = persons.select("village", number=numbers, name_key=name_key(c.name))
        return cls(
            _hashes(known, c.number),
            _hashes(known, pl.concat_str("number", "name_key")),
            _hashes(known, *parts_with_name()),
            _hashes(known, c.name_key),
            _hashes(known, with_village(c.village)),
            _hashes(known.filter(is_lost()), *parts_alone()),
            _hashes(accounts.to_frame("account"), c.account),
        )

    @classmethod
    def together(cls, keys: Iterable[Self]) -> Self:
        """The keys of several parts of a register."""
        each = list(keys)
        of_field = ([getattr(k, f.name) for k in each] for f in fields(cls))
        return cls(*(distinct_sorted(np.concatenate([_NONE, *hashes])) for hashes in of_field))

    def known(self) -> dict[str, pl.Expr]:
        """Whether somebody has the name of a list's row, or its number."""
        return {
            "by_name": is_among(c.name_key, self.names),
            "by_number": is_among(c.number, self.numbers),
        }

    def may_have(self) -> pl.Expr:
        """Whether a row of a list, with `known`, may be of one of them, or of their household."""
        by_name = c.by_name & (c.number.is_null() | is_among(with_village(c.lives_in), self.homes))
        return c.by_number | by_name | self.may_be_near() | c.of_household

    def may_be_near(self) -> pl.Expr:
        """Whether a row of a list may be of one of them but for a slip (grade C)."""
        named = (is_among(part, self.near) for part in parts_with_name())
        unnamed = (is_among(part, self.lost) for part in parts_alone()) if len(self.lost) else ()
        return pl.any_horizontal(*named, *unnamed, is_lost())


_NONE: Hashes = np.empty(0, np.uint64)


def _hashes(known: pl.DataFrame, *columns: pl.Expr) -> Hashes:
    each = [known.select(column.drop_nulls().hash()).to_series().to_numpy() for column in columns]
    return distinct_sorted(np.concatenate(each))


def is_among(column: pl.Expr, hashes: Hashes) -> pl.Expr:
    """Whether the hash of a text is among those, which are sorted; never for null."""
    if not len(hashes):
        return column.is_not_null() & pl.lit(False)

    def search(own: pl.Series) -> pl.Series:
        # In their order, so that each is near the one before: a fifth of the time, for a city.
        order = np.argsort(own.to_numpy())
        ordered = own.to_numpy()[order]
        nearest = np.searchsorted(hashes, ordered).clip(max=len(hashes) - 1)
        found = np.empty(len(own), bool)
        found[order] = hashes[nearest] == ordered
        return pl.Series(found)

    return column.hash().map_batches(search, return_dtype=pl.Boolean) & column.is_not_null()
