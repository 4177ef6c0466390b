"""Makes the registers that the benchmarks read.

    python benchmarks/make_data.py [FOLDER]

Flat registers of 1,000 to 100,000 member rows (43 columns, 2 % of the members with a fault, text in
shared strings as Excel writes it), one more of 100,000 with ten times the faults, and a city of
690,000 in 100 files, as it is and as it was a year before. 100,000 rows once more as .xls, .xlsb
and .csv, 300 small files of 300 rows, and six tables of some 100,000 members with inline strings,
as openpyxl and POI's SXSSF write them. What exists is not made again.
"""

import csv
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from generators import flat, layout
from generators.lifelike import lifelike_town
from generators.xlsb import write_xlsb

FAULTY_SHARE = 0.02
ROWS = 100_000
SMALL_FILES = 300
_HOUSEHOLDS = 43_000  # have some 100,000 members
_XLS_SHEET = 50_000  # rows; the format ends at 65,536


def write_xlsx(path: Path, count: int, town: int = 101, share: float = FAULTY_SHARE) -> None:
    """One workbook of `count` member rows."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("成员")
        for number, row in enumerate(flat.rows(count, town, share)):
            sheet.write_row(number, 0, row)


def write_earlier(path: Path, count: int, town: int) -> None:
    """The same town a year before: a few people more or less, others' numbers mistyped."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("成员")
        year, number = flat.HEADINGS.index("收入年度"), flat.HEADINGS.index("证件号码")
        line = 0
        for place, row in enumerate(flat.rows(count, town, FAULTY_SHARE)):
            if place and place % 97 == 0:
                continue  # who was not there yet
            if place:
                row[year] = int(row[year]) - 1
            if place and place % 61 == 0:
                row[number] = str(row[number])[:-2] + "00"
            sheet.write_row(line, 0, row)
            line += 1


def write_binary(path: Path) -> None:
    write_xlsb(path, "成员", flat.rows(ROWS, 101, FAULTY_SHARE))


def write_csv(path: Path, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(flat.rows(ROWS, 101, FAULTY_SHARE))


def write_xls(path: Path) -> None:
    """In sheets of 50,000 rows."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    as_date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    rows = flat.rows(ROWS, 101, FAULTY_SHARE)
    heading = next(rows)
    for name in range(1, ROWS // _XLS_SHEET + 1):
        sheet = book.add_sheet(f"成员{name}")
        for number, row in enumerate([heading, *islice(rows, _XLS_SHEET)]):
            for column, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write(number, column, value, as_date)
                elif value != "":
                    sheet.write(number, column, value)
            if number % 1_000 == 0:
                sheet.flush_row_data()
    book.save(path)


def write_six_tables(path: Path) -> None:
    """By openpyxl, row by row: its texts stand in the cells themselves."""
    book = Workbook(write_only=True)
    for name, rows in lifelike_town(20160328, _HOUSEHOLDS).sheets.items():
        sheet = book.create_sheet(name)
        headings = [column.heading for column in layout.TABLES[name]]
        sheet.append(headings)
        for row in rows:
            if name == layout.PROCEDURE:
                _be_quiet(row)
            sheet.append([row[heading] for heading in headings])
    book.save(path)


def _be_quiet(row: layout.Row) -> None:
    """Of what rules say of each household there is to be little, as in a good register."""
    for level in ("村", "乡镇", "县级"):
        begun = row[f"{level}公示开始"]
        assert isinstance(begun, date)
        row[f"{level}公示开始"] = begun - timedelta(days=1)
    row["乡镇审核日期"], row["县级审批日期"] = row["乡镇公示开始"], row["县级公示开始"]
    if row["异议处理结果"] is None:
        row["异议情况"] = "无"


def main(folder: Path, *, city: bool = True, dates: bool = True) -> None:
    shapes = folder / "shapes"
    jobs: dict[Path, Callable[[Path], None]] = {
        **{folder / f"{n}.xlsx": partial(write_xlsx, count=n) for n in (1_000, 10_000, ROWS)},
        folder / "100000_faulty.xlsx": partial(write_xlsx, count=ROWS, share=10 * FAULTY_SHARE),
        shapes / "six_tables.xlsx": write_six_tables,
        shapes / "100000.xls": write_xls,
        shapes / "100000.xlsb": write_binary,
        shapes / "100000.csv": partial(write_csv, encoding="utf-8"),
        shapes / "100000_gbk.csv": partial(write_csv, encoding="gbk"),
    }
    for town in range(101, 101 + SMALL_FILES):
        path = folder / "small" / f"{town:03}.xlsx"
        jobs[path] = partial(write_xlsx, count=300, town=town)
    for town in range(101, 201) if city or dates else ():
        name = f"{town:03}.xlsx"
        jobs[folder / "city" / name] = partial(write_xlsx, count=6_900, town=town)
        if dates:
            jobs[folder / "city_before" / name] = partial(write_earlier, count=6_900, town=town)
    for path, make in jobs.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            unfinished = path.with_name(f"~{path.name}")
            make(unfinished)
            unfinished.replace(path)
            print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
