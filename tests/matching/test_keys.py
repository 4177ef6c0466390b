"""What is looked up among the hashes of a register's people, and found there."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jiandang.matching.keys import (
    Keys,
    KeysOfParts,
    Known,
    hash_of,
    is_among,
    is_masked,
    number_keys,
)

c = pl.col

_HASHES = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=50)


@given(known=_HASHES, others=_HASHES)
def test_those_that_are_known_are_found_and_no_others(known: list[int], others: list[int]) -> None:
    own = np.sort(np.array(known, np.uint64))
    # Others that begin as one that is known does.
    alike = [number ^ 1 for number in known]
    asked = np.array([*others, *known, *alike], np.uint64)
    found = Known(own).are_among(asked).tolist()
    assert found == [int(number) in {*known} for number in asked]


def test_a_hash_of_several_texts_is_of_all_of_them_and_of_their_order() -> None:
    rows = pl.DataFrame({"one": ["甲", "甲", "乙", None], "other": ["乙", "丙", "甲", "乙"]})
    hashed = rows.select(hash_of(c.one, c.other)).to_series()
    assert hashed.null_count() == 1
    assert hashed.drop_nulls().n_unique() == 3
    known = Known(hashed.head(1).to_numpy())
    is_known = rows.select(is_among(hash_of(c.one, c.other), known)).to_series()
    assert is_known.to_list() == [True, False, False, False]


ZHANG, LI, WANG = "320324196503024152", "320324197103051025", "320324194609186053"


def test_numbers_stay_as_they_were_when_their_keys_are_asked() -> None:
    given = [f"{ZHANG[:6]}********{ZHANG[14:]}", f"{LI}43", WANG]
    numbers = pl.Series(given)
    assert number_keys(numbers).to_list() == [None, LI, WANG]
    assert numbers.to_list() == given


def keys_of(*people: tuple[str, str, str], account: str) -> Keys:
    schema = ["name", "id_number", "village"]
    persons = pl.DataFrame(people, schema=schema, orient="row")
    return Keys.of(persons, pl.Series("account", [account]))


def test_a_row_is_of_the_parts_whose_people_it_may_be_of() -> None:
    one = keys_of(
        ("张山", ZHANG, "王庄村"), ("王伟", WANG, "王庄村"), account="6217000000000000017"
    )
    other = keys_of(("李芳", LI, "李庄村"), ("王伟", "", "李庄村"), account="6217000000000000025")
    keys = KeysOfParts.of([[one], [], [other]])
    rows = [
        ("张山", ZHANG, None, None, [0]),  # by number and name
        ("李方", LI, None, None, [2]),  # by the number alone
        ("李芳", LI[:-2] + "1X", None, None, [2]),  # but for a slip
        ("张山", None, None, None, [0]),  # a name without a number
        ("王伟", None, None, None, []),  # which two parts have
        ("王伟", ZHANG, "李庄村", None, [0, 2]),  # whose number, and whose name in the village
        ("李?", None, None, None, []),  # a lost character may be any
        ("李*", None, None, None, []),  # so may a hidden one
        ("周三", None, None, 2, [2]),  # of a household by its account
        ("周三", None, None, 3, []),
    ]
    columns = ["name_key", "number", "lives_in", "of_household", "parts"]
    asked = pl.DataFrame(rows, columns, orient="row").with_columns(begins=pl.lit("320324"))
    asked = asked.with_columns(number=c.number.cast(pl.String))
    assert keys.parts_with(asked).list.sort().to_list() == asked["parts"].to_list()
    may_be = keys.may_have() | is_masked()
    assert asked.with_columns(**keys.known()).select(may_be).to_series().all()


def test_an_account_tells_its_part() -> None:
    of_person = ("张山", ZHANG, "王庄村")
    parts = [[keys_of(of_person, account=account)] for account in ("1", "2", "1")]
    asked = pl.DataFrame({"account": ["2", "1", "3", None]})
    found = asked.select(KeysOfParts.of(parts).part_of_account()).to_series()
    assert found.to_list() == [1, 3, None, None]


_PARTS = st.lists(st.lists(st.sets(st.integers(0, 9), max_size=6), max_size=3), max_size=4)


@given(parts=_PARTS)
def test_each_key_has_the_part_that_alone_has_it(parts: list[list[set[int]]]) -> None:
    none = np.empty(0, np.uint64)
    files = [[np.array(sorted(file), np.uint64) for file in part] for part in parts]
    keys = KeysOfParts.of([[Keys(own, *[none] * 6) for own in part] for part in files])
    owners: dict[int, set[int]] = {}
    for number, part in enumerate(parts):
        for key in set[int]().union(*part):
            owners.setdefault(key, set()).add(number)
    assert keys.keys.numbers.tolist() == sorted(owners)
    wanted = [min(own) if len(own) == 1 else len(parts) for _, own in sorted(owners.items())]
    assert keys.parts["numbers"].tolist() == wanted
