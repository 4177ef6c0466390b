"""Measures runs past one machine: the same check on processes here, and on a cluster of here.

    python benchmarks/scale.py [--only overhead|people|files] [--cities 15] [--rounds 3]

A cluster is a scheduler and two workers of one thread, each a process as docs/cluster.md starts
it. Processor time is that of all processes, memory the peak of each as /proc has it, so this runs
on Linux alone. The tables are for docs/performance.md, "Past one machine".
"""

import argparse
import compileall
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from make_province import CITY, COUNTIES, in_county
from run import AS_OF, DATA, HERE, machine

from generators import flat

WORKERS = 2
SMALL_FILES = (800, 2_400, 7_200)  # of 40 rows, so that they are more than one part
NO_FIGURES = ("--ignore", "SB026")  # which says of each village that all have applied on one day
OTHERS = ["scheduler", "Dask's worker", "our process below it"]
_TICKS = os.sysconf("SC_CLK_TCK")
_WAIT = """
import sys
from distributed import Client
with Client(scheduler_file=sys.argv[1]) as client:
    client.wait_for_workers(int(sys.argv[2]))
"""


class Spent(NamedTuple):
    """What a check took: seconds, those of all processors, the client's peak MB; its findings."""

    wall: float
    processor: float
    client: float
    findings: int


class Node(NamedTuple):
    """A scheduler or a worker. Below a worker is Dask's own process, and below that is ours."""

    pid: int

    def below(self, depth: int) -> list[int]:
        """The processes so many levels below it."""
        level = [self.pid]
        for _ in range(depth):
            level = [child for pid in level for child in _children(pid)]
        return level

    def processor(self) -> float:
        """Seconds of it and of what is below it, ended or not."""
        return sum(_processor(pid) for depth in range(4) for pid in self.below(depth))

    def peak(self, depth: int = 0) -> float:
        """The largest peak so many levels below it, in MB."""
        return max(map(_peak, self.below(depth)))


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def _processor(pid: int) -> float:
    # What is before the last ")" is a name, which may have blanks.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Cluster(NamedTuple):
    """A cluster that has been started."""

    address: str
    scheduler: Node
    workers: list[Node]

    def processor(self) -> float:
        return sum(node.processor() for node in (self.scheduler, *self.workers))

    def peaks(self) -> list[float]:
        """The peak of the scheduler, of Dask's processes and of ours, in MB."""
        of_workers = [max(node.peak(depth) for node in self.workers) for depth in (1, 2)]
        return [self.scheduler.peak(), *of_workers]


