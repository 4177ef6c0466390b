"""What the tests of templates share."""

import pytest
from openpyxl.worksheet.merge import MergedCellRange


@pytest.fixture(autouse=True)
def _merged_cells_keep_no_borders(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test looks at them, and openpyxl takes most of the time to read a form to draw them."""
    monkeypatch.setattr(MergedCellRange, "format", lambda self: None)
