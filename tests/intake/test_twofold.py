"""劳动力 in a list of persons: what they can do, or how many of the household can work."""

import pytest

import jiandang
from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")


@pytest.mark.parametrize(
    ("cells", "column", "read"),
    [
        (["普通劳动力", "丧失劳动力"], "labour", ["普通劳动力", "丧失劳动力"]),
        (["有", ""], "labour", ["普通劳动力", None]),
        (["是", "否"], "labour", ["普通劳动力", "无劳动力"]),
        (["无劳动力", "没量过"], "labour", ["无劳动力", None]),
        ([2, ""], "labour_count", [2]),
        ([1, 4], "labour_count", [1]),
        ([1, 0], "labour", ["普通劳动力", "无劳动力"]),
        (["1", "0"], "labour", ["普通劳动力", "无劳动力"]),
        ([1, 1], "labour_count", [1]),
        ([0, ""], "labour_count", [0]),
        (["√", ""], "labour", ["普通劳动力", None]),
        (["√", "×"], "labour", ["普通劳动力", "无劳动力"]),
    ],
)
def test_its_cells_say_which(cells: list[Raw], column: str, read: list[object]) -> None:
    rows: list[list[Raw]] = [
        ["户编号", "姓名", "与户主关系", "性别", "劳动力"],
        ["320324105201001", "张三", "户主", "男", cells[0]],
        ["320324105201001", "王秀", "配偶", "女", cells[1]],
    ]
    register = register_of([Grid("成员", rows)], POLICY)
    table = "member" if column == "labour" else "household"
    assert register.tables[table][column].to_list() == read
    found = jiandang.check(register, select="LR005").findings
    assert len(found) == 0


@pytest.mark.parametrize("headings", [("劳动力", "劳动力人数"), ("劳动力人数", "劳动力")])
@pytest.mark.parametrize(("yes", "no"), [(1, 0), ("√", ""), ("是", "否")])
def test_beside_the_number_it_is_the_persons(headings: tuple[str, str], yes: Raw, no: Raw) -> None:
    cells: dict[str, list[Raw]] = {"劳动力": [yes, no], "劳动力人数": [1, ""]}
    head: list[list[Raw]] = [["户主", "张三", "男"], ["配偶", "王秀", "女"]]
    rows: list[list[Raw]] = [["户编号", "与户主关系", "姓名", "性别", *headings]]
    for i, own in enumerate(head):
        rows.append(["320324105201001", *own, *(cells[heading][i] for heading in headings)])
    register = register_of([Grid("成员", rows)], POLICY)
    assert register.tables["member"]["labour"][0] == "普通劳动力"
    assert register.tables["household"]["labour_count"].to_list() == [1]
    assert not len(jiandang.check(register, select="LR002,LR005,LR213").findings)


NUMBERS = ["320324196203194415", "320324196409254524", "32032419900111461X", "320324195001010013"]


def simple(homes: list[str]) -> list[list[Raw]]:
    """A list of numbers of households, names and identity numbers, and of nothing else."""
    rows: list[list[Raw]] = [["户编号", "姓名", "身份证号"]]
    names = ("柏建业", "水秀英", "柏军", "田广成")
    return rows + [[*row] for row in zip(homes, names, NUMBERS, strict=True)]


@pytest.mark.parametrize(
    "homes",
    [
        ["320324105201001"] * 3 + ["320324105201002"],
        ["1", "1", "1", "2"],
        ["320324105201001", "320324105201002", "320324105201003", "320324105201003"],
    ],
)
def test_several_rows_of_one_number_are_its_members(homes: list[str]) -> None:
    register = register_of([Grid("Sheet1", simple(homes))], POLICY)
    assert register.tables["member"]["name"].to_list() == ["柏建业", "水秀英", "柏军", "田广成"]
    assert register.tables["household"].height == len({*homes})
    assert len(jiandang.check(register, select="LR121").findings) == 0


@pytest.mark.parametrize(
    "homes",
    [
        ["320324105201001", "320324105201002", "320324105201003", "320324105201004"],
        ["1", "2", "1", "2"],  # of two villages
    ],
)
def test_a_row_a_number_is_of_households(homes: list[str]) -> None:
    register = register_of([Grid("Sheet1", simple(homes))], POLICY)
    assert register.tables["household"].height == 4 and register.tables["member"].height == 0
