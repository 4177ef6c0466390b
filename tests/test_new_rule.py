"""scripts/new_rule.py in a copy of the repository: a skeleton fails, a written rule is whole."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rebuild import ROOT

from jiandang.gates.catalogue import all_rules

NOT_COPIED = shutil.ignore_patterns(".*", "*venv*", "__pycache__", "data", "dist")
CODE = "SB999"
SAMPLE = "sample_data/官山镇_合格.xlsx"
PYTEST = ("-m", "pytest", "-p", "no:cacheprovider", "-rf")
TESTS = ("tests/test_published.py", "tests/gates/test_every_rule.py")
REBUILT = ("docs/", "tests/reporters/golden/")
# Without the PNGs, which need a browser and an office, and which nobody looks at here.
REBUILD = """
import sys
sys.path[:0] = ["scripts"]
import pictures, rebuild
pictures._take_page = pictures._take_copy = lambda *_: None
rebuild.main()
"""
# But for those that make all anew once more.
PUBLISHED = "(test_published and not (script_makes or program_makes))"
# What a developer writes in place of the skeleton.
WRITTEN = {
    r"from jiandang\.engine": "import polars as pl\n\nfrom jiandang.engine",
    "待写：what .* check": "SB: petitions",
    # The skeleton has the table of the rule before it.
    r'"\w+",\n    at="待写"': '"household",\n    at="phone"',
    "待写：哪里不对.*值": "电话“{phone}”是示例号码",
    "待写": "示例",
    "raise .*return Violation.*": 'return Violation(pl.col("phone") == "13000000000")',
    "raise .*break this rule.*": (
        'row = town.row("农户")\n'
        '    row["联系电话"] = "13000000000"\n'
        '    return town.cell(row, "联系电话")'
    ),
    "raise .*come near.*": 'town.row("农户")["联系电话"] = "13000000001"',
}
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=NOT_COPIED))


@pytest.fixture
def run(copy: Path) -> Run:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run


def contents(copy: Path) -> dict[str, bytes]:
    """The files of the copy, without what tools keep for themselves."""
    names = {path.relative_to(copy).as_posix(): path for path in copy.rglob("*") if path.is_file()}
    kept = (name for name in names if not re.search(r"(^|/)(\.|__pycache__)", name))
    return {name: names[name].read_bytes() for name in kept}


def changed(before: dict[str, bytes], copy: Path) -> set[str]:
    after = contents(copy)
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_a_skeleton_fails_until_it_is_a_rule(copy: Path, run: Run) -> None:
    before = contents(copy)
    done = run("scripts/new_rule.py", CODE)
    assert done.returncode == 0, done.stderr
    skeletons = changed(before, copy)
    assert len(skeletons) == 2
    assert all(f"{path}\n" in done.stdout for path in skeletons)
    for tool in (("ruff", "check"), ("ruff", "format", "--check")):
        assert run("-m", *tool, *skeletons).returncode == 0

    listed = run("-m", "jiandang", "rules", "--select", CODE)
    assert CODE in listed.stdout, listed.stderr
    chosen = f"({CODE} or left_to_write or real_columns) and not short_cuts"
    tests = run(*PYTEST, *TESTS, "-k", chosen)
    for failed in (f"test_breaks[{CODE}", f"test_spares[{CODE}", "left_to_write", "real_columns"):
        assert failed in tests.stdout, tests.stdout
    assert "4 failed" in tests.stdout and "passed" not in tests.stdout
    # It hides nothing of what the other rules find, and is said to have failed.
    checked = run("-m", "jiandang", "check", SAMPLE, "--as-of", "2016-03-29")
    assert checked.returncode == 2
    assert f"规则 {CODE} 自身出错" in checked.stdout


def test_a_written_rule_touches_its_gate_its_cases_and_what_is_rebuilt(
    copy: Path, run: Run
) -> None:
    before = contents(copy)
    assert run("scripts/new_rule.py", CODE, "--module", "identification/petitions").returncode == 0
    by_hand = changed(before, copy)
    assert by_hand == {
        "src/jiandang/gates/identification/petitions.py",
        "tests/gates/cases_figures.py",
    }
    for path in by_hand:
        text = (copy / path).read_text(encoding="utf-8")
        for skeleton, written in WRITTEN.items():
            text = re.sub(skeleton, written, text)
        (copy / path).write_text(text, encoding="utf-8", newline="\n")
    rebuilt = run("-c", REBUILD)
    assert rebuilt.returncode == 0, rebuilt.stderr
    tests = run(*PYTEST, *TESTS, "-k", f"{PUBLISHED} or {CODE} or near_miss")
    assert tests.returncode == 0, tests.stdout
    # The reports in the golden files and the pictures say how many rules there are.
    rebuilt_too = changed(before, copy) - by_hand
    assert "docs/rules.md" in rebuilt_too
    assert all(path.startswith(REBUILT) for path in rebuilt_too), rebuilt_too


@pytest.mark.parametrize("code", ["SB1", "XX001", "sb900", all_rules()[0].code])
def test_codes_that_are_none_or_taken_are_refused(copy: Path, run: Run, code: str) -> None:
    before = contents(copy)
    done = run("scripts/new_rule.py", code)
    assert done.returncode == 2
    assert code in done.stderr
    assert changed(before, copy) == set()
