"""DC007-DC013, DC039, DC040, DC049, DC054, DC067: the income adds up and is likely as a figure."""

from collections.abc import Iterator, Mapping

import polars as pl

from jiandang.engine.rule import Violation, rule
from jiandang.gates.misplaced import amount, put_right
from jiandang.gates.survey.shared import FOUR_PARTS, NET_PARTS, SIX_PARTS, TRANSFER_PARTS, differs
from jiandang.policy import Policy
from jiandang.register.place import UNNUMBERED
from jiandang.register.tables import COLUMNS
from jiandang.report.model import Severity

c = pl.col

# The parts that keep a family; a dividend or a subsidy of 60 元 is nothing unusual.
_MAIN_OF_FOUR = ("wage", "business_income", "transfer")
_MAIN_OF_SIX = ("planting", "breeding", "labour_income", "benefits")
# An odd job brings 60 元, a subsidy 12: only less is likely to be in another unit.
_LEAST = {"transfer": 10, "benefits": 10}
# Below this many households a village has no pattern to speak of.
_VILLAGE = 20


def _heading(name: str) -> str:
    return COLUMNS["household"][name].heading.removesuffix("(元)")


@rule(
    "DC007",
    "家庭纯收入计算不符",
    Severity.ERROR,
    "household",
    at="net_income",
    message="家庭纯收入填 {net_income} 元，四项收入之和减生产经营性支出是 {sum} 元{hint}",
    basis="S-N 国开办发〔2014〕24号登记表",
    needs="net_income " + " ".join(NET_PARTS),
    optional=True,
)
def net_income_is_no_sum(policy: Policy) -> Iterator[Violation]:
    """家庭纯收入 = 工资性 + 生产经营性 + 财产性 + 转移性收入 - 生产经营性支出，相差不超过1元。

    五项都填了才检查。只有一项乘以或除以10（100、10000）就相符的，指出是这一项。
    转移性收入改成它各项的合计就相符的，只报 DC010。

    改法：核对各项收入、支出和纯收入，改正填错或算错的一项。
    错例：工资性 6000、生产经营性 4000、财产性 0、转移性 1500、支出 1200，纯收入 11500
    对例：同上，纯收入 10300
    """
    # Where the listed parts of the transfer close the sum, the transfer is wrong (DC010, DC067).
    listed = c.net_of_parts - c.transfer + c.transfer_listed
    told = (c.transfer_listed > c.transfer) | (c.transfer_is_listed & c.village_lists_transfers)
    told &= ~differs(c.net_income, listed)
    told &= c.part_of_net.is_null()
    for wrong in _no_sum(c.net_income, c.net_of_parts, NET_PARTS, c.part_of_net):
        where = wrong.where & ~told.fill_null(False)
        yield Violation(where, at=wrong.at, **wrong.values)


def _no_sum(
    total: pl.Expr, parts_sum: pl.Expr, parts: Mapping[str, int], misplaced: pl.Expr
) -> Iterator[Violation]:
    """A total that is not the sum of its parts: at the part that is wrong by a power of ten."""
    wrong = differs(total, parts_sum)
    for part, sign in parts.items():
        right = put_right(total, parts_sum, part, sign)
        hint = pl.format("；“{}”改成 {} 元就相符", pl.lit(_heading(part)), amount(right))
        yield Violation(
            wrong & (misplaced == part), at=part, sum=parts_sum, expected=right, hint=hint
        )
    yield Violation(wrong & misplaced.is_null(), sum=parts_sum, expected=parts_sum, hint="")


