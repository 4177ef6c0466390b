"""The columns that say where a household lives: shared by most tables."""

import re
from functools import lru_cache

import polars as pl

from jiandang.patterns import regex
from jiandang.register.han_numerals import with_digits
from jiandang.register.table import Table, column
from jiandang.register.text import simplified_expr
from jiandang.register.text_cells import CodeNumber, HouseholdNumber, PlaceName, Text, VillageName
from jiandang.register.village_names import VILLAGE_SUFFIX, whole_village

# Begins what stands for the code of a household that has none; the head's name follows.
UNNUMBERED = "（无户编号）"

# What stands for a household in a row of steps that is of all of its village.
WHOLE_VILLAGE = "全村"
SAYS_WHOLE_VILLAGE = "^(?:全村|整村|本村|各户|全体|所有)"

# A county's or town's code that zeros fill up to twelve digits; its own part is group 1.
FILLED_CODE = "^([0-9]{6}(?:[0-9]{3})??)(?:000){1,2}$"

# What stands before a village's name in an address: the end of what it is in, or a blank.
_ABOVE_VILLAGES = "省市县区镇乡道处场园村社会委 \u3000,，、"
_MARK = "\0"
# What may be left away behind names, by column.
TOWN_SUFFIX = "(?:镇|乡|街道(?:办事处)?|办事处)$"
_SUFFIXES = {
    "county": "[县市区]$",
    "town": TOWN_SUFFIX,
    "group": "(?:村民小组|村小组|小组|组|队)$",
}

# The village before its group: 王庄村一组.
_OF_VILLAGE = regex("^.+?(?:村(?:委会)?|社区|居委会)(?=第?[0-9一二三四五六七八九十]|.+[组队]$)")

# A household's number in its village alone: 1, 001, A-3.
_SHORT = "[0-9A-Za-z-]{1,11}"
SHORT_NUMBER = f"^{_SHORT}$"
# The same as `number_in_village` makes it; the number is group 1.
_IN_VILLAGE = f"^.+第({_SHORT})号$"


def plain_village(name: pl.Expr) -> pl.Expr:
    """A village's name, simplified, without what may be left away."""
    whole = simplified_expr(name).str.replace("社区(?:居委会|居民委员会)$", "社区")
    return whole.str.replace(f"^(.+?){VILLAGE_SUFFIX}", "$1")


def group_name(name: str) -> str:
    """The one form of a group's name: 1 for 第一组, 一组 and 1组."""
    return _plain_place("group", name)


def town_name(name: str) -> str:
    """The one form of a town's name: 官山 for 官山镇 and 官山."""
    return _plain_place("town", name)


def is_in_village(address: pl.Expr, plain: pl.Expr) -> pl.Expr:
    """Whether an address names a village, given as `plain_village`: 小王庄 is not 王庄."""
    # With a mark where a village may begin one search will do; one for each of what may stand
    # before it would work out both texts as often.
    return _marked(simplified_expr(address)).str.contains(_marked(plain), literal=True)


def _marked(text: pl.Expr) -> pl.Expr:
    """A text with a mark at its beginning, and behind all that may stand before a village."""
    return pl.lit(_MARK) + text.str.replace_all(f"[{_ABOVE_VILLAGES}]", f"${{0}}{_MARK}")


@lru_cache(maxsize=4096)
def says_same(column: str, one: str, other: str) -> bool:
    """Whether two texts in a column name one place (官山 and 官山镇, 第三组 and 3) or post."""
    if column == "helper_post":
        return _is_same_post(one, other)
    if column == "household_id":
        return one == other or _is_same_number(one, other)
    if one == other or _plain_place(column, one) == _plain_place(column, other):
        return True
    bare, other_bare = (_OF_VILLAGE.sub("", each) for each in (one, other))
    is_said_with_village = (bare == one) != (other_bare == other)  # 王庄村一组 and 一组
    return (
        column == "group"
        and is_said_with_village
        and _plain_place(column, bare) == _plain_place(column, other_bare)
    )


# What the names of offices end with, before somebody's post there.
_OFFICE = regex(
    "(?:[局委办站所队社厅部处科室院会校村镇乡]|政府|公司|集团|银行|中心|中学|小学|街道)$"
)


