"""A column of which hardly any of ever so many kinds of contents can be read is refused."""

from datetime import date

import pytest

from jiandang.formats.grid import Unreadable
from jiandang.formats.matrix import CellMatrix
from jiandang.intake import columns
from jiandang.intake.columns import TypedColumn, parse_beside, parse_column
from jiandang.register.cells import Context, Raw
from jiandang.register.tables import COLUMNS


def read(cells: list[Raw], name: str) -> TypedColumn:
    column = CellMatrix.of([[cell] for cell in cells]).column(0)
    return parse_column(COLUMNS["household"][name], column, Context())


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MOST_KINDS", 20)


@pytest.mark.parametrize("name", ["cause", "identified", "wage"])
def test_hardly_any_can_be_read(name: str) -> None:
    with pytest.raises(Unreadable, match=r"一列有 20 种以上的内容，几乎没有一种是这一列要的"):
        read([f"丙{n}丁" for n in range(30)], name)


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ([*map(float, range(300)), *(f"丙{n}丁" for n in range(30))], 30),
        (["丙丁"] * 300, 300),
        ([f"约{n}元左右" for n in range(19)], 19),
    ],
)
def test_many_others_can(cells: list[Raw], faults: int) -> None:
    assert len(read(cells, "wage").faults) == faults


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        # 16.3.14, 3/4/2016
        (["2016.3.8"], ["2016-03-14", None]),
        ([date(2016, 3, 8)], ["2016-03-14", None]),
        (["16.3.8"], ["2016-03-14", None]),
        (["3/21/2016"], [None, "2016-03-04"]),
        (["21/3/2016", "2016-3-8"], [None, "2016-04-03"]),
        (["16.3.8", "3/21/2016"], ["2016-03-14", "2016-03-04"]),
        # Nobody says it, or both ways are written.
        (["15.3.14", "5/4/2016", "3月8日", ""], [None, None]),
        (["21/3/2016", "3/21/2016"], [None, None]),
        (["21.2.16", "2016-3-8"], [None, "2016-04-03"]),
    ],
)
def test_a_date_that_may_be_two_days_is_written_as_those_beside_it(
    beside: list[Raw], expected: list[str | None]
) -> None:
    cells: list[list[Raw]] = [["16.3.14"], ["3/4/2016"], *([cell] for cell in beside)]
    column = COLUMNS["survey"]["surveyed"]
    parsed, context = parse_beside(column, CellMatrix.of(cells).column(0), Context())
    assert [day and str(day) for day in parsed.values[:2].to_list()] == expected
    for (cell, *_), value in zip(cells[:2], parsed.values, strict=False):  # as repairs read it
        assert value is None or column.cell.read(cell, context).value == value
