"""Private numbers do not get into a report, whatever column they were typed in."""

import pytest
from town import Town

from jiandang.register.cells import show
from jiandang.register.masking import mask, mask_code, mask_private


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("320324198001010015", "320324********0015"),
        ("32032419800101001X", "320324********001X"),
        ("13912345678", "139****5678"),
        ("6228480402564890018", "622848*********0018"),
        ("32032419800101001", "320324*******1001"),
    ],
)
def test_mask(text: str, shown: str) -> None:
    assert mask(text) == shown


def test_private_numbers_inside_texts() -> None:
    assert mask_private("张三320324198001010015") == "张三320324********0015"
    assert mask_private("电话13912345678转3") == "电话139****5678转3"
    assert mask_private("王庄村3组") == "王庄村3组"


def test_codes_stay_unless_they_are_somebodys_number() -> None:
    assert mask_code("320324105201001") == "320324105201001"
    assert mask_code("320324198001010015") == "320324********0015"


@pytest.mark.parametrize("heading", ["姓名", "性别", "与户主关系", "户编号", "人编号", "年龄"])
@pytest.mark.parametrize("number", ["320324198001010015", "13912345678", "6228480402564890018"])
def test_a_number_in_the_wrong_column(heading: str, number: str) -> None:
    town = Town()
    town.row("成员", 与户主关系="之子")[heading] = number
    report = town.report(context=True)
    assert report.findings
    assert number not in report.model_dump_json()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3500.0, "3500"), (0.5, "0.5"), (0.0018, "0.002"), (5e-17, "0"), (True, "是"), (None, "空")],
)
def test_show(value: object, shown: str) -> None:
    assert show(value) == shown


def test_numbers_of_households_are_no_bank_cards_by_their_check_digits() -> None:
    numbers = [f"320324105201{n:04}" for n in range(200)]
    assert [mask_code(number) for number in numbers] == numbers
    assert mask_code("4000000000000002") == "400000******0002"
