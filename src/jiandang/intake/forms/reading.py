"""One page of a form, read from top to bottom: which cell answers which label.

A value stands behind the colon of its label, else in the next cell to the right that is no label,
else below it where a row of labels stands over a row of values. Where the next cell is a label
too, the value is empty.
"""

import dataclasses
import re
from collections.abc import Sequence
from datetime import date

from jiandang.headings.periods import FULL_DAY
from jiandang.headings.text import without_year
from jiandang.headings.units import has_other_unit, is_unit_line, unit_alone, unit_line
from jiandang.headings.vocabulary import HEAD
from jiandang.intake.forms import grids, helpers
from jiandang.intake.forms.choices import chosen_in_label
from jiandang.intake.forms.downwards import read_downwards
from jiandang.intake.forms.grid_columns import LONGEST_HEAD, heads_helper, is_at_side
from jiandang.intake.forms.items import read_items
from jiandang.intake.forms.keeping import UNITS, Keeper, place_of_unit, stand_before_units
from jiandang.intake.forms.option_cells import (
    BEFORE_ANSWER,
    OptionHead,
    Place,
    beside_options,
    choice_alone,
    in_rows,
    is_of_list,
    leading_options,
    number_alone,
    option_heads,
    options_below,
    under_heads,
)
from jiandang.intake.forms.other_grids import are_titles, read_grid
from jiandang.intake.forms.over_values import is_over_values, read_lone, read_over
from jiandang.intake.forms.page import Page, Value, may_name_somebody
from jiandang.intake.forms.parts import read_parts
from jiandang.intake.forms.sentences import (
    OF_PRINT,
    is_address,
    joined_day,
    read_sentences,
    unread_in,
)
from jiandang.intake.forms.sheet import Area, Cell, answered, is_number, is_section
from jiandang.intake.forms.vocabulary import (
    ADDRESS,
    CODE,
    HEAD_NAME,
    HELPER_COLUMNS,
    ITEM_HEADS,
    Label,
    unnumbered,
)
from jiandang.intake.forms.years import is_foreign, read_years, year_of_section, years_across
from jiandang.intake.row_texts import PERSONS_NAME
from jiandang.patterns import regex
from jiandang.register.tables import COLUMNS
from jiandang.register.text import solid

_HELPERS = regex(r"帮扶(?:责任)?人|帮扶干部|帮扶联系人|结对帮扶")
# 三、收入情况（2015年）, 2015年家庭收入: a heading, and no goal that somebody has.
_SENTENCE = 20  # characters: no value of a register but a sentence has as many


def read_page(area: Area, income_year: int, year: int) -> Page:
    """What a page says; `year` is that of days without one."""
    reader = _Reader(area, income_year, year)
    reader.read()
    return reader.page


