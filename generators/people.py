"""Invented people: names, resident IDs, disability cards, telephones and bank cards.

Everything is drawn from one seeded generator, so that every run gives the same township.
"""

from collections.abc import Callable
from datetime import date
from random import Random

REFERENCE_DATE = date(2015, 12, 31)
SCHOOL_DATE = date(2015, 8, 31)

HOME_COUNTY = "320324"
# Where wives and sons-in-law from elsewhere come from: Xiao, Yongcheng, Zhenxiong and others.
OTHER_COUNTIES = ("341322", "411481", "530627", "522427", "320381", "320321")

SURNAMES = "王李张刘陈杨赵周吴徐孙朱马胡郭何高林郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜魏"
_MALE_OLD = "德福贵祥宝全来田山林永兴怀广振家金长"
_FEMALE_OLD = "秀英兰桂芳玉珍莲凤素荣爱云翠梅侠"
_MALE_YOUNG = "伟强磊军洋勇涛超明杰浩宇鹏晨亮凯飞帅"
_FEMALE_YOUNG = "丽敏静娟艳燕玲雪婷倩慧晴颖欣悦楠"
_PHONE_HEADS = ("130", "132", "135", "136", "137", "138", "139", "150", "151", "152", "158", "187")

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17: str) -> str:
    """The last character of a resident ID after GB 11643."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def with_check(first_17: str) -> str:
    """The whole number."""
    return first_17 + check_character(first_17)


def luhn_digit(digits: str) -> str:
    """The last digit of a bank card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def age_on(day: date, born: date) -> int:
    """Completed years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Invention:
    """Draws people and numbers, none of them twice."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def surname(self, *, unlike: str = "") -> str:
        return self.random.choice([name for name in SURNAMES if name != unlike])

    def name(self, surname: str, sex: str, born: date) -> str:
        """A name that nobody else of the township bears."""
        old = born.year < 1972
        if sex == "男":
            characters = _MALE_OLD if old else _MALE_YOUNG
        else:
            characters = _FEMALE_OLD if old else _FEMALE_YOUNG
        while True:
            name = surname + "".join(self.random.sample(characters, self.random.choice((1, 2, 2))))
            if name not in self._names:
                self._names.add(name)
                return name

    def official(self) -> str:
        """The name of a surveyor, helper, clerk or officer."""
        born = date(self.random.randint(1966, 1988), 6, 1)
        return self.name(self.surname(), self.random.choice("男女"), born)

    def birth_date(self, first_year: int, last_year: int) -> date:
        return date(
            self.random.randint(first_year, last_year),
            self.random.randint(1, 12),
            self.random.randint(1, 28),
        )

    def resident_id(self, born: date, sex: str, county: str = HOME_COUNTY) -> str:
        while True:
            # From 100 up, so that no serial looks like a placeholder; odd numbers are men's.
            serial = self.random.randrange(100, 900, 2) + (sex == "男")
            first_17 = f"{county}{born:%Y%m%d}{serial}"
            if "99999" not in first_17 and first_17 not in self._numbers:
                self._numbers.add(first_17)
                return with_check(first_17)

    def other_county(self) -> str:
        return self.random.choice(OTHER_COUNTIES)

    def phone(self) -> str:
        return self._unused(lambda: self.random.choice(_PHONE_HEADS) + self._digits(8))

    def account(self) -> str:
        """A 19-digit card number."""

        def draw() -> str:
            first_18 = "6228" + self._digits(14)
            return first_18 + luhn_digit(first_18)

        return self._unused(draw)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def _digits(self, count: int) -> str:
        return "".join(self.random.choices("0123456789", k=count))

    def _unused(self, draw: Callable[[], str]) -> str:
        while (number := draw()) in self._numbers:
            pass
        self._numbers.add(number)
        return number
