"""Dates, one line a notation."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cells import cell_type, fault, read, told

from jiandang.register.date_cells import BirthDate, CellDate, PartialDateCell, names_no_year
from jiandang.register.notice import Notice


@pytest.mark.parametrize(
    "raw",
    [
        date(2016, 3, 5),
        datetime(2016, 3, 5, 8, 30),
        "2016-3-5",
        "2016/3/5",
        "2016.3.5",
        "2016.03.05",
        "２０１６．３．５",
        "20160305",
        20160305.0,
        "2016年3月5日",
        "2016年3月5",
        " 2016 年 3 月 5 日 ",
        "３月５日",
        "3月5日",
        "2016-03-05 00:00:00",
        "2016-03-05T00:00:00",
        42434.0,
        "42434",
    ],
)
def test_dates(raw: Any) -> None:
    assert read(CellDate, raw, year=2016) == date(2016, 3, 5)
    assert told(CellDate, raw, year=2016) is None


@pytest.mark.parametrize(
    "raw",
    [
        "2016。2。21",
        "2016—2—21",
        "2016——2——21",
        "2016–02–21",
        "2016\\2\\21",
        "2016 2 21",
        "2016、2、21",
        "2016，2，21",
        "2016.2.21.",
        "2016年2月21号",
        "2016年2月21日。",
        "2016年2.21",
        "2016年2月21日生",
        "二0一六年二月二十一日",
        "2月21号",
        "二〇一六年二月二十一日",
        "二○一六年二月二十一日",
        "二零一六年二月廿一日",
        "2016年二月二十一日",
        "16年2月21日",
        "16.2.21",
        "16-2-21",
        "16.02.21",
        "2016-2-21 星期日",
        "2016年2月21日（周日）",
        "21/2/2016",
        "2/21/2016",
    ],
)
def test_other_notations_with_one_meaning_are_read_and_told(raw: str) -> None:
    assert read(CellDate, raw, year=2016) == date(2016, 2, 21)


@pytest.mark.parametrize("raw", ["16.3.8", "16.03.08", "16-3-8", "16/3/8", "16年3月8日"])
@pytest.mark.parametrize("cell", [CellDate, PartialDateCell])
def test_no_step_is_older_than_the_register(cell: Any, raw: str) -> None:
    """The day first it would be of 2008."""
    assert str(read(cell, raw, year=2016)) == "2016-03-08"
    assert told(cell, raw, year=2016) is Notice.LENIENT


@pytest.mark.parametrize(
    ("raw", "one", "other"),
    [
        ("16.3.14", "2016-3-14", "2014-3-16"),
        ("14-5-16", "2014-5-16", "2016-5-14"),
        ("8/3/2016", "2016-8-3", "2016-3-8"),
    ],
)
@pytest.mark.parametrize("cell", [CellDate, PartialDateCell])
def test_a_date_of_two_meanings_is_said_to_be_one(
    cell: Any, raw: str, one: str, other: str
) -> None:
    expected = fault(cell, raw, year=2016).expected
    assert "四位年份" in expected and f"分不清是 {one} 还是 {other}" in expected


@pytest.mark.parametrize("raw", ["3.20", "3-20", "3/20", "03.20", "3月20"])
def test_a_day_without_a_year_is_of_the_registers(raw: str) -> None:
    assert read(CellDate, raw, year=2016) == date(2016, 3, 20)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        *[("3.5", 5), (3.5, 5), ("3.9", 9), (3.25, 25), ("3-2", 2), ("3/5", 5)],
        (datetime(1900, 1, 3, 12), 5),  # 3.5 typed into a cell that shows days
    ],
)
def test_a_day_of_the_year_of_which_no_zero_can_be_lost(raw: Any, day: int) -> None:
    assert read(CellDate, raw, year=2016) == date(2016, 3, day)


@pytest.mark.parametrize("raw", ["3.2", 3.2, "3.1", "3.3", "13.20", "3.32", "20.3"])
def test_what_may_be_a_number_is_no_day_without_a_year(raw: Any) -> None:
    assert fault(CellDate, raw).notice is Notice.WRONG_TYPE


@pytest.mark.parametrize(
    "raw",
    [
        "2016.03", 2016.03, "2016-2-30", "二〇一六年二月三十日", "三月初", "16.3.14", "21.2.16",
        "3/5/2016",
        True, time(8), "2016-13-1", 3.0, "二月初五", "2016年春", "2016-2-21前", "2016①2①21",
    ],
)  # fmt: skip
def test_no_dates(raw: Any) -> None:
    assert fault(CellDate, raw).notice is Notice.WRONG_TYPE


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2016.03", "2016-03"),
        (2016.03, "2016-03"),
        *[(2016.2, "2016-02"), (2016.3, "2016-03"), (2016.9, "2016-09"), (2016.12, "2016-12")],
        ("2016年3月", "2016-03"),
        ("2016年3月份", "2016-03"),
        ("2016。3", "2016-03"),
        ("201603", "2016-03"),
        ("二〇一六年三月", "2016-03"),
        ("2016", "2016"),
        ("2016年度", "2016"),
        (2016.0, "2016"),
        ("52年3月", "1952-03"),
        ("1950年元月", "1950-01"),
        (date(1950, 1, 9), "1950-01-09"),
    ],
)
def test_partial_dates(raw: Any, expected: str) -> None:
    assert read(PartialDateCell, raw) == expected


@pytest.mark.parametrize("cell", [CellDate, PartialDateCell])
@pytest.mark.parametrize(
    ("raw", "is_irregular"),
    [
        ("1948-10-19 0:00:00", False),  # as spreadsheet programs write a day into a web page
        ("1948/10/19 00:00", False),
        ("1948-10-19T00:00:00", False),
        ("1948年10月19日 0:00:00", False),
        ("1948-10-19 0:00:00 ", True),
        ("1948-10-19\u3000 0:00:00", True),
        ("１９４８-10-19 0:00:00", True),
    ],
)
def test_a_time_behind_a_day_is_no_irregular_text(cell: Any, raw: str, is_irregular: bool) -> None:
    assert str(read(cell, raw)) == "1948-10-19"
    assert cell_type(cell).is_irregular(raw) == is_irregular


@pytest.mark.parametrize("raw", [2016.1, 2016.13, 2016.123, "05年3月", "三月", "2016年正月"])
def test_what_could_be_two_dates_is_not_guessed(raw: Any) -> None:
    """2016.10 typed as a number arrives as 2016.1; 05年 is 1905 or 2005."""
    assert fault(PartialDateCell, raw).notice is Notice.WRONG_TYPE


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    ten = ("" if tens < 2 else digits[tens]) + ("十" if tens else "")
    return ten + (digits[ones] if ones else "")


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_notation(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    years = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    for text in (
        f"{year}-{month}-{number}",
        f"{year}/{month:02}/{number:02}",
        f"{year}.{month}.{number}",
        f"{year}年{month}月{number}日",
        f"{year}{month:02}{number:02}",
        f"{month}月{number}日",
        f"{year}。{month}。{number}",
        f"{year}—{month}—{number}",
        f"{year} {month:02} {number:02}",
        f"{year}\\{month}\\{number}",
        f"{year}年{month}月{number}号",
        f"{years}年{han(month)}月{han(number)}日",
        f"{years.replace('〇', '○')}年{han(month)}月{han(number)}",
    ):
        assert read(CellDate, text, year=year) == day
        assert read(PartialDateCell, text, year=year) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        *[(text, True) for text in ("11月5日", "11月5号", "2月份", "十一月五日", "9.9", "2-29")],
        *[(text, False) for text in ("2月30日", "13月", "16.6.1", "2016年2月", "2016", "去年", "")],
    ],
)
def test_days_and_months_of_no_year(text: str, is_one: bool) -> None:
    assert names_no_year(text) is is_one


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("65.3.12", "1965-03-12"),
        ("65-03-12", "1965-03-12"),
        ("16.2.21", "2016-02-21"),
        ("05.3.12", "2005-03-12"),
        ("17.1.9", "1917-01-09"),
    ],
)
def test_births_of_short_years(raw: str, day: str) -> None:
    """Nobody is born later than now, and the year is written first."""
    assert read(BirthDate, raw, year=2016) == day
    assert told(BirthDate, raw, year=2016) is Notice.LENIENT


def test_short_years_of_what_may_be_a_year_alone() -> None:
    assert read(PartialDateCell, "16.2.21", year=2016) == "2016-02-21"
    assert told(PartialDateCell, "16.2.21", year=2016) is Notice.LENIENT
    for raw in ("65.3.12", "11.3.14", "3.20", "16.2.30"):
        fault(PartialDateCell, raw, year=2016)
    for raw in ("65.3", "65.13.1", "99.2.30"):
        fault(BirthDate, raw, year=2016)


def test_blanks_between_digits_part_them() -> None:
    assert read(CellDate, "2016 3 5", year=2016) == date(2016, 3, 5)  # and not the 35th month
    assert read(CellDate, "1980 0101", year=2016) == date(1980, 1, 1)
