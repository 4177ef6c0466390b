"""The run record that every report carries: who checked what, when, by which rules."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from jiandang.report.answered import BESIDE, NOT_MATCHED, STATE_NAMES, AnswerState, Unmatched
from jiandang.report.files import FileResult, ListResult
from jiandang.report.model import (
    SEVERITY_NAMES,
    Finding,
    Report,
    Severity,
    Summary,
)
from jiandang.report.unchecked import RuleReason, VillagesNotChecked
from jiandang.reporters.unchecked import unseen_villages

_FILE = TypeAdapter(FileResult)
_MOST_NAMED = 5
_MOST_UNMATCHED = 200
# What audits of other places have published: beside every total of BD.
CONFIRMED_ELSEWHERE = "外地公布的同类比对，查实的占一成多到四成。"


def run_record(report: Report) -> dict[str, Any]:
    """The record for programs; its keys are those of the JSON report."""
    return {
        "tool": report.tool.model_dump(mode="json"),
        "policy": report.policy,
        "policy_notes": report.policy_notes,
        "as_of": report.as_of.isoformat(),
        **({"remarks": report.remarks} if report.remarks else {}),
        "files": [file_record(file) for file in report.files],
        **(
            {"lists": [each.model_dump(mode="json") for each in report.lists]}
            if report.lists
            else {}
        ),
        "passed_over": [passed.model_dump(mode="json") for passed in report.passed_over],
        "rules_run": rules_run(report),
        "rules_not_checked": [r.model_dump() for r in rules_not_checked(report)],
        **(
            {"villages_not_checked": unseen}
            if (unseen := [r.model_dump() for r in villages_not_checked(report)])
            else {}
        ),
        "rules_failed": [r.model_dump() for r in rules_failed(report)],
        "summary": report.summary.model_dump(mode="json"),
        "answers": report.answers and report.answers.model_dump(mode="json"),
        "since": report.since and report.since.model_dump(mode="json"),
    }


def file_record(file: FileResult) -> dict[str, Any]:
    """A file for programs, with the keys of the JSON report."""
    record: dict[str, Any] = _FILE.dump_python(file, mode="json")
    return record


def finding_record(finding: Finding) -> dict[str, Any]:
    """A finding for programs, with the keys of the JSON report."""
    record = asdict(finding)
    del record["checked_file"]  # only for the marked copies
    del record["file_name"]  # the path says more
    if finding.role is None:
        del record["role"]
    del record["evidence"]  # made from private numbers: only for files that hold the register
    if finding.list_name is None:
        del record["department"], record["list_name"]
    if finding.answer is not None:
        when = finding.answer.when
        record["answer"]["when"] = when and when.isoformat()
    return record


def record_lines(report: Report) -> list[tuple[str, str]]:
    """The record for people, label and text, with what became of answers and earlier findings."""
    return [*run_lines(report), *answers_lines(report), *since_lines(report)]


def run_lines(report: Report) -> list[tuple[str, str]]:
    """What was checked, by which rules: label and text."""
    lines = [
        ("工具版本", f"{report.tool.name} {report.tool.version}"),
        ("政策", report.policy),
        ("检查日期", report.as_of.isoformat()),
    ]
    lines += [("注意", remark) for remark in report.remarks]
    lines += [(kind, _file(file)) for kind, file in report.files_by_kind]
    lines += [("名单", _list(each)) for each in report.lists]
    if report.passed_over:
        lines.append((f"略过 {len(report.passed_over)} 个文件或文件夹", passed_over_text(report)))
    run, skipped, failed = rules_run(report), rules_not_checked(report), rules_failed(report)
    lines.append((f"已运行规则 {len(run)} 条", "、".join(run) or "无"))
    lines.append((f"未检查规则 {len(skipped)} 条", _reasons(skipped) or "无"))
    lines += [(f"没有查全的村 {gate}", line) for gate, line in unseen_villages(report)]
    if failed:
        lines.append((f"出错规则 {len(failed)} 条", _reasons(failed)))
    lines += [("政策说明", note) for note in report.policy_notes]
    return lines


def answers_lines(report: Report) -> list[tuple[str, str]]:
    """What became of the answers that were read, and those that are about no finding."""
    if (read := report.answers) is None:
        return []
    numbers = dict(read.words)
    if unclear := read.matched - sum(numbers.values()):
        numbers["看不懂"] = unclear
    words = "、".join(f"{word} {number}" for word, number in numbers.items())
    lines = [f"{read.read} 条：对上 {read.matched}" + (f"（{words}）" if words else "")]
    if unmatched := sum(map(read.of, NOT_MATCHED)):
        states = [state for state in NOT_MATCHED if read.of(state)]
        why = "、".join(f"{STATE_NAMES[state]} {read.of(state)}" for state in states)
        lines.append(f"没有对上 {unmatched} 条：{why}")
    lines += [f"{STATE_NAMES[state]}：{read.of(state)} 条" for state in BESIDE if read.of(state)]
    on_findings = [s for s in AnswerState if read.of(s) and s not in _NOT_ON_FINDINGS]
    for state in on_findings:
        first = "　← 先看这里" if state is AnswerState.UNCHANGED else ""
        lines.append(f"{STATE_NAMES[state]}：{read.of(state)} 处{first}")
    if read.of(AnswerState.REMOVED):
        lines.append(f"已剔除：{read.of(AnswerState.REMOVED)} 条")
    lines += read.remarks
    lines += map(_unmatched, read.unmatched[:_MOST_UNMATCHED])
    if (rest := len(read.unmatched) - _MOST_UNMATCHED) > 0:
        lines.append(f"另有 {rest} 条没有列出，见 json")
    return [("核实记录", line) for line in lines]


def _unmatched(each: Unmatched) -> str:
    household = each.household and f"户{each.household}"
    parts = filter(None, (each.rule, each.village, household, each.person, each.word))
    return f"{STATE_NAMES[each.state]}：{'　'.join(parts)}（{each.source}）"


_NOT_ON_FINDINGS = {AnswerState.CORRECTED, AnswerState.REMOVED, *NOT_MATCHED, *BESIDE}


def since_lines(report: Report) -> list[tuple[str, str]]:
    """What has changed since the earlier report; what is gone, by village and rule."""
    if (since := report.since) is None:
        return []
    text = f"上次 {since.as_of}：新增 {since.new} 处，原有 {since.known} 处"
    unchecked = f"，没有再查 {since.not_checked} 处" if since.not_checked else ""
    lines = [f"{text}，消失 {since.gone_total} 处{unchecked}"]
    if since.unchanged:
        lines.append(f"原有的里面 {since.unchanged} 处原样还在：说的和上次一样，也没有答复")
    if unchecked:
        lines.append("没有再查：这次没有查它的规则，或没有读它的文件，不能算改好")
    villages: dict[str, list[str]] = {}
    for gone in since.gone:
        villages.setdefault(gone.village, []).append(f"{gone.rule} {gone.count} 处")
    lines += [f"消失：{village}　{'、'.join(rules)}" for village, rules in villages.items()]
    return [("与上次比较", line) for line in lines]


def counts_text(summary: Summary) -> str:
    """`共 12 处：错误 10、警告 2、疑点 0、提示 0；其中已核实 2`."""
    each = "、".join(f"{SEVERITY_NAMES[s]} {summary.counts.of(s)}" for s in Severity)
    return f"共 {summary.counts.total} 处：{each}" + verified_text(summary.verified.total, "；")


def verified_text(verified: int, before: str = "") -> str:
    """`其中已核实 2`, after what is `before` it; empty where nothing is."""
    return f"{before}其中已核实 {verified}" if verified else ""


def passed_over_text(report: Report) -> str:
    """What was passed over, by reason, a few names each."""
    by_reason: dict[str, list[str]] = {}
    for passed in report.passed_over:
        by_reason.setdefault(passed.reason, []).append(report.name_of(passed.path))
    return "；".join(
        f"{reason}：{'、'.join(names[:_MOST_NAMED])}"
        + (f" 等 {len(names)} 个" if len(names) > _MOST_NAMED else "")
        for reason, names in by_reason.items()
    )


def forms_text(files: Iterable[FileResult]) -> str:
    """`（含表单12页）` behind a number of rows; empty where no forms were read."""
    pages = sum(table.form_pages for file in files for table in file.tables)
    return f"（含表单{pages}页）" if pages else ""


def rules_run(report: Report) -> list[str]:
    """Codes of the rules that ran."""
    return [code for gate in report.sections for code in gate.rules_run]


def rules_not_checked(report: Report) -> list[RuleReason]:
    """Rules that could not run, and why."""
    return [reason for gate in report.sections for reason in gate.rules_not_checked]


def villages_not_checked(report: Report) -> list[VillagesNotChecked]:
    """Villages of which rules have said nothing, and why."""
    return [each for gate in report.sections for each in gate.villages_not_checked]


def rules_failed(report: Report) -> list[RuleReason]:
    """Rules that broke down themselves."""
    return [reason for gate in report.sections for reason in gate.rules_failed]


def _file(file: FileResult) -> str:
    parts = [file.path, f"SHA-256 {file.sha256 or '无'}"]
    if file.error is not None:
        parts.append(f"没有读出：{file.error.message}")
    return "　".join([*parts, *file.remarks])


def _list(each: ListResult) -> str:
    if each.error is not None:
        return f"{each.name}　没有读出：{each.error.message}"
    found = "　".join(f"{name} {count}" for name, count in list_counts(each).items())
    parts = [each.name, each.kind, f"数据日期 {each.date or '未注明'}", found]
    return "　".join([*parts, *list_remarks(each), f"SHA-256 {each.sha256}"])


def list_remarks(each: ListResult) -> list[str]:
    """Of which rows, columns and sheets nothing was used, and why: some lines, or none."""
    lines = []
    if each.rows_left or each.rows_beside:
        left = "、".join(f"{why} {count}" for why, count in each.rows_left.items())
        parts = [f"数据 {each.rows_read} 行 = 可比对 {each.rows_used}"]
        parts += [f" + 没有比对 {sum(each.rows_left.values())}（{left}）"] if left else []
        others = [f"{what} {count} 行" for what, count in each.rows_beside.items()]
        lines.append("".join(parts) + "".join(f"；{other}" for other in others))
    if each.columns_unread:
        lines.append(f"没有认出、没有用到的列：{'、'.join(each.columns_unread)}")
    if each.sheets_left:
        lines.append(f"文件里没有表格、没有读的工作表：{'、'.join(each.sheets_left)}")
    return lines


def list_counts(each: ListResult) -> dict[str, int]:
    """What is told of a list, by the words for it."""
    return {
        "行数": each.rows_read,
        "号码可用": each.numbers,
        "号码遮盖": each.numbers_masked,
        "比中": each.matched,
        "近似": each.near,
        "只有同名": each.namesakes,
        "无法确定": each.ambiguous,
    }


def _reasons(reasons: list[RuleReason]) -> str:
    by_reason: dict[str, list[str]] = {}
    for entry in reasons:
        by_reason.setdefault(entry.reason, []).append(entry.rule)
    return "；".join(f"{'、'.join(codes)}（{reason}）" for reason, codes in by_reason.items())
