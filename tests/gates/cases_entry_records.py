"""LR4 录入."""

from datetime import timedelta

from town import Cell, Town, breaks, spares


@breaks("LR401")
def nobody_entered_it(town: Town) -> Cell:
    row = town.row("入户调查")
    row["录入人"] = None
    return town.cell(row, "录入人")


@breaks("LR401", beside="SJ008")
def no_day_of_entry(town: Town) -> Cell:
    row = town.row("入户调查")
    row["录入日期"] = row["录入人"] = None
    return town.cell(row, "录入日期")


@spares("LR401")
def no_columns_of_the_entry(town: Town) -> None:
    town.headings["入户调查"] = [
        heading for heading in town.headings["入户调查"] if not heading.startswith("录入")
    ]


@breaks("LR402")
def own_proofreader(town: Town) -> Cell:
    row = town.row("入户调查")
    row["校对人"] = row["录入人"]
    return town.cell(row, "校对人")


@spares("LR402")
def both_unnamed(town: Town) -> None:
    for row in town.rows("入户调查"):
        row["校对人"] = None


@breaks("LR403")
def entered_a_day_too_early(town: Town) -> Cell:
    row = town.row("入户调查")
    row["录入日期"] = row["调查日期"] - timedelta(days=1)
    return town.cell(row, "录入日期")


@spares("LR403")
def entered_on_the_day(town: Town) -> None:
    row = town.row("入户调查")
    row["录入日期"] = row["调查日期"]
