"""DC 入户调查关: the figures of the income."""

from survey_edits import (
    BUSINESS,
    OTHER,
    PROPERTY,
    TOTAL,
    TRANSFER,
    WAGE,
    couple,
    dibao_household,
    earn,
    earn_a_head,
    earn_in_six,
    exit_poverty,
    farmer,
    is_above_zero,
    take_six_part_form,
    workers_family,
)
from town import Cell, Row, Town, breaks, spares

from generators.layout import COST, NET, PER_CAPITA
from jiandang.report.model import Severity


@breaks("DC007")
def net_income_too_high(town: Town) -> Cell:
    record = couple(town)
    record[NET] += 500
    record[PER_CAPITA] += 250
    return town.cell(record, NET)


@breaks("DC007")
def net_income_wrong_and_average_right(town: Town) -> Cell:
    record = couple(town)
    record[NET] += 2
    return town.cell(record, NET)


@breaks("DC007")
def wage_of_a_nought_too_many(town: Town) -> Cell:
    record = workers_family(town)
    record[WAGE] *= 10
    return town.cell(record, WAGE)


@breaks("DC007")
def wage_in_ten_thousands(town: Town) -> Cell:
    record = workers_family(town)
    record[WAGE] /= 10_000
    return town.cell(record, WAGE)


@breaks("DC007")
def costs_in_hundreds(town: Town) -> Cell:
    record = couple(town)
    record[COST] /= 100
    return town.cell(record, COST)


@breaks("DC007")
def transfers_short_of_a_nought(town: Town) -> Cell:
    record = couple(town)
    record[TRANSFER] /= 10
    return town.cell(record, TRANSFER)


@breaks("DC007")
def two_parts_would_close_the_sum(town: Town) -> Cell:
    record = workers_family(town)
    earn(record, 工资性收入=700, 生产经营性收入=700, 生产经营性支出=300)
    # The wage ten times, or the harvest.
    record[NET] = record[WAGE] * 11 + record[PROPERTY] + record[TRANSFER] - record[COST]
    record[PER_CAPITA] = round(record[NET] / record["家庭人口"], 2)
    return town.cell(record, NET)


@spares("DC007")
def net_income_rounded(town: Town) -> None:
    record = couple(town)
    record[NET] += 1


@breaks("DC008")
def average_wrong(town: Town) -> Cell:
    record = couple(town)
    record[PER_CAPITA] -= 2
    return town.cell(record, PER_CAPITA)


@breaks("DC008")
def average_of_ten_times_as_many(town: Town) -> Cell:
    record = couple(town)
    record[PER_CAPITA] /= 10
    return town.cell(record, PER_CAPITA)


