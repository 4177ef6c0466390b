"""What workers keep stays with them, goes from one to another, and is made again if one dies."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import pytest
from town import AS_OF, Town
from towns import deadly_reading, dying_of, dying_once, neighbour, save, shared_everything

import jiandang
from jiandang.errors import Unfinished
from jiandang.matching.keys import KeysOfParts
from jiandang.matching.tables import keys_of
from jiandang.policy import load_policy
from jiandang.report.model import Report
from jiandang.run.across import HandedOn
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings
from jiandang.run.files import FilesFound
from jiandang.run.lists import RowsOfFile, find_lists, read_lists, with_rows
from jiandang.run.load import Reading
from jiandang.run.parts import PackedTable
from jiandang.run.processes import _VICTIMS, Stoppable, Workers
from jiandang.run.worker import Given, Limit, Worker, _Name

POLICY = load_policy("xuzhou-2016")
LISTS = Path(__file__).parents[2] / "sample_data" / "名单"
RULES = ["LR006", "LR108", "LR109", "LR117", "LR119", "DC036"]
DATA = "(os := __import__('os')).getpid(), {'pid': os.getpid(), 'item': %d}"


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("上报材料")
    return [save(town, folder / f"{n}.xlsx") for n, town in enumerate(shared_everything())]


@pytest.fixture(scope="module")
def report(towns: list[Path]) -> Report:
    return checked(towns, Workers(1))


def checked(paths: list[Path], workers: Workers) -> Report:
    """By the rules across towns, and one of cells: what others find goes the same ways."""
    settings = Settings.of(POLICY, as_of=AS_OF, evidence=True, select=RULES)
    with workers:
        return check_files(FilesFound([*paths]), settings, Reading(POLICY), workers)


def checked_with_lists(paths: list[Path], workers: Workers) -> Report:
    settings = Settings.of(POLICY, as_of=AS_OF, groups=["BD"], select=["BD"])
    lists = find_lists([LISTS])
    with workers:
        return check_files(
            FilesFound([*paths]), settings, Reading(POLICY, keyed=True), workers, lists
        )


def refuse(*_: object) -> NoReturn:
    raise AssertionError


def given(data: Given[str]) -> list[Any]:
    return data.data


def died(_: Given[str]) -> Any:
    return "died", {}


def kill(worker: Worker) -> None:
    worker._process.kill()
    worker._process.join()


def kill_all(workers: Workers) -> None:
    for worker in [*workers._all]:
        kill(worker)


def kept_by_two(workers: Workers) -> list[Any]:
    """The data of two pieces of work, each with another worker."""
    found = [*workers.keep(eval, [DATA % 0, DATA % 1], lambda _: (0, {}))]
    assert len({pid for pid, _ in found}) == 2
    return [data for _, data in found]


# -- where they are ------------------------------------------------------------------------------


def test_no_table_comes_to_the_first_process(
    towns: list[Path], report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in (PackedTable, HandedOn):
        monkeypatch.setattr(kept, "__new__", refuse)
    assert checked(towns, Workers(2)) == report


def test_no_row_of_a_list_comes_to_the_first_process(
    towns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = checked_with_lists(towns, Workers(1))
    assert {f.household for f in whole.findings if f.gate == "BD"} > {None}
    monkeypatch.setattr(RowsOfFile, "__new__", refuse)
    assert checked_with_lists(towns, Workers(2)) == whole


def test_work_gets_what_two_workers_have_read() -> None:
    with Workers(2) as workers:
        one, two = kept_by_two(workers)
        plain = {"item": 2}
        (found,) = workers.map(given, [Given("!", [two, plain, one])], died)
        assert [each["item"] for each in found] == [1, 2, 0]
        assert len({each["pid"] for each in (found[0], found[2])}) == 2
        picked = workers.pick([(one, "item"), (plain, "item"), (two, "item")])
        assert [*workers.map(given, [Given("!", picked)], died)] == [[0, 2, 1]]
        assert [workers.fetch(each) for each in picked] == [0, 2, 1]
        assert workers.fetch(two)["item"] == 1


def test_work_is_done_where_most_of_its_data_are() -> None:
    with Workers(2) as workers:
        for each in kept_by_two(workers):
            (found,) = workers.map(given_here, [Given("!", [each])], died)
            assert found


def given_here(data: Given[str]) -> bool:
    return bool(data.data[0]["pid"] == os.getpid())


def test_what_nobody_needs_any_more_is_let_go() -> None:
    with Workers(2) as workers:
        kept, other = kept_by_two(workers)
        place, name = kept.made.place, _Name(kept.made.place.number, None)
        with place.worker.hand_out([name]) as pipe:
            assert pipe.recv().keys() == {name}
        del kept
        assert [*workers.map(eval, ["1 + 1", "2 + 2"], len)] == [2, 4]
        with place.worker.hand_out([name]) as pipe, pytest.raises(EOFError):
            pipe.recv()
        assert workers.fetch(other)["item"] == 1


def _limit_of(item: str) -> Limit | None:
    return Limit(5, 1 << 30) if "dear" in item else None


def test_what_a_stopped_process_has_read_is_kept_by_one_that_stays() -> None:
    work = Stoppable(eval, _limit_of, lambda _: ("stopped", {"item": "stopped"}))
    dear = "'dear', {'item': 'dear'}"
    endless = "all(iter(int, 1) for dear in iter(int, 1))"
    with Workers(2) as workers:
        found = [*workers.keep(work, [dear, DATA % 0, endless], lambda _: ("dead", {}))]
        assert [found[0][0], found[2]] == ["dear", ("stopped", {"item": "stopped"})]
        assert len(workers._all) == 2
        items = workers.pick([(data, "item") for _, data in found])
        assert [*workers.map(given, [Given("!", items)], died)] == [["dear", 0, "stopped"]]


# -- who dies ------------------------------------------------------------------------------------


def test_data_of_dead_workers_are_made_again() -> None:
    with Workers(2) as workers:
        data = kept_by_two(workers)
        before = [workers.fetch(each) for each in data]
        kill_all(workers)
        (after,) = workers.map(given, [Given("!", data)], died)
        assert [each["item"] for each in after] == [0, 1]
        assert {each["pid"] for each in before}.isdisjoint(each["pid"] for each in after)


def test_data_are_made_again_from_data_that_nobody_holds() -> None:
    with Workers(2) as workers:
        one, two = kept_by_two(workers)
        ((_, sum_of_both),) = workers.keep(added, [Given("!", [one, two])], died)
        del one, two
        kill_all(workers)
        assert workers.fetch(sum_of_both) == {"sum": 1}


def added(data: Given[str]) -> tuple[str, dict[str, int]]:
    return data.item, {"sum": sum(each["item"] for each in data.data)}


@pytest.mark.parametrize("is_killed", [True, False], ids=["before it is asked", "while it answers"])
def test_an_owner_that_dies_when_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, is_killed: bool
) -> None:
    hand_out = Worker.hand_out
    asked = []

    def dying(self: Worker, names: list[_Name]) -> Any:
        asked.append(names)
        if len(asked) > 1:
            return hand_out(self, names)
        if is_killed:
            kill(self)
        return hand_out(self, [_Name(-1, None)])  # which it has not: nothing comes

    with Workers(2) as workers:
        data = kept_by_two(workers)
        monkeypatch.setattr(Worker, "hand_out", dying)
        (found,) = workers.map(given, [Given("!", data)], died)
    assert asked and [each["item"] for each in found] == [0, 1]


def name_of(work: Any) -> str:
    inner = work.work if isinstance(work, Stoppable) else work
    return str(getattr(inner, "func", inner).__name__)


class _Killing(Workers):
    """Two workers that both die before some work of a run, or with a mark one at it."""

    def __init__(self, moment: str, mark: Path | None = None) -> None:
        super().__init__(2)
        self.moment, self.mark = moment, mark

    def _results(self, do: Any, items: list[Any], dead: Any) -> Iterator[Any]:
        (work,) = do.args
        if name_of(work) == self.moment and self.mark is None:
            self.die()
        elif self.mark is not None and name_of(work) == self.moment:
            inner = work.work if isinstance(work, Stoppable) else work
            inner = partial(dying_once, self.mark, inner)
            work = replace(work, work=inner) if isinstance(work, Stoppable) else inner
        yield from super()._results(partial(do.func, work), items, dead)

    def die(self) -> None:
        kill_all(self)


@pytest.mark.parametrize("moment", ["_read_tables", "_check_part", "check_across"])
@pytest.mark.parametrize("at_work", [False, True])
def test_a_worker_that_dies_at_any_moment_loses_nothing(
    towns: list[Path], report: Report, tmp_path: Path, moment: str, at_work: bool
) -> None:
    mark = tmp_path / "died"
    workers = _Killing(moment, mark if at_work else None)
    first = {*workers._all}
    assert checked(towns, workers) == report
    assert mark.exists() == at_work
    assert not first <= workers._all


class _Deadly(Workers):
    """Two workers, which die of one file when they read it."""

    victims = Path()

    def keep(self, work: Any, items: list[Any], dead: Callable[[Any], Any]) -> Iterator[Any]:
        return super().keep(deadly_reading(work, self.victims), items, dead)


def test_a_file_that_kills_is_named_after_its_third_victim(
    towns: list[Path], tmp_path: Path
) -> None:
    workers = _Deadly(2)
    workers.victims = tmp_path / "victims"
    report = checked(towns, workers)
    first, second = report.files
    assert (first.error and first.error.code, second.error) == ("crashed", None)
    assert report.summary.persons == len(neighbour().sheets["成员"])
    assert workers.victims.read_text(encoding="utf-8") == "死" * _VICTIMS


def test_work_that_kills_who_has_its_data_is_given_up(tmp_path: Path) -> None:
    """Each victim takes the data along: making them again must not begin the count anew."""
    with Workers(2) as workers:
        data = kept_by_two(workers)
        victims = tmp_path / "victims"
        work = partial(deadly, victims)
        assert [*workers.map(work, [Given("!", data)], lambda _: "dead")] == ["dead"]
        assert victims.read_text(encoding="utf-8") == "死" * _VICTIMS
        assert [workers.fetch(each)["item"] for each in data] == [0, 1]


def deadly(victims: Path, data: Given[str]) -> Any:
    return dying_of(data.item, victims, str, Path(data.item))


# -- what cannot be made again -------------------------------------------------------------------


class _Changing(_Killing):
    """Workers that die before parts are checked, when a file has changed."""

    changed = Path()

    def die(self) -> None:
        save(Town(), self.changed)
        super().die()


def test_a_file_that_has_changed_when_it_is_read_again(towns: list[Path], tmp_path: Path) -> None:
    paths = [Path(shutil.copy(town, tmp_path)) for town in towns]
    workers = _Changing("_check_part")
    workers.changed = paths[0]
    report = checked(paths, workers)
    assert [file.error and file.error.code for file in report.files] == ["crashed", None]
    assert report.summary.persons == len(neighbour().sheets["成员"])


def test_data_that_cannot_be_made_again() -> None:
    with Workers(2) as workers:
        ((_, kept),) = workers.keep(added, [Given("!", [{"item": 1}])], died)
        kept.made.item = None
        kill_all(workers)
        with pytest.raises(Unfinished, match="读出的表丢失了"):
            workers.fetch(kept)


def test_a_list_whose_reader_has_died_is_read_again(towns: list[Path]) -> None:
    register = jiandang.load(towns[0])
    keys = KeysOfParts.of([[], [keys_of(register.tables.values())]])

    def rows(*, kill_first: bool) -> list[Any]:
        with Workers(2) as workers:
            read = read_lists(find_lists([LISTS]), keys, None, workers)
            own = [(file, kept) for file, kept in read if 1 in file.parts]
            assert own
            picked = workers.pick([(kept, 1) for _, kept in own])
            if kill_first:
                kill_all(workers)
            found = zip(own, map(workers.fetch, picked), strict=True)
            return [
                one.frame.rows() for (file, _), of in found for one in with_rows(file.lists, of)
            ]

    assert rows(kill_first=True) == rows(kill_first=False) != []
