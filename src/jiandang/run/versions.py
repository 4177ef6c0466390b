"""Files of a run that are of the same households: what this tool printed from one, and versions.

Each of these households would be told to stand there twice, and other rules fall silent. Whoever
has households of one town is compared, town by town: all of a run's at once would be too many.
"""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from jiandang.intake.repeated_sheets import are_other_forms
from jiandang.register.register import FileRead, SheetTable
from jiandang.register.tables import PLACE_COLUMNS
from jiandang.run.files import FilesFound
from jiandang.run.parts import CODES, Files, FileTables, of_same_towns
from jiandang.run.processes import Executor

_PLACES = {"allocation", "village"}  # with these an empty template may be filled in

# What says whose a row is.
_WHOSE = {*PLACE_COLUMNS, "head_name", "head_id", "name", "id_number", "person_id"}

Codes = Mapping[int, Mapping[str, pl.Series]]  # of each file, by the table; see `FileTables`

_PRINTED = (
    "本工具打印的入户表，各户都在一起查的登记表里，只查登记表；填过的入户表请直接写它的文件名来查"
)
_NOT_FILLED_IN = "本工具的空白表，还没有填写"


def without_printed(found: FilesFound, read: Files, workers: Executor) -> Files:
    """The files without the templates and visit forms in folders that say no more than others do.

    Of those that are left it is said which are versions of an earlier one, and which name persons
    whom nobody has read.
    """
    little = {
        number
        for number, (file, tables) in enumerate(read)
        if _says_little(file, tables) and found.is_in_folder(file.path)
    }
    if len(little) == len(read):
        little = set()
    printed: set[int] = set()
    for numbers in of_same_towns([tables for _, tables in read]):
        _tell_persons_in_cells([read[number] for number in numbers])
        if len(numbers) > 1:
            picked = workers.pick([(read[number][1].kept, CODES) for number in numbers])
            codes = {n: workers.fetch(own) for n, own in zip(numbers, picked, strict=True)}
            printed.update(_printed(read, codes, little))
            _tell_versions(read, {n: own for n, own in codes.items() if n not in printed})
    for number in sorted(printed):
        file, tables = read[number]
        found.pass_over(file.path, _PRINTED if tables.coded - _PLACES else _NOT_FILLED_IN)
    kept = [pair for number, pair in enumerate(read) if number not in printed]
    for file, tables in kept:
        _tell_empty(file, tables)
    if kept and all(file.is_template and _has_places_alone(tables) for file, tables in kept):
        for file, _ in kept:
            file.error_code = "empty_template"
            file.error = f"这是{_NOT_FILLED_IN}，只有填好的村码和户编号。请填写后再检查。"
    return kept


def _tell_persons_in_cells(town: Files) -> None:
    """Say of files whose cells name several persons that these are not read.

    Beside rows of members, in whatever file of the town, such cells say again who these are.
    """
    sheets = [sheet for _, tables in town for sheet in tables.sheets]
    if any(sheet.table == "member" and sheet.rows.checked for sheet in sheets):
        return
    for file, _ in town:
        if file.persons_in_cells and file.error_code in (None, "rows_unread"):
            known = [file.error] if file.error else []
            file.error_code, file.error = "rows_unread", "；".join([*known, *file.persons_in_cells])


def _tell_empty(file: FileRead, tables: FileTables) -> None:
    """Say of a file that has tables, and no row in any, why nothing was checked."""
    if file.error_code is not None or file.unrecognised_sheets or file.about_run:
        return
    if tables.sheets and not any(sheet.rows.read for sheet in tables.sheets):
        why = f"是{_NOT_FILLED_IN}" if file.is_template else "只有表头，没有一行数据"
        file.about_run = (f"“{file.name}”{why}",)


def _printed(read: Files, codes: Codes, little: set[int]) -> Iterator[int]:
    """The numbers of the files that say little, and nothing that others do not."""
    known: dict[str, set[int]] = {}
    for number in codes.keys() - little:
        for table, own in codes[number].items():
            known.setdefault(_subject(table), set()).update(own.drop_nulls())
    for number in codes.keys() & little:
        if codes[number]:
            others = (known.get(_subject(table), set()) for table in codes[number])
            pairs = zip(others, codes[number].values(), strict=True)
            is_known = all(other.issuperset(own) for other, own in pairs)
        else:
            is_known = not any(sheet.rows.read for sheet in read[number][1].sheets)
        if is_known:
            yield number


def _says_little(file: FileRead, tables: FileTables) -> bool:
    """Whether a template has but forms, or but the places that it was filled in with."""
    if not file.is_template or file.unrecognised_sheets:
        return False
    if file.error_code not in (None, "empty_forms"):
        return False
    return all(s.is_form for s in tables.sheets if s.rows.read) or _has_places_alone(tables)


def _has_places_alone(tables: FileTables) -> bool:
    """Whether nothing is filled in but the places, and of these no more than what they are."""
    filled = [sheet for sheet in tables.sheets if sheet.rows.read]
    is_of_places = bool(filled) and all(sheet.table in _PLACES for sheet in filled)
    return is_of_places and "village" not in tables.coded


def _subject(table: str) -> str:
    return "place" if table in _PLACES else "household"


def _tell_versions(read: Files, codes: Codes) -> None:
    """Say of a file that most of its households are in an earlier one, in a table alike."""
    households = [
        pl.DataFrame({"code": own}).with_columns(table=pl.lit(table), file=pl.lit(number))
        for number, of_file in codes.items()
        for table, own in of_file.items()
        if table not in _PLACES
    ]
    if not households:
        return
    # Each household is compared with the first file that has it, however many there are.
    first = pl.col("file").min().over("table", "code").alias("first")
    pairs = (
        pl.concat(households)
        .drop_nulls()
        .with_columns(first)
        .filter(pl.col("first") < pl.col("file"))
    )
    for table, file, other, both in (
        pairs.group_by("table", "file", "first").len().sort("file", "first", "table").iter_rows()
    ):
        (own, tables), (earlier, others) = read[file], read[other]
        count = min(codes[file][table].count(), codes[other][table].count())
        if 2 * both > count and _are_alike(table, tables, others) and not own.about_run:
            own.about_run = (
                f"“{earlier.name}”和“{own.name}”像是同一份登记表的两个版本："
                f"{count} 户里有 {both} 户的户编号两个文件里都有。是两个版本的，请只查其中一份；"
                "两份一起查，这些户都会报重复，别的问题反而查不全。"
                "户主不是同样的人的，是两处用了同样的户编号，请改正户编号再查",
            )


def _are_alike(table: str, one: FileTables, other: FileTables) -> bool:
    """Whether most columns are in both: a sheet of 残疾 beside that of members is no version.

    Whose the rows are both have to say, also where one has the family and one the income.
    """
    here, there = _columns(table, one.sheets), _columns(table, other.sheets)
    if are_other_forms(_of_forms(one), _of_forms(other)):
        return False
    own, theirs = (
        {(t, name) for t, name in columns if name not in _WHOSE} for columns in (here, there)
    )
    if not (own or theirs):
        own, theirs = here, there
    return 2 * len(own & theirs) >= max(len(own), len(theirs))


def _of_forms(tables: FileTables) -> set[tuple[str, str]]:
    return {column for sheet in tables.sheets if sheet.is_form for column in sheet.columns}


def _columns(table: str, sheets: Iterable[SheetTable]) -> set[tuple[str, str]]:
    return {column for sheet in sheets if sheet.table == table for column in sheet.columns}
