"""Lists of 民政, 残联 and 住建: 低保, 特困, 残疾, 危房."""

from typing import ClassVar

from jiandang.register.date_cells import PartialDateCell
from jiandang.register.lists.listed import Listed, called, dated, each, named, numbered
from jiandang.register.number_cells import Money, Persons
from jiandang.register.table import column
from jiandang.register.text_cells import CodeNumber, PersonName, ResidentId, Text

_PEOPLE = ("户主", "申请人", "保障对象", "低保对象", "低保户主", "领款人", "供养对象", "特困人员")
_HEADS = ("户主姓名", "户主", "申请人", "申请人姓名", "保障对象", "低保户主", "领款人")
_MONTHLY = ("月补助金额", "月发放金额", "本月发放金额", "当月发放金额", "本月实发金额")
# The headings of lists of 低保, of which an office makes those of 特困 as well.
_AS_LOW_INCOME = ("保障人数", "领取金额", "家庭补差", "领取金额家庭补差")


class _Allowance(Listed):
    """What the lists of those have in common who are paid by 民政: often the head alone."""

    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "in_force", "why_stopped")
    any_says: ClassVar[dict[str, str]] = {"why_stopped": "停发"}
    no_says: ClassVar[dict[str, str]] = {"in_force": "停发"}

    name: PersonName | None = named(
        "姓名", *_HEADS, *called("供养对象 特困人员 低保对象 供养人员 五保对象 救助对象"),
        "保障对象姓名", "五保户姓名", "低保户姓名",
    )  # fmt: skip
    id_number: ResidentId | None = numbered("身份证号码", of=(*_PEOPLE, "农户"))
    yearly: Money | None = column(
        "年领取金额", "全年金额", "年发放金额", "全年发放金额", "年保障金", "年保障金额",
        "年补助金额",
        unit="元", description="一户一年领取的金额",
    )  # fmt: skip
    since: PartialDateCell | None = column(
        "起始保障年月", *dated("享受起始 起保 纳入 批准 审批"), *each("享受起始 起保 纳入", "年月"),
        *each("享受 起始 保障起始 起始享受 首次享受 享受开始 供养起始 开始供养 入保", "时间"),
        *each("起始供养 起始 起始享受 供养起始", "年月"), description="从何时起保障",
    )  # fmt: skip
    state: Text | None = column(
        "状态", *each("保障 低保 供养 享受 发放 待遇 人员 救助 在保", "状态"),
        *each("保障 享受 发放", "情况"), description="享受、停发等",
    )  # fmt: skip
    ended: PartialDateCell | None = column(
        *dated("停保 停发 停供 退出 终止 注销 取消 停止 终止保障 退保"),
        *each("停保 停发 退出", "年月"), *each("停止保障 停止供养 终止供养", "时间"),
        description="从何时起不再保障",
    )  # fmt: skip
    in_force: Text | None = column(
        "是否在保", "是否享受", "是否在册", "是否供养", "是否保障", description="是否在保"
    )
    why_stopped: Text | None = column(
        "停保原因", "停发原因", "退出原因", "取消原因", "停供原因", description="为何停发"
    )
    bank: Text | None = column("开户银行", "开户行", "银行", description="开户银行")


class LowIncomeList(_Allowance):
    """低保名单."""

    table_name: ClassVar[str] = "low_income_list"
    title: ClassVar[str] = "低保"
    department: ClassVar[str] = "民政"
    spoken: ClassVar[tuple[str, ...]] = ("低保", "最低生活保障", "农保", "城保")

    persons: Persons | None = column(
        *each("保障 享受 享受低保", "人数", "人口"), "低保人数", "保障人口数", "实际保障人数",
        unit="人", description="保障的人数",
    )  # fmt: skip
    monthly: Money | None = column(
        "领取金额", "家庭补差", "领取金额家庭补差", "家庭月补差金额", "补差金额", "保障金额",
        *each("月保障 户月保障 家庭月保障 月低保", "金", "金额"),
        *each("月补差 户月补差", "", "金额"),
        *each("月保障金 月补差", "合计"), "户月低保金", *_MONTHLY,
        unit="元", description="一户一月领取的金额",
    )  # fmt: skip
    certificate: CodeNumber | None = column(
        "低保证号", "低保证编号", "低保编号", "低保证号码", description="低保证的号码"
    )
    key_persons: Persons | None = column(
        "重点保障", "重点保障人数", "保障人数重点保障", unit="人", description="重点保障的人数"
    )
    disabled_persons: Persons | None = column(
        "残疾", "残疾人数", "保障人数残疾", unit="人", description="残疾的人数"
    )


