"""Which rows of a sheet are headings, which table they head, and which column is which.

A heading may stand anywhere, over one to four rows with merged cells, with `*`, numbering,
units, blanks and line breaks in it. What is only close to a known heading is proposed, not taken.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from jiandang.formats.grid import Range
from jiandang.headings.periods import periods_among, take_periods
from jiandang.headings.surveyors import twice_alike
from jiandang.headings.text import heading_key, near_year_of, year_of
from jiandang.headings.vocabulary import (
    LEAST_KNOWN,
    Meaning,
    Vocabulary,
    is_part,
    is_told_together,
    mapped_among,
    meaning_of,
)
from jiandang.intake.auxiliary import VOTES, is_auxiliary
from jiandang.intake.by_others import name_persons, name_places, number_homes, tell_incomes
from jiandang.intake.home_lines import said_of_home
from jiandang.intake.stacks import heading_text_of, stacks_of
from jiandang.intake.whose import by_whom
from jiandang.patterns import regex
from jiandang.register.cells import Raw, as_text
from jiandang.register.code_cells import Code
from jiandang.register.marked_answers import TICKS
from jiandang.register.tables import CHANGES, COLUMNS, EMBEDDABLE
from jiandang.register.text import solid

MOST_HEADING_ROWS = 4
# The columns that say whom a row is about, by table. A row with none of them cannot be checked.
IDENTITY = {
    "member": ("name", "household_id", "id_number", "person_id"),
    "household": ("household_id", "head_name", "head_id"),
    "procedure": ("household_id", "head_name", "village_code", "village"),
    "survey": ("household_id", "head_name", "village_code", "village"),
    "allocation": ("code", "place", "town"),
    "village": ("village_code", "village"),
    CHANGES: ("name", "household_id", "id_number"),
}
# Below one name for several columns stand years or words.
_PART = regex("20[0-9]{2}年?度?|[^0-9]+")
_TOTAL = regex("合计|总计|小计|计|总数|总人口|总人数|人数|总面积|数量")
_OF_HEADS = regex("户|帮扶对象")
# 帮扶干部 is the helper where nobody else is; beside 帮扶责任人 he is another official.
_HELPER = regex("帮扶(?:责任)?(?:人|单位|开始|时间)")
# 务工地点 is the place where nothing else says how far that is; beside 务工状况 it is a text.
_WORK = regex("(?!.*(?:地点|地区))")
_OF_OFFICIALS = {"单位", "工作单位", "职务", "职称"}
_REACH = 60
# 60人; but 2016年 may be a heading.
_A_COUNT = regex(r"(?!20[0-9]{2}年)[0-9]+(?:\.[0-9]+)?[人户票名元个]*")
# So many texts of a row show whether it is a heading: to look at 16,000 in each row takes minutes.
_MOST_COLUMNS = 1000


@dataclass
class Heading:
    """The heading of one table on a sheet. Rows and columns are 0-based.

    A finding about it points into its last row.

    `stacks` are the texts over each column from top to bottom, `texts` the lowest of them;
    `mapped` as `mapped_among` gives it; of `periods` (3.6-3.13) the first and the last day are two
    columns; `of_head` are the columns that say of the head what others
    say of the members (户主性别).
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
    of_head: dict[Meaning, int] = field(default_factory=dict)
    periods: frozenset[int] = frozenset()


