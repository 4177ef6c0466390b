"""Figures of whole villages: DC061-DC064, SB035, SB036; the type of a household: SB033."""

from survey_edits import WAGE, couple, earn, workers_family
from town import Cell, Row, Town, breaks, spares

from generators.layout import NET, PER_CAPITA

STEPS = "识别程序"


def months(town: Town, record: Row, total: int) -> None:
    """One member works so many months, nobody else any."""
    workers = [row for row in town.members(record) if row["务工时间(月)"]]
    for row in workers[1:]:
        row["务工状况"], row["务工时间(月)"] = None, 0
    workers[0]["务工时间(月)"] = total


AMOUNTS = (
    NET, PER_CAPITA, WAGE, "生产经营性收入(元)", "财产性收入(元)", "转移性收入(元)",
    "生产经营性支出(元)", "低保金(元)", "五保金(元)", "养老保险金(元)", "生态补偿金(元)",
    "计划生育金(元)", "其他转移性收入(元)",
)  # fmt: skip


def _divide(town: Town, by: int, *headings: str) -> Cell:
    rows = town.rows("农户", 行政村="柳湾村")
    for row in rows:
        row |= {heading: row[heading] / by for heading in headings if row[heading]}
    return town.cell(rows[0], PER_CAPITA)


@breaks("DC073")
def all_amounts_in_ten_thousands(town: Town) -> Cell:
    return _divide(town, 10_000, *AMOUNTS)


@breaks("DC073")
def all_amounts_in_thousands(town: Town) -> Cell:
    return _divide(town, 1_000, *AMOUNTS)


@spares("DC073")
def ten_thousands_that_the_headings_name(town: Town) -> None:
    for heading in AMOUNTS:
        other = heading.replace("(元)", "(万元)")
        headings = town.headings["农户"]
        headings[headings.index(heading)] = other
        for row in town.rows("农户"):
            amount = row.pop(heading)
            row[other] = round(amount / 10_000, 6) if amount else amount


@breaks("DC061")
def wage_of_a_year_in_a_month(town: Town) -> Cell:
    record = workers_family(town)
    months(town, record, 1)
    earn(record, 工资性收入=10_010)
    return town.cell(record, WAGE)


@breaks("DC061")
def wage_in_tens(town: Town) -> Cell:
    record = workers_family(town)
    months(town, record, 8)
    earn(record, 工资性收入=720)
    return town.cell(record, WAGE)


@spares("DC061")
def wage_of_a_month(town: Town) -> None:
    record = workers_family(town)
    months(town, record, 1)
    earn(record, 工资性收入=3200)


def village_rows(town: Town) -> list[Row]:
    return town.rows("农户", 行政村="王庄村")


def raise_income(record: Row, per_capita: float) -> None:
    """Sets the average, and with it the sums, by what the children give."""
    gap = per_capita * record["家庭人口"] - record[NET]
    earn(record, 其他转移性收入=max(0, record["其他转移性收入(元)"] + gap))


@breaks("DC062")
def five_equal_incomes_in_a_row(town: Town) -> Cell:
    rows = village_rows(town)[3:8]
    for record in rows:
        raise_income(record, 5890)
    return town.cell(rows[0], PER_CAPITA)


@spares("DC062")
def four_equal_incomes_in_a_row(town: Town) -> None:
    for record in village_rows(town)[3:7]:
        raise_income(record, 5890)


def round_incomes(town: Town, homes: int) -> list[Row]:
    rows = village_rows(town)
    for number, record in enumerate(rows):
        digit = 0 if number < homes else 1 + number % 9
        earn(record, 其他转移性收入=record["其他转移性收入(元)"] + (digit - record[NET]) % 10)
    return rows


@breaks("DC063")
def most_incomes_in_tens(town: Town) -> Cell:
    return town.cell(round_incomes(town, 23)[0], NET)


@spares("DC063")
def many_incomes_in_tens(town: Town) -> None:
    round_incomes(town, 20)


def one_team(town: Town, spread: int) -> list[Row]:
    """Two surveyors of their own visit ten households whose incomes are alike."""
    visits = []
    for number, record in enumerate(village_rows(town)[:10]):
        raise_income(record, 5850 + spread * number / 9)
        visit = town.row("入户调查", 户编号=record["户编号"])
        visit["调查人1"], visit["调查人2"] = "张三丰", "李四光"
        visits.append(visit)
    return visits


@breaks("DC064")
def ten_incomes_alike(town: Town) -> Cell:
    return town.cell(one_team(town, 90)[0], "调查人1")


@spares("DC064")
def ten_incomes_that_differ(town: Town) -> None:
    one_team(town, 120)


def all_in_favour(town: Town, present: int | None = None) -> list[Row]:
    rows = town.rows(STEPS, 行政村="王庄村")
    for row in rows:
        row["实到代表"] = present or row["实到代表"]
        row["同意票"], row["反对票"], row["弃权票"] = row["实到代表"], 0, 0
    return rows


@breaks("SB035")
def unanimous_for_all(town: Town) -> Cell:
    return town.cell(all_in_favour(town, 41)[0], "同意票")


@spares("SB035")
def unanimous_with_different_numbers(town: Town) -> None:
    all_in_favour(town)


@breaks("SB036")
def another_number_of_delegates(town: Town) -> Cell:
    row = town.rows(STEPS, 行政村="王庄村")[4]
    row["应到代表"] = 54
    return town.cell(row, "应到代表")


@spares("SB036")
def other_delegates_on_another_day(town: Town) -> None:
    for row in town.rows(STEPS, 行政村="王庄村")[4:9]:
        row["应到代表"] = 46
        row["评议日期"] = row["评议日期"].replace(day=4)


@breaks("SB033")
def ordinary_household(town: Town) -> Cell:
    record = couple(town)
    record["农户属性"] = "一般农户"
    return town.cell(record, "农户属性")


@spares("SB033")
def ordinary_household_that_exited(town: Town) -> None:
    record = couple(town)
    record["农户属性"], record["脱贫属性"], record["脱贫时间"] = "一般农户", "已脱贫", "2016"
    raise_income(record, 6500)
