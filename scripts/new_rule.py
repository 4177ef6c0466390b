"""Writes the skeleton of a rule and of its two cases.

python scripts/new_rule.py SB031
python scripts/new_rule.py SB031 --module identification/petitions

The rule goes to the end of the module that has the gate's nearest code (`--module` names another,
which is made if need be), the cases to the end of the module that has that code's cases. Nothing
of it passes for a rule: the suite fails until all that says 待写 is written.
"""

import argparse
import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

from jiandang.engine.rule import Rule
from jiandang.gates.catalogue import all_rules
from jiandang.report.gates import SECTIONS

ROOT = Path(__file__).parents[1]
RULES = ROOT / "src" / "jiandang" / "gates"
CASES = ROOT / "tests" / "gates"

IMPORTS = """\
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.report.model import Severity
"""

NEW_MODULE = '"""待写：what the rules of this module check."""\n\n'

RULE = '''

@rule(
    "{code}",
    "待写：名称",
    Severity.WARNING,
    "{table}",
    at="待写",
    message="待写：哪里不对，带上格子里的值",
    basis="待写：依据",
)
def {name}(policy: Policy) -> Violation:
    """待写：查什么。

    改法：待写
    错例：待写
    对例：待写
    """
    raise NotImplementedError("{code}: return Violation(an expression, true where it is broken)")
'''

CASE = """

@breaks("{code}")
def {name}_is_broken(town: Town) -> Cell:
    raise NotImplementedError("{code}: break this rule alone, and return the cell it must name")


@spares("{code}")
def {name}_just_holds(town: Town) -> None:
    raise NotImplementedError("{code}: come near to breaking the rule")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="The skeleton of a rule and of its cases.")
    parser.add_argument("code", help="like SB031")
    parser.add_argument("--module", help="like identification/steps; made if it is not there")
    options = parser.parse_args()
    try:
        written = write(options.code, options.module)
    except ValueError as error:
        parser.error(str(error))
    for path in written:
        print(path.relative_to(ROOT).as_posix())
    print(f"Write what says 待写, then: scripts/rebuild.py, pytest -k {options.code}, pytest.")


def write(code: str, module: str | None) -> list[Path]:
    """Write both skeletons; gives the files. Raises ValueError for a code that cannot be one."""
    near = nearest(code)
    rules = RULES / f"{module}.py" if module else module_of(near)
    if not rules.parent.is_dir():
        raise ValueError(f"there is no gate {rules.parent.name}")
    cases = cases_of(near)
    names = {"code": code, "name": code.lower(), "table": near.table}
    write_rule(rules, RULE.format(**names))
    with cases.open("a", encoding="utf-8", newline="\n") as file:
        file.write(CASE.format(**names))
    return [rules, cases]


def nearest(code: str) -> Rule:
    """The rule with the greatest code below this one, or else the first of the gate."""
    if not re.fullmatch(r"[A-Z]{2}\d{3}", code) or code[:2] not in SECTIONS:
        raise ValueError(f"{code} is no code: one of {' '.join(SECTIONS)}, then three digits")
    gate = {rule.code: rule for rule in all_rules() if rule.gate == code[:2]}
    if code in gate:
        raise ValueError(f"{code} is there already: {gate[code].title}")
    # Those that only tell of what was noticed in reading are not written as the skeleton is.
    codes = sorted(rule.code for rule in gate.values() if rule.check is not None)
    return gate[max((other for other in codes if other < code), default=codes[0])]


def module_of(rule: Rule) -> Path:
    """The module that defines the rule."""
    assert rule.check is not None
    return Path(inspect.getfile(rule.check)).resolve()


def cases_of(rule: Rule) -> Path:
    """The module that has the rule's cases."""
    for path in sorted(CASES.glob("cases_*.py")):
        if f'@breaks("{rule.code}"' in path.read_text(encoding="utf-8"):
            return path
    raise ValueError(f"no module of tests has the cases of {rule.code}")


def write_rule(path: Path, skeleton: str) -> None:
    """Write the skeleton at the end of a module, with the imports that it needs."""
    text = path.read_text(encoding="utf-8") if path.exists() else NEW_MODULE
    end = ast.parse(text).body[0].end_lineno  # of its docstring
    lines = text.splitlines(keepends=True)
    text = "".join([*lines[:end], IMPORTS, *lines[end:], skeleton])
    path.write_text(text, encoding="utf-8", newline="\n")
    # What was imported already is merged, and all are sorted.
    ruff = (sys.executable, "-m", "ruff")
    subprocess.run([*ruff, "check", "-q", "--select", "I", "--fix", path], check=True)
    subprocess.run([*ruff, "format", "-q", path], check=True)


if __name__ == "__main__":
    main()
