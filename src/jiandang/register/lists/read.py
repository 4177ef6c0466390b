"""A list as it was read: what is told of it, and those of its rows that a register may need."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiandang.register.lists.kinds import LISTS
from jiandang.register.register import RowCounts

# Why a row is not compared whose number has too few digits, or a letter among them.
INCOMPLETE = "号码不全或不对"
# Of so many rows it is no chance that none is of anybody in the register.
_MANY = 1000


@dataclass
class ListRead:
    """One list on one sheet; `is_only` where the file has no other.

    `frame` has the rows of which some may be of people in the register: the columns of the model,
    `row`, what is compared (`number`, `name_key`, `begins`, `ends` of a masked number), and
    `taken`: 2 where somebody in the run has number and name, 1 where somebody has the number.
    `usable`, `masked`, `damaged` and `invalid` count its numbers, `told` its rows that tell people
    by more than the name, `left` all others by the reason, `found` those whose number somebody in
    the run has, and `states` what it says of these; `strangers` by village those who can be nobody
    in the run; `names` are the hashes of its names that the run has too. `covers` are the codes of
    the places that it says it is about. `day` is a whole ISO date, a month or a year. `unread` are
    the headings that nothing is read under, `sheets_left` the sheets without a table that the file
    has beside its lists, told of the first. `file_name` tells the file from others of the run.
    """

    path: Path
    sheet: str
    table: str
    sha256: str
    is_only: bool = False
    rows: RowCounts = field(default_factory=RowCounts)
    columns: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    sheets_left: tuple[str, ...] = ()
    day: str | None = None
    department: str = ""
    covers: tuple[str, ...] = ()
    usable: int = 0
    masked: int = 0
    damaged: int = 0
    invalid: int = 0
    told: int = 0
    left: Counter[str] = field(default_factory=Counter)
    found: int = 0
    states: Counter[str] = field(default_factory=Counter)
    strangers: dict[str, int] = field(default_factory=dict)
    file_name: str = ""
    names: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))
    frame: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def kind(self) -> str:
        return LISTS[self.table].title

    @property
    def name(self) -> str:
        """`民政局0220.xls`, or where that file has several lists `民政局0220.xls!农村低保`."""
        file = self.file_name or self.path.name
        return file if self.is_only else f"{file}!{self.sheet}"

    @property
    def layout(self) -> tuple[str, tuple[str, ...], frozenset[tuple[str, str]]]:
        """As that of a register's sheet."""
        return self.table, (), frozenset((self.table, name) for name in self.columns)

    @property
    def said(self) -> str:
        """How a finding names it, with its date."""
        return f"“{self.name}”（{self.day or '日期未注明'}）"

    @property
    def has_names(self) -> bool:
        """Whether it says of anybody who it is."""
        return bool(
            self.columns & {"name", "id_number", *LISTS[self.table].numbers_in, "family", "account"}
        )

    @property
    def has_key(self) -> bool:
        """Whether it has a column by which anybody can be told, other than the name."""
        by = self.columns & {"id_number", *LISTS[self.table].numbers_in, "account"}
        stand_in = "sex" in self.columns and self.columns & {"birth_date", "age"}
        return bool(by or stand_in) or self.table == "cadre_list"

    @property
    def is_usable(self) -> bool:
        return self.has_names and self.has_key and self.told > 0

    @property
    def is_foreign(self) -> bool:
        """Whether none of so many is anybody in the run."""
        return self.found == 0 and self.rows.checked >= _MANY and self.usable > 0

    def days_from(self, reference: date) -> int | None:
        """Days between its date and another; of a month or a year from its first day."""
        if self.day is None:
            return None
        whole = self.day + "-01-01"[len(self.day) - 4 :] if len(self.day) < 10 else self.day
        return abs((date.fromisoformat(whole) - reference).days)
