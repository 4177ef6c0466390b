"""增减表 (`--changes`) under the headings that people write."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from histories import History, birth, death, marriage_in, marriage_out
from town import AS_OF, Row, Town

from jiandang import check, load_policy
from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.sheets import read_sheet
from jiandang.register.register import FileRead
from jiandang.report.model import Report
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
    movement, rules = history.compared(register_from([(FileRead(Path("增减表.xlsx")), tables)]))
    whole = movement.lines[-1].registered
    reasons = {**whole.increases, **whole.decreases}
    assert {reason: number.persons for reason, number in reasons.items()} == {
        "出生": 1, "婚入": 1, "死亡": 2, "婚出": 1,
    }  # fmt: skip
    assert rules <= {"DT020"}


def compared(sheets: dict[str, list[list[Any]]], town: Town, name: str = "增减表") -> Report:
    """A check of the town and that of before with 增减表 of these sheets."""
    policy = load_policy("xuzhou-2016")
    tables: list[ParsedTable] = []
    for sheet, rows in sheets.items():
        vocabulary = Vocabulary(names=("changes",))
        tables += read_sheet(Grid(sheet, rows), vocabulary, 0, len(tables), 2016)
    assert town.earlier is not None
    return check(
        town.register(policy),
        policy,
        as_of=AS_OF,
        select="DT",
        before=town.earlier.register(policy),
        changes=register_from([(FileRead(Path(f"{name}.xlsx")), tables)]),
    )


def found_in(report: Report) -> list[tuple[str, str]]:
    rules = ("DT001", "DT002", "DT003")
    return [(f.rule, f.message) for f in report.findings if f.rule in rules]


def balance_of(report: Report) -> dict[str, int]:
    """How many came and left, by the reason."""
    assert report.movement is not None
    whole = report.movement.lines[-1].registered
    reasons = {**whole.increases, **whole.decreases}
    return {reason: number.persons for reason, number in reasons.items()}


def said_of(
    sheets: dict[str, list[list[Any]]], town: Town, name: str = "增减表"
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """What the balance has by reason, and what is found, with 增减表 of these sheets."""
    report = compared(sheets, town, name)
    return balance_of(report), found_in(report)


def reasons_of(
    sheets: dict[str, list[list[Any]]], town: Town
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Why each came or left, by name, and what is found; the balance has as many."""
    report = compared(sheets, town)
    assert report.movement is not None
    lists = [each for each in report.movement.lists if each.list in ("entered", "left")]
    assert balance_of(report) == Counter(each.what for each in lists)
    return {each.person or "": each.what for each in lists}, found_in(report)


def some_gone_some_come(count: int) -> tuple[Town, list[Row], list[Row]]:
    """So many sons who are in the town of before alone, and as many in this one alone."""
    town = Town()
    sons = town.rows("成员", 与户主关系="之子")[: 2 * count]
    gone, come = sons[::2], sons[1::2]
    before = town.before()
    for row in gone:
        town.sheets["成员"].remove(row)
    for row in come:
        before.sheets["成员"].remove(before.row("成员", 人编号=row["人编号"]))
    return town, gone, come


def one_gone_one_come() -> tuple[Town, Row, Row]:
    town, (gone,), (come,) = some_gone_some_come(1)
    return town, gone, come


def line_of(row: Row, *more: str) -> list[Any]:
    return [row["户编号"], row["姓名"], row["证件号码"], *more]


HEAD = ["户编号", "姓名", "身份证号"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["整户迁入"], {"迁入": (1, 2)}),
        (["整户迁入", "整户迁入"], {"迁入": (1, 2)}),
        (["新识别"], {"新识别": (1, 2)}),
        (["迁入", "新识别"], {"迁入": (0, 1), "新识别": (1, 1)}),
        (["新识别", "迁入", ""], {"迁入": (0, 1), "新识别": (1, 2)}),
    ],
)
def test_a_whole_household_that_moved_here_by_its_head(
    words: list[str], found: dict[str, tuple[int, int]]
) -> None:
    """The others of it have the reason of the one who is named."""
    town = Town()
    before = town.before()
    home = town.row("农户", 家庭人口=max(2, len(words)))
    for sheet in ("成员", "农户"):
        before.sheets[sheet] = before.rows(sheet, 户编号=lambda own: own != home["户编号"])
    for row, word in zip(town.members(home), words, strict=False):
        if word:
            town.change(row, "增加", word)
    report = town.report(select="DT")
    assert report.movement is not None
    came = report.movement.lines[-1].registered.increases
    assert {why: (n.households, n.persons) for why, n in came.items()} == found
    is_new = any("新识别" in f.message for f in report.findings if f.rule == "DT006")
    assert not is_new or "新识别" in found
    assert "DT001" not in {f.rule for f in report.findings}


EITHER_WAY = {
    "婚嫁": ("婚入", "婚出"),
    "结婚": ("婚入", "婚出"),
    "入赘": ("婚入", "婚出"),
    "户口迁移": ("迁入", "迁出"),
}


