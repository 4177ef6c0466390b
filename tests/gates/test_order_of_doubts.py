"""In which order the doubts of one rule stand, those that are most likely and weigh most first;
and what they say of how they were found."""

from list_rows import put
from town import Row, Town

CAR = {"号牌号码": "苏C12345", "车辆类型": "小型轿车", "状态": "正常", "使用性质": "非营运"}
LIST = "车辆20160220"


def _heads(town: Town) -> list[Row]:
    return town.rows("成员", 与户主关系="户主")[:4]


def _told(town: Town, rule: str) -> list[str | None]:
    return [finding.household for finding in town.findings(select=[rule])]


def test_by_grade_date_and_money() -> None:
    """Whatever the rows are: the slip in the number last, before it what was bought afterwards."""
    town = Town()
    slip, after, cheap, dear = _heads(town)
    number = str(slip["证件号码"])
    put(town, LIST, slip, 身份证号码=number[:9] + str(9 - int(number[9])) + number[10:], **CAR)
    put(town, LIST, after, 初次登记日期="2016-02-01", **CAR)
    put(town, LIST, cheap, 初次登记日期="2010-02-01", 车辆价值=40000, **CAR)
    put(town, LIST, dear, 初次登记日期="2010-02-01", 车辆价值=90000, **CAR)
    assert _told(town, "BD161") == [each["户编号"] for each in (dear, cheap, after, slip)]


def test_errors_before_doubts_before_figures() -> None:
    town = Town()
    later, cancelled, _, dead = _heads(town)
    listed = "死亡20160220"
    put(town, listed, later, 死亡日期="2016-03-27")
    put(town, listed, cancelled, 死亡注销日期="2015-06-01")
    put(town, listed, dead, 死亡日期="2015-06-01")
    assert _told(town, "BD141") == [each["户编号"] for each in (dead, cancelled, later)]


def test_money_says_how_its_people_were_matched() -> None:
    town = Town()
    homes = town.rows("农户", **{"低保金(元)": lambda money: money})
    sure, masked = (town.members(home)[0] for home in homes[:2])
    number = str(masked["证件号码"])
    about = {"低保证号": "1", "领取金额": 5000}
    put(town, "低保20160220", masked, 身份证号码=f"{number[:6]}********{number[-4:]}", **about)
    put(town, "低保20160220", sure, **about)
    first, second = town.findings(select=["BD103"])
    assert f"（{sure['姓名']}：有同号同名的记录）" in first.message
    assert f"（{masked['姓名']}：姓名相同、公示的号码相符，可能是同一人）" in second.message
    assert (first.household, second.household) == (sure["户编号"], masked["户编号"])


def test_codes_of_cars_are_told_in_words() -> None:
    town = Town()
    car = {"CLLX": "K33", "HPZL": "02", "SYXZ": "A", "ZT": "GQ", "HPHM": "苏C12345"}
    put(town, "车辆20160220", _heads(town)[0], **car)
    (found,) = town.findings(select=["BD161"])
    assert "小型客车 苏C12345 非营运 状态违法未处理 逾期未检验" in found.message
