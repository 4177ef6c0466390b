"""Two dates of the sample town: who is in one of them alone, and what stands in the other."""

from town import Row, Town

from generators.township import build_register
from jiandang.report.model import Report

# The last town that was checked, as text, and what was found.
_checked: dict[str, Report] = {}


def of_two_dates(town: Town) -> Report:
    """What the rules of two dates find; a town unchanged since it was asked is not checked anew."""
    state = repr(town)
    if state not in _checked:
        _checked.clear()
        _checked[state] = town.report(select="DT")
    return _checked[state]


def member(town: Town, **where: object) -> Row:
    """A child of a household of several."""
    return town.row("成员", 与户主关系="之子", **where)


def pair(town: Town, row: Row) -> Row:
    """The row of the same person in the town of before."""
    assert town.earlier is not None
    return town.earlier.row("成员", 人编号=row["人编号"])


def home_before(town: Town, row: Row) -> Row:
    assert town.earlier is not None
    return town.earlier.row("农户", 户编号=row["户编号"])


def somebody(town: Town, household: Row, **cells: object) -> Row:
    """Another member of a household, at the end of its members."""
    rows = town.sheets["成员"]
    own = town.members(household)
    row = {**own[-1], "人编号": f"{household['户编号']}99", "姓名": "王来福", **cells}
    row = {
        **row,
        "证件号码": "320324198705060432",
        "残疾证号": None,
        "与户主关系": "之兄弟姐妹",
        **cells,
    }
    rows.insert(rows.index(own[-1]) + 1, row)
    return row


def has_left(town: Town) -> Row:
    """Somebody who is in the town of before alone."""
    before = town.before()
    return somebody(before, before.row("农户"))


def has_come(town: Town) -> Row:
    """A child who is not in the town of before."""
    town.before()
    child = member(town)
    assert town.earlier is not None
    town.earlier.sheets["成员"].remove(pair(town, child))
    return child


def whole_home(town: Town, *, number: str = "099") -> tuple[Row, list[Row]]:
    """A household that is in the town of before alone: a copy of the unplanned one."""
    before = town.before()
    home = build_register().unplanned
    place = {"行政村": "王庄村", "村码": "320324105201", "户编号": f"320324105201{number}"}
    record = {**home.record, **place}
    rows = [
        {**row, **place, "人编号": f"{place['户编号']}{i:02}"} for i, row in enumerate(home.members)
    ]
    before.sheets["农户"].append(record)
    before.sheets["成员"] += rows
    return record, rows


def settled_at(record: Row, per_capita: int) -> None:
    """So much for each in the household, by its property."""
    size = record["家庭人口"]
    more = per_capita * size - record["家庭纯收入(元)"]
    record["财产性收入(元)"] += more
    record["家庭纯收入(元)"] += more
    record["人均纯收入(元)"] = per_capita
