"""The register: the typed tables of one run, and where each row of them stands in the files."""

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import polars as pl

from jiandang.register.household import Household
from jiandang.register.member import Member
from jiandang.register.notice import Notice
from jiandang.register.process import Procedure, Survey
from jiandang.register.tables import only_completes
from jiandang.register.village import Allocation, Village

if TYPE_CHECKING:
    from jiandang.register.lists.read import ListRead
    from jiandang.register.objects import Objects

# A row's reference: the number of its sheet in `Register.sheets`, then its 1-based row number.
ROW_BITS = 21
# The table of who of the register was found in whatever list, where lists were given.
MATCHES = "list_match"
# Behind a column's name in `bad`: the row's form does not ask for it. That is no fault.
NOT_ASKED = "?"
# The tables whose rows are of households.
OF_HOUSEHOLDS = ("household", "member", "procedure", "survey")
# What stands in no row: a fault of the policy.
NO_ROW = -1

# The types of the columns that say from which other rows a row has been put together, and where
# single values of it stand: `column` in the row `ref`, in the `sheet_column` (0-based), or where
# that is null in the column of that name. A form has values anywhere.
OTHERS = pl.List(pl.Int64)
APART = pl.List(pl.Struct({"column": pl.String, "ref": pl.Int64, "sheet_column": pl.Int64}))


def reference(sheet: int, row: int) -> int:
    """One number for a row of a sheet; Excel's rows need 21 bits."""
    return sheet << ROW_BITS | row


def sheet_number(refs: pl.Expr | None = None) -> pl.Expr:
    """The numbers of the sheets in which rows stand: those of `ref`, or with these references."""
    number: pl.Expr = (pl.col("ref") if refs is None else refs) // 2**ROW_BITS
    return number


def row_number(refs: pl.Expr | None = None) -> pl.Expr:
    """The rows of the sheets, as `sheet_number`."""
    number: pl.Expr = (pl.col("ref") if refs is None else refs) % 2**ROW_BITS
    return number


def in_sheets(numbers: Collection[int]) -> pl.Expr:
    """Whether a row, or any that has been put together with it, stands in one of these sheets."""
    own, of_others = sheet_number().is_in(numbers), sheet_number(pl.element()).is_in(numbers)
    found: pl.Expr = own | pl.col("others").list.eval(of_others).list.any().fill_null(False)
    return found


