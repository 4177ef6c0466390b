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


def half_entered(town: Town, entered: date | None) -> None:
    late = half_of_a_village(town)
    for row in late:
        row["家庭人口"] = row["农户属性"] = row["主要致贫原因"] = row["转移性收入(元)"] = None
        town.row("入户调查", 户编号=row["户编号"])["录入日期"] = entered


def test_cells_of_a_household_that_is_not_entered_yet_may_be_empty() -> None:
    codes = ["LR004", "LR014"]
    town = Town()
    half_entered(town, None)
    assert town.findings(select=codes) == []
    town.as_of = date(2016, 4, 10)
    assert {found.rule for found in town.findings(select=codes)} == {*codes}
    town = Town()
    half_entered(town, date(2016, 2, 19))
    assert {found.rule for found in town.findings(select=codes)} == {*codes}


def test_a_village_partly_registered_is_not_off_its_quota_before_the_deadline() -> None:
    codes = ["RW002", "RW004", "RW005"]
    for of_village, told in ((2, {"RW004", "RW005"}), (0, {"RW002"})):
        town = Town()
        late = half_of_a_village(town)
        kept = town.rows("农户", 行政村="王庄村")[:of_village]
        gone = {row["户编号"] for row in town.rows("农户", 行政村="王庄村") if row not in kept}
        assert late
        for sheet in ("农户", "成员", "识别程序", "入户调查"):
            town.sheets[sheet] = [r for r in town.sheets[sheet] if r["户编号"] not in gone]
        assert town.findings(select=codes) == []
        town.as_of = date(2016, 4, 10)
        assert {found.rule for found in town.findings(select=codes)} == told
