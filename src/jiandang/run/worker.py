"""One worker: a process that does one piece of work at a time, and keeps what it is told to keep.

What it keeps another process gets from it directly: the first process makes a pipe for the two
and hands each an end. Such a pipe has no name that anybody else could use, is no file, and ends
with either process.
"""

import contextlib
import gc
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")

# What processes are started for; they import it while the first one gets ready itself.
_WORK = "jiandang.run.batch"


class Limit(NamedTuple):
    """How much a worker may take for one piece of work: processor time, and memory in bytes."""

    seconds: int
    memory: int


class Given(NamedTuple, Generic[Item]):
    """An item to work on, and data that an executor has kept for it."""

    item: Item
    data: list[Any]


class Place(NamedTuple):
    """Where data are: with which worker, under which number; all of them, or those of a key."""

    worker: "Worker"
    number: int
    key: Any = None


_NUMBERS = count()  # of what workers keep
# A message in the protocol of pickle, and its arrays beside it.
_Packed = tuple[bytes, list[memoryview]]
# By number what a worker keeps, each value packed: so it is no part of what works there.
_Own = dict[int, dict[Any, bytes]]
# What has become of a piece of work: done, or the work has raised something, or data were lost.
_DONE, _BROKEN, _LOST = "done", "broken", "lost"


class _Name(NamedTuple):
    """What a worker knows data by: those of a `Place`."""

    number: int
    key: Any


class Dead(Exception):
    """A worker is no more: the one that was to do the work, or one that kept data for it."""


class Broken(Exception):
    """The work has raised something."""


class Worker:
    """The process, and the pipes to it."""

    def __init__(self, limit: Limit | None) -> None:
        from multiprocessing import get_context

        # Spawned on every system, as Windows does: forking a process that runs threads may hang.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._errands, their_errands = context.Pipe()
        self._errand = threading.Lock()
        self._patience = None if limit is None else 60 + 3 * limit.seconds
        # What it has done last is not sent again: with it would go the keys of a city's people.
        self._work: object = None
        self._let_go: deque[int] = deque()
        arguments = (theirs, their_errands, limit)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        # None can be started: it is dead from the beginning.
        with contextlib.suppress(OSError), _interrupts_held():
            self._process.start()
        theirs.close()
        their_errands.close()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        from multiprocessing.connection import wait

        try:
            return not wait([self._process.sentinel], 0)
        except ValueError:  # it was never started
            return False

    def do(self, work: Callable[[Any], Any], item: object, *, keep: bool) -> Any:
        """The result of the work, on an item or on what is `Given` at places.

        With `keep` that is a summary and a dictionary of data, and in their stead comes the place
        where they are kept. Raises Dead, or Broken.
        """
        keep_as = next(_NUMBERS) if keep else None
        named, owners = self._named(item)
        known, self._work = self._work, None
        with contextlib.ExitStack() as opened:
            pipes = [opened.enter_context(owner.hand_out(own)) for owner, own in owners.items()]
            let_go = [self._let_go.popleft() for _ in range(len(self._let_go))]
            sent = _packed((None if work is known else work, named, keep_as, let_go))
            try:
                self._send(sent, pipes)
                if self._patience is not None and not self._pipe.poll(self._patience):
                    raise Dead
                came_to, result = self._pipe.recv()
            except (EOFError, OSError) as error:
                self.end()
                raise Dead from error
        if came_to == _LOST:
            [*owners][result].end()  # if it is not yet
            raise Dead
        if came_to == _BROKEN:
            raise Broken
        self._work = work
        return result if keep_as is None else (result, Place(self, keep_as))

    def hand_out(self, names: list[_Name]) -> "Connection":
        """The end of a pipe at which data will be that it keeps. Raises Dead."""
        from multiprocessing import get_context

        ours, theirs = get_context("spawn").Pipe(duplex=False)
        try:
            with theirs, self._errand:
                self._errands.send(names)
                self._hand(self._errands, theirs)
        except OSError as error:
            ours.close()
            self.end()
            raise Dead from error
        return ours

    def let_go(self, number: int) -> None:
        """Let it forget what it keeps under a number; it is told with its next work."""
        self._let_go.append(number)

    def end(self) -> None:
        """End the process, whatever it is at."""
        with contextlib.suppress(OSError, ValueError, AssertionError, AttributeError):
            self._process.kill()
            self._process.join(5)

    def _send(self, sent: _Packed, pipes: "Sequence[Connection]") -> None:
        rest, arrays = sent
        self._pipe.send((rest, len(arrays), len(pipes)))
        for array in arrays:
            self._pipe.send_bytes(array)
        for pipe in pipes:
            self._hand(self._pipe, pipe)

    def _hand(self, through: "Connection", pipe: "Connection") -> None:
        """Send the process the end of a pipe, for its own."""
        from multiprocessing.reduction import send_handle

        assert self._process.pid is not None
        try:
            send_handle(through, pipe.fileno(), self._process.pid)
        except RuntimeError as error:  # on macOS it says that it has got it
            raise OSError from error

    def _named(self, item: object) -> tuple[object, "dict[Worker, list[_Name]]"]:
        """The item with names in place of places, and what other workers have of these."""
        owners: dict[Worker, list[_Name]] = {}
        if not isinstance(item, Given):
            return item, owners
        data = []
        for each in item.data:
            if isinstance(each, Place):
                worker, each = each.worker, _Name(each.number, each.key)
                if worker is not self:
                    owners.setdefault(worker, []).append(each)
            data.append(each)
        return Given(item.item, data), owners


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


