"""The kinds of households that live in the sample township, and how many there are of each."""

from dataclasses import dataclass

CHRONIC, SERIOUS, DISABLED = "长期慢性病", "患有大病", "残疾"
ORDINARY, DIBAO, WUBAO = "一般贫困户", "低保贫困户", "五保户"


@dataclass(frozen=True)
class Kin:
    """One member. No birth years include 1955: whoever turns 60 in the income year is a pensioner
    by one reading of the rules and none by another."""

    relation: str
    sex: str
    born: tuple[int, int]
    health: str = "健康"
    grade: int = 0  # of the disability
    works: bool = False  # away from the farm, for wages
    college: bool = False
    twin: bool = False  # born on the same day as the member before


@dataclass(frozen=True)
class Family:
    times: int
    members: tuple[Kin, ...]
    causes: tuple[str, ...]
    household_type: str = ORDINARY
    farms: bool = True  # otherwise the land is let


_MONEY = ("缺资金", "缺技术", "缺资金", "自身发展动力不足", "交通条件落后")

FAMILIES = (
    Family(
        3,
        (Kin("户主", "男", (1962, 1968)), Kin("配偶", "女", (1963, 1968))),
        ("缺技术", "缺资金"),
    ),
    Family(
        6,
        (
            Kin("户主", "男", (1960, 1966)),
            Kin("配偶", "女", (1960, 1967)),
            Kin("之子", "男", (1988, 1993), works=True),
        ),
        _MONEY,
    ),
    Family(
        4,
        (
            Kin("户主", "男", (1958, 1962)),
            Kin("配偶", "女", (1958, 1963)),
            Kin("之子", "男", (1983, 1986), works=True),
            Kin("之儿媳", "女", (1983, 1988)),
            Kin("之孙子", "男", (2006, 2013)),
        ),
        _MONEY,
    ),
    Family(
        5,
        (
            Kin("户主", "男", (1970, 1975), works=True),
            Kin("配偶", "女", (1970, 1976)),
            Kin("之女", "女", (1998, 2001)),
            Kin("之子", "男", (2003, 2008)),
        ),
        ("因学", "缺资金", "因学", "缺技术"),
    ),
    Family(
        1,
        (
            Kin("户主", "男", (1972, 1975), works=True),
            Kin("配偶", "女", (1973, 1976)),
            Kin("之子", "男", (2004, 2005)),
            Kin("之子", "男", (2004, 2005), twin=True),
        ),
        ("缺资金",),
    ),
    Family(
        4,
        (Kin("户主", "女", (1968, 1974), works=True), Kin("之子", "男", (2001, 2007))),
        ("缺劳力",),
    ),
    Family(3, (Kin("户主", "男", (1935, 1947)),), ("缺劳力",), DIBAO, farms=False),
    Family(3, (Kin("户主", "女", (1934, 1946)),), ("缺劳力",), DIBAO, farms=False),
    Family(4, (Kin("户主", "女", (1936, 1949)),), ("缺劳力",), farms=False),
    Family(3, (Kin("户主", "男", (1938, 1949), CHRONIC),), ("因病",), farms=False),
    Family(2, (Kin("户主", "男", (1932, 1943)),), ("缺劳力",), WUBAO, farms=False),
    Family(
        5,
        (Kin("户主", "男", (1940, 1949), CHRONIC), Kin("配偶", "女", (1941, 1949))),
        ("因病",),
        farms=False,
    ),
    Family(
        4,
        (
            Kin("户主", "男", (1958, 1965), SERIOUS),
            Kin("配偶", "女", (1959, 1966)),
            Kin("之子", "男", (1987, 1993), works=True),
        ),
        ("因病",),
    ),
    Family(
        4,
        (
            Kin("户主", "男", (1960, 1968)),
            Kin("配偶", "女", (1961, 1969), DISABLED, grade=2),
        ),
        ("因残",),
        DIBAO,
    ),
    Family(
        3,
        (
            Kin("户主", "男", (1964, 1970), DISABLED, grade=4),
            Kin("配偶", "女", (1965, 1971)),
            Kin("之女", "女", (1991, 1995), works=True),
        ),
        ("因残",),
    ),
    Family(
        2,
        (
            Kin("户主", "男", (1962, 1966)),
            Kin("配偶", "女", (1962, 1967)),
            Kin("之兄弟姐妹", "女", (1966, 1970), f"{CHRONIC}、{DISABLED}", grade=1),
        ),
        ("因残", "因病"),
        DIBAO,
    ),
    Family(
        4,
        (Kin("户主", "男", (1963, 1965)), Kin("之兄弟姐妹", "男", (1967, 1971), works=True)),
        ("缺技术", "自身发展动力不足"),
    ),
    Family(
        3,
        (Kin("户主", "女", (1944, 1950)), Kin("之孙子", "男", (2003, 2007))),
        ("缺劳力",),
        farms=False,
    ),
    Family(
        3,
        (
            Kin("户主", "男", (1966, 1970)),
            Kin("配偶", "女", (1966, 1971)),
            Kin("之女", "女", (1990, 1994), works=True),
            Kin("之母", "女", (1937, 1945)),
        ),
        _MONEY,
    ),
    Family(
        2,
        (
            Kin("户主", "女", (1970, 1974), works=True),
            Kin("之公公", "男", (1942, 1947)),
            Kin("之婆婆", "女", (1942, 1948), CHRONIC),
            Kin("之子", "男", (2000, 2005)),
        ),
        ("因病", "缺劳力"),
    ),
    Family(
        2,
        (
            Kin("户主", "男", (1966, 1970)),
            Kin("配偶", "女", (1967, 1971), works=True),
            Kin("之女", "女", (1994, 1996), college=True),
        ),
        ("因学",),
    ),
    Family(
        2,
        (
            Kin("户主", "男", (1950, 1954)),
            Kin("之女", "女", (1980, 1984)),
            Kin("之女婿", "男", (1978, 1983), works=True),
            Kin("之外孙女", "女", (2008, 2014)),
        ),
        _MONEY,
    ),
    Family(3, (Kin("户主", "男", (1958, 1968)),), ("自身发展动力不足", "缺技术")),
)
