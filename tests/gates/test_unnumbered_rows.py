"""Members without their household's number: each is told at its cell, the household is not."""

from family_changes import family
from town import Town

from jiandang.report.model import Severity


def test_head_and_wife_without_number() -> None:
    town = Town()
    rows = family(town, "户主", "配偶", "之子")[:2]
    for row in rows:
        row["户编号"] = row["人编号"] = None
    found = town.findings(select=["LR004", "LR201", "LR203", "LR206"])
    assert [(f.rule, f.cell) for f in found] == [
        ("LR004", town.cell(row, "户编号")[-1]) for row in rows
    ]


def test_of_a_household_that_may_be_short_nothing_is_said_that_rests_on_its_members() -> None:
    """Its only pupil stands below it without a number, or at the end of the sheet."""
    for is_last in (False, True):
        town = Town()
        homes = [town.members(home) for home in town.rows("农户", 主要致贫原因="因学")]
        pupils = [[row for row in home if row["在校生状况"] != "非在校生"] for home in homes]
        pupil = next(rows[0] for rows in pupils if len(rows) == 1)
        pupil["户编号"] = pupil["人编号"] = None
        if is_last:
            town.sheets["成员"].remove(pupil)
            town.sheets["成员"].append(pupil)
        assert _found(town) == {"LR004"}


def _found(town: Town) -> set[str]:
    return {f.rule for f in town.findings() if f.severity is not Severity.INFO}
