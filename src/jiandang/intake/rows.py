"""Which rows below a heading are data, totals, notes, repeated headings or blank."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from jiandang.formats.grid import Grid
from jiandang.formats.matrix import Rows
from jiandang.headings.text import heading_key
from jiandang.headings.units import unit_alone
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.foot import Foot
from jiandang.intake.guide_rows import answers_no_column, is_column_numbers, is_guide
from jiandang.intake.heading_again import HeadingAgain
from jiandang.intake.heading_rows import IDENTITY, is_heading_like
from jiandang.intake.home_lines import NUMBER_LABELS, said_of_home
from jiandang.intake.no_register import refuse_alike, refuse_lone
from jiandang.intake.other_lists import heads_another_list
from jiandang.intake.prefilled import Prefilled
from jiandang.intake.row_texts import (
    ALL_OF,
    COUNT,
    DAY,
    ENDS,
    FOOT,
    HOUSEHOLD_LINE,
    NOTE,
    PERSONS_NUMBER,
    TITLE,
    TOTAL,
    VILLAGE_LINE,
    ends_like_a_note,
    is_figure,
    is_no_answer,
    is_no_name,
    is_no_place,
    is_sum,
    names_figures,
    row_text,
    what_is_counted,
)
from jiandang.intake.segment import Kind, Segment
from jiandang.intake.spare_rows import take_out_spare
from jiandang.intake.totals import take_out_sums
from jiandang.patterns import regex
from jiandang.register.cells import CellType, ErrorValue, Raw
from jiandang.register.code_cells import Code
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS, STEP_TABLES
from jiandang.register.text import says_nothing, simplified

# What else a row of units holds.
_NO_UNIT = regex(r"(?:计量)?单位:?|\([^()]{1,6}\)")
_GUIDE_ROWS = 3
# Codes have six digits or more; smaller numbers are those of columns, or of lines.
_LEAST_CODE = 100_000
# What says whom a row of a list is about, which is no table of the register.
_LISTED = ("name", "id_number", "head_name", "head_id", "account")
_NAMES = {"name", "head_name", "village", "place", "town"}
_PERSONS = ("name", "head_name")
_OF_PERSONS = ("id_number", "head_id")
_PLACES = [name for name in PLACE_COLUMNS if name != "household_id"]
# So many cells of a row of steps are no remark.
_LEAST_OF_STEP = 4
# What is a key, whatever else is: letters and digits, behind which no total or note ends; in a code
# some digit.
_PLAIN_KEY = f"^[0-9A-Za-z一-龥]*[0-9A-Za-z一-龥--{ENDS}]$"
_PLAIN_CODE = f"^[A-Za-z一-龥]*[0-9](?:[0-9A-Za-z一-龥]*[0-9A-Za-z一-龥--{ENDS}])?$"
# A row of so few cells may be a day or a title.
_FEW = 3
# What stands in place of a name where nobody is.
_NOBODY = ("无", "暂无", "没有", "不详", "未填")


class Sorter:
    """Sorts the rows below one heading."""

    def __init__(self, grid: Grid, segment: Segment, vocabulary: Vocabulary) -> None:
        heading, cells = segment.heading, grid.cells
        self._sheet, self._cells = grid.name, cells
        self._segment, self._vocabulary = segment, vocabulary
        found = {meaning.column: column for meaning, column in heading.columns.items()}
        self._is_of_members = heading.table == "member"
        telling = IDENTITY.get(heading.table, _LISTED)
        if self._is_of_members and "household_id" not in found:
            telling = (*telling, "head_name")
        self._identity = {name: found[name] for name in telling if name in found}
        self._columns = {*heading.texts, *(c for p in segment.persons for c in p.values())}
        above = cells[heading.first_row : heading.last_row + 1]
        texts = [
            cell for row in above for cell in self._segment.inside(row) if isinstance(cell, str)
        ]
        self._texts = {*map(row_text, texts), *map(heading_key, texts)} - {""}
        who = self._identity.keys() - {"household_id", *PLACE_COLUMNS}
        self._who = [self._identity[name] for name in who]
        # Cells that may be filled in for whole pages beforehand.
        free = {found[name] for name in PLACE_COLUMNS if name in found} | heading.unknown.keys()
        # Where nobody is named a place or a household's number says whom the row is about.
        kept = set[int]() if who else {*self._identity.values()}
        self._prefilled = Prefilled(cells, segment, self._columns, free, kept)
        self._places = {found[name] for name in _PLACES if name in found}
        self._named = {name: c for name, c in found.items() if name in _NAMES}
        # Where what stands at the foot of a table may begin, besides in its first cell.
        self._labels = self._places | {found[name] for name in _PERSONS if name in found}
        # Of another department's list nothing is known.
        own = {c: COLUMNS.get(m.table, {}).get(m.column) for m, c in heading.columns.items()}
        self._types = types = {c: column.cell for c, column in own.items() if column is not None}
        self._foot = Foot(cells, segment, found, types)
        self._coded = {column: of for column, of in types.items() if isinstance(of, Code)}
        self._again = HeadingAgain(grid, segment, vocabulary)
        self._kinds: dict[bytes, Kind] = {}

    def sort(self, end: int) -> int:
        """Fill `Segment.rows`; gives the row where the next table starts, at most `end`."""
        rows, start = self._segment.rows, self._segment.heading.last_row + 1
        guide = [*self._guide_rows(start, end)]
        self._take_units([*range(self._segment.heading.first_row + 1, start), *guide])
        is_data = self._with_two_keys(start, end) & ~self._with_label_of_home(start, end)
        refuse_lone(self._sheet, self._cells, np.flatnonzero(~is_data) + start, start)
        for number in guide:
            is_data[number - start] = False
            rows[Kind.NOTE].append(number)
        for number in (np.flatnonzero(~is_data) + start).tolist():
            if number in guide:
                continue
            kind = self._kind_at(number)
            if kind is Kind.HEADING and not self._again.repeats(number):
                end = self._again.first_of(number)
                rows[kind] = [row for row in rows[kind] if row < end]
                break
            rows[kind].append(number)
        with_keys = (np.flatnonzero(is_data[: end - start]) + start).tolist()
        with_keys = self._foot.take_out(with_keys)
        if self._is_of_members:
            take_out_spare(self._cells, self._segment, self._columns)
        last = with_keys[-1] if with_keys else start - 1
        self._prefilled.take_out(last, self._names_somebody)
        rows[Kind.DATA] = sorted([*with_keys, *rows[Kind.DATA]])
        refuse_alike(self._sheet, self._cells, rows[Kind.DATA])
        take_out_sums(self._cells, self._segment)
        return end

    def _with_two_keys(self, start: int, end: int) -> NDArray[np.bool_]:
        """For each row whether it says twice whom it is about: a key alone could be a remark.

        Where a table has no two such columns, any other cell serves.
        """
        columns = dict(self._identity)
        if {"name", "household_id"} <= columns.keys():
            columns.pop("person_id", None)  # it may be filled in for persons to come
        columns |= {
            f"column {column}": column
            for column in sorted(self._segment.heading.texts)
            if len(columns) < 2 and column not in columns.values()
        }
        count = np.zeros(end - start, np.int8)
        for number, (name, column) in enumerate(columns.items()):
            lacking = np.flatnonzero(count < 2) if number > 1 else np.arange(end - start)
            if number > 1 and (name not in self._identity or not len(lacking)):
                break
            count[lacking] += self._has_key(name, column, lacking + start)
        return count >= min(2, len(columns))

    def _with_label_of_home(self, start: int, end: int) -> NDArray[np.bool_]:
        """For each row whether 户编号 stands in it before a number, as in a line above members."""
        found = np.zeros(end - start, bool)
        if not self._is_of_members or "household_id" in self._identity:
            return found
        values = self._cells.values
        if not NUMBER_LABELS.isdisjoint(values):
            labels = [code for code, cell in enumerate(values) if cell in NUMBER_LABELS]
            found |= np.isin(self._cells.codes[start:end], labels).any(axis=1)
        return found

    def _has_key(self, name: str, column: int, rows: Rows) -> NDArray[np.bool_]:
        """For each of the rows whether its cell may be a key."""
        distinct, places = self._cells.column(column, rows).distinct()
        is_code, texts = name in self._identity and name not in _NAMES, distinct.texts()
        # Nearly all: a name, a code.
        plain = texts.str.contains(_PLAIN_CODE if is_code else _PLAIN_KEY)
        known = [*self._texts, *([] if is_code else [*_NOBODY, *self._vocabulary.keys])]
        plain &= ~texts.is_in(known)
        is_key = plain.to_numpy().copy()
        others = np.flatnonzero(~is_key).tolist()
        is_key[others] = [self._is_key(cell, is_code) for cell in distinct.at(others)]
        found: NDArray[np.bool_] = is_key[places]
        return found

    def _is_key(self, cell: Raw, is_code: bool) -> bool:
        """Whether a cell is no heading, total, remark or column number."""
        if isinstance(cell, ErrorValue):
            return False
        if isinstance(cell, str):
            if says_nothing(row_text(cell)):
                return False
            if cell.isalnum():
                if cell[-1] in ENDS:
                    text = simplified(cell)
                    if TOTAL.match(text) or ends_like_a_note(text):
                        return False
                if is_code:
                    return cell not in self._texts and not cell.isalpha()
                return cell not in self._texts and cell not in self._vocabulary.keys
            key = row_text(cell)
            if is_code and (":" in key or not any(map(str.isdigit, key))):
                return False
            if not key or key in self._texts or self._vocabulary.knows(heading_key(cell)):
                return False
            return not (TOTAL.match(key) or NOTE.search(key) or ends_like_a_note(key))
        return not isinstance(cell, (int, float)) or cell >= _LEAST_CODE

    def _guide_rows(self, start: int, end: int) -> Iterator[int]:
        """The rows right under the heading that say how to fill in the table."""
        for number in range(start, min(start + _GUIDE_ROWS, end)):
            row = self._segment.inside(self._cells[number])
            filled = [cell for cell in row if cell != ""]
            if filled:
                says_how = is_guide(filled) or answers_no_column(row, self._types)
                if not (says_how or is_column_numbers(filled) or self._units(row)):
                    return
                yield number

    def _take_units(self, rows: Iterable[int]) -> None:
        """Let the units in a row of their own act as if each stood in its heading."""
        stacks = self._segment.heading.stacks
        for number in rows:
            for column, unit in self._units(self._segment.inside(self._cells[number])).items():
                if column in stacks:
                    stacks[column].append(f"({unit})")

    def _units(self, row: Sequence[Raw]) -> dict[int, str]:
        """The units of columns, where a row holds nothing else: (人) or 单位 — 人 元."""
        texts = {column: row_text(str(cell)) for column, cell in enumerate(row) if cell != ""}
        units = {
            column: unit
            for column, text in texts.items()
            if (unit := unit_alone(text)) and column not in self._identity.values()
        }
        others = (text for column, text in texts.items() if column not in units)
        is_only = all(says_nothing(text) or _NO_UNIT.fullmatch(text) for text in others)
        return units if is_only else {}

    def _kind_at(self, number: int) -> Kind:
        """Rows of the same cells, of which there may be a million, are looked at once."""
        codes = self._cells.codes[number].tobytes()
        if codes not in self._kinds:
            self._kinds[codes] = self._kind_of(self._segment.inside(self._cells[number]))
        return self._kinds[codes]

    def _kind_of(self, row: Sequence[Raw]) -> Kind:
        filled = [cell for cell in row if cell != ""]
        words = (cell for cell in filled if isinstance(cell, str))
        texts = [row_text(cell) for cell in words if not isinstance(cell, ErrorValue)]
        if not any(texts) and all(isinstance(cell, str) and not row_text(cell) for cell in filled):
            return Kind.BLANK
        if self._is_of_members and said_of_home(row, self._vocabulary):
            return Kind.NOTE
        if (
            is_heading_like(row, self._vocabulary)
            or self._is_heading_again(filled, texts)
            or heads_another_list(row, self._segment.heading, self._vocabulary)
        ):
            return Kind.HEADING
        is_about = [_identifies(row[column], name) for name, column in self._identity.items()]
        if self._is_of_somebody(row):
            return Kind.DATA if any(is_about) else Kind.REJECTED
        own = [row[self._identity[n]] for n in _OF_PERSONS if n in self._identity]
        if any(PERSONS_NUMBER.search(str(cell)) for cell in own):
            return Kind.DATA  # whatever else it is called
        if any(map(TOTAL.match, texts)) or (texts and all(map(COUNT.match, texts))):
            return Kind.TOTAL
        filled_in = sum(row[column] != "" for column in self._columns)
        # Steps may be a whole village's.
        is_step = self._segment.heading.table in STEP_TABLES and filled_in >= _LEAST_OF_STEP
        if any(map(ALL_OF.match, texts)) and not (is_step or self._names_somebody(row)):
            return Kind.TOTAL
        codes = [row[c] for n, c in self._identity.items() if n not in _NAMES]
        if any(PERSONS_NUMBER.search(str(cell)) for cell in codes):
            return Kind.DATA
        if self._is_of_figures(row, codes):
            return Kind.TOTAL if any(map(is_sum, texts)) else Kind.NOTE
        lines = (HOUSEHOLD_LINE.search, VILLAGE_LINE.fullmatch)
        if len(filled) == 1 and any(is_line(text) for text in texts for is_line in lines):
            return Kind.NOTE
        labels = (row_text(cell) for c in self._labels if isinstance(cell := row[c], str))
        if texts and (FOOT.match(texts[0]) or any(map(FOOT.match, labels))):
            return Kind.NOTE
        if any(map(NOTE.search, texts)) or is_column_numbers(filled) or self._units(row):
            return Kind.NOTE
        if len(filled) <= _FEW and any(DAY.match(t) or TITLE.search(t) for t in texts):
            return Kind.NOTE
        if any(is_about):
            return Kind.NOTE if self._is_a_remark(row) else Kind.DATA
        # A lone remark below or beside a table; a row of data without a name is a rejected row.
        if filled_in < 2:
            return Kind.NOTE
        # Steps that were taken are somebody's: whose, only the number says, which is asked for.
        return Kind.DATA if is_step else Kind.REJECTED

    def _is_a_remark(self, row: Sequence[Raw]) -> bool:
        """Whether a row says nothing of anybody: what stands in it is no name, and no value.

        The number of the row may be counted on, in a column of the county's own.
        """
        columns = self._named.items()
        is_no = {c: is_no_name if name in _PERSONS else is_no_place for name, c in columns}

        def says_nothing_of_anybody(column: int, cell: Raw) -> bool:
            if column in is_no and isinstance(cell, str) and is_no[column](row_text(cell)):
                return True
            is_number = isinstance(cell, (int, float)) and column in self._segment.heading.unknown
            return is_number or is_no_answer(cell)

        return all(says_nothing_of_anybody(column, row[column]) for column in self._columns)

    def _is_of_somebody(self, row: Sequence[Raw]) -> bool:
        """Whether a row says what no total does, whatever name stands in it.

        Words of the code lists (男, 户主), two of them, or one and a household's number.
        """
        number = self._identity.get("household_id")
        marks = int(number is not None and self._is_key(row[number], is_code=True))
        return marks + sum(_is_of_list(row[c], cell) for c, cell in self._coded.items()) >= 2

    def _is_of_figures(self, row: Sequence[Raw], codes: Sequence[Raw]) -> bool:
        """Whether a row without a code is of numbers, and of texts that name them: 全镇 12 29.

        Beside them the place may stand that the numbers are of.
        """
        if any(self._is_key(cell, is_code=True) for cell in codes):
            return False
        texts = {c: row_text(str(cell)) for c, cell in enumerate(row) if cell != ""}
        own = [text for c, text in texts.items() if c not in self._places]
        named = {t for n in _PERSONS if (t := texts.get(self._named.get(n, -1)))}
        counted = {*filter(self._is_counted, named)}
        return (
            (bool(counted) or any(map(names_figures, texts.values())))
            and any(map(str.isdigit, "".join(own)))
            and all(not t or is_figure(t) or says_nothing(t) or t in counted for t in own)
        )

    def _is_counted(self, text: str) -> bool:
        """Whether a text says what of people is counted: 男性, 残疾人数, 平均年龄."""
        counted = what_is_counted(text)
        if any(counted in cell.code_list.words for cell in self._coded.values()):
            return True
        return any(self._vocabulary.knows(f"{counted}{end}") for end in ("", "人数"))

    def _is_heading_again(self, filled: Sequence[Raw], texts: Sequence[str]) -> bool:
        """Whether all cells, several, are texts of the heading, as the groups over its columns."""
        known = {text for text in texts if text in self._texts}
        return len(known) >= 2 and len(filled) == len(texts) and known.issuperset(texts)

    def _names_somebody(self, row: Sequence[Raw]) -> bool:
        return any(self._is_key(row[column], is_code=False) for column in self._who)


def _is_of_list(cell: Raw, of: CellType) -> bool:
    """Whether a cell holds a word of its column's code list; a number could be a sum, 无 any."""
    if is_no_answer(cell) or not isinstance(cell, str) or row_text(cell)[0].isascii():
        return False
    return of.holds(cell)


def _identifies(cell: Raw, name: str) -> bool:
    """Whether a cell says whom its row is about: any name does, but a code has digits."""
    if cell in ("", 0) or isinstance(cell, ErrorValue):
        return False
    return name in _NAMES or any(map(str.isdigit, str(cell)))
