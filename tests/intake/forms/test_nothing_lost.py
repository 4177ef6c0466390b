"""Rows of forms that are nobody's, and sentences and sections of which something has to be said."""

import pytest
from form_reading import form, read, says

from jiandang.formats.grid import Grid
from jiandang.register.cells import Raw

FILLERS = ["（以下空白）", "以下空白", "此栏空白", "以下无", "以下无正文", "本页无内容"]
FILLERS += ["×××", "3人", "共3人", "合计", "——", "空白"]


@pytest.mark.parametrize("filler", FILLERS)
def test_a_filler_below_the_members_is_nobody(filler: str) -> None:
    """A name with nothing beside it is somebody's all the same."""
    for name, count in ((filler, 2), ("孙晓梅", 3), ("孙", 3)):
        register = form(
            ["贫困户登记表"],
            ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭人口", 2.0],
            ["主要致贫原因", "因病", "", "人均纯收入（元）", 2900.0, "", "耕地面积", 3.0],
            ["序号", "姓名", "性别", "与户主关系", "身份证号", "文化程度"],
            [1.0, "赵大", "男", "户主", "320324196203191150", "初中"],
            [2.0, "钱二", "女", "配偶", "320324196409251243", "小学"],
            [3.0, name],
        )
        assert register.tables["member"].height == count


INCOME: list[list[Raw]] = [
    ["工资性收入", 6000.0, "", "家庭纯收入", 8100.0],
    ["人均纯收入", 2700.0, "", "养老保险金", 0.0],
]
HOME: list[list[Raw]] = [
    ["扶贫手册"],
    ["户主姓名", "赵大", "", "户编号", "320324105201003", "", "家庭人口", 3.0],
    ["主要致贫原因", "因病", "", "住房面积", 60.0, "", "耕地面积", 3.0],
]


@pytest.mark.parametrize(
    ("title", "year", "is_read"),
    [
        ("帮扶成效", 2015.0, True),
        ("五、收入与帮扶成效", "", True),
        ("六、帮扶成效（2015年）", "", True),
        ("帮扶成效", 2016.0, False),
        ("帮扶措施", "", False),
        ("帮扶计划（2016年收入目标）", "", False),
    ],
)
def test_a_section_of_help_is_read_for_the_registers_year_and_else_named(
    title: str, year: Raw, is_read: bool
) -> None:
    end: list[list[Raw]] = [["收入年度", year]] if year else []
    register = form(*HOME, [title], *INCOME, *end)
    if is_read:
        assert says(register, "household", "wage", "per_capita") == [(6000, "B5"), (2700, "B6")]
        assert register.files[0].remarks == []
    else:
        assert register.tables["household"]["wage"].to_list() == [None]
        (remark,) = register.files[0].remarks
        assert f"{title}的工资性收入、{title}的家庭纯收入" in remark.replace("(", "（").replace(
            ")", "）"
        )


VOTES: list[object] = [45, 40, 37, 1]
DAYS: list[object] = ["2016-03-06", "2016-03-13"]
HELD = "经2016年3月5日村民代表会议评议"
SENTENCES: list[tuple[list[str], str, list[object]]] = [
    (["应到 45 人，实到 40 人，同意 37 票，反对 1 票。"], "votes", VOTES),
    (["民主评议：应到 45 人，实到 40 人，同意 37 票，反对 1 票。"], "votes", VOTES),
    ([f"{HELD}，应到45人，实到40人，同意37票，反对1票"], "votes", VOTES),
    (["村级公示时间：2016年3月6日至2016年3月13日，公示期间无异议。"], "notice", DAYS),
    (["公示自2016年3月6日至3月13日"], "notice", DAYS),
    (["公示情况", "2016年3月6日至2016年3月13日在村务公开栏公示，无异议"], "notice", DAYS),
]


@pytest.mark.parametrize(("cells", "what", "values"), SENTENCES)
def test_a_sentence_over_the_whole_page(cells: list[str], what: str, values: list[object]) -> None:
    """In one cell over all columns and three rows, without a label or behind one."""
    columns = ["delegates", "delegates_present", "votes_for", "votes_against"]
    if what == "notice":
        columns = ["village_notice_start", "village_notice_end"]
    rows: list[list[Raw]] = [["民主评议表"], *HOME[1:], [*cells], [""], [""]]
    last = len(cells) - 1
    ranges = [(3, 0, 5, 0)] * last + [(3, last, 5, 7)]
    register = read(Grid("S", [[*r, *[""] * (8 - len(r))] for r in rows], ranges))
    found = says(register, "procedure", *columns)
    assert [(str(value), at) for value, at in found] == [
        (str(value), "BA"[last == 0] + "4") for value in values
    ]
    assert register.files[0].remarks == []


def test_a_decision_that_cannot_be_read_is_named() -> None:
    text = "表决结果为赞成者三十七票，反对者1票。"
    register = form(*HOME, [text], ["联系电话", "13852012345"])
    (remark,) = register.files[0].remarks
    assert "表决结果为赞成者" in remark
