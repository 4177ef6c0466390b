"""Measures whole checks beside bare reads of the same file, in one run.

    python benchmarks/run.py [--write]

Each command is a process of its own, run five times in turn with the others; medians are shown,
so that a busy machine slows all of them alike. `--write` puts the tables into
docs/performance.md. Peers that are not installed are left out and said so.
"""

import argparse
import compileall
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from make_data import main as make_data
from make_lists import main as make_lists

HERE = Path(__file__).parent
DATA = HERE / "data"
ROUNDS = {
    "10k": 5, "100k": 5, "growth": 5, "start-up": 9, "shapes": 5, "city": 5, "lists": 3, "dates": 5,
    "answers": 3,
}  # fmt: skip
RULES = """
from jiandang.gates.catalogue import select_rules
from jiandang.report.gates import GATES
print(*(rule.code for rule in select_rules((), ()) if rule.gate in GATES))
"""
AS_OF = ("--as-of", "2016-03-29", "--fail-on", "never", "--format", "json", "--output")


@dataclass(frozen=True)
class Command:
    """A command to measure; `needs` is the module without which it cannot run."""

    name: str
    arguments: tuple[str, ...]
    needs: str = ""


@dataclass
class Measured:
    """Wall seconds and peak memory in MB of each run of a command."""

    seconds: list[float]
    megabytes: list[float]

    @property
    def time(self) -> float:
        return statistics.median(self.seconds)

    @property
    def memory(self) -> float:
        return statistics.median(self.megabytes)


def check(*paths: Path, jobs: int = 1, select: str = "") -> tuple[str, ...]:
    options: tuple[str, ...] = ("--jobs", str(jobs), *AS_OF, os.devnull)
    if select:
        options += ("--select", select)
    return ("-m", "jiandang", "check", *map(str, paths), *options)


def peer(name: str, *paths: Path) -> tuple[str, ...]:
    return (str(HERE / "peers.py"), name, *map(str, paths))


def reads(path: Path) -> list[Command]:
    return [
        Command("jiandang check", check(path)),
        Command("python-calamine, bare read", peer("calamine", path)),
        Command("openpyxl read_only, bare read", peer("openpyxl", path)),
    ]


def peers(path: Path) -> list[Command]:
    """Other tools with four of our checks; too slow to be run on more than 10,000 rows."""
    return [
        Command("pandas + calamine, 4 checks", peer("pandas", path), "pandas"),
        Command("frictionless validate", peer("frictionless", path), "frictionless"),
        Command("pandera, 4 checks", peer("pandera", path), "pandera"),
        Command("dataframely, 4 checks", peer("dataframely", path), "dataframely"),
    ]


def measure(chosen: list[Command], rounds: int) -> dict[str, Measured]:
    """Run the commands in turn, `rounds` times."""
    results = {command.name: Measured([], []) for command in chosen}
    for _ in range(rounds):
        for command in chosen:
            start = time.perf_counter()
            process = subprocess.Popen([sys.executable, *command.arguments])
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                raise SystemExit(f"{command.name}: exit status {status}")
            results[command.name].seconds.append(time.perf_counter() - start)
            results[command.name].megabytes.append(usage.ru_maxrss / 1024)
    return results


