"""增减表: who came or left between two registers, and why; one row a person."""

from typing import ClassVar

from jiandang.register.code_types import Reason
from jiandang.register.date_cells import DayOfChange
from jiandang.register.place import HouseholdPlace
from jiandang.register.table import column
from jiandang.register.text_cells import PersonName, ResidentId


class Change(HouseholdPlace):
    """Somebody who came or left (增减表); of a whole household the head alone may be named."""

    table_name: ClassVar[str] = "changes"
    title: ClassVar[str] = "增减"

    name: PersonName | None = column(
        "姓名", "成员姓名", "人员姓名", "变动人员姓名", "增减人员", "增减人员姓名",
        "增加人员", "减少人员", "变动人口", "家庭成员姓名", "人口姓名", "变动人员", "变动成员",
        "新增人员", "新增人口", "增加人口", "减少人口", "新增成员", "增加成员", "减少成员",
        "增加人员姓名", "减少人员姓名", "新增人员姓名", "增加人口姓名", "减少人口姓名", "增员姓名",
        "减员姓名",
        description="增加或减少的人；整户的写户主",
    )  # fmt: skip
    head_name: PersonName | None = column(
        "户主姓名", "户主", "户主名字", "户主名称",
        description="这个人所在户的户主；整户的可以只写户主",
    )  # fmt: skip
    id_number: ResidentId | None = column(
        "证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号", "身份证件号码",
        "居民身份证号码", "居民身份证号",
        description="这个人的证件号码",
    )  # fmt: skip
    direction: Reason | None = column(
        "变动", "增减", "变动类型", "增减类型", "变动类别", "增减情况", "变动情况",
        "增减类别", "增减方式", "变动方式", "变更类型", "变更类别", "变更情况", "变化类型",
        "变化情况", "增加/减少", "增/减", "增减变动", "增减变化", "异动类型", "异动情况",
        "调整类型", "动态类型", "变动种类", "变动性质", "变动项目", "变更", "变化", "变动标志",
        "增减标志", "增减标识", "人口变动", "人口变动情况", "人口变动类型", "人员变动",
        "人员变动情况", "人员变动类型", "人口增减", "人员增减", "自然增减", "自然增减类型",
        "增减变动类型", "增减变动情况",
        description="增加或减少，也可以写原因；不填时看原因",
    )  # fmt: skip
    reason: Reason | None = column(
        "原因", "变动原因", "增减原因", "增加原因", "变更原因", "变化原因", "异动原因", "调整原因",
        "具体原因", "主要原因", "事由", "变动事由", "增减事由", "增加事由", "增加类型", "增加类别",
        "变动原因说明", "增减变动原因", "人口变动原因", "人员变动原因", "自然增减原因", "变动理由",
        "变化事由", "变更事由", "调整事由", "新增原因", "新增事由", "增员原因", "增人原因",
        "增加理由", "增加人口原因", "增加人员原因", "自然增加原因", "原因说明", "变动说明",
        required=True, description="为什么增加或减少",
    )  # fmt: skip
    left_reason: Reason | None = column(
        "减少原因", "减员原因", "退出原因", "减少事由", "减少类型", "减少类别", "减少理由",
        "减人原因", "减员事由", "减少人口原因", "减少人员原因", "自然减少原因", "减少原因说明",
        description="为什么减少，与增加的原因不在一列时",
    )  # fmt: skip
    day: DayOfChange | None = column(
        "日期", "变动日期", "变动时间", "发生时间", "发生日期", "时间", "增减日期", "增减时间",
        "变更日期", "变更时间", "增加时间", "增加日期", "减少时间", "减少日期", "死亡时间",
        "死亡日期", "新增时间", "新增日期", "变化时间", "变化日期", "异动时间", "异动日期",
        "调整时间", "增员时间", "减员时间", "退出时间", "退出日期", "变动年月", "增减变动时间",
        description="哪一天",
    )  # fmt: skip
