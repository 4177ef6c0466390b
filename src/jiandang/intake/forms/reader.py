"""Reads the form pages of a file: sheet by sheet, then all its households together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jiandang.formats.grid import Grid
from jiandang.headings.printed import Options
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.codebook import lists_in_notes
from jiandang.intake.columns import CellRead
from jiandang.intake.forms.cutting import pages
from jiandang.intake.forms.households import Households, PlacedPage, join_pages
from jiandang.intake.forms.listed import codes_by_head, take_listed_codes
from jiandang.intake.forms.mixed import list_among_forms, list_behind_forms, list_beside_forms
from jiandang.intake.forms.one_household import unplaced
from jiandang.intake.forms.page import Page
from jiandang.intake.forms.persons_in_cells import persons_cells
from jiandang.intake.forms.reading import read_page
from jiandang.intake.forms.recognise import is_form_sheet
from jiandang.intake.forms.rows import RowKind, SheetRows
from jiandang.intake.forms.sheet import Sheet
from jiandang.intake.forms.tables import tables_of
from jiandang.intake.forms.unread_persons import left_out
from jiandang.intake.forms.vocabulary import form_vocabulary
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.row_texts import PERSONS_NUMBER
from jiandang.intake.several import SEVERAL_IN_CELL
from jiandang.register.cells import as_text
from jiandang.register.codes import code_lists
from jiandang.register.notice import Notice
from jiandang.register.register import Observation, reference
from jiandang.register.text import solid

_MOST_NAMED = 20
_MOST_OF_REST, _MOST_OF_PAGE = 8, 40  # rows
# Begins what is said of a kind of form: once in a run, whatever number of files has such forms.
KIND = "表单“"


@dataclass
class FormTables:
    """What a file's forms come to: tables, remarks on them, and why pages were not read.

    `lost` names rows of persons that were not, of pages that were; `strange` those that complete
    the members by names that none of them has. `in_cells` are the cells that list the persons of
    a household without a grid of them: somebody else in the run may have these. `mixed`
    says by sheet that forms and a list of households stand on it.
    """

    tables: list[ParsedTable] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    in_cells: list[str] = field(default_factory=list)
    mixed: dict[str, str] = field(default_factory=dict)


def _misprints_one(topic: str, options: Options) -> bool:
    """Whether a printed list is the code list itself but for one word, which it then has twice.

    T001 prints 5大专 6大专以上, where the province's system has 5中专: its own list counts.
    """
    known = code_lists().get(topic)
    if known is None:
        return False
    words = {number: known.find(word) for number, word in options.items()}
    others = [number for number, word in words.items() if word not in (None, known.find(number))]
    return len(others) == 1 and words[others[0]] in {
        word for number, word in words.items() if number != others[0]
    }


def _listed(rows: Sequence[int]) -> str:
    return "、".join(str(row + 1) for row in sorted({*rows}))


class FormReader:
    """Takes the sheets of one file that are forms, and gives their tables when all are in.

    `year` completes dates without one; `kept` gets the cells that are texts and could be read.
    `beside_forms` says that the file is known to have forms, so that a page may stand before the
    first that names its household.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        year: int,
        kept: list[CellRead] | None = None,
        *,
        beside_forms: bool = False,
    ) -> None:
        self._kept = kept
        self._beside_forms = beside_forms
        self._short: list[Grid] = []  # of which it is not known whether they stand beside forms
        self._vocabulary = vocabulary
        self._year, self._income_year = year, vocabulary.income_year
        self._mixed: dict[str, int] = {}  # the row where the list of households is headed
        # A list on the sheet taken last, which is no form, and where it begins.
        self.rest: tuple[Grid, str] | None = None
        self._sheets: list[SheetRows] = []
        self._pages: list[list[Page]] = []

    def take(self, grid: Grid) -> bool:
        """Read a sheet if it is one of forms; gives whether it is."""
        self.rest = None
        sheet = Sheet(grid, form_vocabulary(self._vocabulary))
        beside_forms = self._beside_forms or bool(self._sheets)
        are_forms = is_form_sheet(sheet, beside_forms=beside_forms)
        mixed = list_beside_forms(sheet) or (
            list_behind_forms(sheet) if are_forms else list_among_forms(sheet)
        )
        if mixed is not None:
            if mixed.forms is None or mixed.table is None or not self.take(mixed.forms):
                self._mixed[grid.name] = mixed.head
            else:
                self.rest = mixed.table, mixed.at
            return True
        if not are_forms:
            if not beside_forms and len(grid.rows) <= _MOST_OF_PAGE:
                self._short.append(grid)
            return False
        lists = {
            topic: own
            for topic, own in lists_in_notes(grid).items()
            if not _misprints_one(topic, own)
        }
        if lists:
            sheet = Sheet(grid, form_vocabulary(self._vocabulary, lists))
        read = []
        for area in pages(sheet):
            page = read_page(area, self._income_year, self._year)
            page.lost += left_out(area, page)
            page.persons_cells = [*persons_cells(area, page)]
            read.append(page)
        self._pages.append(read)
        self._sheets.append(SheetRows.of(sheet, read))
        return True

    @property
    def names(self) -> list[str]:
        """The names of the sheets of forms."""
        return [sheet.name for sheet in self._sheets]

    @property
    def has_passed_pages(self) -> bool:
        """Whether a sheet before the first form is a page, as those behind it would be."""
        words = form_vocabulary(self._vocabulary)
        return bool(self._sheets) and any(
            is_form_sheet(Sheet(grid, words), beside_forms=True) for grid in self._short
        )

    @staticmethod
    def is_small(grid: Grid) -> bool:
        """Whether a sheet has as few rows as a page's rest."""
        return len(grid.rows) <= _MOST_OF_REST

    def may_be_page(self, grid: Grid) -> bool:
        """Whether a small sheet that was not taken has labels of forms, and stands beside some.

        Or persons' numbers, of members without a heading. So little (挂钩帮扶人 alone) may as well
        be of a list; it is told, and not read.
        """
        words = form_vocabulary(self._vocabulary)
        return bool(self._sheets) and any(
            words.labels(cell) or PERSONS_NUMBER.search(solid(as_text(cell)))
            for row in grid.rows
            for cell in row
        )

    def finish(self, path: str, others: Sequence[ParsedTable]) -> FormTables:
        """The tables of the file's forms, which come behind its `others`."""
        mixed = {
            name: f"工作表“{name}”上既有一页一户的表单，"
            f"又有一行一户或一人的表（表头在第{row + 1}行）"
            for name, row in self._mixed.items()
        }
        if not self._sheets:
            return FormTables(mixed=mixed)
        first = len(others)
        names = (sheet.name for sheet in self._sheets)
        codes = codes_by_head(others)
        found = join_pages([*zip(names, self._pages, strict=True)], codes)
        take_listed_codes(found, codes)
        read = [placed for form in found.forms for placed in form.pages]
        for number, sheet in enumerate(self._sheets):
            sheet.settle(
                [p.page for p in read if p.sheet == number],
                [p.page for p, _ in found.unread if p.sheet == number],
                [p.page for p in found.empty if p.sheet == number],
            )
        result = FormTables(remarks=list(self._remarks(found, read)), mixed=mixed)
        result.unread = [f"{self._named(p)}没有读：{reason}" for p, reason in found.unread]
        result.unread += [
            f"{self._named(p)}里“{columns}”没有读：看不出是哪个成员的，请在同一页写上姓名，序号也相同"
            for p, columns in unplaced(found.forms)
        ]
        result.lost = [
            f"工作表“{self._sheets[placed.sheet].name}”第{_listed(placed.page.lost)}行的家庭成员没有读"
            for placed in read
            if placed.page.lost
        ]
        result.strange = [
            f"工作表“{self._sheets[placed.sheet].name}”第{value.row + 1}行没有读："
            f"前面的家庭成员里没有“{value.text}”"
            for placed in read
            for value in placed.page.strangers
        ]
        listed = [
            (f"工作表“{self._sheets[placed.sheet].name}”第{own.row + 1}行的", own.label)
            for form in found.forms
            if not any(placed.page.people for placed in form.pages)
            for placed in form.pages
            for own in placed.page.persons_cells
        ]
        has_members = any(placed.page.people for placed in read)
        if has_members and not any(table.sheet.table == "member" for table in others):
            result.lost += [f"{at}家庭成员没有读" for at, _ in listed]
        else:
            named = listed[:_MOST_NAMED]
            result.in_cells = [f"{at}“{label}”{SEVERAL_IN_CELL}" for at, label in named]
            if more := len(listed) - len(named):
                result.in_cells.append(f"另有 {more} 处也这样")
        if found.forms or found.unread:
            result.tables = tables_of(found, self._sheets, self._year, first, path, self._kept)
            self._say_hidden(result.tables, first)
        return result

    def _named(self, placed: PlacedPage) -> str:
        page = placed.page
        return (
            f"工作表“{self._sheets[placed.sheet].name}”第{page.top + 1}至{page.bottom + 1}行的表单"
        )

    def _remarks(self, found: Households, read: list[PlacedPage]) -> Iterator[str]:
        """Labels not understood, once a kind of form; other years; forms not filled in."""
        unknown: dict[str, dict[str, None]] = {}
        years: dict[tuple[str, int], None] = {}
        units: dict[tuple[str, str, bool], None] = {}
        for placed in read:
            page = placed.page
            unknown.setdefault(page.title, {}).update(dict.fromkeys(page.unknown))
            if page.year_taken not in (None, self._income_year):
                years[page.title, page.year_taken or 0] = None
            units.update(((page.title, *said), None) for said in page.units)
        for title, said, fits in units:
            how = "没有另写单位的按它读取" if fits else "有的数和它不合，仍按规定的单位读取，请核对"
            yield f"{KIND}{title or '无标题'}”写着“{said}”：{how}"
        for title, labels in unknown.items():
            if labels:
                shown = "、".join(list(labels)[:_MOST_NAMED])
                more = "等" if len(labels) > _MOST_NAMED else ""
                yield f"{KIND}{title or '无标题'}”里没有认出、未作检查的项目：{shown}{more}"
        for title, year in years:
            own = self._income_year
            yield f"{KIND}{title or '无标题'}”的收入没有{own}年的，取了最后填写的{year}年"
        for why in dict.fromkeys((placed.page.title, why) for placed, why in found.supposed):
            title, reason = why
            yield f"{KIND}{title or '无标题'}”有没写明是哪一户的页，{reason}，读作那一户的"
        for placed in found.empty:
            yield f"{self._named(placed)}没有填写，不算一户"

    def _say_hidden(self, tables: list[ParsedTable], first: int) -> None:
        """Hidden sheets, rows and columns with values."""
        for sheet in self._sheets:
            number = next(i for i, t in enumerate(tables) if t.sheet.sheet == sheet.name)
            table = tables[number]
            filled = (RowKind.PERSON, RowKind.CHECKED)
            hidden = [r for r in sorted(sheet.hidden_rows) if r < len(sheet.kinds)]
            hidden = [r for r in hidden if sheet.kinds[r] in filled]
            said = []
            if sheet.hidden:
                said.append((min(hidden, default=0), f"工作表“{sheet.name}”"))
            said += [(r, f"第{r + 1}行") for r in hidden]
            for row, what in said:
                ref = reference(first + number, row + 1)
                table.observations.append(
                    Observation(
                        Notice.HIDDEN, ref, table.sheet.table, None, 0, "", "", {"what": what}
                    )
                )
