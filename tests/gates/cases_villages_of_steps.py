"""Rows of steps and visits that name another village than their household is in (LR223)."""

from cases_heads_of_steps import STEPS, VISITS, with_heads
from town import Cell, Town, breaks, spares

from jiandang.report.model import Severity

_VILLAGE, _OTHER = "行政村", "柳湾村"


def with_villages(town: Town) -> None:
    """The visits with the village of each household in a column before its number."""
    town.headings[VISITS] = [_VILLAGE, *town.headings[VISITS]]
    for row in town.rows(VISITS):
        row[_VILLAGE] = town.household(row)[_VILLAGE]


def rename(town: Town, sheet: str, name: str, *, share: float) -> Cell:
    """A share of the first village's rows with another name of the village."""
    rows = town.rows(sheet, 行政村=town.rows(sheet)[0][_VILLAGE])
    for row in rows[: round(share * len(rows))]:
        row[_VILLAGE] = name
    return town.cell(rows[0], _VILLAGE)


@breaks("LR223")
def steps_in_another_village(town: Town) -> Cell:
    row = town.rows(STEPS)[6]
    row[_VILLAGE] = _OTHER
    return town.cell(row, _VILLAGE)


@breaks("LR223")
def steps_of_its_head_in_another_village(town: Town) -> Cell:
    with_heads(town, STEPS)
    return steps_in_another_village(town)


@breaks("LR223")
def a_visit_in_another_village(town: Town) -> Cell:
    with_villages(town)
    row = town.rows(VISITS)[6]
    row[_VILLAGE] = _OTHER
    return town.cell(row, _VILLAGE)


@breaks("LR223", severity=Severity.WARNING)
def steps_in_a_village_that_nobody_knows(town: Town) -> Cell:
    row = town.rows(STEPS)[6]
    row[_VILLAGE] = "黄庄村"
    return town.cell(row, _VILLAGE)


@breaks("LR223", severity=Severity.WARNING)
def steps_of_a_village_with_a_new_name(town: Town) -> Cell:
    return rename(town, STEPS, "新王庄村", share=1)


@breaks("LR223", severity=Severity.WARNING)
def most_steps_under_the_name_of_another_village(town: Town) -> Cell:
    return rename(town, STEPS, _OTHER, share=0.8)


@breaks("LR223", severity=Severity.WARNING)
def three_steps_under_the_name_of_another_village(town: Town) -> Cell:
    rows = town.rows(STEPS, 行政村=town.rows(STEPS)[0][_VILLAGE])
    assert len(rows) > 6
    for row in rows[1:4]:
        row[_VILLAGE] = _OTHER
    return town.cell(rows[1], _VILLAGE)


@breaks("LR223", beside="LR006", severity=Severity.WARNING)
def steps_of_a_village_with_a_new_name_and_a_relation_that_nobody_reads(town: Town) -> Cell:
    with_heads(town, STEPS)
    town.rows("成员", 行政村="王庄村", 与户主关系="户主")[0]["与户主关系"] = "东家"
    return rename(town, STEPS, "新王庄村", share=1)


@spares("LR223")
def a_village_in_traditional_characters_and_by_its_code(town: Town) -> None:
    rows = town.rows(STEPS, 行政村="王庄村")
    names = ("王庄（村）", "王莊村", "官山王庄", "官山镇王庄", rows[0]["户编号"][:12])
    for row, name in zip(rows, names, strict=False):
        row[_VILLAGE] = name


@spares("LR223")
def a_village_in_short_and_in_long(town: Town) -> None:
    with_villages(town)
    rename(town, STEPS, "王庄", share=0.5)
    rename(town, VISITS, "睢宁县官山镇王庄村村民委员会", share=0.5)


@spares("LR223")
def a_community_and_its_committee(town: Town) -> None:
    for sheet in ("成员", "农户", "村情"):
        rename(town, sheet, "王庄社区", share=1)
    town.row("任务分解", 名称="王庄村")["名称"] = "王庄社区"
    rename(town, STEPS, "王庄社区居委会", share=1)


@spares("LR223")
def steps_without_a_village(town: Town) -> None:
    for row in town.rows(STEPS):
        row[_VILLAGE] = None
