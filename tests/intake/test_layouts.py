"""One register, written as counties write it: whatever the layout, the same rows and findings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jiandang.formats.grid import Grid, Range
from jiandang.headings.vocabulary import Vocabulary
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import Register
from jiandang.register.resident_id import check_character
from jiandang.run.checking import check
from jiandang.run.load import register_from
from jiandang.run.one_file import read_grids

POLICY = load_policy("xuzhou-2016")
PLACE = ["行政村", "户编号"]
HOUSEHOLD = ["户主姓名", "户主证件号码", "家庭人口", "农户属性", "主要致贫原因"]
INCOME = ["收入年度", "人均纯收入(元)"]
MEMBER = ["姓名", "性别", "证件号码", "与户主关系", "民族", "文化程度", "健康状况", "享受低保"]
WORDS = {
    "民族": ("汉族", "回族", "满族"),
    "文化程度": ("小学", "初中", "高中"),
    "健康状况": ("健康", "长期慢性病", "残疾"),
    "享受低保": ("是", "否"),
}
Row = dict[str, Raw]
# What is said of the layout itself, and not of what is in it.
OF_LAYOUT = {"LR001", "LR003", "LR020", "LR021", "LR022"}


@dataclass
class Family:
    """A household and its members, the head first."""

    household: Row
    members: list[Row]


def id_number(birth: str, order: int) -> str:
    body = f"320324{birth}{order:03}"
    return body + check_character(body)


def families() -> list[Family]:
    """Five households of two villages, with 1 to 4 members each."""
    found, order = [], 1
    for number, size in enumerate((3, 1, 4, 2, 2)):
        village = "王庄村" if number < 3 else "柳湾村"
        code = f"3203241052{1 if number < 3 else 2:02}{number + 1:03}"
        members: list[Row] = []
        for i in range(size):
            order += 1
            is_man = i % 2 == 0
            born = f"{1960 + 20 * (i > 1) + number}0{i + 1}1{number}"
            members.append(
                {
                    "姓名": f"{'赵钱孙李周'[number] if i != 1 else '吴郑王冯陈'[number]}"
                    f"{'志秀大小'[i]}{'强英勇明兰'[(number + i) % 5]}",
                    "性别": "男" if is_man else "女",
                    "证件号码": id_number(born, 2 * order + is_man),
                    "与户主关系": ("户主", "配偶", "之子", "之女")[i],
                    "民族": "汉族",
                    "文化程度": "初中",
                    "健康状况": "健康",
                    "享受低保": "否",
                }
            )
        head = members[0]
        household: Row = {
            "行政村": village,
            "户编号": code,
            "户主姓名": head["姓名"],
            "户主证件号码": head["证件号码"],
            "家庭人口": float(size),
            "农户属性": "一般贫困户",
            "主要致贫原因": "缺技术",
            "收入年度": 2015.0,
            "人均纯收入(元)": 3000.0 + 10 * number,
        }
        found.append(Family(household, members))
    return found


Layout = Callable[[list[Family]], list[Grid]]


# -- the layouts ------------------------------------------------------------------------------


def table(
    name: str, headings: list[str], rows: list[Row], merged: list[Range] | None = None
) -> Grid:
    cells: list[list[Raw]] = [[row.get(heading, "") for heading in headings] for row in rows]
    return Grid(name, [[*headings], *cells], merged or [])


def member_rows(found: list[Family], *, whole: bool) -> list[Row]:
    """A row a member; of the household in each row, or in the first one alone."""
    return [
        {**(family.household if whole or i == 0 else {}), **member}
        for family in found
        for i, member in enumerate(family.members)
    ]


ALL = [*PLACE, *HOUSEHOLD, *INCOME, *MEMBER]


def one_sheet(found: list[Family]) -> list[Grid]:
    return [table("花名册", ALL, member_rows(found, whole=True))]


def sheet_a_village(found: list[Family]) -> list[Grid]:
    villages = dict.fromkeys(str(family.household["行政村"]) for family in found)
    return [
        table(
            name, ALL, member_rows([f for f in found if f.household["行政村"] == name], whole=True)
        )
        for name in villages
    ]


def heads_row_alone(found: list[Family]) -> list[Grid]:
    return [table("花名册", ALL, member_rows(found, whole=False))]


def merged(found: list[Family]) -> list[Grid]:
    ranges: list[Range] = []
    top = 1
    for family in found:
        bottom = top + len(family.members) - 1
        if bottom > top:
            ranges += [(top, column, bottom, column) for column in range(len(ALL) - len(MEMBER))]
        top = bottom + 1
    return [table("花名册", ALL, member_rows(found, whole=False), ranges)]


def six_rows(found: list[Family], *, is_merged: bool) -> list[Grid]:
    """So many rows a household, of which the last ones have nobody: merged over, or filled in."""
    shared = [*PLACE, *HOUSEHOLD, *INCOME]
    rows: list[Row] = []
    ranges: list[Range] = []
    for family in found:
        top = len(rows) + 1
        for i in range(6):
            member: Row = family.members[i] if i < len(family.members) else {"民族": "汉族"}
            household = {} if is_merged and i else family.household
            rows.append({**household, **member})
        if is_merged:
            ranges += [(top, column, top + 5, column) for column in range(len(shared))]
    return [table("花名册", ALL, rows, ranges)]


def on_pages(found: list[Family]) -> list[Grid]:
    """Of the household in its first row alone; each three rows are a page with the heading."""
    (whole,) = heads_row_alone(found)
    heading, *rows = whole.rows
    title: list[Raw] = ["花名册（续）", *[""] * (len(heading) - 1)]
    pages = [rows[start : start + 3] for start in range(0, len(rows), 3)]
    cells = [row for page in pages for row in (title, heading, *page)]
    return [Grid("花名册", [[*row] for row in cells])]


def two_rows_of_headings(found: list[Family]) -> list[Grid]:
    """A household a page; merged are the first column's heading and those of both groups."""
    shared = ["行政村", *HOUSEHOLD, *INCOME]
    headings = ["户编号", *["成员情况"] * len(MEMBER), *["家庭情况"] * len(shared)]
    upper: list[Raw] = ["" if a == b else b for a, b in pairwise(["", *headings])]
    rows: list[list[Raw]] = []
    ranges: list[Range] = []
    for family in found:
        top, last = len(rows), len(MEMBER)
        ranges += [(top, 0, top + 1, 0), (top, 1, top, last)]
        ranges += [(top, last + 1, top, len(headings) - 1)]
        own = member_rows([family], whole=True)
        rows += [[*upper], ["", *MEMBER, *shared]]
        rows += [[row.get(name, "") for name in ("户编号", *MEMBER, *shared)] for row in own]
    return [Grid("花名册", rows, ranges)]


