"""What the Windows folder and the offline kit are made of: wheels of the locked versions.

Exits where a tool or a package index is missing, or no Python of that version is known.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

if missing := [name for name in ("hatchling", "packaging", "pip") if find_spec(name) is None]:
    sys.exit(f"{', '.join(missing)} missing here. First: pip install -e '.[dev]'")
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "packaging" / "requirements.txt"


@dataclass(frozen=True)
class Target:
    """A system that wheels are for: what markers ask about, and the platform tags it takes."""

    sys_platform: str
    tags: tuple[str, ...]

    def takes(self, requirement: Requirement, python: str) -> bool:
        """Whether a locked requirement is needed on this system, whatever this machine is."""
        environment = {
            "sys_platform": self.sys_platform,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
        }
        return requirement.marker is None or requirement.marker.evaluate(environment)


WINDOWS = Target("win32", ("win_amd64",))
# From glibc 2.28 on (2018). pip does not conclude from a newer tag that it may take an older one.
LINUX = Target("linux", tuple(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)))


def locked(without: Collection[str] = (), lock: Path = LOCK) -> Iterator[tuple[Requirement, str]]:
    """The requirements of a lock, each with its lines as they stand there."""
    for entry in re.split(r"\n(?=[a-z])", lock.read_text(encoding="utf-8").strip()):
        requirement = Requirement(entry.split("\\")[0])
        if requirement.name not in without:
            yield requirement, entry


def download(target: Target, python: str, folder: Path, without: Collection[str] = ()) -> None:
    """Fetch the locked wheels for a system and a version of Python, and compare their hashes."""
    entries = [entry for needed, entry in locked(without) if target.takes(needed, python)]
    tags = [word for tag in target.tags for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--require-hashes", "--implementation", "cp"]
    command += ["--python-version", python, *tags, "--dest", str(folder.absolute())]
    with tempfile.TemporaryDirectory() as temporary:
        chosen = Path(temporary) / "chosen.txt"
        # pip would judge the markers by the machine that it runs on.
        lines = "\n".join(re.sub(r" ;[^\\]*", " ", entry) for entry in entries)
        chosen.write_text(lines, encoding="utf-8")
        _run([*command, "--requirement", str(chosen)], f"no wheels fetched for Python {python}")


def build_wheel(folder: Path) -> Path:
    """The wheel of this project, made from its sdist as an index would have it."""
    folder.mkdir(parents=True, exist_ok=True)
    hatch = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory"]
    _run([*hatch, str(folder)], "cannot make the sdist")
    (source,) = folder.glob("jiandang-*.tar.gz")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    _run(command, "cannot make the wheel")
    (wheel,) = folder.glob("jiandang-*.whl")
    return wheel


def _run(command: Sequence[str], failure: str) -> None:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        sys.exit(f"{done.stderr}{failure}")
