"""A gate is not passed over a village of which its rules have seen nothing."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from town import AS_OF, Row, Town
from towns import home, neighbour, save

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.register import FileRead
from jiandang.report.gates import GateStatus
from jiandang.report.model import Report
from jiandang.reporters import FORMATS
from jiandang.reporters.record import record_lines
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings, check
from jiandang.run.files import FilesFound
from jiandang.run.load import Reading, register_of
from jiandang.run.processes import Workers

POLICY = load_policy("xuzhou-2016")
OF_HOUSEHOLDS = ("成员", "农户", "识别程序", "入户调查")


def partial(report: Report) -> dict[str, tuple[list[str], str]]:
    """By gate the villages that it has not looked at, and why."""
    return {
        gate.code: (each.villages, each.reason)
        for gate in report.sections
        for each in gate.villages_not_checked
    }


def village_of(row: Row) -> str:
    return str(row["户编号"])[:12]


def villages(town: Town) -> list[str]:
    return list(dict.fromkeys(map(village_of, town.sheets["农户"])))


def only(town: Town, sheet: str, *codes: str) -> None:
    town.sheets[sheet] = [row for row in town.sheets[sheet] if village_of(row) in codes]


def split(town: Town, sheet: str, without: Sequence[str] = (), at: int = -1) -> Report:
    """The report where each village has a sheet of its own, one of which lacks columns."""
    grids = [grid for grid in town.grids() if grid.name != sheet]
    for number, code in enumerate(villages(town)):
        part = Town(sheets={sheet: [r for r in town.sheets[sheet] if village_of(r) == code]})
        part.headings = {sheet: [*town.headings[sheet]]}
        if number == at % len(villages(town)):
            part.headings[sheet] = [h for h in town.headings[sheet] if h not in without]
        (grid,) = part.grids()
        grids.append(Grid(f"{sheet}{number}", grid.rows))
    return check(register_of(grids, POLICY), POLICY, as_of=AS_OF)


@pytest.mark.parametrize(
    ("sheet", "gates"),
    [
        ("成员", {"RW", "SB", "DC", "LR", "SJ"}),
        ("农户", {"SB", "DC", "LR", "SJ"}),
        ("识别程序", {"SB", "SJ"}),
        ("入户调查", {"DC", "LR", "SJ"}),
    ],
)
def test_a_table_without_rows_of_a_village(sheet: str, gates: set[str]) -> None:
    town = Town()
    _, *others = villages(town)
    name = town.sheets["农户"][0]["行政村"]
    only(town, sheet, *others)
    report = town.report()
    assert partial(report) == {code: ([f"官山镇{name}"], f"缺少{sheet}表") for code in gates}
    for gate in report.gates:
        status = GateStatus.PARTIAL if gate.code in gates else GateStatus.PASSED
        assert (gate.code, gate.status) == (gate.code, status)
        assert len(gate.rules_run) > 0
    # The rules that have looked at other villages alone: nothing is gone where they found nothing.
    missed = {code for g in report.gates for each in g.villages_not_checked for code in each.rules}
    assert missed and not missed & report.rules_checked


def test_whole_villages_pass() -> None:
    report = Town().report()
    assert partial(report) == {}
    assert {gate.status for gate in report.gates} == {GateStatus.PASSED}
    assert partial(split(Town(), "成员")) == {}


def test_a_register_of_one_table_says_what_it_said() -> None:
    town = Town()
    town.sheets = {"成员": town.sheets["成员"]}
    report = town.report()
    assert partial(report) == {}
    assert any(r.reason == "缺少识别程序表" for g in report.gates for r in g.rules_not_checked)


def test_a_code_that_only_visits_have_is_no_village() -> None:
    town = Town()
    del town.sheets["任务分解"]
    for row in town.sheets["入户调查"][:3]:
        row["户编号"] = "320324105999" + row["户编号"][12:]
        row["行政村"] = None
    assert not any(
        "320324105999" in name for names, _ in partial(town.report()).values() for name in names
    )


def test_a_village_that_is_nowhere_is_that_of_the_quota_alone() -> None:
    """RW002 tells of it; with a quota of 0 nothing is to be told."""
    town = Town()
    _, *others = villages(town)
    for sheet in OF_HOUSEHOLDS:
        only(town, sheet, *others)
    assert partial(town.report()) == {}


def test_one_village_without_a_column() -> None:
    report = split(Town(), "成员", ["健康状况"])
    last = Town().sheets["农户"][-1]["行政村"]
    assert set(partial(report)) == {"DC", "LR"}
    assert set(map(str, partial(report).values())) == {
        str(([f"官山镇{last}"], "缺少健康状况（成员）"))
    }
    assert not any(reason.rule == "DC034" for g in report.gates for reason in g.rules_not_checked)


def test_a_column_of_a_list_of_some_is_asked_of_no_village() -> None:
    """Who is on no list of some households lacks nothing."""
    town = Town()
    town.headings["农户"].remove("危房等级")
    some = [row for row in town.sheets["农户"][:6] if village_of(row) == villages(town)[0]]
    rows: list[list[Any]] = [["户编号", "户主姓名", "危房等级"]]
    rows += [[row["户编号"], row["户主姓名"], "C级"] for row in some[:2]]
    grids = [*town.grids(), Grid("危房户名单", rows)]
    report = check(register_of(grids, POLICY), POLICY, as_of=AS_OF)
    assert partial(report) == {}


def test_another_spelling_of_the_village_is_no_other_village() -> None:
    town = Town()
    for row in town.sheets["入户调查"]:
        row["行政村"] = row.get("行政村") and row["行政村"].removesuffix("村") + "村委会"
    assert partial(town.report()) == {}


def unread(town: Town, *names: str, told: str | None = None) -> Report:
    """The report of the town's file, in which sheets were not recognised."""
    register = town.register(POLICY)
    file = FileRead(Path("表.xlsx"), unrecognised_sheets=names)
    if told:
        file.unread_villages = ((names[0], told),)
    register = replace(register, files=[file])  # the town's own is shared by all tests
    return check(register, POLICY, as_of=AS_OF)


