"""`jiandang fix` of workbooks: what is mended and recorded, and that all else stays as it is."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill, Protection
from typer.testing import CliRunner

from jiandang import check, load, load_policy
from jiandang.cli.app import app
from jiandang.intake.columns import CellRead
from jiandang.repairs import fixing
from jiandang.repairs.book import CHANGES
from jiandang.repairs.fixing import Fix, NotFixed, plan_fix, target_of, write_fix
from jiandang.repairs.kinds import REPAIRS, Change
from jiandang.run.own_outputs import SCHEMA_NAME
from jiandang.templates.columns import columns_for
from jiandang.templates.workbook import empty_register

POLICY = load_policy("xuzhou-2016")
MEMBERS = ["户编号", "姓名", "性别", "证件号码", "与户主关系", "民族", "年龄", "医疗保险"]
ID = "320324198001010015"


def book(rows: list[list[Any]], headings: list[str] = MEMBERS) -> Workbook:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "成员"
    for row in [headings, *rows]:
        sheet.append(row)
    return made


ROWS: list[list[Any]] = [
    ["320324105201001", "张 三", "男", ID, "户主", "汉", "36", "有"],
    ["320324105201001", "李四", "女", "320324198001010023", "妻子", "汉族", 35, "是"],
]


def saved(path: Path, made: Workbook) -> Path:
    made.save(path)
    return path


def fixed(source: Path, *only: str) -> Fix:
    fix = plan_fix(source, POLICY, only)
    write_fix(fix, target_of(source), POLICY)
    return fix


def keys(path: Path) -> set[tuple[str, str, str]]:
    findings = check(load(path, POLICY), POLICY, as_of="2016-03-29").findings
    return {(f.rule, f.sheet, f.cell) for f in findings}


def test_the_copy_is_mended_and_recorded_and_the_source_untouched(tmp_path: Path) -> None:
    source = saved(tmp_path / "官山镇.xlsx", book(ROWS))
    before = source.read_bytes()
    fixed(source)
    assert source.read_bytes() == before
    copy = load_workbook(target_of(source))
    assert [cell.value for cell in copy["成员"][2]] == [
        "320324105201001", "张三", "男", ID, "户主", "汉族", 36, "是"
    ]  # fmt: skip
    record = [[cell.value for cell in row] for row in copy["修改记录"].iter_rows(min_row=3)]
    assert record == [
        ["LR010", "多余的空格、全角字符", "成员", "B2", "姓名", "张 三", "张三"],
        ["LR017", "换成规范的写法", "成员", "F2", "民族", "汉", "汉族"],
        ["LR011", "数字、日期存成文本", "成员", "G2", "年龄", "36", "36"],
        ["LR017", "换成规范的写法", "成员", "H2", "医疗保险", "有", "是"],
        ["LR017", "换成规范的写法", "成员", "E3", "与户主关系", "妻子", "配偶"],
    ]


def test_no_finding_appears_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    source = saved(tmp_path / "官山镇.xlsx", book(ROWS))
    fixed(source)
    copy = target_of(source)
    assert keys(copy) < keys(source)
    assert not plan_fix(copy, POLICY).plan.changes
    # Its sheet of changes is neither a table nor a sheet that is not recognised.
    (file,) = load(copy, POLICY).files
    assert (file.unrecognised_sheets, file.remarks) == ((), [])


def test_all_other_parts_and_cells_stay_byte_for_byte(tmp_path: Path) -> None:
    made = book(ROWS)
    made["成员"]["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    made.create_sheet("附表").append(["另一张", 1])
    source = saved(tmp_path / "官山镇.xlsx", made)
    fixed(source)
    old, new = (zipfile.ZipFile(path) for path in (source, target_of(source)))
    for name in old.namelist():
        if name not in {
            "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
            "xl/styles.xml", "xl/worksheets/sheet1.xml", "docProps/app.xml",
        }:  # fmt: skip
            assert old.read(name) == new.read(name), name
    assert "FFFF00" in load_workbook(target_of(source))["成员"]["B2"].fill.fgColor.rgb
    # Of the sheet all that differs is in the five cells.
    before, after = (each.read("xl/worksheets/sheet1.xml") for each in (old, new))
    assert len(set(before.split(b"<c ")) - set(after.split(b"<c "))) == 5


def test_dates_become_dates_in_both_calendars(tmp_path: Path) -> None:
    headings = ["户编号", "调查日期", "调查人1"]
    for epoch in (datetime(1899, 12, 30), datetime(1904, 1, 1)):
        made = book([["320324105201001", "2016.3.5", "张三"]], headings)
        made.epoch = epoch
        folder = tmp_path / str(epoch.year)
        folder.mkdir()
        source = saved(folder / "表.xlsx", made)
        fixed(source)
        own = load_workbook(target_of(source))["成员"]["B2"]
        assert own.value == datetime(2016, 3, 5)
        assert own.is_date


def test_texts_of_dates_that_may_be_partial_are_told_of_and_mended(tmp_path: Path) -> None:
    """LR011 and `fix` say the same of each; what is left is named, with what to do."""
    headings = [*MEMBERS, "出生日期"]
    texts = ["1980/1/1", "1980年1月", "1980", "3月5日", "29221", datetime(1980, 1, 1)]
    rows = [[*ROWS[0][:3], None, *ROWS[0][4:7], "是", text] for text in texts]
    source = saved(tmp_path / "表.xlsx", book(rows, headings))
    assert {cell for rule, _, cell in keys(source) if rule == "LR011"} >= {"I2", "I5", "I6"}
    plan = plan_fix(source, POLICY, ["LR011"]).plan
    assert [(c.new, c.read.row) for c in plan.changes if c.read.column == 8] == [
        (date(1980, 1, 1), 1)
    ]
    ((reason, left),) = plan.left.items()
    assert "请按原始材料改成日期" in reason and [c.read.raw for c in left] == ["3月5日", "29221"]
    assert not plan_fix(source, POLICY, ["LR010"]).plan.left
    fixed(source)
    copy = load_workbook(target_of(source))["成员"]
    assert copy["I2"].value == datetime(1980, 1, 1) and copy["I2"].is_date
    assert [copy[f"I{row}"].value for row in (3, 4, 5, 6)] == texts[1:5]
    assert ("LR011", "成员", "I2") not in keys(target_of(source))


def test_a_text_format_becomes_that_of_numbers(tmp_path: Path) -> None:
    made = book(ROWS)
    made["成员"]["G2"].number_format = "@"
    source = saved(tmp_path / "表.xlsx", made)
    fixed(source)
    own = load_workbook(target_of(source))["成员"]["G2"]
    assert (own.value, own.number_format) == (36, "General")


def left(path: Path) -> dict[str, int]:
    reasons = plan_fix(path, POLICY).plan.left.items()
    return {reason.split("，")[0]: len(changes) for reason, changes in reasons}


def test_formulas_merged_and_protected_cells_are_left_and_counted(tmp_path: Path) -> None:
    made = book([[*ROWS[0][:5], "汉", 36, "是"], ROWS[1], [*ROWS[1][:7], "有"]])
    sheet = made["成员"]
    sheet["A5"] = "320324105201002 "
    sheet.merge_cells("F2:F3")
    sheet["B2"].protection = Protection(locked=False)
    sheet.protection.sheet = True
    source = saved(tmp_path / "表.xlsx", made)
    fix = plan_fix(source, POLICY)
    assert [c.new for c in fix.plan.changes] == ["张三"]  # the one unlocked cell
    (merged,) = (own for reason, own in fix.plan.left.items() if reason.startswith("合并单元格"))
    assert [c.read.row for c in merged] == [1]
    assert left(source)["受保护的单元格"] >= 2


def test_what_was_pasted_into_a_template_is_mended(tmp_path: Path) -> None:
    """Cells pasted from another workbook bring their lock along; the template has no password."""
    made = empty_register(POLICY, 20, {"member": [{"household_id": "320324105201001"}]})
    sheet = made["成员"]
    names = [column.id for column in columns_for("member")]
    for name, value in {"name": "张三 ", "age": "36", "medical_insurance": "有"}.items():
        cell = sheet.cell(2, names.index(name) + 1, value)
        cell.protection = Protection(locked=True)
    source = saved(tmp_path / "表.xlsx", made)
    assert left(source) == {}
    fixed(source)
    mended = load_workbook(target_of(source))["成员"]
    assert [mended.cell(2, names.index(name) + 1).value for name in ("name", "age")] == ["张三", 36]
    assert mended.protection.sheet and mended.cell(1, 1).protection.locked
    # A workbook that somebody else has locked stays locked.
    del made.defined_names[SCHEMA_NAME]
    assert left(saved(tmp_path / "别的表.xlsx", made)) == {"受保护的单元格": 3}


def test_a_formula_is_left(tmp_path: Path) -> None:
    source = saved(tmp_path / "表.xlsx", book(ROWS))
    data = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = content.index(b'<c r="H2"')
                end = content.index(b"</c>", start) + 4
                formula = '<c r="H2" t="str"><f>"有"</f><v>有</v></c>'.encode()
                content = content[:start] + formula + content[end:]
            new.writestr(name, content.replace(b' fullCalcOnLoad="1"', b""))
    source.write_bytes(data.getvalue())
    # Excel is to reckon what other formulas make of the cells that change; others are told to.
    result = CliRunner().invoke(app, ["fix", str(source), "--write"], standalone_mode=False)
    assert "里面有公式：先用 Excel 或 WPS 打开、保存一次" in result.output
    with zipfile.ZipFile(target_of(source)) as copy:
        assert b'fullCalcOnLoad="1"' in copy.read("xl/workbook.xml")
    assert left(source) == {"公式": 1}
    record = load_workbook(target_of(source))[CHANGES]
    rows = record.iter_rows(values_only=True)
    (row,) = (row for row in rows if row[1] == "没有修整：公式，请改它引用的格子")
    assert row[2:4] == ("成员", "H2") and row[6] is None
    assert load_workbook(target_of(source))["成员"]["H2"].value == '="有"'


def test_what_is_no_xlsx_is_left_and_counted(tmp_path: Path) -> None:
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("成员")
    for r, row in enumerate([MEMBERS, *ROWS]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    made.save(str(tmp_path / "表.xls"))
    (reason,) = left(tmp_path / "表.xls")
    assert "不是 .xlsx" in reason
    result = CliRunner().invoke(app, ["fix", str(tmp_path / "表.xls")], standalone_mode=False)
    assert "没有修整 5 处" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["表.xls"]


def test_a_workbook_of_another_kind_is_told_what_to_do(tmp_path: Path) -> None:
    """A zip that is no .xlsx: OpenDocument."""
    made = OpenDocumentSpreadsheet()
    table = Table(name="成员")
    for row in [MEMBERS, *ROWS]:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    made.spreadsheet.addElement(table)
    made.save(str(tmp_path / "表.ods"))
    (reason,) = plan_fix(tmp_path / "表.ods", POLICY).plan.left
    assert "另存为 .xlsx" in reason


def test_an_earlier_copy_is_not_overwritten(tmp_path: Path) -> None:
    source = saved(tmp_path / "官山镇.xlsx", book(ROWS))
    target_of(source).write_text("我的", encoding="utf-8")
    with pytest.raises(NotFixed, match="没有覆盖"):
        fixed(source)
    assert target_of(source).read_text(encoding="utf-8") == "我的"


def test_nothing_is_written_where_a_finding_would_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No repair brings one about, so that a wrong one is needed to see it refused."""

    def wrong(cells: list[CellRead], only: frozenset[str]) -> list[Change]:
        return [Change(REPAIRS[0], c, "没有") for c in cells if c.of.id == "relation"]

    monkeypatch.setattr(fixing, "changes_of", wrong)
    source = saved(tmp_path / "表.xlsx", book(ROWS))
    with pytest.raises(NotFixed, match="会多出"):
        fixed(source)
    assert [p.name for p in tmp_path.iterdir()] == ["表.xlsx"]


