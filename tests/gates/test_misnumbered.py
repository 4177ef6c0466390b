"""A household under the number of another one: one finding, at the row that is wrong."""

from collections.abc import Callable

import pytest
from cases_entry_contact import as_of_another_village
from cases_heads_of_steps import STEPS, VISITS, with_heads
from cases_villages_of_steps import with_villages
from town import Row, Town

HOMES, MEMBERS = "农户", "成员"
_SHEETS = (HOMES, MEMBERS)


def _told(town: Town) -> list[tuple[str, str, str]]:
    found = (f for f in town.findings() if f.severity.value != "info")
    return [(f.rule, f.sheet, f.cell) for f in found]


def _number(rows: list[Row], number: object) -> None:
    for row in rows:
        row["户编号"] = number


def _of(town: Town, sheet: str, number: object) -> list[Row]:
    return town.rows(sheet, 户编号=number)


@pytest.mark.parametrize("has_person_ids", [True, False])
@pytest.mark.parametrize("other", [8, 40])
@pytest.mark.parametrize("sheets", [_SHEETS[:1], _SHEETS])
def test_the_wrong_row_is_named(
    sheets: tuple[str, ...], other: int, *, has_person_ids: bool
) -> None:
    if other == 40 and len(sheets) > 1:
        pytest.skip("whole households that change the village are counted there too")
    town = Town()
    if not has_person_ids:
        town.headings[MEMBERS] = [h for h in town.headings[MEMBERS] if h != "人编号"]
    home, another = town.rows(HOMES)[5], town.rows(HOMES)[other]
    own = [row for sheet in sheets for row in _of(town, sheet, home["户编号"])]
    _number(own, another["户编号"])
    assert _told(town) == [("LR121", *town.cell(home, "户编号"))]


@pytest.mark.parametrize("has_person_ids", [True, False])
def test_a_head_alone_in_another_household(*, has_person_ids: bool) -> None:
    town = Town()
    if not has_person_ids:
        town.headings[MEMBERS] = [h for h in town.headings[MEMBERS] if h != "人编号"]
    home, another = town.rows(HOMES)[5], town.rows(HOMES)[8]
    head = town.members(home)[0]
    head["户编号"] = another["户编号"]
    assert _told(town) == [("LR121", *town.cell(head, "户编号"))]


def test_a_row_of_steps_without_number_and_village_is_told_once() -> None:
    town = Town()
    row = town.rows(STEPS)[5]
    row["户编号"] = row["行政村"] = None
    assert _told(town) == [("LR004", *town.cell(row, "户编号"))]


@pytest.mark.parametrize("sheet", [STEPS, VISITS])
def test_a_row_numbered_by_its_head_is_told_of(sheet: str) -> None:
    town = Town()
    rows = with_heads(town, sheet)[5:7]
    for row in rows:
        row["户编号"] = None
    found = [f for f in town.findings() if f.rule != "LR123"]
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [("LR024", town.cell(rows[0], "户编号"))]
    assert f"“{rows[0]['户主姓名']}”" in found[0].message
    assert "共 2 格" in found[0].message


@pytest.mark.parametrize("with_name", [True, False])
@pytest.mark.parametrize("in_members", [True, False])
def test_a_household_with_the_code_of_another_village(*, with_name: bool, in_members: bool) -> None:
    """Its number is right: 村码 is told, and the sums of both villages are not."""
    town = Town()
    if not in_members:
        for heading in ("行政村", "村码"):
            town.headings[MEMBERS].remove(heading)
    home, other = town.rows(HOMES)[6], town.rows(HOMES)[40]
    home["村码"] = other["村码"]
    if with_name:
        home["行政村"] = other["行政村"]
    assert _told(town) == [("LR120", *town.cell(home, "村码"))]


@pytest.mark.parametrize("has_heads", [True, False])
@pytest.mark.parametrize("sheet", [STEPS, VISITS])
def test_a_row_of_steps_under_the_number_of_another_village(sheet: str, *, has_heads: bool) -> None:
    """The row that names another village, or another head, is the one that is misnumbered."""
    town = Town()
    if sheet == VISITS:
        with_villages(town)
    if has_heads:
        with_heads(town, sheet)
    row, own = town.rows(sheet)[6], town.rows(HOMES)[6]["户编号"]
    row["户编号"] = town.rows(HOMES)[40]["户编号"]
    assert _told(town) == [("LR121", *town.cell(row, "户编号"))]
    (found,) = (f for f in town.findings() if f.rule == "LR121")
    assert found.expected == own


@pytest.mark.parametrize("word", ["#N/A", "见户口本", "待编"])
def test_words_in_place_of_a_number_are_quoted(word: str) -> None:
    for sheet, rule in ((HOMES, "LR120"), (STEPS, "SB031"), (VISITS, "DC055")):
        town = Town()
        town.rows(sheet)[5]["户编号"] = word
        (found,) = (f for f in town.findings() if f.rule != "LR123")
        assert found.rule == rule
        assert word in found.message
        assert ("填的是" in found.message) or ("不是编号" in found.message)


