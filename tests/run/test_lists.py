"""A run with lists: the samples' known hits, parts and processes, bad input, and what is hidden."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import entry_point
import openpyxl
import pytest

import jiandang
from jiandang.report.model import Report

SAMPLES = Path(__file__).parents[2] / "sample_data"
TOWN, LISTS = SAMPLES / "官山镇_合格.xlsx", SAMPLES / "名单"
Rows = list[list[Any]]


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return entry_point.jiandang_here("check", *arguments, "--as-of", "2016-03-29")


def report_of(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--format", "json").stdout)


@pytest.fixture(scope="module")
def compared() -> Report:
    register = jiandang.load(TOWN)
    return jiandang.check(register, as_of=date(2016, 3, 29), lists=LISTS)


@pytest.fixture
def book(tmp_path: Path) -> Callable[[str, Rows], Path]:
    def write(name: str, rows: Rows) -> Path:
        made = openpyxl.Workbook()
        assert made.active is not None
        for row in rows:
            made.active.append([*row])
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made.save(path)
        return path

    return write


def test_every_planted_hit_is_found_and_no_chance_pair(compared: Report) -> None:
    with (SAMPLES / "名单.hits.csv").open(encoding="utf-8-sig") as file:
        planted = {(row["rule"], row["household"], row["list"]) for row in csv.DictReader(file)}
    found = {
        (f.rule, f.household, f.list_name)
        for f in compared.findings
        if f.gate == "BD" and f.household
    }
    assert found == planted


def test_the_report_names_the_lists(compared: Report) -> None:
    by_name = {each.name: each for each in compared.lists}
    cars, posts = by_name["车管所2016-02-15.xlsx"], by_name["编办实名制.xlsx"]
    assert (cars.kind, cars.department, cars.date) == ("车辆", "公安交管", "2016-02-15")
    assert (cars.rows_read, cars.numbers) == (64, 64)
    assert (cars.hits, cars.matched, cars.households) == (4, 3, 3)
    assert (posts.numbers, posts.matched) == (0, 0)
    assert posts.namesakes > 0
    assert [len(each.sha256 or "") for each in compared.lists] == [64] * 5
    assert [gate.code for gate in compared.gates] == ["RW", "SB", "DC", "LR", "SJ"]
    assert [group.code for group in compared.groups] == ["BD"]


def test_rows_that_are_not_compared_are_shown_with_reasons(
    book: Callable[[str, Rows], Path],
) -> None:
    rows: Rows = [["姓名", "身份证号码", "低保证号", "低保类别"]]
    rows += [["张三", "32032419800101001", "1", "A"], ["李四", "不详", "2", "A"]]
    rows += [["王五", "320324198202020012", "3", "B"], ["合计", 3, None, None]]
    path = book("低保2016-02-20.xlsx", rows)
    (found,) = report_of(TOWN, "--with", path)["lists"]
    left = {"号码不全或不对": 1, "没有号码": 1}
    assert (found["rows_used"], found["rows_left"], found["rows_beside"]) == (1, left, {"合计": 1})
    assert found["rows_read"] == found["rows_used"] + sum(left.values())
    said = "数据 3 行 = 可比对 1 + 没有比对 2（号码不全或不对 1、没有号码 1）；合计 1 行"
    assert said in run(TOWN, "--with", path, "--format", "markdown").stdout


def test_nothing_is_told_of_people_in_no_register(compared: Report, tmp_path: Path) -> None:
    register = jiandang.load(TOWN)
    members = [*register.members()]
    own = {member.name for member in members} | {member.id_number for member in members}
    others: set[str] = set()
    for path in LISTS.glob("*.xlsx"):
        for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True):  # type: ignore[union-attr]
            others.update(cell for cell in row if isinstance(cell, str) and cell[:15].isdigit())
    strangers = {number for number in others if number[:18] not in own and len(number) >= 18}
    assert len(strangers) > 100
    result = run(
        TOWN, "--with", LISTS, "--show-ids", "--debug", "--output", tmp_path / "out",
        *(f"--format={name}" for name in ("json", "html", "console", "list", "xlsx")),
    )  # fmt: skip
    written = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    texts = [(result.stdout + result.stderr).encode(), *written]
    assert not [number for number in strangers if any(number.encode() in text for text in texts)]


def test_masked_as_everywhere(compared: Report) -> None:
    said = [f.message for f in compared.findings]
    numbers = [member.id_number for member in jiandang.load(TOWN).members()]
    assert not [text for text in said for number in numbers if number and number in text]


def test_a_list_that_cannot_be_read_is_named_with_its_number_hidden(tmp_path: Path) -> None:
    path = tmp_path / "名单320324198001010016.xlsx"
    path.write_text("x", encoding="utf-8")
    (told,) = report_of(TOWN, "--with", path)["lists"]
    assert told["error"] and told["name"] == "名单320324********0016.xlsx"
    shown = run(TOWN, "--with", path).stdout
    assert "名单320324********0016.xlsx" in shown and "320324198001010016" not in shown


def test_gates_are_left_out_by_select() -> None:
    report = report_of(TOWN, "--with", LISTS, "--select", "BD")
    assert {finding["gate"] for finding in report["findings"]} == {"BD"}
    assert not any(gate["rules_run"] for gate in report["gates"])


def test_a_list_that_is_not_there_leaves_its_rules_unchecked(compared: Report) -> None:
    reasons = {each.rule: each.reason for each in compared.groups[0].rules_not_checked}
    assert reasons["BD131"] == "缺少学籍名单"
    assert reasons["BD121"].startswith("名单没有覆盖")


def test_without_a_list_nothing_is_said_of_lists() -> None:
    report = report_of(TOWN)
    assert "groups" not in report
    assert "lists" not in report
    assert not any("evidence" in finding for finding in report["findings"])


def test_select_bd_without_a_list_is_no_check() -> None:
    assert run(TOWN, "--select", "BD").returncode == 2


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """The town, and another one with the same people's households under other codes."""
    folder = tmp_path / "上报"
    folder.mkdir()
    shutil.copy(TOWN, folder / "a.xlsx")
    made = openpyxl.load_workbook(TOWN)
    for sheet in made:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    text = cell.value.replace("320324105", "320324106").replace("官山镇", "古邳镇")
                    if len(text) == 18 and text.startswith("320324"):
                        text = f"{text[:10]}1231{text[14:]}"
                    cell.value = text
    made.save(folder / "b.xlsx")
    return folder


