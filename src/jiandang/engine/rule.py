"""How a rule is written, and the registry of all rules.

A rule is a function from the policy to one or more `Violation`s: a Polars expression over the
columns of one table, true where the rule is broken. Null is 'cannot tell', never 'broken'.
The columns a rule needs are those its expression names; nothing else has to be declared.

Its docstring is what `jiandang explain` shows, so it is in Chinese: what is checked, then lines
that begin with 改法： (what to do), 错例： and 对例： (a wrong and a right row). Two more
may follow. 理由： has known reasons, by 、, why what is found may be right all the same.
凭证： names the proof with which an error may stand, where the world itself can contain it: no
other can be explained away.
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from jiandang.policy import Policy
from jiandang.register.notice import Notice
from jiandang.register.register import Observation
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

if TYPE_CHECKING:
    from jiandang.engine.frames import Frames
    from jiandang.engine.run import Outcome

Per = Literal[
    "row", "household", "village", "table", "phone", "id_run", "visit_team", "helper_key",
    "helper_phone", "team_and_village", "town_day", "clerk_day", "head_block",
    "number_block", "meeting", "slip_block", "owner_block",
]  # fmt: skip
_KEYS = {"household": "household_id", "village": "village_key"}
# A column of the register that something rests on: its cell in the same row, or the cells of all
# rows of the household.
Scope = Literal["row", "household"]
Read = tuple[str, str, Scope]


class Violation:
    """Where a rule is broken, and the values its message shows.

    `where` is a Boolean expression over the rule's table. `at` overrides the rule's cell, `table`
    its table (a rule about the steps concerns those of two tables), `severity` its severity;
    `values` are expressions or constants by the message's names (a column's name needs none).
    `is_fault` is false of what is told but makes no cell faulty, so that nothing is silenced by it.
    `is_surplus` is true of rows that should not be there at all (`silence.ROW`). `also` names
    further columns that are as faulty as the one of `at`. `rests_on` names the columns whose faults
    silence it, where those of the others that `where` names do not.

    What is not in a list is told only where the list covers: of the rows that are `asked` about,
    those that are `covered`. Of the others the villages are told as not checked.
    """

    def __init__(
        self,
        where: pl.Expr,
        *,
        at: str | None = None,
        table: str | None = None,
        severity: Severity | None = None,
        asked: pl.Expr | None = None,
        covered: pl.Expr | None = None,
        is_fault: bool = True,
        is_surplus: bool = False,
        also: str = "",
        rests_on: str = "",
        **values: Any,
    ) -> None:
        self.is_fault = is_fault
        self.is_surplus = is_surplus
        self.also = also
        self.rests_on = rests_on
        self.where = where
        if asked is not None and covered is not None:
            self.where = asked & covered & where
        self.asked = asked
        self.covered = covered
        self.at = at
        self.table = table
        self.severity = severity
        self.values = values


# Before the known exceptions at the end of a message, which are parted by ；.
POINTS = "核实要点："
Check = Callable[[Policy], Violation | Iterable[Violation]]
Look = Callable[["Frames", "Outcome"], Iterable[Observation]]


@dataclass(frozen=True)
class Explanation:
    """What a rule checks, what to do about a finding, a wrong and a right row; all in Chinese.

    `known` are reasons why a finding may be right as it is, and `proof` is what an error needs to
    be left as it is; empty where there is none.
    """

    checks: str
    advice: str
    wrong: str
    right: str
    known: str = ""
    proof: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(self.known.rstrip("。").split("、")) if self.known else ()


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue; as a decorator it registers the function that is its check.

    `at` names the column of the cell a finding points at (`a|b`: the first that the sheet has).
    `per` is what one finding is for: each row, or the first row of a household, village or table,
    or of those that are equal in the column it names.
    `needs` lists the columns without which the rule cannot run, where these are not simply the
    ones in its expression; `a|b` is met by either. `at_heading` points at the column's heading.
    `across` is the column whose equal values are looked for in all towns of a run, where those are
    checked one by one.
    `check` is None for a rule that tells of a `notice`: of what reading has noticed, and what the
    rule's `look` at the frames and at the findings of other rules does. `reads` are the columns
    whose faults silence it, `at` for the cell itself, also where another rule has told of it;
    `after_all` that it comes last and may look at what all others have found, `of_policy` that it
    is about the policy alone, so that it checks no register; `optional` that not every form asks
    for what it is about, so that a gate is whole without it.
    """

    code: str
    title: str
    severity: Severity
    table: str
    _: KW_ONLY
    at: str
    message: str
    basis: str
    doc: str = ""
    check: Check | None = None
    per: Per = "row"
    needs: str | None = None
    at_heading: bool = False
    across: str | None = None
    notice: Notice | None = None
    look: Look | None = None
    reads: str = ""
    after_all: bool = False
    of_policy: bool = False
    optional: bool = False

    def __call__(self, check: Check) -> Check:
        _register(replace(self, check=check, doc=check.__doc__ or ""))
        return check

    @property
    def gate(self) -> str:
        return self.code[:2]

    @property
    def key(self) -> str | None:
        """The column whose equal values make one finding; None where a row or a table does."""
        return None if self.per in ("row", "table") else _KEYS.get(self.per, self.per)

    @cached_property
    def explanation(self) -> Explanation:
        return _read_explanation(self.code, self.doc)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Known reasons why what is found may be right: its own, or the points of its message."""
        points = self.message.partition(POINTS)[2]
        return self.explanation.reasons or tuple(filter(None, points.split("；")))

    @property
    def cells_read(self) -> frozenset[Read]:
        """The cells that silence a rule about a notice, whatever table its rows are of."""
        return frozenset((table, name, "row") for table in COLUMNS for name in self.reads.split())

    def violations(self, policy: Policy) -> list[Violation]:
        """The rule's expressions under a policy."""
        if self.check is None:
            return []
        result = self.check(policy)
        return [result] if isinstance(result, Violation) else list(result)


