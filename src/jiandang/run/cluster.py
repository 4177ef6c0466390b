"""An executor past one machine: the workers of a cluster of Dask `distributed`.

Each thread of a Dask worker has a process of ours (`Processes`), which does the work: one that
dies of its file takes nothing with it, and is counted. What is kept stays with the Dask workers;
if one of them is lost, Dask does again what it had done. Only this module imports Dask, and only
`--cluster` imports this module.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import current_process
from pathlib import Path
from threading import Event, Lock
from typing import Any, NamedTuple, Self, TypeVar

from distributed import Client, Security, get_worker, rpc

from jiandang.errors import ClusterError, Unfinished
from jiandang.run.admission import Admission
from jiandang.run.processes import LOST, Kept, Processes, Stoppable, size_of
from jiandang.run.worker import Given, Limit

Item = TypeVar("Item")
Result = TypeVar("Result")
Summary = TypeVar("Summary")

_CONNECT = 10.0  # seconds
# After so many seconds it is looked whether there are workers; none at so many looks in turn are
# gone for good. Others may be started meanwhile.
_PATIENCE, _LOOKS = 20.0, 3
_AT_ONCE = 100  # pieces of work are sent in one message
# Of each thread so many are sent before the first has come, and of all: until then each takes some
# KB here, and as much again for each of its files.
_AHEAD_OF_THREAD, _AHEAD = 4, 500
_TOGETHER = 500_000  # bytes of files are one piece: also each file's share of what a piece takes
_EACH = 16  # pieces or more for each thread of the workers, so that all of them end together
_ENOUGH = 256  # pieces, for however few threads


def _due(pieces: list[list[Item]], sent: int, ahead: int) -> list[list[Item]]:
    """The pieces to be sent now: many at once, when so many of those sent ahead have come."""
    return pieces[sent:ahead] if sent <= ahead - min(_AT_ONCE, ahead // 2) else []


def _pieces(items: list[Item], threads: int) -> list[list[Item]]:
    """The items, which are used up, as they are sent: small files together, and so of many.

    Dask takes some KB here and more on the scheduler for each piece, so that their number grows
    with the workers, and not with the files.
    """
    pieces: list[list[Item]] = []
    sizes = [size_of(item) if isinstance(item, Path) else _TOGETHER for item in items]
    most = max(_TOGETHER, sum(sizes) // max(_ENOUGH, _EACH * threads))
    room = 0
    for item, size in zip(items, sizes, strict=True):
        if not pieces or size > room:
            pieces.append([])
            room = most
        pieces[-1].append(item)
        room -= size
    items.clear()
    return pieces


class Cluster:
    """The executor of a cluster, whose workers see the files where this process sees them."""

    def __init__(self, address: str, files: Iterable[Path]) -> None:
        """`files` are those of the run. Raises ClusterError where the cluster cannot be used."""
        for logger in ("distributed", "distributed.client"):  # what matters we say ourselves
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        self._address = address
        paths = [*files]
        # What a relative path begins at, on the workers as well.
        self._folder = None if all(path.is_absolute() for path in paths) else Path.cwd()
        try:
            # A client that has begun to wait for what is no scheduler neither stops nor ends.
            asyncio.run(asyncio.wait_for(_greet(address), _CONNECT))
            self._client = Client(address, timeout=_CONNECT, set_as_default=False)
        except Exception as error:  # what answers there may answer anything
            raise ClusterError(
                f"连不上调度程序“{address}”。请核对地址和端口（如 tcp://10.0.0.1:8786，"
                "不是网页的 8787）、调度程序是否在运行（dask scheduler）、防火墙是否放行"
            ) from error
        try:
            self._admission = Admission(self._client, paths)
            if not self._admit():
                raise ClusterError(
                    f"调度程序“{address}”没有工作进程。请在各台机器上运行 dask worker {address}"
                )
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def map(
        self, work: Callable[[Item], Result], items: list[Item], dead: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """As `Executor` has it."""
        shared, (pieces, ahead) = self._shared(work), self._pieces(items)
        results: list[Any] = []
        while pieces:
            if due := _due(pieces, len(results), ahead):
                results += self._submitted(due, shared)
            done, piece = self._done(results[0]), pieces[0]
            del results[0], pieces[0]
            for item, result in zip(piece, done or [_Nothing] * len(piece), strict=True):
                yield dead(item) if result is _Nothing else result
        self._admit()

    def keep(
        self,
        work: Callable[[Item], Kept[Summary]],
        items: list[Item],
        dead: Callable[[Item], Kept[Summary]],
    ) -> Iterator[Kept[Summary]]:
        """As `Executor` has it."""
        shared, (pieces, ahead) = self._shared(work), self._pieces(items)
        done: list[Any] = []
        data: list[Any] = []
        summaries: list[Any] = []
        while pieces:
            sent = len(done)
            if due := _due(pieces, sent, ahead):
                done += self._submitted(due, shared)
                data += self._submit_all(_data, done[sent:])
                # When they have come, the data are there too, and `done` is wanted no longer.
                summaries += self._submit_all(_summaries, done[sent:], data[sent:])
            come, piece, kept = self._done(summaries[0]), pieces[0], data[0]
            del summaries[0], data[0], done[0], pieces[0]
            if come is None and len(piece) > 1:  # because of one of them, perhaps
                for item in piece:
                    yield from self.keep(work, [item], dead)
                continue
            for number, (item, summary) in enumerate(zip(piece, come or [_Nothing], strict=True)):
                yield dead(item) if summary is _Nothing else (summary, _Place(kept, number))
        self._admit()

    def pick(self, wanted: list[tuple[Any, Any]]) -> list[Any]:
        """As `Executor` has it."""
        places = [k if isinstance(k, _Place) else _Place([k], 0) for k, _ in wanted]
        where = [place.data for place in places], [place.number for place in places]
        picked = self._submit_all(_picked, *where, [key for _, key in wanted])
        return [_Place(each, 0) for each in picked]

    def fetch(self, kept: Any) -> Any:
        """As `Executor` has it."""
        if not isinstance(kept, _Place):
            return kept
        try:
            return self._result(self._submit(_at, *kept))
        except _Failed as error:
            raise Unfinished(LOST) from error

    def _shared(self, work: Callable[[Any], Any]) -> Any:
        """The work on the cluster: it may hold lists and the files of a whole run.

        It is sent once, not with each item, and has to be held until all has come: a scheduler
        may hear that something is wanted no longer before it has seen what rests on it; then that
        is never done.
        """
        return self._submit(_as_it_is, self._in_folder(work))

    def _pieces(self, items: list[Item]) -> tuple[list[list[Item]], int]:
        """The pieces of work, and how many are sent before the first has come."""
        try:
            threads = sum(self._client.nthreads().values())
            return _pieces(items, threads), min(_AHEAD, _AHEAD_OF_THREAD * max(threads, 2))
        except (OSError, RuntimeError) as error:
            raise self._lost() from error

    def _submitted(self, pieces: list[list[Any]], work: Any) -> list[Any]:
        """What will come of the pieces."""
        packed = [_Piece.of(piece) for piece in pieces]
        futures = [own for _, own in packed]
        return self._submit_all(_do, [piece for piece, _ in packed], futures, work=work)

    def _done(self, future: Any) -> list[Any] | None:
        """What has come of each item of a piece; None where no Dask worker has survived it."""
        try:
            done: list[Any] = self._result(future)
        except _Failed:
            return None
        return done

    def _in_folder(self, work: Callable[[Item], Any]) -> Callable[[Item], Any]:
        if self._folder is None:
            return work
        if isinstance(work, Stoppable):
            limit_of = partial(_limit_in, self._folder, work.limit_of)
            return replace(work, work=partial(_do_in, self._folder, work.work), limit_of=limit_of)
        return partial(_do_in, self._folder, work)

    def _submit(self, function: Callable[..., Any], *values: Any) -> Any:
        try:
            return self._client.submit(function, *values, pure=False)
        except (OSError, RuntimeError) as error:
            raise self._lost() from error

    def _submit_all(
        self, function: Callable[..., Any], *values: list[Any], **same: Any
    ) -> list[Any]:
        """As `_submit`, but many in one message."""
        try:
            if not values[0]:
                return []
            return self._client.map(function, *values, pure=False, batch_size=_AT_ONCE, **same)
        except (OSError, RuntimeError) as error:
            raise self._lost() from error

    def _result(self, future: Any) -> Any:
        """Raises _Failed where the work has failed, ClusterError where the cluster has."""
        try:
            self._wait_for(future)
            return future.result()
        except ClusterError:
            raise
        except (Exception, asyncio.CancelledError) as error:
            raise (_Failed() if future.status == "error" else self._lost()) from error

    def _wait_for(self, future: Any) -> None:
        """Wait until it is done. Raises ClusterError where there are no workers any more.

        `Future.result` with a timeout may fail where the result comes at that very moment.
        """
        done, alone = Event(), 0
        future.add_done_callback(lambda _: done.set())
        while not done.wait(_PATIENCE):
            alone = 0 if self._client.nthreads() else alone + 1
            if alone == _LOOKS:
                raise ClusterError(
                    f"调度程序“{self._address}”已经没有工作进程，等了 {_LOOKS * _PATIENCE:.0f} 秒。"
                    f"请在各台机器上运行 dask worker {self._address}，再检查一次"
                )

    def _lost(self) -> ClusterError:
        return ClusterError(
            f"与调度程序“{self._address}”的连接断了，没有查完。请核对它是否还在运行，再检查一次"
        )

    def _admit(self) -> int:
        """Look at the workers that may have joined; return how many there are."""
        try:
            return self._admission.admit()
        except (OSError, RuntimeError) as error:
            raise self._lost() from error


async def _greet(address: str) -> None:
    """Raises whatever comes of it where there is no scheduler at the address."""
    security = Security().get_connection_args("client")
    async with rpc(address, timeout=_CONNECT, connection_args=security) as peer:
        if "workers" not in await peer.identity():
            raise ValueError(address)


class _Nothing:
    """Stands itself for what came of an item over which the work has broken down."""


class _Failed(Exception):
    """A piece of work has failed, or has killed too many."""


# -- what runs on the workers --------------------------------------------------------------------

_PROCESSES: list[Processes] = []
_STARTING = Lock()


def _processes() -> Processes:
    """Those of this Dask worker, one for each of its threads."""
    with _STARTING:
        if not _PROCESSES:
            # Its nanny has made it a daemon, which must not start any; ours end with it anyway.
            current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            # With this, which the nanny sets, freed memory goes back at once: a tenth more time.
            os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)
            _PROCESSES.append(Processes(get_worker().state.nthreads))
        return _PROCESSES[0]


class _Place(NamedTuple):
    """Where the data of an item are kept: in the future's list of its piece, and their number."""

    data: Any
    number: int