def as_above(found: list[Family]) -> list[Grid]:
    rows = member_rows(found, whole=False)
    for row in rows:
        if "户编号" not in row:
            row |= dict.fromkeys((*PLACE, *HOUSEHOLD, *INCOME), "〃")
    return [table("花名册", ALL, rows)]


def in_the_households_row(found: list[Family], headings: Callable[[int, str], str]) -> list[Grid]:
    names = [(i, name) for i in range(1, 5) for name in MEMBER]
    columns = [*PLACE, *HOUSEHOLD, *INCOME, *(headings(i, name) for i, name in names)]
    cells: list[list[Raw]] = [[*columns]]
    for family in found:
        members = [*family.members, *[{}] * (4 - len(family.members))]
        own = [family.household.get(name, "") for name in columns[: -len(names)]]
        cells.append([*own, *(member.get(name, "") for member in members for name in MEMBER)])
    return [Grid("一户一行", cells)]


def under_their_numbers(found: list[Family]) -> list[Grid]:
    """家庭成员1 over what is asked of the first member, 家庭成员2 over that of the second."""
    (flat,) = in_the_households_row(found, lambda i, name: name)
    own = len(flat.rows[0]) - 4 * len(MEMBER)
    upper: list[Raw] = [*flat.rows[0][:own]]
    for i in range(1, 5):
        upper += [f"家庭成员{i}", *[""] * (len(MEMBER) - 1)]
    lower: list[Raw] = [*[""] * own, *flat.rows[0][own:]]
    merged = [(0, column, 1, column) for column in range(own)]
    width = len(MEMBER)
    merged += [(0, at, 0, at + width - 1) for at in range(own, len(upper), width)]
    return [Grid("一户一行", [upper, lower, *flat.rows[1:]], merged)]


