"""Households → the register's tables, as if their values stood in columns; each keeps its cell.

Forms of one kind (that ask for the same) on one sheet make a table of households, in which the
columns of procedure and survey stand too, and one of members.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from jiandang.intake.columns import CellRead, parse_few
from jiandang.intake.forms.households import Households, PlacedPage
from jiandang.intake.forms.one_household import Household, Kind, ask_for_codes
from jiandang.intake.forms.out_of_line import out_of_line
from jiandang.intake.forms.page import Asked, Page, Person, Value
from jiandang.intake.forms.rows import RowKind, SheetRows
from jiandang.intake.forms.vocabulary import CODE, Field
from jiandang.intake.parsed_table import ParsedTable
from jiandang.register.cells import Raw, as_text, as_word
from jiandang.register.date_cells import names_no_year
from jiandang.register.notice import Notice
from jiandang.register.place import says_same
from jiandang.register.register import (
    APART,
    NOT_ASKED,
    Observation,
    RowCounts,
    SheetTable,
    reference,
)
from jiandang.register.tables import COLUMNS, EMBEDDABLE, PLACE_COLUMNS, own_columns

_APART = ("column", "ref", "sheet_column")


def tables_of(
    found: Households,
    sheets: Sequence[SheetRows],
    year: int,
    first: int,
    path: str,
    kept: list[CellRead] | None = None,
) -> list[ParsedTable]:
    """The tables of a file's forms; `first` is the number that the first of them gets.

    `kept` gets the cells that are a value's own, are texts and could be read.
    """
    groups: dict[int, dict[Kind, list[Household]]] = defaultdict(lambda: defaultdict(list))
    households_found = [Household.of(form) for form in found.forms]
    ask_for_codes(households_found)
    for household in households_found:
        groups[household.form.sheet][household.kind].append(household)
    # The tables of the file in order: households and members of each kind, for each sheet.
    plan: list[tuple[int, str, list[Household]]] = []
    for number in range(len(sheets)):
        for households in groups[number].values() or [[]]:
            plan.append((number, "household", households))
        plan += [(number, "member", own) for own in _with_members(households_found, number)]
    anchors = {sheet: first + i for i, (sheet, _, _) in reversed(list(enumerate(plan)))}
    counts = _counts(plan, sheets)
    tables = []
    for i, (sheet, table, households) in enumerate(plan):
        builder = _Builder(sheets, year, path, anchors, kept)
        builder.unread = [placed for placed, _ in found.unread]
        build = builder.households if table == "household" else builder.members
        heading_row = households[0].form.first.top + 1 if households else 1
        own = SheetTable(0, sheets[sheet].name, table, heading_row, {}, counts[i])
        own.is_form, own.mapped = True, sheets[sheet].mapped
        if table == "household":
            own.homes = len(households)
            own.pages = sum(len(household.form.pages) for household in households)
        own.is_card = all(household.form.is_card for household in households)
        tables.append(build(own, first + i, households))
    return tables


def _with_members(households: Iterable[Household], sheet: int) -> list[list[Household]]:
    """The households of each kind whose members, or most of them, stand on a sheet."""
    kinds: dict[Kind, list[Household]] = defaultdict(list)
    for own in households:
        if own.columns and own.sheet_of_members == sheet:
            kinds[own.kind].append(own)
    return [*kinds.values()]


class _Builder:
    """Builds the tables of forms of one kind on one sheet."""

    def __init__(
        self,
        sheets: Sequence[SheetRows],
        year: int,
        path: str,
        anchors: dict[int, int],
        kept: list[CellRead] | None = None,
    ) -> None:
        self._sheets, self._year, self._path, self._anchors = sheets, year, path, anchors
        self._kept = kept
        self._apart: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        self._observations: list[Observation] = []
        self._bad: dict[int, list[str]] = defaultdict(list)
        self.unread: Sequence[PlacedPage] = ()

    def households(
        self, sheet: SheetTable, number: int, households: Sequence[Household]
    ) -> ParsedTable:
        refs = self._refs(number, (h.form.first.top for h in households))
        series = [pl.Series("ref", refs, dtype=pl.Int64)]
        asked = dict(households[0].asked) if households else {}
        columns = {**asked, CODE: asked.get(CODE, Asked())} if households else {}
        for (table, name), how in columns.items():
            values = [h.values[table, name] for h in households]
            places = [h.sheets[table, name] for h in households]
            sheet.columns[table, name] = usual = values[0].column
            column = self._typed(table, name, how, values, places, refs, usual)
            if (table, name) == CODE:
                column = self._numbered(column, households, refs, CODE in asked)
            series.append(column)
        if {name for table, name in asked if table == "survey"} == {"head_signed"}:
            for i in range(len(refs)):  # who signs a form was not visited for that
                self._bad[i].append(f"survey.surveyed{NOT_ASKED}")
        for household, ref in zip(households, refs, strict=True):
            for field, how, value, on in household.copies:  # what later pages say otherwise
                first = household.values[field], household.asked[field]
                self._tell_difference(field, first, (value, how), on, ref)
            self._tell_copies(household, ref)
        sheet.embedded = tuple(
            t for t in EMBEDDABLE[1:] if any(table == t for table, _ in sheet.columns)
        )
        return self._table(sheet, series, len(refs))

    def _compare_people(
        self, people: Sequence[tuple[Household, Person]], refs: Sequence[int]
    ) -> None:
        """What further grids and pages say otherwise of a person than the first."""
        ref_of = {
            id(value): ref
            for (_, person), ref in zip(people, refs, strict=True)
            for value in person.values()
        }
        for household in {id(household): household for household, _ in people}.values():
            for again, sheet in household.said_again:
                if (ref := ref_of.get(id(again.first))) is not None:
                    first = again.first, household.columns[again.column]
                    own = again.value, again.asked
                    self._tell_difference(("member", again.column), first, own, sheet, ref)

    def _tell_difference(
        self,
        name: Field,
        first: tuple[Value, Asked],
        own: tuple[Value, Asked],
        sheet: int,
        ref: int,
    ) -> None:
        """Tell a value that is not what the first one of its row `ref` is."""
        said, other = (
            parse_few(COLUMNS[name[0]][name[1]], [value.raw], asked.context(self._year)).values[0]
            for value, asked in (first, own)
        )
        if said is None or other is None or said == other:
            return
        texts = (as_word(other), as_word(said))
        if says_same(name[1], *texts):
            return
        seen = {"value": texts[0], "other": texts[1], "where": ref}
        value = own[0]
        at = reference(self._anchors[sheet], value.row + 1)
        self._observations.append(
            Observation(Notice.COPIES_DIFFER, ref, *name, value.column, *texts, seen, at)
        )

    def _tell_dittos(
        self, name: str, values: Sequence[Value], places: Sequence[int], refs: Sequence[int]
    ) -> None:
        """Tell once where cells of a column of members mean the one above."""
        dittos = [i for i, value in enumerate(values) if value.ditto]
        for i in dittos[:1]:
            seen = {"count": len(dittos), "column": COLUMNS["member"][name].heading}
            at = reference(self._anchors[places[i]], values[i].row + 1)
            where = refs[i], "member", name, values[i].column
            self._observations.append(Observation(Notice.DITTO, *where, "", "", seen, at))

    def _tell_copies(self, household: Household, ref: int) -> None:
        """Which pages of a household are copies of others, each at its first cell."""
        for placed, first, cells in household.form.copies:
            page, other = placed.page, first.page
            sheet = (
                "" if first.sheet == placed.sheet else f"工作表“{self._sheets[first.sheet].name}”"
            )
            seen = {
                "copy": f"第{page.top + 1}至{page.bottom + 1}行的表单",
                "other": f"{sheet}第{other.top + 1}至{other.bottom + 1}行的",
                "same": f"项目相同，填的{cells}格也",
            }
            at = reference(self._anchors[placed.sheet], page.top + 1)
            self._observations.append(
                Observation(
                    Notice.COPIED_SHEET, ref, "household", None, page.left, seen=seen, in_row=at
                )
            )

    def members(
        self, sheet: SheetTable, number: int, households: Sequence[Household]
    ) -> ParsedTable:
        people = [(h, person) for h in households for person in h.people]
        standing = [on for h in households for on in h.sheets_of_people]
        rows = [min(v.row for v in person.values()) for _, person in people]
        refs = self._refs(number, rows)
        series = [pl.Series("ref", refs, dtype=pl.Int64)]
        asked = households[0].columns
        odd = {
            i: found
            for i, (_, person) in enumerate(people)
            if (found := out_of_line(person, asked, self._year)) is not None
        }
        for i, found in odd.items():
            self._bad[i] += [f"member.{name}" for name in found.void & asked.keys()]
            at = Observation(found.notice, refs[i], "member", found.column, seen=found.seen)
            self._observations.append(at)
        for name, how in asked.items():
            values = [_of_person(person, name) for _, person in people]
            places = [
                h.sheet_of_person.get(id(v), on)
                for (h, _), v, on in zip(people, values, standing, strict=True)
            ]
            for i, found in odd.items():
                if name in found.void:
                    values[i] = replace(values[i], raw="")
            sheet.columns["member", name] = usual = values[0].column if values else 0
            series.append(self._typed("member", name, how, values, places, refs, usual))
            self._tell_dittos(name, values, places, refs)
        # What the grid does not ask for is open, not empty.
        not_asked = [name for name in own_columns("member") if name not in asked]
        for i in range(len(refs)):
            self._bad[i] += [f"member.{name}{NOT_ASKED}" for name in not_asked]
        self._compare_people(people, refs)
        short = [id(h) for h in households if h.may_lack(self.unread)]
        for i, (household, person) in enumerate(people):
            if id(household) in short:
                self._bad[i].append("member.household_id")
            if person is household.head_apart:
                lacking = asked.keys() - person.keys()
                self._bad[i] += [f"member.{name}{NOT_ASKED}" for name in lacking]
        for name in PLACE_COLUMNS:
            if ("household", name) not in households[0].asked and name != "household_id":
                continue
            silent = _Builder(self._sheets, self._year, self._path, self._anchors)
            own = [h.values["household", name] for h, _ in people]
            places = [h.sheets["household", name] for h, _ in people]
            how = households[0].asked.get(("household", name), Asked())
            sheet.columns["member", name] = usual = own[0].column if own else 0
            column = silent._typed("household", name, how, own, places, refs, usual)
            if name == "household_id":
                column = silent._numbered(column, [h for h, _ in people], refs, False)
            series.append(column.alias(f"member.{name}"))
            for ref, places_apart in silent._apart.items():
                self._apart[ref] += places_apart
        return self._table(sheet, series, len(refs))

    def _refs(self, number: int, rows: Iterable[int]) -> list[int]:
        """References of rows, all different: pages stand side by side."""
        refs: list[int] = []
        for row in rows:
            ref = reference(number, row + 1)
            refs.append(max(ref, refs[-1] + 1) if refs else ref)
        return refs

    def _typed(
        self, table: str, name: str, how: Asked, values: Sequence[Value], places: Sequence[int],
        refs: Sequence[int], usual: int,
    ) -> pl.Series:  # fmt: skip
        """A column of values, its faults observed; where they stand apart is kept.

        `usual` is the sheet's column of that name.
        """
        column = COLUMNS[table][name]
        raw: list[Raw] = ["" if value.is_empty else value.raw for value in values]
        context = how.context(self._year)
        typed = parse_few(column, raw, context)
        if self._kept is not None:
            self._kept += [
                CellRead(self._sheets[sheet].name, at.row, at.column, column, context, at.raw, read)
                for sheet, at, read in zip(places, values, typed.values.to_list(), strict=True)
                if isinstance(at.raw, str) and not at.part and read is not None
            ]
        # How a part of a text is written is no fault; that its day has no year is told.
        remarks = {
            i: remark
            for i, remark in typed.remarks.items()
            if not values[i].part
            or (remark.notice is Notice.LENIENT and names_no_year(as_text(remark.raw)))
        }
        rows = [
            reference(self._anchors[sheet], value.row + 1)
            for sheet, value in zip(places, values, strict=True)
        ]
        for ref, row, value in zip(refs, rows, values, strict=True):
            if (row, value.column) != (ref, usual):
                self._apart[ref].append((name, row, value.column))
        for i, fault in [*typed.faults.items(), *remarks.items()]:
            where, seen = (refs[i], table, name, values[i].column), fault.seen
            self._observations.append(
                Observation(fault.notice, *where, seen["value"], fault.expected, seen, rows[i])
            )
        for i in typed.faults:
            self._bad[i].append(f"{table}.{name}")
        return typed.values.alias(f"{table}.{name}")

    def _numbered(
        self, codes: pl.Series, households: Sequence[Household], refs: Sequence[int], asked: bool
    ) -> pl.Series:
        """The households' codes, and what stands for the code of those without one."""
        heading = COLUMNS["household"]["household_id"].heading
        values: list[str] = []
        for household, code, ref in zip(households, codes, refs, strict=True):
            sheet = self._sheets[household.form.sheet].name
            values.append(code or household.stand_in(self._path, sheet))
            if asked and household.values[CODE].is_empty:
                at = household.values[CODE]
                in_row = reference(self._anchors[household.sheets[CODE]], at.row + 1)
                seen = {"column": heading}
                self._observations.append(
                    Observation(Notice.EMPTY, ref, *CODE, at.column, "", "", seen, in_row)
                )
        return pl.Series(codes.name, values, dtype=pl.String)

    def _table(self, sheet: SheetTable, series: list[pl.Series], rows: int) -> ParsedTable:
        refs = series[0].to_list()
        apart = [[dict(zip(_APART, p, strict=True)) for p in self._apart[r]] or None for r in refs]
        marks = ["|" + "|".join(self._bad[i]) + "|" if self._bad[i] else None for i in range(rows)]
        frame = pl.DataFrame(
            [*series, pl.Series("apart", apart, APART), pl.Series("bad", marks, pl.String)]
        )
        return ParsedTable(sheet, frame, self._observations)


