"""How single cells are read: the ways of register.md, one line a way."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from jiandang.register import cells, code_types
from jiandang.register.cells import Context
from jiandang.register.notice import Notice


def read(annotation: Any, raw: Any, **context: Any) -> Any:
    return TypeAdapter(annotation).validate_python(raw, context=Context(**context))


def fault(annotation: Any, raw: Any, **context: Any) -> dict[str, Any]:
    with pytest.raises(ValidationError) as caught:
        read(annotation, raw, **context)
    return caught.value.errors()[0]["ctx"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (date(2016, 3, 5), date(2016, 3, 5)),
        (datetime(2016, 3, 5, 8, 30), date(2016, 3, 5)),
        ("2016-3-5", date(2016, 3, 5)),
        ("2016/3/5", date(2016, 3, 5)),
        ("2016.3.5", date(2016, 3, 5)),
        ("2016.03.05", date(2016, 3, 5)),
        ("20160305", date(2016, 3, 5)),
        (20160305.0, date(2016, 3, 5)),
        ("2016年3月5日", date(2016, 3, 5)),
        ("2016年3月5", date(2016, 3, 5)),
        (" 2016 年 3 月 5 日 ", date(2016, 3, 5)),
        ("３月５日", date(2016, 3, 5)),
        ("3月5日", date(2016, 3, 5)),
        ("2016-03-05 00:00:00", date(2016, 3, 5)),
        (42434.0, date(2016, 3, 5)),
        ("42434", date(2016, 3, 5)),
    ],
)
def test_dates(raw: Any, expected: date) -> None:
    assert read(cells.CellDate, raw, year=2016) == expected


@pytest.mark.parametrize(
    "raw", ["2016.03", 2016.03, "2016-2-30", "三月初", "16.3.5", True, time(8), "2016-13-1", 3.0]
)
def test_no_dates(raw: Any) -> None:
    assert fault(cells.CellDate, raw)["notice"] == Notice.WRONG_TYPE


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2016.03", "2016-03"),
        (2016.03, "2016-03"),
        ("2016年3月", "2016-03"),
        ("201603", "2016-03"),
        ("2016", "2016"),
        (2016.0, "2016"),
        (date(1950, 1, 9), "1950-01-09"),
    ],
)
def test_partial_dates(raw: Any, expected: str) -> None:
    assert read(cells.PartialDate, raw) == expected


def test_october_or_january() -> None:
    """2016.10 typed as a number arrives as 2016.1: it is reported and not guessed."""
    assert fault(cells.PartialDate, 2016.1)["notice"] == Notice.WRONG_TYPE


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_way(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    for text in (
        f"{year}-{month}-{number}",
        f"{year}/{month:02}/{number:02}",
        f"{year}.{month}.{number}",
        f"{year}年{month}月{number}日",
        f"{year}{month:02}{number:02}",
        f"{month}月{number}日",
    ):
        assert read(cells.CellDate, text, year=year) == day


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (3500.0, 3500),
        ("3,500元", 3500),
        ("３５００", 3500),
        ("0.35万元", 3500),
        ("0.35万", 3500),
        ("¥3500.50", 3500.5),
        ("-20", -20),
        (" 3 500 ", 3500),
    ],
)
def test_money(raw: Any, expected: float) -> None:
    assert read(cells.Money, raw) == expected


@pytest.mark.parametrize("raw", ["三千", "3500亩", "3500元左右", True, "", "12-13"])
def test_no_money(raw: Any) -> None:
    assert fault(cells.Money, raw)["notice"] == Notice.WRONG_TYPE


def test_money_in_ten_thousands_by_its_heading() -> None:
    assert read(cells.Money, 0.35, scale=10_000) == 3500
    assert read(cells.Money, "3500元", scale=10_000) == 3500


def test_areas_and_counts() -> None:
    assert read(cells.Number, "3.5亩") == 3.5
    assert read(cells.Number, "80㎡") == 80
    assert read(cells.Whole, "30岁") == 30
    assert read(cells.Whole, 3.0) == 3
    assert fault(cells.Whole, 3.5)["nearest"] == "4"


def test_a_year_that_excel_shows_as_a_date() -> None:
    assert read(cells.Whole, date(1905, 7, 7)) == 2015


@pytest.mark.parametrize("raw", ["是", "有", "√", "1", 1.0, "Y", "1:是", "1：是", True, " 是 "])
def test_yes(raw: Any) -> None:
    assert read(cells.YesNo, raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "0", 0.0, "2", "N", "2:否", False])
def test_no(raw: Any) -> None:
    assert read(cells.YesNo, raw) is False


def test_neither_yes_nor_no() -> None:
    assert fault(cells.YesNo, "不详")["notice"] == Notice.WRONG_TYPE


@pytest.mark.parametrize("raw", ["张三", "是", "手印", "已签"])
def test_signed(raw: str) -> None:
    assert read(cells.Signature, raw) is True


@pytest.mark.parametrize("raw", ["否", "未签", "没有签字", "无"])
def test_not_signed(raw: str) -> None:
    assert read(cells.Signature, raw) is False


@pytest.mark.parametrize(
    ("annotation", "raw", "expected"),
    [
        (code_types.Sex, "1", "男"),
        (code_types.Sex, 2.0, "女"),
        (code_types.Sex, "1:男", "男"),
        (code_types.Sex, "1：男", "男"),
        (code_types.Sex, "男 ", "男"),
        (code_types.Relation, "长子", "之子"),
        (code_types.Relation, "03", "之子"),
        (code_types.Nation, "汉", "汉族"),
        (code_types.Education, "大专以上", "大专及以上"),
        (code_types.Health, "残疾、长期慢性病", "长期慢性病、残疾"),
        (code_types.Health, "慢性病，残疾", "长期慢性病、残疾"),
        (code_types.OtherCauses, "无", None),
        (code_types.OtherCauses, "缺资金、因学", "因学、缺资金"),
    ],
)
def test_codes(annotation: Any, raw: Any, expected: str | None) -> None:
    # A value may be absent (无) where a cell may be empty, as in the tables.
    assert read(annotation | None, raw) == expected


def test_the_provinces_numbers_mean_other_things() -> None:
    assert read(code_types.Health, "2") == "长期慢性病"
    assert read(code_types.Health, "2", provincial=True) == "体弱多病"
    assert read(code_types.Cause, "1") == "因病"
    assert read(code_types.Cause, "1", provincial=True) == "因灾"


def test_a_code_that_contradicts_its_word() -> None:
    assert fault(code_types.Sex, "男:1")["notice"] == Notice.UNKNOWN_CODE


def test_the_nearest_value_is_named() -> None:
    error = fault(code_types.Education, "初种")
    assert (error["notice"], error["nearest"]) == (Notice.UNKNOWN_CODE, "初中")


def test_one_main_cause() -> None:
    assert fault(code_types.Cause, "因病、缺资金")["notice"] == Notice.SEVERAL_CODES
    assert fault(code_types.Cause, "因懒、缺资金")["notice"] == Notice.UNKNOWN_CODE


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("32032419600101001x", "32032419600101001X"),
        ("'320324196001010018", "320324196001010018"),
        ("３２０３２４１９６００１０１００１Ｘ", "32032419600101001X"),
        ("320324 19600101 0018", "320324196001010018"),
        ("\u200b320324196001010018\u00a0", "320324196001010018"),
        ("32032419600101001Х", "32032419600101001X"),  # a Cyrillic letter
        (320324600101001.0, "320324600101001"),  # an old number has 15 digits: nothing is lost
    ],
)
def test_resident_ids(raw: Any, expected: str) -> None:
    assert read(cells.ResidentId, raw) == expected


def test_an_id_typed_as_a_number_is_not_repaired() -> None:
    error = fault(cells.ResidentId, 320324196001010018.0)
    assert (error["notice"], error["known"]) == (Notice.LOST_DIGITS, "320324196001010")
    assert fault(cells.ResidentId, "3.20324E+17")["notice"] == Notice.LOST_DIGITS


def test_codes_typed_as_numbers() -> None:
    assert read(cells.CodeNumber, 320324105201001.0) == "320324105201001"
    assert fault(cells.CodeNumber, 32032410520100101.0)["notice"] == Notice.WRONG_TYPE


def test_names() -> None:
    assert read(cells.PersonName, " 张 三 ") == "张三"
    assert read(cells.PersonName, "买买提•艾力") == "买买提·艾力"


@given(st.text(max_size=30) | st.floats(allow_nan=False) | st.integers() | st.booleans())
def test_any_cell_is_read_or_reported(raw: Any) -> None:
    """No cell raises anything but a reported fault, whatever stands in it."""
    for annotation in (
        cells.Text, cells.PersonName, cells.CodeNumber, cells.ResidentId, cells.Account,
        cells.Phone, cells.Money, cells.Number, cells.Whole, cells.CellDate, cells.PartialDate,
        cells.YesNo, cells.Signature, code_types.Relation, code_types.Health, code_types.Cause,
    ):  # fmt: skip
        try:
            read(annotation | None, raw)
        except ValidationError as error:
            assert isinstance(error.errors()[0]["ctx"]["notice"], Notice)
