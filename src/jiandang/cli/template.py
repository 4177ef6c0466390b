"""`jiandang template`: the empty register, or a visit form a household."""

from pathlib import Path
from typing import Annotated

import typer

from jiandang.cli.check import ListBy
from jiandang.cli.inputs import DEFAULT_POLICY, PolicyName, parse_path, read_policy
from jiandang.cli.outputs import fit, say

_MOST_ROWS = 20_000
_SHOWN = 5  # villages


def template(
    what: Annotated[
        str,
        typer.Argument(
            metavar="文件|入户表",
            help="空白表写到哪个文件（.xlsx），或写“入户表”：一户一页，打印用",
        ),
    ],
    places: Annotated[
        Path | None,
        typer.Option(
            "--places", metavar="文件", help="任务分解表：预填村名、村码和户编号", parser=parse_path
        ),
    ] = None,
    rows: Annotated[
        int,
        typer.Option("--rows", metavar="N", min=1, max=_MOST_ROWS, help="空白表每张留几行"),
    ] = 2000,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="文件",
            help="入户表照这份登记表填好，附上要当面核实的问题",
            parser=parse_path,
        ),
    ] = None,
    by: Annotated[
        ListBy,
        typer.Option("--by", metavar="分法", help="入户表怎么分：all 一个文件，village 每村一个"),
    ] = ListBy.ALL,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="文件夹",
            help="入户表写到哪里；不写就在登记表旁边，没有 --from 的在当前文件夹",
            parser=parse_path,
        ),
    ] = None,
    policy: PolicyName = DEFAULT_POLICY,
) -> int:
    """做空白登记表（六张表，带下拉和校验），或一户一页的入户表。

    已有的文件不覆盖。退出码：0 做好了；2 没有做。
    """
    from jiandang.reporters.placing import why_not_written
    from jiandang.templates.making import FORM, NotMade, make_forms, make_register

    is_form, without = what == FORM, list[str]()
    target = Path(what)
    if not is_form and target.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"“{what}”应是 .xlsx 文件，或“{FORM}”", param_hint="文件|入户表")
    for name, given in (("--places", places), ("--from", source)):
        if given is not None and not given.is_file():
            raise typer.BadParameter(f"没有文件“{given}”", param_hint=name)
        if given is not None and is_form is (name == "--places"):
            raise typer.BadParameter(f"与“{what}”不能一起用", param_hint=name)
    chosen = read_policy(policy)
    try:
        if is_form:
            made = make_forms(chosen, source, output, by_village=by is ListBy.VILLAGE)
        else:
            without = make_register(target, chosen, rows, places)
            made = [target]
    except NotMade as error:
        say(f"没有做：{error}")
        return 2
    except OSError as error:
        say(f"没有写出：{why_not_written(error)}")
        return 2
    for path in made:
        print(fit(f"已写出 {path}"))
    if without:
        more = f"等 {len(without)} 个村" if len(without) > _SHOWN else ""
        named = "、".join(without[:_SHOWN])
        print(fit(f"{named}{more}没有填计划户数，没有预填户编号：请补填后重做，或自己填户编号。"))
    return 0
