"""A run on a cluster: the same report, whoever dies, and clear words where it cannot be used."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from distributed import Client, LocalCluster
from town import AS_OF
from towns import deadly_reading, home, neighbour, save, shared_everything
from typer._click.exceptions import ClickException

from jiandang import __version__
from jiandang.cli import waiting
from jiandang.cli.app import app
from jiandang.errors import ClusterError
from jiandang.policy import load_policy
from jiandang.report.model import Report
from jiandang.run import admission
from jiandang.run import cluster as module
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings
from jiandang.run.cluster import Cluster
from jiandang.run.files import FilesFound
from jiandang.run.load import Reading
from jiandang.run.processes import Executor, Workers

SAMPLES = Path(__file__).parents[2] / "sample_data"
EARLIER = SAMPLES / "上次"
POLICY = load_policy("xuzhou-2016")
FORMATS = ["--format", "json", "--format", "ndjson", "--format", "list"]
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has but the latter, and it is the same


def started(workers: int) -> Any:
    return LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=":0", memory_limit=0
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with started(2) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("上报材料")
    return [save(town, folder / f"{n}.xlsx") for n, town in enumerate(shared_everything())]


def checked(paths: list[Path], workers: Executor) -> Report:
    settings = Settings.of(POLICY, as_of=AS_OF, evidence=True)
    return check_files(FilesFound([*paths]), settings, Reading(POLICY), workers)


def refused(*arguments: object) -> str:
    with pytest.raises(ClickException) as caught:
        app(["check", *map(str, arguments)], standalone_mode=False)
    return str(caught.value)


# -- the same, byte for byte ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--context", "--show-ids"],
        ["--with", SAMPLES / "名单", "--select", "BD,LR109"],
        ["--before", EARLIER / "官山镇.xlsx", "--changes", EARLIER / "增减表.xlsx"],
    ],
    ids=["towns", "one register", "lists", "two dates"],
)
def test_the_report_is_the_same(
    address: str,
    towns: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[object],
) -> None:
    monkeypatch.chdir(towns[0].parent)  # the workers have another folder
    reports: list[dict[str, bytes]] = []
    for where in (["--jobs", "1"], ["--jobs", "2"], ["--cluster", address]):
        out = tmp_path / f"{len(reports)}"
        arguments = ["check", ".", SAMPLES / "官山镇_合格.xlsx", *options, *where, "--output", out]
        arguments += ["--as-of", "2016-03-29", *FORMATS]
        app([str(each) for each in arguments], standalone_mode=False)
        reports.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(reports[0]) == 5  # two of the list, and its record
    assert reports[0] == reports[1] == reports[2]


def test_answers_are_the_same(address: str, towns: list[Path], tmp_path: Path) -> None:
    common = ["check", *map(str, towns), "--as-of", "2016-03-29"]
    answered = tmp_path / "清单"
    app(
        [*common, "--format", "list", "--output", str(tmp_path / "清单")],
        standalone_mode=False,
    )
    reports: list[bytes] = []
    for where in ([], ["--cluster", address]):
        out = tmp_path / f"{len(reports)}.json"
        options = ["--answers", str(answered), "--format", "json"]
        app([*common, *options, *where, "--output", str(out)], standalone_mode=False)
        reports.append(out.read_bytes())
    assert reports[0] == reports[1]


def test_nothing_of_dask_is_imported_without_a_cluster() -> None:
    script = (
        "import sys; from jiandang.cli.app import app\n"
        f"app(['check', {str(SAMPLES / '官山镇_合格.xlsx')!r}, '-q'], standalone_mode=False)\n"
        "assert not {'dask', 'distributed'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL)


class _Screen(StringIO):
    """What a terminal is sent, or a file where it `is_terminal` no longer."""

    is_terminal = True

    def isatty(self) -> bool:
        return self.is_terminal


class _AtOnce:
    """A timer that waits for nothing."""

    def __init__(self, _: float, work: Callable[[], object]) -> None:
        self.start, self.cancel = work, int


@pytest.mark.parametrize("is_terminal", [True, False])
def test_how_far_the_cluster_is_is_shown_on_a_terminal(
    address: str, towns: list[Path], monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    screen = _Screen()
    screen.is_terminal = is_terminal
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(waiting, "Timer", _AtOnce)
    monkeypatch.setattr(sys, "stderr", screen)
    app(["check", *map(str, towns), "-q", "--cluster", address], standalone_mode=False)
    assert ("1.xlsx" in screen.getvalue(), "1/2" in screen.getvalue()) == (is_terminal, is_terminal)


# -- who dies ------------------------------------------------------------------------------------


class _Killing(Cluster):
    """A cluster of which a worker dies while the run waits for a result."""

    def __init__(self, address: str, files: list[Path], at: int) -> None:
        super().__init__(address, files)
        self._until = at

    def _result(self, future: Any) -> Any:
        self._until -= 1
        if self._until == 0:
            os.kill(min(self._client.run(os.getpid).values()), KILL)
        return super()._result(future)


@pytest.mark.parametrize("at", [1, 3, 5], ids=["read", "check", "compare"])
def test_a_worker_that_is_killed_loses_nothing(address: str, towns: list[Path], at: int) -> None:
    with _Killing(address, towns, at) as workers:
        report = checked(towns, workers)
    assert report == checked(towns, Workers(1))


class _Deadly(Cluster):
    """A cluster on which one of the files ends whatever process reads it."""

    victims = Path()

    def keep(self, work: Any, items: list[Any], dead: Callable[[Any], Any]) -> Iterator[Any]:
        return super().keep(deadly_reading(work, self.victims), items, dead)


def test_a_file_that_kills_is_named_after_its_third_victim(
    address: str, towns: list[Path], tmp_path: Path
) -> None:
    with _Deadly(address, towns) as workers:
        workers.victims = tmp_path / "victims"
        report = checked(towns, workers)
    first, second = report.files
    assert (first.error and first.error.code, second.error) == ("crashed", None)
    assert report.summary.persons == len(neighbour().sheets["成员"])
    assert workers.victims.read_text(encoding="utf-8") == "死死死"
    assert not report.is_complete


class _Vanishing(Cluster):
    """A cluster without workers, of which the scheduler goes while the run waits for a result."""

    end: Callable[[], object]

    def _admit(self) -> int:
        return 1

    def _result(self, future: Any) -> Any:
        self.end()
        return super()._result(future)


_SCHEDULER = """
import sys
from distributed import Client, LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=0, dashboard_address=":0")
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""


