"""Work on files in several processes; one that dies of its file loses no other.

Each worker is a process that does one piece of work at a time, with a thread here that waits for
it (`worker.py`). So a worker may be killed at any moment: what it was at is tried again, by
another, and what it kept is made again when it is wanted. A file that looks dear is read by a
worker of its own, which is stopped when it takes too much.

`Executor` is what a run needs; `Workers` are processes of this machine, `cluster.py` has others.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar

from jiandang.errors import Unfinished
from jiandang.run.worker import Dead, Given, Limit, Place, Worker

if TYPE_CHECKING:
    from concurrent.futures import Executor as Threads

Item = TypeVar("Item")
Result = TypeVar("Result")
Summary = TypeVar("Summary")
Kept = tuple[Summary, Any]  # of a result what comes back, and the data that stay
# Told what is being done, how many pieces of it are, and of how many.
Tell = Callable[[str, int, int], None]

# Starting processes pays from about this many bytes of files on.
_WORTH_PROCESSES = 4_000_000
# A small file takes as long as so many bytes of a large one.
_LEAST_BYTES = 40_000
# Windows waits for at most 63 things at once, and two of them are not workers.
_MOST = 61
# What is said where data that were kept are lost, and could not be made again.
LOST = "读出的表丢失了，重读也没有成功，请再检查一次"
# What is said where they were made again, from a file that says something else by now.
CHANGED = "文件在检查的时候变了，没有查完。请再检查一次"
# A piece of work of which so many workers have died is given up.
_VICTIMS = 3


def tell_nobody(_what: str, _number: int, _total: int) -> None:
    """Where nobody waits."""


@dataclass(frozen=True)
class Stoppable(Generic[Item, Result]):
    """Work that may go on for too long: `limit_of` tells for which items, and how long it may.

    `stopped` is the result for an item over which it was stopped.
    """

    work: Callable[[Item], Result]
    limit_of: Callable[[Item], Limit | None]
    stopped: Callable[[Item], Result]

    def __call__(self, item: Item) -> Result:
        return self.work(item)


class Executor(Protocol):
    """Who does the work of a run: functions of one item each, which may be sent elsewhere."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def map(
        self, work: Callable[[Item], Result], items: list[Item], dead: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """`map(work, items)`; `dead` is the result for an item over which work breaks down.

        What is `Stoppable` is done where it can be stopped. Of an item that is `Given` the data
        that were kept are there when the work is done. The list is used up, so that an item can
        be let go when its result has come.
        """

    def keep(
        self,
        work: Callable[[Item], Kept[Summary]],
        items: list[Item],
        dead: Callable[[Item], Kept[Summary]],
    ) -> Iterator[Kept[Summary]]:
        """As `map`, of results that are a summary and a dictionary; this stays where it is made.

        What comes in its place is for `Given`, `pick` and `fetch` alone.
        """

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        """Values of the dictionaries, each picked once."""

    def fetch(self, kept: Any) -> Any:
        """A dictionary, or what was picked from one. Raises Unfinished where it was lost."""


def workers_for(files: Sequence[Path], jobs: int) -> "Workers":
    """As many processes as wanted, or with 0 as pay; never more than files or processors."""
    most = min(len(files), os.cpu_count() or 1, _MOST)
    return Workers(max(1, min(jobs or jobs_for(files), most)))


def jobs_for(files: Sequence[Path]) -> int:
    """How many processes are worth their start: one for each processor, or just this one."""
    if sum(max(size_of(file), _LEAST_BYTES) for file in files) < _WORTH_PROCESSES:
        return 1
    return min(len(files), os.cpu_count() or 1)


