"""Values inside sentences: addresses, the parts of a 户码, votes, dates, signatures.

Each reader gives the fields that a text asks for, with the text of each (empty where the blank
has not been filled in).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from jiandang.headings.periods import FULL_DAY, PERIOD, days_of
from jiandang.intake.forms.choices import MARKS, choose, has_marks
from jiandang.patterns import regex
from jiandang.register.text import plain, solid

Found = dict[tuple[str, str], str]

# -- where a household lives -------------------------------------------------------------------

_ALTERNATIVES = regex(r"\([省市县区旗州盟乡镇地街道办村组居队社、/]+\)")
_PLACE = regex(
    r"(?:[^县区镇乡]{2,8}?省)?(?:[^县区镇乡]{1,8}?市)?"
    r"(?P<county>[^镇乡]{1,8}?(?:县|区|市))?"
    r"(?P<town>.{1,10}?(?:镇|乡|街道|办事处))?"
    r"(?P<village>.{1,12}?(?:村民委员会|村委会|居委会|社区|村|居))?"
    r"(?P<group>.{1,8}?(?:组|队|庄|屯))?"
)
# Unit words that stand by themselves behind a value (睢宁 县, 柳河 村).
_UNITS = {
    "county": "县 区 县区 市县区",
    "town": "乡 镇 乡镇 街道 镇街",
    "village": "村 行政村 社区 居委会 村居",
    "group": "组 村民小组 小组 队",
}
_UNIT_OF = {word: name for name, words in _UNITS.items() for word in words.split()}
_NO_UNITS = {"省", "市", "自治区"}


def read_address(text: str) -> Found:
    """County, town, village and group of an address, in one line."""
    parts = _before_units(text) or _running(text)
    return {("household", name): value for name, value in parts.items() if value}


def is_address(text: str) -> bool:
    """Whether a text without a label is an address: a town and a village in it, and no more."""
    if len(text) > 60 or ":" in plain(text):
        return False
    found = read_address(text)
    return ("household", "town") in found and ("household", "village") in found


def _running(text: str) -> Mapping[str, str]:
    whole = _ALTERNATIVES.sub("", solid(text).replace("_", "")).rstrip("。;,")
    match = _PLACE.fullmatch(whole)
    return match.groupdict("") if match else {}


def _before_units(text: str) -> Mapping[str, str]:
    """`睢宁县 县(市、区) 官山 乡(镇) 柳河 村 二 组`: each value before its unit word."""
    words = _ALTERNATIVES.sub(" ", plain(text).replace("_", " ")).split()
    units = [word for word in words if word in _UNIT_OF]
    if len(units) < 2:
        return {}
    found: dict[str, str] = {}
    value = ""
    for word in words:
        if word in _UNIT_OF:
            found.setdefault(_UNIT_OF[word], value)
            value = ""
        elif word not in _NO_UNITS:
            value = word
    return found


def joined_code(parts: Mapping[str, str]) -> str:
    """A 户码 from its parts: county 6, town 3 and village 3 digits, the household's own.

    `parts` are the digits by column; a code that is whole already is left as it is. Those that
    were typed as numbers (1 for 001) have lost their zeros.
    """
    own = parts.get("household_id", "")
    if len(own) >= 12 or not own:
        return own
    village = village_code(parts)
    return village + own.zfill(3) if village else own


def village_code(parts: Mapping[str, str]) -> str:
    """The twelve digits of a village's code, from its own and those of county and town."""
    village = parts.get("village_code", "")
    if not village:
        return ""
    for before in (parts.get("town_code", ""), parts.get("county_code", "")):
        if len(village) < 12:
            village = before + village.zfill(len(village) + -len(village) % 3)
    return village if len(village) == 12 else ""


# -- what a text says --------------------------------------------------------------------------