@rule(
    "DC008",
    "人均纯收入计算不符",
    Severity.ERROR,
    "household",
    at="per_capita",
    message="人均纯收入填 {per_capita} 元，按全家收入 {income} 元、家庭人口 {size} 人算是 "
    "{expected} 元",
    basis="S-N 登记表；S-P 年收入模板",
)
def per_capita_is_no_average(policy: Policy) -> Violation:
    """人均纯收入 = 家庭纯收入（六分式为家庭总收入）÷ 家庭人口，相差不超过1元。

    纯收入本身算错、人均却与各分项相符的，只报纯收入（DC007）或总收入（DC009）。

    改法：核对收入、人口和人均，改正填错或算错的一项。
    错例：家庭纯收入 10300，家庭人口 3，人均纯收入 3513
    对例：家庭纯收入 10300，家庭人口 3，人均纯收入 3433.33
    """
    return Violation(c.per_capita_differs, expected=c.income / c("size"))


@rule(
    "DC009",
    "家庭总收入计算不符",
    Severity.ERROR,
    "household",
    at="total",
    message="家庭总收入填 {total} 元，六项收入之和是 {sum} 元{hint}",
    basis="S-P 年收入模板",
    optional=True,
)
def total_is_no_sum(policy: Policy) -> Iterator[Violation]:
    """家庭总收入 = 种植业 + 养殖业 + 务工 + 低保五保养老 + 补贴性 + 其他收入，相差不超过1元。

    六项都填了才检查。只有一项乘以或除以10（100、10000）就相符的，指出是这一项。

    改法：核对六项收入和总收入，改正填错或算错的一项。
    错例：六项之和 9800，家庭总收入 9300
    对例：六项之和 9800，家庭总收入 9800
    """
    yield from _no_sum(c.total, c.total_of_parts, dict.fromkeys(SIX_PARTS, 1), c.part_of_total)


@rule(
    "DC010",
    "转移性收入小于其明细",
    Severity.ERROR,
    "household",
    at="transfer",
    message="转移性收入填 {transfer} 元，其中各项合计却有 {sum} 元{hint}",
    basis="S-N 登记表的“其中”各项",
    needs="transfer " + "|".join(TRANSFER_PARTS),
    optional=True,
)
def transfer_below_its_parts(policy: Policy) -> Iterator[Violation]:
    """低保金、五保金、养老保险金、生态补偿金、计划生育金、其他转移性收入之和大于转移性收入。
    只有一项除以10（100、10000）就相等的，指出是这一项。

    改法：核对各项和转移性收入，改正填错或算错的一项。
    错例：低保金 1800、养老保险金 1260，转移性收入 1800
    对例：低保金 1800、养老保险金 1260，转移性收入 3060
    """
    parts, listed = dict.fromkeys(TRANSFER_PARTS, 1), c.transfer_listed
    for wrong in _no_sum(c.transfer, listed, parts, c.part_of_transfer):
        yield Violation((listed > c.transfer) & wrong.where, at=wrong.at, **wrong.values)


@rule(
    "DC067",
    "转移性收入大于其明细",
    Severity.WARNING,
    "household",
    at="transfer",
    message="转移性收入填 {transfer} 元，其中各项合计只有 {sum} 元{hint}",
    basis="S-N 登记表的“其中”各项；同村各户的各项合计都等于转移性收入",
    needs="transfer " + "|".join(TRANSFER_PARTS),
    optional=True,
)
def transfer_above_its_parts(policy: Policy) -> Iterator[Violation]:
    """各项都填了（有其他转移性收入一项），合计却小于转移性收入，而同村九成以上的户合计都等于转移性收入。
    只有一项乘以10（100、10000）就相等的，指出是这一项；同村没有这样的规律，但乘以10就相等的，是疑点。

    改法：核对各项和转移性收入，改正填错或漏填的一项。
    错例：低保金 180、养老保险金 1260、其余各项 0，转移性收入 3060
    对例：低保金 1800、养老保险金 1260、其余各项 0，转移性收入 3060
    """
    parts, listed = dict.fromkeys(TRANSFER_PARTS, 1), c.transfer_listed
    is_due = c.transfer_is_listed & c.village_lists_transfers
    ask = pl.lit("；请核实是不是这样")
    for wrong in _no_sum(c.transfer, listed, parts, c.part_of_transfer):
        above = (listed < c.transfer) & wrong.where
        yield Violation(above & is_due, at=wrong.at, **wrong.values)
        if wrong.at is not None:
            doubt = wrong.values | {"hint": pl.concat_str(wrong.values["hint"], ask)}
            yield Violation(above & ~is_due, at=wrong.at, severity=Severity.SUSPECT, **doubt)


