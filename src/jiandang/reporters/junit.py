"""JUnit XML for continuous integration: one suite a file, one case a rule."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from jiandang.patterns import regex
from jiandang.report.files import FileResult
from jiandang.report.model import SEVERITY_NAMES, Finding, GateResult, Report, Severity
from jiandang.reporters.record import record_lines
from jiandang.reporters.rows import news_of, who_of
from jiandang.reporters.unchecked import village_lines

# XML 1.0 has no way to write these, not even escaped.
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# 疑点 and 提示 do not fail a case: they need not be errors. Nor does what has been verified.
_FAILING = {Severity.ERROR, Severity.WARNING}
Findings = dict[str, list[Finding]]


def write_junit(report: Report, stream: TextIO) -> None:
    """Write a case for every rule and file; findings that do not fail it go to its output."""
    by_file: dict[str, Findings] = defaultdict(lambda: defaultdict(list))
    for finding in report.findings:
        by_file[finding.file][finding.rule].append(finding)
    suites = [_Suite(report, file, by_file.pop(file.path, {})) for file in report.files]
    for path, findings in by_file.items():  # of what is no file of the run: the policy
        suites.append(_Suite(report, FileResult(path=path), findings))
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="jiandang"{_totals(suites)}>\n')
    for suite in suites:
        stream.writelines(suite.lines())
    stream.write("</testsuites>\n")


class _Suite:
    """The cases of one file."""

    def __init__(self, report: Report, file: FileResult, findings: Findings) -> None:
        self._report = report
        self._file = file
        self._findings = findings
        self.tests = self.failures = self.errors = self.skipped = 0
        self._cases = list(self._make_cases())

    def lines(self) -> Iterator[str]:
        yield f"  <testsuite name={_attribute(self._file.path)}{_totals([self])}>\n"
        yield "    <properties>\n"
        for label, text in record_lines(self._report):
            yield f"      <property name={_attribute(label)} value={_attribute(text)}/>\n"
        yield "    </properties>\n"
        yield from self._cases
        yield "  </testsuite>\n"

    def _make_cases(self) -> Iterator[str]:
        if self._file.error is not None:
            self.tests += 1
            self.errors += 1
            message = _attribute(self._file.error.message)
            yield _case("读取文件", "读取", f"<error message={message}/>")
            return
        for gate in self._report.sections:
            yield from self._gate(gate)

    def _gate(self, gate: GateResult) -> Iterator[str]:
        failed = {reason.rule: reason.reason for reason in gate.rules_failed}
        skipped = {reason.rule: reason.reason for reason in gate.rules_not_checked}
        found = [code for code in self._findings if code[:2] == gate.code]
        for code in sorted({*gate.rules_run, *failed, *skipped, *found}):
            self.tests += 1
            findings = self._findings.get(code, [])
            name = f"{code} {findings[0].title}" if findings else _name(code)
            if code in failed:
                self.errors += 1
                yield _case(name, gate.title, f"<error message={_attribute(failed[code])}/>")
            elif code in skipped and code not in gate.rules_run:
                self.skipped += 1
                yield _case(name, gate.title, f"<skipped message={_attribute(skipped[code])}/>")
            else:
                yield _case(name, gate.title, self._outcome(findings))

        for line in village_lines(gate):
            self.tests += 1
            self.skipped += 1
            yield _case("没有查全的村", gate.title, f"<skipped message={_attribute(line)}/>")

    def _outcome(self, findings: list[Finding]) -> str:
        failing = [f for f in findings if f.severity in _FAILING and not f.is_verified]
        others = [f for f in findings if f.severity not in _FAILING or f.is_verified]
        content = ""
        if failing:
            self.failures += 1
            message = _attribute(f"{len(failing)} 处：{failing[0].title}")
            kind = SEVERITY_NAMES[min((f.severity for f in failing), key=lambda s: s.rank)]
            content += f'<failure message={message} type="{kind}">{_listed(failing)}</failure>'
        if others:
            content += f"<system-out>{_listed(others)}</system-out>"
        return content


def _listed(findings: list[Finding]) -> str:
    return "\n".join(_text(_line(finding)) for finding in findings)


def _line(finding: Finding) -> str:
    parts = [finding.address, *who_of(finding)]
    answer = f"　{finding.answer.text}" if finding.answer else ""
    parts += [news_of(finding)] if finding.is_new is not None else []
    text = f"{'　'.join(parts)}　{finding.message}。怎么办：{finding.advice}{answer}"
    return text.replace("\n", " ")


def _name(code: str) -> str:
    from jiandang.gates.catalogue import find_rule

    try:
        return f"{code} {find_rule(code).title}"
    except ValueError:  # a report of another version
        return code


def _case(name: str, gate: str, content: str) -> str:
    head = f"    <testcase classname={_attribute(gate)} name={_attribute(name)}"
    return f"{head}>{content}</testcase>\n" if content else f"{head}/>\n"


def _totals(suites: list[_Suite]) -> str:
    return "".join(
        f' {name}="{sum(getattr(suite, name) for suite in suites)}"'
        for name in ("tests", "failures", "errors", "skipped")
    )


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", text))
