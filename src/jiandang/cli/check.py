"""`jiandang check`: check files and print the report."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiandang.cli.exits import FailOn, codes_text, exit_code, missing_rules
from jiandang.cli.given import REGISTERS, found_besides, found_files
from jiandang.cli.inputs import (
    DEFAULT_POLICY,
    Answers,
    AsOf,
    Before,
    Changes,
    Debug,
    Headings,
    Ignore,
    Lists,
    Password,
    PasswordFile,
    PolicyName,
    Select,
    parse_headings,
    parse_path,
    read_given_answers,
    read_given_lists,
    read_password,
    read_policy,
    refuse_idle,
)
from jiandang.reporters import FORMATS

if TYPE_CHECKING:
    from jiandang.answers.since import EarlierReport
    from jiandang.run.processes import Executor


# How many kinds of findings fill a screen; of a kind, how many stand where all kinds do.
_SCREENFUL, _MOST_OF_A_RULE = 10, 5


class ListBy(StrEnum):
    """How the auditor's list is cut into files."""

    ALL = "all"
    COUNTY = "county"
    VILLAGE = "village"
    DEPARTMENT = "department"


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹…", help="登记表，或装有登记表的文件夹", parser=parse_path
        ),
    ],
    before: Before = [],  # noqa: B006
    changes: Changes = [],  # noqa: B006
    policy: PolicyName = DEFAULT_POLICY,
    as_of: AsOf = None,
    select: Select = [],  # noqa: B006  (Typer copies it)
    ignore: Ignore = [],  # noqa: B006
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
            help="差异清单怎么分：all 一份，county 每县一份，village 每村一份，"
            "department 每个部门一份",
        ),
    ] = ListBy.ALL,
    answers: Answers = [],  # noqa: B006
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
    lists: Lists = [],  # noqa: B006
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
            "--max-per-rule",
            metavar="N",
            min=0,
            help="屏幕上每种问题最多几条，0 为逐处全列",
        ),
    ] = _MOST_OF_A_RULE,
    show_ids: Annotated[
        bool, typer.Option("--show-ids", help="完整显示证件号码、账号和电话")
    ] = False,
    context: Annotated[bool, typer.Option("--context", help="每处问题下面列出全户成员")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示结论")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="列出每一种问题，以及没有检查的规则和原因")
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
    replies = read_given_answers(() if ignore_answers else answers, password)
    earlier = _earlier_report(since)
    if "movement" in formats and not before:
        raise typer.BadParameter(
            "增减变动要比较两次登记，请用 --before 给出上一次的登记表", param_hint="--format"
        )
    given = found_besides(before, changes, given_lists)
    registered, listed = given.before, given.changes
    compared = [file for files in given.given_as.values() for file in files]
    found = found_files(paths, REGISTERS, given_as=given.given_as)
    # A built-in policy has a name that is no file.
    others = [p for p in (Path(policy), password_file, since) if p is not None]
    if by is not ListBy.ALL and "list" not in formats:
        refuse_idle({"by": "只有差异清单分县、分村、分部门，请一并写 --format list"})
    outputs = choose_outputs(chosen_formats, output, found.files, [*others, *compared], answers)
    # They start before this process, too, imports what a check needs.
    with _executor([*found.files, *compared], jobs, cluster) as workers:
        from jiandang.cli.waiting import Waiting, end_at_interrupt
        from jiandang.errors import ClusterError, SameFile, Unfinished
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
                    tell=waiting.tell,
                )
            except SameFile as error:
                raise typer.BadParameter(str(error), param_hint="--before") from None
            except ClusterError as error:  # on the way: the command line was right
                print(f"集群出错：{error}", file=sys.stderr)
                raise typer.Exit(2) from error
            except Unfinished as error:
                print(error, file=sys.stderr)
                raise typer.Exit(2) from error
    # Answers, an earlier report and most formats go through the findings again and again.
    if (
        replies is not None
        or earlier is not None
        or not all(f.written_singly for f in chosen_formats)
    ):
        report = report.model_copy(update={"findings": [*report.findings]})
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
        "most_kinds": _SCREENFUL if max_per_rule == _MOST_OF_A_RULE and not verbose else 0,
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
    if not any(map(outputs.is_shown, chosen_formats)) and not outputs.is_standard_output:
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


def _earlier_report(path: Path | None) -> "EarlierReport | None":
    if path is None:
        return None
    from jiandang.answers.since import EarlierReport, NotAReport

    try:
        return EarlierReport(path)
    except NotAReport as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error
