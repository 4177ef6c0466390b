"""A file → its tables: its sheets taken one after another, and what is said of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from jiandang.formats.ahead import ahead
from jiandang.formats.grid import Grid, Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.headings.printed import Options
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.codebook import headings_of, lists_of_sheet
from jiandang.intake.columns import CellRead
from jiandang.intake.forms.reader import FormReader
from jiandang.intake.marked_headings import with_bare_headings
from jiandang.intake.numbering import village_in
from jiandang.intake.office_forms import remark_of_form
from jiandang.intake.other_lists import OPTIONS, whose_is
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.quotas import is_called_quota, of_quota
from jiandang.intake.sheets import read_sheet
from jiandang.intake.unregistered import (
    Unregistered,
    is_no_name,
    registered_only,
    remark_of_like,
    remark_of_others,
)
from jiandang.intake.without_headings import seems_of_persons
from jiandang.log import LOG
from jiandang.register.address import column_letters
from jiandang.register.register import FileRead
from jiandang.run.own_outputs import (
    MARKED_COPY,
    NO_REGISTER,
    is_of_template,
    is_own_sheet,
    is_result_sheet,
)
from jiandang.run.unrecognised import (
    beside_headings,
    far_too_wide,
    first_texts,
    known_of,
    left_over,
    names_anybody,
    none_read,
    nothing_recognised,
    on_its_side,
    only_empty_forms,
    persons_in_cells,
    rows_below,
    rows_of_none,
    rows_under,
    titles_of,
    unread_forms,
)

CRASHED = "读这个文件时程序崩溃了。请用 Excel 或 WPS 打开后另存为新的 .xlsx 再检查。"
STOPPED = (
    "读这个文件要用的时间或内存太多，没有读完。请删去表外内容，另存为新的 .xlsx，"
    "或按乡镇、村拆分成几个文件再检查。"
)

# What to do with a sheet of a few labels beside forms.
REST_OF_PAGE = "。如果是某一户登记表的续页，请把这几行并到那一户的表上，再检查"

_MOST_SHOWN = 4  # headings of a list that is not read

AskPassword = Callable[[Path], str | None]


class _Sheets:
    """The sheets of a file, taken one after another; `read` is told what is said of them."""

    def __init__(
        self,
        read: FileRead,
        vocabulary: Vocabulary,
        year: int,
        kept: list[CellRead] | None = None,
        beside_forms: bool = False,
    ) -> None:
        self._read = read
        self._vocabulary = vocabulary
        self._year = year
        self._kept = kept
        self._forms = FormReader(vocabulary, year, kept, beside_forms=beside_forms)
        # Small sheets, and where each was told of.
        self._unknown: list[tuple[Grid, list[str], int]] = []
        self._tables: list[ParsedTable] = []
        self._seen: list[list[str]] = []  # first texts of sheets that were not recognised
        self._events: list[str] = []  # what is said of those called lists of other people
        self._unread: list[str] = []  # the same of those that cannot be read as they stand
        self._left: dict[str, int] = {}  # rows of each sheet below its tables, if it has some
        self._has_results = False
        self.lists: dict[str, Options] = {}

    def take(self, grid: Grid) -> None:
        grid = with_bare_headings(grid, self._vocabulary)
        self._read.is_template |= is_of_template(grid)
        if is_result_sheet(grid):
            self._has_results = True
        elif is_own_sheet(grid):
            return
        elif (wide := far_too_wide(grid)) is not None:
            self._seen.append(first_texts(grid))
            self._say_unread(grid, wide)
        elif office := remark_of_form(grid, self._vocabulary, self._read.path.stem):
            self._seen.append(first_texts(grid))
            self._say_other(grid, office)
        elif self._forms.take(grid):
            if (rest := self._forms.rest) is not None:
                self._take_tables(*rest)
        else:
            self._take_tables(grid)

    def _take_tables(self, grid: Grid, at: str = "") -> None:
        """A sheet, or what of it is no form and begins there (`at`), as tables of columns."""
        tables = self._tables_of(grid, self._vocabulary)
        if not tables and is_called_quota(self._names_of(grid)):
            quota = of_quota(self._vocabulary)
            tables = [] if quota is None else self._tables_of(grid, quota)
        is_empty = not any(table.sheet.rows.checked for table in tables)
        if is_empty and on_its_side(grid, self._vocabulary) is not None:
            tables = []  # its first rows look like a heading of several
        self._tables += tables
        if tables and is_empty:
            sheets = [table.sheet for table in tables]
            self._left[grid.name] = rows_below(grid, sheets, self._vocabulary)
        if not tables:
            self._take_other(grid, at)
        elif not is_empty:
            self._take_rest(grid, tables)

    @property
    def has_passed_pages(self) -> bool:
        """Whether sheets before the first form are pages, which is only known behind it."""
        return self._forms.has_passed_pages

    def _tables_of(self, grid: Grid, vocabulary: Vocabulary) -> list[ParsedTable]:
        return [*read_sheet(grid, vocabulary, 0, len(self._tables), self._year, self._kept)]

    def _names_of(self, grid: Grid) -> list[str]:
        """What the sheet is called, or else the file, and the texts above its heading."""
        names = [grid.name, *titles_of(grid), *first_texts(grid)]
        return names if not is_no_name(grid.name) else [*names, self._read.path.stem]

    def _take_other(self, grid: Grid, at: str) -> None:
        """A sheet without a table: a list of codes, notes, or a register that is not recognised."""
        remarks = self._read.remarks
        if own := lists_of_sheet(grid):
            self.lists = {**own, **self.lists}
            remarks.append(f"工作表“{grid.name}”是代码表，填代码的列“{headings_of(own)}”按它读取")
        elif any(cell != "" for row in grid.rows for cell in row):
            self._seen.append(texts := first_texts(grid))
            if village := village_in(grid.name) or village_in(self._read.path.stem):
                self._read.unread_villages += ((grid.name, village),)
            known = known_of(texts, self._vocabulary)
            event = remark_of_others(grid, titles_of(grid), self._read.path.stem, at)
            if event is not None:
                self._say_other(grid, event, at)
                return
            if (aside := on_its_side(grid, self._vocabulary)) is not None:
                self._say_unread(grid, aside)
                return
            is_of_register = "member" in self._vocabulary.names
            persons = seems_of_persons(grid, self._vocabulary) if is_of_register else None
            if self._forms.is_small(grid):
                told_in = (remarks,) if persons is None else (remarks, self._unread)
                self._unknown += [(grid, said, len(said)) for said in told_in]
            if persons is not None:
                self._say_unread(grid, persons)
                return
            self._read.unrecognised_sheets += (grid.name,)
            remarks.append(
                f"工作表“{grid.name}”没有认出是哪张登记表（{known}），"
                f"其中 {len(grid.rows)} 行没有检查"
            )

    def _say_other(self, grid: Grid, remark: str, at: str = "") -> None:
        """A sheet that is none of the register, or what of it begins there."""
        self._events.append(remark)
        name = f"{grid.name}（{at}起）" if at else grid.name
        self._read.unrecognised_sheets += (name,)
        self._read.unregistered_sheets += (name,)
        self._read.remarks.append(remark)

    def _say_unread(self, grid: Grid, why: str) -> None:
        """A sheet that may be the register's, once it is otherwise: the file is not wholly read."""
        self._unread.append(f"{why}；其中 {len(grid.rows)} 行没有检查")
        self._read.unrecognised_sheets += (grid.name,)
        self._read.remarks.append(self._unread[-1])

    def _take_rest(self, grid: Grid, tables: Sequence[ParsedTable]) -> None:
        """The lists on a sheet with tables that are none of these."""
        lists = [*left_over(grid, tables, self._vocabulary)]
        if not lists and (below := rows_of_none(grid, tables)) is not None:
            self._read.remarks.append(
                f"工作表“{grid.name}”第{below[0]}行起还有 {below[1]} 行，不像登记的内容，没有读"
            )
        for rest in lists:
            whose, known = whose_is(rest.texts, rest.titles), known_of(rest.texts, self._vocabulary)
            self._leave_list(
                grid, f"第{rest.first}行", whose, rest.texts, f"（{known}）", rest.rows
            )
        if (place := beside_headings(grid, tables)) is not None:
            said = f" {place[1]} 行在表头的右边，上面没有列名，"
            self._leave(grid, f"{column_letters(place[0] + 1)}列", said, is_other=True)
        for beside, row in dict.fromkeys(
            (own, table.sheet.heading_row) for table in tables for own in table.lists
        ):
            at, shown = f"{column_letters(beside.column + 1)}列", beside.texts[:_MOST_SHOWN]
            if beside.what == OPTIONS:
                words = "、".join(shown) + ("…" if len(beside.texts) > len(shown) else "")
                self._read.remarks.append(
                    f"工作表“{grid.name}”{at}起是可选的词（{words}），不是登记的内容，没有读"
                )
                continue
            headings, rows = f"（列名：{'、'.join(shown)}）", rows_under(grid, beside, row)
            self._leave_list(grid, at, beside.what, beside.texts, headings, rows)

    def _leave_list(
        self,
        grid: Grid,
        at: str,
        whose: str | None,
        texts: Sequence[str],
        headings: str,
        rows: int,
    ) -> None:
        """A list of other people, or of nobody knows whom, with these texts for headings."""
        what = "没有认出是哪张登记表" if whose is None else f"是{whose}的名单，不是登记表"
        is_other = whose is not None or not names_anybody(texts, self._vocabulary)
        said = f"另一张表{what}{headings}，其中 {rows} 行"
        self._leave(grid, at, said, is_other=is_other)

    def _leave(self, grid: Grid, at: str, said: str, *, is_other: bool) -> None:
        """What is not read of a sheet from a row or column on; and whether it is no register."""
        name = f"{grid.name}（{at}起）"
        self._read.unrecognised_sheets += (name,)
        if is_other:
            self._read.unregistered_sheets += (name,)
        self._read.remarks.append(
            f"工作表“{grid.name}”{at}起的{said}没有检查；要检查的，请另放一张工作表，写全列名"
        )

    def _without_rows(
        self, parsed: Sequence[ParsedTable], others: Sequence[Unregistered]
    ) -> list[str]:
        """What is said of sheets whose tables are recognised, and none of whose rows is read."""
        rows = dict.fromkeys((table.sheet.sheet for table in parsed), 0)
        for other in others:
            own = other.table.sheet.sheet
            if own in rows and not (other.is_of_others or other.is_wanted):
                rows[own] += other.table.sheet.rows.read
        read = {table.sheet.sheet for table in parsed if table.sheet.rows.checked}
        if not read:  # beside others that are checked each such row is told of
            for sheet in (table.sheet for table in parsed):
                rows[sheet.sheet] += sheet.rows.rejected
        left = {name: count + self._left.get(name, 0) for name, count in rows.items()}
        return [
            none_read(name, count) for name, count in left.items() if count and name not in read
        ]

    def tables(self) -> list[ParsedTable]:
        """Those of the register, numbered as if this were the only file.

        Raises Unreadable where there are none.
        """
        read, path = self._read, self._read.path
        for grid, said, place in self._unknown:
            if self._forms.may_be_page(grid):
                said[place] += REST_OF_PAGE
        for table in self._tables:
            table.sheet.village = (
                table.sheet.village or village_in(path.stem) or village_in(path.parent.name)
            )
        year, forms = self._vocabulary.income_year, self._forms.names
        parsed, others = registered_only(self._tables, path.stem, year, forms)
        for other in others:
            read.unrecognised_sheets += (other.place,)
            if other.is_of_others:
                read.unregistered_sheets += (other.place,)
            if other.is_wanted and parsed:
                self._unread.append(other.remark)
            else:
                read.remarks.append(other.remark)
        for sheet in {(t.sheet.sheet, t.sheet.heading_row): t for t in parsed}.values():
            if (remark := remark_of_like(sheet, path.stem)) is not None:
                read.remarks.append(remark)
        found = self._forms.finish(path.stem, parsed)
        parsed = parsed + found.tables
        read.remarks += found.remarks
        read.persons_in_cells = (*persons_in_cells(parsed), *found.in_cells)
        if self._has_results:
            read.remarks.append(MARKED_COPY)
        read.unrecognised_sheets += tuple(found.mixed)
        if found.unread or found.lost or found.strange or found.mixed:
            read.error_code = "form_unread"
            read.error = unread_forms(
                found.unread, found.lost, found.strange, [*found.mixed.values()]
            )
        elif unread := [*self._without_rows(parsed, others), *(self._unread if parsed else ())]:
            read.error_code, read.error = "rows_unread", "；".join(unread)
            read.remarks[:] = [remark for remark in read.remarks if remark not in unread]
        elif not parsed and self._has_results:
            raise Unreadable("own_output", NO_REGISTER)
        elif not parsed and others:
            raise Unreadable("nothing_recognised", "；".join(other.remark for other in others))
        elif not parsed and self._events and len(self._events) == len(self._seen):
            raise Unreadable("nothing_recognised", "；".join(self._events))
        elif not parsed and self._unread:
            raise Unreadable("nothing_recognised", f"{'；'.join(self._unread)}。")
        elif not parsed and found.remarks:
            raise only_empty_forms(found.remarks)
        elif not parsed:
            raise nothing_recognised(self._seen, self._vocabulary)
        return parsed


