"""Which rows of a sheet are headings, which table they head, and which column is which.

A heading may stand anywhere, over one to three rows with merged cells, with `*`, numbering,
units, blanks and line breaks in it. What is only close to a known heading is proposed, not taken.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from itertools import chain

from jiandang.formats.grid import Range
from jiandang.intake.auxiliary import is_auxiliary
from jiandang.intake.units import has_other_unit
from jiandang.register.cells import Raw
from jiandang.register.code_cells import Code
from jiandang.register.table import Column
from jiandang.register.tables import (
    CHANGES,
    COLUMNS,
    EMBEDDABLE,
    MODELS,
    PLACE_COLUMNS,
    own_columns,
)
from jiandang.register.text import plain, solid, without_circles
from jiandang.register.village import EIGHT

MOST_HEADING_ROWS = 3
# So many known headings, one of them identifying, make a row a heading, whatever else is in it.
LEAST_KNOWN = 4
IDENTIFYING = frozenset(
    {"household_id", "head_name", "head_id", "name", "id_number", "person_id"}
    | {"village", "village_code", "place", "code"}
)
# The columns that say whom a row is about, by table. A row with none of them cannot be checked.
IDENTITY = {
    "member": ("name", "household_id", "id_number", "person_id"),
    "household": ("household_id", "head_name", "head_id"),
    "procedure": ("household_id", "village_code", "village"),
    "survey": ("household_id", "village_code", "village"),
    "allocation": ("code", "place", "town"),
    "village": ("village_code", "village"),
    CHANGES: ("name", "household_id", "id_number"),
}
# Cells this far to the right of the last heading do not belong to the table (template markers).
_GAP = 4
# A row of more texts is no heading: each of them would be compared with all others.
_MOST_COLUMNS = 1000
# What is longer is no heading: 10 MB of < would be looked through for every bracket that opens.
_LONGEST = 1000
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_MARKS = "*★☆▲△▼▽※◆◇●○◎■□▪·•#§!、,.;:/|_-"
_CIRCLES = "①-⓿❶-➓⑴-⒛㈠-㉃"
_NUMBERING = re.compile(
    rf"^(?:[{re.escape(_MARKS)}{_CIRCLES}]"
    # 1. (1) 一、 (一) A1 A3a; before a number a bare numeral could be part of the name.
    rf"|\(?[0-9]{{1,2}}[.、):]|\(?[一二三四五六七八九十]+[、.)]"
    rf"|[A-Za-z][0-9]{{1,2}}[a-z]?[.、:]?(?=[{_HAN}*])|[0-9]{{1,2}}(?=[{_HAN}]))+"
)
_CLOSING_MARKS = re.compile(rf"[{re.escape(_MARKS)}]+$")
_CLOSING_CIRCLES = re.compile(rf"[{_CIRCLES}]+$")
_BRACKETS = re.compile(r"[(\[【〔<《{][^)\]】〕>》}]*[)\]】〕>》}]")
# What a form says of a column beside its name: how it is to be filled in.
_INSTRUCTION = re.compile(
    r"[(\[【〔<《{](?:必填项?|必须填写|选填|可选|非必填|可不填|可为空|单选|多选|可多选|下拉选择|下拉|勾选"
    r"|请选择|文本格式|文本|数字|日期|最多[^)\]】〕>》}]*|\*+|[A-Za-z ]+)?[)\]】〕>》}]"
)
# Two letters or more in a row, with what joins them, of a script that is not Chinese.
_COMBINING = "\u0300-\u036f\u0610-\u06ed\u0f00-\u0fff\u1800-\u18af"
_LETTER = rf"(?:(?![{_HAN}〇])[^\W\d_{_CIRCLES}]|[{_COMBINING}])"
_TRANSLATION = re.compile(rf"{_LETTER}(?:[\s.'’&/-]*{_LETTER})+\.?")
# 2015年 before a name, (2015年) or 2015年度 behind it; the year before, without a number.
_YEAR = re.compile(r"(?<![0-9])(?:20)?([0-9]{2})年|(?<![0-9])20([0-9]{2})(?![0-9])")
_OF_YEAR = re.compile(
    r"^(?:20[0-9]{2}年?度?|上一?年度?|去年|本年度?|当年|年度?)(?:全年)?(?![内终末底初月])"
    r"|[(\[【]?(?:20[0-9]{2}年?度?|上一?年度?|本年度?)[)\]】]?$"
)
_FIRST_HAN = "\u3400"
_ANY_HAN = re.compile(f"[{_HAN}]")


@lru_cache(8192)
def heading_key(text: str) -> str:
    """The part of a heading that names the column: 姓名 of `* 1.姓 名(必填)：` and `Name 姓名`.

    Blanks, marks, numbering, instructions and translations into other scripts are left out; units
    and other words in brackets stay.
    """
    key = plain(text[:_LONGEST])
    if _ANY_HAN.search(key):
        # Numbers like A1 are no translation: they go first, and blanks inside translations last.
        key = _TRANSLATION.sub(" ", _without_numbering(key))
    key = _INSTRUCTION.sub("", key.replace(" ", "")).replace("其中:", "")
    key = _CLOSING_MARKS.sub("", _without_numbering(key))
    inside = _BRACKETS.fullmatch(key)
    return key[1:-1] if inside else key


def _without_numbering(text: str) -> str:
    return _NUMBERING.sub("", text.strip())


def without_brackets(key: str) -> str:
    return key if key.isalnum() else _CLOSING_MARKS.sub("", _BRACKETS.sub("", key))


def without_year(key: str) -> str:
    """人均纯收入 of 2015年人均纯收入, 上年度人均纯收入 and 人均纯收入(2015年)."""
    return _OF_YEAR.sub("", key)


def year_of(stack: Sequence[str]) -> int | None:
    """The year that the texts over a column name, the lowest first."""
    for text in reversed(stack):
        if found := _YEAR.search(plain(text)):
            return 2000 + int(found[1] or found[2])
    return None


def _spellings(key: str) -> tuple[str, ...]:
    """The key, and what else it may stand for: without brackets, or without a circle at its end."""
    loose = without_brackets(key)
    if not _CLOSING_CIRCLES.search(loose):
        return (key, loose)
    # 调查人② is the second; 姓名① is one with a footnote.
    return (key, loose, without_circles(loose), _CLOSING_CIRCLES.sub("", loose))


@dataclass(frozen=True)
class Meaning:
    """What a heading means in one table: a column, and whether its codes are the S-P numbers.

    `mapped` is the key of the heading where the user's own words (`--map`) gave it that meaning.
    """

    table: str
    column: str
    provincial: bool = False
    mapped: str = field(default="", compare=False)

    def is_in_other_unit(self, text: str) -> bool:
        """Whether a heading names a unit in which no numbers of a register's column can be."""
        return self.table in MODELS and has_other_unit(text, COLUMNS[self.table][self.column])


