"""The empty register: what it has, that it has no findings, and what its checks let through."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filling import rows
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from jiandang import check, load, load_policy
from jiandang.cli.app import app
from jiandang.intake.headings import read_heading
from jiandang.intake.stacks import stacks_of
from jiandang.intake.vocabulary import Vocabulary
from jiandang.register.code_cells import ManyCodes
from jiandang.register.partial_date import PartialDate
from jiandang.register.resident_id import check_character
from jiandang.register.tables import COLUMNS, MODELS
from jiandang.run.own_outputs import SCHEMA_NAME
from jiandang.templates.checks import WHOLES
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
    "AND", "COUNTIF", "DATE", "FIND", "IFERROR", "INT", "ISERROR", "ISNUMBER", "ISTEXT", "LEFT",
    "LEN", "MID", "MOD", "NOT", "OR", "RIGHT", "SUBSTITUTE", "SUMPRODUCT", "TEXT", "UPPER",
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
        if "出生日期应与" in str(own.error)
    }
    assert said == {"出生日期"}


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
    assert warned == {"日期", "日期或年月", "电话", "银行账号"}


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["表.csv"], "应是 .xlsx"),
        (["表.xlsx", "--places", "没有.xlsx"], "没有文件"),
        (["入户表", "--places", str(SAMPLES / "官山镇_合格.xlsx")], "不能一起用"),
        (["表.xlsx", "--rows", "0"], "--rows"),
    ],
)
def test_wrong_usage(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from jiandang.cli import main

    with pytest.raises(SystemExit) as exit_, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        main(["template", *arguments])
    assert exit_.value.code == 2
    assert said in capsys.readouterr().err


# -- what is accepted has no error of form -------------------------------------------------------

CODE = "320324105201001"
# What can be seen in a cell, or in a row, and the checks of entry see to.
OF_FORM = {
    "LR001", "LR002", "LR003", "LR005", "LR006", "LR007", "LR010", "LR011", "LR012", "LR013",
    "LR016", "LR017", "LR101", "LR102", "LR103", "LR104", "LR106", "LR113",
}  # fmt: skip


@st.composite
def accepted(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Rows of all tables with cells that the checks accept, any of them empty."""
    tables = {}
    for table in TITLES:
        row = draw(rows(table, household_id=CODE) if "household_id" in COLUMNS[table]
                   else rows(table))  # fmt: skip
        for part, whole in WHOLES.items():
            if row.get(part) is not None and row.get(whole) is not None:
                row[part] = min(row[part], row[whole])
        number = row.get("id_number")
        if table == "member" and number:
            row["sex"] = "男" if int(number[16]) % 2 else "女"
            row["birth_date"] = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        tables[table] = [{n: v for n, v in row.items() if n in names_of(table)}]
    return tables


def names_of(table: str) -> set[str]:
    return {column.id for column in columns_for(table)}


@settings(max_examples=25)
@given(accepted())
def test_what_the_checks_accept_has_no_error_of_form(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, list[dict[str, Any]]]
) -> None:
    path = tmp_path_factory.mktemp("filled") / "官山镇.xlsx"
    save(empty_register(POLICY, 20, tables), path)
    report = check(load(path, POLICY), POLICY, as_of=AS_OF)
    wrong = [f for f in report.findings if f.rule in OF_FORM]
    assert [(f.rule, f.sheet, f.cell, f.message) for f in wrong] == []


# -- what the checks let through, as LibreOffice reckons ----------------------------------------

