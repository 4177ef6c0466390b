"""What was not checked, in the published result: rules, and villages that rules have not seen."""

from pydantic import Field

from jiandang.report.files import Published, RuleCode


class RuleReason(Published):
    """A rule that did not run, or failed, and why."""

    rule: RuleCode
    reason: str
    lacking: list[str] = Field(
        default=[], description="columns and tables that would let the rule run"
    )
    of_policy: bool = Field(
        default=False, description="whether the policy gives no parameter for the rule"
    )
    optional: bool = Field(
        default=False, description="whether the rule is about what not every form asks for"
    )


class VillagesNotChecked(Published):
    """Villages of which rules of a gate have said nothing, though they ran, and why."""

    villages: list[str] = Field(description="each with its town, as far as that is known")
    reason: str
    lacking: list[str] = Field(
        default=[], description="columns and tables that the villages' sheets lack"
    )
    rules: list[RuleCode]
    sheets: list[str] = Field(
        default=[], description="sheets that were not recognised, and may be what is lacking"
    )