@dataclass(frozen=True)
class Vocabulary:
    """All headings known in one run: the declared ones and those the user maps (`--map`).

    Of columns that differ in their year that of `income_year` is taken, else the latest. `names`
    are the tables that are looked for, those of a register unless told otherwise.
    """

    extra: Mapping[str, str] = field(default_factory=dict)
    income_year: int = 0
    names: tuple[str, ...] = tuple(MODELS)

    @cached_property
    def tables(self) -> dict[str, dict[str, Meaning]]:
        """Heading key → meaning, for each table."""
        tables = {name: {**_declared(name)} for name in self.names}
        for heading, canonical in self.extra.items():
            for known in tables.values():
                meaning = known.get(heading_key(canonical))
                if meaning is not None:
                    key = heading_key(heading)
                    known[key] = replace(meaning, mapped=key)
        return tables

    def table_of(self, stacks: Mapping[int, list[str]]) -> str:
        """The table that columns with these headings speak of."""
        return _main_table(stacks, self)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(key for known in self.tables.values() for key in known)

    def knows(self, text: str) -> bool:
        """Whether a text is a heading of any table."""
        if text in self.keys:
            return True
        if text.isalnum() and text[:1] >= _FIRST_HAN:  # nearly all: a name
            return False
        key = heading_key(text)
        return any(each in self.keys for each in (*_spellings(key), without_year(key)))

    def identifies(self, key: str) -> bool:
        """Whether the heading is of a column that says whom a row is about."""
        means = (self.meaning(key, [table]) for table in self.tables)
        return any(meaning is not None and meaning.column in IDENTIFYING for meaning in means)

    def meaning(self, key: str, tables: Iterable[str]) -> Meaning | None:
        """The first of `tables` in which the heading of a sheet means something."""
        for table in tables:
            known = self.tables.get(table, {})
            for spelling in _spellings(key):
                if (meaning := known.get(spelling)) is not None:
                    return meaning
        return None

    def nearest(self, key: str) -> str:
        """The canonical heading that an unknown one is nearest to, or an empty text.

        The same word is no help: there it is of another table than this sheet's.
        """
        near = get_close_matches(without_brackets(heading_key(key)), self.keys, n=1, cutoff=0.6)
        meanings = (known[key] for key in near for known in self.tables.values() if key in known)
        meaning = next(meanings, None)
        known = "" if meaning is None else COLUMNS[meaning.table][meaning.column].heading
        return "" if heading_key(known) == heading_key(key) else known


