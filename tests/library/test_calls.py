"""The calls of the library: what is natural to write works, what is wrong is said in Chinese."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import jiandang
from jiandang import Severity
from jiandang.reporters import FORMATS

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "官山镇_有误.xlsx"
REGISTER = jiandang.load(SAMPLE)
BEFORE = jiandang.load(ROOT / "sample_data" / "上次" / "官山镇.xlsx")


@pytest.mark.parametrize("paths", [str(SAMPLE), SAMPLE, [str(SAMPLE)], (SAMPLE,)], ids=repr)
def test_one_path_or_several(paths: str | Path | list[str]) -> None:
    register = jiandang.load(paths)
    assert [file.path for file in register.files] == [SAMPLE]


@pytest.mark.parametrize(
    "paths", [5, [5], None, [None], b"x", [b"x"], {"a": "x"}, [["x"]], StringIO(), REGISTER]
)
def test_what_is_no_path_is_refused(paths: object) -> None:
    with pytest.raises(jiandang.InvalidPath, match="应给出文件或文件夹的路径"):
        jiandang.load(paths)  # type: ignore[arg-type]


def test_a_name_that_was_never_filled_in_is_not_the_whole_folder() -> None:
    for paths in ("", ["", str(SAMPLE)]):
        with pytest.raises(jiandang.InvalidPath, match="路径是空的；要用当前文件夹"):
            jiandang.load(paths)
    for call in (jiandang.load, jiandang.load_changes):
        with pytest.raises(jiandang.InvalidPath, match="空字符"):
            call("官山镇\0.xlsx")


def test_paths_however_they_are_given() -> None:
    for paths in ({SAMPLE}, (path for path in [SAMPLE]), SAMPLE.parent.glob("*有误.xlsx")):
        assert [file.path for file in jiandang.load(paths).files] == [SAMPLE]


def test_a_list_of_changes_that_is_not_there() -> None:
    (file,) = jiandang.load_changes(ROOT / "没有.xlsx").files
    assert (file.error_code, str(file.error)[:5]) == ("not_found", "找不到文件")


REPORT = jiandang.check(REGISTER, select="SB")
ANY: Any = "官山镇.xlsx"  # in place of what a call takes
NO: Any = "no"  # is true


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: jiandang.check(ANY), "第一个参数应是 jiandang.load 读出来的登记表"),
        (lambda: jiandang.check(REGISTER, before=ANY), "before 应是 jiandang.load"),
        (lambda: jiandang.check(REGISTER, changes=ANY), "changes 应是 jiandang.load"),
        (lambda: jiandang.check(REGISTER, None), "policy 应是内置政策的名称"),  # type: ignore[arg-type]
        (lambda: jiandang.load(SAMPLE, {"a": 1}), "现在是 dict"),  # type: ignore[arg-type]
        (lambda: jiandang.load(SAMPLE, ""), "现在是 空的"),
        (lambda: jiandang.load_policy(None), "现在是 NoneType"),  # type: ignore[arg-type]
        (lambda: jiandang.load_policy(["xuzhou-2016"]), "现在是 list"),  # type: ignore[arg-type]
        (lambda: jiandang.check(REGISTER, changes=BEFORE), "请同时用 before"),
        (lambda: jiandang.check(REGISTER, show_ids=NO), "show_ids 应是 True 或 False"),
        (lambda: jiandang.check(REGISTER, context=NO), "context 应是 True 或 False"),
        (lambda: jiandang.check(REGISTER, evidence=NO), "evidence 应是 True 或 False"),
        (lambda: jiandang.load(SAMPLE, password=5), "password 应是文字"),  # type: ignore[arg-type]
        (lambda: jiandang.load(SAMPLE, progress=ANY), "progress 应是函数"),
        (lambda: jiandang.load(SAMPLE, ask_password=ANY), "ask_password 应是函数"),
        (lambda: jiandang.load(SAMPLE, headings={5: "证件号码"}), "应是文字"),  # type: ignore[dict-item]
        (lambda: jiandang.load(SAMPLE, headings={"证号": None}), "应是文字"),  # type: ignore[dict-item]
        (lambda: jiandang.write(REPORT, ["html"], "x"), "没有“['html']”这种格式"),  # type: ignore[arg-type]
        (lambda: jiandang.write(REPORT, "html", None), "现在是 NoneType"),  # type: ignore[arg-type]
        (lambda: jiandang.write(REPORT, "html", StringIO()), "StringIO"),  # type: ignore[arg-type]
        (lambda: jiandang.write(REPORT, "html", b"x"), "现在是 bytes"),  # type: ignore[arg-type]
        (lambda: jiandang.write(REPORT, "html", ""), "给出的路径是空的"),
        (lambda: jiandang.write(REPORT, "html", "a\0"), "空字符"),
        (lambda: jiandang.write(REPORT, "movement", "x"), "用 before 给出上一次的登记表"),
        (lambda: jiandang.write(REPORT, "list", "x", by=["all"]), "by 应是 str，现在是 list"),
        (lambda: jiandang.write(REPORT, "console", "x", max_per_rule="3"), "max_per_rule 应是 int"),
        (lambda: jiandang.write(REPORT, "xlsx", "x", password=5), "password 应是 str | None"),
        (lambda: jiandang.check(REGISTER, select=5), "规则应写成文字"),  # type: ignore[arg-type]
        (lambda: jiandang.check(REGISTER, ignore=[5]), "规则应写成文字"),  # type: ignore[list-item]
        (lambda: jiandang.load(SAMPLE, jobs=-1), "jobs 应是进程数"),
        (lambda: jiandang.load(SAMPLE, headings={"证号": "证件号玛"}), "是不是“证件号”？"),
        (lambda: jiandang.load_changes(SAMPLE, headings={"证号": "x"}), "没有标准列名“x”"),
        (lambda: jiandang.load(SAMPLE, headings=ANY), "headings 应写成"),
        (lambda: jiandang.write(ANY, "html", "x.html"), "应是 jiandang.check 的结果"),
        (lambda: jiandang.write(REPORT, "list", "x", by="town"), "没有“town”这种分法，可选：all"),
        (lambda: jiandang.write(REPORT, "list", "x", bye="village"), "没有 bye 这个选项，可选：by"),
        (lambda: jiandang.write(REPORT, "json", "x", by="village"), "json 格式没有 by 这个选项"),
        (lambda: jiandang.write(REPORT, "list", "x.xlsx"), "请给文件夹"),
    ],
)  # fmt: skip
def test_what_a_call_does_not_take_is_refused(call: Callable[[], object], said: str) -> None:
    with pytest.raises(jiandang.JiandangError, match=re.escape(said)):
        call()


def test_the_marked_copy_under_a_name(tmp_path: Path) -> None:
    named = tmp_path / "新文件夹" / "给王庄村.xlsx"
    assert jiandang.write(REPORT, "xlsx", named) == [named] and named.is_file()
    # A folder may be called so too.
    folder = tmp_path / "旧.xlsx"
    folder.mkdir()
    assert [path.parent for path in jiandang.write(REPORT, "xlsx", folder)] == [folder]


def test_a_register_says_how_much_it_holds_and_of_nobody() -> None:
    assert repr(REGISTER).startswith("Register(files=1, member=189, household=76,")
    assert len(repr(REGISTER)) < 200


def test_a_policy_by_default_by_name_or_loaded() -> None:
    as_of = date(2016, 3, 29)
    reports = [
        jiandang.check(REGISTER, as_of=as_of),
        jiandang.check(REGISTER, "xuzhou-2016", as_of=as_of),
        jiandang.check(REGISTER, jiandang.load_policy("xuzhou-2016"), as_of=as_of),
    ]
    assert reports[0] == reports[1] == reports[2]
    with pytest.raises(jiandang.PolicyError, match="没有名为“nowhere”的政策"):
        jiandang.check(REGISTER, "nowhere")
    with pytest.raises(jiandang.PolicyError, match="没有名为“nowhere”的政策"):
        jiandang.load(SAMPLE, "nowhere")


@pytest.mark.parametrize("as_of", ["2016-03-29", date(2016, 3, 29), datetime(2016, 3, 29, 9, 30)])
def test_a_day_however_it_is_given(as_of: str | date) -> None:
    assert jiandang.check(REGISTER, as_of=as_of, select="SJ").as_of == date(2016, 3, 29)


@pytest.mark.parametrize("as_of", ["昨天", "2016-02-30", "", 20160329, np.datetime64("2016-03-29")])
def test_what_is_no_day_is_refused(as_of: str) -> None:
    with pytest.raises(jiandang.InvalidDate, match="应写成 2016-03-29"):
        jiandang.check(REGISTER, as_of=as_of)


def test_one_code_is_one_code() -> None:
    one, listed = (jiandang.check(REGISTER, select=codes) for codes in ("SB", ["SB"]))
    assert one == listed
    assert {finding.gate for finding in one.findings} == {"SB"}
    without = jiandang.check(REGISTER, ignore="SB")
    assert "SB" not in {finding.gate for finding in without.findings}
    with pytest.raises(jiandang.UnknownRule, match="没有规则“LR99X”。相近的有"):
        jiandang.check(REGISTER, select="LR99X")


@pytest.mark.parametrize(
    "error",
    [jiandang.PolicyError, jiandang.UnknownRule, jiandang.UnknownFormat, jiandang.InvalidDate],
)
def test_errors_have_one_base_and_are_value_errors(error: type[Exception]) -> None:
    assert issubclass(error, jiandang.JiandangError) and issubclass(error, ValueError)


@cache
def of_two_dates() -> jiandang.Report:
    return jiandang.check(REGISTER, as_of="2016-03-29", before=BEFORE)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_written(format_: str, tmp_path: Path) -> None:
    written = jiandang.write(report := of_two_dates(), format_, tmp_path)
    assert written and all(path.parent == tmp_path and path.stat().st_size for path in written)
    if FORMATS[format_].is_text:
        named = tmp_path / "新文件夹" / "结果.x"
        assert jiandang.write(report, format_, str(named)) == [named]
        assert named.read_bytes() == written[0].read_bytes()


@pytest.mark.parametrize("name", ["官山镇.xlsx", "上次.xlsx", "符号.json", "硬链接.json"])
def test_no_report_takes_the_place_of_what_was_read(name: str, tmp_path: Path) -> None:
    now, before = tmp_path / "官山镇.xlsx", tmp_path / "上次.xlsx"
    now.write_bytes(SAMPLE.read_bytes())
    before.write_bytes((ROOT / "sample_data" / "上次" / "官山镇.xlsx").read_bytes())
    (tmp_path / "符号.json").symlink_to(now)
    (tmp_path / "硬链接.json").hardlink_to(now)
    register, earlier = jiandang.load(now), jiandang.load(before)
    report = jiandang.check(register, as_of="2016-03-29", before=earlier, select=["SB", "DT"])
    whole = {path: path.read_bytes() for path in (now, before)}
    for format_ in FORMATS:
        with pytest.raises(jiandang.InvalidArgument):
            jiandang.write(report, format_, tmp_path / name)
    assert whole == {path: path.read_bytes() for path in whole}


@pytest.mark.parametrize("name", ["别的表.csv", "别的表.html", "设置.toml", "别的表.xlsx"])
def test_no_report_takes_the_place_of_somebodys_file(tmp_path: Path, name: str) -> None:
    """One that this tool has not written; its own report may be written anew."""
    other = tmp_path / name
    other.write_text("户编号,姓名\n1,张三\n", encoding="utf-8")
    with pytest.raises(jiandang.InvalidArgument, match="不是本工具的报告"):
        jiandang.write(REPORT, "html", other)
    assert other.read_text(encoding="utf-8") == "户编号,姓名\n1,张三\n"
    own = tmp_path / "检查结果.html"
    assert jiandang.write(REPORT, "html", own) == jiandang.write(REPORT, "html", own) == [own]


@pytest.mark.parametrize("name", ["差异清单.xlsx", "差异清单/差异清单.某村.xlsx"])
def test_no_list_moves_what_was_read(tmp_path: Path, name: str) -> None:
    """Nor is it kept under another name: the register is where its owner has put it."""
    (now := tmp_path / name).parent.mkdir(exist_ok=True)
    now.write_bytes(SAMPLE.read_bytes())
    report = jiandang.check(jiandang.load(now), as_of="2016-03-29")
    with pytest.raises(jiandang.InvalidArgument):
        jiandang.write(report, "list", tmp_path)
    assert now.read_bytes() == SAMPLE.read_bytes()


def test_a_register_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    """The report does not say what somebody's number in its name is."""
    source = tmp_path / "320324198001010015.xlsx"
    source.write_bytes(SAMPLE.read_bytes())
    report = jiandang.check(jiandang.load(source), as_of="2016-03-29")
    with pytest.raises(jiandang.InvalidArgument, match="请换一个文件名"):
        jiandang.write(report, "json", source)
    assert source.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "movement"])