@breaks("DC008")
def six_part_average_wrong(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    record[PER_CAPITA] -= 80
    return town.cell(record, PER_CAPITA)


@spares("DC008")
def average_rounded(town: Town) -> None:
    for record in town.rows("农户"):
        record[PER_CAPITA] = round(record[PER_CAPITA])


@breaks("DC009")
def total_too_high(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    record[TOTAL] += 500
    return town.cell(record, TOTAL)


@breaks("DC009")
def planting_of_a_nought_too_many(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    record["种植业(元)"] *= 10
    return town.cell(record, "种植业(元)")


@spares("DC009")
def six_part_form(town: Town) -> None:
    take_six_part_form(town)
    couple(town)[TOTAL] += 1


@breaks("DC010")
def parts_above_transfer(town: Town) -> Cell:
    record = couple(town)
    record[OTHER] += 900
    return town.cell(record, TRANSFER)


@breaks("DC010")
def other_transfers_of_a_nought_too_many(town: Town) -> Cell:
    record = couple(town)
    record[OTHER] *= 10
    return town.cell(record, OTHER)


@breaks("DC010")
def part_that_does_not_belong_there(town: Town) -> Cell:
    """4,200 too much is not 0.42 in another unit."""
    record = couple(town)
    record["生态补偿金(元)"] = 4200
    return town.cell(record, TRANSFER)


@breaks("DC010", beside="LR014")
def parts_above_transfer_without_one(town: Town) -> Cell:
    """Whatever the empty one may be, it can only add to them."""
    record = couple(town)
    record[OTHER] += 900
    record["生态补偿金(元)"] = None
    return town.cell(record, TRANSFER)


@spares("DC010")
def parts_not_all_told(town: Town) -> None:
    for record in town.rows("农户"):
        earn(record, 其他转移性收入=500)
        record[OTHER] -= 100


@breaks("DC067")
def listed_parts_short_of_the_transfer(town: Town) -> Cell:
    record = couple(town)
    earn(record, 其他转移性收入=500)
    record[OTHER] -= 120
    return town.cell(record, TRANSFER)


@breaks("DC067")
def part_short_of_a_nought(town: Town) -> Cell:
    record = couple(town)
    earn(record, 其他转移性收入=500)
    record[OTHER] = 50
    return town.cell(record, OTHER)


@breaks("DC067")
def transfer_too_high_for_parts_and_net(town: Town) -> Cell:
    """The sum of all says so too, and is not told again (DC007)."""
    record = couple(town)
    earn(record, 其他转移性收入=500)
    record[TRANSFER] += 130
    return town.cell(record, TRANSFER)


@breaks("DC067", severity=Severity.SUSPECT)
def part_short_of_a_nought_where_parts_are_some(town: Town) -> Cell:
    for record in town.rows("农户"):
        earn(record, 其他转移性收入=500)
        record[OTHER] = 230
    record = couple(town)
    record[OTHER] = 50
    return town.cell(record, OTHER)


@spares("DC067")
def parts_that_are_but_some(town: Town) -> None:
    for record in town.rows("农户")[::3]:
        earn(record, 其他转移性收入=500)
        record[OTHER] = 230


@spares("DC067")
def form_without_the_other_transfers(town: Town) -> None:
    for record in town.rows("农户"):
        earn(record, 其他转移性收入=500)
    town.headings["农户"].remove(OTHER)


@breaks("DC011")
def negative_property_income(town: Town) -> Cell:
    record = couple(town)
    earn(record, 财产性收入=-300)
    return town.cell(record, PROPERTY)


@breaks("DC011")
def negative_benefit(town: Town) -> Cell:
    member = town.row("成员", **{"低保残疾金(元)": lambda amount: bool(amount) and amount > 0})
    member["低保残疾金(元)"] = -member["低保残疾金(元)"]
    return town.cell(member, "低保残疾金(元)")


@breaks("DC011")
def negative_costs(town: Town) -> Cell:
    record = couple(town)
    earn(record, 生产经营性支出=-record[COST], 生产经营性收入=record[BUSINESS] - 2 * record[COST])
    return town.cell(record, COST)


@breaks("DC011")
def negative_subsidies(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    earn_in_six(record, **{"补贴性收入(元)": -120})
    return town.cell(record, "补贴性收入(元)")


@spares("DC011")
def year_of_loss(town: Town) -> None:
    town.policy["income_floor"] = -5000
    record = farmer(town)
    earn(record, 生产经营性收入=3000, 生产经营性支出=4200, 其他转移性收入=300)
    assert record[NET] < 0


@breaks("DC012")
def income_too_low(town: Town) -> Cell:
    record = farmer(town)
    earn(record, 生产经营性收入=800, 生产经营性支出=500, 其他转移性收入=199)
    return town.cell(record, PER_CAPITA)


@spares("DC012")
def income_just_enough(town: Town) -> None:
    earn(farmer(town), 生产经营性收入=800, 生产经营性支出=500, 其他转移性收入=200)


@breaks("DC013")
def average_in_fen(town: Town) -> Cell:
    # Of any other type the income would not be below the line either (SB018).
    record = dibao_household(town)
    earn_a_head(record, 30_001)
    return town.cell(record, PER_CAPITA)


@breaks("DC013")
def wages_in_thousands(town: Town) -> Cell:
    record = workers_family(town)
    earn(record, 工资性收入=9.5, 生产经营性收入=record[COST] + 5000)
    return town.cell(record, WAGE)


@breaks("DC013")
def harvest_in_thousands(town: Town) -> Cell:
    take_six_part_form(town)
    record = workers_family(town)
    earn_in_six(record, **{"种植业(元)": 3.6})
    return town.cell(record, "种植业(元)")


@spares("DC013")
def small_dividend_and_wages(town: Town) -> None:
    record = workers_family(town)
    earn(record, 工资性收入=100, 财产性收入=60, 生产经营性收入=record[COST] + 5000)


@breaks("DC014")
def work_without_wages(town: Town) -> Cell:
    record = couple(town)
    member = town.members(record)[0]
    member["务工状况"], member["务工时间(月)"] = "省外务工", 6
    return town.cell(record, WAGE)


@breaks("DC014")
def work_without_wages_in_six_parts(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    member = town.members(record)[0]
    member["务工状况"], member["务工时间(月)"] = "县内务工", 6
    return town.cell(record, "务工(元)")


@spares("DC014")
def work_at_home(town: Town) -> None:
    member = town.members(couple(town))[0]
    member["务工状况"], member["务工时间(月)"] = "在家务农", 0


@breaks("DC015")
def wages_without_work(town: Town) -> Cell:
    record = workers_family(town)
    for member in town.members(record):
        member["务工状况"], member["务工时间(月)"] = None, None
    return town.cell(record, WAGE)


@spares("DC015")
def odd_jobs_of_less_than_a_month(town: Town) -> None:
    record = couple(town)
    for member in town.members(record):
        member["务工状况"], member["务工时间(月)"] = None, None
    earn(record, 工资性收入=1900, 生产经营性收入=6000, 生产经营性支出=1800, 其他转移性收入=400)


@spares("DC015")
def register_without_work(town: Town) -> None:
    town.headings["成员"].remove("务工状况")
    town.headings["成员"].remove("务工时间(月)")


@breaks("DC020")
def land_without_harvest(town: Town) -> Cell:
    record = couple(town)
    earn(record, 生产经营性收入=0, 生产经营性支出=0, 其他转移性收入=3000)
    return town.cell(record, BUSINESS)


@breaks("DC020")
def land_without_harvest_in_six_parts(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    earn_in_six(record, **{"种植业(元)": 0, "其他收入(元)": 3000})
    return town.cell(record, "种植业(元)")


@breaks("DC020", severity=Severity.INFO)
def land_of_a_couple_who_are_away(town: Town) -> Cell:
    record = couple(town)
    for row in town.members(record):
        row["务工状况"], row["务工时间(月)"] = "省外务工", 10
    earn(record, 生产经营性收入=0, 生产经营性支出=0, 工资性收入=9000)
    return town.cell(record, BUSINESS)


@spares("DC020")
def land_let(town: Town) -> None:
    record = couple(town)
    record["流转面积(亩)"] = record["耕地面积(亩)"]
    earn(record, 生产经营性收入=0, 生产经营性支出=0, 财产性收入=3000)


@breaks("DC021")
def poor_harvest(town: Town) -> Cell:
    take_six_part_form(town)
    record = couple(town)
    earn_in_six(record, **{"种植业(元)": 299 * record["耕地面积(亩)"], "其他收入(元)": 3000})
    return town.cell(record, "种植业(元)")


@spares("DC021")
def harvest_just_likely(town: Town) -> None:
    take_six_part_form(town)
    record = couple(town)
    earn_in_six(record, **{"种植业(元)": 300 * record["耕地面积(亩)"], "其他收入(元)": 3000})


@breaks("DC043")
def harvest_without_costs(town: Town) -> Cell:
    record = couple(town)
    earn(record, 生产经营性收入=record[BUSINESS] - record[COST], 生产经营性支出=0)
    return town.cell(record, COST)


@spares("DC043")
def small_costs(town: Town) -> None:
    record = couple(town)
    earn(record, 生产经营性收入=record[BUSINESS] - record[COST] + 1, 生产经营性支出=1)


@breaks("DC069")
def costs_of_three_harvests(town: Town) -> Cell:
    return town.cell(_spend_three_harvests(workers_family(town)), COST)


@spares("DC069")
def loss_of_a_bad_year(town: Town) -> None:
    record = workers_family(town)
    earn(record, 生产经营性支出=record[BUSINESS] + 300)


@spares("DC069")
def loss_by_a_flood(town: Town) -> None:
    record = workers_family(town)
    record["主要致贫原因"] = "因灾"
    _spend_three_harvests(record)


def _spend_three_harvests(record: Row) -> Row:
    """And earn as much more by wages, so that the household lives on the same."""
    more = 2 * record[BUSINESS] + 1000
    earn(record, 工资性收入=record[WAGE] + more, 生产经营性支出=record[COST] + more)
    return record


def households_earning(town: Town, incomes: list[int]) -> list[Row]:
    """Gives the first households of the first village these incomes a head."""
    records = town.rows("农户", 行政村="王庄村")
    assert len(records) == 28
    for record, per_capita in zip(records, incomes, strict=False):
        earn_a_head(record, per_capita)
    return records


@breaks("DC039")
def nine_equal_incomes_of_28(town: Town) -> Cell:
    return town.cell(households_earning(town, [5850] * 9)[0], PER_CAPITA)


@spares("DC039")
def eight_equal_incomes_of_28(town: Town) -> None:
    households_earning(town, [5850] * 8)


@breaks("DC040")
def fifteen_incomes_of_28_below_the_line(town: Town) -> Cell:
    return town.cell(households_earning(town, [*range(5900, 5960, 4)])[0], PER_CAPITA)


@spares("DC040")
def half_of_the_incomes_below_the_line(town: Town) -> None:
    households_earning(town, [*range(5900, 5956, 4), 5899])


@breaks("DC049")
def out_of_poverty_below_the_line(town: Town) -> Cell:
    record = couple(town)
    exit_poverty(record, 5999)
    return town.cell(record, PER_CAPITA)


@spares("DC049")
def out_of_poverty_on_the_line(town: Town) -> None:
    exit_poverty(couple(town), 6000)


COPIED = ("工资性收入", "生产经营性收入", "财产性收入", "生产经营性支出", "生态补偿金",
          "其他转移性收入")  # fmt: skip


def copy_income(town: Town) -> Row:
    """Gives a household the income of another of its village and size; returns the later one."""
    first = workers_family(town)
    alike = town.rows("农户", 行政村=first["行政村"], 家庭人口=3, 农户属性="一般贫困户",
                      **{WAGE: is_above_zero, BUSINESS: is_above_zero})  # fmt: skip
    second = next(r for r in alike if r is not first and r["养老保险金(元)"] == 0)
    kept = ("养老保险金", "低保金", "五保金", "计划生育金")
    assert all(second[f"{part}(元)"] == 0 for part in kept)
    earn(second, **{part: first[f"{part}(元)"] for part in COPIED})
    return second


@breaks("DC054")
def income_copied(town: Town) -> Cell:
    return town.cell(copy_income(town), PER_CAPITA)


@breaks("DC054")
def income_copied_to_two_more(town: Town) -> Cell:
    """A village's copies are told of once."""
    second = copy_income(town)
    third = next(
        row
        for row in town.rows("农户", 行政村=second["行政村"], 农户属性="一般贫困户")
        if row["家庭人口"] == 3 and row[PER_CAPITA] != second[PER_CAPITA] and row[WAGE] > 0
    )
    earn(third, **{part: second[f"{part}(元)"] for part in COPIED})
    return town.cell(second, PER_CAPITA)


@spares("DC054")
def income_almost_copied(town: Town) -> None:
    second = copy_income(town)
    earn(second, 工资性收入=second[WAGE] + 10)


@spares("DC054")
def uniform_transfers(town: Town) -> None:
    """Only what everybody gets alike is the same."""
    for record in town.rows("农户", 农户属性="五保户"):
        earn(record, 五保金=3600, 养老保险金=1260, 其他转移性收入=200, 财产性收入=0)


@breaks("DC007")
def wage_in_ten_thousands_rounded(town: Town) -> Cell:
    """Two digits behind the point say it to 100 元: what closes the sum is said exactly."""
    record = workers_family(town)
    record[WAGE] += 9675 - record[WAGE]
    earn(record)
    record[WAGE] = 0.97
    (found,) = town.findings(select=["DC007", "DC013"])
    assert (found.rule, found.expected) == ("DC007", "9675")
    return town.cell(record, WAGE)
