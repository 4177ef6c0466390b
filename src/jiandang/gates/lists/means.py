"""What people have by the lists, and not by the register: BD161, BD171, BD181, BD211, BD221."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.gates.lists.shared import (
    TOLD,
    acquired,
    advice,
    called,
    hit,
    hits,
    not_after,
    quoted,
    until,
    words,
    yes_or_no,
)
from jiandang.policy import Policy
from jiandang.register.lists.states import CAR_GONE, FIRM_GONE, HOUSE_GONE, is_over
from jiandang.register.place import is_in_village, plain_village
from jiandang.report.model import Severity

c = pl.col

# What the letters of GA 24.17 say of a car, one or several; 查封, 违法未处理: it is theirs still.
_STATES = {
    "A": "正常", "B": "转出", "C": "被盗抢", "D": "停驶", "E": "注销", "G": "违法未处理",
    "H": "海关监管", "I": "事故未处理", "J": "嫌疑车", "K": "查封", "L": "扣留", "M": "强制注销",
    "N": "事故逃逸", "O": "锁定", "P": "牌证作废", "Q": "逾期未检验",
}  # fmt: skip
# And those of GA 24.3 of what it is used for.
_USES = {
    "A": "非营运", "B": "公路客运", "C": "公交客运", "D": "出租客运", "E": "旅游客运", "F": "货运",
    "G": "租赁", "H": "警用", "I": "消防", "J": "救护", "K": "工程救险", "L": "营转非",
    "M": "出租转非", "N": "教练", "O": "幼儿校车", "P": "小学生校车", "Q": "其他校车",
    "R": "危险货物运输",
}  # fmt: skip
# How the codes of kinds begin (GA 24.4), and the plates of cars (GA 24.7).
_KINDS = {
    "K1": "大型客车", "K2": "中型客车", "K3": "小型客车", "K4": "微型客车", "H1": "重型货车",
    "H2": "中型货车", "H3": "轻型货车", "H4": "微型货车", "H5": "低速货车", "Q1": "重型牵引车",
    "Q2": "中型牵引车", "Q3": "轻型牵引车", "Z1": "大型专项作业车", "Z2": "中型专项作业车",
    "Z3": "小型专项作业车", "Z4": "微型专项作业车", "Z5": "重型专项作业车", "Z7": "轻型专项作业车",
}  # fmt: skip
_PLATES = {
    "01": "大型汽车号牌", "02": "小型汽车号牌", "16": "教练汽车号牌", "51": "大型新能源汽车号牌",
    "52": "小型新能源汽车号牌",
}  # fmt: skip
# In codes: kinds of GA 24.4 (M21 摩托车, N11 三轮汽车, T11 拖拉机, B11 and G11 挂车), plates of
# GA 24.7 (07 普通摩托车, 13 低速车, 14 拖拉机, 15 挂车, 25 农机).
_NO_CAR = "摩托|三轮|拖拉机|挂车|农用|电动(?:自行|[两二四]轮|助力|车)|^[MNTBG][0-9]{2}$"
_PLATE_OF_NO_CAR = "摩托|拖拉机|挂车|农用|低速|农机|^(?:0[7-9]|1[0-579]|2[145])$"
# What was 四轮农用运输车 is 低速货车; 农用运输车 alone may be one on three wheels.
_FOUR_WHEELS = "四轮(?:农用|低速)|四轮运输"
_BUSINESS_USE = "单位|公务|警用|校车|出租客运|出租$|公交|消防|救护|工程救险"
# Who owns with somebody is in no register perhaps: 与张三共有.
_WITH_OTHERS = "[与和同跟].{1,8}?(?:按份|共同)?共有"
_LIVING = "住宅|商业|商铺|商服|办公|公寓|成套|别墅"
# Who runs a firm or owns it. 理事长 speaks for a co-operative as 法定代表人 does for a company.
_ROLES = "经营|业主|法定代表|法人|负责人|股东|投资人|出资人|合伙人|理事长"


_OWNED = ("vehicle_list", "property_list", "business_list")


# -- cars --------------------------------------------------------------------------------------


def _read(code: pl.Expr, words: dict[str, str], length: int) -> pl.Expr:
    """What a code says by its beginning, which has this length; a text that is none as it is."""
    return pl.coalesce(code.str.slice(0, length).replace_strict(words, default=None), code)


_IS_LETTERS = "^[A-Z]+$"
derived("vehicle_list", needs="").columns(
    kind_said=pl.when(c.kind.str.contains("^[A-Z][0-9]{2}$"))
    .then(_read(c.kind, _KINDS, 2))
    .otherwise(c.kind),
    plate_said=pl.when(c.plate_kind.str.contains("^[0-9]{2}$"))
    .then(_read(c.plate_kind, _PLATES, 2))
    .otherwise(c.plate_kind),
    use_said=pl.when(c.use.str.contains("^[A-Z]$")).then(_read(c.use, _USES, 1)).otherwise(c.use),
    state_said=pl.when(c.state.str.contains(_IS_LETTERS))
    .then(c.state.str.replace_many({letter: f"{word} " for letter, word in _STATES.items()}))
    .otherwise(c.state)
    .str.strip_chars(),
)


@derived(*_OWNED, needs="")
def was_given_up(policy: Policy) -> pl.Expr:
    """Whether a list has the day on which it was given up, by the reference date."""
    return not_after(c.gone, until(policy.reference_date)).fill_null(False)


@derived("vehicle_list", needs="")
def is_private_car(policy: Policy) -> pl.Expr:
    """Whether it is a car that is still theirs, and not known to be of little worth."""
    has_four = c.kind.fill_null("").str.contains(_FOUR_WHEELS)
    kind = c.kind.fill_null("").str.contains(_NO_CAR) & ~has_four
    plate = c.plate_kind.fill_null("").str.contains(_PLATE_OF_NO_CAR) & ~has_four
    cheap = (c.value < policy.vehicle_value).fill_null(False)
    owned = ~c.use_said.str.contains(_BUSINESS_USE).fill_null(False)
    gone = is_over(c.state_said, CAR_GONE) | c.was_given_up
    return ~gone & ~kind & ~plate & ~cheap & owned


hits(
    "vehicle_list", "is_private_car",
    registered=lambda _: quoted("机动车", yes_or_no(c.vehicle)),
    listed=lambda _: words(
        c.brand,
        pl.coalesce(c.kind_said, c.plate_said),
        c.plate,
        c.use_said,
        pl.format("状态{}", c.state_said),
        acquired(c.registered, "初次登记"),
    ),
    day=c.registered,
    money=c.value,
)  # fmt: skip


@rule(
    "BD161",
    "机动车",
    Severity.SUSPECT,
    "member",
    at="vehicle|name|id_number",
    per="household",
    message=TOLD
    + advice(
        "已报废未注销；已转让未过户；挂名；识别后购买用于生产；摩托车、三轮车；价值不高的旧车"
    ),
    basis="各地识别中“八类人员”的排查；鄂城区2017年17,700条查否",
)
def has_car(policy: Policy) -> Violation:
    """成员名下有机动车，没有注销、报废、过户，不是摩托车、三轮车、拖拉机、挂车。几辆车也只报一次。
    达到报废标准、逾期未检验而没有注销的，仍在他名下。

    写明初次登记在识别前还是识别后：识别后购买的不是错评。

    改法：核实是谁在用、值多少钱；已报废、已卖的，请到车管所办注销或过户。
    错例：车辆名单：小型轿车，状态正常，2013-05-06 初次登记
    对例：车辆名单：普通二轮摩托车
    """
    return hit("vehicle_list", "is_private_car")


# -- houses ------------------------------------------------------------------------------------


derived("property_list", of="member", on=("person", "ref"), needs="").columns(
    own_village=c.village.first()
)


def _area() -> pl.Expr:
    """With its unit, where the list has the number alone."""
    is_number = c.area.str.contains(r"^[0-9.]+$")
    return pl.when(is_number).then(pl.format("{}㎡", c.area)).otherwise(c.area)


@derived("property_list", needs="location|use")
def is_flat(policy: Policy) -> pl.Expr:
    """Whether it is to live or trade in, not in the own village, and had by the reference date."""
    kind = c.use.str.contains(_LIVING).fill_null(True)
    here = is_in_village(c.location, plain_village(c.own_village)).fill_null(False)
    had = not_after(c.registered, until(policy.reference_date)).fill_null(True)
    return kind & ~here & had & ~is_over(c.state, HOUSE_GONE) & ~c.was_given_up


hits(
    "property_list", "is_flat",
    registered=lambda _: quoted("商品房", yes_or_no(c.flat)),
    listed=lambda _: words(
        c.location, c.use, _area(), c.got.str.replace(_WITH_OTHERS, "共有"), c.state,
        acquired(c.registered, "权属登记或购房"),
    ),
    day=c.registered,
)  # fmt: skip


@rule(
    "BD171",
    "不动产",
    Severity.SUSPECT,
    "member",
    at="flat|name|id_number",
    per="household",
    message=TOLD + advice("拆迁安置；易地搬迁；继承的份额；预售已退房"),
    basis="各地识别中“八类人员”的排查",
)
def has_flat(policy: Policy) -> Violation:
    """成员名下有住宅或商业用房，不在本村，基准日以前登记，没有注销、转移。几处也只报一次。

    改法：核实房屋来源；拆迁安置、继承份额的写明情况。
    错例：不动产名单：睢宁县城天虹大道某小区，住宅，2014-07-08 登记
    对例：不动产名单：坐落王庄村的住宅
    """
    return hit("property_list", "is_flat")


# -- firms -------------------------------------------------------------------------------------


@derived("business_list", needs="")
def is_running(policy: Policy) -> pl.Expr:
    """Whether the firm goes on, and the person, as far as the list says it, runs or owns it."""
    theirs = c.role.str.contains(_ROLES).fill_null(True)
    return theirs & ~is_over(c.state, FIRM_GONE) & ~c.was_given_up


hits(
    "business_list", "is_running",
    registered=lambda _: quoted("工商登记", yes_or_no(c.business)),
    listed=lambda _: words(c.firm, c.role, c.state, c.capital, acquired(c.founded, "成立")),
    day=c.founded,
)  # fmt: skip


@rule(
    "BD181",
    "工商登记",
    Severity.SUSPECT,
    "member",
    at="business|name|id_number",
    per="household",
    message=TOLD + advice("合作社社员名册；把名字借给别人；已停业没有注销；扶贫入股"),
    basis="各地识别中“八类人员”的排查",
)
def has_business(policy: Policy) -> Violation:
    """成员是存续、在业的市场主体的经营者、法定代表人或股东。几家也只报一次。名单写明是别的职务的

    （合作社成员、监事等）不算；没写职务的算。

    改法：核实是否真在经营；已停业的，请到市场监管部门办注销。
    错例：工商名单：某商店，经营者，存续
    对例：工商名单：某商店，已注销
    """
    return hit("business_list", "is_running")


# -- accounts ----------------------------------------------------------------------------------


derived("account_list", of="member", on=("household_id", "household_id"), needs="name").columns(
    home_names=c.name.drop_nulls()
)


@derived("account_list", needs="account")
def is_of_others(policy: Policy) -> pl.Expr:
    """Whether the account of a household is of somebody who is no member of it."""
    theirs = c.home_names.list.contains(c.name)
    return (c.match_grade == "账号") & ~theirs


def _same_household(name: str, value: pl.Expr) -> None:
    derived("household", of="account_list")(called(name, lambda _: value))


_same_household("account_is_of_others", c.is_of_others.any())
_same_household("account_said", c.said.filter(c.is_of_others).first())
_same_household("account_first", c.list.filter(c.is_of_others).first())


@rule(
    "BD211",
    "账户户名不是本户成员",
    Severity.SUSPECT,
    "household",
    at="account",
    message="登记账号 {account}；{said}名单：这个账号的户名不是本户成员（账号相同）"
    + advice("监护人的账户；户主父母的一卡通"),
    basis="一卡通发放核查",
)
def account_of_others(policy: Policy) -> Violation:
    """登记的银行账号，在账户名单里户名不是本户任何一个成员。不列出户名。

    改法：核实账号；录错的改正，是监护人的写明情况。
    错例：账户名单里这个账号的户名不是本户的人
    对例：账户名单里这个账号的户名是户主
    """
    found = c.account_is_of_others.fill_null(False)
    return Violation(found, said=c.account_said, list_name=c.account_first)


# -- dangerous houses --------------------------------------------------------------------------


def _grade(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.String).str.to_uppercase().str.extract("([A-D])")


derived("dangerous_house_list", of="member", on=("person", "ref"), needs="danger_grade").columns(
    registered_grade=_grade(c.danger_grade).first()
)
# A house of grade C or D is a dangerous one, which the register may deny without a grade.
derived("dangerous_house_list", of="member", on=("person", "ref"), needs="dangerous").columns(
    is_denied=(c.danger_grade.is_null() & ~c.dangerous).first()
)
derived("dangerous_house_list").columns(
    is_other_grade=_grade(c.grade) != c.registered_grade,
    is_dangerous=_grade(c.grade).is_in(["C", "D"]) & c.is_denied,
)


def _examined(_: Policy) -> pl.Expr:
    repaired = pl.format("改造“{}”", c.repaired)
    return words(c.grade, pl.format("{} 鉴定", c.examined), repaired, c.note)


hits(
    "dangerous_house_list", "is_other_grade",
    registered=lambda _: quoted("危房等级", c.danger_grade), listed=_examined,
)  # fmt: skip
hits(
    "dangerous_house_list", "is_dangerous",
    registered=lambda _: quoted("是否危房", yes_or_no(c.dangerous)), listed=_examined,
)  # fmt: skip


@rule(
    "BD221",
    "危房等级与鉴定不同",
    Severity.SUSPECT,
    "household",
    at="danger_grade|dangerous",
    message=TOLD + advice("鉴定以后修过、改造过"),
    basis="以住建部门危房鉴定名单比对登记表",
)
def danger_differs(policy: Policy) -> Iterator[Violation]:
    """登记的危房等级与住建部门的鉴定不同；鉴定为C级、D级的，登记不是危房。有一处不知道的不查。

    改法：按鉴定报告改正；已改造的写明情况。
    错例：登记 C级；鉴定 D级
    对例：登记 D级；鉴定 D级
    """
    yield hit("dangerous_house_list", "is_other_grade", at="danger_grade")
    yield hit("dangerous_house_list", "is_dangerous", at="dangerous")
