"""村情 against the register, and its figures: RW019-RW024."""

from collections.abc import Iterator

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.place import plain_village
from jiandang.report.model import Severity

c = pl.col

# Persons in a household on the average of a whole village, at the least and at the most.
_MEAN_SIZE = (1.5, 8)
# 万元: no village here earns as much, but 1 万元 in 元 is more.
_RICH = 1000

# -- which village of the register a row is about ----------------------------------------------

derived("village", needs="village").columns(plain_name=plain_village(c.village))

derived("village", of="household", on=("plain_name", "village_name"), needs="village").columns(
    codes_of_name=c.village_code12.n_unique(), code_of_name=c.village_code12.first()
)

derived("village", of="household", on=("village_code12", "village_code12"), needs="").columns(
    name_of_code=c.village.drop_nulls().mode().sort().first()
)

derived("village", needs="village_code village household.village").columns(
    # The code that all households of this name have, where it is another.
    right_code=pl.when(
        (c.codes_of_name == 1) & (c.code_of_name != pl.coalesce("village_code12", "village_code"))
    ).then(c.code_of_name),
    # The name that households of this code have, where no household has this one.
    right_name=pl.when(
        c.code_of_name.is_null() & (c.plain_name != plain_village(c.name_of_code))
    ).then(c.name_of_code),
)

# Of two rows that have each other's code the row of the other.
derived("village", of="village", on=("right_code", "village_code12"), needs="right_code").columns(
    exchanged_with=c.ref.first(), code_beside=c.right_code.first()
)

derived("village", needs="right_code").columns(
    is_exchanged=(c.code_beside == c.village_code12).fill_null(False)
)


@rule(
    "RW019",
    "村情表的村码、村名与登记表不符",
    Severity.WARNING,
    "village",
    at="village_code",
    message="村情表里“{village}”的村码是 {village_code}，{why:s}",
    basis="S-P 区划代码：一个村码是一个村的",
    needs="village_code village household.village",
)
def village_of_another_code(policy: Policy) -> Iterator[Violation]:
    """村情表的村码、村名与登记户的一致：登记户的这个村名都是另一个村码，或者这个村码是另一个村名。
    两个村的村码（或村名）互换了的报一次。“王庄”“王庄村”算同名。

    改法：按统计用区划代码核对，改正写错的村码或村名；改了名的，各张表写成一样。
    错例：登记户里柳湾村是 320324105202，村情表写 320324105209
    对例：两张表里柳湾村都是 320324105202
    """
    why = pl.format("登记户里这个村都是 {}", c.right_code)
    yield Violation(c.right_code.is_not_null() & ~c.is_exchanged, expected=c.right_code, why=why)
    both = pl.concat_str(why, pl.lit("，那一行写的是这个村的：两个村互换了"))
    first = c.is_exchanged & (c.ref < c.exchanged_with)
    yield Violation(first, at="village", why=both)
    yield Violation(
        c.right_name.is_not_null(),
        at="village",
        expected=c.right_name,
        why=pl.format("登记户里这个村码是“{}”的", c.right_name),
    )


derived("village", needs="").columns(
    times_listed=pl.concat_str(
        pl.coalesce("village_code12", "town"), c.plain_name, separator="/", ignore_nulls=True
    )
)

derived("village", over="times_listed", needs="village").columns(first_listed=c.ref.first())


@rule(
    "RW020",
    "村情表里一个村有两行",
    Severity.ERROR,
    "village",
    at="village|village_code",
    message="“{village}”在村情表里已经有一行：{first_listed:place}",
    basis="逻辑：一个村只有一个村情",
    needs="village",
)
def village_listed_twice(policy: Policy) -> Violation:
    """村情表里一个村只有一行。村码不同、村名相同的，见“村情表的村码、村名与登记表不符”。

    改法：核对两行的数字，留下对的一行，删去另一行；是两个村的，改正村码和村名。
    错例：王庄村有两行，农村人口一行 3246、一行 3264
    对例：每个村一行
    """
    return Violation((c.ref != c.first_listed) & c.village.is_not_null())


# -- villages that one side lacks --------------------------------------------------------------

derived("household", of="village", needs="village_code|village|household_id").columns(
    rows_of_facts=c.ref.len()
)

# A row with a wrong code, or none, is of the village that it names (RW019).
derived("household", of="village", on=("village_name", "plain_name"), needs="").columns(
    named_in_facts=c.ref.len()
)

