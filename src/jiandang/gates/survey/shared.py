"""The derived columns of this gate's rules."""

import polars as pl

from jiandang.engine.derived import blank, derived
from jiandang.gates.misplaced import misplaced
from jiandang.gates.relations import CHILDREN, GRANDCHILDREN, SONS_AND_DAUGHTERS_IN_LAW
from jiandang.gates.shared import ENOUGH_HOUSEHOLDS, NEARLY_ALL, NOT_AWAY
from jiandang.gates.timing import deadline_of, is_over
from jiandang.policy import Policy
from jiandang.register.register import NOT_ASKED

c = pl.col

# Sums may differ by a rounding of each side.
_ONE_YUAN = 1.000001

FOUR_PARTS = ("wage", "business_income", "property_income", "transfer")
NET_PARTS = dict.fromkeys(FOUR_PARTS, 1) | {"cost": -1}  # with their signs in the sum
SIX_PARTS = ("planting", "breeding", "labour_income", "benefits", "subsidies", "other_income")
# Paid at the same rate to many households, so that equal amounts say nothing.
UNIFORM_TRANSFERS = ("dibao_money", "wubao_money", "pension", "family_planning")
TRANSFER_PARTS = (*UNIFORM_TRANSFERS, "ecology", "other_transfer")


def differs(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """Whether two amounts differ by more than 1 元."""
    return (left - right).abs() > _ONE_YUAN


def none_or_zero(name: str) -> pl.Expr:
    """Whether the cell says 0 or was left empty; a sheet without the column says nothing."""
    return (c(name) == 0) | blank(name)


# -- the visit -------------------------------------------------------------------------------


# Few people visit many households: what is worked out of their names is so once for equal ones.
@derived("survey", over="surveyors")
def listed_surveyors(policy: Policy) -> pl.Expr:
    """The names in the one column of those who went there, with 、 between them."""
    # A blank or 和 parts two names only after a whole name: 王 强 and 李和平 are one person each.
    return (
        c.surveyors.first()
        .str.replace(r"^(\p{Han}{2,3})[和与及](\p{Han}{2,3})$", "${1}、${2}")
        .str.replace_all(r"(\p{Han}{2}) ", "${1}、")
        .str.replace_all(" ", "")
        .str.replace_all("[、,;/+&|]+", "、")
        .str.strip_chars("、")
    )


@derived("survey", needs="surveyor_1|surveyor_2|surveyors")
def all_surveyors(policy: Policy) -> pl.Expr:
    """Those who went there, from two columns or from one; empty where nobody is named."""
    listed = pl.when(c.listed_surveyors != "").then(c.listed_surveyors)
    return pl.concat_str("surveyor_1", "surveyor_2", listed, separator="、", ignore_nulls=True)


# The same as a list.
derived("survey", needs="surveyor_1|surveyor_2|surveyors").columns(
    surveyor_names=pl.when(c.all_surveyors != "")
    .then(c.all_surveyors)
    .str.split("、")
    .fill_null([])
)

# The same in an order of their own: 张三、李四 are the people of 李四、张三.
derived("survey", over="all_surveyors").columns(
    team=c.surveyor_names.first().list.unique().list.sort().list.join("、")
)


@derived("survey", needs="surveyed")
def no_visit(policy: Policy) -> pl.Expr:
    """A row with nothing but the household: the missing date (DC001) says it all."""
    return (
        blank("surveyed") & (c.all_surveyors == "") & c.head_signed.is_null() & c.reviewer.is_null()
    )


@derived("survey", needs="")
def awaits_entry(policy: Policy) -> pl.Expr:
    """Whether the rest of the visit is not entered yet, and need not be."""
    return blank("entered").fill_null(False) & ~is_over(deadline_of("entered", policy))


@derived("survey")
def visit_team(policy: Policy) -> pl.Expr:
    """Who visited on which day in which town; null where either of the first is missing."""
    known = (c.all_surveyors != "") & c.surveyed.is_not_null()
    return pl.when(known).then(pl.concat_str(c.team, c.surveyed.cast(pl.String), c.home_town))


# How many households the same people visited on the same day.
derived("survey", over="visit_team").columns(team_visits=c.household_id.len())


# -- helpers ---------------------------------------------------------------------------------


# The helper by name and phone; a name alone may be two people's.
derived("household").columns(helper_key=pl.concat_str("helper", "helper_phone", separator=" "))

derived("household", over="helper_key").columns(
    helper_households=c.household_id.drop_nulls().n_unique()
)


# -- income ----------------------------------------------------------------------------------


# The net income that the four parts and the costs come to; null if one is missing.
derived("household").columns(
    net_of_parts=c.wage + c.business_income + c.property_income + c.transfer - c.cost
)


@derived("household")
def total_of_parts(policy: Policy) -> pl.Expr:
    """The total that the six parts come to; null if one is missing."""
    return c.planting + c.breeding + c.labour_income + c.benefits + c.subsidies + c.other_income


# What the listed parts of the transfer come to; those left empty can only add to it.
derived("household", needs="|".join(TRANSFER_PARTS)).columns(
    transfer_listed=pl.sum_horizontal(*TRANSFER_PARTS)
)

# Whether every part of the transfer is filled, so that together they are all of it.
derived("household", needs="transfer " + " ".join(TRANSFER_PARTS)).columns(
    transfer_is_listed=pl.all_horizontal(c(part).is_not_null() for part in TRANSFER_PARTS)
)

_LISTED = c.transfer_is_listed & c.transfer.is_not_null()
derived("household", over="village_key").columns(
    transfers_listed=_LISTED.sum(),
    transfers_alike=(_LISTED & ~differs(c.transfer, c.transfer_listed)).sum(),
)

# Whether the village's parts come to the transfer.
derived("household").columns(
    village_lists_transfers=(c.transfers_listed >= ENOUGH_HOUSEHOLDS)
    & (c.transfers_alike >= NEARLY_ALL * c.transfers_listed)
)

derived("household").columns(
    # The one part that is wrong by a power of ten, if that is what is wrong with the sum.
    part_of_net=misplaced(c.net_income, c.net_of_parts, NET_PARTS),
    # As `part_of_net`.
    part_of_total=misplaced(c.total, c.total_of_parts, dict.fromkeys(SIX_PARTS, 1)),
)

# As `part_of_net`.
derived("household", needs="transfer " + "|".join(TRANSFER_PARTS)).columns(
    part_of_transfer=misplaced(c.transfer, c.transfer_listed, dict.fromkeys(TRANSFER_PARTS, 1))
)

# The household's income as stated: 家庭纯收入, or 家庭总收入 of the six-part form.
derived("household", needs="net_income|total").columns(income=pl.coalesce(c.net_income, c.total))


@derived("household", needs="per_capita size net_income|total")
def per_capita_differs(policy: Policy) -> pl.Expr:
    """Whether the income a head fits neither the stated income nor its parts (DC008)."""
    parts = pl.coalesce(c.net_of_parts, c.total_of_parts)
    people = pl.when(c("size") > 0).then("size")
    # A wrong sum is DC007's or DC009's: an average of the right one is right.
    fits_parts = ~differs(c.per_capita, parts / people)
    return differs(c.per_capita, c.income / people) & ~fits_parts.fill_null(False)


@derived("member", needs="work|work_months")
def may_work(policy: Policy) -> pl.Expr:
    """Whether the person may earn wages: any place of work or months, even if they disagree."""
    somewhere = (~c.work.is_in(NOT_AWAY)).fill_null(False)
    return somewhere | (c.work_months > 0).fill_null(False)


derived("household", of="member").columns(possible_workers=c.may_work.sum())

# How many households of the village have an income a head.
derived("household", over="village_key").columns(village_incomes=c.per_capita.count())

derived("household").columns(
    village_and_income=pl.concat_str("village_key", "per_capita", separator=" ")
)

# How many households of the village have just this income a head.
derived("household", over="village_and_income").columns(same_incomes=c.per_capita.count())


@derived("household")
def just_below_line(policy: Policy) -> pl.Expr:
    line = policy.income_line
    return c.per_capita.is_between(line - 100, line, closed="left")


derived("household", over="village_key").columns(incomes_just_below=c.just_below_line.sum())


@derived("household", needs="wage|planting")
def income_pattern(policy: Policy) -> pl.Expr:
    """Village and income in detail, where three parts are not zero; uniform transfers aside."""
    uniform = pl.sum_horizontal(c(*UNIFORM_TRANSFERS).fill_null(0))
    parts = [
        *(c.wage, c.business_income, c.property_income, c.transfer - uniform),
        *(c.planting, c.breeding, c.labour_income, c.subsidies, c.other_income),
    ]
    filled = pl.sum_horizontal((part != 0).fill_null(False) for part in parts)
    texts = [part.cast(pl.String).fill_null("") for part in (*parts, c.cost)]
    pattern = pl.concat_str("village_key", *texts, separator=" ")
    return pl.when((filled >= 3) & c.household_id.is_not_null()).then(pattern)


derived("household", over="income_pattern").columns(
    # The first household of the village with the same income in detail, by its number.
    pattern_household=c.household_id.min(),
    pattern_second_row=c.ref.sort_by("household_id", "ref").slice(1, 1).first(),
    pattern_homes=c.household_id.count(),
)


@derived("household", needs="")
def has_no_income_yet(policy: Policy) -> pl.Expr:
    """Whether the sheet asks for the income and nothing of it is filled: LR004 says so once."""
    asked = ("per_capita", "net_income", "total", *FOUR_PARTS, *TRANSFER_PARTS, *SIX_PARTS)
    nothing = pl.all_horizontal(c(name).is_null() for name in asked)
    return nothing & pl.any_horizontal(blank(name) for name in asked)


derived("household", of="survey", needs="survey.surveyed").columns(
    is_written_up=(c.surveyed.is_not_null() & ~c.awaits_entry).any()
)


@derived("household", needs="")
def awaits_visit(policy: Policy) -> pl.Expr:
    """Whether what the visit finds out is not known or entered yet, and need not be."""
    is_due = is_over(deadline_of("surveyed", policy)) | c.is_written_up.fill_null(False)
    return c.has_no_income_yet & ~is_due


# -- benefits --------------------------------------------------------------------------------


# Whether no member draws 低保残疾金; null where the form does not ask.
derived("household", of="member").columns(
    no_benefit=none_or_zero("benefit").all(ignore_nulls=False)
)


@derived("household", needs="transfer " + "|".join(TRANSFER_PARTS))
def unnamed_transfer(policy: Policy) -> pl.Expr:
    """By how much 转移性收入 is more than the parts that are named; null where it is not."""
    more = c.transfer - c.transfer_listed
    return pl.when(more > _ONE_YUAN).then(more)


# Whether the eldest reached 60, the age of 五保, after the income year had begun.
derived("household", of="member", needs="member.id_number|member.birth_date|member.age").columns(
    newly_sixty=(c.years.max() >= 60) & (c.pension_years.max() < 60)
)

derived("household", of="member").columns(
    # Insured members who drew a pension for the whole income year.
    pensioners=((c.pension_years >= 60) & c.pension_insurance).sum(),
    # Whether nobody reached 60 by the reference date; null if somebody's age is unknown.
    all_under_60=(c.years < 60).all(ignore_nulls=False),
)


# -- causes: null where a member's cell is empty and no other member settles it ----------------


derived("household", of="member").columns(has_sick=c.is_sick.any(ignore_nulls=False))


@derived("household", of="member")
def has_disabled(policy: Policy) -> pl.Expr:
    known = c.is_disabled | pl.when(c.health.is_not_null()).then(False)
    return known.any(ignore_nulls=False)


@derived("household", of="member", needs="member.relation member.id_number|member.sex")
def seems_widowed(policy: Policy) -> pl.Expr:
    """Whether there is no 配偶, but children, or a woman as the head: hardly any never married."""
    children = c.relation.is_in([*CHILDREN, *SONS_AND_DAUGHTERS_IN_LAW, *GRANDCHILDREN]).any()
    woman = (c.is_head & (c.known_sex == "女")).any()
    return ~(c.relation == "配偶").any() & (children | woman)


derived("household", of="member").columns(has_student=c.in_school.any(ignore_nulls=False))

derived("household").columns(arable_per_head=c.arable / pl.when(c("size") > 0).then("size"))

derived("household", over="village_key").columns(
    # The village's median of arable land a head.
    village_arable=c.arable_per_head.median(),
    # How many households the median is of.
    village_lands=c.arable_per_head.count(),
)


# -- a person's card -------------------------------------------------------------------------


@derived("member", needs="disability_card|id_number")
def card(policy: Policy) -> pl.Expr:
    """The disability card's number, which may stand under 证件号码."""
    as_identity = pl.when(c.id_number.str.len_chars().is_in([20, 22])).then("id_number")
    return pl.coalesce(pl.when(c.disability_card != "").then("disability_card"), as_identity)


derived("member", needs="disability_card|id_number").columns(
    # 视力 1, 听力 2, 言语 3, 肢体 4, 智力 5, 精神 6, 多重 7.
    card_category=c.card.str.slice(18, 1),
    # The grade of the disability: 1, the heaviest, to 4.
    card_grade=c.card.str.slice(19, 1),
)

derived("household").columns(without_visit=pl.when(c.visits_listed.is_null()).then(c.today))

derived("household", of="survey", on=("household_id", "meant_household"), needs="").columns(
    mistyped_visits=c.household_id.len()
)

# Whether a row is of 入户调查, and not only signed: a card (明白卡) asks for no day of a visit.
derived("survey", needs="").columns(
    lists_visit=~c.bad.str.contains(f"|surveyed{NOT_ASKED}|", literal=True).fill_null(False)
)

# How many rows of its own the household has in 入户调查; null for none.
derived("household", of="survey").columns(
    visits_listed=c.household_id.filter("lists_visit").count().replace(0, None)
)

# Whether the table has a row for each household of the village, and not one for them all.
derived("household", over="village_key").columns(
    village_lists_visits=c.visits_listed.is_not_null().any()
)
