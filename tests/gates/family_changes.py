"""Finds families in the sample town and changes them; the cells that depend on it follow."""

from datetime import date

from survey_edits import earn
from town import Row, Town

from generators.members import LABOURERS, be_born


def families(town: Town, *relations: str) -> list[list[Row]]:
    """The members of each household that consists of just these relations to the head."""
    found: dict[str, list[Row]] = {home["户编号"]: [] for home in town.sheets["农户"]}
    for row in town.sheets["成员"]:
        found[row["户编号"]].append(row)
    return [rows for rows in found.values() if tuple(r["与户主关系"] for r in rows) == relations]


def family(town: Town, *relations: str, **home: object) -> list[Row]:
    """The first such household whose row in 农户 has these cells."""
    return next(
        rows
        for rows in families(town, *relations)
        if all(town.household(rows[0])[heading] == value for heading, value in home.items())
    )


def years_later(day: date, years: int, days: int = 0) -> date:
    return date(day.year + years, day.month, day.day + days)


def be_able(town: Town, row: Row, labour: str) -> None:
    """Another ability to work, counted in the household's row."""
    home = town.household(row)
    home["劳动力人数"] += (labour in LABOURERS) - (row["劳动能力"] in LABOURERS)
    row["劳动能力"] = labour


def add_member(town: Town, like: Row, born: date, **cells: object) -> Row:
    """One more member of the household after `like`, who resembles them; the plans grow too."""
    rows, home = town.sheets["成员"], town.household(like)
    row = {**like, "姓名": f"{like['姓名'][0]}新增", **cells}
    be_born(row, born)
    home["家庭人口"] += 1
    row["人编号"] = f"{home['户编号']}{home['家庭人口']:02d}"
    earn(home)
    rows.insert(next(i for i, other in enumerate(rows) if other is like) + 1, row)
    for place in town.rows("任务分解"):
        if home["村码"].startswith(place["区划代码"]):
            place["计划人数"] += 1
    return row