def test_a_folder_that_is_not_there_yet(format_: str, tmp_path: Path) -> None:
    """By its separator; else it is a file, which gets the ending of its format."""
    folder = tmp_path / "结果"
    written = jiandang.write(REPORT, format_, f"{folder}/")
    assert {path.parent for path in written} == {folder}
    if FORMATS[format_].is_text:
        named = jiandang.write(REPORT, format_, tmp_path / "三月")
        assert named == [tmp_path / f"三月{FORMATS[format_].ending}"]
        assert jiandang.write(REPORT, format_, tmp_path / "三月.out") == [tmp_path / "三月.out"]


def test_a_name_that_no_folder_has(tmp_path: Path) -> None:
    for format_ in ("list", "xlsx"):
        with pytest.raises(jiandang.InvalidArgument, match=f"{format_} 格式请给文件夹"):
            jiandang.write(REPORT, format_, tmp_path / "结果.json")
    (tmp_path / "结果").write_text("别的", encoding="utf-8")
    with pytest.raises(jiandang.InvalidArgument, match="请给文件夹"):
        jiandang.write(REPORT, "list", tmp_path / "结果")


def test_severities_are_ordered_by_what_they_mean() -> None:
    error, warning, suspect, info = Severity
    assert sorted(Severity) == [info, suspect, warning, error]
    assert warning >= "warning" and not warning > Severity.WARNING
    assert suspect < warning and suspect <= warning and error > info
    assert Severity("错误") is error
    with pytest.raises(ValueError, match="没有“致命”这种程度，可选：error（错误）"):
        Severity("致命")


