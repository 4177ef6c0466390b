"""Other departments' lists: which files they are, and reading them for a register."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from jiandang.errors import ListError, Unfinished
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import open_workbook
from jiandang.intake.list_rows import COMPARED
from jiandang.intake.lists import (
    REGISTER_GIVEN,
    NoTable,
    Told,
    UnknownKind,
    read_list,
)
from jiandang.log import LOG
from jiandang.matching.keys import KeysOfParts
from jiandang.paths import names_apart
from jiandang.register.lists.kinds import KINDS
from jiandang.register.lists.read import ListRead
from jiandang.register.register import FileRead
from jiandang.run.files import find_files, leads_out
from jiandang.run.one_file import CRASHED
from jiandang.run.parts import pack, unpack
from jiandang.run.processes import CHANGED, Executor, Tell, tell_nobody
from jiandang.toml import NotToml, read_toml

c = pl.col

DESCRIPTION = "名单.toml"
_KEYS = {"kind", "department", "date", "covers"}


class GivenList(NamedTuple):
    """A file of lists, and what is known of it; in a folder, why it is `passed_over`."""

    path: Path
    told: Told
    passed_over: str = ""


@dataclass
class ListFile:
    """A file of lists as it was read: its lists, and why it, or a sheet of it, was not read.

    Or why it is `passed_over`: it is no table, or another file says the same. Rows of it are kept
    for these `parts` of the run.
    """

    read: FileRead
    lists: list[ListRead] = field(default_factory=list)
    passed_over: str = ""
    parts: frozenset[int] = frozenset()


class RowsOfFile(NamedTuple):
    """Rows, packed, of the lists of a file that had these contents, by the list's number in it."""

    sha256: str
    of_list: dict[int, bytes]


def find_lists(given: Iterable[str | os.PathLike[str]]) -> list[GivenList]:
    """The files of lists that are named: files, folders, or `低保=民政局0220.xls`.

    Beside them may lie a 名单.toml. Whatever the order, a kind that is named holds for a file that
    is in a folder given as well. Raises ListError.
    """
    found: dict[str, GivenList] = {}
    kinds: dict[str, str] = {}
    entries_in = cache(_entries)
    for one in given:
        each = os.fspath(one)
        kind, _, rest = each.partition("=")
        named = rest != "" and not Path(each).exists()
        if named and kind.strip() not in KINDS:
            raise ListError(f"“{each}”：没有“{kind}”这种名单，有：{' '.join(KINDS)}")
        path = Path(rest if named else each)
        in_place = find_files([path])
        files = [file for file in in_place.files if file.name != DESCRIPTION]
        if not files:
            raise ListError(f"“{path}”里没有找到名单（.xlsx、.xls、.et、.csv 等）")
        for file in files:
            told, real = _described(file, entries_in(file.parent)), os.path.realpath(file)
            if named:
                told = Told(KINDS[kind.strip()], told.department, told.day, told.covers)
                if kinds.setdefault(real, kind.strip()) != kind.strip():
                    raise ListError(f"“{file}”写了两种：{kinds[real]}、{kind.strip()}，只能写一种")
            if named or (real not in kinds and (file == path or real not in found)):
                found[real] = GivenList(file, told)
        for other, reason in ((each.path, each.reason) for each in in_place.passed_over):
            if other.name != DESCRIPTION:
                found.setdefault(os.path.realpath(other), GivenList(other, Told(), reason))
    return list(found.values())


def _entries(folder: Path) -> dict[str, Any]:
    """What the 名单.toml of a folder says, by the name of a file. Raises ListError."""
    description = folder / DESCRIPTION
    if not description.is_file():
        return {}
    if leads_out(description, os.path.realpath(folder)):
        raise ListError(f"“{description}”是链接，指向它的文件夹之外，请换成文件")
    try:
        return read_toml(description, "名单说明")
    except NotToml as error:
        raise ListError(str(error)) from None


def _described(file: Path, entries: Mapping[str, Any]) -> Told:
    """What 名单.toml beside a file says of it. Raises ListError."""
    description, entry = file.parent / DESCRIPTION, entries.get(file.name, {})
    if not isinstance(entry, dict) or (unknown := entry.keys() - _KEYS):
        wrong = "、".join(sorted(unknown)) if isinstance(entry, dict) else str(entry)
        raise ListError(
            f"“{description}”的“{file.name}”：不认识“{wrong}”，可写 kind department date covers"
        )
    kind, day, covers = entry.get("kind"), entry.get("date"), entry.get("covers", ())
    if kind is not None and kind not in KINDS:
        raise ListError(f"“{description}”：没有“{kind}”这种名单，有：{' '.join(KINDS)}")
    if day is not None and not isinstance(day, date):
        raise ListError(f"“{description}”：date 应写成 2016-02-20")
    codes = [covers] if isinstance(covers, str) else covers
    if not all(isinstance(code, str) and code.isdecimal() for code in codes):
        raise ListError(f'“{description}”：covers 应是地名代码，如 ["320324105201"]')
    return Told(
        KINDS[kind] if kind else None,
        str(entry.get("department", "")),
        day.isoformat() if day else None,
        tuple(codes),
    )


