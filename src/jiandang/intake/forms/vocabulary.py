"""Which cells of a form are labels, and which column each names.

The words are those of the headings (`Vocabulary`); a form has some more that mean something only
beside others (职务 in a row about the helper). Numbers before a label (A13, 一、) differ from
edition to edition: they are taken off, never read.
"""

import dataclasses
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jiandang.headings.periods import FULL_DAY, PERIOD
from jiandang.headings.printed import Options, is_answered, options_of
from jiandang.headings.text import heading_key, without_brackets, without_year, year_of
from jiandang.headings.units import is_unit_line
from jiandang.headings.vocabulary import Meaning, Vocabulary
from jiandang.intake.codebook import Lists, topic_of
from jiandang.intake.forms.choices import has_marks
from jiandang.patterns import regex
from jiandang.register.cells import CellType, Raw
from jiandang.register.number_cells import NumberCell
from jiandang.register.tables import COLUMNS, PLACE_COLUMNS
from jiandang.register.text import plain, solid

Field = tuple[str, str]
# The whole address, in one cell or several; a code; that of a county and a town in a 户码.
ADDRESS: Field = ("household", "address")
CODE: Field = ("household", "household_id")
HEAD_NAME: Field = ("household", "head_name")
COUNTY_CODE: Field = ("household", "county_code")
TOWN_CODE: Field = ("household", "town_code")
# The day on which the form was filled in: that of the visit, where it names who visited.
FILLED_IN: Field = ("survey", "filled_in")

# Whom a form is about, where it stands by itself; behind 申请人: somebody signs.
APPLICANT: Field = ("household", "applicant")

# The section of a visit form in which this program says what is to be asked (jiandang template).
TO_VERIFY = "本次要当面核实"

# 姓名 and 身份证号 are a person's here: of whom, the place on the form says.
_TABLES = ("member", "household", "survey", "procedure")
# Words of forms that are no headings of registers. Those of the helper are `_HELPER_WORDS`.
_WORDS: dict[Field, str] = {
    ADDRESS: "家庭住址 住址 家庭地址 详细地址 现住址 户籍地址 户籍所在地 居住地址 地址",
    COUNTY_CODE: "县码 县代码 县编码",
    TOWN_CODE: "乡码 镇码 乡镇码 乡镇代码",
    FILLED_IN: "填表日期 填写日期 填表时间 填写时间 登记日期 登记时间",
    ("household", "household_id"): "编号 手册编号 档案编号",
    ("household", "head_name"): "申请人姓名",
    ("household", "labour_count"): "劳动力总数",
    ("household", "cause"): "返贫致贫风险 返贫致贫风险类型 主要原因",
    ("household", "cooperative"): "是否参加农民专业合作社 加入合作社",
    ("household", "water_safe"): "是否解决安全饮水 安全饮水",
    ("household", "house_area"): "房屋面积 住房建筑面积",
    ("household", "wubao_money"): "特困人员救助供养金 特困供养金",
    ("household", "pension"): "养老金或离退休金",
    ("household", "net_income"): "纯收入",
    ("household", "dibao_money"): "最低生活保障金",
    ("household", "labour_income"): "务工收入",
    ("household", "benefits"): "领取低保、五保、养老收入 领取低保五保养老收入",
    ("survey", "head_signed"): "农户签名 调查对象签名 调查对象签字 被调查人签字 被调查人签名 "
    "户主(签字) 户主(签名) 农户(签字) 户主签字或盖章 户主签章",
    ("survey", "surveyors"): "调查人签字 调查人签名 调查员签字 调查员签名 入户人员 "
    "入户人员签字 入户调查人签字 调查人员签字 调查人员签名",
    ("procedure", "application_signed"): "申请人签名 申请人(签字) 申请人(签名)",
    ("procedure", "delegates"): "应到会代表",
    ("procedure", "delegates_present"): "实到会代表",
    ("procedure", "objection"): "公示期内有无异议 公示情况",
    ("member", "id_number"): "公民身份号码或残疾证号 身份证号码或残疾证号码 "
    "公民身份号码或残疾人证号 证件号码或残疾证号",
    ("member", "benefit"): "领取低保金、五保、残疾金 领取低保金、五保金、残疾金 领取低保金",
    ("member", "relation"): "称谓 与户主称谓 与申请人关系 与申请人的关系 和申请人关系 同申请人关系",
    ("member", "student"): "在校生否",
    ("member", "labour"): "劳力情况 劳力状况 劳动力强弱",
    ("member", "work"): "务工去向 打工情况",
}
# What 户主性别 and the like ask of the head, outside of the members' grid.
_OF_HEAD = {
    "sex",
    "nation",
    "birth_date",
    "age",
    "education",
    "student",
    "health",
    "labour",
    "work",
}
_APPLICANTS = {"申请人", "申请户主"}
# What these mean they mean only in a row, a grid or a section about the helper …
_HELPER_WORDS: dict[Field, str] = {
    ("household", "helper"): "姓名",
    ("household", "helper_unit"): "单位 单位名称 工作单位 帮扶单位 帮扶单位名称 派出单位",
    ("household", "helper_post"): "职务 职位 职务职称 单位职务 单位及职务",
    ("household", "helper_since"): "开始时间 起始时间 帮扶起始时间 帮扶开始时间 结对时间",
    ("household", "helper_phone"): "联系电话 电话 手机号码 联系方式 电话号码 手机号",
}
# … and these by themselves.
_HELPER: dict[Field, str] = {
    ("household", "helper"): "帮扶负责人",
    ("household", "helper_post"): "单位职务 单位及职务 帮扶人单位职务 帮扶责任人单位及职务",
    ("household", "helper_since"): "帮扶起始时间 结对帮扶时间",
}
# What a form asks for once.
ONCE = {CODE, HEAD_NAME, ("household", "head_id")}
# What of persons is asked for where they are a household's members, and not on any list.
OF_MEMBERS = {"relation", "education"}
HELPER_COLUMNS = ("helper", "helper_unit", "helper_post", "helper_since", "helper_phone")
_HELPER_SIGNS = {
    *("单位", "单位名称", "工作单位", "派出单位", "隶属关系"),
    *("职务", "职务职称", "单位职务"),
}
# Headings of the columns of items: they ask for nothing themselves.
ITEM_HEADS = {
    *("项目", "收入项目", "内容", "指标", "指标名称", "单位", "计量单位", "数量", "数值", "金额"),
    *("代码", "序号", "选项", "填写内容"),
}
# The texts of so many cells are remembered from file to file.
_MOST_KEPT = 20_000


