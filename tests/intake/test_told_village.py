"""The village that only a title, a sheet's or a file's name gives is that of the rows."""

from typing import Any

import pytest
from town import AS_OF, Row, Town

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.register import Register
from jiandang.report.model import Report, Severity
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
PLACES = ("县(市、区)", "乡(镇)", "行政村", "村码")
OF_HOUSEHOLDS = ("成员", "农户", "识别程序", "入户调查")


def village_of(row: Row) -> str:
    return str(row["户编号"])[:12]


def by_village(town: Town, *, in_title: bool = False, renamed: dict[str, str] | None = None) -> Any:
    """Sheets of one village each, without a column of it and with numbers that begin anew."""
    names = {village_of(row): row["行政村"] for row in town.sheets["农户"]}
    names = {code: (renamed or {}).get(name, name) for code, name in names.items()}
    grids = [grid for grid in town.grids() if grid.name not in OF_HOUSEHOLDS]
    for code, name in names.items():
        numbers = [row["户编号"] for row in town.sheets["农户"] if village_of(row) == code]
        for sheet in OF_HOUSEHOLDS:
            headings = [h for h in town.headings[sheet] if h not in (*PLACES, "人编号")]
            rows = [row for row in town.sheets[sheet] if village_of(row) == code]
            short = [{**row, "户编号": numbers.index(row["户编号"]) + 1} for row in rows]
            part = Town(sheets={sheet: short}, headings={sheet: headings})
            (grid,) = part.grids()
            title: list[list[Any]] = []
            if in_title:
                title = [[f"填报单位：官山镇{name}", *[""] * (len(headings) - 1)]]
            shown = f"{sheet}{code[-1]}" if in_title else f"{name}{sheet}"
            grids.append(Grid(shown, [*title, *grid.rows]))
    return grids


def checked(grids: Any) -> Report:
    return check(register_of(grids, POLICY), POLICY, as_of=AS_OF)


def above_info(report: Report) -> set[tuple[str, str | None]]:
    return {(f.rule, f.village) for f in report.findings if f.severity is not Severity.INFO}


@pytest.mark.parametrize("in_title", [True, False])
def test_the_village_of_all_findings(in_title: bool) -> None:
    town = Town()
    names = list(dict.fromkeys(row["行政村"] for row in town.sheets["农户"]))
    town.row("成员", 与户主关系="配偶")["性别"] = "难"
    report = checked(by_village(town, in_title=in_title))
    # The short numbers alone are told of, and the fault, each with its village.
    assert above_info(report) == {("LR120", name) for name in names} | {("LR006", names[0])}
    assert all(finding.village for finding in report.findings)


@pytest.mark.parametrize("in_title", [True, False])
def test_a_told_village_that_is_not_in_the_quota(in_title: bool) -> None:
    town = Town()
    name = town.sheets["农户"][0]["行政村"]
    report = checked(by_village(town, in_title=in_title, renamed={name: "孟集村"}))
    (found,) = [f for f in report.findings if f.rule == "RW003"]
    assert found.message.startswith("登记了“孟集村”") and found.village == "孟集村"


def households(sheet: str, *, villages: int) -> Register:
    """The register of a sheet whose rows name no village, but as many by their numbers."""
    town = Town()
    codes = list(dict.fromkeys(map(village_of, town.sheets["农户"])))[:villages]
    headings = [h for h in town.headings["农户"] if h not in PLACES]
    rows = [row for row in town.sheets["农户"] if village_of(row) in codes]
    (grid,) = Town(sheets={"农户": rows}, headings={"农户": headings}).grids()
    return register_of([Grid(sheet, grid.rows)], POLICY)


def test_rows_of_several_villages_are_not_of_the_one_that_a_name_gives() -> None:
    name = Town().sheets["农户"][0]["行政村"]
    assert set(households(name, villages=1).tables["household"]["village"]) == {name}
    assert set(households(name, villages=2).tables["household"]["village"]) == {None}


def test_rows_that_say_where_they_are_stay_there() -> None:
    town = Town()
    (grid,) = [grid for grid in town.grids() if grid.name == "农户"]
    register = register_of([Grid("孟集村", grid.rows)], POLICY)
    assert "孟集村" not in set(register.tables["household"]["village"])


def test_a_village_that_nothing_names_has_a_word() -> None:
    town = Town()
    town.sheets = {name: town.sheets[name] for name in ("成员", "农户")}
    for name in town.sheets:
        town.headings[name] = [h for h in town.headings[name] if h not in PLACES]
    one_each = {row["户编号"]: row for row in town.sheets["成员"]}
    town.sheets["成员"] = [*one_each.values()]
    for row in town.sheets["农户"]:
        row["家庭人口"] = 1
    messages = [f.message for f in town.report().findings if f.rule == "RW011"]
    assert messages and all(message.startswith("本村登记 ") for message in messages)


def test_a_list_of_a_village_is_of_the_village_that_others_give() -> None:
    """A list of heads beside the register: its village is the one that has a code elsewhere."""
    town = Town()
    grids = town.grids()
    names = {village_of(row): row["行政村"] for row in town.sheets["农户"]}
    for code, name in names.items():
        rows = [row for row in town.sheets["农户"] if village_of(row) == code]
        cells = [[n, row["户主姓名"], float(row["家庭人口"])] for n, row in enumerate(rows, 1)]
        grids.append(Grid(f"{name}公示", [["序号", "户主姓名", "人口"], *cells]))
    register = register_of(grids, POLICY)
    listed = register.tables["household"]
    assert set(listed["village"]) == set(names.values())
    assert set(listed["village_key"]) == set(names)
    report = check(register, POLICY, as_of=AS_OF)
    assert above_info(report) == set()
    assert not any(gate.villages_not_checked for gate in report.gates)


@pytest.mark.parametrize("gap", [0, 2])
@pytest.mark.parametrize(
    "titles", [("王庄村", "柳湾村"), ("王庄村花名册", "柳湾村花名册"), ("王庄村", "")]
)
def test_of_tables_beside_each_other_each_has_its_own_title(
    titles: tuple[str, str], gap: int
) -> None:
    heading: list[Any] = ["户编号", "姓名", "与户主关系", "性别"]
    left: list[Any] = ["1", "张三", "户主", "男"]
    right: list[Any] = ["1", "李四", "户主", "男"]
    between: list[Any] = [""] * gap
    title: list[Any] = [titles[0], "", "", "", *between, titles[1], "", "", ""]
    rows = [title, heading + between + heading, left + between + right]
    found = {m.name: m.village for m in register_of([Grid("Sheet1", rows)], POLICY).members()}
    # A lone title is that of both.
    assert found == {"张三": "王庄村", "李四": "柳湾村" if titles[1] else "王庄村"}
