"""Members without their household's number: each is told at its cell, the household is not."""

from family_changes import family
from town import Town


def test_head_and_wife_without_number() -> None:
    town = Town()
    rows = family(town, "户主", "配偶", "之子")[:2]
    for row in rows:
        row["户编号"] = row["人编号"] = None
    found = town.findings(select=["LR004", "LR201", "LR203", "LR206"])
    assert [(f.rule, f.cell) for f in found] == [
        ("LR004", town.cell(row, "户编号")[-1]) for row in rows
    ]
