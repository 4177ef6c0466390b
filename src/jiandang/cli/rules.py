"""`jiandang rules`: list the rules."""

from enum import StrEnum
from typing import Annotated

import typer


class ListFormat(StrEnum):
    """How to list the rules."""

    CONSOLE = "console"
    JSON = "json"


def rules(
    format_: Annotated[
        ListFormat, typer.Option("--format", metavar="格式", help="console 或 json")
    ] = ListFormat.CONSOLE,
    select: Annotated[
        list[str], typer.Option("--select", metavar="规则", help="只列这些规则：LR1 或 SB")
    ] = [],  # noqa: B006
) -> None:
    """列出全部规则：关口、代码、严重程度、名称。"""
    from jiandang.gates.catalogue import select_rules
    from jiandang.reporters.catalogue import print_rules, rules_as_json

    try:
        chosen = select_rules(select, ())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--select") from error
    if format_ is ListFormat.JSON:
        print(rules_as_json(chosen))
    else:
        print_rules(chosen)
