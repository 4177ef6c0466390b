"""Register + Policy → Report: the one call that runs the rules of the five gates."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from jiandang.engine.coverage import villages_unseen
from jiandang.engine.findings import FindingBuilder
from jiandang.engine.frames import Frames
from jiandang.engine.plan import plan_for
from jiandang.engine.rule import Rule
from jiandang.engine.run import run_rules
from jiandang.engine.too_many import leave_out_most_frequent
from jiandang.errors import InvalidArgument, InvalidDate, PolicyError, UnknownRule
from jiandang.gates.catalogue import all_rules, find_rule, required_rules, select_rules
from jiandang.gates.silences import SILENCES
from jiandang.log import LOG
from jiandang.matching.keys import KeysOfParts
from jiandang.matching.tables import ListCounts, keys_of, with_lists
from jiandang.paths import paths_of
from jiandang.policy import DEFAULT_POLICY, Policy, policy_of
from jiandang.register.lists.read import ListRead
from jiandang.register.masking import mask_code
from jiandang.register.register import FileRead, PassedOver, Register, SheetTable
from jiandang.register.village_names import whole_village
from jiandang.register.whole import whole
from jiandang.report.assembly import Checked, report_of
from jiandang.report.found import Found, InMemory
from jiandang.report.gates import GATES, GROUPS
from jiandang.report.model import Report
from jiandang.run.arguments import require_register, require_truths
from jiandang.run.comparing import Earlier, compare, refuse_same_file
from jiandang.run.lists import ListFile, find_lists, read_lists, with_rows
from jiandang.run.processes import Workers


@dataclass(frozen=True)
class Settings:
    """How to check: the parameters of `check`."""

    policy: Policy
    as_of: date
    codes: tuple[str, ...]
    show_ids: bool = False
    context: bool = False
    evidence: bool = False
    groups: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        policy: Policy | str | Path = DEFAULT_POLICY,
        *,
        as_of: date | str | None = None,
        select: str | Iterable[str] = (),
        ignore: str | Iterable[str] = (),
        show_ids: bool = False,
        context: bool = False,
        evidence: bool = False,
        groups: Iterable[str] = (),
    ) -> "Settings":
        """`groups` are the codes of the groups whose evidence is given (see `GROUPS`).

        Raises PolicyError, UnknownRule or InvalidDate.
        """
        given = tuple(code for code in GROUPS if code in groups)
        selected = select_rules(select, ignore)
        rules = [rule for rule in selected if rule.gate in (*GATES, *given)]
        if selected and not rules:
            raise UnknownRule(
                "选的规则都要另外的材料：部门比对（BD）用 --with（lists）给名单，"
                "动态管理（DT）用 --before（before）给上一次的登记表"
            )
        codes = tuple(rule.code for rule in rules)
        policy = policy_of(policy)
        try:
            required_rules(policy.check.require)
        except UnknownRule as error:
            raise PolicyError(
                f"政策 {policy.name}：check.require（必须查成的规则）{error}"
            ) from None
        return cls(policy, day_of(as_of), codes, show_ids, context, evidence, given)

    @property
    def rules(self) -> list[Rule]:
        """The rules to run; their codes are kept, since rules cannot be sent to a process."""
        return [find_rule(code) for code in self.codes]

    @property
    def left_out(self) -> list[str]:
        """The codes of all other rules."""
        own = {*self.codes}
        return [rule.code for rule in all_rules() if rule.code not in own]


def day_of(as_of: date | str | None) -> date:
    """A check date: the day itself, its ISO text, or today for None. Raises InvalidDate."""
    if as_of is None:
        return date.today()
    try:
        if isinstance(as_of, date):  # of a time too, but pandas' NaT has no year
            return date(as_of.year, as_of.month, as_of.day)
        return date.fromisoformat(as_of)
    except ValueError:
        raise InvalidDate(f"“{as_of}”不是日期，应写成 2016-03-29") from None
    except TypeError:
        kind = type(as_of).__name__
        raise InvalidDate(
            f"“{as_of}”不是日期，应写成 2016-03-29 这样的文字，或用 date，现在是 {kind}"
        ) from None


def check(
    register: Register,
    policy: Policy | str | Path = DEFAULT_POLICY,
    *,
    as_of: date | str | None = None,
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    show_ids: bool = False,
    context: bool = False,
    evidence: bool = False,
    lists: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    before: Register | None = None,
    changes: Register | None = None,
) -> Report:
    """Check a register against a policy: one that is loaded, the name of one, or its file.

    `as_of` is the check date, or its ISO text (today unless given); `select` and `ignore` take
    rule codes, their beginnings (`LR1`) and gates (`SB`), one or several; `show_ids` leaves
    private numbers unmasked; `context` adds the members of each household that has findings;
    `evidence` adds what each finding rests on, by which a marked copy's answers are read back.
    `lists` are files or folders of other departments' lists to compare it with (`低保=名单.xls`
    names the kind). `before` is an earlier register with which this one is compared as well, and
    `changes` the 增减表 (`load_changes`) that says who came or left between the two.
    Raises PolicyError, UnknownRule, InvalidDate, InvalidArgument, ListError, or SameFile where both
    are of one file.
    """
    require_register(register, "check 的第一个参数")
    for name, other in (("before", before), ("changes", changes)):
        if other is not None:
            require_register(other, f"{name} ")
    register = whole(register)
    before = None if before is None else whole(before)
    changes = None if changes is None else whole(changes)
    if changes is not None and before is None:
        raise InvalidArgument(
            "changes（增减表）要与两次登记核对，请同时用 before 给出上一次的登记表"
        )
    require_truths(show_ids=show_ids, context=context, evidence=evidence)
    given = find_lists(paths_of(lists))
    settings = Settings.of(
        policy,
        as_of=as_of,
        select=select,
        ignore=ignore,
        show_ids=show_ids,
        context=context,
        evidence=evidence,
        groups=[*(["BD"] if given else []), *(["DT"] if before is not None else [])],
    )
    with Workers(1) as workers:
        keys = KeysOfParts.of([[keys_of(register.tables.values())] if given else []])
        of_lists = []
        for file, kept in read_lists(given, keys, None, workers):
            file.lists = [*with_rows(file.lists, kept.get(0))]
            of_lists.append(file)
    earlier = None if before is None else Earlier(before, changes)
    return report_on(register, settings, of_lists, earlier)


def report_on(
    register: Register,
    settings: Settings,
    of_lists: Sequence[ListFile],
    earlier: Earlier | None = None,
) -> Report:
    """The report of a register, compared with lists that have been read for it, and an earlier."""
    lists = [one for file in of_lists for one in file.lists]
    if earlier is None:
        run, checked = register, check_register(register, settings, lists)
    else:
        run, checked = check_dates(register, earlier, settings, lists)
        refuse_same_file(
            (file, [s for s in run.sheets if s.file == number])
            for number, file in enumerate(run.files)
        )
    passed_over = register.passed_over
    found = InMemory(checked.drafts)
    files, sheets = [*run.files], [*run.sheets]  # which the register keeps
    return report_with(settings, checked, found, files, sheets, passed_over, of_lists)


def report_with(
    settings: Settings,
    checked: Checked,
    found: Found,
    files: list[FileRead],
    sheets: list[SheetTable],
    passed_over: Iterable[PassedOver],
    lists: Sequence[ListFile] = (),
) -> Report:
    """The report of what was checked with these settings, as `report_of`."""
    left = [PassedOver(file.read.path, file.passed_over) for file in lists if file.passed_over]
    passed_over = [*passed_over]
    known = {each.path for each in passed_over}
    return report_of(
        checked,
        found,
        files,
        sheets,
        settings.policy,
        settings.as_of,
        [*passed_over, *(each for each in left if each.path not in known)],
        left_out=settings.left_out,
        groups=settings.groups,
        lists=[(file.read, file.lists) for file in lists if not file.passed_over],
        show_ids=settings.show_ids,
    )


def check_dates(
    register: Register,
    earlier: Earlier,
    settings: Settings,
    lists: Iterable[ListRead] = (),
    *,
    hand_on: bool = False,
) -> tuple[Register, Checked]:
    """Check a register, and compare it with an earlier one; also gives the register of both."""
    codes = {code: find_rule(code).gate == "DT" for code in settings.codes}
    own = replace(settings, codes=tuple(code for code, of_dates in codes.items() if not of_dates))
    checked = check_register(register, own, lists, hand_on=hand_on)
    both, moved = compare(
        register, earlier, settings.policy, settings.as_of, show_ids=settings.show_ids
    )
    of_dates = tuple(code for code, of_dates in codes.items() if of_dates)
    dated = check_register(
        both, replace(settings, codes=of_dates, context=False, groups=("DT",)), whole=False
    )
    checked.drafts.update(dated.drafts)
    checked.outcome.add(dated.outcome)
    checked.moved = moved
    return both, checked


def check_register(
    register: Register,
    settings: Settings,
    lists: Iterable[ListRead] = (),
    *,
    hand_on: bool = False,
    whole: bool = True,
    use_up: bool = False,
) -> Checked:
    """Run the rules over a register, compared with the lists; `hand_on` as in `run_rules`.

    Of a register that is not `whole`, nothing is told of what its villages lack. With `use_up`
    nobody needs the register's observations any more: they and the findings that are made of them
    are not in memory at once.
    """
    start = perf_counter()
    counts: list[ListCounts] = []
    frames = Frames(register, plan_for(settings.policy, register), settings.as_of)
    if "BD" in settings.groups:
        frames, counts = with_lists(frames, lists)
        register = frames.register
    outcome = run_rules(frames, settings.rules, SILENCES, hand_on=hand_on)
    leave_out_most_frequent(outcome.hits)
    if whole:
        outcome.unseen = villages_unseen(frames, settings.rules, outcome.not_checked)
    if use_up:
        frames.forget_noticed()
    builder = FindingBuilder(
        register, frames, show_ids=settings.show_ids, evidence=settings.evidence
    )
    drafts = builder.drafts(outcome)
    households = register.tables["household"]["household_id"]
    LOG.info("运行了 %d 条规则，%.2f 秒", len(outcome.run), perf_counter() - start)
    return Checked(
        drafts,
        outcome,
        households.n_unique() - bool(households.null_count()),
        register.tables["member"].height,
        builder.members(drafts) if settings.context else {},
        counts,
        homes=_homes(register) if settings.evidence else frozenset(),
        villages=_villages(register) if settings.evidence else frozenset(),
    )


def _homes(register: Register) -> frozenset[str]:
    """The numbers of all households, as findings show them."""
    tables = (register.tables[table]["household_id"] for table in ("household", "member"))
    return frozenset(mask_code(number) for ids in tables for number in ids.drop_nulls().unique())


def _villages(register: Register) -> frozenset[str]:
    """The villages of all households and members, in the one form of their names."""
    tables = (register.tables[table].select("town", "village") for table in ("household", "member"))
    return frozenset(
        whole_village(village, town or "")
        for table in tables
        for town, village in table.drop_nulls("village").unique().iter_rows()
    )
