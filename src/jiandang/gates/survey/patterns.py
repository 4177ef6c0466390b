"""DC061-DC064, DC073: figures that the incomes of a village make together."""

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.survey.shared import NET_PARTS, SIX_PARTS, TRANSFER_PARTS
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

_MONTHLY, _LEAST_WAGE = (100, 10_000), 100
_BLOCK = 5
_VILLAGE, _SAME_DIGIT = 20, 0.8
_TEAM, _ALL_ALIKE = 10, 100
# Nobody lives on so little in a year; whose income is written in 万元 has less than 2.
_NO_INCOME, _TEN_THOUSANDS = 20, 2
_HOMES, _NEARLY_ALL = 10, 0.9
_AMOUNTS = " ".join((*NET_PARTS, *SIX_PARTS, *TRANSFER_PARTS, "net_income", "total"))

derived("household", needs="").columns(
    is_no_income=c.per_capita.is_between(0, _NO_INCOME, closed="none")
    & (c.income < _NO_INCOME * c("size")).fill_null(True),
)

derived("household", over="village_key", needs="").columns(
    homes_of_no_income=c.is_no_income.sum(),
    homes_of_some_income=(c.per_capita > 0).sum(),
    usual_income=c.per_capita.filter(c.per_capita > 0).median(),
)


@rule(
    "DC073",
    "全村的收入像是以万元填的",
    Severity.WARNING,
    "household",
    at="per_capita",
    message="本村有 {count} 户的人均纯收入不到 {least} 元（如 {per_capita}），像是以{unit}填的",
    basis="算术：一年的收入不会只有几元",
    per="village",
    needs="per_capita",
)
def village_in_another_unit(policy: Policy) -> Violation:
    """一个村里有收入的户（10户以上），九成以上人均纯收入不到20元，家庭纯收入也一样少：全部金额像是以万元（千元）填的。
    一个村报一次，由这些金额看出的问题不再逐户报。只有人均以万元填的，由“人均纯收入不符”报。

    改法：把全部金额改成元；或者在表头写明单位，如“人均纯收入(万元)”，再检查一遍。
    错例：全村的人均纯收入是 0.42、0.36、0.51
    对例：全村的人均纯收入是 4212、3600、5130
    理由：收入确实这样。
    """
    enough = c.homes_of_some_income >= _HOMES
    are_all = enough & (c.homes_of_no_income >= _NEARLY_ALL * c.homes_of_some_income)
    in_ten_thousands = c.usual_income < _TEN_THOUSANDS
    return Violation(
        are_all & c.is_no_income & c.village_key.is_not_null(),
        also=_AMOUNTS,
        least=_NO_INCOME,
        unit=pl.when(in_ten_thousands).then(pl.lit("万元")).otherwise(pl.lit("千元")),
    )


@derived("household", of="member")
def months_worked(policy: Policy) -> pl.Expr:
    """The months that all members worked; null where somebody's are not known."""
    known = (c.work_months.is_not_null() | ~c.works).all()
    return pl.when(known).then(c.work_months.sum())


@rule(
    "DC061",
    "工资与务工时间不相称",
    Severity.INFO,
    "household",
    at="wage|labour_income",
    message="工资性（务工）收入 {wages} 元，全家务工 {months_worked} 个月，"
    "合每月 {monthly:.0f} 元，请核对工资和月数",
    basis="本工具的判断",
    needs="wage|labour_income member.work_months",
)
def wages_against_months(policy: Policy) -> Violation:
    """工资性收入除以全家的务工月数，每月不到100元或超过10000元。没有工资或没有务工时间的不查；
    工资不足100元的由 DC013 检查。

    改法：这是提示。核对工资的单位和务工的月数；拖欠工资、实习没有工资的不用改。
    错例：工资性收入 36000，全家务工 1 个月
    对例：工资性收入 36000，全家务工 14 个月
    """
    monthly = c.wages / pl.when(c.months_worked > 0).then("months_worked")
    # A wage of some dozen 元 is one in another unit (DC013).
    known = c.wages >= _LEAST_WAGE
    return Violation(known & ~monthly.is_between(*_MONTHLY), monthly=monthly)


