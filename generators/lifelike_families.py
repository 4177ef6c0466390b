"""The kinds of households of a town true to life, with how many there are of each in a thousand.

All are legal. They are written from practice, not from the rules: what a rule says of them is to
be judged by these, not the reverse.

Marks of members, beside those of families.py:
在外 works away · 实习 · 复员 (a demobilised soldier at college) · 硕士 · 中职 · 现役 ·
护照 (foreign, no Chinese number) · 无号 (newborn, no number yet) · 未办证 (disabled, no card yet) ·
单人保 (draws 低保 alone) · 五保 (draws 五保金 in another's household) ·
保洁 (sweeps the village past 70) · 听障 言障 (has a card of that kind, and works) · 休学 ·
早入园 (two years old, at nursery school) · 外地 (the number is of a county far away).

Marks of households:
全家外地 · 新批 (benefits began after the income year) · 大宅 · 零工 (small sums) ·
亡 (who was ill or disabled died in 2015: some money came, nobody is left for the cause) ·
亲属代种 (kin farm the land for nothing) · 代领 (paid through another's account) ·
同机 (the phone of the house next door) · 支出 (income above the line, with costs to be shown).
"""

from dataclasses import dataclass

from generators.families import DIBAO, ORDINARY, WUBAO, Kin


@dataclass(frozen=True)
class Kind:
    """`share` is per thousand households. Unless it `farms`, its land is let or gone."""

    name: str
    share: float
    members: tuple[Kin, ...]
    causes: tuple[str, ...]
    household_type: str
    farms: bool
    marks: frozenset[str]


def _kind(
    name: str, share: float, members: str, causes: str, household_type: str = ORDINARY,
    *, farms: bool = True, marks: str = "",
) -> Kind:  # fmt: skip
    kin = tuple(map(Kin.of, members.split()))
    return Kind(
        name, share, kin, tuple(causes.split()), household_type, farms, frozenset(marks.split())
    )


_MONEY = "缺资金 缺技术 自身发展动力不足 交通条件落后"
_COUPLE = "户主/男/1966-1972 配偶/女/1966-1973"

