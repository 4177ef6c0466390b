"""Makes anew all that is generated: samples, schemas, docs/rules.md, pictures, golden texts.

python scripts/rebuild.py

Prints the texts that have changed: read their diff before committing it. test_published.py
compares all of them with what this script makes, so that nothing generated is left behind.
"""

import contextlib
import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

import pictures
from reference import reference
from rich.console import Console

from jiandang import check, load, load_policy
from jiandang.gates.catalogue import all_rules
from jiandang.register.codes import code_lists
from jiandang.report.model import Report
from jiandang.report.schemas import schema_texts
from jiandang.reporters.catalogue import rules_markdown
from jiandang.reporters.console import print_report
from jiandang.reporters.markdown import write_markdown

ROOT = Path(__file__).parents[1]
CODES = ROOT / "src" / "jiandang" / "codes.py"
GOLDEN = ROOT / "tests" / "reporters" / "golden"
SAMPLES = ("合格", "有误", "凌乱")
WIDTHS = (80, 140)
# As many findings as a reader takes in at a glance.
_EXAMPLE_LINES = 4
PICTURED_RULES = ("SB008", "LR106", "LR109", "DC008", "SJ001")


def generated() -> dict[Path, Callable[[], str]]:
    """Each generated file, and what makes its text."""
    docs, schemas = ROOT / "docs", ROOT / "schemas"
    return {
        **{schemas / f"{name}.schema.json": partial(schema, name) for name in schema_texts()},
        docs / "rules.md": rules,
        docs / "library-reference.md": reference,
        docs / "reports.md": reports,
        CODES: code_values,
        docs / "pictures" / "check.svg": picture,
        **{
            GOLDEN / f"{sample}_{width}.txt": partial(golden, sample, width)
            for sample in SAMPLES
            for width in WIDTHS
        },
    }


def schema(name: str) -> str:
    return schema_texts()[name]


def rules() -> str:
    return rules_markdown(all_rules(), load_policy("xuzhou-2016"))


def code_values() -> str:
    """The values of codes.toml as enumerations: a type checker cannot read TOML."""
    lines = [
        '"""The values of the code lists (代码表), each equal to its text.',
        "",
        "Made by scripts/rebuild.py from register/codes.toml: do not edit.",
        '"""',
        "",
        "from enum import StrEnum",
        "from typing import Self",
        "",
        "",
        "class CodeValue(StrEnum):",
        '    """A value of a code list. Raises ValueError for what is none of its list."""',
        "",
        "    @classmethod",
        "    def _missing_(cls, value: object) -> Self:",
        '        title = (cls.__doc__ or "").rstrip("。")',
        """        raise ValueError(f"“{value}”不在“{title}”代码表里，可选：{'、'.join(cls)}")""",
    ]
    for name, codes in code_lists().items():
        if name != "yes_no":
            title = "".join(word.capitalize() for word in name.split("_"))
            lines += ["", "", f"class {title}(CodeValue):", f'    """{codes.title}。"""', ""]
            lines += [f'    {re.sub(r"[^0-9A-Za-z_一-鿿]", "", v)} = "{v}"' for v in codes.values]
    return "\n".join(lines) + "\n"


def reports() -> str:
    """docs/reports.md, with the head of a summary as it is made of a sample."""
    stream = io.StringIO()
    write_markdown(report_of("有误"), stream)
    table = [line for line in stream.getvalue().splitlines() if line.startswith("|")]
    example = "```\n" + "\n".join(table[:_EXAMPLE_LINES]) + "\n```"
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    start = text.index("```", text.index("## markdown："))
    end = text.index("```", start + 3) + 3
    return text[:start] + example + text[end:]


def picture() -> str:
    """What `jiandang check` shows of a few findings."""
    report = report_of("有误", select=PICTURED_RULES)
    return pictures.terminal(report, "jiandang check 官山镇_有误.xlsx")


def golden(sample: str, width: int) -> str:
    """What a clerk sees of a sample. The number of rules is left out: it says nothing of it."""
    return re.sub(r"运行规则\d+条", "运行规则…条", printed(report_of(sample), width))


@cache
def report_of(sample: str, *, select: tuple[str, ...] = (), context: bool = False) -> Report:
    policy = load_policy("xuzhou-2016")
    with contextlib.chdir(ROOT):  # what is generated says where a file is
        register = load([Path("sample_data", f"官山镇_{sample}.xlsx")], policy)
        return check(register, policy, as_of=date(2016, 3, 29), select=select, context=context)


def printed(report: Report, width: int) -> str:
    """The report as plain text, in a terminal of this width, three entries a rule."""
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, emoji=False, markup=False)
    print_report(report, console, max_per_rule=3)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def main() -> None:
    """Write the samples, then the texts that have changed: some of them tell of the samples."""
    if written(CODES, code_values()):
        # What has been imported here still has the old values.
        subprocess.run([sys.executable, __file__], check=True)
        return
    subprocess.run([sys.executable, "-m", "generators.samples"], check=True, cwd=ROOT)
    for path, make in generated().items():
        written(path, make())
    with contextlib.chdir(ROOT):
        for name in pictures.take(report_of("有误")):
            print(f"docs/pictures/{name}")


def written(path: Path, text: str) -> bool:
    """Whether the file had another text; now it has this one."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(path.relative_to(ROOT).as_posix())
    return True


if __name__ == "__main__":
    main()