def find_heading(
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    vocabulary: Vocabulary,
    start: int = 0,
) -> Heading | None:
    """The first heading at or below row `start`, looked for in so many rows (`_REACH`).

    Below that of another list it is looked for in all rows: the list may be of any length.
    """
    stop = start + _REACH

    def block(first: int, last: int) -> tuple[int, Heading]:
        """The heading, and how many of its columns are understood: others' among them."""
        stacks = stacks_of(rows, merged, first, last)
        told = by_whom(stacks, vocabulary)
        heading = read_heading(told, vocabulary, first, last)
        others = {column for column in stacks if told[column] != stacks[column]}
        return len(others.union(heading.columns.values())), heading

    def rank(heading: Heading) -> tuple[int, int]:
        """How many of its columns the texts over them name together; then fewer rows count."""
        order, columns = [heading.table, *EMBEDDABLE], {*heading.columns.values()}
        named = (is_told_together(heading.stacks[c], order, vocabulary) for c in columns)
        return sum(named), heading.first_row - heading.last_row

    for row in range(start, len(rows)):
        if row >= stop:
            break
        if is_heading_like(rows[row], vocabulary) and not _labels_rows(rows[row : row + 3]):
            blocks = [
                block(first, last)
                for first in _first_rows(rows, merged, row, start, vocabulary)
                for last in range(max(first, row), min(first + MOST_HEADING_ROWS, len(rows)))
                if all(_may_go_on(rows[r : r + 3]) for r in range(row + 1, last + 1))
                and not any(_parts(rows[r], merged, r) for r in range(row + 1, last))
                and not any(said_of_home(rows[r], vocabulary) for r in range(row + 1, last + 1))
            ]
            most = max(count for count, _ in blocks)
            best = max((heading for count, heading in blocks if count == most), key=rank)
            best = _with_row_of_parts(best, rows, merged, vocabulary)
            if not _is_of_register(best) or _is_of_votes(best, rows):
                stop = len(rows)
                continue
            best.last_row = _end_of_merges(best, merged)
            return best
    return None


def _with_row_of_parts(
    heading: Heading,
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    vocabulary: Vocabulary,
) -> Heading:
    """The heading with the row below it, where that stands below columns of one name alone.

    There stand years, or 总数 男 女; or 姓名 电话 below 包村干部, which alone means nothing here. A
    name that is not merged stands above the first of its columns, and nothing above the others.
    """
    below = heading.last_row + 1
    count = Counter(heading.texts.values())
    alike = {column for column, text in heading.texts.items() if count[text] > 1}
    if below >= min(len(rows), heading.first_row + MOST_HEADING_ROWS):
        return heading
    alike = alike or _below_one_name(heading, rows[below])
    filled = {
        column: heading_text_of(cell) for column, cell in enumerate(rows[below]) if cell != ""
    }
    are_parts = filled.keys() <= alike and all(map(_PART.fullmatch, filled.values()))
    known = {*heading.texts} - {*heading.unknown}
    of_others = known.isdisjoint(filled) and all(
        vocabulary.knows(heading_key(text)) or text in _OF_OFFICIALS for text in filled.values()
    )
    if not filled or not (are_parts or of_others):
        return heading
    stacks = by_whom(stacks_of(rows, merged, heading.first_row, below), vocabulary)
    return read_heading(stacks, vocabulary, heading.first_row, below, heading.table)


def _below_one_name(heading: Heading, row: Sequence[Raw]) -> set[int]:
    """The columns of a row without a name of their own, and those whose name stands beside."""
    filled = {column for column, cell in enumerate(row) if cell != ""}
    unnamed = filled - heading.texts.keys()
    named = {max((c for c in heading.texts if c < column), default=-1) for column in unnamed}
    return unnamed | named if named <= filled else set()


def is_heading_like(row: Sequence[Raw], vocabulary: Vocabulary) -> bool:
    """Whether a row has enough known headings to be a heading, or the first row of one."""
    texts = [cell for cell in row if cell != ""][:_MOST_COLUMNS]
    known = {
        key
        for cell in dict.fromkeys(texts)
        if isinstance(cell, str) and vocabulary.knows(key := heading_key(cell))
    }
    if len(known) < 2 or _gives_values(texts) or said_of_home(row, vocabulary):
        return False
    # Counties add any number of columns of their own.
    return len(known) >= 0.4 * len(texts) or (
        len(known) >= vocabulary.least_known and any(map(vocabulary.identifies, known))
    )


