"""The values of a page are kept by what their labels mean: codes in parts, addresses, signatures.

What a label asks of a person outside of the members' grid it asks of the head; in a row about the
helper it asks of the helper.
"""

from collections.abc import Sequence
from dataclasses import replace

from jiandang.headings.text import without_year
from jiandang.headings.units import unit_alone
from jiandang.intake.forms import grids, helpers
from jiandang.intake.forms.choices import unlisted
from jiandang.intake.forms.page import Asked, Page, Value
from jiandang.intake.forms.sentences import (
    joined_code,
    read_address,
    read_objection,
    read_sentences,
    village_code,
)
from jiandang.intake.forms.sheet import Cell
from jiandang.intake.forms.vocabulary import (
    ADDRESS,
    APPLICANT,
    COUNTY_CODE,
    FILLED_IN,
    HEAD_NAME,
    HELPER_COLUMNS,
    TOWN_CODE,
    Field,
    FormVocabulary,
    Label,
    unnumbered,
)
from jiandang.patterns import regex
from jiandang.register.cells import Raw
from jiandang.register.number_cells import NumberCell
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS
from jiandang.register.text import solid

_STAMP = regex(r"\((?:手印|盖章|签章|签名|签字)\)")
# 工资性收入(前年): of another year than 上年; where that is not asked for, 今年 is taken first.
_NEAR_YEAR = regex(r"\((?:(大?前年)|今年|本年|当年|今年预计|预计)度?\)")
_DAY = regex(r"\s|[0-9]{4}|二[〇零○]|年\s*月")
UNITS = {"county", "town", "village", "group"}
_OF_HEAD = {"id_number": ("household", "head_id"), "name": HEAD_NAME}
_CODES = {
    COUNTY_CODE: "county_code",
    TOWN_CODE: "town_code",
    ("household", "town"): "town_code",
    ("household", "village"): "village_code",
    ("household", "county"): "county_code",
    ("household", "village_code"): "village_code",
    ("household", "household_id"): "household_id",
}


def _signed(text: str) -> str:
    """Who signed, without the stamp and the day beside the name."""
    name = _DAY.split(_STAMP.sub(" ", text).strip(" _"))[0].strip(" _")
    return name or ("是" if _STAMP.search(text) else "")


def place_of_unit(column: Column, run: Sequence[Cell]) -> int | None:
    """Which of the cells behind a label is the unit of its number: the first, or the second."""
    if not isinstance(column.cell, NumberCell):
        return None
    return next((i for i, cell in enumerate(run[:2]) if unit_alone(cell.text)), None)


def stand_before_units(cells: Sequence[Cell]) -> bool:
    """睢宁 | 县 | 官山 | 乡(镇) | 柳河 | 村: the values stand before their unit words."""
    units = [i for i, c in enumerate(cells) if c.label is not None and c.label.column in UNITS]
    first = cells[0].label
    if first is None:
        return len(units) > 1 and not cells[0].labels
    return len(units) > 1 and first.field == ADDRESS and units[0] > 1