@dataclass(slots=True)
class _Piece:
    """Some items as they are sent. Dask looks for futures in lists and tuples, and not in this.

    The futures are sent beside them, each once: a place has its number there in place of one.
    """

    items: list[Any]

    @classmethod
    def of(cls, items: list[Any]) -> "tuple[_Piece, list[Any]]":
        numbers: dict[Any, int] = {}

        def sent(kept: Any) -> Any:
            if not isinstance(kept, _Place):
                return kept
            return _Place(numbers.setdefault(kept.data, len(numbers)), kept.number)

        placed = [
            Given(each.item, [*map(sent, each.data)]) if isinstance(each, Given) else each
            for each in items
        ]
        return cls(placed), [*numbers]


def _do(piece: _Piece, data: list[Any], work: Callable[[Any], Any]) -> list[Any]:
    """What comes of each item of a piece."""
    done: list[Any] = []
    for item in piece.items:
        if isinstance(item, Given):
            own = [data[k.data][k.number] if isinstance(k, _Place) else k for k in item.data]
            item = Given(item.item, own)
        try:
            done.append(_processes().do(work, item))
        except Exception:  # of this item; it stops no other
            done.append(_Nothing)
    return done


def _data(done: list[Any]) -> list[Any]:
    return [_Nothing if each is _Nothing else each[1] for each in done]


def _summaries(done: list[Any], data: Any) -> list[Any]:
    return [_Nothing if each is _Nothing else each[0] for each in done]


def _at(data: list[Any], number: int) -> Any:
    return data[number]


def _picked(data: list[Any], number: int, key: Any) -> list[Any]:
    return [data[number][key]]


def _do_in(folder: Path, work: Callable[[Item], Result], item: Item) -> Result:
    """Work on paths that are relative to a folder, in a process that works on nothing else."""
    os.chdir(folder)
    return work(item)


def _limit_in(folder: Path, limit_of: Callable[[Path], Limit | None], path: Path) -> Limit | None:
    return limit_of(folder / path)


def _as_it_is(value: Item) -> Item:
    return value
