"""What is not typed in yet is not missing before the deadline of entry (LR205, LR206)."""

from datetime import date

from cases_entry_household import household_not_in_table_2, household_without_members
from town import Row, Town

CODES = ["LR205", "LR206"]


def half_of_a_village(town: Town) -> list[Row]:
    town.as_of = date(2016, 2, 20)
    homes = town.rows("农户", 行政村="王庄村")
    return homes[len(homes) // 2 :]


def without_members(town: Town) -> None:
    numbers = {row["户编号"] for row in half_of_a_village(town)}
    members = town.sheets["成员"]
    members[:] = [row for row in members if row["户编号"] not in numbers]


def not_in_table_2(town: Town) -> None:
    late = half_of_a_village(town)
    town.sheets["农户"] = [row for row in town.sheets["农户"] if row not in late]


def test_half_a_village_is_not_due_before_the_deadline() -> None:
    for change in (without_members, not_in_table_2):
        town = Town()
        change(town)
        assert town.findings(select=CODES) == []
        town.as_of = date(2016, 4, 10)
        assert town.findings(select=CODES) != []


def test_one_that_lacks_in_a_village_that_is_done_was_forgotten() -> None:
    for change, code in (
        (household_not_in_table_2, "LR205"),
        (household_without_members, "LR206"),
    ):
        town = Town()
        sheet, cell = change(town)
        town.as_of = date(2016, 2, 20)
        (found,) = town.findings(select=CODES)
        assert (found.rule, found.sheet, found.cell) == (code, sheet, cell)


def only_the_head(town: Town, homes: list[Row]) -> None:
    """The other members' rows are not entered yet."""
    numbers = {row["户编号"] for row in homes}
    members = town.sheets["成员"]
    members[:] = [r for r in members if r["户编号"] not in numbers or r["与户主关系"] == "户主"]


# What is said of who or what is lacking in a household that is half typed in.
OF_LACKING = ["LR203", "DC015", "DC022", "DC023", "DC024", "DC046", "LR317"]


def test_heads_alone_are_not_due_before_the_deadline() -> None:
    town = Town()
    only_the_head(town, half_of_a_village(town))
    assert town.findings(select=OF_LACKING) == []
    town.as_of = date(2016, 4, 10)
    assert {found.rule for found in town.findings(select=OF_LACKING)} == {"LR203"}


def test_one_household_short_in_a_village_that_is_done_was_forgotten() -> None:
    town = Town()
    home = next(row for row in half_of_a_village(town) if row["家庭人口"] > 1)
    only_the_head(town, [home])
    (found,) = town.findings(select=OF_LACKING)
    assert (found.rule, found.cell) == ("LR203", town.cell(home, "家庭人口")[1])


def test_what_lacks_before_the_deadline_is_told() -> None:
    """Registers are checked before they are handed in: only what may come is waited for."""
    town = Town()
    short, empty = [row for row in half_of_a_village(town) if row["家庭人口"] > 2][:2]
    members = town.rows("成员", 户编号=short["户编号"])
    town.sheets["成员"].remove(members[-1])
    empty["农户属性"] = empty["转移性收入(元)"] = None
    for row in town.sheets["入户调查"]:
        row["录入日期"] = None
    found = {each.rule for each in town.findings(select=["LR203", "LR004", "LR014"])}
    assert found == {"LR203", "LR004", "LR014"}


def test_of_whom_nobody_has_been_asked_the_size_may_be_empty() -> None:
    town = Town()
    late = half_of_a_village(town)
    visits = town.sheets["入户调查"]
    gone = {row["户编号"] for row in late}
    visits[:] = [row for row in visits if row["户编号"] not in gone]
    for row in late:
        row["家庭人口"] = row["主要致贫原因"] = None
        row.update({heading: None for heading in row if heading.endswith("(元)")})
    assert town.findings(select=["LR004"]) == []
    late[0]["工资性收入(元)"] = 3000
    codes = {(each.rule, each.column) for each in town.findings(select=["LR004"])}
    assert ("LR004", "家庭人口") in codes


QUOTA = "任务分解"
OF_VILLAGES = ["RW002", "RW004", "RW005", "RW016"]


def not_begun(town: Town, village: str = "王庄村") -> None:
    """Nobody of the village is typed in, nor what it earns."""
    gone = {row["户编号"] for row in town.rows("农户", 行政村=village)}
    for sheet in ("成员", "农户", "识别程序", "入户调查"):
        town.sheets[sheet] = [row for row in town.sheets[sheet] if row["户编号"] not in gone]
    facts = town.row("村情", 行政村=village)
    facts |= {"是否经济薄弱村": "是", "村集体经营性收入(万元)": None}


def nobody_judged(town: Town) -> None:
    for row in town.sheets["识别程序"]:
        row.update(dict.fromkeys(list(row)[list(row).index("评议日期") :]))


def levels(town: Town) -> set[tuple[str, str]]:
    return {(each.rule, each.severity) for each in town.findings(select=OF_VILLAGES)}


def test_a_village_that_is_not_begun_is_a_figure_to_look_at_before_anybody_is_judged() -> None:
    town = Town()
    not_begun(town)
    assert levels(town) == {("RW002", "error"), ("RW016", "warning")}
    town.as_of = date(2016, 2, 20)
    assert levels(town) == {("RW002", "info"), ("RW016", "info")}
    (found, _) = town.findings(select=OF_VILLAGES)
    assert (found.sheet, found.cell) == town.cell(town.row(QUOTA, 名称="王庄村"), "区划代码")


def test_a_village_whose_rows_stop_is_short_of_its_quota_only_once_it_has_judged() -> None:
    for judged in (True, False):
        town = Town()
        if not judged:
            nobody_judged(town)
        late = {row["户编号"] for row in half_of_a_village(town)}
        for sheet in ("成员", "农户", "识别程序", "入户调查"):
            town.sheets[sheet] = [row for row in town.sheets[sheet] if row["户编号"] not in late]
        level = "warning" if judged else "info"
        assert levels(town) == {("RW004", level), ("RW005", level)}
        town.as_of = date(2016, 3, 10)
        assert levels(town) == {("RW004", "warning"), ("RW005", "warning")}


def test_more_than_the_quota_is_told_before_anybody_is_judged() -> None:
    town = Town(as_of=date(2016, 2, 20))
    nobody_judged(town)
    town.row(QUOTA, 名称="王庄村")["计划人数"] -= 15
    assert levels(town) == {("RW004", "warning")}


def test_land_and_costs_of_who_is_half_typed_in() -> None:
    """Who has land has no labourers yet, and what was reaped no costs: that cell is empty."""
    codes = ["DC020", "DC043"]
    town = Town()
    homes = half_of_a_village(town)
    numbers = {row["户编号"] for row in homes}
    before = {(each.rule, each.cell) for each in town.findings(select=codes)}
    town.sheets["成员"] = [row for row in town.sheets["成员"] if row["户编号"] not in numbers]
    for row in homes:
        row |= {"耕地面积(亩)": 4.5, "流转面积(亩)": 0.0, "生产经营性收入(元)": 0}
        row["生产经营性支出(元)"] = None
    found = {(each.rule, each.cell) for each in town.findings(select=codes)}
    assert found <= before
    homes[0]["生产经营性收入(元)"] = 5200
    (cell,) = {(each.rule, each.cell) for each in town.findings(select=codes)} - before
    assert cell == ("DC043", town.cell(homes[0], "生产经营性支出(元)")[1])
    town = Town()
    home = half_of_a_village(town)[0]
    home |= {"耕地面积(亩)": 4.5, "流转面积(亩)": 0.0, "生产经营性收入(元)": 0}
    for row in town.members(home):
        row |= {"劳动能力": "普通劳动力", "务工状况": None, "务工时间(月)": 0}
    assert ("DC020", town.cell(home, "生产经营性收入(元)")[1]) in {
        (each.rule, each.cell) for each in town.findings(select=codes)
    }