ID = "32032419800101001" + check_character("32032419800101001")
WOMAN = "32032419800101002" + check_character("32032419800101002")
WRONG = ID[:-1] + ("0" if ID[-1] != "0" else "1")
NO_DAY = "32032419800230001" + check_character("32032419800230001")
# sheet, column, the row's cells by column, whether the entry may stand
TYPED: list[tuple[str, str, dict[str, Any], bool]] = [
    ("member", "id_number", {"id_number": ID}, True),
    ("member", "id_number", {"id_number": ID.lower()}, True),
    ("member", "id_number", {"id_number": WRONG}, False),
    ("member", "id_number", {"id_number": NO_DAY}, False),
    ("member", "id_number", {"id_number": ID[:-1]}, False),
    ("member", "id_number", {"id_number": f"{ID}43"}, True),  # a disability card
    ("member", "disability_card", {"disability_card": f"{ID}43"}, True),
    ("member", "disability_card", {"disability_card": f"{ID}93"}, False),
    ("member", "sex", {"sex": "男", "id_number": ID}, True),
    ("member", "sex", {"sex": "女", "id_number": ID}, False),
    ("member", "sex", {"sex": "女", "id_number": WOMAN}, True),
    ("member", "sex", {"sex": "男性"}, False),
    ("member", "birth_date", {"birth_date": date(1980, 1, 1), "id_number": ID}, True),
    ("member", "birth_date", {"birth_date": date(1980, 1, 2), "id_number": ID}, False),
    ("member", "relation", {"relation": "之子"}, True),
    ("member", "relation", {"relation": "长子"}, False),
    ("member", "work_months", {"work_months": 12}, True),
    ("member", "work_months", {"work_months": 13}, False),
    ("member", "work_months", {"work_months": 1.5}, False),
    ("member", "work_months", {"work_months": "全年"}, False),
    ("member", "health", {"health": "长期慢性病、残疾"}, True),
    ("member", "health", {"health": "残"}, False),
    ("household", "dibao_money", {"dibao_money": 100, "transfer": 100}, True),
    ("household", "dibao_money", {"dibao_money": 101, "transfer": 100}, False),
    ("household", "labour_count", {"labour_count": 4, "size": 3}, False),
    ("household", "household_id", {"household_id": "320324105201001"}, True),
    ("household", "household_id", {"household_id": "3203241052O1001"}, False),
    ("household", "household_id", {"household_id": "+32032410520100"}, False),
    ("household", "household_id", {"household_id": "(3203241052010)"}, False),
    ("household", "household_id", {"household_id": "３２０３２４１０５２０１００１"}, False),
    ("household", "identified", {"identified": date(2016, 3, 5)}, True),
    ("household", "identified", {"identified": 2016}, False),  # a day of 1905
    ("household", "account", {"account": "622848031856478%"}, False),
    ("household", "account", {"account": "6228480318564789"}, True),
    ("household", "account", {"account": "622848"}, False),
    ("household", "account", {"account": 6228480318564789}, False),  # its last digit is lost
    ("household", "household_id", {"household_id": 3203241052010012}, False),
    ("household", "household_id", {"household_id": 320324105201001}, True),
    ("household", "identified", {"identified": 42434.5}, False),  # noon
    ("household", "phone", {"phone": "12345678901"}, False),
    ("household", "phone", {"phone": "13912345678"}, True),
    ("household", "phone", {"phone": "0516-83612345"}, True),
    ("household", "phone", {"phone": "1391234567"}, False),
    ("household", "toilet", {"toilet": "否"}, True),
    ("household", "toilet", {"toilet": "没有"}, False),
    ("procedure", "applied", {"applied": POLICY.start}, True),
    ("procedure", "applied", {"applied": date(2014, 1, 1)}, False),
    ("procedure", "applied", {"applied": "2016.3.1"}, False),
    ("village", "village_code", {"village_code": "320324105201"}, True),
    ("village", "village_code", {"village_code": "320324105"}, False),
    ("village", "village_code", {"village_code": " 32032410520"}, False),
    ("village", "village_code", {"village_code": "-32032410520"}, False),
    ("allocation", "code", {"code": "320324105"}, True),
    ("allocation", "code", {"code": "3203241"}, False),
]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it_and_reckons_as_the_checks_say(tmp_path: Path, book: Workbook) -> None:
    """Typed, opened and recalculated there: each check, as a formula beside what is typed."""
    made = empty_register(POLICY, len(TYPED) + 1)
    for row, (table, column, cells, _) in enumerate(TYPED, 2):
        sheet, names = made[TITLES[table]], [c.id for c in columns_for(table)]
        for name, value in cells.items():
            sheet.cell(row, names.index(name) + 1, value)
        formula = formula_of(book[TITLES[table]], names.index(column))
        own = re.sub(r"(?<=[A-Z])2(?![0-9])", str(row), formula)
        sheet.cell(row, len(names) + 2, f"={own}")
    made.save(tmp_path / "表.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
         str(tmp_path / "表.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    reckoned = load_workbook(tmp_path / "out" / "表.xlsx", data_only=True)
    wrong = []
    for row, (table, column, cells, may_stand) in enumerate(TYPED, 2):
        said = reckoned[TITLES[table]].cell(row, len(columns_for(table)) + 2).value
        if said is may_stand:  # the colour's formula: true where it is wrong
            wrong.append((column, cells, said))
    assert wrong == []
    # What it saved again still has the lists, the checks and the colours.
    again = load_workbook(tmp_path / "out" / "表.xlsx")
    assert len(again["成员"].data_validations.dataValidation) > 20
    assert len(list(again["成员"].conditional_formatting)) > 20
    assert load(tmp_path / "out" / "表.xlsx", POLICY).files[0].error is None


def test_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotMade, match="没有文件夹"):
        make_register(tmp_path / "没有" / "空白.xlsx", POLICY, 20, None)
    assert not (tmp_path / "没有").exists()


def formula_of(sheet: Any, place: int) -> str:
    """The formula of the colour of a column: it is the entry check's, turned round."""
    letter = sheet.cell(1, place + 1).column_letter
    for rules in sheet.conditional_formatting:
        if str(rules.sqref).startswith(f"{letter}2:"):
            return str(rules.rules[0].formula[0])
    raise AssertionError(letter)