def _number(words: str, unit: str) -> str:
    number = "[0-9]*(?:\\.[0-9]+)?|[零一二两三四五六七八九十]{1,3}"
    return rf"(?:{words})[\s:(—-]*({number})[\s)—-]*{unit}"


_FIGURES: dict[tuple[str, str], re.Pattern[str]] = {
    field: regex(pattern)
    for field, pattern in {
        ("household", "size"): _number("家庭人口|(?:全家|一家|家[中里])[共现]?有?", "[人口]"),
        ("household", "labour_count"): _number("劳动力", "人"),
        ("household", "per_capita"): _number("人均(?:年?纯)?收入[大约仅有只为是]{0,3}", "元"),
        ("procedure", "delegates"): _number("应到(?:会)?(?:村民)?(?:代表)?", "[人名]"),
        ("procedure", "delegates_present"): _number("实到(?:会)?(?:村民)?(?:代表)?", "[人名]"),
        ("procedure", "votes_for"): _number("同意|赞成", "[票人]"),
        ("procedure", "votes_against"): _number("不同意|反对", "[票人]"),
        ("procedure", "abstentions"): _number("弃权", "[票人]"),
    }.items()
}
# 27人同意, where no number stands behind the word.
_COUNTED = {
    ("procedure", "votes_for"): regex("([0-9]+)[票人名](?:表示|投)?(?:同意|赞成)"),
    ("procedure", "votes_against"): regex("([0-9]+)[票人名](?:表示|投)?(?:不同意|反对)"),
    ("procedure", "abstentions"): regex("([0-9]+)[票人名](?:表示|投)?弃权"),
}
_CAUSE = regex(
    r"因?\s*(因[病残学灾]|[病残学灾](?=\s*(?:原因|致[贫困]))|缺[一-鿿]{1,3}?|交通条件落后|自身发展动力不足)"
    r"\s*的?\s*(?:原因|致[贫困])"
)
_CAUSE_BEHIND = regex(
    "致贫(?:的)?(?:主要)?原因[是为:](因[病残学灾]|缺[一-鿿]{1,3}|交通条件落后|自身发展动力不足)(?=[,。;]|$)"
)
# 乡镇审核意见：同意。（盖章）2016年3月14日 heads itself.
_OWN_HEAD = regex("[㐀-鿿()]{0,8}(?:审核|审查|审批|审定|批准)(?:意见|结果|情况)?(?=:)")
_BEGUN = regex(rf"自?({FULL_DAY})(?:起|开始|至今)")
_NAMED = {
    ("household", "head_name"): regex("我叫([一-鿿]{2,4}?)[,;、。]"),
    ("household", "head_id"): regex("身份证号?码?[:为是]?([0-9]{17}[0-9Xx])"),
    ("household", "household_id"): regex("户编?[号码][:为是]?([0-9]{12,19})(?![0-9])"),
}
_GROUP = regex(r"家住在?\s*(?:.{1,12}?(?:村|社区))?\s*([^\s,。]{0,6}?)\s*组")
_HOME = regex("家住在?([^,。;:]{2,30}?[村组队])(?=[,。;:]|$)")
_APPLICANT = regex(
    r"申请人\s*(?:(?:\(签[字名章](?:盖章)?\)|\(手印\))\s*:?|(?:签[字名章])?\s*:)\s*(?![年月日])"
    r"([^\s0-9(]*?)(?=[\s0-9(]|二[〇零○]|$)"
)
_DATES = {
    ("procedure", "appraised"): (
        rf"({FULL_DAY})(?:(?!{FULL_DAY})[^。;]){{0,24}}(?:评议|会议|代表大?会)",
        rf"(?:民主)?评议(?:时间|日期)[:\s]*({FULL_DAY})?",
    ),
    ("procedure", "town_reviewed"): (rf"(?:乡镇)?审核(?:时间|日期)[:\s]*({FULL_DAY})?",),
    ("procedure", "county_approved"): (rf"(?:县级)?审批(?:时间|日期)[:\s]*({FULL_DAY})?",),
}
_LEVELS = (("county", "县"), ("town", "[乡镇]"), ("village", "村"))


