"""Workers that are killed, at any moment, and that end with whoever started them."""

import gc
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import jiandang
from jiandang.formats.matrix import CellMatrix
from jiandang.matching.keys import KeysOfParts
from jiandang.policy import load_policy
from jiandang.run.lists import find_lists, read_lists
from jiandang.run.load import Reading
from jiandang.run.processes import Stoppable, Workers, workers_for
from jiandang.run.worker import Limit

from .register import ROWS, write_all

SAMPLES = Path(__file__).parents[2] / "sample_data"
WAIT = "__import__('time').sleep(600)"


def kill(workers: Workers) -> None:
    for worker in list(workers._all):
        worker._process.kill()
        worker._process.join()


def test_killed_before_the_first_work() -> None:
    with Workers(2) as workers:
        kill(workers)
        assert [*workers.map(eval, ["1 + 1", "2 + 2", "3 + 3"], len)] == [2, 4, 6]
        kill(workers)
        assert [*workers.map(eval, ["4 + 4"], len)] == [8]


def test_killed_at_work_costs_at_most_what_it_was_at() -> None:
    suicide = "__import__('os').kill(__import__('os').getpid(), 9)"
    with Workers(2) as workers:
        found = [*workers.map(eval, ["1 + 1", suicide, "2 + 2", suicide, "3 + 3"], len)]
    assert found == [2, len(suicide), 4, len(suicide), 6]


@pytest.mark.parametrize("seed", range(4))
def test_one_killed_while_files_are_read_costs_none(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = write_all(tmp_path)
    at = chance.randrange(len(files))
    with Workers(2) as workers:

        def kill_one(_path: Path, number: int, _total: int) -> None:
            if number == at:
                chance.choice([*workers._all])._process.kill()

        reading = Reading(load_policy("xuzhou-2016"), progress=kill_one)
        read = [*reading.read(files, workers)]
    assert [file.error for file, _ in read] == [None] * len(files)
    assert [tables.rows for _, tables in read] == [len(ROWS)] * len(files)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_belongs_to_its_item(jobs: int) -> None:
    with Workers(jobs) as workers:
        assert [*workers.map(eval, ["1 + 1", "1 / 0", "lambda: 0", "2 + 2"][:2], len)] == [2, 5]


def test_a_result_that_cannot_be_sent() -> None:
    with Workers(2) as workers:
        assert [*workers.map(eval, ["1 + 1", "lambda: 0"], len)] == [2, 9]


def _limit_of(item: str) -> Limit | None:
    return Limit(1, 512 << 20) if len(item) > 5 else None


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("dear", ["all(iter(int, 1) for _ in iter(int, 1))", "len(bytes(1 << 33))"])
def test_what_takes_too_much_is_stopped(jobs: int, dear: str) -> None:
    work = Stoppable(eval, _limit_of, len)
    with Workers(jobs) as workers:
        found = [*workers.map(work, ["1 + 1", dear, "2 + 2"], len)]
    assert found == [2, len(dear), 4]


def test_never_more_than_files_or_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr("jiandang.run.processes.Workers.__init__", lambda _, n: started.append(n))
    monkeypatch.setattr("os.cpu_count", lambda: 200)
    workers_for([Path("a")] * 3, 1000)
    workers_for([Path("a")] * 300, 1000)
    workers_for([Path("a")], 0)
    assert started == [3, 61, 1]


PARENT = f"""
import signal
from jiandang.run.processes import Workers
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts this may ignore it
if __name__ == "__main__":
    with Workers(2) as workers:
        kept = [*workers.keep(eval, ["1, {{'a': 1}}"] * 2, len)]
        workers.fetch(kept[0][1])
        print(*(worker._process.pid for worker in workers._all), flush=True)
        list(workers.map(eval, ["{WAIT}", "{WAIT}"], len))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent_and_leave_nothing(
    tmp_path: Path, how: signal.Signals
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    (files := tmp_path / "files").mkdir()
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(files)},
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(how)
        # The workers have the pipe too: it is at its end when the last of them is.
        assert parent.stdout.read() == b""
    assert len(pids) == 2
    # What they keep they give each other without a file.
    assert [*files.iterdir()] == []


def _matrices() -> int:
    return sum(isinstance(each, CellMatrix) for each in gc.get_objects())


@pytest.mark.parametrize("name", ["官山镇_凌乱.xlsx", "官山镇_空白表填好.xlsx"])
def test_the_cells_of_a_file_are_gone_when_it_has_been_read(name: str) -> None:
    """Workers do without the cycle collector: what refers to itself would stay, file by file."""
    gc.collect()
    before = _matrices()  # other tests may have some
    gc.disable()
    try:
        register = jiandang.load(SAMPLES / name)
        assert register.sheets
        assert _matrices() <= before
    finally:
        gc.enable()


def test_the_cells_of_a_list_are_gone_when_it_has_been_read() -> None:
    gc.collect()
    before = _matrices()
    gc.disable()
    try:
        given = find_lists([SAMPLES / "名单"])
        files = read_lists(given, KeysOfParts.of([[]]), None, Workers(1))
        assert all(file.lists for file, _ in files)
        assert _matrices() <= before
    finally:
        gc.enable()
