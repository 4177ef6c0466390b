"""What a policy is: the parameters with their Chinese titles, units and bounds, and no values.

The values are in the TOML files. TOML has real types, so nothing is guessed: "6000" in quotes is
no number, and true is not 1.
"""

from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Self

from pydantic import Field, field_validator, model_validator

from jiandang.policy.dynamic import Dynamic, Goals
from jiandang.policy.values import (
    CountyCode,
    Day,
    Holidays,
    Number,
    Part,
    Share,
    Text,
    TypeOfHousehold,
    Whole,
    Yes,
    inconsistent,
)


class Range(Part):
    """From low to high (范围), both included."""

    low: Number = Field(ge=0, le=1_000_000, title="下限", description="不低于此数")
    high: Number = Field(ge=0, le=1_000_000, title="上限", description="不高于此数")

    @model_validator(mode="after")
    def _low_before_high(self) -> Self:
        if self.low > self.high:
            raise inconsistent(f"下限 {self.low} 大于上限 {self.high}，请核对后改正")
        return self


class Deadlines(Part):
    """The last day of each step (时间节点); a step without one is not checked."""

    applied: Day | None = Field(
        default=None, title="农户申请截止", description="农户提出申请的最后一天"
    )
    appraised: Day | None = Field(
        default=None, title="民主评议截止", description="村级评议的最后一天"
    )
    village_notice_end: Day | None = Field(
        default=None, title="村级公示截止", description="行政村公示期满的最后一天"
    )
    town_notice_end: Day | None = Field(
        default=None, title="乡镇公示截止", description="乡镇审核后公示期满的最后一天"
    )
    county_notice_end: Day | None = Field(
        default=None, title="县级公示截止", description="县级审批后公示(公告)期满的最后一天"
    )
    surveyed: Day | None = Field(
        default=None, title="入户调查截止", description="入户调查的最后一天"
    )
    entered: Day | None = Field(
        default=None, title="信息录入截止", description="录入并上报的最后一天"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """No step may be due before the one that it follows."""
        # A survey may go before the appraisal or after it; it only has to precede the entry.
        for sequence in (_PROCEDURE, ("surveyed", "entered")):
            due = [(step, self.of(step)) for step in sequence]
            dated = [(step, day) for step, day in due if day is not None]
            for (step, day), (next_step, next_day) in pairwise(dated):
                if next_day < day:
                    raise inconsistent(
                        f"{next_step}（{self.title(next_step)}，{next_day}）"
                        f"早于前一步 {step}（{self.title(step)}，{day}），请核对日期"
                    )
        return self

    def of(self, step: str) -> date | None:
        """The deadline of a step by the step's name, which is also the name of its column."""
        day: date | None = getattr(self, step)
        return day

    @classmethod
    def title(cls, step: str) -> str:
        """The step's Chinese name."""
        return cls.model_fields[step].title or step


_PROCEDURE = ("applied", "appraised", "village_notice_end", "town_notice_end", "county_notice_end")


class Checking(Part):
    """How this county checks (检查要求), besides what it checks."""

    require: tuple[Text, ...] = Field(
        default=(),
        title="必须查成的规则",
        description="关口或规则，如 SB、LR1；有一条没有查成，退出码为2",
    )
    answers_valid_days: Whole = Field(
        default=180,
        ge=1,
        le=3650,
        title="核实有效天数",
        description="“登记无误”的答复过了这么多天要重新核实",
    )


class Policy(Part):
    """All the parameters of one round in one place (政策参数)."""

    name: Text = Field(title="政策代号", description="报告中引用的代号；不写时取文件名")
    title: Text = Field(title="政策名称", description="报告中显示的名称")
    extends: Text | None = Field(
        default=None,
        title="沿用的政策",
        description="内置政策的代号或另一文件的路径；本文件只写不同之处",
    )

    # 标准与时间
    income_line: Number = Field(
        gt=0, le=100_000, title="收入标准(元/人·年)", description="人均纯收入低于此数的为扶持对象"
    )
    income_year: Whole = Field(
        ge=2000, le=2100, title="收入年度", description="登记的收入属于哪一年"
    )
    reference_date: Day = Field(title="基准日", description="年龄和家庭人口以这一天为准")
    start: Day = Field(title="工作开始日期", description="动员会的日期，各步骤不应早于此日")
    deadlines: Deadlines = Field(title="时间节点", description="各步骤的最后期限")
    holidays: Holidays = Field(
        default=frozenset(),
        title="法定节假日",
        description="放假的日期(含调休)，一般不开会不审核",
    )
    warn_days: Whole = Field(
        ge=0, le=60, title="提前提醒天数", description="距期限不足此天数而未完成的给出提醒"
    )

    # 识别程序
    notice_days: Whole = Field(
        ge=1, le=60, title="公示天数", description="每一级公示至少的天数，也是时间节点间隔的下限"
    )
    notice_counts_first_day: Yes = Field(
        default=True,
        title="公示首日算一天",
        description="3月8日至14日算公示7天；不算首日的地方写 false",
    )
    quorum: Share = Field(
        gt=0, le=1, title="到会比例", description="到会代表占应到代表的比例不得低于此数"
    )
    majority: Share = Field(
        ge=0, lt=1, title="通过比例", description="同意票占到会代表的比例必须超过此数"
    )
    recent_move_months: Whole = Field(
        ge=0, le=240, title="近期迁入月数", description="在此月数内识别的县外户籍户主要提示"
    )

    # 任务分解
    quota_tolerance: Number = Field(
        ge=0, le=1, title="任务数容差", description="登记数与任务数相差的比例上限，5%写作 0.05"
    )
    persons_per_household: Range = Field(
        title="户均人口范围(人)", description="一个村的户均人口应在此范围内"
    )
    village_income: Number = Field(
        ge=0,
        le=10_000,
        title="村集体收入标准(万元)",
        description="村集体经营性收入达到此数不再是经济薄弱村",
    )
    goal_year: Whole = Field(ge=2000, le=2100, title="目标年度", description="最迟在哪一年全部脱贫")
    county_codes: dict[CountyCode, Text] = Field(
        title="县级区划代码",
        description="六位代码 = 县(市、区)名称",
        json_schema_extra={"additionalProperties": False},
    )

    # 入户调查
    surveyors: Whole = Field(
        ge=1, le=10, title="调查人数", description="每户至少由几人共同入户调查"
    )
    surveys_per_day: Whole = Field(
        ge=1,
        le=1000,
        title="每日调查户数上限",
        description="一名调查人一天调查超过此户数要提示",
    )

    # 收入与家庭
    income_floor: Number = Field(
        ge=0, le=100_000, title="人均收入下限(元)", description="人均纯收入低于此数要核实"
    )
    income_ceiling: Number = Field(
        gt=0, le=10_000_000, title="人均收入上限(元)", description="人均纯收入高于此数要核实"
    )
    large_household: Whole = Field(
        ge=2, le=100, title="人口偏多的户(人)", description="家庭人口达到此数要核实"
    )
    base_pension: Number = Field(
        ge=0, le=100_000, title="基础养老金(元/年)", description="60岁以上老人每年的基础养老金"
    )
    dibao_line: Number | None = Field(
        default=None,
        gt=0,
        le=100_000,
        title="低保标准(元/人·年)",
        description="不写则不检查应保未保",
    )
    planting_per_mu: Range = Field(
        title="每亩种植收入范围(元)", description="种植业收入除以耕地面积应在此范围内"
    )
    student_max_age: Whole = Field(
        ge=6, le=100, title="在校生年龄上限(岁)", description="大学本科以下在校生的年龄上限"
    )
    student_max_age_university: Whole = Field(
        ge=6, le=100, title="本科以上在校生年龄上限(岁)", description="大学本科及以上的年龄上限"
    )
    labour_max_age: Whole = Field(
        ge=16, le=120, title="劳动力年龄上限(岁)", description="超过此年龄一般不再算普通劳动力"
    )
    types_exempt_from_line: tuple[TypeOfHousehold, ...] = Field(
        title="不受收入标准限制的农户属性", description="按民政名单直接纳入的农户属性"
    )

    # 帮扶与联系方式
    households_per_helper: Whole = Field(
        ge=1, le=1000, title="每名帮扶人户数上限", description="一名帮扶责任人结对的户数"
    )
    households_per_phone: Whole = Field(
        ge=1, le=1000, title="每个电话户数上限", description="一个联系电话登记的户数"
    )

    # 部门比对
    list_age_days: Whole = Field(
        default=180,
        ge=0,
        le=3650,
        title="名单有效天数",
        description="名单日期与基准日相差超过此天数要提示",
    )
    vehicle_value: Number = Field(
        default=30_000,
        ge=0,
        le=10_000_000,
        title="机动车价值下限(元)",
        description="名单写明价值低于此数的机动车不作疑点",
    )

    # 检查
    check: Checking = Field(default=Checking(), title="检查要求", description="怎样才算查完")

    # 动态管理与目标
    dynamic: Dynamic = Field(
        default=Dynamic(), title="动态管理", description="两次登记相比较时的参数"
    )
    goals: Goals = Field(default=Goals(), title="目标", description="本轮要达到的目标")

    # 说明
    headings: dict[Text, Text] = Field(
        default_factory=dict, title="自定义表头", description="本地表头 = 标准表头"
    )
    sources: dict[Text, Text] = Field(
        default_factory=dict, title="参数来源", description="参数名 = 依据的文件或说明"
    )
    remarks: dict[Text, Text] = Field(
        default_factory=dict, title="参数说明", description="参数名 = 要在报告中写明的话"
    )

    @field_validator("sources", "remarks")
    @classmethod
    def _about_known_parameters(cls, texts: dict[str, str]) -> dict[str, str]:
        for name in texts:
            if name.split(".")[0] not in cls.model_fields:
                raise inconsistent(f"“{name}”不是参数名，请改为本政策中已有的参数名")
        return texts

    @field_validator("headings")
    @classmethod
    def _to_known_columns(cls, headings: dict[str, str]) -> dict[str, str]:
        if headings:
            from jiandang.headings.mapped import why_unknown  # a check of a file alone needs it

            if why := why_unknown(headings):
                raise inconsistent(why)
        return headings

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for code in self.goals.leaving:
            if code not in self.county_codes:
                near = get_close_matches(code, self.county_codes, n=1, cutoff=0)
                hint = f"，最接近的是 {near[0]}（{self.county_codes[near[0]]}）" if near else ""
                raise inconsistent(
                    f"goals.leaving（{Goals.model_fields['leaving'].title}）有“{code}”，"
                    f"county_codes（县级区划代码）里没有{hint}"
                )
        if self.income_floor >= self.income_ceiling:
            raise inconsistent(
                f"income_floor（人均收入下限 {self.income_floor}）应小于 "
                f"income_ceiling（人均收入上限 {self.income_ceiling}），请核对"
            )
        for step in Deadlines.model_fields:
            day = self.deadlines.of(step)
            if day is not None and day < self.start:
                raise inconsistent(
                    f"deadlines.{step}（{Deadlines.title(step)}，{day}）"
                    f"早于 start（工作开始日期，{self.start}），请核对日期"
                )
        return self

    @property
    def notes(self) -> tuple[str, ...]:
        """The remarks the report has to print (报告中的说明)."""
        return tuple(self.remarks.values())

    def timetable_gaps(self) -> list[tuple[str, str, int]]:
        """The steps too close for a notice: (step, next step, days between), rule SJ018.

        Each of the last three steps is the end of a public notice that can begin only when the
        step before is done, so notice_days must fit in between.
        """
        gaps = []
        for before, notice_end in pairwise(_PROCEDURE[1:]):
            first, last = self.deadlines.of(before), self.deadlines.of(notice_end)
            if first and last and (last - first).days < self.notice_days:
                gaps.append((before, notice_end, (last - first).days))
        return gaps
