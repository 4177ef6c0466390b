"""A run of many files in parts that have nothing to do with each other: towns.

A household, its village and the steps of its registration are all of one town (乡镇), so files
about different towns can be checked one after the other, and on several processors.
"""

import io
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import polars as pl

from jiandang.intake.parsed_table import ParsedTable
from jiandang.matching.keys import Hashes, Keys
from jiandang.matching.tables import keys_of, member_numbers
from jiandang.register.place import FILLED_CODE
from jiandang.register.register import FileRead, SheetTable
from jiandang.register.tables import PLACE_COLUMNS

# Four of a city's towns, in little more memory than it takes to read the file of one.
ROWS_OF_A_PART = 28_000

# A town's code and what may follow: the village's, the household's number in it.
_TOWN = "^([0-9]{9})(?:[0-9]{3}|[0-9]{6,11})?$"
_TOWN_DIGITS = 9
_COUNTY = 6  # digits of a county's code, with which its towns' begin
_CODE_OF = {
    "household": "household_id",
    "member": "household_id",
    "allocation": "code",
    "village": "village_code",
}
_CODES = ("village_code", "household_id", "code")
# What an executor keeps of a file.
READ, TABLES, CODES = "read", "tables", "codes"
KeptOfFile = dict[str, Any]


class PackedTable(NamedTuple):
    """A table, with no rows where they are `packed` beside it."""

    table: ParsedTable
    packed: bytes | None = None

    @classmethod
    def of(cls, table: ParsedTable) -> "PackedTable":
        return cls(replace(table, frame=pl.DataFrame()), pack(table.frame))

    def unpacked(self) -> ParsedTable:
        if self.packed is None:
            return self.table
        return replace(self.table, frame=unpack(self.packed))


@dataclass(frozen=True, slots=True)
class FileTables:
    """The tables of one file, in few bytes while they wait for the others.

    `places` are the codes of their rows' towns, None where there are rows of no town; `keys` what
    their people are told by, where they are to be compared with lists; `numbers` the members'
    hashed identity numbers, where two dates are compared. What is `kept` are what is said of the
    file (`READ`), the `TABLES` (PackedTable), and where there are other files the hashed `CODES` of
    the households, or the places that more is said of, by the table; null among them stands for
    those that cannot be told from others. `coded` names the tables that have any.
    """

    sheets: list[SheetTable]
    places: tuple[str, ...] | None
    rows: int
    kept: Any
    keys: Keys | None = None
    numbers: Hashes | None = None
    coded: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        read: FileRead,
        tables: list[ParsedTable],
        *,
        packed: bool,
        keyed: bool = False,
        numbered: bool = False,
    ) -> "FileTables":
        """`keyed` and `numbered` tell whether it gets `keys` and `numbers`."""
        sheets = [table.sheet for table in tables]
        rows = sum(table.frame.height for table in tables)
        keys = keys_of(table.frame for table in tables) if keyed else None
        numbers = member_numbers(table.frame for table in tables) if numbered else None
        kept = [PackedTable.of(table) if packed else PackedTable(table) for table in tables]
        codes = _hashed_codes(tables) if packed else {}
        data = {READ: read, TABLES: kept, CODES: codes}
        return cls(sheets, _places(tables), rows, data, keys, numbers, frozenset(codes))


Files = Sequence[tuple[FileRead, FileTables]]


def tables_in(kept: KeptOfFile) -> list[ParsedTable]:
    return [table.unpacked() for table in kept[TABLES]]


def pack(frame: pl.DataFrame) -> bytes:
    """A frame in a tenth of its size."""
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer, compression="zstd")
    return buffer.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    """What `pack` has packed."""
    return pl.read_ipc_stream(data)


def parts_of(files: Sequence[FileTables]) -> list[list[int]]:
    """The numbers of the files that are checked together: one part at least, in their order."""
    return _joined(of_same_towns(files), files)


