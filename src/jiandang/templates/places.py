"""The allocation table (任务分解) → what a template has filled in: places and household codes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from jiandang.register.register import Register
from jiandang.register.village import Allocation

_COUNTY, _TOWN, _VILLAGE = 6, 9, 12  # digits of their codes
_HOUSEHOLD_DIGITS = 3
Row = dict[str, Any]


NO_QUOTA = (
    "里面没有带12位村码的任务分解表，不能预填；列名如：区划代码、名称、计划户数、计划人数。"
    "请核对列名，或用 --map '文件里的列名=计划户数' 指定"
)


class NoPlaces(Exception):
    """Why an allocation table fills in nothing, in Chinese."""


class _Place(NamedTuple):
    """A village with its quota of households."""

    names: Row
    households: int


def without_quota(register: Register) -> list[str]:
    """The villages for which no number of households is planned, so that they get no codes."""
    return [
        each.place or each.code or ""
        for each in register.allocations()
        if each.planned_households is None
        and "planned_households" not in each.faults
        and len(each.code or "") == _VILLAGE
        and not (each.code or "").endswith("000")
    ]


def filled_in(register: Register, rows: int) -> dict[str, list[Row]]:
    """The rows of each table that can be filled in beforehand, at most `rows` each.

    Households get the codes that Jiangsu gives them: that of the village and three digits.
    Raises NoPlaces where the register has no quota of villages with codes, or too large a one.
    """
    allocations = list(register.allocations())
    villages = list(_villages(allocations))
    if not villages:
        raise NoPlaces(NO_QUOTA)
    times = Counter(village.names["village_code"] for village in villages)
    if twice := [code for code, count in times.items() if count > 1]:
        raise NoPlaces(f"的村码重复：{'、'.join(twice)}，户编号会重复，请先改正")
    households = [
        {**village.names, "household_id": f"{village.names['village_code']}{number:03}"}
        for village in villages
        for number in range(1, village.households + 1)
    ]
    if max(len(households), len(allocations)) > rows:
        raise NoPlaces(
            f"任务共 {len(households)} 户，多于 --rows {rows} 行，请写大一些，或分村做表"
        )
    return {
        "household": households,
        "village": [village.names for village in villages],
        "allocation": [each.model_dump(mode="json") for each in allocations],
    }


def _villages(allocations: Sequence[Allocation]) -> Iterator[_Place]:
    names = {each.code: each.place for each in allocations if each.code}
    for each in allocations:
        code = each.code or ""
        if len(code) != _VILLAGE or code.endswith("000"):
            if each.level == "村":  # its households would be missing without a word
                fault = each.faults.get("code")
                written = fault.text if fault else code
                raise NoPlaces(f"{each.place} 的区划代码“{written}”不是12位村码，请先改正")
            continue
        county, town = (names.get(code[:n]) or names.get(code[:n].ljust(_VILLAGE, "0"))
                        for n in (_COUNTY, _TOWN))  # fmt: skip
        place: Row = {
            "county": county,
            "town": each.town or town,
            "village": each.place,
            "village_code": code,
        }
        planned = each.faults.get("planned_households") or each.planned_households or 0
        if not isinstance(planned, int) or planned < 0:
            said = planned if isinstance(planned, int) else planned.text
            raise NoPlaces(f"{each.place} 的计划户数“{said}”不是户数，请先改正")
        if planned >= 10**_HOUSEHOLD_DIGITS:
            raise NoPlaces(f"{each.place} 的计划户数 {planned} 超过三位户号")
        yield _Place(place, planned)
