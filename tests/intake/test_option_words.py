"""Words that columns may hold, typed beside a table or below it for a drop-down, are nobody's."""

from datetime import date
from itertools import zip_longest
from typing import Any

import pytest
from two_villages import Row, homes, tables

from jiandang.formats.grid import Grid
from jiandang.policy import load_policy
from jiandang.register.cells import Raw
from jiandang.register.register import RowCounts
from jiandang.run.checking import check
from jiandang.run.load import register_of

POLICY = load_policy("xuzhou-2016")
SEX, RELATION = ["男", "女"], ["户主", "配偶", "之子", "之女", "之儿媳"]
HEALTH = ["健康", "长期慢性病", "患有大病", "残疾"]
CAUSE = ["因病", "因残", "因学"]


def beside(rows: list[Row], lists: list[list[str]], gap: int) -> list[Row]:
    """The rows with lists at their right, from the row of the heading down."""
    words: list[tuple[Any, ...]] = [*zip_longest(*lists, fillvalue="")]
    blank = [""] * len(lists)
    empty = [""] * len(rows[0])
    rows = [*rows, *([empty] * (len(words) - len(rows)))]
    return [
        [*row, *[""] * gap, *(words[i] if i < len(words) else blank)] for i, row in enumerate(rows)
    ]


def below(rows: list[Row], lists: list[list[str]], gap: int, *, across: bool = False) -> list[Row]:
    width = len(rows[0])
    lines = lists if across else [[*each] for each in zip_longest(*lists, fillvalue="")]
    return [*rows, *[[""] * width] * gap, *([*line, *[""] * (width - len(line))] for line in lines)]


def said(people: list[Row], own: list[Row]) -> tuple[list[tuple[str, str]], list[str]]:
    register = register_of([Grid("成员", people), Grid("农户", own)], POLICY)
    found = check(register, POLICY, as_of=date(2016, 3, 25)).findings
    remarks = [remark for file in register.files for remark in file.remarks]
    return sorted((f.rule, f"{f.sheet}!{f.cell}") for f in found), remarks


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize(
    "lists",
    [
        [RELATION],
        [SEX],
        [["是", "否"]],
        [SEX, RELATION, HEALTH],
        [["与户主关系", *RELATION]],
        [["性别", *SEX], ["与户主关系", *RELATION], ["健康状况", *HEALTH]],
        [["选项", *RELATION]],
    ],
)
def test_words_at_the_right_are_no_columns(lists: list[list[str]], gap: int) -> None:
    people, own = tables()
    usual, _ = said(people, own)
    found, remarks = said(beside(people, lists, gap), own)
    assert found == usual
    at = "GHIJKL"[gap]
    assert any(f"成员”{at}列起" in remark for remark in remarks)
    found, _ = said(people, beside(own, lists, gap))
    # Alone 与户主关系 is a column that a table of households does not have.
    assert [each for each in found if each[0] != "LR003"] == usual


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("across", [False, True])
def test_words_below_are_nobody(gap: int, across: bool) -> None:
    people, own = tables()
    usual, _ = said(people, own)
    named = [["性别", *SEX], ["与户主关系", *RELATION[:4]]]
    for lists in (named, [SEX, RELATION, HEALTH], [RELATION], [CAUSE]):
        if across and lists is not named and len(lists[0]) > 4:
            lists = [lists[0][:4]]
        found, _ = said(below(people, lists, gap, across=across), own)
        assert found == usual, lists
        found, _ = said(people, below(own, lists, gap, across=across))
        assert found == usual, lists


def test_a_column_that_is_filled_in_stays_one() -> None:
    """户主 over names; a second 性别 in each row; a row that says a sex and a relation."""
    people, own = tables()
    heads = ["户主", *(head for _, _, head, _, _ in homes() for _ in range(2))]
    found, _ = said([[*row, head] for row, head in zip(people, heads, strict=True)], own)
    assert not any(rule in ("LR213", "LR003") for rule, _ in found)
    heads[2] = "李海军"
    found, _ = said([[*row, head] for row, head in zip(people, heads, strict=True)], own)
    assert any(rule == "LR213" for rule, _ in found)
    sexes = ["性别", *["男", "女"] * 6]
    found, _ = said([[*row, sex] for row, sex in zip(people, sexes, strict=True)], own)
    assert ("LR002", "成员!G1") in found
    row: Row = ["王庄村", "", "户主", "男", "", "户主"]
    found, _ = said([*people, row], own)
    assert ("LR004", "成员!E14") in found


BELOW = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族", "健康状况"]
NUMBER = "320324105201001"
PERSONS: list[list[Raw]] = [
    [NUMBER, "张三", "男", "320324198001010015", "户主", "汉族", "健康"],
    [NUMBER, "李四", "女", "320324198202020023", "配偶", "汉族", "健康"],
]


def with_rows(*rows: list[Raw]) -> tuple[RowCounts, list[str]]:
    found = register_of([Grid("成员", [[*BELOW], *PERSONS, *rows])], POLICY)
    return found.sheets[0].rows, [*found.files[0].remarks]


@pytest.mark.parametrize("blank", [0, 1, 30])
@pytest.mark.parametrize(
    "words",
    [
        [["男", "户主", "汉族", "健康"], ["女", "配偶", "回族", "残疾"], ["", "之子", "满族", ""]],
        [["男", "户主", "", "健康"], ["女", "配偶", "", ""], ["", "之子", "", ""]],
        [["", "户主", "汉族", ""], ["", "配偶", "回族", ""], ["", "之子", "满族", ""]],
    ],
)
def test_lists_below_each_in_its_column(words: list[list[Raw]], blank: int) -> None:
    rows: list[list[Raw]] = [["", "", sex, "", *others] for sex, *others in words]
    empty: list[Raw] = [""] * 7
    counts, remarks = with_rows(*[empty] * blank, *rows)
    assert (counts.checked, counts.rejected, counts.note) == (2, 0, len(rows))
    assert remarks == []


@pytest.mark.parametrize(
    "rows",
    [
        # Persons without their names: 汉族 twice, a number, or two rows that are filled alike.
        [
            ["男", "", "户主", "汉族", "健康"],
            ["女", "", "配偶", "汉族", ""],
            ["", "", "之子", "", ""],
        ],
        [["男", "32", "户主", "汉族", "健康"], ["女", "", "配偶", "回族", ""]],
        [["男", "", "户主", "汉族", "健康"], ["女", "", "配偶", "回族", "残疾"]],
    ],
)
def test_rows_without_a_name_are_told(rows: list[list[str]]) -> None:
    own: list[list[Raw]] = [["", "", *row] for row in rows]
    counts, _ = with_rows(*own)
    assert counts.read == 4