def again_and_again(found: list[Family]) -> list[Grid]:
    """姓名 and the others come once a member, without any number."""
    return in_the_households_row(found, lambda i, name: name)


def side_by_side(found: list[Family]) -> list[Grid]:
    left = [*PLACE, *MEMBER]
    rows = member_rows(found, whole=True)
    right = [*PLACE, *HOUSEHOLD, *INCOME]
    cells: list[list[Raw]] = [[*left, "", *right]]
    for i, row in enumerate(rows):
        other = found[i].household if i < len(found) else {}
        cells.append([*(row[h] for h in left), "", *(other.get(h, "") for h in right)])
    return [Grid("并排", cells)]


def split(found: list[Family]) -> list[Grid]:
    households = [family.household for family in found]
    return [
        table("成员", [*PLACE, *MEMBER], member_rows(found, whole=True)),
        table("农户", [*PLACE, *HOUSEHOLD], households),
        table("收入", ["户编号", *INCOME], households[::-1]),
    ]


def split_members(found: list[Family]) -> list[Grid]:
    rows = member_rows(found, whole=True)
    first, second = MEMBER[:4], ["姓名", "证件号码", *MEMBER[4:]]
    return [
        table("成员", [*PLACE, *first], rows),
        table("健康", ["户编号", *second], rows[::-1]),
        table("农户", [*PLACE, *HOUSEHOLD, *INCOME], [family.household for family in found]),
    ]


def form_page(family: Family) -> list[list[Raw]]:
    """A household's form: labels left and values right, two pairs a row, and the members below."""
    pairs = [*family.household.items()]
    rows: list[list[Raw]] = [["贫困户登记表"]]
    rows += [[cell for pair in pairs[i : i + 2] for cell in pair] for i in range(0, len(pairs), 2)]
    rows += [["家庭成员"], [*MEMBER], *([m[n] for n in MEMBER] for m in family.members)]
    return [[*row, *[""] * (len(MEMBER) - len(row))] for row in rows]


def forms_below(found: list[Family]) -> list[Grid]:
    rows: list[list[Raw]] = []
    for family in found:
        rows += [*form_page(family), [""] * len(MEMBER)]
    return [Grid("登记表", rows)]


def a_form_a_sheet(found: list[Family]) -> list[Grid]:
    return [Grid(str(i), form_page(family)) for i, family in enumerate(found, 1)]


def forms_side_by_side(found: list[Family]) -> list[Grid]:
    rows: list[list[Raw]] = []
    for i in range(0, len(found), 2):
        left, *right = map(form_page, found[i : i + 2])
        nothing: list[Raw] = [""] * len(MEMBER)
        both = zip_longest(left, *right, fillvalue=nothing)
        rows += [[*one, "", *next(iter(other), nothing)] for one, *other in both]
        rows.append([""] * len(rows[-1]))
    return [Grid("登记表", rows)]


LAYOUTS: dict[str, Layout] = {
    "one sheet": one_sheet,
    "a sheet a village": sheet_a_village,
    "head's row alone": heads_row_alone,
    "merged": merged,
    "six rows": lambda found: six_rows(found, is_merged=False),
    "six rows, merged": lambda found: six_rows(found, is_merged=True),
    "pages": on_pages,
    "two rows of headings": two_rows_of_headings,
    "as above": as_above,
    "成员1姓名": lambda found: in_the_households_row(found, lambda i, n: f"成员{i}{n}"),
    "姓名1": lambda found: in_the_households_row(found, lambda i, n: f"{n}{i}"),
    "家庭成员（一）": lambda found: in_the_households_row(
        found, lambda i, n: f"家庭成员（{'一二三四'[i - 1]}）{n}"
    ),
    "家庭成员1 over 姓名": under_their_numbers,
    "姓名 again and again": again_and_again,
    "side by side": side_by_side,
    "split": split,
    "split members": split_members,
    "forms below each other": forms_below,
    "a form a sheet": a_form_a_sheet,
    "forms side by side": forms_side_by_side,
}


