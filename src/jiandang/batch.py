"""Files → Report: each town of a run is checked by itself, then what several towns share.

The same report as `check(load(files))`, in the time and memory of towns instead of cities. What
stands for people and households of one town needs no other; the rules that look `across` towns
(one person, account, phone or helper in two of them) run once more, over the rows whose key
more than one part has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from jiandang.checking import Checked, Settings, check_register, report_of
from jiandang.gates.engine import Outcome
from jiandang.gates.findings import Drafts
from jiandang.intake.formats import find_files
from jiandang.intake.load import Reading, register_from, workers_for
from jiandang.intake.parts import FileTables, pack, parts_of, unpack
from jiandang.register.register import NO_ROW, ROW_BITS, FileRead, Register, reference
from jiandang.report import Report

Files = Sequence[tuple[FileRead, FileTables]]


@dataclass
class _Part:
    """What a part of the run came to.

    `handed_on` are the packed rows for the rules across towns, by code; `empty` are its tables
    without their rows.
    """

    checked: Checked
    handed_on: dict[str, bytes]
    empty: dict[str, pl.DataFrame]


def check_files(
    paths: Iterable[Path | str], settings: Settings, reading: Reading, *, jobs: int = 1
) -> Report:
    """Read and check files, and the registers in folders; as `load` and `check` together."""
    files = find_files(map(Path, paths))
    with workers_for(files, jobs) as workers:
        read = list(reading.read(files, workers))
        # Whole households are shown from one register.
        one = [list(range(len(files)))]
        numbers = one if settings.context else parts_of([tables for _, tables in read])
        sheets = [
            replace(sheet, file=number)
            for number, (_, tables) in enumerate(read)
            for sheet in tables.sheets
        ]
        if len(numbers) == 1:
            register = register_from([(file, tables.unpacked()) for file, tables in read])
            del read
            checked = check_register(register, settings)
            return report_of(checked, register.files, register.sheets, settings)
        parts = [[read[number] for number in part] for part in numbers]
        done = list(workers.map(partial(_check_part, settings), parts, _no_part))
    files_read = [file for file, _ in read]
    del read, parts
    places = [[i for i, s in enumerate(sheets) if s.file in set(part)] for part in numbers]
    checked = _together([part.checked for part in done], places)
    _check_across(done, places, Register(files_read, sheets, {}, []), settings, checked)
    return report_of(checked, files_read, sheets, settings)


def _check_part(settings: Settings, files: Files) -> _Part:
    register = register_from([(file, tables.unpacked()) for file, tables in files])
    checked = check_register(register, settings, hand_on=True)
    handed_on = {code: pack(rows) for code, rows in checked.outcome.handed_on.items()}
    checked.outcome = replace(checked.outcome, hits=[], observations=[], handed_on={})
    return _Part(checked, handed_on, {name: t.clear() for name, t in register.tables.items()})


def _no_part(files: Files) -> _Part:
    names = "、".join(file.path.name for file, _ in files)
    raise MemoryError(f"检查 {names} 时程序崩溃了。请关掉别的程序，或把文件分几次检查。")


def _together(parts: Sequence[Checked], places: Sequence[Sequence[int]]) -> Checked:
    """The sum of the parts; `places` are the numbers of their sheets in the run."""
    drafts: Drafts = {}
    outcome = Outcome()
    for part, numbers in zip(parts, places, strict=True):
        for (gate, rule, sheet, row, column, message), draft in part.drafts.items():
            place = sheet if sheet == NO_ROW else numbers[sheet]
            drafts.setdefault((gate, rule, place, row, column, message), draft)
        _add(outcome, part.outcome)
    households, persons = (sum(p.households for p in parts), sum(p.persons for p in parts))
    return Checked(drafts, outcome, households, persons, {})


def _add(whole: Outcome, part: Outcome) -> None:
    """A rule has run, or failed, where it did in any part."""
    whole.run.extend(code for code in part.run if code not in whole.run)
    whole.failed.update(part.failed)
    for code, number in part.silenced.items():
        whole.silenced[code] += number
    known = {**part.not_checked, **whole.not_checked}
    whole.not_checked = {c: why for c, why in known.items() if c not in whole.run}


def _check_across(
    parts: Sequence[_Part],
    places: Sequence[Sequence[int]],
    run: Register,
    settings: Settings,
    checked: Checked,
) -> None:
    """Put what the rules across towns find in place of what they found in each."""
    empty = parts[0].empty
    for rule in (rule for rule in settings.rules if rule.across is not None):
        packed = [part.handed_on.get(rule.code) for part in parts]
        rows = _shared_rows(packed, places)
        if rows is None:
            continue
        heads = rows.select(
            *(n for n in ("household_id", "county", "town", "village") if n in rows.columns),
            pl.col("head").alias("head_name"),
        ).unique("household_id", maintain_order=True)
        tables = {**empty, "household": _filled(empty["household"], heads)}
        own = rows.drop("head", "key")
        if rule.table == "household":
            own = own.with_columns(rows["head"].alias("head_name"))
        tables[rule.table] = _filled(empty[rule.table], own)
        alone = replace(settings, codes=(rule.code,))
        found = check_register(replace(run, tables=tables), alone)
        replaced = {*rows["ref"], *rows["ref2"].drop_nulls()}
        for key in [key for key in checked.drafts if key[1] == rule.code]:
            if reference(key[2], key[3]) in replaced:
                del checked.drafts[key]
        checked.drafts.update(found.drafts)
        checked.outcome.failed.update(found.outcome.failed)


def _filled(empty: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        [empty, rows.select(c for c in rows.columns if c in empty.columns)], how="diagonal"
    )


def _shared_rows(
    packed: Sequence[bytes | None], places: Sequence[Sequence[int]]
) -> pl.DataFrame | None:
    """The rows of keys that several parts have, in the order of the run."""
    keys = [unpack(data, ["key"])["key"].unique() for data in packed if data is not None]
    if not keys:
        return None
    together = pl.concat(keys)
    shared = together.filter(together.is_duplicated()).unique()
    found = []
    for data, numbers in zip(packed, places, strict=True):
        if data is None:
            continue
        rows = unpack(data).filter(pl.col("key").is_in(shared.implode()))
        found.append(rows.with_columns(_moved(name, numbers) for name in ("ref", "ref2")))
    rows = pl.concat(found, how="diagonal")
    return rows.sort("ref") if rows.height else None


def _moved(name: str, numbers: Sequence[int]) -> pl.Expr:
    """References to sheets by their number in the part, as those by their number in the run."""
    ref, size = pl.col(name), 2**ROW_BITS
    sheet = (ref // size).replace_strict(dict(enumerate(numbers)), return_dtype=pl.Int64)
    moved: pl.Expr = sheet * size + ref % size
    return moved
