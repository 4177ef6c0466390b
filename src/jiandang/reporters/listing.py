"""差异清单, the auditor's list: one row a finding, sorted by village and household."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from jiandang.errors import InvalidArgument
from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.formats.xlsx.text import line_count
from jiandang.formats.xlsx.writing_book import write_book
from jiandang.formats.xlsx.writing_sheet import Cell, Row, Sheet
from jiandang.report.model import Finding, Report
from jiandang.reporters.front import list_sheet
from jiandang.reporters.placing import (
    Say,
    SomeNotWritten,
    make_folders,
    replacing,
    same_file,
    why_not_written,
)
from jiandang.reporters.record import counts_text, record_lines, verified_text
from jiandang.reporters.rows import AUDIT_COLUMNS, COMPARED_COLUMNS, csv_text, texts

LIST, RECORD = "差异清单", "检查记录"
NO_VILLAGE = "未注明村"
_RECORD_WIDTHS = (18, 100)


def write_listing(
    report: Report, folder: Path | None = None, *, by: str = "all", say: Say | None = None
) -> list[Path]:
    """Write the list as .csv and .xlsx into a folder.

    One for `all`, one for each `village`, or one for each `department` whose lists were given:
    what that office has to confirm, by village. Earlier lists, in which people may have typed
    answers, are kept under other names; `say` is told of them. Raises SomeNotWritten if a file
    could not be written; the others are.
    """
    if by not in _CUTS:
        raise InvalidArgument(f"没有“{by}”这种分法，可选：{'、'.join(_CUTS)}")
    folder = folder or Path()
    if by != "all":
        folder = folder / LIST
    make_folders(folder)
    findings = in_order(report.findings)
    groups = _CUTS[by](findings)
    columns = COMPARED_COLUMNS if report.lists else AUDIT_COLUMNS
    jobs: list[tuple[Path, Callable[[Path], None]]] = []
    for name, group in groups.items():
        jobs.append((folder / f"{name}.csv", partial(write_csv, group, columns=columns)))
        jobs.append((folder / f"{name}.xlsx", partial(write_xlsx, report, group, columns=columns)))
    # A line of the record inside the csv would be taken for a finding.
    jobs.append((folder / f"{LIST}.{RECORD}.txt", partial(_write_record, report)))
    written, problems = [], []
    for target, write in jobs:
        try:
            with replacing(target, keep=target.suffix != ".txt", say=say) as draft:
                write(draft)
            written.append(target)
        except (OSError, ValueError) as error:
            problems.append(why_not_written(error))
    if problems:
        raise SomeNotWritten(written, problems)
    return written


def _write_record(report: Report, target: Path) -> None:
    lines = [counts_text(report.summary)]
    lines += [f"{label}：{text}" for label, text in record_lines(report)]
    target.write_text("\n".join([*lines, ""]), encoding="utf-8-sig", newline="\r\n")


def places_of_list(folder: Path | None, inputs: Sequence[Path]) -> Iterator[Path]:
    """The files that `write_listing` may write, whatever the villages are called."""
    folder = folder or Path()
    yield from (folder / name for name in (f"{LIST}.csv", f"{LIST}.xlsx", f"{LIST}.{RECORD}.txt"))
    by_village = folder / LIST
    for source in inputs:
        if source.name.startswith(LIST) and same_file(source.parent, by_village):
            yield source


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """By county, town, village and household; the report's order within a household."""
    return sorted(
        _placed(findings),
        key=lambda f: [
            (place is None, place or "") for place in (f.county, f.town, f.village, f.household)
        ],
    )


def _placed(findings: Sequence[Finding]) -> list[Finding]:
    """Findings of sheets that name the village alone, with the only town that has such a one."""
    towns: dict[str | None, set[tuple[str | None, str]]] = {}
    for finding in findings:
        if finding.town:
            towns.setdefault(finding.village, set()).add((finding.county, finding.town))

    def placed(finding: Finding) -> Finding:
        known = towns.get(finding.village, set())
        if finding.town or not finding.village or len(known) != 1:
            return finding
        ((county, town),) = known
        return replace(finding, county=county, town=town)

    return [placed(finding) for finding in findings]


def write_csv(
    findings: Sequence[Finding], target: Path, columns: tuple[str, ...] = AUDIT_COLUMNS
) -> None:
    """Write a list as CSV. The byte order mark tells Excel that it is UTF-8."""
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        for number, finding in enumerate(findings, 1):
            row = texts(finding, columns)
            writer.writerow([number, *map(csv_text, row[1:])])


def write_xlsx(
    report: Report,
    findings: Sequence[Finding],
    target: Path,
    columns: tuple[str, ...] = AUDIT_COLUMNS,
) -> None:
    """Write a list as a workbook, with the run record on its second sheet."""
    styles = Styles(BLANK_STYLES)
    sheet = list_sheet(LIST, findings, columns, styles)
    sheet.selected = True
    write_book(target, [sheet, _record_sheet(report, findings, styles)], styles)


def _record_sheet(report: Report, findings: Sequence[Finding], styles: Styles) -> Sheet:
    label, text = styles.format(bold=True), styles.format()
    verified = verified_text(sum(f.is_verified for f in findings), "；")
    lines = [
        ("本清单", f"{len(findings)} 处{verified}"),
        ("本次检查", counts_text(report.summary)),
    ]
    lines += record_lines(report)
    rows: list[Row] = [[Cell(name, label), Cell(value, text)] for name, value in lines]
    heights = {
        number: min(15.0 * line_count(value, _RECORD_WIDTHS[1] - 2) + 3, 400)
        for number, (_, value) in enumerate(lines, 1)
    }
    return Sheet(RECORD, rows, _RECORD_WIDTHS, heights=heights)


Group = tuple[str | None, ...]


def _by_village(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """File name → the village's findings; villages of one name in two towns stay apart.

    What names no village is under its town, or its county.
    """

    def words(f: Finding) -> Group:
        return (f.town, f.village) if f.village else (f.town or f.county or NO_VILLAGE,)

    return _named(findings, [((f.county, f.town, f.village), words(f)) for f in findings])


def _by_department(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """File name → what a department has to confirm; what rests on no list is left out."""
    own = [finding for finding in findings if finding.department]
    return _named(own, [((f.department,), (f.department,)) for f in own])


_CUTS: dict[str, Callable[[Sequence[Finding]], dict[str, list[Finding]]]] = {
    "all": lambda findings: {LIST: [*findings]},
    "village": _by_village,
    "department": _by_department,
}


def _named(
    findings: Sequence[Finding], keys: Sequence[tuple[Group, Group]]
) -> dict[str, list[Finding]]:
    """The findings of each group by a file name; keys are what makes a group, and its words."""
    groups: dict[Group, list[Finding]] = {}
    words = dict(keys)
    for finding, (key, _) in zip(findings, keys, strict=True):
        groups.setdefault(key, []).append(finding)
    named: dict[str, list[Finding]] = {}
    taken: set[str] = set()
    for key, group in groups.items():
        name = safe_file_name("_".join(filter(None, (LIST, *words[key]))))
        free, number = name, 2
        while free.lower() in taken:  # Windows does not tell a from A
            free, number = f"{name}-{number}", number + 1
        taken.add(free.lower())
        named[free] = group
    return named


_FORBIDDEN = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f]')
_MAX_NAME = 60


def safe_file_name(name: str) -> str:
    """A name that Windows accepts (without extension). It begins with our own word, so that none
    of the reserved names (CON, NUL) can come about."""
    return _FORBIDDEN.sub("_", name)[:_MAX_NAME].rstrip(". ")
