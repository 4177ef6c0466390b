"""增减表: who came or left between two registers, and why; one row a person."""

from typing import ClassVar

from jiandang.register.code_types import Direction, Reason
from jiandang.register.date_cells import PartialDateCell
from jiandang.register.place import HouseholdPlace
from jiandang.register.table import column
from jiandang.register.text_cells import PersonName, ResidentId


class Change(HouseholdPlace):
    """Somebody who came or left (增减表); of a whole household the head alone may be named."""

    table_name: ClassVar[str] = "changes"
    title: ClassVar[str] = "增减"

    name: PersonName | None = column(
        "姓名", "成员姓名", "人员姓名", "变动人员姓名", "增减人员", "户主姓名",
        description="增加或减少的人；整户的写户主",
    )  # fmt: skip
    id_number: ResidentId | None = column(
        "证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号", "身份证件号码",
        "居民身份证号码", "居民身份证号",
        description="这个人的证件号码",
    )  # fmt: skip
    direction: Direction | None = column(
        "变动", "增减", "变动类型", "增减类型", "变动类别", "增减情况", "变动情况",
        description="增加或减少；不填时看原因",
    )  # fmt: skip
    reason: Reason | None = column(
        "原因", "变动原因", "增减原因", "增加原因", "减少原因", "变更原因", "事由",
        required=True, description="为什么增加或减少",
    )  # fmt: skip
    day: PartialDateCell | None = column(
        "日期", "变动日期", "变动时间", "发生时间", "时间", "增减日期", "增减时间",
        description="哪一天",
    )  # fmt: skip
