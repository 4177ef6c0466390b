"""Chinese for what Typer says of a wrong command line."""

import re
import sys

from typer._click.exceptions import (
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)


def say_usage_error(error: ClickException) -> None:
    """Print what was wrong with the command line, and where to read on."""
    from jiandang.register.masking import mask_private
    from jiandang.register.text import shown

    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "jiandang"
    print(f"用法不对：{mask_private(shown(_reason(error)))}", file=sys.stderr)
    print(f"请看说明：{path} --help", file=sys.stderr)


# What Typer and Pydantic say of a value, and the same in Chinese. Why not by a message catalogue,
# as gettext takes one: Typer 0.29 carries its own copy of Click (`typer._click`), from which the
# calls of gettext have been taken out, Pydantic never had them, and the Click of PyPI, which has
# them, is not what Typer runs on. So Typer stays below the next minor version (pyproject.toml), and
# tests/cli says what a new one changes.
_PHRASES = (
    (r"(?:Value error, )?'(.*?)' is not one of (.*)\.", r"没有“\1”，可选：\2"),
    (r"Input should be a valid (?:integer|number).*", "应为数字"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于 \1"),
    (r"Option '(.*)' requires an argument\.", r"\1 后面要有值"),
    (r"Option '(.*)' does not take a value\.", r"\1 后面不要值"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"多了 \1"),
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
