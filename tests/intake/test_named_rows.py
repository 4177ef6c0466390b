"""Households' sheets without 户编号 beside others: whose their rows are, by head and village."""

from datetime import date

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.household import Household
from jiandang.register.resident_id import check_character
from jiandang.report.model import Finding
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
FORM: Row = ["户编号", "行政村", "村民小组", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
INCOME: Row = ["行政村", "户主姓名", "人均纯收入(元)", "工资性收入(元)"]
NAMES = ["张三", "李四", "王五", "赵六"]
MONEY: list[Row] = [["王庄村", name, 3000.0 + i, 100.0 * i] for i, name in enumerate(NAMES)]


def number(place: int) -> str:
    return f"32032410520100{place + 1}"


def number_of(person: int) -> str:
    body = f"32032419700101{person:02}1"
    return body + check_character(body)


def home(place: int, name: str, group: str = "一组", village: str = "王庄村") -> Row:
    return [number(place), village, group, name, 2.0, "一般贫困户", "缺技术"]


HOMES = [home(i, name) for i, name in enumerate(NAMES)]


def sheet(name: str, headings: Row, rows: list[Row]) -> Grid:
    return Grid(name, [list(headings), *(list(row) for row in rows)])


def read(*grids: Grid) -> list[tuple[str | None, str | None, float | None]]:
    homes = register_of(grids, POLICY).households()
    return [(h.household_id, h.head_name, h.per_capita) for h in homes]


def said(*grids: Grid, rules: str = "LR001 LR004 LR024 LR121") -> list[Finding]:
    found = check(register_of(grids, POLICY), POLICY, as_of=date(2016, 3, 29)).findings
    return [f for f in found if f.rule in rules.split()]


def places(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.sheet, f.cell) for f in found]


def test_the_income_is_of_the_household_of_the_head() -> None:
    form, income = sheet("农户", FORM, HOMES), sheet("收入", INCOME, MONEY[::-1])
    right = [(number(i), name, 3000.0 + i) for i, name in enumerate(NAMES)]
    assert read(form, income) == right
    assert {*read(income, form)} == {*right}
    assert places(said(form, income)) == places(said(income, form)) == [("LR024", "收入", "B2")]
    cells = register_of([form, income], POLICY).households()
    assert [str(h.source.cells["per_capita"]) for h in cells if h.source] == [
        f"收入!C{row}" for row in (5, 4, 3, 2)
    ]


def test_the_income_is_of_the_household_whose_heads_number_it_names() -> None:
    """农户 itself says the heads' names alone: their numbers stand among the members."""
    numbers = [number_of(i) for i in range(len(NAMES))]
    people: list[Row] = [[number(i), name, numbers[i], "户主"] for i, name in enumerate(NAMES)]
    people.append([number(1), "李小四", number_of(9), "之子"])
    members = sheet("成员", ["户编号", "姓名", "证件号码", "与户主关系"], people)
    rows: list[Row] = [[own, *row[2:]] for own, row in zip(numbers, MONEY, strict=True)]
    income = sheet("收入", ["户主证件号码", *INCOME[2:]], rows[::-1])
    grids = [members, sheet("农户", FORM, HOMES), income]
    assert read(*grids) == [(number(i), name, 3000.0 + i) for i, name in enumerate(NAMES)]
    (found,) = said(*grids, rules="LR024 LR220")
    assert (found.rule, found.sheet, found.cell) == ("LR024", "收入", "A2")
    assert "户主证件号码" in found.message
    # Who is no head, and who is nobody, has no household: their rows stay what they are.
    rows[2][0], rows[3][0] = number_of(9), number_of(8)
    strange = sheet("收入", ["户主证件号码", *INCOME[2:]], rows)
    found_of = [each[2] for each in read(members, grids[1], strange)]
    assert found_of == [3000.0, 3001.0, None, None, 3002.0, 3003.0]


def test_a_sheet_that_adds_nothing_is_joined_and_compared() -> None:
    """基本, without the numbers, says again what 农户 says: the two must agree."""
    rows = [row[1:] for row in HOMES]
    rows[1][4] = "低保户"
    form, basic = sheet("农户", FORM, HOMES), sheet("基本", FORM[1:], rows)
    right = [(number(i), name, None) for i, name in enumerate(NAMES)]
    assert read(form, basic) == right
    assert places(said(form, basic, rules="LR024 LR213 LR220")) == [("LR213", "基本", "E3")]


def test_two_of_one_name_on_a_sheet_that_adds_nothing_are_not_missed() -> None:
    homes = [*HOMES, home(4, "张三", "二组")]
    basic = sheet("基本", ["行政村", *FORM[3:]], [[row[1], *row[3:]] for row in homes])
    assert said(sheet("农户", FORM, homes), basic, rules="LR004 LR024 LR121 LR213") == []


