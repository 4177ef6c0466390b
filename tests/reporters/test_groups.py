"""What was checked with evidence from outside (另查) stands under the gates in every format."""

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jiandang.report.gates import GateStatus
from jiandang.report.model import Counts, GateResult, Report, Severity
from jiandang.reporters import FORMATS
from jiandang.reporters.marked import write_marked_copies

from .conftest import MakeFinding, MakeReport

GROUP = GateResult(
    code="BD",
    name="部门比对",
    status=GateStatus.SUSPECT,
    counts=Counts(suspect=1),
    households=1,
    rules_run=["BD161"],
    rules_not_checked=[],
    rules_failed=[],
    silenced=0,
)
SHOWS_GATES = ("console", "markdown", "html", "json", "junit")


@pytest.fixture(name="grouped")
def grouped_report(finding: MakeFinding, report: MakeReport) -> Report:
    own = finding(rule="BD161", title="机动车", severity=Severity.SUSPECT, message="名下有轿车")
    return report([finding(), own]).model_copy(update={"groups": [GROUP]})


def text_of(report: Report, name: str) -> str:
    stream = io.StringIO()
    FORMATS[name].writer(report, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", SHOWS_GATES)
def test_a_group_is_shown_as_such(grouped: Report, name: str) -> None:
    text = text_of(grouped, name)
    assert "部门比对" in text
    assert text.index("时间节点关") < text.index("部门比对")
    assert "另查" in text or name == "json"


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.is_text])
def test_its_rules_and_findings_are_in_every_format(grouped: Report, name: str) -> None:
    assert "BD161" in text_of(grouped, name)


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.is_text])
def test_without_evidence_there_is_no_group(report: MakeReport, name: str) -> None:
    text = text_of(report(), name)
    assert "另查" not in text
    assert "groups" not in text


def test_the_gates_stay_five(grouped: Report) -> None:
    shown = json.loads(text_of(grouped, "json"))
    assert [gate["code"] for gate in shown["gates"]] == ["RW", "SB", "DC", "LR", "SJ"]
    assert [group["code"] for group in shown["groups"]] == ["BD"]


def test_the_marked_copy_has_the_group_in_its_table(
    grouped: Report, sample_path: Path, tmp_path: Path
) -> None:
    files = [replace(grouped.files[0], path=str(sample_path), sha256=None)]
    findings = [replace(f, file=str(sample_path)) for f in grouped.findings]
    of_sample = grouped.model_copy(update={"files": files, "findings": findings})
    (path,) = write_marked_copies(of_sample, tmp_path)
    sheet = openpyxl.load_workbook(path)["检查结果"]
    names = [row[0].value for row in sheet.iter_rows()]
    assert names.index("另查 部门比对") == names.index("时间节点关") + 1
