"""A register → its mended copy, which is written only if no finding appears that was not there."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from jiandang.formats.encrypted import REMOVE_PASSWORD
from jiandang.formats.grid import Unreadable
from jiandang.formats.opening import read_bytes
from jiandang.intake.columns import CellRead
from jiandang.patterns import regex
from jiandang.policy import Policy
from jiandang.repairs.book import Book, Plan, plan_for
from jiandang.repairs.contradicting import WHY_LEFT, apart, contradicted
from jiandang.repairs.kinds import OLD_NUMBERS, REPAIRS, TEXTS, Change, changes_of, left_of
from jiandang.report.model import Finding, Report
from jiandang.reporters.placing import drafted, replacing, short_name
from jiandang.run.checking import check
from jiandang.run.files import MENDED
from jiandang.run.load import load, read_texts

# Of these a finding tells of several cells, at the first that is left.
_OF_NOTATION = {repair.rule for repair in REPAIRS}
_TEXT_COLUMN = "LR019"
_TOGETHER = _OF_NOTATION | {_TEXT_COLUMN}
_LETTERS = regex("[A-Z]+")


class NotFixed(Exception):
    """Why nothing is written, in Chinese."""


@dataclass
class Fix:
    """What can be mended in a file, and its copy if it was written."""

    source: Path
    plan: Plan
    book: Book | None
    only: frozenset[str] = frozenset()
    dropped: list[str] = field(default_factory=list)


def plan_fix(
    source: Path, policy: Policy, only: Collection[str] = (), headings: dict[str, str] | None = None
) -> Fix:
    """What can be mended in a file. Raises NotFixed where it cannot be read."""
    read, cells = read_texts(source, policy, headings)
    if read.error is not None:
        why = REMOVE_PASSWORD if read.error_code == "password" else read.error
        raise NotFixed(f"{source.name} 读不出来：{why}")
    try:
        data = read_bytes(source)
    except Unreadable as error:
        raise NotFixed(f"{source.name} 读不出来：{error.message}") from error
    chosen = frozenset(only)
    contradicting: list[CellRead] = []
    if OLD_NUMBERS.rule in chosen:
        register = load(source, policy, headings=headings)
        cells, contradicting = apart(cells, contradicted(register))
    changes = changes_of(cells, chosen)
    plan, book = plan_for(data, changes)
    if contradicting:
        plan.left[WHY_LEFT] = [Change(OLD_NUMBERS, each, each.raw) for each in contradicting]
    for reason, left in left_of(cells, changes, chosen).items():
        plan.left.setdefault(reason, []).extend(left)
    return Fix(source, plan, book, chosen)


def target_of(source: Path) -> Path:
    """`官山镇.已修整.xlsx`, beside the file."""
    return source.with_name(short_name(source.stem, f"{MENDED}{source.suffix}"))


def write_fix(
    fix: Fix, target: Path, policy: Policy, headings: dict[str, str] | None = None
) -> None:
    """Write the mended copy. Raises NotFixed, or OSError where it cannot be written."""
    if target.exists():
        raise NotFixed(f"已有 {target.name}，没有覆盖：请先改名或移走")
    if fix.book is None:
        raise NotFixed("没有能修整的格子，没有写")
    with drafted(target.parent) as draft:
        fix.dropped = fix.book.save(fix.plan, draft)
        before = check(load(fix.source, policy, headings=headings), policy)
        after = check(load(draft, policy, headings=headings), policy)
        if new := _new_findings(before, after, partly=bool(fix.only)):
            raise NotFixed(
                f"修整后会多出 {sum(new.values())} 处问题（如 {_named(next(iter(new)))}），"
                "没有写，请先按检查结果改正"
            )
        with replacing(target) as place:
            place.write_bytes(draft.read_bytes())


_Key = tuple[str, str, str]


def _new_findings(before: Report, after: Report, *, partly: bool) -> Counter[_Key]:
    """`partly`: of a cell that is mended by one rule alone, another may tell what is left."""
    if any(file.error for file in after.files):
        raise NotFixed("修整后的表读不出来，没有写，请把这一行报告给开发者")
    known = Counter(map(_key, before.findings))
    for rule, sheet, column in [key for key in known if key[0] in _TOGETHER]:
        for left in _telling_what_is_left(rule, partly=partly):
            known[left, sheet, column] = 1_000_000
    return Counter(map(_key, after.findings)) - known


def _telling_what_is_left(rule: str, *, partly: bool) -> Collection[str]:
    """By which rules a column may be told of when some of its cells have been mended."""
    if partly and rule in _OF_NOTATION:
        return _OF_NOTATION
    # LR019 tells of a column of texts alone, LR010 of the blanks of a text (` 15年`); of those
    # that are left, LR011 does.
    return (rule, TEXTS.rule) if rule in (_TEXT_COLUMN, "LR010") else (rule,)


def _key(finding: Finding) -> _Key:
    """What tells findings apart; of those about several cells of a column, only the column."""
    cell = finding.cell
    if finding.rule in _TOGETHER and (letters := _LETTERS.match(cell)):
        cell = letters[0]
    return finding.rule, finding.sheet, cell


def _named(key: _Key) -> str:
    return " ".join(part for part in key if part)
