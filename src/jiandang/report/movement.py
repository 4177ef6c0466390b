"""The published result of two dates: the movement table, its lists, progress against the goals."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from jiandang.report.files import Count, FileResult, Published

HandedIn = Literal["both", "before", "now"]
HANDED_IN_NAMES: dict[HandedIn, str] = {"both": "", "before": "本次没有交", "now": "上次没有交"}
Listed = Literal["entered", "left", "corrected", "household"]
LIST_NAMES: dict[Listed, str] = {
    "entered": "进", "left": "出", "corrected": "更正", "household": "户变动",
}  # fmt: skip


class Number(Published):
    """So many households and persons."""

    households: Count = 0
    persons: Count = 0

    def __add__(self, other: "Number") -> "Number":
        return Number(
            households=self.households + other.households, persons=self.persons + other.persons
        )


class Balance(Published):
    """opening + increases - decreases = closing, for households and for persons.

    Increases and decreases are by reason; 未注明 are those that nobody gave a reason for. Where a
    place was not handed in, it may have had any number: opening or closing is null.
    """

    opening: Number | None = Number()
    increases: dict[str, Number] = Field(default={})
    decreases: dict[str, Number] = Field(default={})
    closing: Number | None = Number()

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            opening=_known_sum(self.opening, other.opening),
            increases=_sum(self.increases, other.increases),
            decreases=_sum(self.decreases, other.decreases),
            closing=_known_sum(self.closing, other.closing),
        )


def _known_sum(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one + other


def _sum(one: dict[str, Number], other: dict[str, Number]) -> dict[str, Number]:
    reasons = dict.fromkeys([*one, *other])
    return {r: one.get(r, Number()) + other.get(r, Number()) for r in reasons}


class MovementLine(Published):
    """One line of the movement table (增减变动表): a village, or the sum of a town, county or all.

    A village that was handed in once only has a line of its own, and is in no sum.
    """

    level: Literal["village", "town", "county", "all"]
    county: str | None = None
    town: str | None = None
    village: str | None = None
    handed_in: HandedIn = "both"
    registered: Balance = Field(description="在册: all households of the register")
    poor: Balance = Field(description="未脱贫: those below the line, 返贫 among them")

    @property
    def name(self) -> str:
        if self.level == "all":
            return "合计"
        return str({"village": self.village, "town": self.town, "county": self.county}[self.level])


# A county's lists have tens of thousands of them (see Finding).
@dataclass(slots=True, kw_only=True)
class Listing:
    """A person or a household that came, left, was corrected or changed."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    list: Annotated[Listed, Field(description="进, 出, 更正 or 户变动")]
    what: Annotated[str, Field(description="the reason, or what changed")]
    county: str | None = None
    town: str | None = None
    village: str | None = None
    household: Annotated[str | None, Field(description="户编号")] = None
    head: Annotated[str | None, Field(description="户主 of the household")] = None
    person: str | None = None
    id_number: Annotated[str | None, Field(description="masked unless asked for")] = None
    before: str | None = None
    now: str | None = None


class WeakVillages(Published):
    """经济薄弱村 against 18 万元 and 新“八有”."""

    planned: Count | None = Field(description="how many the policy names")
    registered: Count
    income_known: Count
    income_reached: Count = Field(description="collective income at or above the goal")
    reached: Count = Field(description="called 达标")
    has: dict[str, Count] = Field(description="villages that have each of the eight")
    has_all: Count
    eight_known: Count = Field(description="villages of which all eight are filled in")
    missing: list[str] = Field(description="names of those that are not yet 达标")

    @property
    def some_known(self) -> bool:
        """Whether anything is said of the eight."""
        return bool(self.eight_known) or any(self.has.values())


class ExitYear(Published):
    """Who left poverty in a year (脱贫年度)."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    exited: Number
    goal: Count | None = Field(default=None, description="persons that the policy plans")


class CountyProgress(Published):
    """A county against the goals of the round; None is the whole run."""

    county: str | None
    leaves: bool = Field(description="whether it is to leave the provincial list of key counties")
    registered: Number
    poor: Number = Field(description="not yet out of poverty")
    income_known: Count = Field(description="households with an income per head")
    income_reached: Count = Field(description="of these at or above the line")
    exits: list[ExitYear]
    weak_villages: WeakVillages
    outlook: list[str] = Field(description="what is done and what is missing, a sentence each")


class Movement(Published):
    """Two registers of different dates compared (动态管理)."""

    files: list[FileResult] = Field(description="files of the earlier register")
    changes: list[FileResult] = Field(default=[], description="files of 增减表")
    remarks: list[str] = Field(default=[])
    lines: list[MovementLine]
    lists: list[Listing]
    progress: list[CountyProgress] = Field(default=[])