def test_processes_make_no_difference(towns: Path) -> None:
    one, two = (
        run(towns, "--with", LISTS, "--format", "json", "--jobs", jobs).stdout for jobs in (1, 2)
    )
    assert one == two
    found = [f for f in json.loads(one)["findings"] if f["gate"] == "BD" and f.get("household")]
    alone = [f for f in report_of(TOWN, "--with", LISTS)["findings"] if f["gate"] == "BD"]
    same = [f for f in found if f["town"] == "官山镇"]
    assert [f["message"] for f in same] == [f["message"] for f in alone if f.get("household")]


def test_the_description_beside_a_list(book: Callable[[str, Rows], Path]) -> None:
    member = next(m for m in jiandang.load(TOWN).members() if m.name)
    rows: Rows = [["姓名", "身份证号", "金额"], [member.name, member.id_number, 310]]
    path = book("名单/0220.xlsx", rows)
    assert run(TOWN, "--with", path).returncode == 2
    (path.parent / "名单.toml").write_text(
        '["0220.xlsx"]\nkind = "低保"\ndate = 2016-02-20\ndepartment = "官山镇民政办"\n',
        encoding="utf-8",
    )
    assert "没有用到" not in run(TOWN, "--with", path).stderr
    with (path.parent / "名单.toml").open("a", encoding="utf-8") as stream:
        stream.write('["0221.xlsx"]\nkind = "低保"\n')
    assert "“0221.xlsx”没有用到" in run(TOWN, "--with", path).stderr
    (found,) = report_of(TOWN, "--with", path.parent)["lists"]
    assert (found["kind"], found["date"]) == ("低保", "2016-02-20")
    assert (found["department"], found["matched"]) == ("官山镇民政办", 1)


@pytest.mark.parametrize(
    "text", ['["0220.xlsx"]\nkind = "车"\n', '["0220.xlsx"]\nsort = "低保"\n', "kind ="]
)
def test_a_wrong_description_is_named(book: Callable[[str, Rows], Path], text: str) -> None:
    path = book("名单/0220.xlsx", [["姓名", "身份证号"]])
    (path.parent / "名单.toml").write_text(text, encoding="utf-8")
    result = run(TOWN, "--with", path.parent)
    assert result.returncode == 2
    assert "名单.toml" in result.stderr


