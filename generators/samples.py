"""Makes the sample workbooks of one invented township: a clean, a faulty and a messy one,
and the empty register of `jiandang template` filled in.

    python -m generators.samples [FOLDER]   # sample_data/ unless told otherwise

The output is the same, byte for byte, at every run. The manifest beside the faulty workbook names
for each seeded fault the rule it breaks and the cell a finding should point at.
"""

import csv
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from generators.earlier import CHANGES, build_earlier
from generators.edits import Spot
from generators.faults import Seeded, seed_faults
from generators.filled_template import write_filled
from generators.layout import TABLES, Cell, Column, Row
from generators.lists import List, build_lists
from generators.messy import write_messy
from generators.township import TOWN_CODE, Register, build_register

SAMPLES = Path(__file__).parents[1] / "sample_data"
MADE_ON = datetime(2016, 3, 28, 9, 0)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    clean = build_register()
    _save_tidy(folder / "官山镇_合格.xlsx", clean)

    faulty = build_register()
    seeded = seed_faults(faulty)
    _save_tidy(folder / "官山镇_有误.xlsx", faulty)
    _save_manifest(folder / "官山镇_有误.faults.csv", faulty, seeded)

    messy = folder / "官山镇_凌乱.xlsx"
    with _new_workbook(messy) as workbook:
        write_messy(workbook, clean)
    _say(messy, f"{len(clean.households)} 户，与合格表同一数据")

    template = folder / "官山镇_空白表填好.xlsx"
    write_filled(template, clean)
    _say(template, "空白表，填了合格表的数据")

    lists = build_lists(clean)
    (folder / "名单").mkdir(exist_ok=True)
    for each in lists:
        _save_list(folder / "名单", each)
    # Without it the list covers a village only where ten people of the kind were found.
    covers = f'["民政局低保名单.xlsx"]\nkind = "低保"\ncovers = ["{TOWN_CODE}"]\n'
    (folder / "名单" / "名单.toml").write_text(covers, encoding="utf-8", newline="\n")
    _save_hits(folder / "名单.hits.csv", lists)

    before, changes = build_earlier()
    _save_tidy(folder / "上次" / "官山镇.xlsx", before)
    _save_changes(folder / "上次" / "增减表.xlsx", changes)


def _save_changes(path: Path, changes: list[Row]) -> None:
    with _new_workbook(path) as workbook:
        sheet = workbook.add_worksheet("增减表")
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        heading: Row = {name: name for name in CHANGES}
        for line, row in enumerate([heading, *changes]):
            for place, name in enumerate(CHANGES):
                sheet.set_column(place, place, 20)
                style = day if name == "日期" and line else text
                _write_cell(sheet, line, place, row[name], style)
    _say(path, f"{len(changes)} 行")


def _save_list(folder: Path, each: List) -> None:
    path = folder / each.file
    with _new_workbook(path) as workbook:
        sheet = workbook.add_worksheet(each.sheet)
        text = workbook.add_format({"num_format": "@"})
        rows: list[Sequence[Cell]] = [*each.above, *each.heading, *each.rows]
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                _write_cell(sheet, line, place, value, text)
        for top, left, bottom, right in each.merged:
            value = each.heading[top - len(each.above)][left]
            sheet.merge_range(top, left, bottom, right, value, text)
    _say(path, f"{len(each.rows)} 行，{len(each.hits)} 户应有疑点")


def _save_hits(path: Path, lists: Sequence[List]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "list", "household", "name"))
        for each in lists:
            for hit in each.hits:
                writer.writerow((hit.rule, each.file, hit.household, hit.name))
    _say(path, f"{sum(len(each.hits) for each in lists)} 处")


def _new_workbook(path: Path) -> Workbook:
    path.parent.mkdir(exist_ok=True)
    workbook = Workbook(str(path))
    # Without a fixed date xlsxwriter would put the time of the run into the file.
    workbook.set_properties({"title": path.stem, "author": "官山镇扶贫办", "created": MADE_ON})
    return workbook


def _save_tidy(path: Path, register: Register) -> None:
    with _new_workbook(path) as workbook:
        _write_tidy(workbook, register)
    persons = sum(len(home.members) for home in register.households)
    _say(path, f"{len(register.households)} 户 {persons} 人")


def _write_tidy(workbook: Workbook, register: Register) -> None:
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter"}
    head = workbook.add_format(
        {**base, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}
    )
    body = workbook.add_format(base)
    text = workbook.add_format({**base, "num_format": "@"})
    formats = {
        "date": workbook.add_format({**base, "num_format": "yyyy-mm-dd"}),
        "money": workbook.add_format({**base, "num_format": "#,##0.00"}),
        **dict.fromkeys(("count", "age", "number", "area", "house"), body),
    }
    for name, rows in register.sheets().items():
        sheet = workbook.add_worksheet(name)
        columns = _columns_of(register, name)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, _frozen_columns(columns))
        for place, column in enumerate(columns):
            style = formats.get(column.kind, text)
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, head)
            if column.choices:
                dropdown = {"validate": "list", "source": list(column.choices)}
                sheet.data_validation(1, place, len(rows), place, dropdown)
            for line, row in enumerate(rows, 1):
                _write_cell(sheet, line, place, row[column.heading], style)
        # IDs, codes and telephones are texts on purpose: no green triangles.
        area = f"A2:{xl_rowcol_to_cell(len(rows), len(columns) - 1)}"
        sheet.ignore_errors({"number_stored_as_text": area})


def _write_cell(sheet: Worksheet, line: int, place: int, value: Cell, style: Format) -> None:
    # xlsxwriter would turn some texts into formulas or links.
    if isinstance(value, str):
        sheet.write_string(line, place, value, style)
    else:
        sheet.write(line, place, value, style)


def _columns_of(register: Register, sheet: str) -> tuple[Column, ...]:
    return TABLES[sheet] + register.extra_columns.get(sheet, ())


def _frozen_columns(columns: tuple[Column, ...]) -> int:
    """Up to the name, or to the 户编号, so that one sees whose row it is."""
    headings = [column.heading for column in columns]
    for key in ("姓名", "户主姓名", "户编号", "名称", "行政村"):
        if key in headings:
            return headings.index(key) + 1
    return 0


def _save_manifest(path: Path, register: Register, seeded: list[Seeded]) -> None:
    # With a byte order mark, by which Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "sheet", "cell", "note"))
        for line in seeded:
            also = _address(register, line.also) if line.also else ""
            note = line.note.replace("{also}", also)
            cell = _address(register, line.spot)
            writer.writerow((line.rule, line.spot.sheet, cell, note))
    _say(path, f"{len(seeded)} 处，{len({line.rule for line in seeded})} 条规则")


def _address(register: Register, spot: Spot) -> str:
    headings = [column.heading for column in _columns_of(register, spot.sheet)]
    rows = register.sheets()[spot.sheet]
    line = next((number for number, row in enumerate(rows, 1) if row is spot.row), 0)
    return str(xl_rowcol_to_cell(line, headings.index(spot.heading)))


def _say(path: Path, what: str) -> None:
    print(f"{path.name}：{what}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
