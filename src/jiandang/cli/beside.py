"""`jiandang.toml` beside the data: options that the command line of `check` leaves out.

Whoever fills the folder of the data writes it, and that may be a stranger: it can neither read nor
write outside its folder, nor show what is masked, nor take a password. What it says is told.
"""

import os
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import Any

import typer
from typer._click.core import Context, ParameterSource, augment_usage_errors
from typer.core import TyperOption

from jiandang.cli.help import ChineseCommand
from jiandang.cli.outputs import say

# What may stand in the file, and an example of each.
EXAMPLES = {
    "policy": '"县.toml"',
    "as-of": "2016-03-29",
    "select": '["LR", "SB"]',
    "ignore": '["DC012"]',
    "require": '["SB"]',
    "fail-on": '"warning"',
    "formats": '["xlsx", "html"]',
    "output": '"结果"',
    "answers": '["回收"]',
    "lists": '["名单"]',
    "before": '["上次"]',
    "changes": '["增减表.xlsx"]',
}
_KEYS = "、".join(EXAMPLES)
_PATHS = {"policy", "output", "answers", "lists", "before", "changes"}


class CheckCommand(ChineseCommand):
    """A command that takes what its command line leaves out from the file beside its paths."""

    paths_in = "paths"  # the parameter with the files that it reads
    keys: Collection[str] = EXAMPLES  # what it takes from the file

    def invoke(self, ctx: Context) -> Any:
        with augment_usage_errors(ctx):
            given = ctx.params[self.paths_in] or []
            paths = given if isinstance(given, list) else [given]
            path = None if ctx.params["isolated"] else _settings_beside(paths)
            if path is None:
                return super().invoke(ctx)
            taken = self._take(ctx, path)
            try:
                return super().invoke(ctx)
            except typer.BadParameter as error:
                # Where the value at fault stands: not on the command line.
                hint = error.param_hint
                if isinstance(hint, str) and hint in taken:
                    error.param_hint = f"{path} 的 {taken[hint]}"
                elif hint is None and taken:
                    error.param_hint = f"{path}（{'、'.join(taken.values())}）"
                raise

    def _take(self, ctx: Context, path: Path) -> dict[str, str]:
        """Put the file's values into the parameters; gives the option of each key that counts."""
        options = {p.name: p for p in self.params if isinstance(p, TyperOption)}
        taken: dict[str, str] = {}
        told, overridden, others = [], [], []
        for key, value in _read(path).items():
            if key not in EXAMPLES:
                raise _refused(path, key, _why_unknown(key, value, options))
            if key not in self.keys:
                others.append(key)
                continue
            option = options[key.replace("-", "_")]
            if ctx.get_parameter_source(option.name) is not ParameterSource.DEFAULT:
                overridden.append(key)
                continue
            text = _checked(path, key, value, is_list=option.multiple)
            try:
                ctx.params[option.name] = option.process_value(ctx, text)
            except typer.BadParameter as error:
                error.param_hint = f"{path} 的 {key}"
                raise
            taken[option.opts[0]] = key
            told.append(f"{key} = {'、'.join(value) if isinstance(value, list) else value}")
        beyond = f"；以命令行为准的：{'、'.join(overridden)}" if overridden else ""
        beyond += f"；只在检查时用的：{'、'.join(others)}" if others else ""
        say(f"按 {path} 检查：{'，'.join(told) or '没有用到'}{beyond}（不用它请加 --isolated）")
        return taken


class FormsCommand(CheckCommand):
    """`template`, whose visit forms print the doubts that a check of the register leaves open."""

    paths_in = "source"
    keys = ("policy", "as-of", "select", "ignore", "answers", "lists", "before", "changes")