def test_another_villages_sheet_that_adds_nothing_is_of_its_own_households() -> None:
    rows = [["李庄村", *row[2:]] for row in HOMES]
    form, basic = sheet("农户", FORM, HOMES), sheet("基本", FORM[1:], rows)
    assert [name for _, name, _ in read(form, basic)] == NAMES * 2
    assert said(form, basic, rules="LR024 LR213") == []


def test_who_is_written_in_two_ways_is_told_once() -> None:
    rows: list[Row] = [*MONEY[:3], ["王庄村", "赵陆", 3003.0, 300.0]]
    form, income = sheet("农户", FORM, HOMES), sheet("收入", INCOME, rows)
    assert read(form, income) == [
        *((number(i), NAMES[i], 3000.0 + i) for i in range(3)),
        (number(3), "赵六", None),
        (None, "赵陆", 3003.0),
    ]
    found = said(form, income, rules="LR004 LR220")
    assert places(found) == [("LR220", "收入", "A5")]
    assert "那里多出一户“赵六”" in found[0].message


def test_two_rows_of_one_head_are_said_and_not_read() -> None:
    form, income = sheet("农户", FORM, HOMES), sheet("收入", INCOME, [*MONEY, MONEY[0]])
    assert [h.per_capita for h in _named("张三", form, income)] == [None]
    found = [f for f in said(form, income) if f.rule == "LR004"]
    assert places(found) == [("LR004", "收入", "B2"), ("LR004", "收入", "B6")]
    assert "“张三”认不准是哪一户" in found[0].message


def test_two_of_one_name_are_told_by_the_group_or_not_at_all() -> None:
    homes = [*HOMES, home(4, "张三", "二组")]
    form = sheet("农户", FORM, homes)
    found = said(form, sheet("收入", INCOME, MONEY))
    assert ("LR004", "收入", "B2") in places(found)
    assert all(h.per_capita is None for h in _named("张三", form, sheet("收入", INCOME, MONEY)))
    grouped: list[Row] = [["第2组" if row[1] == "张三" else "1组", *row] for row in MONEY]
    income = sheet("收入", ["村民小组", *INCOME], grouped)
    assert [h.per_capita for h in _named("张三", form, income)] == [None, 3000.0]


def _named(name: str, *grids: Grid) -> list[Household]:
    return [h for h in register_of(grids, POLICY).households() if h.head_name == name]


def test_sheets_of_which_none_has_numbers_are_joined_all_the_same() -> None:
    form, income = sheet("农户", FORM[1:], [row[1:] for row in HOMES]), sheet("收入", INCOME, MONEY)
    right = [(f"（无户编号）{name}（王庄村）", name, 3000.0 + i) for i, name in enumerate(NAMES)]
    assert read(form, income) == right
    assert {*read(income, form)} == {*right}
    # Whoever has another name twice over is not joined, nor is one of another village.
    twice = sheet("农户", FORM[1:], [row[1:] for row in [*HOMES, home(4, "张三")]])
    assert len(read(twice, income)) == len(HOMES) + 2
    other = sheet("收入", INCOME, [["柳湾村", *row[1:]] for row in MONEY])
    assert len(read(form, other)) == 2 * len(HOMES)


def test_the_heads_among_the_members_tell_the_numbers() -> None:
    form: Row = ["户编号", "行政村", "姓名", "与户主关系"]
    heads: list[Row] = [[number(i), "王庄村", name, "户主"] for i, name in enumerate(NAMES)]
    members = sheet("成员", form, heads)
    assert read(members, sheet("收入", INCOME, MONEY)) == [
        (number(i), name, 3000.0 + i) for i, name in enumerate(NAMES)
    ]


def test_another_village_without_numbers_has_households_of_its_own() -> None:
    rows: list[Row] = [["柳湾村", *row[1:]] for row in MONEY]
    form, income = sheet("农户", FORM, HOMES), sheet("收入", INCOME, rows)
    assert len(read(form, income)) == 2 * len(HOMES)
    assert [f.rule for f in said(form, income, rules="LR024 LR004")] == []
    assert ("LR001", "收入", "A1") in places(said(form, income))


