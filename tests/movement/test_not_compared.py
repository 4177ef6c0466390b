"""What one of two dates lacks: nothing is said of it that only both could tell."""

from pathlib import Path

import pytest
from test_check_before import by_files, saved, saved_town, to_town
from test_missing import compared
from town import CHANGES, Row, Town

from jiandang import load_policy
from jiandang.report.model import Report


def without(town: Town, village: str) -> Town:
    for sheet in ("成员", "农户"):
        town.sheets[sheet] = town.rows(sheet, 行政村=lambda name: name != village)
    return town


def a_death(town: Town, village: str) -> Row:
    """Somebody who died, as 增减表 says."""
    row = town.rows("成员", 行政村=village, 与户主关系="之子")[0]
    town.sheets["成员"].remove(row)
    town.change(row, "减少", "死亡")
    return row


def remarks_of(report: Report) -> list[str]:
    assert report.movement is not None
    return report.movement.remarks


def codes(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


@pytest.mark.parametrize("lacking", ["before", "now"])
def test_rows_about_a_village_handed_in_once_are_not_said_to_be_wrong(lacking: str) -> None:
    town = Town()
    before = town.before()
    for village in ("王庄村", "陈桥村"):
        a_death(town, village)
    without(before if lacking == "before" else town, "陈桥村")
    report = compared(town)
    assert not codes(report) & {"DT001", "DT002", "DT003"}
    once = "上次没有交" if lacking == "before" else "本次没有交"
    assert remarks_of(report) == [
        "增减表有 1 行没有核对：所在的村没有两次都交（陈桥村）",
        f"陈桥村{once}，不算增减",
    ]


def test_rows_about_the_other_villages_are_compared() -> None:
    town = Town()
    before = town.before()
    a_death(town, "陈桥村")
    stays = town.rows("成员", 行政村="王庄村", 与户主关系="之子")[0]
    town.change(stays, "减少", "死亡")
    without(before, "陈桥村")
    (finding,) = [f for f in compared(town).findings if f.rule == "DT001"]
    assert finding.message.startswith("王庄村“死亡”增减表写了 1 人，两次登记里对上 0 人")


@pytest.mark.parametrize("place", [{}, {"县": "睢宁县", "镇": "高集镇", "村": "周庄村"}])
def test_rows_about_a_town_that_nobody_handed_in(place: Row, tmp_path: Path) -> None:
    """The county's list with one town: what it says of the others cannot be told."""
    town, other = Town(), to_town(Town(), "320324106", "高集镇")
    saved_town(tmp_path / "上次" / "官山镇.xlsx", town)
    a_death(town, "王庄村")
    saved_town(tmp_path / "本次" / "官山镇.xlsx", town)
    a_death(other, "王庄村")
    lines = [*town.changes, *other.changes]
    if place:
        lines[-1] = {**lines[-1], **place, "户编号": None}
    headings = [*place, *CHANGES]
    saved(tmp_path / "增减表.xlsx", {"增减": (headings, lines)})
    report = by_files(tmp_path, load_policy("xuzhou-2016"), 2 if place else 1)
    assert "DT001" not in codes(report)
    assert remarks_of(report)[0].startswith("增减表有 1 行没有核对：所在的村没有两次都交")


def test_a_village_that_is_not_there_in_a_town_that_is() -> None:
    town = Town()
    town.before()
    row = town.rows("成员", 与户主关系="之子")[0]
    nobody = {"姓名": "王无名", "证件号码": None, "户编号": "320324105299001"}
    town.change(row | nobody, "减少", "死亡")
    assert "DT001" in codes(compared(town))


@pytest.mark.parametrize("words", [{"村": "王庄"}, {"镇": "官山镇", "村": "王庄村委会"}])
def test_a_village_by_its_name_is_that_of_the_registers(words: Row) -> None:
    """Who is known and who is not are counted together."""
    town = Town()
    town.before()
    dead = a_death(town, "王庄村")
    town.changes[0] |= {"户编号": None}
    town.change(dead | {"姓名": "王无名", "证件号码": None, "户编号": None}, "减少", "死亡")
    for line in town.changes:
        line |= words
    town.changes_headings = (*words, *CHANGES)
    (finding,) = [f for f in compared(town).findings if f.rule == "DT001"]
    assert finding.message.startswith("王庄村“死亡”增减表写了 2 人，两次登记里对上 1 人")


def test_no_village_in_common_is_said(tmp_path: Path) -> None:
    other = to_town(Town(), "320322101", "龙固镇")
    saved_town(tmp_path / "上次" / "龙固镇.xlsx", other)
    town = Town()
    saved_town(tmp_path / "本次" / "官山镇.xlsx", town)
    report = by_files(tmp_path, load_policy("xuzhou-2016"), 1)
    assert remarks_of(report)[0].startswith("两次登记没有一个相同的村，什么也没有比较")


def test_an_earlier_file_that_was_not_read_is_said_where_its_villages_lack(tmp_path: Path) -> None:
    saved_town(tmp_path / "本次" / "官山镇.xlsx", Town())
    (tmp_path / "上次").mkdir()
    (tmp_path / "上次" / "官山镇.xlsx").write_bytes(b"PK broken")
    report = by_files(tmp_path, load_policy("xuzhou-2016"), 1)
    said = "上次的文件有 1 个读不出来：写着“上次没有交”的村可能在里面"
    assert remarks_of(report)[0] == said


@pytest.mark.parametrize("lacking", ["before", "now"])
def test_without_members_the_list_is_not_compared(lacking: str) -> None:
    town = Town()
    before = town.before()
    a_death(town, "王庄村")
    del (before if lacking == "before" else town).sheets["成员"]
    report = compared(town)
    (group,) = report.groups
    unchecked = {reason.rule for reason in group.rules_not_checked}
    assert {"DT001", "DT002", "DT012", "DT014"} <= unchecked
    assert not codes(report) & unchecked


@pytest.mark.parametrize("lacking", ["before", "now", "both"])
def test_who_left_poverty_is_not_compared_where_no_register_says_it(lacking: str) -> None:
    town = Town()
    before = town.before()
    rows = town.rows("成员", 行政村="王庄村", 与户主关系="户主")
    town.change(rows[0], "脱贫", "脱贫")
    town.change(rows[1], "返贫", "返贫")
    for name, side in (("before", before), ("now", town)):
        if lacking in (name, "both"):
            side.headings["农户"].remove("脱贫属性")
    report = compared(town)
    assert "DT001" not in codes(report)
    said = "增减表有 2 行脱贫、返贫没有核对：脱贫属性没有两次都填"
    assert said in remarks_of(report)