KINDS = (
    # ── old people alone ──
    _kind("老汉独居", 60, "户主/男/1930-1949", "缺劳力", farms=False),
    _kind("老妇独居", 75, "户主/女/1928-1950", "缺劳力", farms=False),
    _kind("老人独居低保", 60, "户主/女/1926-1948/长期慢性病", "因病 缺劳力", DIBAO, farms=False),
    _kind("老夫妻", 80, "户主/男/1936-1950 配偶/女/1937-1951/长期慢性病", "因病", farms=False),
    _kind("老夫妻种地", 30, "户主/男/1947-1954 配偶/女/1948-1955", _MONEY),
    _kind("老人用子女电话", 12, "户主/女/1930-1945", "缺劳力", farms=False, marks="同机"),
    _kind("独居老屋", 6, "户主/男/1935-1948", "缺劳力", farms=False, marks="大宅"),
    _kind("百岁老人", 0.7, "户主/女/1911-1915/体弱多病", "缺劳力", farms=False),
    # ── 五保 ──
    _kind("五保", 45, "户主/男/1930-1952", "缺劳力", WUBAO, farms=False),
    _kind("五保兄弟代领", 5, "户主/男/1936-1951", "缺劳力", WUBAO, farms=False, marks="代领"),
    _kind("新批五保", 4, "户主/男/1955-1955", "缺劳力", WUBAO, farms=False, marks="新批"),
    _kind("五保随侄", 6, f"{_COUPLE} 其他/男/1938-1949/五保 之子/男/1997-1999", _MONEY),
    _kind("五保随低保侄", 3, "户主/男/1962-1970/残疾2级 其他/男/1938-1949/五保", "因残", DIBAO),
    _kind("五保孤儿", 2, "户主/男/2000-2003 之兄弟姐妹/女/2003-2007", "缺劳力", WUBAO, farms=False),
    # ── families at work ──
    _kind("中年夫妻", 60, "户主/男/1958-1970 配偶/女/1958-1972", _MONEY),
    _kind("夫妻带学生", 75, f"{_COUPLE} 之女/女/1997-2001 之子/男/2001-2008", "因学 缺资金"),
    _kind(
        "丈夫外出",
        40,
        "户主/男/1970-1978/在外 配偶/女/1971-1979 之子/男/2002-2011",
        "缺资金 缺技术",
    ),
    _kind("成年儿子外出", 55, "户主/男/1956-1966 配偶/女/1956-1966 之子/男/1984-1994/在外", _MONEY),
    _kind("大学生", 20, f"{_COUPLE} 之女/女/1994-1997/大学", "因学"),
    _kind("研究生", 2, "户主/男/1962-1967 配偶/女/1962-1968 之子/男/1989-1991/硕士", "因学"),
    _kind("双胞胎", 4, f"{_COUPLE} 之子/男/2003-2006 之子/男/2003-2006/双胞胎", "缺资金"),
    _kind("两岁入园", 4, "户主/男/1985-1990 配偶/女/1985-1991 之女/女/2012-2012/早入园", _MONEY),
    _kind("中职实习", 12, f"{_COUPLE} 之子/男/1997-1997/中职/实习", "因学 缺资金"),
    _kind("复员上学", 2, f"{_COUPLE} 之子/男/1989-1990/复员", "因学"),
    _kind("休学", 3, f"{_COUPLE} 之子/男/2002-2006/患有大病/休学", "因病"),
    _kind("现役军人", 10, "户主/男/1964-1970 配偶/女/1965-1971 之子/男/1993-1996/现役", _MONEY),
    _kind("老夫少妻", 5, "户主/男/1950-1954 配偶/女/1974-1978 之子/男/2001-2007", "缺资金"),
    _kind("新生儿", 8, "户主/男/1988-1992/务工 配偶/女/1988-1993 之子/男/2015-2015/无号", _MONEY),
    _kind("外籍妻子", 5, "户主/男/1975-1982 配偶/女/1984-1990/护照 之女/女/2008-2012", _MONEY),
    _kind("零工", 8, "户主/男/1958-1966 配偶/女/1958-1967", "自身发展动力不足", marks="零工"),
    _kind("光棍兄弟", 18, "户主/男/1958-1966 之兄弟姐妹/男/1962-1972", "自身发展动力不足 缺技术"),
    _kind("单身汉", 30, "户主/男/1957-1975", "自身发展动力不足 缺技术"),
    _kind("亲属代种", 10, "户主/男/1952-1956/体弱多病", "缺劳力", marks="亲属代种"),
    # ── three generations ──
    _kind(
        "三代",
        45,
        "户主/男/1952-1960 配偶/女/1953-1961 "
        "之子/男/1980-1986/在外 之儿媳/女/1981-1988 之孙子/男/2004-2013",
        _MONEY,
    ),
    _kind(
        "四代八口",
        2,
        "户主/男/1955-1960 配偶/女/1955-1961 之母/女/1930-1935 之子/男/1980-1984/务工 "
        "之儿媳/女/1980-1985 之孙女/女/2003-2007 之孙子/男/2008-2012 之孙子/男/2013-2015",
        _MONEY,
    ),
    _kind("上有老母", 30, "户主/男/1962-1968 配偶/女/1963-1969 之母/女/1932-1942", _MONEY),
    _kind(
        "留守祖孙",
        30,
        "户主/男/1948-1955 配偶/女/1949-1955 之子/男/1978-1984/在外 之孙女/女/2003-2011",
        "缺资金 缺技术",
    ),
    _kind(
        "孤儿随祖父母",
        15,
        "户主/男/1944-1952 配偶/女/1945-1953 之孙子/男/2000-2009",
        "缺劳力",
        DIBAO,
        farms=False,
    ),
    _kind("孤儿自立", 2, "户主/女/2000-2002 之兄弟姐妹/男/2003-2008", "缺劳力", DIBAO, farms=False),
    _kind(
        "上门女婿",
        8,
        "户主/男/1947-1954 之女/女/1976-1982 之女婿/男/1974-1981/务工/外地 之外孙女/女/2003-2012",
        _MONEY,
    ),
    # ── broken and mended families ──
    _kind("离异母亲", 20, "户主/女/1972-1982/务工 之子/男/2001-2010", "缺劳力 缺资金"),
    _kind("离异父亲", 18, "户主/男/1968-1980 之女/女/2000-2010 之母/女/1938-1948", "缺劳力 缺资金"),
    _kind(
        "外嫁女归",
        10,
        "户主/男/1945-1953 配偶/女/1946-1954 之女/女/1976-1986/务工 之外孙子/男/2002-2011",
        "缺劳力 缺资金",
    ),
    _kind(
        "再婚继子", 12, "户主/男/1968-1972 配偶/女/1960-1966/外地 之子/男/1984-1987/务工", _MONEY
    ),
    _kind("再婚后母", 4, "户主/男/1976-1980/务工 之父/男/1944-1950 之母/女/1963-1966/外地", _MONEY),
    _kind(
        "守寡儿媳",
        8,
        "户主/女/1968-1976/务工 之公公/男/1938-1946 "
        "之婆婆/女/1938-1948/长期慢性病 之子/男/1999-2006",
        "因病 缺劳力",
    ),
    # ── illness and disability ──
    _kind(
        "大病", 40, "户主/男/1955-1968/患有大病 配偶/女/1956-1969 之子/男/1985-1994/务工", "因病"
    ),
    _kind("妻子残疾低保", 35, "户主/男/1958-1970 配偶/女/1960-1972/残疾2级", "因残", DIBAO),
    _kind("户主残疾", 25, "户主/男/1958-1972/残疾4级 配偶/女/1960-1973", "因残 缺技术"),
    _kind("残疾未办证", 15, "户主/男/1956-1966 配偶/女/1957-1967/残疾/未办证", "因残"),
    _kind(
        "聋哑能干",
        6,
        "户主/男/1970-1980/残疾1级/听障/务工 配偶/女/1972-1982/残疾2级/言障 之女/女/2001-2008",
        "因残",
    ),
    _kind(
        "病残兼有",
        12,
        "户主/男/1955-1966 之兄弟姐妹/男/1958-1970/长期慢性病、残疾1级",
        "因残",
        DIBAO,
    ),
    _kind("单人保", 10, "户主/男/1960-1968 配偶/女/1961-1969/残疾1级/单人保", "因残"),
    _kind("新批低保", 8, "户主/男/1950-1960/患有大病", "因病", DIBAO, farms=False, marks="新批"),
    _kind("病人已故", 8, "户主/女/1956-1966 之子/男/1986-1994/务工", "因病", marks="亡"),
    _kind("残疾人已故", 3, "户主/女/1957-1968", "因残", marks="亡"),
    _kind(
        "支出型",
        8,
        "户主/男/1962-1970/务工 配偶/女/1963-1971/患有大病 之子/男/1988-1994/在外",
        "因病",
        marks="支出",
    ),
    _kind("保洁老人", 6, "户主/男/1942-1945/保洁", "缺劳力", farms=False),
    # ── from elsewhere ──
    _kind("移民", 6, f"{_COUPLE} 之子/男/2001-2008", "缺土地", marks="全家外地"),
    _kind("外省媳妇", 2, "户主/男/1965-1972 配偶/女/1970-1976/外地 之女/女/1996-2003", _MONEY),
)