def test_a_list_that_repeats_the_register_makes_no_doubles() -> None:
    shown: Row = ["行政村", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
    rows = [[row[1], *row[3:]] for row in HOMES]
    grids = sheet("农户", FORM, HOMES), sheet("公示名单", shown, rows)
    assert said(*grids, rules="LR121 LR024 LR004") == []


def test_who_applied_and_is_not_registered_is_no_fault_of_the_list() -> None:
    applied: Row = ["行政村", "户主姓名", "家庭人口", "申请日期"]
    rows: list[Row] = [["王庄村", name, 2.0, date(2016, 2, 1)] for name in [*NAMES, "周外人"]]
    grids = sheet("农户", FORM, HOMES), sheet("申请花名册", applied, rows)
    assert "LR004" not in {f.rule for f in said(*grids, rules="LR004")}
    assert "周外人" in [h.head_name for h in register_of(grids, POLICY).households()]


HELPERS: Row = ["行政村", "户主姓名", "帮扶责任人", "帮扶人电话"]


def helped(*names: str, village: str = "王庄村") -> list[Row]:
    return [[village, name, "马志强", "13912345678"] for name in names]


def helpers(*grids: Grid) -> list[tuple[str | None, str | None]]:
    return [(h.household_id, h.helper) for h in register_of(grids, POLICY).households()]


def test_helpers_of_heads_complete_their_households() -> None:
    form = sheet("农户", FORM, HOMES)
    own = sheet("帮扶", HELPERS, helped(*NAMES))
    assert helpers(form, own) == [(number(i), "马志强") for i in range(len(NAMES))]
    assert places(said(form, own)) == [("LR001", "农户", "A1"), ("LR024", "帮扶", "B2")]
    # Without a village they are of the only one that the file names.
    short = sheet("帮扶", HELPERS[1:], [row[1:] for row in helped(*NAMES)])
    assert helpers(form, short) == helpers(form, own)


def test_helpers_of_heads_whom_nobody_knows_are_said_once_and_not_read() -> None:
    form = sheet("农户", FORM, HOMES)
    own = sheet("帮扶", HELPERS, helped("钱七", "孙八", village="柳湾村"))
    assert helpers(form, own) == [(number(i), None) for i in range(len(NAMES))]
    found = [f for f in said(form, own) if f.rule != "LR001"]
    assert places(found) == [("LR004", "帮扶", "B2")]
    assert "“钱七”等2户，这2行没有读入" in found[0].message


PEOPLE: Row = ["行政村", "户主姓名", "姓名", "性别", "与户主关系"]


def people(*heads: str) -> list[Row]:
    return [
        ["王庄村", head, name, "男", relation]
        for head in heads
        for name, relation in ((head, "户主"), (f"{head[0]}小山", "之子"))
    ]


def of_homes(*grids: Grid) -> list[tuple[str | None, str | None]]:
    return [(m.household_id, m.name) for m in register_of(grids, POLICY).members()]


def test_members_are_of_the_household_whose_head_they_name() -> None:
    form, own = sheet("农户", FORM, HOMES), sheet("成员", PEOPLE, people(*NAMES))
    assert of_homes(form, own) == of_homes(own, form)
    assert of_homes(form, own)[:3] == [
        (number(0), "张三"),
        (number(0), "张小山"),
        (number(1), "李四"),
    ]
    rules = "LR001 LR004 LR024 LR206"
    found = [f for f in said(form, own, rules=rules) if "户编号" in f.message]
    assert places(found) == [("LR024", "成员", "B2")]


def test_members_of_one_of_two_heads_of_one_name_are_said() -> None:
    two = [*HOMES[:3], home(3, "张三", "二组")]
    form, own = sheet("农户", FORM, two), sheet("成员", PEOPLE, people(*NAMES[:3]))
    assert [each for each, _ in of_homes(form, own)] == [
        None, None, number(1), number(1), number(2), number(2),
    ]  # fmt: skip
    found = [f for f in said(form, own, rules="LR004") if "认不准" in f.message]
    assert [(f.sheet, f.cell) for f in found] == [("成员", "C2")]


def test_villages_of_one_name_are_told_apart_by_the_town() -> None:
    towns, names = ["官山镇", "双沟镇"], NAMES[:2]
    head: Row = ["乡(镇)", *FORM]
    rows: list[Row] = [
        [town, f"3203241052010{n}{i}", *home(i, name)[1:]]
        for n, town in enumerate(towns)
        for i, name in enumerate(names)
    ]
    income: list[Row] = [
        [town.removesuffix("镇"), "王庄村", name, 3000.0 + 10 * n + i, 100.0]
        for n, town in enumerate(towns)
        for i, name in enumerate(names)
    ]
    form, sums = sheet("农户", head, rows), sheet("收入", ["乡(镇)", *INCOME], income)
    right = [(str(row[1]), row[4], sums.cells[i][3]) for i, row in enumerate(rows, 1)]
    assert read(form, sums) == right
    # Without the town nobody knows which, and each row is said.
    bare = sheet("收入", INCOME, [row[1:] for row in income])
    assert [each[2] for each in read(form, bare)] == [None] * 4
    unread = [f.cell for f in said(form, bare, rules="LR004") if "没有读入" in f.message]
    assert unread == ["B2", "B3", "B4", "B5"]
    # Nor has any a number: they are told by town, village and head.
    bare = sheet("农户", [head[0], *head[2:]], [[row[0], *row[2:]] for row in rows])
    assert [each[2] for each in read(bare, sums)] == [money for *_, money in right]
    assert len({number for number, *_ in read(bare, sums)}) == 4
