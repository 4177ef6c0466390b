"""What moved since the earlier register, for a person at a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from jiandang.report.model import Report
from jiandang.report.movement import MovementLine
from jiandang.reporters.console_layout import indented, plain_table
from jiandang.reporters.movement import (
    Flow,
    ends_text,
    flow_text,
    line_name,
    lists_by_kind,
    poor_flows,
    poor_text,
    progress_lines,
    progress_name,
    registered_flows,
)

_WIDER_THAN_ANY = 10_000


def movement_parts(report: Report) -> Iterator[RenderableType]:
    """The movement table and the progress; nothing where no earlier register was given."""
    if (movement := report.movement) is None:
        return
    lines = movement.lines
    yield Text("动态管理：与上次比较", style="bold")
    yield indented(Balances(lines))
    whole = [line for line in lines if line.level == "all"] or lines[-1:]
    flows = poor_flows(whole)
    for line in whole:
        yield indented(Text(f"未脱贫：{poor_text(line, flows)}"))
    for remark in movement.remarks:
        yield indented(Text(remark, style="yellow"))
    lists = lists_by_kind(movement.lists)
    counts = "　".join(f"{name} {len(listings)}" for name, listings in lists.items())
    yield indented(Text(f"名单：{counts}（--format movement 写出）", style="dim"))
    for progress in movement.progress:
        yield indented(Text(f"目标进度 {progress_name(progress)}", style="bold"))
        for text in progress_lines(progress):
            yield indented(Text(text), 2)
    yield ""


@dataclass(frozen=True)
class Balances:
    """The balances of 在册: a table, or a text each where the terminal is narrower than that."""

    lines: Sequence[MovementLine]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        flows = registered_flows(self.lines)
        table = _table(self.lines, flows)
        natural = console.measure(table, options=options.update_width(_WIDER_THAN_ANY)).maximum
        if natural <= options.max_width:
            yield table
            return
        for line in self.lines:
            yield Text(f"{line_name(line)}：{_text(line, flows)}")


def _table(lines: Sequence[MovementLine], flows: Sequence[Flow]) -> Table:
    """A balance a line, without the columns in which nothing is."""
    used = [f for f in flows if any(_has_moved(f, line) for line in lines)]
    table = plain_table(
        "村", "期初", *(flow.heading for flow in used), "期末", numbers=len(used) + 2
    )
    for line in lines:
        opening, closing = ends_text(line)
        numbers = [flow_text(flow.of(line.registered)) for flow in used]
        table.add_row(line_name(line), opening, *numbers, closing)
    return table


def _text(line: MovementLine, flows: Sequence[Flow]) -> str:
    """A balance with what moved alone: `期初 29/76 +出生 1 -清退 1/2 期末 28/75`."""
    opening, closing = ends_text(line)
    moved = [
        f"{f.heading} {flow_text(f.of(line.registered))}" for f in flows if _has_moved(f, line)
    ]
    return "　".join([f"期初 {opening}", *moved, f"期末 {closing}"])


def _has_moved(flow: Flow, line: MovementLine) -> bool:
    return flow_text(flow.of(line.registered)) != "0"