def _packed(message: object) -> _Packed:
    """Arrays go as they lie in memory: the keys of a city's people would be there several times
    more for each worker."""
    arrays: list[pickle.PickleBuffer] = []
    rest = pickle.dumps(message, protocol=5, buffer_callback=arrays.append)
    return rest, [array.raw() for array in arrays]


def _serve(pipe: "Connection", errands: "Connection", limit: Limit | None) -> None:
    """What a worker does all its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process sees to that
    own: _Own = {}
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_hand_out, args=(errands, own), daemon=True).start()
    gc.disable()  # cells have no cycles to look for
    os.environ["POLARS_MAX_THREADS"] = "1"  # read when Polars is first used
    import_module(_WORK)
    if limit is not None:
        _keep_within(limit)
    work: Any = None
    while True:
        try:
            rest, number_of_arrays, number_of_pipes = pipe.recv()
            arrays = [pipe.recv_bytes() for _ in range(number_of_arrays)]
            pipes = [_received(pipe) for _ in range(number_of_pipes)]
        except (EOFError, OSError):
            return
        try:
            # The arrays cannot be written to.
            sent, item, keep_as, let_go = pickle.loads(rest, buffers=arrays)
            del rest, arrays
            for number in let_go:
                own.pop(number, None)
            work = sent or work
            answer = _DONE, _done(work, item, keep_as, own, pipes)
            del sent, item
        except _Lost as lost:
            answer = _LOST, lost.args[0]
        except Exception:  # of the work, or what was sent cannot be read here
            answer = _BROKEN, None
        try:
            pipe.send(answer)
        except OSError:
            return
        except Exception:  # a result that cannot be sent
            pipe.send((_BROKEN, None))
        del answer


class _Lost(Exception):
    """The worker of this number, of those that have data for the work, has ended."""


def _done(
    work: Callable[[Any], Any],
    item: Any,
    keep_as: int | None,
    own: _Own,
    pipes: "Sequence[Connection]",
) -> Any:
    """The result of the work, without what is kept. Raises _Lost, and whatever the work raises."""
    if isinstance(item, Given):
        item = Given(item.item, _found(item.data, own, pipes))
    result = work(item)
    if keep_as is None:
        return result
    summary, data = result
    own[keep_as] = {key: pickle.dumps(value, 5) for key, value in data.items()}
    return summary


def _found(data: list[Any], own: _Own, pipes: "Sequence[Connection]") -> list[Any]:
    """The data of a `Given`, those that have names from here or from the pipes."""
    there: dict[_Name, Any] = {}
    for number, pipe in enumerate(pipes):
        try:
            with pipe:
                there |= pipe.recv()
        except (EOFError, OSError) as error:
            raise _Lost(number) from error

    def found(name: _Name) -> Any:
        kept = there[name] if name in there else _kept(own, name)
        if isinstance(kept, bytes):
            return pickle.loads(kept)
        return {key: pickle.loads(value) for key, value in kept.items()}

    return [found(each) if isinstance(each, _Name) else each for each in data]


def _kept(own: _Own, name: _Name) -> dict[Any, bytes] | bytes:
    return own[name.number] if name.key is None else own[name.number][name.key]


def _hand_out(errands: "Connection", own: _Own) -> None:
    """Send others what is kept here, whatever this process is at."""
    with errands, contextlib.suppress(EOFError, OSError):
        while True:
            names, pipe = errands.recv(), _received(errands)
            threading.Thread(target=_send_kept, args=(pipe, own, names), daemon=True).start()


def _send_kept(pipe: "Connection", own: _Own, names: list[_Name]) -> None:
    with pipe, contextlib.suppress(Exception):  # whoever waits sees the end of the pipe
        pipe.send({name: _kept(own, name) for name in names})


def _received(through: "Connection") -> "Connection":
    """The end of a pipe that was sent."""
    from multiprocessing.reduction import recv_handle

    return type(through)(recv_handle(through))


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
