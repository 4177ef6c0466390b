"""The scripts of docs/library.md run with the built wheel, and a type checker is content."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text("utf-8"), re.S
)
SAID = ["家里有", "错误", "调查日期", "“家庭人口”填的是“三个半”，应为整数（人）"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for sample in ("合格", "有误"):
        shutil.copy(ROOT / "sample_data" / f"官山镇_{sample}.xlsx", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("script", "said"), [*zip(SCRIPTS, SAID, strict=True)], ids=range(4))
def test_script_runs(script: str, said: str, folder: Path, wheel_python: Path) -> None:
    path = folder / "script.py"
    path.write_text(script, encoding="utf-8")
    run = subprocess.run(
        [wheel_python, "-X", "utf8", path.name], capture_output=True, encoding="utf-8", cwd=folder
    )
    assert run.returncode == 0, run.stderr
    assert said in run.stdout
    if "检查.log" in script:
        assert "读了 官山镇_有误.xlsx" in (folder / "检查.log").read_text("utf-8")
        assert (folder / "结果" / "检查结果.html").exists()


def test_scripts_are_typed(tmp_path: Path, wheel_python: Path) -> None:
    for number, script in enumerate(SCRIPTS):
        (tmp_path / f"script_{number}.py").write_text(script, encoding="utf-8")
    python = str(wheel_python)
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", python]
    files = sorted(map(str, tmp_path.glob("*.py")))
    run = subprocess.run([*command, *files], capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert run.returncode == 0, run.stdout