@pytest.mark.parametrize(
    "sheets",
    [
        (("增加人员", "增加原因"), ("减少人员", "减少原因")),
        (("增加", "变动原因"), ("减少", "变动原因")),
        (("Sheet1", "原因"), ("Sheet2", "原因")),
    ],
    ids=("headings", "sheets", "neither"),
)
def test_a_reason_that_is_said_of_either_way(sheets: tuple[tuple[str, str], ...]) -> None:
    town, gone, come = some_gone_some_come(len(EITHER_WAY))
    (one, one_reason), (other, other_reason) = sheets
    lists = {
        one: [[*HEAD, one_reason], *map(line_of, come, EITHER_WAY)],
        other: [[*HEAD, other_reason], *map(line_of, gone, EITHER_WAY)],
    }
    why, found = reasons_of(lists, town)
    both = [(why[c["姓名"]], why[g["姓名"]]) for c, g in zip(come, gone, strict=True)]
    assert dict(zip(EITHER_WAY, both, strict=True)) == EITHER_WAY
    assert found == []


@pytest.mark.parametrize("file", ["减少人员", "增减表"])
def test_of_one_who_is_still_there_the_sheet_or_file_tells_which_way(file: str) -> None:
    town = Town()
    town.before()
    row = town.row("成员", 与户主关系="之女")
    _, found = said_of({"Sheet1": [[*HEAD, "原因"], line_of(row, "婚嫁")]}, town, file)
    word = "婚出" if file == "减少人员" else "婚入"
    ((rule, message),) = found
    assert rule == "DT001" and f"“{word}”增减表写了 1 人，两次登记里对上 0 人" in message


@pytest.mark.parametrize("heading", ["减少原因", "原因"])
def test_a_word_that_nobody_knows_is_shown_and_not_called_missing(heading: str) -> None:
    town, gone, come = one_gone_one_come()
    lists = {
        "增加人员": [[*HEAD, "增加原因"], line_of(come, "出生")],
        "减少人员": [[*HEAD, heading], line_of(gone, "外出打工")],
    }
    reasons, found = said_of(lists, town)
    assert reasons == {"出生": 1, "其他": 1}
    name = gone["姓名"]
    why = "原因写的是“外出打工”，不在允许的原因里"
    assert found == [("DT002", f"{name}上次登记在这一户，本次没有，{why}")]


LEFT = {
    "嫁出": "婚出", "出嫁": "婚出", "入赘": "婚出",
    "死亡": "死亡", "去世": "死亡", "因病死亡": "死亡", "病逝": "死亡",
    "迁出": "迁出", "农转非": "迁出", "搬家": "迁出",
    "参军": "参军", "参军入伍": "参军",
    "服刑": "判刑收监",
    "走失": "失联",
}  # fmt: skip


def test_words_of_who_left() -> None:
    town, gone, come = some_gone_some_come(len(LEFT))
    lists = {
        "新增人员": [
            ["户编号", "新增人员", "身份证号", "新增原因"],
            *(line_of(row, "新生婴儿") for row in come),
        ],
        "减少人口": [
            ["户编号", "减少人口", "身份证号", "减少人口原因"],
            *map(line_of, gone, LEFT),
        ],
    }
    why, found = reasons_of(lists, town)
    assert {word: why[row["姓名"]] for word, row in zip(LEFT, gone, strict=True)} == LEFT
    assert {why[row["姓名"]] for row in come} == {"出生"}
    assert found == []


# Of who came, and of who left.
LONGER = {
    "小孩刚出生": "老人去世了",
    "合法领养一女": "全村通报：病故",
    "退伍军人返乡": "搬往外省",
    "上次漏登的人": "长期失踪人员",
}


def test_words_that_say_more_than_the_reason() -> None:
    town, gone, come = some_gone_some_come(len(LONGER))
    left, came = map(line_of, gone, LONGER.values()), map(line_of, come, LONGER)
    why, found = reasons_of({"增减": [[*HEAD, "原因"], *left, *came]}, town)
    said = dict(
        zip((*LONGER.values(), *LONGER), (why[r["姓名"]] for r in (*gone, *come)), strict=True)
    )
    assert len(said) == 2 * len(LONGER)
    assert [word for word, reason in said.items() if reason in ("其他", "未注明")] == []
    assert found == []


def test_what_is_denied_is_no_reason() -> None:
    denied = ["户口未迁出", "拟迁出", "误登死亡", "没有去世"]
    town, gone, come = some_gone_some_come(len(denied))
    left = map(line_of, gone, denied)
    rows = [[*HEAD, "原因"], *left, *(line_of(row, "出生") for row in come)]
    why, _ = reasons_of({"增减": rows}, town)
    said = {word: why[row["姓名"]] for word, row in zip(denied, gone, strict=True)}
    assert said == dict.fromkeys(denied, "其他")
    assert {why[row["姓名"]] for row in come} == {"出生"}


