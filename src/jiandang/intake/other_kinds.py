"""Kinds of people who are in no register, by what their lists are called."""

import re
from typing import NamedTuple

from jiandang.patterns import regex
from jiandang.register.text import solid

AS_LIST = "检查时用 --with {kind}=文件 比对"
AS_CHANGES = "与上一次的登记表一起给出，核对增减（--before 上次 --changes 文件）"
AS_BEFORE = "用 --before 给出，比较两次登记"
# 清退后的名单 is of those who are left, and so is one without (不含) them.
STAY = regex("后|不含|不包括|未脱贫|未死亡|脱贫攻坚|脱贫措施|脱贫计划|预脱贫")
# A line between rows that heads those below it: 二、拟清退户（3户）; no sentence or remark.
_LONGEST_LINE = 24  # characters
_NO_TITLE = regex("[。;!?,:]|^[(*※]?(?:注|备注|说明)|[合总小]计|签[字名]|盖章")
_HEADS_ROWS = regex(
    r"^\(?[一二三四五六七八九十]{1,2}[)、.]|(?:名单|名册|清册|台账|[户人]|人员|表)(?:\([^()]*\))?$"
)


class OtherKind(NamedTuple):
    """A kind of list, what it is called and what to do with it.

    What `is_sure` is never a register; else another sheet has to have what this one lacks. Of what
    `has_members` most people may be in the register as well. `by` are headings that have told it.
    """

    named: re.Pattern[str]
    what: str
    way: str
    is_sure: bool = True
    has_members: bool = False
    by: tuple[str, ...] = ()


OTHER_KINDS = (
    OtherKind(
        regex("死亡|去世|亡故|病故|火化|(?:户口|户籍).{0,2}注销|注销(?:户口|户籍)|销户"),
        "死亡、注销的人",
        AS_LIST.format(kind="死亡"),
    ),
    OtherKind(
        regex(
            "剔除|清退|清理退出|核减|取消.{0,6}资格|不符合|不合格|(?:未|没有|不)(?:获|予|被)?(?:通过|批准|纳入|入选)"
            "|落选|非(?:贫困|低收入|建档立卡)|(?:减少|迁出|转出)(?:人员|人口|农?户|名单|名册|$)"
            "|人[员口]减少|自然减少"
        ),
        "剔除、减少或没有纳入的户（人）",
        AS_CHANGES,
    ),
    OtherKind(
        regex("一般农户|脱贫|退出"),
        "已经退出或没有纳入的户（人）",
        AS_CHANGES,
        is_sure=False,
    ),
    OtherKind(
        regex("干部|工作队|第一书记|村两委|(?:帮扶|责任|挂钩|结对|联系)人(?:员|名|花|信|一|$)"),
        "干部、帮扶人",
        AS_LIST.format(kind="干部"),
        is_sure=False,
    ),
)


def sure_kind_in(text: str) -> OtherKind | None:
    """The kind of people of whom a title speaks, where no register is called so."""
    name = solid(text)
    if STAY.search(name):
        return None
    return next((kind for kind in OTHER_KINDS if kind.is_sure and kind.named.search(name)), None)


def heads_rows(text: str) -> bool:
    """Whether a line between rows is a title of those below it."""
    name = solid(text)
    is_title = len(name) <= _LONGEST_LINE and not _NO_TITLE.search(name)
    return is_title and (_HEADS_ROWS.search(name) is not None or sure_kind_in(name) is not None)
