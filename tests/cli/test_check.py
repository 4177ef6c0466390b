"""`jiandang check` through its real entry point, on real files."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import xlsxwriter
import xlwt
from entry_point import jiandang as process
from entry_point import jiandang_here as jiandang

from jiandang.gates.catalogue import all_rules

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
AS_OF = ("--as-of", "2016-03-29")
VILLAGE = "320324105201"
HEADINGS = ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系"]
PEOPLE = [
    ["王庄村", f"{VILLAGE}001", "张三", "男", "320324196001010010", "户主"],
    ["王庄村", f"{VILLAGE}001", "李四", "难", "320324196203040021", "配偶"],
]


def report_of(*arguments: object) -> dict[str, Any]:
    result = jiandang("check", *arguments, *AS_OF, "--format", "json")
    assert result.stderr == ""
    report: dict[str, Any] = json.loads(result.stdout)
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, schema)
    return report


def test_the_clean_sample_passes() -> None:
    result = jiandang("check", SAMPLES / "官山镇_合格.xlsx", *AS_OF)
    assert result.returncode == 0
    assert "没有发现问题" in result.stdout
    report = report_of(SAMPLES / "官山镇_合格.xlsx")
    assert {f["severity"] for f in report["findings"]} <= {"info"}


def test_the_messy_sample_has_only_faults_of_form() -> None:
    report = report_of(SAMPLES / "官山镇_凌乱.xlsx")
    serious = {f["rule"] for f in report["findings"] if f["severity"] != "info"}
    assert serious <= {"LR007", "LR008", "LR010", "LR011"}
    assert report["summary"]["persons"] == 187


def test_the_faulty_sample_fails() -> None:
    result = process("check", SAMPLES / "官山镇_有误.xlsx", *AS_OF)
    assert result.returncode == 1
    assert "错误改正后才能上报" in result.stdout


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = (
        process("check", SAMPLES / "官山镇_有误.xlsx", *AS_OF, "--format", "json").stdout
        for _ in range(2)
    )
    assert first == second


def test_no_identity_number_in_any_output() -> None:
    """Neither whole numbers, nor what is known of damaged ones, nor phones and accounts."""
    book = openpyxl.load_workbook(SAMPLES / "官山镇_有误.xlsx")
    private = {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
        and str(sheet.cell(1, cell.column).value) in
        ("证件号码", "残疾证号", "户主证件号码", "联系电话", "银行账号", "帮扶人电话")
        and cell.row > 1
        and len(str(cell.value)) >= 11
    }  # fmt: skip
    for format_ in ("json", "console"):
        output = jiandang(
            "check", SAMPLES / "官山镇_有误.xlsx", *AS_OF, "--format", format_,
            "--max-per-rule", 0,
        ).stdout  # fmt: skip
        assert not [number for number in private if number in output]
    shown = jiandang("check", SAMPLES / "官山镇_有误.xlsx", *AS_OF, "--show-ids").stdout
    assert [number for number in private if number in shown]


def save_openpyxl(path: Path, rows: list[list[str]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def save_xlsxwriter(path: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def save_xls(path: Path, rows: list[list[str]]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("成员")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    book.save(str(path))


@pytest.mark.parametrize(
    ("name", "save"),
    [("a.xlsx", save_openpyxl), ("b.xlsx", save_xlsxwriter), ("c.xls", save_xls)],
)
def test_workbooks_of_several_writers(
    tmp_path: Path, name: str, save: Callable[[Path, list[list[str]]], None]
) -> None:
    path = tmp_path / name
    save(path, [["官山镇登记表"], HEADINGS, *PEOPLE])
    before = path.read_bytes()
    report = report_of(path, "--select", "LR006")
    (finding,) = report["findings"]
    assert (finding["cell"], finding["person"], finding["value"]) == ("D4", "李四", "难")
    (table,) = report["files"][0]["tables"]
    assert (table["heading_row"], table["rows_read"], table["rows_checked"]) == (2, 2, 2)
    assert path.read_bytes() == before


def test_a_folder_of_good_and_bad_files(tmp_path: Path) -> None:
    """A broken zip, an empty file, a locked workbook, a text: four errors; the rest is checked."""
    from msoffcrypto.format.ooxml import OOXMLFile

    good = tmp_path / "官山镇.xlsx"
    save_openpyxl(good, [HEADINGS, *PEOPLE])
    content = good.read_bytes()
    (tmp_path / "断了.xlsx").write_bytes(content[: len(content) // 2])
    (tmp_path / "空的.xlsx").write_bytes(b"")
    (tmp_path / "文字.xlsx").write_text("这不是工作簿", encoding="utf-8")
    with good.open("rb") as source, (tmp_path / "加密.xlsx").open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    result = jiandang("check", tmp_path, *AS_OF)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stdout.count("读不出来：") == 4
    report = json.loads(jiandang("check", tmp_path, *AS_OF, "--format", "json").stdout)
    codes = {Path(f["path"]).name: f["error"] and f["error"]["code"] for f in report["files"]}
    assert codes == {
        "官山镇.xlsx": None,
        "断了.xlsx": "truncated",
        "空的.xlsx": "empty_file",
        "文字.xlsx": "not_a_workbook",
        "加密.xlsx": "password",
    }
    assert [f["cell"] for f in report["findings"] if f["rule"] == "LR006"] == ["D3"]
    unlocked = jiandang("check", tmp_path / "加密.xlsx", "--password", "secret", *AS_OF)
    assert "李四" in unlocked.stdout


def test_nothing_recognised_says_what_was_found_and_expected(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    save_openpyxl(path, [["商品", "单价", "数量"], ["苹果", "3", "5"]])
    result = jiandang("check", path)
    assert result.returncode == 2
    text = result.stdout.replace("\n", "").replace(" ", "")
    assert "没有认出任何登记表" in text
    assert "商品、单价、数量" in text
    assert "户编号、姓名、性别、证件号码、与户主关系" in text


def test_a_file_without_headings_does_not_spill_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "没有表头.xlsx"
    save_openpyxl(path, PEOPLE)
    result = jiandang("check", path)
    assert result.returncode == 2
    assert "像是逐人或逐户的登记，但没有认得出的表头" in result.stdout.replace("\n", "")
    assert "320324196001010010" not in result.stdout.replace("\n", "")


def test_mapped_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    headings = [h.replace("证件号码", "证件号吗") for h in HEADINGS]
    save_openpyxl(path, [headings, *PEOPLE])
    assert "LR001" in jiandang("check", path, *AS_OF).stdout
    mapped = jiandang("check", path, *AS_OF, "--map", "证件号吗=证件号码")
    assert "LR001" not in mapped.stdout and "没有用到" not in mapped.stderr
    idle = jiandang("check", path, *AS_OF, "--map", "证件号=证件号码", "--map", "证件号吗=证件号码")
    assert "“证件号”没有用到" in idle.stderr and "“证件号吗”" not in idle.stderr
    assert idle.stdout == mapped.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "XX999"], "没有规则“XX999”"),
        (["--as-of", "昨天"], "“昨天”不是日期"),
        (["--policy", "suzhou"], "suzhou"),
        (["--map", "证件号吗"], "应写成 文件里的列名=标准列名"),
        (["--fail-on", "bad"], "没有“bad”，可选：error、warning、suspect、info、never"),
        (["--jobs", "many"], "--jobs：应为数字"),
        (["--max-per-rule", "-1"], "--max-per-rule：不能小于 0"),
        (["--policy"], "--policy 后面要有值"),
        (["--quiet=3"], "--quiet 后面不要值"),
        (["--nosuch"], "没有选项 --nosuch"),
        (["--format", "docx"], "docx"),
        (["--by", "village"], "--by：只有差异清单分县、分村、分部门，请一并写 --format list"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    result = jiandang("check", SAMPLES / "官山镇_合格.xlsx", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert "Error" not in result.stderr


def test_arguments_too_many_or_too_few() -> None:
    assert "用法不对：多了 b c\n" in jiandang("schema", "a", "b", "c").stderr
    assert "用法不对：缺少 规则代码…\n" in jiandang("explain").stderr


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [("error", 0), ("warning", 1), ("suspect", 1), ("info", 1), ("never", 0)],
)
def test_fail_on(tmp_path: Path, fail_on: str, code: int) -> None:
    """LR105 is a warning: a number whose area code no year knows."""
    path = tmp_path / "a.xlsx"
    person = ["王庄村", f"{VILLAGE}001", "张三", "男", "329924196001010011", "户主"]
    save_openpyxl(path, [HEADINGS, person])
    options = ("--select", "LR105", "--fail-on", fail_on)
    assert jiandang("check", path, *AS_OF, *options).returncode == code


def test_select_and_ignore() -> None:
    path = SAMPLES / "官山镇_有误.xlsx"
    rules = {
        f["rule"] for f in report_of(path, "--select", "LR10,SB", "--ignore", "SB0")["findings"]
    }
    assert rules
    assert all(rule.startswith("LR10") for rule in rules)


def test_what_is_cut_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    other = [*PEOPLE[1][:3], "女", PEOPLE[1][4], "远亲戚"]
    save_openpyxl(path, [HEADINGS, *(PEOPLE[1:] * 7), other])
    text = jiandang("check", path, *AS_OF, "--select", "LR006", "--max-per-rule", 1).stdout
    assert "LR006 不在代码表内（8处）" in text
    assert "D2:D8（共7处）" in text
    assert "还有 1 处没有列出" in text
    whole = jiandang("check", path, *AS_OF, "--select", "LR006", "--max-per-rule", 0).stdout
    assert [whole.count(f"!D{row} ") for row in range(2, 9)] == [1] * 7


def test_a_required_rule_that_could_not_run_is_exit_2() -> None:
    sample = SAMPLES / "官山镇_合格.xlsx"
    result = jiandang("check", sample, *AS_OF, "--require", "LR1,SB028", "--quiet")
    assert result.returncode == 2
    assert result.stderr == "--require 要求的规则没有查成：SB028：缺少名单级别（农户）\n"
    assert jiandang("check", sample, *AS_OF, "--require", "lr1，RW").returncode == 0
    left_out = jiandang("check", sample, *AS_OF, "--require", "RW001", "--ignore", "RW001")
    assert left_out.returncode == 2 and "没有选查" in left_out.stderr
    assert "没有规则" in jiandang("check", sample, "--require", "XX").stderr
    # Nothing in a register could make a rule run that the policy gives no parameter for.
    assert jiandang("check", sample, *AS_OF, "--require", "DC041").returncode == 2
    assert "DC041" not in jiandang("check", sample, *AS_OF, "--require", "DC").stderr


def test_a_county_requires_rules_in_its_policy(tmp_path: Path) -> None:
    policy = tmp_path / "县.toml"
    text = 'extends = "xuzhou-2016"\nname = "xian"\n[check]\nrequire = ["SB028"]\n'
    policy.write_text(text, encoding="utf-8")
    result = jiandang("check", SAMPLES / "官山镇_合格.xlsx", *AS_OF, "--policy", policy)
    assert result.returncode == 2 and "SB028" in result.stderr


def test_quiet_prints_the_verdict_alone() -> None:
    text = jiandang("check", SAMPLES / "官山镇_合格.xlsx", *AS_OF, "--quiet").stdout
    assert text.startswith("结论：")
    assert len(text.splitlines()) <= 3


def test_where_no_rule_ran_nothing_is_passed() -> None:
    result = jiandang(
        "check", SAMPLES / "官山镇_合格.xlsx", *AS_OF, "--select", "SJ", "--ignore", "SJ"
    )
    assert result.returncode == 2 and "没有查完，不能算通过" in result.stdout


def test_quiet_names_what_could_not_be_read_and_why(tmp_path: Path) -> None:
    (tmp_path / "坏的.xlsx").write_bytes(b"%PDF-1.4")
    result = jiandang("check", "坏的.xlsx", *AS_OF, "-q", cwd=tmp_path)
    assert result.returncode == 2
    assert "文件 坏的.xlsx 读不出来：" in result.stdout and "PDF" in result.stdout


def test_a_sheet_that_is_none_of_the_register_is_in_the_verdict(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(clean := SAMPLES / "官山镇_合格.xlsx")
    sheet = book.create_sheet("登记")
    for row in (["序", "名", "号"], [1, "王一", "x1"], [2, "王二", "x2"]):
        sheet.append(row)
    book.save(path := tmp_path / "a.xlsx")
    quiet = jiandang("check", path, *AS_OF, "--quiet").stdout.replace("\n", "")
    assert "1张工作表没有认出、没有检查" in quiet
    (file,) = report_of(path)["files"]
    assert file["unrecognised_sheets"] == ["登记"]
    assert "没有认出" not in jiandang("check", clean, *AS_OF, "--quiet").stdout


def test_a_gbk_console_does_not_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rare = ["王庄村", f"{VILLAGE}001", "张𬱟", "难", "320324196001010010", "户主"]
    save_openpyxl(path, [HEADINGS, rare])
    result = process("check", path, *AS_OF, PYTHONIOENCODING="gbk")
    assert result.returncode == 1
    assert "结论：" in result.stdout
    assert process("check", "--help", PYTHONIOENCODING="gbk").returncode == 0


def test_a_gbk_console_shows_all_that_is_said_of_itself(tmp_path: Path) -> None:
    before = ["--before", SAMPLES / "上次", "--changes", SAMPLES / "上次" / "增减表.xlsx"]
    shown = process("check", SAMPLES / "官山镇_合格.xlsx", *before, *AS_OF, PYTHONIOENCODING="gbk")
    explained = process("explain", *(rule.code for rule in all_rules()), PYTHONIOENCODING="gbk")
    assert "期初" in shown.stdout
    assert "\\u" not in shown.stdout + shown.stderr + explained.stdout


def test_output_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    path = SAMPLES / "官山镇_合格.xlsx"
    result = jiandang("check", path, *AS_OF, "--format", "json", "--output", target)
    assert result.returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))["tool"]["name"] == "jiandang"


def test_a_rule_that_fails_is_named() -> None:
    """Its failure is neither a finding nor a pass, and the exit code is 2."""
    broken = (
        "from jiandang.engine import rule\nfrom jiandang.gates import catalogue\n"
        "def fails(policy): raise RuntimeError('坏了')\n"
        "import dataclasses\n"
        "rule.REGISTRY['SB003'] = dataclasses.replace(rule.REGISTRY['SB003'], check=fails)\n"
        "from jiandang.cli import main\n"
        f"main(['check', r'{SAMPLES / '官山镇_合格.xlsx'}', '--as-of', '2016-03-29'])\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", broken],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert result.returncode == 2
    assert "SB003" in result.stdout
    assert "坏了" in result.stdout


def test_version() -> None:
    assert process("--version").stdout.startswith("jiandang ")


def test_an_empty_folder_is_no_clean_register(tmp_path: Path) -> None:
    result = jiandang("check", tmp_path)
    assert result.returncode == 2
    assert "没有找到登记表" in result.stderr


def test_machine_formats_are_utf8_on_any_console(tmp_path: Path) -> None:
    path = SAMPLES / "官山镇_合格.xlsx"
    command = [sys.executable, "-m", "jiandang", "check", str(path), *AS_OF, "--format", "json"]
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    output = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
    assert json.loads(output.decode("utf-8"))["files"][0]["path"].endswith("官山镇_合格.xlsx")


def test_several_formats_into_a_folder(tmp_path: Path) -> None:
    formats = ("json", "html", "list", "xlsx", "sarif")
    options = [option for name in formats for option in ("--format", name)]
    path = SAMPLES / "官山镇_有误.xlsx"
    result = jiandang("check", path, *AS_OF, *options, "--output", tmp_path / "结果")
    assert result.returncode == 1
    names = {file.name for file in (tmp_path / "结果").iterdir()}
    assert {"检查结果.json", "检查结果.html", "官山镇_有误.检查结果.xlsx"} <= names
    assert "结论：" not in result.stderr


def test_jobs_change_nothing(tmp_path: Path) -> None:
    for sample in ("合格", "有误", "凌乱"):
        name = f"官山镇_{sample}.xlsx"
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    one, two = (
        jiandang("check", tmp_path, *AS_OF, "--format", "json", "--jobs", jobs).stdout
        for jobs in (1, 2)
    )
    assert one == two
    assert "LR109" in one  # the same people stand in all three files


def test_context_lists_the_household() -> None:
    path = SAMPLES / "官山镇_有误.xlsx"
    text = jiandang("check", path, *AS_OF, "--select", "LR203", "--context").stdout
    assert "全户：户主 " in text


@pytest.mark.parametrize(
    ("format_", "given", "written"),
    [
        ("html", "结果", "结果.html"),
        ("html", "官山镇3.29", "官山镇3.29.html"),
        ("junit", "结果", "结果.junit.xml"),
        ("console", "结果", "结果.txt"),
        ("html", "结果.htm", "结果.htm"),
        ("html", "结果/", "结果/检查结果.html"),
    ],
)
def test_a_file_gets_the_ending_of_its_format(
    tmp_path: Path, format_: str, given: str, written: str
) -> None:
    options = ("--select", "LR103", "--format", format_, "--output", given)
    assert jiandang("check", SAMPLES / "官山镇_合格.xlsx", *options, cwd=tmp_path).returncode == 0
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [tmp_path / written]


def test_the_ending_hides_no_input(tmp_path: Path) -> None:
    """Whatever a name becomes, it is no file of the run."""
    text = "<table><tr><td>姓名</td><td>证件号码</td></tr><tr><td>张三</td><td>1</td></tr></table>"
    (own := tmp_path / "登记.html").write_text(text, encoding="utf-8")
    result = jiandang("check", own, "--format", "html", "--output", tmp_path / "登记")
    assert result.returncode == 2 and "不能写在它上面" in result.stderr
    assert own.read_text(encoding="utf-8") == text


@pytest.mark.skipif(os.name == "nt", reason="没有伪终端")
def test_a_page_never_goes_to_a_terminal(tmp_path: Path) -> None:
    import pty

    main, terminal = pty.openpty()
    options = ["--select", "LR103", "--format", "html", *AS_OF]
    sample = str(SAMPLES / "官山镇_合格.xlsx")
    command = [sys.executable, "-m", "jiandang", "check", sample, *options]
    result = subprocess.run(
        command, stdout=terminal, stderr=subprocess.PIPE, encoding="utf-8", cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=True,
    )  # fmt: skip
    os.close(terminal)
    shown = os.read(main, 10_000).decode()
    assert "结论：" in shown and "<" not in shown
    os.close(main)
    assert result.stderr == "已写出 检查结果.html\n"
    assert "<html" in (tmp_path / "检查结果.html").read_text(encoding="utf-8")
    assert "<html" in jiandang("check", sample, *options).stdout  # a pipe is no terminal


@pytest.mark.parametrize("formats", ["html", "json", "xlsx", "html,xlsx", "console"])
def test_the_verdict_is_shown_whatever_is_written_into_files(formats: str, tmp_path: Path) -> None:
    sample, folder = SAMPLES / "官山镇_有误.xlsx", tmp_path / "结果"
    told = ["--select", "LR103", *AS_OF]
    options = [part for name in formats.split(",") for part in ("--format", name)]
    result = jiandang("check", sample, *told, *options, "--output", f"{folder}/")
    assert result.returncode == 1 and "已写出" in result.stderr
    assert result.stdout.startswith("结论：")
    # What is shown itself has its verdict in it, if any, and no other.
    shown = jiandang("check", sample, *told, "--format", "json").stdout
    assert shown.startswith("{") and "结论：" not in shown


def test_a_text_whose_columns_cannot_be_told_apart_is_told_how(tmp_path: Path) -> None:
    path = tmp_path / "中文逗号.csv"
    path.write_text("户编号，姓名，性别\n320324105201001，张三，男\n", encoding="utf-8")
    result = jiandang("check", path)
    assert result.returncode == 2
    assert "要用逗号、制表符、分号或竖线隔开" in "".join(result.stdout.split())


@pytest.mark.parametrize(
    ("group", "why"), [("BD", "条：没有给名单（--with）"), ("DT", "没有给上次的登记表")]
)
def test_a_required_group_that_nothing_was_given_for(group: str, why: str) -> None:
    result = jiandang("check", SAMPLES / "官山镇_合格.xlsx", *AS_OF, "--require", group, "--quiet")
    assert result.returncode == 2
    assert why in result.stderr


def test_a_required_gate_is_said_once_and_by_its_name() -> None:
    sample = SAMPLES / "官山镇_合格.xlsx"
    result = jiandang("check", sample, *AS_OF, "--select", "LR1", "--require", "识别程序关", "-q")
    assert result.returncode == 2
    assert "没有查成：SB（36 条）：没有选查" in result.stderr
    assert "SB001" not in result.stderr
    part = jiandang("check", sample, *AS_OF, "--select", "SB", "--require", "LR1", "-q").stderr
    assert "LR101、LR102、" in part and " 等 " in part
    assert jiandang("check", sample, *AS_OF, "--require", "任务分解", "-q").returncode == 0


def test_a_required_gate_has_to_see_each_village(tmp_path: Path) -> None:
    """One village hands in the steps, the other nothing of them."""
    book = openpyxl.load_workbook(SAMPLES / "官山镇_合格.xlsx")
    sheet = book["识别程序"]
    at = [cell.value for cell in sheet[1]].index("行政村") + 1
    village = sheet.cell(2, at).value
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, at).value == village:
            sheet.delete_rows(row)
    book.save(path := tmp_path / "官山镇.xlsx")
    result = jiandang("check", path, *AS_OF, "--require", "SB", "--fail-on", "never", "-q")
    assert result.returncode == 2
    assert str(village) in result.stderr
    lists = jiandang("check", path, *AS_OF, "--require", "RW", "--fail-on", "never", "-q")
    assert lists.returncode == 0


def test_why_nothing_of_a_blank_template_is_checked(tmp_path: Path) -> None:
    jiandang("template", "空.xlsx", cwd=tmp_path)
    result = jiandang("check", "空.xlsx", *AS_OF, cwd=tmp_path)
    assert result.returncode == 2
    assert "注意：“空.xlsx”是本工具的空白表，还没有填写" in result.stdout
    save_openpyxl(tmp_path / "表头.xlsx", [HEADINGS])
    result = jiandang("check", "表头.xlsx", *AS_OF, cwd=tmp_path)
    assert "注意：“表头.xlsx”只有表头，没有一行数据" in result.stdout
