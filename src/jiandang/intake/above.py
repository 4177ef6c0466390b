"""Cells that mean the one above: 同上, what a household's first row says for all its rows, and the
place that stands in the first of its rows alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import Grid
from jiandang.headings.vocabulary import Meaning
from jiandang.intake.codebook import Lists, options_at
from jiandang.intake.columns import parse_column
from jiandang.intake.numbering import village_in
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import Context, Raw
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS
from jiandang.register.text import plain

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_WORDS = ("同上", "同↑", "上同", "同前", "同左上", "如上", "同")
# Once or several times, with or without blanks between: 〃 〃
_SIGNS = ("〃", "″", "∥", '"', "＂", "“", "”", "〞", "〝", "々", "↓")
_TWICE = (
    "..",
    "...",
    "。。",
    "´´",
    "“”",
    "''",
    "’’",
    "‘’",
    "‘‘",
    "′′",
    "、、",
    ",,",
    "，，",
    "ˊˊ",
    "``",
)
_MARKS = (
    *(f"{word}{behind}" for word in _WORDS for behind in ("", "。", "户", "组", "村", "行")),
    *(f"{left}{word}{right}" for word in _WORDS for left, right in ("()", "（）", "[]", "【】")),
    *(f"同{blank}上" for blank in (" ", "  ", "   ", "\u3000", "\u3000\u3000")),
    *_TWICE, *(" ".join(signs) for signs in _TWICE),
    *(blank.join([sign] * times) for sign in _SIGNS for times in range(1, 5)
      for blank in ("", " ", "  ", "\u3000")),
)  # fmt: skip
# Some write them between strokes: --〃--
_STROKES = ("", "…", "- ", "-", "--", "－", "－－", "—", "——", "–", "─", "──")
# Others put them in the middle of the cell with blanks.
_PADS = [blank * times for blank in (" ", "\u3000") for times in range(1, 5)]
_AROUND = [
    *((stroke, stroke[::-1]) for stroke in _STROKES),
    *(around for pad in _PADS for around in ((pad, ""), ("", pad), (pad, pad))),
]
DITTO = frozenset(f"{left}{mark}{right}" for mark in _MARKS for left, right in _AROUND)
# What also stands below a number that holds for several rows.
_BELOW = DITTO | {"/", "／", "//", "\\", "|", "-", "--", "－", "–", "—", "——", "…", "……"}
# Below the name of a place any sign means that name, but for those that stand for nothing.
_LONGEST_SIGN = 8
_NOTHING = regex(r"[-—–―─－_/\\／|]+")
_NAMED = frozenset(PLACE_COLUMNS) - {"household_id", "village_code"}
# Of so many rows one has the place, at most.
_LEAST_BLANK = 3
# The title of a next page.
_CONTINUED = regex("续|第.{1,3}页")
# One person's alone, and what tells a household in the table of households.
_NEVER = {
    ("member", "name"), ("member", "id_number"), ("member", "person_id"),
    ("household", "household_id"), ("household", "head_name"), ("household", "head_id"),
}  # fmt: skip


@dataclass
class FromAbove:
    """What was read from above: the cells (place among the data rows, column), and what is said."""

    cells: set[tuple[int, int]] = field(default_factory=set)
    observations: list[Observation] = field(default_factory=list)

    def add(self, places: Places, column: int) -> None:
        self.cells.update((place, column) for place in places.tolist())


def read_from_above(grid: Grid, segment: Segment, number: int, lists: Lists) -> FromAbove:
    """Copy values down in `grid.cells` where the cells of data rows mean the value above.

    `number` is the sheet's in the register; `lists` are the file's own lists of codes.
    """
    found = FromAbove()
    rows = np.array(segment.rows[Kind.DATA], np.int64)
    if len(rows) > 1:
        _read_ditto(grid, segment, rows, number, found)
        _carry_places(grid, segment, rows, number, found)
        if segment.heading.table == "member":
            _carry_down(grid, segment, rows, number, lists, found)
    return found


def _read_ditto(grid: Grid, segment: Segment, rows: Places, number: int, found: FromAbove) -> None:
    values = grid.cells.values
    named = [c for m, c in segment.heading.columns.items() if m.column in _NAMED]
    signs = {column: _signs(grid, rows, column) for column in named}
    if DITTO.isdisjoint(values) and not any(signs.values()):
        return
    marks = [code for code, cell in enumerate(values) if cell in DITTO]
    blanks = [code for code, cell in enumerate(values) if isinstance(cell, str) and not plain(cell)]
    # A first row has none above it, nor has one behind a blank row or a heading.
    is_first = _behind_a_gap(grid, segment, rows)
    for meaning, column in segment.heading.columns.items():
        codes = grid.cells.codes[rows, column]
        is_mark = np.isin(codes, [*marks, *signs.get(column, ())])
        if not is_mark.any() or (segment.heading.table, meaning.column) in _NEVER:
            continue
        source = np.maximum.accumulate(np.where(is_mark & ~is_first, 0, np.arange(len(rows))))
        has_value = is_mark & ~is_mark[source] & ~np.isin(codes[source], blanks)
        places = np.flatnonzero(has_value)
        if len(places):
            grid.cells.codes[rows[places], column] = codes[source[places]]
            found.add(places, column)
            ref = reference(number, int(rows[places[0]]) + 1)
            heading = COLUMNS[meaning.table][meaning.column].heading
            seen = {"count": len(places), "column": heading}
            found.observations.append(
                Observation(Notice.DITTO, ref, meaning.table, meaning.column, column, "", "", seen)
            )


def _signs(grid: Grid, rows: Places, column: int) -> list[int]:
    """The cells of a column of places in which signs stand alone, as "..": of their codes."""
    values = grid.cells.values
    codes = np.unique(grid.cells.codes[rows, column]).tolist()
    return [code for code in codes if means_place_above(values[code])]


def means_place_above(cell: Raw) -> bool:
    """Whether a cell of a column of places holds a sign that stands for the one above."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_SIGN or any(map(str.isalnum, cell)):
        return False
    sign = plain(cell).replace(" ", "")
    return sign != "" and not _NOTHING.fullmatch(sign)


