"""Numbers and units, one line a way."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cells import cell_type, fault, read, told

from jiandang.register import number_cells
from jiandang.register.notice import Notice
from jiandang.register.number_cells import (
    Age,
    Area,
    Distance,
    FloorArea,
    Households,
    Money,
    MoneyPerHead,
    Months,
    Persons,
    TenThousands,
    Votes,
    Year,
)
from jiandang.register.place import says_same


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (3500.0, 3500),
        ("3,500元", 3500),
        ("３５００", 3500),
        ("¥3500.50", 3500.5),
        ("-20", -20),
        ("−20", -20),
        (" 3 500 ", 3500),
        ("12,180.00", 12180),
        ("12，180", 12180),
        ("3500块钱", 3500),
        ("3500元/年", 3500),
        ("3500/年", 3500),
    ],
)
def test_money(raw: Any, expected: float) -> None:
    assert read(Money, raw) == expected
    assert told(Money, raw) is None


@pytest.mark.parametrize(
    ("annotation", "raw", "expected"),
    [
        (Money, "0.35万元", 3500),
        (Money, "0.35万", 3500),
        (Money, "3千5百元", 3500),
        (TenThousands, "35000元", 3.5),
        (Area, "1000平方米", 1.5),
        (Area, "1000㎡", 1.5),
        (Area, "1000 m²", 1.5),
        (Area, "3亩5分", 3.5),
        (Area, "0.5公顷", 7.5),
        (FloorArea, "0.15亩", 100),
        (Area, "三亩", 3),
        (Area, "3.3（亩）", 3.3),
        (Area, "6。1", 6.1),
        (FloorArea, "112.", 112),
        (Area, "两亩半", 2.5),
        (Distance, "半里", 0.25),
        (Distance, "500米", 0.5),
        (Distance, "500 m", 0.5),
        (Distance, "3里", 1.5),
        (Distance, "1公里500米", 1.5),
        (Months, "1年", 12),
        (Months, "半年", 6),
        (Months, "1年半", 18),
        (Months, "全年", 12),
        (Months, "180天", 6),
        (Months, "十个月", 10),
        (Months, "一年", 12),
        (Months, "1年2个月", 14),
        (Age, "8个月", 0),
        (Age, "15个月", 1),
        (Age, "五十六岁", 56),
        (Year, "二〇一五年", 2015),
        (Year, "贰零壹伍年", 2015),
        (Persons, "三人", 3),
        (Persons, "伍", 5),
        (Persons, "叁口人", 3),
        (Persons, "俩", 2),
        (Persons, "①", 1),
        (Persons, "⑤人", 5),
        (Persons, "⓪", 0),
        (Persons, "⓿人", 0),
        (Persons, "㉑", 21),
        (Persons, "⓵", 1),
        (Persons, "Ⅳ", 4),
        (Persons, "㈢", 3),
        (Persons, "一百二十人", 120),
        (Months, "仨月", 3),
        (Age, "一百零二岁", 102),
        (Area, "叁亩", 3),
        (Area, "一百二十亩", 120),
        (Money, "三千零四十五", 3045),
        (Money, "一万七千八百五十元", 17850),
        (Money, "一万零五百", 10500),
        (Money, "八千一百元", 8100),
        (Money, "七千元", 7000),
        (Money, "三万元", 30000),
        (Money, "五百块", 500),
        (Money, "叁仟元整", 3000),
        (Money, "叁仟零肆拾伍圆整", 3045),
        (MoneyPerHead, "两千七百元/年", 2700),
        (Money, "零元", 0),
        (Money, "1.218E4", 12180),
        (Money, "3e+3", 3000),
        (Persons, "1E1", 10),
    ],
)
def test_other_units_and_numerals_are_converted_and_told(
    annotation: Any, raw: str, expected: float
) -> None:
    assert read(annotation, raw) == expected
    assert told(annotation, raw) is Notice.LENIENT


@pytest.mark.parametrize(
    ("annotation", "raw", "expected"),
    [
        (Area, "3.5亩", 3.5),
        (FloorArea, "80㎡", 80),
        (FloorArea, "80m2", 80),
        (FloorArea, "80平方", 80),
        (Distance, "1.2km", 1.2),
        (Months, "10个月", 10),
        (Months, "10月", 10),
        (Age, "30岁", 30),
        (Age, "30周岁", 30),
        (Persons, "5口人", 5),
        (Households, "20户", 20),
        (Votes, "30票", 30),
        (Year, "2015年度", 2015),
        (MoneyPerHead, "3500元/人", 3500),
        (TenThousands, "3.5万元", 3.5),
        (Persons, 3.0, 3),
    ],
)
def test_the_columns_own_units(annotation: Any, raw: Any, expected: float) -> None:
    assert read(annotation, raw) == expected
    assert told(annotation, raw) is None


@pytest.mark.parametrize(
    ("annotation", "raw"),
    [
        (Money, "三千"),
        (Money, "三万"),
        (Money, "千元"),
        (Money, "七千多元"),
        (Money, "八千一"),
        (Money, "两万三"),
        (Money, "三千零五百"),
        (Money, "三四千元"),
        (Money, "①"),
        (Persons, "①②"),
        (Persons, "①3"),
        (Persons, "3①"),
        (Persons, "V"),
        (Persons, "三百二"),
        (Persons, "伍陆"),
        (Persons, "几人"),
        (Money, "3500亩"),
        (Money, "3500元左右"),
        (Money, "约3500"),
        (Money, "1015元/月"),
        (Money, "3500元/人"),  # of a household the sum is asked for
        (Money, True),
        (Money, 1e300),  # none that a rule could reckon with
        (Money, "32032419800101001513912345678"),
        (Area, float("inf")),
        (Persons, float("nan")),
        (Money, "12-13"),
        (Money, "12180+0"),
        (Money, "①12180"),
        (Money, "12180²"),
        (Money, "5万3"),
        (Money, "3,50"),  # a comma for the point is no thousands separator
        (Money, "12.180,00"),
        (Area, "500米"),
        (Area, "2里"),
        (Area, "3.5元"),
        (FloorArea, "80米"),
        (Distance, "5亩"),
        (Distance, "1小时"),
        (Months, "8人"),
        (Months, "2015年"),
        (Months, "2015年8月"),
        (Months, "15年"),
        (Months, "二〇一五年"),
        (Months, "3-5个月"),
        (Months, "6+"),
        (Months, "长期"),
        (Months, "二三个月"),
        (Age, "1年"),
        (Age, "56虚岁"),
        (Persons, "5岁"),
        (Year, "12月"),
    ],
)
def test_what_is_no_number_of_the_column(annotation: Any, raw: Any) -> None:
    assert fault(annotation, raw).notice is Notice.WRONG_TYPE


def test_whole_numbers() -> None:
    assert fault(Persons, 3.5).nearest == "4"
    assert fault(Months, "100天").nearest == "3"
    assert read(Year, date(1905, 7, 7)) == 2015  # a year that Excel shows as a date


@pytest.mark.parametrize(("raw", "months"), [("2年", 24), ("180", 180), (180.0, 180), (2015, 2015)])
def test_too_many_months_are_left_to_the_rules(raw: Any, months: int) -> None:
    assert read(Months, raw) == months


def test_a_heading_in_another_unit() -> None:
    assert read(Money, 0.35, scale=10_000) == 3500
    assert read(Money, "3500元", scale=10_000) == 3500
    assert told(Money, "0.35万元", scale=10_000) is None
    assert read(Months, 0.5, scale=12) == 6
    assert read(Months, 100.0, scale=1 / 30) == 3  # days
    assert fault(Money, 3.2e17, scale=10_000).notice is Notice.WRONG_TYPE


NUMBER_TYPES = [Money, MoneyPerHead, TenThousands, Area, FloorArea, Distance]
UNITS = [
    (annotation, unit, factor)
    for annotation in NUMBER_TYPES
    for unit, factor in cell_type(annotation).units.items()  # type: ignore[attr-defined]
]


@given(st.integers(0, 10**8).map(lambda hundredths: hundredths / 100), st.sampled_from(UNITS))
def test_a_number_with_any_unit_comes_back(number: float, unit: tuple[Any, str, float]) -> None:
    """The value is the number times what one of the unit counts, however it is typed."""
    annotation, word, factor = unit
    for text in (f"{number:.2f}{word}", f" {number:.2f} {word} ", f"{number:,.2f}{word}"):
        assert read(annotation, text) == pytest.approx(number * factor, abs=1e-6)
    assert read(annotation, f"{number:.2f}") == number


def in_numerals(number: int) -> str:
    """As it is read out: 10305 is 一万零三百零五."""
    digits, text, is_skipped = "零一二三四五六七八九", "", False
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % (10_000 if unit == 10_000 else 10)
        if digit:
            own = in_numerals(digit) if unit == 10_000 else digits[digit]
            text += ("零" if is_skipped and text else "") + own + name
        is_skipped = not digit
    return text


@given(st.integers(1, 99_999_999), st.booleans())
def test_every_number_read_out_is_read(number: int, is_formal: bool) -> None:
    text = in_numerals(number)
    if is_formal:
        text = text.translate(
            str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
        )
    assert read(Persons, text) == number
    if is_formal or sum(numeral in "一二三四五六七八九" for numeral in text) > 1:
        assert read(Money, f"{text}元") == number


def test_names_are_no_numbers() -> None:
    assert says_same("group", "三组", "3组") and says_same("group", "第十二组", "12")
    assert says_same("group", "王庄村一组", "1组") and says_same("group", "东组", "王庄村东组")
    assert not says_same("group", "大张村东组", "小张村东组")
    assert not says_same("group", "王庄村二组", "1组") and not says_same("group", "东村组", "组")
    assert not says_same("group", "陆庄组", "六庄组") and not says_same("group", "伍组", "六组")


@given(st.integers(1, 99), st.sampled_from(["月", "个月", ""]))
def test_chinese_numerals_are_the_numbers(number: int, unit: str) -> None:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    han = (
        ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    )
    assert read(number_cells.Months, han + unit) == number


@pytest.mark.parametrize("annotation", [Age, Months, Persons, Votes])
@pytest.mark.parametrize("raw", [13852001234, 13852001234.0, "13852001234"])
def test_a_phone_is_no_whole_number(annotation: Any, raw: Any) -> None:
    assert fault(annotation, raw).notice is Notice.WRONG_TYPE


@pytest.mark.parametrize(
    ("annotation", "raw", "value"),
    [
        (Area, "3畝", 3.0),
        (Area, "3畝5分", 3.5),
        (Area, "3·2", 3.2),
        (Months, "6個月", 6),
        (Money, "人民币12180元", 12180.0),
        (Money, "12180圓", 12180.0),
    ],
)
def test_old_characters_and_the_currency_before_an_amount(
    annotation: Any, raw: str, value: float
) -> None:
    assert read(annotation, raw) == value
    assert told(annotation, raw) is Notice.LENIENT
