"""Headings each of which has a mark that one alone could not be believed: 姓名√, 姓名1, a.姓名.

Ticks are answers, and a number may tell the members of a household apart. Where all headings of a
row have one, and are known without it, it is a mark: they are read without it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import CellMatrix
from jiandang.headings.text import heading_key, spellings
from jiandang.headings.vocabulary import LEAST_KNOWN, Vocabulary
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.marked_answers import TICKS
from jiandang.register.text import plain

_REACH = 60
_TICK = f"[{TICKS}]"
# M and m are metres.
_SIGN = "[0-9]{1,2}|[A-Za-z]{1,4}-?[0-9]{1,4}|[A-LN-Za-ln-z]|[ivxIVX]{2,4}|[\u2160-\u217f]"
_SIGN += "|[①-⓿❶-➓⑴-⒛㈠-㉃㊀-㊉]"
_TICKED = (
    regex(rf"\(?{_TICK}+\)?\s*(?P<name>.+?){_TICK}*"),
    regex(rf"[0-9]{{1,2}}[.、]?\s*{_TICK}+\s*(?P<name>.+)"),
    regex(rf"(?P<name>.+?)\s*\(?{_TICK}+\)?"),
)
_PATTERNS = (
    *_TICKED,
    regex(rf"(?P<name>.+?)\s*[-_.^(\[]?(?:(?<!备)注)?(?:{_SIGN})[.)\]]?"),
    # 调查人11 is 调查人1 where all have one digit.
    regex(r"(?P<name>.+?)\s*[-_.^(\[]?[0-9][.)\]]?"),
    regex("(?P<name>.+)(?<!备)注"),
    regex(r"\(?[A-Za-z][.、):]\s*(?P<name>.+)"),
)
# What some leave without one: it counts the rows, or takes any text.
_WITHOUT = {"序号", "备注"}


def with_bare_headings(grid: Grid, vocabulary: Vocabulary) -> Grid:
    """The sheet with such headings as they are called, also where they are repeated further down.

    It is the sheet itself where there are none, as in nearly all.
    """
    for row, cells in enumerate(grid.cells[:_REACH]):
        for pattern in _PATTERNS:
            bare, others = _bare_names(cells, pattern, vocabulary)
            is_ticked = pattern in _TICKED
            if bare and _is_heading(bare, others, vocabulary, is_ticked=is_ticked):
                return replace(grid, rows=_renamed(grid.cells, row, bare, pattern, vocabulary))
    return grid


def _bare_names(
    row: Sequence[Raw], pattern: re.Pattern[str], vocabulary: Vocabulary
) -> tuple[dict[int, str], list[str]]:
    """By column what texts of a row are without their mark, and the headings that have none.

    Nothing where a cell is neither.
    """
    bare, others = {}, []
    for column, cell in enumerate(row):
        if cell == "":
            continue
        if not isinstance(cell, str):
            return {}, []
        key = heading_key(cell)
        match = pattern.fullmatch(plain(cell)) or pattern.fullmatch(key)
        # 距主干道m and 致贫原因1 are known as they stand.
        if key in _WITHOUT or not vocabulary.keys.isdisjoint(spellings(key)):
            others.append(key)
        elif match:
            bare[column] = match["name"]
        else:
            return {}, []
    return bare, others


def _is_heading(
    bare: Mapping[int, str], others: Sequence[str], vocabulary: Vocabulary, *, is_ticked: bool
) -> bool:
    """Whether these names are headings, none of them twice, and one says whose row it is.

    姓名1 beside 姓名2 is another member's, and beside 户主姓名 too; 危房√ 缺水√ are answers.
    """
    keys = [*map(heading_key, bare.values())]
    known = [key for key in keys if vocabulary.knows(key)]
    if len({*keys, *others}) < len(keys) + len(others) or 2 * len(known) < len(keys):
        return False
    if len({*known, *others} - _WITHOUT) < LEAST_KNOWN:
        return False
    if is_ticked:
        return any(map(vocabulary.identifies, known))
    means = (vocabulary.meaning(key, ["member"]) for key in known)
    columns = {meaning.column for meaning in means if meaning is not None}
    is_of_member = bool(others) and "name" in columns and "household_id" not in columns
    return not is_of_member and any(map(vocabulary.identifies, [*known, *others]))


def _renamed(
    cells: CellMatrix,
    row: int,
    bare: dict[int, str],
    pattern: re.Pattern[str],
    vocabulary: Vocabulary,
) -> CellMatrix:
    """The cells with the names of a heading's row, and of those below it that have such marks."""
    values, codes = [*cells.values], cells.codes.copy()
    while bare:
        columns = [*bare]
        again = (codes[:, columns] == codes[row, columns]).all(axis=1)
        for column, name in bare.items():
            values.append(name)
            codes[again, column] = len(values) - 1
        row += 1
        bare = _bare_names(cells[row], pattern, vocabulary)[0] if row < len(cells) else {}
    return CellMatrix(values, codes)
