"""Files → Report: each town of a run is checked by itself, then what several towns share.

What stands for people and households of one town needs no other, so that a city takes the memory
of its towns. The rules that look `across` towns (one person, account, phone or helper in two of
them) run once more, over the rows whose key more than one part has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple, get_args

from jiandang.engine.drafts import Drafts
from jiandang.engine.run import Outcome
from jiandang.errors import Unfinished
from jiandang.matching.keys import KeysOfParts
from jiandang.matching.tables import sum_of
from jiandang.movement.moved import Moved
from jiandang.register.lists.read import ListRead
from jiandang.register.register import (
    Register,
    Role,
    SheetTable,
)
from jiandang.report.assembly import Checked
from jiandang.report.found import InMemory
from jiandang.report.model import Report
from jiandang.report.packed import Packed, pack_drafts
from jiandang.report.spool import Spool
from jiandang.run.across import Handed, HandedOn, Lot, check_across, crashed_rule, in_lots
from jiandang.run.checking import Settings, check_dates, check_register, report_with
from jiandang.run.comparing import Earlier, refuse_same_file
from jiandang.run.files import FilesFound, tell_apart
from jiandang.run.lists import GivenList, ListFile, read_lists, with_rows
from jiandang.run.load import Reading, register_from
from jiandang.run.movers import PackedElsewhere, households_of, numbers_that_moved, unpacked
from jiandang.run.one_file import CRASHED
from jiandang.run.parts import READ, Files, KeptOfFile, parts_of, tables_in
from jiandang.run.processes import CHANGED, Executor, Tell, tell_nobody
from jiandang.run.worker import Given

# The name of a file, and what it is told by that it is read once more as it was before.
Content = tuple[str, str | None, str | None]


class _Part(NamedTuple):
    """What is checked together: the files, and the numbers of the files of lists with rows of it.

    In this order their data are given.
    """

    contents: list[Content]
    lists: Sequence[int] = ()


@dataclass
class _PartChecked:
    """What a part of the run came to, and which lots of rows it hands on."""

    checked: Checked  # without drafts: they are `packed`
    packed: Packed
    handed_on: list[Lot]
    has_crashed: bool = False


def check_files(
    found: FilesFound,
    settings: Settings,
    reading: Reading,
    workers: Executor,
    given: Sequence[GivenList] = (),
    *,
    before: FilesFound | None = None,
    changes: FilesFound | None = None,
    tell: Tell = tell_nobody,
) -> Report:
    """Read and check files, as `load` and `check` together, with whatever workers.

    `given` are the lists to compare them with, `before` the files of an earlier register,
    `changes` those of 增减表. `tell` is told how far the lists and the parts are.
    Raises SameFile where both registers have a file in common.
    """
    roles: list[tuple[Role, FilesFound]] = [("now", found)]
    roles += [("before", before)] if before else []
    roles += [("changes", changes)] if changes else []
    tell_apart(each for _, each in roles)
    read = [pair for role, each in roles for pair in reading.read_found(each, workers, role)]
    passed_over = [passed for _, each in roles for passed in each.passed_over]
    # Whole households are shown from one register.
    parts = [[*range(len(read))]] if settings.context else parts_of([each for _, each in read])
    keys = _keys(read, parts)
    moved = numbers_that_moved(read, parts)
    files_read, sheets_of = [file for file, _ in read], [tables.sheets for _, tables in read]
    given_to = [_given([read[number] for number in part]) for part in parts]
    del read
    lists = read_lists(given, keys, reading.password, workers, tell)
    of_lists = [file for file, _ in lists]
    del keys
    if before is not None:
        refuse_same_file(zip(files_read, sheets_of, strict=True))
    sheets = _numbered(sheets_of)
    del sheets_of
    if len(parts) == 1:
        whole = given_to.pop()
        data = _unchanged(whole.item.contents, [*map(workers.fetch, whole.data)])
        del whole
        own = (with_rows(file.lists, workers.fetch(kept).get(0)) for file, kept in lists)
        _, checked = _check(data, chain.from_iterable(own), settings)
        in_memory = InMemory(checked.drafts)
        return report_with(settings, checked, in_memory, files_read, sheets, passed_over, of_lists)
    elsewhere = households_of(moved, [*given_to], settings, workers)
    has_list = any(file.role == "changes" and file.error is None for file in files_read)
    _give_rows(given_to, lists, workers)
    del lists
    without_rows = [file.lists for file in of_lists]
    check_part = partial(_check_part, settings, without_rows, elsewhere, has_list)
    places = _places(sheets, parts)
    spool, done = Spool(), []
    for part, numbers, (result, kept) in zip(
        parts, places, workers.keep(check_part, given_to, _crashed_part), strict=True
    ):
        for file in (files_read[number] for number in part if result.has_crashed):
            file.error_code, file.error = "crashed", CRASHED
        spool.add(result.packed, numbers)
        result.packed = {}
        done.append((result, kept))
        tell("逐批检查", len(done), len(parts))
    del given_to
    sheets = [sheet for sheet in sheets if files_read[sheet.file].error_code != "crashed"]
    checked = _together([part.checked for part, _ in done])
    handed_on = _by_rule(done, places, workers)
    lots = len(handed_on)
    kept_rows = [rows for _, rows in done]  # until what is picked from them has been used
    del done
    for found_across in workers.map(partial(check_across, settings), handed_on, crashed_rule):
        tell("各批之间比对", lots - len(handed_on), lots)
        spool.leave_out(found_across.code, found_across.refs)
        spool.add(found_across.packed)
        checked.outcome.failed.update(found_across.failed)
    del kept_rows
    return report_with(settings, checked, spool, files_read, sheets, passed_over, of_lists)


def _given(files: Files) -> Given[_Part]:
    """What the executor keeps of files, to be checked."""
    contents: list[Content] = [(file.name, *file.content) for file, _ in files]
    return Given(_Part(contents), [tables.kept for _, tables in files])


def _give_rows(
    parts: list[Given[_Part]], lists: Sequence[tuple[ListFile, Any]], workers: Executor
) -> None:
    """Give each part the rows of lists that may be of its people."""
    for number, part in enumerate(parts):
        own = [n for n, (file, _) in enumerate(lists) if file.lists and number in file.parts]
        rows = workers.pick([(lists[n][1], number) for n in own])
        parts[number] = Given(part.item._replace(lists=own), [*part.data, *rows])


def _unchanged(contents: list[Content], files: list[KeptOfFile]) -> list[KeptOfFile]:
    """What was kept of files that had these contents, and now get the names that the run tells
    them apart by. Raises Unfinished where they have other contents.

    A file is read again if the worker that read it is lost.
    """
    for kept, (name, *content) in zip(files, contents, strict=True):
        if [*kept[READ].content] != content:
            raise Unfinished(CHANGED)
        kept[READ].name = name
    return files


def _numbered(sheets_of: list[list[SheetTable]]) -> list[SheetTable]:
    """The sheets of the run, each with the number of its file."""
    for number, own in enumerate(sheets_of):
        for sheet in own:
            sheet.file = number
    return [*chain.from_iterable(sheets_of)]


def _places(sheets: Sequence[SheetTable], parts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The numbers in the run of each part's sheets."""
    part_of = {file: number for number, part in enumerate(parts) for file in part}
    places: list[list[int]] = [[] for _ in parts]
    for number, sheet in enumerate(sheets):
        places[part_of[sheet.file]].append(number)
    return places


