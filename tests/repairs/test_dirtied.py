"""Cells of all columns as clerks dirty them, in a workbook with all that it may have besides."""

import random
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from jiandang import load_policy
from jiandang.intake.columns import CellRead
from jiandang.register.cells import DEFAULT_CONTEXT, CellError
from jiandang.register.code_cells import Code
from jiandang.register.table import Column
from jiandang.register.tables import COLUMNS, MODELS, TITLES
from jiandang.register.text import solid
from jiandang.repairs.book import CHANGES
from jiandang.repairs.fixing import plan_fix, target_of, write_fix
from jiandang.repairs.kinds import changes_of
from jiandang.run.load import read_texts
from jiandang.templates.columns import columns_for

POLICY = load_policy("xuzhou-2016")
ROWS = 12
_TEXTS = {
    "姓名": [
        "张三",
        "王小明",
        "欧阳震华",
        "买买提·艾力",
        "李四（已故）",
        "周敬贤 李华",
        "张 三 李 四",
    ],
    "签字": ["张三", "是", "王强 李华"],
    "公民身份号码": ["32032419800101001X", "32032419800101001x"],
    "残疾证号": ["32032419800101001X42"],
    "银行账号": ["6228480185647890123"],
    "电话": ["13912345678", "0516-83333333", "13912345678 13987654321"],
    "是/否": ["是", "否", "有", "√", "参加"],
}
_DATES = ["2016-03-05", "2016.3.5", "2016年3月5日", "20160305"]
_NUMBERS = ["3", "12", "12 000", "0"]
EVERY = [(table, name) for table in MODELS for name in COLUMNS[table]]
_DIRT = (" {}", "{}\u3000", "'{}", "{}\u200b", "{}\n", "\xa0{} ")


def written(column: Column, chance: random.Random) -> str:
    cell = column.cell
    if isinstance(cell, Code):
        codes = cell.code_list
        return chance.choice([*codes.values, *codes.words, *codes.spoken, *codes.narrower])
    if cell.dtype == pl.Date or cell.iso:
        return chance.choice(_DATES)
    if cell.dtype in (pl.Float64, pl.Int64):
        return chance.choice(_NUMBERS)
    if cell.name == "编码":
        return "320324105201" if "household" not in column.id else "320324105201001"
    return chance.choice(_TEXTS.get(cell.name, ["睢宁农商行", "王庄村", "张三 李四"]))


def dirtied(folder: Path, seed: int) -> Path:
    chance = random.Random(seed)
    made = Workbook()
    made.remove(made.worksheets[0])
    for table in MODELS:
        sheet = made.create_sheet(TITLES[table])
        columns = columns_for(table)
        sheet.append([column.heading for column in columns])
        for row in range(2, ROWS + 2):
            for place, column in enumerate(columns, 1):
                text = chance.choice(_DIRT).format(written(column, chance))
                cell = sheet.cell(row, place, text)
                cell.font, cell.number_format = Font(bold=row % 2 == 0), "@"
        sheet["A2"].comment = Comment("问过", "张三")
        sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["A4"].hyperlink = "#A1"
        check = DataValidation("list", formula1='"是,否"', sqref="C2:C9")
        sheet.add_data_validation(check)
        red = DifferentialStyle(fill=PatternFill(bgColor="FF0000"))
        sheet.conditional_formatting.add("A2:C9", Rule("expression", dxf=red, formula=["$A2=1"]))
        sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height = 33, 44
        sheet.row_dimensions[5].hidden, sheet.freeze_panes = True, "B2"
        sheet.auto_filter.ref = "A1:C9"
    notes = made.create_sheet("附表")
    notes.append([" 说明 ", "=1+1", "３"])
    notes.merge_cells("A3:C3")
    notes.sheet_state = "hidden"
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=2, min_row=1))
    notes.add_chart(chart, "E5")
    made.defined_names.add(DefinedName("范围", attr_text="'附表'!$A$1:$C$3"))
    made.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def values(path: Path) -> dict[tuple[str, int, int, str], Any]:
    return {(c.sheet, c.row, c.column, c.of.id): c.value for c in read_texts(path, POLICY)[1]}


def around(path: Path) -> dict[str, Any]:
    """All of a workbook but the values of its cells and the formats of numbers."""
    book = load_workbook(path)
    found: dict[str, Any] = {"names": {n: d.attr_text for n, d in book.defined_names.items()}}
    for sheet in book.worksheets:
        if sheet.title.startswith(CHANGES):
            continue
        found[sheet.title] = (
            sheet.sheet_state,
            sheet.freeze_panes,
            sheet.auto_filter.ref,
            [str(area) for area in sheet.merged_cells.ranges],
            [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation],
            [str(area.sqref) for area in sheet.conditional_formatting],
            {name: each.width for name, each in sheet.column_dimensions.items()},
            {n: (each.height, each.hidden) for n, each in sheet.row_dimensions.items()},
            len(sheet._charts),  # type: ignore[attr-defined]
            [
                (c.coordinate, c.font.b, c.fill.fgColor.rgb, c.comment and c.comment.text)
                for row in sheet.iter_rows()
                for c in row
            ],
        )
    return found


def test_hundreds_of_dirtied_cells(tmp_path: Path) -> None:
    source = dirtied(tmp_path, 1)
    fix = plan_fix(source, POLICY)
    assert len(fix.plan.changes) >= 600 and not fix.plan.left.keys() & {"内部结构特殊"}
    write_fix(fix, target_of(source), POLICY)
    copy = target_of(source)
    assert around(copy) == around(source)
    # What check reads is the same; what is no text any more is what it was read as.
    before, after = values(source), values(copy)
    assert {at: before[at] for at in after} == after
    old, new = load_workbook(source), load_workbook(copy)
    mended = {(c.read.sheet, c.read.row, c.read.column) for c in fix.plan.changes}
    for sheet in old.worksheets:
        rows = zip(sheet.values, new[sheet.title].values, strict=True)
        for row, (was, now) in enumerate(rows):
            changed = {n for n, (a, b) in enumerate(zip(was, now, strict=True)) if a != b}
            assert {(sheet.title, row, n) for n in changed} <= mended
    assert not plan_fix(copy, POLICY).plan.changes


@given(st.sampled_from(EVERY), st.randoms(use_true_random=False), st.sampled_from(_DIRT))
def test_no_word_of_a_text_is_lost_or_joined_to_another(
    at: tuple[str, str], chance: random.Random, dirt: str
) -> None:
    """Where a text stays one, blanks alone go, and none between two names or numbers."""
    column = COLUMNS[at[0]][at[1]]
    text = written(column, chance)
    raw = dirt.format(text)
    try:
        value = column.cell.read(raw).value
    except CellError:
        return
    for change in changes_of([CellRead("表", 1, 1, column, DEFAULT_CONTEXT, raw, value)]):
        assert column.cell.read(change.new).value == value
        if change.repair.rule == "LR010" and isinstance(change.new, str):
            assert solid(change.new) in (solid(raw), solid(raw).replace("x", "X"))
            if text in ("周敬贤 李华", "张 三 李 四", "王强 李华", "13912345678 13987654321"):
                assert change.new == text
