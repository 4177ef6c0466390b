"""LR137, LR138: what looks like two columns exchanged, and would be wrong undone."""

from collections.abc import Callable

import pytest
from cases_slipped import HOMES, meetings_of_the_village
from cases_swapped import STEPS, rows_of_village
from survey_edits import BUSINESS, PROPERTY, WAGE
from town import Row, Town

from generators.layout import COST, TRANSFERS

_EXCHANGED = ("LR137", "LR138")


def test_notices_that_undone_would_start_before_the_review() -> None:
    """The town's notice ends before it starts: its end is the village's."""
    town = Town()
    for row in rows_of_village(town, STEPS):
        row["乡镇公示结束"] = row["评议日期"]
    assert town.findings(select=_EXCHANGED) == []


def test_parts_of_the_transfer_one_column_right() -> None:
    """No wage and no parts are the same by chance: the transfer is right, and its parts slipped.

    The pensions say so, once.
    """
    town = Town()
    for row in rows_of_village(town, HOMES):
        moved = [0, *(row[name] for name in TRANSFERS[:-1])]
        row.update(zip(TRANSFERS, moved, strict=True))
    (found,) = town.findings(select=_EXCHANGED)
    assert (found.column, "各项也可能都错了一列" in found.message) == ("养老保险金(元)", True)


def test_one_example_of_wages_copied_to_all_is_no_exchange() -> None:
    town = Town()
    for row in rows_of_village(town, HOMES):
        row[WAGE], row[PROPERTY] = 500, 2500
    assert town.findings(select=_EXCHANGED) == []
    for row in rows_of_village(town, HOMES):
        row[WAGE], row[PROPERTY] = 2500, 0
    for row in town.sheets["成员"]:
        row["务工状况"] = row["务工时间(月)"] = None
    assert town.findings(select=_EXCHANGED) == []


def test_one_vote_less_in_every_other_meeting_is_no_slip() -> None:
    town = Town()
    for row in meetings_of_the_village(town)[::2]:
        row["同意票"] -= 1
    assert town.findings(select=["LR135"]) == []


def test_members_under_the_numbers_of_another_village_are_told_once() -> None:
    """LR120 and LR205 say it: no step and no visit is missing for numbers that nobody has."""
    town = Town()
    code = town.row(HOMES, 行政村="王庄村")["村码"]
    for row in town.rows("成员", 行政村="王庄村"):
        row["户编号"] = f"{code[:-1]}9{row['户编号'][12:]}"
    assert len(town.findings(select=["LR205"])) == 1
    assert town.findings(select=["SB001", "DC001"]) == []


def _everybody_on_dibao(row: Row) -> None:
    row["享受低保"] = row["医疗保险"] = "是"


def _old_soldiers(row: Row) -> None:
    row["现役军人"] = row["享受低保"] = "是"


def _poor_harvest(row: Row) -> None:
    """Costs above what was harvested, and no rent."""
    row[BUSINESS], row[COST], row[PROPERTY] = 100, 900, 0


def _odd_jobs(row: Row) -> None:
    row[WAGE], row[PROPERTY] = 300, 200


def _let_more_than_they_have(row: Row) -> None:
    row["流转面积(亩)"], row["林地面积(亩)"] = row["耕地面积(亩)"] + 5, 0.5


@pytest.mark.parametrize(
    ("sheet", "change"),
    [
        ("成员", _everybody_on_dibao),
        ("成员", _old_soldiers),
        (HOMES, _poor_harvest),
        (HOMES, _odd_jobs),
        (HOMES, _let_more_than_they_have),
    ],
)
def test_columns_that_undone_would_fit_no_better(sheet: str, change: Callable[[Row], None]) -> None:
    town = Town()
    for row in rows_of_village(town, sheet):
        change(row)
    assert town.findings(select=["LR137"]) == []
