"""What moved since the earlier register, for a person at a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from jiandang.report.model import Report
from jiandang.report.movement import Balance, MovementLine
from jiandang.reporters.console_layout import indented, plain_table
from jiandang.reporters.movement import (
    Flow,
    balance_text,
    flow_text,
    line_name,
    lists_by_kind,
    poor_flows,
    progress_lines,
    progress_name,
    registered_flows,
)


def movement_parts(report: Report) -> Iterator[RenderableType]:
    """The movement table and the progress; nothing where no earlier register was given."""
    if (movement := report.movement) is None:
        return
    lines = movement.lines
    yield Text("动态管理：与上次比较", style="bold")
    yield indented(_balances(lines, registered_flows(lines), lambda line: line.registered))
    whole = [line for line in lines if line.level == "all"] or lines[-1:]
    flows = poor_flows(whole)
    for line in whole:
        yield indented(Text(f"未脱贫：{balance_text(line.poor, flows)}"))
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


def _balances(
    lines: Sequence[MovementLine],
    flows: Iterable[Flow],
    of: Callable[[MovementLine], Balance],
) -> Table:
    """A balance a line, without the columns in which nothing is."""
    used = [flow for flow in flows if any(flow_text(flow.of(of(line))) != "0" for line in lines)]
    table = plain_table(
        "村", "期初", *(flow.heading for flow in used), "期末", numbers=len(used) + 2
    )
    for line in lines:
        balance = of(line)
        numbers = [flow_text(flow.of(balance)) for flow in used]
        ends = [f"{n.households}/{n.persons}" for n in (balance.opening, balance.closing)]
        table.add_row(line_name(line), ends[0], *numbers, ends[1])
    return table
