"""Lists of posts, pay and insurance: 编制, 工资, 养老, 社保, 公积金, 医保, 干部."""

from typing import Any, ClassVar

from jiandang.register.date_cells import PartialDateCell
from jiandang.register.lists.listed import Listed, dated, each, named, numbered
from jiandang.register.lists.states import WHO_IS_EMPLOYED, WHO_IS_RESIDENT
from jiandang.register.number_cells import Money, Months, Year
from jiandang.register.table import column
from jiandang.register.text_cells import PersonName, ResidentId, Text

# Of what the insurance is.
_INSURED = ("险种", "险种类型", "险种名称", "参保险种")
# How headings say what began or ended, and that they are dates: 缴费起始年月.
_WHAT = ("", "缴费", "缴存", "参保", "待遇", "领取", "待遇领取", "享受")
_DATED = ("", "日期", "时间", "年月")


def _at(*words: str) -> tuple[str, ...]:
    """The headings for when something began or ended."""
    each = [f"{what}{word}{dated}" for word in words for what in _WHAT for dated in _DATED]
    return tuple(dict.fromkeys(each))


# What those are called who are insured, paid in for or paid.
_PEOPLE = (
    "参保人", "参保人员", "职工", "人员", "缴存人", "缴存职工", "领取人", "领取人员", "待遇人员",
    "退休人员",
)  # fmt: skip

# Those who are employed.
_STAFF = ("工作人员", "在编人员", "职工", "教职工", "人员")
_EMPLOYED = tuple(f"{who}姓名" for who in _STAFF)

# Of what sort those are who are paid, and what they do, under whatever heading.
_SORTS = (
    "人员类别", "人员性质", "人员类型", "用工性质", "用工形式", "用工类型", "聘用形式", "聘用方式",
    "人员分类", "供养性质", "经费性质",
)  # fmt: skip
_POSITIONS = (
    "岗位类型", "岗位类别", "岗位性质", "岗位名称", "岗位", "所在岗位", "职务", "现任职务", "工种",
)  # fmt: skip
_LEFT = (
    "离职时间", "离职日期", "离岗时间", "调出时间", "调离时间", "辞职时间", "停发时间", "停发日期",
)  # fmt: skip

# 企业职工养老 says nothing of firms, and 职工养老保险参保 is who pays in.
_EMPLOYEES_PENSION = tuple(
    f"{who}职工{basic}养老" for who in ("", "企业") for basic in ("", "基本")
)
_PAID_IN = tuple(
    f"{pension}{behind}"
    for pension in _EMPLOYEES_PENSION
    for behind in ("保险参保", "参保", "保险缴费", "缴费")
)


def social_number() -> Any:
    """社会保障号码 is the identity number; but 个人编号 is an office's own."""
    return column("社会保障号码", "社会保障号", "社保号", "社保号码", description="就是身份证号码")


class PostList(Listed):
    """编制名单: in Xuzhou without numbers."""

    table_name: ClassVar[str] = "post_list"
    title: ClassVar[str] = "编制"
    department: ClassVar[str] = "编办"
    spoken: ClassVar[tuple[str, ...]] = ("编制", "编办", "实名制")
    tells_no_kind: ClassVar[tuple[str, ...]] = (
        "note", "sort", "position", "serves", "left", "入职时间",
    )  # fmt: skip
    no_says: ClassVar[dict[str, str]] = {"serves": "不在编"}

    name: PersonName | None = named("姓名", *_EMPLOYED)
    id_number: ResidentId | None = numbered("身份证号码", of=_STAFF)
    unit: Text | None = column("单位名称", "单位", "工作单位", "所在单位", description="单位")
    standing: Text | None = column("个人身份", "人员身份", "身份", description="干部、工人等")
    sort: Text | None = column(*_SORTS, description="在编、公益性岗位等")
    position: Text | None = column(*_POSITIONS, description="岗位")
    kind: Text | None = column(
        *each("在编 编制 用编", "类型"), *each("编制", "类别", "性质", "情况"), "用编性质",
        description="编制类型",
    )  # fmt: skip
    joined: PartialDateCell | None = column(
        "进入本单位时间", "进入单位时间", "进本单位时间", "入编时间", "进入时间",
        "参加工作时间", "录用时间", "入职时间", "入职日期", "入编日期", "参加工作日期", "到岗时间",
        "上编时间", "聘用时间",
        description="何时起",
    )  # fmt: skip
    state: Text | None = column(
        "人员状态", "在岗状态", "在编状态", "在职状态", "在岗情况", "在职情况", "在编情况", "状态",
        description="在编、离职等",
    )  # fmt: skip
    serves: Text | None = column("是否在编", "是否在岗", "是否在职", description="是否在编")
    left: PartialDateCell | None = column(*_LEFT, description="何时离开")


