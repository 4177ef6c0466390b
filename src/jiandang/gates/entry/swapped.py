"""LR137, LR138: two columns that a village has exchanged, or two cells of a row (`pairs.py`,
`pairs_of_steps.py`)."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.entry.pairs import PAIRS_OF_HOMES, Pair
from jiandang.gates.entry.pairs_of_steps import PAIRS_OF_STEPS
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

PAIRS = (*PAIRS_OF_HOMES, *PAIRS_OF_STEPS)

# So many rows of a village must fit once undone, and all but one, or one of ten.
_LEAST, _UNLIKE = 5, 0.1

for _pair in PAIRS:
    _telling = c(_pair.one) != c(_pair.other) if _pair.telling is None else _pair.telling
    derived(_pair.table, needs="").columns(
        **{
            f"fits_undone_{_pair.name}": _pair.exchanged.fill_null(False),
            f"is_telling_{_pair.name}": _telling.fill_null(False),
        }
    )
    derived(_pair.table, over="village_key", needs="").columns(
        **{
            f"fitting_{_pair.name}": c(f"fits_undone_{_pair.name}").sum(),
            f"telling_{_pair.name}": c(f"is_telling_{_pair.name}").sum(),
        }
    )


def _are_all(pair: Pair) -> pl.Expr:
    """Whether nearly all rows of the village that can tell fit once undone."""
    fitting, telling = c(f"fitting_{pair.name}"), c(f"telling_{pair.name}")
    are_all = (fitting >= _LEAST) & (telling - fitting <= pl.max_horizontal(1, _UNLIKE * telling))
    return are_all & c.village_key.is_not_null()


def _at(pair: Pair) -> dict[str, Any]:
    one, other = pair.words
    return {
        "table": pair.table,
        "at": pair.one,
        "also": f"{pair.other} {pair.also}",
        "severity": pair.severity,
        "rests_on": f"{pair.one} {pair.other}",
        "one": one,
        "other": other,
        "why": pair.why,
    }


@rule(
    "LR137",
    "两列填反",
    Severity.ERROR,
    "household",
    at="size",
    message="本村有 {count} {unit}的“{one}”和“{other}”像是填反了，两列换过来，{why}",
    basis="逻辑：换过来以后，这些行各自相符",
    per="village",
    needs="|".join(f"{pair.table}.{pair.one}" for pair in PAIRS),
)
def columns_exchanged(policy: Policy) -> Iterator[Violation]:
    """一个村里，两列的内容几乎每一行都填反了：照原样自相矛盾，换过来就相符（5行以上，不相符的只有一行或者不到十分之一）。
    查家庭人口和劳动力人数，户主姓名和帮扶责任人，收入、支出的各项，纯收入和人均，低保金和五保金、养老保险金，养老保险金和生态补偿金、五保金，
    耕地和住房、林地、有效灌溉面积，是否危房和饮水是否困难，开户银行和银行账号，联系电话和帮扶人电话；各级公示的开始和结束，
    相邻两级的公示、两级公示的结束，应到、实到代表和同意票，同意票和反对票，申请和评议日期，调查和录入日期，调查人1、录入人和审核人（疑点）；成员的证件号码和残疾证号，医疗保险和养老保险、享受低保，享受低保和现役军人。一个村报一次，由这两列看出的问题不再逐行报。

    改法：对照原始表，把这个村的两列换过来，再检查一遍；确实是这样的，逐户核对。
    错例：全村的家庭人口都是劳动力人数，劳动力人数都是家庭人口
    对例：个别户的家庭人口与成员数不符
    """
    for pair in PAIRS:
        unit = "人" if pair.table == "member" else "户"
        # Where the whole column is the other one, so are the cells of which a row cannot tell;
        # and where more columns are concerned, all rows.
        differ = pl.lit(bool(pair.also)) | c(pair.one).ne_missing(c(pair.other))
        yield Violation(differ & _are_all(pair), unit=unit, **_at(pair))


@rule(
    "LR138",
    "两格填反",
    Severity.ERROR,
    "household",
    at="size",
    message="这一户的“{one}”和“{other}”像是填反了，两格换过来，{why}",
    basis="逻辑：换过来以后，这一行各自相符",
    needs="|".join(f"{pair.table}.{pair.one}" for pair in PAIRS if pair.alone is not False),
)
def cells_exchanged(policy: Policy) -> Iterator[Violation]:
    """一户的两格（或者两级公示的起止日期）填反了：照原样自相矛盾，换过来就都相符。一个村几乎每一户都这样的，由“两列填反”报一次。
    查家庭人口和劳动力人数，户主姓名和帮扶责任人，收入、支出的各项，纯收入和人均，是否危房和饮水是否困难，
    开户银行和银行账号，成员的证件号码和残疾证号；相邻两级的公示、两级公示的结束，应到和实到代表，录入人和审核人（疑点）。由这两格看出的问题不再另报。

    改法：对照原始表，把这两格换过来。
    错例：开户银行填的是账号，银行账号填的是银行的名称
    对例：开户银行 农业银行，银行账号 6228480000000000000
    """
    for pair in PAIRS:
        if pair.alone is not False:
            alone = pair.alone & ~_are_all(pair).fill_null(False)
            yield Violation(c(f"fits_undone_{pair.name}") & alone, **_at(pair))
