"""A flat register of any length, a row a member: 43 columns, a share of the members with a fault.

Made for speed, not for life: for that see lifelike.py. What a seed makes never changes, since
measurements and reports of it are compared over the years.
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from generators.people import with_check

HEADINGS = [
    "县(市、区)", "乡(镇)", "行政村", "村码", "户编号", "人编号", "姓名", "性别", "证件号码",
    "出生日期", "与户主关系", "民族", "文化程度", "在校生状况", "健康状况", "劳动能力",
    "务工状况", "务工时间(月)", "医疗保险", "养老保险", "大病保险", "享受低保", "家庭人口",
    "联系电话", "农户属性", "主要致贫原因", "耕地面积(亩)", "住房面积(㎡)", "是否危房",
    "收入年度", "工资性收入(元)", "生产经营性收入(元)", "财产性收入(元)", "转移性收入(元)",
    "生产经营性支出(元)", "家庭纯收入(元)", "人均纯收入(元)", "申请日期", "评议日期",
    "村公示开始", "村公示结束", "调查日期", "调查人",
]  # fmt: skip
LAST_WORKING_YEAR = 1951
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国文志"
_VILLAGE_SIZE = 300  # households


def households(
    count: int, town: int, faulty_share: float, rng: random.Random
) -> Iterator[list[list[Any]]]:
    """Member rows, household by household, until there are `count` rows."""
    rows = number = 0
    while rows < count:
        size = min(rng.choice((1, 2, 2, 3, 3, 4)), count - rows)
        yield _household(number, size, town, faulty_share, rng)
        rows += size
        number += 1


def _household(
    number: int, size: int, town: int, faulty_share: float, rng: random.Random
) -> list[list[Any]]:
    village = number // _VILLAGE_SIZE
    code = f"320324{town:03}{village + 1:03}"
    identity = f"{code}{number % _VILLAGE_SIZE + 1:03}"
    income = size * rng.randrange(1800, 4000)
    business = rng.randrange(1000, 3000)
    head_year = rng.randrange(1936, 1980)
    wage, transfer = (income, 0) if head_year > LAST_WORKING_YEAR else (0, income)
    household = [
        size, f"1{rng.choice('3578')}{rng.randrange(10**9):09}", "一般贫困户", "缺技术",
        rng.randrange(10, 80) / 10, rng.randrange(30, 60) + 15 * size, "否", 2015,
        float(wage), float(business), 0.0, float(transfer), float(business // 2),
        float(income + business - business // 2),
        round((income + business - business // 2) / size, 2),
        date(2016, 3, 1), date(2016, 3, 5), date(2016, 3, 6), date(2016, 3, 14),
        date(2016, 2, 20 + rng.randrange(9)), "王强、李军",
    ]  # fmt: skip
    return [
        [
            "睢宁县", f"第{town}镇", f"第{village + 1}村", code, identity, f"{identity}{i + 1:02}",
            *_person(i, head_year, faulty_share, rng), *household,
        ]
        for i in range(size)
    ]  # fmt: skip


def _person(place: int, head_year: int, faulty_share: float, rng: random.Random) -> list[Any]:
    relation = ("户主", "配偶", "之子", "之女")[place]
    sex = ("男", "女", "男", "女")[place]
    year = head_year if place < 2 else min(head_year + 25, 1998)
    born = date(year, rng.randrange(1, 13), rng.randrange(1, 29))
    serial = rng.randrange(1, 499) * 2 + (sex == "男")
    first17 = f"320324{born:%Y%m%d}{serial:03}"
    number = with_check(first17)
    work: list[Any] = ["县外省内务工", 8.0] if place == 0 and year > LAST_WORKING_YEAR else ["", ""]
    if rng.random() < faulty_share:
        fault = rng.randrange(4)
        if fault == 0:
            number = number[:-1]
        elif fault == 1:
            number = first17 + ("1" if number[-1] != "1" else "2")
        elif fault == 2:
            born = date(born.year - 3, born.month, born.day)
        else:
            work = [work[0], 15.0] if work[0] else ["", -1.0]
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + rng.choice(_GIVEN)
    return [
        name, sex, number, born, relation, "汉族", "初中", "非在校生", "健康",
        "普通劳动力" if year > LAST_WORKING_YEAR else "无劳动力", *work,
        "是", "是", "是", "否",
    ]  # fmt: skip


def rows(count: int, town: int, faulty_share: float) -> Iterator[list[Any]]:
    """The heading and `count` member rows; the same for the same numbers."""
    rng = random.Random(town * 1_000_003 + count)
    yield HEADINGS
    for members in households(count, town, faulty_share, rng):
        yield from members
