"""The published result of a check: findings, gates, files, summary (schemas/report.schema.json)."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field, WrapValidator

from jiandang.errors import InvalidArgument
from jiandang.paths import names_apart
from jiandang.report.answered import Answer, AnswersRead, AnswerState, Since
from jiandang.report.files import (
    Count,
    Day,
    FilePassedOver,
    FileResult,
    GateCode,
    ListResult,
    Published,
    RuleCode,
)
from jiandang.report.gates import GROUPS, GateStatus, word_named
from jiandang.report.movement import Movement
from jiandang.report.person import Person
from jiandang.report.unchecked import RuleReason, VillagesNotChecked


class Severity(StrEnum):
    """错误 must be corrected, 警告 corrected or explained, 疑点 verified; 提示 is a figure.

    The worse is the greater one: `finding.severity >= Severity.WARNING`.
    """

    ERROR = "error"
    WARNING = "warning"
    SUSPECT = "suspect"
    INFO = "info"

    @classmethod
    def _missing_(cls, value: object) -> "Severity":
        return word_named(value, SEVERITY_NAMES, "程度")

    # A text would be compared by its letters.
    def __lt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _WORST_FIRST.index(self)


_WORST_FIRST = tuple(Severity)

SEVERITY_NAMES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.SUSPECT: "疑点",
    Severity.INFO: "提示",
}


# A file of the earlier register, or of 增减表.
FileRole = Literal["before", "changes"]


class Counts(Published):
    """Findings by severity."""

    error: Count = 0
    warning: Count = 0
    suspect: Count = 0
    info: Count = 0

    @property
    def total(self) -> int:
        return self.error + self.warning + self.suspect + self.info

    def of(self, severity: Severity) -> int:
        count: int = getattr(self, severity.value)
        return count

    @classmethod
    def sum_of(cls, parts: Iterable["Counts"]) -> "Counts":
        parts = [*parts]
        return cls(**{s.value: sum(part.of(s) for part in parts) for s in Severity})

    def without(self, others: "Counts") -> "Counts":
        """What is left when the others, which are among these, are taken off."""
        return Counts(**{s.value: self.of(s) - others.of(s) for s in Severity})


# A city has tens of thousands of them, each made and sent to another process: an instance of a
# model takes ten times the memory, one of a frozen class four times as long.
@dataclass(slots=True, kw_only=True)
class Finding:
    """One violation of a rule at one cell of the user's own file."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __hash__(self) -> int:
        # Of what a report never changes: findings can be put into sets, though not frozen.
        return hash((self.rule, self.fingerprint, self.file, self.sheet, self.cell))

    rule: RuleCode
    gate: GateCode
    severity: Severity
    title: str
    message: str
    advice: str
    file: str
    sheet: str
    cell: Annotated[
        str,
        Field(
            pattern=r"^([A-Z]{1,3}[1-9][0-9]{0,6}|[a-z_]+(\.[a-z_]+)*)?$",
            description="A1 address in the user's own file, empty for the whole sheet; "
            "of the policy the parameter",
        ),
    ]
    row: Annotated[int, Field(ge=0, description="1-based row of the sheet; 0 for the policy")]
    column: Annotated[str, Field(description="heading of the column")]
    county: str | None = None
    town: str | None = None
    village: str | None = None
    household: Annotated[str | None, Field(description="户编号")] = None
    head: Annotated[str | None, Field(description="户主 of the household")] = None
    person: str | None = None
    value: Annotated[
        str | None, Field(description="what stands in the cell, masked unless asked for")
    ] = None
    expected: str | None = None
    department: Annotated[
        str | None, Field(description="who has to confirm it", exclude_if=operator.not_)
    ] = None
    list_name: Annotated[
        str | None, Field(description="the list that says otherwise", exclude_if=operator.not_)
    ] = None
    fingerprint: Annotated[
        str,
        Field(
            pattern="^[0-9a-f]{16}$",
            description="问题号: the same wherever the row stands and whatever is shown of it",
        ),
    ]
    role: Annotated[
        FileRole | None,
        Field(
            description="where `file` is none of those that are checked, what it is",
            exclude_if=operator.not_,
        ),
    ] = None
    # Of such a file the one that was compared with it: in its marked copy the finding stands too.
    checked_file: Annotated[str, Field(exclude=True)] = field(default="", compare=False)
    # Of `file`, as far as it tells it from the others of the run; the report gives it.
    file_name: Annotated[str, Field(exclude=True)] = field(default="", compare=False)
    # 依据码: what the finding rests on; only for files that hold the register anyway.
    evidence: Annotated[str, Field(exclude=True)] = field(default="", compare=False)
    answer: Answer | None = None
    is_new: Annotated[
        bool | None, Field(description="whether an earlier report does not have it")
    ] = None

    @property
    def address(self) -> str:
        """`成员!K24`; the sheet alone where a finding is about the whole of it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def is_verified(self) -> bool:
        """Whether it was found to be right as it stands (登记无误): nobody has to see to it."""
        return self.answer is not None and self.answer.state is AnswerState.ACCEPTED


class ReadSingly(Sequence[Finding]):
    """Findings that are not in memory: each is read when its turn has come."""


if TYPE_CHECKING:
    Findings = Sequence[Finding]
else:
    # To look at all of them at each copy of a report would take as long as writing it.
    Findings = Annotated[
        list[Finding],
        WrapValidator(
            lambda given, check: given if isinstance(given, ReadSingly) else check(given)
        ),
    ]


class GateResult(Published):
    """One of the five gates, or of the groups beside them."""

    code: GateCode
    name: str
    status: GateStatus
    counts: Counts
    verified: Counts = Field(
        default=Counts(), description="of these, the findings that an accepted answer explains"
    )
    households: Count = Field(description="households touched by a finding")
    rules_run: list[RuleCode]
    rules_not_checked: list[RuleReason]
    rules_failed: list[RuleReason] = Field(description="rules that failed themselves")
    rules_left_out: Count = Field(
        default=0, description="rules of the gate that were not asked for (--select, --ignore)"
    )
    silenced: Count = Field(
        description="violations not shown, since they rest on a cell already found faulty"
    )
    villages_not_checked: list[VillagesNotChecked] = Field(
        default=[],
        exclude_if=operator.not_,
        description="villages whose sheets lack what rules need that have run for others",
    )

    @property
    def title(self) -> str:
        """The name, and of a group that it is none of the gates."""
        return f"另查 {self.name}" if self.code in GROUPS else self.name

    @property
    def is_whole(self) -> bool:
        """Whether all that policy and form ask for has been checked, of each village."""
        complete = all(reason.of_policy or reason.optional for reason in self.rules_not_checked)
        complete = complete and not self.villages_not_checked
        return bool(self.rules_run) and complete and not (self.rules_failed or self.rules_left_out)

    @property
    def rules_checked(self) -> set[str]:
        """The rules of the gate that have run, and of each village."""
        reasons = (*self.rules_not_checked, *self.rules_failed)
        lacking = {code for each in self.villages_not_checked for code in each.rules}
        return {*self.rules_run} - {reason.rule for reason in reasons} - lacking

    @property
    def rules_missing(self) -> int:
        """How many rules of the gate have no result."""
        return len(self.rules_not_checked) + len(self.rules_failed) + self.rules_left_out

    def status_of(self, counts: Counts) -> GateStatus:
        """What the gate comes to with these findings, which may be those of one file."""
        if counts.error or counts.warning:
            return GateStatus.FAILED
        if counts.suspect:
            return GateStatus.SUSPECT
        if not self.rules_run:
            return GateStatus.NOT_CHECKED
        return GateStatus.PASSED if self.is_whole else GateStatus.PARTIAL


class Tool(Published):
    name: Literal["jiandang"] = "jiandang"
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*")]


class Summary(Published):
    """Totals of the run."""

    files: Count
    files_unreadable: Count
    households: Count
    persons: Count
    rows_read: Count
    rows_checked: Count
    rows_rejected: Count
    rules_run: Count
    rules_not_checked: Count
    rules_failed: Count
    silenced: Count
    counts: Counts
    verified: Counts = Field(
        default=Counts(), description="of these, the findings that an accepted answer explains"
    )


class Report(Published):
    """The result of one run."""

    tool: Tool
    policy: str
    policy_notes: list[str] = Field(default=[])
    as_of: Day
    remarks: list[str] = Field(
        default=[],
        exclude_if=operator.not_,
        description="what is to be known before the findings are read, as two versions of a file",
    )
    files: list[FileResult]
    passed_over: list[FilePassedOver] = Field(default=[])
    gates: list[GateResult]
    groups: list[GateResult] = Field(
        default=[],
        exclude_if=operator.not_,
        description="what was checked with evidence from outside (另查), beside the gates",
    )
    lists: list[ListResult] = Field(
        default=[], exclude_if=operator.not_, description="the lists it was compared with"
    )
    findings: Findings
    households: dict[str, list[Person]] = Field(
        default={}, description="members of the households with findings, where asked for"
    )
    # The numbers of all households, masked: who was to be removed and is still there.
    homes: frozenset[str] = Field(default=frozenset(), exclude=True)
    # Their villages: of others nothing can be said to be gone.
    villages: frozenset[str] = Field(default=frozenset(), exclude=True)
    movement: Movement | None = Field(
        default=None,
        exclude_if=operator.not_,
        description="the comparison with an earlier register, where one was given",
    )
    summary: Summary
    answers: AnswersRead | None = None
    since: Since | None = None

    def __eq__(self, other: object) -> bool:
        """Whether they publish the same: a report that was written as JSON and read again is it."""
        if not isinstance(other, Report):
            return NotImplemented
        published = (name for name, info in Report.model_fields.items() if not info.exclude)
        return all(getattr(self, name) == getattr(other, name) for name in published)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """How much it holds: the whole of it fills many a screen."""
        yield "as_of", str(self.as_of)
        yield "files", self.summary.files
        yield "unreadable", self.summary.files_unreadable
        yield "findings", self.summary.counts

    def model_post_init(self, _: object) -> None:
        """Give the findings the names of their files, where they have not got them."""
        for finding in self.findings if isinstance(self.findings, list) else ():
            finding.file_name = self.name_of(finding.file)

    @cached_property
    def names(self) -> dict[str, str]:
        """By its path the name of each file that was read or passed over."""
        paths = [file.path for _, file in self.files_by_kind]
        return names_apart([*paths, *(passed.path for passed in self.passed_over)])

    def name_of(self, path: str) -> str:
        """How a file is shown; the path may be of none, as the policy's name."""
        return self.names.get(path) or PurePath(path).name

    @property
    def files_by_kind(self) -> list[tuple[str, FileResult]]:
        """All files that were read: those that were checked, then what they were compared with."""
        compared = self.movement
        others = () if compared is None else (compared.files, compared.changes)
        kinds = zip(("文件", "上次的文件", "增减表"), (self.files, *others), strict=False)
        return [(kind, file) for kind, files in kinds for file in files]

    @property
    def sections(self) -> list[GateResult]:
        """The five gates, then the groups whose evidence was given."""
        return [*self.gates, *self.groups]

    @property
    def rules_checked(self) -> set[str]:
        """The rules that have run wherever they should: of others nothing can be said to be gone.

        Over several files a rule may have run for some and not for others.
        """
        return {code for gate in self.sections for code in gate.rules_checked}

    @property
    def is_complete(self) -> bool:
        """Whether all files and lists were read, a list was of use, some rule ran, none failed."""
        unread = self.summary.files_unreadable or any(each.error for each in self.lists)
        useless = self.lists and not any(each.usable for each in self.lists)
        ran = self.summary.rules_run and not self.summary.rules_failed
        return bool(ran) and not (unread or useless)

    def has_findings_from(self, severity: Severity | str, *, new: bool = False) -> bool:
        """Whether any open finding is at least as bad as `severity`; with `new` any new one.

        Raises InvalidArgument for what is no severity.
        """
        try:
            least = Severity(severity)
        except ValueError as error:
            raise InvalidArgument(str(error)) from None
        if not new:
            left = self.summary.counts.without(self.summary.verified)
            return any(left.of(severity) for severity in Severity if severity >= least)
        return any(f.severity >= least and not f.is_verified and f.is_new for f in self.findings)
