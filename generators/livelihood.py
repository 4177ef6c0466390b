"""What a household lives on: its land, and an income whose parts, sums and averages agree."""

from dataclasses import dataclass
from datetime import date

from generators.families import WUBAO, Family
from generators.layout import COST, INCOME, LAND, NET, PER_CAPITA, TRANSFERS, Row
from generators.people import REFERENCE_DATE, Invention, age_on

BASE_PENSION = 1260


@dataclass(frozen=True)
class Land:
    """In mu. Whoever cannot farm lets everything, since land of one's own must show an income."""

    arable: float
    let: float
    woods: float
    water: float

    @classmethod
    def drawn(cls, invent: Invention, size: int, family: Family) -> "Land":
        # The land of a 五保户 went back to the village.
        wubao = family.household_type == WUBAO
        arable = 0 if wubao else invent.random.randrange(9, 16) * size / 10
        woods = invent.random.randrange(2, 12) / 10 if invent.chance(0.15) else 0
        water = invent.random.randrange(3, 15) / 10 if invent.chance(0.06) else 0
        return cls(arable, 0 if family.farms else arable, woods, water)

    def row(self) -> Row:
        irrigated = round(self.arable * 0.8, 1)
        sizes = (self.arable, irrigated, self.let, self.woods, self.woods, 0, 0, self.water)
        return {f"{land}面积(亩)": mu for land, mu in zip(LAND, sizes, strict=True)}


def income(invent: Invention, members: list[Row], family: Family, land: Land) -> Row:
    """The parts of the income; also sets the working members' months to fit the wages."""
    random = invent.random
    workers = [member for member in members if member["务工状况"]]
    transfers = _transfers(invent, members, family, land)
    rent = round(land.let * random.randrange(700, 900, 10))
    wanted = random.randrange(2300, 5500, 10) * len(members)
    least = 700 * len(members) if family.farms or workers else 0
    earned = max(wanted - sum(transfers.values()) - rent, least)
    wage = business = cost = 0
    if workers:
        share = random.uniform(0.55, 0.75) if family.farms else 1.0
        wage = 10 * round(earned * share / 10)
        for worker in workers:
            monthly = random.randrange(1500, 2600)
            months = round(wage / len(workers) / monthly)
            worker["务工时间(月)"] = min(11, max(1, months))
    if family.farms:
        cost = round((earned - wage) * random.uniform(0.4, 0.7))
        business = earned - wage + cost
    elif not workers:
        # What the children give to their old parents.
        transfers["其他转移性收入(元)"] += round(earned, -1)
    earnings = zip(INCOME, (wage, business, rent), strict=False)
    return {**dict(earnings), **transfers, COST: cost}


def settle(record: Row) -> None:
    """Sets the sums and the average of a household's income from its parts and its size."""
    record[INCOME[-1]] = sum(_number(record[part]) for part in TRANSFERS)
    net = sum(_number(record[part]) for part in INCOME) - _number(record[COST])
    record[NET], record[PER_CAPITA] = net, round(net / whole(record["家庭人口"]), 2)


def _number(value: object) -> int | float:
    assert isinstance(value, int | float)
    return value


def _transfers(invent: Invention, members: list[Row], family: Family, land: Land) -> dict[str, int]:
    """The parts of 转移性收入; pensions and 低保金 follow from the members' rows."""
    random = invent.random
    pensioners = [member for member in members if age_on(REFERENCE_DATE, born(member)) >= 60]
    insured = sum(member["养老保险"] == "是" for member in pensioners)
    transfers = dict.fromkeys(TRANSFERS, 0)
    transfers["低保金(元)"] = sum(whole(member["低保残疾金(元)"]) for member in members)
    if family.household_type == WUBAO:
        transfers["五保金(元)"] = random.randrange(3600, 3960, 60)
    if insured:
        transfers["养老保险金(元)"] = BASE_PENSION * insured + random.randrange(0, 96, 12)
    if land.woods:
        transfers["生态补偿金(元)"] = 100 + round(200 * land.woods)
    if len(pensioners) == 2 and invent.chance(0.4):
        transfers["计划生育金(元)"] = 960
    transfers["其他转移性收入(元)"] = random.randrange(120, 480, 5)
    return transfers


def born(member: Row) -> date:
    day = member["出生日期"]
    assert isinstance(day, date)
    return day


def whole(value: object) -> int:
    assert isinstance(value, int)
    return value
