"""Register + Policy → Report: the one call that runs the rules of the five gates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiandang.engine.findings import FindingBuilder
from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.rule import Rule
from jiandang.engine.run import run_rules
from jiandang.gates.catalogue import all_rules, find_rule, select_rules
from jiandang.gates.silences import SILENCES
from jiandang.policy import Policy
from jiandang.register.register import Register
from jiandang.report.assembly import Checked, report_of
from jiandang.report.model import Report


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

    @property
    def left_out(self) -> list[str]:
        """The codes of all other rules."""
        return [rule.code for rule in all_rules() if rule.code not in self.codes]


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
    return report_of(
        checked,
        register.files,
        register.sheets,
        policy,
        settings.as_of,
        register.passed_over,
        left_out=settings.left_out,
        show_ids=show_ids,
    )


def check_register(register: Register, settings: Settings, *, hand_on: bool = False) -> Checked:
    """Run the rules over a register; `hand_on` as in `run_rules`."""
    plan = plan_for(settings.policy, register, settings.rules)
    frames = Frames(register, plan, settings.as_of)
    outcome = run_rules(frames, SILENCES, hand_on=hand_on)
    builder = FindingBuilder(register, frames, settings.show_ids)
    drafts = builder.drafts(outcome)
    households = register.tables["household"]["household_id"]
    return Checked(
        drafts,
        outcome,
        households.n_unique() - bool(households.null_count()),
        register.tables["member"].height,
        builder.members(drafts) if settings.context else {},
    )
