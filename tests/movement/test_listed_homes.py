"""增减表 about households: those it names by number or head alone, and those it lacks."""

import pytest
from test_changes import HEAD, line_of, said_of
from town import Row, Town
from two_dates import home_before, of_two_dates, pair, whole_home


def without_before(town: Town, size: int) -> Row:
    """A household of so many that is not in the town of before."""
    before, home = town.before(), town.row("农户", 家庭人口=size)
    for sheet in ("成员", "农户"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != home["户编号"])
    return home


def numbers_by_reason(town: Town) -> dict[str, tuple[int, int]]:
    movement = of_two_dates(town).movement
    assert movement is not None
    whole = movement.lines[-1].registered
    flows = {**whole.increases, **whole.decreases}
    return {why: (n.households, n.persons) for why, n in flows.items()}


def rules_of(town: Town) -> list[str]:
    return sorted(f.rule for f in of_two_dates(town).findings if f.rule != "DT020")


def list_home(town: Town, home: Row, way: str, reason: str) -> None:
    """A line that gives the household's number and nobody of it."""
    town.change({**home, "姓名": "", "证件号码": ""}, way, reason)


@pytest.mark.parametrize("reason", ["", "减少"])
def test_a_line_without_a_reason_about_one_who_is_still_there(reason: str) -> None:
    town = Town()
    town.before()
    row = town.row("成员", 与户主关系="之女")
    _, found = said_of({"增减": [[*HEAD, "原因"], line_of(row, reason)]}, town)
    ((rule, message),) = found
    assert rule == "DT001" and "“没有写原因”增减表写了 1 人，两次登记里对上 0 人" in message


def test_a_list_without_a_column_of_reasons_is_compared_too() -> None:
    town = Town()
    town.before()
    row = town.row("成员", 与户主关系="之女")
    assert [rule for rule, _ in said_of({"减少人员": [HEAD, line_of(row)]}, town)[1]] == ["DT001"]


def test_a_prepared_line_that_nobody_filled_in_is_about_nobody() -> None:
    town = Town()
    town.before()
    rows = [["行政村", *HEAD, "原因"], ["王庄村", "", "", "", ""]]
    assert said_of({"增减": rows}, town) == ({}, [])


def test_a_new_household_that_a_list_of_new_ones_lacks() -> None:
    town = Town()
    home = without_before(town, 3)
    before, listed = town.earlier, town.row("农户", 家庭人口=2)
    assert before is not None
    for sheet in ("成员", "农户"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != listed["户编号"])
    list_home(town, listed, "增加", "新识别")
    (finding,) = [f for f in of_two_dates(town).findings if f.rule == "DT003"]
    name = town.members(home)[0]["姓名"]
    assert finding.message == f"{name}一户本次新登记，增减表里没有写这一户"
    assert numbers_by_reason(town) == {"新识别": (2, 5)}


def test_a_list_of_births_and_deaths_does_not_say_who_was_identified() -> None:
    town = Town()
    home = without_before(town, 3)
    gone = next(r for r in town.rows("成员", 与户主关系="之子") if r["户编号"] != home["户编号"])
    town.sheets["成员"].remove(gone)
    town.change(gone, "减少", "死亡")
    assert rules_of(town) == []
    assert numbers_by_reason(town) == {"新识别": (1, 3), "死亡": (0, 1)}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["漏评"], "新识别"),
        (["漏评", "漏评"], "新识别"),
        (["新识别", "漏评户"], "新识别"),
        (["没有人知道的话"], "新识别"),
        (["补录"], "补录"),
        (["迁入"], "迁入"),
    ],
)
def test_a_new_household_is_one(words: list[str], reason: str) -> None:
    town = Town()
    home = without_before(town, 2)
    for row, word in zip(town.members(home), words, strict=False):
        town.change(row, "增加", word)
    assert numbers_by_reason(town) == {reason: (1, 2)}
    assert rules_of(town) == []


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("清退", {"清退": (1, 2)}),
        ("整户迁出", {"整户迁出": (1, 2)}),
        ("迁出", {"迁出": (1, 2)}),
        ("死亡", {"死亡": (0, 2), "自然销户": (1, 0)}),
    ],
)
def test_a_gone_household_by_its_number_alone(word: str, found: dict[str, tuple[int, int]]) -> None:
    town = Town()
    record, _ = whole_home(town)
    list_home(town, record, "减少", word)
    assert numbers_by_reason(town) == found
    assert rules_of(town) == []