class PayrollList(Listed):
    """财政工资名单."""

    table_name: ClassVar[str] = "payroll_list"
    title: ClassVar[str] = "工资"
    department: ClassVar[str] = "财政"
    spoken: ClassVar[tuple[str, ...]] = ("工资", "财政供养", "统发")
    tells_no_kind: ClassVar[tuple[str, ...]] = (
        "note", "sort", "kind", "position", "serves", "left", "月工资",
    )  # fmt: skip
    no_says: ClassVar[dict[str, str]] = {"serves": "不在岗"}

    name: PersonName | None = named("姓名", *_EMPLOYED)
    id_number: ResidentId | None = numbered("身份证号码", of=_STAFF)
    unit: Text | None = column(
        "单位", "单位名称", "发放单位", "工作单位", "预算单位", description="单位"
    )
    sort: Text | None = column(*_SORTS, description="在编、公益性岗位等")
    kind: Text | None = column(
        "编制类型", "编制类别", "编制性质", "在编类型", "人员身份", "个人身份", "身份",
        description="编制类型",
    )  # fmt: skip
    position: Text | None = column(*_POSITIONS, description="岗位")
    pay: Money | None = column(
        "应发", "应发工资", "应发合计", "应发金额", "应发数", "应发工资合计", "工资合计", "月工资",
        unit="元", description="应发的工资",
    )  # fmt: skip
    # Who are paid wages is told by these headings.
    net: Money | None = column(
        "实发工资", "实发", "实发合计", "实发数", unit="元", description="实发的工资"
    )
    joined: PartialDateCell | None = column(
        "起发时间", "起发日期", *dated("起薪 参加工作 入职"), description="何时起"
    )
    state: Text | None = column(
        "人员状态", "发放状态", "在职状态", "在岗状态", "在职情况", "在岗情况", "状态",
        description="在发、停发等",
    )  # fmt: skip
    serves: Text | None = column("是否在职", "是否在岗", "是否在编", description="是否在职")
    left: PartialDateCell | None = column(*_LEFT, description="何时离开")


class _Insurance(Listed):
    """What the lists of those have in common who pay in or are paid."""

    numbers_in: ClassVar[tuple[str, ...]] = ("social_number",)

    name: PersonName | None = named("姓名", *_PEOPLE, *(f"{who}姓名" for who in _PEOPLE))
    id_number: ResidentId | None = numbered("身份证号码", of=_PEOPLE)
    social_number: ResidentId | None = social_number()
    unit: Text | None = column(
        "单位", "单位名称", "参保单位", "缴存单位", "缴费单位", "所属单位", "工作单位", "原单位",
        "原工作单位",
        description="单位",
    )  # fmt: skip
    begun: PartialDateCell | None = column(
        "起", *_at("起始", "开始"), "首次缴费时间", "参保时间", "参保日期", "首次参保时间",
        "待遇领取时间", "领取时间", "退休时间", "开户日期", "享受时间", "离退休日期", "离退休时间",
        "退休日期", "开始领取时间", "开始领取年月", "开始享受时间", "首次领取时间", "首次参保日期",
        "首次缴费日期", "起缴时间", "起缴年月", "首次汇缴月份", "首次缴存时间", "开户时间",
        description="何时起",
    )  # fmt: skip
    ended: PartialDateCell | None = column(
        "止", *_at("终止", "截止", "结束"), "缴至年月", "停发时间", "停保时间", "停保日期",
        "停发日期", "停保年月", "停发年月", "封存日期", "封存时间", "封存年月", "销户日期",
        "销户时间", "最后缴存年月", "末次缴存时间", "最后缴费年月", "最后缴费时间", "缴至",
        "停缴时间", "停缴年月",
        description="至何时",
    )  # fmt: skip
    span: Text | None = column(
        *_at("起止"), "缴费期间", "缴存期间", "参保期间", "缴费时段", "缴存时段", "参保时段",
        description="起止在一格里，如 2015.1-2015.12",
    )  # fmt: skip
    months: Months | None = column(
        *each("缴费 年缴费 缴存 参保 本年缴费 当年缴费 年度缴费", "月数"),
        unit="月", description="收入年度的月数",
    )  # fmt: skip
    state: Text | None = column(
        "状态", *each("人员 参保 缴费 发放 待遇 领取 账户 个人账户 缴存 账户缴存 个人", "状态"),
        *each("职工 人员参保 参保缴费 待遇发放 待遇领取 生存", "状态"), description="正常、停发等",
    )  # fmt: skip


