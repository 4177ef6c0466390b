"""Makes the locks anew: the newest versions of all dependencies that fit together.

    python packaging/lock.py         needs uv (`pip install uv`) and a package index

- requirements.txt: what the program needs, on any system, from Python 3.11 on. The Windows folder
  and the offline kit are made of it.
- requirements-dev.txt: the same versions and the tools. CI tests with them.
- requirements-lowest.txt: the lower bounds of pyproject.toml. CI tries the program with them.
"""

import subprocess
from pathlib import Path

HERE = Path(__file__).parent
LOCK = ["--python-version", "3.11", "--no-annotate", "--no-header", "--generate-hashes", "--quiet"]
# One version for all versions of Python: those that are tested are those that are used.
NEWEST = ["--universal", "--fork-strategy", "fewest", "--upgrade"]


def main() -> None:
    """Write the three files."""
    requirements = HERE / "requirements.txt"
    compile_lock(requirements, *NEWEST, "--extra", "old-cpu")
    compile_lock(HERE / "requirements-dev.txt", *NEWEST, "--extra", "dev", "-c", str(requirements))
    compile_lock(HERE / "requirements-lowest.txt", "--universal", "--resolution", "lowest-direct")


def compile_lock(target: Path, *options: str) -> None:
    """Resolve the project's dependencies into one file of exact versions and hashes."""
    command = ["uv", "pip", "compile", "pyproject.toml", *LOCK, *options, "--output-file"]
    subprocess.run([*command, str(target)], check=True, cwd=HERE.parent)


if __name__ == "__main__":
    main()
