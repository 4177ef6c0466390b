"""Identity numbers: the pure functions against the standard, the columns against them."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandang.register import resident_id as one
from jiandang.register import resident_id_columns as columns

DIGITS = "0123456789"
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]  # as GB 11643 prints them

first17s = st.text(DIGITS, min_size=17, max_size=17)
days = st.dates(date(1900, 1, 1), date(2030, 12, 31))
numbers = st.builds(
    lambda region, day, serial: _complete(f"{region}{day:%Y%m%d}{serial}"),
    st.sampled_from(["320322", "320305", "512224"]),
    days,
    st.text(DIGITS, min_size=3, max_size=3),
)
ODD = [
    None, "", "3", "32032219490101001", "3203221949010100145", "32032219490101001x",
    "32032219490101001Ｘ", "３２０３２２194901010014", "٣20322194901010014", "A20322194901010014",
    "32032219490101X014", " 320322194901010014", "320322194901010014\n", "320322-19490101-00",
    "+20322194901010014", "320322000001010014", "320322194913010014", "320322194902300014",
    "320322190002290014", "320322200002290014", "99999999999999999X", "000000000000000000",
    "320322490101001", "32032249010100X", "沛县", "\U00030000" * 18, "4.11E+17",
]  # fmt: skip
anything = (
    numbers | st.sampled_from(ODD) | st.text(DIGITS + "Xx９ ", min_size=14, max_size=19) | st.text()
)


def _complete(first17: str) -> str:
    return first17 + one.check_character(first17)


@given(first17s)
def test_check_character_by_the_printed_weights(first17: str) -> None:
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    assert one.check_character(first17) == "10X98765432"[total % 11]


def test_check_character_of_the_standard_s_own_examples() -> None:
    assert one.check_character("11010519491231002") == "X"
    assert one.check_character("44052418800101001") == "4"


@pytest.mark.parametrize(
    "wrong", ["", "3203221949010100", "３2032219490101001", "3203221949010100\n"]
)
def test_check_character_of_nothing(wrong: str) -> None:
    with pytest.raises(ValueError, match="17位"):
        one.check_character(wrong)


@given(numbers, st.data())
def test_a_mistyped_or_swapped_digit_is_noticed(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from(DIGITS).filter(lambda digit: digit != number[place]))
    assert not one.is_valid(number[:place] + other + number[place + 1 :])
    left, right = number[place], number[place + 1]
    if left != right:
        assert not one.is_valid(number[:place] + right + left + number[place + 2 :])


@given(numbers)
def test_a_right_number(number: str) -> None:
    assert one.is_well_formed(number) and one.is_valid(number)
    born = one.birth_date(number)
    assert born is not None and f"{born:%Y%m%d}" == number[6:14]
    assert one.sex(number) == ("男" if int(number[16]) % 2 else "女")


@given(numbers.filter(lambda number: number[6:8] == "19"))
def test_upgrade_undoes_the_shortening(number: str) -> None:
    assert one.upgrade(number[:6] + number[8:17]) == number


@pytest.mark.parametrize(
    "wrong", ["", "320322194901010014", "32032249010100X", "３20322490101001", "320322490101001\n"]
)
def test_upgrade_of_nothing(wrong: str) -> None:
    assert not one.is_old(wrong)
    with pytest.raises(ValueError, match="15位"):
        one.upgrade(wrong)


@pytest.mark.parametrize("text", [text for text in ODD if text is not None])
def test_odd_texts_are_not_valid(text: str) -> None:
    assert not one.is_valid(text)


def test_dates_that_are_none() -> None:
    assert one.birth_date("320322190002290014") is None  # 1900 was no leap year
    assert one.birth_date("320322200002290014") == date(2000, 2, 29)
    assert one.birth_date("320322000001010014") is None


@given(st.lists(anything, min_size=1, max_size=30))
def test_columns_agree_with_the_functions(texts: list[str | None]) -> None:
    number = columns.well_formed_expr(pl.col("id_number"))
    table = pl.DataFrame({"id_number": texts}, schema={"id_number": pl.String}).select(
        "id_number",
        check=columns.check_character_expr(number),
        born=columns.birth_date_expr(number),
        sex=columns.sex_expr(number),
        region=columns.region_expr(number),
        upgraded=columns.upgrade_expr(pl.col("id_number")),
    )
    assert table.schema["born"] == pl.Date
    for text, check, born, sex, region, upgraded in table.iter_rows():
        formed = text is not None and one.is_well_formed(text)
        assert check == (one.check_character(text[:17]) if formed else None)
        assert born == (one.birth_date(text) if formed else None)
        assert sex == (one.sex(text) if formed else None)
        assert region == (text[:6] if formed else None)
        assert upgraded == (one.upgrade(text) if text is not None and one.is_old(text) else None)
