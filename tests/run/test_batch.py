"""Runs over several towns: each is checked by itself, and what two of them share is found."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cases_survey import one_days_visits
from town import AS_OF, Town
from towns import HERE, NEXT, home, neighbour, save, shared_everything

from jiandang.policy import load_policy
from jiandang.register.register import RowCounts, SheetTable
from jiandang.report.model import Report, Severity
from jiandang.run import batch
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings, check
from jiandang.run.files import FilesFound
from jiandang.run.lists import find_lists
from jiandang.run.load import Reading, load
from jiandang.run.parts import ROWS_OF_A_PART, FileTables, parts_of
from jiandang.run.processes import Workers

POLICY = load_policy("xuzhou-2016")
ALONE = Workers(1)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Report]:
    def run(*towns: Town, workers: Workers = ALONE, **options: Any) -> Report:
        paths = [save(town, tmp_path / f"{number}.xlsx") for number, town in enumerate(towns)]
        settings = Settings.of(POLICY, as_of=AS_OF, **options)
        return check_files(FilesFound(paths), settings, Reading(POLICY), workers)

    return run


def above_info(report: Report) -> list[tuple[str, str, str, str]]:
    return [
        (f.rule, Path(f.file).stem, f.sheet, f.cell)
        for f in report.findings
        if f.severity is not Severity.INFO
    ]


# -- what two towns share -----------------------------------------------------------------------


def test_clean_towns_stay_clean(run: Callable[..., Report]) -> None:
    report = run(home(), neighbour())
    assert above_info(report) == []
    assert report.summary.persons == 2 * len(home().sheets["成员"])
    assert report.summary.households == 2 * len(home().sheets["农户"])
    assert report.summary.rules_failed == 0


def test_person_in_two_towns(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    first, again = one.row("成员", 与户主关系="配偶"), two.row("成员", 与户主关系="配偶")
    again["证件号码"], again["出生日期"] = first["证件号码"], first["出生日期"]
    again["年龄"] = first["年龄"]
    report = run(one, two)
    assert above_info(report) == [("LR109", "1", *two.cell(again, "证件号码"))]
    (found,) = [f for f in report.findings if f.rule == "LR109"]
    _, cell = one.cell(first, "证件号码")
    assert "0.xlsx" in found.message
    assert cell in found.message
    assert found.head is not None
    assert found.town == "王集镇"


def test_account_in_two_towns(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    again = two.sheets["农户"][2]  # whose head is not old
    again["银行账号"] = one.sheets["农户"][2]["银行账号"]
    assert above_info(run(one, two)) == [("LR119", "1", *two.cell(again, "银行账号"))]


@pytest.mark.parametrize("households", [3, 6])
def test_phone_of_many_in_two_towns(run: Callable[..., Report], households: int) -> None:
    one, two = home(), neighbour()
    phone = one.row("农户")["联系电话"]
    for town in (one, two):
        for row in town.sheets["农户"][:households]:
            row["联系电话"] = phone
    report = run(one, two, select=["LR117"])
    # Once a phone, also where each of the towns has too many by itself.
    assert above_info(report) == [("LR117", "0", *one.cell(one.row("农户"), "联系电话"))]
    assert f"有 {2 * households} 户" in report.findings[0].message


def test_phone_of_few_in_two_towns(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    phone = one.row("农户")["联系电话"]
    for row in (*one.sheets["农户"][:3], *two.sheets["农户"][:2]):
        row["联系电话"] = phone
    assert above_info(run(one, two, select=["LR117"])) == []


def test_number_of_a_person_in_two_towns(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    again = two.row("成员")
    again["人编号"] = one.row("成员")["人编号"]
    assert ("LR122", "1", *two.cell(again, "人编号")) in above_info(run(one, two))


def test_helper_in_two_towns(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    for town in (one, two):
        for row in town.sheets["农户"][:6]:
            row["帮扶责任人"], row["帮扶人电话"] = "周杰磊", "13943015699"
    found = above_info(run(one, two, select=["DC036"]))
    assert found == [("DC036", "0", *one.cell(one.row("农户"), "帮扶责任人"))]


@pytest.mark.parametrize("visits", [11, 12])
def test_teams_of_one_name_in_two_towns_are_not_one(tmp_path: Path, visits: int) -> None:
    towns = [home(), neighbour()]
    first = [one_days_visits(town, visits)[0] for town in towns]
    paths = [save(town, tmp_path / f"{number}.xlsx") for number, town in enumerate(towns)]
    policy = towns[0].effective_policy()
    report = check(load(paths, policy), policy, as_of=AS_OF, select=["DC006"])
    each = [("DC006", str(n), *towns[n].cell(first[n], "调查日期")) for n in (0, 1)]
    assert above_info(report) == (each if visits > 11 else [])


def test_a_number_that_is_faulty_is_compared_with_none(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    first, again = one.row("成员", 与户主关系="配偶"), two.row("成员", 与户主关系="配偶")
    for row in (first, again):
        row["证件号码"] = first["证件号码"][:-1] + "?"
    assert "LR109" not in {rule for rule, *_ in above_info(run(one, two))}


# -- one run, however it is cut ------------------------------------------------------------------


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    paths = [save(town, tmp_path / f"{n}.xlsx") for n, town in enumerate(shared_everything())]
    settings = Settings.of(POLICY, as_of=AS_OF, evidence=True)
    one = check_files(FilesFound(paths), settings, Reading(POLICY), ALONE)
    with Workers(2) as workers:
        two = check_files(FilesFound(paths), settings, Reading(POLICY), workers)
    assert one == two
    assert {"LR109", "LR119"} <= {f.rule for f in one.findings}


def test_whoever_waits_is_told_how_far_it_is(tmp_path: Path) -> None:
    paths = [save(town, tmp_path / f"{n}.xlsx") for n, town in enumerate(shared_everything())]
    told: list[tuple[str, int, int]] = []
    with Workers(2) as workers:
        given = find_lists([Path(__file__).parents[2] / "sample_data" / "名单"])
        settings = Settings.of(POLICY, as_of=AS_OF, groups=["BD"])
        reading = Reading(POLICY, keyed=True)
        check_files(
            FilesFound(paths),
            settings,
            reading,
            workers,
            given,
            tell=lambda *step: told.append(step),
        )
    lists, parts = len(given), len(paths)
    assert told[: lists + parts] == [
        *(("读取名单", n + 1, lists) for n in range(lists)),
        *(("逐批检查", n + 1, parts) for n in range(parts)),
    ]
    assert {what for what, *_ in told[lists + parts :]} == {"各批之间比对"}
    assert told[-1][1] == told[-1][2]


def test_rules_across_find_what_they_find_in_one_register(
    run: Callable[..., Report], tmp_path: Path
) -> None:
    across = ["LR109", "LR117", "LR119", "LR122", "DC036"]
    apart = run(*shared_everything(), select=across, evidence=True)
    register = load([tmp_path / "0.xlsx", tmp_path / "1.xlsx"], POLICY)
    together = check(register, POLICY, as_of=AS_OF, select=across, evidence=True)
    assert apart.findings == together.findings
    assert apart.files == together.files
    assert len(apart.findings) > 20


def silent_here() -> tuple[Town, Town]:
    """The first household here says nothing: two have its number. The next town has its account."""
    one, two = home(), neighbour()
    first = one.row("农户")
    one.sheets["农户"].append({**first, "银行账号": None, "户主证件号码": None})
    two.row("农户")["银行账号"] = first["银行账号"]
    return one, two


def silent_next_door() -> tuple[Town, Town]:
    """A person of this town is listed next door too, in a household whose number is none."""
    one, two = home(), neighbour()
    again = two.row("成员", 与户主关系="配偶")
    again["证件号码"] = one.row("成员", 与户主关系="配偶")["证件号码"]
    again["户编号"] = "户?"
    return one, two


@pytest.mark.parametrize(("towns", "expected"), [(silent_here, 1), (silent_next_door, 0)])
def test_a_rule_is_silent_where_it_is_in_one_register(
    run: Callable[..., Report],
    tmp_path: Path,
    towns: Callable[[], tuple[Town, Town]],
    expected: int,
) -> None:
    apart = run(*towns())
    register = load([tmp_path / "0.xlsx", tmp_path / "1.xlsx"], POLICY)
    together = check(register, POLICY, as_of=AS_OF)
    rules = {"LR109", "LR117", "LR119", "LR122", "DC036"}
    found = [[f for f in r.findings if f.rule in rules] for r in (apart, together)]
    assert found[0] == found[1]
    assert len(found[0]) == expected


def test_a_rule_has_run_where_it_did_in_any_town(run: Callable[..., Report]) -> None:
    one, two = home(), neighbour()
    del two.sheets["入户调查"]
    report = run(one, two)
    survey = next(gate for gate in report.gates if gate.code == "DC")
    assert "DC001" in survey.rules_run
    assert "DC001" not in {reason.rule for reason in survey.rules_not_checked}
    del one.sheets["入户调查"]
    report = run(one, two)
    survey = next(gate for gate in report.gates if gate.code == "DC")
    assert "DC001" in {reason.rule for reason in survey.rules_not_checked}


def test_households_are_shown_whole_from_all_towns(run: Callable[..., Report]) -> None:
    report = run(*shared_everything(), context=True)
    assert {f.household for f in report.findings if f.household} <= set(report.households)


class _Dying(Workers):
    """Workers of which the first dies whenever it checks a part."""

    def map(self, work: Any, items: list[Any], dead: Callable[[Any], Any]) -> Iterator[Any]:
        for number, item in enumerate(items):
            checks = getattr(work, "func", None) is batch._check_part
            yield dead(item) if checks and not number else work(item)


def test_a_town_of_which_the_check_dies_stops_no_other(run: Callable[..., Report]) -> None:
    two = neighbour()
    two.row("成员")["性别"] = "不详"
    report = run(home(), two, workers=_Dying(1))
    assert report.files[0].error is not None
    assert report.files[0].error.code == "crashed"
    assert report.files[0].tables == ()
    assert not report.is_complete
    assert report.summary.persons == len(two.sheets["成员"])
    assert ("成员", "I2") in {(sheet, cell) for _, _, sheet, cell in above_info(report)}


# -- which files belong together -----------------------------------------------------------------


def parts(*places: set[str] | None) -> list[list[int]]:
    known = (None if each is None else tuple(sorted(each)) for each in places)
    return parts_of([FileTables([], each, ROWS_OF_A_PART, []) for each in known])


def test_files_of_one_town_are_one_part() -> None:
    assert parts({HERE}, {NEXT}, {HERE}) == [[0, 2], [1]]


def test_a_file_of_two_towns_binds_them() -> None:
    assert parts({HERE}, {NEXT}, {"320324107"}, {HERE, NEXT}) == [[0, 1, 3], [2]]


def test_towns_bound_one_after_the_other() -> None:
    a, b, c, d = "320324101", "320324102", "320324103", "320324104"
    assert parts({a, b}, {c, d}, {"320324109"}, {b, c}) == [[0, 1, 3], [2]]


def test_a_county_binds_its_towns() -> None:
    assert parts({HERE}, {"320322100"}, {NEXT}, {"320324"}) == [[0, 2, 3], [1]]


def test_one_number_that_is_of_no_town_binds() -> None:
    assert parts({HERE, "甲1"}, {NEXT}, {"320324107", "甲1"}) == [[0, 2], [1]]


def test_rows_of_no_town_make_one_register() -> None:
    assert parts({HERE}, {NEXT}, None) == [[0, 1, 2]]


def test_files_without_rows_go_with_the_first() -> None:
    assert parts(set(), {HERE}, {NEXT}, set()) == [[0, 1, 3], [2]]
    assert parts(set(), set()) == [[0, 1]]


def sheet(table: str, *columns: str) -> SheetTable:
    cells = {(table, name): number for number, name in enumerate(columns)}
    return SheetTable(0, "表", table, 1, cells, RowCounts())


def joined(*files: tuple[str, int, SheetTable]) -> list[list[int]]:
    return parts_of([FileTables([own], (town,), n, []) for town, n, own in files])


def test_small_towns_of_one_layout_are_checked_together() -> None:
    members, third = sheet("member", "name"), ROWS_OF_A_PART // 3
    files = [(f"32032410{number}", third, members) for number in range(5)]
    assert joined(*files) == [[0, 1, 2], [3, 4]]
    assert joined(*files[:2], ("320324109", third + 4, members)) == [[0, 1], [2]]


def test_towns_of_other_columns_are_not() -> None:
    one, two = sheet("member", "name"), sheet("member", "name", "sex")
    assert joined((HERE, 1, one), (NEXT, 1, two), ("320324107", 1, one)) == [[0, 2], [1]]


def test_a_quota_is_for_its_own_town() -> None:
    quota = sheet("allocation", "code")
    assert joined((HERE, 1, quota), (NEXT, 1, quota)) == [[0], [1]]


def test_places_of_a_workbook(tmp_path: Path) -> None:
    def places(town: Town) -> set[str] | None:
        read = Reading(POLICY).read([save(town, tmp_path / "1.xlsx")], ALONE)
        ((_, tables),) = read
        return None if tables.places is None else {*tables.places}

    assert places(home()) == {HERE}
    assert places(Town()) == {HERE, "320324"}
    town = home()
    town.sheets = {"农户": town.sheets["农户"]}
    town.headings["农户"] = [h for h in town.headings["农户"] if h not in ("村码", "户编号")]
    assert places(town) is None


# -- a household in several files -----------------------------------------------------------------


def in_two_files(town: Town, folder: Path) -> list[Path]:
    """A town as the provincial templates have it: the income of the households in another file."""
    income = Town(sheets={"农户": list(town.sheets["农户"])})
    headings = town.headings["农户"]
    middle = headings.index("收入年度")
    income.headings["农户"] = ["户编号", *headings[middle:]]
    town.headings["农户"] = headings[:middle]
    folder.mkdir()
    return [save(town, folder / "农户.xlsx"), save(income, folder / "收入.xlsx")]


def test_the_income_in_another_file(tmp_path: Path) -> None:
    settings = Settings.of(POLICY, as_of=AS_OF)
    whole = [save(town, tmp_path / f"{n}.xlsx") for n, town in enumerate(shared_everything())]
    halves = [
        path
        for number, town in enumerate(shared_everything())
        for path in in_two_files(town, tmp_path / f"town {number}")
    ]
    one = check_files(FilesFound(whole), settings, Reading(POLICY), ALONE)
    two = check_files(FilesFound(halves), settings, Reading(POLICY), ALONE)
    with Workers(2) as workers:
        assert check_files(FilesFound(halves), settings, Reading(POLICY), workers) == two

    def said(report: Report) -> list[tuple[object, ...]]:
        return sorted((f.rule, f.column, f.household or "", f.value or "") for f in report.findings)

    assert said(two) == said(one)
    assert two.summary.households == one.summary.households
    # What is in the files of incomes is told of there.
    told = {f.column for f in two.findings if Path(f.file).stem == "收入"}
    assert "银行账号" not in told
    assert told & {"帮扶责任人", "帮扶人电话", "人均纯收入(元)"}