def read_file(
    vocabulary: Vocabulary,
    year: int,
    password: str | None,
    path: Path,
    ask_password: AskPassword | None = None,
    kept: list[CellRead] | None = None,
    beside_forms: bool = False,
) -> tuple[FileRead, list[ParsedTable]]:
    """A file and its tables, numbered as if it were the only one.

    To `kept` are added those of its cells that are texts and could be read. `beside_forms` as in
    `FormReader`.
    """
    read = FileRead(path)
    asked: list[str | None] = []
    so_far = 0 if kept is None else len(kept)

    def ask(path: Path) -> str | None:
        asked.append(ask_password(path) if ask_password is not None else None)
        return asked[-1]

    try:
        book = open_workbook(path, password, None if ask_password is None else ask)
        read.sha256 = book.sha256
        sheets = _Sheets(read, vocabulary, year, kept, beside_forms)
        for grid in ahead(book.grids, 1):
            sheets.take(grid)
        has_lists = bool(sheets.lists) and not vocabulary.lists
        has_passed_pages = sheets.has_passed_pages
        if has_lists or has_passed_pages:
            # What it says of the codes, or that it has forms, holds for the sheets before too, of
            # which one is kept at a time: so the file is read once more.
            if kept is not None:
                del kept[so_far:]
            known = replace(vocabulary, lists=sheets.lists) if has_lists else vocabulary
            given = asked[-1] if asked else password
            beside = beside_forms or has_passed_pages
            return read_file(known, year, given, path, kept=kept, beside_forms=beside)
        tables = sheets.tables()
        read.remarks[:0] = book.remarks
        return read, tables
    except Unreadable as unreadable:
        read.error_code, read.error = unreadable.code, unreadable.message
    except MemoryError:
        read.error_code, read.error = "too_large", STOPPED
    except Exception:  # whatever it is, it is of this file and stops no other
        LOG.debug("%s 读取时出错", path, exc_info=True)
        read.error_code, read.error = "crashed", CRASHED
    read.remarks, read.unrecognised_sheets, read.unregistered_sheets = [], (), ()
    return read, []


def read_grids(
    grids: Iterable[Grid],
    vocabulary: Vocabulary,
    year: int,
    path: Path,
    beside_forms: bool = False,
) -> tuple[FileRead, list[ParsedTable]]:
    """A file whose sheets are already in memory, as `read_file`; without a table it is empty."""
    grids, read = list(grids), FileRead(path)
    sheets = _Sheets(read, vocabulary, year, beside_forms=beside_forms)
    for grid in grids:
        sheets.take(grid)
    has_lists = bool(sheets.lists) and not vocabulary.lists
    has_passed_pages = sheets.has_passed_pages
    if has_lists or has_passed_pages:
        known = replace(vocabulary, lists=sheets.lists) if has_lists else vocabulary
        return read_grids(grids, known, year, path, beside_forms or has_passed_pages)
    try:
        return read, sheets.tables()
    except Unreadable:
        return read, []
