"""A sheet of forms → its pages: side by side, and one below the other.

A page begins where a title, or a label that a form has but once (户主姓名, 户编号), comes again;
printed page breaks say nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.beside_pages import parts_beside
from jiandang.intake.forms.choices import is_mark
from jiandang.intake.forms.page import is_struck_out
from jiandang.intake.forms.sentences import is_address
from jiandang.intake.forms.sheet import Area, Cell, Sheet, is_numbered
from jiandang.intake.forms.vocabulary import ADDRESS, ONCE, Field

# So many rows stand above the first of them, at most.
_LONGEST_HEAD = 10
_SHORTEST_TITLE = 2  # characters


def pages(sheet: Sheet) -> Iterator[Area]:
    """The pages of a sheet, those side by side from left to right, then from top to bottom."""
    width = max(map(len, sheet.grid.rows), default=0)
    filled = [c.column for r in range(len(sheet)) for c in sheet.row(r)]
    if not filled:
        return
    found: list[Area] = []
    last: list[Area] = []
    parts = parts_beside(Area(sheet, 0, len(sheet) - 1, min(filled), width - 1))
    named = [any(_keys(part.row(row)) for row in part.rows) for part in parts]
    # What stands left of all that names a household is of the first one that does.
    before = parts[: named.index(True)] if any(named) else []
    for part, is_named in zip(parts[len(before) :], named[len(before) :], strict=True):
        if last and not is_named:
            found += _as_beside(part, last)
            continue
        lefts, last = _lefts(part), []
        for left, stop in zip(lefts, [*lefts[1:], part.right + 1], strict=True):
            last += _below_each_other(replace(part, left=left, right=stop - 1))
        found += last
        found += [own for each in before for own in _as_beside(each, last)]
        before = []
    at_left = {part.left for part, is_named in zip(parts, named, strict=True) if not is_named}
    yield from sorted(found, key=lambda area: (area.top, area.left in at_left, area.left))


def _as_beside(part: Area, pages: Sequence[Area]) -> Iterator[Area]:
    """The pages of a block that names nobody: each stands beside one at its left."""
    for page, stop in zip(pages, [*(own.top for own in pages[1:]), part.bottom + 1], strict=True):
        top = part.top if page is pages[0] else page.top
        own = replace(part, top=top, bottom=stop - 1)
        if any(own.row(row) for row in own.rows):
            yield own


def _lefts(block: Area) -> list[int]:
    """The first columns of the alike pages that stand side by side."""
    seen: Counter[tuple[int, ...]] = Counter()
    for row in block.rows:
        cells = block.row(row)
        for name in ONCE:
            columns = [c.column for c in cells if any(label.field == name for label in c.labels)]
            if len(columns) > 1:
                seen[tuple(columns)] += 1
        texts = Counter(
            without_brackets(c.solid) for c in cells if isinstance(c.raw, str) and not c.labels
        )
        if len(cells) > 1 and texts.total() == len(cells) and _are_titles(texts):
            # The titles alone: 登记表 | 登记表.
            seen[tuple(c.column for c in cells)] += 1
    if not seen:
        return [block.left]
    labels = seen.most_common(1)[0][0]
    # The pages are alike, so that each begins as far left of its label as the first one does.
    return [block.left + column - labels[0] for column in labels]


def _are_titles(texts: Collection[str]) -> bool:
    """Whether the texts of a row, each counted once, are one title that comes again.

    Rows struck out (/ | /) and of column numbers, of which but brackets are left, are none.
    """
    return len(texts) == 1 and not any(
        len(text) < _SHORTEST_TITLE or is_mark(text) or is_struck_out(text) for text in texts
    )


def _below_each_other(block: Area) -> Iterator[Area]:
    """The pages of a block, cut at its rows."""
    rows = [row for row in block.rows if block.row(row)]
    if not rows:
        return
    heads = _Heads(block)
    starts = [rows[0]]
    heads.add(rows)
    seen: set[Field] = set()
    for place, row in enumerate(rows):
        keys = _keys(block.row(row))
        if keys & seen or heads.is_repeated(row, starts[-1]):
            starts.append(heads.first_row(rows[:place], row, starts[-1]))
            heads.add(rows[rows.index(starts[-1]) :])
            seen = set()
        seen |= keys
    for start, stop in zip(starts, [*starts[1:], block.bottom + 1], strict=True):
        yield Area(block.sheet, start, stop - 1, block.left, block.right)


def _title(cells: Sequence[Cell]) -> str:
    """The text of a row that has but one cell, and is no label."""
    if len(cells) != 1 or cells[0].labels or not isinstance(cells[0].raw, str):
        return ""
    text = cells[0].solid
    return text if len(text) <= 40 else ""


def _keys(cells: Sequence[Cell]) -> set[Field]:
    """What of a row a form has but once."""
    return {label.field for cell in cells for label in cell.labels if label.field in ONCE}


class _Heads:
    """How the pages of a block begin: their titles, and the rows above the first label of `ONCE`.

    Pages of several kinds may stand on one sheet, and a line over all of them.
    """

    def __init__(self, block: Area) -> None:
        self._block = block
        self._titles: set[str] = set()
        self._rows: set[tuple[object, ...]] = set()

    def add(self, rows: Sequence[int]) -> None:
        """Learn how the page begins whose rows come first in `rows`.

        Where it names nobody, all that is known of its head are the titles.
        """
        titled = True
        shapes: set[tuple[object, ...]] = set()
        for row in rows[:_LONGEST_HEAD]:
            cells = self._block.row(row)
            if titled and (title := _title(cells)) and not is_numbered(title):
                self._titles.add(title)
            else:
                titled = False
            if _keys(cells):
                self._rows |= shapes
                break
            shapes.add(_shape(cells))

    def is_repeated(self, row: int, start: int) -> bool:
        """Whether a row has the title of an earlier page, and is not at the beginning of its own.

        Above it are more than titles.
        """
        if _title(self._block.row(row)) not in self._titles:
            return False
        return any(self._block.row(r) and not _title(self._block.row(r)) for r in range(start, row))

    def first_row(self, above: Sequence[int], row: int, previous: int) -> int:
        """The first row of the page that shows in `row`: its title and its address are above."""
        start = row
        is_new = _title(self._block.row(row)) not in self._titles
        for place in range(len(above) - 1, -1, -1):
            own = above[place]
            cells = self._block.row(own)
            is_known = _title(cells) in self._titles or _shape(cells) in self._rows
            if own <= previous or not (is_known or (is_new and self._may_head(above, place))):
                break
            start, is_new = own, is_new and _title(cells) not in self._titles
        return start

    def _may_head(self, rows: Sequence[int], place: int) -> bool:
        """Whether a row may be above the first label of a page: a title, or a place under one."""
        cells = self._block.row(rows[place])
        if _title(cells):
            return not _is_remark(cells[0])
        fields = {label.field for cell in cells for label in cell.labels}
        return fields == {ADDRESS} and place > 0 and self._may_head(rows, place - 1)


def _shape(cells: Sequence[Cell]) -> tuple[object, ...]:
    """What a row asks for and says, but for its values."""
    return tuple(
        tuple(label.field for label in cell.labels)
        or ("address" if is_address(cell.text) else cell.text)
        for cell in cells
        if isinstance(cell.raw, str)
    )


def _is_remark(cell: Cell) -> bool:
    """Whether a lone text ends a page (注：…, 帮扶措施：…, a date), and does not begin one."""
    text = cell.solid
    if text.startswith(("注", "说明", "备注", "①", "1.", "2.")) or text[-1:] in "。日;":
        return True
    before, _, behind = text.partition(":")
    return bool(behind) and not before.endswith(_ABOVE_TITLES)


# 附件1：…, 单位：元 and 表号：… stand above a title.
_ABOVE_TITLES = (*"0123456789", "附件", "单位", "号", "机关", "日期", "时间")