class DestituteList(_Allowance):
    """特困（五保）供养名单."""

    table_name: ClassVar[str] = "destitute_list"
    title: ClassVar[str] = "特困"
    department: ClassVar[str] = "民政"
    spoken: ClassVar[tuple[str, ...]] = ("特困", "五保", "供养")
    part_of: ClassVar[str | None] = LowIncomeList.table_name
    tells_no_kind: ClassVar[tuple[str, ...]] = (*_Allowance.tells_no_kind, *_AS_LOW_INCOME)

    persons: Persons | None = column("供养人数", "保障人数", unit="人", description="供养的人数")
    monthly: Money | None = column(
        *each("供养 月供养", "标准"), "供养金", "月供养金额", *_MONTHLY, *_AS_LOW_INCOME[1:],
        unit="元", description="一户一月领取的金额",
    )  # fmt: skip
    care: Text | None = column(
        *each("供养 救助供养", "方式", "形式"), "供养类型", "供养类别", description="集中或分散"
    )
    certificate: CodeNumber | None = column(
        "供养证号", "五保证号", "五保供养证号", "特困供养证号", description="供养证的号码"
    )


class DisabilityList(Listed):
    """残疾人证名单; events of cards among them."""

    table_name: ClassVar[str] = "disability_list"
    title: ClassVar[str] = "残疾"
    department: ClassVar[str] = "残联"
    spoken: ClassVar[tuple[str, ...]] = ("残疾", "残联")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "held", "why_cancelled")
    no_says: ClassVar[dict[str, str]] = {"held": "未持证"}
    any_says: ClassVar[dict[str, str]] = {"why_cancelled": "注销"}
    numbers_in: ClassVar[tuple[str, ...]] = ("card",)

    name: PersonName | None = named("姓名", "残疾人姓名", "持证人", "持证人姓名", "残疾人")
    id_number: ResidentId | None = numbered("身份证号码", of=("残疾人", "持证人", "本人"))
    card: ResidentId | None = column(
        *each("残疾证 残疾人证", "号", "号码", "编号", ""), "证号",
        description="残疾证的号码，前18位是身份证号码",
    )  # fmt: skip
    kind: Text | None = column(
        "残疾类别", "残疾类型", "残疾种类", "主要残疾", "类别", description="七类残疾之一"
    )
    grade: Text | None = column(
        "残疾等级", "残疾级别", "残疾程度", "等级", description="一级至四级"
    )
    issued: PartialDateCell | None = column(
        *dated("发证 办证 首次发证 首次办证"), *each("首次发证 首次办证 初次发证 初次办证", ""),
        "签发日期", "初次办证日期", "初次发证日期", description="发证日期",
    )  # fmt: skip
    state: Text | None = column(
        "状态", "证件状态", "持证状态", "残疾证状态", "业务类型", "办理类型", "变更类型",
        "持证情况", "使用状态", "证件使用状态", "冻结状态", "办理状态",
        description="有效、注销，或新证、类别等级变更、注销、迁入、迁出",
    )  # fmt: skip
    valid_until: PartialDateCell | None = column(
        "有效期至", "有效期止", "有效日期至", "有效期", "有效截止日期", "有效期限", "到期日期",
        "到期时间", "证件有效期", "证件有效期至",
        "有效截止", "有效期结束日期", "有效期截止日期", "有效期截止", "截止有效期",
        description="残疾证到何时有效",
    )  # fmt: skip
    held: Text | None = column("是否持证", "是否有效", "是否有证", description="是否持证")
    why_cancelled: Text | None = column("注销原因", "注销类别", description="为何注销")
    changed: PartialDateCell | None = column(
        "注销日期", "注销时间", "变更日期", "变更时间", description="注销或变更的日期"
    )


class DangerousHouseList(Listed):
    """危房鉴定名单."""

    table_name: ClassVar[str] = "dangerous_house_list"
    title: ClassVar[str] = "危房"
    department: ClassVar[str] = "住建"
    spoken: ClassVar[tuple[str, ...]] = ("危房", "房屋鉴定", "房屋安全")
    tells_no_kind: ClassVar[tuple[str, ...]] = ("note", "repaired")

    name: PersonName | None = named("户主", "户主姓名", "农户姓名", "房主", "产权人")
    id_number: ResidentId | None = numbered("身份证号码", of=("户主", "农户", "房主", "产权人"))
    grade: Text | None = column(
        *each("危房 鉴定 房屋 危险 房屋鉴定 房屋危险 房屋危险性 危险性 危险性鉴定", "等级"),
        *each("房屋安全 安全 危房鉴定 房屋危险性鉴定 住房鉴定 住房安全 住房 评定", "等级"), "等级",
        "鉴定结果", "鉴定结论", "鉴定级别", "危房级别", description="A级至D级",
    )  # fmt: skip
    examined: PartialDateCell | None = column(*dated("鉴定 评定"), description="鉴定的日期")
    repaired: Text | None = column(
        "改造状态", "改造情况", "是否改造", "改造年度", "竣工时间", "竣工日期", "验收时间",
        "验收日期",
        description="鉴定以后的改造",
    )  # fmt: skip