def size_of(path: Path) -> int:
    """The bytes of a file; none where there is none to be read."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except (OSError, ValueError):
        return 0


class _Made:
    """Data that a worker keeps: where, and what they are made by if they are nowhere."""

    def __init__(self, work: Callable[[Any], Any], item: object, place: Place) -> None:
        if isinstance(item, Given):  # which this does not hold: it can be made again too
            data = [e._replace(hold=None) if isinstance(e, _Handle) else e for e in item.data]
            item = Given(item.item, data)
        self.work, self.item = work, item
        self.place: Place | None = place
        self.making = Lock()


class _Hold:
    """With it a worker lets go of data."""

    def __init__(self, made: _Made) -> None:
        self._made = made

    def __del__(self) -> None:
        if (place := self._made.place) is not None:
            self._made.place = None
            place.worker.let_go(place.number)


class _Handle(NamedTuple):
    """What a run has in place of data that a worker keeps: of all, or of those of a key."""

    made: _Made
    key: Any
    hold: _Hold | None


class Processes:
    """As many processes as wanted; with `count` 0 what need not be stopped is done here."""

    def __init__(self, count: int) -> None:
        self._ended = False
        self._all: set[Worker] = set()
        self._here = count == 0
        self._choosing = Lock()
        self._free = [self._start() for _ in range(count)]

    def do(self, work: Callable[[Any], Any], item: Any, *, keep: bool = False) -> Any:
        """Have one of them do it. Raises whatever the work has raised, or that they all died.

        With `keep` the data of the result stay where they are, and in their stead comes the Place.
        No more threads than there are processes may call this at once.
        """
        if not isinstance(work, Stoppable):
            return self._do(work, item, keep=keep)
        limit = work.limit_of(item)
        if limit is None:
            return self._do(work.work, item, keep=keep)
        try:
            return self._do_within(limit, work.work, item, keep)
        except Dead:
            return work.stopped(item)

    def end(self) -> None:
        """End them all, whatever they are at."""
        self._ended = True
        for worker in list(self._all):
            worker.end()

    def _do(self, work: Callable[[Any], Any], item: Any, *, keep: bool) -> Any:
        """Have a process do it; if it dies, or who has the data for it, others once more."""
        if self._here:
            return work(item)
        for _ in range(_VICTIMS):
            if self._ended:
                break
            placed = self._placed(item)
            worker = self._chosen(placed)
            try:
                return worker.do(work, placed, keep=keep)
            except Dead:
                continue
            finally:
                self._free.append(worker)
        raise Dead

    def _do_within(self, limit: Limit, work: Callable[[Any], Any], item: Any, keep: bool) -> Any:
        worker = self._start(limit)
        try:
            result = worker.do(work, item, keep=keep)
            # This process ends. Another gets the data from it, and keeps them.
            return self._do(_same, Given(result[0], [result[1]]), keep=True) if keep else result
        finally:
            worker.end()
            self._all.discard(worker)

    def _placed(self, item: Any) -> Any:
        """The item, which has in place of handles where the data are; they are made anew if lost.

        Raises what came of that.
        """
        if not isinstance(item, Given):
            return item
        return Given(
            item.item, [self._place(e) if isinstance(e, _Handle) else e for e in item.data]
        )

    def _place(self, handle: _Handle) -> Place:
        made = handle.made
        with made.making:
            if (place := made.place) is None or not place.worker.is_alive:
                _, place = self.do(made.work, made.item, keep=True)
                if not isinstance(place, Place):  # it was stopped
                    raise Dead
                made.place = place
        return place._replace(key=handle.key)

    def _chosen(self, item: Any) -> Worker:
        """Of the workers that are free the one that has most of the data."""
        data = item.data if isinstance(item, Given) else []
        owners = [each.worker for each in data if isinstance(each, Place)]
        with self._choosing:
            worker = max(self._free, key=owners.count)
            self._free.remove(worker)
        return worker if worker.is_alive else self._instead_of(worker)

    def _start(self, limit: Limit | None = None) -> Worker:
        worker = Worker(limit)
        self._all.add(worker)
        if self._ended:
            worker.end()
        return worker

    def _instead_of(self, worker: Worker) -> Worker:
        worker.end()
        self._all.discard(worker)
        return self._start()


def _same(given: Given[Item]) -> Kept[Item]:
    """A summary and data, which some worker has kept, as they are."""
    return given.item, given.data[0]


class Workers(Processes):
    """The executor of one machine: some processes, or with `jobs` 1 none but this one.

    They start at once. What they keep stays with them.
    """

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs if jobs > 1 else 0)
        self._threads: Threads | None = None
        if jobs > 1:
            from concurrent.futures import ThreadPoolExecutor

            self._threads = ThreadPoolExecutor(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def map(
        self, work: Callable[[Item], Result], items: list[Item], dead: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """As `Executor` has it."""
        return self._results(partial(self.do, work), items, dead)

    def keep(
        self,
        work: Callable[[Item], Kept[Summary]],
        items: list[Item],
        dead: Callable[[Item], Kept[Summary]],
    ) -> Iterator[Kept[Summary]]:
        """As `Executor` has it."""
        if self._threads is None:
            return self.map(work, items, dead)
        return self._results(partial(self._kept, work), items, dead)

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        """As `Executor` has it."""
        return [
            kept._replace(key=key) if isinstance(kept, _Handle) else kept.pop(key)
            for kept, key in wanted
        ]

    def fetch(self, kept: Any) -> Any:
        """As `Executor` has it."""
        if not isinstance(kept, _Handle):
            return kept
        assert self._threads is not None
        try:
            return self._threads.submit(self.do, _same, Given(None, [kept])).result()[1]
        except Exception as error:
            raise Unfinished(LOST) from error

    def _kept(self, work: Callable[[Item], Kept[Summary]], item: Item) -> Kept[Summary]:
        summary, data = self.do(work, item, keep=True)
        if isinstance(data, Place):
            made = _Made(work, item, data)
            data = _Handle(made, None, _Hold(made))
        return summary, data

    def _results(
        self, do: Callable[[Item], Result], items: list[Item], dead: Callable[[Item], Result]
    ) -> Iterator[Result]:
        def one(item: Item) -> Result:
            try:
                return do(item)
            except Exception:
                return dead(item)

        if self._threads is None:
            while items:
                yield one(items.pop(0))
            return
        futures = [self._threads.submit(one, item) for item in items]
        while futures:
            items.pop(0)
            yield futures.pop(0).result()