def _carry_down(
    grid: Grid, segment: Segment, rows: Places, number: int, lists: Lists, found: FromAbove
) -> None:
    """Numbers of households, and places, that stand in the first row of each household alone.

    Where nobody has a number, the heads' names tell the households, and are carried as it is.
    """
    columns = {m.column: c for m, c in segment.heading.columns.items() if m.table == "member"}
    of_number = columns.get("household_id")
    values = grid.cells.values
    blanks = [0]
    if not _BELOW.isdisjoint(values):
        blanks += [code for code, cell in enumerate(values) if cell in _BELOW]
    carried: dict[str, Places] = {}
    names = [name for name in PLACE_COLUMNS if name != "household_id" and name in columns]
    if of_number is None:
        of_head = segment.heading.columns.get(Meaning("household", "head_name"))
        if of_head is not None:
            columns["head_name"] = of_head
            names.append("head_name")
        same = _below_a_head(grid, segment, rows, lists)
    else:
        first = _first_rows(grid, segment, rows, of_number, blanks, lists)
        if first is not None:
            carried["household_id"] = _carry(grid, rows, of_number, first, blanks)
        numbers = grid.cells.codes[rows, of_number]
        same = np.append(False, numbers[1:] == numbers[:-1]) & ~np.isin(numbers, blanks)
    same &= ~_behind_a_gap(grid, segment, rows)
    first = np.maximum.accumulate(np.where(same, 0, np.arange(len(rows))))
    for name in names:
        is_empty = np.isin(grid.cells.codes[rows, columns[name]], blanks) & same
        if is_empty.any() and 2 * is_empty.sum() >= same.sum():
            carried[name] = _carry(grid, rows, columns[name], first, blanks)
    carried = {name: places for name, places in carried.items() if len(places)}
    for name, places in carried.items():
        found.add(places, columns[name])
    if carried:
        found.observations.append(_carried("member", carried, columns, rows, number, "每户第一行"))