class PensionList(_Insurance):
    """养老金发放名单: 职工养老, or 城乡居民养老."""

    table_name: ClassVar[str] = "pension_list"
    title: ClassVar[str] = "养老"
    department: ClassVar[str] = "人社"
    spoken: ClassVar[tuple[str, ...]] = ("养老", "退休", "企业退休", *_EMPLOYEES_PENSION)
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "standing", "why_stopped")
    any_says: ClassVar[dict[str, str]] = {"why_stopped": "停发"}
    title_says: ClassVar[dict[str, tuple[str, ...]]] = {"kind": (WHO_IS_EMPLOYED, WHO_IS_RESIDENT)}

    why_stopped: Text | None = column("停发原因", "停待原因", description="为何停发")
    monthly: Money | None = column(
        "待遇", "月待遇", "每月待遇", "养老金", "月养老金", "月发放额", "月领取金额",
        "基本养老金", "月待遇金额", "养老金月标准", "月养老金标准", "养老金标准", "月待遇标准",
        "月养老金额", "月基本养老金", "养老金合计", "月养老金合计", "月发放金额", "本月发放金额",
        "当月发放金额", "月领取额", "月发放养老金",
        unit="元", description="一月的养老金",
    )  # fmt: skip
    yearly: Money | None = column(
        "全年养老金", "年发放金额", "全年发放金额", "年待遇", unit="元", description="一年的养老金"
    )
    kind: Text | None = column(
        *each("养老保险 待遇 养老待遇 领取待遇 享受待遇 养老 养老金", "类别", "类型"),
        *each("养老保险 待遇", "种类"), "养老险种", "待遇名称", *_INSURED,
        description="职工或城乡居民",
    )  # fmt: skip
    standing: Text | None = column(
        *each("人员 离退休 退休 参保", "类别", "类型"), *each("人员 退休", "性质"),
        *each("人员 参保", "身份"), "单位类型", description="离退休、居民等",
    )  # fmt: skip


class SocialInsuranceList(_Insurance):
    """职工社保缴费名单."""

    table_name: ClassVar[str] = "social_insurance_list"
    title: ClassVar[str] = "社保"
    department: ClassVar[str] = "人社"
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "standing")
    title_says: ClassVar[dict[str, tuple[str, ...]]] = {"kind": (WHO_IS_EMPLOYED, WHO_IS_RESIDENT)}
    # Of residents nobody is told by what they pay in.
    spoken: ClassVar[tuple[str, ...]] = ("社保", "社会保险", "企业职工社", *_PAID_IN)

    base: Money | None = column(
        "缴费基数", "基数", "月缴费基数", "缴费工资", "月缴费工资", "个人缴费基数", "缴费工资基数",
        unit="元", description="一月的缴费基数",
    )  # fmt: skip
    kind: Text | None = column(*_INSURED, description="职工或城乡居民")
    standing: Text | None = column(
        "人员类别", "人员类型", "缴费人员类别", "缴费类型", "缴费类别", "参保身份", "人员身份",
        "参保人员类别", "参保类别", "参保类型",
        description="职工、灵活就业、居民等",
    )  # fmt: skip
    insurance_number: Text | None = column("社保编号", "个人编号", description="社保编号")


