"""Chinese for what Typer says itself: help titles, usage lines, usage errors."""

import re
import sys
from typing import Any

from typer._click.core import Command, Context
from typer._click.exceptions import (
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption


def _translate_titles() -> None:
    """Titles are constants of the module that prints help; it is imported only for that."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"


def _no_type(ctx: Context) -> None:
    """What a parameter's type is shown as."""


class _Chinese(Command):
    """Mixed into a command: its usage line and help are Chinese."""

    def get_help_option(self, ctx: Context) -> Any:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明"
        return option

    def get_usage(self, ctx: Context) -> str:
        usage = super().get_usage(ctx).replace("Usage: ", "用法：")
        return usage.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")

    def format_help(self, ctx: Context, formatter: Any) -> None:
        _translate_titles()
        for param in self.get_params(ctx):
            # Python's names of types say nothing to a clerk; our options say 文件, 年-月-日 …
            untyped = isinstance(param, TyperArgument) or param.metavar is None
            if untyped and isinstance(param, (TyperArgument, TyperOption)):
                param.display_type_rich = _no_type  # type: ignore[method-assign]
        super().format_help(ctx, formatter)


class ChineseCommand(_Chinese, TyperCommand):
    """A command with Chinese help."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands with Chinese help."""


def say_usage_error(error: ClickException) -> None:
    """Print what was wrong with the command line, and where to read on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "jiandang"
    print(f"用法不对：{_reason(error)}", file=sys.stderr)
    print(f"请看说明：{path} --help", file=sys.stderr)


# What Typer and Pydantic say of a value, and the same in Chinese.
_PHRASES = (
    (r"(?:Value error, )?'(.*?)' is not one of (.*)\.", r"没有“\1”，可选：\2"),
    (r"Input should be a valid (?:integer|number).*", "应为数字"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Option '(.*)' requires an argument\.", r"\1 后面要有值"),
    (r"Got unexpected extra arguments? \((.*)\)", r"多了 \1"),
)


def _in_chinese(message: str) -> str:
    for english, chinese in _PHRASES:
        if match := re.fullmatch(english, message):
            return match.expand(chinese).replace("', '", "、").replace("'", "")
    return message


def _reason(error: ClickException) -> str:
    if isinstance(error, NoSuchOption):
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有选项 {error.option_name}" + (f"，是不是 {near}？" if near else "")
    if isinstance(error, MissingParameter):
        return f"缺少 {getattr(error.param, 'metavar', None) or ''}"
    if isinstance(error, BadParameter):
        hint = error.param_hint or (error.param.opts[-1] if error.param is not None else "")
        hint = hint if isinstance(hint, str) else "、".join(hint)
        message = _in_chinese(error.message)
        return f"{hint}：{message}" if hint else message
    if isinstance(error, UsageError) and "No such command" in error.message:
        return f"没有命令 {error.message.split(chr(39))[1]}"
    return _in_chinese(error.message)
