"""Where a row of a register stands in the user's files, and which of its cells cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jiandang.register.notice import Notice

if TYPE_CHECKING:
    from jiandang.register.member import Member
    from jiandang.register.objects import Objects
    from jiandang.register.process import Procedure, Survey
    from jiandang.register.table import Table
    from jiandang.register.village import Village


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


@dataclass(frozen=True, eq=False)
class Kept:
    """What belongs to an object that was pickled: it is without the register from which it comes.

    All but `source` and `faults` is there for a household only, `county` for a quota.
    """

    source: Source
    faults: dict[str, CellFault]
    members: "tuple[Member, ...]" = ()
    procedure: "Procedure | None" = None
    survey: "Survey | None" = None
    village_facts: "Village | None" = None
    county: str | None = None

    def __eq__(self, other: object) -> bool:
        """Whether they are of one row: an object is made anew whenever it is asked for."""
        if not isinstance(other, (Kept, Origin)):
            return NotImplemented
        return (self.source, self.faults) == (other.source, other.faults)


@dataclass(frozen=True, eq=False)
class Origin:
    """What an object knows of the register from which it comes; pickled it is what it has, `Kept`.

    Two are equal if they are of one row.
    """

    objects: "Objects"
    table: "type[Table]"
    rows: Rows
    bad: str | None

    @cached_property
    def source(self) -> Source:
        return self.objects.source(self.table, self.rows)

    @cached_property
    def faults(self) -> dict[str, CellFault]:
        return self.objects.faults(self.table, self.rows, self.bad)

    @property
    def members(self) -> "tuple[Member, ...]":
        return self.objects.members_of(self.rows)

    @property
    def procedure(self) -> "Procedure | None":
        return self.objects.procedure_of(self.rows)

    @property
    def survey(self) -> "Survey | None":
        return self.objects.survey_of(self.rows)

    @property
    def village_facts(self) -> "Village | None":
        return self.objects.village_of(self.rows)

    @property
    def county(self) -> str | None:
        return self.objects.county_of(self.rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Origin) and self.objects is other.objects:
            return (self.rows, self.bad) == (other.rows, other.bad)
        if not isinstance(other, (Kept, Origin)):
            return NotImplemented
        return (self.source, self.faults) == (other.source, other.faults)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Origin":
        return self  # nothing of it can change

    def __reduce__(self) -> tuple[type[Kept], tuple[Any, ...]]:
        own = (self.source, self.faults)
        if self.table.table_name == "allocation":
            return Kept, (*own, (), None, None, None, self.county)
        if self.table.table_name != "household":
            return Kept, own
        return Kept, (*own, self.members, self.procedure, self.survey, self.village_facts)
