"""The table of county codes: complete where we know it, old codes included."""

import re

import pytest

from jiandang.register.region_codes import county_codes, county_name, of_same_county


def test_size_and_form() -> None:
    assert 6500 < len(county_codes()) < 7000
    assert all(re.fullmatch("[1-9][0-9]{5}", code) for code in county_codes())
    assert not any(code.endswith("00") for code in county_codes())
    assert county_codes() is county_codes()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("320305", "贾汪区"),
        ("320312", "铜山区"),
        ("320321", "丰县"),
        ("320322", "沛县"),
        ("320324", "睢宁县"),
        ("320381", "新沂市"),
        ("320382", "邳州市"),
        ("320323", "铜山县"),  # until 2010
        ("320325", "邳县"),  # until 1992
        ("320326", "新沂县"),  # until 1990
        ("320304", "九里区"),  # until 2010
        ("512224", None),  # 四川, before 重庆: only that it exists
        ("500157", "两江新区"),  # of 2026
        ("513621", None),  # its name is disputed
    ],
)
def test_known(code: str, name: str | None) -> None:
    assert code in county_codes()
    assert name is None or county_name(code) == name


@pytest.mark.parametrize(
    "code", ["320399", "999999", "3203", "320300", "", "３２０３２２", "320219"]
)
def test_unknown(code: str) -> None:
    assert code not in county_codes() and county_name(code) is None


def test_every_code_has_a_chinese_name() -> None:
    names = {county_name(code) or "" for code in county_codes()}
    assert all(re.fullmatch("[一-鿿]+", name) for name in names)


def test_codes_of_a_county_that_changed_its_rank() -> None:
    assert of_same_county(["320382", "320324"]) == {"320325": "320382"}  # 邳县, today 邳州市
