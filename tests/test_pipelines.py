"""The county's pipelines as they are published: each one's steps are run on a folder of data."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="没有 bash")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A repository of data: two registers, and how they are checked."""
    folder = tmp_path / "县 数据"
    folder.mkdir()
    for name in ("官山镇_有误.xlsx", "官山镇_合格.xlsx"):
        shutil.copy(ROOT / "sample_data" / name, folder)
    (folder / "jiandang.toml").write_text("as-of = 2016-03-29\n", encoding="utf-8")
    return folder


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """As both platforms run the lines of a step: one after the other, ending at a failure."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )


def action(folder: Path, **given: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The step of the action that checks, and the summary that it leaves."""
    described = read("action.yml")
    inputs = {name: each["default"] for name, each in described["inputs"].items()} | given
    step = described["runs"]["steps"][-1]
    environment = {}
    for name, text in step["env"].items():
        for key, value in inputs.items():
            text = text.replace(f"${{{{ inputs.{key} }}}}", value)
        environment[name] = text
    temporary = folder.parent / "runner"
    temporary.mkdir(exist_ok=True)
    summary = temporary / "summary.md"
    summary.write_text("# 前面的步骤\n", encoding="utf-8")
    environment |= {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(summary)}
    return run(step["run"], folder, **environment), summary.read_text(encoding="utf-8")


@needs_bash
def test_the_action_annotates_and_sums_up(data: Path) -> None:
    result, summary = action(data)
    assert result.returncode == 1
    verdict, *lines = result.stdout.splitlines()
    assert verdict.startswith("结论：")
    commands = [line.split()[0] for line in lines if line.startswith("::")]
    assert commands.count("::error") == 10 and set(commands) <= {"::error", "::warning", "::notice"}
    assert commands == sorted(commands, key=["::error", "::warning", "::notice"].index)
    assert "\n::error file=官山镇_" in result.stdout  # beside nothing but the repository
    assert summary.startswith("# 前面的步骤\n# 建档立卡检查结果") and "## 最先看这些" in summary


@needs_bash
def test_the_action_takes_paths_and_options_by_line(data: Path) -> None:
    result, summary = action(
        data, paths="官山镇_合格.xlsx\n\n", options="--select=LR\n--fail-on=warning\n"
    )
    assert result.returncode == 0, result.stderr
    assert "官山镇\\_合格.xlsx" in summary and "有误" not in summary
    nothing, summary = action(data, paths="没有.xlsx; echo 坏", options="--select=XX")
    assert nothing.returncode == 2 and "没有规则“XX”" in nothing.stderr
    assert nothing.stdout == "" and summary == "# 前面的步骤\n"


def test_the_action_puts_no_input_into_a_script() -> None:
    steps = read("action.yml")["runs"]["steps"]
    assert all("${{" not in step.get("run", "") for step in steps)


@needs_bash
def test_the_gitlab_example_runs(data: Path) -> None:
    (job,) = read("docs/gitlab-ci.yml").values()
    install, *script = job["script"]
    assert "pip install" in install  # what is installed is what is tested
    result = run("\n".join(script), data, **job["variables"])
    assert result.returncode == 1
    assert "## 最先看这些" in result.stdout
    (kept,) = job["artifacts"]["paths"]
    assert (data / job["artifacts"]["reports"]["junit"]).is_file()
    assert {path.suffix for path in (data / kept).iterdir()} >= {".html", ".md", ".xml", ".csv"}
    # What is left in the folder is not read as a register at the next run.
    again = run("\n".join(script), data, **job["variables"]).stdout
    assert again.partition("## 检查记录")[0] == result.stdout.partition("## 检查记录")[0]


def test_the_hook_checks_all(data: Path) -> None:
    (hook,) = read(".pre-commit-hooks.yaml")
    assert hook["pass_filenames"] is False and hook["language"] == "python"
    for name in ("上报/官山镇.XLSX", "姚集.et", "jiandang.toml", "县/县.toml"):
        assert re.search(hook["files"], name), name
    assert not re.search(hook["files"], "README.md")
    result = subprocess.run(
        [sys.executable, "-m", *hook["entry"].split(), *hook["args"]],
        capture_output=True,
        encoding="utf-8",
        cwd=data,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert result.returncode == 1
    assert "官山镇_合格.xlsx" in result.stdout and "官山镇_有误.xlsx" in result.stdout
