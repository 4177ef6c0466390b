"""The papers (凭证) with which an error may stand: whether a note says that the right one is there.

A note is clauses. One has to name the paper that the rule asks for, and it or one beside it has to
say that the paper is at hand or what stands in it; and none may speak of lack, of what is still to
come, of asking for it, or of another content. What does not count is asked for again, so that each
of the lists below may be wide: too wide, it costs a clerk one more line; too narrow, an error.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jiandang.patterns import regex
from jiandang.register.text import solid


def _one_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# -- which paper, and whose ------------------------------------------------------------------


class Paper(NamedTuple):
    """A paper: what rules call it, how people do, what stands for it without another word, and
    what to write where it is there."""

    in_proof: str
    called: re.Pattern[str]
    bare: re.Pattern[str]
    example: str


_PLACE = "(?:[一-龥]{0,4}(?:省|市|县|区|镇|乡|街道))*(?:[一-龥]{2})?"
_POLICE = "(?:公安(?:机关|部门|分?局)?|派出所|民警|警方)"
_OFFICE = f"{_PLACE}{_POLICE}(?:户[政籍](?:科|室|股|大队|窗口))?"
_BOOK = "户[口籍][簿本薄]"
_PASSPORT = "护照|居留证|居留许可|通行证|台胞证|回乡证|军官证|士兵证"
PAPERS = (
    Paper(
        "户籍证明|公安机关的证明",
        _one_of("户[籍口]证明", f"{_POLICE}.{{0,12}}证明", f"证明.{{0,4}}{_POLICE}"),
        regex(f"(?:{_OFFICE})*的?(?:户[籍口])?证明[信书]?"),
        "有派出所户籍证明",
    ),
    Paper("户口簿", regex(_BOOK), regex(_BOOK), "已核对户口簿"),
    Paper("护照", regex(_PASSPORT), regex(_PASSPORT), "有护照复印件"),
)
# A clause that names only these is about another paper, which may be lacking.
_OTHER = _one_of("身份证(?!明)", _BOOK, _PASSPORT, "残疾人?证", "结婚证", "出生证")
# 户籍证明 is the police's; whatever the village writes is none.
_OTHER_OFFICE = regex(
    "(?:村|居委|社区|组长|学校|单位|医院|卫生院|民政|政府|[乡镇]里?)[^公派警]{0,8}证明"
)
_OF_POLICE = regex(_POLICE)
# What else the police, or others, certify.
_OF_OTHER_THINGS = regex("(?:死亡|无犯罪(?:记录)?|婚姻|居住|收入|残疾|贫困)证明")

# -- what says nothing of it -----------------------------------------------------------------

# The day of a paper: 2016年3月18日, （2016.3.18）, 3月18日. A month alone may be one to come.
_DATE = regex(
    r"\(?(?:(?:19|20)\d\d[-年./]\d{1,2}(?:[-月./]\d{1,2})?[日号月]?|\d{1,2}月\d{1,2}[日号])\)?"
)
_DONE_WITH = "再(?:次|去|来)?[开办补出核查证跑要]"
# Negations that affirm, and words that only look like negations.
_HARMLESS = _one_of(
    # 没有录错, 并无涂改, 不存在问题.
    "(?:不是|并?没有?|并?[无未]|并非|不存在)(?:发现|任何|什么|出现|存在|有)*"
    "[录填写抄登输弄搞打涂记算]*"
    "(?:错误?|误|改动?|问题|异议|异常|出入|疑[问义]|差[错异]|不符|不对|不同|不一致|重复|变[动化]?)",
    # 不需要再开, 无需再核: it is there already.
    f"(?:不|无|没)(?:需要?|须|必要?|有?必要|用|要){_DONE_WITH}.{{0,2}}$",
    "不(?:重复|矛盾|冲突|差|假|仅|但|光|识字)|非常|未婚|未成年|无(?:锡|业|劳动?力?|文化)|困难|请假",
    r"\(如[^)]*\)|少数|补[助贴]|待遇|性别|主要|重要|暂住|去[年世]|请[看见查阅]|相应|对应|所有权",
)

# -- what speaks against it ------------------------------------------------------------------

# Another content, or another's.
_CONTRADICTED = (
    "不[符对同像是相一]", "对不上", "另(?![附存])", "别[人的处个]", "他人", "错|误|矛盾|出入",
    "冲突|差|相反|假|伪|疑",
    "(?:儿子|女儿|丈夫|妻子|父亲|母亲|孙[子女]|兄弟|哥哥|弟弟|家人)的",
    "两个号", "多一", "少|只有|仅|问题",
)  # fmt: skip
_REFUSED_OR_LOST = (
    "[没無无未不缺非莫勿否]", "[丢遗毁]", "弄掉", "失[去落效]", "损坏", "拒", "推[脱诿]", "难",
    "作废|过期|退回|撤",
)  # fmt: skip
_PROMISED = (
    "(?<!已)补(?!.?[来到齐好了])", "待", "(?<![证明簿本照件料])等", "等[着待候派公民出开]", "正在",
    "在[办开]", "[办请核作开理审批]中", "排队", "将(?=[会来要于由开办出补在])", "即将", "拟|准备",
    "计划|打算|争取", "快|马上", "[明后]天", "下[周月个次]", "月底", "[以之随稍日今]后",
    "届时|到时", "改[天日]", "回头", "暂|尚", "还(?!有)", "望", "去(?![了过]|.{0,10}[了过来])",
)  # fmt: skip
_ASKED_FOR_OR_GUESSED = (
    "请|让|托|求|催", "联系|协调|通知", "叫.{0,6}[去开出办交带]", "代[开办]", "要|需|须|应",
    "可能|也许|大概|估计", "听说|据说", "如(?![下实此上图])", "若|倘|的话",
    "[交送报寄](?:给|到|至|往|去)?(?:派出所|公安)", "(?<!派出所)(?<!公安)(?<!民警)说(?!明)",
    "[但却](?!有|已|派出所|公安|户)", "吗|[?？]",
)  # fmt: skip
_CONTRADICTION = _one_of(*_CONTRADICTED)
_DOUBT = _one_of(*_CONTRADICTED, *_REFUSED_OR_LOST, *_PROMISED, *_ASKED_FOR_OR_GUESSED)

# -- what says that it is at hand --------------------------------------------------------------

_AGREES = regex("属实|证实|一致|相符|吻合|无误|没错|没有错|正确|真实|相同|对得上")
_THERE = _one_of(
    "(?:(?<!所)|(?<=派出所))有(?![关的时人些限意效])", "(?<![意听])见", "附(?!近)",
    "^[持凭](?=.{0,12}(?:证明|户口))",
    # Got, brought.
    "已收", "已经?上?交", "收[到了存讫齐回]", "取得", "[拿领调开办补找]到", "[取拿开交送带补]来",
    "[开办补]好", "[开办出交带补]了",
    "已经?(?:开|办|出|交|带|补|提供|查|看|核|验|存|拿|取|领|扫描)",
    "出具[了的过有]", "[开出给发](?:具)?的", "[开出](?:具)?过", "提供[了的过]",
    # Looked at.
    "[看查核验][了过]", "查看|查验|查阅|核对|核验|核实|验看|比对|对照|根据|依据",
    "[凭按].{0,14}[登填录]",
    # Kept; a thing that is there.
    "存[档入在着]", "留存|留底|保存|归档|入档|在档|档案|在案|备查|复印件|原件|扫描件",
    "[一二两三1-9]份", "盖(?:公|户口|户籍)?专?用?章", "盖了", "编号|字第|齐全|齐备",
    _AGREES.pattern,
)  # fmt: skip
_THERE_FIRST = regex(f"(?:已|均|都|也|现|经|我们?|村里|本人)*(?:{_THERE.pattern})")
_CLAUSES = regex("[,，;；。!！\n]+")


class _Clause(NamedTuple):
    """A clause without its harmless negations, and as it was written; both without dates."""

    said: str
    written: str


def papers_of(proof: str) -> list[Paper]:
    """The papers of which the proof of a rule asks for one."""
    return [paper for paper in PAPERS if re.search(paper.in_proof, proof)]


def why_not_proven(proof: str, note: str, reason: str = "") -> str:
    """What is missing in a note as the proof, and what to write; empty where it is there.

    The reason beside it may speak against the paper, but the note has to name it.
    """
    papers = papers_of(proof)
    clauses = [*_clauses(note)]
    named = [n for n, clause in enumerate(clauses) if _names(papers, clause.said)]
    example = "或".join(f"“{paper.example}”" for paper in papers)
    if not named:
        return f"核实说明里没有写明凭证：{proof}；拿到的请写{example}"
    if (doubt := next(_doubts(papers, [*clauses, *_clauses(reason)]), "")) or not _is_there(
        papers, clauses, named
    ):
        why = f"写着“{doubt}”，" if doubt else ""
        return f"核实说明里{why}看不出凭证已经拿到、内容相符：{proof}；拿到的请写{example}"
    return ""


def _clauses(text: str) -> Iterator[_Clause]:
    for written in _CLAUSES.split("，".join(map(solid, text.split("\n")))):
        if written := _DATE.sub("", written):
            yield _Clause(_HARMLESS.sub("", written), written)


def _names(papers: Iterable[Paper], clause: str) -> bool:
    """Whether one of the papers is named, and not as another office's."""
    clause = _OF_OTHER_THINGS.sub("", clause)
    if not any(paper.called.search(clause) for paper in papers):
        return False
    return bool(_OF_POLICE.search(clause) or not _OTHER_OFFICE.search(clause))


def _doubts(papers: Iterable[Paper], clauses: Iterable[_Clause]) -> Iterator[str]:
    for clause in clauses:
        of_other = _OTHER.search(clause.said) and not _names(papers, clause.said)
        pattern = _CONTRADICTION if of_other else _DOUBT
        if found := pattern.search(clause.said):
            yield found[0]


def _is_there(papers: Iterable[Paper], clauses: list[_Clause], named: Iterable[int]) -> bool:
    """Whether a clause that names a paper says that it is there, or one beside it begins so or
    says that all agrees, or the paper's name alone is all of the note."""
    said = [clause.written for clause in clauses if clause.said]
    if len(said) == 1 and any(paper.bare.fullmatch(said[0]) for paper in papers):
        return True
    for number in named:
        beside = clauses[max(number - 1, 0) : number] + clauses[number + 1 : number + 2]
        if _THERE.search(clauses[number].written) or any(
            _THERE_FIRST.match(clause.written) or _AGREES.search(clause.written)
            for clause in beside
        ):
            return True
    return False
