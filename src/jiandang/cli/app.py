"""The Typer application: `jiandang` and its commands."""

from typing import Annotated

import typer

from jiandang import __version__
from jiandang.cli import answers, check, explain, fix, rules, schema, template
from jiandang.cli.beside import CheckCommand, FormsCommand
from jiandang.cli.help import ChineseCommand, ChineseGroup

app = typer.Typer(
    name="jiandang",
    cls=ChineseGroup,
    help="建档立卡登记数据上报前检查：任务分解、识别程序、入户调查、信息录入、时间节点五关。",
    epilog="最常用：jiandang check 官山镇.xlsx",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"jiandang {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本"),
    ] = False,
) -> None:
    """Options of jiandang itself."""


app.command("check", cls=CheckCommand)(check.check)
app.command("template", cls=FormsCommand)(template.template)
for _command, _function in (
    ("answers", answers.answers),
    ("fix", fix.fix),
    ("rules", rules.rules),
    ("explain", explain.explain),
    ("schema", schema.schema),
):
    app.command(_command, cls=ChineseCommand)(_function)
