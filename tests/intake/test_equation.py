"""No row is lost: on every sheet the rows by kind add up to the rows in the file."""

from datetime import date
from pathlib import Path

import pytest
from town import rows_by_sheet

from jiandang import check, load, load_policy
from jiandang.formats.opening import open_workbook
from jiandang.run.own_outputs import is_own_sheet

ROOT = Path(__file__).parents[2]
FILES = [
    *sorted((ROOT / "sample_data").glob("*.xlsx")),
    # Blank forms of the provincial system; not part of the project, so tried where present.
    *sorted((ROOT.parent / "shared" / "real").glob("*.xls")),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_accounted_for(path: Path) -> None:
    report = check(load([path]), load_policy("xuzhou-2016"), as_of=date(2016, 3, 29))
    (file,) = report.files
    for table in file.tables:
        assert table.rows_read == table.rows_checked + table.rows_rejected
    counted = rows_by_sheet(file.tables)
    for grid in open_workbook(path).grids:
        if grid.name in counted:
            assert counted[grid.name] == len(grid.rows), grid.name
        elif not is_own_sheet(grid):  # the code lists of a template hold nobody
            unread = any(cell != "" for row in grid.rows for cell in row)
            named = any(f"“{grid.name}”" in remark for remark in file.remarks)
            assert unread == named, grid.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rejected_row_has_a_finding(path: Path) -> None:
    register = load([path])
    rejected = sum(sheet.rows.rejected for sheet in register.sheets)
    said = sum("rejected" in observation.seen for observation in register.observations)
    assert said == rejected
