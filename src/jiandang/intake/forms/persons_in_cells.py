"""Cells of a form that list a household's persons with their numbers: nobody of them is read."""

from collections.abc import Iterator

from jiandang.intake.forms.page import Page, PersonsCell
from jiandang.intake.forms.sheet import Area, Cell
from jiandang.intake.several import OF_FAMILY, names_number


def persons_cells(area: Area, page: Page) -> Iterator[PersonsCell]:
    """Those beside, below or behind a label of the family, outside the grids that are read."""
    told = page.rows_of_people.union(page.lost)
    side, above = "", ""
    for row in area.rows:
        cells = area.row(row)
        if cells and cells[0].column == area.left and not _is_listing(cells[0]):
            side = cells[0].solid
        before = ""
        for cell in cells:
            if row not in told and _is_listing(cell):
                own = cell.solid.partition(":")[0] if ":" in cell.solid else ""
                labels = (before or side, own, above)
                label = next((text for text in labels if OF_FAMILY.search(text)), None)
                if label is not None:
                    yield PersonsCell(row, label)
            before = cell.solid
        if len(cells) == 1:
            above = cells[0].solid if not _is_listing(cells[0]) else above
        elif cells:
            above = ""


def _is_listing(cell: Cell) -> bool:
    return isinstance(cell.raw, str) and names_number(cell.text)