@contextmanager
def started() -> Iterator[Cluster]:
    """A cluster with nothing done."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ended:
        file = Path(folder) / "scheduler.json"

        def start(what: str, *options: str) -> Node:
            command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard"]
            command += ["--scheduler-file", str(file), *options]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            ended.callback(process.wait)
            ended.callback(process.terminate)
            return Node(process.pid)

        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        own = ("--nthreads", "1", "--memory-limit", "0", "--local-directory", folder)
        workers = [start("worker", *own) for _ in range(WORKERS)]
        subprocess.run([sys.executable, "-c", _WAIT, str(file), str(WORKERS)], check=True)
        yield Cluster(json.loads(file.read_text())["address"], scheduler, workers)


def check(paths: Sequence[Path], *options: str, jobs: int = 0, on: Cluster | None = None) -> Spent:
    """What a check takes on so many processes, or on a cluster."""
    where = ["--cluster", on.address] if on else ["--jobs", str(jobs)]
    with tempfile.NamedTemporaryFile() as out:
        command = [*map(str, paths), *where, *options, *AS_OF, out.name]
        before, start = on.processor() if on else 0, time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "jiandang", "check", *command])
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            raise SystemExit(f"{' '.join(where)}: exit status {status}")
        with open(out.name, "rb") as report:  # noqa: PTH123 (a name is what it has)
            findings = sum(b'"fingerprint":' in line for line in report)
    processor = usage.ru_utime + usage.ru_stime + (on.processor() if on else 0) - before
    return Spent(wall, processor, usage.ru_maxrss / 1024, findings)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [f"### {title}", "", f"| {' | '.join(columns)} |"]
    lines += [f"| --- |{' ---: |' * (len(columns) - 1)}"]
    for row in rows:
        shown = [f"{v:,.2f}" if isinstance(v, float) and v < 10 else v for v in row]
        texts = [f"{v:,.0f}" if isinstance(v, (float, int)) else str(v) for v in shown]
        lines.append(f"| {' | '.join(texts)} |")
    return "\n".join([*lines, ""])


def made(count: int) -> list[Path]:
    """The folders of so many cities.

    Made by another process: a new one counts the memory of its parent as its own.
    """
    province = HERE / "make_province.py"
    command = [sys.executable, str(province), str(DATA / "province"), str(count)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return [DATA / "city", *(DATA / "province" / code for code in [*COUNTIES][1:count])]


def overhead(rounds: int) -> str:
    """The city on one process, on two, and on a cluster of two workers, in turn."""
    city = made(1)
    results: dict[str, list[Spent]] = {}
    with started() as cluster:
        check([DATA / "1000.xlsx"], on=cluster)  # the workers start their processes
        for _ in range(rounds):
            for name, spent in {
                "1 process": check(city, jobs=1),
                "2 processes": check(city, jobs=2),
                "2 workers": check(city, on=cluster),
            }.items():
                results.setdefault(name, []).append(spent)
    median = {
        name: [statistics.median(each) for each in zip(*spent, strict=True)]
        for name, spent in results.items()
    }
    base = median["2 processes"]
    rows = [
        [name, wall, wall / base[0], processor, processor / base[1], client]
        for name, (wall, processor, client, _) in median.items()
    ]
    columns = ["", "s", "× 2 processes", "processor s", "× 2 processes", "client, peak MB"]
    return table(f"The city: {CITY:,} people, {rounds} rounds", columns, rows)


def people(count: int) -> str:
    """One city, a third of them and all, each on a cluster of its own."""
    folders = made(count)
    rows: list[list[object]] = []
    for some in dict.fromkeys((1, max(1, count // 3), count)):
        with started() as cluster:
            spent = check(folders[:some], on=cluster)
            files = sum(len([*folder.glob("*.xlsx")]) for folder in folders[:some])
            rows.append([f"{some * CITY:,}", files, spent.findings, spent.wall, spent.processor])
            rows[-1] += [spent.client, *cluster.peaks()]
            print(rows[-1], flush=True)
    columns = ["people", "files", "findings", "s", "processor s", "client, peak MB"]
    columns += OTHERS
    return table(f"As many people as there are, a cluster of {WORKERS} workers", columns, rows)


def files() -> str:
    """What the client keeps of a file: more and more towns of 40 people, with nothing wrong."""
    rows: list[list[object]] = []
    fewer, less = 0, 0.0
    for count in SMALL_FILES:
        folder = DATA / "towns" / str(count)
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            _write_town(folder / f"{number}.csv", number)
        with started() as cluster:
            spent = check([folder], *NO_FIGURES, on=cluster)
            more = (spent.client - less) * 2**20 / (count - fewer) if rows else ""
            fewer, less = count, spent.client
            rows.append([f"{count:,}", spent.findings, spent.client, more, *cluster.peaks()])
            print(rows[-1], flush=True)
    columns = ["files", "findings", "client, peak MB", "bytes a file more", *OTHERS]
    return table("More and more files", columns, rows)


def _write_town(path: Path, number: int) -> None:
    county, town = [*COUNTIES][number % len(COUNTIES)], 101 + number // len(COUNTIES)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for row in flat.rows(40, town, faulty_share=0):
            writer.writerow([in_county(str(cell), county) for cell in row])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=("overhead", "people", "files"))
    parser.add_argument("--cities", type=int, default=len(COUNTIES))
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    parts = {
        "overhead": lambda: overhead(chosen.rounds),
        "people": lambda: people(chosen.cities),
        "files": files,
    }
    compileall.compile_dir(HERE.parent / "src", quiet=1)
    print(f"Measured on {machine()}.\n")
    for name in [chosen.only] if chosen.only else parts:
        print(parts[name]())


if __name__ == "__main__":
    main()