# -- the layouts of several files --------------------------------------------------------------


def a_file_a_village(found: list[Family], *layouts: str) -> list[list[Grid]]:
    """Each village in a file and a layout of its own."""
    villages = [*dict.fromkeys(family.household["行政村"] for family in found)]
    parts = [[f for f in found if f.household["行政村"] == village] for village in villages]
    return [LAYOUTS[layout](part) for layout, part in zip(layouts, parts, strict=True)]


def income_apart(found: list[Family], layout: str) -> list[list[Grid]]:
    """The incomes in a file of their own, in another order; the rest in some layout."""
    left = [
        Family({n: v for n, v in f.household.items() if n not in INCOME}, f.members) for f in found
    ]
    own = table("收入", ["户编号", *INCOME], [family.household for family in found[::-1]])
    return [[without_income(grid) for grid in LAYOUTS[layout](left)], [own]]


def without_income(grid: Grid) -> Grid:
    """The sheet without the columns that have that heading and no more."""
    columns = [*zip(*grid.rows, strict=True)]
    used = [
        i for i, cells in enumerate(columns) if {*cells} - {"", "〃"} - {*INCOME} or not any(cells)
    ]
    merged = [
        (top, used.index(left), bottom, max(i for i, c in enumerate(used) if c <= right))
        for top, left, bottom, right in grid.merged
        if left in used
    ]
    return Grid(grid.name, [[row[column] for column in used] for row in grid.rows], merged)


# -- what is read -----------------------------------------------------------------------------


def values(register: Register) -> dict[str, list[tuple[object, ...]]]:
    """The rows of both tables without where they stand, in an order of their own."""
    found = {}
    for name, key in (("member", "id_number"), ("household", "household_id")):
        frame = register.tables[name].drop("ref", "others", "apart", "bad", "own")
        # What stands in a member's own row is the layout's.
        frame = frame.drop("own_head_name", strict=False)
        found[name] = frame.sort(key, nulls_last=True, maintain_order=True).rows()
    return found


def findings(register: Register) -> list[tuple[str, str | None, str | None, str]]:
    """Who has which finding in what column."""
    report = check(register, POLICY, as_of=date(2016, 3, 29), show_ids=True)
    return sorted(
        (f.rule, f.household or "", f.person or "", f.column)
        for f in report.findings
        if f.rule not in OF_LAYOUT
    )


def read(*files: list[Grid]) -> Register:
    words = Vocabulary(POLICY.headings, POLICY.income_year)
    register = register_from(
        read_grids(grids, words, POLICY.start.year, Path(f"{i}.xlsx"))
        for i, grids in enumerate(files)
    )
    register.county_codes = POLICY.county_codes
    return register


FAULTS: dict[str, Callable[[list[Family]], None]] = {
    "none": lambda found: None,
    "wrong sex": lambda found: found[0].members[1].update(性别="男"),
    "wrong check digit": lambda found: (
        found[2].members[3].update(证件号码=str(found[2].members[3]["证件号码"])[:-1] + "?")
    ),
    "two wives": lambda found: found[2].members[2].update(与户主关系="配偶", 性别="女"),
    "one person twice": lambda found: (
        found[2].members[2].update(证件号码=found[2].members[1]["证件号码"])
    ),
    "rich": lambda found: found[3].household.update({"人均纯收入(元)": 9000.0}),
    "wrong size": lambda found: found[4].household.update(家庭人口=5.0),
    "unknown cause": lambda found: found[1].household.update(主要致贫原因="缺缺缺"),
    "no nation": lambda found: found[1].members[0].update(民族=""),
    "health in own words": lambda found: found[3].members[1].update(健康状况="还行"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4)
@given(faults=st.sets(st.sampled_from(sorted(FAULTS)), max_size=4))
def test_the_layout_changes_nothing(layout: str, faults: set[str]) -> None:
    found = families()
    for fault in sorted(faults):
        FAULTS[fault](found)
    plain, other = read(one_sheet(found)), read(LAYOUTS[layout](found))
    assert values(other) == values(plain)
    assert findings(other) == findings(plain)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4)
