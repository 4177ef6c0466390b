"""Which sheets are form pages, and not column tables, summaries or lists.

A form has its labels in several rows, most of them beside their values; a column table has all
of them in its heading, over columns of values of one kind.
"""

from collections.abc import Sequence
from itertools import islice, pairwise, takewhile

from jiandang.headings.units import is_unit_line
from jiandang.intake.forms.choices import has_marks, is_mark
from jiandang.intake.forms.grids import is_helper_grid
from jiandang.intake.forms.headed_lists import fits, lists_among
from jiandang.intake.forms.items import heads_items
from jiandang.intake.forms.option_cells import leading_options
from jiandang.intake.forms.sentences import read_sentences
from jiandang.intake.forms.sheet import LEAST_ROWS, SENTENCE, Cell, Sheet, is_number, is_numbered
from jiandang.intake.forms.vocabulary import ADDRESS, CODE, FILLED_IN, OF_MEMBERS, ONCE, Label
from jiandang.intake.forms.years import years_of
from jiandang.patterns import regex
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.register.text import solid

# A page has at most so many rows; what a sheet is shows in its first ones.
WINDOW = 150
# The title of a sheet is in one of so many first rows that are not empty.
ROWS_OF_TITLE = 3
_LEAST_LABELS = 6
_MOST_PEOPLE = 12
_MOST_HELPERS = 3
TITLE = regex(
    r"(?:登记表|登记卡|扶贫手册|手册|明白卡|申请书|申请表|评议表|审批表|调查表|核查表|监测表|信息表|"
    r"采集表|信息卡|情况表|情况)(?:\([^)]*\))?$"
)
_CARD = regex(r"[卡片](?:\([^)]*\))?$")
_NO_FORM = regex(
    r"汇总|花名册|名册|名单|台账|统计表|一览表|明细表|分解表|填表说明|填报说明|填写说明|指标解释|指标说明|"
    r"代码表|编码表|说明$|"
    r"^[^户]*(?:村|社区|镇|乡|县)(?:基本)?(?:情况|概况)(?:登记|调查)?表?$|村情"
)
# Lists of persons who are no members any more, or not yet.
_LEFT = regex("死亡|去世|亡故|病故|火化|注销|销户|迁出|迁入|嫁|新增|减少|增减|变动|清退|剔除|退出")
# Sheets of those who help nobody in particular, by name.
_OFFICIALS = regex("(?<!帮扶)(?<!结对)(?<!包户)干部|两委|支部|通讯录|联系方式|代表|工作队")
_SIGNED = regex(r"签字|签名|签章|盖章|手印")
_ASKED_FOR = ("household", "procedure", "survey")


def is_form_sheet(sheet: Sheet, *, beside_forms: bool = False) -> bool:
    """Whether a sheet holds form pages; beside forms a page of them may be short."""
    labelled, has_values = sheet.labelled
    if not labelled or not (beside_forms or labelled > 1 or has_values):
        return False
    is_short = labelled < LEAST_ROWS and not (has_values and labelled > 1)
    rows = [r for r in range(min(len(sheet), WINDOW)) if sheet.row(r)]
    if has_other_title(sheet, rows):
        return False
    evidence = Evidence(sheet, rows)
    if evidence.lists or evidence.is_transposed():
        return False
    if is_short:
        return evidence.is_letter or evidence.is_card or evidence.is_back(beside_forms)
    many = len(evidence.fields) >= _LEAST_LABELS and evidence.pairs >= _LEAST_LABELS // 2
    in_rows = len(evidence.label_rows) >= LEAST_ROWS
    if many and in_rows and (evidence.is_titled or evidence.first_grid):
        return True
    is_blank = len(evidence.fields) >= _LEAST_LABELS and not evidence.pairs
    is_form = evidence.is_titled and (evidence.first_grid or is_blank)
    if in_rows and is_form and evidence.fields & ONCE:
        return True  # though nothing is filled in
    if evidence.is_titled and evidence.identity and evidence.decides:
        return True  # opinions alone, of a household that is named
    # A page of members or helpers alone, that names its household above.
    if 0 < evidence.identity < evidence.first_grid:
        return True
    if beside_forms and evidence.names_household:
        return True
    return evidence.has_members_downwards or evidence.is_back(beside_forms)


