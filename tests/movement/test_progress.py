"""Progress against the goals of the round: weak villages and their 新“八有”, exits by year."""

from datetime import date

import pytest
from cases_dynamic_figures import EIGHT
from town import Row, Town

from jiandang.report.model import Report
from jiandang.report.movement import CountyProgress
from jiandang.reporters.movement import progress_lines

# As the meeting says it.
SAID = (
    "有群众拥护的“双强”班子", "有科学合理的发展规划", "有高产高效的农业设施",
    "有特色鲜明的主导产业", "有持续稳定的集体收入", "有先进适用的信息网络",
    "有健康向上的文明村风", "有村容整洁的居住环境",
)  # fmt: skip
WEAK = 269


def progress_of(report: Report) -> list[CountyProgress]:
    assert report.movement is not None
    return report.movement.progress


def weak_villages(town: Town, headings: tuple[str, ...], yes: str, no: str) -> None:
    """269 weak villages: a third lack one of the eight, half of them are called 达标."""
    town.headings["村情"] += ["是否达标", *headings]
    rows: list[Row] = []
    for number in range(WEAK):
        code = ("320324106", "320321104")[number % 2]
        place = {"行政村": f"王{number}村", "村码": f"{code}{300 + number}", "是否经济薄弱村": "是"}
        row = dict.fromkeys(headings, yes) | place | {"村集体经营性收入(万元)": 12 + number % 10}
        if number % 3 == 0:
            row[headings[number % 8]] = no
        rows.append(row | {"是否达标": yes if number % 4 < 2 else no})
    town.sheets["村情"] = rows


@pytest.mark.parametrize(
    ("headings", "yes", "no"),
    [(EIGHT, "是", "否"), (SAID, "有", "无"), (EIGHT, "√", "×"), (SAID, "达标", "未达标")],
)
def test_the_weak_villages_of_the_round(headings: tuple[str, ...], yes: str, no: str) -> None:
    town = Town()
    town.before()
    weak_villages(town, headings, yes, no)
    report = town.report(select="DT")
    *_, everything = progress_of(report)
    weak = everything.weak_villages
    assert (weak.planned, weak.registered, weak.eight_known) == (WEAK, WEAK, WEAK)
    lacking = [n for n in range(WEAK) if n % 3 == 0]
    assert weak.has_all == WEAK - len(lacking)
    for i, name in enumerate(EIGHT):
        assert weak.has[name] == WEAK - sum(n % 8 == i for n in lacking)
    assert weak.income_reached == sum(12 + n % 10 >= 18 for n in range(WEAK))
    assert weak.reached == sum(n % 4 < 2 for n in range(WEAK))
    doubts = {f.village for f in report.findings if f.rule == "DT025"}
    assert doubts == {f"王{n}村" for n in lacking if n % 4 < 2}


def test_of_eight_columns_one_is_not_there() -> None:
    """Seven are counted, and nobody says that there are none."""
    town = Town()
    town.before()
    weak_villages(town, EIGHT, "是", "否")
    town.headings["村情"].remove("班子")
    *_, everything = progress_of(town.report(select="DT"))
    assert everything.weak_villages.eight_known == 0
    said = progress_lines(everything)
    assert any(f"新“八有”齐全的 0 个，没有填全的 {WEAK} 个" in line for line in said)
    assert any(f"{WEAK} 个村里有的：班子 0、规划 " in line for line in said)


def left_poverty(town: Town, number: int, year: int) -> None:
    for record in town.rows("农户", 脱贫属性="未脱贫")[:number]:
        record["脱贫属性"], record["脱贫时间"] = "已脱贫", date(year, 12, 1)


def test_the_exits_of_a_county_against_its_own_goals() -> None:
    town = Town()
    town.before()
    left_poverty(town, 3, 2016)
    left_poverty(town, 2, 2017)
    goals = town.effective_policy().goals
    town.policy["goals"] = goals.model_copy(update={"exits": {"2016": 9, "2018": 40}})
    (county,) = progress_of(town.report(select="DT"))
    assert [(y.year, y.exited.households, y.goal) for y in county.exits] == [
        (2016, 3, 9), (2017, 2, None), (2018, 0, 40),
    ]  # fmt: skip
    # 269 are those of all counties together.
    assert county.weak_villages.planned is None


@pytest.mark.parametrize(
    ("code", "leaves"), [("320324", True), ("320321", True), ("320322", False)]
)
def test_the_counties_that_leave(code: str, leaves: bool) -> None:
    """丰县 and 睢宁 leave when nobody is below the line and no village is weak."""
    town = Town()
    for sheet in ("成员", "农户", "村情"):
        for row in town.rows(sheet):
            for heading in ("村码", "户编号", "人编号"):
                if heading in row:
                    row[heading] = code + row[heading][6:]
    town.earlier = Town(sheets={name: [*map(dict, rows)] for name, rows in town.sheets.items()})
    (county,) = progress_of(town.report(select="DT"))
    assert county.leaves is leaves
    assert any(text.startswith("退出重点县：还不具备") for text in county.outlook) is leaves
    left_poverty(town, 999, 2016)
    for row in town.rows("村情"):
        row["达标年度"] = 2015
    (county,) = progress_of(town.report(select="DT"))
    done = "退出重点县：登记的户和经济薄弱村都已达标"
    assert (done in county.outlook) is leaves