def _keys(files: Files, parts: Sequence[Sequence[int]]) -> KeysOfParts:
    """By what the people of the register that is checked are found in lists."""
    own = ([files[number] for number in part] for part in parts)
    each = ([tables.keys for file, tables in part if file.role == "now"] for part in own)
    return KeysOfParts.of([[keys for keys in part if keys is not None] for part in each])


def _check(
    files: list[KeptOfFile],
    lists: Iterable[ListRead],
    settings: Settings,
    elsewhere: PackedElsewhere | None = None,
    *,
    hand_on: bool = False,
    has_list: bool = False,
) -> tuple[Register, Checked]:
    """Check the register of these files, and what is to be compared with it; uses up the list.

    `has_list` is whether any part of the run has 增减表.
    """
    of_role: dict[Role, list[KeptOfFile]] = {}
    while files:
        file = files.pop(0)
        of_role.setdefault(file[READ].role, []).append(file)
    now, before, changes = (
        register_from((file[READ], tables_in(file)) for file in of_role.pop(role, ()))
        for role in get_args(Role)
    )
    if "DT" not in settings.groups:
        return now, check_register(now, settings, lists, hand_on=hand_on, use_up=True)
    earlier = Earlier(before, changes if changes.files else None, unpacked(elsewhere), has_list)
    _, checked = check_dates(now, earlier, settings, lists, hand_on=hand_on)
    return now, checked


