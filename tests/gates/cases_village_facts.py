"""RW019-RW024: 村情 against the register, and its own figures."""

from town import Cell, Row, Town, breaks, spares

from jiandang.report.model import Severity

FACTS, QUOTA, INCOME = "村情", "任务分解", "村集体经营性收入(万元)"


def _facts(town: Town, village: str = "柳湾村") -> Row:
    return town.row(FACTS, 行政村=village)


def _exchange(one: Row, other: Row, *headings: str) -> None:
    for heading in headings:
        one[heading], other[heading] = other[heading], one[heading]


@breaks("RW012")
def more_households_than_the_village_has(town: Town) -> Cell:
    facts = _facts(town)
    facts["农村户数"], facts["农村人口"] = 23, 80
    return town.cell(facts, "农村户数")


@spares("RW012")
def as_many_households_as_the_village_has(town: Town) -> None:
    _facts(town).update({"农村户数": 24, "农村人口": 80})


@breaks("RW019")
def code_of_the_facts_with_a_digit_wrong(town: Town) -> Cell:
    facts = _facts(town)
    facts["村码"] = "320324105209"
    return town.cell(facts, "村码")


@breaks("RW019")
def code_of_the_facts_of_another_village(town: Town) -> Cell:
    facts = _facts(town)
    facts["村码"] = _facts(town, "王庄村")["村码"]
    return town.cell(facts, "村码")


@breaks("RW019")
def code_of_the_facts_of_another_town(town: Town) -> Cell:
    facts = _facts(town)
    facts["村码"] = "320324106202"
    return town.cell(facts, "村码")


@breaks("RW019")
def code_of_the_facts_a_digit_short(town: Town) -> Cell:
    facts = _facts(town)
    facts["村码"] = facts["村码"][:-1]
    return town.cell(facts, "村码")


@breaks("RW019")
def name_of_the_facts_mistyped(town: Town) -> Cell:
    facts = _facts(town)
    facts["行政村"] = "柳弯村"
    return town.cell(facts, "行政村")


@breaks("RW019")
def names_of_two_facts_exchanged(town: Town) -> Cell:
    one, other = town.rows(FACTS)[:2]
    _exchange(one, other, "行政村")
    return town.cell(one, "行政村")


@spares("RW019")
def name_of_the_facts_in_short(town: Town) -> None:
    _facts(town)["行政村"] = "柳湾"


@spares("RW019")
def facts_without_codes(town: Town) -> None:
    town.headings[FACTS].remove("村码")


@breaks("RW020")
def village_twice_in_the_facts(town: Town) -> Cell:
    again = {**_facts(town), "农村人口": 2579}
    town.sheets[FACTS].append(again)
    return town.cell(again, "行政村")


@spares("RW020")
def village_of_the_same_name_in_another_town(town: Town) -> None:
    town.sheets[FACTS].append({**_facts(town), "村码": "320324106202", "行政村": "柳湾二村"})


@breaks("RW021")
def village_left_out_of_the_facts(town: Town) -> Cell:
    town.sheets[FACTS].remove(_facts(town))
    return town.cell(town.row("农户", 行政村="柳湾村"), "行政村")


@spares("RW021")
def facts_of_weak_villages_alone(town: Town) -> None:
    town.sheets[FACTS] = town.rows(FACTS, 是否经济薄弱村="是")


@breaks("RW022")
def facts_of_a_village_nobody_knows(town: Town) -> Cell:
    facts = {**_facts(town), "村码": "320324105209", "行政村": "孟集村"}
    town.sheets[FACTS].append(facts)
    return town.cell(facts, "行政村")


@spares("RW022")
def facts_of_a_village_without_a_quota(town: Town) -> None:
    town.sheets[FACTS].append({**_facts(town), "村码": "320324105209", "行政村": "孟集村"})
    quota = town.row(QUOTA, 名称="柳湾村")
    town.sheets[QUOTA].append(
        {**quota, "区划代码": "320324105209", "名称": "孟集村", "计划户数": 0, "计划人数": 0}
    )


@breaks("RW023", severity=Severity.ERROR)
def households_and_population_exchanged(town: Town) -> Cell:
    facts = _facts(town)
    facts["农村户数"], facts["农村人口"] = facts["农村人口"], facts["农村户数"]
    return town.cell(facts, "农村户数")


@breaks("RW023")
def population_of_a_nought_too_many(town: Town) -> Cell:
    facts = _facts(town)
    facts["农村人口"] *= 10
    return town.cell(facts, "农村户数")


@spares("RW023")
def village_of_small_households(town: Town) -> None:
    facts = _facts(town)
    facts["农村户数"] = facts["农村人口"] // 2


@breaks("RW024")
def income_of_the_village_in_yuan(town: Town) -> Cell:
    facts = _facts(town)
    facts[INCOME] = 95000
    return town.cell(facts, INCOME)


@breaks("RW024", severity=Severity.ERROR)
def income_of_the_village_below_nought(town: Town) -> Cell:
    facts = _facts(town)
    facts[INCOME] = -9.5
    return town.cell(facts, INCOME)


@spares("RW024")
def rich_village(town: Town) -> None:
    _facts(town, "陈桥村")[INCOME] = 620


@breaks("RW004")
def quotas_of_two_villages_exchanged(town: Town) -> Cell:
    one, other = (town.row(QUOTA, 名称=village) for village in ("王庄村", "柳湾村"))
    _exchange(one, other, "计划户数", "计划人数")
    return town.cell(one, "计划人数")


@breaks("RW005")
def quotas_of_households_of_two_villages_exchanged(town: Town) -> Cell:
    one, other = (town.row(QUOTA, 名称=village) for village in ("王庄村", "柳湾村"))
    _exchange(one, other, "计划户数")
    return town.cell(one, "计划户数")


@breaks("RW008")
def names_of_two_villages_of_the_quota_exchanged(town: Town) -> Cell:
    one, other = (town.row(QUOTA, 名称=village) for village in ("王庄村", "柳湾村"))
    _exchange(one, other, "名称")
    return town.cell(one, "区划代码")


@breaks("RW008")
def codes_of_two_villages_of_the_quota_exchanged(town: Town) -> Cell:
    one, other = (town.row(QUOTA, 名称=village) for village in ("王庄村", "柳湾村"))
    _exchange(one, other, "区划代码")
    return town.cell(one, "区划代码")


def few_households_of_many_people(town: Town) -> None:
    _facts(town)["农村户数"] = 20
