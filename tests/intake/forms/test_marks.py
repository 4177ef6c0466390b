"""Marks beside printed boxes: ticks that come out as letters, crosses, and signs of no known kind.

What cannot be decided is left as it stands, so that it is told and not lost.
"""

import pytest
from form_reading import place
from test_beside import form

from jiandang.intake.forms.choices import choose
from jiandang.register.notice import Notice


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("□是 P否", "否"), ("P是 □否", "是"), ("是P 否□", "是"), ("□是 R否", "否"),
        ("是ü 否□", "是"), ("ý是 □否", "是"), ("□是  □否P", "否"), ("□是√ □否", "是"),
        ("√是 ×否", "是"), ("×是 √否", "否"), ("是（√）否（×）", "是"),
        ("是 ✔  否", "是"), ("是  ✔ 否", "否"), ("C级□ D级□", ""), ("□ A类 □ B类", ""),
        ("□因病 ×因残 □因学", "因残"), ("□PVC管 □其他", ""), ("□A.因病 □B.因残", ""),
        ("[X]是 [ ]否", "是"), ("是[ ] 否[x]", "否"), ("[ ]因病 [X]因残 [ ]因学", "因残"),
        ("【X】是【】否", "是"), ("[*]有 [ ]无", "有"), ("[X]是 [√]否", "否"),
        ("（B）A.一般贫困户 B.低保户", "低保户"), ("(2)1.因病 2.因残", "因残"),
        ("C A.泥土路 B.砂石路 C.水泥路", "水泥路"), ("2 1.因病 2.因残", "因残"),
        ("(2)（1）因病（2）因残", "因残"), ("(  )A.是 B.否", ""),
        ("是 否对", "否"), ("是对 否", "是"), ("有 无V", "无"), ("(对)是 (  )否", "是"),
        ("( R )是 (  )否", "是"), ("(  )是 ( P )否", "否"), ("1、因病（ ） 2、因残（ü）", "因残"),
    ],
)  # fmt: skip
def test_a_mark_is_read(cell: str, chosen: str) -> None:
    assert choose(cell) == chosen


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("是____√____ 否________", "是"), ("是_√_ 否__", "是"), ("是__ 否__√__", "否"),
        ("是（_√_）否（__）", "是"), ("__√__是 ____否", "是"), ("是: √ 否:", "是"),
        ("是： 否：√", "否"), ("因病____因残__√__因学____", "因残"),
        ("因病___√___、因残______", "因病"), ("因病____因残__对__因学____", "因残"),
        ("①因病②因残√③因学", "因残"), ("1.因病2.因残√3.因学", "因残"), ("因病 √，因残", "因病"),
        # Touching the next one, or with nothing in the blank.
        ("A.因病 √B.因残 C.因学", "因残"), ("①因病 √②因残 ③因学", "因残"),
        ("因病__ √因残__", "因残"), ("√因病 因残 其他____", "因病"), ("因病√ 其他____", "因病"),
        ("□因病 ☑其他__外出__", "其他__外出"),
    ],
)  # fmt: skip
def test_a_mark_in_the_blank_behind_an_option_is_that_options(cell: str, chosen: str) -> None:
    assert choose(cell) == chosen


@pytest.mark.parametrize(
    "cell",
    [
        "是 √ 否",
        "是√否",
        "因病、√、因残",
        "国家标准 √ 省定标准 市定标准",
        "×是 □否",
        "□是 ×否",
        "×因病 ×因残 □因学",
        "□是 ★否",
        "□是 Y否",
        "□是 √ □否",
        "(X)是 ( )否",
    ],
)
def test_a_mark_that_cannot_be_decided_is_left(cell: str) -> None:
    assert choose(cell) == cell


@pytest.mark.parametrize(
    "advice", ["（请打“√”）", "(打√)", "（在□内打√）", " 请在□内划√", "（对的打√，错的打×）"]
)
@pytest.mark.parametrize(("cell", "chosen"), [("□是 □否", ""), ("□是 ☑否", "否")])
def test_how_to_mark_is_no_mark(cell: str, chosen: str, advice: str) -> None:
    assert choose(f"{cell}{advice}") == choose(f"{advice}{cell}") == chosen


@pytest.mark.parametrize(
    "cell",
    [
        "(  )是 (  )否",
        "是（ ） 否（ ）",
        "1.是（ ） 2.否（ ）",
        "C级（ ） D级（ ）",
        "[ ]C级 [ ]D级",
        "是____ 否____",
        "__因病 __因残",
    ],
)
def test_empty_brackets_are_no_answer(cell: str) -> None:
    assert choose(cell) == ""


@pytest.mark.parametrize(
    "cell", ["☑是 ☑否", "是 √ 否", "□是 ★否", "□是 ×否", "( P )是 ( P )否(  )"]
)
def test_a_choice_that_cannot_be_decided_is_a_finding_at_its_cell(cell: str) -> None:
    found = form(["饮水是否安全", cell])
    (row,) = found.tables["household"].iter_rows(named=True)
    assert row["water_safe"] is None
    (fault,) = found.observations
    assert (fault.notice, place(found, row, "water_safe")) == (Notice.WRONG_TYPE, "S!B5")


@pytest.mark.parametrize(
    ("label", "cell", "read"),
    [
        ("危房等级", "C级  D级", None),
        ("危房等级", "A级 B级 C级 D级", None),
        ("危房等级", "D级", "D级"),
        ("危房等级", "C级  √D级", "D级"),
        ("其他致贫原因", "因病 因残 因学 因灾 缺土地 缺水 缺技术 缺劳力 缺资金 交通条件落后 "
         "自身发展动力不足 其他", None),
        ("其他致贫原因", "因病 因残", "因病、因残"),
    ],
)  # fmt: skip
def test_a_printed_list_that_nobody_touched_is_empty(
    label: str, cell: str, read: str | None
) -> None:
    found = form([label, cell])
    (row,) = found.tables["household"].iter_rows(named=True)
    column = {"危房等级": "danger_grade", "其他致贫原因": "other_causes"}[label]
    assert (row[column] or None) == read
    assert not found.observations


def test_two_values_that_somebody_wrote_are_a_fault() -> None:
    (fault,) = form(["危房等级", "C级、D级"]).observations
    assert fault.notice == Notice.UNKNOWN_CODE
