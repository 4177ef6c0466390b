"""The rule catalogue for readers: the list, one rule explained, docs/rules.md."""

import json
from collections.abc import Iterable

from jiandang.engine.rule import Rule
from jiandang.engine.words import heading_of
from jiandang.policy import Deadlines, Policy
from jiandang.policy.dynamic import Dynamic
from jiandang.register.tables import TITLES
from jiandang.report.gates import SECTIONS
from jiandang.report.model import SEVERITY_NAMES


def rules_as_json(rules: Iterable[Rule]) -> str:
    """The rules as a JSON list."""
    entries = [
        {
            "code": rule.code,
            "gate": rule.gate,
            "gate_name": SECTIONS[rule.gate],
            "severity": rule.severity.value,
            "title": rule.title,
            "checks": rule.explanation.checks,
            "advice": rule.explanation.advice,
            "basis": rule.basis,
        }
        for rule in rules
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def print_rules(rules: Iterable[Rule]) -> None:
    """One line a rule, grouped by gate."""
    gate = ""
    for rule in rules:
        if rule.gate != gate:
            gate = rule.gate
            print(f"\n{gate} {SECTIONS[gate]}")
        print(f"  {rule.code}  {SEVERITY_NAMES[rule.severity]}  {rule.title}")


def print_explanation(rule: Rule, policy: Policy) -> None:
    """All that is known of one rule, with the values of a policy."""
    print("\n".join(explanation_lines(rule, policy)))
    print()


def explanation_lines(rule: Rule, policy: Policy) -> list[str]:
    """The explanation as lines of text."""
    explanation = rule.explanation
    lines = [
        f"{rule.code} {rule.title}（{SECTIONS[rule.gate]}，{SEVERITY_NAMES[rule.severity]}）",
        f"查什么：{explanation.checks}",
    ]
    if rule.table:
        cells = "或".join(f"“{heading_of(name)}”" for name in rule.at.split("|"))
        lines.append(f"指向：{TITLES[rule.table]}表的{cells}")
    for title, value, source in policy_values(rule, policy):
        lines.append(f"政策数值：{title} = {value}" + (f"（来源：{source}）" if source else ""))
    lines += [
        f"依据：{rule.basis}",
        f"错例：{explanation.wrong}",
        f"对例：{explanation.right}",
        f"怎么办：{explanation.advice}",
    ]
    if rule.reasons:
        lines.append(f"登记无误的常见理由：{'；'.join(rule.reasons)}")
    if explanation.proof:
        lines.append(f"可以说明的错误，要有：{explanation.proof}")
    return lines


class _Recording:
    """Stands in for a policy and notes which parameters a rule asks for: `name`, `part.name`."""

    def __init__(self, part: Policy | Dynamic, asked: dict[str, None], within: str = "") -> None:
        self._part, self.asked, self._within = part, asked, within

    def __getattr__(self, name: str) -> object:
        value = getattr(self._part, name)
        if isinstance(value, Dynamic):
            return _Recording(value, self.asked, f"{name}.")
        if name in type(self._part).model_fields:
            self.asked[self._within + name] = None
        return value


def policy_values(rule: Rule, policy: Policy) -> list[tuple[str, str, str]]:
    """Title, value and source of the policy parameters that the rule uses."""
    recording = _Recording(policy, {})
    rule.violations(recording)  # type: ignore[arg-type]
    found = []
    for path in recording.asked:
        within, _, name = path.rpartition(".")
        part = getattr(policy, within) if within else policy
        title = type(part).model_fields[name].title or name
        found.append((title, _shown(getattr(part, name)), policy.sources.get(within or name, "")))
    return found


def _shown(value: object) -> str:
    if value is None:
        return "未设定"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{name} {each}" for name, each in value.items())
    if isinstance(value, (set, frozenset, tuple, list)):
        return "、".join(str(item) for item in sorted(value, key=str))
    if hasattr(value, "low") and hasattr(value, "high"):
        return f"{value.low} 至 {value.high}"
    if isinstance(value, Deadlines):
        days = ((value.title(step), value.of(step)) for step in Deadlines.model_fields)
        return "、".join(f"{title} {day}" for title, day in days if day is not None)
    return str(value)


def rules_markdown(rules: Iterable[Rule], policy: Policy) -> str:
    """docs/rules.md: every rule with its explanation, generated."""
    lines = [
        "# 规则目录",
        "",
        "本文件由 `python scripts/rebuild.py` 从规则生成，请勿手改。政策数值取自 "
        f"`{policy.name}`。",
    ]
    gate = ""
    for rule in rules:
        if rule.gate != gate:
            gate = rule.gate
            lines += ["", f"## {gate} {SECTIONS[gate]}"]
        body = explanation_lines(rule, policy)[1:]
        lines += ["", f"### {rule.code} {rule.title}", "", f"{SEVERITY_NAMES[rule.severity]}", ""]
        lines += [f"- {line}" for line in body]
    return "\n".join(lines) + "\n"
