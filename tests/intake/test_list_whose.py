"""Several columns of names and numbers in a list: a name never goes with another's number."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jiandang.formats.grid import Grid
from jiandang.intake.lists import Told, read_list
from jiandang.matching.keys import Keys, KeysOfParts
from jiandang.register.lists.kinds import KINDS
from jiandang.register.lists.read import ListRead

NUMBER, OTHER = "320324196503024152", "320324197008081234"
KNOWN = pl.DataFrame({"name": ["张山"], "id_number": [NUMBER], "village": ["王庄村"]})
KEYS = KeysOfParts.of([[Keys.of(KNOWN, pl.Series("account", [], dtype=pl.String))]])


def read(kind: str, *rows: list[Any], **sheet: Any) -> ListRead:
    grid = Grid("Sheet1", list(rows), sheet.get("merged", []))
    found = read_list(grid, Path("0220.xls"), "ab" * 32, Told(KINDS[kind]), KEYS)
    assert found is not None
    return found


def told(kind: str, *rows: list[Any], **sheet: Any) -> list[tuple[str, str]]:
    """Names and numbers of those who may be in the register."""
    found = read(kind, *rows, **sheet)
    kept = found.frame.select("name_key", "number")
    return [(name or "", number or "") for name, number in kept.iter_rows()]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("户主姓名 户主身份证号 成员姓名 成员身份证号", ["王五", OTHER, "张山", NUMBER]),
        ("户主 户主身份证号 家庭成员 家庭成员身份证号", ["王五", OTHER, "张山", NUMBER]),
        ("成员姓名 成员身份证号 户主姓名 户主身份证号", ["张山", NUMBER, "王五", OTHER]),
        ("户主 家庭成员 身份证号", ["王五", "张山", NUMBER]),
        ("户主姓名 姓名 身份证号", ["王五", "张山", NUMBER]),
        ("户主姓名 户主身份证号 成员姓名", ["张山", NUMBER, "王五"]),
        # The row of the head names no member.
        ("户主姓名 户主身份证号 成员姓名 成员身份证号", ["张山", NUMBER, "", ""]),
        ("户主 家庭成员 身份证号", ["张山", "", NUMBER]),
        # All members in one cell, or how many there are: the row is the head's.
        ("户主 家庭成员 身份证号", ["张山", "王五、李四", NUMBER]),
        ("户主 家庭成员 身份证号", ["张山", 3, NUMBER]),
    ],
)
def test_a_name_goes_with_its_own_number(headings: str, row: list[Any]) -> None:
    rows = [[*headings.split(), "低保证号", "保障人数"], [*row, "7", 1]]
    assert told("低保", *rows) == [("张山", NUMBER)]


def test_each_owner_has_columns_of_the_own() -> None:
    above = ["坐落", "用途", "产权人", "", "共有人", ""]
    merged = [(0, 2, 0, 3), (0, 4, 0, 5)]
    below = ["", "", "姓名", "身份证号", "姓名", "身份证号"]
    row = ["睢城", "住宅", "王五", OTHER, "张山", NUMBER]
    assert told("不动产", above, below, row, merged=merged) == [("张山", NUMBER)]
    beside = ["坐落", "用途", "产权人", "身份证号", "共有人", "身份证号"]
    assert told("不动产", beside, row) == [("张山", NUMBER)]


def test_one_number_is_of_any_of_the_names_beside_it() -> None:
    headings = ["名称", "法定代表人", "经营者", "身份证号", "登记状态"]
    assert told("工商", headings, ["店", "", "张山", NUMBER, "存续"]) == [("张山", NUMBER)]
    assert told("工商", headings, ["店", "张山", "", NUMBER, "存续"]) == [("张山", NUMBER)]
    found = read("工商", headings, ["店", "王五", "张山", NUMBER, "存续"])
    assert all(name in found.frame["owners"].item() for name in ("王五", "张山"))


def test_a_number_whose_owner_is_said_is_nobody_elses() -> None:
    headings = ["坐落", "用途", "产权人", "产权人身份证号", "共有人"]
    found = read("不动产", headings, ["睢城", "住宅", "王五", NUMBER, "张山"])
    assert found.frame["owners"].to_list() == [None]
    assert found.unread == ("共有人",)
