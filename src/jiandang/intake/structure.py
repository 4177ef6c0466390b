"""What is to be said of a sheet itself: columns, blank rows, hidden parts, merged cells."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jiandang.formats.grid import Grid, Range, runs
from jiandang.headings.steps import is_level
from jiandang.headings.text import year_of
from jiandang.headings.vocabulary import Meaning, Vocabulary
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.several import OF_FAMILY, SEVERAL_IN_CELL, lists_numbers, lists_persons
from jiandang.patterns import regex
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS

# What a household may share with its neighbours, so that one merged cell may hold it for all.
_SHARED = {
    "bank", "income_year", "standard", "helper", "helper_unit", "helper_post", "helper_phone",
    "helper_since",
}  # fmt: skip
# Of more columns that nobody knows it is said how many they are.
_MOST_TOLD = 200
# Columns in which a household's row may name its members.
_OF_PERSONS = regex("成员|家人|人员|姓名")
# Places of rows that are named before it says 等.
_MOST_NAMED = 5


class BadMerge(NamedTuple):
    """A merged range that hides data, and what it covers in Chinese."""

    cells: Range
    covers: str


def structure_of(
    grid: Grid, segment: Segment, vocabulary: Vocabulary, number: int
) -> Iterator[Observation]:
    """All that the sheet's own form breaks; `number` is the sheet's in the register."""
    yield from _columns(grid, segment, vocabulary, number)
    yield from _odd_rows(segment, number)
    yield from _cut_off(grid, segment, number)
    yield from _hidden(grid, segment, number)
    for (top, left, bottom, _), covers in bad_merges(grid, segment):
        seen = {"covers": covers, "rows": bottom - top + 1}
        yield _at(segment, number, top, left, Notice.BAD_MERGE, seen)


def _at(
    segment: Segment,
    number: int,
    row: int,
    column: int,
    notice: Notice,
    seen: Mapping[str, object],
    value: str = "",
) -> Observation:
    """An observation about a cell by its place in the sheet."""
    ref = reference(number, row + 1)
    table = segment.heading.table
    return Observation(notice, ref, table, sheet_column=column, value=value, seen=seen)


def _at_heading(
    segment: Segment,
    number: int,
    column: int,
    notice: Notice,
    seen: Mapping[str, object],
    text: str = "",
) -> Observation:
    """An observation about a heading; `text` is its own unless told otherwise."""
    text = text or segment.heading.texts[column]
    return _at(
        segment, number, segment.heading.last_row, column, notice, {"heading": text, **seen}, text
    )


def _columns(
    grid: Grid, segment: Segment, vocabulary: Vocabulary, number: int
) -> Iterator[Observation]:
    """Headings that repeat a column, are of another year, or are not known."""
    heading = segment.heading
    for column, (meaning, first) in heading.repeated.items():
        known = COLUMNS[meaning.table][meaning.column].heading
        seen = {"other": heading.texts[first], "known": known}
        yield _at_heading(segment, number, column, Notice.REPEATED_COLUMN, seen)
    if heading.other_years:  # once a table: the columns of one form have one year
        column, year = min(heading.other_years.items())
        of_years = {"year": year, "own": vocabulary.income_year}
        yield _at_heading(segment, number, column, Notice.OTHER_YEAR, of_years)
    of_head = {*heading.of_head.values()}  # told where it is not read: `unread_of_head`
    unknown = {c: text for c, text in heading.unknown.items() if c not in of_head}
    for told, (column, text) in enumerate(unknown.items()):
        if told == _MOST_TOLD:
            why = f"和后面的列一共 {len(unknown) - told} 列没有认出"
            seen = {"nearest": "", "why": why}
            yield _at_heading(segment, number, column, Notice.UNKNOWN_COLUMN, seen, text)
            return
        of_unit = heading.other_units.get(column)
        is_other_year = year_of(heading.stacks[column]) is not None
        is_alone = is_level(text)  # 村 below 审核时间: its own text is no name
        nearest = "" if of_unit or is_other_year or is_alone else vocabulary.nearest(text)
        why = f"的单位换算不成“{of_unit}”" if of_unit else "没有认出"
        is_of_numbers = bool(OF_FAMILY.search(text)) and lists_numbers(grid, segment, column)
        if is_of_numbers or (_OF_PERSONS.search(text) and lists_persons(grid, segment, column)):
            nearest, why = "", SEVERAL_IN_CELL
        told_of = {"heading": text, "nearest": nearest, "why": why, "persons": is_of_numbers}
        yield _at_heading(segment, number, column, Notice.UNKNOWN_COLUMN, told_of)


def unread_of_head(segment: Segment, number: int) -> Iterator[Observation]:
    """The columns 户主性别 and the like, where the heads stand among the members or nobody does."""
    heading = segment.heading
    of_members = "以成员中户主的那一行为准"
    why = f"说的是户主，{of_members if heading.table == 'member' else '农户表不看这一列'}"
    for column in heading.of_head.values():
        seen = {"nearest": "", "why": why}
        yield _at_heading(segment, number, column, Notice.UNKNOWN_COLUMN, seen)


def _odd_rows(segment: Segment, number: int) -> Iterator[Observation]:
    """Blank and total rows between the data; rows about nobody."""
    leftmost = min(segment.heading.texts)
    for kind, what in ((Kind.BLANK, "空行"), (Kind.TOTAL, "合计（小计）行")):
        inside = [row for row in segment.rows[kind] if segment.is_inside(row)]
        if inside:
            seen = {"what": what, "rows": _named(inside)}
            yield _at(segment, number, inside[0], leftmost, Notice.ROW_BETWEEN, seen)
    prefilled = segment.rows[Kind.PREFILLED]
    if prefilled and segment.rows[Kind.DATA]:  # else the form is an empty one
        seen = {"rows": _named(prefilled)}
        yield _at(segment, number, prefilled[0], leftmost, Notice.PREFILLED, seen)
    for row in segment.rows[Kind.REJECTED]:
        about = {"column": "姓名、户编号等认得出是谁的列", "rejected": True}
        yield _at(segment, number, row, leftmost, Notice.EMPTY, about)


def row_cut_off(grid: Grid, segment: Segment) -> int | None:
    """The row of data within which the file seems to end."""
    last = len(grid.rows) - 1
    return last if grid.is_cut_off and last in segment.rows[Kind.DATA] else None


def _cut_off(grid: Grid, segment: Segment, number: int) -> Iterator[Observation]:
    """A person's row within which the file ends: whoever follows is missing too."""
    last = row_cut_off(grid, segment)
    if last is not None:
        rest = "这一行余下的内容（文件在这里中断，可能没有拷贝完，后面的行也可能缺失）"
        leftmost = min(segment.heading.texts)
        yield _at(segment, number, last, leftmost, Notice.EMPTY, {"column": rest})