def test_the_kind_in_front_of_the_file(book: Callable[[str, Rows], Path]) -> None:
    member = next(m for m in jiandang.load(TOWN).members() if m.name)
    path = book("0220.xlsx", [["姓名", "身份证号"], [member.name, member.id_number]])
    (found,) = report_of(TOWN, "--with", f"特困={path}")["lists"]
    assert (found["kind"], found["matched"]) == ("特困", 1)
    assert "没有“车子”这种名单" in run(TOWN, "--with", f"车子={path}").stderr


@pytest.mark.parametrize("is_first", [True, False])
def test_a_kind_that_is_named_holds_also_in_a_folder(
    book: Callable[[str, Rows], Path], is_first: bool
) -> None:
    """In whatever order folder and file are given; what another file is, is told as ever."""
    member = next(m for m in jiandang.load(TOWN).members() if m.name)
    path = book("名单/0220.xlsx", [["姓名", "身份证号"], [member.name, member.id_number]])
    book("名单/低保.xlsx", [["姓名", "身份证号", "低保证号"], [member.name, member.id_number, 1]])
    named, folder = ("--with", f"特困={path}"), ("--with", path.parent)
    given = (*named, *folder) if is_first else (*folder, *named)
    lists = report_of(TOWN, *given)["lists"]
    assert {(Path(each["path"]).name, each["kind"]) for each in lists} == {
        ("0220.xlsx", "特困"), ("低保.xlsx", "低保"),
    }  # fmt: skip
    twice = run(TOWN, *given, "--with", f"低保={path}")
    assert (twice.returncode, "写了两种：特困、低保" in twice.stderr) == (2, True)


def test_the_register_itself_is_no_list() -> None:
    result = run(TOWN, "--with", SAMPLES / "官山镇_有误.xlsx")
    assert result.returncode == 2
    assert "是登记表，不是名单" in result.stdout


def test_nor_is_any_of_its_sheets_where_it_is_called_one() -> None:
    (found,) = report_of(TOWN, "--with", f"低保={SAMPLES / '官山镇_有误.xlsx'}")["lists"]
    assert (found["sheet"], bool(found["sha256"])) == ("", True)
    assert found["error"]["message"].endswith("是登记表，不是名单；比较两次登记用 --before")


