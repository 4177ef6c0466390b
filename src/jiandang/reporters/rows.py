"""One finding as one row: the columns of 问题清单 and of 差异清单, in one place."""

from collections.abc import Callable
from pathlib import PurePath

from jiandang.patterns import regex
from jiandang.report.answered import Answer, AnswerState
from jiandang.report.gates import SECTIONS
from jiandang.report.model import SEVERITY_NAMES, FileRole, Finding
from jiandang.reporters.categories import category_of

# What an answer is taken over from: elsewhere the old one stands beside a place for the new one.
_STANDING = {AnswerState.ACCEPTED, AnswerState.TO_REMOVE, AnswerState.PENDING}


def _is_taken_over(answer: Answer | None) -> bool:
    """Whether an answer stands, or only wants a reason, a name or a day beside what is there."""
    if answer is None:
        return False
    is_whole = bool((answer.reason or answer.note) and answer.who and answer.when)
    return answer.state in _STANDING or (answer.state is AnswerState.INCOMPLETE and not is_whole)


def news_of(finding: Finding) -> str:
    """Whether an earlier report has it; empty where it was not compared with one."""
    return {True: "新增", False: "原有", None: ""}[finding.is_new]


def rule_of(finding: Finding) -> str:
    """Code and title, as people ask for it."""
    return f"{finding.rule} {finding.title}"


# What a file is in which nothing was checked, before its name.
_ROLES: dict[FileRole, str] = {"before": "上次的", "changes": "增减表"}


def file_of(finding: Finding) -> str:
    """The name of the finding's file: `官山镇.xlsx`, `甲镇/登记表.xlsx`, `上次的 官山镇.xlsx`."""
    name = finding.file_name or PurePath(finding.file).name
    return f"{_ROLES[finding.role]} {name}" if finding.role else name


def sheet_of(finding: Finding) -> str:
    """The sheet, and of a file that was not checked itself that file before it."""
    return f"{file_of(finding)} {finding.sheet}" if finding.role else finding.sheet


def who_of(finding: Finding) -> list[str]:
    """Village, household and person, as far as it is about one."""
    household = finding.household and f"户{finding.household}"
    return [part for part in (finding.village, household, finding.person) if part]


# Heading → text, in the order of the columns; 序号 is counted by who writes the list. These and
# 核实结果 are printed: A4 across takes no more.
_PRINTED: dict[str, Callable[[Finding], str | None]] = {
    "关口": lambda f: SECTIONS.get(f.gate, f.gate),
    "规则": rule_of,
    "严重程度": lambda f: SEVERITY_NAMES[f.severity],
    "表": sheet_of,
    "单元格": lambda f: f.cell,
    "列": lambda f: f.column,
    "镇": lambda f: f.town,
    "村": lambda f: f.village,
    "户编号": lambda f: f.household,
    "户主": lambda f: f.head,
    "姓名": lambda f: f.person,
    "问题": lambda f: f.message,
    "建议": lambda f: f.advice,
}
# These stand on the right of the answers, to filter and to look up.
_ON_SCREEN: dict[str, Callable[[Finding], str | None]] = {
    "核实状态": lambda f: f.answer.text if f.answer else None,
    "新旧": news_of,
    "类别": lambda f: category_of(f.rule),
    "文件": file_of,
    "县": lambda f: f.county,
    "部门": lambda f: f.department,
    "名单": lambda f: f.list_name,
}
FIELDS = {**_PRINTED, **_ON_SCREEN}
# What people fill in; an answer that still stands is there already.
TO_FILL_IN: dict[str, Callable[[Answer], str]] = {
    "核实结果": lambda a: a.word,
    "核实理由": lambda a: a.reason,
    "核实说明": lambda a: a.note,
    "核实人": lambda a: a.who,
    "核实日期": lambda a: a.when.isoformat() if a.when else "",
}
# By these an answer is read back, whoever sorts the list.
KEYS: dict[str, Callable[[Finding], str]] = {
    "问题号": lambda f: f.fingerprint,
    "依据码": lambda f: f.evidence,
}
_ONLY_AUDIT = {"类别", "文件", "县", "镇"}
# Made from private numbers: only for files that hold the register anyway.
_ONLY_CLERK = {"依据码"}
_ONLY_WITH_LISTS = {"部门", "名单"}

LAST_PRINTED = "核实结果"
_COLUMNS = ("序号", *_PRINTED, *TO_FILL_IN, *_ON_SCREEN, *KEYS)
# Of a run with other departments' lists; without, their two columns are left out.
COMPARED_COLUMNS = tuple(name for name in _COLUMNS if name not in _ONLY_CLERK)
AUDIT_COLUMNS = tuple(name for name in COMPARED_COLUMNS if name not in _ONLY_WITH_LISTS)
CLERK_COLUMNS = tuple(
    name for name in _COLUMNS if name not in _ONLY_AUDIT and name not in _ONLY_WITH_LISTS
)
# In characters. A4 across takes 125 in full size: both lists are printed at about 85 in 100.
WIDTHS = {
    "序号": 5,
    "关口": 5,
    "规则": 13,
    "严重程度": 5,
    "表": 7,
    "单元格": 7,
    "列": 8,
    "镇": 7,
    "村": 7,
    "户编号": 9,
    "户主": 7,
    "姓名": 7,
    "问题": 30,
    "建议": 18,
    "核实结果": 8,
    "核实理由": 10,
    "核实说明": 12,
    "核实人": 8,
    "核实日期": 10,
    "核实状态": 14,
    "新旧": 5,
    "类别": 9,
    "文件": 11,
    "县": 7,
    "部门": 8,
    "名单": 14,
    "问题号": 2,
    "依据码": 2,
}
_LONG_NUMBER = regex(r"[0-9]{12,}|[0-9]+[eE][0-9]+")


def texts(finding: Finding, columns: tuple[str, ...]) -> list[str]:
    """The finding's text in each of the columns; empty where there is none."""
    answer = finding.answer if _is_taken_over(finding.answer) else None

    def text(name: str) -> str:
        if name in FIELDS:
            return FIELDS[name](finding) or ""
        if name in KEYS:
            return KEYS[name](finding)
        return TO_FILL_IN[name](answer) if answer and name in TO_FILL_IN else ""

    return [text(name) for name in columns]


def reasons_of(rule: str) -> tuple[str, ...]:
    """The known reasons why what a rule finds may be right; none for an unknown rule."""
    from jiandang.gates.catalogue import find_rule

    try:
        return find_rule(rule).reasons
    except ValueError:  # a report of another version
        return ()


def csv_text(text: str) -> str:
    """A text that Excel takes for a text.

    It would run `=…`, `+…`, `-…` and `@…` as formulas, so these get an apostrophe (the wide forms
    too: some versions take them as well); it would show and save a household's number as 3.2E+14,
    so long numbers get a tab behind, which it hides.
    """
    if text and text[0] in "=+-@＝＋－＠\t\r":
        return "'" + text
    return text + "\t" if _LONG_NUMBER.fullmatch(text) else text
