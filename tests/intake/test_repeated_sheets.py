"""Lists of some people beside the register are of the same people; a copied sheet is told once."""

from datetime import date

import pytest

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
MEMBERS: Row = [
    "行政村",
    "户编号",
    "姓名",
    "性别",
    "证件号码",
    "与户主关系",
    "健康状况",
    "残疾证号",
]
MEMBERS += ["文化程度", "在校生状况"]
HOMES: Row = ["行政村", "户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
NAMES = ["张一", "李二", "王三", "赵四", "钱五", "孙六"]


def number(i: int) -> str:
    first = f"3203241980010100{i}"
    return first + check_character(first)


def home(i: int) -> str:
    return f"32032410520100{i}"


def person(i: int) -> Row:
    own: Row = ["王庄村", home(i), NAMES[i], "男" if i % 2 else "女", number(i), "户主"]
    return [*own, "患有大病", "", "小学", "非在校生"]


PEOPLE = [person(i) for i in range(6)]
OWN_HOMES: list[Row] = [
    ["王庄村", home(i), NAMES[i], 1.0, "一般贫困户", "缺技术"] for i in range(6)
]


def sheet(name: str, headings: Row, rows: list[Row]) -> Grid:
    return Grid(name, [list(headings), *(list(row) for row in rows)])


REGISTER = (sheet("成员", MEMBERS, PEOPLE), sheet("农户", HOMES, OWN_HOMES))


def listed(*names: str, people: list[Row] = PEOPLE[:3]) -> Grid:
    places = [MEMBERS.index(name) for name in names]
    return sheet("名单", [*names], [[row[i] for i in places] for row in people])


def said(register: Register, codes: str) -> list[tuple[str, str, str]]:
    found = check(register, POLICY, as_of=date(2016, 3, 29)).findings
    return [(f.rule, f.sheet, f.cell) for f in found if f.rule in codes.split()]


LISTS = [
    ["行政村", "姓名", "性别", "证件号码", "残疾证号"],
    ["行政村", "户编号", "姓名", "性别", "在校生状况"],
    ["行政村", "姓名", "性别", "文化程度"],
    ["姓名", "证件号码", "残疾证号"],
    ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系"],
    ["行政村", "户编号", "姓名", "健康状况"],
]
REPEATED = "LR108 LR121 LR203 LR204 LR205 LR208 LR213 LR220 LR221"


@pytest.mark.parametrize("names", LISTS)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_list_of_some_is_of_the_same_people(names: list[str], is_first: bool) -> None:
    grids = [*REGISTER, listed(*names)]
    register = register_of(grids[::-1] if is_first else grids, POLICY)
    assert register.tables["member"].height == 6
    assert not said(register, REPEATED)


def test_what_a_list_says_otherwise_is_told() -> None:
    people = [list(row) for row in PEOPLE[:3]]
    people[1][3] = "女"
    register = register_of(
        [*REGISTER, listed("行政村", "姓名", "性别", "证件号码", people=people)], POLICY
    )
    assert said(register, REPEATED) == [("LR213", "名单", "C3")]


def test_who_is_in_the_list_alone_is_told() -> None:
    stranger: Row = ["王庄村", home(9), "周九", "男", number(9), "户主", "", "", "", ""]
    grid = listed("行政村", "姓名", "性别", "证件号码", people=[*PEOPLE[:3], stranger])
    register = register_of([*REGISTER, grid], POLICY)
    assert register.tables["member"].height == 7
    assert said(register, REPEATED) == [("LR220", "名单", "B5")]


def test_a_list_that_says_of_nobody_where_he_lives_is_no_register() -> None:
    """姓名 and 残疾证号 alone are a department's list, 行政村 beside them one of the register."""
    rows: list[Row] = [[f"王{n}", "残疾"] for n in "一二三四五"]
    alone = sheet("名单", ["姓名", "健康状况"], rows)
    assert register_of([alone], POLICY).sheets == []
    placed = sheet("名单", ["行政村", "姓名", "健康状况"], [["王庄村", *row] for row in rows])
    assert [each.table for each in register_of([placed], POLICY).sheets] == ["member"]


def test_a_person_in_two_villages_sheets_is_a_double() -> None:
    fewer = MEMBERS[:7]
    rows: list[Row] = [
        ["柳湾村", home(8), *PEOPLE[0][2:7]],
        ["柳湾村", home(7), "周九", "男", number(9), "户主", "健康"],
    ]
    rows.append(["柳湾村", home(6), "吴八", "男", number(8), "户主", "健康"])
    register = register_of([sheet("王庄村", MEMBERS, PEOPLE), sheet("柳湾村", fewer, rows)], POLICY)
    assert register.tables["member"].height == 9


def test_a_copied_sheet_is_told_once() -> None:
    copies = (sheet("成员备份", MEMBERS, PEOPLE), sheet("农户 (2)", HOMES, OWN_HOMES))
    register = register_of([*REGISTER, *copies], POLICY)
    assert (register.tables["member"].height, register.tables["household"].height) == (6, 6)
    assert said(register, REPEATED) == [("LR221", "成员备份", "A1"), ("LR221", "农户 (2)", "A1")]


def test_what_a_copy_says_otherwise_is_told_at_its_cell() -> None:
    changed = [list(row) for row in OWN_HOMES]
    changed[2][5] = "因病"
    register = register_of([*REGISTER, sheet("农户 (2)", HOMES, changed)], POLICY)
    assert said(register, REPEATED) == [("LR213", "农户 (2)", "F4"), ("LR221", "农户 (2)", "A1")]


def test_a_few_doubles_are_no_copy() -> None:
    others: list[Row] = [
        ["柳湾村", home(9 - i), f"周{i}", 1.0, "一般贫困户", "因病"] for i in range(3)
    ]
    register = register_of([*REGISTER, sheet("柳湾村", HOMES, [*OWN_HOMES[:2], *others])], POLICY)
    assert said(register, "LR121 LR221") == [("LR121", "柳湾村", "B2"), ("LR121", "柳湾村", "B3")]


HOUSE_LISTS: list[Row] = [
    ["行政村", "户编号", "户主姓名", "家庭人口"],
    ["户编号", "户主姓名", "主要致贫原因"],
    ["序号", "户编号", "户主姓名", "农户属性"],
]


def listed_homes(names: Row, homes: list[Row]) -> Grid:
    """The columns of `names`; what the register does not have is the row's number."""
    rows: list[Row] = [
        [float(n) if name == "序号" else home[HOMES.index(name)] for name in names]
        for n, home in enumerate(homes, start=1)
    ]
    return sheet("名单", names, rows)


@pytest.mark.parametrize("names", HOUSE_LISTS)
@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_short_list_of_the_same_households_has_no_doubles(
    names: Row, count: int, is_first: bool
) -> None:
    grids = [*REGISTER, listed_homes(names, OWN_HOMES[:count])]
    register = register_of(grids[::-1] if is_first else grids, POLICY)
    assert register.tables["household"].height == 6
    assert not said(register, REPEATED)


def test_what_a_list_of_households_says_otherwise_is_told() -> None:
    homes = [list(row) for row in OWN_HOMES]
    homes[3][5] = "因病"
    names: Row = ["户编号", "户主姓名", "主要致贫原因"]
    register = register_of([*REGISTER, listed_homes(names, homes)], POLICY)
    assert said(register, REPEATED) == [("LR213", "名单", "C5")]


def test_two_lists_of_the_same_households() -> None:
    lists = [listed_homes(names, OWN_HOMES) for names in HOUSE_LISTS]
    register = register_of([*REGISTER, *lists], POLICY)
    assert not said(register, REPEATED)


def test_a_number_that_another_household_has_in_a_short_sheet_is_a_double() -> None:
    """Most of the sheet's households are others: it is a village's, with fewer columns."""
    others: list[Row] = [["柳湾村", home(n), name, 1.0] for n, name in ((8, "周八"), (9, "吴九"))]
    double: Row = ["柳湾村", home(2), "郑十", 3.0]
    short = sheet("柳湾村", HOMES[:4], [*others, double])
    register = register_of([*REGISTER, short], POLICY)
    assert said(register, "LR121 LR213") == [("LR121", "柳湾村", "B4")]


@pytest.mark.parametrize("is_first", [False, True])
def test_a_sheet_of_all_villages_beside_theirs_is_a_copy(is_first: bool) -> None:
    villages = [
        sheet("王庄村", HOMES, OWN_HOMES[:3]),
        sheet("柳湾村", HOMES, [["柳湾村", *row[1:]] for row in OWN_HOMES[3:]]),
    ]
    rows = [row for grid in villages for row in grid.rows[1:]]
    people = [sheet("一", MEMBERS, PEOPLE[:3]), sheet("二", MEMBERS, PEOPLE[3:])]
    copies = [sheet("汇总", HOMES, rows), sheet("全镇", MEMBERS, PEOPLE)]
    grids = [*copies, *villages, *people] if is_first else [*villages, *people, *copies]
    register = register_of(grids, POLICY)
    assert (register.tables["member"].height, register.tables["household"].height) == (6, 6)
    assert {*said(register, REPEATED)} == {("LR221", "全镇", "A1"), ("LR221", "汇总", "A1")}
    copied = [f for f in check(register, POLICY).findings if f.rule == "LR221"]
    assert "“王庄村”“柳湾村”" in copied[0].message


def test_two_copies_of_one_sheet() -> None:
    copies = [sheet(f"农户 ({n})", HOMES, OWN_HOMES) for n in (2, 3)]
    register = register_of([*REGISTER, *copies], POLICY)
    assert register.tables["household"].height == 6
    assert said(register, REPEATED) == [
        ("LR221", "农户 (2)", "A1"), ("LR221", "农户 (3)", "A1"),
    ]  # fmt: skip
