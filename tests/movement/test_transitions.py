"""From one 脱贫属性 or household to another, and what 增减表 says of others beside it."""

from pathlib import Path

import pytest
from test_check_before import by_files, saved, saved_town, to_town
from test_listed_homes import numbers_by_reason, rules_of
from town import CHANGES, Row, Town
from two_dates import home_before, of_two_dates, pair

from jiandang import load_policy
from jiandang.report.model import Severity


def drop(town: Town, home: Row) -> list[Row]:
    """Take a household out of the town; gives its members."""
    rows = town.members(home)
    for row in rows:
        town.sheets["成员"].remove(row)
    town.sheets["农户"].remove(home)
    return rows


def homes_of(town: Town, size: int) -> tuple[Row, Row]:
    """A household of so many, and another one of the village that has several."""
    home = town.row("农户", 行政村="王庄村", 家庭人口=size)
    other = next(
        row
        for row in town.rows("农户", 行政村="王庄村", 家庭人口=lambda n: n > 2)
        if row is not home
    )
    return home, other


def into(row: Row, home: Row, last: int = 88) -> None:
    row["户编号"], row["人编号"] = home["户编号"], f"{home['户编号']}{last}"


@pytest.mark.parametrize(("out", "come"), [("婚出", "婚入"), ("迁出", "迁入"), ("婚嫁", "婚嫁")])
@pytest.mark.parametrize("lines", [("out", "come"), ("out",), ("come",)])
def test_a_marriage_into_another_household_of_the_village(
    out: str, come: str, lines: tuple[str, ...]
) -> None:
    """It moves no sum of the village, and is none the less true."""
    town = Town()
    town.before()
    home, other = homes_of(town, 4)
    child = town.members(home)[-1]
    if "out" in lines:
        town.change(child, "减少", out)
    into(child, other)
    if "come" in lines:
        town.change(child, "增加", come)
    assert (numbers_by_reason(town), rules_of(town)) == ({}, [])


def test_who_is_in_the_household_still_has_not_married_into_another() -> None:
    town = Town()
    town.before()
    child = town.members(homes_of(town, 4)[0])[-1]
    town.change(child, "增加", "婚入")
    assert rules_of(town) == ["DT001"]


def test_what_is_said_of_a_child_is_no_cause_of_falling_back() -> None:
    town = Town()
    before = town.before()
    home, _ = homes_of(town, 4)
    home_before(town, home)["脱贫属性"] = "已脱贫"
    home["脱贫属性"], home["主要致贫原因"] = "返贫", None
    child = town.members(home)[-1]
    before.sheets["成员"].remove(pair(town, child))
    town.change(child, "增加", "补录")
    assert rules_of(town) == ["DT009"]


@pytest.mark.parametrize(
    ("word", "found"),
    [("迁出", []), ("整户迁出", []), ("死亡", []), ("清退", ["DT011"]), ("并户", ["DT011"])],
)
def test_a_household_that_was_out_of_poverty_and_is_gone(word: str, found: list[str]) -> None:
    """Who moved or died is gone for good; who is said to be merged, and is nowhere, is not."""
    town = Town()
    town.before()
    home, _ = homes_of(town, 2)
    home_before(town, home)["脱贫属性"] = "已脱贫"
    for row in drop(town, home):
        town.change(row, "减少", word)
    assert rules_of(town) == found


@pytest.mark.parametrize(("says", "found"), [(True, []), (False, ["DT014"])])
def test_a_household_that_was_out_of_poverty_and_is_merged(says: bool, found: list[str]) -> None:
    """Its people are in the register: DT014 asks whether it was declared, and DT011 nothing."""
    town = Town()
    town.before()
    home, other = homes_of(town, 2)
    home_before(town, home)["脱贫属性"] = "已脱贫"
    rows = town.members(home)
    for n, row in enumerate(rows):
        into(row, other, 80 + n)
    town.sheets["农户"].remove(home)
    if says:
        town.change(rows[0], "减少", "并户")
    assert rules_of(town) == found


def test_who_is_gone_of_a_household_that_was_merged() -> None:
    """The others are in another household: not the whole one is gone."""
    town = Town()
    town.before()
    home, other = homes_of(town, 3)
    head, *rest = town.members(home)
    for n, row in enumerate(rest):
        into(row, other, 80 + n)
    town.sheets["成员"].remove(head)
    town.sheets["农户"].remove(home)
    (finding,) = [f for f in of_two_dates(town).findings if f.rule == "DT002"]
    assert finding.message == f"{head['姓名']}上次登记在这一户，本次没有，没有写原因"
    town.change(head, "减少", "死亡")
    town.change(rest[0], "减少", "并户")
    assert rules_of(town) == []
    assert numbers_by_reason(town) == {"死亡": (0, 1), "并户": (1, 0)}


def test_a_head_who_died_in_a_household_that_left_poverty_and_is_there() -> None:
    """What the list says of 脱贫属性 does not hide what it says of him."""
    town = Town()
    town.before()
    home, _ = homes_of(town, 3)
    home["脱贫属性"] = "已脱贫"
    head = town.members(home)[0]
    town.change(head, "减少", "脱贫")
    town.change(head, "减少", "死亡")
    assert set(rules_of(town)) == {"DT001", "DT005"}


