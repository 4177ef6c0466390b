"""Builds what is generated from the code: schemas/, docs/rules.md, the picture of the README.

python scripts/build_docs.py
"""

import io
from datetime import date
from pathlib import Path

from rich.console import Console

from jiandang import check, load, load_policy
from jiandang.gates.catalogue import all_rules
from jiandang.report.schemas import schema_texts
from jiandang.reporters.catalogue import rules_markdown
from jiandang.reporters.console import print_report

ROOT = Path(__file__).parents[1]
# As many findings as a reader takes in at a glance.
PICTURED_RULES = ("SB008", "LR106", "LR109", "DC008", "SJ001")


def main() -> None:
    for name, text in schema_texts().items():
        _write(ROOT / "schemas" / f"{name}.schema.json", text)
    policy = load_policy("xuzhou-2016")
    _write(ROOT / "docs" / "rules.md", rules_markdown(all_rules(), policy))
    register = load([ROOT / "sample_data" / "官山镇_有误.xlsx"], policy)
    report = check(register, policy, as_of=date(2016, 3, 29), select=PICTURED_RULES)
    console = Console(record=True, width=88, file=io.StringIO(), force_terminal=True)
    print_report(report, console)
    svg = console.export_svg(title="jiandang check 官山镇_有误.xlsx", unique_id="jiandang")
    _write(ROOT / "docs" / "pictures" / "check.svg", svg)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