def test_one_rule_alone_leaves_what_another_tells_of_the_same_cells(tmp_path: Path) -> None:
    """Without its blanks ` ３６` is a number stored as a text: no new fault of that column."""
    source = saved(tmp_path / "表.xlsx", book([[*ROWS[0][:6], " ３６", ROWS[0][7]], ROWS[1]]))
    assert {("LR010", "成员", "G2")} <= keys(source)
    fixed(source, "LR010")
    assert load_workbook(target_of(source))["成员"]["G2"].value == "36"
    assert ("LR011", "成员", "G2") in keys(target_of(source))


def test_by_one_rule_alone_no_finding_of_another_column_may_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(cells: list[CellRead], only: frozenset[str]) -> list[Change]:
        return [Change(REPAIRS[0], c, "男 ") for c in cells if c.of.id == "sex"]

    source = saved(tmp_path / "表.xlsx", book(ROWS))
    monkeypatch.setattr(fixing, "changes_of", wrong)
    with pytest.raises(NotFixed, match="会多出"):
        fixed(source, "LR010")


def test_old_numbers_become_new_ones_where_it_is_asked(tmp_path: Path) -> None:
    source = saved(tmp_path / "表.xlsx", book([[*ROWS[0][:3], "320324800101001", *ROWS[0][4:]]]))
    fixed(source, "LR111")
    assert ("LR111", "成员", "D2") in keys(source)
    assert keys(target_of(source)) == keys(source) - {("LR111", "成员", "D2")}


