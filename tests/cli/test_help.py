"""The help pages: Chinese, in columns, and shown before anything heavy is imported."""

import os
import re
import subprocess
import sys
from unicodedata import east_asian_width

import pytest
import typer
from typer.core import TyperGroup

from jiandang.cli.app import app

PAGES = [[], ["check"], ["rules"], ["explain"], ["schema"]]
HEAVY = {"jinja2", "markdown_it", "openpyxl", "polars", "pydantic", "python_calamine", "rich"}


def page(*arguments: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "jiandang", *arguments],
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8", **environment},
        check=True,
    ).stdout


def cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


@pytest.mark.parametrize("command", PAGES)
def test_help_is_chinese(command: list[str]) -> None:
    text = page(*command, "--help")
    assert text.startswith("用法：")
    assert "显示这份说明" in text
    for english in ("Usage", "OPTION", "Options", "Arguments", "Commands", "COMMAND", "Show this"):
        assert english not in text
    for english in ("default", "required", "x>="):
        assert english not in text


def test_help_says_what_options_take_and_what_they_are_unless_written() -> None:
    text = page("check", "--help")
    for part in (
        "check [选项] 文件或文件夹…\n",
        "登记表，或装有登记表的文件夹  [必填]",
        "--policy 名称|文件 ",
        "[默认：xuzhou-2016]",
        "[默认：error]",
        "[默认：console]",
        "[默认：5，不小于 0]",
        "-q, --quiet ",
        "退出码：0 没有达到 --fail-on 的问题",
    ):
        assert part in text


def test_no_arguments_show_the_help_of_all() -> None:
    assert page() == page("--help")
    for command in PAGES[1:]:
        assert f"\n  {command[0]} " in page()


@pytest.mark.parametrize("columns", [50, 80, 120])
@pytest.mark.parametrize("command", PAGES)
def test_columns_line_up_and_fit(command: list[str], columns: int) -> None:
    lines = page(*command, "--help", COLUMNS=str(columns)).splitlines()
    assert max(map(cells, lines)) < columns
    options = "\n".join(lines).partition("选项：\n")[2].partition("\n\n")[0].splitlines()
    assert len(options) > 1
    # Where the help begins: behind a name and two spaces, or behind spaces alone.
    starts = [re.match(r"(?: {2}\S.*?)? {2,}(?=\S)", line) for line in options]
    assert len({cells(start[0]) for start in starts if start}) == 1
    assert all(starts)


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_help_on_consoles_without_all_characters(encoding: str) -> None:
    assert "--as-of" in page("check", "--help", PYTHONIOENCODING=encoding)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_nothing_heavy_is_imported_before_it_is_needed(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from jiandang.cli import main\n"
        "try:\n"
        f"    main({arguments})\n"
        "finally:\n"
        "    print('imported', *sys.modules)\n"
    )
    text = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=True,
    ).stdout
    imported = text.rpartition("imported ")[2].split()
    assert "typer" in imported
    assert not HEAVY.intersection(imported)


def test_each_command_has_a_chinese_name_that_is_not_listed() -> None:
    names = ("检查", "模板", "核实", "修整", "规则", "说明", "格式")
    listed = page("--help")
    assert not any(f"\n  {name}" in listed for name in names)
    commands = typer.main.get_command(app)
    assert isinstance(commands, TyperGroup)
    assert {name for name, command in commands.commands.items() if command.hidden} == {*names}
    assert page("说明", "LR103") == page("explain", "LR103")
