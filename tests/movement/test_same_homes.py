"""Who is who at two dates, and what is said of numbers and of a household's head."""

import pytest
from family_changes import family
from town import Row, Town

from jiandang.report.model import Finding, Severity


def found(town: Town, rule: str) -> list[Finding]:
    return [f for f in town.findings(select="DT") if f.rule == rule]


def renumber(town: Town, numbers: dict[str, str]) -> None:
    for rows in town.sheets.values():
        for row in rows:
            row["户编号"] = numbers.get(row.get("户编号", ""), row.get("户编号"))


def two_homes(town: Town) -> tuple[Row, Row]:
    one, other = town.rows("农户", 行政村="王庄村")[4:6]
    return one, other


def test_two_households_have_exchanged_their_numbers() -> None:
    town = Town()
    one, other = two_homes(town)
    renumber(town.before(), {one["户编号"]: other["户编号"], other["户编号"]: one["户编号"]})
    messages = {f.household: f.message for f in found(town, "DT012")}
    for own, former in ((one, other), (other, one)):
        assert f"上次是另一户（{former['户主姓名']}）的" in messages[own["户编号"]]


def test_the_one_who_had_the_number_has_another_now() -> None:
    town = Town()
    one, other = two_homes(town)
    before = town.before()
    renumber(before, {one["户编号"]: "320324105201098", other["户编号"]: one["户编号"]})
    (finding,) = found(town, "DT012")
    assert finding.household == one["户编号"]
    assert f"上次是另一户（{other['户主姓名']}）的" in finding.message


def test_nobody_is_named_as_head_of_before() -> None:
    town = Town()
    one, other = two_homes(town)
    before = town.before()
    renumber(before, {one["户编号"]: other["户编号"], other["户编号"]: one["户编号"]})
    before.headings["农户"].remove("户主姓名")
    before.headings["成员"].remove("与户主关系")
    assert {"上次是另一户（没有写户主）的" in f.message for f in found(town, "DT012")} == {True}


def heads_changed(town: Town) -> list[tuple[str | None, str | None, str | None]]:
    movement = town.report(select="DT").movement
    assert movement is not None
    return [(x.household, x.before, x.now) for x in movement.lists if x.what == "户主变更"]


def head_called(town: Town, home: Row, name: str) -> None:
    """Another name for the head, wherever it stands."""
    for sheet, heading in (("农户", "户主姓名"), ("成员", "姓名")):
        town.row(sheet, 户编号=home["户编号"])[heading] = name


def test_a_head_whose_name_was_corrected_is_the_same() -> None:
    town = Town()
    one, other = two_homes(town)
    before = town.before()
    head_called(before, one, "王金来")
    head_called(before, other, f"{other['户主姓名'][0]} {other['户主姓名'][1:]}")
    assert heads_changed(town) == []
    assert [f.household for f in found(town, "DT013")] == [one["户编号"]]


def test_a_head_who_is_another_member_of_the_household() -> None:
    town = Town()
    child = town.row("成员", 与户主关系="之子")
    town.before().row("农户", 户编号=child["户编号"])["户主姓名"] = child["姓名"]
    head = town.household(child)["户主姓名"]
    assert heads_changed(town) == [(child["户编号"], child["姓名"], head)]


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize("is_young", [True, False])
def test_a_number_of_15_digits_is_the_holders_of_18(is_before: bool, is_young: bool) -> None:
    town = Town()
    before = town.before()
    was_born = {"出生日期": lambda day: (day.year >= 2000) == is_young, "与户主关系": "之子"}
    row = (before if is_before else town).row("成员", **was_born)
    row["证件号码"] = row["证件号码"][:6] + row["证件号码"][8:17]
    report = town.report(select="DT")
    assert report.movement is not None
    told = {f.rule: f.severity for f in report.findings if f.rule != "DT020"}
    # Whoever had the whole number has not made it better.
    assert told == {"DT013": Severity.INFO if is_before else Severity.SUSPECT}
    corrected = [x.what for x in report.movement.lists if x.list == "corrected"]
    assert corrected == ["证件号码"]


def exchanged(*, is_numbered: bool) -> tuple[Town, Row, Row]:
    """A town in which a head and a spouse have exchanged their numbers since the earlier date."""
    town = Town()
    before = town.before()
    head, spouse = family(town, "户主", "配偶", 行政村="王庄村")[:2]
    head["证件号码"], spouse["证件号码"] = spouse["证件号码"], head["证件号码"]
    for row in (*town.rows("成员"), *before.rows("成员")):
        row["人编号"] = row["人编号"] if is_numbered else None
    return town, head, spouse


@pytest.mark.parametrize("is_numbered", [True, False])
def test_exchanged_numbers_are_one_finding_of_two(is_numbered: bool) -> None:
    town, head, spouse = exchanged(is_numbered=is_numbered)
    (finding,) = found(town, "DT013")
    assert finding.message.startswith(f"{head['姓名']}的证件号码上次是")
    assert finding.message.endswith(f"，与{spouse['姓名']}的对调了，请核实")


def test_many_numbers_of_15_digits_that_became_18_are_one_finding_a_village() -> None:
    town = Town()
    before = town.before()
    many = before.rows("成员", 行政村="王庄村")
    few = before.rows("成员", 行政村="柳湾村")[:3]
    for row in (*many, *few):
        row["证件号码"] = row["证件号码"][:6] + row["证件号码"][8:17]
    told = found(town, "DT013")
    assert [f.village for f in told] == ["王庄村", *["柳湾村"] * 3]
    assert f"本村这样的共 {len(many)} 人" in told[0].message
    movement = town.report(select="DT").movement
    assert movement is not None
    corrected = [x for x in movement.lists if x.list == "corrected"]
    assert len(corrected) == len(many) + len(few)


@pytest.mark.parametrize("is_numbered", [True, False])
def test_a_village_where_two_have_exchanged_their_numbers_has_changed(is_numbered: bool) -> None:
    town, _, _ = exchanged(is_numbered=is_numbered)
    rules = {f.rule for f in town.report(select="DT").findings if f.village == "王庄村"}
    assert "DT013" in rules and "DT020" not in rules