@pytest.mark.parametrize(
    ("birth", "sex", "is_mended"),
    [
        (date(1980, 1, 1), "男", True),
        ("1980-01", "男", True),
        (None, None, True),
        (date(1980, 2, 1), "男", False),
        (date(1980, 1, 1), "女", False),
    ],
)
def test_an_old_number_that_its_row_contradicts_is_left(
    birth: object, sex: object, is_mended: bool, tmp_path: Path
) -> None:
    headings = ["户编号", "姓名", "证件号码", "性别", "出生日期", "与户主关系"]
    row = ["320324105201001", "张三", "320324800101001", sex, birth, "户主"]
    source = saved(tmp_path / "表.xlsx", book([row], headings))
    plan = plan_fix(source, POLICY, ["LR111"]).plan
    assert len(plan.changes) == is_mended
    left = {why: [(each.read.row, each.read.column) for each in cells]
            for why, cells in plan.left.items()}  # fmt: skip
    why = "15位号码与登记的出生日期或性别不一致，请先按身份证核对"
    assert left == ({} if is_mended else {why: [(1, 2)]})


def test_showing_writes_nothing_and_masks(tmp_path: Path) -> None:
    source = saved(tmp_path / "表.xlsx", book([[*ROWS[0][:3], f" {ID}", *ROWS[0][4:]]]))
    result = CliRunner().invoke(app, ["fix", str(source)], standalone_mode=False)
    assert "LR011 数字、日期存成文本：1 处" in result.output
    assert "还没有写" in result.output
    assert ID not in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["表.xlsx"]


