"""SARIF 2.1.0, the exchange format of analysis tools: code platforms and viewers show it."""

import json
from collections import Counter
from functools import lru_cache
from pathlib import PurePath, PureWindowsPath
from typing import Any, TextIO
from urllib.parse import quote

from jiandang.register.masking import mask_private
from jiandang.report.gates import SECTIONS
from jiandang.report.model import SEVERITY_NAMES, Finding, Report, Severity
from jiandang.reporters.record import (
    finding_record,
    rules_failed,
    rules_not_checked,
    rules_run,
    run_record,
)
from jiandang.reporters.rows import who_of
from jiandang.reporters.unchecked import unseen_villages

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# 疑点 are to be verified, not errors: no more than a note.
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.SUSPECT: "note",
    Severity.INFO: "note",
}


def write_sarif(report: Report, stream: TextIO) -> None:
    """Write the report as one run."""
    # Without line breaks: json indents in Python, ten times as slowly.
    stream.write(json.dumps(sarif_log(report), ensure_ascii=False) + "\n")


def sarif_log(report: Report) -> dict[str, Any]:
    """The report as a SARIF log."""
    rules = _rules(report)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    artifacts = {file.path: number for number, file in enumerate(report.files)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "language": "zh-CN",
                "rules": rules,
            }
        },
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, numbers)],
        "artifacts": [_artifact(file.path, file.sha256) for file in report.files],
        "results": [_result(finding, numbers, artifacts) for finding in report.findings],
        "properties": run_record(report),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _artifact(path: str, sha256: str | None) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": _uri(path)}, "roles": ["analysisTarget"]}
    if sha256 is not None:
        artifact["hashes"] = {"sha-256": sha256}
    return artifact


@lru_cache(maxsize=1024)
def _uri(path: str) -> str:
    """A relative path stays relative: viewers find the file from where they are opened."""
    windows = PureWindowsPath(path)
    if windows.drive:
        return windows.as_uri()
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _locations(finding: Finding, artifacts: dict[str, int]) -> list[dict[str, Any]]:
    """Where it is; nowhere, if it is about the register as a whole."""
    location: dict[str, Any] = {}
    if finding.file:
        place: dict[str, Any] = {"uri": _uri(finding.file)}
        if finding.file in artifacts:
            place["index"] = artifacts[finding.file]
        # A workbook has no lines; the row is what comes next to one.
        region = {"startLine": max(1, finding.row)}
        location["physicalLocation"] = {"artifactLocation": place, "region": region}
    if name := finding.cell or finding.sheet:
        own = {"name": name, "fullyQualifiedName": finding.address, "kind": "element"}
        location["logicalLocations"] = [own]
    return [location] if location else []


def _result(finding: Finding, numbers: dict[str, int], artifacts: dict[str, int]) -> dict[str, Any]:
    details = {
        name: value
        for name, value in finding_record(finding).items()
        if value is not None and name not in _ELSEWHERE
    }
    result = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": _locations(finding, artifacts),
        "partialFingerprints": {"jiandang/v2": finding.fingerprint},
        "properties": details,
    }
    if finding.is_new is not None:
        result["baselineState"] = "new" if finding.is_new else "unchanged"
    if finding.is_verified and finding.answer:
        # Results that are left out once and there again would be taken for new ones.
        suppression = {"kind": "external", "status": "accepted"}
        result["suppressions"] = [{**suppression, "justification": finding.answer.text}]
    return result


_ELSEWHERE = {"rule", "file", "row", "fingerprint"}


def _message(finding: Finding) -> str:
    place = "　".join(who_of(finding))
    text = f"{finding.address}　{place}：{finding.message}。{finding.advice}"
    # Brackets would be read as links.
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _rules(report: Report) -> list[dict[str, Any]]:
    """All rules of the run, in the order of the report."""
    first = {finding.rule: finding for finding in reversed(report.findings)}
    reasons = [*rules_not_checked(report), *rules_failed(report)]
    codes = {*rules_run(report), *(reason.rule for reason in reasons), *first}
    gates = list(SECTIONS)
    order = sorted(codes, key=lambda code: (gates.index(code[:2]), code))
    return [_rule(code, first.get(code)) for code in order]


def _rule(code: str, finding: Finding | None) -> dict[str, Any]:
    from jiandang.gates.catalogue import find_rule

    try:
        rule = find_rule(code)
    except ValueError:  # a report of another version: what the findings say must do
        title = finding.title if finding else code
        return {"id": code, "name": title, "shortDescription": {"text": title}}
    why = rule.explanation
    # Invented numbers too: who looks for leaks cannot tell them from real ones.
    texts = (why.checks, why.advice, why.wrong, why.right)
    checks, advice, wrong, right = map(mask_private, texts)
    text = f"{checks}\n怎么办：{advice}\n错例：{wrong}\n对例：{right}"
    markdown = (
        f"{checks}\n\n**怎么办**：{advice}\n\n**错例**：{wrong}\n\n"
        f"**对例**：{right}\n\n依据：{rule.basis}"
    )
    return {
        "id": code,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": checks},
        "help": {"text": f"{text}\n依据：{rule.basis}", "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "gate": SECTIONS[rule.gate],
            "severity": SEVERITY_NAMES[rule.severity],
            "basis": rule.basis,
            "tags": [SECTIONS[rule.gate], SEVERITY_NAMES[rule.severity]],
        },
    }


def _invocation(report: Report, numbers: dict[str, int]) -> dict[str, Any]:
    unread = [
        {
            "level": "error",
            "message": {"text": file.error.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.path)}}}],
        }
        for file in report.files
        if file.error is not None
    ]
    failed = [
        {
            "level": "error",
            "message": {"text": f"规则自身出错：{reason.reason}"},
            "associatedRule": {"id": reason.rule, "index": numbers[reason.rule]},
        }
        for reason in rules_failed(report)
    ]
    skipped = [
        {
            "level": "note",
            "message": {"text": f"没有检查：{reason.reason}"},
            "associatedRule": {"id": reason.rule, "index": numbers[reason.rule]},
        }
        for reason in rules_not_checked(report)
    ]
    skipped += [
        {"level": "note", "message": {"text": f"没有查全的村：{gate}，{line}"}}
        for gate, line in unseen_villages(report)
    ]
    return {
        "executionSuccessful": report.is_complete,
        "toolExecutionNotifications": [*unread, *failed],
        "toolConfigurationNotifications": skipped,
        "properties": {"counts": dict(Counter(f.severity.value for f in report.findings))},
    }