def _hidden(grid: Grid, segment: Segment, number: int) -> Iterator[Observation]:
    """Data in a hidden sheet, in hidden rows or columns; one for all rows."""
    heading, data = segment.heading, segment.rows[Kind.DATA]
    leftmost = min(heading.texts)
    if grid.hidden and data:
        what = f"工作表“{grid.name}”"
        yield _at(segment, number, data[0], leftmost, Notice.HIDDEN, {"what": what})
    if rows := [row for row in data if row in grid.hidden_rows]:
        yield _at(segment, number, rows[0], leftmost, Notice.HIDDEN, {"what": _named(rows)})
    for column in sorted(grid.hidden_columns & heading.texts.keys()):
        if not grid.cells.column(column, data).is_blank:
            seen = {"what": f"列“{heading.texts[column]}”"}
            yield _at(segment, number, heading.last_row, column, Notice.HIDDEN, seen)


def _named(rows: Sequence[int]) -> str:
    """第5、8至10行; of many places the first ones, and how many rows there are in all."""
    found = [*runs(sorted(rows))]
    places = [str(r[0] + 1) if len(r) == 1 else f"{r[0] + 1}至{r[-1] + 1}" for r in found]
    more = "" if len(places) <= _MOST_NAMED else f"等{len(rows)}"
    return f"第{'、'.join(places[:_MOST_NAMED])}{more}行"


def bad_merges(grid: Grid, segment: Segment) -> Iterator[BadMerge]:
    """Merged ranges that cover members' own cells, several columns or households."""
    heading = segment.heading
    names = {column: meaning for meaning, column in heading.columns.items()}
    data = set(segment.rows[Kind.DATA])
    for merged in grid.merged:
        top, left, bottom, right = merged
        if top <= heading.last_row or top not in data:
            continue
        covered = [names[column] for column in range(left, right + 1) if column in names]
        if right > left and len(covered) > 1:
            yield BadMerge(merged, "几列")
        elif bottom > top and any(_is_members_own(meaning, heading.table) for meaning in covered):
            yield BadMerge(merged, f"几行的“{heading.texts[left]}”")
        elif any(map(_is_households_own, covered)) and _crosses(grid, segment, merged):
            yield BadMerge(merged, f"几户的“{heading.texts[left]}”")


def _is_members_own(meaning: Meaning, table: str) -> bool:
    return table == meaning.table == "member" and meaning.column not in PLACE_COLUMNS


def _is_households_own(meaning: Meaning) -> bool:
    return meaning.table == "household" and meaning.column not in {*PLACE_COLUMNS, *_SHARED}


def _crosses(grid: Grid, segment: Segment, merged: Range) -> bool:
    """Whether a range reaches over the rows of two households."""
    found = (c for m, c in segment.heading.columns.items() if m.column == "household_id")
    column = next(found, None)
    top, _, bottom, _ = merged
    if column is None:
        return False
    return len({*grid.cells.column(column, slice(top, bottom + 1))} - {""}) > 1
