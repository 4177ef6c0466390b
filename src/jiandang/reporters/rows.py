"""One finding as one row: the columns of 问题清单 and of 差异清单, in one place."""

from collections.abc import Callable
from pathlib import PurePath

from jiandang.report.model import SECTIONS, SEVERITY_NAMES, Finding
from jiandang.reporters.categories import category_of

# The answers of the reply loop: a finding need not be an error.
ANSWERS = ("已改正", "情况属实", "剔除", "待核实")
TO_FILL_IN = ("核实结果", "核实说明", "核实人")


def rule_of(finding: Finding) -> str:
    """Code and title, as people ask for it."""
    return f"{finding.rule} {finding.title}"


# Heading → text, in the order of the columns; 序号 is counted by who writes the list.
FIELDS: dict[str, Callable[[Finding], str | None]] = {
    "关口": lambda f: SECTIONS.get(f.gate, f.gate),
    "规则": rule_of,
    "类别": lambda f: category_of(f.rule),
    "严重程度": lambda f: SEVERITY_NAMES[f.severity],
    "文件": lambda f: PurePath(f.file).name,
    "表": lambda f: f.sheet,
    "单元格": lambda f: f.cell,
    "县": lambda f: f.county,
    "镇": lambda f: f.town,
    "村": lambda f: f.village,
    "户编号": lambda f: f.household,
    "户主": lambda f: f.head,
    "姓名": lambda f: f.person,
    "部门": lambda f: f.department,
    "名单": lambda f: f.evidence,
    "问题": lambda f: f.message,
    "建议": lambda f: f.advice,
}
_ONLY_AUDIT = {"类别", "文件", "县", "镇"}
_ONLY_WITH_LISTS = {"部门", "名单"}

# Of a run with other departments' lists; without, their two columns are left out.
COMPARED_COLUMNS = ("序号", *FIELDS, *TO_FILL_IN)
AUDIT_COLUMNS = tuple(name for name in COMPARED_COLUMNS if name not in _ONLY_WITH_LISTS)
CLERK_COLUMNS = tuple(name for name in AUDIT_COLUMNS if name not in _ONLY_AUDIT)
# In characters: on A4 across 问题清单 is printed at seven tenths of its size, 差异清单 at six.
WIDTHS = {
    "序号": 5,
    "关口": 7,
    "规则": 17,
    "类别": 9,
    "严重程度": 7,
    "文件": 11,
    "表": 9,
    "单元格": 8,
    "县": 7,
    "镇": 7,
    "村": 8,
    "户编号": 11,
    "户主": 8,
    "姓名": 8,
    "部门": 8,
    "名单": 14,
    "问题": 32,
    "建议": 22,
    "核实结果": 8,
    "核实说明": 12,
    "核实人": 8,
}


def texts(finding: Finding, columns: tuple[str, ...]) -> list[str]:
    """The finding's text in each of the columns; empty where there is none."""
    return [(FIELDS[name](finding) or "") if name in FIELDS else "" for name in columns]