class ProvidentFundList(_Insurance):
    """住房公积金缴存名单."""

    table_name: ClassVar[str] = "provident_fund_list"
    title: ClassVar[str] = "公积金"
    department: ClassVar[str] = "公积金中心"
    spoken: ClassVar[tuple[str, ...]] = ("公积金",)

    base: Money | None = column(
        "缴存基数", "基数", "工资基数", "月缴存基数", unit="元", description="一月的缴存基数"
    )
    fund_number: Text | None = column(
        "公积金账号", "个人公积金账号", "个人账号", description="公积金账号"
    )
    paid: Money | None = column("月缴存额", "缴存额", unit="元", description="一月缴存的金额")


class MedicalInsuranceList(Listed):
    """医保参保名单."""

    table_name: ClassVar[str] = "medical_insurance_list"
    title: ClassVar[str] = "医保"
    department: ClassVar[str] = "人社卫计"
    spoken: ClassVar[tuple[str, ...]] = ("医保", "医疗保险", "新农合", "合作医疗")
    numbers_in: ClassVar[tuple[str, ...]] = ("social_number",)
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "state", "unit", "ended")
    title_says: ClassVar[dict[str, tuple[str, ...]]] = {"kind": (WHO_IS_EMPLOYED, WHO_IS_RESIDENT)}

    name: PersonName | None = named("姓名", "参保人", "参保人姓名", "参保人员", "参保人员姓名")
    id_number: ResidentId | None = numbered("身份证号码", of=("参保人", "参保人员"))
    social_number: ResidentId | None = social_number()
    kind: Text | None = column(
        "参保类别", "参保类型", "医保类型", "医保类别", "医疗保险类别", "医疗保险类型", "参保身份",
        "参保人员类别", *_INSURED,
        description="职工、城乡居民等",
    )  # fmt: skip
    year: Year | None = column(
        "参保年度", "年度", "缴费年度", "参保年份", "缴费年份", "年份", description="参保的年度"
    )
    state: Text | None = column(
        "参保状态", "医保状态", "缴费状态", "人员参保状态", "参保缴费状态", "状态",
        description="参保、暂停、终止等",
    )  # fmt: skip
    unit: Text | None = column(
        "单位", "单位名称", "参保单位", "缴费单位", "工作单位", description="在哪里参保"
    )
    ended: PartialDateCell | None = column(
        "停保时间", "停保日期", "终止时间", "终止日期", "参保终止时间", "暂停时间",
        description="至何时",
    )  # fmt: skip


class CadreList(Listed):
    """村干部名单; members of their families among them."""

    table_name: ClassVar[str] = "cadre_list"
    title: ClassVar[str] = "干部"
    department: ClassVar[str] = "组织"
    spoken: ClassVar[tuple[str, ...]] = ("村干部", "干部", "两委")
    tell_together: ClassVar[tuple[str, ...]] = ("post", "family")

    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "state", "serves", "until")
    no_says: ClassVar[dict[str, str]] = {"serves": "离任"}

    name: PersonName | None = named("姓名", "干部姓名", "村干部姓名")
    id_number: ResidentId | None = numbered("身份证号码", of=("干部", "村干部", "本人"))
    post: Text | None = column(
        "职务", "任职", "村内职务", "现任职务", "村职务", "所任职务", "担任职务", "现任村职务",
        "村干部职务", "干部职务",
        description="职务",
    )  # fmt: skip
    since: PartialDateCell | None = column(
        "任职时间", "任职日期", "任职起始时间", "开始任职时间", "任现职时间", description="何时起"
    )
    until: PartialDateCell | None = column(
        "离任时间", "离任日期", "卸任时间", "免职时间", "离职时间", description="至何时"
    )
    state: Text | None = column(
        "在职状态", "任职状态", "人员状态", "状态", description="在职、离任等"
    )
    serves: Text | None = column("是否在职", "是否在任", "是否现任", description="是否在职")
    family: Text | None = column(
        "家庭成员", "家属", "家庭成员姓名", "主要家庭成员", "家庭主要成员", "家庭成员情况",
        description="家庭成员，用顿号隔开",
    )  # fmt: skip
