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