def _of_person(person: Person, name: str) -> Value:
    some = next(iter(person.values()))
    return person.get(name, Value("", some.row, some.column))


def _counts(
    plan: Sequence[tuple[int, str, list[Household]]], sheets: Sequence[SheetRows]
) -> list[RowCounts]:
    """What became of the rows of each sheet, each counted in one table."""
    counts = [RowCounts() for _ in plan]
    for number, sheet in enumerate(sheets):
        tables = [i for i, (own, _, _) in enumerate(plan) if own == number]
        owner = [tables[0]] * len(sheet.kinds)
        # The rows of persons are the members' table's; of pages side by side the first has a row.
        for i in sorted(tables, key=lambda i: (plan[i][1] == "member", -i)):
            _, table, households = plan[i]
            pages = [p.page for h in households for p in h.form.pages if p.sheet == number]
            for page in pages:
                for row in _rows_of(page, table, sheet):
                    owner[row] = i
        for row, kind in enumerate(sheet.kinds):
            name = "checked" if kind == RowKind.PERSON else kind.value
            setattr(counts[owner[row]], name, getattr(counts[owner[row]], name) + 1)
    return counts


def _rows_of(page: Page, table: str, sheet: SheetRows) -> Iterable[int]:
    if table == "household":
        return range(page.top, page.bottom + 1)
    return [row for row in page.rows_of_people if sheet.kinds[row] == RowKind.PERSON]
