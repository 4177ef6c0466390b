"""Reports for the reporters' tests: hand-made ones, and the one of the faulty sample."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiandang.report.files import FileError, FileResult, TableRead
from jiandang.report.gates import GATES, GateStatus
from jiandang.report.model import Counts, Finding, GateResult, Report, Severity, Summary, Tool
from jiandang.report.unchecked import RuleReason

SAMPLES = Path(__file__).parents[2] / "sample_data"
NASTY = '<script>alert("x")</script>&\u2028|`_x0041_'
MakeFinding = Callable[..., Finding]
MakeReport = Callable[..., Report]


def finding(cell: str = "H4", **changes: Any) -> Finding:
    """A finding at a cell of 成员; what differs is given."""
    row = int("".join(char for char in cell if char.isdigit()))
    values: dict[str, Any] = {
        "rule": "LR103",
        "severity": Severity.ERROR,
        "title": "证件号码校验码错误",
        "message": "证件号码 320324********001X 校验码应为 2，实为 X",
        "advice": "按身份证重新录入18位号码。",
        "file": "官山镇.xlsx",
        "sheet": "成员",
        "cell": cell,
        "row": row,
        "column": "证件号码",
        "county": "睢宁县",
        "town": "官山镇",
        "village": "王庄村",
        "household": "320324105201001",
        "person": "张三",
        "value": "320324********001X",
        "expected": "2",
        "fingerprint": f"{cell:0>16}",
    }
    values |= changes
    values.setdefault("gate", values["rule"][:2])
    return Finding(**values)


def counts(findings: Sequence[Finding]) -> Counts:
    each = {s.value: sum(f.severity is s for f in findings) for s in Severity}
    return Counts(**each)


def report(findings: Sequence[Finding] = (), files: Sequence[str] = ("官山镇.xlsx",)) -> Report:
    """A report of these findings, with one file that could not be read."""
    read = TableRead(
        sheet="成员", table="member", heading_row=1, rows_read=20, rows_checked=19,
        rows_rejected=1, title_rows=0, heading_rows=1, total_rows=0, note_rows=0, blank_rows=0,
    )  # fmt: skip
    gates = []
    for code, name in GATES.items():
        own = [f for f in findings if f.gate == code]
        number = counts(own)
        failed = GateStatus.FAILED if number.error or number.warning else GateStatus.SUSPECT
        gates.append(
            GateResult(
                code=code,
                name=name,
                status=failed if own else GateStatus.PASSED,
                counts=number,
                households=len({f.household for f in own if f.household}),
                rules_run=sorted({f.rule for f in own} | {f"{code}001"}),
                rules_not_checked=[RuleReason(rule=f"{code}009", reason="缺少评议日期")],
                rules_failed=[],
                silenced=0,
            )
        )
    broken = FileResult(path="坏.xlsx", error=FileError(code="damaged", message="文件已损坏"))
    return Report(
        tool=Tool(version="1.2.3"),
        policy="xuzhou-2016",
        policy_notes=["以本县通知为准"],
        as_of=date(2016, 3, 29),
        files=[*(FileResult(path=f, sha256=sha256_of(f), tables=(read,)) for f in files), broken],
        gates=gates,
        findings=list(findings),
        summary=Summary(
            files=len(files) + 1, files_unreadable=1, households=9, persons=19, rows_read=20,
            rows_checked=19, rows_rejected=1, rules_run=5, rules_not_checked=5, rules_failed=0,
            silenced=0, counts=counts(findings),
        ),
    )  # fmt: skip


def sha256_of(file: str) -> str:
    """Of the file where there is one: a copy is made of nothing else."""
    path = Path(file)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "ab" * 32


def varied(count: int, file: str = "官山镇.xlsx") -> list[Finding]:
    """Findings of all gates, severities and several villages, in the report's order."""
    severities = list(Severity)
    made = [
        finding(
            f"H{number + 2}",
            rule=f"{list(GATES)[number % 5]}{100 + number % 7}",
            severity=severities[number % 4],
            title=f"第{number % 7}类问题",
            village=["柳湾村", "王庄村", None][number % 3],
            household=f"32032410520{number // 3 % 1000:04d}",
            person=NASTY if number == 1 else f"张{number}",
            message=f"=第{number}处",
            file=file,
            fingerprint=f"{number:016d}",
        )
        for number in range(count)
    ]
    gates = list(GATES)
    return sorted(made, key=lambda f: (gates.index(f.gate), f.rule))


@pytest.fixture(name="finding")
def finding_fixture() -> MakeFinding:
    return finding


@pytest.fixture(name="report")
def report_fixture() -> MakeReport:
    return report


@pytest.fixture(name="varied")
def varied_fixture() -> Callable[..., list[Finding]]:
    return varied


@pytest.fixture(scope="session")
def sample_path() -> Path:
    return SAMPLES / "官山镇_有误.xlsx"


@pytest.fixture(scope="session")
def sample_report(sample_path: Path) -> Report:
    import jiandang

    register = jiandang.load([sample_path])
    policy = jiandang.load_policy("xuzhou-2016")
    return jiandang.check(register, policy, as_of=date(2016, 3, 29))
