"""The house keeps its order: who may import whom, and where rules have no place."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import settings

from jiandang.gates.catalogue import all_rules

SOURCE = Path(__file__).parents[1] / "src" / "jiandang"
# Each room knows those before it, and none behind it.
ROOMS = (
    "errors", "log", "toml", "register", "policy", "formats", "headings", "engine", "movement",
    "gates", "matching", "intake", "report", "run", "reporters", "answers", "templates", "repairs",
    "cli",
)  # fmt: skip
# What a report is made of, and the words of an answer: they know nothing but themselves.
LEAVES = {
    "report.model",
    "report.gates",
    "report.files",
    "report.answered",
    "report.movement",
    "report.person",
    "answers.replies",
}
# What a row or a policy is given by headings is asked for when it is given, and no sooner.
ASKED_WHEN_GIVEN = {"headings.one_row", "headings.mapped"}


def imports(path: Path) -> set[str]:
    """The modules of this program that a module imports."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    found = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
    return {name.removeprefix("jiandang.") for name in found if name.startswith("jiandang.")}


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room: str) -> None:
    paths = [SOURCE / f"{room}.py", *(SOURCE / room).rglob("*.py")]
    known = {name for path in paths if path.exists() for name in imports(path)} - LEAVES
    known -= ASKED_WHEN_GIVEN if room in ("register", "policy") else set()
    behind = ROOMS[ROOMS.index(room) + 1 :]
    assert sorted(name for name in known if name.partition(".")[0] in behind) == []


@pytest.mark.parametrize("room", ["register", "policy", "headings", "formats", "intake"])
def test_what_is_read_knows_no_report(room: str) -> None:
    known = {name for path in (SOURCE / room).rglob("*.py") for name in imports(path)}
    assert sorted(name for name in known if name.startswith("report")) == []


@pytest.mark.parametrize("room", ["register", "headings", "formats", "intake", "engine"])
def test_no_rule_is_named_where_none_belongs(room: str) -> None:
    codes = re.compile("|".join(rule.code for rule in all_rules()))
    strings = [
        node.value
        for path in (SOURCE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    named = [text for text in strings if codes.fullmatch(text)]
    assert named == []


def test_no_test_looks_at_the_clock() -> None:
    """On a busy machine it would fail for nothing: no deadlines, no pauses, no measured times."""
    clock = re.compile(
        r"deadline=(?!None)|\btimeout=[0-9]|perf_counter|process_time|monotonic|time\.time\(|"
        r"^\s*(time\.)?sleep\(",
        re.MULTILINE,
    )
    tests = Path(__file__).parent
    found = {
        path.name: match[0]
        for path in tests.rglob("*.py")
        if path != Path(__file__) and (match := clock.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    assert settings.default is not None and settings.default.deadline is None
