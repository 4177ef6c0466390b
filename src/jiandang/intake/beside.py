"""What stands beside each other on a sheet: tables, and the members of a household in its row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from jiandang.formats.grid import Range, runs
from jiandang.formats.matrix import CellMatrix, Numbers
from jiandang.headings.numbered import number_of
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import IDENTIFYING, Meaning, Vocabulary, meaning_of
from jiandang.intake.heading_rows import Heading, read_heading
from jiandang.intake.lists_by_rows import is_list_by_rows, list_begins_by_rows
from jiandang.intake.option_words import Words, words_beside
from jiandang.intake.other_lists import LIST_TITLE, OPTIONS, ListBeside, list_begins, list_beside
from jiandang.intake.stacks import stacks_of
from jiandang.intake.whose import by_whom
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.codes import code_lists
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.text import solid

Stacks = Mapping[int, list[str]]
Persons = list[dict[Meaning, int]]

_LEAST_PART = 3
# Rows below the heading that are looked at, and of those the rows of who signed below the table.
_MOST_ROWS, _MOST_SIGNED = 2000, 12
_SIGNED = regex(
    r"盖章|签字|签名|签章|^[^:]{2,8}:|^(?:日期|时间)|^20[0-9]{2}[年.-][0-9]{1,2}[月.-][0-9]{1,2}日?$"
)
_NAME = Meaning("member", "name")
_NAMED = "姓名"
# Who is one of several: 子女1, 儿子二.
_NUMBERED_KIN = regex(r"(?<=.)\(?[0-9一二三四五六七八九十]\)?$")
_KIN = {"子女", "孩子", "父母", "孙子女", "老人"}
_WHO_BEGINS = ("household_id", "head_name")
_PLACES = ("place", "village", "town")
_PLANNED = {"planned_households", "planned_persons"}
# Any two columns of a sheet are nearer to each other than this.
_ANYWHERE = 1 << 14


class Table(NamedTuple):
    """A table that may stand beside others: its heading, and the columns between which it stands.

    `persons` are the columns of each member in a household's row, `lists` those of other people
    at its right.
    """

    heading: Heading
    within: range
    persons: Persons
    lists: list[ListBeside]


def tables_beside(
    heading: Heading,
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    vocabulary: Vocabulary,
    cells: CellMatrix,
) -> list[Table]:
    """The tables that stand beside each other below a heading, from left to right; mostly one.

    Another table begins behind an empty column, where the columns begin again, or below a title of
    its own; it has a column that identifies its rows, which the first one has too. So may a list
    of others, or right behind the table, where it says again who is listed, or where its rows are
    none of the table's. The heading stands in `rows`, what is below it in `cells`.
    """
    first, last = heading.first_row, heading.last_row
    plain = stacks_of(rows, merged, first, last, _ANYWHERE)
    words = words_beside(plain, cells, last, vocabulary)
    for each in words:
        del plain[each.column]
    stacks = by_whom(plain, vocabulary)
    parts = _parts(heading, plain, stacks, vocabulary, _without_signed(cells, last + 1))
    found = []
    for (columns, lists), following in zip(parts, [*parts[1:], None], strict=True):
        own = {column: stacks[column] for column in columns}
        persons = _persons(own, vocabulary)
        in_turn = _in_turn({column: plain[column] for column in columns}, vocabulary)
        persons = max(persons, in_turn, key=lambda each: sum(map(len, each)))
        taken = {column for person in persons for column in person.values()}
        rest = {column: stack for column, stack in own.items() if column not in taken}
        until = following[0][0] if following else _ANYWHERE
        options = [each for each in words if columns[0] < each.column < until]
        lists = [*lists, *_options(options)]
        whole = len(parts) == 1 and not (persons or lists)
        its = heading if whole else read_heading(rest, vocabulary, first, last)
        start = 0 if columns is parts[0][0] else columns[0]
        end = min([until, *(each.column for each in lists)])
        found.append(Table(its, range(start, end), persons, lists))
    return found


def _without_signed(cells: CellMatrix, start: int) -> Numbers:
    """The codes of the cells from a row on, without those below all others of who signed, and when.

    落款 stands at the right, a cell a row: it is of no column that stands over it.
    """
    codes: Numbers = cells.codes[start : start + _MOST_ROWS]
    filled = (codes != 0).sum(axis=1)
    several = np.flatnonzero(filled > 1)
    end = int(several[-1]) + 1 if len(several) else len(codes)
    below = range(end, min(end + _MOST_SIGNED, len(codes)))
    signed = [
        row
        for row in below
        if any(
            isinstance(cell, date) or (isinstance(cell, str) and _SIGNED.search(solid(cell)))
            for cell in cells[start + row]
        )
    ]
    if signed:
        codes = codes.copy()
        codes[signed] = 0
    return codes


def _options(words: Sequence[Words]) -> Iterator[ListBeside]:
    """The lists of words as lists beside the table; those that follow on each other are one."""
    for number, each in enumerate(words):
        if not number or words[number - 1].column < each.column - 1:
            yield ListBeside(each.column, tuple(each.words), OPTIONS)


def _parts(
    heading: Heading, plain: Stacks, stacks: Stacks, vocabulary: Vocabulary, below: Numbers
) -> list[tuple[list[int], list[ListBeside]]]:
    """The columns of each table, and the lists of others at its right."""
    parts: list[list[int]] = []
    lists: dict[int, list[ListBeside]] = {}  # by the number of parts before them
    for columns in _with_lists(plain, stacks, vocabulary, below):
        is_table = not parts or _is_table(columns, parts[-1], stacks, vocabulary)
        other = list_beside(columns, parts[-1], plain, stacks, vocabulary) if parts else None
        if parts and is_list_by_rows(columns, parts[-1], stacks, vocabulary, below):
            texts = tuple(heading_key(plain[column][-1]) for column in columns)
            other = other or ListBeside(columns[0], texts, None)
            is_table = is_table and not _is_of_persons_alone(columns, stacks, vocabulary)
        if other is not None and (other.what is not None or not is_table):
            lists.setdefault(len(parts) - 1, []).append(other)
        elif is_table:
            parts.append(columns)
        elif all(column in heading.texts for column in columns):
            parts[-1] += columns
    return [
        (part, lists.get(number, []) if is_last else [])
        for number, whole in enumerate(parts)
        for part, is_last in _with_last(_where_it_begins_again(whole, stacks, vocabulary))
    ]


def _runs(plain: Stacks) -> Iterator[list[int]]:
    """The columns that follow on each other, down to one over which a list is named: 低保名单."""
    for run in runs(sorted(plain)):
        starts = [
            column
            for column in run
            if column > run.start
            and plain[column][:-1] != plain[column - 1][:-1]
            and any(map(LIST_TITLE.search, plain[column][:-1]))
        ]
        for start, end in pairwise([run.start, *starts, run.stop]):
            yield list(range(start, end))


def _with_lists(
    plain: Stacks, stacks: Stacks, vocabulary: Vocabulary, below: Numbers
) -> Iterator[list[int]]:
    """The columns that follow on each other, down to a list of others right behind them."""
    for columns in _runs(plain):
        end = list_begins(columns, plain, stacks, vocabulary)
        if end == len(columns):
            end = list_begins_by_rows(columns, stacks, vocabulary, below)
        yield from (part for part in (columns[:end], columns[end:]) if part)


def _with_last(parts: Iterable[list[int]]) -> list[tuple[list[int], bool]]:
    """The parts, each with whether it is the last."""
    found = [*parts]
    return [(part, part is found[-1]) for part in found]


def _columns(columns: Sequence[int], stacks: Stacks, vocabulary: Vocabulary) -> set[str]:
    """The names of the columns that are known, whatever the table."""
    tables = list(vocabulary.tables)
    means = (meaning_of(stacks[column], tables, vocabulary) for column in columns)
    return {meaning.column for meaning in means if meaning is not None}


def _is_of_persons_alone(columns: Sequence[int], stacks: Stacks, vocabulary: Vocabulary) -> bool:
    """Whether they say who somebody is, and nothing of a household or a place."""
    return _columns(columns, stacks, vocabulary) & IDENTIFYING <= {"name", "id_number"}


def _is_table(
    columns: Sequence[int], before: Sequence[int], stacks: Stacks, vocabulary: Vocabulary
) -> bool:
    known = _columns(columns, stacks, vocabulary)
    again = known & _columns(before, stacks, vocabulary) & IDENTIFYING
    return len(known) >= _LEAST_PART and bool(again)


def _where_it_begins_again(
    columns: Sequence[int], stacks: Stacks, vocabulary: Vocabulary
) -> Iterator[list[int]]:
    """The columns, divided where the number of a household, or the place of a quota, comes again,
    and others with it.

    Without such a number it is the head's name, in a list of persons without households theirs.
    """
    tables = list(vocabulary.tables)
    means = [meaning_of(stacks[column], tables, vocabulary) for column in columns]
    names = [None if meaning is None else meaning.column for meaning in means]
    key = next((each for each in _WHO_BEGINS if each in names), "name")
    if _PLANNED & {*names}:  # a quota: 村名 户数 人数 村名 户数 人数
        key = max(_PLACES, key=names.count)
    numbers = [i for i, name in enumerate(names) if name == key]
    start = 0
    for number in numbers[1:]:
        # What stands before the number belongs to it where it comes again as well.
        texts = [stacks[column] for column in columns[start:number]]
        place = number
        while place > start + 1 and texts.index(stacks[columns[place - 1]]) + start < place - 1:
            place -= 1
        right = columns[place : min((n for n in numbers if n > number), default=None)]
        if _is_table(right, columns[start:place], stacks, vocabulary):
            yield list(columns[start:place])
            start = place
    yield list(columns[start:])


def _persons(stacks: Stacks, vocabulary: Vocabulary) -> Persons:
    """The columns of each member that has some of its own; none where that is not so."""
    numbered: dict[str, dict[Meaning, int]] = defaultdict(dict)
    for column, stack in stacks.items():
        found = _numbered(stack, vocabulary)
        if found is not None:
            number, meaning = found
            numbered[number].setdefault(meaning, column)
    _name_by_number(numbered, stacks)
    persons = [person for person in numbered.values() if _tells_who(person)]
    # Numbers that never come again are those of footnotes: 姓名(1) 身份证号(2).
    count = Counter(meaning for person in persons for meaning in person if _is_who(meaning))
    return persons if max(count.values(), default=0) > 1 else _repeated(stacks, vocabulary)


def _name_by_number(numbered: Mapping[str, dict[Meaning, int]], stacks: Stacks) -> None:
    """Take 家庭成员1 beside 身份证号1 and 关系1 for his name, where no other column is that."""
    for column, stack in stacks.items():
        person = numbered.get(number_of(heading_key(stack[-1])) or "")
        if person is not None and not any(meaning.column == "name" for meaning in person):
            person[_NAME] = column


def _tells_who(person: Iterable[Meaning]) -> bool:
    return any(map(_is_who, person))


def _is_who(meaning: Meaning) -> bool:
    return meaning.column in ("name", "id_number")


def _numbered(stack: Sequence[str], vocabulary: Vocabulary) -> tuple[str, Meaning] | None:
    """Which of a household's members the column is about, and what it says of it."""
    own = heading_key(stack[-1])
    for text in stack[:-1]:
        number = number_of(heading_key(text))
        if number is not None and (meaning := _of_member(own, vocabulary)):
            return number, meaning
    return vocabulary.of_numbered(own)


