"""Lists of codes that a file prints beside its tables: in a note, or on a sheet of their own.

They may be texts (劳动能力：1无劳动力 2丧失劳动力) or stand in columns (劳动能力, 1, 无劳动力).
Whatever it is, what the file prints counts for its own codes, before any other list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from jiandang.formats.grid import Grid
from jiandang.headings.printed import Options, options_of, printed_list
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Meaning
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.code_cells import Code
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, MODELS
from jiandang.register.text import plain, without_circles

# The options of each list, by what `topic_of` says of a column.
Lists = Mapping[str, Options]

_MOST_ROWS = 2000
_MOST_COLUMNS = 60
_MOST_TEXT = 1_000_000  # characters: a list of codes is short
_MOST_BESIDE = 100
_BEHIND_TOPIC = r"(?:代码|编码|编号|选项|类型)?(?:表|说明)?"
_CALLED = regex(
    r"^(?:附?[表件]?[0-9一二三四五六七八九十]{1,3}[.、:])?(.+?)"
    r"(?:的?(?:代码|编码|编号|名称|选项|字典|指标|对照|说明|填写)+表?|表)?$"
)
_NOTE = regex(r"\s*(?:[①-⓿]|[备附]?注|说明|填表说明|\(?[0-9]{1,2}[.、)]|代码).{0,12}[:：(（]")
_CODE = regex(r"\(?0?([0-9]{1,2}|[A-L])\)?[.、]?")
_WORD = regex(r"[A-D]?[\u4e00-\u9fff].{0,30}")
_NEXT_NOTE = regex(r"[\s;。,、]*(?:[①-⓿]|\(?[0-9]{1,2}[.、)])?[\s;。,、]*$")
_ENDS = (None, "\n", "。", ";")


def topic_of(table: str, column: Column) -> str:
    """What a list of a column's codes goes by: its code list, or a question of 是 and 否."""
    if isinstance(column.cell, Code):
        return column.cell.codes
    return f"{table}.{column.id}" if column.cell.native is bool else ""


@cache
def _topics() -> dict[str, tuple[str, Column]]:
    """By the headings of columns of codes: what their lists go by, and the column."""
    found: dict[str, tuple[str, Column]] = {}
    for table in MODELS:
        for column in COLUMNS[table].values():
            if topic := topic_of(table, column):
                for heading in column.headings:
                    found.setdefault(heading_key(heading), (topic, column))
    return found


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_topics(), key=len, reverse=True)))
    return re.compile(rf"({names}){_BEHIND_TOPIC}(?=[^a-z]{{0,12}}[0-9A-L①-⓿])")


def lists_in(text: str) -> dict[str, Options]:
    """The lists that a text prints, each behind the name of its column."""
    text = "\n".join(map(plain, text.split("\n")))
    starts = [*_named().finditer(text)] if len(text) > 5 else []
    found: dict[str, Options] = {}
    for number, match in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        behind = _NEXT_NOTE.sub("", text[match.end() : end])
        for sign in _ENDS:
            part = behind if sign is None else behind.lstrip("\n:").split(sign)[0]
            _, options, _ = printed_list(match[1] + ":" + part.lstrip(" :=(为填\n"))
            topic, column = _topics()[match[1]]
            if options and _is_of(options, column):
                found.setdefault(topic, options)
                break
    return found


def _is_of(options: Options, column: Column) -> bool:
    """Whether any of the words is one of the column's: else the numbers are of something else."""
    return any(map(column.cell.holds, options.values()))


def options_at(
    grid: Grid, segment: Segment, meaning: Meaning, position: int, lists: Lists
) -> Options | None:
    """The words for the codes of a column: those that its heading prints, or an explanation below
    it, before those of `lists`."""
    column = COLUMNS[meaning.table][meaning.column]
    topic = topic_of(meaning.table, column)
    if not topic:
        return None
    heading = segment.heading.stacks[position]
    for row in (None, *segment.guides()):
        below = [] if row is None else [as_text(grid.cells[row][position])]
        if (options := options_of([*heading, *below], column)) is not None:
            return options
    return lists.get(topic)