def test_who_stood_twice_in_the_register_of_before_has_not_left() -> None:
    """The second row has been deleted, as it should be; the sum closes none the less."""
    town = Town()
    before = town.before()
    row = before.row("成员", 与户主关系="之子")
    before.sheets["成员"].append(dict(row))
    assert (numbers_by_reason(town), rules_of(town)) == ({"未注明": (0, 1)}, [])
    movement = of_two_dates(town).movement
    assert movement is not None
    assert "上次有人登记了两次，这次只有一次：多出来的行算在未注明的减少里" in movement.remarks
    # Another one of that number is another one.
    before.sheets["成员"][-1] |= {"姓名": "王无名", "人编号": None}
    assert rules_of(town) == ["DT002"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_list_of_one_town_is_a_list_of_the_run(tmp_path: Path, jobs: int) -> None:
    """Who is gone in the other town without a reason is an error, by parts as in one register."""
    towns = {"官山镇": Town(), "高集镇": to_town(Town(), "320324106", "高集镇")}
    for name, town in towns.items():
        saved_town(tmp_path / "上次" / f"{name}.xlsx", town)
        gone = town.row("成员", 与户主关系="之子")
        town.sheets["成员"].remove(gone)
        saved_town(tmp_path / "本次" / f"{name}.xlsx", town)
        if name == "官山镇":
            town.change(gone, "减少", "死亡")
            saved(tmp_path / "增减表.xlsx", {"增减": (CHANGES, town.changes)})
    report = by_files(tmp_path, load_policy("xuzhou-2016"), jobs)
    found = [(f.rule, f.severity, f.town) for f in report.findings if f.rule == "DT002"]
    assert found == [("DT002", Severity.ERROR, "高集镇")]


@pytest.mark.parametrize("is_listed", [True, False])
def test_a_son_who_was_split_off_with_a_wife_and_a_child(is_listed: bool) -> None:
    """Where the list says so, the list 户变动 has both numbers; she and the child have reasons."""
    town = Town()
    town.before()
    home, _ = homes_of(town, 5)
    son = town.members(home)[-1]
    new = {**home, "户编号": "320324105201801", "户主姓名": son["姓名"], "家庭人口": 3}
    town.sheets["农户"].append(new)
    into(son, new)
    town.change(son, "增加", "分户")
    for n, (name, reason) in enumerate((("赵新娘", "婚入"), ("王小宝", "出生"))):
        row = {**son, "姓名": name, "证件号码": None, "残疾证号": None, "出生日期": None}
        into(row, new, 10 + n)
        town.sheets["成员"].append(row)
        if is_listed:
            town.change(row, "增加", reason)
    movement = of_two_dates(town).movement
    assert movement is not None
    split = [(x.household, x.before) for x in movement.lists if x.what == "分户"]
    assert split == [(new["户编号"], home["户编号"])]
    came = {"婚入": (0, 1), "出生": (0, 1)} if is_listed else {"未注明": (0, 2)}
    assert numbers_by_reason(town) == {"分户": (1, 0), **came}
    assert rules_of(town) == ([] if is_listed else ["DT003", "DT003"])


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        *(("增加", each) for each in ("婚入", "迁入", "收养", "刑满", "退役", "补录", "出生")),
        *(("减少", e) for e in ("死亡", "婚出", "迁出", "判刑收监", "参军", "失联")),
    ],
)
def test_why_a_member_came_or_left(way: str, reason: str) -> None:
    """自然增加 and 自然减少: each is listed as that reason, and asked for nothing more."""
    town = Town()
    before = town.before()
    home, _ = homes_of(town, 4)
    child = town.members(home)[-1]
    if way == "增加":
        before.sheets["成员"].remove(pair(town, child))
    else:
        town.sheets["成员"].remove(child)
    town.change(child, way, reason)
    name = "刑满释放" if reason == "刑满" else reason
    assert numbers_by_reason(town) == {name: (0, 1)}
    # The child was not born since.
    assert rules_of(town) == (["DT004"] if reason == "出生" else [])
    movement = of_two_dates(town).movement
    assert movement is not None
    kind = "entered" if way == "增加" else "left"
    assert [(x.list, x.what, x.person) for x in movement.lists] == [(kind, name, child["姓名"])]


@pytest.mark.parametrize("status", ["已脱贫", "未脱贫"])
def test_households_of_a_village_that_was_not_handed_in_are_not_gone(status: str) -> None:
    town = Town()
    before = town.before()
    for home in before.rows("农户", 行政村="陈桥村"):
        home["脱贫属性"] = status
    for sheet in ("成员", "农户"):
        town.sheets[sheet] = town.rows(sheet, 行政村=lambda name: name != "陈桥村")
    assert rules_of(town) == []


def test_a_household_that_moved_here_is_no_new_one_whatever_it_is() -> None:
    """Of who was identified elsewhere DT006 and DT007 ask nothing."""
    town = Town()
    before = town.before()
    home, _ = homes_of(town, 3)
    drop(before, home_before(town, home))
    home["脱贫属性"] = "已脱贫"
    assert rules_of(town) == ["DT007"]
    town.change(town.members(home)[0], "增加", "整户迁入")
    assert (numbers_by_reason(town), rules_of(town)) == ({"迁入": (1, 3)}, [])
