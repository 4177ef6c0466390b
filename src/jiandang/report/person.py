"""Who lives in a household."""

from pydantic import Field

from jiandang.report.files import Count, Published


class Person(Published):
    """One member of a household, so that a reader of its findings sees who is who."""

    name: str | None
    relation: str | None
    sex: str | None
    age: Count | None = Field(description="completed years at the policy's reference date")
