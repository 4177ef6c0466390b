"""Applications as people write them (申请书), and what was decided about them, in texts."""

from datetime import date

import pytest
from form_reading import place, read

from jiandang.formats.grid import Grid, Range
from jiandang.register.cells import Raw
from jiandang.register.register import Register

LETTER = (
    "尊敬的村两委：我叫刘大柱，身份证号320324196203013370，家住栗园村二组，{size}，劳动力2人，"
    "2015年人均纯收入{income}。因患病致贫，特申请纳入。\n申请人（签字）：刘大柱  2016年3月1日"
)
TEXTS: list[list[Raw]] = [
    ["民主评议", "2016年3月4日召开会议，应到代表45人，实到41人，同意38票，反对2票，弃权1票。"],
    ["村公示", "公示时间：2016年3月6日至3月13日，无异议。本村监督电话见公示栏。"],
]


def application(size: str, income: str, review: str, merged: bool) -> Register:
    """The texts stand behind their labels, or behind those and one merged down beside them."""
    rows: list[list[Raw]] = [
        ["贫困户申请书", "", ""],
        ["户编号：320324105201001", "栗园村", ""],
        ["申请理由", LETTER.format(size=size, income=income), ""],
        *([["村级程序" if i == 0 else "", *text] for i, text in enumerate(TEXTS)] if merged
          else [[*text, ""] for text in TEXTS]),
        [review, "同意 2016年3月24日 公告：3月24日—3月31日", ""],
    ]  # fmt: skip
    ranges: list[Range] = [(3, 0, 4, 0)] if merged else []
    return read(Grid("S", rows, ranges))


@pytest.mark.parametrize("merged", [True, False], ids=["a label more", "a label each"])
@pytest.mark.parametrize("review", ["县级审批", "县级审定"])
@pytest.mark.parametrize("income", ["2300元", "约2300元", "仅为2300元"])
@pytest.mark.parametrize("size", ["全家3口人", "全家共3口人", "家里有3口人", "一家3口"])
def test_what_a_letter_and_its_decisions_say(
    size: str, income: str, review: str, merged: bool
) -> None:
    found = application(size, income, review, merged)
    (own,) = found.tables["household"].iter_rows(named=True)
    assert (own["head_name"], own["head_id"]) == ("刘大柱", "320324196203013370")
    assert (own["size"], own["labour_count"], own["per_capita"]) == (3, 2, 2300)
    assert (own["group"], own["cause"]) == ("二", "因病")
    assert {place(found, own, name) for name in ("head_id", "size", "per_capita")} == {"S!B3"}
    (step,) = found.tables["procedure"].iter_rows(named=True)
    assert (step["appraised"], step["votes_for"]) == (date(2016, 3, 4), 38)
    assert (step["village_notice_start"], step["objection"]) == (date(2016, 3, 6), "无")
    assert place(found, step, "village_notice_end") == ("S!C5" if merged else "S!B5")
    assert step["county_approved"] == date(2016, 3, 24)
    assert found.files[0].remarks == []


@pytest.mark.parametrize("titled", [True, False])
def test_a_letter_alone_in_one_cell(titled: bool) -> None:
    """The whole application, its title in a row of its own or at the text's beginning."""
    letter = LETTER.format(size="全家3口人", income="2300元")
    rows: list[list[Raw]] = [["申 请 书"], [letter]] if titled else [[f"申请书\n{letter}"]]
    found = read(Grid("S", rows))
    (own,) = found.tables["household"].iter_rows(named=True)
    assert (own["head_name"], own["size"], own["per_capita"]) == ("刘大柱", 3, 2300)
    assert place(found, own, "size") == ("S!A2" if titled else "S!A1")


@pytest.mark.parametrize(
    ("foot", "cell"),
    [
        ([["申请人：刘大柱"], ["2016年3月1日"]], "A4"),
        ([["申请人：刘大柱"], [date(2016, 3, 1)]], "A4"),
        ([["此致"], ["敬礼"], ["", "申请人：刘大柱"], ["", "二〇一六年三月一日"]], "B6"),
    ],
)
def test_a_letter_in_one_cell_with_its_day_below(foot: list[list[Raw]], cell: str) -> None:
    letter = (
        "我叫刘大柱，家住官山镇栗园村二组，户编号320324105201001，全家3口人，"
        "2015年人均纯收入2300元。因患病致贫，特申请纳入。"
    )
    rows: list[list[Raw]] = [["申请书"], [letter], *foot]
    found = read(Grid("S", [[*row, ""][:2] for row in rows]))
    (own,) = found.tables["household"].iter_rows(named=True)
    assert (own["household_id"], own["village"], own["group"]) == (
        "320324105201001", "栗园村", "二",
    )  # fmt: skip
    assert place(found, own, "household_id") == "S!A2"
    (step,) = found.tables["procedure"].iter_rows(named=True)
    assert step["applied"] == date(2016, 3, 1)
    assert place(found, step, "applied") == f"S!{cell}"


def test_a_day_above_the_signature_is_not_that_of_the_application() -> None:
    letter = LETTER.format(size="全家3口人", income="2300元").replace("2016年3月1日", "")
    found = read(Grid("S", [["申请书"], ["2016年2月1日"], [letter]]))
    assert found.tables["procedure"]["applied"].to_list() == [None]