@rule(
    "DC011",
    "收入或支出为负数",
    Severity.ERROR,
    "household",
    at="wage",
    message="{what}填的是 {amount} 元，收入和支出的各项不能是负数",
    basis="算术：收入和支出的各项不小于0，差额由纯收入体现",
)
def negative_amount(policy: Policy) -> Iterator[Violation]:
    """收入的各项、转移性收入的明细、生产经营性支出、成员的低保残疾金小于0。亏本年份的家庭纯收入可以是负数，不查。

    改法：按正数填写；亏本的，收入和支出照实填，由纯收入体现。
    错例：财产性收入：-300
    对例：财产性收入：0
    """
    for part in (*FOUR_PARTS, *TRANSFER_PARTS, "cost", *SIX_PARTS):
        yield Violation(c(part) < 0, at=part, what=_heading(part), amount=c(part))
    yield Violation(
        c.benefit < 0, table="member", at="benefit", what="低保残疾金", amount=c.benefit
    )


@rule(
    "DC012",
    "人均纯收入过低",
    Severity.WARNING,
    "household",
    at="per_capita",
    message="人均纯收入 {per_capita} 元，低于 {floor} 元，收入可能没有调查全",
    basis="某县对全国系统数据的核查口径（2015-2017年）",
    needs="per_capita",
)
def income_too_low(policy: Policy) -> Violation:
    """人均纯收入低于政策给的下限，一般是漏了收入或写错了单位。与家庭收入不符的只报 DC008。

    改法：核对各项收入是否填全、单位是不是元；确实这样低的，请说明。
    错例：人均纯收入：320
    对例：人均纯收入：3200
    理由：收入确实这样低。
    """
    doubtful = c.per_capita_differs.fill_null(False)
    return Violation((c.per_capita < policy.income_floor) & ~doubtful, floor=policy.income_floor)


@rule(
    "DC013",
    "收入单位疑误",
    Severity.WARNING,
    "household",
    at="per_capita",
    message="{what}填的是 {amount} 元，{why}，单位可能写错",
    basis="S-P；某县对全国系统数据的核查口径（2015-2017年）",
)
def income_in_another_unit(policy: Policy) -> Iterator[Violation]:
    """人均纯收入高于政策给的上限；或者一项主要收入只有几十元（转移性收入不足10元），
    同一户的另一项却有几千元。

    金额小是常事的财产性收入、补贴和转移性收入的明细不查。

    改法：核对是不是把元写成了百元、千元、万元，或者把万元写成了元；确实这样的，请说明。
    错例：工资性收入：1.2（万元），转移性收入：3600（元）
    对例：工资性收入：12000，转移性收入：3600
    理由：收入确实这样。
    """
    yield Violation(
        (c.per_capita > policy.income_ceiling) & ~c.per_capita_differs.fill_null(False),
        what="人均纯收入",
        amount=c.per_capita,
        why=f"高于 {policy.income_ceiling} 元",
    )
    for form in (_MAIN_OF_FOUR, _MAIN_OF_SIX):
        for part in form:
            largest = pl.max_horizontal(other for other in form if other != part)
            yield Violation(
                c(part).is_between(0, _LEAST.get(part, 50), closed="none") & (largest >= 1000),
                at=part,
                what=_heading(part),
                amount=c(part),
                why=pl.format("同一户的另一项收入却有 {} 元", largest.cast(pl.Int64)),
            )


