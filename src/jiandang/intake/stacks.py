"""The texts over each column of a heading, from top to bottom: merged cells and groups spread."""

from collections.abc import Sequence, Set
from itertools import pairwise

from jiandang.formats.grid import Range
from jiandang.headings.numbered import number_of
from jiandang.headings.steps import is_part_of_step, step_of
from jiandang.headings.text import heading_key
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.text import solid

# Cells this far to the right of the last heading do not belong to the table (template markers).
_GAP = 4
# The name of a group, not a line above the table.
_OVER_SEVERAL = regex("(?!.*(?:[表册]|单位|日期|时间))[\u4e00-\u9fff、()]{2,12}")
# What is no part of a group that is not merged: it may be about another or the whole row.
_NO_PART = regex("成员|关系|户主|编[号码]|^.{0,3}[乡镇村组](?:名称?)?$")


def heading_text_of(cell: Raw) -> str:
    """A cell's text; a year may be a number."""
    if isinstance(cell, (int, float)) and cell in range(2000, 2100):
        return f"{cell:.0f}年"
    return solid(cell) if isinstance(cell, str) else ""


def _spread_groups(upper: list[str], lower: Sequence[str], merged: Set[int]) -> None:
    """Let a group's text stand over each of its columns, where no merged cell says which they are.

    It has a text below it, as each of them has; it ends where that of another begins.
    """
    group, below, is_member = "", set[str](), False
    for column, (own, text) in enumerate(zip(upper, lower, strict=True)):
        is_of_step = is_part_of_step(text, own or group)
        comes_again = text in below and text != lower[column - 1]
        is_part = is_of_step or is_member or not _NO_PART.search(text)
        if own or not text or comes_again or not is_part:
            # 关系 below it is his.
            is_member = number_of(heading_key(own)) is not None
            is_name = is_member or bool(_OVER_SEVERAL.fullmatch(own))
            is_name = is_name or is_of_step or step_of([own]) is not None
            is_group = column not in merged and own != text and is_name
            group, below = (own if is_group and text else ""), set()
        elif group:
            upper[column] = group
        below.add(text)


def stacks_of(
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    first: int,
    last: int,
    gap: int = _GAP,
) -> dict[int, list[str]]:
    """For each column its heading texts from top to bottom, merged cells filled in.

    Columns behind `gap` columns without any text are left out.
    """
    width = max(len(rows[row]) for row in range(first, last + 1))
    texts = [
        [*map(heading_text_of, rows[row])] + [""] * (width - len(rows[row]))
        for row in range(first, last + 1)
    ]
    spread = set[tuple[int, int]]()
    for top, left, bottom, right in merged:
        if top < first or top > last or left >= width:
            continue
        value = texts[top - first][left]
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right, width - 1) + 1):
                texts[row - first][column] = value
                spread.add((row - first, column))
    # From the lowest up: 公示时间 over 村 and 镇, each of them over 开始 and 结束.
    for number, (upper, lower) in reversed([*enumerate(pairwise(texts))]):
        _spread_groups(upper, lower, {column for row, column in spread if row == number})
    stacks: dict[int, list[str]] = {}
    previous = -1
    for column in range(width):
        stack = list(dict.fromkeys(row[column] for row in texts if row[column]))
        if not stack:
            continue
        if stacks and column - previous > gap:
            break
        stacks[column] = stack
        previous = column
    return stacks
