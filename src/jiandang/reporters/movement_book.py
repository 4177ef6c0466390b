"""动态变动.xlsx: the movement table, both balances, and the lists 进, 出, 更正 and 户变动."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from jiandang.formats.xlsx.styles import BLANK_STYLES, Fill, Styles
from jiandang.formats.xlsx.writing_book import write_book
from jiandang.formats.xlsx.writing_sheet import Cell, Row, Sheet
from jiandang.register.address import column_letters
from jiandang.report.model import Report
from jiandang.report.movement import (
    HANDED_IN_NAMES,
    Balance,
    Listing,
    Movement,
    MovementLine,
    Number,
)
from jiandang.reporters.fills import HEAD_FILL
from jiandang.reporters.movement import (
    LIST_COLUMNS,
    Flow,
    listing_texts,
    lists_by_kind,
    poor_flows,
    progress_lines,
    progress_name,
    registered_flows,
)
from jiandang.reporters.placing import Say, make_folders, replacing
from jiandang.reporters.record import record_lines

NAME = "动态变动.xlsx"
_SUM_FILL = Fill("FFEEF2F6")
_LIST_WIDTHS = (12, 10, 10, 12, 20, 10, 10, 22, 24, 24)
_LEVELS = {"town": "乡镇小计", "county": "县小计", "all": "合计"}


def write_movement(
    report: Report,
    folder: Path | None = None,
    *,
    target: Path | None = None,
    say: Say | None = None,
) -> list[Path]:
    """Write the workbook into a folder, or as `target`; an earlier one is kept.

    Raises ValueError where nothing was compared.
    """
    if report.movement is None:
        raise ValueError("没有比较两次登记：请用 --before 给出上一次的登记表")
    target = target or (folder or Path()) / NAME
    make_folders(target.parent)
    styles = Styles(BLANK_STYLES)
    sheets = [*_sheets(report, report.movement, styles)]
    sheets[0].selected = True
    with replacing(target, keep=True, say=say) as draft:
        write_book(draft, sheets, styles)
    return [target]


def _sheets(report: Report, movement: Movement, styles: Styles) -> Iterator[Sheet]:
    lines = movement.lines
    yield _balance(
        "增减变动表", lines, registered_flows(lines), lambda line: line.registered, styles
    )
    yield _balance("未脱贫", lines, poor_flows(lines), lambda line: line.poor, styles)
    for name, listings in lists_by_kind(movement.lists).items():
        yield _list(name, listings, styles)
    said = [
        (progress_name(progress), text)
        for progress in movement.progress
        for text in progress_lines(progress)
    ]
    yield _pairs("目标进度", said, styles)
    remarks = [("说明", remark) for remark in movement.remarks]
    yield _pairs("检查记录", [*remarks, *record_lines(report)], styles)


def _balance(
    name: str,
    lines: Sequence[MovementLine],
    flows: Sequence[Flow],
    of: Callable[[MovementLine], Balance],
    styles: Styles,
) -> Sheet:
    head = styles.format(bold=True, color="FFFFFFFF", fill=HEAD_FILL, center=True)
    headings = ["县", "镇", "村", "", "期初户", "期初人"]
    headings += [f"{flow.heading}{unit}" for flow in flows for unit in "户人"]
    headings += ["期末户", "期末人"]
    rows: list[Row] = [[Cell(heading, head) for heading in headings]]
    for line in lines:
        is_sum = line.level != "village"
        fill = _SUM_FILL if is_sum else None
        text = styles.format(bold=is_sum, fill=fill)
        number = styles.format(bold=is_sum, fill=fill, number_format=0, center=True)
        balance = of(line)
        places = (line.county, line.town, line.village)
        what = HANDED_IN_NAMES[line.handed_in] or (_LEVELS[line.level] if is_sum else "")
        numbers = [balance.opening, *(flow.of(balance) for flow in flows), balance.closing]
        rows.append(
            [
                *(Cell(place or "", text) for place in (*places, what)),
                *(Cell(n, number) for each in numbers for n in _counts(each)),
            ]
        )
    widths = [10, 10, 12, 12, *([9] * (len(headings) - 4))]
    return Sheet(name, rows, widths, freeze=(1, 4), repeat_rows=1)


def _counts(number: Number | None) -> tuple[int | str, int | str]:
    return ("", "") if number is None else (number.households, number.persons)


def _list(name: str, listings: Sequence[Listing], styles: Styles) -> Sheet:
    head = styles.format(bold=True, color="FFFFFFFF", fill=HEAD_FILL, center=True)
    body, number = styles.format(), styles.format(number_format=0, center=True)
    rows: list[Row] = [[Cell(heading, head) for heading in ("序号", *LIST_COLUMNS)]]
    rows += [
        [Cell(i, number), *(Cell(text, body) for text in listing_texts(each))]
        for i, each in enumerate(listings, 1)
    ]
    last = f"{column_letters(len(LIST_COLUMNS) + 1)}{max(len(rows), 2)}"
    return Sheet(name, rows, (6, *_LIST_WIDTHS), freeze=(1, 1), filter=f"A1:{last}", repeat_rows=1)


def _pairs(name: str, pairs: Sequence[tuple[str, str]], styles: Styles) -> Sheet:
    label, text = styles.format(bold=True), styles.format()
    return Sheet(name, [[Cell(a, label), Cell(b, text)] for a, b in pairs], (18, 110))