def test_what_is_no_list_stops_no_other(
    book: Callable[[str, Rows], Path], tmp_path: Path, compared: Report
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    unknown = book("0220.xlsx", [["姓名", "身份证号"], ["某人", "320324198001010016"]])
    given = ("--with", LISTS, "--with", broken, "--with", unknown, "--with", TOWN)
    result = run(TOWN, *given, "--format", "json")
    assert result.returncode == 2
    report = json.loads(result.stdout)
    errors = {each["name"]: each["error"]["message"] for each in report["lists"] if each["error"]}
    assert errors.keys() == {broken.name, unknown.name, TOWN.name}
    assert "请写明种类，例如 低保=0220.xlsx" in errors[unknown.name]
    read = [each["name"] for each in report["lists"] if not each["error"]]
    assert read == [each.name for each in compared.lists]
    found = [f["fingerprint"] for f in report["findings"]]
    assert found == [f.fingerprint for f in compared.findings]


def put_cars_beside(path: Path) -> None:
    """A second sheet, on which a member of the town has a car."""
    made = openpyxl.load_workbook(path)
    member = next(m for m in jiandang.load(TOWN).members() if m.name)
    cars = made.create_sheet("车辆")
    cars.append(["机动车所有人", "身份证明号码", "号牌号码", "车辆类型"])
    cars.append([member.name, member.id_number, "苏C12345", "小型轿车"])
    made.save(path)


def test_an_unknown_sheet_stops_no_other_of_its_file(book: Callable[[str, Rows], Path]) -> None:
    path = book("名单.xlsx", [["姓名", "身份证号"], ["某人", "320324195001010016"]])
    put_cars_beside(path)
    result = run(TOWN, "--with", path, "--format", "json")
    assert result.returncode == 2
    unread, read = json.loads(result.stdout)["lists"]
    assert unread["name"] == "名单.xlsx" and unread["error"]["code"] == "unknown_kind"
    assert (read["name"], read["matched"]) == ("名单.xlsx!车辆", 1)


COVERS: list[Rows] = [
    [["填表说明"], ["一人一行"]],
    [["睢宁县车辆管理所"], [], ["单位", "车管所"], ["联系人", "某某"], ["日期", "2016-02-20"]],
]


@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_beside_a_list_is_passed_over(
    book: Callable[[str, Rows], Path], cover: Rows
) -> None:
    path = book("名单.xlsx", cover)
    put_cars_beside(path)
    result = run(TOWN, "--with", path, "--fail-on", "never", "--format", "json")
    assert result.returncode == 0
    (read,) = json.loads(result.stdout)["lists"]
    assert (read["matched"], read["sheets_left"]) == (1, ["Sheet"])
    shown = run(TOWN, "--with", path, "--fail-on", "never").stdout
    assert "文件里没有表格、没有读的工作表：Sheet" in shown


@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_alone_is_no_list(book: Callable[[str, Rows], Path], cover: Rows) -> None:
    result = run(TOWN, "--with", book("封面.xlsx", cover), "--format", "json")
    assert result.returncode == 2
    (unread,) = json.loads(result.stdout)["lists"]
    assert unread["error"]["code"] == "unknown_kind"


def test_no_list_can_be_used(book: Callable[[str, Rows], Path]) -> None:
    path = book("编制.xlsx", [["姓名", "在编类型", "个人身份"], ["某人", "事业", "干部"]])
    assert run(TOWN, "--with", path).returncode == 2


def test_rules_do_not_run_on_a_list_that_cannot_be_used(book: Callable[[str, Rows], Path]) -> None:
    headings = ["姓名", "身份证号码", "死亡日期"]
    path = book("死亡.xlsx", [headings, ["某人", "3.20324E+17", "2015-06-01"]])
    report = report_of(TOWN, "--with", path, "--select", "BD")
    assert run(TOWN, "--with", path).returncode == 2
    (read,), (group,) = report["lists"], report["groups"]
    assert (read["usable"], read["numbers_damaged"]) == (False, 1)
    reasons = {each["rule"]: each["reason"] for each in group["rules_not_checked"]}
    assert reasons["BD141"] == "缺少能用的死亡名单、火化名单、迁出名单、户籍名单"
    assert reasons["BD002"] == "缺少能用的名单"
    assert reasons["BD104"] == "缺少低保名单 或 特困名单"
    assert reasons["BD101"] == "缺少低保名单"
    cars = book("车辆.xlsx", [["车主", "身份证明号码", "车型"], ["某人", "3.20324E+17", "轿车"]])
    both = report_of(TOWN, "--with", path, "--with", LISTS, "--with", cars, "--select", "BD")
    reasons = {e["rule"]: e["reason"] for e in both["groups"][0]["rules_not_checked"]}
    assert reasons.keys().isdisjoint({"BD141", "BD161", "BD002"})


def test_columns_of_a_list_that_nothing_reads_are_named(
    book: Callable[[str, Rows], Path], tmp_path: Path
) -> None:
    headings = ["车主", "身份证明号码", "车辆类型", "号牌号码", "使用单位", "320324198001010016"]
    path = book("车辆.xlsx", [headings, ["某人", "320324198001010016", "轿车", "苏C1", "", ""]])
    formats = ("--format=json", "--format=console", "--format=markdown", "--format=html")
    run(TOWN, "--with", path, *formats, "--select", "BD", "--output", tmp_path / "out")
    texts = {p.suffix: p.read_text(encoding="utf-8") for p in (tmp_path / "out").iterdir()}
    named = ["使用单位", "320324********0016"]
    assert json.loads(texts[".json"])["lists"][0]["columns_unread"] == named
    for text in (texts[".txt"], texts[".md"], texts[".html"]):
        assert "没有认出、没有用到的列：使用单位、320324" in text
        assert "19800101" not in text


def test_a_list_of_another_county_says_so(book: Callable[[str, Rows], Path]) -> None:
    from generators.people import with_check

    people = [
        [f"某{n}", with_check(f"110101{1950 + n % 50}0102{n % 999:03}"), "小型轿车", f"京A{n}"]
        for n in range(1000)
    ]
    path = book("车辆.xlsx", [["车主", "身份证明号码", "车辆类型", "号牌号码"], *people])
    said = [f["message"] for f in report_of(TOWN, "--with", path)["findings"]]
    assert any("与登记表没有一个相同的人，可能是别的县的名单" in text for text in said)


def test_lists_by_department(tmp_path: Path) -> None:
    run(TOWN, "--with", LISTS, "--format", "list", "--by", "department", "--output", tmp_path)
    names = {path.name for path in (tmp_path / "差异清单").glob("*.csv")}
    assert {"差异清单_民政.csv", "差异清单_残联.csv", "差异清单_公安交管.csv"} <= names
    text = (tmp_path / "差异清单" / "差异清单_残联.csv").read_text(encoding="utf-8-sig")
    rows = [*csv.DictReader(text.splitlines())]
    assert {row["名单"] for row in rows} == {"残联持证名单.xlsx"}
    assert [row["村"] for row in rows] == sorted(row["村"] for row in rows)


def test_the_page_can_be_filtered_by_list(tmp_path: Path) -> None:
    run(TOWN, "--with", LISTS, "--format", "html", "--output", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<select name="list">' in page
    assert '"lists":["","' in page
    assert "查实的占一成多到四成" in page


def test_the_marked_copy_marks_the_cells_of_the_register(tmp_path: Path, compared: Report) -> None:
    run(TOWN, "--with", LISTS, "--select", "BD", "--format", "xlsx", "--output", tmp_path)
    (path,) = tmp_path.glob("*.xlsx")
    sheet = openpyxl.load_workbook(path)["成员"]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    wanted = {f.cell for f in compared.findings if f.gate == "BD" and f.sheet == "成员"}
    assert marked == wanted


def test_what_is_found_in_a_list_stands_in_one_copy(tmp_path: Path, compared: Report) -> None:
    """Else a warning about a list could not be answered in a copy, and its counts were others."""
    (folder := tmp_path / "上报").mkdir()
    shutil.copy(TOWN, folder / "一.xlsx")
    shutil.copy(SAMPLES / "官山镇_有误.xlsx", folder / "二.xlsx")
    run(
        folder, "--with", LISTS, "--select", "BD", "--format", "xlsx", "--output", tmp_path / "副本"
    )
    of_lists = [f.rule for f in compared.findings if f.sheet == "名单"]
    assert of_lists == ["BD001", "BD004"]
    for name, expected in (("一", of_lists), ("二", [])):
        book = openpyxl.load_workbook(tmp_path / "副本" / f"{name}.检查结果.xlsx")
        head, *rows = book["问题清单"].iter_rows(values_only=True)
        rules = [str(row[head.index("规则")])[:5] for row in rows]
        assert [rule for rule in rules if rule in of_lists] == expected
        front = [str(row[0]) for row in book["检查结果"].iter_rows(values_only=True)]
        said = [text for text in front if "不在本表里的：编办实名制.xlsx 里 2 处" in text]
        assert len(said) == bool(expected)


@pytest.mark.parametrize(
    ("hides", "counts"),
    [
        (lambda name: name, (1, 0)),
        (lambda name: f"{name[0]}*{name[2:]}", (0, 1)),
        (lambda name: f"王*{name[2:]}", (0, 0)),
    ],
)
def test_a_number_of_which_most_is_hidden(
    book: Callable[[str, Rows], Path], hides: Callable[[str], str], counts: tuple[int, int]
) -> None:
    """In the last row of a list, where notes stand too."""
    member = next(m for m in jiandang.load(TOWN).members() if m.name and m.name[0] != "王")
    number = f"{(member.id_number or '')[:4]}**********{(member.id_number or '')[-4:]}"
    headings = ["姓名", "身份证号码", "低保证号", "保障人数"]
    path = book("低保20160220.xlsx", [headings, [hides(member.name or ""), number, "1", 1]])
    (read,) = report_of(TOWN, "--with", path)["lists"]
    assert (read["rows_read"], read["numbers_masked"]) == (1, 1)
    assert (read["near"], read["ambiguous"]) == counts


def test_a_list_of_headings_alone_says_so(book: Callable[[str, Rows], Path]) -> None:
    path = book("残疾.xlsx", [["姓名", "残疾证号", "残疾类别", "残疾等级"]])
    found = report_of(TOWN, "--with", path, "--with", LISTS)["findings"]
    said = [f["message"] for f in found if f["rule"] == "BD001"]
    assert any("“残疾.xlsx”只有表头，没有一行数据" in text for text in said)


def test_how_many_are_listed_and_not_registered_is_said_of_the_village(
    book: Callable[[str, Rows], Path],
) -> None:
    listed = ["某某", "320324195001010018", "320324000000", "王庄村"]
    path = book("低保.xlsx", [["姓名", "身份证号码", "低保证号", "村名"], listed])
    (told,) = (
        each
        for each in report_of(TOWN, "--with", path, "--select", "BD104")["findings"]
        if each["rule"] == "BD104"
    )
    assert (told["village"], told["cell"][1:]) == ("王庄村", "2")
    assert not any(told.get(key) for key in ("household", "person", "head"))


def test_lists_of_one_name_are_told_apart(book: Callable[[str, Rows], Path]) -> None:
    rows: Rows = [["姓名", "身份证号", "救助金额"], ["张三", "320324197001011232", 300]]
    for folder in ("民政", "人社"):
        rows = [rows[0], ["张三", "320324197001011232", 300 + len(rows)], *rows[1:]]
        lists = book(f"名单/{folder}/低保名册.xlsx", rows).parents[1]
    report = report_of(TOWN, "--with", lists)
    assert [each["name"] for each in report["lists"]] == [
        "人社/低保名册.xlsx",
        "民政/低保名册.xlsx",
    ]


def test_what_is_no_table_among_lists_is_named(book: Callable[[str, Rows], Path]) -> None:
    rows: Rows = [["姓名", "身份证号码", "低保证号", "低保类别"]]
    path = book("名单/低保2016-02-20.xlsx", [*rows, ["张三", "320324198001010012", "1", "A"]])
    (path.parent / "残联.docx").write_bytes(b"x")
    report = report_of(TOWN, "--with", path.parent)
    passed = [(Path(each["path"]).name, each["reason"]) for each in report["passed_over"]]
    assert passed == [("残联.docx", "扩展名“.docx”不是表格")]
    assert [each["name"] for each in report["lists"]] == [path.name]
    assert "残联.docx" in run(TOWN, "--with", path.parent).stdout


def test_of_two_copies_of_a_list_one_is_read(book: Callable[[str, Rows], Path]) -> None:
    rows: Rows = [["姓名", "身份证号码", "低保证号", "低保类别"]]
    path = book("名单/低保2016-02-20.xlsx", [*rows, ["张三", "320324198001010012", "1", "A"]])
    shutil.copy(path, path.with_name("低保副本.xlsx"))
    report = report_of(TOWN, "--with", path.parent)
    (passed,) = report["passed_over"]
    assert passed["reason"] == "和“低保2016-02-20.xlsx”的内容完全相同，只读一份"
    assert [each["name"] for each in report["lists"]] == [path.name]


def test_who_owns_with_somebody_is_not_named(book: Callable[[str, Rows], Path]) -> None:
    register = jiandang.load(TOWN)
    name, number = register.tables["member"].select("name", "id_number").row(0)
    row = [name, number, "睢宁县幸福花园3幢", "住宅", "与戚酉乾共同共有", "2010-05-06"]
    headings = ["权利人", "身份证号", "坐落", "用途", "取得方式", "登记日"]
    path = book("不动产20160220.xlsx", [headings, row])
    report = jiandang.check(register, as_of=date(2016, 3, 29), lists=path, select=["BD171"])
    (doubt,) = report.findings
    assert "共有" in doubt.message and "戚酉乾" not in doubt.message


def test_a_cadre_in_the_hukou_is_not_named(book: Callable[[str, Rows], Path]) -> None:
    register = jiandang.load(TOWN)
    name, number = register.tables["member"].select("name", "id_number").row(0)
    cadre, other = f"{name[0]}戚某", "320324196503024152"
    cadres = book("村干部20160220.xlsx", [["姓名", "身份证号码", "村名", "职务"],
                                          [cadre, other, "下邳村", "村主任"]])  # fmt: skip
    options: dict[str, Any] = {"as_of": date(2016, 3, 29), "select": ["BD156"]}
    alone = jiandang.check(register, lists=cadres, **options)
    assert not alone.findings and [g.rules_run for g in alone.gates if g.rules_run] == []
    hukou = book("户籍20160220.xlsx", [["公民身份号码", "姓名", "户号"],
                                       [number, name, "9001"], [other, cadre, "9001"]])  # fmt: skip
    report = jiandang.check(register, lists=[cadres, hukou], **options)
    (doubt,) = report.findings
    assert "同一户口、同姓" in doubt.message and "村主任" in doubt.message
    assert cadre not in report.model_dump_json() and other not in report.model_dump_json()
