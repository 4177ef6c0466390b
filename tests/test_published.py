"""What is generated from the code and published stays in step with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jiandang.gates.catalogue import all_rules
from jiandang.policy import load_policy
from jiandang.register.tables import COLUMNS
from jiandang.report.schemas import schema_texts
from jiandang.reporters.catalogue import rules_markdown

ROOT = Path(__file__).parents[1]
REBUILD = "run python scripts/build_docs.py"


@pytest.mark.parametrize("name", ["register", "policy", "report"])
def test_schemas(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_texts()[name], REBUILD


def test_rules_md() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert text == rules_markdown(all_rules(), load_policy("xuzhou-2016")), REBUILD


def test_the_register_schema_carries_headings_and_codes() -> None:
    schema = json.loads(schema_texts()["register"])
    member = schema["$defs"]["Member"]["properties"]
    assert member["sex"]["title"] == "性别"
    assert "男" in json.dumps(member["sex"], ensure_ascii=False)
    assert "身份证号" in member["id_number"]["aliases"]


def test_every_rule_speaks_of_real_columns() -> None:
    known = {name for columns in COLUMNS.values() for name in columns}
    for rule in all_rules():
        if rule.at:
            assert set(rule.at.split("|")) <= known, rule.code


def test_suspicions_are_never_worded_as_wrong() -> None:
    """疑点 say what to verify; most of them turn out to have an explanation."""
    for rule in all_rules():
        if rule.severity == "suspect":
            words = rule.title + rule.message + rule.explanation.advice
            for word in ("错误", "不符合", "有误", "必须"):
                assert word not in words, rule.code


def test_explanations_are_whole_texts() -> None:
    """Only messages have places for values."""
    for rule in all_rules():
        explanation = rule.explanation
        texts = (explanation.checks, explanation.advice, explanation.wrong, explanation.right)
        assert not [text for text in texts if "{" in text], rule.code


def test_the_samples_are_what_their_script_makes(tmp_path: Path) -> None:
    script = ROOT / "sample_data" / "make_samples.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {name: (ROOT / "sample_data" / name).read_bytes() for name in made}
    assert made == kept
