"""A sheet's cells as numbers of the distinct ones: nothing is lost, nothing is mixed up."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from jiandang.formats.matrix import CellMatrix
from jiandang.register.cells import MAX_TEXT, ErrorValue, Raw

CELLS: st.SearchStrategy[Any] = st.sampled_from(
    ["", "甲", "1", "TRUE", "#N/A", ErrorValue("#N/A"), 0.0, 1.0, False, True, date(2016, 3, 5)]
)


def kinds(rows: Any) -> list[list[tuple[type, Any]]]:
    return [[(type(cell), cell) for cell in row] for row in rows]


@given(st.integers(0, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n))))
def test_every_cell_keeps_its_value_and_its_kind(rows: list[list[Any]]) -> None:
    """True equals 1, and an error the text that it shows; they stay apart all the same."""
    matrix = CellMatrix.of(rows)
    assert matrix == rows
    assert kinds(matrix) == kinds(rows)
    assert CellMatrix.of(matrix) is matrix
    for column in range(matrix.codes.shape[1]):
        cells = matrix.column(column)
        distinct, places = cells.distinct()
        assert kinds([[distinct[place] for place in places]]) == kinds([[*cells]])
        assert cells.is_blank == all(cell == "" for cell in cells)


def test_a_text_that_begins_so() -> None:
    known = CellMatrix.of_texts(pl.Series(["甲乙", "丙"]), [2.0], np.array([[1, 2, 3]]))
    for matrix in (known, CellMatrix.of([["甲乙", 2.0, True]])):
        assert matrix.has_text_from("甲")
        assert not matrix.has_text_from("乙")


def test_rows_of_different_width_are_filled_up() -> None:
    assert CellMatrix.of([["甲"], ["乙", 2.0], []]) == [["甲", ""], ["乙", 2.0], ["", ""]]
    assert CellMatrix.of([]) == []
    assert CellMatrix.of([[], []]) == [[], []]


def test_a_merged_cell_is_filled_down() -> None:
    matrix = CellMatrix.of([["甲", 1.0], ["", 2.0], ["", 3.0], ["乙", 4.0]])
    matrix.fill_down(0, 2, 0)
    assert matrix == [["甲", 1.0], ["甲", 2.0], ["甲", 3.0], ["乙", 4.0]]
    # A range may reach beyond what is filled.
    matrix.fill_down(3, 9, 1)
    assert matrix[2:] == [["甲", 3.0], ["乙", 4.0]]


def test_a_text_ends_where_an_excel_cell_ends() -> None:
    matrix = CellMatrix.of([["甲" * (MAX_TEXT + 1), ErrorValue("#N/A"), 1.0]])
    assert matrix == [["甲" * MAX_TEXT, ErrorValue("#N/A"), 1.0]]


def test_the_texts_of_a_column_are_told_from_its_other_cells() -> None:
    codes = np.array([[1, 3], [2, 0], [5, 4]], np.int32)
    others: list[Raw] = [ErrorValue("#N/A"), 1.0, "丙"]
    matrix = CellMatrix.of_texts(pl.Series(["甲", "乙"]), others, codes)
    assert matrix == [["甲", ErrorValue("#N/A")], ["乙", ""], ["丙", 1.0]]
    assert [matrix.column(n).distinct()[0].texts().to_list() for n in (0, 1)] == [
        ["甲", "乙", "丙"],
        ["", "", ""],
    ]
    # A value that is added later, and others in place of all.
    matrix.values.append("丁")
    matrix.codes[1, 1] = 6
    assert matrix.column(1).distinct()[0].texts().to_list() == ["", "", "丁"]
    matrix.values = [*map(str, matrix.values)]
    assert matrix.column(0).distinct()[0].texts().to_list() == ["甲", "乙", "丙"]


def test_a_text_of_a_series_ends_where_an_excel_cell_ends() -> None:
    codes = np.array([[1, 2]], np.int32)
    matrix = CellMatrix.of_texts(pl.Series(["甲" * (MAX_TEXT + 1)]), ["乙"], codes)
    assert matrix == [["甲" * MAX_TEXT, "乙"]]
    assert matrix.column(0).distinct()[0].texts().to_list() == ["甲" * MAX_TEXT]


def large() -> tuple[CellMatrix, list[Raw]]:
    """A sheet of more distinct cells than are made at once, one in each row, and these."""
    texts = [f"甲{number}" for number in range(6_000)]
    others: list[Raw] = [2.5, True, "公式"]
    cells: list[Raw] = ["", *texts, *others]
    codes = np.arange(len(cells), dtype=np.int32).reshape(-1, 1)
    return CellMatrix.of_texts(pl.Series(texts), others, codes), cells


def test_rows_and_columns_of_a_large_sheet() -> None:
    matrix, cells = large()
    places = [0, 1, 6_000, 6_001, 6_002, 6_003]
    expected = [cells[place] for place in places]
    assert [matrix[place][0] for place in places] == expected
    distinct, _ = matrix.column(0, places).distinct()
    assert [*distinct] == expected
    assert distinct.at([1, 3]) == ["甲0", 2.5]
    assert distinct.texts().to_list() == ["", "甲0", "甲5999", "", "", "公式"]
    is_text = matrix.column(0).are(lambda cell: type(cell) is str, places)
    assert is_text.tolist() == [True, True, True, False, False, True]


def test_all_cells_of_a_large_sheet() -> None:
    matrix, cells = large()
    assert [*matrix] == [[cell] for cell in cells]
    matrix.values.append("乙")
    matrix.codes[0, 0] = len(cells)
    assert matrix[0] == ["乙"] and matrix.values == [*cells, "乙"]
