"""`jiandang check … --before …`: what the report, the formats and the exit code come to."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import entry_point
import jsonschema
import pytest
from histories import EVENTS, History, known
from openpyxl import Workbook, load_workbook
from town import CHANGES, Row, Town

from jiandang import check, load, load_changes, load_policy
from jiandang.errors import SameFile
from jiandang.policy import Policy
from jiandang.report.model import Report
from jiandang.report.movement import MovementLine
from jiandang.report.schemas import schema_texts
from jiandang.reporters.movement_book import write_movement
from jiandang.reporters.writing import write
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings
from jiandang.run.files import find_files
from jiandang.run.load import Reading
from jiandang.run.processes import Workers

AS_OF = "2016-03-29"


def saved(path: Path, sheets: dict[str, tuple[Iterable[str], list[Row]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (headings, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([*headings])
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def saved_town(path: Path, town: Town) -> Path:
    return saved(path, {name: (town.headings[name], rows) for name, rows in town.sheets.items()})


def to_town(town: Town, code: str, name: str) -> Town:
    """The same people with the codes of another town; nobody has the number that he had."""
    old = "320324105"
    for rows in town.sheets.values():
        for row in rows:
            for heading in ("村码", "户编号", "人编号", "区划代码"):
                if isinstance(row.get(heading), str):
                    row[heading] = row[heading].replace(old, code)
            for heading in ("乡(镇)", "名称"):
                if row.get(heading) == "官山镇":
                    row[heading] = name
            for heading in ("证件号码", "户主证件号码", "残疾证号"):
                row[heading] = None
    return town


@pytest.fixture(scope="module")
def history() -> History:
    history = History(Random(7))
    for event in EVENTS * 3:
        event(history)
    return history


@pytest.fixture(scope="module")
def files(history: History, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dates")
    changes = saved(folder / "增减表.xlsx", {"增减": (CHANGES, history.now.changes)})
    return {
        "now": saved_town(folder / "2016年12月" / "官山镇.xlsx", history.now),
        "before": saved_town(folder / "2016年3月" / "官山镇.xlsx", history.before),
        "changes": changes,
    }


@pytest.fixture(scope="module")
def report(files: dict[str, Path]) -> Report:
    before, changes = load(files["before"]), load_changes(files["changes"])
    return check(load(files["now"]), as_of=AS_OF, before=before, changes=changes)


def jiandang(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return entry_point.jiandang_here("check", *arguments, "--as-of", AS_OF)


def lines_by_name(report: Report) -> dict[str, MovementLine]:
    assert report.movement is not None
    return {line.name: line for line in report.movement.lines}


def test_the_sums_of_the_town(report: Report, history: History) -> None:
    lines = lines_by_name(report)
    assert [*lines] == ["王庄村", "柳湾村", "陈桥村", "合计"]
    whole = lines["合计"].registered
    assert known(whole.opening).persons == len(history.before.sheets["成员"])
    assert known(whole.closing).persons == len(history.now.sheets["成员"])
    for reason, number in whole.increases.items():
        assert number.persons == sum(
            line.registered.increases[reason].persons
            for name, line in lines.items()
            if name != "合计" and reason in line.registered.increases
        )


def test_rules_of_two_dates_are_a_group_beside_the_gates(report: Report) -> None:
    assert [group.code for group in report.groups] == ["DT"]
    assert len(report.gates) == 5
    assert not report.groups[0].rules_failed
    assert {finding.gate for finding in report.findings} >= {"DT"}


def test_the_earlier_files_are_in_the_report_but_not_checked(report: Report) -> None:
    assert [Path(file.path).parent.name for file in report.files] == ["2016年12月"]
    assert report.summary.files == 1
    assert report.movement is not None
    assert [Path(file.path).parent.name for file in report.movement.files] == ["2016年3月"]
    assert [Path(file.path).name for file in report.movement.changes] == ["增减表.xlsx"]
    assert all(table.rows_checked for file in report.movement.files for table in file.tables)


def test_who_is_gone_is_found_in_the_earlier_file(report: Report) -> None:
    gone = [finding for finding in report.findings if finding.rule == "DT002"]
    assert gone
    assert {Path(finding.file).parent.name for finding in gone} == {"2016年3月"}


def test_the_lists_are_as_long_as_the_table_says(report: Report) -> None:
    assert report.movement is not None
    whole = lines_by_name(report)["合计"].registered
    counts = {
        kind: sum(listing.list == kind for listing in report.movement.lists)
        for kind in ("entered", "left", "corrected", "household")
    }
    assert counts["entered"] == sum(number.persons for number in whole.increases.values())
    assert counts["left"] == sum(number.persons for number in whole.decreases.values())
    assert counts["corrected"]
    changes = {x.what for x in report.movement.lists if x.list == "household"}
    assert changes >= {"分户", "户编号改变"}


def test_no_private_number_is_shown(report: Report, tmp_path: Path) -> None:
    numbers = {finding["证件号码"] for finding in Town().rows("成员")}
    for name in ("json", "html", "console", "markdown"):
        (path,) = write(report, name, tmp_path / name)
        text = path.read_text(encoding="utf-8")
        assert not any(number in text for number in numbers)
        # A masked number whose birth date stands in the same row is whole again.
    assert report.movement is not None
    for listing in report.movement.lists:
        assert "出生日期" not in listing.what or "****" not in (listing.id_number or "")


def test_json_has_a_schema(report: Report, tmp_path: Path) -> None:
    (path,) = write(report, "json", tmp_path / "报告.json")
    published: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(published, json.loads(schema_texts()["report"]))
    assert published["movement"]["lines"][-1]["level"] == "all"


def test_without_an_earlier_register_nothing_of_it_is_in_the_report(
    files: dict[str, Path], tmp_path: Path
) -> None:
    plain = check(load(files["now"]), as_of=AS_OF)
    (path,) = write(plain, "json", tmp_path / "报告.json")
    text = path.read_text(encoding="utf-8")
    assert "movement" not in text
    assert "groups" not in text
    assert '"DT' not in text


def test_the_gates_find_the_same_as_without(report: Report, files: dict[str, Path]) -> None:
    plain = check(load(files["now"]), as_of=AS_OF)
    # The files of both dates have one name: there it is told with its folder.
    found = [replace(f, file_name="") for f in report.findings if f.gate != "DT"]
    assert found == [replace(f, file_name="") for f in plain.findings]
    assert report.gates == plain.gates


def test_the_workbook_has_the_table_and_the_lists(report: Report, tmp_path: Path) -> None:
    (path,) = write_movement(report, tmp_path)
    book = load_workbook(path)
    assert book.sheetnames == [
        "增减变动表", "未脱贫", "进", "出", "更正", "户变动", "目标进度", "检查记录",
    ]  # fmt: skip
    table = book["增减变动表"]
    heading = [str(cell.value) for cell in table[1]]
    for row in table.iter_rows(min_row=2, values_only=True):
        named = dict(zip(heading, row, strict=True))
        for unit in "户人":
            own = {k[:-1]: int(str(v)) for k, v in named.items() if k[1:] and k.endswith(unit)}
            flows = {k: v for k, v in own.items() if k not in ("期初", "期末")}
            gains = sum(v for k, v in flows.items() if k.startswith("+") or k == "未注明增")
            assert own["期初"] + gains - (sum(flows.values()) - gains) == own["期末"]
    assert report.movement is not None
    entered = [each for each in report.movement.lists if each.list == "entered"]
    assert book["进"].max_row == len(entered) + 1


def test_the_workbook_is_known_as_our_own(report: Report, tmp_path: Path) -> None:
    write_movement(report, tmp_path)
    assert find_files([tmp_path]).files == []


def test_the_page_has_a_view_a_village(report: Report, tmp_path: Path) -> None:
    (path,) = write(report, "html", tmp_path / "页.html")
    page = path.read_text(encoding="utf-8")
    for village in ("王庄村", "柳湾村", "陈桥村"):
        assert f"<summary>{village}　进 " in page


def test_progress_against_the_goals(report: Report) -> None:
    assert report.movement is not None
    (county,) = report.movement.progress
    assert county.county == "睢宁县"
    assert county.leaves
    assert county.weak_villages.registered == 2
    assert county.weak_villages.income_reached == 0
    assert any(text.startswith("2019 年达标：") for text in county.outlook)
    assert any(text.startswith("2020 年巩固：") for text in county.outlook)
    assert any("退出重点县" in text for text in county.outlook)


# -- bad input ---------------------------------------------------------------------------------


def test_the_same_file_twice(files: dict[str, Path], tmp_path: Path) -> None:
    copy = tmp_path / "又一份.xlsx"
    copy.write_bytes(files["now"].read_bytes())
    result = jiandang(files["now"], "--before", copy)
    assert result.returncode == 2
    assert "两次是同一个文件（SHA-256 相同）" in result.stderr
    with pytest.raises(SameFile):
        check(load(files["now"]), before=load(copy))


def test_the_same_folder_twice(files: dict[str, Path]) -> None:
    folder = files["now"].parent
    result = jiandang(folder, "--before", folder)
    assert result.returncode == 2
    assert "没有剩下要检查的登记表：1个文件另外给出了（上一次的登记表，用来比较）" in result.stderr
    assert "两次是同一个文件，--before 后面请写上一次的登记表" in result.stderr


def test_a_folder_of_which_all_is_given_as_changes(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "增减表.xlsx").write_bytes(files["changes"].read_bytes())
    result = jiandang(tmp_path, "--before", files["before"], "--changes", tmp_path)
    assert result.returncode == 2
    assert "1个文件另外给出了（增减表，用来核对）" in result.stderr
    assert "两次是同一个文件" not in result.stderr


def test_changes_without_an_earlier_register(files: dict[str, Path]) -> None:
    result = jiandang(files["now"], "--changes", files["changes"])
    assert result.returncode == 2
    assert "--before" in result.stderr


def test_an_earlier_file_that_cannot_be_read(files: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK broken")
    result = jiandang(files["now"], "--before", broken)
    assert result.returncode == 2
    assert "上次的文件 坏.xlsx\n  读不出来" in result.stdout


def test_a_list_that_is_none(files: dict[str, Path]) -> None:
    shown = jiandang(files["now"], "--before", files["before"], "--changes", files["before"])
    assert shown.returncode == 2
    assert "没有认出增减表" in shown.stdout
    # It has not said that nobody left, as one would that was read.
    assert "警告 DT002" in shown.stdout
    assert "错误 DT002" not in shown.stdout


def changes_error(path: Path, *rows: list[Any]) -> str:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    (file,) = load_changes(path).files
    assert file.error_code == "no_changes"
    return file.error or ""


def test_sums_of_villages_are_no_list_of_changes(tmp_path: Path) -> None:
    headings: list[Any] = ["村", "期初户数", "期初人数", "出生", "死亡", "期末户数", "期末人数"]
    said = changes_error(tmp_path / "汇总.xlsx", headings, ["王庄村", 28, 72, 2, 0, 28, 74])
    assert said.startswith("这像是各村增减的合计，不是逐人的增减表")
    assert "户编号、姓名、证件号码、变动、原因、日期，一人一行" in said
    assert "与户主关系" not in said


def test_what_is_no_list_of_changes_is_told_the_columns_of_one(tmp_path: Path) -> None:
    said = changes_error(tmp_path / "表.xlsx", ["对象", "怎么了"], ["王强", "死亡"])
    assert said.startswith("没有认出增减表。第一行文字是：对象、怎么了")
    assert "变动、原因、日期" in said and "合计" not in said and "与户主关系" not in said


def test_a_list_of_changes_beside_the_earlier_register(
    files: dict[str, Path], tmp_path: Path
) -> None:
    for name in ("before", "changes"):
        (tmp_path / files[name].name).write_bytes(files[name].read_bytes())
    result = jiandang(files["now"], "--before", tmp_path, "--format", "json")
    movement = json.loads(result.stdout)["movement"]
    assert movement["remarks"] == ["上次的文件里有增减表，没有用；要用请写在 --changes 后面"]
    tables = [table["table"] for file in movement["files"] for table in file["tables"]]
    assert tables.count("changes") == 1
    opening = movement["lines"][-1]["registered"]["opening"]
    assert opening["persons"] == len(load(files["before"]).tables["member"])


def test_a_village_handed_in_once_only(history: History, tmp_path: Path) -> None:
    before, now = Town(), Town()
    for sheet in ("成员", "农户"):
        now.sheets[sheet] = now.rows(sheet, 行政村=lambda name: name != "陈桥村")
        before.sheets[sheet] = before.rows(sheet, 行政村=lambda name: name != "柳湾村")
    now.earlier = before
    report = now.report()
    lines = lines_by_name(report)
    assert lines["陈桥村"].handed_in == "before"
    assert lines["柳湾村"].handed_in == "now"
    assert lines["陈桥村"].registered.decreases == {}
    assert (lines["陈桥村"].poor.closing, lines["柳湾村"].registered.opening) == (None, None)
    assert lines["合计"].registered.opening == lines["王庄村"].registered.opening
    assert report.movement is not None
    assert report.movement.remarks == ["柳湾村上次没有交，不算增减", "陈桥村本次没有交，不算增减"]
    assert not [f for f in report.findings if f.rule in ("DT002", "DT003")]
    (path,) = write_movement(report, tmp_path)
    table = load_workbook(path).worksheets[0]
    ends = {row[2]: [*row[4:6], *row[-2:]] for row in table.iter_rows(values_only=True)}
    assert ends["陈桥村"][2:] == [None, None] and ends["柳湾村"][:2] == [None, None]
    assert None not in [*ends["陈桥村"][:2], *ends["柳湾村"][2:], *ends["王庄村"]]


def test_a_town_not_handed_in_is_named_and_its_households_are_not_gone(tmp_path: Path) -> None:
    towns = [Town(), to_town(Town(), "320324106", "高集镇")]
    for name, town in zip(("官山镇", "高集镇"), towns, strict=True):
        saved_town(tmp_path / "上次" / f"{name}.xlsx", town)
    for sheet in ("成员", "农户"):
        towns[0].sheets[sheet] = towns[0].rows(sheet, 行政村=lambda name: name != "陈桥村")
    saved_town(tmp_path / "本次" / "官山镇.xlsx", towns[0])
    reports = [by_files(tmp_path, load_policy("xuzhou-2016"), jobs) for jobs in (1, 2)]
    assert reports[0] == reports[1]
    movement = reports[0].movement
    assert movement is not None
    (line,) = [x for x in movement.lines if x.level == "town" and x.town == "高集镇"]
    assert line.handed_in == "before"
    opening = known(line.registered.opening)
    assert opening.persons == len(towns[1].sheets["成员"])
    count = f"3 个村 {opening.households} 户 {opening.persons} 人没有上报，不是减少"
    assert movement.remarks == [
        f"高集镇本次没有交：{count}，不算增减",
        "官山镇陈桥村本次没有交，不算增减",
    ]
    assert [x for x in movement.lists if x.list == "left"] == []
    assert not {f.rule for f in reports[0].findings} & {"DT002", "DT011", "DT014", "DT022"}


def test_a_village_without_codes_is_known_by_its_name() -> None:
    now, before = Town(), Town()
    for sheet in ("成员", "农户"):
        before.headings[sheet].remove("村码")
        for row in before.rows(sheet):
            row["户编号"] = row["户编号"][-6:]
            row["行政村"] = row["行政村"].removesuffix("村")
    now.earlier = before
    lines = lines_by_name(now.report())
    assert [*lines] == ["王庄村", "柳湾村", "陈桥村", "合计"]
    assert lines["合计"].registered.decreases == {}


# -- by parts ----------------------------------------------------------------------------------


def test_by_parts_it_is_what_it_is_in_one(history: History, tmp_path: Path) -> None:
    """Towns of both dates are paired; the result is one, whatever the number of processes."""
    for date, town in (("本次", history.now), ("上次", history.before)):
        saved_town(tmp_path / date / "官山镇.xlsx", town)
    now, before = to_town(Town(), "320324106", "高集镇"), to_town(Town(), "320324106", "高集镇")
    for row in before.rows("成员")[10:13]:
        row["姓名"] = "王不在"
    saved_town(tmp_path / "本次" / "高集镇.xlsx", now)
    saved_town(tmp_path / "上次" / "高集镇.xlsx", before)
    policy = load_policy("xuzhou-2016")
    reports = [by_files(tmp_path, policy, jobs) for jobs in (1, 2)]
    assert reports[0] == reports[1]
    whole = check(
        load(tmp_path / "本次"), policy, as_of=AS_OF, before=load(tmp_path / "上次")
    )  # fmt: skip
    parts = reports[0]
    assert parts.movement is not None
    assert whole.movement is not None
    assert parts.movement.lines == whole.movement.lines
    assert [*map(repr, sorted(parts.movement.lists, key=repr))] == [
        *map(repr, sorted(whole.movement.lists, key=repr))
    ]
    assert [f for f in parts.findings if f.gate == "DT" and f.rule != "DT024"] == [
        f for f in whole.findings if f.gate == "DT" and f.rule != "DT024"
    ]
    names = [line.name for line in parts.movement.lines if line.level == "town"]
    assert names == ["官山镇", "高集镇"]


@pytest.mark.parametrize("is_old_now", [False, True])
@pytest.mark.parametrize("born_after_1999", [False, True])
def test_who_moved_between_parts_with_a_number_of_fifteen(
    tmp_path: Path, is_old_now: bool, born_after_1999: bool
) -> None:
    """A number of 15 digits at one date and of 18 at the other is of one person."""
    towns = {date: (Town(), to_town(Town(), "320324106", "高集镇")) for date in ("上次", "本次")}
    here, there = towns["本次"]
    child = here.row(
        "成员", 与户主关系="之子", 出生日期=lambda day: (day.year > 1999) == born_after_1999
    )
    home = there.rows("农户")[0]
    here.sheets["成员"].remove(child)
    there.sheets["成员"].append({**there.members(home)[-1], **_personal(child), "人编号": None})
    old = (
        there.sheets["成员"][-1]
        if is_old_now
        else towns["上次"][0].row("成员", 人编号=child["人编号"])
    )
    old["证件号码"] = old["证件号码"][:6] + old["证件号码"][8:17]
    for date, pair in towns.items():
        for name, town in zip(("官山镇", "高集镇"), pair, strict=True):
            saved_town(tmp_path / date / f"{name}.xlsx", town)
    report = by_files(tmp_path, load_policy("xuzhou-2016"), 2 if is_old_now else 1)
    movement = report.movement
    assert movement is not None
    moved = [(x.list, x.what, x.town) for x in movement.lists if x.list in ("entered", "left")]
    assert moved == [("entered", "迁入", "高集镇"), ("left", "迁出", "官山镇")]


def _personal(row: Row) -> Row:
    return {k: row[k] for k in ("姓名", "性别", "证件号码", "出生日期", "与户主关系")}


def by_files(folder: Path, policy: Policy, jobs: int) -> Report:
    settings = Settings.of(policy, as_of=AS_OF, groups=["DT"])
    listed = folder / "增减表.xlsx"
    with Workers(jobs) as workers:
        return check_files(
            find_files([folder / "本次"]),
            settings,
            Reading(policy),
            workers,
            before=find_files([folder / "上次"]),
            changes=find_files([listed]) if listed.exists() else None,
        )
