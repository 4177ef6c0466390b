"""Quotas whose headings say no more than 单位, 户数 and 人数: what the sheet is called says it."""

from collections.abc import Iterable
from dataclasses import replace

from jiandang.headings.vocabulary import Meaning, Vocabulary
from jiandang.patterns import regex
from jiandang.register.text import solid

_TABLE = "allocation"
_CALLED = regex(
    "(?:任务|指标|名额|人口规模|规模|控制数|计划)(?:数|表)?(?:的)?(?:分解|分配|下达|安排)"
    "|(?:分解|分配|下达).{0,6}(?:任务|指标|名额|规模)|任务数|指标数|控制数|任务(?:一览)?表"
)
# The same headings over other numbers: what was done, spent, or is to be done with the households.
_OF_OTHERS = regex("完成|进度|落实|资金|经费|项目|培训|脱贫|减贫|退出|帮扶|调查|录入|走访|搬迁")
_WORDS = {
    "planned_households": "户数 户 农户数 贫困户 贫困户数 贫困农户数 低收入户 低收入户数"
    " 低收入农户数 建档立卡户 建档立卡户数 建档立卡农户数 建档立卡贫困户 建档立卡贫困户数",
    "planned_persons": "人数 人 人口 人口数 贫困人口 贫困人数 贫困人口数 低收入人口 低收入人数"
    " 低收入人口数 建档立卡人口 建档立卡人数 建档立卡人口数 建档立卡贫困人口 建档立卡贫困人口数",
    "place": "单位(村) 村别 各村 村(社区)",
}
# What may stand before them, and need not.
_GROUPS = " 任务 任务数 指标 指标数 分解任务 分解指标 分配指标 计划 规模"
_MEANINGS = {
    group + word: Meaning(_TABLE, column)
    for column, words in _WORDS.items()
    for word in words.split()
    for group in (_GROUPS if column != "place" else "").split(" ")
}


def is_called_quota(texts: Iterable[str]) -> bool:
    """Whether the names and titles of a sheet call it a quota (任务分解, 指标分配表)."""
    said = [solid(text) for text in texts]
    return any(map(_CALLED.search, said)) and not any(map(_OF_OTHERS.search, said))


def of_quota(vocabulary: Vocabulary) -> Vocabulary | None:
    """The headings of a sheet that is called a quota; None where no quotas are looked for."""
    if _TABLE not in vocabulary.names:
        return None
    return replace(vocabulary, names=(_TABLE,), more=_MEANINGS)