@pytest.mark.parametrize("heading", ["变动类型", "变动情况", "增减"])
@pytest.mark.parametrize("form", ["{}：{}", "{}（{}）", "自然{}-{}", "{}/{}"])
def test_way_and_reason_in_one_cell(heading: str, form: str) -> None:
    town, gone, come = one_gone_one_come()
    rows = [
        [*HEAD, heading],
        line_of(gone, form.format("减少", "死亡")),
        line_of(come, form.format("增加", "出生")),
    ]
    assert said_of({"增减": rows}, town) == ({"死亡": 1, "出生": 1}, [])


def test_a_word_that_nobody_knows_is_shown_under_the_way_too() -> None:
    town, gone, come = one_gone_one_come()
    rows = [[*HEAD, "变动情况"], line_of(gone, "减少：外出打工"), line_of(come, "出生")]
    reasons, found = said_of({"增减": rows}, town)
    assert reasons == {"出生": 1, "其他": 1}
    assert [message for rule, message in found if rule == "DT002"] == [
        f"{gone['姓名']}上次登记在这一户，本次没有，原因写的是“减少：外出打工”，不在允许的原因里"
    ]


def test_people_by_village_and_name_alone() -> None:
    """Who of a village is the only one of a name needs neither number nor household."""
    town, gone, come = one_gone_one_come()
    rows = [
        ["行政村", "姓名", "原因"],
        [gone["行政村"], gone["姓名"], "死亡"],
        [come["行政村"], come["姓名"], "出生"],
    ]
    assert said_of({"增减": rows}, town) == ({"死亡": 1, "出生": 1}, [])


@pytest.mark.parametrize("form", ["{}村", "{}", "官山镇{}村", "{}村增减表"])
@pytest.mark.parametrize("is_file", [False, True])
def test_the_village_may_be_what_the_sheet_or_the_file_is_called(form: str, is_file: bool) -> None:
    town, gone, come = one_gone_one_come()
    assert gone["行政村"] == come["行政村"]
    name = form.format(gone["行政村"].removesuffix("村"))
    rows = [["姓名", "原因"], [gone["姓名"], "死亡"], [come["姓名"], "出生"]]
    sheet, file = ("Sheet1", name) if is_file else (name, "增减表")
    assert said_of({sheet: rows}, town, file) == ({"死亡": 1, "出生": 1}, [])


def test_of_two_of_a_name_in_a_village_it_is_neither() -> None:
    town, gone, come = one_gone_one_come()
    other = next(row for row in town.rows("成员", 行政村=gone["行政村"]) if row is not come)
    other["姓名"] = gone["姓名"]
    rows = [["行政村", "姓名", "原因"], [gone["行政村"], gone["姓名"], "死亡"]]
    reasons, found = said_of({"增减": rows}, town)
    assert set(reasons) == {"未注明"}
    assert "DT001" in {rule for rule, _ in found}


@pytest.mark.parametrize("has_namesake", [False, True])
def test_people_by_their_names_alone(has_namesake: bool) -> None:
    """Of a list without places it is who came or left, if nobody else of all has the name."""
    town, gone, come = one_gone_one_come()
    if has_namesake:
        town.row("成员", 行政村=lambda name: name != gone["行政村"])["姓名"] = gone["姓名"]
    rows = [["姓名", "原因"], [gone["姓名"], "死亡"], [come["姓名"], "出生"]]
    reasons, found = said_of({"增减": rows}, town)
    if not has_namesake:
        assert (reasons, found) == ({"死亡": 1, "出生": 1}, [])
    else:
        assert "死亡" not in reasons and "DT001" in {rule for rule, _ in found}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["变动情况"], ["死亡"]),
        (["人口变动情况"], ["死亡"]),
        (["变动类型"], ["死亡"]),
        (["人口变动", "人口变动原因"], ["减少", "死亡"]),
        (["增减变动类型", "变动说明"], ["自然减少", "死亡"]),
    ],
)
def test_headings_of_changes(headings: list[str], cells: list[str]) -> None:
    town, gone, come = one_gone_one_come()
    born = ["出生" if cell == "死亡" else "自然增加" for cell in cells]
    rows = [[*HEAD, *headings], line_of(gone, *cells), line_of(come, *born)]
    assert said_of({"人口变动": rows}, town) == ({"死亡": 1, "出生": 1}, [])


@pytest.mark.parametrize("is_listed", [True, False])
def test_why_a_household_fell_back_may_stand_in_the_list(is_listed: bool) -> None:
    town = Town()
    before = town.before()
    record = town.row("农户")
    before.row("农户", 户编号=record["户编号"])["脱贫属性"] = "已脱贫"
    record["脱贫属性"], record["主要致贫原因"] = "返贫", None
    if is_listed:
        town.change(town.members(record)[0], "增加", "返贫")
    rules = {f.rule for f in town.report(select="DT").findings}
    assert ("DT009" in rules) is not is_listed
    assert "DT001" not in rules
