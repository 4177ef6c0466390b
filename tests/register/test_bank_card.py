"""The Luhn check digit of bank cards."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandang.register.bank_card import luhn_ok, luhn_ok_expr

CARDS = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize("card", ["6228480402564890018", "4111111111111111", "79927398713", "0"])
def test_right(card: str) -> None:
    assert luhn_ok(card)


@pytest.mark.parametrize(
    "card", ["", "6228480402564890019", "4111 1111 1111 1111", "４１１１", "-18", "1８", "18\n"]
)
def test_wrong(card: str) -> None:
    assert not luhn_ok(card)


@given(CARDS)
def test_one_check_digit_fits(body: str) -> None:
    assert sum(luhn_ok(body + digit) for digit in "0123456789") == 1


@given(CARDS.filter(luhn_ok), st.data())
def test_every_mistyped_digit_is_noticed(card: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(card) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != card[place]))
    assert not luhn_ok(card[:place] + other + card[place + 1 :])


@given(st.lists(st.text("0123456789", min_size=1, max_size=19), min_size=1, max_size=50))
def test_columns_agree_with_single_numbers(cards: list[str]) -> None:
    found = pl.select(luhn_ok_expr(pl.lit(pl.Series(cards)))).to_series().to_list()
    assert found == [luhn_ok(card) for card in cards]
