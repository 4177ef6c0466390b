"""The empty register: what it has, that it has no findings, and what its checks let through."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from jiandang import check, load, load_policy
from jiandang.cli.app import app
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.heading_rows import read_heading
from jiandang.intake.stacks import stacks_of
from jiandang.register.code_cells import ManyCodes
from jiandang.register.partial_date import PartialDate
from jiandang.register.tables import COLUMNS, MODELS
from jiandang.run.own_outputs import SCHEMA_NAME
from jiandang.templates.columns import columns_for, heading_of
from jiandang.templates.making import NotMade, make_register
from jiandang.templates.saving import save
from jiandang.templates.workbook import CODES, empty_register

TITLES = {table: model.title for table, model in MODELS.items()}

POLICY = load_policy("xuzhou-2016")
SAMPLES = Path(__file__).parents[2] / "sample_data"
AS_OF = "2016-03-29"
# Functions of Excel 2007 and before.
OLD_FUNCTIONS = {
    "ABS", "AND", "COUNTIF", "DATE", "FIND", "IF", "IFERROR", "INT", "ISNUMBER", "ISTEXT", "LEFT",
    "LEN", "MATCH", "MAX", "MID", "MIN", "MOD", "N", "NOT", "OR", "SUBSTITUTE", "SUM",
    "SUMPRODUCT", "TEXT", "TODAY", "UPPER",
}  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "官山镇.xlsx"
    save(empty_register(POLICY, 2_000), path)
    return path


@pytest.fixture(scope="module")
def book(template: Path) -> Workbook:
    return load_workbook(template)


def found(path: Path) -> list[tuple[str, str, str, str]]:
    findings = check(load(path, POLICY), POLICY, as_of=AS_OF).findings
    return [(f.rule, f.sheet, f.cell, f.message) for f in findings]


def test_the_empty_template_yields_no_finding(template: Path) -> None:
    assert found(template) == []
    (file,) = load(template, POLICY).files
    assert (file.error, file.remarks, file.unrecognised_sheets) == (None, [], ())


def test_with_places_it_yields_none_either(tmp_path: Path) -> None:
    target = tmp_path / "空.xlsx"
    arguments = ["template", str(target), "--places", str(SAMPLES / "官山镇_合格.xlsx")]
    assert CliRunner().invoke(app, arguments, standalone_mode=False).return_value == 0
    assert found(target) == []
    rows = list(load_workbook(target)["农户"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 76  # as planned
    assert rows[0][:6] == (
        "睢宁县", "官山镇", "王庄村", None, "320324105201", "320324105201001"
    )  # fmt: skip
    # What is filled in beforehand is text, and all of the allocation table.
    assert load_workbook(target)["农户"]["F2"].number_format == "@"
    assert load_workbook(target)["任务分解"].max_row == 6


def test_the_six_tables_are_there_with_all_columns_of_the_models(book: Workbook) -> None:
    assert book.sheetnames == [*TITLES.values(), CODES]
    for table, title in TITLES.items():
        texts = [str(cell.value) for cell in book[title][1]]
        assert texts == [heading_of(column) for column in columns_for(table)]
        assert not any(text.count("(") > 1 for text in texts)
        # Each heading, with its unit and mark, is read as its own column.
        heading = read_heading(stacks_of([texts], [], 0, 0), Vocabulary(), 0, 0)
        assert heading.table == table
        assert [m.column for m in heading.columns] == [c.id for c in columns_for(table)]


def test_what_is_left_out_are_the_columns_of_other_forms() -> None:
    left = {
        column.heading
        for table, columns in COLUMNS.items()
        if table in MODELS
        for column in columns.values()
        if column not in columns_for(table)
    }
    assert left == {
        "省、市、县、乡、村", "调查人", "家庭总收入(元)", "种植业(元)", "养殖业(元)", "务工(元)",
        "低保五保养老收入(元)", "补贴性收入(元)", "其他收入(元)",
    }  # fmt: skip


def test_required_columns_are_bold_and_marked(book: Workbook) -> None:
    for table, title in TITLES.items():
        for column, cell in zip(columns_for(table), book[title][1], strict=True):
            assert cell.font.b is column.required
            assert str(cell.value).startswith("*") is column.required


def test_numbers_of_people_and_accounts_are_text(book: Workbook) -> None:
    for table, title in TITLES.items():
        for number, column in enumerate(columns_for(table), 1):
            own = book[title].column_dimensions[get_column_letter(number)]
            if column.cell.secret or column.cell.name == "编码":
                assert own.number_format == "@", column.heading
            assert own.protection.locked is False


def test_headings_and_codes_are_locked_without_a_password(book: Workbook) -> None:
    for sheet in book:
        assert sheet.protection.sheet and sheet.protection.password is None
        assert all(cell.protection.locked for cell in sheet[1])
    for title in TITLES.values():
        protection = book[title].protection
        assert not any((protection.sort, protection.autoFilter, protection.insertRows))


def test_entry_checks_keep_to_the_limits_of_excel(book: Workbook) -> None:
    for title in TITLES.values():
        checks = book[title].data_validations.dataValidation
        assert len(checks) == len(book[title][1])
        for own in checks:
            assert len(own.promptTitle) <= 32 and 0 < len(own.prompt) <= 255
            assert len(own.errorTitle or "") <= 32 and len(own.error or "") <= 224
            assert len(own.formula1 or "") <= 255
            assert str(own.sqref).endswith("2001")
            if own.type == "list":
                assert own.formula1 in book.defined_names


def test_only_a_birth_date_is_compared_with_the_number(book: Workbook) -> None:
    said = {
        str(own.promptTitle)
        for title in TITLES.values()
        for own in book[title].data_validations.dataValidation
        if "应与身份证号一致" in str(own.error)
    }
    assert said == {"出生日期", "性别"}


def test_what_may_be_right_is_warned_of_and_not_refused(book: Workbook) -> None:
    warned = {
        c.cell.name
        for table, title in TITLES.items()
        for c, own in zip(
            columns_for(table), book[title].data_validations.dataValidation, strict=True
        )
        if own.errorStyle == "warning" and c.id != "household_id"
        and not isinstance(c.cell, ManyCodes)
    }  # fmt: skip
    assert warned == {"日期", "日期或年月", "电话", "银行账号", "年份"}  # 达标年度


def formulas(book: Workbook) -> list[str]:
    found = []
    for title in TITLES.values():
        sheet = book[title]
        found += [v.formula1 for v in sheet.data_validations.dataValidation if v.formula1]
        for rules in sheet.conditional_formatting:
            found += [text for rule in rules.rules for text in rule.formula]
    return found


def test_formulas_need_no_newer_function_and_no_constant_array(book: Workbook) -> None:
    for formula in formulas(book):
        bare = re.sub('"[^"]*"', '""', formula)
        assert set(re.findall(r"([A-Z]+)\(", bare)) <= OLD_FUNCTIONS
        assert "{" not in bare


def test_what_is_pasted_over_is_coloured_one_range_a_column(book: Workbook) -> None:
    for title in TITLES.values():
        ranges = [str(rules.sqref) for rules in book[title].conditional_formatting]
        assert len(ranges) == len({own.split(":")[0] for own in ranges})
        checks = book[title].data_validations.dataValidation
        assert set(ranges) == {str(own.sqref) for own in checks if own.showErrorMessage}


def test_the_version_is_in_a_hidden_name(book: Workbook) -> None:
    name = book.defined_names[SCHEMA_NAME]
    assert name.hidden and "jiandang" in name.attr_text


def test_the_same_file_every_time(tmp_path: Path, template: Path) -> None:
    save(empty_register(POLICY, 2_000), tmp_path / "表.xlsx")
    assert (tmp_path / "表.xlsx").read_bytes() == template.read_bytes()


def test_the_sample_is_accepted_as_it_is(tmp_path: Path) -> None:
    """The clean sample, copied into the template, has no finding there either."""
    path = tmp_path / "官山镇.xlsx"
    filled = {}
    register = load(SAMPLES / "官山镇_合格.xlsx", POLICY)
    for table, own in {
        "member": register.members(), "household": register.households(),
        "allocation": register.allocations(), "procedure": register.procedures(),
        "survey": register.surveys(), "village": register.villages(),
    }.items():  # fmt: skip
        filled[table] = [{n: as_cell(v) for n, v in row.model_dump().items()} for row in own]
    save(empty_register(POLICY, 2_000, filled), path)
    # A figure that is told only where the members name no county.
    assert {rule for rule, *_ in found(path)} <= {"LR123"}


def as_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, PartialDate) and value.day is not None:
        return value.first  # a whole day as a date: as a text LR019 tells of it
    return value if isinstance(value, (int, float, date, type(None))) else str(value)


def test_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotMade, match="没有文件夹"):
        make_register(tmp_path / "没有" / "空白.xlsx", POLICY, 20, None)
    assert not (tmp_path / "没有").exists()