def test_findings_from_a_severity_however_it_is_given() -> None:
    assert REPORT.has_findings_from("error") == REPORT.has_findings_from(Severity.ERROR)
    for given in ("致命", None, 3):
        with pytest.raises(jiandang.InvalidArgument, match="这种程度"):
            REPORT.has_findings_from(given)  # type: ignore[arg-type]


def test_a_register_and_a_report_show_how_much_they_hold(tmp_path: Path) -> None:
    register = jiandang.load(tmp_path / "没有.xlsx")
    assert repr(register).startswith("Register(files=1, unreadable=1, member=0")
    assert register != jiandang.load(tmp_path / "没有.xlsx")
    report = repr(jiandang.check(register, as_of="2016-03-29"))
    assert report.startswith("Report(as_of='2016-03-29', files=1, unreadable=1, ")


def test_a_format_that_is_not_known() -> None:
    report = jiandang.check(REGISTER, select="SB")
    with pytest.raises(jiandang.UnknownFormat, match="没有“pdf”这种格式，可选：console"):
        jiandang.write(report, "pdf", "x")


def test_all_that_is_exported_is_there() -> None:
    assert dir(jiandang) == sorted(jiandang.__all__)
    assert all(getattr(jiandang, name) is not None for name in jiandang.__all__)
    assert (Path(jiandang.__file__).parent / "py.typed").exists()


