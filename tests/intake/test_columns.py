"""A column of which hardly any of ever so many kinds of contents can be read is refused."""

import pytest

from jiandang.formats.grid import Unreadable
from jiandang.formats.matrix import CellMatrix
from jiandang.intake import columns
from jiandang.intake.columns import TypedColumn, parse_column
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
