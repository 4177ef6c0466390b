"""LR137, LR138: what looks like two columns exchanged, and would be wrong undone."""

from cases_slipped import HOMES
from cases_swapped import STEPS, rows_of_village
from town import Town

from generators.layout import TRANSFERS

_EXCHANGED = ("LR137", "LR138")


def test_notices_that_undone_would_start_before_the_review() -> None:
    """The town's notice ends before it starts: its end is the village's."""
    town = Town()
    for row in rows_of_village(town, STEPS):
        row["乡镇公示结束"] = row["评议日期"]
    assert town.findings(select=_EXCHANGED) == []


def test_parts_of_the_transfer_one_column_right() -> None:
    """No wage and no parts are the same by chance: the transfer is right, and its parts slipped."""
    town = Town()
    for row in rows_of_village(town, HOMES):
        moved = [0, *(row[name] for name in TRANSFERS[:-1])]
        row.update(zip(TRANSFERS, moved, strict=True))
    assert town.findings(select=_EXCHANGED) == []


def test_members_under_the_numbers_of_another_village_are_told_once() -> None:
    """LR120 and LR205 say it: no step and no visit is missing for numbers that nobody has."""
    town = Town()
    code = town.row(HOMES, 行政村="王庄村")["村码"]
    for row in town.rows("成员", 行政村="王庄村"):
        row["户编号"] = f"{code[:-1]}9{row['户编号'][12:]}"
    assert len(town.findings(select=["LR205"])) == 1
    assert town.findings(select=["SB001", "DC001"]) == []
