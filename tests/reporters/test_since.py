"""What is new, known and gone since an earlier report, in every format."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiandang.answers.since import EarlierReport, since
from jiandang.report.model import Report
from jiandang.reporters import FORMATS
from jiandang.reporters.writing import write

Make = Callable[..., Any]
# Of the five: two that are new, one that is as it was, and two that are gone, each in its village.
NEWS = {"H4": "新增", "H5": "新增", "H6": "原有"}
TOTALS = "上次 2016-03-20：新增 2 处，原有 1 处，消失 2 处"
GONE = ("消失：柳湾村　LR103 1 处", "消失：陈桥村　LR103 1 处")


@pytest.fixture(name="compared")
def compared_fixture(report: Make, finding: Make, sample_path: Path, tmp_path: Path) -> Report:
    """Of a file that is there: a marked copy is made of nothing else."""
    file = str(sample_path)
    known = finding("H6", file=file)
    gone = [finding("H7", village="柳湾村", file=file), finding("H8", village="陈桥村", file=file)]
    earlier = report([known, *gone], [file]).model_copy(update={"as_of": date(2016, 3, 20)})
    (path,) = write(earlier, "json", tmp_path / "上次.json")
    now = report([finding("H4", file=file), finding("H5", file=file), known], [file])
    return since(now, EarlierReport(path))


def _text(report: Report, format_: str, folder: Path) -> str:
    (path,) = write(report, format_, folder / "结果")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["markdown", "html", "junit", "github"])
def test_totals_and_what_is_gone_are_told(name: str, compared: Report, tmp_path: Path) -> None:
    text = _text(compared, name, tmp_path).replace("　", " ")
    assert TOTALS in text
    for line in GONE:
        assert line.replace("　", " ") in text


def test_the_console_tells_of_each_whether_it_is_new(compared: Report, tmp_path: Path) -> None:
    text = _text(compared, "console", tmp_path)
    assert TOTALS in text and all(line in text for line in GONE)
    assert "比上次新增2处、消失2处" in re.sub(r"\s", "", text)


def test_json_and_ndjson_have_the_numbers(compared: Report, tmp_path: Path) -> None:
    whole = json.loads(_text(compared, "json", tmp_path))
    lines = [*map(json.loads, _text(compared, "ndjson", tmp_path).splitlines())]
    record = next(line for line in lines if line["type"] != "finding" and "since" in line)
    for told in (whole["since"], record["since"]):
        assert (told["new"], told["known"], told["as_of"]) == (2, 1, "2016-03-20")
        assert told["gone"] == [
            {"village": village, "rule": "LR103", "count": 1} for village in ("柳湾村", "陈桥村")
        ]
    expected = [(cell, news == "新增") for cell, news in NEWS.items()]
    of_lines = [line for line in lines if line["type"] == "finding"]
    for findings in (whole["findings"], of_lines):
        assert [(each["cell"], each["is_new"]) for each in findings] == expected


def test_sarif_has_the_state_of_each(compared: Report, tmp_path: Path) -> None:
    (run,) = json.loads(_text(compared, "sarif", tmp_path))["runs"]
    assert [each["baselineState"] for each in run["results"]] == ["new", "new", "unchanged"]
    assert run["properties"]["since"]["gone"][0] == {
        "village": "柳湾村", "rule": "LR103", "count": 1,
    }  # fmt: skip


def test_junit_and_github_tell_of_each(compared: Report, tmp_path: Path) -> None:
    text = _text(compared, "junit", tmp_path)
    assert (text.count("　新增　证件号码"), text.count("　原有　证件号码")) == (2, 1)
    commands = [c for c in _text(compared, "github", tmp_path).splitlines() if "校验码" in c]
    assert sum("　新增" in c for c in commands) and sum("　原有" in c for c in commands) == 1


def test_what_is_new_comes_before_what_is_known(
    report: Make, finding: Make, tmp_path: Path
) -> None:
    """GitHub shows ten: those for which --fail-on-new fails must be among them."""
    rules = [f"LR{number}" for number in range(301, 313)]
    known = [finding(f"H{n}", rule=rule) for n, rule in enumerate(rules, 2)]
    (path,) = write(report(known), "json", tmp_path / "上次.json")
    new = finding("H99", rule="SJ001")
    compared = since(report([*known, new]), EarlierReport(path))
    first, *others = _text(compared, "github", tmp_path).splitlines()
    assert "H99" in first and "　新增" in first and "　原有" in others[0]
    summary = _text(compared, "markdown", tmp_path).partition("## 最先看这些")[2]
    assert "H99" in next(line for line in summary.splitlines() if "!H" in line)


def test_lists_and_copies_have_a_column(compared: Report, tmp_path: Path) -> None:
    for format_, sheet in (("list", "差异清单"), ("xlsx", "问题清单")):
        paths = write(compared, format_, tmp_path / format_)
        (path,) = (path for path in paths if path.suffix == ".xlsx")
        head, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
        told = {row[head.index("单元格")]: row[head.index("新旧")] for row in rows}
        assert told == NEWS
    with (tmp_path / "list" / "差异清单.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert {row["单元格"]: row["新旧"] for row in csv.DictReader(stream)} == NEWS
    record = (tmp_path / "list" / "差异清单.检查记录.txt").read_text(encoding="utf-8-sig")
    assert TOTALS in record and all(line in record for line in GONE)


def test_no_format_is_left_out() -> None:
    """Movement is about persons of two dates, and has no findings."""
    told = {"console", "html", "xlsx", "list", "json", "ndjson", "sarif", "junit", "github",
            "markdown", "movement"}  # fmt: skip
    assert told == set(FORMATS)
