"""Files of a run that are of the same households: what this tool printed from one, and versions.

Each of these households would be told to stand there twice, and other rules fall silent.
"""

from collections.abc import Iterable

import polars as pl

from jiandang.register.register import FileRead, SheetTable
from jiandang.run.files import Found
from jiandang.run.parts import FileTables

_PLACES = {"allocation", "village"}  # with these an empty template may be filled in

Files = list[tuple[FileRead, FileTables]]

_PRINTED = (
    "本工具打印的入户表，各户都在一起查的登记表里，只查登记表；填过的入户表请直接写它的文件名来查"
)
_NOT_FILLED_IN = "本工具的空白表，还没有填写"


def pass_over_printed(found: Found, read: Files) -> Files:
    """Pass over the templates and visit forms in folders that say no more than other files do."""
    little = [_says_little(file, tables) and file.path in found.in_folders for file, tables in read]
    if all(little) or not any(little):
        return read
    known: dict[str, set[int]] = {}
    for (_, tables), says_little in zip(read, little, strict=True):
        for table, codes in () if says_little else tables.codes.items():
            known.setdefault(_subject(table), set()).update(codes.drop_nulls())
    kept: Files = []
    for (file, tables), says_little in zip(read, little, strict=True):
        if says_little and _is_known(tables, known):
            found.pass_over(
                file.path, _PRINTED if tables.codes.keys() - _PLACES else _NOT_FILLED_IN
            )
        else:
            kept.append((file, tables))
    return kept


def _says_little(file: FileRead, tables: FileTables) -> bool:
    """Whether a template has but forms, or but the places that it was filled in with."""
    if not file.is_template or file.unrecognised_sheets:
        return False
    if file.error_code not in (None, "empty_forms"):
        return False
    filled = [sheet for sheet in tables.sheets if sheet.rows.read]
    return all(sheet.is_form for sheet in filled) or (
        all(sheet.table in _PLACES for sheet in filled) and "village" not in tables.codes
    )


def _is_known(tables: FileTables, known: dict[str, set[int]]) -> bool:
    if not tables.codes:
        return not any(sheet.rows.read for sheet in tables.sheets)
    return all(
        known.get(_subject(table), set()).issuperset(codes) for table, codes in tables.codes.items()
    )


def _subject(table: str) -> str:
    return "place" if table in _PLACES else "household"


def tell_versions(read: Files) -> None:
    """Say of a file that most of its households are in an earlier one, in a table alike."""
    codes = [
        pl.DataFrame({"code": own}).with_columns(table=pl.lit(table), file=pl.lit(number))
        for number, (_, tables) in enumerate(read)
        for table, own in tables.codes.items()
        if table not in _PLACES
    ]
    if not codes:
        return
    # Each household is compared with the first file that has it, however many there are.
    first = pl.col("file").min().over("table", "code").alias("first")
    pairs = (
        pl.concat(codes).drop_nulls().with_columns(first).filter(pl.col("first") < pl.col("file"))
    )
    for table, file, other, both in (
        pairs.group_by("table", "file", "first").len().sort("file", "first", "table").iter_rows()
    ):
        (own, tables), (earlier, others) = read[file], read[other]
        households = min(tables.codes[table].count(), others.codes[table].count())
        if 2 * both > households and _are_alike(table, tables, others) and not own.about_run:
            own.about_run.append(
                f"“{earlier.path.name}”和“{own.path.name}”像是同一份登记表的两个版本："
                f"{households} 户里有 {both} 户两个文件里都有。请只查其中一份；"
                "两份一起查，这些户都会报重复，别的问题反而查不全"
            )


def _are_alike(table: str, one: FileTables, other: FileTables) -> bool:
    """Whether most columns are in both: a sheet of 残疾 beside that of members is no version."""
    here, there = _columns(table, one.sheets), _columns(table, other.sheets)
    return 2 * len(here & there) >= max(len(here), len(there))


def _columns(table: str, sheets: Iterable[SheetTable]) -> set[tuple[str, str]]:
    return {column for sheet in sheets if sheet.table == table for column in sheet.columns}
