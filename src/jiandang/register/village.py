"""Tables 3 任务分解 and 6 村情: one row a place."""

from typing import ClassVar

from jiandang.register.cells import CodeNumber, PersonName, TenThousands, Text, Whole, YesNo
from jiandang.register.code_types import Level
from jiandang.register.place import Place
from jiandang.register.table import Table, column


class Allocation(Table):
    """The quota of a county, town or village (任务分解)."""

    table_name: ClassVar[str] = "allocation"
    title: ClassVar[str] = "任务分解"

    code: CodeNumber | None = column(
        "区划代码", "行政区划代码", "单位代码", "代码", "村码",
        description="县6位、乡9位、村12位",
    )  # fmt: skip
    place: Text | None = column(
        "名称", "单位名称", "单位", "地区", "村名", "行政村", description="县、乡或村的名称"
    )
    level: Level | None = column("级别", "层级", description="县、乡、村；不填时看代码的位数")
    planned_households: Whole | None = column(
        "计划户数", "分解户数", "任务户数", "指标(户)", "指标户数", unit="户",
        description="分解到的户数",
    )  # fmt: skip
    planned_persons: Whole | None = column(
        "计划人数", "任务人数", "指标(人)", "分解人数", "指标人数", required=True, unit="人",
        description="分解到的人数",
    )  # fmt: skip
    officer: PersonName | None = column("责任人", "负责人", description="该地的责任人")


class Village(Place):
    """What a village is like (村情)."""

    table_name: ClassVar[str] = "village"
    title: ClassVar[str] = "村情"

    rural_households: Whole | None = column(
        "农村户数", "总户数", unit="户", description="全村农村户数"
    )
    rural_population: Whole | None = column(
        "农村人口", "农村人口数", "总人口", unit="人", description="全村农村人口"
    )
    weak_village: YesNo | None = column(
        "是否经济薄弱村", "经济薄弱村", description="是否经济薄弱村"
    )
    collective_income: TenThousands | None = column(
        "村集体经营性收入(万元)", "集体经营性收入", "村集体收入", unit="万元",
        description="村集体经营性收入",
    )  # fmt: skip
    goal_year: Whole | None = column(
        "达标年度", "达标年份", unit="年", description="计划达标的年度"
    )
