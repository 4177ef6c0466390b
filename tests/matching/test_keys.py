"""What is looked up among the hashes of a register's people, and found there."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jiandang.matching.keys import Known, hash_of, is_among

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
