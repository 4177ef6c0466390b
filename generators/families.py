"""The kinds of households that live in the sample township, and how many there are of each."""

import re
from dataclasses import dataclass

CHRONIC, SERIOUS, DISABLED = "长期慢性病", "患有大病", "残疾"
ORDINARY, DIBAO, WUBAO = "一般贫困户", "低保贫困户", "五保户"


@dataclass(frozen=True)
class Kin:
    """One member. `marks` are what is special about them, a word each:

    务工 works away from the farm, for wages · 大学 · 双胞胎 born on the day of the member before ·
    those that lifelike.py knows.
    """

    relation: str
    sex: str
    born: tuple[int, int]
    health: str = "健康"
    grade: int = 0  # of the disability
    marks: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> "Kin":
        """From `之子/男/1988-1993/务工`, `配偶/女/1961-1969/残疾2级`."""
        relation, sex, born, *rest = text.split("/")
        first, last = map(int, born.split("-"))
        health, grade, marks = "健康", 0, []
        for word in rest:
            if found := re.fullmatch(
                f"(.*{DISABLED}|{CHRONIC}|{SERIOUS}|体弱多病)(?:([1-4])级)?", word
            ):
                health, grade = found[1], int(found[2] or 0)
            else:
                marks.append(word)
        return cls(relation, sex, (first, last), health, grade, frozenset(marks))

    @property
    def works(self) -> bool:
        return "务工" in self.marks


@dataclass(frozen=True)
class Family:
    """A kind of household. Unless it `farms`, its land is let."""

    times: int
    members: tuple[Kin, ...]
    causes: tuple[str, ...]
    household_type: str = ORDINARY
    farms: bool = True


def _family(
    times: int, members: str, causes: str, household_type: str = ORDINARY, *, farms: bool = True
) -> Family:
    kin = tuple(map(Kin.of, members.split()))
    return Family(times, kin, tuple(causes.split()), household_type, farms)


_MONEY = "缺资金 缺技术 缺资金 自身发展动力不足 交通条件落后"

# No birth years include 1955: whoever turns 60 in the income year is a pensioner by one reading of
# the rules and none by another.
FAMILIES = (
    _family(3, "户主/男/1962-1968 配偶/女/1963-1968", "缺技术 缺资金"),
    _family(6, "户主/男/1960-1966 配偶/女/1960-1967 之子/男/1988-1993/务工", _MONEY),
    _family(
        4,
        "户主/男/1958-1962 配偶/女/1958-1963 之子/男/1983-1986/务工 "
        "之儿媳/女/1983-1988 之孙子/男/2006-2013",
        _MONEY,
    ),
    _family(
        5,
        "户主/男/1970-1975/务工 配偶/女/1970-1976 之女/女/1998-2001 之子/男/2003-2008",
        "因学 缺资金 因学 缺技术",
    ),
    _family(
        1,
        "户主/男/1972-1975/务工 配偶/女/1973-1976 之子/男/2004-2005 之子/男/2004-2005/双胞胎",
        "缺资金",
    ),
    _family(4, "户主/女/1968-1974/务工 之子/男/2001-2007", "缺劳力"),
    _family(3, "户主/男/1935-1947", "缺劳力", DIBAO, farms=False),
    _family(3, "户主/女/1934-1946", "缺劳力", DIBAO, farms=False),
    _family(4, "户主/女/1936-1949", "缺劳力", farms=False),
    _family(3, "户主/男/1938-1949/长期慢性病", "因病", farms=False),
    _family(2, "户主/男/1932-1943", "缺劳力", WUBAO, farms=False),
    _family(5, "户主/男/1940-1949/长期慢性病 配偶/女/1941-1949", "因病", farms=False),
    _family(4, "户主/男/1958-1965/患有大病 配偶/女/1959-1966 之子/男/1987-1993/务工", "因病"),
    _family(4, "户主/男/1960-1968 配偶/女/1961-1969/残疾2级", "因残", DIBAO),
    _family(3, "户主/男/1964-1970/残疾4级 配偶/女/1965-1971 之女/女/1991-1995/务工", "因残"),
    _family(
        2,
        "户主/男/1962-1966 配偶/女/1962-1967 之兄弟姐妹/女/1966-1970/长期慢性病、残疾1级",
        "因残 因病",
        DIBAO,
    ),
    _family(4, "户主/男/1963-1965 之兄弟姐妹/男/1967-1971/务工", "缺技术 自身发展动力不足"),
    _family(3, "户主/女/1944-1950 之孙子/男/2003-2007", "缺劳力", farms=False),
    _family(
        3, "户主/男/1966-1970 配偶/女/1966-1971 之女/女/1990-1994/务工 之母/女/1937-1945", _MONEY
    ),
    _family(
        2,
        "户主/女/1970-1974/务工 之公公/男/1942-1947 "
        "之婆婆/女/1942-1948/长期慢性病 之子/男/2000-2005",
        "因病 缺劳力",
    ),
    _family(2, "户主/男/1966-1970 配偶/女/1967-1971/务工 之女/女/1994-1996/大学", "因学"),
    _family(
        2,
        "户主/男/1950-1954 之女/女/1980-1984 之女婿/男/1978-1983/务工 之外孙女/女/2008-2014",
        _MONEY,
    ),
    _family(3, "户主/男/1958-1968", "自身发展动力不足 缺技术"),
)
