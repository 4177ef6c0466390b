"""The county codes (县级行政区划代码, GB/T 2260) of every year from 1980 to 2026.

An identity number keeps the code of where it was issued, so codes long abolished are as good as
today's. The table is not complete (some codes on real cards are in no published list): a code
that is missing is a question, not an error. gbt2260.csv is made by scripts/build_region_codes.py.
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def county_codes() -> frozenset[str]:
    """All known county codes, six digits each."""
    return frozenset(_names())


def county_name(code: str) -> str | None:
    """The county's latest name under this code; earlier ones may have differed. None: unknown."""
    return _names().get(code)


def of_same_county(counties: Iterable[str]) -> dict[str, str]:
    """Other codes of these counties, from before they changed their rank: 邳县 is 邳州市 today."""
    return {code: county for county in counties for code in _earlier(county)}


@cache
def _earlier(county: str) -> tuple[str, ...]:
    near = (code for code in county_codes() if code[:4] == county[:4] and code != county)
    return tuple(code for code in near if _is_renamed(code, county))


def _is_renamed(code: str, county: str) -> bool:
    old, new = county_name(code), county_name(county)
    return bool(old and new and new.startswith(old.rstrip("市县区")))


@cache
def _names() -> dict[str, str]:
    table = files("jiandang.register") / "gbt2260.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["code"]: row["name"] for row in rows}
