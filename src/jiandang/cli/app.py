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


# Each also by its Chinese name, which the help does not list twice.
for _command, _in_chinese, _class, _function in (
    ("check", "检查", CheckCommand, check.check),
    ("template", "模板", FormsCommand, template.template),
    ("answers", "核实", ChineseCommand, answers.answers),
    ("fix", "修整", ChineseCommand, fix.fix),
    ("rules", "规则", ChineseCommand, rules.rules),
    ("explain", "说明", ChineseCommand, explain.explain),
    ("schema", "格式", ChineseCommand, schema.schema),
):
    app.command(_command, cls=_class)(_function)
    app.command(_in_chinese, cls=_class, hidden=True)(_function)
