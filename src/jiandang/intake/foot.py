"""What stands below a table and is about nobody of it: who signed it, dates, places, counts.

It is told by its cells: what stands in them is of another kind than what stands above.
"""

from bisect import bisect
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np

from jiandang.formats.matrix import CellMatrix
from jiandang.headings.text import heading_key
from jiandang.intake.masked import MASKED_NUMBER
from jiandang.intake.option_words import are_lists, lists_with
from jiandang.intake.row_texts import (
    DAY,
    FOOT,
    PERSONS_NUMBER,
    is_no_answer,
    is_no_name,
    names_figures,
    names_nobody,
    row_text,
    what_is_counted,
)
from jiandang.intake.segment import Kind, Segment
from jiandang.patterns import regex
from jiandang.register.cells import CellType, ErrorValue, Raw
from jiandang.register.code_cells import Code
from jiandang.register.codes import code_lists
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.village_names import VILLAGE_ENDINGS

# So many words are a list of them.
_LEAST_WORDS = 2
# No foot has more rows.
_MOST_ROWS = 20
# So many rows show what stands in a column.
_MOST_LOOKED_AT = 500
_PERSONS = ("name", "head_name")
_NUMBERS = ("household_id", "person_id", "id_number", "head_id", "village_code", "code")
_PLACE = regex(
    rf"[0-9]|[一二三四五六七八九十](?:组|队|社|区|$)|(?:{'|'.join(VILLAGE_ENDINGS)}|[县市区乡镇组队])$"
)
_DATE = regex(r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}(?:[-/.月]|$)")
# Of so many digits a number is one, whatever stands above.
_LEAST_CODE = 6
# A row with so many cells that is nearly as full as those above is one of theirs.
_FULL = 6
_PHONE = regex(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
# How the names of offices end, and of what else is signed, dated or announced.
_OFFICE = regex(
    "(?:[员人长]|书记|主任|会计|文书|干部|代表|领导|小组|工作队|签[名字章]|日期|时间|电话|单位|地点"
    "|来源|^村?委会|支部)$"
)
# Those who met, looked or decided: no place, no number and no name.
_BODY = regex("(?:大会|会议|代表会|调查组|核查组|工作[组队]|[议督]小组|村两委|理事会)(?:成员)?:?$")
# A post, or a group of those who have one: nobody's number, nor his relation to a head.
_POST = regex(
    "(?:[组队][长员]|(?:调查|核查|工作|评议|监督|领导|帮扶)小?[组队]|干部|书记|支书|主任|会计|文书"
    "|网格员|(?:调查|核查|录入|信息|联络|监督)[人员]|(?:负责|经办|填表|制表|审核|复核|联系)人)"
    "(?:成员|签[名字])?:?$"
)
# What else a row of counts says, besides numbers and what is counted.
_FIGURE = regex(r"[0-9]{1,5}(?:\.[0-9]+)?[户人口名个]?")
_UNITS = {"户", "人", "口", "名", "其中"}
# The lists of words by which people are counted.
_COUNTED_OF = {"sex", "labour", "health", "household_type", "cause", "education", "nation"}
# What whoever is named beside has done.
_SIGNED = regex("(?:填表|制表|填报|统计|审核|审批|复核|经办|录入|签[名字章]|盖章)人?:?$")


class Foot:
    """The foot of one table, and of each of its pages.

    `columns` are those of its known columns, by name, `types` the types of their cells.
    """

    def __init__(
        self,
        cells: CellMatrix,
        segment: Segment,
        columns: Mapping[str, int],
        types: Mapping[int, CellType],
    ) -> None:
        self._cells, self._segment = cells, segment
        self._places = {columns[name] for name in PLACE_COLUMNS if name in columns} - {
            columns.get("household_id", -1),
            columns.get("village_code", -1),
        }
        self._persons = [columns[name] for name in _PERSONS if name in columns]
        self._numbers = {columns[name] for name in _NUMBERS if name in columns}
        # Beside the members their head's name comes again, as a place does.
        self._repeating = {*self._places, *(self._persons[1:] if "name" in columns else ())}
        self._home = columns.get("household_id", -1)
        self._relation = columns.get("relation", -1)
        self._coded = {c: of for c, of in types.items() if isinstance(of, Code)}
        others = types.keys() - self._coded.keys() - self._numbers
        self._typed = {c: types[c] for c in others if types[c].iso or types[c].native is not str}
        self._unknown = {*segment.heading.unknown}
        # Where rows of the county are numbered; who signs there is no one of them.
        self._first = {min(segment.heading.texts)} & self._unknown
        self._data: list[int] = []
        self._counts: dict[int, dict[int, int]] = {}
        self._lengths: dict[int, set[int]] = {}
        self._all_numbers: dict[int, bool] = {}

    def take_out(self, with_keys: list[int]) -> list[int]:
        """Make notes of the rows that are of the foot; gives those that are left of `with_keys`.

        The data rows that the segment does not have yet are `with_keys`.
        """
        rows = self._segment.rows
        data = sorted([*with_keys, *rows[Kind.DATA]])
        self._data = data[-_MOST_LOOKED_AT:]
        candidates = sorted([*data, *rows[Kind.REJECTED]])
        found: set[int] = set()
        place = len(candidates)
        for end in [len(self._cells), *sorted(rows[Kind.HEADING], reverse=True)]:
            place = bisect(candidates, end, hi=place)
            for number in reversed(candidates[max(place - _MOST_ROWS, 0) : place]):
                row = self._cells[number]
                if not (self._is_foot(number, row) or self._is_below_an_office(number, row)):
                    break
                found.add(number)
        found |= self._lists_below(found)
        if not found:
            return with_keys
        self._segment.make(found, Kind.NOTE)
        return [number for number in with_keys if number not in found]

    def _lists_below(self, taken: Collection[int]) -> set[int]:
        """The last rows that are about nobody, where they list the words that columns may hold."""
        rejected = [row for row in self._segment.rows[Kind.REJECTED] if row not in taken]
        last = max(self._data, default=-1)
        below = sorted(row for row in rejected if row > last)
        rows = [
            {c: v for c, v in enumerate(self._segment.inside(self._cells[row])) if v != ""}
            for row in below[:_MOST_LOOKED_AT]
        ]
        return {*below} if are_lists(rows, self._coded) else set()

    def _is_foot(self, number: int, row: Sequence[Raw]) -> bool:
        if self._is_of_a_post(row):
            return True
        if any(PERSONS_NUMBER.search(str(cell)) for cell in row):
            return False
        own = {c: cell for c, cell in enumerate(row) if c in self._segment.within}
        if self._is_of_words(own):
            return True
        filled = {c: cell for c, cell in own.items() if not is_no_answer(cell)}
        texts = {c: row_text(str(cell)) for c, cell in filled.items()}
        if self._is_of_a_body(texts) or self._is_of_counts(texts, filled):
            return True
        if len(filled) >= max(_FULL, self._usual_cells * 2 / 3) or self._says_two_words(
            texts, filled
        ):
            return False
        for_row = against = no_name = weak = again = 0
        is_office = has_number = is_nobody = is_of_list = is_signed = False
        for column, text in texts.items():
            cell = filled[column]
            if column in self._coded:
                is_of_list |= _is_word(text, cell, self._coded[column])
                for_row += _is_word(text, cell, self._coded[column])
                if not self._coded[column].holds(cell):
                    weak += 1
                    is_signed |= any(p.match(text) for p in (_SIGNED, _DATE, DAY))
            elif column in self._numbers:
                is_number = self._is_number(column, cell, text)
                has_number |= is_number is True
                for_row += is_number is True
                against += is_number is False
                is_nobody |= is_number is False and names_nobody(text)
            elif column in self._typed:
                is_value = self._typed[column].holds(cell)
                for_row += is_value
                against += not is_value
            elif column in self._repeating and self._comes_again(number, column):
                for_row += 1
            elif column in self._places and self._is_no_place(column, text):
                against += 1
                is_office |= text.endswith(":") or _OFFICE.search(text) is not None
            elif column in self._persons:
                no_name += is_no_name(text)
                is_nobody |= names_nobody(text)
            elif column in self._unknown:
                against += self._is_text_below_numbers(column, cell)
            else:
                again += self._comes_again(number, column)
        # Who signs below may have been named above; of two texts each in its column that is none.
        for_row += again if again > 1 else 0
        if has_number:
            return False
        is_named = self._names_somebody(texts)
        if is_nobody and not (is_named or is_of_list):
            return True
        if not for_row:
            return is_signed or against + no_name > 0 or weak > is_named
        return for_row == 1 and (is_office or (against > 0 and not is_named))

    def _is_below_an_office(self, number: int, row: Sequence[Raw]) -> bool:
        """Whether nothing stands in a row but who has the office that is named above: 村支书."""
        above = self._cells[number - 1]
        filled = [c for c, cell in enumerate(row) if cell != "" and c in self._segment.within]
        return all(FOOT.match(row_text(str(above[c]))) is not None for c in filled)

    def _is_of_a_post(self, row: Sequence[Raw]) -> bool:
        """Whether a post stands in place of a household's number, and no village.

        In place of the row's number or of a relation, if nobody is told by a number either. Who
        has a relation and a number of his own is a member, whatever stands before him.
        """
        own = self._segment.within
        texts = {c: row_text(str(cell)) for c, cell in enumerate(row) if c in own and cell != ""}
        if any(column in texts for column in self._places):
            return False
        has_number = any(PERSONS_NUMBER.search(text) for text in texts.values())
        if (home := texts.get(self._home)) is not None:
            relation = self._coded.get(self._relation)
            is_member = relation is not None and relation.holds(row[self._relation])
            if has_number:
                return not is_member and FOOT.match(home) is not None
            is_label = home.endswith(":") and not any(map(str.isdigit, home))
            return is_label or _POST.search(home) is not None
        where = {*self._first, self._relation} & texts.keys()
        return not has_number and any(_POST.search(texts[column]) for column in where)

    def _is_of_a_body(self, texts: Mapping[int, str]) -> bool:
        """Whether those who met or decided stand where a place, a number or a name should."""
        where = {*self._places, *self._numbers, *self._persons, *self._typed} & texts.keys()
        return not self._names_somebody(texts) and any(_BODY.search(texts[c]) for c in where)

    def _is_of_counts(self, texts: Mapping[int, str], cells: Mapping[int, Raw]) -> bool:
        """Whether a row is of numbers and of what is counted: 总人数 21 男 12 女 9.

        Nobody is named, and two cells at least say what, in columns that do not hold such words.
        """
        figures = {c for c, text in texts.items() if _FIGURE.fullmatch(text)}
        rest = texts.keys() - figures - {c for c in self._places if _PLACE.search(texts.get(c, ""))}
        counted = {c for c in rest if _is_counted(texts[c])}
        in_place = {c for c in counted & self._coded.keys() if self._coded[c].holds(cells[c])}
        return (
            rest == counted
            and len(figures) > 1
            and len(counted - in_place) > 1
            and any(column in texts for column in self._persons[:1])
        )

    def _is_of_words(self, row: Mapping[int, Raw]) -> bool:
        """Whether a row is of words that other columns may hold, one where a name or number should
        be: 性别 男 女, or 男 户主 健康 of lists beside each other. At most one is in its column.
        """
        filled = {column: cell for column, cell in row.items() if cell != ""}
        if not all(isinstance(cell, str) for cell in filled.values()):
            return False
        texts = {column: row_text(str(cell)) for column, cell in filled.items()}
        words = {column for column, text in texts.items() if lists_with(text)}
        first = min(texts, default=-1)
        if not words or not texts.keys() - words <= {first}:
            return False
        if first not in words and texts[first].removesuffix(":") not in self._headings:
            return False
        in_place = sum(
            column in words and of.holds(filled[column])
            for column, of in self._coded.items()
            if column in filled
        )
        return in_place < _LEAST_WORDS and not words.isdisjoint({*self._numbers, *self._persons})

    @cached_property
    def _headings(self) -> set[str]:
        """What lists of words may be called: as columns of this table, or of any, are."""
        titles = {code_list.title for code_list in code_lists().values()}
        return titles | {heading_key(text) for text in self._segment.heading.texts.values()}

    def _names_somebody(self, texts: Mapping[int, str]) -> bool:
        """Whether what stands in the column of those of whom the rows are could be a name."""
        own = (texts[c] for c in self._persons[:1] if c in texts)
        return any(not (is_no_name(t) or names_nobody(t) or _BODY.search(t)) for t in own)

    def _says_two_words(self, texts: Mapping[int, str], cells: Mapping[int, Raw]) -> bool:
        """Whether words of two code lists stand in a row, in whichever columns: 男, 户主."""
        lists = {of.codes: of for of in self._coded.values()}.values()
        of = [{c for c in texts if _is_word(texts[c], cells[c], each)} for each in lists]
        # 女 is of two lists.
        return sum(map(bool, of)) >= 2 and len(set[int]().union(*of)) >= 2

    def _is_number(self, column: int, cell: Raw, text: str) -> bool | None:
        """Whether a cell of a column of numbers holds one, or something else; None: who knows."""
        if not isinstance(cell, (str, int, float)) or DAY.match(text) or _DATE.match(text):
            return False
        digits = sum(map(str.isdigit, text))
        if digits in self._lengths_of(column) and 2 * digits > len(text):
            return True
        if MASKED_NUMBER.fullmatch(text):
            return True
        if 2 * digits <= len(text) or _PHONE.fullmatch(text):
            return False
        return True if digits >= _LEAST_CODE else None

    def _lengths_of(self, column: int) -> set[int]:
        """How many digits the numbers of a column have, each as often as twice."""
        if column not in self._lengths:
            counts: dict[int, int] = {}
            for code, times in self._counts_of(column).items():
                digits = sum(map(str.isdigit, str(self._cells.values[code])))
                counts[digits] = counts.get(digits, 0) + times
            self._lengths[column] = {n for n, times in counts.items() if n and times > 1}
        return self._lengths[column]

    @cached_property
    def _usual_cells(self) -> float:
        """How many cells of a data row are filled."""
        within = self._segment.within
        if not self._data:
            return 0.0
        rows = self._cells.codes[self._data, within.start : within.stop]
        return float(np.median((rows != 0).sum(axis=1)))

    def _counts_of(self, column: int) -> dict[int, int]:
        """How often each cell stands in the data rows of a column, by its code."""
        if column not in self._counts:
            codes = self._cells.codes[self._data, column]
            found, counts = np.unique(codes[codes != 0], return_counts=True)
            self._counts[column] = dict(zip(found.tolist(), counts.tolist(), strict=True))
        return self._counts[column]

    def _comes_again(self, number: int, column: int) -> bool:
        """Whether the cell stands in the column in other rows too, and not just once a page."""
        times = self._counts_of(column).get(int(self._cells.codes[number, column]), 0)
        pages = len(self._segment.rows[Kind.HEADING]) + 1
        return times - (number in self._data) >= pages

    def _is_no_place(self, column: int, text: str) -> bool:
        """Whether other rows share their places, and this one has none that could be one."""
        if _PLACE.search(text) and not text.endswith(":") and not _OFFICE.search(text):
            return _DATE.match(text) is not None
        counts = self._counts_of(column)
        total = sum(counts.values())
        is_shared = total >= 2 * max(len(counts) - 1, 1)
        texts = {code: row_text(str(self._cells.values[code])) for code in counts}
        # By rows: what stands at the foot has been counted too.
        have_endings = (
            sum(n for code, n in counts.items() if _PLACE.search(texts[code])) * 2 >= total
        )
        return is_shared and (have_endings or _OFFICE.search(text) is not None)

    def _is_text_below_numbers(self, column: int, cell: Raw) -> bool:
        if column not in self._all_numbers:
            counts = self._counts_of(column)
            texts = (str(self._cells.values[code]) for code in counts)
            numbers = sum(text.replace(".", "").isdigit() for text in texts)
            # Those of the foot are among them.
            self._all_numbers[column] = numbers > 1 and 2 * (len(counts) - numbers) <= numbers
        return self._all_numbers[column] and not any(map(str.isdigit, str(cell)))


def _is_counted(text: str) -> bool:
    """Whether a text says what a number counts: 总户数, 男, 残疾人数; or in what: 户, 人."""
    if text in _UNITS or names_figures(text):
        return True
    return not _COUNTED_OF.isdisjoint(lists_with(text) | lists_with(what_is_counted(text)))


def _is_word(text: str, cell: Raw, of: Code) -> bool:
    """Whether a cell is a word of a code list; a number could be a sum."""
    is_text = isinstance(cell, str) and not isinstance(cell, ErrorValue) and text != ""
    return is_text and not text[0].isascii() and of.code_list.find(text) is not None
