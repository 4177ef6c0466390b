"""Households that each village numbers from 1."""

from datetime import date
from typing import Any

import pytest

from jiandang.answers.applying import with_answers
from jiandang.answers.replies import Reply
from jiandang.formats.grid import Grid
from jiandang.intake.numbering import village_in
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.report.model import Finding, Report
from jiandang.run.checking import check
from jiandang.run.load import register_of

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


@pytest.mark.parametrize("number", ["1", "001"])
def test_a_number_of_one_village_is_another_ones_too(number: str) -> None:
    wang, liu = ([[number, *row[1:]] for row in rows] for rows in (WANG, LIU))
    grids = (
        sheet("甲", MEMBER, *wang, village="王庄村"),
        sheet("乙", MEMBER, *liu, village="柳湾村"),
    )
    assert homes(*grids) == [f"王庄村第{number}号", f"柳湾村第{number}号"]
    # That the number is too short is said in either village, of what stands in the cell.
    assert said(*grids) == [("LR120", "甲!A2"), ("LR120", "乙!A2")]
    found = [f for f in report(*grids).findings if f.rule == "LR120"]
    assert {(f.message, f.value) for f in found} == {(f"户编号 {number} 应为12至20位数字", number)}
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


def test_what_is_no_numbering_by_village_stays() -> None:
    # No village is named; one village alone; whole numbers.
    assert homes(sheet("甲", MEMBER, *WANG), sheet("乙", MEMBER, *LIU)) == ["1"]
    assert homes(sheet("甲", MEMBER, *WANG, village="王庄村")) == ["1"]
    whole = [["320324105201001", *row[1:]] for row in WANG]
    assert homes(
        sheet("甲", MEMBER, *whole, village="王庄村"), sheet("乙", MEMBER, *whole, village="柳湾村")
    ) == ["320324105201001"]
    # A town that numbers all its households, one number of which was given twice.
    town = [each for n in "3456" for each in of_village(n, "周六", "孙芳")]
    wang = sheet("甲", MEMBER, *WANG, *town[:4], village="王庄村")
    liu = sheet("乙", MEMBER, *LIU, *town[4:], village="柳湾村")
    assert homes(wang, liu) == ["1", "3", "4", "5", "6"]
    assert ("LR202", "乙!E2") in said(wang, liu)
    # Members under one head are one household, though the village of one is misspelt.
    odd = [[*WANG[0], "王庄村"], [*WANG[1], "王家村"]]
    assert homes(sheet("甲", [*MEMBER, "行政村"], *odd)) == ["1"]
    # 王庄 and 王庄村 are one village, in which the number stands for two heads.
    twice = sheet("甲", MEMBER, *WANG, village="王庄村"), sheet("乙", MEMBER, *LIU, village="王庄")
    assert homes(*twice) == ["1"]
    assert "LR202" in {rule for rule, _ in said(*twice)}


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
        assert {f.household for f in alone if f.rule == "LR202"} == {"1"}
        for finding in alone:
            again = known[finding.fingerprint]
            assert (again.sheet, again.evidence) == (finding.sheet, finding.evidence)
            assert again.household in (f"{name}第1号", finding.household)
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


def test_a_row_without_a_number_is_about_the_household_of_its_village() -> None:
    villages = {name: _sheets_of(name, column=True) for name in ("王庄村", "柳湾村")}
    together = _with_evidence(*villages["王庄村"], *villages["柳湾村"])
    (alone,) = [f for f in _with_evidence(*villages["柳湾村"]).findings if f.rule == "LR202"]
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
