"""Work on files in several processes; one that dies of its file loses no other.

Each worker is a process that does one piece of work at a time, with a thread here that waits for
it. So a worker may be killed at any moment: what it was at is tried again, by another. A file
that looks dear is read by a worker of its own, which is stopped when it takes too much.

`Executor` is what a run needs; `Workers` are processes of this machine, `cluster.py` has others.
"""

import contextlib
import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor as Threads
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")
Summary = TypeVar("Summary")
Kept = tuple[Summary, Any]  # of a result what comes back, and the data that stay
# Told what is being done, how many pieces of it are, and of how many.
Tell = Callable[[str, int, int], None]

# What processes are started for; they import it while the first one gets ready itself.
_WORK = "jiandang.run.batch"

# Starting processes pays from about this many bytes of files on.
_WORTH_PROCESSES = 4_000_000
# A small file takes as long as so many bytes of a large one.
_LEAST_BYTES = 40_000
# Windows waits for at most 63 things at once, and two of them are not workers.
_MOST = 61
# A piece of work of which so many workers have died is given up.
_VICTIMS = 3


def tell_nobody(_what: str, _number: int, _total: int) -> None:
    """Where nobody waits."""


class Limit(NamedTuple):
    """How much a worker may take for one piece of work: processor time, and memory in bytes."""

    seconds: int
    memory: int


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


class Given(NamedTuple, Generic[Item]):
    """An item to work on, and data that an executor has kept for it."""

    item: Item
    data: list[Any]


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
        """As `map`, of results that are a summary and data; the data stay where they are made.

        What comes in their place is for `Given`, `pick` and `fetch` alone.
        """

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        """Values of dictionaries that are kept, which are held until these are used.

        Each is picked once.
        """

    def fetch(self, kept: Any) -> Any:
        """Data that were kept."""


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


class Processes:
    """As many processes as wanted; with `count` 0 what need not be stopped is done here."""

    def __init__(self, count: int) -> None:
        self._ended = False
        self._all: set[_Worker] = set()
        self._here = count == 0
        self._free = [self._start() for _ in range(count)]

    def do(self, work: Callable[[Item], Result], item: Item) -> Result:
        """Have one of them do it. Raises whatever the work has raised, or that they all died.

        No more threads than there are processes may call this at once.
        """
        if not isinstance(work, Stoppable):
            return self._do(work, item)
        stoppable: Stoppable[Item, Result] = work
        limit = stoppable.limit_of(item)
        if limit is None:
            return self._do(stoppable.work, item)
        try:
            return self._do_within(limit, stoppable.work, item)
        except _Dead:
            return stoppable.stopped(item)

    def end(self) -> None:
        """End them all, whatever they are at."""
        self._ended = True
        for worker in list(self._all):
            worker.end()

    def _do(self, work: Callable[[Item], Result], item: Item) -> Result:
        """Have a process do it; if it dies, others once more."""
        if self._here:
            return work(item)
        worker = self._free.pop()
        try:
            for _ in range(_VICTIMS):
                try:
                    result: Result = worker.do(work, item)
                except _Dead:
                    worker = self._instead_of(worker)
                else:
                    return result
            raise _Dead
        finally:
            self._free.append(worker)

    def _do_within(self, limit: Limit, work: Callable[[Item], Result], item: Item) -> Result:
        worker = self._start(limit)
        try:
            result: Result = worker.do(work, item)
        finally:
            worker.end()
            self._all.discard(worker)
        return result

    def _start(self, limit: Limit | None = None) -> "_Worker":
        worker = _Worker(limit)
        self._all.add(worker)
        if self._ended:
            worker.end()
        return worker

    def _instead_of(self, worker: "_Worker") -> "_Worker":
        worker.end()
        self._all.discard(worker)
        return self._start()


class Workers(Processes):
    """The executor of one machine: some processes, or with `jobs` 1 none but this one.

    They start at once. What they keep comes to this process.
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

        def one(item: Item) -> Result:
            try:
                return self.do(work, item)
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

    def keep(
        self,
        work: Callable[[Item], Kept[Summary]],
        items: list[Item],
        dead: Callable[[Item], Kept[Summary]],
    ) -> Iterator[Kept[Summary]]:
        """As `Executor` has it."""
        return self.map(work, items, dead)

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        """As `Executor` has it."""
        return [kept.pop(key) for kept, key in wanted]

    def fetch(self, kept: Any) -> Any:
        """As `Executor` has it."""
        return kept


class _Dead(Exception):
    """The worker is no more."""


class _Broken(Exception):
    """The work has raised something."""


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, limit: Limit | None) -> None:
        from multiprocessing import get_context

        # Spawned on every system, as Windows does: forking a process that runs threads may hang.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._patience = None if limit is None else 60 + 3 * limit.seconds
        # What it has done last is not sent again: with it would go the keys of a city's people.
        self._work: object = None
        self._process = context.Process(target=_serve, args=(theirs, limit), daemon=True)
        # None can be started: it is dead from the beginning.
        with contextlib.suppress(OSError), _interrupts_held():
            self._process.start()
        theirs.close()

    def do(self, work: Callable[[Any], Any], item: object) -> Any:
        """The result of the work. Raises _Dead if the process ends, or _Broken."""
        try:
            _send(self._pipe, (None if work is self._work else work, item))
            if self._patience is not None and not self._pipe.poll(self._patience):
                raise _Dead
            succeeded, result = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _Dead from error
        self._work = work if succeeded else None
        if not succeeded:
            raise _Broken
        return result

    def end(self) -> None:
        """End the process, whatever it is at."""
        with contextlib.suppress(OSError, ValueError, AssertionError, AttributeError):
            self._process.kill()
            self._process.join(5)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C goes to all processes: those that start meanwhile are never told, and need not be."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would end this, were it started within
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _send(pipe: "Connection", message: object) -> None:
    """Send what `_receive` gets. Arrays go as they lie in memory: the keys of a city's people would
    be there several times more for each worker."""
    arrays: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(message, protocol=5, buffer_callback=arrays.append)
    pipe.send((rest, len(arrays)))
    for array in arrays:
        pipe.send_bytes(array.raw())


def _receive(pipe: "Connection") -> Any:
    """What was sent; its arrays cannot be written to."""
    rest, number = pipe.recv()
    arrays = [pipe.recv_bytes() for _ in range(number)]
    return pickle.loads(rest, buffers=arrays)


def _serve(pipe: "Connection", limit: Limit | None) -> None:
    """What a worker does all its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process sees to that
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # cells have no cycles to look for
    os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is first used
    import_module(_WORK)
    if limit is not None:
        _keep_within(limit)
    work: Any = None
    while True:
        answer: tuple[bool, Any] = False, None
        try:
            sent, item = _receive(pipe)
            work = sent or work
            answer = True, work(item)
            del sent, item
        except EOFError:
            return
        except Exception:  # of the work, or what was sent cannot be read here
            answer = False, None
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception:  # a result that cannot be sent
            pipe.send((False, None))
        del answer


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _keep_within(limit: Limit) -> None:
    """Let the system stop this process; where it cannot, the parent's patience ends."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + limit.seconds
    for kind, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_DATA, limit.memory)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
