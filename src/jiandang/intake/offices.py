"""Whose list a table is: the register's, or an office's that lists the same people for its own end.

All headings are weighed together, for no one of them tells it: a county may have 慰问金额 in its
register, and the list of the insured has 户号 and 与户主关系. Against what only registers say
stands what only offices say, and what sheet, title and file are called.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import meaning_of
from jiandang.intake.list_kinds import ALL_KINDS, kind_among, kind_of_headings
from jiandang.patterns import regex
from jiandang.register.tables import COLUMNS, MODELS, PLACE_COLUMNS

# What offices write of people as well: it tells nothing.
_ANYBODY = {
    *PLACE_COLUMNS, "household_id", "head_name", "head_id", "name", "sex", "id_number",
    "birth_date", "age", "relation", "nation", "education", "phone", "size", "bank", "account",
    "disability_card", "id_type", "party", "soldier", "medical_insurance", "pension_insurance",
    "illness_insurance", "dibao", "benefit", "dibao_money", "wubao_money", "pension", "subsidies",
    "public_payroll", "vehicle", "flat", "business", "arable", "transferred", "forest", "returned",
    "house_area", "head_signed",
}  # fmt: skip
# Who somebody is, and where to find him.
_ONLY_WHO = {
    *PLACE_COLUMNS, "head_name", "head_id", "name", "sex", "id_number", "birth_date", "age",
    "nation", "phone", "disability_card", "id_type",
} - {"household_id"}  # fmt: skip
# What nobody but a register says of a household or person.
_REGISTERED = {
    "household_type", "standard", "cause", "other_causes", "status", "identified", "exited",
    "list_level", "per_capita", "helper", "labour", "person_id", "planned_households", "surveyed",
    "applied",
}  # fmt: skip
_MOST_FOR = 3  # the weight of such a heading
# What the lists of few offices have as well, and of this weight.
_RARE = dict.fromkeys(("health", "work", "work_months", "student"), 2)
_OF_TITLE = 2  # the weight of what a sheet is called
# So much has to stand against the register: one heading may be a county's own.
_LEAST_AGAINST = 2
# So many headings of lists for --with, where the rows are of numbered households or named heads.
_LEAST_LISTED = 3
_OF_HOMES = {"household_id", "head_name", "relation"}
# So many headings of offices are said of a table that is read.
_LEAST_LIKE = 2
# By so much more, where rows have the numbers of the register.
_LEAST_NUMBERED = 3
# What somebody compares with another list is his register.
_TO_CHECK = regex("核[查对实]|比对|排查|摸底")
_SIGNED = regex("签[字名]")
# By so much more it is sure, whoever is listed in the other sheets.
_SURE = 2
_INCOME = regex("收入|支出")
OF_THE_POOR = regex("贫困|低收入|建档立卡|扶贫|脱贫")
# What a register's own sheets are called, of those that list people.
_OF_PEOPLE = regex("成员|家庭|农户|人口|户主|花名|基本|登记表|信息")
# Who keeps a list of his own, and no register.
_AUTHORITY = regex(
    "残联|派出所|车管所|编办|(?:民政|公安|交警|教育|人社|社保|财政|住建|国土|房管|不动产|市场监管|工商"
    "|卫计|医保|税务)[^村镇乡]{0,4}(?:局|部门|中心|大队)"
)
_LIST = regex("名单|名册|花名|清单|清册|台账|明细|底册|发放|领取|缴费|登记[表册簿]|公示")


class Office(NamedTuple):
    """Who lists people for what: words of titles, and headings that only such lists have.

    Under the name of an `is_strict` nobody keeps a register, whatever its headings are.
    """

    what: str
    named: re.Pattern[str]
    headings: re.Pattern[str]
    is_strict: bool = False


EVENT = Office(
    "会议签到、表决、走访、慰问，或体检、报名的人",
    regex(
        "签到|签名册|签[字名领收](?:表|册|簿|单)|(?:参|与|到)会|出席|投票|表决|票决|选票"
        "|走访(?:记录|日志|台账|情况|登记)|慰问|体检|义诊|报名(?:表|册|名单|登记)"
    ),
    regex(
        "签到.*|签[字名收领].*|(?:不?同意|反对|弃权)(?:票数?)?|.{0,3}领[取收]人?签.*|.*慰问.*|物[品资].*|.*到会.*|表决.*"
    ),
    is_strict=True,
)
PAID = Office(
    "发放、领取的人",
    regex("(?:领取|发放|领款).{0,6}(?:表|册|单|清单|名单|情况)"),
    regex(
        r".*金额(?:\(.*)?|.{0,3}(?:应发|实发|发放|领取).*|.*(?:保障|供养|资助)金.*|供养(?:方式|标准|类别|形式).*"
    ),
)
DEPARTMENT = Office(
    "部门、单位",
    regex("医保|参[保合]|社保|工资(?!性)|财政供养|实名制|(?:村|镇|乡|社区)干部"),
    regex("(?:应|实)发.*|.*工资.*|编制.*"),
)
_HUKOU = Office(
    "户籍、人口普查",
    regex(
        "(?:户籍|户口|常住人口|人口普查|(?:流动|暂住|外来)人口)"
        ".{0,4}(?:名单|名册|册|清单|底册|台账|信息|登记|[长短]表|$)|户口[簿本]"
    ),
    regex(
        "户口.*|.*迁[入来出往].*|服务处所|户籍.*|登记户号|.*注销.*|建筑物.*|住房编号|曾用名"
        "|(?:出生|监护).*地|.*流[入出].*|入住.*|门牌.*|兵役.*|居住证.*|暂住.*|.*户口登记地.*|普查.*|是否识字"
    ),
)
_OFFICES = (
    EVENT,
    PAID,
    Office(
        "参保、投保",
        regex("医保|参[保合]|社保|新农合|合作医疗|养老保险|投保|保险"),
        regex(
            "(?:是否)?参[保合].*|.*缴费.*|.*应缴.*|.*缴纳.*|医疗证.*|保费.*|保单.*|.*投保.*|保险金.*"
            "|(?:医保|社保|参合)[卡证号].*|缴存.*"
        ),
    ),
    Office(
        "土地承包、确权",
        regex("确权|承包|宅基地|林权|不动产|土地.{0,4}(?:登记|台账|流转)"),
        regex(
            "地块.*|.*承包(?!耕地|土地).*|承包地.*|(?:实测|合同|确权|二轮|颁证|流转|图上).*面积.*"
            "|四至.*|.*权证.*|宗地.*|林班.*|小班.*|宅基地.*|图斑.*|[东南西北]至|发包方.*"
        ),
    ),
    Office(
        "补贴、补助",
        regex("补贴|补助|直补|退耕|奖补|津贴|雨露计划"),
        regex("补[贴助].*|.*补贴.*面积.*|.*补[贴助].*标准.*|.*津贴.*|一折通.*|一卡通.*|计税.*|种植面积.*"),
    ),
    _HUKOU,
    Office(
        "选民", regex("选民|选举|选区"), regex("选民.*|选区.*|.*选举.*|.*投票.*|参选.*")
    ),
    Office(
        "改厕、改水、用电",
        regex("改厕|户厕|改水|自来水|饮水.{0,4}(?:登记|台账|名册)|农网|电网"),
        regex(
            "改[厕水].*|原厕.*|厕[具所].*|化粪.*|施工.*|[竣完]工.*|验收.*|安装.*|水表.*|水费.*|水源.*"
            "|用[水电气].*|气表.*|管[径网].*|电表.*|电费.*|用户.*"
        ),
    ),
    Office(
        "房屋改造、征收安置",
        regex("危[房旧].*改造|拆迁|征[地收]|安置|(?:房屋|农房|住房).{0,4}普查"),
        regex("改造(?:方式|类型|前|后|面积).*|建筑面积.*|建[造成筑](?:年|时).*|层数|[竣开]工.*|.*拆迁.*|安置面积.*|.*补偿.*|征地.*"),
    ),
    Office(
        "计划生育",
        regex("计划?生育|计生|育龄|独生子女"),
        regex("避孕.*|结婚.*|.*生育.*|.*孕.*|独生子女.*|节育.*|初婚.*|孩次"),
    ),
    Office(
        "学生资助",
        regex("学籍|学生|资助"),
        regex("学籍.*|班级|.*资助.*|学生.*"),
    ),
    Office(
        "医疗卫生",
        regex("家庭医生|签约|接种|慢性?病|[患大重]病|住院|就医|健康档案"),
        regex(
            "签约.*|健康档案.*|疫苗.*|接种.*|.*病种|随访.*|体检.*|血[压型糖].*|.*疾病.*|.*诊断.*|就诊.*|住院.*"
            "|.*医院.*"
        ),
    ),
    Office(
        "贷款、信用评级",
        regex("贷款|信贷|信用|授信|评级"),
        regex(".*贷款.*|放款.*|到期.*|授信.*|信用.*|(?:借款|还款|担保|利率).*"),
    ),
    Office("救助", regex("救助|救济|救灾"), regex(".*救助.*|.*救济.*|受灾.*")),
    Office("分红", regex("分红|股金"), regex(".*分红.*|.*股[份金权].*|入股.*")),
    Office(
        "优抚、退役军人、兵役",
        regex("优抚|抚恤|退役|退伍|复退|兵役|征兵|民兵"),
        regex("优抚.*|.*抚恤.*|(?:入伍|退役|退伍|服役).*|立功.*|伤残.*"),
        is_strict=True,
    ),
    Office(
        "党员、村组干部",
        regex("党员|团员|小组长|网格员"),
        regex("(?:入党|入团|转正|任职|当选).*|.*党?支部|党[费龄].*|.*党内.*"),
    ),
    Office(
        "务工、岗位",
        regex("公益.?岗|岗位|务工|用工|招聘|劳务"),
        regex("岗位.*|[上离在]岗.*|务工(?:企业|单位|工资).*|用工.*|企业名称|劳动合同.*"),
    ),
    Office(
        "广播电视、宽带",
        regex("户户通|广播电视|有线电视|宽带"),
        regex("设备.*|机顶盒.*|安装.*|.*卡号"),
    ),
    Office("移民", regex("移民"), regex("移民.*")),
    Office("农机购置", regex("农机"), regex("机具.*|.*型号|购机.*|购置.*")),
    DEPARTMENT,
)  # fmt: skip


class Verdict(NamedTuple):
    """Whose list it is: an office, the table of the list (`--with`) where it is one of those.

    `by` are the headings that have told it, where its name alone would not.
    """

    office: Office
    table: str | None
    is_sure: bool
    by: tuple[str, ...]


def office_of(
    columns: Collection[tuple[str, str]],
    unknown: Sequence[Sequence[str]],
    names: Sequence[str],
    *,
    is_numbered: bool = False,
) -> Verdict | None:
    """The office whose list it is; None where it is the register's.

    `columns` are those of the register that the table has (table, column), `unknown` the texts
    over its other columns, `names` what sheet, title and file are called. `is_numbered` says that
    the rows have the register's own numbers: then name and headings have to tell it together, or
    nothing of the table is a register's but whom it names.
    """
    against = {text: found for each in unknown if (found := _offices_of(text := each[-1]))}
    listed = {each[-1] for each in unknown if _is_of_one_kind(each)}
    headings = [each[-1] for each in unknown if each[-1] in against or each[-1] in listed]
    is_of_the_poor = any(map(OF_THE_POOR.search, names))
    by_name = kind_among(names)
    titled = _titled(names)
    is_titled = bool(titled or by_name)
    described = _registers(columns, by_name)
    own = described + _OF_TITLE * is_of_the_poor
    is_strict = any(o is EVENT or (o.is_strict and not is_of_the_poor) for o in titled)
    others = len({*headings}) + _OF_TITLE * is_titled + is_strict
    # A name alone may be of what a register is for: 危房核查.
    is_of_authority = is_titled and any(map(_AUTHORITY.search, names)) and not is_of_the_poor
    is_called = is_of_authority or any(map(_LIST.search, names))
    is_called = is_strict or (is_titled and not own and is_called)
    is_bare = is_numbered and not own and not is_titled and _are_of_one_office(headings)
    is_bare = is_bare and not any(map(_OF_PEOPLE.search, names))
    least = 1 if is_bare else _LEAST_AGAINST
    if others <= own or others < least or not (headings or is_called):
        return None
    is_plain = bool(headings and is_titled) and others >= own + _LEAST_NUMBERED
    if is_numbered and (not (is_plain or is_bare) or any(map(_TO_CHECK.search, names))):
        return None
    spoken = [office for text in headings for office in against.get(text, ())]
    is_by_home = any(column in _OF_HOMES for _, column in columns)
    is_only_who = all(column in _ONLY_WHO for _, column in columns)
    by_headings = kind_of_headings(dict(enumerate(map(list, unknown))))
    is_own = by_headings is not None and is_only_who
    if not (spoken or is_titled or is_own) and is_by_home and len(headings) < _LEAST_LISTED:
        return None  # 就读学校 and 年级 may be a county's own
    office = max([*titled, *spoken], key=[*titled, *spoken].count, default=DEPARTMENT)
    table = by_name or by_headings
    if office is _HUKOU:
        table = "hukou_list"
    # What a list for --with has may be of people of the register: 就读学校.
    is_sure = is_strict or (bool(spoken) and others >= own + _SURE and not is_bare)
    # But of nothing else than who it is no register says anything.
    is_own = is_own or (is_only_who and by_name is not None and is_called)
    is_sure |= not is_numbered and (is_own or (is_of_authority and not described))
    by = () if office is EVENT else (*dict.fromkeys(headings),)
    return Verdict(office, table, is_sure, by)


def _are_of_one_office(headings: Iterable[str]) -> bool:
    """Whether a heading says what is paid (分红金额), or several are one office's."""
    own = {heading_key(text) for text in headings if not _SIGNED.match(text)}
    spoken = Counter(office.what for text in own for office in _offices_of(text))
    most = max(spoken.values(), default=0)
    return most >= _LEAST_LIKE or any(map(PAID.headings.fullmatch, own))