@pytest.mark.parametrize("write", [["--write"], []])
def test_where_nothing_is_to_be_mended_the_next_step_is_told(
    tmp_path: Path, write: list[str]
) -> None:
    row = ["配偶" if value == "妻子" else value for value in ROWS[1]]
    source = saved(tmp_path / "表.xlsx", book([row]))
    result = CliRunner().invoke(app, ["fix", str(source), *write], standalone_mode=False)
    assert result.return_value == 0
    said = "".join(result.output.split())
    assert (
        "没有要修整的格子" in said and "没有写表.已修整.xlsx；接着检查原表：jiandangcheck" in said
    )
    assert [p.name for p in tmp_path.iterdir()] == ["表.xlsx"]


def test_a_number_in_a_sheets_name_is_masked(tmp_path: Path) -> None:
    made = book([[*ROWS[0][:3], f" {ID}", *ROWS[0][4:]]])
    made.worksheets[0].title = f"{ID}家"
    source = saved(tmp_path / "表.xlsx", made)
    result = CliRunner().invoke(app, ["fix", str(source)], standalone_mode=False)
    assert "家!" in result.output and ID not in result.output


def test_75_texts_are_one_command(tmp_path: Path) -> None:
    headings = ["户编号", "户主姓名", "家庭人口", "工资性收入(元)"]
    rows = [[f"320324105201{n:03}", "张三", 3, "0"] for n in range(1, 76)]
    source = saved(tmp_path / "表.xlsx", book(rows, headings))
    arguments = ["fix", str(source), "--write"]
    assert CliRunner().invoke(app, arguments, standalone_mode=False).return_value == 0
    copy = load_workbook(target_of(source))
    assert [row[3].value for row in copy["成员"].iter_rows(min_row=2)] == [0] * 75


