"""LR134: single cells that are left empty in a column that the village has filled."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import WORKING_AGE, are_few
from jiandang.gates.timing import deadline_of, is_over
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# What is asked of whom: a toddler is no pupil, a child has no labour, a foreigner no 民族.
_EVERYBODY = c.ref.is_not_null()
_ABROAD = ("护照", "港澳台通行证", "无证件")
_ASKED: dict[str, dict[str, pl.Expr]] = {
    "member": {
        "nation": ~c.id_type.is_in(_ABROAD).fill_null(False),
        "education": c.years >= 7,
        "health": _EVERYBODY,
        "labour": c.years.is_between(*WORKING_AGE),
        **dict.fromkeys(("medical_insurance", "dibao", "group"), _EVERYBODY),
        # Whose number says it.
        **dict.fromkeys(("birth_date", "age"), c.well_formed.is_not_null()),
    },
    "household": {
        **dict.fromkeys(
            (
                *("labour_count", "status", "identified", "arable", "house_area", "dangerous"),
                *("water_short", "water_safe", "electricity", "toilet", "standard", "income_year"),
                *("group", "phone", "bank", "account"),
            ),
            _EVERYBODY,
        ),
        **dict.fromkeys(("helper_unit", "helper_phone", "helper_since"), c.helper.is_not_null()),
        "head_id": c.head_member_id.is_not_null(),
        # Where nothing at all is known of the income, LR004 says so.
        "net_income": c.per_capita.is_not_null(),
        "cost": c.business_income > 0,
    },
    "procedure": dict.fromkeys(
        (
            *("delegates", "delegates_present", "votes_for", "votes_against", "abstentions"),
            "cadre_relative",
        ),
        c.appraised.is_not_null(),
    ),
    "survey": {"proofreader": c.entered.is_not_null()},
    "village": dict.fromkeys(
        ("rural_households", "rural_population", "weak_village", "goal_year"), _EVERYBODY
    ),
    "allocation": {"level": _EVERYBODY},
}
# Of what has one row a village, all rows are one column.
_BY_VILLAGE = ("member", "household", "procedure", "survey")


for _table, _columns in _ASKED.items():
    for _name, _whom in _columns.items():
        _lacks = (blank(_name) & _whom).fill_null(False)
        derived(_table, over="village_key" if _table in _BY_VILLAGE else "today", needs="").columns(
            **{
                f"asked_{_name}": _whom.sum(),
                f"lacking_{_name}": _lacks.sum(),
                f"first_lacking_{_name}": c.ref.filter(_lacks).first(),
            }
        )


@rule(
    "LR134",
    "个别格子漏填",
    Severity.INFO,
    "member",
    at="health",
    message="“{heading}”没有填，{whose}应填的 {cells} 格里只有 {empty} 格空着，像是漏填",
    basis="三套核查口径：关键指标为空；本工具的判断",
    needs="|".join(
        name if table == "member" else f"{table}.{name}"
        for table, columns in _ASKED.items()
        for name in columns
    ),
)
def left_empty(policy: Policy) -> Iterator[Violation]:
    """本村几乎都填了的一项（10格以上，空着的只有1格或者不超过5%），个别的空着。一个村的一列报一次，在第一个空格。

    查民族、文化程度（7岁起）、健康状况、劳动能力（16至59岁）、医疗保险、享受低保、村民小组、出生日期、年龄，农户的户主证件号码、劳动力人数、
    识别标准、脱贫属性、识别时间、耕地、住房、饮水、用电、厕所、收入年度、家庭纯收入、生产经营性支出（有经营收入的）、村民小组、帮扶单位和电话、帮扶开始时间，
    联系电话、开户银行和账号，评议的代表和票数、村干部亲属，校对人，村情的户数、人口、是否经济薄弱村和达标年度，任务分解的级别。入户调查的期限过后才查；
    必填的格子由“必填项为空”报。

    改法：这是提示。按调查表补填；没有的填“无”或0。
    错例：全村只有一人的健康状况空着
    对例：全村的健康状况都填了；或者大半空着（这一列不用）
    """
    due = is_over(deadline_of("surveyed", policy))
    for table, columns in _ASKED.items():
        for name in columns:
            asked, lacking = c(f"asked_{name}"), c(f"lacking_{name}")
            yield Violation(
                are_few(asked, lacking) & (c.ref == c(f"first_lacking_{name}")) & due,
                table=table,
                at=name,
                heading=COLUMNS[table][name].heading,
                whose="本村" if table in _BY_VILLAGE else "各村",
                cells=asked,
                empty=lacking,
                rests_on=name,
            )