def _carry_places(
    grid: Grid, segment: Segment, rows: Places, number: int, found: FromAbove
) -> None:
    """Names of places that stand in the first of their rows alone, whatever else is in the rows.

    Most rows have none, and no name stands twice below itself, which all rows with one would.
    Behind a total nothing is carried on, nor behind a heading with a title over it.
    """
    titled = {*segment.rows[Kind.HEADING]} & {n + 1 for n in segment.rows[Kind.NOTE]}
    others = sorted([*segment.rows[Kind.TOTAL], *titled])
    part = np.searchsorted(others, rows)
    begins = np.append(True, part[1:] != part[:-1])
    for meaning, column in segment.heading.columns.items():
        if meaning.column not in _NAMED or meaning.table != segment.heading.table:
            continue
        codes = grid.cells.codes[rows, column]
        is_empty = codes == 0
        own = np.flatnonzero(~is_empty)
        if not len(own) or own[0] or _LEAST_BLANK * len(own) > len(rows):
            continue
        if (codes[own[1:]] == codes[own[:-1]]).any() and not begins[own].all():
            continue
        first = np.maximum.accumulate(np.where(begins | ~is_empty, np.arange(len(rows)), 0))
        places = _carry(grid, rows, column, first, [0])
        if len(places):
            found.add(places, column)
            name = meaning.column
            told = _carried(
                meaning.table, {name: places}, {name: column}, rows, number, "每段第一行"
            )
            found.observations.append(told)


def _carried(
    table: str,
    carried: Mapping[str, Places],
    columns: Mapping[str, int],
    rows: Places,
    number: int,
    first: str,
) -> Observation:
    """What is said of columns that stand in the `first` rows alone, with the places below it."""
    name, places = next(iter(carried.items()))
    ref = reference(number, int(rows[places[0]]) + 1)
    table = table if name in COLUMNS[table] else "household"
    known = COLUMNS["household"] | COLUMNS[table]
    headings = "、".join(known[name].heading for name in carried)
    seen = {"column": headings, "first": first, "count": max(map(len, carried.values()))}
    return Observation(Notice.CARRIED_DOWN, ref, table, name, columns[name], "", "", seen)


def _carry(grid: Grid, rows: Places, column: int, first: Places, blanks: Sequence[int]) -> Places:
    """Fill the `blanks` of a column from the `first` row of each; gives the filled rows."""
    codes = grid.cells.codes[rows, column]
    is_empty = np.isin(codes, blanks)
    places = np.flatnonzero(is_empty & ~is_empty[first])
    grid.cells.codes[rows[places], column] = codes[first[places]]
    return places