def table(title: str, results: dict[str, Measured], base: str) -> str:
    lines = [
        f"### {title}",
        "",
        f"| command | s | × {base} | peak MB |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, result in results.items():
        ratio = result.time / results[base].time
        lines.append(f"| {name} | {result.time:.2f} | {ratio:.2f} | {result.memory:.0f} |")
    return "\n".join([*lines, ""])


def start_up() -> str:
    chosen = [
        Command("python -c pass", ("-c", "pass")),
        Command("jiandang --version", ("-m", "jiandang", "--version")),
        Command("jiandang --help", ("-m", "jiandang", "--help")),
    ]
    return table("Start-up", measure(chosen, ROUNDS["start-up"]), "python -c pass")


def growth() -> str:
    chosen = [
        Command(f"{rows:,} rows", check(DATA / f"{rows}.xlsx")) for rows in (1_000, 10_000, 100_000)
    ]
    return table("Growth with the rows", measure(chosen, ROUNDS["growth"]), "1,000 rows")


def growth_of_findings_and_rules() -> str:
    """A file with ten times the findings, and the usual one with a part of the rules."""
    large, faulty = DATA / "100000.xlsx", DATA / "100000_faulty.xlsx"
    # Not imported here: a process starts with its parent's memory, and this is measured.
    codes = subprocess.check_output([sys.executable, "-c", RULES], text=True).split()
    chosen = [
        Command("all rules, 2 % faulty", check(large)),
        Command("all rules, 20 % faulty", check(faulty)),
        *(
            Command(f"one rule in {n}", check(large, select=",".join(codes[::n])))
            for n in (2, 4, 50)
        ),
    ]
    results = measure(chosen, ROUNDS["growth"])
    return table("Growth with the findings and the rules, 100,000 rows", results, chosen[0].name)


def shapes() -> str:
    """The same in other formats and layouts, each beside the fastest faithful bare read."""
    small = sorted((DATA / "small").glob("*.xlsx"))
    chosen = [
        ("six tables, inline strings", "calamine", [DATA / "shapes" / "six_tables.xlsx"]),
        (".xls, two sheets", "calamine", [DATA / "shapes" / "100000.xls"]),
        (".xlsb", "calamine", [DATA / "shapes" / "100000.xlsb"]),
        (".csv, UTF-8", "polars", [DATA / "shapes" / "100000.csv"]),
        (".csv, GBK", "polars", [DATA / "shapes" / "100000_gbk.csv"]),
        (f"{len(small)} files of 300 rows", "calamine", small),
    ]
    lines = [
        "### Other shapes, 100,000 member rows each (the small files 90,000)",
        "",
        "| shape | jiandang check, s | bare read, s | by | × bare read | peak MB | bare, MB |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for name, reader, paths in chosen:
        pair = [Command("check", check(*paths)), Command("bare", peer(reader, *paths))]
        results = measure(pair, ROUNDS["shapes"])
        ours, bare = results["check"], results["bare"]
        lines.append(
            f"| {name} | {ours.time:.2f} | {bare.time:.2f} | {reader} "
            f"| {ours.time / bare.time:.2f} | {ours.memory:.0f} | {bare.memory:.0f} |"
        )
    return "\n".join([*lines, ""])


def city() -> str:
    files = sorted((DATA / "city").glob("*.xlsx"))
    chosen = [
        Command("jiandang check, one of the files", check(files[0])),
        Command("jiandang check, 1 process", check(DATA / "city")),
        Command("jiandang check, 2 processes", check(DATA / "city", jobs=2)),
        Command("python-calamine, bare reads", peer("calamine", *files)),
    ]
    return table(
        "The city: 100 files, 690,000 rows", measure(chosen, ROUNDS["city"]), chosen[-1].name
    )


def lists() -> str:
    """The city by itself, and against lists of two million rows in all."""
    register, given = DATA / "city", DATA / "lists"
    alone = Command("the city by itself", check(register, jobs=2))
    together = Command("against 2,000,000 rows", (*check(register, jobs=2), "--with", str(given)))
    town = Command("one town against them", (*check(register / "101.xlsx"), "--with", str(given)))
    results = measure([alone, together, town], ROUNDS["lists"])
    return table("The city against twenty lists, 2 processes", results, alone.name)


def dates() -> str:
    """A check of the city, and one that compares it with the city before, by parts."""
    before = ("--before", str(DATA / "city_before"))
    chosen = [
        Command("jiandang check --before, 2 processes", (*check(DATA / "city", jobs=2), *before)),
        Command("jiandang check, 2 processes", check(DATA / "city", jobs=2)),
    ]
    return table(
        "Two dates: twice 100 files, 690,000 rows",
        measure(chosen, ROUNDS["dates"]),
        chosen[-1].name,
    )


def answers() -> str:
    """A county's record of 100,000 answers; processor seconds, since it is a part of a run."""
    arguments = [str(HERE / "answers.py"), str(DATA / "answers"), str(ROUNDS["answers"])]
    said = subprocess.run([sys.executable, *arguments], capture_output=True, check=True, text=True)
    taken = dict(line.split() for line in said.stdout.splitlines())
    names = {"read": "reading the record", "fit": "fitting them to 100,000 findings"}
    lines = [f"| {name} | {float(taken[key]):.2f} |" for key, name in names.items()]
    head = ["### 100,000 answers", "", "| work | CPU s |", "| --- | ---: |"]
    return "\n".join([*head, *lines, ""])


def machine() -> str:
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def reading() -> str:
    """Reads of 10,000 and of 100,000 rows, the shorter beside other tools."""
    small, large = DATA / "10000.xlsx", DATA / "100000.xlsx"
    able = [c for c in peers(small) if importlib.util.find_spec(c.needs)]
    results = measure([*reads(small), *able], ROUNDS["10k"])
    parts = [table("10,000 member rows × 43 columns", results, "openpyxl read_only, bare read")]
    if left_out := [c.name for c in peers(small) if c not in able]:
        parts += [f"Not installed, so left out: {'; '.join(left_out)}.", ""]
    results = measure(reads(large), ROUNDS["100k"])
    parts.append(table("100,000 member rows × 43 columns", results, "python-calamine, bare read"))
    return "\n".join(parts)


PARTS = {
    "reading": reading,
    "growth": growth,
    "findings": growth_of_findings_and_rules,
    "start-up": start_up,
    "shapes": shapes,
    "city": city,
    "lists": lists,
    "dates": dates,
    "answers": answers,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    fewer = parser.add_mutually_exclusive_group()
    fewer.add_argument("--quick", action="store_true", help="leave out the city and its lists")
    fewer.add_argument("--only", choices=PARTS, help="measure this part alone")
    parser.add_argument("--rounds", type=int, help="how often each command runs, to try it out")
    chosen = parser.parse_args()
    if chosen.write and (chosen.only or chosen.rounds):
        parser.error("--write takes the whole of it")
    if chosen.rounds:
        ROUNDS.update(dict.fromkeys(ROUNDS, chosen.rounds))
    wanted = [chosen.only] if chosen.only else list(PARTS)
    if chosen.quick:
        wanted = [name for name in wanted if name not in ("city", "lists", "dates")]
    city = not {"city", "lists"}.isdisjoint(wanted)
    make_data(DATA, city=city, dates="dates" in wanted)
    if "lists" in wanted:
        make_lists(DATA / "lists")
    # As pip does when it installs: here each process might otherwise compile it for itself.
    compileall.compile_dir(HERE.parent / "src", quiet=1)
    rounds = "、".join(f"{name} {count}" for name, count in ROUNDS.items())
    parts = [f"Measured on {machine()}. Medians; rounds: {rounds}.", ""]
    parts += [PARTS[name]() for name in wanted]
    text = "\n".join(parts)
    print(text)
    if chosen.write:
        target = HERE.parent / "docs" / "performance.md"
        prose = target.read_text(encoding="utf-8").split(MARK)[0] if target.exists() else ""
        target.write_text(f"{prose}{MARK}\n\n{text}", encoding="utf-8", newline="\n")


MARK = "<!-- measured by benchmarks/run.py --write -->"

if __name__ == "__main__":
    main()