@pytest.mark.parametrize("word", ["新识别", "整户迁入"])
def test_a_new_household_by_its_number_alone(word: str) -> None:
    town = Town()
    home = without_before(town, 2)
    list_home(town, home, "增加", word)
    assert numbers_by_reason(town) == {"新识别" if word == "新识别" else "迁入": (1, 2)}
    assert rules_of(town) == []


@pytest.mark.parametrize("word", ["脱贫", "外出打工"])
def test_a_gone_household_is_one_whatever_is_written_of_its_head(word: str) -> None:
    town = Town()
    _, rows = whole_home(town)
    town.change(rows[0], "减少", word)
    reason = "脱贫" if word == "脱贫" else "其他"
    assert numbers_by_reason(town) == {reason: (1, 2)}
    (finding,) = [f for f in of_two_dates(town).findings if f.rule == "DT002"]
    assert f"原因写的是“{word}”" in finding.message


def out_of_poverty(town: Town, count: int) -> list[Row]:
    town.before()
    homes = town.rows("农户", 行政村="王庄村", 脱贫属性="未脱贫")[:count]
    for home in homes:
        home["脱贫属性"] = "已脱贫"
    return homes


@pytest.mark.parametrize("how", ["number", "head", "members"])
def test_households_that_left_poverty_are_counted_as_households(how: str) -> None:
    town = Town()
    homes = out_of_poverty(town, 2)
    other = town.rows("农户", 行政村="王庄村", 脱贫属性="未脱贫")[0]
    for home in (*homes, other):
        rows = town.members(home)
        if how == "number":
            list_home(town, home, "减少", "脱贫")
        for row in {"number": [], "head": rows[:1], "members": rows}[how]:
            town.change(row, "减少", "脱贫")
    (finding,) = [f for f in of_two_dates(town).findings if f.rule == "DT001"]
    assert "“脱贫”增减表写了 3 户，两次登记里对上 2 户" in finding.message


def test_households_that_left_poverty_and_that_the_list_lacks() -> None:
    town = Town()
    list_home(town, out_of_poverty(town, 2)[0], "减少", "脱贫")
    (finding,) = [f for f in of_two_dates(town).findings if f.rule == "DT001"]
    assert finding.message == "王庄村“脱贫”增减表写了 1 户，两次登记里有 2 户"


@pytest.mark.parametrize("is_listed", [True, False])
def test_who_died_in_a_household_that_left_poverty_has_died(is_listed: bool) -> None:
    """What is said of somebody goes before what is said of the household."""
    town = Town()
    town.before()
    home = town.row("农户", 家庭人口=3, 脱贫属性="未脱贫")
    home["脱贫属性"] = "已脱贫"
    child = town.members(home)[2]
    town.sheets["成员"].remove(child)
    list_home(town, home, "减少", "脱贫")
    if is_listed:
        town.change(child, "减少", "死亡")
    assert numbers_by_reason(town) == {"死亡" if is_listed else "未注明": (0, 1)}
    assert rules_of(town) == ([] if is_listed else ["DT002"])


def test_one_member_who_is_removed_is_no_household() -> None:
    town = Town()
    town.before()
    child = town.row("成员", 与户主关系="之女")
    town.change(child, "减少", "清退")
    assert rules_of(town) == ["DT001", "DT005"]
    town.sheets["成员"].remove(child)
    assert rules_of(town) == []
    assert numbers_by_reason(town) == {"清退": (0, 1)}


def test_a_slip_of_the_name_together_with_another_number() -> None:
    """Same household, relation and birth date: it is a correction of one person."""
    town = Town()
    town.before()
    child = town.row("成员", 与户主关系="之女")
    old = pair(town, child)
    old["姓名"], old["证件号码"] = f"{child['姓名'][:-1]}错", "320324199001010018"
    assert numbers_by_reason(town) == {}
    assert set(rules_of(town)) == {"DT013"}
    old["出生日期"] = old["出生日期"].replace(year=1990)
    assert set(rules_of(town)) == {"DT002", "DT003"}


def test_a_village_in_which_a_household_left_poverty_has_changed() -> None:
    town = Town()
    town.before()
    home = town.row("农户", 行政村="王庄村")

    def unchanged() -> set[str]:
        found = [f for f in town.report(select="DT020").findings if f.rule == "DT020"]
        return {f.message.split()[0] for f in found}

    assert "王庄村" in unchanged()
    home_before(town, home)["脱贫属性"] = "返贫"
    assert "王庄村" not in unchanged()
