"""Where a page begins and ends on its sheet, and which pages are of one household."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from form_kinds import (
    CAUSES,
    GRID,
    ROADS,
    TYPES,
    Family,
    Person,
    Writer,
    card,
    families,
    handbook,
    national_back,
    provincial,
    visit,
)
from form_paper import Household, Paper
from form_reading import POLICY, differences, read

from jiandang.register.register import Register
from jiandang.run.checking import check


def simple(writer: Writer, family: Family, title: str = "贫困户登记表") -> None:
    """A page whose address stands in a row of its own, above the code."""
    writer.title(title)
    place = [("household", "village", "栗园村"), ("household", "group", family.group)]
    writer.line((f"家庭住址：睢宁县官山镇栗园村{family.group}", place))
    writer.pairs(
        ("户编号", "household", "household_id", family.code, family.code),
        ("户主姓名", "household", "head_name", family.head.name, family.head.name),
    )
    writer.pairs(writer.one_of("贫困户属性", "household_type", TYPES, family.kind))
    writer.pairs(writer.one_of("主要致贫原因", "cause", CAUSES, family.cause))
    writer.members(family.people, GRID, ruled=4)
    writer.pairs(
        ("耕地面积(亩)", "household", "arable", family.arable, family.arable),
        writer.one_of("入户路类型", "road_type", ROADS, family.road),
    )
    writer.line((f"户主签字：{family.head.name}", [("survey", "head_signed", family.head.name)]))


Kind = Callable[[Writer, Family], None]


def below_each_other(*kinds: Kind, start: int = 0) -> tuple[Paper, list[Household]]:
    """A household a page, of the kinds in turn."""
    paper, households, row = Paper(), [], start
    for i, family in enumerate(families(5)):
        writer = Writer(paper, Household(), row)
        kinds[i % len(kinds)](writer, family)
        households.append(writer.household)
        row = writer.row
    return paper, households


@pytest.mark.parametrize("kinds", [(simple,), (simple, visit), (visit, simple), (card, simple)])
def test_the_address_above_the_code_is_of_the_page_that_begins_there(
    kinds: tuple[Kind, ...],
) -> None:
    paper, households = below_each_other(*kinds)
    register = read(paper.grid())
    assert differences(register, households) == []
    assert [r for r in register.files[0].remarks if "不算一户" in r] == []


@pytest.mark.parametrize("kind", [simple, provincial])
def test_lines_over_all_pages_are_no_title_of_each(kind: Kind) -> None:
    paper, households = below_each_other(kind, start=2)
    paper.write(0, 0, "官山镇栗园村建档立卡资料汇编", 12)
    paper.write(1, 0, "2016年3月", 12)
    assert differences(read(paper.grid()), households) == []


def test_a_text_beside_the_title_hides_no_page() -> None:
    paper, households = below_each_other(simple)
    for row, column in [k for k, v in paper.cells.items() if v == "贫困户登记表"]:
        paper.write(row, column + 14, "返回目录")
    assert differences(read(paper.grid()), households) == []


def test_texts_at_the_end_of_a_page_begin_none() -> None:
    def with_goal(writer: Writer, family: Family) -> None:
        card(writer, family)
        writer.title("脱贫目标：搬进新房")

    paper, households = below_each_other(with_goal)
    register = read(paper.grid())
    assert differences(register, households) == []
    (remark,) = register.files[0].remarks
    assert remark.endswith("没有认出、未作检查的项目：帮扶措施、脱贫目标")


def test_a_page_more_for_members_does_not_hide_the_next_title() -> None:
    paper, households, row = Paper(), [], 0
    for number, family in enumerate(families(3)):
        writer = Writer(paper, Household(), row)
        simple(writer, family)
        writer.title("附页：家庭成员")
        paper.write(writer.row, 0, f"户主姓名：{family.head.name}", 6)
        paper.write(writer.row, 6, f"户编号：{family.code}", 6)
        writer.row += 1
        seventh = Person("田小七", "女", f"32032420150101333{number}", "之孙女")
        writer.members([seventh], GRID, ruled=2)
        households.append(writer.household)
        row = writer.row
    assert differences(read(paper.grid()), households) == []


# -- forms of several kinds about one household ------------------------------------------------


def both_kinds(*, apart: bool) -> tuple[list[Paper], list[Household]]:
    """A 登记表 and an 入户调查表 of each household, on one sheet or on two."""
    first = Paper()
    second = Paper("调查表") if apart else first
    rows = {id(first): 0, id(second): 0}
    households = []
    for family in families(3):
        own = Household()
        for paper, kind in ((first, simple), (second, visit)):
            again = Household()
            writer = Writer(paper, again, rows[id(paper)])
            kind(writer, family)
            rows[id(paper)] = writer.row
            for name, value in again.values.items():
                own.values.setdefault(name, value)
            own.people = own.people or again.people
        households.append(own)
    return [first, second] if apart else [first], households


def serious(register: Register) -> set[str]:
    return {
        f.rule
        for f in check(register, POLICY, as_of=date(2016, 3, 29)).findings
        if f.rule[:2] == "LR"
    }


@pytest.mark.parametrize("apart", [True, False])
def test_forms_of_two_kinds_are_one_household(apart: bool) -> None:
    papers, households = both_kinds(apart=apart)
    register = read(*(paper.grid() for paper in papers))
    # Whose page 签字 is of each: the first stands.
    assert differences(register, households) == []
    assert not serious(register) & {"LR108", "LR121", "LR203"}


def test_what_forms_of_two_kinds_say_differently_is_told() -> None:
    (first, second), _ = both_kinds(apart=True)
    at = next(k for k, v in second.cells.items() if v == 1.5)
    second.cells[at] = 9.5
    assert "LR213" in serious(read(first.grid(), second.grid()))


@pytest.mark.parametrize("what", ["a kind twice", "another head"])
def test_a_code_used_twice_is_still_told(what: str) -> None:
    paper, row = Paper(), 0
    one, two = families(2)
    other = replace(one, kind=two.kind, cause=two.cause, arable=two.arable)
    again = other if what == "a kind twice" else Family(one.code, two.people)
    kind: Kind = simple if what == "a kind twice" else visit
    for own, write in ((one, simple), (again, kind)):
        writer = Writer(paper, Household(), row)
        write(writer, own)
        row = writer.row
    register = read(paper.grid())
    assert register.tables["household"].height == 2
    assert "LR121" in serious(register)


def test_a_page_behind_one_that_was_joined_by_its_code_is_kept() -> None:
    """The second sheet: a page with the code, and below it one with the name alone."""
    front, back, households = Paper("正面"), Paper("背面"), []
    row = other = 0
    for family in families(3):
        own = Household()
        writer = Writer(front, own, row)
        simple(writer, family)
        row = writer.row
        writer.paper, writer.row = back, other
        writer.title("帮扶手册")
        back.write(writer.row, 0, f"户编号：{family.code}", 6)
        back.write(writer.row, 6, f"户主姓名：{family.head.name}", 6)
        writer.row += 1
        writer.pairs(writer.yes_no("是否危房", "dangerous", False))
        kept = dict(own.values)
        writer.blank()
        writer.title("贫困户登记表（背面）")
        back.write(writer.row, 0, f"户主姓名：{family.head.name}", 6)
        writer.row += 1
        national_back(writer, family)
        own.values |= {name: kept[name] for name in kept if name != ("household", "dangerous")}
        other = writer.row
        households.append(own)
    assert differences(read(front.grid(), back.grid()), households) == []


def test_the_pages_of_the_handbook_stay_together() -> None:
    paper, households = below_each_other(handbook, simple)
    assert differences(read(paper.grid()), households) == []


# -- a page that was pasted twice ----------------------------------------------------------------


def two_pages(writer: Writer, family: Family) -> None:
    """The second page names the head alone."""
    simple(writer, family)
    writer.title("贫困户登记表（背面）")
    writer.line((f"户主姓名：{family.head.name}", []))
    kept = dict(writer.household.values)
    national_back(writer, family)
    writer.household.values |= kept  # the first that says it counts


def pasted(kind: Kind, *, apart: bool, code: bool = True) -> tuple[list[Paper], list[Household]]:
    """Three households, the page of the second twice: below, or on a sheet of its own."""
    first, second = Paper(), Paper("登记表 (2)")
    households, row, other = [], 0, 0
    one, two, three = (family if code else replace(family, code="") for family in families(3))
    for family, is_again in ((one, False), (two, False), (two, True), (three, False)):
        paper = second if apart and is_again else first
        writer = Writer(paper, Household(), other if paper is second else row)
        kind(writer, family)
        if paper is first:
            row = writer.row
        if not is_again:
            households.append(writer.household)
    return [first, second] if apart else [first], households


def told(register: Register, code: str) -> list[tuple[str, str, str]]:
    found = check(register, POLICY, as_of=date(2016, 3, 29)).findings
    return [(f.sheet, f.cell, f.message) for f in found if f.rule == code]


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("kind", [simple, handbook, provincial, visit, two_pages])
def test_a_page_pasted_twice_is_one_page_and_told_once(kind: Kind, apart: bool) -> None:
    papers, households = pasted(kind, apart=apart)
    register = read(*(paper.grid() for paper in papers))
    assert differences(register, households) == []
    assert register.files[0].error is None
    sheets = [sheet for sheet, *_ in told(register, "LR221")]
    assert sheets == ["登记表 (2)" if apart else "登记表"] * (2 if kind is two_pages else 1)
    assert not serious(register) & {"LR108", "LR121", "LR203", "LR213"}


def test_the_copy_of_a_page_is_named_with_its_first() -> None:
    (paper,), _ = pasted(simple, apart=False)
    (found,) = told(read(paper.grid()), "LR221")
    assert found[:2] == ("登记表", "A25")
    assert found[2].startswith("第25至36行的表单和第13至24行的项目相同，填的")


def test_what_the_copy_of_a_page_says_otherwise_is_told() -> None:
    (_, second), _ = papers = pasted(simple, apart=True)
    at = next(k for k, v in second.cells.items() if v == 2.5)
    second.cells[at] = 9.5
    register = read(*(paper.grid() for paper in papers[0]))
    assert [cell for _, cell, _ in told(register, "LR213")] == ["D11"]
    assert len(told(register, "LR221")) == 1
    assert register.tables["household"].height == 3


def test_a_copy_in_which_a_member_is_another_is_none() -> None:
    (_, second), _ = papers = pasted(simple, apart=True)
    at = next(k for k, v in second.cells.items() if v == "配偶")
    second.cells[at] = "之母"
    register = read(*(paper.grid() for paper in papers[0]))
    assert told(register, "LR221") == []
    assert "LR121" in serious(register)


def test_a_page_without_a_code_that_was_pasted_twice() -> None:
    papers, _ = pasted(simple, apart=True, code=False)
    register = read(*(paper.grid() for paper in papers))
    assert register.tables["household"].height == 3
    assert register.tables["member"].height == 7
    assert len(told(register, "LR221")) == 1
