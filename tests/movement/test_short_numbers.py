"""Households that are numbered 1, 2, 3 in their village: whose number is another's now."""

from collections.abc import Callable

import pytest
from town import Town

from jiandang.report.model import Report

VILLAGE = "王庄村"
_SHEETS = ("成员", "农户", "识别程序", "入户调查")


def numbered(town: Town, number: Callable[[int], object]) -> None:
    """The households of the town with numbers of their villages; `number` gives those of one."""
    for sheet in _SHEETS:
        for row in town.sheets[sheet]:
            own = row["户编号"]
            is_here = own.startswith("320324105201")
            row["户编号"] = number(int(own[12:])) if is_here else int(own[12:])
    for sheet in ("成员", "农户"):
        town.headings[sheet] = [h for h in town.headings[sheet] if h not in ("村码", "人编号")]
    town.sheets["入户调查"] = []


def _compared(before: Callable[[int], object], now: Callable[[int], object]) -> Report:
    town = Town()
    numbered(town.before(), before)
    numbered(town, now)
    return town.report(select="DT")


def _renumbered(report: Report) -> list[tuple[str | None, str | None]]:
    assert report.movement is not None
    return [(e.before, e.now) for e in report.movement.lists if e.what == "户编号改变"]


def test_two_households_that_exchanged_their_numbers() -> None:
    report = _compared(lambda n: f"{n:03}", lambda n: {1: 2, 2: 1}.get(n, n))
    found = [(f.household, f.severity.value) for f in report.findings if f.rule == "DT012"]
    assert found == [("官山镇王庄村第2号", "suspect"), ("官山镇王庄村第1号", "suspect")]
    assert _renumbered(report) == [
        ("官山镇王庄村第1号", "官山镇王庄村第2号"),
        ("官山镇王庄村第2号", "官山镇王庄村第1号"),
    ]


@pytest.mark.parametrize("first", [1, 20])
def test_a_village_that_numbers_anew(first: int) -> None:
    """All numbers behind the first are the next ones, as where one was put between."""
    report = _compared(lambda n: n, lambda n: n + 1 if n >= first else n)
    assert "DT012" not in {f.rule for f in report.findings}
    assert _renumbered(report) == []


def test_a_number_given_to_other_people() -> None:
    town = Town()
    numbered(town.before(), lambda n: n)
    numbered(town, lambda n: n)
    home = town.rows("农户", 行政村=VILLAGE)[4]
    for i, row in enumerate(town.rows("成员", 行政村=VILLAGE, 户编号=5)):
        row |= {
            "姓名": "钱" + "多宝玉金"[i % 4] * 2,
            "证件号码": None,
            "出生日期": f"19{50 + i}-03-03",
        }
        if row["与户主关系"] == "户主":
            home["户主姓名"] = row["姓名"]
    home["户主证件号码"] = None
    report = town.report(select="DT")
    assert [f.household for f in report.findings if f.rule == "DT012"] == ["官山镇王庄村第5号"]
    (line,) = [e for e in report.movement.lines if e.name == VILLAGE] if report.movement else []
    assert line.registered.increases.keys() == {"新识别"}
    assert line.registered.decreases.keys() == {"未注明"}