@cache
def _declared(table: str) -> dict[str, Meaning]:
    return known_headings(table, COLUMNS[table])


def known_headings(table: str, columns: Mapping[str, Column]) -> dict[str, Meaning]:
    """Heading key → meaning, for the columns of one table."""
    exact: dict[str, Meaning] = {}
    loose: dict[str, set[Meaning]] = {}
    for column in columns.values():
        for heading in column.headings:
            meaning = Meaning(table, column.id, heading in column.provincial_aliases)
            key = heading_key(heading)
            exact.setdefault(key, meaning)
            loose.setdefault(without_brackets(key), set()).add(meaning)
    for key, meanings in loose.items():
        # 指标(户) and 指标(人) differ only in their brackets: there the brackets count.
        if key and len({meaning.column for meaning in meanings}) == 1:
            exact.setdefault(key, next(iter(meanings)))
    return exact


def mapped_among(meanings: Iterable[Meaning | None]) -> frozenset[str]:
    """The keys of the user's own headings among them."""
    return frozenset(each.mapped for each in meanings if each is not None and each.mapped)


@dataclass
class Heading:
    """The heading of one table on a sheet. Rows and columns are 0-based.

    `stacks` are the texts over each column from top to bottom, `texts` the lowest of them;
    `mapped` as `mapped_among` gives it.
    """

    table: str
    first_row: int
    last_row: int
    columns: dict[Meaning, int]
    texts: dict[int, str]
    stacks: dict[int, list[str]]
    unknown: dict[int, str]
    repeated: dict[int, tuple[Meaning, int]]
    other_years: dict[int, int] = field(default_factory=dict)  # the years of such columns taken
    other_units: dict[int, str] = field(default_factory=dict)  # what unknown columns would be
    mapped: frozenset[str] = frozenset()

    def row_of_cells(self) -> int:
        """The row in which a finding about a heading points."""
        return self.last_row


def find_heading(
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    vocabulary: Vocabulary,
    start: int = 0,
    reach: int = 60,
) -> Heading | None:
    """The first heading at or below row `start`, looked for in `reach` rows.

    Below that of another list it is looked for in all rows: the list may be of any length.
    """
    stop = start + reach
    for row in range(start, len(rows)):
        if row >= stop:
            break
        if is_heading_like(rows[row], vocabulary) and not _labels_rows(rows[row : row + 3]):
            blocks = [
                read_heading(stacks_of(rows, merged, first, last), vocabulary, first, last)
                for first in ([row - 1, row] if row > start else [row])
                for last in range(max(first, row), min(first + MOST_HEADING_ROWS, len(rows)))
                if all(_may_go_on(rows[r : r + 3]) for r in range(row + 1, last + 1))
            ]
            best = max(blocks, key=lambda b: (len(b.columns), b.first_row - b.last_row))
            if not _is_of_register(best):
                stop = len(rows)
                continue
            best.last_row = _end_of_merges(best, merged)
            return best
    return None


