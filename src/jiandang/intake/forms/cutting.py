"""A sheet of forms → its pages: side by side, and one below the other.

A page begins where a title, or a label that a form has but once (户主姓名, 户编号), comes again;
printed page breaks say nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from jiandang.intake.forms.choices import is_mark
from jiandang.intake.forms.sheet import Area, Cell, Sheet
from jiandang.register.text import solid

# What a form asks for once.
_ONCE = {("household", "household_id"), ("household", "head_name"), ("household", "head_id")}


def pages(sheet: Sheet) -> Iterator[Area]:
    """The pages of a sheet, those side by side from left to right, then from top to bottom."""
    width = max(map(len, sheet.grid.rows), default=0)
    filled = [c.column for r in range(len(sheet)) for c in sheet.row(r)]
    if not filled:
        return
    lefts = _lefts(sheet, min(filled))
    found: list[Area] = []
    for left, stop in zip(lefts, [*lefts[1:], width], strict=True):
        found += _below_each_other(Area(sheet, 0, len(sheet) - 1, left, stop - 1))
    yield from sorted(found, key=lambda area: (area.top, area.left))


def _lefts(sheet: Sheet, first: int) -> list[int]:
    """The first columns of the pages that stand side by side."""
    seen: Counter[tuple[int, ...]] = Counter()
    for row in range(len(sheet)):
        cells = sheet.row(row)
        for name in _ONCE:
            columns = [c.column for c in cells if any(label.field == name for label in c.labels)]
            if len(columns) > 1:
                seen[tuple(columns)] += 1
        texts = Counter(solid(c.text) for c in cells if isinstance(c.raw, str) and not c.labels)
        is_title = len(texts) == 1 and not is_mark(*texts) and texts.total() == len(cells)
        if len(cells) > 1 and is_title:
            # The titles alone: 登记表 | 登记表.
            seen[tuple(c.column for c in cells)] += 1
    if not seen:
        return [first]
    labels = seen.most_common(1)[0][0]
    # The pages are alike, so that each begins as far left of its label as the first one does.
    return [first + column - labels[0] for column in labels]


def _below_each_other(block: Area) -> Iterator[Area]:
    """The pages of a block, cut at its rows."""
    rows = [row for row in block.rows if block.row(row)]
    if not rows:
        return
    title = _title(block.row(rows[0]))
    starts = [rows[0]]
    seen: set[object] = set()
    for row in rows:
        keys = _keys(block.row(row), title)
        if keys & seen:
            start = _lead(block, row, starts[-1])
            starts.append(start)
            seen = set()
        seen |= keys
    for start, stop in zip(starts, [*starts[1:], block.bottom + 1], strict=True):
        yield Area(block.sheet, start, stop - 1, block.left, block.right)


def _title(cells: Sequence[Cell]) -> str:
    """The text of a row that has but one cell, and is no label."""
    if len(cells) != 1 or cells[0].labels or not isinstance(cells[0].raw, str):
        return ""
    text = solid(cells[0].text)
    return text if len(text) <= 40 else ""


def _keys(cells: Sequence[Cell], title: str) -> set[object]:
    """What of a row a form has but once."""
    keys: set[object] = {
        label.field for cell in cells for label in cell.labels if label.field in _ONCE
    }
    if title and _title(cells) == title:
        keys.add(title)
    return keys


def _lead(block: Area, row: int, previous: int) -> int:
    """The first row of a page whose repeated label stands in `row`: its title is above."""
    start = row
    while start - 1 > previous:
        cells = block.row(start - 1)
        if not _title(cells) or _is_remark(cells[0]):
            break
        start -= 1
    return start


def _is_remark(cell: Cell) -> bool:
    """Whether a lone text ends a page (注：…, a date), and does not begin one."""
    text = solid(cell.text)
    return text.startswith(("注", "说明", "备注", "①", "1.", "2.")) or text[-1:] in "。日;"
