"""What looks like a column out of place and is none, and what is told beside one."""

from collections import Counter

from town import Town

from jiandang.report.model import Severity

HOMES = "农户"


def _graver(town: Town) -> Counter[str]:
    return Counter(f.rule for f in town.findings() if f.severity is not Severity.INFO)


def test_many_faults_of_one_column_are_told_one_by_one() -> None:
    town = Town()
    rows = [row for row in town.rows(HOMES, 行政村="柳湾村") if row["耕地面积(亩)"]][:10]
    for row in rows:
        row["有效灌溉面积(亩)"] = row["耕地面积(亩)"] + 1
    assert _graver(town) == {"DC030": len(rows)}


def test_other_faults_of_the_rows_are_still_told() -> None:
    town = Town()
    rows = town.rows(HOMES, 行政村="柳湾村")
    cells = [row["耕地面积(亩)"] for row in rows]
    for row, cell in zip(rows, cells[-1:] + cells[:-1], strict=True):
        row["耕地面积(亩)"] = cell
    rows[5]["人均纯收入(元)"] += 777
    assert _graver(town) == {"LR136": 1, "DC008": 1}