def read_sentences(
    text: str, section: str, year: int | None = None
) -> Iterator[tuple[tuple[str, str], str]]:
    """What the blanks of a text ask for; `section` is the label at its left or above.

    A period that names no year and goes across New Year ends in `year`.
    """
    text = plain(text).replace("_", " ")
    if (own := _OWN_HEAD.match(solid(text))) is not None:
        section = own[0]
    is_application = "申请" in section or "家住" in text
    for field, pattern in _FIGURES.items():
        if field[0] == "household" and not is_application:
            continue
        match = _first(pattern, text, field)
        if match is None and is_application:  # a line that ends within a word
            match = _first(pattern, solid(text), field)
        if match is not None:
            yield field, match[1]
        elif field in _COUNTED and (counted := _COUNTED[field].search(solid(text))) is not None:
            yield field, counted[1]
    if is_application:
        for field, pattern in _NAMED.items():
            if (match := pattern.search(solid(text))) is not None:
                yield field, match[1]
        if (match := _GROUP.search(text)) is not None:
            yield ("household", "group"), match[1]
        home = read_address(match[1]) if (match := _HOME.search(solid(text))) else {}
        yield from ((field, place) for field, place in home.items() if field[1] != "group")
        if (match := _CAUSE.search(text)) is not None:
            word = match[1]
            yield ("household", "cause"), word if len(word) > 1 else f"因{word}"
        elif (match := _CAUSE_BEHIND.search(solid(text))) is not None:
            yield ("household", "cause"), match[1]
    yield from _application(text)
    yield from _decisions(text, section, year)


def _first(pattern: re.Pattern[str], text: str, field: tuple[str, str]) -> re.Match[str] | None:
    # 不同意 3 票 are no votes for it.
    is_other = field[1] == "votes_for"
    found = pattern.finditer(text)
    return next((m for m in found if not (is_other and text[max(m.start() - 1, 0)] == "不")), None)


