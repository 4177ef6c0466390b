"""`jiandang check`: check files and print the report."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.core import ParameterSource
from typer._click.globals import get_current_context

from jiandang.cli.exits import FailOn, codes_text, exit_code, missing_rules
from jiandang.cli.inputs import (
    DEFAULT_POLICY,
    Debug,
    Headings,
    Password,
    PasswordFile,
    PolicyName,
    parse_date,
    parse_headings,
    parse_path,
    read_given_lists,
    read_password,
    read_policy,
)
from jiandang.reporters import FORMATS

if TYPE_CHECKING:
    from jiandang.answers.replies import Reply
    from jiandang.answers.since import EarlierReport
    from jiandang.run.files import Found
    from jiandang.run.processes import Executor


class ListBy(StrEnum):
    """How the auditor's list is cut into files."""

    ALL = "all"
    VILLAGE = "village"
    DEPARTMENT = "department"


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹…", help="登记表，或装有登记表的文件夹", parser=parse_path
        ),
    ],
    before: Annotated[
        list[Path],
        typer.Option(
            "--before",
            metavar="文件|文件夹",
            help="上一次的登记表：与它比较，列出增减变动（动态管理），可写几次",
            parser=parse_path,
        ),
    ] = [],  # noqa: B006
    changes: Annotated[
        list[Path],
        typer.Option(
            "--changes",
            metavar="文件",
            help="增减表：两次之间谁增谁减、什么原因",
            parser=parse_path,
        ),
    ] = [],  # noqa: B006
    policy: PolicyName = DEFAULT_POLICY,
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", metavar="年-月-日", parser=parse_date, help="检查日期，不写就是今天"
        ),
    ] = None,
    select: Annotated[
        list[str],
        typer.Option("--select", metavar="规则", help="只查这些规则：LR103、LR1 或 SB，逗号隔开"),
    ] = [],  # noqa: B006  (Typer copies it)
    ignore: Annotated[
        list[str], typer.Option("--ignore", metavar="规则", help="不查这些规则，写法同上")
    ] = [],  # noqa: B006
    require: Annotated[
        list[str],
        typer.Option("--require", metavar="规则", help="这些规则必须查成，否则退出码为2，写法同上"),
    ] = [],  # noqa: B006
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            metavar="程度",
            help="从哪种程度起退出码为1：error 错误、warning 警告、suspect 疑点、info 提示、"
            "never 从不",
        ),
    ] = FailOn.ERROR,
    formats: Annotated[
        list[str],
        typer.Option("--format", metavar="格式", help=f"报告格式，可写几次： {' '.join(FORMATS)}"),
    ] = ["console"],  # noqa: B006
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="文件|文件夹",
            help="报告写到哪里，不写就显示在屏幕上；以 / 结尾的是文件夹",
        ),
    ] = None,
    by: Annotated[
        ListBy,
        typer.Option(
            "--by",
            metavar="分法",
            help="差异清单怎么分：all 一份，village 每村一份，department 每个部门一份",
        ),
    ] = ListBy.ALL,
    answers: Annotated[
        list[Path],
        typer.Option(
            "--answers",
            metavar="文件|文件夹",
            help="填好的标记副本、差异清单或核实记录，读回核实结果，可写几次",
            parser=parse_path,
        ),
    ] = [],  # noqa: B006
    ignore_answers: Annotated[
        bool, typer.Option("--ignore-answers", help="不看 --answers，照没有核实过的显示")
    ] = False,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="文件",
            help="上次的 检查结果.json，比较哪些是新增的",
            parser=parse_path,
        ),
    ] = None,
    fail_on_new: Annotated[
        bool, typer.Option("--fail-on-new", help="--fail-on 只看比上次新增的问题")
    ] = False,
    lists: Annotated[
        list[str],
        typer.Option(
            "--with",
            metavar="名单",
            help="部门名单，文件或文件夹，可写几次；认不出种类时写 低保=民政局0220.xls",
        ),
    ] = [],  # noqa: B006
    headings: Headings = [],  # noqa: B006
    password: Password = None,
    password_file: PasswordFile = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", metavar="N", min=0, help="用几个进程；0 为自动：文件多时用全部处理器"
        ),
    ] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="地址",
            help="交给几台机器一起查：Dask 调度程序的地址，如 tcp://10.0.0.1:8786",
        ),
    ] = None,
    max_per_rule: Annotated[
        int,
        typer.Option(
            "--max-per-rule", metavar="N", min=0, help="屏幕上每条规则最多显示几条，0 为逐处全列"
        ),
    ] = 5,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="完整显示证件号码、账号和电话")
    ] = False,
    context: Annotated[bool, typer.Option("--context", help="每处问题下面列出全户成员")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示结论")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="逐条列出没有检查的规则和原因")
    ] = False,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="不读数据旁边的 jiandang.toml")
    ] = False,  # CheckCommand has seen to it
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色")] = False,
    debug: Debug = False,
) -> int:
    """检查登记表，逐处列出五关的问题。

    退出码：0 没有达到 --fail-on 的问题；1 有；2 用法不对，或有文件读不出来（其余文件照样检查），
    或 --require 的规则没有查成。
    """
    from jiandang.cli.outputs import Outputs, choose_formats, choose_outputs, say, write_reports

    if fail_on_new and since is None:
        raise typer.BadParameter("要和 --since 上次.json 一起用", param_hint="--fail-on-new")
    given_lists = read_given_lists(lists)
    chosen_formats, mapped = choose_formats(formats), parse_headings(headings)
    password = read_password(password, password_file)
    replies, earlier = _replies(() if ignore_answers else answers, password), _earlier_report(since)
    if changes and not before:
        raise typer.BadParameter(
            "增减表要与两次登记核对，请用 --before 给出上一次的登记表", param_hint="--changes"
        )
    if "movement" in formats and not before:
        raise typer.BadParameter(
            "增减变动要比较两次登记，请用 --before 给出上一次的登记表", param_hint="--format"
        )
    registered = _found(before, "表格", "--before") if before else None
    listed = _found(changes, "表格", "--changes") if changes else None
    given_as = {
        "部门名单，用来比对": [given.path for given in given_lists],
        _OF_BEFORE: registered.files if registered else [],
        "增减表，用来核对": listed.files if listed else [],
    }
    compared = [file for files in given_as.values() for file in files]
    found = _found(paths, "登记表（.xlsx、.xls、.et、.csv 等）", given_as=given_as)
    # A built-in policy has a name that is no file.
    others = [p for p in (Path(policy), password_file, since) if p is not None]
    is_typed = get_current_context().get_parameter_source("by") is ParameterSource.COMMANDLINE
    if is_typed and by is not ListBy.ALL and "list" not in formats:
        raise typer.BadParameter(
            "只有差异清单分村、分部门，请一并写 --format list", param_hint="--by"
        )
    outputs = choose_outputs(chosen_formats, output, found.files, [*others, *compared], answers)
    # They start before this process, too, imports what a check needs.
    with _executor([*found.files, *compared], jobs, cluster) as workers:
        from jiandang.cli.waiting import Waiting, end_at_interrupt
        from jiandang.errors import ClusterError, SameFile
        from jiandang.gates.catalogue import required_rules
        from jiandang.run.batch import check_files
        from jiandang.run.checking import Settings
        from jiandang.run.load import Reading

        end_at_interrupt()
        chosen = read_policy(policy)
        try:
            settings = Settings.of(
                chosen,
                as_of=as_of,
                select=select,
                ignore=ignore,
                show_ids=show_ids,
                context=context,
                evidence=bool(replies) or FORMATS["xlsx"] in chosen_formats,
                groups=[*(["BD"] if given_lists else []), *(["DT"] if before else [])],
            )
            required = required_rules([*require, *chosen.check.require])
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        with Waiting("正在检查") as waiting:
            reading = Reading(
                chosen,
                mapped,
                password,
                waiting.ask_password,
                waiting.report,
                keyed=bool(given_lists),
                numbered=bool(before),
            )
            try:
                report = check_files(
                    found,
                    settings,
                    reading,
                    workers,
                    given_lists,
                    before=registered,
                    changes=listed,
                )
            except SameFile as error:
                raise typer.BadParameter(str(error), param_hint="--before") from None
            except ClusterError as error:
                raise typer.BadParameter(str(error), param_hint="--cluster") from error
    for heading in reading.unmet:
        say(f"注意：--map 里的“{heading}”没有用到：读到的文件里没有这个列名")
    if replies is not None:
        from jiandang.answers.applying import with_answers

        report = with_answers(report, replies, chosen, show_ids=show_ids)
    if earlier is not None:
        from jiandang.answers.since import since as since_then

        report = since_then(report, earlier)
    console: dict[str, Any] = {
        "max_per_rule": max_per_rule,
        "quiet": quiet,
        "verbose": verbose,
        "color": False if no_color else None,
    }
    options: dict[str, dict[str, Any]] = {
        "console": console,
        "list": {"by": by},
        "xlsx": {"password": password, "answers": waiting.answers},
    }
    # What turned out to be no register is in no report.
    outputs = replace(outputs, inputs=found.files)
    complete = True
    if not any(format_.is_text for format_ in chosen_formats):
        verdict = {"console": {**console, "quiet": True}}
        complete = write_reports(report, Outputs([FORMATS["console"]], None), verdict)
    complete &= write_reports(report, outputs, options)
    missing = missing_rules(report, required)
    for reason, codes in missing.items():
        which = codes_text(report, codes)
        print(f"--require 要求的规则没有查成：{which}：{reason}", file=sys.stderr)
    return exit_code(report, fail_on, new=fail_on_new) if complete and not missing else 2