def _of_member(key: str, vocabulary: Vocabulary) -> Meaning | None:
    meaning = vocabulary.meaning(key, ["member"])
    return None if meaning is None or meaning.column in PLACE_COLUMNS else meaning


def _repeated(stacks: Stacks, vocabulary: Vocabulary) -> Persons:
    """Members whose columns are repeated without a number: 姓名 关系 性别 姓名 关系 性别."""
    persons: Persons = []
    order = ("member", "household", "procedure", "survey")
    for column in sorted(stacks):
        meaning = meaning_of(stacks[column], order, vocabulary)
        if meaning is None or meaning.table != "member" or meaning.column in PLACE_COLUMNS:
            continue
        if meaning.column == "name":
            persons.append({})
        if persons:
            persons[-1].setdefault(meaning, column)
    alike = {frozenset(person) for person in persons}
    is_list = len(persons) > 1 and len(alike) == 1 and len(persons[0]) >= _LEAST_PART
    return persons if is_list else []


def _in_turn(plain: Stacks, vocabulary: Vocabulary) -> Persons:
    """Members of whom the same is said in turn, each called by who he is to the head.

    配偶姓名 身份证号 关系 子女1姓名 身份证号 关系; or 姓名 and 关系 below 户主, 配偶 and 子女1.
    Others (监护人, 村医) have no relation to the head that the forms know.
    """
    columns = sorted(plain)
    keys = [heading_key(plain[column][-1]) for column in columns]
    starts = [i for i, column in enumerate(columns) if _names_one(plain[column], vocabulary)]
    if len(starts) < 2:
        return []
    length = starts[-1] - starts[-2]
    own = keys[starts[-1] + 1 : starts[-1] + length]
    means = [_of_member(key, vocabulary) for key in own]
    if len(own) < length - 1 or not any(each and each.column == "relation" for each in means):
        return []
    alike = [i for i in starts if keys[i + 1 : i + length] == own]
    persons: Persons = [{_NAME: columns[i]} for i in alike]
    for person, start in zip(persons, alike, strict=True):
        for column, meaning in zip(columns[start + 1 : start + length], means, strict=True):
            if meaning is not None:
                person.setdefault(meaning, column)
    return persons if len(persons) > 1 else []


def _names_one(stack: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a column is the name of a member whom its own text or that over it calls."""
    *over, own = map(heading_key, stack)
    meaning = _of_member(own, vocabulary)
    if meaning is not None:
        return meaning.column == "name" and all(map(_calls_a_member, over[-1:]))
    return (
        own == "家庭成员"
        or number_of(own) is not None
        or (own.endswith(_NAMED) and _calls_a_member(own.removesuffix(_NAMED)))
    )


def _calls_a_member(text: str) -> bool:
    """Whether a text says who one or some of a household are: 成员1, 配偶, 子女2."""
    kin = _NUMBERED_KIN.sub("", text)
    return (
        number_of(text) is not None
        or "成员" in text
        or kin in _KIN
        or code_lists()["relation"].find_spoken(kin) is not None
    )