def is_heading_like(row: Sequence[Raw], vocabulary: Vocabulary) -> bool:
    """Whether a row has enough known headings to be a heading, or the first row of one."""
    texts = [cell for cell in row if cell != ""]
    if len(texts) > _MOST_COLUMNS:
        return False
    known = {
        key
        for cell in dict.fromkeys(texts)
        if isinstance(cell, str) and vocabulary.knows(key := heading_key(cell))
    }
    if len(known) >= 2 and len(known) >= 0.4 * len(texts):
        return True
    # Counties add any number of columns of their own.
    return len(known) >= LEAST_KNOWN and any(map(vocabulary.identifies, known))


def _is_of_register(heading: Heading) -> bool:
    """Whether a column says whom a row is about, or so many are known that it is missing."""
    if heading.table not in IDENTITY:  # another department's list
        return True
    own = {meaning.column for meaning in heading.columns}
    texts = chain.from_iterable(heading.stacks.values())
    if heading.table == "household" and is_auxiliary(own, texts):
        return False
    if not own.isdisjoint(IDENTITY[heading.table]):
        return True
    # Nothing but columns of codes is a list of them: 填表代码, 数据字典.
    cells = [COLUMNS[meaning.table][meaning.column].cell for meaning in heading.columns]
    return len(own) >= LEAST_KNOWN and not all(isinstance(cell, Code) for cell in cells)


def _labels_rows(rows: Sequence[Sequence[Raw]]) -> bool:
    """Whether a text of the first row stands in both rows below it too: a list of codes.

    与户主关系|户主, 与户主关系|配偶 …: the name of the list before each of its values.
    """
    first, *below = rows
    return len(below) > 1 and any(
        cell != "" and all(column < len(row) and row[column] == cell for row in below)
        for column, cell in enumerate(first)
    )


def _may_go_on(rows: Sequence[Sequence[Raw]]) -> bool:
    """Whether the first row may be one more of a heading: of texts, none of them with its value."""
    return _is_text_row(rows[0]) and not _labels_rows(rows)


def _is_text_row(row: Sequence[Raw]) -> bool:
    return all(isinstance(cell, str) for cell in row)


def _end_of_merges(heading: Heading, merged: Sequence[Range]) -> int:
    """The last row that a merged heading cell reaches (at most three rows in all)."""
    last = heading.last_row
    for top, left, bottom, _ in merged:
        inside = heading.first_row <= top <= last and left in heading.texts
        if inside and bottom - heading.first_row < MOST_HEADING_ROWS:
            last = max(last, bottom)
    return last


def read_heading(
    stacks: dict[int, list[str]], vocabulary: Vocabulary, first: int, last: int
) -> Heading:
    """The heading in rows `first` to `last` whose columns have these texts over each other."""
    table = vocabulary.table_of(stacks)
    order = [table, *(t for t in EMBEDDABLE if t != table)] if _may_embed(table) else [table]
    heading = Heading(table, first, last, {}, {}, stacks, {}, {})
    meanings = {column: meaning_of(stack, order, vocabulary) for column, stack in stacks.items()}
    heading.mapped = mapped_among(meanings.values())
    first_at: dict[tuple[str, str], int] = {}
    for column, stack in stacks.items():
        heading.texts[column] = stack[-1]
        meaning = meanings[column]
        if meaning is None or meaning.is_in_other_unit(stack[-1]):
            heading.unknown[column] = solid(stack[-1])
            if meaning is not None:
                heading.other_units[column] = COLUMNS[meaning.table][meaning.column].heading
            continue
        earlier = first_at.setdefault((meaning.table, meaning.column), column)
        if earlier == column:
            heading.columns[meaning] = column
        else:
            heading.repeated[column] = (meaning, earlier)
    _take_years(heading, vocabulary.income_year)
    if table == "allocation":
        _name_places(heading)
    return heading


