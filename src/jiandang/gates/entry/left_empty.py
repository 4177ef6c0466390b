"""LR134: single cells that are left empty in a column that the village has filled."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.shared import WORKING_AGE
from jiandang.gates.timing import deadline_of, is_over
from jiandang.policy import Policy
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# A village that leaves at most this share of its cells empty asks for all of them, and so does one
# that leaves a single one of so many.
_EMPTY, _ROWS = 0.05, 10

# What is asked of whom: a toddler is no pupil, a child has no labour, a foreigner no 民族.
_EVERYBODY = c.ref.is_not_null()
_ABROAD = ("护照", "港澳台通行证", "无证件")
_ASKED: dict[str, dict[str, pl.Expr]] = {
    "member": {
        "nation": ~c.id_type.is_in(_ABROAD).fill_null(False),
        "education": c.years >= 7,
        "health": _EVERYBODY,
        "labour": c.years.is_between(*WORKING_AGE),
    },
    "household": {
        **dict.fromkeys(
            (
                *("labour_count", "status", "identified", "arable", "house_area", "dangerous"),
                *("water_short", "water_safe", "income_year"),
            ),
            _EVERYBODY,
        ),
        # Where nothing at all is known of the income, LR004 says so.
        "net_income": c.per_capita.is_not_null(),
    },
    "procedure": dict.fromkeys(
        ("delegates", "delegates_present", "votes_for"), c.appraised.is_not_null()
    ),
}


def are_few(asked: pl.Expr, lacking: pl.Expr) -> pl.Expr:
    """Whether so few cells of the village's lack what is asked that they were forgotten."""
    return (asked >= _ROWS) & ((lacking == 1) | (lacking <= _EMPTY * asked))


for _table, _columns in _ASKED.items():
    for _name, _whom in _columns.items():
        _lacks = (blank(_name) & _whom).fill_null(False)
        derived(_table, over="village_key", needs="").columns(
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
    message="“{heading}”没有填，本村应填的 {cells} 格里只有 {empty} 格空着，像是漏填",
    basis="三套核查口径：关键指标为空；本工具的判断",
    needs="|".join(
        name if table == "member" else f"{table}.{name}"
        for table, columns in _ASKED.items()
        for name in columns
    ),
)
def left_empty(policy: Policy) -> Iterator[Violation]:
    """本村几乎都填了的一项（10格以上，空着的只有1格或者不超过5%），个别的空着。一个村的一列报一次，在第一个空格。

    查民族、文化程度（7岁起）、健康状况、劳动能力（16至59岁），农户的劳动力人数、
    脱贫属性、识别时间、耕地、住房、饮水、收入年度、家庭纯收入，评议的代表和同意票。入户调查的期限过后才查；
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
                cells=asked,
                empty=lacking,
                rests_on=name,
            )