@rule(
    "DC039",
    "多户人均收入相同",
    Severity.INFO,
    "household",
    at="per_capita",
    message="本村 {households} 户中有 {same} 户的人均纯收入都是 {per_capita} 元",
    basis="公开的审计案例",
    per="village",
)
def one_income_for_many(policy: Policy) -> Violation:
    """有20户以上的村，三成以上的户人均纯收入是同一个数。每村报一次。

    改法：抽几户核对收入是不是逐户调查、逐项计算出来的。
    错例：30 户中有 12 户人均纯收入都是 5200
    对例：各户的人均纯收入各不相同
    """
    many = (c.village_incomes >= _VILLAGE) & (c.same_incomes > 0.3 * c.village_incomes)
    return Violation(
        many & c.village_and_income.is_not_null(),
        households=c.village_incomes,
        same=c.same_incomes,
    )


@rule(
    "DC040",
    "收入集中在标准线下",
    Severity.INFO,
    "household",
    at="per_capita",
    message="本村 {households} 户中有 {count} 户的人均纯收入比标准 {line} 元低不到100元",
    basis="公开的审计案例",
    per="village",
)
def incomes_gathered_below_line(policy: Policy) -> Violation:
    """有20户以上的村，一半以上的户人均纯收入只比标准低100元以内。每村报一次。

    改法：抽几户核对收入是不是逐项计算出来的，有没有照着标准倒推。
    错例：标准 6000 元，30 户中有 18 户在 5900-5999 元之间
    对例：各户的人均纯收入高低不一
    """
    many = (c.village_incomes >= _VILLAGE) & (c.incomes_just_below > 0.5 * c.village_incomes)
    return Violation(
        many & c.just_below_line & c.village_key.is_not_null(),
        households=c.village_incomes,
        line=policy.income_line,
    )


@rule(
    "DC049",
    "已脱贫但人均收入低于标准",
    Severity.ERROR,
    "household",
    at="per_capita",
    message="脱贫属性是“已脱贫”，人均纯收入 {per_capita} 元却低于标准 {income_line} 元",
    basis="S-X 人均年收入6000元；全国三套核查口径",
)
def out_of_poverty_below_line(policy: Policy) -> Violation:
    """脱贫属性为已脱贫，人均纯收入低于收入标准。

    改法：核对收入和脱贫属性；收入确实低于标准的，不能算脱贫。
    错例：脱贫属性 已脱贫，人均纯收入 5200
    对例：脱贫属性 已脱贫，人均纯收入 7600
    """
    return Violation(
        (c.status == "已脱贫") & (c.per_capita < policy.income_line),
        income_line=policy.income_line,
    )


def home_called(code: pl.Expr) -> pl.Expr:
    """`户编号 320324105201001 `; of a form without one `张三（证件尾号1234）`."""
    named = code.str.strip_prefix(UNNUMBERED)
    return pl.when(code.str.starts_with(UNNUMBERED)).then(named).otherwise("户编号 " + code + " ")


@rule(
    "DC054",
    "收入明细整户雷同",
    Severity.SUSPECT,
    "household",
    at="per_capita",
    message="收入明细与{whose:s}的户一分不差{alike}，请核实是否逐户调查，"
    "并与民政、农业部门的发放清册核对",
    basis="本工具的判断",
)
def income_copied(policy: Policy) -> Violation:
    """同村两户的收入明细（和支出）完全相同，而且至少有三项不是0。同样的几户只在第二户报一次，写明户数。

    按统一标准发放的低保金、五保金、养老保险金、计划生育金不算在内。

    改法：重新核算其中一户的收入；确实相同的，请说明。
    错例：两户都是工资性 6200、生产经营性 3150、财产性 400、支出 980
    对例：两户只有养老保险金相同
    理由：收入确实相同。
    """
    alike = pl.format("，本村这样的共 {} 户", c.pattern_homes)
    return Violation(
        c.income_pattern.is_not_null() & (c.ref == c.pattern_second_row),
        whose=home_called(c.pattern_household),
        alike=pl.when(c.pattern_homes > 2).then(alike).otherwise(pl.lit("")),
    )
