"""Whom a list means by a number that the register has in another table or column."""

import pytest
from list_rows import another, put, slipped
from town import Row, Town

from jiandang.report.model import Finding, Severity

CAR = {"车辆类型": "小型轿车", "初次登记日期": "2012-05-06", "机动车状态": "正常"}
DIED = {"死亡日期": "2015-06-01"}


def found(town: Town, *select: str) -> list[Finding]:
    return town.findings(select=select)


def head(town: Town) -> Row:
    return town.row("成员", 与户主关系="户主", 机动车="否")


def places(findings: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(f.rule, f.sheet, f.cell) for f in findings]


@pytest.mark.parametrize("wrong", [slipped, another, lambda _: None])
@pytest.mark.parametrize("relation", ["户主", None])
def test_a_head_is_known_by_the_number_in_the_table_of_households(
    wrong: object, relation: str | None
) -> None:
    town = Town()
    person = head(town)
    put(town, "死亡20160220", person, **DIED)
    person["与户主关系"] = relation
    assert callable(wrong)
    person["证件号码"] = wrong(person["证件号码"])
    (doubt,) = found(town, "BD141", "BD002", "BD003")
    assert places([doubt]) == [("BD141", *town.cell(person, "姓名"))]
    assert doubt.severity is Severity.ERROR
    assert "（有同号同名的记录，按农户表的户主证件号码）" in doubt.message


def test_a_member_is_known_by_the_number_of_the_card() -> None:
    town = Town()
    person = town.row("成员", 残疾证号=bool, 与户主关系=lambda it: it != "户主")
    put(town, "车辆20160220", person, 身份证号码=person["残疾证号"][:18], **CAR)
    person["证件号码"] = another(person["证件号码"])
    (doubt,) = found(town, "BD161", "BD002")
    assert doubt.rule == "BD161"
    assert doubt.person == person["姓名"]
    assert "，按残疾证号）" in doubt.message


def test_the_number_of_another_is_none_of_theirs() -> None:
    """A head of another name, and a row of another name with the head's second number."""
    town = Town()
    person = head(town)
    put(town, "死亡20160220", person, **DIED)
    person["证件号码"], person["姓名"] = slipped(person["证件号码"]), "某某"
    assert found(town, "BD141", "BD002", "BD003") == []
    other = Town()
    person = head(other)
    put(other, "死亡20160220", person, 姓名="某某", **DIED)
    person["证件号码"] = slipped(person["证件号码"])
    assert found(other, "BD141", "BD002", "BD003") == []


def test_by_its_own_number_the_head_is_told_as_ever() -> None:
    town = Town()
    person = head(town)
    put(town, "死亡20160220", person, **DIED)
    town.household(person)["户主证件号码"] = slipped(person["证件号码"])
    (doubt,) = found(town, "BD141")
    assert "（有同号同名的记录）" in doubt.message


def test_of_a_household_only_those_of_whom_it_is_in_doubt_are_named() -> None:
    town = Town()
    ill = town.row("成员", 残疾证号=bool)
    well = next(each for each in town.members(ill) if not each["残疾证号"])
    well["健康状况"] = "健康"
    for person, state in ((ill, "正常"), (well, "正常")):
        about = {"姓名": person["姓名"], "残疾证号": f"{person['证件号码']}43"}
        town.listed("残疾20160220", **about, 状态=state)
    (doubt,) = found(town, "BD122")
    assert doubt.rule == "BD122" and well["姓名"] in doubt.message
    assert f"{ill['姓名']}：" not in doubt.message
