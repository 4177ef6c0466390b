"""Every kind of form, in every way that clerks fill and keep it, is read whole and at its cells."""

from collections.abc import Callable, Iterable

import pytest
from form_kinds import (
    GRID,
    KINDS,
    Family,
    Person,
    Writer,
    application,
    card,
    families,
    handbook,
    national,
    national_back,
    national_front,
    provincial,
    visit,
    years,
)
from form_paper import CHOICES, Choice, Household, Paper, boxes
from form_reading import differences, read

from jiandang.register.address import cell_address
from jiandang.register.cells import Raw

Kind = Callable[[Writer, Family], None]
LABELS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "numbered": lambda text: text if text[0] == "A" else f"A13{text}",
    "bracketed": lambda text: f"（1）{text}",
    "spaced": lambda text: " ".join(text) if text.isalpha() and len(text) < 5 else text,
    "starred": lambda text: f"*{text}",
}


def on_one_sheet(
    kind: Kind, number: int = 3, *, gap: int = 0, merged: bool = True, choice: Choice = boxes,
    label: Callable[[str], str] = LABELS["plain"],
) -> tuple[Paper, list[Household]]:  # fmt: skip
    """Forms one below the other."""
    paper = Paper(merged=merged)
    households, row = [], 0
    for family in families(number):
        writer = Writer(paper, Household(), row, choice=choice, label=label)
        kind(writer, family)
        households.append(writer.household)
        row = writer.row + gap
    return paper, households


@pytest.mark.parametrize("merged", [True, False], ids=["merged", "unmerged"])
@pytest.mark.parametrize("gap", [0, 2])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_all_on_one_sheet(kind: Kind, gap: int, merged: bool) -> None:
    paper, households = on_one_sheet(kind, gap=gap, merged=merged)
    if not merged:  # where an empty value would have stood nothing shows
        for household in households:
            household.values.pop(("household", "danger_grade"), None)
    assert differences(read(paper.grid()), households) == []


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.__name__)
@pytest.mark.parametrize("kind", [national, visit], ids=lambda kind: kind.__name__)
def test_choices(kind: Kind, choice: Choice) -> None:
    paper, households = on_one_sheet(kind, choice=choice)
    assert differences(read(paper.grid()), households) == []


@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("kind", [national, visit, handbook], ids=lambda kind: kind.__name__)
def test_labels(kind: Kind, label: Callable[[str], str]) -> None:
    paper, households = on_one_sheet(kind, label=label)
    assert differences(read(paper.grid()), households) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_sheet_each(kind: Kind) -> None:
    grids, households = [], []
    for family in families(3):
        writer = Writer(Paper(family.head.name), Household())
        kind(writer, family)
        grids.append(writer.paper.grid())
        households.append(writer.household)
    register = read(*grids)
    assert differences(register, households) == []
    assert {s.sheet for s in register.sheets} == {f.head.name for f in families(3)}


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_two_side_by_side(kind: Kind, gap: int) -> None:
    paper, households = Paper(), []
    rows = [0, 0]
    for i, family in enumerate(families(5)):
        side = i % 2
        writer = Writer(paper, Household(), rows[side], left=side * (12 + gap))
        kind(writer, family)
        households.append(writer.household)
        rows[side] = writer.row
        if side:
            rows = [max(rows), max(rows)]
    assert differences(read(paper.grid()), households) == []


def test_front_and_back_apart_by_code() -> None:
    front, back, households = Paper("正面"), Paper("背面"), []
    row = other = 0
    for family in families(3):
        writer = Writer(front, Household(), row)
        national_front(writer, family)
        row = writer.row
        writer.paper, writer.row = back, other
        writer.title("贫困户登记表（背面）")
        back.write(writer.row, 0, f"户编号：{family.code}", 6)
        back.write(writer.row, 6, f"户主姓名：{family.head.name}", 6)
        writer.row += 1
        national_back(writer, family)
        other = writer.row
        households.append(writer.household)
    register = read(front.grid(), back.grid())
    assert differences(register, households) == []


def test_front_and_back_apart_by_name_and_the_end_of_the_code_in_another_order() -> None:
    front, back, households = Paper("正面"), Paper("背面"), []
    row = other = 0
    for family in families(3):
        writer = Writer(front, Household(), row)
        national_front(writer, family)
        row = writer.row
        households.append(writer.household)
    for family, household in [*zip(families(3), households, strict=True)][::-1]:
        writer = Writer(back, household, other)
        back.write(writer.row, 0, f"户主姓名：{family.head.name}", 6)
        back.write(writer.row, 6, f"编号：{family.code[-3:]}", 6)
        writer.row += 1
        national_back(writer, family)
        other = writer.row
    # Whichever sheet comes first.
    assert differences(read(front.grid(), back.grid()), households) == []
    assert differences(read(back.grid(), front.grid()), households) == []


