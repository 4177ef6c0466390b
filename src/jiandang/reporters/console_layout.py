"""How the report for a terminal is laid out: plain tables, indented parts."""

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table


def plain_table(*headings: str, numbers: int = 0) -> Table:
    """A table whose last `numbers` columns are right-aligned."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for i, heading in enumerate(headings):
        right = i >= len(headings) - numbers
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    return table


def indented(content: RenderableType, level: int = 1) -> Padding:
    return Padding(content, (0, 0, 0, 2 * level), expand=False)