_NUMBER = regex(r"^[A-Z][0-9]{1,2}[a-z]?[.、:)]?(?=[㐀-鿿(])")
_ADVICE = regex(
    r"\((?:单选|多选|可多选|必填|选填|可选|限选|最多|打|请|划|在)[^)]*\)|[,;]?(?:单选|可多选|多选)$"
)
_LEADS = regex(r"^(?:其中|其他:|[-—·●◆*]+)[::]?")
_WORD_STARTS = regex(r"(?:^|(?<=[\s,。;]))[^\s,。;]")
# ( A );是否危房: before the label is the answer to the one before it.
_ANSWER_FIRST = regex(r"\([^()]*\)\s*[,。;]|\(\s*[A-L]?\s*\)\s")
_HAN = regex(r"[\u3400-\u9fff]")
_LONGEST_TEXT = 300
_LONGEST = 30  # characters of a label, with the blanks in it
# 户主姓名：按户口簿填写; a note with labels in it asks for nothing.
_NOTE = regex(r"^(?:填[表报写])?(?:说明|注意事项|要求)(?:\(?[0-9一二三四五六七八九]\)?)?[:.、]")
_HOW_TO_FILL = regex(r"(?:应|请|须|需|可)?(?:按|填|指(?!南)|选填|参照|依据|不得|不能)")
# 2016年3月5日。应到45人: the sentence goes on behind the value of a label.
_DAY_FIRST = regex(rf"[\s_]*{FULL_DAY}")
_DAY = "日期"
# 3人，其中有劳动力2人: behind a number the sentence goes on; 12,000 and two numbers do not end.
_NUMBER_ENDS = r"[。;]|[,、]\s*(?![\s0-9])"
_MANY_DIGITS = regex(r"[0-9][0-9 -]{9,}[0-9Xx]\s*(?:[,;。、]|$)")
_NUMBER_FIRST = regex(r"[\s_]*[0-9]+(?:\.[0-9]+)?(?=\s)")
# 户编号后四位, 身份证号(末6位).
_LAST_DIGITS = regex(r"\(?(?:的?[后末尾最]+[0-9一二三四五六七八]{1,2}位(?:数字?)?|尾号)\)?$")
# The shape of labels that no column has.
_SHAPE = regex(
    r"\((?:元|万元|亩|人|公里|里|米|平方米|m2|个|户|%|年|月|岁|次|单选|多选|可多选|签字|盖章|签名)[^)]*\)$"
    r"|^(?:[今去上本]年)?(?:是否|有无|可否|能否)|(?:签字|签名|盖章|签章)$"
)


