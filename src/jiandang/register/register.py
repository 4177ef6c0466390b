"""The register: the typed tables of one run, and where each row of them stands in the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from jiandang.register.notice import Notice
from jiandang.register.table import Table
from jiandang.register.tables import COLUMNS, MODELS

# A row's reference: the number of its sheet in `Register.sheets`, then its 1-based row number.
ROW_BITS = 21
# What stands in no row: a fault of the policy.
NO_ROW = -1


# Where single cells of a row stand that are not in the row of its reference, or not in its sheet:
# (the row's reference, the column's name) → (the reference of the cell's row, the sheet's column).
Places = dict[tuple[int, str], tuple[int, int]]


def reference(sheet: int, row: int) -> int:
    """One number for a row of a sheet; Excel's rows need 21 bits."""
    return sheet << ROW_BITS | row


def moved(cells: Places, shift: int) -> Places:
    """The places with all references moved by as much."""
    return {
        (ref + shift, name): (at + shift, column) for (ref, name), (at, column) in cells.items()
    }


def sheet_of(ref: int) -> int:
    return ref >> ROW_BITS


def row_of(ref: int) -> int:
    return ref & ((1 << ROW_BITS) - 1)


@dataclass
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


@dataclass
class SheetTable:
    """One recognised table on a sheet. Rows are 1-based, columns 0-based.

    `columns` maps (table, column) to the sheet's column: a sheet of members may carry columns of
    other tables too. `embedded` names those tables that are made from them. Of forms (`is_form`)
    a column is but asked for: where each value stands, `Register.cells` says.
    """

    file: int
    sheet: str
    table: str
    heading_row: int
    columns: dict[tuple[str, str], int]
    rows: RowCounts
    embedded: tuple[str, ...] = ()
    is_form: bool = False

    @property
    def layout(self) -> tuple[str, tuple[str, ...], frozenset[tuple[str, str]]]:
        """Which tables and columns the sheet has, whatever their order: `table`, `embedded`, …"""
        return self.table, self.embedded, frozenset(self.columns)

    def has(self, table: str, column: str) -> bool:
        return (table, column) in self.columns


@dataclass
class FileRead:
    """A file of the run: what was found in it, or why it could not be read."""

    path: Path
    sha256: str | None = None
    error_code: str | None = None
    error: str | None = None
    remarks: list[str] = field(default_factory=list)


class Observation(NamedTuple):
    """What was noticed, where, and what a rule shows of it.

    `ref` is a row reference, or NO_ROW; `column` a column's name in `table`, and `sheet_column`
    the 0-based column of the sheet where there is no such column. `value` stands in the cell,
    or in the heading where only the sheet's column is known. `seen` holds the message's values.
    """

    notice: Notice
    ref: int
    table: str = ""
    column: str | None = None
    sheet_column: int | None = None
    value: str = ""
    expected: str = ""
    seen: Mapping[str, Any] = {}

    @property
    def together(self) -> str:
        """How many cells of the column are like this one, and which; empty for a single cell."""
        cells = self.seen.get("cells")
        return f"；这一列共 {self.seen['count']} 格（{cells}）" if cells else ""


@dataclass
class Register:
    """Everything that was read in one run.

    `tables[name]` is a frame with the columns of the table's model and besides
    `ref` (row reference), `ref2` (a second row that the same household has in another sheet, or
    null), `bad` (names of the faulty cells of the row as `|a|b|`, or null), `own` (whether the
    row stands in a sheet of the table itself). Those of households have `head_is_listed`: whether
    the head's number is one of the members'. `cells` are the places of cells that stand elsewhere
    than in their row and their sheet's column of that name.
    """

    files: list[FileRead]
    sheets: list[SheetTable]
    tables: dict[str, pl.DataFrame]
    observations: list[Observation]
    cells: Places = field(default_factory=dict)

    def has_column(self, table: str, column: str) -> bool:
        """Whether any sheet has the column for the table, or a place column that contains it."""
        names = (column, "place") if column in ("county", "town", "village") else (column,)
        return any(sheet.has(table, name) for sheet in self.sheets for name in names)

    def rows_of(self, table: str) -> Iterator[Table]:
        """The rows of a table as Pydantic objects, for whoever wants them one by one."""
        model = MODELS[table]
        for row in self.tables[table].select(list(COLUMNS[table])).iter_rows(named=True):
            yield model.model_construct(**row)