def sheets_named(report: Report) -> set[tuple[str, ...]]:
    return {tuple(each.sheets) for g in report.gates for each in g.villages_not_checked}


def test_the_sheet_that_was_not_read_is_named() -> None:
    town = Town()
    _, *others = villages(town)
    name = town.sheets["农户"][0]["行政村"]
    only(town, "成员", *others)
    short = name.removesuffix("村")
    other = town.sheets["农户"][-1]["行政村"]
    assert sheets_named(unread(town, f"{short}人口")) == {(f"表.xlsx 的“{short}人口”",)}
    assert sheets_named(unread(town, "Sheet3")) == {("表.xlsx 的“Sheet3”",)}
    # Another village's sheet is not what this one lacks.
    assert sheets_named(unread(town, f"{other}成员", told=other)) == {()}


def test_an_unread_sheet_beside_whole_villages_takes_nothing_away() -> None:
    assert partial(unread(Town(), "填表说明")) == {}
    name = Town().sheets["农户"][0]["行政村"]
    assert partial(unread(Town(), f"{name}会议记录", told=name)) == {}


def test_a_village_that_only_an_unread_sheet_names() -> None:
    report = unread(Town(), "孟集村成员", told="孟集村")
    assert {each for names, _ in partial(report).values() for each in names} == {"孟集村"}
    assert sheets_named(report) == {("表.xlsx 的“孟集村成员”",)}


def test_a_quota_of_another_town_is_told_and_no_village_is_wrong() -> None:
    town = Town()
    for row in town.sheets["任务分解"]:
        row["区划代码"] = row["区划代码"].replace("320324105", "320324106")
        row["名称"] = {
            "官山镇": "高集镇",
            "王庄村": "东村",
            "柳湾村": "西村",
            "陈桥村": "中村",
        }.get(row["名称"], row["名称"])
    report = town.report()
    assert [f.rule for f in report.findings if f.rule == "RW003"] == []
    gate = report.gates[0]
    reasons = {each.rule: each.reason for each in gate.rules_not_checked}
    assert reasons["RW003"] == "对照的表是别的乡镇的，没有柳湾村、王庄村、陈桥村"
    assert gate.status is not GateStatus.PASSED


@pytest.mark.parametrize("name", ["已剔除", "评议会签到表"])
def test_a_list_of_others_is_not_what_a_village_lacks(tmp_path: Path, name: str) -> None:
    """It is named as what it is; what the village lacks is not to be looked for there."""
    town = Town()
    _, *others = villages(town)
    only(town, "成员", *others)
    if name == "已剔除":
        town.sheets[name] = Town().sheets["成员"][:5]
        town.headings[name] = town.headings["成员"]
    else:
        town.sheets[name] = [{"姓名": who, "联系电话": "", "签名": who} for who in ("甲二", "乙三")]
        town.headings[name] = ["姓名", "联系电话", "签名"]
    path = save(town, tmp_path / "官山镇.xlsx")
    with Workers(1) as workers:
        settings = Settings.of(POLICY, as_of=AS_OF)
        report = check_files(FilesFound([path]), settings, Reading(POLICY), workers)
    assert any(f"“{name}”" in remark for remark in report.files[0].remarks)
    assert sheets_named(report) == {()}


def test_one_of_two_towns_lacks_a_table(tmp_path: Path) -> None:
    """A rule that ran in one town has not passed the other's villages, however it was run."""
    one, two = home(), neighbour()
    del two.sheets["入户调查"]
    paths = [save(town, tmp_path / f"{n}.xlsx") for n, town in enumerate((one, two))]
    settings = Settings.of(POLICY, as_of=AS_OF)

    def run(workers: Workers) -> Report:
        with workers:
            return check_files(FilesFound([*paths]), settings, Reading(POLICY), workers)

    report = run(Workers(1))
    names = list(dict.fromkeys(f"王集镇{row['行政村']}" for row in two.sheets["农户"]))
    assert partial(report) == dict.fromkeys(("DC", "LR", "SJ"), (names, "缺少入户调查表"))
    assert report == run(Workers(2))


@pytest.mark.parametrize("name", sorted(name for name, f in FORMATS.items() if f.is_text))
def test_every_format_that_tells_of_gates_names_the_village(name: str) -> None:
    town = Town()
    _, *others = villages(town)
    only(town, "入户调查", *others)
    village = town.sheets["农户"][0]["行政村"]
    report = town.report()
    stream = io.StringIO()
    FORMATS[name].writer(report, stream)
    text = stream.getvalue().replace("\n", "")
    assert village in text and "入户调查表" in text
    assert any(village in line for _, line in record_lines(report))  # of the marked copies


def test_a_village_of_codes_is_called_as_the_quota_calls_it() -> None:
    town = Town()
    name = town.sheets["农户"][0]["行政村"]
    for sheet in OF_HOUSEHOLDS:
        town.headings[sheet] = [h for h in town.headings[sheet] if h not in ("行政村", "乡(镇)")]
    town.leave_out_village("入户调查")
    named = {each for names, _ in partial(town.report()).values() for each in names}
    assert len(named) == 1 and named.pop().endswith(name)