def looks_like(
    columns: Collection[tuple[str, str]], unknown: Sequence[Sequence[str]], names: Sequence[str]
) -> Verdict | None:
    """The office whose list a table that is read may be, for all that its headings say."""
    texts = [*dict.fromkeys(each[-1] for each in unknown if _offices_of(each[-1]))]
    texts = [text for text in texts if not _SIGNED.match(text)]
    spoken = [office for text in texts for office in _offices_of(text)]
    titled = [office for office in spoken if any(map(office.named.search, names))]
    if any(map(OF_THE_POOR.search, names)) or _registers(columns, None) >= _MOST_FOR:
        return None
    if not texts or (len(texts) < _LEAST_LIKE and not titled):
        return None
    office = max(titled or spoken, key=spoken.count)
    return Verdict(office, None, is_sure=False, by=tuple(texts))


def offices_called(names: Sequence[str]) -> list[Office]:
    """The offices of which sheet, title or file speak; an event has no forms."""
    return [office for office in _titled(names) if office is not EVENT]


def _titled(names: Sequence[str]) -> list[Office]:
    return [office for office in _OFFICES if any(map(office.named.search, names))]


def speaks_of_register(columns: Collection[tuple[str, str]]) -> bool:
    """Whether a column is one that few but registers have."""
    return _registers(columns, None) > 0


