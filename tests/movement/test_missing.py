"""What either register lacks: its rules are 未检查 for it, and none raises an alarm."""

import pytest
from town import Town

from generators.layout import TABLES
from jiandang.report.model import Report, Severity

_KEYS = {"成员": ("户编号", "姓名", "证件号码"), "农户": ("户编号", "户主姓名")}
COLUMNS = [(sheet, column.heading) for sheet in ("成员", "农户") for column in TABLES[sheet]]
LEFT_OUT = [cell for cell in COLUMNS if cell[1] not in _KEYS[cell[0]]]


def compared(town: Town) -> Report:
    report = town.report(select="DT")
    (group,) = report.groups
    assert group.rules_failed == []
    return report


@pytest.mark.parametrize("lacking", ["before", "now"])
@pytest.mark.parametrize(("sheet", "heading"), LEFT_OUT[::3], ids=lambda text: str(text))
def test_a_column_that_is_missing(sheet: str, heading: str, lacking: str) -> None:
    now = Town()
    town = now.before() if lacking == "before" else now
    now.earlier = now.earlier or Town()
    town.headings[sheet].remove(heading)
    alarms = [f for f in compared(now).findings if f.severity is not Severity.INFO]
    assert alarms == []


@pytest.mark.parametrize("lacking", ["before", "now"])
@pytest.mark.parametrize("sheet", list(TABLES))
def test_a_table_that_is_missing(sheet: str, lacking: str) -> None:
    now = Town()
    town = now.before() if lacking == "before" else now
    now.earlier = now.earlier or Town()
    del town.sheets[sheet]
    report = compared(now)
    assert [f for f in report.findings if f.severity is not Severity.INFO] == []
    assert report.movement is not None
    for line in report.movement.lines:
        assert line.registered.increases == line.registered.decreases == {}
    assert bool(report.movement.remarks) == (sheet in ("成员", "农户"))


def test_what_the_earlier_register_lacks_is_named() -> None:
    town = Town()
    town.before().headings["农户"].remove("脱贫属性")
    (group,) = compared(town).groups
    reasons = {reason.rule: reason.reason for reason in group.rules_not_checked}
    assert reasons["DT011"] == "缺少脱贫属性（上次的农户）"
    assert {"DT008", "DT009", "DT010", "DT011"} <= reasons.keys()


@pytest.mark.parametrize("lacking", ["before", "now"])
def test_nobody_fell_back_or_left_poverty_for_want_of_a_word(lacking: str) -> None:
    """The balance below the line cannot be told then, and that is said."""
    now = Town()
    before = now.before()
    for town in (before, now):
        for row in town.rows("农户")[:3]:
            row["脱贫属性"] = "已脱贫"
    (before if lacking == "before" else now).headings["农户"].remove("脱贫属性")
    movement = compared(now).movement
    assert movement is not None
    assert movement.lists == []
    side = "上次" if lacking == "before" else "本次"
    assert movement.remarks == [f"{side}没有填脱贫属性，都当作未脱贫，未脱贫的账不准"]
