"""Edits of a household's income and people that leave all that depends on them in agreement."""

from datetime import date
from typing import Any

from town import Row, Town

from generators.layout import COST, INCOME, NET, PER_CAPITA, TRANSFERS
from generators.livelihood import settle
from generators.members import be_born

WAGE, BUSINESS, PROPERTY, TRANSFER = INCOME
DIBAO, WUBAO, PENSION, ECOLOGY, FAMILY_PLANNING, OTHER = TRANSFERS
SIX_PARTS = (
    *("种植业(元)", "养殖业(元)", "务工(元)", "低保五保养老收入(元)"),
    *("补贴性收入(元)", "其他收入(元)"),
)
TOTAL = "家庭总收入(元)"


def is_above_zero(value: Any) -> bool:
    return bool(value and value > 0)


def earn(record: Row, **cells: Any) -> None:
    """Sets cells of the income by heading without (元), then all sums and the average."""
    record.update({f"{heading}(元)": amount for heading, amount in cells.items()})
    settle(record)


def earn_a_head(record: Row, per_capita: float) -> None:
    """Raises what the children give until the income a head is this."""
    earn(record)
    gap = per_capita * record["家庭人口"] - record[NET]
    assert gap >= -record[OTHER], "the household earns more"
    earn(record, 其他转移性收入=record[OTHER] + gap)


def couple(town: Town) -> Row:
    """Two people before 60 who farm their land and earn nothing else."""
    return town.row("农户", 家庭人口=2, 农户属性="一般贫困户", 劳动力人数=2, **_FARM_ONLY)


def farmer(town: Town) -> Row:
    """One man before 60 who farms his land and earns nothing else."""
    return town.row("农户", 家庭人口=1, 农户属性="一般贫困户", 劳动力人数=1, **_FARM_ONLY)


_FARM_ONLY = {WAGE: 0, BUSINESS: is_above_zero, PENSION: 0}


def workers_family(town: Town) -> Row:
    """A household of three that lives on wages and on its land."""
    return town.row(
        "农户", 家庭人口=3, 农户属性="一般贫困户", **{WAGE: is_above_zero, BUSINESS: is_above_zero}
    )


def pensioners(town: Town) -> Row:
    """Two old people who draw a pension."""
    return town.row("农户", 家庭人口=2, **{PENSION: lambda amount: amount >= 2520})


def dibao_household(town: Town) -> Row:
    return town.row("农户", 农户属性="低保贫困户")


def wubao_household(town: Town) -> Row:
    return town.row("农户", 农户属性="五保户")


def exit_poverty(record: Row, per_capita: float = 6500) -> None:
    record["脱贫属性"], record["脱贫时间"] = "已脱贫", date(2016, 3, 25)
    earn_a_head(record, per_capita)


def turn_60_in_2015(town: Town, record: Row, month: int = 6, day: int = 15) -> None:
    """Makes the head reach 60 during the income year."""
    head = town.members(record)[0]
    be_born(head, date(1955, month, day))
    record["户主证件号码"] = head["证件号码"]


def take_six_part_form(town: Town) -> None:
    """Turns table 2 into the provincial form: six parts, a total and its average."""
    gone = {*INCOME, *TRANSFERS, COST, NET}
    headings = [heading for heading in town.headings["农户"] if heading not in gone]
    at = headings.index(PER_CAPITA)
    town.headings["农户"] = [*headings[:at], *SIX_PARTS, TOTAL, *headings[at:]]
    for record in town.rows("农户"):
        farmed = record["耕地面积(亩)"] - record["流转面积(亩)"]
        benefits = record[DIBAO] + record[WUBAO] + record[PENSION]
        others = record[PROPERTY] + record[ECOLOGY] + record[FAMILY_PLANNING] + record[OTHER]
        amounts = (round(800 * farmed), 0, record[WAGE], benefits, 120, others)
        earn_in_six(record, **dict(zip(SIX_PARTS, amounts, strict=True)))


def earn_in_six(record: Row, **cells: Any) -> None:
    """Sets cells of the six-part income, then the total and the average."""
    record.update(cells)
    record[TOTAL] = sum(record[part] for part in SIX_PARTS)
    record[PER_CAPITA] = round(record[TOTAL] / record["家庭人口"], 2)