SCRIPT = """
import jiandang

def main():
    register = jiandang.load([{files}], jobs=2)
    print(register.tables["member"].height)

{call}
"""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("main()", "请把这些语句放进函数 main() 里"),
        ("if True:\n    main()", "请把这些语句放进函数 main() 里"),
        ('if __name__ == "__main__":\n    main()', None),
        ('if "__main__" == __name__:\n    main()', None),
    ],
)
def test_processes_of_a_script_without_a_guard(call: str, said: str | None, tmp_path: Path) -> None:
    files = ", ".join(repr(str(SAMPLE.with_name(f"官山镇_{s}.xlsx"))) for s in ("合格", "有误"))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(files=files, call=call), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)], capture_output=True, encoding="utf-8"
    )
    if said is None:
        assert (run.returncode, run.stdout.strip()) == (0, "376"), run.stderr
    else:
        assert run.returncode == 1
        assert run.stderr.count("Traceback") == 1 and said in run.stderr
        assert "jiandang.errors.MissingMainGuard: " in run.stderr


def test_processes_of_a_script_from_standard_input() -> None:
    """The processes would look for a file `<stdin>`, and every register be unreadable."""
    files = ", ".join(repr(str(SAMPLE.with_name(f"官山镇_{s}.xlsx"))) for s in ("合格", "有误"))
    run = subprocess.run(
        [sys.executable, "-X", "utf8"],
        input=SCRIPT.format(files=files, call="main()"),
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 1
    assert run.stderr.count("Traceback") == 1 and "请先存成文件再运行" in run.stderr


@pytest.mark.parametrize("path", ["长" * 300 + ".json", "官山镇_合格.xlsx/报告.json"])
def test_what_cannot_be_written_is_said_in_chinese(tmp_path: Path, path: str) -> None:
    (tmp_path / "官山镇_合格.xlsx").write_text("x", encoding="utf-8")
    report = jiandang.check(jiandang.load([]))
    with pytest.raises(OSError, match=r"写不进去|文件名过长") as caught:
        jiandang.write(report, "json", tmp_path / path)
    assert isinstance(caught.value, jiandang.CannotWrite)


def test_findings_can_be_put_into_sets() -> None:
    report, again = (jiandang.check(REGISTER, as_of="2016-03-29") for _ in range(2))
    assert len({*report.findings, *again.findings}) == len(report.findings) > 70