def _settings_beside(paths: Sequence[Path]) -> Path | None:
    """The file in the folders that are named, or beside the files. Raises BadParameter."""
    from jiandang.run.files import SETTINGS, leads_out

    folders = [p if os.path.isdir(p) else p.parent for p in paths]  # noqa: PTH112 (never raises)
    beside = (folder / SETTINGS for folder in folders)
    found = {os.path.realpath(path): path for path in beside if os.path.lexists(path)}
    if len(found) > 1:
        places = "、".join(map(str, found.values()))
        raise typer.BadParameter(
            f"各处的设置不止一份（{places}），请分开检查，或加 --isolated 都不用",
            param_hint=SETTINGS,
        )
    if (path := next(iter(found.values()), None)) is None:
        return None
    root = os.path.realpath(path.parent)
    if leads_out(path, root) or not path.is_file():
        raise typer.BadParameter(
            "应是数据旁边的普通文件，不能是链接、文件夹或设备；不用它请加 --isolated",
            param_hint=str(path),
        )
    if other := next((each for each in paths if leads_out(each, root)), None):
        raise typer.BadParameter(
            f"只管它所在的文件夹，不管“{other}”，请分开检查，或加 --isolated",
            param_hint=str(path),
        )
    return path


def _read(path: Path) -> dict[str, Any]:
    from jiandang.toml import NotToml, read_toml

    try:
        return read_toml(path, "检查设置")
    except NotToml as error:
        raise typer.BadParameter(f"{error}；不用它请加 --isolated") from None


def _refused(path: Path, key: str, reason: str) -> typer.BadParameter:
    return typer.BadParameter(reason, param_hint=f"{path} 的 {key}")


def _why_unknown(key: str, value: object, options: Iterable[str]) -> str:
    from jiandang.policy import Policy

    if key in Policy.model_fields:
        return '是政策参数，请写在政策文件里，这里写 policy = "县.toml"'
    if isinstance(value, dict):
        return f"这里不用方括号标题，各项直接写在文件开头，可写：{_KEYS}"
    if key.replace("-", "_") in {*options} - {name.replace("-", "_") for name in EXAMPLES}:
        return "只能写在命令行里，请从文件里删去"
    # The option that is called otherwise here.
    near = ["lists"] if key == "with" else get_close_matches(key, EXAMPLES, n=1)
    return f"没有这一项，{f'是不是 {near[0]}？' if near else ''}可写：{_KEYS}"


def _checked(path: Path, key: str, value: object, *, is_list: bool) -> str | list[str]:
    """The value as the command line would have it, its paths as seen from here."""
    if key == "as-of":
        if type(value) is not date:
            raise _refused(path, key, "应为日期，不加引号，例如 2016-03-29")
        return value.isoformat()
    values = value if is_list and isinstance(value, list) else [value]
    texts = [each for each in values if isinstance(each, str) and each.strip()]
    if len(texts) != len(values) or is_list is not isinstance(value, list):
        what = "列表，写在方括号内，文字加英文引号" if is_list else "文字，写在英文引号内"
        raise _refused(path, key, f"应为{what}，例如 {EXAMPLES[key]}")
    if key in _PATHS:
        texts = [_inside(path, key, text) for text in texts]
    return texts if is_list else texts[0]


def _inside(path: Path, key: str, text: str) -> str:
    """A path that is relative to the file, and stays in its folder. Raises BadParameter."""
    from jiandang.policy import builtin_policies
    from jiandang.run.files import SETTINGS, leads_out

    if key == "policy" and text in builtin_policies():
        return text
    folder, parts = path.parent, PureWindowsPath(text).parts  # it knows both slashes
    kind, mark, rest = text.partition("=")  # 低保=民政局0220.xls
    is_kind = key == "lists" and mark and PureWindowsPath(kind).name == kind
    if is_kind and not (folder / text).exists():
        return f"{kind}={_inside(path, key, rest)}"
    # Told by the text first: to look for a path may ask another machine for it.
    is_outside = PureWindowsPath(text).anchor or ".." in parts or "\0" in text
    if is_outside or leads_out(folder / text, os.path.realpath(folder)):
        reason = f"“{text}”不在 {SETTINGS} 所在的文件夹里，请放到一起，或写在命令行里"
        raise _refused(path, key, reason)
    if key != "output":
        return str(folder / text)
    if any(part.startswith(".") for part in parts):
        raise _refused(path, key, f"“{text}”是隐藏的文件夹，请换一个名字")
    return f"{folder / text}/"  # a folder: it must not choose which file is written over
