"""A table of a sheet as it has been read."""

from dataclasses import dataclass, replace

import polars as pl

from jiandang.intake.other_lists import ListBeside
from jiandang.register.register import (
    Observation,
    SheetTable,
    moved_apart,
    reference,
    sheet_of,
)


@dataclass
class ParsedTable:
    """A recognised table, its rows and titles; the frame has `table.column`s, `ref` and `bad`.

    `unknown` are the texts over the columns that no register has, `lists` those of other people
    at its right.
    """

    sheet: SheetTable
    frame: pl.DataFrame
    observations: list[Observation]
    titles: tuple[str, ...] = ()
    unknown: tuple[tuple[str, ...], ...] = ()
    lists: tuple[ListBeside, ...] = ()

    def renumbered(self, file: int, sheet: int) -> "ParsedTable":
        """The same table as the `sheet`th of a run, in its `file`th file."""
        old = sheet_of(int(self.frame["ref"][0])) if self.frame.height else None
        old = sheet_of(self.observations[0].ref) if old is None and self.observations else old
        shift = 0 if old is None else reference(sheet, 0) - reference(old, 0)
        if not shift and self.sheet.file == file:
            return self
        refs = [pl.col("ref") + shift]
        if "apart" in self.frame.columns:
            refs.append(moved_apart(lambda ref: ref + shift))
        return ParsedTable(
            replace(self.sheet, file=file),
            self.frame.with_columns(refs),
            [seen.moved(shift) for seen in self.observations],
            self.titles,
            self.unknown,
            self.lists,
        )
