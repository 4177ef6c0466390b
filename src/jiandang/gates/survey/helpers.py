"""DC035-DC038, DC053, DC058, DC065, DC072: somebody was named to help, and can be reached."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.near import nearest
from jiandang.gates.shared import PHONE
from jiandang.gates.timing import is_over, last_deadline
from jiandang.policy import Policy
from jiandang.report.model import Severity

c = pl.col

# So many households with one phone of the helper say that it is his.
_SEVERAL = 2
_MOBILE = "^1[3-9][0-9]{9}$"


@rule(
    "DC035",
    "未落实帮扶责任人",
    Severity.WARNING,
    "household",
    at="helper",
    message="没有填帮扶责任人",
    basis="S-X 干部挂钩帮扶",
    needs="helper",
)
def no_helper(policy: Policy) -> Violation:
    """全部期限已过，帮扶责任人还是空的；或者填了帮扶单位、电话，唯独没有姓名。

    改法：补填已经结对的帮扶责任人；还没有结对的，落实后再填。
    错例：帮扶责任人：（空）
    对例：帮扶责任人：王五
    """
    named_otherwise = c.helper_unit.is_not_null() | c.helper_phone.is_not_null()
    return Violation(blank("helper") & (is_over(last_deadline(policy)) | named_otherwise))


@rule(
    "DC036",
    "帮扶责任人帮扶户数过多",
    Severity.WARNING,
    "household",
    at="helper",
    message="帮扶责任人{helper}（{helper_phone}）帮扶 {households} 户，超过 {most} 户",
    basis="本工具的判断",
    per="helper_key",
    across="helper_key",
)
def helper_of_too_many(policy: Policy) -> Iterator[Violation]:
    """姓名和电话都相同的一名帮扶责任人，帮扶的户数超过政策规定的户数。每人只在第一户报一次。
    这个户数是本工具自定的，不到它两倍的只提示。

    改法：把一部分户改由其他责任人帮扶；县里另有规定的，修改政策参数 households_per_helper。
    错例：一名帮扶责任人帮扶 12 户
    对例：一名帮扶责任人帮扶 4 户
    """
    most = policy.households_per_helper
    for many, severity in (
        (c.helper_households > 2 * most, Severity.WARNING),
        (c.helper_households.is_between(most, 2 * most, closed="right"), Severity.INFO),
    ):
        yield Violation(
            many & c.helper_key.is_not_null(),
            severity=severity,
            households=c.helper_households,
            most=most,
        )


@rule(
    "DC037",
    "帮扶责任人是本户成员",
    Severity.ERROR,
    "household",
    at="helper",
    message="帮扶责任人“{helper}”与本户成员同名{known}",
    basis="S-X 干部挂钩帮扶；逻辑：帮扶的不是被帮扶的人",
    needs="helper head_name|member.name",
)
def helper_is_a_member(policy: Policy) -> Iterator[Violation]:
    """帮扶责任人的姓名与本户成员（或户主）相同，电话也与本户的联系电话相同；只是同名的，是疑点。
    只是电话相同的，由“帮扶电话与农户电话相同”报告。

    改法：改填真正的帮扶责任人和他的电话。
    错例：户主张三，联系电话 13800000000；帮扶责任人张三，帮扶人电话 13800000000
    对例：帮扶责任人王五，帮扶人电话 13900000000
    """
    named = c.helper.is_in(c.member_names).fill_null(False) | (c.helper == c.head_name)
    same_phone = (c.helper_phone == c.phone).fill_null(False)
    yield Violation(named & same_phone, known="，帮扶人电话也就是本户的联系电话")
    yield Violation(
        named & ~same_phone,
        severity=Severity.SUSPECT,
        known="；请核实是不是同一个人，可与帮扶单位的结对名单核对",
    )


@rule(
    "DC038",
    "帮扶人电话格式错误",
    Severity.WARNING,
    "household",
    at="helper_phone",
    message="帮扶人电话 {helper_phone} 既不是11位手机号码，也不是带区号的座机",
    basis="S-P 导入程序的电话检查",
)
def malformed_helper_phone(policy: Policy) -> Violation:
    """帮扶人电话不是13至19开头的11位手机号码，也不是带区号的座机。

    改法：与帮扶责任人核对后重填。
    错例：1380000000（少一位）
    对例：13800000000，或 0516-88880000
    """
    return Violation(~c.helper_phone.str.contains(PHONE))


@rule(
    "DC053",
    "帮扶电话与农户电话相同",
    Severity.SUSPECT,
    "household",
    at="phone",
    message="联系电话与帮扶人电话都是 {phone}，请核实哪一个是农户自己的电话，"
    "可与帮扶单位的结对名单核对",
    basis="本工具的判断",
)
def phone_of_the_helper(policy: Policy) -> Violation:
    """本户的联系电话就是帮扶责任人的电话。

    改法：填农户自己的电话；没有电话的，填邻居或亲属的电话并说明。
    错例：联系电话 13800000000，帮扶人电话 13800000000
    对例：联系电话 13800000000，帮扶人电话 13900000000
    理由：填的是邻居或亲属的电话。
    """
    return Violation(c.phone == c.helper_phone)


# -- helpers who are registered themselves, or answer two phones -----------------------------


# The head by name and phone, as `helper_key` is the helper.
derived("household", needs="phone head_name|member.name").columns(
    head_contact=pl.concat_str("head", "phone", separator=" ")
)

# The first household of which the helper is the head, by name and phone.
derived(
    "household", of="household", on=("helper_key", "head_contact"), needs="head_contact"
).columns(household_of_helper=c.household_id.first())


@rule(
    "DC058",
    "帮扶责任人是登记户的户主",
    Severity.WARNING,
    "household",
    at="helper",
    message="帮扶责任人{helper}（{helper_phone}）就是户编号 {household_of_helper:s} 的户主",
    basis="S-X 干部挂钩帮扶",
    per="helper_key",
    needs="helper helper_phone phone head_name|member.name",
)
def helper_is_registered(policy: Policy) -> Violation:
    """帮扶责任人的姓名和电话，与另一个登记户的户主姓名、联系电话都相同。每人报一次。

    改法：改填真正的帮扶责任人；帮扶人自己不应登记的，核实那一户。
    错例：帮扶责任人张三 13800000000，同镇登记户的户主也是张三，联系电话 13800000000
    对例：帮扶责任人与登记户的户主只是同名，电话不同
    """
    return Violation(c.household_of_helper != c.household_id)


derived("household", needs="helper helper_unit").columns(
    helper_of_unit=pl.concat_str("helper", "helper_unit", separator="/")
)

# The phone that most households have for the helper; the first of those as common.
derived("household", over="helper_of_unit", needs="helper_phone").columns(
    usual_helper_phone=c.helper_phone.drop_nulls().mode(maintain_order=True).first(),
)

# Whether it is the first household with another phone of the helper.
derived("household", needs="helper helper_unit helper_phone").columns(
    has_other_helper_phone=c.helper_of_unit.is_not_null()
    & (c.helper_phone != c.usual_helper_phone)
    & pl.struct("helper_of_unit", "helper_phone").is_first_distinct()
)

derived("household", needs="").columns(
    near_helper_phone=nearest(
        pl.when(c.has_other_helper_phone).then(c.helper_phone),
        pl.when(c.has_other_helper_phone).then(pl.concat_list(c.usual_helper_phone)),
    )
)

derived("household", over="helper_of_unit", needs="").columns(
    homes_with_usual_phone=(c.helper_phone == c.usual_helper_phone).sum()
)


@rule(
    "DC065",
    "一名帮扶责任人有两个电话",
    Severity.INFO,
    "household",
    at="helper_phone",
    message="{helper_unit}的{helper}在这一户的电话是 {helper_phone}，"
    "在别的户是 {usual_helper_phone:id}{how}",
    basis="本工具的判断",
    needs="helper helper_unit helper_phone",
)
def helper_of_two_phones(policy: Policy) -> Iterator[Violation]:
    """同一单位、同一姓名的帮扶责任人，在各户填的电话不同。另一个号码在第一户报一次。
    几户都是一个号码，只有这一户差一位的，是疑点。

    改法：写错的改正；有两个号码或同名的不用改。
    错例：县水利局王五，三户填 13800000000，一户填 13800000009
    对例：县水利局王五，各户都填 13800000000
    """
    known = c.has_other_helper_phone
    is_slip = (c.near_helper_phone == c.usual_helper_phone).fill_null(False)
    is_slip &= (c.homes_with_usual_phone >= _SEVERAL).fill_null(False)
    yield Violation(known & ~is_slip, how="，请看是不是写错了")
    yield Violation(
        known & is_slip, severity=Severity.SUSPECT, how="，只差一位；请核实是不是写错了"
    )


# The helper who has the phone in most households, and how many have it.
derived("household", over="helper_phone", needs="helper").columns(
    usual_helper=c.helper.drop_nulls().mode(maintain_order=True).first(),
    helpers_with_phone=c.helper.n_unique(),
)


@rule(
    "DC072",
    "几名帮扶责任人是一个电话",
    Severity.SUSPECT,
    "household",
    at="helper",
    message="帮扶责任人{helper}的电话是 {helper_phone}，在别的户是{usual_helper}的电话{how}",
    basis="本工具的判断",
    per="helper_phone",
    needs="helper helper_phone",
)
def phone_of_several_helpers(policy: Policy) -> Iterator[Violation]:
    """同一个手机号码，在各户填给了不同姓名的帮扶责任人。一个号码报一次，在姓名少见的第一户；
    三个以上姓名的，多半是号码一格填到底，报在号码。固定电话是单位的，不查。

    改法：核对帮扶单位的结对名单，改正写错的姓名或号码；两人确实共用的，请说明。
    错例：三户填王立国 13800000000，一户填王立囯 13800000000
    对例：王立国各户都填 13800000000，李华填 13900000000
    理由：两人共用一个电话。
    """
    # 王立国 and 王立国(水利局), or with a second helper beside him, are the same.
    is_same = c.helper.str.contains(c.usual_helper, literal=True)
    is_same |= c.usual_helper.str.contains(c.helper, literal=True)
    is_other = c.helper_phone.str.contains(_MOBILE) & ~is_same
    few = c.helpers_with_phone == 2
    ask = "；请核实是不是写错了姓名或号码"
    yield Violation(is_other & few, expected=c.usual_helper, how=ask)
    how = pl.format(
        "，一共有 {} 名帮扶责任人都是它；请核实是不是一格填到底的", c.helpers_with_phone
    )
    yield Violation(is_other & ~few, at="helper_phone", how=how)
