"""The two dates at the command line: no command of its own, the table by village, the order."""

import json
from pathlib import Path

import entry_point
import pytest
from rich.console import Console
from test_check_before import jiandang, saved, saved_town, to_town
from town import CHANGES, Town

from jiandang.report.movement import Balance, HandedIn, MovementLine, Number
from jiandang.reporters.console_movement import Balances
from jiandang.reporters.movement import ends_text, poor_text, stocks_text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two towns at either date, of which somebody died and somebody is gone for no reason."""
    towns = {"官山镇": Town(), "高集镇": to_town(Town(), "320324106", "高集镇")}
    for name, town in towns.items():
        saved_town(tmp_path / "2016年3月" / f"{name}.xlsx", town)
    changes = []
    for name, town in towns.items():
        for n, row in enumerate(town.rows("成员", 与户主关系="之子")[:2]):
            town.sheets["成员"].remove(row)
            if n == 0:
                changes.append(town.change(row, "减少", "死亡"))
        saved_town(tmp_path / "2016年12月" / f"{name}.xlsx", town)
    saved(tmp_path / "增减表.xlsx", {"增减": (CHANGES, changes)})
    return tmp_path


def test_it_is_no_command_of_its_own(folder: Path) -> None:
    result = entry_point.jiandang_here("diff", folder / "2016年3月", folder / "2016年12月")
    assert result.returncode == 2


def test_the_screen_has_the_table_by_village_and_town(folder: Path) -> None:
    before, changes = folder / "2016年3月", folder / "增减表.xlsx"
    result = jiandang(folder / "2016年12月", "--before", before, "--changes", changes)
    assert result.returncode == 1
    text = result.stdout
    assert "另查 动态管理" in text
    table = text[text.index("动态管理：与上次比较") : text.index("未脱贫：期初")]
    rows = [line.split() for line in table.splitlines()]
    headings = next(row for row in rows if row[:2] == ["村", "期初"])
    assert headings == ["村", "期初", "-死亡", "未注明减", "期末"]
    names = [row[0] for row in rows if len(row) == len(headings)][1:]
    villages = ["王庄村", "柳湾村", "陈桥村"]
    assert names == [*villages, "官山镇", *villages, "高集镇", "合计"]
    whole = next(row for row in rows if row[:1] == ["合计"])
    opening, dead, unstated, closing = (int(cell.split("/")[-1]) for cell in whole[1:])
    assert (dead, unstated) == (2, 2)
    assert opening - dead - unstated == closing


@pytest.mark.parametrize("width", [60, 80, 132])
def test_no_number_of_the_table_is_broken(width: int) -> None:
    """A table wider than the terminal is written out as a line for each village."""
    reasons = ["新识别", "出生", "婚入", "迁入", "刑满释放", "退役", "补录", "未注明"]
    flows = {reason: Number(households=12345, persons=34567) for reason in reasons}
    balance = Balance(
        opening=Number(households=263158, persons=690000),
        increases=flows,
        closing=Number(households=361918, persons=966536),
    )
    line = MovementLine(level="all", handed_in="both", registered=balance, poor=balance)
    console = Console(width=width, color_system=None)
    with console.capture() as shown:
        console.print(Balances([line]))
    assert "未注明增" in shown.get()
    numbers = ["263158/690000", *["12345/34567"] * len(reasons), "361918/966536"]
    assert [word for word in shown.get().split() if "/" in word] == numbers


@pytest.mark.parametrize(
    ("handed_in", "shown", "poor"),
    [
        ("before", ("23户 55人", "—"), "期初 55 = 期末 —"),
        ("now", ("—", "0户 0人"), "期初 — = 期末 0"),
        ("both", ("23户 55人", "0户 0人"), "期初 55 = 期末 0"),  # all have left
    ],
)
def test_what_was_not_handed_in_has_no_number(
    handed_in: HandedIn, shown: tuple[str, str], poor: str
) -> None:
    """A village that did not hand in is not empty, and no total has it."""
    balance = Balance(
        opening=None if handed_in == "now" else Number(households=23, persons=55),
        closing=None if handed_in == "before" else Number(),
    )
    line = MovementLine(
        level="village", village="陈桥村", handed_in=handed_in, registered=balance, poor=balance
    )
    assert (stocks_text(line), poor_text(line, [])) == (shown, poor)
    assert ends_text(line) == tuple(n.replace("户 ", "/").removesuffix("人") for n in shown)


def test_new_before_old_is_said_and_nothing_else_of_it(folder: Path) -> None:
    """收入年度 says which is the later: then all that came and left would be the other way."""
    before = folder / "2016年3月"
    for path in before.iterdir():
        town = Town() if path.stem == "官山镇" else to_town(Town(), "320324106", "高集镇")
        for row in town.rows("农户"):
            row["收入年度"] = 2016
        saved_town(path, town)
    result = jiandang(
        folder / "2016年12月", "--before", before, "--select", "DT", "--format", "json"
    )
    assert result.returncode == 0
    found = json.loads(result.stdout)["findings"]
    assert {(f["rule"], f["severity"]) for f in found} == {("DT024", "warning")}
