"""Tables 3 任务分解 and 6 村情: one row a place."""

from typing import Annotated, ClassVar

from jiandang.register.code_cells import YesNo, yes_no
from jiandang.register.code_types import Level
from jiandang.register.number_cells import Households, Persons, TenThousands, Year
from jiandang.register.place import Place
from jiandang.register.place_names import level_of
from jiandang.register.table import Table, column
from jiandang.register.text_cells import CodeNumber, PersonName, PlaceName, VillageName

# What is said of a village's standing, and 未 or 不 before it.
Reached = Annotated[
    bool,
    yes_no(
        "达标 已达标 出列 已出列 完成 已完成 实现 已实现 具备 已具备 符合 合格 齐全 建成 已建成"
    ),
]


class Allocation(Table):
    """The quota of a county, town or village (任务分解)."""

    table_name: ClassVar[str] = "allocation"
    title: ClassVar[str] = "任务分解"

    code: CodeNumber | None = column(
        "区划代码", "行政区划代码", "单位代码", "代码", "村码", "村代码", "村编码", "行政村代码",
        "行政村编码", "行政村码",
        description="县6位、乡9位、村12位",
    )  # fmt: skip
    town: PlaceName | None = column(
        "乡(镇)", "乡镇", "镇(街道)", "镇", "乡镇名称", "镇街", "乡镇(街道)", "镇村",
        description="村所在的乡镇；没有别的名称时就是“名称”",
    )  # fmt: skip
    place: VillageName | None = column(
        "名称", "单位名称", "单位", "地区", "村名", "行政村", "村", "村名称", "村(居)", "村居",
        "村(居)委会", "行政村名称", "乡镇/行政村", "乡镇/村", "镇/村", "乡(镇)/行政村", "乡(镇)/村",
        "乡镇(行政村)", "乡镇(村)", "镇(村)", "乡镇、行政村", "乡镇、村", "乡镇和行政村",
        "镇街/村居", description="县、乡或村的名称",
    )  # fmt: skip
    level: Level | None = column("级别", "层级", description="县、乡、村；不填时看代码的位数")
    planned_households: Households | None = column(
        "计划户数", "分解户数", "任务户数", "指标(户)", "指标户数", "任务数(户)",
        "指标数(户)", "分配户数", unit="户",
        description="分解到的户数",
    )  # fmt: skip
    planned_persons: Persons | None = column(
        "计划人数", "任务人数", "指标(人)", "分解人数", "指标人数", "任务数(人)",
        "指标数(人)", "分配人数",
        required=True, unit="人", description="分解到的人数",
    )  # fmt: skip
    officer: PersonName | None = column("责任人", "负责人", description="该地的责任人")

    @property
    def county(self) -> str | None:
        """The county in which the place lies, as far as its code tells; of a county its name."""
        if level_of(self.code, self.level) == "县":
            return self.place
        return self._origin.county if self._origin is not None else None

    @property
    def village(self) -> str | None:
        """The name of the village whose quota it is; None of a county or town."""
        return None if level_of(self.code, self.level) in ("县", "乡") else self.place


class Village(Place):
    """What a village is like (村情)."""

    table_name: ClassVar[str] = "village"
    title: ClassVar[str] = "村情"

    rural_households: Households | None = column(
        "农村户数", "总户数", unit="户", description="全村农村户数"
    )
    rural_population: Persons | None = column(
        "农村人口", "农村人口数", "总人口", unit="人", description="全村农村人口"
    )
    weak_village: YesNo | None = column(
        "是否经济薄弱村", "经济薄弱村", description="是否经济薄弱村"
    )
    collective_income: TenThousands | None = column(
        "村集体经营性收入(万元)", "集体经营性收入", "村集体收入", unit="万元",
        description="村集体经营性收入",
    )  # fmt: skip
    goal_year: Year | None = column("达标年度", "达标年份", unit="年", description="计划达标的年度")
    reached: Reached | None = column(
        "是否达标", "已达标", "达标", "是否已达标", "是否出列", "达标情况",
        description="是否已经达标（出列）",
    )  # fmt: skip

    # 新“八有”, each 是 or 否.
    cadres: Reached | None = column(
        "班子", "有班子", "双强班子", "领导班子", "班子建设", "两委班子", "“双强”班子",
        "好班子", "有好班子", "有双强班子", "群众拥护的“双强”班子", "有群众拥护的“双强”班子",
        "村班子", "有村班子", "村级班子",
        description="新“八有”：有群众拥护的“双强”班子",
    )  # fmt: skip
    plan: Reached | None = column(
        "规划", "有规划", "发展规划", "科学规划", "科学合理的发展规划",
        "好规划", "有好规划", "有发展规划", "有科学合理的发展规划",
        description="新“八有”：有科学合理的发展规划",
    )  # fmt: skip
    farm_works: Reached | None = column(
        "农业设施", "有农业设施", "高效农业设施", "高产高效的农业设施",
        "有高效农业设施", "有高产高效的农业设施",
        description="新“八有”：有高产高效的农业设施",
    )  # fmt: skip
    main_industry: Reached | None = column(
        "主导产业", "有主导产业", "特色主导产业", "特色鲜明的主导产业",
        "有特色主导产业", "有特色鲜明的主导产业",
        description="新“八有”：有特色鲜明的主导产业",
    )  # fmt: skip
    steady_income: Reached | None = column(
        "集体收入", "有集体收入", "稳定集体收入", "持续稳定的集体收入",
        "有稳定集体收入", "有持续稳定的集体收入",
        description="新“八有”：有持续稳定的集体收入（是或否；多少万元填在村集体经营性收入）",
    )  # fmt: skip
    network: Reached | None = column(
        "信息网络", "有信息网络", "先进适用的信息网络",
        "有先进适用的信息网络",
        description="新“八有”：有先进适用的信息网络",
    )  # fmt: skip
    customs: Reached | None = column(
        "文明村风", "有文明村风", "文明乡风", "健康向上的文明村风",
        "有文明乡风", "有健康向上的文明村风",
        description="新“八有”：有健康向上的文明村风",
    )  # fmt: skip
    surroundings: Reached | None = column(
        "居住环境", "有居住环境", "村容整洁的居住环境", "人居环境",
        "有人居环境", "有村容整洁的居住环境",
        description="新“八有”：有村容整洁的居住环境",
    )  # fmt: skip


# 新“八有”: what a village has that is no longer weak.
EIGHT = (
    "cadres", "plan", "farm_works", "main_industry", "steady_income", "network", "customs",
    "surroundings",
)  # fmt: skip
