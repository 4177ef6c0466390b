"""Makes other departments' lists for the city that the benchmarks check.

    python benchmarks/make_lists.py [FOLDER]

Twenty lists of 100,000 rows, 2,000,000 in all: of each a hundredth are people of the city (every
seventh of its towns has none), the others are in no register, with names like those that are.
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[1]))
from generators import flat
from generators.people import with_check

ROWS, TOWN_ROWS = 100_000, 6_900
_SHARE = 100  # one row in so many is of the city
# Heading of name and number, the other headings, and how many lists there are of the kind.
_KINDS: dict[str, tuple[tuple[str, ...], int]] = {
    "车辆": (
        ("机动车所有人", "身份证明号码", "车辆类型", "号牌号码", "初次登记日期", "机动车状态"),
        6,
    ),
    "社保": (("姓名", "身份证号码", "社保编号", "单位", "缴费基数", "缴费月数"), 4),
    "医保": (("姓名", "身份证号码", "参保类别", "险种", "参保年度", "单位"), 4),
    "户籍": (("姓名", "公民身份号码", "性别", "户口性质", "户号", "曾用名"), 3),
    "不动产": (("权利人", "身份证号码", "房屋坐落", "用途", "登记日", "不动产权证号"), 2),
    "死亡": (("姓名", "公民身份号码", "死亡日期", "死亡注销类别", "性别", "民族"), 1),
}
_HAN = "街路巷里坊园苑村庄营"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    known, numbers = _people_of_city()
    for kind, (headings, count) in _KINDS.items():
        for number in range(count):
            path = folder / f"{kind}{number + 1}-20160220.xlsx"
            if not path.exists():
                unfinished = path.with_name(f"~{path.name}")
                strangers = _strangers(numbers, rng := random.Random(f"{kind}{number}"))
                _write(unfinished, kind, headings, known, strangers, rng)
                unfinished.replace(path)
                print(path)


def _people_of_city() -> tuple[Iterator[tuple[str, str]], set[str]]:
    """Name and number of some people of each town but every seventh, again and again.

    Also the numbers of all.
    """
    found: list[tuple[str, str]] = []
    numbers: set[str] = set()
    name, number = (flat.HEADINGS.index(heading) for heading in ("姓名", "证件号码"))
    for town in range(101, 201):
        people = [(row[name], row[number]) for row in flat.rows(TOWN_ROWS, town, 0.02)][1:]
        numbers.update(number for _, number in people)
        found += people[::6] if town % 7 else []
    random.Random(1).shuffle(found)
    return cycle(found), numbers


def _write(
    path: Path,
    kind: str,
    headings: tuple[str, ...],
    known: Iterator[tuple[str, str]],
    strangers: Iterator[tuple[str, str]],
    rng: random.Random,
) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(kind)
        sheet.write_row(0, 0, headings)
        for number in range(ROWS):
            who = next(known if number % _SHARE == 0 else strangers)
            sheet.write_row(number + 1, 0, [*who, *(_cell(h, number, rng) for h in headings[2:])])


def _strangers(numbers: set[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """People who have none of these numbers: no two people have one."""
    while True:
        born = date(1936, 1, 1) + timedelta(days=rng.randrange(25_000))
        county = rng.choice(("320324", "320322", "320381", "341323"))
        number = with_check(f"{county}{born:%Y%m%d}{rng.randrange(999):03}")
        name = rng.choice(flat._SURNAMES) + "".join(rng.choices(flat._GIVEN, k=2))
        if number not in numbers:
            yield name, number


def _cell(heading: str, number: int, rng: random.Random) -> Any:
    if "日期" in heading or heading == "登记日":
        return (date(2008, 1, 1) + timedelta(days=rng.randrange(2900))).isoformat()
    if heading in ("缴费基数", "缴费月数", "参保年度"):
        return {"缴费基数": 3000, "缴费月数": 12, "参保年度": 2015}[heading]
    fixed = {
        "车辆类型": "小型轿车", "机动车状态": "正常", "参保类别": "城乡居民", "险种": "居民医保",
        "性别": "男", "户口性质": "农业", "用途": "住宅", "死亡注销类别": "正常死亡",
        "民族": "汉族", "曾用名": "", "单位": "某公司",
    }  # fmt: skip
    if heading in fixed:
        return fixed[heading]
    return f"{rng.choice(_HAN)}{number}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data" / "lists")
