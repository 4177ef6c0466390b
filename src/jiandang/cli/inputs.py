"""Reading what options say; what is wrong with them becomes a usage error."""

from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from jiandang.policy import Policy

DEFAULT_POLICY = "xuzhou-2016"


def parse_date(text: str) -> date:
    """A date in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，应写成 2016-03-29") from None


def read_policy(name: str) -> "Policy":
    """The policy of a name or a file."""
    from jiandang.policy import PolicyError, load_policy

    try:
        return load_policy(name)
    except PolicyError as error:
        raise typer.BadParameter(str(error), param_hint="--policy") from error


def parse_headings(pairs: list[str]) -> dict[str, str]:
    """`文件里的列名=标准列名` pairs of --map."""
    mapped = {}
    for pair in pairs:
        heading, separator, canonical = pair.partition("=")
        if not separator or not heading.strip() or not canonical.strip():
            raise typer.BadParameter(f"“{pair}”应写成 文件里的列名=标准列名", param_hint="--map")
        mapped[heading.strip()] = canonical.strip()
    return mapped
