"""The derived columns that several rules need, each defined once.

Ages are completed years at the policy's reference date (基准日), never at run time.
"""

from datetime import date

import polars as pl

from jiandang.engine.derived import derived
from jiandang.policy import Policy
from jiandang.register.place import FILLED_CODE
from jiandang.register.resident_id_columns import (
    birth_date_expr,
    region_expr,
    sex_expr,
    upgrade_expr,
    well_formed_expr,
)
from jiandang.register.tables import CHANGES, STEP_TABLES

c = pl.col

DIBAO_TYPES = ("低保户", "低保贫困户")
WUBAO_TYPES = ("五保户", "五保贫困户", "特困供养户")
LABOURERS = ("普通劳动力", "技能劳动力")
UNABLE = ("丧失劳动力", "无劳动力")
# Years of age, from and to.
WORKING_AGE = (16, 59)
# What 务工状况 says of those who do not work away from the farm.
NOT_AWAY = ("在家务农", "未务工")
# Below 高中: 义务教育, and what comes before.
FREE_SCHOOL = ("学前教育", "小学", "七年级", "八年级", "九年级")
IN_SCHOOL_UNIVERSITY = ("大学本科", "硕士及以上")

# A mobile of 11 digits, or an area code and 7 or 8 digits; or several of them in one cell.
_ONE_PHONE = "(?:1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[2-9][0-9]{6,7})"
PHONE = f"^{_ONE_PHONE}(?:[/、,;]?{_ONE_PHONE})*$"

# A number in 年龄 above this is a birth year (省表).
OLDEST_AGE = 150


def years_between(earlier: pl.Expr, later: date | pl.Expr) -> pl.Expr:
    """Completed years from one date to a later one."""
    end = later if isinstance(later, pl.Expr) else pl.lit(later)
    before_birthday = _day_of_year(earlier) > _day_of_year(end)
    return end.dt.year() - earlier.dt.year() - before_birthday.cast(pl.Int32)


