"""Registers without 户编号: whose the rows are, by the head's name and the village."""

from datetime import date

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.report.model import Finding
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
FORM: Row = ["行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因", "人均纯收入(元)"]
MEMBER: Row = ["行政村", "户主姓名", "姓名", "性别", "与户主关系"]
WANG, LIU = "王庄村", "柳湾村"
HOMES = {(WANG, "张三"): ["张三", "张小三"], (WANG, "李四"): ["李四", "李小四", "李大四"],
         (LIU, "王五"): ["王五"]}  # fmt: skip


def form(homes: dict[tuple[str, str], list[str]] = HOMES) -> Grid:
    rows: list[Row] = [
        [village, head, len(names), "一般贫困户", "缺技术", 3000.0]
        for (village, head), names in homes.items()
    ]
    return Grid("农户", [[*FORM], *rows])


def members(*columns: int, homes: dict[tuple[str, str], list[str]] = HOMES) -> Grid:
    """The members of all households; `columns` are those of `MEMBER` that the sheet has."""
    rows: list[Row] = [
        [village, head, name, "男", "户主" if name == head else "之子"]
        for (village, head), names in homes.items()
        for name in names
    ]
    return Grid("成员", [[row[column] for column in columns] for row in [MEMBER, *rows]])


def read(*grids: Grid) -> dict[tuple[str | None, str | None], list[str | None]]:
    homes = register_of(grids, POLICY).households()
    return {(h.village, h.head_name): [member.name for member in h.members] for h in homes}


def said(*grids: Grid) -> list[Finding]:
    found = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29)).findings
    rules = ("LR001", "LR004", "LR020", "LR024", "LR203", "LR206", "LR121")
    return [f for f in found if f.rule in rules and (f.rule != "LR001" or "户编号" in f.message)]


@pytest.mark.parametrize("columns", [(0, 1, 2, 3, 4), (1, 2, 3, 4), (0, 1, 2, 3), (0, 2, 3, 4)])
def test_members_are_of_the_head_of_their_village(columns: tuple[int, ...]) -> None:
    """The last sheet names no heads: each 户主 begins a household, and the sizes agree."""
    grids = form(), members(*columns)
    assert read(*grids) == HOMES
    found = [(f.rule, f.sheet, f.cell) for f in said(*grids)]
    of_names = "B2" if columns != (1, 2, 3, 4) else "A2"
    assert found == [("LR001", "农户", "A1"), ("LR001", "成员", "A1"), ("LR024", "成员", of_names)]


def test_the_sheet_of_members_alone_makes_the_households() -> None:
    assert read(members(0, 1, 2, 3, 4)) == HOMES
    # Nobody says how many there are in each.
    assert read(members(0, 2, 3, 4)) == {}
    assert [f.message[-7:] for f in said(members(0, 2, 3, 4))] == ["，成员归不到户"]


def test_in_another_order_members_are_nobodys() -> None:
    heading, *rows = [[*row] for row in members(0, 2, 3, 4).cells]
    own = Grid("成员", [heading, *rows[::-1]])
    assert {*map(len, read(form(), own).values())} == {0}
    assert [f.rule for f in said(form(), own)] == ["LR001", "LR001"]


def test_of_two_heads_of_one_name_nobody_knows_whose_members_are_whose() -> None:
    homes = {**HOMES, (LIU, "张三"): ["张三", "张大"]}
    assert read(form(homes), members(0, 1, 2, 3, 4, homes=homes)) == homes
    # Without the village the two are told apart no more, and their households lack nobody.
    grids = form(homes), members(1, 2, 3, 4, homes=homes)
    assert read(*grids) == {**homes, (WANG, "张三"): [], (LIU, "张三"): []}
    unsure = [f for f in said(*grids) if f.rule in ("LR004", "LR206")]
    assert [(f.rule, f.sheet, f.cell) for f in unsure] == [("LR004", "成员", "B2")]
    assert "认不准是哪一户" in unsure[0].message


def test_two_of_one_name_in_one_village() -> None:
    twice = Grid("农户", [*map(list, form().cells), *[[*row] for row in form().cells[1:2]]])
    assert [f.sheet for f in said(twice, members(0, 1, 2, 3, 4)) if f.rule == "LR004"] == ["成员"]


def test_a_household_has_a_row_of_its_own_above_its_members() -> None:
    heading: Row = [*FORM, "姓名", "性别", "与户主关系"]
    rows: list[Row] = []
    for (village, head), names in HOMES.items():
        rows.append([village, head, len(names), "一般贫困户", "缺技术", 3000.0, "", "", ""])
        of_head = ["户主" if name == head else "之子" for name in names]
        rows += [[*[""] * 6, n, "男", of] for n, of in zip(names, of_head, strict=True)]
    assert read(Grid("花名册", [heading, *rows])) == HOMES
    assert {f.rule for f in said(Grid("花名册", [heading, *rows]))} == {"LR001", "LR020", "LR024"}


def test_lists_and_copies_of_the_same_households_are_none_besides() -> None:
    public = Grid("公示", [[*row[:3], *row[4:5]] for row in form().cells])
    assert read(form(), members(0, 1, 2, 3, 4), public) == HOMES
    assert not [f for f in said(form(), members(0, 1, 2, 3, 4), public) if f.rule == "LR004"]
    register = register_of([form(), members(0, 1, 2, 3, 4), public], POLICY)
    assert register.tables["household"].height == len(HOMES)


def in_groups(homes: list[tuple[str, list[str]]], *, household: bool = True) -> list[Grid]:
    """Households of one village with their groups, each headed by its first member."""
    own: list[Row] = [[WANG, group, names[0], len(names), *FORM[3:]] for group, names in homes]
    own = [[*row[:4], "一般贫困户", "缺技术", 3000.0] for row in own]
    people: list[Row] = [
        [WANG, group.replace("第", ""), names[0], name, "男", "之子" if i else "户主"]
        for group, names in homes
        for i, name in enumerate(names)
    ]
    headings: list[Row] = [[each[0], "村民小组", *each[1:]] for each in (FORM, MEMBER)]
    grids = [Grid("农户", [headings[0], *own]), Grid("成员", [headings[1], *people])]
    return grids if household else grids[1:]


@pytest.mark.parametrize("household", [True, False])
def test_two_of_one_name_in_two_groups_of_a_village(*, household: bool) -> None:
    homes = [("第一组", ["张三", "张小三"]), ("第二组", ["李四"]), ("第六组", ["张三", "张大"])]
    grids = in_groups(homes, household=household)
    found = [*register_of(grids, POLICY).households()]
    assert [[m.name for m in home.members] for home in found] == [names for _, names in homes]
    assert [home.household_id for home in found] == [
        "（无户编号）张三（王庄村1组）",
        "（无户编号）李四（王庄村）",
        "（无户编号）张三（王庄村6组）",
    ]
    assert not [f for f in said(*grids) if f.rule == "LR004"]


@pytest.mark.parametrize("group", ["第一组", ""])
def test_two_of_one_name_in_one_group_or_who_knows_where(group: str) -> None:
    homes = [("第一组", ["张三", "张小三"]), ("第二组", ["李四"]), (group, ["张三", "张大"])]
    grids = in_groups(homes)
    found = [*register_of(grids, POLICY).households()]
    assert [len(home.members) for home in found] == [0, 1, 0]
    assert [f.sheet for f in said(*grids) if f.rule == "LR004"] == ["成员"]
