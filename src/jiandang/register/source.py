"""Where a row of a register stands in the user's files, and which of its cells cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jiandang.register.notice import Notice

if TYPE_CHECKING:
    from jiandang.register.objects import Objects
    from jiandang.register.table import Table


class CellPlace(NamedTuple):
    """A cell: its file, its sheet and its address there (`K12`)."""

    file: Path
    sheet: str
    address: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}"


@dataclass(frozen=True)
class Source:
    """The row that an object was made from. `cells` are those of its fields, by name.

    A household may have been put together from several rows: `row` is the first, and a cell
    may stand in another sheet.
    """

    file: Path
    sheet: str
    row: int
    cells: Mapping[str, CellPlace] = field(repr=False)


@dataclass(frozen=True)
class CellFault:
    """A cell that could not be read: its text, what was expected, the nearest right value.

    `notice` is the kind of fault; None where the cell lies in a merged or a shifted range, which
    makes any text in it uncertain: then `text` is empty.
    """

    text: str = field(repr=False)
    expected: str
    nearest: str
    notice: Notice | None
    cell: CellPlace | None


class Rows(NamedTuple):
    """The references of the rows from which a row has been put together; see `Register`.

    `apart` has the row and the sheet's column of each value that stands apart.
    """

    ref: int
    others: Sequence[int] = ()
    apart: Mapping[str, tuple[int, int | None]] = {}

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Rows":
        apart = {each["column"]: (each["ref"], each["sheet_column"]) for each in row["apart"] or ()}
        return cls(row["ref"], row["others"] or (), apart)

    def places_of(self, name: str) -> Sequence[tuple[int, int | None]]:
        """The rows in which a column's value may stand, the likeliest first.

        Each with the sheet's column, or None where that is the one of the column's name.
        """
        if name in self.apart:
            return (self.apart[name],)
        return [(ref, None) for ref in (self.ref, *self.others)]


@dataclass(frozen=True)
class Origin:
    """What an object knows of the register from which it comes.

    Two are equal if they are of one row: an object is made anew whenever it is asked for.
    """

    objects: "Objects"
    rows: Rows
    bad: str | None

    def source(self, table: "type[Table]") -> Source:
        return self.objects.source(table, self.rows)

    def faults(self, table: "type[Table]") -> dict[str, CellFault]:
        return self.objects.faults(table, self.rows, self.bad)