_STEP_HEADINGS = (
    *("申请日期", "申请人签字", "村干部亲属", "备案情况"),
    *("行政村", "户编号", "户主姓名"),
)


def _village_rows(change: Callable[[Row], None], *, above: bool, kept: bool) -> Town:
    """The steps after the application in a row of each village, above or below its households."""
    town, rows = Town(), []
    with_heads(town, STEPS)
    for village in dict.fromkeys(row["行政村"] for row in town.rows(STEPS)):
        homes = town.rows(STEPS, 行政村=village)
        whole = homes[0] | dict.fromkeys(_STEP_HEADINGS) | {"行政村": village}
        change(whole)
        for row in [] if kept else homes:
            row.update(dict.fromkeys(row.keys() - set(_STEP_HEADINGS)))
        rows += [whole, *homes] if above else [*homes, whole]
    town.sheets[STEPS] = rows
    return town


def _set(**cells: str) -> Callable[[Row], None]:
    return lambda row: row.update(cells)


@pytest.mark.parametrize(
    ("change", "above", "kept"),
    [
        (_set(户主姓名="全村"), True, False),
        (_set(户主姓名="全村29户"), False, False),
        (_set(), True, False),
        (_set(), False, False),
        (_set(户主姓名="全体农户"), True, True),
        (_set(户编号="全村", 户主姓名="全村"), True, False),
        (_set(户编号="全村"), False, False),
        (lambda row: row.update(户主姓名=row["行政村"]), True, False),
    ],
)
def test_a_row_of_a_village_holds_for_its_households(
    change: Callable[[Row], None], *, above: bool, kept: bool
) -> None:
    assert _told(_village_rows(change, above=above, kept=kept)) == []


def test_rows_of_whole_villages_alone_are_checked() -> None:
    """What their number says is no total of the rows above: there are none."""
    town = _village_rows(_set(户编号="全村"), above=True, kept=False)
    town.sheets[STEPS] = [row for row in town.sheets[STEPS] if row["户编号"] == "全村"]
    for row in town.sheets[STEPS]:
        row["村公示结束"] = row["村公示开始"]
    assert len(town.findings(select=["SB008"])) == len(town.sheets[STEPS])


def test_what_a_village_lacks_is_told_all_the_same() -> None:
    town = _village_rows(_set(户主姓名="全村"), above=True, kept=False)
    row = town.rows(STEPS, 户主姓名="全村")[0]
    row["乡镇审核日期"] = None
    assert [rule for rule, *_ in _told(town)] == ["SB009"]
    row["村公示结束"] = row["村公示开始"]
    assert {rule for rule, *_ in _told(town)} == {"SB008", "SB009"}


@pytest.mark.parametrize(
    "written",
    ["{}-死亡", "{}、已死亡", "{} 2016年2月病故", "{}/故", "{}——已故", "{}户", "{}（2016.2去世）"],
)
def test_what_became_of_a_head_is_no_other_name(written: str) -> None:
    town = Town()
    row = with_heads(town, STEPS)[6]
    row["户主姓名"] = written.format(row["户主姓名"])
    assert town.findings(select=["LR222"]) == []


@pytest.mark.parametrize(
    ("headings", "rule"),
    [
        (["申请日期"], "SB001"),
        (["评议日期"], "SB003"),
        (["村公示开始", "村公示结束"], "SB007"),
        (["乡镇审核日期"], "SB009"),
    ],
)
def test_what_a_table_of_villages_lacks(headings: list[str], rule: str) -> None:
    town = Town()
    town.headings[STEPS] = [h for h in town.headings[STEPS] if h != "户编号"]
    villages = {row["行政村"]: row for row in reversed(town.rows(STEPS))}
    town.sheets[STEPS] = [{**row, "户编号": None} for row in villages.values()]
    row = town.rows(STEPS)[0]
    row.update(dict.fromkeys(headings))
    assert _told(town) == [(rule, *town.cell(row, headings[0]))]


@pytest.mark.parametrize("lacking", [["村码"], ["村码", "行政村"]])
def test_a_household_mistyped_into_another_village(lacking: list[str]) -> None:
    town = Town()
    town.headings[HOMES] = [h for h in town.headings[HOMES] if h not in lacking]
    home = town.rows(HOMES)[5]
    home["户编号"] = f"{home['户编号'][:11]}2077"
    found = town.findings(select=["LR1", "LR2"], ignore=["LR123"])
    assert [(f.rule, (f.sheet, f.cell)) for f in found] == [("LR206", town.cell(home, "户编号"))]


def test_a_few_numbers_of_another_village_are_told_one_by_one() -> None:
    town = Town()
    homes = as_of_another_village(town, 9)
    found = town.findings(select=["LR120"])
    assert [(f.sheet, f.cell) for f in found] == [town.cell(home, "户编号") for home in homes]