def test_the_back_of_t001_has_no_labels_but_those_of_the_years_across() -> None:
    """And codes in a note below, which make no list of codes of the sheet."""
    front, back, households = Paper("正面"), Paper("背面"), []
    for n, family in enumerate(families(3)):
        writer = Writer(front, Household(), 40 * n)
        provincial(writer, family)
        first = next(r for (r, _), v in front.cells.items() if v == "二、脱贫进程" and r > 40 * n)
        for row, column in [place for place in front.cells if place[0] >= first]:
            del front.cells[row, column]
        front.ranges = [own for own in front.ranges if own[0] < first]
        writer.paper, writer.row = back, 20 * n
        writer.title("脱贫奔小康低收入农户登记表")
        code = family.code
        parts = f"县码：{code[:6]}  乡(镇)：{code[6:9]}  村码：{code[9:12]}  户码：{code[12:]}"
        writer.line((parts, []))
        years(writer, family)
        households.append(writer.household)
    register = read(front.grid(), back.grid())
    assert differences(register, households) == []
    assert register.files[0].remarks == []


def test_the_second_page_below_has_no_code() -> None:
    paper, households, row = Paper(), [], 0
    for family in families(3):
        writer = Writer(paper, Household(), row)
        national_front(writer, family)
        writer.blank()
        writer.title("贫困户登记表（背面）")
        national_back(writer, family)
        households.append(writer.household)
        row = writer.row + 1
    assert differences(read(paper.grid()), households) == []


def test_a_card_completes_a_form_and_starts_none() -> None:
    paper, households = on_one_sheet(national)
    other, row = Paper("明白卡"), 0
    for family in families(3):
        writer = Writer(other, Household(), row)
        card(writer, family)
        row = writer.row + 1
    register = read(paper.grid(), other.grid())
    assert register.tables["household"].height == 3
    assert register.tables["household"]["size"].to_list() == [2, 3, 2]
    assert differences(register, households) == []


def test_a_seventh_member_on_an_extra_page() -> None:
    paper, (household,) = on_one_sheet(national, 1)
    family = families(1)[0]
    row = max(r for r, _ in paper.cells) + 2
    extra = Writer(paper, household, row)
    extra.title("附页")
    paper.write(extra.row, 0, f"户主姓名：{family.head.name}", 6)
    extra.row += 1

    seventh = Person("田小七", "女", "320324201501013333", "之孙女")
    extra.members([seventh], GRID, ruled=2)
    assert differences(read(paper.grid()), [household]) == []


def test_a_digit_of_the_number_a_cell() -> None:
    paper, (household,) = on_one_sheet(provincial, 1, merged=False)
    (row, column) = next(k for k, v in paper.cells.items() if v == "户主身份证号")
    number = paper.cells.pop((row, column + 6))
    for i, digit in enumerate(str(number)):
        paper.cells[row, column + 2 + i] = digit
    _, at = household.values["household", "head_id"]
    household.values["household", "head_id"] = (number, at.replace("G", "C"))
    assert differences(read(paper.grid()), [household]) == []


def code_of(household: Household) -> str:
    return str(household.values["household", "household_id"][0])


def code_in_cells(*, of: Callable[[str], Iterable[Raw]]) -> tuple[Paper, Household]:
    """T001 with the four parts of the 户码 in cells of their own behind their labels."""
    paper, (household,) = on_one_sheet(provincial, 1, merged=False)
    code = code_of(household)
    row, _ = next(k for k, v in paper.cells.items() if str(v).startswith("县码"))
    del paper.cells[row, 0]
    column = 0
    for label, first, last, name in (
        ("县码", 0, 6, ""),
        ("乡(镇)", 6, 9, ""),
        ("村码", 9, 12, "village_code"),
        ("户码", 12, 15, "household_id"),
    ):
        paper.write(row, column, label)
        if name:
            at = f"登记表!{cell_address(row, column + 1)}"
            household.values["household", name] = (code[:last], at)
        raws = list(of(code[first:last]))
        for place, raw in enumerate(raws, column + 1):
            paper.write(row, place, raw)
        column += 1 + len(raws)
    return paper, household


@pytest.mark.parametrize(
    "of",
    [list, lambda part: map(float, part), lambda part: [part]],
    ids=["a digit a cell", "numbers", "a part a cell"],
)
def test_the_code_in_cells_of_its_own(of: Callable[[str], Iterable[Raw]]) -> None:
    paper, household = code_in_cells(of=of)
    assert differences(read(paper.grid()), [household]) == []


@pytest.mark.parametrize("label", ["户编号", "户编码", "户码"])
def test_a_digit_of_the_whole_code_a_cell(label: str) -> None:
    paper, (household,) = on_one_sheet(national, 1, merged=False)
    code = code_of(household)
    place = next(k for k, v in paper.cells.items() if code in str(v))
    del paper.cells[place]
    row = max(r for r, _ in paper.cells) + 1
    paper.write(row, 0, label)
    for column, digit in enumerate(code, 1):
        paper.write(row, column, digit)
    household.values["household", "household_id"] = (code, f"登记表!B{row + 1}")
    assert differences(read(paper.grid()), [household]) == []