@given(st.randoms(use_true_random=False))
def test_whoever_the_members_are(layout: str, chance: Random) -> None:
    """The first households may have daughter and son, or different words, in the same columns."""
    found = families() + families()
    for number, family in enumerate(found[5:], 6):
        family.household["户编号"] = f"3203241052020{number:02}"
        family.household["行政村"] = "柳湾村"
    for order, family in enumerate(found):
        family.members += [{**family.members[0]} for _ in range(chance.randint(0, 2))]
        del family.members[4:]
        for i, member in enumerate(family.members):
            is_man = chance.random() < 0.5
            born = f"{1960 + 20 * (i > 1)}0{i + 1}{10 + order}"
            relation = ("户主", "配偶")[i] if i < 2 else "之子" if is_man else "之女"
            member["证件号码"] = id_number(born, 100 + 2 * (4 * order + i) + is_man)
            member |= {"性别": "男" if is_man else "女", "与户主关系": relation}
            member |= {name: chance.choice(words) for name, words in WORDS.items()}
        head = {"户主姓名": "姓名", "户主证件号码": "证件号码"}
        family.household |= {name: family.members[0][own] for name, own in head.items()}
    plain, other = read(one_sheet(found)), read(LAYOUTS[layout](found))
    assert values(other) == values(plain)
    assert findings(other) == findings(plain)


def test_the_third_members_words_are_no_list_to_choose_from() -> None:
    """女, 男 and an empty cell below 家庭成员3: the third household has no third member."""
    found = families()
    found[1].members = [{**member} for member in found[0].members]
    for i, member in enumerate(found[1].members):
        member["证件号码"] = id_number(f"19{60 + 20 * (i > 1)}0{i + 1}08", 60 + 2 * i + (i != 1))
    found[0].members[2] |= {
        "性别": "女",
        "与户主关系": "之女",
        "证件号码": id_number("19800801", 50),
    }
    found[2].members = found[2].members[:2]
    found[3].members += [{**found[0].members[2], "证件号码": id_number("19800901", 52)}]
    for family in found:
        head = {"户主姓名": "姓名", "户主证件号码": "证件号码"}
        family.household |= {name: family.members[0][own] for name, own in head.items()}
        family.household["家庭人口"] = float(len(family.members))
    plain, other = read(one_sheet(found)), read(under_their_numbers(found))
    assert values(other) == values(plain)
    assert findings(other) == findings(plain)


@settings(max_examples=12)
@given(
    first=st.sampled_from(sorted(LAYOUTS)),
    second=st.sampled_from(sorted(LAYOUTS)),
    faults=st.sets(st.sampled_from(sorted(FAULTS)), max_size=4),
)
@example(first="merged", second="two rows of headings", faults={"wrong size", "rich"})
@example(first="pages", second="forms side by side", faults={"two wives"})
@example(first="head's row alone", second="side by side", faults={"one person twice"})
def test_two_files_in_two_layouts(first: str, second: str, faults: set[str]) -> None:
    found = families()
    for fault in sorted(faults):
        FAULTS[fault](found)
    plain, other = read(one_sheet(found)), read(*a_file_a_village(found, first, second))
    assert values(other) == values(plain)
    assert findings(other) == findings(plain)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_of_incomes_beside_any_layout(layout: str) -> None:
    found = families()
    for fault in ("rich", "wrong sex", "wrong size"):
        FAULTS[fault](found)
    plain, other = read(one_sheet(found)), read(*income_apart(found, layout))
    assert values(other) == values(plain)
    assert findings(other) == findings(plain)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_value_has_its_own_cell(layout: str) -> None:
    found = families()
    FAULTS["rich"](found)
    FAULTS["wrong sex"](found)
    grids = LAYOUTS[layout](found)
    cells = {g.name: [list(row) for row in g.rows] for g in grids}
    report = check(read(grids), POLICY, as_of=date(2016, 3, 29), show_ids=True)
    for rule, value in (("SB018", 9000.0), ("LR106", "男")):
        (finding,) = [f for f in report.findings if f.rule == rule]
        column = ord(finding.cell.rstrip("0123456789")[-1]) - ord("A")
        column += 26 * (len(finding.cell.rstrip("0123456789")) - 1)
        assert cells[finding.sheet][finding.row - 1][column] == value
