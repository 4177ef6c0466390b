"""The locks say what pyproject.toml asks for, and what is tested is what is shipped."""

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from wheels import LINUX, LOCK, ROOT, WINDOWS, locked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [Requirement(each) for each in PROJECT["dependencies"]]
TOOLS = [Requirement(each) for each in PROJECT["optional-dependencies"]["dev"]]


def versions(name: str) -> dict[str, str]:
    """The version of each package in a lock. Each must be exact and have hashes."""
    found: dict[str, str] = {}
    for requirement, lines in locked(lock=LOCK.with_name(name)):
        (exact,) = requirement.specifier
        assert exact.operator == "==", requirement
        assert "--hash=sha256:" in lines, requirement
        found[canonicalize_name(requirement.name)] = exact.version
    return found


def test_locks_have_a_version_of_each_dependency_that_is_allowed() -> None:
    for name, asked in (
        ("requirements.txt", ASKED),
        ("requirements-dev.txt", ASKED + TOOLS),
        ("requirements-lowest.txt", ASKED),
    ):
        found = versions(name)
        for each in asked:
            assert each.specifier.contains(found[canonicalize_name(each.name)]), (name, each)


def test_what_is_tested_is_what_is_shipped() -> None:
    tested = versions("requirements-dev.txt")
    shipped = versions("requirements.txt")
    # Polars for old processors is a build of the same version.
    assert shipped.pop("polars-runtime-compat") == shipped["polars-runtime-32"]
    assert shipped == {name: tested[name] for name in shipped}


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    lowest = versions("requirements-lowest.txt")
    for each in ASKED:
        found = Version(lowest[canonicalize_name(each.name)])
        bounds = [Version(part.version) for part in each.specifier if part.operator == ">="]
        assert bounds in ([], [found]), each


def test_markers_are_judged_for_the_target_not_for_this_machine() -> None:
    (colorama,) = [needed for needed, _ in locked() if needed.name == "colorama"]
    assert WINDOWS.takes(colorama, "3.13")
    assert not LINUX.takes(colorama, "3.13")
