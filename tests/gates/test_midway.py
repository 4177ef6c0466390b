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