def _gives_values(row: Sequence[Raw]) -> bool:
    """Whether it is a line of values behind their names: 应到, 60, 实到, 50."""
    filled = [cell for cell in row if cell != ""]
    texts = ((heading_text_of(cell), solid(as_text(cell))) for cell in filled)
    # The numbers of years may be headings.
    count = sum(not name or _A_COUNT.fullmatch(text) is not None for name, text in texts)
    return count > 1 and 2 * count >= len(filled)


def _first_rows(
    rows: Sequence[Sequence[Raw]],
    merged: Sequence[Range],
    row: int,
    start: int,
    vocabulary: Vocabulary,
) -> list[int]:
    """The rows with which a heading may begin that is known by this one: itself, or those above.

    It is one above where a heading's cell is merged from there down into this one.
    """
    found = [row]
    for top in range(row - 1, max(start - 1, row - MOST_HEADING_ROWS), -1):
        filled = [cell for cell in rows[top] if cell != ""]
        is_line = top < row - 1 and (len(filled) < 2 or not _is_text_row(filled))
        if is_line or _gives_values(rows[top]):
            break
        found.append(top)
    first = row
    for top, left, bottom, _ in merged:
        if top in found and top < first and bottom >= row and left < len(rows[top]):
            text = heading_text_of(rows[top][left])
            first = top if text and vocabulary.knows(heading_key(text)) else first
    return [top for top in found if top <= first]


def _is_of_register(heading: Heading) -> bool:
    """Whether a column says whom a row is about, or so many are known that it is missing."""
    if heading.table not in IDENTITY:  # another department's list
        return True
    own = {meaning.column for meaning in heading.columns}
    texts = chain.from_iterable(heading.stacks.values())
    heads = (c for meaning, c in heading.columns.items() if meaning.column == "head_name")
    # Beside a phone 姓名 is anybody's.
    names_heads = any(_OF_HEADS.search(t) for column in heads for t in heading.stacks[column])
    if heading.table == "household" and is_auxiliary(own, texts, names_heads=names_heads):
        return False
    if not own.isdisjoint(IDENTITY[heading.table]):
        return True
    # Nothing but columns of codes is a list of them: 填表代码, 数据字典.
    cells = [COLUMNS[meaning.table][meaning.column].cell for meaning in heading.columns]
    return len(own) >= LEAST_KNOWN and not all(isinstance(cell, Code) for cell in cells)


def _is_of_votes(heading: Heading, rows: Sequence[Sequence[Raw]]) -> bool:
    """Whether each row is what somebody voted: ticks below 同意 or 反对, and no numbers."""
    columns = {m.column: c for m, c in heading.columns.items() if m.table == "procedure"}
    votes = [columns[name] for name in VOTES if name in columns]
    if not votes or any(meaning.column == "household_id" for meaning in heading.columns):
        return False
    below = rows[heading.last_row + 1 : heading.last_row + 1 + _REACH]
    cells = {row[column] for row in below for column in votes if column < len(row)} - {""}
    return bool(cells) and all(isinstance(cell, str) and cell.strip() in TICKS for cell in cells)


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


def _parts(row: Sequence[Raw], merged: Sequence[Range], number: int) -> bool:
    """Whether a blank row ends what is above it: no merged cell reaches down into it."""
    return not any(cell != "" for cell in row) and not any(
        top < number <= bottom for top, _, bottom, _ in merged
    )


def _is_text_row(row: Sequence[Raw]) -> bool:
    return all(isinstance(cell, str) for cell in row)


def _end_of_merges(heading: Heading, merged: Sequence[Range]) -> int:
    """The last row that a merged heading cell reaches (at most `MOST_HEADING_ROWS` in all)."""
    last = heading.last_row
    for top, left, bottom, _ in merged:
        inside = heading.first_row <= top <= last and left in heading.texts
        if inside and bottom - heading.first_row < MOST_HEADING_ROWS:
            last = max(last, bottom)
    return last


