"""What lists say of whom they have still, and no more: the words for it, by the kind of list."""

import re
from collections import Counter

import polars as pl

# The longest word first: 未死亡 leaves nothing of it.
DEAD = "死亡|亡故|去世|已故|病故|身故|过世|逝世|死|亡"
LEFT_HUKOU = "迁出|迁往|外迁|转出|注销|销户"
# What ended, of an allowance, a card or a post.
STOPPED = f"停|终止|注销|退出|退保|取消|清退|核减|迁出|失效|不在[保册]|{DEAD}"
CARD_GONE = f"注销|迁出|过期|作废|失效|冻结|到期|未持证|{DEAD}"
LEFT_POST = f"离职|辞职|辞退|辞聘|解聘|开除|除名|调出|调离|注销|停发|停薪|不在[编职岗册]|{DEAD}"
# Who pays in no more, or is paid no more.
NOT_INSURED = f"停|终止|暂停|注销|封存|销户|退保|未参保|{DEAD}"
LEFT_SCHOOL = "毕业|退学|休学|转出|注销|辍学|离校|死亡"
LEFT_OFFICE = f"离任|卸任|免职|辞职|离职|罢免|退休|不在[职任岗]|{DEAD}"
# Of a car that is no longer theirs: one to be scrapped, seized or without a test still is.
CAR_GONE = "注销|报废|作废|转出|转移|过户|转让|已卖|已售|灭失|盗抢|被盗"
HOUSE_GONE = "注销|历史|失效|灭失|作废|撤销|已转移|转出|过户|已售|已卖|退房|解除"
FIRM_GONE = "注销|吊销|歇业|停业|撤销"
# Of whom an insurance or a pension is.
WHO_IS_EMPLOYED = "企业|职工|机关|事业|离休|退休"
WHO_IS_RESIDENT = "城乡|居民|农村|新农保|新农合|合作医疗"
# What no text says.
NEVER = "[^\\s\\S]"
# What says of a row that it is over, by the kind of list.
OVER = {
    "low_income_list": STOPPED,
    "destitute_list": STOPPED,
    "disability_list": CARD_GONE,
    "hukou_list": f"{DEAD}|{LEFT_HUKOU}",
    "vehicle_list": CAR_GONE,
    "post_list": LEFT_POST,
    "payroll_list": LEFT_POST,
    "pupil_list": LEFT_SCHOOL,
    "property_list": HOUSE_GONE,
    "business_list": FIRM_GONE,
    "pension_list": NOT_INSURED,
    "social_insurance_list": NOT_INSURED,
    "provident_fund_list": NOT_INSURED,
    "medical_insurance_list": NOT_INSURED,
    "cadre_list": LEFT_OFFICE,
}
# What is to come; 拟停保 is paid still.
_NOT_YET = "拟|申请|待[审批保]|审[核批]中|公示|不予|未[批享纳]"
_STILL = "拟(?:停|终|退|取消|注销|清退)"
_HELD = "享|在保|正常|有效|在册|在[发供]|发放|保障|续保|新增|新纳入|已[批审纳]|供养|低保|是|拟"
_KNOWN = {
    "low_income_list": f"{STOPPED}|{_NOT_YET}|{_HELD}",
    "destitute_list": f"{STOPPED}|{_NOT_YET}|{_HELD}",
    "disability_list": f"{CARD_GONE}|有效|正常|新|在[册用]|持证|变更|换|补|迁入|挂失|首次|办|发|是",
    "hukou_list": f"{DEAD}|{LEFT_HUKOU}|正常|在[册籍世]|有效|常住|户口|农业|未|健在|迁入|是|军|伍",
    "post_list": f"{LEFT_POST}|在[编职岗册]|正常|退休|离休|借调|试用|退养|退居|病休|是",
    "payroll_list": f"{LEFT_POST}|在[编职岗册发]|正常|退休|离休|借调|试用|发放|退养|是",
}


def is_over(state: pl.Expr, words: str) -> pl.Expr:
    """Whether a state says one of the words as done: not 未注销, 待报废, 注销中, 达到报废标准."""
    not_yet = f"(?:未|没有?|尚?待|应|拟|将|申请|正在)(?:办理?|被|予以?)?(?:{words})"
    said = state.str.replace_all(f"{not_yet}|(?:{words})(?:标准|期止|中$|公告期)", "")
    return said.str.contains(words).fill_null(False)


def is_not_yet(state: pl.Expr) -> pl.Expr:
    """Whether a state says that something is to come: 拟保."""
    return state.str.replace_all(_STILL, "").str.contains(_NOT_YET).fill_null(False)


def unknown_states(table: str, states: Counter[str]) -> dict[str, int]:
    """The states in rows of a list that none of the words explain, and in how many rows."""
    if table not in _KNOWN:
        return {}
    known = re.compile(_KNOWN[table])
    return {state: rows for state, rows in states.most_common() if not known.search(state)}