@derived("household", needs="per_capita village_code|household_id|village")
def income_block(policy: Policy) -> pl.Expr:
    """A number for each run of rows of one village with one income a head."""
    same_village = c.village_key == c.village_key.shift(1)
    same = same_village & (c.per_capita == c.per_capita.shift(1)) & (c.ref.diff() == 1)
    return same.fill_null(False).not_().cum_sum()


derived("household", over="income_block", needs="per_capita").columns(
    block_length=c.per_capita.count()
)


@rule(
    "DC062",
    "相连几户收入相同",
    Severity.INFO,
    "household",
    at="per_capita",
    message="从本户起相连 {block_length} 户的人均纯收入都是 {per_capita} 元，请看是不是下拉填充的",
    basis="Excel 下拉填充的常见后果",
    needs="per_capita village_code|household_id|village",
)
def incomes_filled_down(policy: Policy) -> Violation:
    """同村相连五户以上的人均纯收入是同一个数。一段报一次，在第一户。

    改法：这是提示。抽几户核对收入是不是逐户调查、逐项计算出来的。
    错例：第8行到第14行的人均纯收入都是 5200
    对例：相连各户的人均纯收入各不相同
    """
    return Violation((c.block_length >= _BLOCK) & c.income_block.is_first_distinct())


# The last digit of the household's income in whole 元.
derived("household", needs="net_income|total").columns(
    last_digit=(c.income.floor().cast(pl.Int64) % 10).cast(pl.Int8)
)

derived("household", over="village_key", needs="net_income|total").columns(
    village_digits=c.last_digit.count(),
    commonest_digit=c.last_digit.drop_nulls().mode().min(),
    # How many incomes of the village end in the commonest digit.
    same_digits=(c.last_digit == c.last_digit.drop_nulls().mode().min()).sum(),
)


@rule(
    "DC063",
    "收入的尾数集中",
    Severity.INFO,
    "household",
    at="net_income|total",
    message="本村 {village_digits} 户中有 {same_digits} 户的家庭收入尾数都是 {commonest_digit}，"
    "请看是不是估算的整数",
    basis="审计中的尾数分析",
    per="village",
    needs="net_income|total village_code|household_id|village",
)
def incomes_of_one_digit(policy: Policy) -> Violation:
    """有20户以上的村，八成以上的户家庭纯收入（六分式为总收入）尾数是同一个数字。每村报一次。

    改法：这是提示。抽几户核对收入是逐项计算的，还是估算、凑整的。
    错例：30 户中有 28 户的家庭纯收入是整百元
    对例：各户的尾数从 0 到 9 都有
    """
    many = (c.village_digits >= _VILLAGE) & (c.same_digits >= _SAME_DIGIT * c.village_digits)
    return Violation(c.village_key.is_not_null() & c.last_digit.is_not_null() & many)


@derived("survey", needs="per_capita surveyor_1|surveyor_2|surveyors")
def team_and_village(policy: Policy) -> pl.Expr:
    team = pl.when(c.all_surveyors != "").then(c.team)
    return pl.concat_str(c.village_key, team, separator=" ")


derived("survey", over="team_and_village", needs="per_capita").columns(
    team_homes=c.per_capita.count(),
    lowest_of_team=c.per_capita.min(),
    highest_of_team=c.per_capita.max(),
)


@rule(
    "DC064",
    "一组调查人的各户收入雷同",
    Severity.INFO,
    "survey",
    at="surveyor_1|surveyors",
    per="team_and_village",
    message="{team}调查的 {team_homes} 户，人均纯收入都在 "
    "{lowest_of_team} 到 {highest_of_team} 元之间，请看是不是逐户调查的",
    basis="公开的审计案例",
    needs="per_capita surveyor_1|surveyors village_code|household_id|village",
)
def one_teams_homes_all_alike(policy: Policy) -> Violation:
    """同一组调查人在一个村调查的10户以上，人均纯收入最高与最低相差不到100元。每组报一次。

    改法：这是提示。抽几户核对收入是不是逐户调查、逐项计算出来的。
    错例：张三、李四调查的 14 户，人均纯收入都在 5900 到 5960 元之间
    对例：张三、李四调查的 14 户，人均纯收入从 2900 到 5800 元
    """
    alike = c.highest_of_team - c.lowest_of_team < _ALL_ALIKE
    return Violation((c.team_homes >= _TEAM) & alike & c.team_and_village.is_not_null())
