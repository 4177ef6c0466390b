"""What holds for cells of every type; the ways of register.md and more, a file a kind of type."""

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from reading_cells import cell_type, read, told

from jiandang.register import code_cells, code_types, date_cells, number_cells, text_cells
from jiandang.register.notice import Notice

TYPES = [
    text_cells.Text, text_cells.PersonName, text_cells.CodeNumber, text_cells.ResidentId,
    text_cells.DisabilityCard, text_cells.Account, text_cells.Phone, number_cells.Money,
    number_cells.MoneyPerHead, number_cells.TenThousands, number_cells.Area,
    number_cells.FloorArea, number_cells.Distance, number_cells.Months, number_cells.Age,
    number_cells.Year, number_cells.Persons, number_cells.Households, number_cells.Votes,
    date_cells.CellDate, date_cells.PartialDateCell, code_cells.YesNo, code_cells.Signature,
    code_types.Relation, code_types.Health, code_types.Cause, code_types.Nation,
]  # fmt: skip


@given(st.text(max_size=30) | st.floats(allow_nan=False) | st.integers() | st.booleans())
def test_any_cell_is_read_or_reported(raw: Any) -> None:
    """No cell raises anything but a reported fault, whatever stands in it."""
    for annotation in TYPES:
        try:
            TypeAdapter(Annotated[Any, cell_type(annotation)]).validate_python(raw)
        except ValidationError as error:
            assert isinstance(error.errors()[0]["ctx"]["notice"], Notice)


@pytest.mark.parametrize(
    "word", ["/", "-", "—", "——", "－", "暂无", "不详", "未知", "N/A", " / ", "\\", "……", "没有 "]
)
@pytest.mark.parametrize(
    "annotation",
    [
        number_cells.Money, number_cells.Area, number_cells.Months, number_cells.Year,
        date_cells.CellDate, date_cells.PartialDateCell, code_types.Relation, code_types.Nation,
        code_types.Cause, text_cells.CodeNumber,
    ],
    ids=lambda annotation: cell_type(annotation).name,
)  # fmt: skip
def test_words_for_no_value(annotation: Any, word: str) -> None:
    assert read(annotation, word) is None
    assert told(annotation, word) is Notice.NO_VALUE


@pytest.mark.parametrize(
    "annotation",
    [text_cells.ResidentId, text_cells.DisabilityCard, text_cells.Account, text_cells.Phone],
    ids=lambda annotation: cell_type(annotation).name,
)
def test_no_number_is_an_answer(annotation: Any) -> None:
    assert read(annotation, "无") is None
    assert told(annotation, "无") is None


def test_a_text_that_means_something_is_no_empty_cell() -> None:
    assert read(text_cells.Text, "无") == "无"
    assert read(code_cells.Signature, "无") == "否"
    assert read(code_cells.YesNo, "无") is False