@dataclass(frozen=True)
class Label:
    """A label: what it means, as it stands, what stands behind its colon, its printed options.

    `rest` is None where nothing of a value is in the label's own cell, `options` where neither it
    nor a note prints any (`options_of`).
    """

    meaning: Meaning
    text: str
    rest: str | None = None
    options: Options | None = dataclasses.field(default=None, compare=False)

    @property
    def field(self) -> Field:
        return self.table, self.column

    @cached_property
    def year(self) -> int | None:
        """The year that it names: 2014年工资性收入."""
        return year_of([self.text])

    @property
    def table(self) -> str:
        return self.meaning.table

    @property
    def column(self) -> str:
        return self.meaning.column

    @property
    def cell(self) -> CellType | None:
        """The type of its column's cells; None where no table has such a column."""
        column = COLUMNS[self.table].get(self.column)
        return None if column is None else column.cell


class FormVocabulary:
    """The labels of forms; every cell's text is looked at once."""

    def __init__(self, headings: Vocabulary) -> None:
        self._headings = headings
        self._read: dict[str, tuple[Label, ...]] = {}
        self._keys: dict[str, str] = {}

    @cached_property
    def _more(self) -> dict[str, Field]:
        return {
            heading_key(word): name
            for words in (_HELPER, _WORDS)
            for name, text in words.items()
            for word in text.split()
        }

    @cached_property
    def _helper(self) -> dict[str, Field]:
        return {w: name for name, text in _HELPER_WORDS.items() for w in text.split()}

    def labels(self, raw: Raw) -> tuple[Label, ...]:
        """The labels in a cell: none, one, or several with their values (县码：… 村码：…)."""
        if not isinstance(raw, str) or raw == "":
            return ()
        if raw not in self._read:
            if len(self._read) > _MOST_KEPT:
                self._read.clear()
                self._keys.clear()
            self._read[raw] = tuple(self._find(raw))
        return self._read[raw]

    def helpers(self, text: str) -> Field | None:
        """What a label means where a row or a grid is about the helper."""
        key = self.key(text)
        return self._helper.get(key) or self._helper.get(without_brackets(key))

    def is_helper_sign(self, text: str) -> bool:
        """Whether a heading shows that the persons of a grid are no members."""
        key = without_brackets(self.key(text))
        return key in _HELPER_SIGNS or key.startswith("帮扶")

    def is_label_like(self, raw: Raw) -> bool:
        """Whether a cell is a label, or has the shape of one that no column has."""
        if not isinstance(raw, str):
            return False
        if self.labels(raw):
            return True
        text = solid(raw)
        if has_marks(raw):
            return False
        head, colon, _ = text.partition(":")
        if _LAST_DIGITS.search(text):
            return True
        if colon and 2 <= len(head) <= 14 and not head[-1].isdigit():
            return True
        return len(text) <= 20 and _SHAPE.search(text) is not None

    def key(self, text: str) -> str:
        """The part of a label that names the column."""
        if text not in self._keys:
            self._keys[text] = self._key(text)
        return self._keys[text]

    def _key(self, text: str) -> str:
        key = _ADVICE.sub("", _NUMBER.sub("", heading_key(text)))
        return _LEADS.sub("", _NUMBER.sub("", heading_key(key))).rstrip(":")

    def meaning(self, text: str) -> Meaning | None:
        """What a label's words mean."""
        key = self.key(text)
        if not key or key in _VALUES:
            return None
        if (ends := _LAST_DIGITS.search(key)) is not None:
            # Of a code, they may tell whose a later page is; of another number, they are not it.
            whole = self.meaning(key[: ends.start()])
            return whole if whole is not None and whole.column == "household_id" else None
        names = [key, without_brackets(key)]
        if ":" not in plain(text).rstrip(": "):  # 家庭纯收入:2015 has an amount
            names.append(without_year(key))
        for name in dict.fromkeys(names):
            if (own := self._more.get(name)) is not None:
                return Meaning(*own)
            found = self._headings.meaning(name, _TABLES) if name else None
            if found is None and name.startswith("户主"):
                own_head = self._headings.meaning(name.removeprefix("户主"), ("member",))
                found = own_head if own_head and own_head.column in _OF_HEAD else None
            if found is not None and not found.is_in_other_unit(plain(text)):
                of_home = found.column in PLACE_COLUMNS
                return dataclasses.replace(found, table="household") if of_home else found
        return None

    def _find(self, raw: str) -> list[Label]:
        if len(raw) > _LONGEST_TEXT or _HAN.search(raw) is None:
            return []
        text = plain(raw)
        if is_unit_line(text):
            return []
        if solid(text) in _APPLICANTS:
            return [Label(Meaning(*APPLICANT), text)]
        if (is_answered(text) or has_marks(raw)) and (pairs := self._pairs(text)):
            return pairs
        if (meaning := self.meaning(text)) is None:
            return self._pairs(text)
        column = COLUMNS[meaning.table].get(meaning.column)
        options = None if column is None else options_of([text], column)
        if column is not None and options is None:
            options = self._headings.lists.get(topic_of(meaning.table, column))
        return [Label(meaning, text, options=options)]

    def _pairs(self, text: str) -> list[Label]:
        """The labels before the colons of a text, each with what stands behind its own."""
        found: list[tuple[int, int, Meaning | None]] = []
        behind = 0
        for colon in (i for i, character in enumerate(text) if character == ":"):
            value = _own_number(text, found[-1], behind) if found else 0
            start, known = self._before(text[behind + value : colon])
            start += value
            found.append((behind + start, colon, known))
            behind = colon + 1
        if not any(known for *_, known in found) or (found[0][0] and found[0][2] is None):
            return []
        labels: list[Label] = []
        if _NOTE.match(solid(text)):
            return labels
        ends = [start for start, *_ in found[1:]] + [len(text)]
        for (start, colon, known), end in zip(found, ends, strict=True):
            if known is not None:
                rest = _own_part(known, text[colon + 1 : end])
                if _HOW_TO_FILL.match(rest):
                    return []
                labels.append(Label(known, text[start:colon], rest or None))
        return labels

    def _before(self, text: str) -> tuple[int, Meaning | None]:
        """Where the label at the end of a text begins, and what it means: the longest known one.

        Blanks may stand between its characters. An unknown one is the last word.
        """
        starts = [match.start() for match in _WORD_STARTS.finditer(text)]
        for start in starts:
            own = text[start:]
            if _ANSWER_FIRST.match(own):
                continue
            if len(own) <= _LONGEST and (known := self.meaning(own)) is not None:
                return start, known
        return (starts[-1] if starts else 0), None


