"""What became of the rows of a sheet of forms: each row is counted once.

A row counts as checked where a value of a household or a person was read in it, as rejected where
something was filled in on a page that is not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jiandang.headings.vocabulary import mapped_among
from jiandang.intake.forms.page import Page
from jiandang.intake.forms.sheet import Sheet


class RowKind(StrEnum):
    """What a row of a sheet of forms is; the values are the names in `RowCounts`."""

    PERSON = "person"
    CHECKED = "checked"
    REJECTED = "rejected"
    HEADING = "heading"
    TITLE = "title"
    NOTE = "note"
    BLANK = "blank"


@dataclass
class SheetRows:
    """The name of a sheet, what is hidden of it, and what its rows are.

    `mapped` as in `SheetTable`.
    """

    name: str
    mapped: frozenset[str]
    kinds: list[RowKind]
    hidden: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    @classmethod
    def of(cls, sheet: Sheet, pages: Iterable[Page]) -> "SheetRows":
        """The rows before it is known which pages are read; those above the first are a title."""
        grid = sheet.grid
        cells = (cell for number in range(len(sheet)) for cell in sheet.row(number))
        mapped = mapped_among(label.meaning for cell in cells for label in cell.labels)
        first = min((page.top for page in pages), default=0)
        kinds = []
        for number, row in enumerate(grid.rows):
            blank = all(isinstance(cell, str) and not cell.strip() for cell in row)
            other = RowKind.TITLE if number < first else RowKind.NOTE
            kinds.append(RowKind.BLANK if blank else other)
        return cls(grid.name, mapped, kinds, grid.hidden, grid.hidden_rows, grid.hidden_columns)

    def settle(self, read: Iterable[Page], unread: Iterable[Page], empty: Iterable[Page]) -> None:
        """Say what the rows of the pages are."""
        for page in empty:
            self._set(page.rows_of_labels | page.rows_of_values, RowKind.HEADING)
        for page in read:
            self._set(page.rows_of_labels, RowKind.HEADING)
        for page in read:
            self._set(page.rows_of_values | page.rows_of_people, RowKind.CHECKED)
        for page in read:
            # A person of whom several rows speak is one: what further ones say is the household's,
            # as is what a page beside says in the same row.
            first = {min(value.row for value in person.values()) for person in page.people}
            self._set(first, RowKind.PERSON)
            strange = {value.row for value in page.strangers}
            self._set({*page.lost, *strange}, RowKind.REJECTED)
        for page in unread:
            filled = page.rows_of_values | page.rows_of_people
            self._set(page.rows_of_labels - filled, RowKind.HEADING)
            self._set(filled, RowKind.REJECTED)

    def _set(self, rows: Iterable[int], kind: RowKind) -> None:
        for row in rows:
            self.kinds[row] = kind
