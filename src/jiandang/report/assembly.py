"""What a run came to → Report: files, gates, summary."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jiandang import __version__
from jiandang.engine.drafts import Drafts
from jiandang.engine.plan import Unchecked
from jiandang.engine.run import Outcome
from jiandang.engine.words import public
from jiandang.log import LOG
from jiandang.matching.tables import ListCounts
from jiandang.movement.moved import Moved, movement_of
from jiandang.policy import Policy
from jiandang.register.lists.read import ListRead
from jiandang.register.register import FileRead, PassedOver, Role, SheetTable
from jiandang.report.files import FileError, FilePassedOver, FileResult, ListResult, TableRead
from jiandang.report.found import Found, Tally
from jiandang.report.gates import GATES, SECTIONS, GateStatus
from jiandang.report.model import Counts, FileRole, Finding, GateResult, Report, Summary, Tool
from jiandang.report.person import Person
from jiandang.report.unchecked import RuleReason, VillagesNotChecked


@dataclass
class Checked:
    """What the check of a register, which may be a part of the run, came to."""

    drafts: Drafts
    outcome: Outcome
    households: int
    persons: int
    people: dict[str, list[Person]]
    lists: list[ListCounts] = field(default_factory=list)
    moved: Moved | None = None
    homes: frozenset[str] = frozenset()  # the numbers of all households, where answers are to be
    villages: frozenset[str] = frozenset()  # and their villages


def report_of(
    checked: Checked,
    found: Found,
    files: list[FileRead],
    sheets: list[SheetTable],
    policy: Policy,
    as_of: date,
    passed_over: Iterable[PassedOver] = (),
    *,
    left_out: Iterable[str] = (),
    groups: Iterable[str] = (),
    lists: Sequence[tuple[FileRead, Sequence[ListRead]]] = (),
    show_ids: bool = False,
) -> Report:
    """The published result of a run over these files and sheets; all three are used up.

    `left_out` are the codes of the rules that were not asked for, `groups` those of the groups
    whose evidence was given; `lists` are the files of lists, in the order of what was found.
    """
    paths = _shown_paths(files, show_ids)
    moved, outcome = checked.moved, checked.outcome
    tallies = found.settle(moved.lists if moved else ())
    roles: dict[str, FileRole] = {str(read.path): read.role for read in files if read.role != "now"}
    remarks = [public(remark, show_ids) for read in files for remark in read.about_run]
    summary = _summary(checked, files, sheets, tallies)
    of_role = _results(files, sheets, paths, show_ids)
    movement = None
    if moved is not None:
        others = of_role["before"], of_role["changes"]
        movement = movement_of(moved, *others, policy, show_ids)
    _say_not_covered(outcome)
    unasked = Counter(code[:2] for code in left_out)
    for code, traceback in outcome.tracebacks.items():
        LOG.error("规则 %s 运行失败\n%s", code, traceback)
    report = Report(
        tool=Tool(version=__version__),
        policy=policy.name,
        policy_notes=[public(note, show_ids) for note in policy.notes],
        as_of=as_of,
        remarks=remarks,
        files=of_role["now"],
        passed_over=[
            FilePassedOver(
                path=public(str(each.path), show_ids), reason=public(each.reason, show_ids)
            )
            for each in passed_over
        ],
        gates=[_gate(code, outcome, tallies, unasked[code], show_ids) for code in GATES],
        groups=[_gate(code, outcome, tallies, unasked[code], show_ids) for code in groups],
        lists=_lists(checked, lists, show_ids),
        findings=[],
        households=checked.people,
        homes=checked.homes,
        villages=checked.villages,
        movement=movement,
        summary=summary,
    )

    def publish(finding: Finding) -> None:
        finding.role = roles.get(finding.file)
        finding.file = paths.get(finding.file, finding.file)
        finding.checked_file = paths.get(finding.checked_file, "")
        finding.file_name = report.name_of(finding.file)

    return report.model_copy(update={"findings": found.published(publish)})


def _lists(
    checked: Checked,
    files: Iterable[tuple[FileRead, Sequence[ListRead]]],
    show_ids: bool,
) -> list[ListResult]:
    """The lists, without anything of people who are in no register."""
    results: list[ListResult] = []
    counts = iter(checked.lists)
    for file, lists in files:
        path = public(str(file.path), show_ids)
        if file.error_code is not None:
            error = FileError(code=file.error_code, message=public(file.error or "", show_ids))
            name = public(file.name, show_ids)
            results.append(ListResult(name=name, path=path, sha256=file.sha256, error=error))
        for each in lists:
            count = next(counts, ListCounts())
            results.append(
                ListResult(
                    name=public(each.name, show_ids),
                    path=path,
                    sheet=public(each.sheet, show_ids),
                    sha256=each.sha256,
                    kind=each.kind,
                    department=each.department,
                    date=each.day,
                    columns_unread=[public(heading, show_ids) for heading in each.unread],
                    sheets_left=[public(sheet, show_ids) for sheet in each.sheets_left],
                    rows_read=each.rows.read,
                    rows_rejected=each.rows.rejected,
                    rows_used=each.told,
                    rows_left=dict(each.left),
                    rows_beside=each.rows.beside,
                    usable=each.is_usable,
                    numbers=each.usable,
                    numbers_masked=each.masked,
                    numbers_damaged=each.damaged,
                    hits=count.rows,
                    households=count.households,
                    matched=count.matched,
                    near=count.near,
                    namesakes=count.namesakes,
                    ambiguous=count.ambiguous,
                )
            )
    return results


def _say_not_covered(outcome: Outcome) -> None:
    """Rules about what is not in a list have not been checked where the list does not cover.

    A gate is whole without another department's list, but not without a table of its own.
    """
    for code, villages in outcome.uncovered.items():
        if villages:
            of_gate = code[:2] in GATES
            what = "对照的表是别的乡镇的，没有" if of_gate else "名单没有覆盖"
            outcome.not_checked[code] = Unchecked(
                what + "、".join(sorted(villages)), optional=not of_gate
            )


def _gate(
    code: str, outcome: Outcome, tallies: Mapping[str, Tally], left_out: int, show_ids: bool
) -> GateResult:
    tally = tallies.get(code, Tally())
    result = GateResult(
        code=code,
        name=SECTIONS[code],
        status=GateStatus.NOT_CHECKED,
        counts=tally.counts,
        households=tally.households,
        rules_run=sorted(rule for rule in outcome.run if rule.startswith(code)),
        rules_not_checked=_unchecked(code, outcome.not_checked),
        rules_failed=_reasons(code, outcome.failed),
        rules_left_out=left_out,
        silenced=sum(n for rule, n in outcome.silenced.items() if rule.startswith(code)),
        villages_not_checked=_villages(code, outcome, show_ids),
    )
    return result.model_copy(update={"status": result.status_of(tally.counts)})


def _unchecked(gate: str, unchecked: Mapping[str, Unchecked]) -> list[RuleReason]:
    own = sorted(rule for rule in unchecked if rule.startswith(gate))
    return [
        RuleReason(
            rule=rule,
            reason=unchecked[rule].reason,
            lacking=list(unchecked[rule].lacking),
            of_policy=unchecked[rule].of_policy,
            optional=unchecked[rule].optional,
        )
        for rule in own
    ]


def _villages(gate: str, outcome: Outcome, show_ids: bool) -> list[VillagesNotChecked]:
    """The villages that rules of the gate have not looked at, together where they lack the same."""
    found: dict[tuple[tuple[str, ...], ...], dict[str, None]] = {}
    run = {code for code in outcome.run if code.startswith(gate)}
    for villages, rules, sheets in outcome.unseen:
        own = {code: rules[code] for code in sorted(run & rules.keys())}
        if not own:
            continue
        names = dict.fromkeys(name for why in own.values() for name in why.lacking)
        # Beside 农户表, 农户表 或 成员表 says no more.
        lacking = tuple(n for n in names if names.keys() & {*n.split(" 或 ")} <= {n})
        others = dict.fromkeys(why.reason for why in own.values() if not why.lacking)
        reasons = (*(["缺少" + "、".join(lacking)] if lacking else []), *others)
        alike = found.setdefault((reasons, lacking, tuple(own), sheets), {})
        alike.update(dict.fromkeys(villages))
    return [
        VillagesNotChecked(
            villages=[public(name, show_ids) for name in villages],
            reason="；".join(reasons),
            lacking=list(lacking),
            rules=list(codes),
            sheets=[public(sheet, show_ids) for sheet in sheets],
        )
        for (reasons, lacking, codes, sheets), villages in found.items()
    ]


def _reasons(gate: str, reasons: Mapping[str, str]) -> list[RuleReason]:
    own = sorted(rule for rule in reasons if rule.startswith(gate))
    return [RuleReason(rule=rule, reason=reasons[rule]) for rule in own]


def _shown_paths(files: Sequence[FileRead], show_ids: bool) -> dict[str, str]:
    """How the path of each file is shown; names that only differ in what is hidden get numbers."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for read in files:
        own = free = public(str(read.path), show_ids)
        number = 2
        while free in taken:
            free, number = f"{own}（{number}）", number + 1
        taken.add(free)
        paths[str(read.path)] = free
    return paths