class _Reader:
    def __init__(self, area: Area, income_year: int, year: int) -> None:
        self.page = Page(area.top, area.bottom, area.left)
        self._area = area
        self._words = area.sheet.vocabulary
        self._income_year, self._year = income_year, year
        self._section = ""
        self._is_foreign = False
        self._side = ""
        self._unit_line = ""
        self._option_heads: list[OptionHead] = []
        self._taken: set[Place] = set()  # cells of options, that go on with those above
        self._keeper = Keeper(self.page, self._words, income_year)

    def read(self) -> None:
        row = self._area.top
        while row <= self._area.bottom:
            row = self._read_row(row)
        self._keeper.settle()

    # -- rows ------------------------------------------------------------------------------

    def _read_row(self, row: int) -> int:
        """Read a row, or all the rows of a grid that begins there; gives the next one."""
        cells = [c for c in self._area.row(row) if (c.row, c.column) not in self._taken]
        if not cells:
            return row + 1
        self._mind_side(cells)
        lines = [line for cell in cells if not cell.labels and (line := unit_line(cell.text))]
        self._unit_line = lines[0] if lines else self._unit_line
        self.page.above = (self._side, self._section, self._unit_line)
        inner = [
            c for c in cells if not is_at_side(c, cells, self._area) and not is_unit_line(c.text)
        ]
        if not inner or are_titles(self._area, inner, self.page):
            return row + 1
        if len(inner) == 1 and (taken := self._read_choice(inner[0])):
            return row + taken
        over = self._area, self.page, self._keeper, bool(_HELPERS.search(self._section))
        if len(inner) == 1 and not self._is_foreign and (behind := read_lone(inner[0], *over)):
            return behind
        if len(inner) == 1 and self._read_section(inner[0]):
            return row + 1
        if years := years_across(self._area, row, self.page.title):
            return read_years(self._area, row, years, self.page, self._income_year)
        how = self._area, row, self.page, self._keeper.put, self._income_year
        if end := read_items(*how, self._section or self._side, foreign=self._is_foreign):
            return end
        # 序号 is no title of a grid.
        title = self._section if inner[0] is cells[0] else self._side or self._section
        if (end := read_grid(self._area, row, inner, self.page, title)) is not None:
            return end
        is_signed = any(label.table == "survey" for cell in cells for label in cell.labels)
        if self._is_foreign and not is_signed:
            names = (label.text for label in answered(cells))
            self.page.unknown += [f"{self._section}的{name}" for name in names]
            return row + 1
        own = self._section + self._side
        if not _HELPERS.search(own) and (end := read_downwards(self._area, row, self.page, own)):
            return end
        if heads := option_heads(inner):
            self._option_heads = heads
            self.page.rows_of_labels.add(row)
            return row + 1
        if is_over_values(self._area, inner, row):
            return read_over(inner, row, *over)
        self._read_pairs(inner, row)
        return row + 1

    def _mind_side(self, cells: Sequence[Cell]) -> None:
        """Remember the label of a section that stands at the left, merged down or not."""
        first = cells[0]
        if first.column > self._area.left or len(cells) == 1:
            return
        text = first.solid
        self._side = text if len(text) <= LONGEST_HEAD and not first.labels else ""
        if first.label is not None and first.label.table == "procedure":
            self._side = text
        if heads_helper(first, cells[1]):
            self._side = text

    def _read_choice(self, cell: Cell) -> int:
        """A label alone in its row with its options or over them; gives how many rows it takes."""
        if cell.label is None or (found := choice_alone(cell, self._area)) is None:
            return 0
        value, rows = found
        self.page.rows_of_labels.add(cell.row)
        self._keeper.put(cell.label, value, helping=False)
        return rows

    def _read_section(self, cell: Cell) -> bool:
        """A row of one cell: a title, a section line, or a text of its own."""
        if isinstance(cell.raw, date) or re.fullmatch(FULL_DAY, cell.solid):
            self._keeper.signed_on = Value(cell.raw, cell.row, cell.column)
        if not isinstance(cell.raw, str):
            return True
        text = cell.text
        if cell.label is None and cell.labels:
            return False
        below = helpers.row_below(cell, self._area)
        is_heading = cell.label is not None and (
            len(below) > 1 or (cell.right > self._area.left + 2 and cell.column == self._area.left)
        )
        if cell.label is not None and not is_heading:
            return False
        if is_address(text):
            self._keeper.put_address(Value(text, cell.row, cell.column, part=True))
            return True
        if self._read_text(cell):
            return True
        if unread := unread_in(text, below_labels=bool(self.page.asked)):
            self.page.unknown.append(unread)
            return True
        if len(solid(text)) <= 40:
            if not self.page.title and not self.page.asked:
                self.page.title = solid(text)
            if cell.column == self._area.left or cell.right > cell.column:
                self._section = solid(text)
                self._option_heads = []
                # A title may speak of 帮扶计划, and all that is asked for comes below.
                self._is_foreign = bool(self.page.asked) and is_foreign(
                    self._area, cell, self._income_year
                )
            self.page.rows_of_labels.add(cell.row)
        year = year_of_section(text)
        if solid(text) == self.page.title and year != self._income_year:
            year = None  # that in which the form was written
        if year is not None or is_section(text):
            self._keeper.begin_section(year, Value(year or "", cell.row, cell.column, part=True))
        return True

    # -- labels and values -----------------------------------------------------------------

    def _read_pairs(self, cells: Sequence[Cell], row: int) -> None:
        helping = bool(_HELPERS.search(self._section) or _HELPERS.search(self._side))
        before = stand_before_units(cells)
        i = 0
        unknown = False
        while i < len(cells):
            cell = cells[i]
            if (parts := read_parts(cell, cells[i + 1 :])) is not None:
                self.page.rows_of_labels.add(row)
                self.page.put(parts.field, parts.value)
                self.page.unknown += parts.unknown
                i += 1 + parts.cells
                unknown = False
            elif cell.label is not None:
                self.page.rows_of_labels.add(row)
                label = cell.label
                helping = helping or label.column in HELPER_COLUMNS
                if before and label.field == ADDRESS:
                    i += 1
                    continue
                if before and label.column in UNITS:
                    value = cells[i - 1] if i and not cells[i - 1].labels else None
                    raw, at = (value.raw, value.column) if value else ("", cell.column)
                    self.page.put(label.field, Value(raw, row, at))
                    i += 1
                    continue
                run = self._run(label, cells[i + 1 :], helping)
                taken = self._take(label, cell, run, helping)
                i += 1 + taken
                unknown = False
            elif helping and (name := self._words.helpers(cell.text)) and not cell.labels:
                run = self._run(None, cells[i + 1 :], helping)[:1]
                at = run[0].column if run else self._area.room_behind(cell)
                helpers.put_helper(self.page, name, Value(run[0].raw if run else "", row, at))
                self.page.rows_of_labels.add(row)
                i += 1 + len(run)
                unknown = False
            elif cell.labels:
                self.page.rows_of_labels.add(row)
                for label in cell.labels:
                    helping = helping or label.column in HELPER_COLUMNS
                    self._keeper.put(
                        label, Value(label.rest or "", row, cell.column, part=True), helping
                    )
                self._read_text(cell)
                i += 1
            elif self._heads_text(cells[i : i + 2]):
                i += 2
                unknown = False
            else:
                unknown = self._read_other(cell, cells[i + 1 :], before, unknown)
                i += 1

    def _run(self, label: Label | None, cells: Sequence[Cell], helping: bool) -> list[Cell]:
        """The cells behind a label up to the next one."""
        run: list[Cell] = []
        for cell in cells:
            is_value = BEFORE_ANSWER.match(cell.text) if run else label and is_of_list(label, cell)
            if self._words.is_label_like(cell.raw) and not (is_value or unit_alone(cell.text)):
                break
            if helping and self._words.helpers(cell.text) is not None:
                break
            run.append(cell)
        return run

    def _take(self, label: Label, at: Cell, run: Sequence[Cell], helping: bool) -> int:
        """Keep the value of a label from the cells beside it; gives how many of them it took."""
        column = COLUMNS[label.table].get(label.column)
        if column is not None and (place := place_of_unit(column, run)) is not None:
            # 耕地面积 | 亩 | 4.2, 耕地面积 | 4.2 | 亩, and 耕地面积 |  | 亩 where it is empty.
            named = dataclasses.replace(label, text=f"{label.text}({unit_alone(run[place].text)})")
            if has_other_unit(named.text, column):
                self.page.unknown.append(named.text)
                return min(len(run), 2)
            if rest := [*run[:place], *run[place + 1 :]]:
                return 1 + self._take(named, at, rest, helping)
            where = run[0] if run[0].column == at.right + 1 else at
            self._keeper.put(named, Value("", at.row, where.right + 1), helping)
            return 1
        if label.field == CODE and run and not re.search("[0-9]", run[0].solid):
            run = []  # not filled in: what stands there is an address, or asks for more
        if not run:
            empty = Value("", at.row, self._area.room_behind(at))
            self._keeper.put(label, number_alone(at, label, self._area) or empty, helping)
            return 0
        used, raw = list(run[:1]), run[0].raw
        if (own := chosen_in_label(label.text, run[0].text)) is not None:
            self._keeper.put(label, Value(own, at.row, at.column, part=True), helping)
            return 1
        if label.field == ADDRESS:
            used = list(run)
            raw = " ".join(c.text for c in run)
        elif (ticked := under_heads(run, self._option_heads)) is not None:
            used = list(run)
            raw = ticked
        elif (found := options_below(at, label, run, self._area)) is not None:
            self._taken |= found.cells
            self._keeper.put(label, found.value, helping)
            return found.taken
        elif len(options := leading_options(label, run)) > 1:
            used = options
            raw, cells = in_rows(at, label, options, self._area)
            self._taken |= cells
            if len(options) < len(run) and "√" not in raw:
                # 1.水泥路|2.砂石路|2: what the cells behind say of them is not known.
                used, raw = list(run), " ".join(cell.text for cell in run)
        elif (day := joined_day([cell.solid for cell in run])) is not None:
            used = list(run[: day[1]])
            raw = day[0]
        elif (beside := beside_options(run)) is not None:
            value, taken = beside
            self._keeper.put(label, value, helping)
            return taken
        else:
            raw = grids.cell_value(run, label.column)
            used = list(run) if raw != run[0].raw else used
            if len(used) == 1 < len(run) and all(is_number(c.solid) for c in run[:2]):
                self.page.unknown.append(f"{unnumbered(label.text)}的第二个数")
        self._keeper.put(label, Value(raw, run[0].row, run[0].column, part=len(used) > 1), helping)
        return len(used)

    def _read_other(
        self, cell: Cell, following: Sequence[Cell], before: bool, after_unknown: bool
    ) -> bool:
        """A cell that answers no label: a text with blanks, or a label that no column has.

        Gives whether it is taken for such a label: what stands behind one is its value.
        """
        if not isinstance(cell.raw, str) or before:
            return False
        if self._read_head(cell, following[:1]):
            return True
        if is_address(cell.text):
            self._keeper.put_address(Value(cell.text, cell.row, cell.column, part=True))
            return False
        if self._read_text(cell) or after_unknown:
            return False
        if self._keeper.filled_in is None and re.fullmatch(FULL_DAY, cell.solid):
            self._keeper.filled_in = Value(cell.raw, cell.row, cell.column)
            return False
        text, colon, value = unnumbered(cell.solid).partition(":")
        if colon and value and 2 <= len(text) <= 16:
            self.page.unknown += [] if OF_PRINT.match(text) else [text]
            return False
        is_label = self._words.is_label_like(cell.raw) or (
            bool(following) and not self._words.is_label_like(following[0].raw)
        )
        if is_label and 2 <= len(text) <= 16 and not re.search(r"[0-9:]", without_year(text)):
            self.page.unknown += [] if text in ITEM_HEADS else [text]
            return True
        return False

    def _read_head(self, cell: Cell, behind: Sequence[Cell]) -> bool:
        """Read a name right behind 户主, where no other label asks for it."""
        if cell.solid.rstrip(":") != HEAD or HEAD_NAME in self.page.values:
            return False
        name = next(
            (own for own in behind if own.column == cell.right + 1 and not own.labels), None
        )
        if name is None or not PERSONS_NAME.fullmatch(name.solid):
            return False
        if not may_name_somebody(name.solid):
            return False
        self.page.rows_of_labels.add(cell.row)
        self.page.put(HEAD_NAME, Value(name.raw, name.row, name.column))
        return True

    def _heads_text(self, cells: Sequence[Cell]) -> bool:
        """Read a text behind the label of its section: 村公示 | 公示时间：2016年3月6日至…"""
        if len(cells) < 2 or not isinstance(cells[0].raw, str) or len(cells[1].text) <= _SENTENCE:
            return False
        return len(cells[0].text) <= LONGEST_HEAD and self._read_text(cells[1], cells[0].text)

    def _read_text(self, cell: Cell, head: str = "") -> bool:
        """The values in a text with blanks; `head` is the label beside it."""
        if not isinstance(cell.raw, str) or len(cell.raw) < 6:
            return False
        section = head or self._side or self._section
        found = False
        for name, text in read_sentences(cell.raw, section, self._year):
            if name in {label.field for label in cell.labels}:
                continue
            self.page.put(name, Value(text, cell.row, cell.column, part=True))
            found = True
        return found
