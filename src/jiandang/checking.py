"""Register + Policy → Report: the one call that runs the rules of the five gates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jiandang import __version__
from jiandang.gates.catalogue import find_rule, select_rules
from jiandang.gates.deadlines import timetable_faults
from jiandang.gates.engine import Outcome, run_rules
from jiandang.gates.entry.concentration import concentrations
from jiandang.gates.entry.required import missing_columns_and_cells
from jiandang.gates.findings import Drafts, FindingBuilder, findings_of
from jiandang.gates.frames import Frames
from jiandang.gates.masking import mask_code, mask_private
from jiandang.gates.plan import plan_for
from jiandang.gates.rule import Rule
from jiandang.policy import Policy
from jiandang.register.register import FileRead, Register, SheetTable
from jiandang.report import (
    GATES,
    Counts,
    FileError,
    FileResult,
    Finding,
    GateResult,
    GateStatus,
    Person,
    Report,
    RuleReason,
    Severity,
    Summary,
    TableRead,
    Tool,
)


@dataclass(frozen=True)
class Settings:
    """How to check: the parameters of `check`."""

    policy: Policy
    as_of: date
    codes: tuple[str, ...]
    show_ids: bool = False
    context: bool = False

    @classmethod
    def of(
        cls,
        policy: Policy,
        *,
        as_of: date | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        show_ids: bool = False,
        context: bool = False,
    ) -> "Settings":
        """Raises ValueError for a code that no rule has."""
        codes = tuple(rule.code for rule in select_rules(select, ignore))
        return cls(policy, as_of or date.today(), codes, show_ids, context)

    @property
    def rules(self) -> list[Rule]:
        """The rules to run; their codes are kept, since rules cannot be sent to a process."""
        return [find_rule(code) for code in self.codes]


@dataclass
class Checked:
    """What the check of a register, which may be a part of the run, came to."""

    drafts: Drafts
    outcome: Outcome
    households: int
    persons: int
    people: dict[str, list[Person]]


def check(
    register: Register,
    policy: Policy,
    *,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    show_ids: bool = False,
    context: bool = False,
) -> Report:
    """Check a register against a policy.

    `as_of` is the check date (today unless given); `select` and `ignore` take rule codes, their
    beginnings (`LR1`) and gates (`SB`); `show_ids` leaves private numbers unmasked; `context`
    adds the members of each household that has findings.
    Raises ValueError for a code that no rule has.
    """
    settings = Settings.of(
        policy,
        as_of=as_of,
        select=select,
        ignore=ignore,
        show_ids=show_ids,
        context=context,
    )
    return report_of(check_register(register, settings), register.files, register.sheets, settings)


def check_register(register: Register, settings: Settings, *, hand_on: bool = False) -> Checked:
    """Run the rules over a register; `hand_on` as in `run_rules`."""
    frames = Frames(register, plan_for(settings.policy, register), settings.as_of)
    observations = [*register.observations, *missing_columns_and_cells(frames)]
    observations += timetable_faults(settings.policy)
    rules = settings.rules
    outcome = run_rules(rules, frames, observations, hand_on=hand_on)
    if (concentrated := find_rule("LR015")) in rules:
        seen = [(concentrated, found) for found in concentrations(outcome, frames)]
        outcome.observations.extend(seen)
    drafts = FindingBuilder(register, frames, settings.show_ids).drafts(outcome)
    households = register.tables["household"]["household_id"]
    return Checked(
        drafts,
        outcome,
        households.n_unique() - bool(households.null_count()),
        register.tables["member"].height,
        _people(frames, drafts, settings.show_ids) if settings.context else {},
    )


def report_of(
    checked: Checked, files: Sequence[FileRead], sheets: Sequence[SheetTable], settings: Settings
) -> Report:
    """The published result of a run over these files and sheets."""
    outcome, findings = checked.outcome, list(findings_of(checked.drafts))
    return Report(
        tool=Tool(version=__version__),
        policy=settings.policy.name,
        policy_notes=list(settings.policy.notes),
        as_of=settings.as_of,
        files=[_file(number, read, sheets) for number, read in enumerate(files)],
        gates=[_gate(code, settings.rules, outcome, findings) for code in GATES],
        findings=findings,
        households=checked.people,
        summary=_summary(checked, files, sheets, findings),
    )


def _people(frames: Frames, drafts: Drafts, show_ids: bool) -> dict[str, list[Person]]:
    """Household number, as the findings show it → its members."""
    touched = {draft.household for draft in drafts.values() if draft.household}
    frames.ensure("member", ["years"])
    members = frames["member"].drop_nulls("household_id")
    households: dict[str, list[Person]] = {}
    rows = members.select("household_id", "name", "relation", "sex", "years").iter_rows()
    for household, name, relation, sex, age in rows:
        shown = household if show_ids else mask_code(household)
        if shown in touched:
            who = name if show_ids or name is None else mask_private(name)
            person = Person(name=who, relation=relation, sex=sex, age=age)
            households.setdefault(shown, []).append(person)
    return dict(sorted(households.items()))


def _gate(
    code: str, rules: Iterable[Rule], outcome: Outcome, findings: Iterable[Finding]
) -> GateResult:
    own = sorted(rule.code for rule in rules if rule.gate == code)
    found = [finding for finding in findings if finding.gate == code]
    counts = _counts(found)
    run = [c for c in own if c in outcome.run]
    if counts.error or counts.warning:
        status = GateStatus.FAILED
    elif counts.suspect:
        status = GateStatus.SUSPECT
    elif run:
        status = GateStatus.PASSED
    else:
        status = GateStatus.NOT_CHECKED
    return GateResult(
        code=code,
        name=GATES[code],
        status=status,
        counts=counts,
        households=len({f.household for f in found if f.household}),
        rules_run=run,
        rules_not_checked=_reasons(own, outcome.not_checked),
        rules_failed=_reasons(own, outcome.failed),
        silenced=sum(outcome.silenced.get(c, 0) for c in own),
    )


def _reasons(codes: Iterable[str], reasons: dict[str, str]) -> list[RuleReason]:
    return [RuleReason(rule=code, reason=reasons[code]) for code in codes if code in reasons]


def _counts(findings: Iterable[Finding]) -> Counts:
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return Counts(**{severity.value: count for severity, count in counts.items()})


def _file(number: int, read: FileRead, sheets: Iterable[SheetTable]) -> FileResult:
    error = None
    if read.error_code is not None:
        error = FileError(code=read.error_code, message=read.error or "")
    return FileResult(
        path=str(read.path),
        sha256=read.sha256,
        error=error,
        remarks=read.remarks,
        tables=[_table(sheet) for sheet in sheets if sheet.file == number],
    )


def _table(sheet: SheetTable) -> TableRead:
    rows = sheet.rows
    return TableRead(
        sheet=sheet.sheet,
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
    )


def _summary(
    checked: Checked,
    files: Sequence[FileRead],
    sheets: Iterable[SheetTable],
    findings: Iterable[Finding],
) -> Summary:
    rows = [sheet.rows for sheet in sheets]
    outcome = checked.outcome
    return Summary(
        files=len(files),
        files_unreadable=sum(read.error_code is not None for read in files),
        households=checked.households,
        persons=checked.persons,
        rows_read=sum(r.read for r in rows),
        rows_checked=sum(r.checked for r in rows),
        rows_rejected=sum(r.rejected for r in rows),
        rules_run=len(outcome.run),
        rules_not_checked=len(outcome.not_checked),
        rules_failed=len(outcome.failed),
        silenced=sum(outcome.silenced.values()),
        counts=_counts(findings),
    )