def _take_years(heading: Heading, own: int) -> None:
    """Of columns that differ in their year one is taken; the others are no doubles of it."""
    years = {column: year for column, stack in heading.stacks.items() if (year := year_of(stack))}
    for column, (meaning, first) in list(heading.repeated.items()):
        taken = heading.columns.get(meaning, first)
        if years.get(column) in (None, years.get(taken, years.get(column))):
            continue
        del heading.repeated[column]
        best = max((taken, column), key=lambda c: (years[c] == own, years[c]))
        heading.columns[meaning] = best
        other = column if best == taken else taken
        heading.unknown[other] = solid(heading.stacks[other][-1])
    heading.other_years = {
        column: years[column]
        for meaning, column in heading.columns.items()
        if own and years.get(column, own) != own and _is_income(meaning)
    }


def _is_income(meaning: Meaning) -> bool:
    return meaning.table == "household" and COLUMNS["household"][meaning.column].unit == "元"


def _name_places(heading: Heading) -> None:
    """Where a quota has no names but those of towns, these are the names of its places."""
    town, place = Meaning("allocation", "town"), Meaning("allocation", "place")
    if place not in heading.columns and town in heading.columns:
        heading.columns[place] = heading.columns.pop(town)


def _may_embed(table: str) -> bool:
    return table == "member" or table in EMBEDDABLE


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
        ["" if not isinstance(cell, str) else solid(cell) for cell in rows[row]]
        + [""] * (width - len(rows[row]))
        for row in range(first, last + 1)
    ]
    for top, left, bottom, right in merged:
        if top < first or top > last or left >= width:
            continue
        value = texts[top - first][left]
        for row in range(top, min(bottom, last) + 1):
            for column in range(left, min(right, width - 1) + 1):
                texts[row - first][column] = value
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


def meaning_of(stack: list[str], order: Sequence[str], vocabulary: Vocabulary) -> Meaning | None:
    """The meaning of a column: 帮扶责任人 over 姓名 is tried whole before 姓名 alone."""
    tails = ["".join(map(heading_key, stack[i:])) for i in range(len(stack))]
    if len(stack) > 2:
        tails.insert(2, heading_key(stack[0]) + heading_key(stack[-1]))
    keys = [*tails, *(heading_key(text) for text in reversed(stack[:-1]))]
    of_any_year = [key for own in keys if (key := without_year(own)) != own]
    for key in [*keys, *of_any_year]:
        if (meaning := vocabulary.meaning(key, order)) is not None:
            return meaning
    return None


# Two of these make a sheet a list of persons, whatever household columns it has besides.
_PERSONAL = frozenset(own_columns("member")) - {"benefit"}
_LEAST_PERSONAL = 3


def _main_table(stacks: Mapping[int, list[str]], vocabulary: Vocabulary) -> str:
    """The table that the columns speak of most: persons before places before households."""
    if len(vocabulary.names) == 1:
        return vocabulary.names[0]
    own: dict[str, set[str]] = {}
    for table in vocabulary.names:
        meanings = (meaning_of(stack, [table], vocabulary) for stack in stacks.values())
        own[table] = {m.column for m in meanings if m is not None} - set(PLACE_COLUMNS)
    if len(own["member"] & _PERSONAL) >= _LEAST_PERSONAL:
        return "member"
    if own.get(CHANGES, set()) >= {"direction", "reason"}:
        return CHANGES
    if own["allocation"] & {"planned_households", "planned_persons"}:
        return "allocation"
    # One of the eight alone (居住环境) may be said of a household.
    if own["village"] - {*EIGHT} or len(own["village"]) > 1:
        return "village"
    if len(own["household"]) >= _LEAST_PERSONAL:
        return "household"
    return max(EMBEDDABLE, key=lambda table: len(own[table]))