def lists_beside(grid: Grid, segment: Segment) -> dict[str, Options]:
    """The lists in the titles and the notes of a table, and in a column of their own beside it."""
    titles = range(segment.first_line, segment.heading.first_row)
    found: dict[str, Options] = {}
    for row in [*titles, *segment.rows[Kind.NOTE]]:
        texts = [cell for cell in grid.cells[row] if isinstance(cell, str) and cell]
        for text in dict.fromkeys(texts):
            found = lists_in(text) | found
    rows = segment.rows[Kind.DATA][:_MOST_BESIDE]
    for column in segment.heading.unknown:
        if name := _called(segment.heading.texts[column]):
            cells = [as_text(cell) for cell in grid.cells.column(column, rows) if cell != ""]
            if not all(map(_CODE.fullmatch, cells)):
                found = lists_in(" ".join(dict.fromkeys([name, *cells]))) | found
    return found


def lists_in_notes(grid: Grid) -> dict[str, Options]:
    """The lists in the notes of a sheet of forms, which hold for its labels that print none."""
    found: dict[str, Options] = {}
    for text in grid.cells.values:
        if isinstance(text, str) and _NOTE.match(text):
            found = lists_in(text) | found
    return found


def lists_of_sheet(grid: Grid) -> dict[str, Options]:
    """The lists on a sheet that is no table."""
    if len(grid.rows) > _MOST_ROWS:
        return {}
    cells = [row[:_MOST_COLUMNS] for row in grid.rows]
    if sum(len(cell) for row in cells for cell in row if isinstance(cell, str)) > _MOST_TEXT:
        return {}
    rows = [[*map(_text, row)] for row in cells]
    found: dict[str, Options] = {}
    for row in rows:
        found = lists_in(":".join(filter(None, row))) | found
    return _in_columns(rows, grid.name) | found


def _text(cell: Raw) -> str:
    text = as_text(cell) if not isinstance(cell, bool) else ""
    return "\n".join(map(plain, text.split("\n")))


def _called(text: str) -> str | None:
    """The heading that a text on a sheet of codes is: 劳动能力 of 劳动能力代码表."""
    key = heading_key(text)
    if key in _topics():
        return key
    match = _CALLED.match(key)
    return match[1] if match and match[1] in _topics() else None


def _in_columns(rows: Sequence[Sequence[str]], name: str) -> dict[str, Options]:
    """The lists whose codes and words stand in two columns."""
    words: dict[str, dict[str, str]] = {}
    title = _called(name)
    above: dict[int, str | None] = {}
    for row in rows:
        filled = [(column, text) for column, text in enumerate(row) if text]
        pairs = [*_pairs(filled)]
        taken = {column for first, second, *_ in pairs for column in (first, second)}
        for column, text in filled:
            if column not in taken and not _CODE.fullmatch(without_circles(text)):
                above[column] = _called(text)
        if not pairs and len(filled) == 1:
            title, above = _called(filled[0][1]) or title, {}
        for first, second, code, word in pairs:
            left = [above[c] for c in sorted(above, reverse=True) if c < first]
            over = above.get(first) or above.get(second)
            heading = over or next(iter(left), None) or title
            if heading is not None:
                words.setdefault(heading, {}).setdefault(code, word)
    found: dict[str, Options] = {}
    for heading, options in words.items():
        topic, of = _topics()[heading]
        if len(options) > 1 and _is_of(options, of):
            found.setdefault(topic, options)
    return found


def _pairs(filled: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int, str, str]]:
    """Codes and words next to each other, and their columns."""
    place = 0
    while place + 1 < len(filled):
        (first, one), (second, other) = filled[place : place + 2]
        place += 1
        for code, word in ((one, other), (other, one)):
            match = _CODE.fullmatch(without_circles(code))
            if match and _WORD.fullmatch(word) and _called(word) is None:
                yield first, second, match[1].lstrip("0") or "0", word
                place += 1
                break


def headings_of(lists: Iterable[str]) -> str:
    """What the lists are of, in Chinese."""
    names = dict.fromkeys(
        next(c.heading for t, c in _topics().values() if t == topic) for topic in lists
    )
    return "、".join(names)