def of_same_towns(files: Sequence[FileTables]) -> list[list[int]]:
    """The numbers of the files that belong together: one part at least, in the files' order.

    Where a file does not say of which town it is, all are one part.
    """
    known = [file.places for file in files if file.places is not None]
    if len(known) < len(files) or not any(known):
        return [list(range(len(files)))]
    counties = {place for places in known for place in places if len(place) == _COUNTY}
    part_of: dict[str, list[int]] = {}
    for number, places in enumerate(known):
        together = [number]
        for place in {*places, *({place[:_COUNTY] for place in places} & counties)}:
            other = part_of.setdefault(place, together)
            if other is not together:
                together += other
                part_of.update({p: together for p, part in part_of.items() if part is other})
    parts = sorted(sorted(part) for part in {id(part): part for part in part_of.values()}.values())
    # Files without any row go with the first.
    parts[0] = sorted([*parts[0], *(n for n, places in enumerate(known) if not places)])
    return parts


def _joined(parts: Sequence[list[int]], files: Sequence[FileTables]) -> list[list[int]]:
    """Small parts of one layout put together: the rules take as long for one row as for 1,000.

    Parts with a quota stay apart: some findings about it are about all its places.
    """
    joined: dict[Hashable, list[list[int]]] = {}
    for part in parts:
        sheets = [sheet for number in part for sheet in files[number].sheets]
        quota = any(sheet.table == "allocation" for sheet in sheets)
        layout = frozenset(sheet.layout for sheet in sheets)
        alike = joined.setdefault(part[0] if quota else layout, [[]])
        if sum(files[number].rows for number in (*alike[-1], *part)) > ROWS_OF_A_PART:
            alike.append([])
        alike[-1] += part
    return sorted(sorted(part) for alike in joined.values() for part in alike if part)


def _hashed_codes(tables: Iterable[ParsedTable]) -> dict[str, pl.Series]:
    found: dict[str, list[pl.Series]] = {}
    for table in tables:
        kind = table.sheet.table
        name = f"{kind}.{_CODE_OF.get(kind)}"
        if name in table.frame.columns:
            found.setdefault(kind, []).append(_codes_of(table.frame, name, kind))
    distinct = {kind: pl.concat(codes).unique().sort() for kind, codes in found.items()}
    return {kind: codes for kind, codes in distinct.items() if not codes.is_empty()}


def _codes_of(frame: pl.DataFrame, name: str, kind: str) -> pl.Series:
    codes = pl.col(name)
    if kind == "village":
        places = {f"village.{column}" for column in PLACE_COLUMNS}
        filled = [c for c in frame.columns if c.startswith("village.") and c not in places]
        frame = frame.filter(pl.any_horizontal(False, *(pl.col(c).is_not_null() for c in filled)))
    elif kind != "allocation":
        # A household's number in its village alone is also that of another village's.
        codes = pl.when(codes.str.contains("^[0-9]{12,}$")).then(codes)
    known = pl.when(codes.is_not_null()).then(codes.hash())
    return frame.select(known.alias("code")).to_series()


def _places(tables: Iterable[ParsedTable]) -> tuple[str, ...] | None:
    """The towns and counties of the rows; a code that is of neither stands for itself."""
    found: set[str] = set()
    for table in tables:
        codes = [name for name in table.frame.columns if name.split(".")[-1] in _CODES]
        places = {place for name in codes for place in _of_codes(table.frame[name])}
        if not table.frame.is_empty() and not any(len(place) == _TOWN_DIGITS for place in places):
            return None
        found |= places
    return tuple(sorted(found))


def _of_codes(codes: pl.Series) -> pl.Series:
    code = pl.col("code").str.replace(FILLED_CODE, "$1")
    place = pl.coalesce(code.str.extract(_TOWN), code).unique()
    distinct = codes.alias("code").drop_nulls().unique().to_frame()
    return distinct.select(place).to_series()