def read_heading(
    stacks: dict[int, list[str]], vocabulary: Vocabulary, first: int, last: int, table: str = ""
) -> Heading:
    """The heading in rows `first` to `last` whose columns have these texts over each other.

    Where the `table` is not known it is the one of which they speak most.
    """
    table = table or vocabulary.table_of(stacks)
    may_embed = table == "member" or table in EMBEDDABLE
    order = [table, *(t for t in EMBEDDABLE if may_embed and t != table)]
    heading = Heading(table, first, last, {}, {}, stacks, {}, {})
    meanings = {column: meaning_of(stack, order, vocabulary) for column, stack in stacks.items()}
    if "survey" in order and (pair := twice_alike(stacks)) is not None:
        for number, column in enumerate(pair, 1):
            meanings[column] = Meaning("survey", f"surveyor_{number}")
    periods = periods_among(meanings, stacks)
    heading.mapped = mapped_among(meanings.values())
    first_at: dict[tuple[str, str], int] = {}
    for column, stack in stacks.items():
        heading.texts[column] = stack[-1]
        meaning = meanings[column]
        if meaning is None and (of_head := vocabulary.of_head(heading_key(stack[-1]))) is not None:
            heading.of_head.setdefault(of_head, column)
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
    heading.periods = take_periods(heading.columns, periods)
    if heading.repeated:
        _leave_other_words(heading)
        _leave_parts(heading, {c for c, s in stacks.items() if is_part(s, order, vocabulary)})
    if table == "allocation":
        name_places(heading.columns)
    if table in ("member", "household"):
        number_homes(table, heading.columns, heading.unknown)
        tell_incomes(heading.columns, heading.unknown)
        name_persons(table, heading.columns, heading.unknown)
    return heading


def _take_years(heading: Heading, own: int) -> None:
    """Of columns that differ in their year one is taken; the others are no doubles of it."""
    named = {column: year for column, stack in heading.stacks.items() if (year := year_of(stack))}
    # Alone 上年 may be the register's year as well: it is told apart from 本年 beside it.
    near = {column: near_year_of(stack, own) for column, stack in heading.stacks.items()}
    years = {column: year for column, year in near.items() if year is not None} | named
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
        column: named[column]
        for meaning, column in heading.columns.items()
        if own and named.get(column, own) != own and meaning.is_income
    }


def _leave_other_words(heading: Heading) -> None:
    """Of columns that may be the helper's, or say where somebody works, those that say it in other
    words are of another thing."""
    for other, (meaning, first) in list(heading.repeated.items()):
        taken = heading.columns.get(meaning, first)
        own = _HELPER if meaning.column.startswith("helper") else _WORK
        is_own = [bool(own.match(heading_key(heading.texts[c]))) for c in (taken, other)]
        if own is _HELPER and heading.texts[taken] == heading.texts[other]:  # the second helper
            del heading.repeated[other]
            heading.unknown[other] = solid(heading.texts[other])
            continue
        if (own is _HELPER or meaning.column == "work") and is_own[0] != is_own[1]:
            heading.columns[meaning], left = (taken, other) if is_own[0] else (other, taken)
            del heading.repeated[other]
            heading.unknown[left] = solid(heading.texts[left])


def _leave_parts(heading: Heading, parts: set[int]) -> None:
    """Of the columns below one text the total is what it says; 男 and 女 are the county's own."""
    for meaning, taken in list(heading.columns.items()):
        doubles = [column for column, (own, _) in heading.repeated.items() if own == meaning]
        own = [column for column in (taken, *doubles) if column in parts]
        if not doubles or not own:
            continue
        totals = [c for c in own if _TOTAL.fullmatch(solid(heading.stacks[c][-1]))]
        wholes = [column for column in (taken, *doubles) if column not in parts]
        del heading.columns[meaning]
        for kept in [*wholes, *totals][:1]:
            heading.columns[meaning] = kept
            heading.repeated.pop(kept, None)
        for column in set(own) - {*heading.columns.values()}:
            heading.repeated.pop(column, None)
            heading.unknown[column] = solid(heading.stacks[column][-1])
