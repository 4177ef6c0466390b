"""What a text below a heading says of its row: that it is a total, a statistic or a note."""

from functools import lru_cache

from jiandang.patterns import regex
from jiandang.register.cells import ErrorValue, Raw
from jiandang.register.text import says_nothing, simplified, solid

_SUM = "合计|小计|总计|共计|累计|小结"
_COUNTS = "(?:(?:其中:?)?[男女]?[0-9]+(?:户|人|口)[,、;]?)+"
# 合计 · 合计(8户) · 合计户数 · 王庄村小计 · 本页计 · 王庄村计 · 合计:8户21人 · 共8户 · 男12人
TOTAL = regex(
    rf"^(?:(?:.{{0,12}}(?:{_SUM})(?:户数|人数|人口|\(.{{0,8}}\))?|.{{0,8}}[页组村镇乡县户]计):?"
    rf"|[Σ∑]|[Tt]otal|(?:.{{0,6}}(?:{_SUM})|共|计):?{_COUNTS})$"
)
COUNT = regex(f"^{_COUNTS}$")
# Where a total's place stands, a row that names nobody is one.
_COUNTED = regex(rf"[^0-9]{{0,6}}{_COUNTS}[^0-9]{{0,4}}")
ALL_OF = regex("^[本全][组村镇乡县]$")
# Words of which the names of sums and statistics are made. People may be called so, too (共有):
# they count only in a row that holds nothing else but numbers.
_OF = (
    "(?:.{1,8}[村镇乡县区市组]|[本每各][次期页表户人村镇乡组]|以上|其中|占.{1,6}"
    "|[户人组村镇乡县男女])?"
)
_SUMS = (
    f"(?:{_SUM}|汇总|统计|总[数共和额量体]|合共|共有?|全[部体]|[全本][组村镇乡县区市]"
    "|[Ss]um|SUM|TOTAL|总?(?:户数|人数|人口))"
)
_STATISTICS = (
    "(?:平均|[户人组村镇乡县]均|均值|中位|众数|最[高低大小多少]|占比|百分[比率]|比[例重率])"
)
_TAIL = r"(?:数|值|额|量|每?户数?|每?人数?|人口|情况|水平|线|\(.{0,8}\))*:?"
_SUM_WORD = regex(rf"{_OF}{_SUMS}+{_TAIL}(?:{_COUNTS})?")
_STATISTIC_WORD = regex(rf"{_OF}{_SUMS}*{_STATISTICS}+{_TAIL}")
_NUMBER = regex(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?[%‰]?")
_BY_WHOM = (
    "填表|填报|制表|报表|统计|审核|审批|复核|校对|负责人|经办|主管|领导|书记|主任|会计|村委"
    "|单位|日期|时间|电话|联系|备注|说明|注|附"
)
# 填表人(签字):韩明凯 · 村委会(公章) · 说明:1.本表一式两份 · 其中:低保户 · 占全村比例 · 户均
NOTE = regex(
    rf"^.{{0,12}}(?:{_BY_WHOM}).{{0,8}}?:|签字|签名|签章|盖章|公章|\(章\)$"
    r"|^\(?以下(?:为|无)?(?:空白|正文)\)?$|^其中(?::|$)|^占.{1,8}比[例重]?$|^.{0,6}(?:平均|户均)[值数]?$"
    r"|^(?:填表人|填报人|制表人|审核人|负责人|填报单位|填报日期|填表日期|单位负责人|备注|说明|注)$"
)
# The title of the table, or of its next page: 官山镇识别程序登记表(续) · 第2页
TITLE = regex(
    r"[登记统计汇总明细花名情况调查审批申请程序公示信息]{2}(?:表|册|单|台账)(?:\(.{0,8}\))?$|^\(?(?:续表|第.{1,3}页)"
)
DAY = regex("^[0-9]{4}年(?:[0-9]{0,2}月(?:[0-9]{0,2}日)?)?$")
_ROLE = (
    "(?:镇|乡|村|村组|包[村组户]|驻村|分管|主管|主要|党?支部?|工作)*(?:干部|领导|第一书记|书记|支书|主任|会计|文书"
    "|队长|镇长|乡长|(?:经办|填表|填报|制表|审核|复核|校对|负责|联系|录入|调查|见证)人)"
)
# Who is named at the foot of a table: 包村干部 in one cell, the name in the next.
FOOT = regex(f"^{_ROLE}$")
_IN_OFFICE = regex(rf"(?:^|\(){_ROLE}\)?$")
# What no name is made of: a mark of a sentence or a list, nothing but marks or a bracket, a date.
_NO_WORD = regex(
    r"[。:;,!?“”\"《》=…—―–]|-{2}|^[*※#★☆▲△●■◆]|^[(\[【〔].*[)\]】〕]$|^[\W_]+$"
    r"|[0-9](?:年|月|日|号|户|人|口|页|份|元|[-./][0-9])|[〇○零一二三四五六七八九]{4}年"
)
# A remark behind a name, and the name of its column before it.
_BESIDE_NAME = regex(r"^(?:户主)?(?:姓名)?:|(?<=.)[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")
# Words of a sentence, and how the names of offices and places end. A short name may have them.
_IN_SENTENCE = regex(
    f"[的是为以由与无有未已请本此该经按均共每各所属并者将应须]|[村镇乡县区市府委会局办站所表户]$|^{_ROLE}"
)
_LONG, _TOO_LONG = 5, 11
# The words around what a figure counts: 残疾 of 残疾人数, 年龄 of 平均年龄, 男 of 男性.
_AROUND_COUNTED = regex(
    "^(?:其中)?:?(?:总|平均)?(?=.)|(?<=.)(?:人数|户数|人口|性|[数户人])?(?:比例|情况)?:?$"
)
# A line above a household: 第1户 户主:张德明 户编号:320324105201001
HOUSEHOLD_LINE = regex("^第.{1,4}户(?:$|.*:)|户主(?:姓名)?:.*户编?号:|户编?号:.*户主(?:姓名)?:")
# A line above the rows of a village: 王庄村（4户）, 行政村：柳湾村
VILLAGE_LINE = regex(
    r"(?:[^:]{1,6}:)?[^:0-9]{1,15}?(?:村|社区|居委会)(?:\([^()]{1,12}\)|:|[0-9]+户)?"
)
# One name, where several may be listed.
PERSONS_NAME = regex(r"[㐀-鿿·]{2,8}")
# A person's number, whatever is wrong with it, or an account.
PERSONS_NUMBER = regex("[0-9]{14}")
# What forms are marked with where nothing is filled in: N for a number, X, ××, /.
_MARK = regex("[A-Za-z]|[Xx×*#]+")
# How totals, notes and dates end.
ENDS = "计户人口日白数中例重比均值组村镇乡县計戶數組鎮鄉縣"


@lru_cache(1024)  # a dozen questions are asked of each cell of a row
def row_text(cell: str) -> str:
    """A text as it is looked at: without blanks, in simplified characters (合計 is 合计)."""
    return simplified(solid(cell))


def is_figure(text: str) -> bool:
    """Whether a text is a number, or the name of one that is worked out of others."""
    return bool(_NUMBER.fullmatch(text) or COUNT.match(text)) or names_figures(text)


def names_figures(text: str) -> bool:
    """Whether a text is the name of a sum or a statistic: 合计数, 全镇情况, 镇平均水平, 最高."""
    return is_sum(text) or _STATISTIC_WORD.fullmatch(text) is not None


def is_sum(text: str) -> bool:
    """Whether it is the name of a sum."""
    return bool(TOTAL.match(text) or _SUM_WORD.fullmatch(text))


def what_is_counted(text: str) -> str:
    """What the name of a figure may be made of: 劳动力 of 劳动力人数."""
    return _AROUND_COUNTED.sub("", text)


def is_no_place(text: str) -> bool:
    """Whether a text is neither the name of somebody nor that of a place: 以上情况属实。"""
    return _NO_WORD.search(_BESIDE_NAME.sub("", text) or text) is not None


def is_no_name(text: str) -> bool:
    """Whether a text cannot be somebody's name, however odd: 官山镇人民政府, (此页无正文)."""
    name = _BESIDE_NAME.sub("", text) or text
    if is_no_place(text) or len(name) == 1:
        return True
    if "·" in name or len(name) < _LONG:
        return False
    return len(name) >= _TOO_LONG or _IN_SENTENCE.search(name) is not None


def names_nobody(text: str) -> bool:
    """Whether what stands in place of a name is a count or an office: 以上20户49人, 王敏(书记)."""
    return _COUNTED.fullmatch(text) is not None or _IN_OFFICE.search(text) is not None


def ends_like_a_note(text: str) -> bool:
    return bool(COUNT.match(text) or DAY.match(text) or NOTE.search(text))


def is_no_answer(cell: Raw) -> bool:
    """Whether a cell holds nothing that somebody said: 0, an error, 无, or a mark of the form."""
    if isinstance(cell, ErrorValue):
        return True
    if not isinstance(cell, str):
        return cell == 0
    text = row_text(cell)
    return text in ("", "0") or bool(_MARK.fullmatch(text)) or says_nothing(text)