def _day_of_year(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def sum_if_known(values: pl.Expr) -> pl.Expr:
    """The sum; null where one of the values is not known."""
    return pl.when(values.is_not_null().all()).then(values.sum())


def first_by(rows: pl.Expr, *keys: pl.Expr) -> pl.Expr:
    """The reference of the first of the group's rows by these keys, in whatever order they stand.

    Only where the keys are equal does the place in the sheets decide.
    """
    chosen = pl.when(rows).then(c.ref)
    return chosen.sort_by([chosen.is_null(), *keys, c.ref]).first()


def is_chosen(key: pl.Expr) -> pl.Expr:
    """One row of each key, whatever their order: of the household with the lowest number."""
    home = c.household_id.fill_null("")
    of_key = pl.concat_str(key, home, separator="/")
    return key.is_not_null() & (home == home.min().over(key)) & of_key.is_first_distinct()


def is_earlier(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether a date comes before another, as far as both go: 2016 is not before 2016-03."""
    length = pl.min_horizontal(one.str.len_chars(), other.str.len_chars())
    return one.str.slice(0, length) < other.str.slice(0, length)


# A village that leaves at most this share of its cells empty asks for all of them, and so does one
# that leaves a single one of so many.
_EMPTY, ENOUGH_CELLS = 0.05, 10


def are_few(asked: pl.Expr, lacking: pl.Expr) -> pl.Expr:
    """Whether so few of the cells in which something is asked for are empty that they were
    forgotten."""
    return (asked >= ENOUGH_CELLS) & ((lacking == 1) | (lacking <= _EMPTY * asked))


# -- a person --------------------------------------------------------------------------------


# The 18 characters that tell the person: of a disability card the first 18.
#
# An old number of 15 digits is brought into its form of 18.
derived("member", CHANGES).columns(
    identity=pl.coalesce(upgrade_expr(c.id_number), c.id_number.str.slice(0, 18))
)

derived("member").columns(
    # The identity number where it is one by its form, else null.
    well_formed=well_formed_expr(c.identity),
    # The date of birth in the identity number.
    id_birth=birth_date_expr(c.well_formed),
    # 男 or 女 by the identity number.
    id_sex=sex_expr(c.well_formed),
    # The first six digits of the identity number.
    id_region=region_expr(c.well_formed),
)

derived("household").columns(
    # As `identity`, of 户主证件号码.
    head_identity=pl.coalesce(upgrade_expr(c.head_id), c.head_id.str.slice(0, 18)),
    # 户主证件号码 where it is an identity number by its form, else null.
    head_well_formed=well_formed_expr(c.head_identity),
)

# 男 or 女: by the identity number, else by 性别.
derived("member", needs="id_number|sex").columns(
    known_sex=pl.coalesce(c.id_sex, c.sex.cast(pl.String))
)

# The date of birth: by the number, else by 出生日期 where that is a whole date.
derived("member", needs="id_number|birth_date").columns(
    born=pl.coalesce(c.id_birth, c.birth_date.str.to_date("%Y-%m-%d", strict=False))
)


@derived("member")
def written_age(policy: Policy) -> pl.Expr:
    """The age that 年龄 says, a birth year counted from the reference date."""
    is_year = c.age > OLDEST_AGE
    return pl.when(is_year).then(policy.reference_date.year - c.age).otherwise(c.age)


@derived("member", needs="id_number|birth_date|age")
def years(policy: Policy) -> pl.Expr:
    """The person's age in completed years at the reference date."""
    return pl.coalesce(years_between(c.born, policy.reference_date), c.written_age)


def school_day(policy: Policy) -> date:
    """31 August before the reference date, when the school year begins."""
    reference = policy.reference_date
    return date(reference.year - (reference < date(reference.year, 8, 31)), 8, 31)


@derived("member", needs="id_number|birth_date|age")
def school_years(policy: Policy) -> pl.Expr:
    """Age at the beginning of the school year."""
    return pl.coalesce(years_between(c.born, school_day(policy)), c.written_age)


@derived("member", needs="id_number|birth_date|age")
def pension_years(policy: Policy) -> pl.Expr:
    """Age on the eve of the income year: 60 by then means a whole year's pension.

    It is paid from the month after the birthday.
    """
    eve = date(policy.income_year - 1, 12, 31)
    earlier = policy.reference_date.year - policy.income_year + 1
    return pl.coalesce(years_between(c.born, eve), c.written_age - earlier)


# Papers of people who have no identity card: foreign spouses, the newborn, conscripts.
OTHER_PAPERS = ("护照", "户口簿", "出生证", "军人证件", "港澳台通行证", "无证件")
NEWBORN = 2

# Of so many households of a village nearly all alike are told of.
ENOUGH_HOUSEHOLDS, NEARLY_ALL = 10, 0.9


@derived("member", needs="id_type|birth_date|age")
def may_lack_number(policy: Policy) -> pl.Expr:
    """Whether the person may have no identity number, by the papers or as a child under two."""
    # Where every row has 居民身份证, the newborn have it too before there is any.
    return c.id_type.is_in(OTHER_PAPERS).fill_null(False) | (c.years < NEWBORN).fill_null(False)


derived("member").columns(
    is_head=(c.relation == "户主").fill_null(False),
    in_school=c.student != "非在校生",
    # Whether the person counts as 劳动力.
    is_labourer=c.labour.is_in(LABOURERS),
)


@derived("member", needs="work|work_months")
def works(policy: Policy) -> pl.Expr:
    """Whether the person works for pay away from the farm: a place of work, or months."""
    away = (~c.work.is_in(NOT_AWAY)).fill_null(False)
    # 其他 without months says nothing: forms print it for those who do not work.
    somewhere = away & ~((c.work == "其他") & (c.work_months.fill_null(0) == 0)).fill_null(False)
    idle = (c.work_months == 0).fill_null(False)
    return (somewhere & ~idle) | (c.work_months > 0).fill_null(False)


# 长期慢性病, 患有大病, or 体弱多病 of the provincial forms.
derived("member").columns(is_sick=c.health.str.contains("长期慢性病|患有大病|体弱多病"))


@derived("member", needs="health|disability_card")
def is_disabled(policy: Policy) -> pl.Expr:
    """残疾, or a disability card in its own column or under 证件号码."""
    return (
        c.health.str.contains("残疾").fill_null(False)
        | (c.disability_card.is_not_null() & (c.disability_card != ""))
        | (c.id_number.str.len_chars() >= 20).fill_null(False)
    )


derived("member", over="household_id", needs="id_number|sex").columns(
    head_sex=c.known_sex.filter(c.is_head).first()
)

derived("member", over="household_id", needs="id_number|birth_date").columns(
    head_born=c.born.filter(c.is_head).first()
)

derived("member", over="household_id", needs="id_number|birth_date|age").columns(
    head_years=c.years.filter(c.is_head).first()
)

derived("member", over="household_id").columns(
    first_spouses_row=c.ref.filter((c.relation == "配偶").fill_null(False)).first(),
    # The name of the household's first 配偶.
    first_spouse=c.name.filter((c.relation == "配偶").fill_null(False)).first(),
)


# -- a household, by its members -------------------------------------------------------------


derived("household", of="member").columns(
    # How many member rows the household has; null where it has none.
    members=c.household_id.len(),
    heads=c.is_head.sum(),
    # Members whose relation is empty or unreadable: any of them may be the head.
    blank_relations=c.relation.is_null().sum(),
    # The name of the 户主 among the members.
    head_member_name=c.name.filter(c.is_head).first(),
    head_member_id=c.id_number.filter(c.is_head).first(),
    labourers=c.is_labourer.sum(),
    # Members with 弱劳动力或半劳动力, whom some count as 劳动力.
    half_labourers=(c.labour == "弱劳动力或半劳动力").sum(),
    unknown_labour=c.labour.is_null().sum(),
    workers=c.works.sum(),
    dibao_members=c.dibao.sum(),
    unknown_dibao=c.dibao.is_null().sum(),
)

# Who heads the household, to be shown: by the household's row, else by its members.
derived("household", needs="head_name|member.name").columns(
    head=pl.coalesce(c.head_name, c.head_member_name)
)

derived("household").columns(
    # Whether table 2 itself has the household, not only a sheet of members.
    is_listed=c.own,
    is_dibao_type=c.household_type.is_in(DIBAO_TYPES),
    is_wubao_type=c.household_type.is_in(WUBAO_TYPES),
)

# Whether table 2 has any household of the village's members: it may be about others.
derived("member", over="village_key").columns(village_is_listed=c.is_listed.any())

# Whether table 1 has members of any household of the village: it may be about others.
derived("household", over="village_key").columns(village_has_members=c.members.is_not_null().any())

# Whether table 1 has the head's family under another number (LR205).
derived("household", over="head").columns(has_unlisted_namesake=c.is_listed.not_().any())

# What the household earns by work: 工资性收入, or 务工 of the six-part form.
derived("household", needs="wage|labour_income").columns(wages=pl.coalesce(c.wage, c.labour_income))

# The town, by code or by name; empty where neither is known.
derived(*STEP_TABLES, needs="").columns(
    home_town=pl.coalesce(c.village_code12.str.slice(0, 9), c.town, pl.lit(""))
)


# -- places ----------------------------------------------------------------------------------


# Registered persons of the household: its member rows, else its 家庭人口.
derived("household", needs="household_id").columns(persons=pl.coalesce(c.members, c("size")))


@derived("allocation", "village", of="household", needs="household_id")
def persons_of_code(policy: Policy) -> pl.Expr:
    """Registered persons under the place's code; null where a household's are not known."""
    numbered = c.household_id.is_not_null() & c.household_id.is_first_distinct()
    return sum_if_known(c.persons.filter(numbered & ~c.is_moved & ~c.has_odd_village_code))


@derived("allocation", "village", of="household", needs="household_id")
def households_of_code(policy: Policy) -> pl.Expr:
    """Registered households; rows without a number may be the same household again."""
    own = ~c.is_of_moved.fill_null(False) & ~c.has_odd_village_code
    numbers = c.household_id.filter(own).drop_nulls().n_unique()
    # One that got another's number counts in the village that its code says.
    return numbers + (c.has_anothers_number & c.village_code.is_not_null()).sum()


# Those of the place whose code is another's (LR120).
derived(
    "allocation",
    "village",
    of="household",
    on=("village_code12", "village_by_number"),
    needs="household_id",
).columns(persons_of_number=sum_if_known(c.persons), households_of_number=c.household_id.n_unique())

# Registered persons and households of the place; null where none are known.
derived("allocation", "village", needs="household.household_id").columns(
    registered_persons=c.persons_of_code + c.persons_of_number.fill_null(0),
    registered_households=c.households_of_code + c.households_of_number.fill_null(0),
)


# The code without the zeros that fill a county's or town's up to twelve digits.
derived("allocation").columns(place_code=c.code.str.replace(FILLED_CODE, "$1"))


@derived("allocation", needs="code|level|place")
def is_village(policy: Policy) -> pl.Expr:
    """Whether the row is of a village: by 级别, else by the code's length, else by the name."""
    by_code = c.place_code.str.len_chars() == 12
    by_name = ~c.place.str.contains("(?:[县市镇乡]|街道|办事处|[^社]区)$")
    by_either = pl.coalesce(by_code, by_name).fill_null(True)
    return pl.when(c.level.is_not_null()).then(c.level == "村").otherwise(by_either)
