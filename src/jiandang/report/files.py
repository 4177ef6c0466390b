"""The files of a run in the published result, and what became of their rows."""

import operator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from pydantic_core import ErrorDetails

from jiandang.frozen import Explained
from jiandang.register.partial_date import DAY_PATTERN, PATTERN
from jiandang.report.explain import explain

Count = Annotated[int, Field(ge=0)]
RuleCode = Annotated[str, Field(pattern="^(RW|SB|DC|LR|SJ|BD|DT)[0-9]{3}$")]


def _one_of(*words: str) -> Any:
    """A text that is one of these words."""
    return Annotated[
        str, Field(pattern=f"^({'|'.join(words)})$", json_schema_extra={"enum": [*words]})
    ]


if TYPE_CHECKING:
    GateCode = str
    TableName = str
else:
    GateCode = _one_of("RW", "SB", "DC", "LR", "SJ", "BD", "DT")
    TableName = _one_of(
        "member", "household", "allocation", "procedure", "survey", "village", "changes"
    )
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Day = Annotated[date, Field(json_schema_extra={"pattern": DAY_PATTERN})]
PartialDay = Annotated[str, Field(pattern=PATTERN)]  # a day, a month or a year


class Published(Explained):
    """A part of the published result."""

    @classmethod
    def _explain(cls, problem: ErrorDetails) -> str:
        return explain(problem)


class FileError(Published):
    """Why a file could not be read."""

    code: Annotated[str, Field(pattern="^[a-z_]+$")]
    message: str


# A nation has some 13,000 files: an instance of a model takes eight times the memory.
@dataclass(slots=True, kw_only=True, frozen=True)
class TableRead:
    """A recognised table. rows_read = rows_checked + rows_rejected.

    All rows of the sheet from the table's title down to the next table are in the counts. Of form
    pages a row counts as checked where a value was read in it (in the table of the members, where
    it is a member's), as rejected where something stands on a page that could not be read, and
    each row of the sheet counts once.
    """

    __pydantic_config__ = Published.model_config

    sheet: str
    table: TableName
    heading_row: Count
    rows_read: Count
    rows_checked: Count
    rows_rejected: Count
    title_rows: Count
    heading_rows: Count
    total_rows: Count
    note_rows: Count
    blank_rows: Count
    form_pages: Annotated[
        Count,
        Field(
            description="pages of forms of the households that begin on the sheet",
            exclude_if=operator.not_,
        ),
    ] = 0
    form_households: Annotated[
        Count, Field(description="households of these pages", exclude_if=operator.not_)
    ] = 0

    @property
    def begins(self) -> str:
        """Where the table stands, or what forms it is of: `第3行`, `表单 12 页、10 户`."""
        if self.form_pages:
            return f"表单 {self.form_pages} 页、{self.form_households} 户"
        return f"第{self.heading_row}行"


@dataclass(slots=True, kw_only=True, frozen=True)
class FileResult:
    """A file of the run."""

    __pydantic_config__ = Published.model_config

    path: str
    sha256: Sha256 | None = None
    error: FileError | None = None
    remarks: tuple[str, ...] = ()
    unrecognised_sheets: Annotated[
        tuple[str, ...], Field(description="names of sheets of which no row was checked")
    ] = ()
    tables: tuple[TableRead, ...] = ()


class ListResult(Published):
    """Another department's list (名单), and how many people of the registers were found in it.

    Nothing is told of people who are in no register.
    """

    name: str = Field(description="file and sheet, as findings name it")
    path: str
    sheet: str = ""
    sha256: Sha256 | None = None
    error: FileError | None = None
    kind: str = Field(default="", description="低保, 残疾, 车辆 …")
    department: str = ""
    date: PartialDay | None = Field(default=None, description="数据日期")
    columns_unread: list[str] = Field(
        default=[],
        exclude_if=operator.not_,
        description="headings that are not known, or of a column that is there already",
    )
    sheets_left: list[str] = Field(
        default=[],
        exclude_if=operator.not_,
        description="sheets of its file without a table (封面), told of its first list",
    )
    rows_read: Count = Field(default=0, description="rows_used and rows_left together")
    rows_rejected: Count = 0
    rows_used: Count = Field(default=0, description="rows that tell people by more than a name")
    rows_left: dict[str, Count] = Field(default={}, description="all others, by the reason")
    rows_beside: dict[str, Count] = Field(
        default={}, description="rows that are nobody's: 合计 and 说明 (notes)"
    )
    usable: bool = Field(default=False, description="whether it tells people by more than a name")
    numbers: Count = Field(default=0, description="numbers that can be used")
    numbers_masked: Count = Field(default=0, description="numbers of which the middle is hidden")
    numbers_damaged: Count = Field(default=0, description="numbers stored so that digits are lost")
    hits: Count = Field(default=0, description="rows of people of the registers")
    households: Count = Field(default=0, description="households of these people")
    matched: Count = Field(default=0, description="people found by their number")
    near: Count = Field(default=0, description="people found by the name and all but a slip")
    namesakes: Count = Field(default=0, description="people of whom the list has but the name")
    ambiguous: Count = Field(default=0, description="people with several candidates")


class FilePassedOver(Published):
    """A file or folder, in a folder of the run, that was not read, and why."""

    path: str
    reason: str
