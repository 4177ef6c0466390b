"""All formats come from the same Report: they agree with it in order and in counts."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

import openpyxl
import pytest

from jiandang.report.model import Report
from jiandang.reporters import FORMATS
from jiandang.reporters.listing import write_listing
from jiandang.reporters.marked import write_marked_copies
from jiandang.reporters.record import finding_record

Written = dict[str, str]


@pytest.fixture(scope="module")
def written(sample_report: Report) -> Written:
    """The sample's report in all text formats."""

    def text(write: Callable[[Report, TextIO], None]) -> str:
        stream = io.StringIO()
        write(sample_report, stream)
        return stream.getvalue()

    return {name: text(f.writer) for name, f in FORMATS.items() if f.is_text}


def _places(report: Report) -> list[str]:
    return [f"{f.rule} {f.sheet}!{f.cell}" for f in report.findings]


def test_the_sample_has_findings_to_compare(sample_report: Report) -> None:
    assert len(sample_report.findings) > 5


def test_json_and_ndjson(sample_report: Report, written: Written) -> None:
    findings = [finding_record(f) for f in sample_report.findings]
    assert json.loads(written["json"])["findings"] == findings
    run, *lines = [json.loads(line) for line in written["ndjson"].splitlines()]
    assert run["type"] == "run"
    assert [{k: v for k, v in line.items() if k != "type"} for line in lines] == findings


def test_sarif(sample_report: Report, written: Written) -> None:
    results = json.loads(written["sarif"])["runs"][0]["results"]
    names = [
        f"{r['ruleId']} {r['locations'][0]['logicalLocations'][0]['fullyQualifiedName']}"
        for r in results
    ]
    assert names == _places(sample_report)


def test_github(sample_report: Report, written: Written) -> None:
    found = re.findall(r"title=【..】(\S+) .*?（(.+?)）::", written["github"])
    assert [f"{rule} {place}" for rule, place in found] == _places(sample_report)


def test_html(sample_report: Report, written: Written) -> None:
    block = re.search(r'id="data">(.*?)</script>', written["html"], re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    found = [f"{data['rules'][r[0]][0]} {data['sheets'][r[4]]}!{r[5]}" for r in data["rows"]]
    assert found == _places(sample_report)


def test_junit(sample_report: Report, written: Written) -> None:
    root = ElementTree.fromstring(written["junit"])
    found: Counter[str] = Counter()
    for case in root.iter("testcase"):
        for part in (*case.iter("failure"), *case.iter("system-out")):
            found[case.attrib["name"].split()[0]] += len((part.text or "").splitlines())
    assert found == Counter(f.rule for f in sample_report.findings)


def test_markdown(sample_report: Report, written: Written) -> None:
    rows = re.findall(r"^\| ([A-Z]{2}\d+) \|.*\| (\d+) \|$", written["markdown"], re.MULTILINE)
    assert dict(rows) == {
        rule: str(count) for rule, count in Counter(f.rule for f in sample_report.findings).items()
    }


def test_marked_copy(sample_report: Report, tmp_path: Path) -> None:
    (path,) = write_marked_copies(sample_report, tmp_path)
    rows = list(openpyxl.load_workbook(path)["问题清单"].iter_rows(min_row=2, values_only=True))
    assert [f"{str(r[2]).split()[0]} {r[4]}!{r[5]}" for r in rows] == _places(sample_report)


def test_listing(sample_report: Report, tmp_path: Path) -> None:
    table, book, _ = write_listing(sample_report, tmp_path)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(f"{r['规则'].split()[0]} {r['表']}!{r['单元格']}" for r in rows) == sorted(
        _places(sample_report)
    )
    sheet = openpyxl.load_workbook(book)["差异清单"]
    cells = [row[5] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == [row["单元格"] for row in rows]


def test_every_text_format_carries_the_run_record(sample_report: Report, written: Written) -> None:
    sha256 = sample_report.files[0].sha256
    assert sha256 is not None
    skipped = sample_report.gates[2].rules_not_checked[0].rule
    for name, text in written.items():
        if name == "console":
            continue
        for part in (sample_report.tool.version, "xuzhou-2016", "2016-03-29", sha256, skipped):
            assert part in text, f"{name}: {part}"


def test_formats_are_imported_only_when_used() -> None:
    import subprocess
    import sys

    code = "import sys, jiandang.reporters; print('jinja2' in sys.modules, 'rich' in sys.modules)"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment
    )
    assert result.stdout.split() == ["False", "False"]
