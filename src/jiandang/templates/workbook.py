"""The empty register: the six tables as one workbook, with code lists, entry checks and colours."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jiandang import __version__
from jiandang.formats.xlsx.text import display_width
from jiandang.gates.shared import OTHER_PAPERS
from jiandang.policy import Policy
from jiandang.register.codes import code_lists
from jiandang.register.number_cells import NumberCell
from jiandang.register.table import Column
from jiandang.register.tables import MODELS, TITLES
from jiandang.register.text_cells import NO_NAME
from jiandang.run.own_outputs import CODES_TITLE, SCHEMA_NAME
from jiandang.templates.checks import (
    BEHIND_AREA,
    CHARACTERS,
    DIGITS,
    GRADES,
    HOUSEHOLDS,
    HYPHENS,
    LATEST,
    NO_NAMES,
    PAPERS,
    PLACES,
    WEIGHTS,
    Check,
    check_of,
    latest_birth,
    list_name,
)
from jiandang.templates.columns import columns_for, heading_of

CODES = "代码"
# table → its rows, each a mapping by column
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

_LONGEST_TITLE, _LONGEST_PROMPT, _LONGEST_ERROR = 32, 255, 224
_TEXT, _DAY = "@", "yyyy-mm-dd"
_LAST_COLUMN = 16_384
_CHECK_CHARACTERS = "10X98765432B"
# The usual ones of what is as good as an empty cell.
_NOTHING = ("无", "没", "不详", "未知", "不明", "空", "缺", "/", "-", "—", "——")
_KINDS, _GRADES = range(1, 8), range(1, 5)  # of disability cards
_STOPS, _WARNS = PatternFill(bgColor="FFC7CE"), PatternFill(bgColor="FFDFA6")
_THIN = Side(style="thin", color="B0B0B0")
_HEAD = PatternFill("solid", fgColor="DDE8F3")


def empty_register(policy: Policy, rows: int, filled: Rows | None = None) -> Workbook:
    """The workbook with room for so many rows a sheet, of which some may be filled in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in MODELS:
        _add_table(book.create_sheet(TITLES[table]), table, policy, rows, (filled or {}).get(table))
    _add_codes(book, policy)
    place = get_column_letter([c.id for c in columns_for("household")].index("household_id") + 1)
    numbers = f"'{TITLES['household']}'!${place}$2:${place}${rows + 1}"
    book.defined_names.add(DefinedName(HOUSEHOLDS, attr_text=numbers))
    version = DefinedName(SCHEMA_NAME, attr_text=f'"jiandang {__version__}"', hidden=True)
    book.defined_names.add(version)
    return book


