"""增减表 (`--changes`) under the headings that people write."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from histories import History, birth, death, marriage_in, marriage_out
from town import AS_OF, Row

from jiandang import check, load_policy
from jiandang.formats.grid import Grid
from jiandang.intake.sheets import read_sheet
from jiandang.intake.vocabulary import Vocabulary
from jiandang.register.register import FileRead
from jiandang.run.load import register_from

# What each heading is for: a key of the row of a change, or a text.
STANDS_FOR = {
    **dict.fromkeys(("姓名", "家庭成员姓名", "人员姓名"), "姓名"),
    **dict.fromkeys(("证件号码", "身份证号", "身份证号码"), "证件号码"),
    **dict.fromkeys(("户编号", "户号"), "户编号"),
    **dict.fromkeys(("变动", "增减类别", "增加/减少", "变更类型", "增减情况"), "变动"),
    **dict.fromkeys(("原因", "增减原因", "具体原因", "变更原因", "增减事由", "变动类型"), "原因"),
    "增加原因": "增加",
    "减少原因": "减少",
}


@pytest.mark.parametrize(
    "headings",
    [
        "户编号 姓名 证件号码 变动 原因",
        "序号 村 户主姓名 姓名 身份证号码 增减类别 增减原因 变动时间",
        "序号 行政村 户主 姓名 身份证号 变动类型",
        "序号 村名 户编号 姓名 增加原因 减少原因",
        "县 乡 村 户主姓名 家庭成员姓名 证件号码 变更类型 变更原因 变更日期",
        "序号 户号 户主 人员姓名 身份证号码 增加/减少 具体原因 时间",
        "户编号 姓名 身份证号 增减情况 增减事由 日期",
    ],
)
def test_headings_that_people_write(headings: str) -> None:
    history = History(Random(5))
    for event in (birth, death, marriage_in, marriage_out, death):
        event(history)

    def cell(change: Row, heading: str) -> Any:
        key = STANDS_FOR.get(heading, "")
        if key in ("增加", "减少"):
            return change["原因"] if change["变动"] == key else ""
        home = next(h for h in history.before.rows("农户") if h["户编号"] == change["户编号"])
        return home["户主姓名"] if heading.startswith("户主") else change.get(key, "")

    names = headings.split()
    rows = [[cell(change, name) for name in names] for change in history.now.changes]
    tables = [
        *read_sheet(Grid("表", [[*names], *rows]), Vocabulary(names=("changes",)), 0, 0, 2016)
    ]
    policy = load_policy("xuzhou-2016")
    report = check(
        history.now.register(policy),
        policy,
        as_of=AS_OF,
        select="DT",
        before=history.before.register(policy),
        changes=register_from([(FileRead(Path("增减表.xlsx")), tables)]),
    )
    assert report.movement is not None
    whole = report.movement.lines[-1].registered
    reasons = {**whole.increases, **whole.decreases}
    assert {reason: number.persons for reason, number in reasons.items()} == {
        "出生": 1, "婚入": 1, "死亡": 2, "婚出": 1,
    }  # fmt: skip
    assert {finding.rule for finding in report.findings} <= {"DT020"}
