"""People whose household has no number at one of the dates: it is neither new nor gone."""

import pytest
from test_missing import compared
from town import Row, Town

_SHEETS = ("成员", "农户", "识别程序", "入户调查")


def without_numbers(town: Town, *homes: Row) -> None:
    """The cells of these households' numbers are empty."""
    numbers = {home["户编号"] for home in homes}
    for sheet in _SHEETS:
        for row in town.sheets[sheet]:
            if row["户编号"] in numbers:
                row["户编号"] = None


@pytest.mark.parametrize("lacking", ["before", "now"])
def test_a_register_without_numbers_of_households(lacking: str) -> None:
    """Whoever died has died; no household was identified, and none has moved away."""
    town = Town()
    before = town.before()
    dead = town.row("成员", 与户主关系="之子")
    town.sheets["成员"].remove(dead)
    town.change(dead, "减少", "死亡")
    for side in (town, before):
        for home in side.rows("农户")[:9]:
            home["脱贫属性"] = "已脱贫"
    without_numbers(before if lacking == "before" else town, *town.rows("农户"))
    report = compared(town)
    movement = report.movement
    assert movement is not None
    which = "上次" if lacking == "before" else "本次"
    assert movement.remarks == [f"{which}有人没有户编号，他们的户两次对不上，户数的增减不准"]
    for line in movement.lines:
        flows = {**line.registered.increases, **line.registered.decreases}
        assert flows.pop("未注明").persons == 0
        assert {why: number.persons for why, number in flows.items()} in ({}, {"死亡": 1})
        below = {**line.poor.increases, **line.poor.decreases}
        assert sum(number.persons for number in below.values()) <= 1
    assert not {f.rule for f in report.findings} & {"DT002", "DT006", "DT007", "DT011", "DT014"}


@pytest.mark.parametrize("lacking", ["before", "now"])
def test_one_household_out_of_poverty_whose_number_is_missing(lacking: str) -> None:
    town = Town()
    before = town.before()
    home = town.row("农户", 家庭人口=3)
    for side in (town, before):
        side.row("农户", 户编号=home["户编号"])["脱贫属性"] = "已脱贫"
    without_numbers(before if lacking == "before" else town, home)
    report = compared(town)
    assert report.movement is not None
    assert report.movement.lists == []
    whole = report.movement.lines[-1].registered
    flows = {**whole.increases, **whole.decreases}
    assert {why: (n.households, n.persons) for why, n in flows.items()} == {"未注明": (1, 0)}
    assert {f.rule for f in report.findings} <= {"DT020"}


def test_who_is_new_in_a_household_that_had_no_number_needs_a_reason() -> None:
    town = Town()
    before = town.before()
    home = town.row("农户", 家庭人口=4)
    child = town.members(home)[-1]
    before.sheets["成员"].remove(before.row("成员", 人编号=child["人编号"]))
    without_numbers(before, home)
    assert [f.rule for f in compared(town).findings if f.rule != "DT020"] == ["DT003"]