def moved_apart(moved: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """The column `apart` with its references moved."""
    name, ref, column = (pl.element().struct.field(f) for f in ("column", "ref", "sheet_column"))
    return pl.col("apart").list.eval(pl.struct(name, moved(ref).alias("ref"), column))


def sheet_of(ref: int) -> int:
    return ref >> ROW_BITS


def row_of(ref: int) -> int:
    return ref & ((1 << ROW_BITS) - 1)


@dataclass(slots=True)
class RowCounts:
    """What became of the rows of a table on a sheet; all of the sheet's rows are in here."""

    title: int = 0
    heading: int = 0
    checked: int = 0
    rejected: int = 0
    total: int = 0
    note: int = 0
    blank: int = 0

    @property
    def read(self) -> int:
        """The data rows: rows read = rows checked + rows rejected."""
        return self.checked + self.rejected

    @property
    def in_all(self) -> int:
        """All rows of the sheet down to the last of the table."""
        return self.title + self.heading + self.read + self.total + self.note + self.blank

    @property
    def beside(self) -> dict[str, int]:
        """The rows with words that are no data, by what they are."""
        counts = {"合计": self.total, "说明": self.note}
        return {what: count for what, count in counts.items() if count}


@dataclass(slots=True)
class SheetTable:
    """One recognised table on a sheet. Rows are 1-based, columns 0-based.

    `columns` maps (table, column) to the sheet's column: a sheet of members may carry columns of
    other tables too. `embedded` names those tables that are made from them. `beside` is set for
    persons who stand in their households' rows, one table for each place in a row. Of forms
    (`is_form`) most values stand apart from their column; see `Register`. Cards (`is_card`) only
    complete what is known of households. `village` is the one that the sheet's name, its title or
    the file's name tells of; `mapped` are the keys of the user's own headings (--map) that it has;
    `homes` and `pages` are how many households' forms begin on the sheet, and of how many pages;
    `is_told_by_heads`, whether the households' numbers were found by the names of their heads.
    """

    file: int
    sheet: str
    table: str
    heading_row: int
    columns: dict[tuple[str, str], int]
    rows: RowCounts
    embedded: tuple[str, ...] = ()
    beside: bool = False
    is_form: bool = False
    is_card: bool = False
    village: str | None = None
    mapped: frozenset[str] = frozenset()
    pages: int = 0
    homes: int = 0
    is_told_by_heads: bool = False

    def column(self, name: str) -> int | None:
        """The sheet's column of that name, whatever the table."""
        own = [place for place in self.columns.items() if place[0][1] == name]
        return min(own)[1] if own else None

    @property
    def layout(self) -> tuple[str, tuple[str, ...], frozenset[tuple[str, str]]]:
        """Which tables and columns the sheet has, whatever their order: `table`, `embedded`, …

        A village that stands above the rows, or in a name, is as good as a column of it, and so
        are the names of heads by which households are told.
        """
        told = {(self.table, "village")} if self.village_of_rows else set()
        if self.is_told_by_heads:
            told.add((self.table, "household_id"))
        return self.table, self.embedded, frozenset(self.columns.keys() | told)

    @property
    def village_of_rows(self) -> str | None:
        """The village of all rows, where no column says which it is."""
        says = any(self.has(self.table, name) for name in ("village", "village_code", "place"))
        return None if says or self.table not in OF_HOUSEHOLDS else self.village

    def has(self, table: str, column: str) -> bool:
        return (table, column) in self.columns

    def columns_of(self, table: str) -> frozenset[str]:
        """The names of the columns that the sheet has for a table."""
        return frozenset(name for of, name in self.columns if of == table)

    @property
    def only_completes(self) -> bool:
        """Whether it says but whom to reach of households that others describe (`tables`)."""
        is_list = self.table == "household" and not self.is_form
        return is_list and only_completes(self.columns_of("household"))


# Whether a file is of the register that is checked, of the one before, or 增减表 between them.
Role = Literal["now", "before", "changes"]


@dataclass(slots=True)
class FileRead:
    """A file of the run: what was found in it, or why it could not be read.

    `is_template` is true of what this tool made to be filled in: the empty register, visit forms.
    `about_run` are the remarks that come first, since they are about the whole run.
    """

    path: Path
    sha256: str | None = None
    error_code: str | None = None
    error: str | None = None
    remarks: list[str] = field(default_factory=list)
    unrecognised_sheets: tuple[str, ...] = ()  # by name; their rows are unread
    # Those of them that list people who are in no register, by what they are called.
    unregistered_sheets: tuple[str, ...] = ()
    unread_villages: tuple[tuple[str, str], ...] = ()  # that these sheets name
    seconds: float = 0  # that reading took
    role: Role = "now"
    is_template: bool = False
    about_run: tuple[str, ...] = ()
    name: str = ""  # as far as it tells the file from the others of the run
    # What is said of its columns that name persons in one cell: nobody of them is read.
    persons_in_cells: tuple[str, ...] = ()
    first_error_code: str | None = None  # when it was read; the run may find one too

    def __post_init__(self) -> None:
        self.name = self.name or self.path.name

    @property
    def content(self) -> tuple[str | None, str | None]:
        """What it is told by that a file is read once more as it was before."""
        return self.sha256, self.first_error_code


class PassedOver(NamedTuple):
    """What lies in a folder and was not read, and why not, in Chinese."""

    path: Path
    reason: str


class Observation(NamedTuple):
    """What was noticed, where, and what a rule shows of it.

    `ref` is a row reference, or NO_ROW; `column` a column's name in `table`, and `sheet_column`
    the 0-based column of the sheet where there is no such column, or the cell is not in it.
    `in_row` refers to the cell's row where that is another. `value` stands in the cell, or in the
    heading where only the sheet's column is known. `seen` holds the message's values.
    """

    notice: Notice
    ref: int
    table: str = ""
    column: str | None = None
    sheet_column: int | None = None
    value: str = ""
    expected: str = ""
    seen: Mapping[str, Any] = {}
    in_row: int | None = None

    def moved(self, shift: int) -> "Observation":
        """The same with its references moved by as much."""
        in_row = None if self.in_row is None else self.in_row + shift
        return self._replace(ref=self.ref + shift, in_row=in_row)

    @property
    def is_of_many(self) -> bool:
        """Whether it is said of so many, and stands at the first of them."""
        return "count" in self.seen

    @property
    def together(self) -> str:
        """How many cells of the column are like this one, and which; empty for a single cell."""
        cells = self.seen.get("cells")
        return f"；这一列共 {self.seen['count']} 格（{cells}）" if cells else ""


@dataclass(eq=False)
class Register:
    """Everything that was read in one run.

    `tables[name]` is a frame with the columns of the table's model and besides
    `ref` (row reference), `others` (references of the other rows that the same household or
    person has, or null), `apart` (where the values stand that are not in the first of these rows
    that has the column, or not in the sheet's column of that name; see `APART`; or null), `bad`
    (names of the faulty cells of the row as `|a|b|`, or null; `a?` where its form does not ask
    for `a`), `own` (whether the row stands in a sheet of the table itself). Those of households
    have `head_is_listed`: whether the head's number is one of the members'; those of members
    have `own_phone` and `own_head_name`: what stands there in their own row, and those of steps
    and visits the latter. Other departments'
    `lists` are no tables of the register, but those rows of them are that are of people in it (see
    matching.tables). `county_codes` are the policy's names of counties by code.
    """

    files: list[FileRead]
    sheets: list[SheetTable]
    tables: dict[str, pl.DataFrame]
    observations: list[Observation]
    passed_over: list[PassedOver] = field(default_factory=list)
    county_codes: Mapping[str, str] = field(default_factory=dict, repr=False)
    lists: "list[ListRead]" = field(default_factory=list)
    # The frames of which `_kept` makes objects.
    _seen: list[pl.DataFrame] = field(default_factory=list, init=False, repr=False)
    _kept: "Objects" = field(init=False, repr=False)

    @property
    def has_unread_pages(self) -> bool:
        """Whether pages of forms could not be read: nobody knows of which household they are."""
        return any(file.error_code == "form_unread" for file in self.files)

    def __repr__(self) -> str:
        unread = sum(file.error is not None for file in self.files)
        counts = {"files": len(self.files), **({"unreadable": unread} if unread else {})}
        counts |= {name: frame.height for name, frame in self.tables.items()}
        return f"Register({', '.join(f'{name}={count}' for name, count in counts.items())})"

    def has_column(self, table: str, column: str) -> bool:
        """Whether any sheet has the column for the table, or a place column that contains it."""
        names = (column, "place") if column in ("county", "town", "village") else (column,)
        return any(sheet.has(table, name) for sheet in self.sheets for name in names)

    def households(self) -> Iterator[Household]:
        """The households as validated objects, each made when its turn comes."""
        return self._objects.all_of(Household)

    def members(self) -> Iterator[Member]:
        """The members of all households, as `households`."""
        return self._objects.all_of(Member)

    def villages(self) -> Iterator[Village]:
        """The villages (村情), as `households`."""
        return self._objects.all_of(Village)

    def allocations(self) -> Iterator[Allocation]:
        """The quotas (任务分解), as `households`."""
        return self._objects.all_of(Allocation)

    def procedures(self) -> Iterator[Procedure]:
        """The steps of households and villages (识别程序), as `households`."""
        return self._objects.all_of(Procedure)

    def surveys(self) -> Iterator[Survey]:
        """The visits (入户调查), as `households`."""
        return self._objects.all_of(Survey)

    @property
    def _objects(self) -> "Objects":
        from jiandang.register.objects import Objects  # a check needs none
        from jiandang.register.whole import whole

        frames = [*self.tables.values()]
        if len(frames) != len(self._seen) or any(map(operator.is_not, frames, self._seen)):
            self._kept, self._seen = Objects(whole(self)), frames  # somebody has changed them
        return self._kept