def has_other_title(sheet: Sheet, rows: Sequence[int]) -> bool:
    """Whether the title says that the sheet is a summary, a list or an explanation."""
    for row in rows[:ROWS_OF_TITLE]:
        cells = sheet.row(row)
        if len(cells) == 1 and isinstance(cells[0].raw, str):
            text = cells[0].solid
            if len(text) <= 40 and not cells[0].labels and _NO_FORM.search(text):
                return True
    return False


class Evidence:
    """What the rows of a sheet have of a form.

    `fields` are the household's that are asked for, `pairs` counts those with a value beside or
    below them, `label_rows` are the different rows of labels that are no heading of columns;
    `lists` are the rows that head the columns of many households, or of their members.
    """

    def __init__(self, sheet: Sheet, rows: Sequence[int]) -> None:
        self._sheet = sheet
        self._rows = rows
        self.fields: set[tuple[str, str]] = set()
        self.pairs = 0
        self.label_rows: set[tuple[tuple[str, str], ...]] = set()
        self.is_titled = False
        self._most_in_text = 0
        self._is_called_card = False
        self._rows_over = 0  # rows of labels over exactly one row of values each
        self.lists = lists_among(sheet, rows)
        self.first_grid = 0  # the row of its heading, from 1
        self.identity = 0
        self._named = False
        self._is_of_household = False
        # How many persons stand below a heading: of any, of helpers, of one household's members.
        self._people = [_MOST_PEOPLE + 1]
        self._helpers = [_MOST_PEOPLE + 1]
        self._members = [_MOST_PEOPLE + 1]
        self._single: set[tuple[str, str]] = set()
        self._several: set[tuple[str, str]] = set()
        self._in_years = False
        self._lines: list[set[str]] = []  # what lines of labels and values say of persons
        self._downwards: dict[str, int] = {}  # labels of members in the first column, their rows
        for row in rows:
            self._look_at(row, sheet.row(row))

    @property
    def decides(self) -> bool:
        """Whether texts or labels in a row of their own say what was decided, and when."""
        decided = [row for row in self.label_rows if {table for table, _ in row} == {"procedure"}]
        return bool(decided) and len(self.label_rows) > len(decided)

    @property
    def is_letter(self) -> bool:
        """Whether one text, which is signed, says several things of a household: 申请书."""
        return self.is_titled and self._most_in_text >= LEAST_ROWS

    @property
    def is_card(self) -> bool:
        """Whether a card has its labels over its values, one row each."""
        return self._is_called_card and self.identity > 0 and self._rows_over > 0

    @property
    def names_household(self) -> bool:
        """Whether whose it is stands beside its label, and something else in another row."""
        return self._named and len(self.label_rows) > 1

    @property
    def has_members_downwards(self) -> bool:
        """Whether members stand a column each, below what names the one household."""
        own = self._downwards
        is_grid = len(own) >= _LEAST_LABELS // 2 and "name" in own
        return is_grid and not self._several and 0 < self.identity <= min(own.values())

    def is_back(self, beside_forms: bool) -> bool:
        """Whether it is a later page of a form, which does not say whose it is.

        A list of helpers has no numbered section lines and no household's signature; a page has
        few rows of persons, of whom one at most is a head.
        """
        if beside_forms and self._is_of_members_downwards:
            return True
        if not self._is_of_household:
            few = min(self._helpers) <= _MOST_HELPERS or min(self._members) <= _MOST_PEOPLE
            return beside_forms and few
        if min(self._people if beside_forms else self._helpers) <= _MOST_PEOPLE:
            return True
        return beside_forms and len(self.label_rows) > 1 and self.pairs >= _LEAST_LABELS // 2

    @property
    def _is_of_members_downwards(self) -> bool:
        """Whether rows of labels and values say of few persons what is asked of members."""
        columns = {column for line in self._lines for column in line}
        return len(self._lines) >= LEAST_ROWS and bool(columns & OF_MEMBERS)

    def is_transposed(self) -> bool:
        """Labels in one column, a household in each of those behind it.

        They are all different: one label that comes again and again heads many forms. And each
        household is named; a form names one, whatever its columns of amounts are.
        """
        if self.identity and not ONCE & self._several:
            return False
        return len(self._several) >= 4 and len(self._several) >= len(self._single)

    def _look_at(self, row: int, cells: Sequence[Cell]) -> None:
        # Or beside the same of another form, or beside 单位:万元.
        alone = len({cell.text for cell in cells if not is_unit_line(cell.text)}) == 1
        for cell in cells:
            text = cell.solid if isinstance(cell.raw, str) else ""
            if alone and (TITLE.search(text) or is_numbered(text)):
                self.is_titled = True
                self._is_called_card |= _CARD.search(text) is not None
            self._is_of_household |= alone and is_numbered(text)
            self._is_of_household |= any(label.column == "head_signed" for label in cell.labels)
            if _SIGNED.search(text):
                self.is_titled = True
        if years_of(cells) or heads_items(cells):
            self._in_years = True
            return
        self._look_at_texts(cells)
        own = [(i, label) for i, cell in enumerate(cells) for label in cell.labels]
        has_amounts = any(is_number(c.solid) for c in cells[1:])
        self._in_years = self._in_years and (bool(own) or has_amounts)
        personal = {label.column for _, label in own if label.table == "member"}
        # 编号 may number the members of a form; 户编号 is of a list of many households.
        upper = self._sheet.row(row - 1) if row else []
        heading = [*cells, *(cell for cell in upper if cell.bottom >= row)]
        of_home = (label for cell in heading for label in cell.labels if label.field == CODE)
        is_list = any("户" in label.text for label in of_home)
        of_helpers = is_helper_grid(cells, self._sheet.vocabulary)
        if of_helpers or (len(personal) >= 3 and "name" in personal and not is_list):
            self.first_grid = self.first_grid or row + 1
            self._look_below(row, of_helpers, [label for _, label in own])
            return
        if personal and len(own) == 1 and own[0][0] == 0 and len(cells) > 2:
            self._downwards.setdefault(own[0][1].column, row)
        if own and own[0][0] == 0 and len(own) < len(cells) <= _MOST_PEOPLE:
            # Each label with a value behind it, and nothing asked but of persons.
            are_apart = all(b > a + 1 for a, b in pairwise([i for i, _ in own]))
            if are_apart and all(label.table == "member" for _, label in own):
                self._lines.append(personal)
        asked = [(i, label) for i, label in own if _is_asked(label)]
        if not asked:
            return
        is_answered = self._is_over(row, cells)
        self._rows_over += is_answered
        # 家庭总收入 | 元 | 01 | 9364: under years the amounts are not right beside their labels.
        is_answered = is_answered or (self._in_years and any(is_number(c.solid) for c in cells[1:]))
        found = [
            (i, label) for i, label in asked if is_answered or self._has_place(cells, i, label)
        ]
        if not found:
            return
        self.fields |= {label.field for _, label in asked}
        self.label_rows.add(tuple(sorted(label.field for _, label in asked)))
        answered = [label for i, label in found if is_answered or _answer(cells, i, label)]
        self.pairs += len(answered)
        if any(label.field in ONCE for label in answered):
            self.identity = self.identity or row + 1
            self._named |= not is_answered
        if not self._in_years and len(own) == 1 and own[0][1].rest is None:
            values = [c for c in cells[own[0][0] + 1 :] if not c.labels]
            alike = sum(fits(own[0][1], c) for c in values)
            if alike < 2 or self._is_choice(row, own[0][1], values):
                self._single.add(own[0][1].field)
            elif alike == len(values):
                self._several.add(own[0][1].field)

    def _is_choice(self, row: int, label: Label, values: Sequence[Cell]) -> bool:
        """Whether cells are the options of a label, with the ticks in them or in the row below.

        They are no households' values, which may be as different, but have the next label below.
        """
        options = leading_options(label, values)
        is_once = len({cell.solid for cell in options}) == len(values)
        below = self._sheet.row(row + 1) if row + 1 < len(self._sheet) else []
        is_ticked = any(isinstance(c.raw, str) and has_marks(c.raw) for c in values)
        return is_once and (is_ticked or all(is_mark(cell.raw) for cell in below))

    def _look_below(self, row: int, of_helpers: bool, labels: Sequence[Label]) -> None:
        """Count the persons below a heading, which has no households of their own."""
        below = (self._sheet.row(r) for r in range(row + 1, len(self._sheet)))
        values = takewhile(lambda cells: not any(cell.labels for cell in cells), below)
        # Of a long list no more are counted than tell that it is one.
        people = [*islice((cells for cells in values if len(cells) > 1), _MOST_PEOPLE + 1)]
        is_of_officials = of_helpers and _OFFICIALS.search(solid(self._sheet.grid.name)) is not None
        if is_of_officials or any(label.field in ONCE for label in labels):
            return
        self._people.append(len(people))
        self._helpers += [len(people)] if of_helpers else []
        heads = sum(any(cell.solid == "户主" for cell in cells) for cells in people)
        is_of_home = any(label.column == "relation" for label in labels)
        said = [self._sheet.grid.name, *(cell.text for cell in self._sheet.row(row))]
        if not of_helpers and is_of_home and heads < 2 and not any(map(_LEFT.search, said)):
            self._members.append(len(people))

    def _look_at_texts(self, cells: Sequence[Cell]) -> None:
        """Texts with blanks to be filled in, in a row with at most a label at their left."""
        if len(cells) > 2 or not isinstance(cells[-1].raw, str) or len(cells[-1].raw) < SENTENCE:
            return
        section = cells[0].solid if len(cells) > 1 else ""
        found = {name for name, text in read_sentences(cells[-1].raw, section) if text}
        if found:
            own = sum(table == "household" for table, _ in found)
            self._most_in_text = max(self._most_in_text, own)
            self.fields |= found
            self.label_rows.add(tuple(sorted(found)))
            self.pairs += len(found)

    def _is_over(self, row: int, cells: Sequence[Cell]) -> bool:
        """Whether a row of labels, few of them unknown, stands over exactly one row of values."""
        known = sum(c.label is not None for c in cells)
        unknown = len(cells) - known
        if known < 3 or 2 * unknown > known or any(c.labels for c in cells if c.label is None):
            return False
        following = [self._sheet.row(r) for r in (row + 1, row + 2) if r < len(self._sheet)]
        if not following or any(c.labels for c in following[0]) or len(following[0]) < 2:
            return False
        return len(following) < 2 or not following[1] or any(c.labels for c in following[1])

    def _has_place(self, cells: Sequence[Cell], i: int, label: Label) -> bool:
        """Whether there is a value, or room for one, beside the label."""
        if label.rest is not None or _answer(cells, i, label):
            return True
        if i + 1 < len(cells):
            return cells[i + 1].column > cells[i].right + 1
        return sum(c.label is not None for c in cells) < 4


def _is_asked(label: Label) -> bool:
    return label.field in (ADDRESS, FILLED_IN) or (
        label.table in _ASKED_FOR and label.column not in {*PLACE_COLUMNS} - {"household_id"}
    )


def _answer(cells: Sequence[Cell], i: int, label: Label) -> bool:
    """Whether a value stands in the label's cell or beside it."""
    if label.rest is not None:
        return len(solid(label.rest)) <= 60
    if i + 1 >= len(cells) or cells[i + 1].labels:
        return False
    return fits(label, cells[i + 1])