def _check_part(
    settings: Settings,
    of_files: Sequence[list[ListRead]],
    elsewhere: PackedElsewhere | None,
    has_list: bool,
    given: Given[_Part],
) -> tuple[_PartChecked, dict[Lot, HandedOn]]:
    (contents, numbers), data = given
    rows = dict(zip(numbers, data[len(contents) :], strict=True))
    del data[len(contents) :]
    files = _unchanged(contents, data)
    # Nobody needs their rows any more when those of the part's people have been found.
    own = (with_rows(lists, rows.pop(number, None)) for number, lists in enumerate(of_files))
    lists = chain.from_iterable(own)
    register, checked = _check(files, lists, settings, elsewhere, hand_on=True, has_list=has_list)
    handed_on = in_lots(checked.outcome.handed_on, register)
    checked.outcome = replace(checked.outcome, handed_on={})
    packed_rules = pack_drafts(checked.drafts)
    checked.drafts = Drafts()
    return _PartChecked(checked, packed_rules, [*handed_on]), handed_on


def _crashed_part(given: Given[_Part]) -> tuple[_PartChecked, dict[Lot, HandedOn]]:
    nothing = Checked(Drafts(), Outcome(), 0, 0, {}, [])
    return _PartChecked(nothing, {}, [], has_crashed=True), {}


def _together(parts: Sequence[Checked]) -> Checked:
    """The sum of the parts."""
    outcome = Outcome()
    for part in parts:
        outcome.add(part.outcome)
    households, persons = (sum(p.households for p in parts), sum(p.persons for p in parts))
    counts = [sum_of(each) for each in zip(*(p.lists for p in parts if p.lists), strict=True)]
    moved = [part.moved for part in parts if part.moved is not None]
    homes = frozenset[str]().union(*(part.homes for part in parts))
    villages = frozenset[str]().union(*(part.villages for part in parts))
    moves = Moved.sum_of(moved)
    return Checked(Drafts(), outcome, households, persons, {}, counts, moves, homes, villages)


def _by_rule(
    parts: Sequence[tuple[_PartChecked, Any]], places: Sequence[Sequence[int]], workers: Executor
) -> list[Given[Handed]]:
    """What several parts hand on to a rule, by rule and lot."""
    handed: dict[Lot, list[tuple[Any, Sequence[int]]]] = {}
    for (part, kept), numbers in zip(parts, places, strict=True):
        for lot in part.handed_on:
            handed.setdefault(lot, []).append((kept, numbers))
    several = {lot: rows for lot, rows in handed.items() if len(rows) > 1}
    picked = iter(workers.pick([(kept, lot) for lot, rows in several.items() for kept, _ in rows]))
    return [
        Given(Handed(lot[0], [numbers for _, numbers in rows]), [*islice(picked, len(rows))])
        for lot, rows in several.items()
    ]