derived("household", of="village", on=("today", "today"), needs="").columns(
    # Whether 村情 is of all villages, not of those alone that are 经济薄弱村.
    facts_are_of_all=(~c.weak_village).any(),
    # A row of no known village (LR004) may be of any.
    has_facts_of_nowhere=c.village_key.is_null().any(),
)

derived("household", over="village_key", needs="").columns(
    village_has_facts=c.rows_of_facts.is_not_null().any()
)

derived("household", over="today", needs="").columns(
    share_with_facts=c.rows_of_facts.is_not_null().mean()
)


@rule(
    "RW021",
    "登记的村不在村情表中",
    Severity.WARNING,
    "household",
    at="village",
    message="登记了“{village}”{count} 户，村情表里没有这个村",
    basis="S-P 村情表：一村一行",
    per="village",
    needs="village_code|village|household_id village.weak_village",
)
def village_without_facts(policy: Policy) -> Violation:
    """登记户所在的村，村情表里有一行。村情表只有经济薄弱村的，或者多半的村都没有的，不查。

    改法：村情表补上这个村；村名、村码写错的改正。
    错例：登记了陈桥村 23 户，村情表里只有王庄村、柳湾村
    对例：登记户的村，村情表里都有
    """
    lacking = c.village_key.is_not_null() & ~c.village_has_facts & c.named_in_facts.is_null()
    told = c.is_unallocated.fill_null(False) | c.has_facts_of_nowhere  # RW003
    return Violation(lacking & ~told & c.facts_are_of_all & (c.share_with_facts > 0.5))


derived("village", of="allocation", needs="").columns(quotas_of_village=c.planned_persons.count())


@rule(
    "RW022",
    "村情表里的村没有登记户",
    Severity.INFO,
    "village",
    at="village|village_code",
    message="村情表里有“{village}”，登记表和任务分解表里都没有这个村",
    basis="S-P 村情表与登记表核对",
    needs="village household.household_id allocation.planned_persons",
)
def facts_of_no_household(policy: Policy) -> Violation:
    """村情表里的村，登记表里有户，或者任务分解表里有任务。

    改法：这是提示。村名、村码写错的改正；这个村没有低收入户的不用改。
    错例：村情表有孟集村，登记表和任务分解表里都没有
    对例：村情表的村都有登记户
    """
    unknown = c.registered_households.is_null() & c.quotas_of_village.is_null()
    named = c.right_code.is_null() & c.right_name.is_null()
    return Violation(unknown & named & c.registered_households.is_not_null().any())


# -- figures -----------------------------------------------------------------------------------


@rule(
    "RW023",
    "村情的户数与人口不合",
    Severity.WARNING,
    "village",
    at="rural_households",
    message="{village}农村 {rural_households} 户 {rural_population} 人，{why}",
    basis="算术：一户至少一人；农村户均三四人",
)
def households_against_population(policy: Policy) -> Iterator[Violation]:
    """全村的农村户数不多于农村人口（多于的是错误），户均人口一般在 1.5 到 8 人之间。

    改法：核对户数和人口是否填反、是否多写或少写一位。
    错例：农村户数 3246，农村人口 812
    对例：农村户数 812，农村人口 3246
    理由：数字属实。
    """
    more = c.rural_households > c.rural_population
    yield Violation(more, severity=Severity.ERROR, why="户数比人口还多，可能填反了")
    mean = c.rural_population / c.rural_households
    low, high = _MEAN_SIZE
    yield Violation(
        ~mean.is_between(low, high) & (c.rural_households > 0) & ~more,
        why=pl.format("户均 {} 人，请看是不是多写或少写了一位", mean.round(1)),
    )


@rule(
    "RW024",
    "村集体收入的数字疑误",
    Severity.WARNING,
    "village",
    at="collective_income",
    message="{village}的村集体经营性收入是 {collective_income} 万元，{why}",
    basis="算术：收入不小于0；本工具的判断",
)
def odd_collective_income(policy: Policy) -> Iterator[Violation]:
    """村集体经营性收入不是负数（负数是错误），也不到一千万元：更多的，多半是以元为单位填的。

    改法：核对单位，一律填万元。
    错例：村集体经营性收入(万元)：68000
    对例：村集体经营性收入(万元)：6.8
    理由：数字属实。
    """
    yield Violation(c.collective_income < 0, severity=Severity.ERROR, why="收入不能是负数")
    yield Violation(c.collective_income >= _RICH, why="像是以元为单位填的")
