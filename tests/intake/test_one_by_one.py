"""Rows are taken out one by one only to tell what a sheet is: no loop goes over a whole table."""

from typing import Any

import pytest

from generators import flat
from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellMatrix
from jiandang.policy import load_policy
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")


def taken_out(persons: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows are taken out of a table with so many."""
    cells = CellMatrix.of([*flat.rows(persons, 1, 0.02)])
    count = 0
    take = CellMatrix.__getitem__

    def counted(self: CellMatrix, row: Any) -> Any:
        nonlocal count
        count += 1
        return take(self, row)

    with monkeypatch.context() as patch:
        patch.setattr(CellMatrix, "__getitem__", counted)
        register = register_of([Grid("成员", cells)], POLICY)
    assert register.tables["member"].height == persons
    return count


def test_as_many_rows_of_a_long_table_as_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < taken_out(600, monkeypatch) == taken_out(1_800, monkeypatch)
