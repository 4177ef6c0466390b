"""The options of several commands, and reading what options say.

What is wrong with them becomes a usage error.
"""

import contextlib
import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer._click.core import ParameterSource
from typer._click.globals import get_current_context

if TYPE_CHECKING:
    from jiandang.answers.replies import Reply
    from jiandang.policy import Policy
    from jiandang.run.lists import GivenList

DEFAULT_POLICY = "xuzhou-2016"
_PASSWORD = "JIANDANG_PASSWORD"


def parse_path(text: str) -> Path:
    """A path that was given. What cannot be read is told where it is read, with all the others."""
    from jiandang.errors import InvalidPath
    from jiandang.paths import path_of

    try:
        return path_of(text)
    except InvalidPath as error:
        raise typer.BadParameter(str(error)) from None


PolicyName = Annotated[
    str, typer.Option("--policy", metavar="名称|文件", help="政策：内置名称或 TOML 文件")
]
Headings = Annotated[
    list[str],
    typer.Option("--map", metavar="列名=标准列名", help="文件的列名对应哪个标准列名，可写几次"),
]
Password = Annotated[
    str | None,
    typer.Option(
        "--password", metavar="密码", help="加密文件的打开密码；不写时看 JIANDANG_PASSWORD"
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", metavar="文件", help="第一行是打开密码的文件", parser=parse_path
    ),
]


def _log(wanted: bool) -> None:
    if wanted:
        from jiandang.cli.outputs import fit_lines
        from jiandang.log import log_to_stderr

        log_to_stderr(fit_lines)


Debug = Annotated[
    bool,
    typer.Option(
        "--debug",
        callback=_log,
        is_eager=True,
        help="显示读了什么、用了多久，规则或程序出错时显示详情",
    ),
]


def parse_date(text: str) -> date:
    """A date of this century, in one notation: a slip would move every deadline."""
    day = None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        with contextlib.suppress(ValueError):
            day = date.fromisoformat(text)
    if day is None:
        raise typer.BadParameter(f"“{text}”不是日期，应写成 2016-03-29")
    if not 2000 <= day.year < 2100:
        raise typer.BadParameter(f"“{text}”不是本世纪的日期，请核对年份")
    return day


Before = Annotated[
    list[Path],
    typer.Option(
        "--before",
        metavar="文件|文件夹",
        help="上一次的登记表：与它比较，列出增减变动（动态管理），可写几次",
        parser=parse_path,
    ),
]
Changes = Annotated[
    list[Path],
    typer.Option(
        "--changes",
        metavar="文件",
        help="增减表：两次之间谁增谁减、什么原因",
        parser=parse_path,
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="年-月-日", parser=parse_date, help="检查日期，不写就是今天"),
]
Select = Annotated[
    list[str],
    typer.Option("--select", metavar="规则", help="只查这些规则：LR103、LR1 或 SB，逗号隔开"),
]
Ignore = Annotated[
    list[str], typer.Option("--ignore", metavar="规则", help="不查这些规则，写法同上")
]
Answers = Annotated[
    list[Path],
    typer.Option(
        "--answers",
        metavar="文件|文件夹",
        help="填好的标记副本、差异清单或核实记录，读回核实结果，可写几次",
        parser=parse_path,
    ),
]
Lists = Annotated[
    list[str],
    typer.Option(
        "--with",
        metavar="名单",
        help="部门名单，文件或文件夹，可写几次；认不出种类时写 低保=民政局0220.xls",
    ),
]


def read_password(given: str | None, file: Path | None) -> str | None:
    """The password from the command line, from a file's first line, or from the environment.

    The command line is seen by everyone on the machine; the others are not.
    """
    if given is not None and file is not None:
        raise typer.BadParameter("与 --password 只能写一个", param_hint="--password-file")
    if file is None:
        return given or os.environ.get(_PASSWORD) or None
    try:
        if file.exists() and not file.is_file():  # opening a pipe would wait for its other end
            raise typer.BadParameter(
                f"“{file}”不是普通文件，请给出第一行为密码的文本文件", param_hint="--password-file"
            )
        with file.open(encoding="utf-8-sig") as stream:
            line = stream.readline(10_000).rstrip("\r\n")
    except (OSError, ValueError):
        raise typer.BadParameter(
            f"“{file}”读不出来，应是第一行为密码的文本文件（UTF-8）", param_hint="--password-file"
        ) from None
    if not line:
        raise typer.BadParameter(f"“{file}”的第一行是空的", param_hint="--password-file")
    return line


def refuse_unknown_headings(headings: Mapping[str, str], hint: str) -> None:
    """Headings must be mapped to columns that there are."""
    if not headings:
        return
    from jiandang.headings.mapped import why_unknown

    if why := why_unknown(headings):
        raise typer.BadParameter(why, param_hint=hint)


def read_given_lists(given: list[str]) -> "list[GivenList]":
    """The files of lists that are named by --with."""
    if not given:
        return []
    from jiandang.cli.outputs import say
    from jiandang.errors import ListError
    from jiandang.run.lists import find_lists, idle_entries

    try:
        found = find_lists(given)
    except ListError as error:
        raise typer.BadParameter(str(error), param_hint="--with") from error
    for description, name in idle_entries(found):
        say(f"注意：“{description}”里的“{name}”没有用到：旁边没有这个文件")
    return found


def read_given_answers(paths: Sequence[Path], password: str | None = None) -> "list[Reply] | None":
    """What people answered, in the files of --answers; None where there are none."""
    if not paths:
        return None
    from jiandang.answers.reading import NoAnswers, read_replies
    from jiandang.cli.outputs import say

    try:
        return read_replies(paths, password, say=say)
    except NoAnswers as error:
        raise typer.BadParameter(str(error), param_hint="--answers") from error


def refuse_idle(idle: Mapping[str, str]) -> None:
    """Refuse options typed without effect; `idle` says of each why. Raises BadParameter."""
    running = get_current_context(silent=True)
    if running is None:  # called from Python
        return
    options = {param.name: param.opts[0] for param in running.command.params}
    for name, why in idle.items():
        if running.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise typer.BadParameter(why, param_hint=options[name])


def read_policy(name: str) -> "Policy":
    """The policy of a name or a file."""
    from jiandang.policy import PolicyError, load_policy

    try:
        policy = load_policy(name)
    except PolicyError as error:
        raise typer.BadParameter(str(error), param_hint="--policy") from error
    refuse_unknown_headings(policy.headings, "--policy")
    return policy


def parse_headings(pairs: list[str]) -> dict[str, str]:
    """`文件里的列名=标准列名` pairs of --map."""
    mapped = {}
    for pair in pairs:
        heading, separator, canonical = pair.partition("=")
        if not separator or not heading.strip() or not canonical.strip():
            raise typer.BadParameter(f"“{pair}”应写成 文件里的列名=标准列名", param_hint="--map")
        mapped[heading.strip()] = canonical.strip()
    refuse_unknown_headings(mapped, "--map")
    return mapped
