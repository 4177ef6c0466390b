"""A date of which the day, or the month too, may be unknown (2016, 2016-03, 2016-03-05)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, SupportsIndex

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from jiandang.errors import InvalidDate
from jiandang.patterns import regex

_ISO = regex(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
# Years that have a 29th of February.
_LEAP = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_MONTHS = (
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|02-(0[1-9]|1[0-9]|2[0-8])"
)
# Days that the calendar has, for JSON Schema, whose formats need not be looked at.
DAY_PATTERN = f"^([0-9]{{4}}-({_MONTHS})|{_LEAP}-02-29)$"
PATTERN = f"^([0-9]{{4}}(-(0[1-9]|1[0-2]|{_MONTHS}))?|{_LEAP}-02-29)$"


@dataclass(frozen=True, eq=False)
class PartialDate:
    """As much of a date as a cell gives. Raises InvalidDate for what is in no calendar.

    Its text is the ISO form. With a day it is equal to that `date`. It is not ordered: 2016 is
    neither before nor after 2016-03; compare `first` or `last`.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        for part in (self.year, *(p for p in (self.month, self.day) if p is not None)):
            if isinstance(part, bool) or not isinstance(part, SupportsIndex):
                raise InvalidDate(f"年、月、日应是整数，现在有 {part!r}")
        if self.month is None and self.day is not None:
            raise InvalidDate("有日没有月")
        try:
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            raise InvalidDate(f"日历上没有 {self}") from None

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PartialDate):
            return str(self) == str(other)
        if isinstance(other, date):
            return self.day is not None and self.first == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(str(self) if self.day is None else self.first)

    @classmethod
    def fromisoformat(cls, text: str) -> "PartialDate":
        """The date of an ISO text: `2016`, `2016-03` or `2016-03-05`. Raises InvalidDate."""
        if not isinstance(text, str) or (match := _ISO.fullmatch(text)) is None:
            raise InvalidDate(f"“{text}”不是日期或年月，应写成 2016、2016-03 或 2016-03-05")
        return cls(*(int(part) for part in match.groups() if part))

    @property
    def first(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """`2016`, `2016-03` or `2016-03-05`."""
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n is not None)]
        return "-".join(parts)

    def __str__(self) -> str:
        return self.isoformat()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.union_schema(
            [
                core_schema.is_instance_schema(cls),
                core_schema.no_info_after_validator_function(
                    cls.fromisoformat, core_schema.str_schema(pattern=PATTERN)
                ),
            ],
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )
