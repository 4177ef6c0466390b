"""What is generated from the code and published stays in step with it."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pictures
import pytest
from rebuild import ROOT, generated, report_of
from rich.cells import cell_len

from jiandang import __version__
from jiandang.gates.catalogue import all_rules
from jiandang.register.tables import BEFORE, COLUMNS
from jiandang.report.schemas import schema_texts

GENERATED = generated()


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_generated_texts_are_what_the_script_makes(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == GENERATED[path](), "run python scripts/rebuild.py"


def test_pictures_show_what_the_program_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    now = pictures.sources(report_of("有误"))
    assert pictures.known() == now, "run python scripts/rebuild.py, and look at docs/pictures"


def test_every_picture_is_made_by_the_script_and_shown() -> None:
    made = {path for path in GENERATED if path.parent == pictures.FOLDER}
    made |= {pictures.FOLDER / name for name in (*pictures.PICTURES, pictures.SOURCES.name)}
    assert set(pictures.FOLDER.iterdir()) == made
    texts = "".join(
        path.read_text("utf-8") for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    )
    assert [path.name for path in made - {pictures.SOURCES} if path.name not in texts] == []


def test_the_picture_of_a_terminal_measures_in_cells() -> None:
    """Rich counts characters, and squeezes Chinese into half of its width."""
    svg = (pictures.FOLDER / "check.svg").read_text("utf-8")
    found = re.findall(r'textLength="([^"]*)" [^>]*>([^<]*)<', svg)
    assert len(found) > 50
    for length, text in found:
        assert float(length) == pytest.approx(12.2 * cell_len(unescape(text)), rel=1e-4)
    assert "http" not in svg.replace("http://www.w3.org", "").replace("https://www.textualize", "")


def test_the_window_shows_what_is_found_and_was_measured() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (finding,) = [each for each in report_of("有误").findings if each.rule == "SB008"]
    for part in (finding.title, finding.address, finding.message, finding.advice):
        assert part in readme
    measured = (ROOT / "docs" / "performance.md").read_text("utf-8")
    seconds = re.findall(r"([0-9.]+) s\b", readme.partition("How it compares")[2])
    assert len(seconds) == 3 and all(f"| {number} |" in measured for number in seconds)


def test_no_text_holds_the_number_of_rules_by_hand() -> None:
    """Whoever adds a rule would have to find them all."""
    number = r"\b\d{3,}(?:\s|[-*`])*(?:条(?:检查)?规则|(?:\w+ )?rules?\b|reasons)"
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    texts += [path for room in ("src", "tests", "scripts") for path in ROOT.glob(f"{room}/**/*.py")]
    held = {
        path.relative_to(ROOT).as_posix(): found
        for path in texts
        if path not in GENERATED and (found := re.findall(number, path.read_text("utf-8")))
    }
    assert held == {}


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_register_schema_carries_headings_and_codes() -> None:
    schema = json.loads(schema_texts()["register"])
    member = schema["$defs"]["Member"]["properties"]
    assert member["sex"]["title"] == "性别"
    assert "男" in json.dumps(member["sex"], ensure_ascii=False)
    assert "身份证号" in member["id_number"]["x-aliases"]


def test_every_rule_speaks_of_real_columns() -> None:
    known = {name for columns in COLUMNS.values() for name in columns}
    for rule in all_rules():
        if rule.at:
            names = {name.removeprefix(BEFORE) for name in rule.at.split("|")}
            assert names <= known, rule.code


def test_suspicions_are_never_worded_as_wrong() -> None:
    """疑点 say what to verify; most of them turn out to have an explanation."""
    for rule in all_rules():
        if rule.severity == "suspect":
            words = rule.title + rule.message + rule.explanation.advice
            for word in ("错误", "不符合", "有误", "必须"):
                assert word not in words, rule.code


def test_nothing_of_a_rule_is_left_to_write() -> None:
    """What scripts/new_rule.py writes is no rule yet."""
    for room in ("src/jiandang/gates", "tests/gates"):
        for path in ROOT.glob(f"{room}/**/*.py"):
            text = path.read_text(encoding="utf-8")
            assert "待写" not in text and "NotImplementedError" not in text, path


def test_explanations_are_whole_texts() -> None:
    """Only messages have places for values."""
    for rule in all_rules():
        explanation = rule.explanation
        texts = (explanation.checks, explanation.advice, explanation.wrong, explanation.right)
        assert not [text for text in texts if "{" in text], rule.code


def test_the_samples_are_what_their_script_makes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generators.samples", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in files}
    kept = {name: (ROOT / "sample_data" / name).read_bytes() for name in made}
    assert made == kept


def empty_sections(text: str) -> list[str]:
    """The headings with nothing under them, but for those of which others are parts."""
    bare = re.sub(r"(?ms)^```.*?^```", "code", text)
    lines = [line for line in bare.splitlines() if line.strip()]
    pairs = zip(lines, [*lines[1:], "# "], strict=True)
    depth = [(line, len(line) - len(line.lstrip("#")), after) for line, after in pairs]
    return [
        line
        for line, own, after in depth
        if own and after.startswith("#") and len(after) - len(after.lstrip("#")) <= own
    ]


def test_the_version_is_told_in_the_changes() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"(?m)^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", changes)


def test_no_section_is_empty() -> None:
    assert empty_sections("# a\n## b\ntext\n## c\n") == ["## c"]
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")]
    assert {path.name: empty for path in texts if (empty := empty_sections(path.read_text()))} == {}