def _own_number(text: str, label: tuple[int, int, Meaning | None], behind: int) -> int:
    """How long a number behind a label of numbers is that is its value: 家庭人口：3 联系电话：….

    Where the labels are numbered themselves (1 家庭人口： 2 耕地面积：), it may be the next one's.
    """
    start, _, known = label
    column = None if known is None else COLUMNS[known.table].get(known.column)
    if column is None or not isinstance(column.cell, NumberCell) or text[start].isdigit():
        return 0
    number = _NUMBER_FIRST.match(text, behind)
    return 0 if number is None else number.end() - behind


def _own_part(meaning: Meaning, behind: str) -> str:
    """What of the text behind a colon is the label's value: a day, or up to the sentence's end."""
    column = COLUMNS[meaning.table].get(meaning.column)
    words = behind.strip(" _,;。")
    if column is not None and column.cell.name == _DAY and not PERIOD.match(words):
        day = _DAY_FIRST.match(words)
        words = day[0] if day else words
    # A list of words may be parted by a mark (因病；因残), a number not.
    is_number = column is not None and (
        isinstance(column.cell, NumberCell) or _MANY_DIGITS.match(words) is not None
    )
    return re.split(_NUMBER_ENDS if is_number else "。", words)[0].strip(" _,;")


def unnumbered(text: str) -> str:
    """A label without the number before it: 低保人口 of A14低保人口."""
    return _NUMBER.sub("", text)


@lru_cache(4)
def _of_headings(
    extra: tuple[tuple[str, str], ...], lists: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> FormVocabulary:
    return FormVocabulary(Vocabulary(dict(extra), lists={name: dict(own) for name, own in lists}))


def form_vocabulary(headings: Vocabulary, lists: Lists | None = None) -> FormVocabulary:
    """The labels under a vocabulary of headings; files in one process share what was read.

    `lists` are the lists of codes that the notes of a sheet print.
    """
    known = {**headings.lists, **(lists or {})}
    codes = sorted((topic, tuple(options.items())) for topic, options in known.items())
    return _of_headings(tuple(headings.extra.items()), tuple(codes))


# A word that stands as a value (与户主关系) wherever it stands alone.
_VALUES = {"户主"}
