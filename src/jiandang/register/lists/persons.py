"""Lists of 公安 and 教育: 户籍, 死亡, 迁出, 火化, 学籍."""

from typing import ClassVar

from jiandang.register.code_types import Nation
from jiandang.register.date_cells import PartialDateCell
from jiandang.register.lists.listed import Listed, dated, each, named, numbered
from jiandang.register.table import column
from jiandang.register.text_cells import CodeNumber, PersonName, ResidentId, Text

_WHY_CANCELLED = ("注销类型", "注销类别", "注销原因")
# 死亡注销户口人员 are no 户口.
_OF_THE_DEAD = (
    *(
        f"死亡{who}{of}"
        for who in ("", "人员", "人口")
        for of in ("户口", "户籍", "注销户口", "注销户籍")
    ),
    *("户口死亡", "户籍死亡", "户口注销死亡", "户籍注销死亡"),
)


class HukouList(Listed):
    """户籍名单: who is registered with the police, and with whom."""

    table_name: ClassVar[str] = "hukou_list"
    title: ClassVar[str] = "户籍"
    department: ClassVar[str] = "公安"
    spoken: ClassVar[tuple[str, ...]] = ("户籍", "户口", "常住人口")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "died")
    yes_says: ClassVar[dict[str, str]] = {"cancelled": "注销", "dead": "死亡"}

    nation: Nation | None = column("民族", "MZ", description="民族")
    home: CodeNumber | None = column(
        "户编码", "户号", "户口簿号", "户口号", "家庭户号", "HH", description="公安的户号"
    )
    kind: Text | None = column(
        "户口性质", "户口类型", "户口类别", "户籍性质", "户别", description="农业、非农业等"
    )
    state: Text | None = column(
        "注销状态", "人员状态", "人口状态", "户籍状态", "户口状态", "人口现状", "居住状态",
        *_WHY_CANCELLED, "状态",
        description="正常、注销等",
    )  # fmt: skip
    cancelled: Text | None = column(
        "注销标志", "注销标识", "户口注销标志", "户口注销标识", "户籍注销标志", "是否注销", "ZXBS",
        description="户口是否注销",
    )  # fmt: skip
    dead: Text | None = column("死亡标志", "死亡标识", "是否死亡", description="是否死亡")
    left: PartialDateCell | None = column(
        *dated("注销 迁出"), "户籍注销日期", "迁移日期", description="注销或迁出的日期"
    )
    died: PartialDateCell | None = column(
        "死亡日期", "死亡时间", "死亡年月", "死亡年月日", "SWRQ", description="死亡的日期"
    )


class DeathList(Listed):
    """死亡（注销）名单."""

    table_name: ClassVar[str] = "death_list"
    title: ClassVar[str] = "死亡"
    department: ClassVar[str] = "公安"
    spoken: ClassVar[tuple[str, ...]] = ("死亡", "亡故", *_OF_THE_DEAD)
    part_of: ClassVar[str | None] = HukouList.table_name
    aged_on: ClassVar[tuple[str, ...]] = ("died",)

    name: PersonName | None = named("姓名", "死者姓名", "死亡人员姓名", "死者")
    id_number: ResidentId | None = numbered("身份证号码", of=("死者", "死亡人员", "死亡人"))
    died: PartialDateCell | None = column(
        "死亡日期", "死亡时间", "死亡年月", "死亡年月日", "SWRQ", description="死亡的日期"
    )
    kind: Text | None = column(
        *each("死亡注销 死亡", "类别", "原因"), "死因", "SWZXLB", "SWYY", *_WHY_CANCELLED,
        description="怎样死亡",
    )  # fmt: skip
    cancelled: PartialDateCell | None = column(
        *dated("死亡注销 注销 户口注销 注销户口"), "死亡登记日期", "ZXRQ", "SWZXRQ",
        description="注销户口的日期",
    )  # fmt: skip


class MovedList(Listed):
    """迁出注销名单."""

    table_name: ClassVar[str] = "moved_list"
    title: ClassVar[str] = "迁出"
    department: ClassVar[str] = "公安"
    spoken: ClassVar[tuple[str, ...]] = ("迁出", "迁移", "迁往")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "died", "why", "cancelled")

    moved: PartialDateCell | None = column(
        *dated("迁出 迁移"), "迁出注销日期", "QCRQ", description="迁出的日期"
    )
    kind: Text | None = column(
        *each("迁出 迁移 迁出注销", "类别", "类型", "原因"), "QCLB", "类别", description="为何迁出"
    )
    why: Text | None = column(*_WHY_CANCELLED, description="为何注销户口")
    cancelled: PartialDateCell | None = column(
        *dated("注销 户口注销"), description="注销户口的日期"
    )
    died: PartialDateCell | None = column("死亡日期", "死亡时间", description="死亡的日期")
    goes_to: Text | None = column(
        *each("迁往", "", "地", "地址", "何处", "地详址", "省市", "省市县", "地区划"),
        *each("迁入", "地", "地址"), description="迁往何处",
    )  # fmt: skip


class CremationList(Listed):
    """火化名单: mostly without numbers."""

    table_name: ClassVar[str] = "cremation_list"
    title: ClassVar[str] = "火化"
    department: ClassVar[str] = "民政"
    spoken: ClassVar[tuple[str, ...]] = ("火化", "殡葬", "殡仪")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "passed", "死者")
    aged_on: ClassVar[tuple[str, ...]] = ("passed", "died")

    name: PersonName | None = named(
        "姓名", "死者姓名", "逝者姓名", "逝者", "亡者姓名", "死者", "亡者", "故者姓名"
    )
    id_number: ResidentId | None = numbered("身份证号码", of=("死者", "逝者", "亡者"))
    died: PartialDateCell | None = column(
        "火化日期", "火化时间", "火化年月", "遗体火化日期", "遗体火化时间", description="火化的日期"
    )
    passed: PartialDateCell | None = column(*dated("死亡 逝世 去世"), description="死亡的日期")
    certificate: Text | None = column(
        "火化证号", "火化证编号", "火化编号", description="火化证的号"
    )


class PupilList(Listed):
    """学籍名单."""

    table_name: ClassVar[str] = "pupil_list"
    title: ClassVar[str] = "学籍"
    department: ClassVar[str] = "教育"
    spoken: ClassVar[tuple[str, ...]] = ("学籍", "学生", "在校生")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "present")
    no_says: ClassVar[dict[str, str]] = {"present": "离校"}
    numbers_in: ClassVar[tuple[str, ...]] = ("pupil_number",)

    name: PersonName | None = named("姓名", "学生姓名")
    id_number: ResidentId | None = numbered("身份证件号", "身份证件号码", of=("学生",))
    pupil_number: Text | None = column(
        "全国学籍号", "学籍号", "全国学籍号码", description="全国学籍号：G和身份证号码"
    )
    second_number: Text | None = column("学籍辅号", description="学籍辅号")
    school: Text | None = column("学校", "学校名称", "就读学校", "所在学校", description="学校")
    grade: Text | None = column("年级", "年级名称", "就读年级", "所在年级", description="年级")
    form: Text | None = column("班级", "班级名称", "班号", "所在班级", description="班级")
    state: Text | None = column(
        "学籍状态", "学生状态", "就读状态", "在读状态", "当前状态", "在校状态",
        "学生当前状态", "在籍状态", "就读情况", "状态",
        description="在读、毕业、休学等",
    )  # fmt: skip
    present: Text | None = column("是否在校", "是否在读", "是否在籍", description="是否在校")
