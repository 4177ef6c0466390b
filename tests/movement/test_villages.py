"""Villages that were merged, divided, or got another name or code between the two dates."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from histories import EVENTS, History, known

from jiandang.report.model import Report
from jiandang.report.movement import Balance, MovementLine, Number

OLD, INTO = "柳湾村", "王庄村"
OLD_CODE, INTO_CODE = "320324105202", "320324105201"
_NUMBERS = ("户编号", "人编号")


def _edit(history: History, edit: Callable[[str, str], str]) -> None:
    """The later register with what `edit` makes of the texts of 村 and its numbers."""
    columns = ("行政村", "村码", "名称", "区划代码", *_NUMBERS)
    for rows in history.now.sheets.values():
        for row in rows:
            row |= {h: edit(h, row[h]) for h in columns if isinstance(row.get(h), str)}


def _behind(heading: str, text: str) -> str:
    """The village's households have numbers behind those of the other one."""
    if heading in _NUMBERS and text.startswith(OLD_CODE):
        return f"{INTO_CODE}{int(text[12:15]) + 300:03}{text[15:]}"
    return {OLD: INTO, OLD_CODE: INTO_CODE}.get(text, text)


def _before(heading: str, text: str) -> str:
    """The village's households keep theirs, and the other one's stand behind them."""
    if heading in _NUMBERS and text.startswith(OLD_CODE):
        return INTO_CODE + text[12:]
    if heading in _NUMBERS and text.startswith(INTO_CODE):
        return f"{INTO_CODE}{int(text[12:15]) + 300:03}{text[15:]}"
    return {OLD: INTO, OLD_CODE: INTO_CODE}.get(text, text)


def _kept(heading: str, text: str) -> str:
    """Nobody has another number: they begin with the code of before."""
    return {OLD: INTO, OLD_CODE: INTO_CODE}.get(text, text) if heading not in _NUMBERS else text


def _renamed(heading: str, text: str) -> str:
    return text.replace(OLD, "新柳村")


def _recoded(heading: str, text: str) -> str:
    return text.replace(OLD, "新柳村").replace(OLD_CODE, "320324105209")


def report_of(history: History) -> Report:
    return history.report(None)


def _lines(report: Report) -> dict[str, MovementLine]:
    assert report.movement is not None
    return {line.name: line for line in report.movement.lines}


def _closes(balance: Balance) -> bool:
    into = sum(balance.increases.values(), start=known(balance.opening))
    return into == sum(balance.decreases.values(), start=known(balance.closing))


_WHOLE = Number(households=24, persons=60)


@pytest.mark.parametrize("edit", [_behind, _before, _kept])
def test_a_village_merged_into_another_is_one_line(edit: Callable[[str, str], str]) -> None:
    history = History(Random(1))
    _edit(history, edit)
    report = report_of(history)
    lines = _lines(report)
    assert report.movement is not None
    assert report.movement.remarks == ["柳湾村并入王庄村：24 户 60 人，记作“并村”，不算迁出迁入"]
    assert lines[INTO].registered.increases == {"并村": _WHOLE}
    assert lines[OLD].registered.decreases == {"并村": _WHOLE}
    for line in lines.values():
        assert line.handed_in == "both"
        assert _closes(line.registered)
        assert _closes(line.poor)
        assert set(line.poor.increases) | set(line.poor.decreases) <= {"并村"}
    assert {each.list for each in report.movement.lists} <= {"household"}
    assert [f for f in report.findings if f.rule != "DT020"] == []


@pytest.mark.parametrize("edit", [_renamed, _recoded])
def test_a_village_of_another_name_is_the_same(edit: Callable[[str, str], str]) -> None:
    history = History(Random(1))
    _edit(history, edit)
    report = report_of(history)
    assert report.movement is not None
    assert report.movement.remarks == ["柳湾村本次叫新柳村，按同一个村比较"]
    assert set(_lines(report)) == {INTO, "新柳村", "陈桥村", "合计"}
    for line in _lines(report).values():
        assert line.registered.increases == line.registered.decreases == {}
    assert {f.rule for f in report.findings} <= {"DT020"}


def test_a_village_divided_from_another() -> None:
    history = History(Random(1))
    part = history.now.rows("农户", 行政村=INTO)[-10:]
    numbers = {home["户编号"] for home in part}
    persons = 0
    for rows in history.now.sheets.values():
        for row in rows:
            if row.get("户编号") in numbers:
                row |= {
                    h: v for h, v in (("行政村", "新庄村"), ("村码", "320324105209")) if h in row
                }
                persons += "人编号" in row
    report = report_of(history)
    assert report.movement is not None
    assert report.movement.remarks == [
        f"新庄村从王庄村划出：10 户 {persons} 人，记作“分村”，不算迁出迁入"
    ]
    lines = _lines(report)
    flow = {"分村": Number(households=10, persons=persons)}
    assert lines["新庄村"].registered.increases == lines[INTO].registered.decreases == flow
    assert lines["新庄村"].registered.opening == Number()


@pytest.mark.parametrize("seed", range(3))
def test_what_else_happened_is_found_beside_a_merger(seed: int) -> None:
    history = History(Random(seed))
    for event in EVENTS * 2:
        event(history)
    _edit(history, _behind)
    report = history.report(history.now.changes_register())
    found: Counter[str] = Counter()
    for line in _lines(report).values():
        assert _closes(line.registered)
        assert _closes(line.poor)
        if line.level == "village":
            for flows in (line.registered.increases, line.registered.decreases):
                found.update({reason: n.persons for reason, n in flows.items()})
    told: Counter[str] = Counter()
    for (_, _, reason), count in history.registered.items():
        told[reason] += count["persons"]
    # Between the two villages somebody may have moved within what is one now.
    moves = {"迁入", "迁出", "婚入", "婚出", "并村", "分户", "并户"}
    assert {k: v for k, v in found.items() if k not in moves and v} == {
        k: v for k, v in told.items() if k not in moves and v
    }
    assert not {"DT012", "DT002" if "未注明" not in told else ""} & {
        f.rule for f in report.findings
    }


def test_one_household_that_moves_is_no_merger() -> None:
    history = History(Random(1))
    home = history.now.rows("农户", 行政村=OLD)[0]
    number = f"{INTO_CODE}777"
    for rows in history.now.sheets.values():
        for row in rows:
            if row.get("户编号") == home["户编号"]:
                row |= {
                    h: v
                    for h, v in (("行政村", INTO), ("村码", INTO_CODE), ("户编号", number))
                    if h in row
                }
    report = report_of(history)
    assert report.movement is not None
    assert report.movement.remarks == []
    assert set(_lines(report)[INTO].registered.increases) == {"迁入"}
