"""What the forms of the province (S-P) have no words for is no contradiction in them.

Their 劳动力状况 has no weak class, and their 身体状况 takes one answer. They are the lists of
members that do not ask for 与户主关系.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation
from jiandang.report.model import Severity

c = pl.col


derived("member", needs="").columns(on_provincial_form=c.relation.is_null() & ~blank("relation"))

derived("household", of="member", needs="").columns(
    members_on_provincial_form=c.on_provincial_form.all()
)


def softer(broken: pl.Expr, explained: pl.Expr, **values: Any) -> Iterator[Violation]:
    """The violation, and a mere 提示 of it where it is explained."""
    explained = explained.fill_null(False)
    yield Violation(broken & ~explained, **values)
    yield Violation(broken & explained, severity=Severity.INFO, **values)
