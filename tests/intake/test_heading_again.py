"""A heading among the data: that of each page printed, or of a table with other columns."""

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
COLUMNS: list[Raw] = [
    "户编号", "户主姓名", "家庭人口", "劳动力人数", "农户属性", "主要致贫原因", "住房面积(㎡)",
    "工资性收入(元)", "财产性收入(元)", "转移性收入(元)",
]  # fmt: skip


def home(number: int, *, wages: int = 5000, transfers: int = 300) -> dict[Raw, Raw]:
    cells = (4, 2, "一般贫困户", "缺技术", 80, wages, 20, transfers)
    values: tuple[Raw, ...] = (f"32032410520100{number}", f"张{'一二三四'[number - 1]}", *cells)
    return dict(zip(COLUMNS, values, strict=True))


def read(second: list[Raw], meant: list[Raw] | None = None) -> Register:
    """Two households below the heading, and two below the `second`, whose columns are `meant`."""
    above = [[*home(n).values()] for n in (1, 2)]
    below = [[home(n).get(name, "") for name in meant or second] for n in (3, 4)]
    return register_of([Grid("农户", [[*COLUMNS], *above, second, *below])], POLICY)


def exchanged(one: str, other: str) -> list[Raw]:
    places = {one: other, other: one}
    return [places.get(str(name), name) for name in COLUMNS]


@pytest.mark.parametrize(
    "pair",
    [
        ("工资性收入(元)", "转移性收入(元)"),
        ("家庭人口", "劳动力人数"),
        ("户编号", "户主姓名"),
        ("住房面积(㎡)", "财产性收入(元)"),
    ],
)
def test_two_columns_that_have_changed_places(pair: tuple[str, str]) -> None:
    found = read(exchanged(*pair))
    assert [sheet.heading_row for sheet in found.sheets] == [1, 4]
    table = found.tables["household"]
    assert table["wage"].to_list() == [5000] * 4
    assert table["transfer"].to_list() == [300] * 4
    assert table["size"].to_list() == [4] * 4
    assert table["head_name"].to_list() == ["张一", "张二", "张三", "张四"]


def test_a_column_of_another_name_that_has_moved() -> None:
    meant = exchanged("户编号", "户主姓名")
    second = ["贫困户编号" if name == "户编号" else name for name in meant]
    found = read(second, meant)
    assert found.tables["household"]["head_name"].to_list() == ["张一", "张二", "张三", "张四"]


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (0, "户编号"),
        (2, "家庭\n人口"),
        (2, "人口"),
        (2, "家庭人囗"),
        (8, "财产性收人(元)"),
        (9, ""),
        (9, "联系情况"),
    ],
)
def test_the_same_columns_are_one_table(at: int, text: str) -> None:
    second: list[Raw] = [text if place == at else name for place, name in enumerate(COLUMNS)]
    found = read(second, COLUMNS)
    assert [sheet.heading_row for sheet in found.sheets] == [1]
    table = found.tables["household"]
    assert table["size"].to_list() == [4] * 4
    assert table["transfer"].to_list() == [300] * 4


def test_the_parts_of_a_group_that_have_changed_places() -> None:
    """The row of groups, which stands as it stood, is of the new heading too."""
    groups: list[Raw] = ["户编号", "户主姓名", "家庭人口", "农户属性", "家庭收入", "", "", ""]
    parts: list[Raw] = ["", "", "", "", "工资性收入", "财产性收入", "转移性收入", "人均纯收入"]
    other: list[Raw] = ["", "", "", "", "转移性收入", "财产性收入", "工资性收入", "人均纯收入"]
    rows: list[list[Raw]] = [
        [f"32032410520100{n}", "张三", 4, "一般贫困户", 5000, 20, 300, 2000] for n in (1, 2)
    ]
    below: list[list[Raw]] = [
        [f"32032410520100{n}", "李四", 4, "一般贫困户", 300, 20, 5000, 2000] for n in (3, 4)
    ]
    found = register_of([Grid("农户", [groups, parts, *rows, groups, other, *below])], POLICY)
    table = found.tables["household"]
    assert [sheet.heading_row for sheet in found.sheets] == [2, 6]
    assert table["wage"].to_list() == [5000] * 4
    again = register_of([Grid("农户", [groups, parts, *rows, groups, parts, *rows])], POLICY)
    assert [sheet.heading_row for sheet in again.sheets] == [2]
