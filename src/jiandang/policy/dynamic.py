"""The parts of a policy about two dates: [dynamic], what may move and how much, and [goals]."""

from typing import Annotated

from pydantic import Field

from jiandang.policy.values import CountyCode, Day, Number, Part, ReasonOfChange, Whole, YearKey


class Dynamic(Part):
    """When two registers of different dates are compared (动态管理); our own judgement mostly."""

    reference_date: Day | None = Field(
        default=None, title="上次的基准日", description="上次登记的基准日；不写时与本次相同"
    )
    increases: tuple[ReasonOfChange, ...] = Field(
        default=("出生", "婚入", "迁入", "收养", "刑满释放", "退役", "补录"),
        title="自然增加的原因",
        description="已登记的户里增加成员，可以是哪些原因",
    )
    decreases: tuple[ReasonOfChange, ...] = Field(
        default=("死亡", "婚出", "迁出", "判刑收监", "参军", "失联"),
        title="自然减少的原因",
        description="已登记的户里减少成员，可以是哪些原因",
    )
    removals: tuple[ReasonOfChange, ...] = Field(
        default=("清退", "自然销户", "整户迁出"),
        title="整户减少的原因",
        description="整户不再登记，可以是哪些原因",
    )
    income_rise: Number = Field(
        default=2,
        gt=0,
        le=100,
        title="人均收入增幅上限",
        description="增加超过此倍数要核实，2 即 +200%",
    )
    income_fall: Number = Field(
        default=0.6, gt=0, le=1, title="人均收入降幅上限", description="减少超过此比例要核实"
    )
    at_the_line: Number = Field(
        default=100,
        ge=0,
        le=10_000,
        title="刚好达到标准(元)",
        description="高出标准不到此数算刚好达到",
    )
    exits_at_the_line: Number = Field(
        default=0.3,
        gt=0,
        le=1,
        title="刚好达标户比例",
        description="一个村的脱贫户里超过此比例要提示",
    )
    copied_incomes: Number = Field(
        default=0.3,
        gt=0,
        le=1,
        title="收入照抄户比例",
        description="一个村到此比例的，合为一条提示",
    )
    removed_share: Number = Field(
        default=0.2,
        gt=0,
        le=1,
        title="清退户比例",
        description="一个村或一名帮扶人清退超过此比例要提示",
    )
    least_households: Whole = Field(
        default=20,
        ge=1,
        le=1000,
        title="按村统计的最少户数",
        description="不到此户数的村不按比例提示",
    )


class Goals(Part):
    """The goals of the round (目标), against which progress is counted."""

    weak_villages: Whole | None = Field(
        default=None,
        ge=0,
        le=10_000,
        title="经济薄弱村数",
        description="全市（或本县）要达标的经济薄弱村",
    )
    exits: dict[YearKey, Annotated[Whole, Field(ge=0)]] = Field(
        default_factory=dict,
        title="各年脱贫人数",
        description="年度 = 计划脱贫的人数",
        json_schema_extra={"additionalProperties": False},
    )
    leaving: tuple[CountyCode, ...] = Field(
        default=(), title="要退出的重点县", description="分批退出省定重点县名单的县，六位代码"
    )
    last_year: Whole = Field(
        default=2020, ge=2000, le=2100, title="巩固年度", description="达标以后巩固到哪一年"
    )
