"""How a rule is written, and the registry of all rules.

A rule is a function from the policy to one or more `Violation`s: a Polars expression over the
columns of one table, true where the rule is broken. Null is 'cannot tell', never 'broken'.
The columns a rule needs are those its expression names; nothing else has to be declared.

Its docstring is what `jiandang explain` shows, so it is in Chinese: what is checked, then lines
that begin with 改法： (what to do), 错例： and 对例： (a wrong and a right row).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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

Per = Literal["row", "household", "village", "table", "phone", "id_run", "visit_team", "helper_key"]


class Violation:
    """Where a rule is broken, and the values its message shows.

    `where` is a Boolean expression over the rule's table. `at` overrides the rule's cell, and
    `table` its table (a rule about the steps concerns those of two tables);
    `values` are expressions or constants by the message's names (a column's name needs none).
    """

    def __init__(
        self, where: pl.Expr, *, at: str | None = None, table: str | None = None, **values: Any
    ) -> None:
        self.where = where
        self.at = at
        self.table = table
        self.values = values


Check = Callable[[Policy], Violation | Iterable[Violation]]
Look = Callable[["Frames", "Outcome"], Iterable[Observation]]


@dataclass(frozen=True)
class Explanation:
    """What a rule checks, what to do about a finding, a wrong and a right row; all in Chinese."""

    checks: str
    advice: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    `at` names the column of the cell a finding points at (`a|b`: the first that the sheet has).
    `per` is what one finding is for: each row, or the first row of a household, village or table,
    or of those that are equal in the column it names.
    `needs` lists the columns without which the rule cannot run, where these are not simply the
    ones in its expression; `a|b` is met by either. `at_heading` points at the column's heading.
    `across` is the column whose equal values are looked for in all towns of a run, where those are
    checked one by one.
    `check` is None for a rule that tells of a `notice`: of what reading has noticed, and what the
    rule's `look` at the frames and at the findings of other rules does. `reads` are the columns
    whose faults silence it; `after_all` that it looks at what all others have found.
    """

    code: str
    title: str
    severity: Severity
    message: str
    basis: str
    explanation: Explanation
    table: str = ""
    at: str = ""
    check: Check | None = None
    per: Per = "row"
    needs: tuple[str, ...] | None = None
    at_heading: bool = False
    across: str | None = None
    notice: Notice | None = None
    look: Look | None = None
    reads: tuple[str, ...] = ()
    after_all: bool = False

    @property
    def gate(self) -> str:
        return self.code[:2]

    def violations(self, policy: Policy) -> list[Violation]:
        """The rule's expressions under a policy."""
        if self.check is None:
            return []
        result = self.check(policy)
        return [result] if isinstance(result, Violation) else list(result)

    @property
    def cells_read(self) -> frozenset[tuple[str, str, Literal["row"]]]:
        """The cells that silence a rule about a notice, whatever table its rows are of."""
        return frozenset((table, name, "row") for table in COLUMNS for name in self.reads)


REGISTRY: dict[str, Rule] = {}


def _declare(code: str, doc: str, needs: str | None, **fields: Any) -> None:
    """Add a rule to the registry; `fields` as in `Rule`."""
    if code in REGISTRY:
        raise ValueError(f"rule {code} is declared twice")
    explanation = _read_explanation(code, doc)
    needed = None if needs is None else tuple(needs.split())
    REGISTRY[code] = Rule(code=code, explanation=explanation, needs=needed, **fields)


def rule(
    code: str,
    title: str,
    severity: Severity,
    table: str,
    *,
    at: str,
    message: str,
    basis: str,
    per: Per = "row",
    needs: str | None = None,
    at_heading: bool = False,
    across: str | None = None,
) -> Callable[[Check], Check]:
    """Register the decorated function as the check of a rule; its docstring explains the rule."""

    def decorate(check: Check) -> Check:
        _declare(
            code,
            check.__doc__ or "",
            needs,
            title=title,
            severity=severity,
            table=table,
            at=at,
            message=message,
            basis=basis,
            check=check,
            per=per,
            at_heading=at_heading,
            across=across,
        )
        return check

    return decorate


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
    reads: str = "",
    needs: str | None = None,
) -> None:
    """Register a rule that tells of what was noticed, as in `Rule`.

    `needs` names columns as `table.column`, `a|b` where either will do.
    """
    _declare(
        code,
        doc,
        needs,
        title=title,
        severity=severity,
        message=message,
        basis=basis,
        notice=notice,
        look=look,
        after_all=after_all,
        reads=tuple(reads.split()),
    )


def _read_explanation(code: str, doc: str) -> Explanation:
    """Raises ValueError where one of the four parts is missing."""
    lines = [line.strip() for line in doc.strip().splitlines()]
    labels = {"advice": "改法：", "wrong": "错例：", "right": "对例："}
    parts: dict[str, str] = {"checks": ""}
    current = "checks"
    for line in lines:
        for part, label in labels.items():
            if line.startswith(label):
                current, line = part, line.removeprefix(label)
        parts[current] = parts.get(current, "") + line
    missing = [label for part, label in labels.items() if not parts.get(part)]
    if missing or not parts["checks"]:
        raise ValueError(f"{code}: its docstring lacks {missing or 'what is checked'}")
    return Explanation(**parts)
