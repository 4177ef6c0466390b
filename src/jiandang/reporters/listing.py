"""差异清单, the auditor's list: one row a finding, sorted by village and household."""

import csv
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import overload

from jiandang.errors import InvalidArgument
from jiandang.formats.xlsx.styles import BLANK_STYLES, Styles
from jiandang.formats.xlsx.text import line_count
from jiandang.formats.xlsx.writing_book import write_book
from jiandang.formats.xlsx.writing_sheet import Cell, Row, Sheet
from jiandang.patterns import regex
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
NO_COUNTY, NO_VILLAGE = "未注明县", "未注明村"
# A sheet has 1,048,576 rows, the headings among them.
_MOST_ON_SHEET = 1_048_575
_RECORD_WIDTHS = (18, 100)


def write_listing(
    report: Report, folder: Path | None = None, *, by: str = "all", say: Say | None = None
) -> list[Path]:
    """Write the list as .csv and .xlsx into a folder.

    One for `all`, one for each `county` or `village`, or one for each `department` whose lists
    were given: what that office has to confirm, by village. Earlier lists, in which people may
    have typed answers, are kept under other names; `say` is told of them. Raises SomeNotWritten
    if a file could not be written; the others are.
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


class Listed(Sequence[Finding]):
    """Findings of a report in the order of a list, each looked up when its turn has come.

    What names a village alone gets the only town that has such a one, of those in `towns`.
    """

    def __init__(
        self, findings: Sequence[Finding], numbers: Sequence[int], towns: "dict[str, set[Town]]"
    ) -> None:
        """`numbers` are those of the findings in the report, in the order of the list."""
        self._findings, self.numbers, self._towns = findings, numbers, towns

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Finding: ...

    @overload
    def __getitem__(self, at: slice) -> "Listed": ...

    def __getitem__(self, at: int | slice) -> "Finding | Listed":
        if isinstance(at, slice):
            return self.of(self.numbers[at])
        finding = self._findings[self.numbers[at]]
        county, town, _ = _with_town(_place_of(finding), self._towns)
        if town == finding.town:
            return finding
        return replace(finding, county=county, town=town)

    def of(self, numbers: Sequence[int]) -> "Listed":
        """Others of the report."""
        return Listed(self._findings, numbers, self._towns)


Town = tuple[str | None, str]  # and its county before it
Place = tuple[str | None, str | None, str | None]  # county, town, village


def in_order(findings: Sequence[Finding]) -> Listed:
    """By county, town, village and household; the report's order within a household."""
    of_place: dict[Place, array[int]] = {}
    for number, finding in enumerate(findings):
        of_place.setdefault(_place_of(finding), array("q")).append(number)
    towns: dict[str, set[Town]] = {}
    for county, town, village in of_place:
        if town and village:
            towns.setdefault(village, set()).add((county, town))
    together: dict[Place, list[array[int]]] = {}
    for place, numbers in of_place.items():
        together.setdefault(_with_town(place, towns), []).append(numbers)
    order = array("q")
    for place in sorted(together, key=lambda place: [*map(_last_if_none, place)]):
        # Only these households are in memory.
        by_household = [
            (_last_if_none(findings[number].household), number)
            for number in chain.from_iterable(together[place])
        ]
        order.extend(number for _, number in sorted(by_household))
    return Listed(findings, order, towns)


def _place_of(finding: Finding) -> Place:
    return finding.county, finding.town, finding.village


def _with_town(place: Place, towns: Mapping[str, set[Town]]) -> Place:
    """A place of which only the village is named, with the only town that has such a one."""
    _, town, village = place
    known = towns.get(village or "", set())
    if town or len(known) != 1:
        return place
    ((county, town),) = known
    return county, town, village


def _last_if_none(text: str | None) -> tuple[bool, str]:
    return text is None, text or ""


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
    """Write a list as a workbook, with the run record on its last sheet.

    What a sheet of Excel has no room for stands on a second one, and so on.
    """
    styles = Styles(BLANK_STYLES)
    sheets = [
        list_sheet(
            f"{LIST}{1 + begin // _MOST_ON_SHEET if begin else ''}",
            findings[begin : begin + _MOST_ON_SHEET],
            columns,
            styles,
            first=begin + 1,
        )
        for begin in range(0, max(len(findings), 1), _MOST_ON_SHEET)
    ]
    sheets[0].selected = True
    write_book(target, [*sheets, _record_sheet(report, findings, styles)], styles)


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


def _by_county(findings: Listed) -> dict[str, Listed]:
    """File name → the county's findings; what names no county is under its town."""

    def words(f: Finding) -> Group:
        return (f.county or f.town or NO_COUNTY,)

    return _named(findings, lambda f: (words(f), words(f)))


def _by_village(findings: Listed) -> dict[str, Listed]:
    """File name → the village's findings; villages of one name in two towns stay apart.

    What names no village is under its town, or its county.
    """

    def words(f: Finding) -> Group:
        return (f.town, f.village) if f.village else (f.town or f.county or NO_VILLAGE,)

    return _named(findings, lambda f: (_place_of(f), words(f)))


def _by_department(findings: Listed) -> dict[str, Listed]:
    """File name → what a department has to confirm; what rests on no list is left out."""
    return _named(findings, lambda f: ((f.department,), (f.department,)) if f.department else None)


_CUTS: dict[str, Callable[[Listed], dict[str, Listed]]] = {
    "all": lambda findings: {LIST: findings},
    "county": _by_county,
    "village": _by_village,
    "department": _by_department,
}


def _named(
    findings: Listed, key_of: Callable[[Finding], tuple[Group, Group] | None]
) -> dict[str, Listed]:
    """The findings of each group by a file name; a key is what makes a group, and its words."""
    groups: dict[Group, array[int]] = {}
    words: dict[Group, Group] = {}
    for number, finding in zip(findings.numbers, findings, strict=True):
        if (known := key_of(finding)) is not None:
            key, words[key] = known
            groups.setdefault(key, array("q")).append(number)
    named: dict[str, Listed] = {}
    taken: set[str] = set()
    for key, group in groups.items():
        name = safe_file_name("_".join(filter(None, (LIST, *words[key]))))
        free, number = name, 2
        while free.lower() in taken:  # Windows does not tell a from A
            free, number = f"{name}-{number}", number + 1
        taken.add(free.lower())
        named[free] = findings.of(group)
    return named


_FORBIDDEN = regex('[<>:"/\\\\|?*\x00-\x1f\x7f]')
_MAX_NAME = 60


def safe_file_name(name: str) -> str:
    """A name that Windows accepts (without extension). It begins with our own word, so that none
    of the reserved names (CON, NUL) can come about."""
    return _FORBIDDEN.sub("_", name)[:_MAX_NAME].rstrip(". ")