def idle_entries(given: Iterable[GivenList]) -> Iterator[tuple[Path, str]]:
    """Each entry of a 名单.toml beside the lists for which no file lies there."""
    for folder in dict.fromkeys(one.path.parent for one in given):
        if entries := _entries(folder).keys():
            for name in sorted(entries - {file.name for file in folder.iterdir()}):
                yield folder / DESCRIPTION, name


def read_lists(
    given: Sequence[GivenList],
    keys: KeysOfParts,
    password: str | None,
    workers: Executor,
    tell: Tell = tell_nobody,
) -> list[tuple[ListFile, Any]]:
    """The lists without rows, and what is kept: by part `RowsOfFile`, that may be of its people."""
    work = partial(_read_file, keys, password)
    read: list[tuple[ListFile, Any]] = []
    for one_file in workers.keep(work, list(given), _crashed):
        read.append(one_file)
        tell("读取名单", len(read), len(given))
    files = [file for file, _ in read]
    names = names_apart(file.read.path for file in files)
    _pass_over_same(files, given, names)
    for file in files:
        file.read.name = names[str(file.read.path)]
        for one in file.lists:
            one.file_name = file.read.name
    return read


def with_rows(lists: Sequence[ListRead], rows: RowsOfFile | None) -> Iterator[ListRead]:
    """The lists of a file with what a part gets of their rows. Raises Unfinished.

    The file is read again if the worker that read it is lost.
    """
    if rows is not None and lists[0].sha256 != rows.sha256:
        raise Unfinished(CHANGED)
    of_list = {} if rows is None else rows.of_list
    for number, one in enumerate(lists):
        yield replace(one, frame=unpack(of_list[number])) if number in of_list else one


def _pass_over_same(
    files: Iterable[ListFile], given: Iterable[GivenList], names: Mapping[str, str]
) -> None:
    """Of files with the same contents, of which the same is known, take the first alone."""
    known: dict[tuple[str, Told], ListFile] = {}
    for file, (_, told, _) in zip(files, given, strict=True):
        if file.read.sha256 is None or file.read.error_code is not None:
            continue
        first = known.setdefault((file.read.sha256, told), file)
        if first is not file:
            name = names[str(first.read.path)]
            file.lists, file.passed_over = [], f"和“{name}”的内容完全相同，只读一份"


def _read_file(
    keys: KeysOfParts, password: str | None, given: GivenList
) -> tuple[ListFile, dict[int, RowsOfFile]]:
    file = _file(keys, password, given)
    kept: dict[int, RowsOfFile] = {}
    for number, one in enumerate(file.lists):
        for part, rows in _by_part(one.frame, keys.several):
            of_file = kept.setdefault(part, RowsOfFile(one.sha256, {}))
            of_file.of_list[number] = pack(rows)
        one.frame = one.frame.drop("parts").clear()
    file.parts = frozenset(kept)
    return file, kept


def _by_part(rows: pl.DataFrame, parts: int) -> Iterator[tuple[int, pl.DataFrame]]:
    """The rows of each part that has any, in their order; what is of no single part is of all."""
    rows = rows.with_row_index("place")
    anywhere = rows.filter(c.parts.list.len() == 0).with_columns(
        parts=pl.lit([*range(parts)], pl.List(pl.Int32))
    )
    each = pl.concat([rows.filter(c.parts.list.len() > 0), anywhere]).explode("parts")
    own = each.sort("parts", "place").drop("place").partition_by("parts", as_dict=True)
    for (part,), of_part in own.items():
        yield part, of_part.drop("parts")


def _file(keys: KeysOfParts, password: str | None, given: GivenList) -> ListFile:
    found = ListFile(FileRead(given.path), passed_over=given.passed_over)
    if found.passed_over:
        return found
    unknown: list[UnknownKind] = []
    covers: dict[str, NoTable] = {}
    try:
        book = open_workbook(given.path, password, None)
        found.read.sha256 = book.sha256
        for grid in book.grids:
            try:
                one = read_list(grid, given.path, book.sha256, given.told, keys)
            except NoTable as error:
                covers[grid.name] = error
                continue
            except UnknownKind as error:  # of this sheet; it stops no other
                unknown.append(error)
                continue
            if one is not None:
                found.lists.append(one)
    except Unreadable as unreadable:
        return _unread(given, unreadable.code, unreadable.message)
    except Exception:  # whatever it is, it is of this file and stops no other
        LOG.debug("%s 读取时出错", given.path, exc_info=True)
        return _unread(given, "crashed", CRASHED)
    if registers := [error for error in unknown if error.code == REGISTER_GIVEN]:
        # Beside sheets of a register one without a name and a number is another of its sheets.
        found.lists = [one for one in found.lists if not one.columns.isdisjoint(COMPARED)]
        unknown = registers[:1]
    if found.lists:
        found.lists[0].sheets_left = tuple(covers)
    else:
        unknown += covers.values()
    if unknown:
        others = f"（认不出的工作表共 {len(unknown)} 张）" if len(unknown) > 1 else ""
        found.read.error_code, found.read.error = unknown[0].code, unknown[0].message + others
    elif len(found.lists) == 1:
        found.lists[0].is_only = True
    return found


def _crashed(given: GivenList) -> tuple[ListFile, dict[int, RowsOfFile]]:
    return _unread(given, "crashed", CRASHED), {}


def _unread(given: GivenList, code: str, why: str) -> ListFile:
    return ListFile(FileRead(given.path, error_code=code, error=why))
