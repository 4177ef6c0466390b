"""A sheet of another department → a list: its kind, its date, and the rows that may be needed."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from jiandang.formats.grid import Grid, Unreadable
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import Heading, find_heading, read_heading
from jiandang.intake.list_days import day_in
from jiandang.intake.list_kinds import ALL_KINDS, ListVocabulary, is_register, kind_among
from jiandang.intake.list_rows import COMPARED, RowsReader
from jiandang.intake.list_whose import pair_people
from jiandang.intake.rows import Sorter
from jiandang.intake.segment import Kind, Segment
from jiandang.matching.keys import KeysOfParts
from jiandang.register.lists.kinds import LIST_COLUMNS, LISTS
from jiandang.register.lists.read import ListRead

_SOME_HEADINGS = 4
# A sheet that has nothing in so many rows is blank.
_FIRST_ROWS = 60

REGISTER_GIVEN = "register_given"  # the code of a sheet that is the register's own


class UnknownKind(Unreadable):
    """A sheet that may be several kinds of list, or none."""


class NoTable(UnknownKind):
    """A sheet that has no table of anything, as a cover."""


_REGISTER = Vocabulary()


@dataclass(frozen=True)
class Told:
    """What is known of a file's lists besides what they say: by the user, or by 名单.toml."""

    table: str | None = None
    department: str = ""
    day: str | None = None
    covers: tuple[str, ...] = ()


def read_list(
    grid: Grid, path: Path, sha256: str, told: Told, keys: KeysOfParts
) -> ListRead | None:
    """The list of a sheet, with the rows that may be of somebody with the keys; None if blank.

    Raises UnknownKind.
    """
    if not grid.cells.codes[:_FIRST_ROWS].any():
        return None
    heading = _heading(grid, path, told)
    others = pair_people(heading, grid.rows)
    width = len(grid.rows[0])
    segment = Segment(others.beside(heading), range(width))
    Sorter(grid, segment, ALL_KINDS).sort(len(grid.rows))
    title = _title(grid, heading)
    found = ListRead(
        path,
        grid.name,
        heading.table,
        sha256,
        rows=segment.counts,
        columns=frozenset(m.column for m in heading.columns),
        unread=tuple(heading.texts[at] for at in sorted({*heading.unknown, *heading.repeated})),
        day=told.day or day_in(title) or day_in(path.stem) or day_in(grid.name),
        department=told.department or LISTS[heading.table].department,
        covers=told.covers,
    )
    RowsReader(grid, heading, others, found, segment.rows[Kind.DATA], title).read(keys)
    return found


def _title(grid: Grid, heading: Heading) -> str:
    """What stands above the headings."""
    return "\n".join(str(cell) for row in grid.rows[: heading.first_row] for cell in row if cell)


def _heading(grid: Grid, path: Path, told: Told) -> Heading:
    """The heading, of the kind that it is. Raises UnknownKind."""
    _refuse_register(grid, path, told)
    vocabulary = ListVocabulary(kinds=(told.table,)) if told.table else ALL_KINDS
    heading = find_heading(grid.rows, grid.merged, vocabulary)
    named = None
    if heading is not None and not told.table:
        named = kind_among((grid.name, path.stem, _title(grid, heading)))
    if heading is not None and (
        vocabulary.is_part(heading.stacks, named) or not vocabulary.is_certain(heading.stacks)
    ):
        kind = (
            vocabulary.of_same_office(heading.stacks, named)
            if named
            else vocabulary.spoken_of(heading.stacks)
        )
        one = ListVocabulary(kinds=(kind,)) if kind else None
        first, last = heading.first_row, heading.last_row
        heading = read_heading(heading.stacks, one, first, last) if one else None
    if heading is None:
        error = UnknownKind if _has_table(grid) else NoTable
        raise error("unknown_kind", _no_heading(grid, path, told))
    if LISTS[heading.table].tells_no_kind:
        own = ListVocabulary(kinds=(heading.table,))
        heading = read_heading(heading.stacks, own, heading.first_row, heading.last_row)
    return heading


def _has_table(grid: Grid) -> bool:
    """Whether rows fill several columns, of two at least below a heading that says who it is."""
    filled = (grid.cells.codes > 0).sum(axis=1)
    if (filled > 2).sum() > 1:
        return True
    for number in np.flatnonzero(filled > 1).tolist():
        keys = [heading_key(cell) for cell in grid.rows[number] if isinstance(cell, str)]
        if not _of_people().isdisjoint(keys):
            return bool((filled[number + 1 :] > 1).any())
    return False


@cache
def _of_people() -> set[str]:
    """The headings of all kinds that say who it is."""
    return {
        key
        for meanings in ALL_KINDS.tables.values()
        for key, meaning in meanings.items()
        if meaning.column in COMPARED
    }


def _no_heading(grid: Grid, path: Path, told: Told) -> str:
    if told.table:
        kind, headings = LISTS[told.table].title, list(LIST_COLUMNS[told.table].values())
        some = "、".join(column.heading for column in headings[:_SOME_HEADINGS])
        return f"“{path.name}”的“{grid.name}”里没有找到{kind}名单的表头（{some}等）"
    kinds = " ".join(model.title for model in LISTS.values())
    return (
        f"认不出“{path.name}”的“{grid.name}”是哪种名单，"
        f"请写明种类，例如 低保={path.name}；种类有：{kinds}。"
        "不是名单的请拿出来"
    )


def _refuse_register(grid: Grid, path: Path, told: Told) -> None:
    heading = find_heading(grid.rows, grid.merged, _REGISTER)
    columns = {meaning.column for meaning in heading.columns} if heading else set()
    if is_register(columns, is_called_list=bool(told.table)):
        raise UnknownKind(
            REGISTER_GIVEN,
            f"“{path.name}”是登记表，不是名单；比较两次登记用 --before",
        )
