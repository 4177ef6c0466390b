"""Names, codes and numbers kept as texts."""

from typing import Any

import pytest
from reading_cells import fault, read, told

from jiandang.register.notice import Notice
from jiandang.register.text_cells import (
    Account,
    CodeNumber,
    DisabilityCard,
    PersonName,
    Phone,
    ResidentId,
)


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
    assert read(ResidentId, raw) == expected


def test_an_id_typed_as_a_number_is_not_repaired() -> None:
    error = fault(ResidentId, 320324196001010018.0)
    assert (error.notice, error.known) == (Notice.LOST_DIGITS, "320324196001010")
    assert fault(ResidentId, "3.20324E+17").notice is Notice.LOST_DIGITS
    assert fault(ResidentId, 320324196001010000).notice is Notice.LOST_DIGITS
    assert read(ResidentId, 320324196001010018) == "320324196001010018"


def test_a_number_in_a_circle_is_no_digit() -> None:
    assert read(ResidentId, "①20324196001010018") == "①20324196001010018"


def test_codes_typed_as_numbers() -> None:
    assert read(CodeNumber, 320324105201001.0) == "320324105201001"
    assert fault(CodeNumber, 32032410520100101.0).notice is Notice.WRONG_TYPE


@pytest.mark.parametrize(
    ("annotation", "raw", "value"),
    [
        (ResidentId, "身份证：320324196001010018", "320324196001010018"),
        (ResidentId, "公民身份号码: 32032419600101001x", "32032419600101001X"),
        (ResidentId, "证件号码：320324 19600101 0018", "320324196001010018"),
        (CodeNumber, "户编号：320324105201001", "320324105201001"),
        (DisabilityCard, "残疾证号：32032419600101001843", "32032419600101001843"),
        (Account, "卡号：6228480402564890018", "6228480402564890018"),
        (PersonName, "姓名：董翠云", "董翠云"),
        (PersonName, "户主: 董翠云", "董翠云"),
        (PersonName, "董翠云（户主）", "董翠云"),
        (PersonName, "李秀英(妻)", "李秀英"),
        (PersonName, "王小明（长子）", "王小明"),
        (PersonName, "宋鹏晨（之子）", "宋鹏晨"),
        (PersonName, "曾艳欣(之外孙女)", "曾艳欣"),
        (PersonName, "曹侠玉(户主之妻)", "曹侠玉"),
    ],
)
def test_what_is_written_beside_a_value_is_told(annotation: Any, raw: str, value: str) -> None:
    assert read(annotation, raw) == value
    assert told(annotation, raw) is Notice.LENIENT


@pytest.mark.parametrize(
    "raw", ["董翠云（已故）", "董翠云(小云)", "董翠云(之)", "（户主）", "（之子）", "户主"]
)
def test_what_says_more_of_a_person_stays(raw: str) -> None:
    assert read(PersonName, raw) == raw.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize("raw", ["未办理", "办理中", "正在办理", "未办证", "无", "/", "无证", "否"])
def test_a_card_that_is_still_to_come(raw: str) -> None:
    assert read(DisabilityCard, raw) is None


@pytest.mark.parametrize("raw", ["新生儿", "未办", "未办理", "未上户", " 未 落户 "])
def test_an_identity_number_that_is_still_to_come_is_none_and_told(raw: str) -> None:
    assert read(ResidentId, raw) is None
    assert told(ResidentId, raw) is Notice.NO_VALUE


def test_what_else_stands_in_place_of_an_identity_number_stays() -> None:
    assert read(ResidentId, "丢失") == "丢失"


def test_names() -> None:
    assert read(PersonName, " 张 三 ") == "张三"
    assert read(PersonName, "买买提•艾力") == "买买提·艾力"
    assert read(PersonName, "/") is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("(0516)88123456", "0516-88123456"),
        ("（0516）88123456", "0516-88123456"),
        ("0516 88123456", "0516-88123456"),
        ("0516-8812 3456", "0516-88123456"),
        ("137-1858-0921", "13718580921"),
        ("137 1858 0921", "13718580921"),
        ("+86 13718580921", "13718580921"),
        ("+86-137-1858-0921", "13718580921"),
        ("8613718580921", "13718580921"),
        ("（+86）13718580921", "13718580921"),
        ("13718580921（儿子）", "13718580921"),
        ("张三：13718580921", "13718580921"),
        ("13718580921 13912345678", "13718580921、13912345678"),
        ("13718580921 0516-88123456", "13718580921、0516-88123456"),
        ("13718580921或13912345678", "13718580921、13912345678"),
    ],
)
def test_phones_are_read_and_told(raw: str, expected: str) -> None:
    assert read(Phone, raw) == expected
    assert told(Phone, raw) is Notice.LENIENT


@pytest.mark.parametrize(
    "raw",
    [
        "13718580921", "0516-88123456", "051688123456", "13718580921/13912345678",
        "13718580921、0516-88123456",
        # What is no phone stays as it is, for LR116 to tell.
        "1371858092", "137185809211", "88123456", "0516-88123456-801", "13718580921 1234",
        "12345678901",
    ],
)  # fmt: skip
def test_phones_as_they_stand(raw: str) -> None:
    assert read(Phone, raw) == raw.replace(" ", "")
    assert told(Phone, raw) is None


def test_phones_with_points_and_without_a_phone() -> None:
    assert read(Phone, "137.1858.0921") == "13718580921"
    assert read(Phone, "无电话") is None
