"""`jiandang answers`: put answers that came back into the county's record."""

from pathlib import Path
from typing import Annotated

import typer

from jiandang.cli.inputs import Debug, Password, PasswordFile, parse_path, read_password
from jiandang.cli.outputs import fit, say


def answers(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件或文件夹…",
            help="填好的标记副本、差异清单，或它们的文件夹",
            parser=parse_path,
        ),
    ],
    into: Annotated[
        Path,
        typer.Option(
            "--into",
            metavar="文件",
            help="核实记录（.csv）；原有内容不改，只往后加",
            parser=parse_path,
        ),
    ],
    password: Password = None,
    password_file: PasswordFile = None,
    debug: Debug = False,
) -> int:
    """把收回来的核实结果汇总成核实记录；检查时用 --answers 核实记录.csv 读回来。

    退出码：0 写好了；2 用法不对，或有文件读不出来（核实记录没有改动），或没有一条
    填好的（没有写）。文件夹里没有读的文件、没有填的清单都写明。
    """
    from datetime import datetime

    from jiandang.answers.reading import NoAnswers, read_replies
    from jiandang.answers.record import append
    from jiandang.reporters.placing import why_not_written

    if into.suffix.lower() != ".csv":
        raise typer.BadParameter(f"“{into}”应写成 .csv 文件", param_hint="--into")
    try:
        replies = read_replies(paths, read_password(password, password_file), but=into, say=say)
        new, known = append(replies, into, datetime.now())
    except NoAnswers as error:
        raise typer.BadParameter(str(error)) from error
    except OSError as error:
        say(f"核实记录没有写出：{why_not_written(error, into)}")
        return 2
    if not new + known and not into.exists():
        say(f"没有一条填好的核实结果，没有写 {into}")
        return 2
    print(fit(f"核实结果 {new + known} 条：新记入 {new} 条，已有 {known} 条 → {into}"))
    return 0