class Keeper:
    """Keeps the values of a page. `filled_in` is the day on which the form was filled in.

    `signed_on` is the last day that stands alone in its row.
    """

    def __init__(self, page: Page, words: FormVocabulary, income_year: int) -> None:
        self._page, self._words, self._income_year = page, words, income_year
        self._other_years: list[tuple[int, Label, Value]] = []
        self._codes: dict[str, Value] = {}
        self._of_head: list[Label] = []
        self.filled_in: Value | None = None
        self.signed_on: Value | None = None
        self._applicant: tuple[Label, Value] | None = None
        self._year_of_label: Value | None = None
        self._section_year: int | None = None
        self._years_of_sections: dict[int, Value] = {}

    def begin_section(self, year: int | None, at: Value | None = None) -> None:
        """Incomes below are of this year, 0 for another one that is not known, None for no year."""
        self._section_year = year
        if year and at is not None:
            self._years_of_sections.setdefault(year, at)

    def settle(self) -> None:
        """Keep what shows only when the whole page has been read."""
        self._settle_years()
        self._settle_codes()
        self._settle_days()
        self._settle_head()

    def put(self, label: Label, value: Value, helping: bool) -> None:
        """Keep the value of a label; `helping` where its row or section is about the helper."""
        name = label.field
        year = label.year or self._section_year
        if year is None and (near := _NEAR_YEAR.search(label.text)) is not None:
            year = -1 if near[1] else 0
        if year not in (None, self._income_year) and label.meaning.is_income:
            self._other_years.append((year, label, value))
            return
        helper = self._words.helpers(label.text) if helping else None
        if helper is not None and (name[0] == "member" or name[1] in (*HELPER_COLUMNS, "phone")):
            self._tell_again(helper, label, value)
            helpers.put_helper(self._page, helper, value)
            return
        is_second = name == ("household", "phone") and name in self._page.values
        is_known = self._page.text("helper_phone") != ""
        if is_second and ("household", "helper") in self._page.asked and not is_known:
            helpers.put_helper(self._page, ("household", "helper_phone"), value)
        elif name[1] == "helper_phone":
            helpers.put_helper(self._page, name, value)
        elif name == ADDRESS:
            self.put_address(value)
        elif name == FILLED_IN:
            self.filled_in = value
        elif name == APPLICANT:
            self._applicant = self._applicant or (label, value)
        elif name in _CODES and self._is_code(name, value):
            self._codes.setdefault(_CODES[name], value)
        elif name == ("survey", "surveyors"):
            self._put_surveyors(value)
        elif name[0] == "member":
            self._put_head(label, value)
        elif name == ("procedure", "objection"):
            text = read_objection(value.text) if "异议" in value.text else value.raw
            self._page.put(name, Value(text, value.row, value.column, value.part))
            for notice, day in read_sentences(value.text, label.text):
                if notice[1].endswith(("notice_start", "notice_end")):
                    self._page.put(notice, Value(day, value.row, value.column, part=True))
        else:
            raw = grids.chosen(value.raw, *name)
            if (odd := unlisted(raw)) is not None and label.options is None:
                raw, options = odd
                label = replace(label, options=options)
            if isinstance(raw, str) and isinstance(COLUMNS[name[0]][name[1]].cell, NumberCell):
                raw = raw.replace("_", " ").strip()  # __4.5__亩: the blank is longer
            is_part = value.part or raw != value.raw
            if is_part and isinstance(raw, str) and not isinstance(value.raw, bool):
                raw = raw.strip(" _")
            if COLUMNS[name[0]][name[1]].cell.name == "签字" and isinstance(raw, str):
                raw = _signed(raw)
            own = Value(raw, value.row, value.column, is_part)
            self._tell_again(name, label, own)
            if label.year is not None and label.meaning.is_income and not own.is_empty:
                self._year_of_label = replace(own, raw=label.year, part=True)
            self._page.put(name, own, self._page.asked_by(label, name, [own]))

    def _tell_again(self, name: Field, label: Label, value: Value) -> None:
        """Name what a label asks for again and says otherwise: the first value is taken."""
        first = self._page.values.get(name)
        if (
            name[1] in PLACE_COLUMNS
            or first is None
            or first.is_empty
            or value.is_empty
            or value.text == first.text
        ):
            return
        if (first.row, first.column) != (value.row, value.column):
            self._page.unknown.append(f"第{value.row + 1}行的“{unnumbered(label.text)}”")

    def _is_code(self, name: Field, value: Value) -> bool:
        if name in (COUNTY_CODE, TOWN_CODE) or name[1] in ("household_id", "village_code"):
            return True
        return solid(value.text).isdecimal()

    def _put_head(self, label: Label, value: Value) -> None:
        """What is asked of a person outside of the members' grid is asked of the head.

        Another one's name or number is not read, and named.
        """
        if (name := _OF_HEAD.get(label.column)) is not None:
            known = self._page.values.get(name)
            if known is not None and "" not in (own := {known.text, value.text}) and len(own) > 1:
                self._page.unknown.append(f"第{value.row + 1}行的“{unnumbered(label.text)}”")
            self._page.put(name, value)
        elif not (value.is_empty or value.part or label.options):
            self._of_head.append(label)  # a code list (①文化程度：1文盲 2小学) says nothing
            self._page.of_head.setdefault(
                label.column, replace(value, raw=grids.chosen(value.raw, *label.field))
            )

    def _settle_head(self) -> None:
        """Name what is said of the head, or of all (低保人口), and no grid asks for."""
        self._page.unknown += [
            unnumbered(label.text)
            for label in self._of_head
            if label.column not in self._page.columns
        ]
        self._settle_applicant()
        self._page.settle_head()

    def _settle_applicant(self) -> None:
        """Who applies is the head, unless the page names another one; that is told."""
        if self._applicant is None:
            return
        label, value = self._applicant
        known = self._page.values.get(HEAD_NAME) or (self._page.head or {}).get("name")
        if known is None or known.is_empty or known.text == value.text:
            self._page.put(HEAD_NAME, value)
        elif not value.is_empty:
            self._page.unknown.append(unnumbered(label.text))

    def put_address(self, value: Value) -> None:
        """Keep the parts of an address; where it has none, that it is asked for."""
        parts = read_address(value.text)
        for name, text in parts.items():
            self._page.put(name, Value(text, value.row, value.column, part=True))
        if not parts:
            self._page.put(("household", "village"), Value("", value.row, value.column))

    def _put_surveyors(self, value: Value) -> None:
        names = [n for n in helpers.SEVERAL.split(_STAMP.sub("", value.text)) if n.strip("_")]
        for number in (1, 2):
            name = names[number - 1] if len(names) >= number else ""
            self._page.put(
                ("survey", f"surveyor_{number}"), Value(name, value.row, value.column, part=True)
            )

    def _settle_years(self) -> None:
        """2014年工资性收入 is taken where nothing asks for that of the policy's year."""
        others, self._other_years = self._other_years, []
        self._section_year = None
        asked = {*self._page.asked}
        filled = [y for y, label, v in others if not v.is_empty and label.field not in asked]
        last = max(filled, default=max((year for year, _, _ in others), default=0))
        for year, label, value in others:
            if year == last and label.field not in asked:
                self._page.year_taken = year if year > 0 else None
                text = _NEAR_YEAR.sub("", without_year(label.text))
                self.put(replace(label, text=text), value, False)
            elif not value.is_empty and label.year is None:
                when = f"{year}年" if year > 0 else "别的年度的"
                self._page.unknown.append(f"{when}{label.text}")
        own = self._years_of_sections
        if (at := own.get(self._income_year) or own.get(last)) is not None:
            self._page.put(("household", "income_year"), at)
        if self._year_of_label is not None and self._page.year_taken is None:
            self._page.put(("household", "income_year"), self._year_of_label)

    def _settle_codes(self) -> None:
        """A 户码 written in parts is one number, in the cell of the last part."""
        if not self._codes:
            return
        parts = {name: solid(value.text) for name, value in self._codes.items()}
        own = self._codes.get("household_id")
        if own is not None:
            whole = joined_code(parts)
            raw: Raw = own.raw if whole == parts["household_id"] else whole
            is_part = own.part or raw is not own.raw
            self._page.put(("household", "household_id"), Value(raw, own.row, own.column, is_part))
        village = self._codes.get("village_code")
        if village is not None:
            code = village_code(parts) or parts["village_code"]
            self._page.put(
                ("household", "village_code"), Value(code, village.row, village.column, True)
            )

    def _settle_days(self) -> None:
        """The day on the form is that of the visit, where it names the visitors.

        One alone in its row, below the signature of an application, is when that was made.
        """
        name = ("procedure", "applied")
        applied = self._page.values.get(name)
        day = self.signed_on
        if day is not None and applied is not None and applied.is_empty and day.row > applied.row:
            self._page.put(name, day)
        if self.filled_in is not None and ("survey", "surveyor_1") in self._page.asked:
            self._page.put(("survey", "surveyed"), self.filled_in, Asked())