def _add_table(
    sheet: Worksheet,
    table: str,
    policy: Policy,
    rows: int,
    filled: Sequence[Mapping[str, Any]] | None,
) -> None:
    columns = columns_for(table)
    if table == "allocation" and filled and all(row.get("officer") is None for row in filled):
        # Where nobody is named, the table has no such column either: RW010 would ask for each.
        columns = [column for column in columns if column.id != "officer"]
    letters = {column.id: get_column_letter(n) for n, column in enumerate(columns, 1)}
    for number, column in enumerate(columns, 1):
        _add_column(sheet, number, column)
        check = check_of(table, column, policy)
        cells = f"{letters[column.id]}2:{letters[column.id]}{rows + 1}"
        sheet.add_data_validation(_entry_check(cells, column, check, letters))
        if check is not None:
            _colour(sheet, cells, check, letters, letters[column.id])
    for number, row in enumerate(filled or (), 2):
        for place, column in enumerate(columns, 1):
            if (value := row.get(column.id)) is not None:
                cell = sheet.cell(number, place, value)
                cell.number_format = _format_of(column)
                cell.protection = Protection(locked=False)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{rows + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _protect(sheet)


def _add_column(sheet: Worksheet, number: int, column: Column) -> None:
    head = sheet.cell(1, number, heading_of(column))
    color = "C00000" if column.required else "222222"
    head.font = Font(name="宋体", size=10, bold=column.required, color=color)
    head.fill, head.border = _HEAD, Border(_THIN, _THIN, _THIN, _THIN)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    # Cells that are not in the file take the format of their column, which may be filled in.
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = min(max(display_width(str(head.value)) + 2, 10), 24)
    dimension.number_format = _format_of(column)
    dimension.protection = Protection(locked=False)


def _format_of(column: Column) -> str:
    cell = column.cell
    if isinstance(cell, NumberCell):
        return "General"
    return _DAY if cell.native is date or cell.iso else _TEXT


def _entry_check(
    cells: str, column: Column, check: Check | None, letters: Mapping[str, str]
) -> DataValidation:
    own = DataValidation(sqref=cells, allow_blank=True, showInputMessage=True)
    own.promptTitle = column.heading[:_LONGEST_TITLE]
    must = "必填。" if column.required else ""
    # Whoever types 2016-03 into a cell of dates gets the first of March.
    expected = check.message if check and column.cell.iso else column.cell.expected
    own.prompt = f"{must}{column.description}。{expected}"[:_LONGEST_PROMPT]
    if check is None:
        return own
    own.showErrorMessage = True
    own.errorStyle = "stop" if check.stops else "warning"
    own.errorTitle, own.error = own.promptTitle, check.message[:_LONGEST_ERROR]
    if check.choices:
        own.type, own.formula1 = "list", check.choices
    else:
        own.type, own.formula1 = "custom", _at(check.formula, letters[column.id], letters)
    return own


def _colour(
    sheet: Worksheet, cells: str, check: Check, letters: Mapping[str, str], letter: str
) -> None:
    """Colour what is wrong: it may have been pasted, and the entry check with it be gone."""
    formula = _at(check.formula, letter, letters)
    wrong = f"AND(LEN({letter}2)>0,NOT(IFERROR({formula},FALSE)))"
    look = DifferentialStyle(fill=_STOPS if check.stops else _WARNS)
    sheet.conditional_formatting.add(cells, Rule(type="expression", formula=[wrong], dxf=look))


def _at(formula: str, letter: str, letters: Mapping[str, str]) -> str:
    """A test's formula for the first cell of its column."""
    others = {name: f"${other}2" for name, other in letters.items()}
    return formula.format(x=f"{letter}2", **others)


def _add_codes(book: Workbook, policy: Policy) -> None:
    """The code lists, and what the check character of identity numbers is reckoned with."""
    sheet = book.create_sheet(CODES)
    sheet["A1"] = CODES_TITLE
    sheet["A1"].font = Font(bold=True, size=12)
    lists: dict[str, tuple[str, Sequence[object]]] = {
        list_name(name): (codes.title, codes.values) for name, codes in code_lists().items()
    }
    lists[PAPERS] = ("其他证件", OTHER_PAPERS)
    lists[NO_NAMES] = ("不是姓名", (*_NOTHING, *sorted(NO_NAME)))
    lists[DIGITS] = ("数字", range(10))
    # The weight of the check character, which is no digit, is left out; what stands behind it has
    # none, but must be digits too: of a disability card, all but the 21st character.
    lists[BEHIND_AREA] = ("电话号码起位", (4, 4, 5, 5))
    lists[HYPHENS] = ("横线", (0, 1, 0, 1))
    lists[PLACES] = ("位次", (*range(1, 18), 22))
    lists[WEIGHTS] = ("加权因子", (*(2 ** (18 - place) % 11 for place in range(1, 18)), 0))
    lists[GRADES] = ("残疾类别等级", [10 * kind + grade for kind in _KINDS for grade in _GRADES])
    for number, (name, (title, values)) in enumerate(lists.items(), 1):
        sheet.cell(2, number, title).font = Font(bold=True)
        for row, value in enumerate(values, 3):
            sheet.cell(row, number, value)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 18
        target = f"'{CODES}'!${letter}$3:${letter}${len(values) + 2}"
        book.defined_names.add(DefinedName(name, attr_text=target))
    book.defined_names.add(DefinedName(CHARACTERS, attr_text=f'"{_CHECK_CHARACTERS}"'))
    book.defined_names.add(DefinedName(LATEST, attr_text=latest_birth(policy)))
    sheet.protection.sheet = True


def _protect(sheet: Worksheet) -> None:
    """Only the headings are locked, without a password; all else may be done."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort",
        "autoFilter", "insertHyperlinks",
    ):  # fmt: skip
        setattr(protection, allowed, False)  # the file says what is forbidden
    # A row can be deleted only where all of it is unlocked.
    rest = sheet.column_dimensions[get_column_letter(sheet.max_column + 1)]
    rest.min, rest.max = sheet.max_column + 1, _LAST_COLUMN
    rest.protection = Protection(locked=False)