def test_the_run_ends_when_the_scheduler_vanishes() -> None:
    command = [sys.executable, "-c", _SCHEDULER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as scheduler:
        assert scheduler.stdout is not None
        with _Vanishing(scheduler.stdout.readline().strip(), []) as workers:
            workers.end = scheduler.kill
            with pytest.raises(ClusterError, match="连接断了"):
                next(workers.map(eval, ["1 + 1"], len))


class _Deserted(Cluster):
    """A cluster whose workers are all gone when the run waits for a result."""

    def _admit(self) -> int:
        return 1


def test_the_run_ends_when_all_workers_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    with (
        started(0) as cluster,
        _Deserted(cluster.scheduler_address, []) as workers,
        pytest.raises(ClusterError, match="已经没有工作进程"),
    ):
        next(workers.map(eval, ["1 + 1"], len))


def test_work_that_takes_long_is_waited_for(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.0001)
    with Cluster(address, []) as workers:
        assert list(workers.map(eval, ["sum(range(1_000_000))"], len)) == [499_999_500_000]


def test_our_processes_do_not_trim_their_memory_as_dask_workers_do(address: str) -> None:
    asked = ["MALLOC_TRIM_THRESHOLD_", "PATH"]
    with Cluster(address, []) as workers:
        trim, path = workers.map(os.getenv, asked, str)
    assert trim is None and path is not None


class _Overtaxed(Cluster):
    """A cluster whose Dask workers all die of a piece of several files."""

    def _submitted(self, pieces: list[Any], work: Any) -> list[Any]:
        if any(len(piece) > 1 for piece in pieces):
            return self._submit_all(divmod, [1] * len(pieces), [0] * len(pieces))
        return super()._submitted(pieces, work)


def test_files_of_which_dask_workers_die_are_read_one_by_one(
    address: str, towns: list[Path]
) -> None:
    with _Overtaxed(address, towns) as workers:
        assert checked(towns, workers) == checked(towns, Workers(1))


def test_small_files_are_one_piece_of_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOGETHER", 10)
    files = [tmp_path / str(size) for size in (0, 4, 6, 1, 11, 3, 10)]
    for file in files:
        file.write_bytes(b" " * int(file.name))
    pieces = module._pieces([*files], 1)
    assert [[int(file.name) for file in piece] for piece in pieces] == [
        [0, 4, 6],
        [1],
        [11],
        [3],
        [10],
    ]
    assert module._pieces([1, 2], 1) == [[1], [2]]


def test_many_items_are_no_more_pieces_than_the_workers_need(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_ENOUGH", 4)
    for count in (8, 80, 800):
        pieces = module._pieces([*range(count)], 0)
        assert len(pieces) == 4
        assert [item for piece in pieces for item in piece] == [*range(count)]
    of_three_workers = module._pieces([*range(960)], 3)
    assert len(of_three_workers) == 3 * module._EACH


class _Counted(Cluster):
    """A cluster that counts the pieces of work that it was sent."""

    sent = 0

    def _submitted(self, pieces: list[Any], work: Any) -> list[Any]:
        self.sent += len(pieces)
        return super()._submitted(pieces, work)


def test_few_pieces_of_work_are_sent_ahead(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AHEAD", 4)
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    sent: list[int] = []
    with _Counted(address, []) as workers:
        for number, result in enumerate(workers.map(int, [*"0123456789"], len)):
            assert result == number
            sent.append(workers.sent)
    assert sent == [4, 4, 6, 6, 8, 8, 10, 10, 10, 10]


# -- where it cannot be used ---------------------------------------------------------------------


def test_nobody_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CONNECT", 0.001)
    said = refused(SAMPLES, "--cluster", "tcp://127.0.0.1:9")
    assert "连不上调度程序“tcp://127.0.0.1:9”" in said


def test_an_address_that_is_none() -> None:
    assert "连不上调度程序“官山镇”" in refused(SAMPLES, "--cluster", "官山镇")


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """The address of what takes one connection, answers this and no more, and keeps it open."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as ended:

        def serve() -> None:
            connection = ended.enter_context(server.accept()[0])
            connection.sendall(answer)

        Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"220 mail ready\r\n",
        b"\x10" + b"\0" * 7 + b"\1" + b"\0" * 7 + b"\1" + b"\0" * 7 + b"7",
    ],
    ids=["web", "mail", "a number"],
)
def test_what_answers_is_no_scheduler(answer: bytes) -> None:
    with answering(answer) as other:
        assert f"连不上调度程序“{other}”" in refused(SAMPLES, "--cluster", other)


def test_what_listens_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CONNECT", 0.1)
    with answering(b"") as silent:
        assert f"连不上调度程序“{silent}”" in refused(SAMPLES, "--cluster", silent)


def test_the_address_of_a_worker() -> None:
    with started(1) as cluster:
        (worker,) = cluster.scheduler_info["workers"]
        assert f"连不上调度程序“{worker}”" in refused(SAMPLES, "--cluster", worker)


def test_no_workers() -> None:
    with started(0) as cluster:
        assert "没有工作进程" in refused(SAMPLES, "--cluster", cluster.scheduler_address)


def test_another_version(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "__version__", "9.9.9")
    said = refused(SAMPLES, "--cluster", address)
    assert "pip install jiandang[cluster]==9.9.9" in said


@pytest.mark.parametrize(
    ("package", "said"), [("packaging", version("packaging")), ("no_such_package", "没有安装")]
)
def test_another_version_on_a_worker(
    address: str, monkeypatch: pytest.MonkeyPatch, package: str, said: str
) -> None:
    monkeypatch.setattr(admission, "_PACKAGE", package)
    monkeypatch.setattr(Client, "run_on_scheduler", lambda *_: __version__)
    found = refused(SAMPLES, "--cluster", address)
    assert "工作进程 tcp://127.0.0.1:" in found
    assert f"jiandang {'是 ' * (said[0].isdigit())}{said}" in found


def test_another_program_of_this_version(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "_own_code", str)
    said = refused(SAMPLES, "--cluster", address)
    assert "版本号相同，程序却不同" in said
    assert "工作进程 tcp://127.0.0.1:" in said


def test_what_a_program_is_told_by(tmp_path: Path) -> None:
    def code(name: str, content: bytes, spare: str = "0.pyc") -> str:
        folder = tmp_path / str(len([*tmp_path.iterdir()]))
        (folder / "rooms").mkdir(parents=True)
        (folder / "rooms" / name).write_bytes(content)
        (folder / spare).write_bytes(b"0")
        return admission.code_of(folder)

    one = code("a.py", b"a = 1\n")
    assert code("a.py", b"a = 1\r\n", "1.pyc") == one
    assert len({one, code("a.py", b"a = 2\n"), code("b.py", b"a = 1\n")}) == 3


def test_a_worker_that_joins_later_is_looked_at(
    address: str, towns: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(address, towns) as workers:
        assert list(workers.map(len, ["1"], len)) == [1]  # those known are not asked again
        workers._admission._admitted.pop()
        monkeypatch.setattr(admission, "_missing", sorted)
        with pytest.raises(ClusterError, match="看不到"):
            list(workers.map(len, ["1"], len))


def test_a_worker_that_does_not_see_the_files(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = save(home(), tmp_path / "0.xlsx")
    monkeypatch.setattr(admission, "_missing", sorted)  # they miss every folder
    said = refused(town, "--cluster", address)
    assert f"看不到“{tmp_path}”" in said
    assert "工作进程 tcp://127.0.0.1:" in said


def test_an_empty_folder_is_left_where_a_share_is_not_mounted(tmp_path: Path) -> None:
    mounted, empty, none = (tmp_path / name for name in ("mounted", "empty", "none"))
    for folder in (mounted, empty):
        folder.mkdir()
    (mounted / "0.xlsx").touch()
    assert admission._missing([mounted, empty, none]) == [empty, none]


def test_distributed_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, module.__name__)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install jiandang[cluster]" in refused(SAMPLES, "--cluster", "tcp://127.0.0.1:9")


def test_the_cluster_has_its_own_number_of_processes(address: str) -> None:
    assert "--jobs" in refused(SAMPLES, "--jobs", "2", "--cluster", address)
