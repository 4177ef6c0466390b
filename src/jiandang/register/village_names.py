"""The names of villages, as people write them."""

import re

from jiandang.patterns import regex
from jiandang.register.text import simplified, solid

# What the names of villages end with, in full.
VILLAGE_ENDINGS = ("村", "社区", "居委会")
# 王庄, 王庄村, 王庄行政村, 王庄村委会 and 王庄村村民委员会 are one village.
VILLAGE_SUFFIX = "(?:行政村|村?村(?:民委员会|委会|委)|村)$"
# What stands around a village's name: 王庄村(贫困村), 1.王庄村, 睢宁县官山镇王庄村, 王庄村一组.
# 大李村(南) and 大李村(北) are two; 王庄(村) is 王庄村.
_KIND_BEHIND = regex(r"[(【\[](村|社区)[)】\]]$")
_REMARK = regex(r"[(【\[][^()【】\[\]]{2,}[)】\]]")
_LIST_NUMBER = regex(r"^[0-9]{1,3}[.、:,)_-]?(?=[\u4e00-\u9fff]{2})(?![号组队村里])")
_LETTER = "[^省市县区镇乡]"
_COUNTY_BEFORE = f"(?:{_LETTER}{{2,8}}省)?(?:{_LETTER}{{2,4}}市)?(?:{_LETTER}{{1,4}}[县市区])"
_TOWN_BEFORE = f"{_LETTER}{{1,6}}(?:镇|乡|街道(?:办事处)?|办事处)"
# A name may have such a character itself (市场村, 小镇): what is left must look like a village's.
_PLACES_BEFORE = regex(
    f"^(?:{_COUNTY_BEFORE}{_TOWN_BEFORE}(?=.{{2}})|(?:{_TOWN_BEFORE}|{_LETTER}{{2,4}}县)"
    "(?=.{2,}(?:村|村委|委员会|社区|居委会)$))"
)
_GROUP_BEHIND = regex("^(.{2,}?村)第?[一二三四五六七八九十0-9]{1,3}(?:村民)?小?[组队]$")


def village_name(text: str) -> str:
    """A village's name without what else people write into its cell: 官山镇王 庄村（贫困村）."""
    name = _KIND_BEHIND.sub(r"\1", solid(text))
    name = _REMARK.sub("", name) or name
    name = _LIST_NUMBER.sub("", name)
    name = _PLACES_BEFORE.sub("", name)
    return _GROUP_BEHIND.sub(r"\1", name)


def whole_village(name: str, town: str = "") -> str:
    """The one form of a village's name: 王庄村 for 王庄, 王庄村委会 and 官山镇王庄 of 官山镇.

    Traditional characters are no other name.
    """
    if len(name) > len(town) + 1:
        name = name.removeprefix(town)
    short = re.sub(f"^(.+?){VILLAGE_SUFFIX}", r"\1", simplified(village_name(name)))
    return short if short.endswith(VILLAGE_ENDINGS) else f"{short}村"