def _first_rows(
    grid: Grid,
    segment: Segment,
    rows: Places,
    of_number: int,
    blanks: Sequence[int],
    lists: Lists,
) -> Places | None:
    """For each row the first one of its household; None where all rows have to have a number.

    A household goes no further than to the next row with a number, or to one that begins another
    household: a head with a place or the like of its own, or any head where a household has but
    its number. It passes no blank row, total or note, but the heading of a next page.
    """
    codes, heading = grid.cells.codes, segment.heading
    has_none, gaps = np.isin(codes[rows, of_number], blanks), _behind_a_gap(grid, segment, rows)
    columns = {(m.table, m.column): c for m, c in heading.columns.items()}
    of_head = columns.get(("household", "head_name"))
    if not has_none.any() or (of_head is None and ("member", "relation") not in columns):
        return None
    is_head = _heads(grid, segment, rows, lists)
    is_first = is_head
    if of_head is not None:
        # He may stand in a column of his own, and not among the members.
        heads = codes[rows, of_head]
        is_other = np.append(True, heads[1:] != heads[:-1])
        is_first = is_head | (is_other & ~np.isin(heads, blanks))
    others = ~is_first & ~gaps
    if 2 * (has_none & others).sum() < others.sum():
        return None  # a number that somebody forgot
    places = np.arange(len(rows))
    marks = [c for (t, n), c in columns.items() if t != "member" or n in PLACE_COLUMNS]
    marked = np.array([c for c in marks if c != of_number], np.int64)
    cells = codes[np.ix_(rows, marked)] != 0
    # What most members have as well is no mark of a head's row.
    unnumbered = has_none & ~is_first
    cells = cells[:, 2 * cells[unnumbered].sum(axis=0) < max(unnumbered.sum(), 1)]
    begins = is_head & (cells.any(axis=1) if cells.shape[1] else True)
    if of_head is not None:
        numbered = np.maximum.accumulate(np.where(has_none, 0, places))
        begins |= ~np.isin(heads, blanks) & (heads != heads[numbered])
    starts = ~has_none | gaps | begins
    return np.maximum.accumulate(np.where(starts, places, 0))


def _below_a_head(grid: Grid, segment: Segment, rows: Places, lists: Lists) -> Flags:
    """The rows of the others in a household, where none has a number: those below a head's.

    Of a household that has a row of its own above its members the head's is one of them.
    """
    heads = _heads(grid, segment, rows, lists)
    columns = segment.heading.columns.items()
    own = [c for m, c in columns if m.table == "member" and m.column not in PLACE_COLUMNS]
    is_line: Flags = (grid.cells.codes[np.ix_(rows, np.array(own, np.int64))] == 0).all(axis=1)
    starts: Flags = is_line | (heads & ~np.append(False, is_line[:-1]))
    return ~starts & (np.cumsum(starts) > 0)


def _heads(grid: Grid, segment: Segment, rows: Places, lists: Lists) -> Flags:
    """The rows of 户主."""
    for meaning, column in segment.heading.columns.items():
        if (meaning.table, meaning.column) == ("member", "relation"):
            cells = grid.cells.column(column, rows)
            options = options_at(grid, segment, meaning, column, lists)
            context = Context(provincial=meaning.provincial, options=options)
            relations = parse_column(COLUMNS["member"]["relation"], cells, context).values
            return (relations == "户主").fill_null(False).to_numpy()
    return np.zeros(len(rows), bool)


def _behind_a_gap(grid: Grid, segment: Segment, rows: Places) -> Flags:
    """The data rows that follow on a blank row, a total or the like, and the first one.

    Not so those on the next page of a print-out, below the heading that stands there again, and a
    total of the page before.
    """
    is_behind = np.append(True, np.diff(rows) != 1)
    headings = sorted(segment.rows[Kind.HEADING])
    if not headings:
        return is_behind
    notes, totals = {*segment.rows[Kind.NOTE]}, {*segment.rows[Kind.TOTAL]}
    totals -= {row for row in totals if any("页" in str(cell) for cell in grid.cells[row])}
    village = _named_by(grid, range(segment.first_title_row, segment.heading.first_row))
    for place in sorted({*np.searchsorted(rows, headings).tolist()} - {0, len(rows)}):
        between = range(rows[place - 1] + 1, rows[place])
        above, village = village, _named_by(grid, notes.intersection(between)) or village
        is_behind[place] = not totals.isdisjoint(between) or village != above
    return is_behind


def _named_by(grid: Grid, titles: Iterable[int]) -> str | None:
    """The village that titles name, but for that of a next page."""
    texts = (cell for row in titles for cell in grid.cells[row] if isinstance(cell, str))
    named = (village_in(text) for text in texts if not _CONTINUED.search(text))
    return next(filter(None, named), None)