def _is_same_post(one: str, other: str) -> bool:
    """Whether one is the other behind the name of an office: 睢宁县水务局科员 and 科员."""
    short, long = sorted((re.sub(r"\s", "", one), re.sub(r"\s", "", other)), key=len)
    office = long.removesuffix(short)
    is_behind = len(short) > 1 and office != long and _OFFICE.search(office) is not None
    return one == other or is_behind


def _is_same_number(one: str, other: str) -> bool:
    """Whether one is the other's number in its village: 王庄村第3号 and 320324105201003."""
    short, whole = sorted((own_number_of(one), own_number_of(other)), key=len)
    is_number = re.fullmatch("[0-9]+", short) and re.fullmatch("[0-9]{13,20}", whole)
    return is_number is not None and int(short) == int(whole[12:])


def _plain_place(column: str, name: str) -> str:
    if column == "village":
        return whole_village(name)
    short = re.sub(_SUFFIXES.get(column, "$"), "", name)
    if column == "group":
        return with_digits(short.removeprefix("第"))
    return short if len(short) > 1 else name  # 丰县


def number_in_village(village: pl.Expr, number: pl.Expr) -> pl.Expr:
    """What tells a household whose number is one of its village alone: 王庄村第1号."""
    return pl.format("{}第{}号", village, number)


def village_of_number(household: pl.Expr) -> pl.Expr:
    """王庄村 of 王庄村第1号; null of other numbers, and where nobody names the village."""
    return household.str.extract(f"^([^（].*)第{_SHORT}号$")


def is_serial(household: pl.Expr) -> pl.Expr:
    """Whether a number is a household's in its village alone, which may be given anew each time."""
    return household.str.contains(f"{_IN_VILLAGE}|{SHORT_NUMBER}")


def own_number(household: pl.Expr) -> pl.Expr:
    """The number as it stands in the cell: 1 of 王庄村第1号."""
    return household.str.replace(_IN_VILLAGE, "$1")


def own_number_of(household: str) -> str:
    """As `own_number`, of one text."""
    return re.sub(_IN_VILLAGE, r"\1", household)


class Place(Table):
    """County to village group (县、乡、村、组), by name and by code."""

    county: PlaceName | None = column(
        "县(市、区)", "县", "县区", "县名称", "区县", "县市区", "所在县", "县级", "县(区)名称",
        description="县级名称",
    )  # fmt: skip
    town: PlaceName | None = column(
        "乡(镇)", "乡镇", "镇(街道)", "镇", "乡镇名称", "乡", "镇街", "乡镇(街道)", "所在乡镇",
        "所在镇", "乡镇名", "镇名", "镇名称", "街道",
        description="乡级名称",
    )  # fmt: skip
    village: VillageName | None = column(
        "行政村", "村", "村名", "行政村名", "村名称", "村(居)", "村居", "所在村", "所属村",
        "所属行政村", "村(居)委会", "村居委会", "村委会", "村(社区)", "行政村名称", "所在行政村",
        "村(居)名称", "村别", "村庄",
        description="行政村名称",
    )  # fmt: skip
    group: PlaceName | None = column(
        "村民小组", "组名", "自然村", "村组", "组", "小组", "组别", "所在组", "组名称", "村民组",
        "村小组", "生产队", "村民小组(生产队)",
        "村民小组名称", "自然村组",
        description="村民小组或自然村",
    )  # fmt: skip
    village_code: CodeNumber | None = column(
        "村码", "行政区划代码", "区划代码", "村代码", "村编码", "行政村代码", "行政村编码",
        "行政村码",
        description="12位：省2、市2、县2、乡3、村3",
    )  # fmt: skip
    place: Text | None = column(
        "省、市、县、乡、村", "所在地区", description="并在一列里的地名（省级系统导出表）"
    )


class HouseholdPlace(Place):
    """A place and the household in it."""

    household_id: HouseholdNumber | None = column(
        "户编号", "户码", "农户编码", "户号", "建档立卡号", "家庭编号", "家庭户编号",
        "农户编号", "户编码", "户代码", "农户代码", "建档立卡编号", "建档立卡户编号", "家庭编码",
        "贫困户编号",
        required=True, description="12至20位；江苏的户码15位：村码12位加户号3位",
    )  # fmt: skip