def _results(
    files: list[FileRead], sheets: list[SheetTable], paths: Mapping[str, str], show_ids: bool
) -> dict[Role, list[FileResult]]:
    """The results of files and sheets, each of which is let go when its result is there."""
    results: dict[Role, list[FileResult]] = {"now": [], "before": [], "changes": []}
    of_files = deque(sorted(sheets, key=lambda sheet: sheet.file))
    sheets.clear()
    left, number = deque(files), 0
    files.clear()
    while left:
        read, own = left.popleft(), list[SheetTable]()
        while of_files and of_files[0].file == number:
            own.append(of_files.popleft())
        results[read.role].append(_file(paths[str(read.path)], read, own, show_ids))
        number += 1
    return results


def _file(path: str, read: FileRead, sheets: Iterable[SheetTable], show_ids: bool) -> FileResult:
    error = None
    if read.error_code is not None:
        message = public(read.error or "", show_ids)
        error = FileError(code=read.error_code, message=message)
    return FileResult(
        path=path,
        sha256=read.sha256,
        error=error,
        remarks=tuple(public(remark, show_ids) for remark in read.remarks),
        unrecognised_sheets=tuple(public(name, show_ids) for name in read.unrecognised_sheets),
        tables=tuple(_table(sheet, show_ids) for sheet in sheets),
    )


