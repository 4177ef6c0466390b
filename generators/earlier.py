"""The sample township as it stood before: what it takes to show a comparison of two dates.

Since then three people have died or married away, one was born, a household was identified and
one removed; a number was mistyped. 增减表 tells of all but one of them.
"""

from datetime import date

from generators.layout import Row
from generators.livelihood import settle, whole
from generators.people import Invention
from generators.township import Household, Register, build_register

CHANGES = ("户编号", "姓名", "证件号码", "变动", "原因", "日期")
_GONE = (("死亡", date(2016, 1, 12)), ("婚出", date(2016, 2, 20)), (None, None))


def build_earlier() -> tuple[Register, list[Row]]:
    """The register of before, and 增减表 between the two."""
    before = build_register()
    invent = Invention(20151231)
    homes = [home for home in before.households if len(home.members) > 1]
    changes: list[Row] = []
    for home, (reason, day) in zip(homes, _GONE, strict=False):
        row = _another(invent, home)
        if reason is not None:
            changes.append(_change(row, "减少", reason, day))
    child = homes[5].members.pop()
    changes.append(_change(child, "增加", "补录", date(2016, 3, 1)))
    new = before.households.pop()
    changes.append(_change(new.head, "增加", "新识别", date(2016, 3, 21)))
    removed = _removed(before)
    changes.append(_change(removed.head, "减少", "清退", date(2016, 3, 5)))
    number = str(homes[8].head["证件号码"])
    homes[8].head["证件号码"] = number[:-1] + ("2" if number[-1] != "2" else "3")
    for home in before.households:
        home.record["收入年度"] = 2014
        home.record["财产性收入(元)"] = whole(home.record["财产性收入(元)"]) + 20
        settle(home.record)
    return before, changes


def _another(invent: Invention, home: Household) -> Row:
    """A grown-up brother or sister of the head, who is no longer there."""
    born = invent.birth_date(1950, 1980)
    row = {
        **home.members[-1],
        "人编号": f"{home.record['户编号']}90",
        "姓名": invent.name(str(home.head["姓名"])[0], "女", born),
        "性别": "女",
        "证件号码": invent.resident_id(born, "女"),
        "出生日期": born,
        "与户主关系": "之兄弟姐妹",
        "残疾证号": None,
    }
    home.members.append(row)
    home.record["家庭人口"] = whole(home.record["家庭人口"]) + 1
    return row


def _removed(before: Register) -> Household:
    """The household that no plan knows, in a village of the plan."""
    home, like = before.unplanned, before.households[0]
    place = {key: like.record[key] for key in ("行政村", "村码", "村民小组")}
    number = f"{like.record['村码']}099"
    for row in (home.record, *home.members):
        row.update({**place, "户编号": number})
    for i, row in enumerate(home.members, 1):
        row["人编号"] = f"{number}{i:02}"
    home.procedure["行政村"] = place["行政村"]
    for row in (home.procedure, home.survey):
        row["户编号"] = number
    before.households.append(home)
    return home


def _change(row: Row, direction: str, reason: str, day: date | None) -> Row:
    known = {name: row[name] for name in CHANGES[:3]}
    return {**known, "变动": direction, "原因": reason, "日期": day}
