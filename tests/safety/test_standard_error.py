"""Standard error that takes nothing: its disk is full, or its reader has gone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .register import write_all

FORMATS = {"json": "检查结果.json", "html": "检查结果.html", "xlsx": "a.检查结果.xlsx"}


def taking_nothing(how: str) -> int:
    if how == "full":
        return os.open("/dev/full", os.O_WRONLY)
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
@pytest.mark.parametrize("how", ["full", "gone"])
def test_it_costs_no_report_and_no_exit_code(tmp_path: Path, how: str) -> None:
    """What is said of the first report stopped the others, and the run ended with 0 or 120."""
    source, out = write_all(tmp_path)[2], tmp_path / "out"
    options = [word for format_ in FORMATS for word in ("--format", format_)]
    command = [sys.executable, "-m", "jiandang", "check", str(source), *options]
    command += ["--output", str(out)]
    said = taking_nothing(how)
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=said, check=False)
    assert result.returncode == 1
    assert {path.name for path in out.iterdir()} == {*FORMATS.values()}
    wrong = [sys.executable, "-m", "jiandang", "check", "--nothing"]
    assert subprocess.run(wrong, stdout=said, stderr=said, check=False).returncode == 2
    os.close(said)