def _table(sheet: SheetTable, show_ids: bool) -> TableRead:
    rows = sheet.rows
    return TableRead(
        sheet=public(sheet.sheet, show_ids),
        table=sheet.table,
        heading_row=sheet.heading_row,
        rows_read=rows.read,
        rows_checked=rows.checked,
        rows_rejected=rows.rejected,
        title_rows=rows.title,
        heading_rows=rows.heading,
        total_rows=rows.total,
        note_rows=rows.note,
        blank_rows=rows.blank,
        form_pages=sheet.pages,
        form_households=sheet.homes,
    )


def _summary(
    checked: Checked,
    files: Sequence[FileRead],
    sheets: Iterable[SheetTable],
    tallies: Mapping[str, Tally],
) -> Summary:
    rows = [sheet.rows for sheet in sheets if files[sheet.file].role == "now"]
    outcome = checked.outcome
    return Summary(
        files=sum(read.role == "now" for read in files),
        files_unreadable=sum(read.error_code is not None for read in files),
        households=checked.households,
        persons=checked.persons,
        rows_read=sum(r.read for r in rows),
        rows_checked=sum(r.checked for r in rows),
        rows_rejected=sum(r.rejected for r in rows),
        rules_run=len(outcome.run),
        rules_not_checked=len(outcome.not_checked.keys() - set(outcome.run)),
        rules_failed=len(outcome.failed),
        silenced=sum(outcome.silenced.values()),
        counts=Counts.sum_of(tally.counts for tally in tallies.values()),
    )