def _application(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    if (match := _APPLICANT.search(text)) is None:
        return
    yield ("procedure", "application_signed"), match[1]
    day = re.search(FULL_DAY, text[match.end() :])
    yield ("procedure", "applied"), day[0] if day else ""


def _decisions(text: str, section: str, year: int | None) -> Iterator[tuple[tuple[str, str], str]]:
    """Appraisal, notices, review and approval: their days, and objections."""
    is_put_up = "公示" in section + text or "公告" in text
    notice = PERIOD.search(text) if is_put_up else None
    begun = _BEGUN.search(text) if is_put_up and notice is None else None
    level = next((name for name, word in _LEVELS if re.search(word, section or text)), "")
    if (notice or begun) and not level:
        # The section says no more than 民主评议表, 公示情况: the village is first.
        own = re.search("(?:县|乡|镇|村)(?=[^,。;:]{0,6}公[示告])", text)
        level = next((n for n, word in _LEVELS if own and re.search(word, own[0])), "village")
    if notice is not None and level:
        start, end = days_of(notice, year)
        yield ("procedure", f"{level}_notice_start"), start
        yield ("procedure", f"{level}_notice_end"), end
    if begun is not None:
        yield ("procedure", f"{level}_notice_start"), begun[1]
    rest = text if notice is None else text[: notice.start()] + "|" + text[notice.end() :]
    for field, patterns in _DATES.items():
        for pattern in patterns:
            if match := re.search(pattern, rest):
                yield field, match[1] or ""
                break
    decided = {"town": "审核|审查", "county": "审批|审定|批准"}.get(level)
    if decided and re.search(decided, section):
        day = re.search(FULL_DAY, rest)
        name = "town_reviewed" if level == "town" else "county_approved"
        yield ("procedure", name), day[0] if day else ""
    elif "评议" in section and level in ("", "village"):
        day = re.search(FULL_DAY, rest)
        if day or notice is None:
            yield ("procedure", "appraised"), day[0] if day else ""
    if "异议" in text:
        yield ("procedure", "objection"), read_objection(text)


_DECISION = regex(
    rf"[0-9]\s*票|(?:公示|公告|评议|审核|审批).*{FULL_DAY}|{FULL_DAY}.*(?:公示|公告|评议|审核|审批)"
)
_SHOWN = 16  # characters


def _unread_decision(text: str) -> str | None:
    """How a text begins that says of votes, or on which day something was decided or put up."""
    if _DECISION.search(text) is None:
        return None
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


# Of somebody's household, and not of how a form is filled in, or what is promised on it.
_OF_HOME = regex("该户|全家|一家|家[中里]|本户|我家|[儿女]子|女儿|老[伴人]|致[贫困]|[打务]工")
# 家庭人口3人，耕地面积4.2亩: sums one after another, each with its unit.
_SUMS = regex(
    r"(?:[㐀-鿿]{2,8}[0-9][0-9.]*(?:人|口|亩|元|万元|平方米|m2|公里|米|岁|间|年|个?月)[,;、。]?){2}"
)
_OF_PRINT = regex("填|注[:①1]|说明|承诺|属实|以下|是指|单选|多选|打√|选项|__")

# ④打工状况:1在家务农,2县内务工,3县外务工
_PRINTED_LIST = regex(r":(?:[0-9]{1,2}[.、]?[㐀-鿿()、]{1,12}[,;。]?){3}")

OF_PRINT = regex("表号|文号|制[表定]|批准|有效期")  # of the printed form, not of anybody
_LABEL = regex("[㐀-鿿()、/]{2,16}")
_REMARK = regex("注|备注|附|说明|填|要求|[单审][位核]|.*日期$|.*时间$|.*人$|.*电话$|.*[签盖].*")


def unread_in(text: str, *, below_labels: bool) -> str | None:
    """What of a text alone in its row is to be named, of which nothing is read.

    Above the first labels of a page 填报单位：… is nothing that is asked for.
    """
    unread = _unread_decision(text) or _unread_sentence(text)
    return _unread_pair(text) if unread is None and below_labels else unread


def _unread_pair(text: str) -> str | None:
    """The label before the colon of a text that no column has, with something behind it."""
    label, colon, value = solid(text).partition(":")
    if not (colon and value.strip("_()")) or not _LABEL.fullmatch(label) or _REMARK.match(label):
        return None
    return None if OF_PRINT.match(label) else label


def _unread_sentence(text: str) -> str | None:
    """How a sentence begins in which somebody tells of the household."""
    is_print = _OF_PRINT.search(plain(text)) or _PRINTED_LIST.search(solid(text))
    is_told = (_OF_HOME.search(text) or _SUMS.search(solid(text))) and not is_print
    return f"{text[:_SHOWN]}…" if is_told and len(solid(text)) > _SHOWN + 4 else None


_DAY_IN_CELLS = regex(r"20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")


def joined_day(texts: Sequence[str]) -> tuple[str, int] | None:
    """A day in cells of its own (2016 | 年 | 3 | 月 | 18 | 日), and how many they are."""
    for count in range(min(len(texts), 6), 1, -1):
        text = "".join(texts[:count])
        if _DAY_IN_CELLS.fullmatch(text):
            return text, count
    return None


def read_objection(text: str) -> str:
    """无 where nobody objected; else what was objected."""
    part = text[max(text.find("异议") - 3, 0) :]
    choices = re.sub(f"^[^{MARKS}]*", "", part)
    chosen = choose(choices) if has_marks(part) else part
    if "无异议" in chosen or "没有异议" in chosen:
        return "无"
    if "有异议" in chosen:
        detail = re.search(r"有异议\s*[(:]\s*([^)\s_]+)", part)
        return detail[1] if detail else "有异议"
    return ""
