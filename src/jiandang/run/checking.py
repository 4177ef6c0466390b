"""Register + Policy → Report: the one call that runs the rules of the five gates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jiandang.engine.findings import Drafts, FindingBuilder
from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.rule import Rule
from jiandang.engine.run import run_rules
from jiandang.engine.words import Words
from jiandang.gates.catalogue import find_rule, select_rules
from jiandang.gates.deadlines import timetable_faults
from jiandang.gates.entry.concentration import concentrations
from jiandang.gates.entry.required import missing_columns_and_cells
from jiandang.policy import Policy
from jiandang.register.register import FileRead, Register, SheetTable
from jiandang.report.assembly import Checked, report_of
from jiandang.report.model import Person, Report


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

    def report(
        self, checked: Checked, files: Sequence[FileRead], sheets: Sequence[SheetTable]
    ) -> Report:
        """The published result of a run over these files and sheets."""
        return report_of(
            checked, files, sheets, self.policy, self.as_of, self.rules, show_ids=self.show_ids
        )


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
    checked = check_register(register, settings)
    return settings.report(checked, register.files, register.sheets)


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


def _people(frames: Frames, drafts: Drafts, show_ids: bool) -> dict[str, list[Person]]:
    """Household number, as the findings show it → its members."""
    words = Words(show_ids)
    touched = {draft.household for draft in drafts.values() if draft.household}
    frames.ensure("member", ["years"])
    members = frames["member"].drop_nulls("household_id")
    households: dict[str, list[Person]] = {}
    rows = members.select("household_id", "name", "relation", "sex", "years").iter_rows()
    for household, name, relation, sex, age in rows:
        shown = words.code(household)
        if shown in touched:
            person = Person(
                name=words.public(name),
                relation=words.public(relation),
                sex=words.public(sex),
                age=age,
            )
            households.setdefault(shown, []).append(person)
    return dict(sorted(households.items()))