def _executor(files: list[Path], jobs: int, cluster: str | None) -> "Executor":
    if cluster is None:
        from jiandang.run.processes import workers_for

        return workers_for(files, jobs)
    from jiandang.errors import ClusterError

    if jobs:
        raise typer.BadParameter("进程数由集群决定，不要和 --jobs 一起用", param_hint="--cluster")
    try:
        from jiandang.run.cluster import Cluster
    except ImportError as error:
        raise typer.BadParameter(
            "没有安装 Dask distributed，请先运行：pip install jiandang[cluster]",
            param_hint="--cluster",
        ) from error
    try:
        return Cluster(cluster, files)
    except ClusterError as error:
        raise typer.BadParameter(str(error), param_hint="--cluster") from error


def _replies(paths: Sequence[Path], password: str | None) -> "list[Reply] | None":
    if not paths:
        return None
    from jiandang.answers.reading import NoAnswers, read_replies
    from jiandang.cli.outputs import say

    try:
        return read_replies(paths, password, say=say)
    except NoAnswers as error:
        raise typer.BadParameter(str(error), param_hint="--answers") from error


def _earlier_report(path: Path | None) -> "EarlierReport | None":
    if path is None:
        return None
    from jiandang.answers.since import EarlierReport, NotAReport

    try:
        return EarlierReport(path)
    except NotAReport as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error


