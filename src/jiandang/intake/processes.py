"""Reading files in several processes; one that dies of its file loses no other."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from jiandang.register.register import FileRead

Result = TypeVar("Result")
Read = Callable[[Path], tuple[FileRead, list[Result]]]


# Starting processes pays from about this many bytes of files on.
_WORTH_PROCESSES = 4_000_000


def jobs_for(files: Sequence[Path]) -> int:
    """How many processes are worth their start: one for each processor, or just this one."""
    if sum(path.stat().st_size for path in files if path.is_file()) < _WORTH_PROCESSES:
        return 1
    return min(len(files), os.cpu_count() or 1)


def read_in_processes(
    read: Read[Result], files: Sequence[Path], jobs: int
) -> Iterator[tuple[FileRead, list[Result]]]:
    """`map(read, files)` in `jobs` processes, in the order of the files."""
    # Spawned on every system, as Windows does: forking a process that runs threads may hang.
    with _pool(jobs) as pool:
        futures = [pool.submit(read, path) for path in files]
        for path, future in zip(files, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _read_alone(read, path)


def _read_alone(read: Read[Result], path: Path) -> tuple[FileRead, list[Result]]:
    """Read a file in a process of its own, after some file has brought the pool down."""
    with _pool(1) as pool:
        future: Future[tuple[FileRead, list[Result]]] = pool.submit(read, path)
        try:
            return future.result()
        except BrokenProcessPool:
            return FileRead(path, error_code="crashed", error=_CRASHED), []


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    gc.disable()  # cells have no cycles to look for
    os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is first used


_CRASHED = "读这个文件时程序崩溃了。请用 Excel 或 WPS 打开后另存为新的 .xlsx 再检查。"
