"""Paths → Register: read every file, keep what is readable, put the tables together."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from time import perf_counter

import polars as pl

from jiandang.formats.cost import looks_dear
from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.assemble import assemble
from jiandang.intake.columns import CellRead
from jiandang.intake.forms.reader import KIND
from jiandang.intake.parsed_table import ParsedTable
from jiandang.intake.quotas import of_quota
from jiandang.log import LOG
from jiandang.paths import paths_of
from jiandang.policy import DEFAULT_POLICY, Policy, policy_of
from jiandang.register.register import FileRead, Register, Role, SheetTable, row_number
from jiandang.register.tables import CHANGES, COLUMNS, MODELS
from jiandang.run.arguments import (
    require_callables,
    require_headings,
    require_jobs,
    require_password,
)
from jiandang.run.files import FilesFound, find_files
from jiandang.run.main_guard import require_main_guard
from jiandang.run.one_file import CRASHED, STOPPED, AskPassword, read_file, read_grids
from jiandang.run.parts import Files, FileTables, tables_in
from jiandang.run.processes import Executor, Kept, Stoppable, workers_for
from jiandang.run.unrecognised import NO_CHANGES
from jiandang.run.versions import without_printed
from jiandang.run.worker import Limit

# What a file may take that is far larger inside than outside: with all else that a run does it is
# to end within 10 s of processor time.
_DEAR = Limit(seconds=6, memory=1 << 30)

_NOTHING_SAID: list[str] = []  # of most files of a nation: they share it

Progress = Callable[[Path, int, int], None]
FileKept = Kept[tuple[FileRead, FileTables]]


def load(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    policy: Policy | str | Path = DEFAULT_POLICY,
    *,
    headings: dict[str, str] | None = None,
    password: str | None = None,
    ask_password: AskPassword | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
) -> Register:
    """Read a file or several, and the registers in folders, into one register.

    A file that cannot be read is kept in `Register.files` with the reason; it stops no other.
    `headings` maps headings of the files to canonical ones (`--map`); `progress` is called with
    each file when its turn has come, its number and the number of files; `jobs` is the number of
    processes that read files, or 0 for as many as pay; the result does not depend on it.
    Raises PolicyError, InvalidArgument, InvalidPath, or MissingMainGuard where processes cannot
    be started.
    """
    require_jobs(jobs)
    require_headings(headings)
    require_password(password)
    require_callables(ask_password=ask_password, progress=progress)
    found = find_files(paths_of(paths))
    if jobs != 1 and len(found.files) > 1:
        require_main_guard()
    reading = Reading(policy_of(policy), headings, password, ask_password, progress)
    with workers_for(found.files, jobs) as workers:
        return _loaded(reading, found, workers, "now")


def load_found(found: FilesFound, policy: Policy) -> Register:
    """The files that were found, as `load`."""
    with workers_for(found.files, 1) as workers:
        return _loaded(Reading(policy), found, workers, "now")


def load_changes(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    policy: Policy | str | Path = DEFAULT_POLICY,
    *,
    headings: dict[str, str] | None = None,
    password: str | None = None,
) -> Register:
    """Read 增减表, which says who came or left between two registers and why, as `load`."""
    require_headings(headings)
    require_password(password)
    reading = Reading(policy_of(policy), headings, password)
    with workers_for([], 1) as workers:
        return _loaded(reading, find_files(paths_of(paths)), workers, "changes")


def _loaded(reading: "Reading", found: FilesFound, workers: Executor, role: Role) -> Register:
    read = reading.read_found(found, workers, role)
    register = register_from(
        [(file, tables_in(workers.fetch(tables.kept))) for file, tables in read]
    )
    register.passed_over, register.county_codes = found.passed_over, reading.county_codes
    return register


class Reading:
    """Reads files, with the parameters of `load`."""

    def __init__(
        self,
        policy: Policy,
        headings: dict[str, str] | None = None,
        password: str | None = None,
        ask_password: AskPassword | None = None,
        progress: Progress | None = None,
        *,
        keyed: bool = False,
        numbered: bool = False,
    ) -> None:
        """`keyed` and `numbered` as `FileTables.of` has them."""
        self._keyed, self._numbered = keyed, numbered
        self._unmet = {heading_key(heading): heading for heading in headings or {}}
        own = _vocabulary(policy, headings)
        self._vocabularies: dict[Role, Vocabulary] = {
            "now": own,
            # Beside an earlier register often lies 增减表: it must not be taken for a part of it.
            "before": replace(own, names=(*MODELS, CHANGES)),
            "changes": replace(own, names=(CHANGES,)),
        }
        self._year, self.county_codes = policy.start.year, policy.county_codes
        self.password = password
        self._ask_password = ask_password
        self._progress = progress

    def read_found(self, found: FilesFound, workers: Executor, role: Role = "now") -> Files:
        """The files that were found with their tables, without those that are no registers."""
        kept = []
        for file, tables in self.read([*found.files], workers, role):
            file.name = found.names.get(str(file.path), file.name)
            if not found.passes_over(file):
                kept.append((file, tables))
        found.contents, found.names = {}, {}  # nothing is read any more
        return without_printed(found, kept, workers)

    def read(
        self, files: Sequence[Path], workers: Executor, role: Role = "now"
    ) -> Iterator[tuple[FileRead, FileTables]]:
        """Each file with its tables, which are packed if there are other files.

        In place of `FileTables.kept` stands what the executor gives for it.
        """
        tables_of = partial(
            FileTables.of,
            packed=len(files) > 1,
            keyed=self._keyed and role == "now",
            numbered=self._numbered and role != "changes",
        )
        read = partial(_read_tables, self._vocabularies[role], self._year, role, tables_of)
        work = Stoppable(
            partial(read, self.password), _limit_of, partial(_unread, role, "too_large", STOPPED)
        )
        said: set[str] = set()
        layouts: dict[object, SheetTable] = {}
        coded: dict[frozenset[str], frozenset[str]] = {}
        results = workers.keep(work, list(files), partial(_unread, role, "crashed", CRASHED))
        for number, path in enumerate(files):
            if self._progress is not None:
                self._progress(path, number, len(files))
            (file, tables), kept = next(results)
            if file.error_code == "password" and self._ask_password is not None:
                (file, tables), kept = read(None, path, self._ask_password)
            tables = replace(tables, kept=kept, coded=coded.setdefault(tables.coded, tables.coded))
            for key in frozenset().union(*(sheet.mapped for sheet in tables.sheets)):
                self._unmet.pop(key, None)
            file.path = path  # which is in memory already
            for sheet in tables.sheets:  # a thousand files of one layout keep it once
                layout = (sheet.table, sheet.embedded, sheet.mapped, *sheet.columns.items())
                like = layouts.setdefault(layout, sheet)
                sheet.table, sheet.embedded, sheet.mapped = like.table, like.embedded, like.mapped
                sheet.columns = like.columns
                sheet.sheet = like.sheet if like.sheet == sheet.sheet else sheet.sheet
            # What is said of a kind of form is said once.
            file.remarks = [r for r in file.remarks if r not in said] or _NOTHING_SAID
            said.update(r for r in file.remarks if r.startswith(KIND))
            _log(file, tables)
            yield file, tables

    @property
    def unmet(self) -> list[str]:
        """Those of `headings` that no file read so far has."""
        return list(self._unmet.values())


def _vocabulary(policy: Policy, headings: dict[str, str] | None = None) -> Vocabulary:
    return Vocabulary({**policy.headings, **(headings or {})}, policy.income_year)


def _log(file: FileRead, tables: FileTables) -> None:
    if file.error_code is not None:
        LOG.warning("没有读出 %s：%s", file.path, file.error)
    else:
        sheets, rows = len(tables.sheets), tables.rows
        LOG.info("读了 %s：%d 张表，%d 行，%.2f 秒", file.path, sheets, rows, file.seconds)


def _read_tables(
    vocabulary: Vocabulary,
    year: int,
    role: Role,
    tables_of: Callable[[FileRead, list[ParsedTable]], FileTables],
    password: str | None,
    path: Path,
    ask_password: AskPassword | None = None,
) -> FileKept:
    start = perf_counter()
    read, parsed = read_file(vocabulary, year, password, path, ask_password)
    read.role, read.seconds = role, perf_counter() - start
    if role == "changes" and not _tell_of_changes(parsed):
        parsed, read.error = [], read.error or NO_CHANGES
        if read.error_code in (None, "nothing_recognised"):
            read.error_code = "no_changes"
    return _apart(read, tables_of(read, parsed))


def _apart(read: FileRead, tables: FileTables) -> FileKept:
    """What comes back of a file, and what stays."""
    read.first_error_code = read.error_code
    return (read, replace(tables, kept={})), tables.kept


def _tell_of_changes(tables: Iterable[ParsedTable]) -> bool:
    """Whether a list says which way people went, or why."""
    told = {(CHANGES, name) for name in ("reason", "left_reason", "direction")}
    return any(not told.isdisjoint(table.sheet.columns) for table in tables)


def _limit_of(path: Path) -> Limit | None:
    return _DEAR if looks_dear(path) else None


def _unread(role: Role, code: str, why: str, path: Path) -> FileKept:
    read = FileRead(path, error_code=code, error=why, role=role)
    return _apart(read, FileTables.of(read, [], packed=False))


def read_texts(
    path: Path, policy: Policy, headings: dict[str, str] | None = None
) -> tuple[FileRead, list[CellRead]]:
    """A file, and those of its cells that are texts and could be read."""
    kept: list[CellRead] = []
    read, _ = read_file(_vocabulary(policy, headings), policy.start.year, None, path, kept=kept)
    return read, kept


def load_quota(path: Path, policy: Policy, headings: dict[str, str] | None = None) -> Register:
    """A file that is said to be 任务分解表: its 户数 and 人数 need no title to be a quota."""
    register = load(path, policy, headings=headings)
    quota = of_quota(_vocabulary(policy, headings))
    if quota is None or not register.tables["allocation"].is_empty():
        return register
    found = register_from([read_file(quota, policy.start.year, None, path)])
    return register if found.tables["allocation"].is_empty() else found


def register_of(grids: Iterable[Grid], policy: Policy, path: Path = Path("表.xlsx")) -> Register:
    """A register of sheets that are already in memory, as if they were one file."""
    register = register_from([read_grids(grids, _vocabulary(policy), policy.start.year, path)])
    register.county_codes = policy.county_codes
    return register


def register_from(read: Iterable[tuple[FileRead, list[ParsedTable]]]) -> Register:
    """The register of files, each with its tables numbered as if it were the only one."""
    files: list[FileRead] = []
    parsed: list[ParsedTable] = []
    for number, (file, tables) in enumerate(read):
        files.append(file)
        parsed += [table.renumbered(number, len(parsed) + i) for i, table in enumerate(tables)]
    sheets = [table.sheet for table in parsed]
    frames: dict[str, list[pl.DataFrame]] = {name: [] for name in COLUMNS}
    for table, frame in _rows_in_order(parsed):
        frames[table].append(frame)
    together, differing = assemble(sheets, frames)
    observations = [seen for table in parsed for seen in table.observations] + differing
    return Register(files, sheets, together, observations)


def _rows_in_order(parsed: Iterable[ParsedTable]) -> Iterator[tuple[str, pl.DataFrame]]:
    """Tables and their rows; persons that stand beside each other household by household."""

    def place(table: ParsedTable) -> tuple[object, ...]:
        sheet = table.sheet
        return (sheet.file, sheet.sheet, sheet.heading_row) if sheet.beside else (id(table),)

    for _, group in groupby(parsed, key=place):
        tables = list(group)
        frame = tables[0].frame
        if len(tables) > 1:
            frame = pl.concat([table.frame for table in tables], how="diagonal")
            frame = frame.sort(row_number(), "ref")
        yield tables[0].sheet.table, frame
