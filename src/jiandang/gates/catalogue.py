"""All rules of the five gates and of the groups beside them, by code."""

from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from pkgutil import walk_packages

from jiandang import gates
from jiandang.engine.rule import REGISTRY, Rule
from jiandang.errors import UnknownRule
from jiandang.report.gates import SECTIONS

# Importing a module registers its rules, and the columns that they use.
for _module in walk_packages(gates.__path__, f"{gates.__name__}."):
    if _module.name != __name__:
        import_module(_module.name)


def all_rules() -> list[Rule]:
    """Every rule, in the order of the gates and of the catalogue."""
    sections = list(SECTIONS)
    return sorted(REGISTRY.values(), key=lambda rule: (sections.index(rule.gate), rule.code))


def find_rule(code: str) -> Rule:
    """The rule with this code. Raises UnknownRule that names the nearest codes."""
    found = REGISTRY.get(code.upper())
    if found is None:
        near = get_close_matches(code.upper(), REGISTRY, n=3, cutoff=0.5)
        hint = f"相近的有：{'、'.join(near)}" if near else "全部规则见 jiandang rules"
        raise UnknownRule(f"没有规则“{code}”。{hint}")
    return found


def select_rules(select: str | Iterable[str], ignore: str | Iterable[str]) -> list[Rule]:
    """The rules that begin with one of `select` (all, if empty) and with none of `ignore`."""
    chosen, dropped = _prefixes(select), _prefixes(ignore)
    return [
        rule
        for rule in all_rules()
        if (not chosen or rule.code.startswith(chosen)) and not rule.code.startswith(dropped)
    ]


def required_rules(require: Iterable[str]) -> dict[str, bool]:
    """The codes of the rules that begin with one of `require`, and whether they are named in full.

    Raises UnknownRule.
    """
    prefixes = _prefixes(require)
    codes = [rule.code for rule in all_rules()] if prefixes else []
    return {code: code in prefixes for code in codes if code.startswith(prefixes)}


# 识别程序关, as people call a gate.
_CODES = {name.removesuffix("关"): code for code, name in SECTIONS.items()}


def _prefixes(codes: str | Iterable[str]) -> tuple[str, ...]:
    """Codes and names of gates, of which a text may join several with commas.

    Raises UnknownRule.
    """
    codes = [codes] if isinstance(codes, str) else codes
    codes = [*codes] if isinstance(codes, Iterable) else [codes]
    if not all(isinstance(code, str) for code in codes):
        raise UnknownRule(f"规则应写成文字，如 LR103、SB，或几个的列表，现在是 {codes}")
    parts = [part.strip() for code in codes for part in code.upper().replace("，", ",").split(",")]
    prefixes = tuple(_CODES.get(part.removesuffix("关"), part) for part in parts if part)
    for prefix in prefixes:
        if prefix not in REGISTRY and not any(code.startswith(prefix) for code in REGISTRY):
            find_rule(prefix)
    return prefixes