@pytest.mark.parametrize("title", ["样本户基础监测信息表", "低收入农户样本户登记表"])
def test_a_sample_household(title: str) -> None:
    """T001 for 样本户: narrow columns with √ under their letters, and a row about its land."""
    paper, (household,) = on_one_sheet(provincial, 1, merged=False)
    paper.cells[0, 0] = title
    row = max(r for r, _ in paper.cells) + 1
    land: list[Raw] = ["承包耕地", "是否愿意流转", "1:是", "流转面积", 1.5, "去年是否脱贫", "1:是"]
    letters: list[Raw] = [f"{letter}{number}" for letter in "AB" for number in range(1, 6)]
    ticks: list[Raw] = ["", "√", "", "", "", "", "√"]
    for below, cells in enumerate((land, letters, ticks)):
        for column, raw in enumerate(cells):
            paper.write(row + below, column, raw)
    assert differences(read(paper.grid()), [household]) == []


def test_a_tick_below_its_option() -> None:
    paper, (household,) = on_one_sheet(visit, 1)
    row = max(r for r, _ in paper.cells) + 1
    paper.write(row, 0, "入户路类型")
    for i, road in enumerate(["泥土路", "砂石路", "水泥路", "沥青路"], 1):
        paper.write(row, i, road)
    paper.write(row + 1, 3, "√")
    household.values["household", "road_type"] = ("水泥路", f"登记表!B{row + 1}")
    assert differences(read(paper.grid()), [household]) == []


def test_two_ticks_are_two_values() -> None:
    paper, _ = on_one_sheet(national, 1)
    (row, column) = next(k for k, v in paper.cells.items() if v == "A3a主要致贫原因(单选)")
    paper.cells[row, column + 6] = "☑因病 ☑因残 □因学"
    register = read(paper.grid())
    assert [o.notice for o in register.observations] == ["several_codes"]
    assert register.tables["household"]["cause"].to_list() == [None]


def test_empty_forms_at_the_end_are_no_households() -> None:
    paper, households = on_one_sheet(national, 2)
    blank = Family("", (families(1)[0].head,))
    row = max(r for r, _ in paper.cells) + 1
    for _ in range(2):
        writer = Writer(Paper("x"), Household())
        national(writer, blank)
        keep = (
            "登记表",
            "一、",
            "二、",
            "四、",
            "五、",
            "六、",
            "家庭成员",
            "A",
            "户主姓名",
            "联系电话",
        )
        labels = {v for v in writer.paper.cells.values() if isinstance(v, str)}
        for (r, c), raw in writer.paper.cells.items():
            text = str(raw)
            if text.startswith(("户编号", "户主签字", "调查人", "填表日期")):
                paper.cells[row + r, c] = text.split("：")[0] + "："
            elif text.startswith(keep) or text.endswith(("(元)", "(亩)")):
                paper.cells[row + r, c] = raw
        assert labels
        row += writer.row
    register = read(paper.grid())
    assert differences(register, households) == []
    assert register.observations == []
    assert sum("没有填写，不算一户" in r for r in register.files[0].remarks) == 2


# What a form asks for twice is taken where it stands first.
_TWICE = [("household", "per_capita"), ("survey", "head_signed")]


def test_another_year_is_taken_and_said() -> None:

    paper, (household,) = on_one_sheet(national, 1)
    writer = Writer(paper, household, max(r for r, _ in paper.cells) + 1)
    (row, _) = next(k for k, v in paper.cells.items() if v == "三、收入情况（2015年）")
    paper.cells[row, 0] = "三、收入情况"
    family = families(1)[0]
    first = {name: household.values[name] for name in _TWICE}
    years(writer, family, last=2015)
    household.values.update(first)
    register = read(paper.grid())
    assert differences(register, [household]) == []
    assert any("取了最后填写的2014年" in r for r in register.files[0].remarks)


def test_labels_not_understood_are_named_once() -> None:
    paper, _ = on_one_sheet(handbook, 3)
    remarks = read(paper.grid()).files[0].remarks
    assert remarks == [
        "表单“家庭情况”里没有认出、未作检查的项目：隶属关系、帮扶措施的帮扶单位、帮扶责任人签字"
    ]


def test_every_row_is_counted_once() -> None:
    for kind in KINDS:
        paper, _ = on_one_sheet(kind, gap=1)
        grid = paper.grid()
        register = read(grid)
        counts = [s.rows for s in register.sheets]
        total = sum(
            c.title + c.heading + c.checked + c.rejected + c.total + c.note + c.blank
            for c in counts
        )
        assert total == len(grid.rows)
        assert sum(c.rejected for c in counts) == 0


def test_households_without_codes_are_kept_apart() -> None:
    paper, households = Paper(), []
    row = 0
    for family in families(3):
        writer = Writer(paper, Household(), row)
        application(writer, family)
        row = writer.row
        households.append(writer.household)
    for key, raw in [*paper.cells.items()]:
        if str(raw).startswith("户编号"):
            paper.cells[key] = "低收入农户"
    register = read(paper.grid())
    codes = register.tables["household"]["household_id"].to_list()
    assert len(set(codes)) == 3
    assert all(code.startswith("（无户编号）") for code in codes)
    assert register.tables["member"]["household_id"].unique(maintain_order=True).to_list() == codes
    assert register.observations == []