def test_the_sample_register_has_fewer_findings_afterwards(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "sample_data" / "官山镇_凌乱.xlsx"
    source = tmp_path / sample.name
    source.write_bytes(sample.read_bytes())
    fixed(source)
    before, after = (len(keys(path)) for path in (source, target_of(source)))
    assert after < before


def test_the_rules_are_those_of_the_catalogue() -> None:
    from jiandang.gates.catalogue import find_rule

    assert [find_rule(repair.rule).code for repair in REPAIRS] == [r.rule for r in REPAIRS]


@pytest.mark.parametrize("command", [["fix"], ["template", "入户表", "--from"]])
def test_no_option_is_named_that_a_command_does_not_have(
    tmp_path: Path, command: list[str]
) -> None:
    plain = io.BytesIO(saved(tmp_path / "表.xlsx", book(ROWS)).read_bytes())
    source = tmp_path / "加密.xlsx"
    with source.open("wb") as target:
        OOXMLFile(plain).encrypt("secret", target)
    result = CliRunner().invoke(app, [*command, str(source)])
    assert "去掉密码" in result.stderr and "--password" not in result.stderr


@pytest.mark.parametrize("arguments", [["--only", "LR103"], ["--write", "没有.xlsx"]])
def test_wrong_usage(tmp_path: Path, arguments: list[str]) -> None:
    source = saved(tmp_path / "表.xlsx", book(ROWS))
    given = arguments if arguments[-1].endswith("xlsx") else [str(source), *arguments]
    assert CliRunner().invoke(app, ["fix", *given]).exit_code == 2


def test_a_column_of_texts_of_which_some_cannot_be_mended(tmp_path: Path) -> None:
    """LR019 told of all of them; LR011, of what is left, is no new finding."""
    days = ["2016.3.24", "2016.3.25", "3月23日", "2016.3.26", "3月24日"]
    rows: list[list[Any]] = [
        ["王庄村", f"320324105201{n:03}", day] for n, day in enumerate(days, 1)
    ]
    source = saved(tmp_path / "表.xlsx", book(rows, ["行政村", "户编号", "调查日期"]))
    assert {"LR011", "LR019"} & {rule for rule, *_ in keys(source)} == {"LR019"}
    fixed(source)
    sheet = load_workbook(target_of(source))["成员"]
    assert sheet["C2"].value == datetime(2016, 3, 24) and sheet["C4"].value == "3月23日"
    assert "LR011" in {rule for rule, *_ in keys(target_of(source))}


def test_pieces_that_look_like_their_cell_are_plain_text(tmp_path: Path) -> None:
    """As programs save where somebody went on typing; what looks otherwise is left, with why."""
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    from jiandang import load_policy
    from jiandang.repairs.fixing import plan_fix

    same = InlineFont(
        rFont="Calibri", sz=11, charset=134, family=2, b=False, color=Color("FF000000")
    )
    red = InlineFont(rFont="Calibri", sz=11, color=Color("FFFF0000"))
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.append(["户编号", "姓名", "性别", "与户主关系"])
    written: tuple[tuple[str | TextBlock, ...], ...] = (
        ("张　", TextBlock(same, "小")),
        (TextBlock(same, "李　"), TextBlock(same, "小")),
        (TextBlock(red, "王　小"),),
        (TextBlock(same, "赵　"), TextBlock(red, "小")),
    )
    for number, pieces in enumerate(written):
        sheet.append([f"32032410520100{number}", CellRichText(*pieces), "男", "户主"])
    book.save(tmp_path / "表.xlsx")
    plan = plan_fix(tmp_path / "表.xlsx", load_policy("xuzhou-2016")).plan
    assert [change.read.raw for change in plan.changes] == ["张　小", "李　小"]
    ((_, left),) = plan.left.items()
    assert [change.read.raw for change in left] == ["王　小", "赵　小"]


def test_a_cell_of_several_fonts_is_left_alone(tmp_path: Path) -> None:
    """Written as shared text or in the cell: patched, it would lose the fonts."""
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    from jiandang import load_policy
    from jiandang.repairs.fixing import plan_fix

    book = Workbook()
    (sheet,) = book.worksheets
    sheet.append(["户编号", "姓名", "性别", "与户主关系"])
    name = CellRichText("张　", TextBlock(InlineFont(b=True), "小"))
    sheet.append(["320324105201001", name, "男", "户主"])
    sheet.append(["320324105201001", "李　小", "女", "配偶"])
    book.save(tmp_path / "表.xlsx")
    plan = plan_fix(tmp_path / "表.xlsx", load_policy("xuzhou-2016")).plan
    assert [change.read.raw for change in plan.changes] == ["李　小"]
    ((reason, left),) = plan.left.items()
    assert "字体" in reason and [change.read.raw for change in left] == ["张　小"]
