"""Work on files in several processes; one that dies of its file loses no other."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

# What processes are started for; they import it while the first one gets ready itself.
_WORK = "jiandang.run.batch"

# Starting processes pays from about this many bytes of files on.
_WORTH_PROCESSES = 4_000_000


def workers_for(files: Sequence[Path], jobs: int) -> "Workers":
    """As many processes as wanted, or with 0 as pay, but one for a single file."""
    return Workers((jobs or jobs_for(files)) if len(files) > 1 else 1)


def jobs_for(files: Sequence[Path]) -> int:
    """How many processes are worth their start: one for each processor, or just this one."""
    if sum(path.stat().st_size for path in files if path.is_file()) < _WORTH_PROCESSES:
        return 1
    return min(len(files), os.cpu_count() or 1)


class Workers:
    """Some processes, or with `jobs` 1 none but this one. They start at once."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = _pool(jobs) if jobs > 1 else None
        if self._pool is not None:
            for _ in range(jobs):
                self._pool.submit(int)  # a process is started when there is something to do

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def map(
        self,
        work: Callable[[Item], Result],
        items: list[Item],
        dead: Callable[[Item], Result],
    ) -> Iterator[Result]:
        """`map(work, items)`; `dead` is the result for an item of which a process dies.

        The list is used up, so that an item can be let go when its result has come.
        """
        if self._pool is None:
            while items:
                yield work(items.pop(0))
            return
        futures = [self._pool.submit(work, item) for item in items]
        broken = False
        for future in futures:
            item = items.pop(0)
            try:
                yield future.result()
            except BrokenExecutor:
                # All that waited for the pool fail with it; each is tried by itself.
                broken = True
                yield _alone(work, item, dead)
        if broken:
            self._pool = _pool(self._jobs)


def _alone(work: Callable[[Item], Result], item: Item, dead: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenExecutor:
            return dead(item)


def _pool(jobs: int) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor  # of no use to a single file
    from multiprocessing import get_context

    # Spawned on every system, as Windows does: forking a process that runs threads may hang.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    gc.disable()  # cells have no cycles to look for
    os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is first used
    import_module(_WORK)
