"""`jiandang explain`: what a rule checks, why, and what to do."""

from typing import Annotated

import typer

from jiandang.cli.inputs import DEFAULT_POLICY, read_policy


def explain(
    codes: Annotated[list[str], typer.Argument(metavar="规则代码…", help="规则代码，如 SB008")],
    policy: Annotated[
        str, typer.Option("--policy", metavar="名称|文件", help="用哪个政策的数值来解释")
    ] = DEFAULT_POLICY,
) -> None:
    """说明一条规则：查什么、用哪些政策数值、依据、错例和对例、怎么改。"""
    from jiandang.gates.catalogue import find_rule
    from jiandang.reporters.catalogue import print_explanation

    chosen = read_policy(policy)
    try:
        found = [find_rule(code) for code in codes]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="规则代码") from error
    for rule in found:
        print_explanation(rule, chosen)