_OF_OWN_OUTPUTS = (
    "请检查原来的登记表；要查带标记的副本里的表，请直接写它的文件名；"
    "填好的核实结果用 --answers 读回"
)


_OF_BEFORE = "上一次的登记表，用来比较"


def _found(
    paths: list[Path],
    what: str,
    option: str | None = None,
    *,
    given_as: Mapping[str, Sequence[Path]] | None = None,
) -> "Found":
    """The files that are named, or in the folders that are, but for those `given_as` others.

    Raises BadParameter for none.
    """
    from jiandang.run.files import OWN_OUTPUT, find_files

    found = find_files(paths)
    for reason, files in (given_as or {}).items():
        found.leave_out(files, reason)
    if not found.files:
        places = "、".join(map(str, paths))
        taken = [each.reason for each in found.passed_over if each.reason in (given_as or {})]
        if taken:
            reasons = "；".join(dict.fromkeys(taken))
            same = "。两次是同一个文件，--before 后面请写上一次的登记表"
            same = same if _OF_BEFORE in taken else ""
            raise typer.BadParameter(
                f"“{places}”里没有剩下要检查的登记表：{len(taken)}个文件另外给出了（{reasons}）{same}"
            )
        own = sum(passed.reason == OWN_OUTPUT for passed in found.passed_over)
        only = f"，只有{own}个{OWN_OUTPUT}：{_OF_OWN_OUTPUTS}" if own else ""
        raise typer.BadParameter(f"“{places}”里没有找到{what}{only}", param_hint=option)
    return found
