"""One of two printed answers that is marked, in tables as on forms."""

import pytest

from jiandang.register.cells import CellError, Context
from jiandang.register.marked_answers import marked_answer
from jiandang.register.tables import COLUMNS

CELL = COLUMNS["member"]["medical_insurance"].cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是√/否", True), ("√是/否", True), ("是/√否", False), ("是/否√", False), ("√是", True),
        ("是(√) 否( )", True), ("是（ ）否（√）", False), ("（√）是（ ）否", True),
        ("√是 否", True),
        ("是 否√", False), ("是对 否", True), ("对是 否", True), ("是 否对", False), ("对", True),
        ("有√/无", True), ("有/无√", False), ("（是）", True), ("(无)", False), ("√（是）", True),
        ("参加√ 未参加", True), ("是V 否", True), ("是__√__ 否____", True),
    ],
)  # fmt: skip
def test_the_marked_one_is_read(text: str, value: bool) -> None:
    assert CELL.read(text, Context(2015)).value is value


@pytest.mark.parametrize(
    "text",
    [
        "是 √ 否",
        "是√否",
        "是√ 否√",
        "是/否",
        "是 否",
        "是对的吧",
        "(因病)",
        "是×",
        "(张三)",
        "对否",
    ],
)
def test_what_could_be_either_is_not_guessed(text: str) -> None:
    with pytest.raises(CellError):
        CELL.read(text, Context(2015))


def test_an_answer_is_of_two_words() -> None:
    assert marked_answer("是√ 否 不详") is None
    assert marked_answer("√") is None
