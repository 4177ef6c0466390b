"""SB026, SB027: applications and appraisals that are all of one day."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_MANY_VILLAGES = 3  # SB027

derived("procedure", over="village_key").columns(applications=c.applied.count())

# The village and the day of the application.
derived("procedure", needs="applied village_code|household_id|village").columns(
    village_day=pl.concat_str(c.village_key, c.applied.cast(pl.String), separator=" ")
)

derived("procedure", over="village_day").columns(applications_that_day=c.applied.count())

# The town, by code or by name, and the day of the appraisal.
derived("procedure", needs="appraised village_code|household_id|village").columns(
    town_day=pl.concat_str(c.home_town, c.appraised.cast(pl.String))
)

derived("procedure", over="town_day").columns(
    villages_that_day=c.village_key.drop_nulls().n_unique()
)


@rule(
    "SB026",
    "全村同一天申请",
    Severity.INFO,
    "procedure",
    at="applied",
    message="全村 {applications} 户中有 {count} 户的申请日期是 {applied}，请看申请书是不是事后补的",
    basis="本工具的判断",
    per="village",
)
def all_applied_on_one_day(policy: Policy) -> Violation:
    """一个村10户以上，九成的申请日期是同一天。

    改法：这是提示。请核对申请书原件的日期；确实在同一天集中申请的不用改。
    错例：28户的申请日期都是 2016-3-1
    对例：28户的申请日期从 2016-2-16 到 2016-3-3
    """
    many = c.applications_that_day >= NEARLY_ALL * c.applications
    enough = c.applications >= ENOUGH_HOUSEHOLDS
    return Violation(c.village_day.is_not_null() & enough & many, applications=c.applications)


@rule(
    "SB027",
    "多村同一天评议",
    Severity.INFO,
    "procedure",
    at="appraised",
    per="town_day",
    message="同一乡镇有 {villages} 个村都在 {appraised} 评议，请看评议会是不是都开过",
    basis="本工具的判断",
)
def many_villages_appraised_on_one_day(policy: Policy) -> Violation:
    """一个乡镇里三个以上的村同一天评议。一个乡镇的一天只报一次。

    改法：这是提示。请抽查评议会的签到表和照片；确实在同一天召开的不用改。
    错例：四个村都在 2016-3-5 评议
    对例：三个村分别在 2016-3-5、3-6、3-7 评议
    """
    return Violation(
        c.appraised.is_not_null()
        & (c.villages_that_day > _MANY_VILLAGES)
        & c.town_day.is_not_null(),
        villages=c.villages_that_day,
    )