REGISTRY: dict[str, Rule] = {}
rule = Rule


def _register(rule: Rule) -> None:
    if rule.code in REGISTRY:
        raise ValueError(f"rule {rule.code} is declared twice")
    _ = rule.explanation  # raises ValueError where a part of it is missing
    REGISTRY[rule.code] = rule


def observed(
    code: str,
    notice: Notice,
    title: str,
    severity: Severity,
    *,
    message: str,
    basis: str,
    doc: str,
    look: Look | None = None,
    after_all: bool = False,
    of_policy: bool = False,
    reads: str = "",
    needs: str | None = None,
) -> None:
    """Register a rule that tells of what was noticed; the parameters as in `Rule`.

    `needs` names columns as `table.column`, `a|b` where either will do.
    """
    _register(
        Rule(
            code,
            title,
            severity,
            "",
            at="",
            message=message,
            basis=basis,
            doc=doc,
            needs=needs,
            notice=notice,
            look=look,
            reads=reads,
            after_all=after_all,
            of_policy=of_policy,
        )
    )


def _read_explanation(code: str, doc: str) -> Explanation:
    """Raises ValueError where one of the first four parts is missing."""
    lines = [line.strip() for line in doc.strip().splitlines()]
    labels = {"advice": "改法：", "wrong": "错例：", "right": "对例："}
    optional = {"known": "理由：", "proof": "凭证："}
    parts: dict[str, str] = {"checks": ""}
    current = "checks"
    for line in lines:
        for part, label in (*labels.items(), *optional.items()):
            if line.startswith(label):
                current, line = part, line.removeprefix(label)
        parts[current] = parts.get(current, "") + line
    missing = [label for part, label in labels.items() if not parts.get(part)]
    if missing or not parts["checks"]:
        raise ValueError(f"{code}: its docstring lacks {missing or 'what is checked'}")
    if "proof" in parts:
        parts["proof"] = parts["proof"].rstrip("。")
    return Explanation(**parts)