def is_called_list(names: Sequence[str]) -> bool:
    """Whether a list of some office is spoken of, by whatever is called so."""
    return bool(_titled(names)) and any(map(_LIST.search, names))


def is_of_office(text: str) -> bool:
    """Whether only lists or forms of an office have such a heading."""
    return bool(_offices_of(text))


def _registers(columns: Iterable[tuple[str, str]], kind: str | None) -> int:
    """What speaks for the register; what lists of the `kind` have as well does not."""
    found = 0
    for table, column in {*columns}:
        if table not in MODELS or column in _ANYBODY:
            continue
        heading = COLUMNS[table][column].heading
        is_listed = kind is not None and meaning_of([heading], [kind], ALL_KINDS) is not None
        weight = _MOST_FOR if column in _REGISTERED else _RARE.get(column, 1)
        found += 0 if is_listed and column not in _REGISTERED else weight
    return found


def _offices_of(text: str) -> list[Office]:
    key = heading_key(text)
    if _INCOME.search(key):  # of another year, or in parts
        return []
    return [office for office in _OFFICES if office.headings.fullmatch(key)]


def _is_of_one_kind(stack: Sequence[str]) -> bool:
    """Whether one kind of list (`--with`) alone has such a column."""
    return sum(meaning_of([*stack], [k], ALL_KINDS) is not None for k in ALL_KINDS.kinds) == 1
