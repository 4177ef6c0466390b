"""Households that each village numbers from 1."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import jiandang
from jiandang.answers.applying import with_answers
from jiandang.answers.replies import Reply
from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.numbering import village_in
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.sheets import read_sheet
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.place import UNNUMBERED
from jiandang.register.register import FileRead, Register
from jiandang.report.model import Finding, Report
from jiandang.run.checking import check
from jiandang.run.load import register_from, register_of

POLICY = load_policy("xuzhou-2016")
Row = list[Raw]
MEMBER: Row = ["户编号", "姓名", "性别", "证件号码", "与户主关系"]
HOUSEHOLD: Row = ["户编号", "户主姓名", "家庭人口", "农户属性"]


def of_village(number: str, head: str, other: str) -> list[Row]:
    return [[number, head, "男", "", "户主"], [number, other, "女", "", "配偶"]]


def sheet(name: str, headings: Row, *rows: Row, village: str = "") -> Grid:
    """A sheet, with a column for the village where it is given."""
    if village:
        headings, rows = [*headings, "行政村"], tuple([*row, village] for row in rows)
    return Grid(name, [list(headings), *(list(row) for row in rows)])


def register(*grids: Grid) -> Register:
    return register_of(grids, POLICY)


def report(*grids: Grid) -> Report:
    return check(register(*grids), POLICY, as_of=date(2016, 3, 29))


def said(*grids: Grid, rules: str = "LR120 LR121 LR202 LR204 LR205 LR213") -> list[tuple[str, str]]:
    return [(f.rule, f"{f.sheet}!{f.cell}") for f in report(*grids).findings if f.rule in rules]


def homes(*grids: Grid) -> list[str]:
    """The numbers by which the households of the members are told apart."""
    return register(*grids).tables["member"]["household_id"].unique(maintain_order=True).to_list()


WANG, LIU = of_village("1", "张三", "李梅"), of_village("1", "王五", "赵兰")
BOTH = ["王庄村第1号", "柳湾村第1号"]


@pytest.mark.parametrize("number", ["1", "001", "1号", "第1户", "№1", "1.0"])
def test_a_number_of_one_village_is_another_ones_too(number: str) -> None:
    wang, liu = ([[number, *row[1:]] for row in rows] for rows in (WANG, LIU))
    grids = (
        sheet("甲", MEMBER, *wang, village="王庄村"),
        sheet("乙", MEMBER, *liu, village="柳湾村"),
    )
    assert homes(*grids) == BOTH
    # That the number is too short is said in either village.
    assert said(*grids) == [("LR120", "甲!A2"), ("LR120", "乙!A2")]
    found = [f for f in report(*grids).findings if f.rule == "LR120"]
    assert {(f.message, f.value) for f in found} == {
        ("户编号太短，应为12至20位数字（村码加户号）", "1")
    }
    assert [f.household for f in found] == homes(*grids)


def test_on_one_sheet_and_where_the_village_stands_in_its_first_row_alone() -> None:
    rows = [[*row, "王庄村"] for row in WANG] + [[*row, "柳湾村"] for row in LIU]
    assert homes(sheet("甲", [*MEMBER, "行政村"], *rows)) == BOTH
    more = of_village("2", "周六", "孙芳")
    blank = [[*row, ""] for row in more]
    assert homes(sheet("甲", [*MEMBER, "行政村"], *rows, *blank))[-1] == "柳湾村第2号"


def test_the_sheet_says_which_village_it_is_of() -> None:
    assert homes(sheet("王庄村", MEMBER, *WANG), sheet("柳湾村成员", MEMBER, *LIU)) == BOTH
    titled = [
        Grid(name, [[f"官山镇{village}建档立卡花名册"], list(MEMBER), *rows])
        for name, village, rows in (("Sheet1", "王庄村", WANG), ("Sheet2", "柳湾村", LIU))
    ]
    assert homes(*titled) == BOTH


@pytest.mark.parametrize("end", ["", "（2户）", "："])
@pytest.mark.parametrize("again", [True, False])
def test_a_line_names_the_village_of_the_rows_below(end: str, again: bool) -> None:
    heading: list[Row] = [list(MEMBER)]
    two: list[Row] = [*WANG, *of_village("2", "周六", "孙芳")]
    blocks: list[Row] = [
        [f"王庄村{end}"],
        *heading,
        *two,
        [f"柳湾村{end}"],
        *(heading if again else []),
        *LIU,
    ]
    if not again:
        blocks[:2] = [*heading, [f"王庄村{end}"]]
    grid = Grid("花名册", blocks)
    assert homes(grid) == ["王庄村第1号", "王庄村第2号", "柳湾村第1号"]
    assert {rule for rule, _ in said(grid)} == {"LR120"}
    # Below its block a line sums this up, or is a note: it says nothing of the next rows.
    below = Grid("花名册", [*heading, *two, [f"王庄村{end}"], *LIU, [f"柳湾村{end}"]])
    assert not [home for home in homes(below) if home.startswith("柳湾村")]


@pytest.mark.parametrize(
    "line",
    [
        ["{}民委员会（公章）"],
        ["（一）{}28户"],
        ["一、官山镇{}"],
        ["官山镇{}建档立卡登记表"],
        ["填报单位：{}", "", "填报日期：2016年3月20日", "单位：元"],
        ["{} 填报日期：2016年3月20日"],
    ],
)
@pytest.mark.parametrize("again", [True, False])
def test_a_line_or_title_above_a_block_names_its_village(line: list[str], *, again: bool) -> None:
    def above(village: str) -> Row:
        return [text.format(village) for text in line]

    heading: list[Row] = [list(MEMBER)]
    two: list[Row] = [*WANG, *of_village("2", "周六", "孙芳")]
    second = [above("柳湾村"), *(heading if again else []), *LIU]
    grid = Grid("花名册", [above("王庄村"), *heading, *two, *second])
    assert homes(grid) == ["王庄村第1号", "王庄村第2号", "柳湾村第1号"]
    remark: Row = ["注：柳湾村的户已核对。"]
    grid = Grid("花名册", [above("王庄村"), *heading, *WANG, remark, *heading, *two[2:]])
    assert homes(grid) == ["王庄村第1号", "王庄村第2号"]


def test_all_tables_are_joined_by_it() -> None:
    code = [*MEMBER, "行政村", "村码"]
    wang = [[*row, "王庄村", "320324105201"] for row in WANG]
    liu = [[*row, "柳湾村", "320324105202"] for row in LIU]
    households = sheet(
        "农户",
        [*HOUSEHOLD, "行政村"],
        ["1", "张三", 2.0, "一般贫困户", "王庄"],
        ["1", "王五", 2.0, "一般贫困户", "柳湾"],
    )
    steps = Grid(
        "识别程序",
        [
            ["户编号", "行政村", "申请日期", "评议日期", "公示开始日期"],
            ["1", "柳湾村", "2016-01-02", "2016-01-05", "2016-01-06"],
        ],
    )
    grids = (sheet("成员", code, *wang, *liu), households, steps)
    found = register(*grids).tables
    assert found["household"]["household_id"].to_list() == BOTH
    assert found["procedure"]["household_id"].to_list() == BOTH[1:]
    assert [rule for rule, _ in said(*grids)] == ["LR120", "LR120"]


def test_towns_may_have_villages_of_one_name() -> None:
    headings: Row = [*MEMBER, "乡镇", "行政村"]
    rows = [[*row, "官山镇", "王庄村"] for row in WANG] + [[*row, "邱集镇", "王庄"] for row in LIU]
    assert homes(sheet("甲", headings, *rows)) == ["官山镇王庄村第1号", "邱集镇王庄村第1号"]


def test_a_number_is_told_by_the_village_whatever_is_checked_along() -> None:
    assert homes(sheet("甲", MEMBER, *WANG, village="王庄村")) == BOTH[:1]


def test_what_is_no_numbering_by_village_stays() -> None:
    # No village is named; whole numbers.
    assert homes(sheet("甲", MEMBER, *WANG), sheet("乙", MEMBER, *LIU)) == ["1"]
    whole = [["320324105201001", *row[1:]] for row in WANG]
    assert homes(
        sheet("甲", MEMBER, *whole, village="王庄村"), sheet("乙", MEMBER, *whole, village="柳湾村")
    ) == ["320324105201001"]
    # A town that numbers all its households, one number of which was given twice.
    town = [each for n in "3456" for each in of_village(n, "周六", "孙芳")]
    wang = sheet("甲", MEMBER, *WANG, *town[:4], village="王庄村")
    liu = sheet("乙", MEMBER, *LIU, *town[4:], village="柳湾村")
    one, three, four, *others = homes(wang, liu)
    assert [one, three, four] == ["王庄村第1号", "王庄村第3号", "王庄村第4号"]
    assert others == ["柳湾村第5号", "柳湾村第6号"]
    assert ("LR121", "乙!A2") in said(wang, liu)
    # Members under one head are one household, though the village of one is misspelt.
    odd = [[*WANG[0], "王庄村"], [*WANG[1], "王家村"]]
    assert homes(sheet("甲", [*MEMBER, "行政村"], *odd)) == BOTH[:1]
    # 王庄 and 王庄村 are one village, in which the number stands for two heads.
    twice = sheet("甲", MEMBER, *WANG, village="王庄村"), sheet("乙", MEMBER, *LIU, village="王庄")
    assert homes(*twice) == BOTH[:1]
    assert "LR121" in {rule for rule, _ in said(*twice)}


def test_a_row_of_no_village_is_of_the_only_one_that_has_its_number() -> None:
    grids = (
        sheet("甲", MEMBER, *WANG, village="王庄村"),
        sheet("乙", MEMBER, *LIU, *of_village("2", "周六", "孙芳"), village="柳湾村"),
        sheet("农户", HOUSEHOLD, ["2", "周六", 2.0, "一般贫困户"]),
    )
    assert register(*grids).tables["household"]["household_id"].to_list()[0] == "柳湾村第2号"


def _sheets_of(village: str, *, column: bool) -> list[Grid]:
    """A village that has two heads in its household 1."""
    homes = WANG if village == "王庄村" else LIU
    two_heads = [[*row[:3], f"32032419600101{n}", "户主"] for n, row in enumerate(homes, 1010)]
    size: Row = ["1", str(homes[0][1]), 5.0, "一般贫困户"]
    of = village if column else ""
    return [
        sheet(f"{village}成员", MEMBER, *two_heads, village=of),
        sheet(f"{village}农户", HOUSEHOLD, size, village=of),
    ]


def _with_evidence(*grids: Grid) -> Report:
    return check(register(*grids), POLICY, as_of=date(2016, 3, 29), evidence=True)


@pytest.mark.parametrize("column", [True, False])
def test_answers_hold_whichever_villages_are_checked_together(column: bool) -> None:
    villages = {name: _sheets_of(name, column=column) for name in ("王庄村", "柳湾村")}
    together = _with_evidence(*villages["王庄村"], *villages["柳湾村"])
    known = {f.fingerprint: f for f in together.findings}
    assert len(known) == len(together.findings)
    for name, grids in villages.items():
        alone = [f for f in _with_evidence(*grids).findings if f.household]
        assert {"LR120", "LR202"} <= {f.rule for f in alone}
        assert {f.household for f in alone if f.rule == "LR202"} == {f"{name}第1号"}
        for finding in alone:
            again = known[finding.fingerprint]
            assert (again.sheet, again.evidence) == (finding.sheet, finding.evidence)
            assert again.household == finding.household
        replies = [_reply(f) for f in alone]
        answered = [f for f in with_answers(together, replies, POLICY).findings if f.answer]
        assert {f.sheet for f in answered} == {f.sheet for f in alone}
        assert len(answered) == len(alone)


def _reply(finding: Finding, **changes: Any) -> Reply:
    reply = Reply(
        "登记无误",
        number=finding.fingerprint,
        evidence=finding.evidence,
        rule=finding.rule,
        household=finding.household or "",
        village=finding.village or "",
        person=finding.person or "",
        column=finding.column,
        message=finding.message,
        note="看过户口簿",
        who="李四",
        when=date(2016, 3, 20),
    )
    return reply._replace(**changes)


def test_answers_hold_beside_a_village_of_the_same_name_in_another_town() -> None:
    def of_town(town: str, homes: list[Row]) -> list[Grid]:
        heads = [[*row, town, "王庄村"] for row in homes]
        headings: Row = [*MEMBER, "乡镇", "行政村"]
        size: Row = ["1", str(homes[0][1]), 5.0, "一般贫困户", "王庄村"]
        return [
            Grid(f"{town}成员", [list(headings), *heads]),
            Grid(f"{town}农户", [[*HOUSEHOLD, "行政村"], size]),
        ]

    def file(town: str, homes: list[Row]) -> list[ParsedTable]:
        vocabulary = Vocabulary(POLICY.headings, POLICY.income_year)
        tables: list[ParsedTable] = []
        for grid in of_town(town, homes):
            tables += read_sheet(grid, vocabulary, 0, len(tables), 2015)
        return tables

    towns = {"官山镇": file("官山镇", WANG), "邱集镇": file("邱集镇", LIU)}

    def checked(*names: str) -> Report:
        read = [(FileRead(Path(f"{name}.xlsx")), towns[name]) for name in names]
        return check(register_from(read), POLICY, as_of=date(2016, 3, 29), evidence=True)

    together = {f.fingerprint: f for f in checked("邱集镇", "官山镇").findings}
    for name in towns:
        alone = [f for f in checked(name).findings if f.household]
        assert {f.rule for f in alone} >= {"LR120", "LR203"}
        for finding in alone:
            again = together[finding.fingerprint]
            assert finding.household == f"{name}王庄村第1号"
            assert (again.sheet, again.household) == (finding.sheet, finding.household)


def test_a_row_without_a_number_is_about_the_household_of_its_village() -> None:
    villages = {name: _sheets_of(name, column=True) for name in ("王庄村", "柳湾村")}
    together = _with_evidence(*villages["王庄村"], *villages["柳湾村"])
    (alone,) = [f for f in _with_evidence(*villages["柳湾村"]).findings if f.rule == "LR202"]
    assert alone.household == "柳湾村第1号"
    for household in ("1", "柳湾村第1号"):
        reply = _reply(alone, number="", household=household)
        found = [f for f in with_answers(together, [reply], POLICY).findings if f.answer]
        assert [f.household for f in found] == ["柳湾村第1号"]
    # What is said of another village's household is not said of this one.
    others = _reply(alone, number="", household="王庄村第1号", village="")
    assert not [f for f in with_answers(together, [others], POLICY).findings if f.answer]


def test_at_two_dates_a_household_told_apart_is_the_one_that_was_not() -> None:
    wang, liu = _sheets_of("王庄村", column=True), _sheets_of("柳湾村", column=True)
    report = check(register(*wang, *liu), POLICY, as_of=date(2016, 3, 29), before=register(*liu))
    assert report.movement
    kept = [e for e in report.movement.lists if e.list == "household" and e.village == "柳湾村"]
    assert kept == []
    assert not [f for f in report.findings if f.rule == "DT026"]


def test_at_two_dates_serial_numbers_are_given_anew() -> None:
    own = ["320324198001010015", "320324198202020012", "320324198303030018"]
    heads = [
        [str(n), name, "男", number, "户主"]
        for n, (name, number) in enumerate(zip(("张三", "王五", "周六"), own, strict=True), 8)
    ]
    # The tenth household is the ninth now: that is no other way of numbering.
    later = [[str(n), *row[1:]] for n, row in enumerate(heads[1:], 8)]

    def dated(prefix: str, rows: list[list[str]]) -> Register:
        numbered: list[Row] = [[prefix + row[0], *row[1:]] for row in rows]
        return register(sheet("成员", MEMBER, *numbered, village="王庄村"))

    def compared(prefix: str) -> Report:
        before, now = (dated(prefix, rows) for rows in (heads, later))
        return check(now, POLICY, as_of=date(2016, 3, 29), before=before)

    def told(found: Report) -> tuple[list[str], list[str]]:
        assert found.movement
        lists = [each.what for each in found.movement.lists]
        return [f.rule for f in found.findings if f.rule in ("DT012", "DT026")], lists

    assert told(compared("")) == ([], ["未注明"])
    # A whole number must not be another household's.
    rules, lists = told(compared("32032410520100"))
    assert rules.count("DT012") == 2
    assert lists.count("户编号改变") == 2


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("王庄村", "王庄村"),
        ("官山镇王庄村建档立卡花名册", "王庄村"),
        ("1.柳湾村", "柳湾村"),
        ("城东社区", "城东社区"),
        ("贫困村", None),
        ("2016年农村低收入农户花名册", None),
        ("行政村", None),
        ("王庄村民小组", None),
        ("江苏省徐州市睢宁县官山镇王庄村2016年花名册", "王庄村"),
        ("2016年王庄村低收入农户花名册", "王庄村"),
        ("范集镇新集村", "新集村"),
        ("官山镇城东社区", "城东社区"),
        ("王庄村、柳湾村花名册", None),
        ("省定经济薄弱村登记表", None),
        ("成员", None),
        ("Sheet1", None),
    ],
)
def test_a_village_in_a_title(text: str, village: str | None) -> None:
    assert village_in(text) == village


SPELLINGS = [
    "王庄", "王庄村委", "王庄村委会", "王庄村民委员会", "王庄行政村", "王 庄村", "官山镇王庄村",
    "睢宁县官山镇王庄村", "01王庄村", "1.王庄村", "王庄村一组", "王庄村（省定贫困村）",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_village_by_any_spelling_is_one(spelling: str) -> None:
    other: list[Row] = [["2", "周六", 3.0, "一般贫困户", "柳湾村"]]
    households: list[Row] = [
        ["1", "张三", 3.0, "一般贫困户", "王庄村"],
        ["1", "王五", 2.0, "一般贫困户", "柳湾村"],
    ]
    members = [[*row, spelling] for row in WANG] + [
        [*row, "柳湾村"] for row in (*LIU, *of_village("2", "周六", "孙芳"))
    ]
    grids = (
        sheet("成员", [*MEMBER, "行政村"], *members),
        sheet("农户", [*HOUSEHOLD, "行政村"], *households, *other),
    )
    assert homes(*grids) == [*BOTH, "柳湾村第2号"]
    found = said(*grids, rules="LR203 LR205 LR206 LR213")
    assert found == [("LR203", "农户!C2"), ("LR203", "农户!C4")]


@pytest.mark.parametrize("village", ["王庄社区", "大王庄村", "王庄村（东）"])
def test_another_village_is_another(village: str) -> None:
    grids = (
        sheet("甲", MEMBER, *WANG, village="王庄村"),
        sheet("乙", MEMBER, *LIU, village=village),
    )
    assert len(homes(*grids)) == 2


def test_sheets_that_cannot_be_joined_are_told_of_once() -> None:
    def grids(of_members: str, number: str = "") -> tuple[Grid, Grid]:
        rows: list[Row] = [*WANG, *of_village("2", "周六", "孙芳")]
        households: list[Row] = [["1", "张三", 2.0, "一般贫困户"], ["2", "周六", 2.0, "一般贫困户"]]
        if number:
            rows = [[f"{number}{row[0]}", *row[1:]] for row in rows]
        return (
            sheet("成员", MEMBER, *rows, village=of_members),
            sheet("农户", HOUSEHOLD, *households, village="王庄村"),
        )

    joined = report(*grids("王庄村"))
    assert said(*grids("王庄村", "32032410520100"), rules="LR205 LR206 LR120") == []
    for apart in (grids("王庄社区"), grids("王庄社区", "32032410520100")):
        found = report(*apart)
        assert said(*apart, rules="LR205 LR206") == [("LR205", "成员!A2")]
        (told,) = [f for f in found.findings if f.rule == "LR205"]
        assert "2 名成员" in told.message
        assert "2 户在农户表里都没有" in told.message
        unchecked = {r.rule: r.reason for gate in found.gates for r in gate.rules_not_checked}
        assert unchecked["LR203"] == "农户表和成员表的户编号没有一户对得上"
        assert "LR203" not in {r.rule for gate in joined.gates for r in gate.rules_not_checked}
    # Of another village than the households' nothing is told, where some of the members are listed.
    others = sheet("成员2", MEMBER, *of_village("7", "钱七", "吴梅"), village="柳湾村")
    assert said(*grids("王庄村"), others, rules="LR205 LR206") == []


def test_of_a_village_of_serial_numbers_it_is_told_once_and_nothing_is_silenced() -> None:
    own = "320324198001010015"
    rows: list[Row] = [["1", "张三", "男", own, "户主"], ["1", "李梅", "女", own, "配偶"]]
    rows += of_village("2", "周六", "孙芳")
    households: list[Row] = [["1", "张三", 2.0, "一般贫困户"], ["2", "周六", 3.0, "一般贫困户"]]
    grids = (
        sheet("成员", MEMBER, *rows, village="王庄村"),
        sheet("农户", HOUSEHOLD, *households, village="王庄村"),
    )
    assert said(*grids, rules="LR108 LR120 LR203") == [
        ("LR108", "成员!D3"),
        ("LR120", "农户!A2"),
        ("LR203", "农户!C3"),
    ]
    (told,) = [f for f in report(*grids).findings if f.rule == "LR120"]
    assert told.message == "本村 2 户的户编号太短，应为12至20位数字（村码加户号）"
    # One among whole numbers is a slip, of which nothing else can be said.
    whole = {"1": "320324105201001", "2": "2", "3": "320324105201003"}
    rows += of_village("3", "钱七", "吴梅")
    households.append(["3", "钱七", 2.0, "一般贫困户"])
    persons: list[Row] = [[whole[str(row[0])], *row[1:]] for row in rows]
    heads: list[Row] = [[whole[str(row[0])], *row[1:]] for row in households]
    slip = (
        sheet("成员", MEMBER, *persons, village="王庄村"),
        sheet("农户", HOUSEHOLD, *heads, village="王庄村"),
    )
    assert said(*slip, rules="LR120 LR203") == [("LR120", "农户!A3")]


def test_each_group_of_a_village_may_number_anew() -> None:
    headings: Row = [*MEMBER, "行政村", "村民小组"]
    one = [*of_village("1", "张三", "李梅"), *of_village("2", "周六", "孙芳")]
    two = [*of_village("1", "王五", "赵兰"), *of_village("2", "钱七", "吴梅")]
    rows = [[*row, "王庄村", "一组"] for row in one] + [[*row, "王庄村", "第2组"] for row in two]
    names = [f"王庄村{group}组第{number}号" for group in (1, 2) for number in (1, 2)]
    assert homes(sheet("甲", headings, *rows)) == names
    # A number that two groups have of one numbering is a slip.
    running = [[*row, "王庄村", "一组"] for row in one]
    running += [
        [number, *row[1:], "王庄村", "二组"]
        for number, home in (("3", two[:2]), ("2", two[2:]))
        for row in home
    ]
    grid = sheet("甲", headings, *running)
    assert homes(grid) == ["王庄村第1号", "王庄村第2号", "王庄村第3号"]
    assert ("LR121", "甲!A8") in said(grid)


def _two_of(first: str, second: str) -> list[Row]:
    return [*of_village("1", first, "李梅"), *of_village("2", second, "孙芳")]


def test_where_nobody_names_a_village_and_numbers_begin_anew_it_is_said_once() -> None:
    one, two = _two_of("张三", "周六"), _two_of("王五", "钱七")
    several = [
        (sheet("甲", MEMBER, *one), sheet("乙", MEMBER, *two)),
        (sheet("甲", MEMBER, *one, *two),),
    ]
    rules = "LR001 LR121 LR202"
    for grids in several:
        assert len(homes(*grids)) == 4
        found = [f for f in report(*grids).findings if f.rule in rules and "行政村" in f.message]
        assert [(f.rule, f.cell) for f in found] == [("LR001", "A1")]
        assert not {"LR121", "LR202"} & {f.rule for f in report(*grids).findings}
    # One number that stands twice is a double; the same heads again are another list.
    slip = sheet(
        "甲", MEMBER, *one, *of_village("3", "吴八", "李娟"), *of_village("1", "王五", "赵兰")
    )
    again = sheet("甲", MEMBER, *one), sheet("乙", MEMBER, *one)
    for grids in ((slip,), again):
        assert "（" not in "".join(homes(*grids))
        assert "LR121" in {rule for rule, _ in said(*grids)}


@pytest.mark.parametrize("order", ["as the villages", "one not visited", "by the day"])
def test_visits_that_name_no_village_beside_villages_that_begin_anew(order: str) -> None:
    rows = [of_village(str(i), f"张{i}", f"李{i}") for i in (1, 2, 3)]
    grids = [
        sheet(village, MEMBER, *(row for home in rows[:count] for row in home), village=village)
        for village, count in (("王庄村", 3), ("柳湾村", 2))
    ]
    numbers = {"as the villages": "12312", "one not visited": "2312", "by the day": "21312"}
    visits: list[Row] = [[number, "2016-02-15", "周六", "孙芳"] for number in numbers[order]]
    grids.append(sheet("入户调查", ["户编号", "调查日期", "调查人1", "调查人2"], *visits))
    rules = [f.rule for f in report(*grids).findings]
    # Where the numbers do not tell, the village is asked for, and of no household anything said.
    assert ("LR001" in rules) == (order == "by the day")
    assert not {"LR121", "DC055"} & {*rules}
    assert rules.count("DC001") == (order == "one not visited")
    visited = register(*grids).tables["survey"]["household_id"].drop_nulls().to_list()
    wanted = [f"王庄村第{i}号" for i in (1, 2, 3)] + BOTH[1:] + ["柳湾村第2号"]
    assert visited == (
        [wanted[2]] if order == "by the day" else wanted[len(wanted) - len(visits) :]
    )


LIST = """规则,列,村,户编号,姓名,问题,核实结果,核实说明,核实人,核实日期
RW007 区划代码重复,区划代码,陈桥村,,,区划代码第 2 次出现，前面已用于“陈桥村”,登记无误,看过,王五,2016-03-28
DC003 两名调查人是同一人,调查人2,陈桥村,3.20324E+14,徐全,两名调查人填的是同一个人：刘晨,登记无误,看过,王五,2016-03-28
DC004 户主未签字,户主签字,陈桥村,3.20324E+14,杨翠,户主签字：否；应由户主签字或按手印,登记无误,看过,王五,2016-03-28
DC060 一天在几个村调查,调查人1,孟集村,3.20324E+14,郭怀,高宇 在 2016-02-27 还调查了另一个村,登记无误,看过,王五,2016-03-28
LR002 列重复,帮扶人姓名,,,,“帮扶人姓名”和“帮扶责任人”都是“帮扶责任人”这一列,登记无误,看过,王五,2016-03-28
LR116 联系电话格式错误,联系电话,陈桥村,3.20324E+14,郭怀,联系电话 150 不是11位手机号码,登记无误,看过,王五,2016-03-28
LR120 户编号与村码不符,户编号,王庄村,3.20324E+14,张爱,户编号 320324015201015 应以村码开头,登记无误,看过,王五,2016-03-28
"""  # noqa: E501


def test_what_stands_for_a_lacking_number_contradicts_no_village(tmp_path: Path) -> None:
    """A list of findings, checked as if it were a register, is read as a form without a number."""
    path = tmp_path / "核实.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    register = jiandang.load([path])
    assert register.tables["household"]["household_id"][0].startswith(UNNUMBERED)
    assert "LR120" not in {f.rule for f in jiandang.check(register, POLICY).findings}


def test_the_end_of_whole_numbers_is_theirs_where_the_heads_are_the_same() -> None:
    form: Row = ["行政村", "户编号", "户主姓名", "家庭人口", "农户属性", "主要致贫原因"]
    own: list[Row] = [
        ["王庄村", f"32032410520100{i}", name, 2.0, "一般贫困户", "缺技术"]
        for i, name in enumerate(("张三", "周六"), 1)
    ]

    def numbers(*heads: str) -> list[str | None]:
        income: list[Row] = [["王庄村", i, name, 2900.0] for i, name in enumerate(heads, 1)]
        grids = (
            Grid("农户", [form, *own]),
            Grid("收入", [["行政村", "户码", "户主姓名", "人均纯收入(元)"], *income]),
        )
        return [home.household_id for home in register_of(grids, POLICY).households()]

    assert numbers("张三", "周六") == ["320324105201001", "320324105201002"]
    # Those that count otherwise are households of their own.
    assert len(numbers("周六", "张三")) == 4
