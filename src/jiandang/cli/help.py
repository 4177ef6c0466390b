"""The help pages: Chinese, and measured in cells, of which a Chinese character takes two.

Typer's plain help counts characters instead; its Rich one imports for longer than Typer itself.
"""

import re
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import Any
from unicodedata import east_asian_width

import typer
from typer._click.core import Command, Context, Parameter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

_WIDEST = 100

# What is not parted at the end of a line: a note, a word, a character with the marks around it.
_UNIT = r"\s*(?:\[.*?\]|[“（《]*(?:[!-~]+|.)[，。：；、？！）》”…]*)"

# What Typer notes behind an option's help, and the same in Chinese.
_NOTES = {"[default: ": "[默认：", "; x>=": "，不小于 ", "[required]": "[必填]"}


class _Chinese(Command):
    """Mixed into a command: its usage line and help are Chinese."""

    def get_help_option(self, ctx: Context) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
            option.default = False  # Typer would import Pydantic to turn its None into a bool
        return option

    def get_usage(self, ctx: Context) -> str:
        if isinstance(self, TyperGroup):
            names = ["命令 …"]
        else:
            names = [p.display_name_raw for p in self.params if isinstance(p, TyperArgument)]
        return "用法：" + " ".join([ctx.command_path, "[选项]", *names])

    def get_help(self, ctx: Context) -> str:
        width = min(get_terminal_size().columns - 1, _WIDEST)  # a full line makes some wrap
        params = self.get_params(ctx)
        commands = self.commands if isinstance(self, TyperGroup) else {}
        tables = {
            "参数": _rows((p for p in params if isinstance(p, TyperArgument)), ctx),
            "选项": _rows((p for p in params if isinstance(p, TyperOption)), ctx),
            "命令": [
                (name, (c.help or "").partition("\n")[0])
                for name, c in commands.items()
                if not c.hidden
            ],
        }
        parts = [
            _wrapped(self.get_usage(ctx), width),
            _wrapped(self.help or "", width),
            *(_table(title, rows, width) for title, rows in tables.items() if rows),
            _wrapped(self.epilog or "", width),
        ]
        return "\n\n".join(part for part in parts if part)


class ChineseCommand(_Chinese, TyperCommand):
    """A command with Chinese help."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands with Chinese help."""


def _rows(params: Iterable[Parameter], ctx: Context) -> list[tuple[str, str]]:
    """What each parameter is called, and its help."""
    rows = []
    for param in params:
        if record := param.get_help_record(ctx):
            name, text = record
            if isinstance(param, TyperArgument):
                name = param.display_name_raw  # without the Python type that Typer adds
            for english, chinese in _NOTES.items():
                text = text.replace(english, chinese)
            rows.append((name, text))
    return rows


def _table(title: str, rows: list[tuple[str, str]], width: int) -> str:
    """A title, and under it names beside their help, in two columns."""
    column = max(_cells(name) for name, _ in rows) + 2
    lines = [typer.style(f"{title}：", bold=True)]
    for name, text in rows:
        first, *others = _wrap(text, width - column - 2)
        lines.append(f"  {typer.style(name, bold=True)}{' ' * (column - _cells(name))}{first}")
        lines += [" " * (column + 2) + line for line in others]
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> str:
    return "\n".join("\n".join(_wrap(line, width)) for line in text.splitlines())


def _wrap(text: str, width: int) -> list[str]:
    """The lines of a text, of at most `width` cells where its words allow."""
    lines = [""]
    for unit in re.findall(_UNIT, text):
        if not lines[-1] or _cells(lines[-1] + unit) <= width:
            lines[-1] += unit
        else:
            lines.append(unit.lstrip())
    return lines


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
