"""Makes the offline kit: all wheels for Linux and Windows, to be installed without a network.

    python packaging/offline.py [FOLDER] [--python 3.13] [--old-cpu]

Needs the tools of `pip install -e '.[dev]'` and a package index. The kit holds the wheels, a
requirements file that names each by its hash, and 安装.txt. `--old-cpu` takes Polars for processors
without AVX2 along.
"""

import argparse
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from wheels import LINUX, WINDOWS, build_wheel, download, locked

_HOW = """jiandang {version} 离线安装包（Windows 和 Linux，x86-64，Python {python}）

在装有 Python {python} 的电脑上，进入本文件夹：

Windows：
    py -{python} -m venv jiandang
    jiandang\\Scripts\\pip install --no-index --find-links wheels -r requirements.txt
    jiandang\\Scripts\\jiandang --version

Linux（glibc 2.28 以上：银河麒麟 V10、统信 UOS 20、Debian 10、RHEL 8 及更新的）：
    python{python} -m venv jiandang
    jiandang/bin/pip install --no-index --find-links wheels -r requirements.txt
    jiandang/bin/jiandang --version

requirements.txt 里写着每个文件的 SHA-256，pip 逐个核对，有一个字节不同就不装。
"""


def main() -> None:
    """Make the kit as the arguments say."""
    parser = argparse.ArgumentParser(description="Make the offline kit.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("dist/offline"))
    parser.add_argument("--python", default="3.13", metavar="X.Y", help="version of Python")
    parser.add_argument("--old-cpu", action="store_true", help="for processors without AVX2, too")
    given = parser.parse_args()
    if given.folder.exists() and any(given.folder.iterdir()):
        sys.exit(f"{given.folder} is not empty: delete it first, or name another folder")
    without = () if given.old_cpu else ("polars-runtime-compat",)
    wheels = given.folder / "wheels"
    for target in (LINUX, WINDOWS):
        download(target, given.python, wheels, without)
    with tempfile.TemporaryDirectory() as build:
        wheel = Path(shutil.move(build_wheel(Path(build)), wheels))
    write_papers(given.folder, wheel, given.python, without)
    print(f"{given.folder}: {len([*wheels.iterdir()])} wheels")


def write_papers(folder: Path, wheel: Path, python: str, without: tuple[str, ...]) -> None:
    """The requirements file with all hashes, this project's wheel in it, and how to install."""
    version = wheel.name.split("-")[1]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    entries = [entry for _, entry in locked(without)]
    entries.append(f"jiandang=={version} \\\n    --hash=sha256:{digest}")
    (folder / "requirements.txt").write_text("\n".join(entries) + "\n", "utf-8", newline="\n")
    how = _HOW.format(version=version, python=python)
    # With a mark in front and these line ends any Windows shows it rightly.
    (folder / "安装.txt").write_text(how, "utf-8-sig", newline="\r\n")


if __name__ == "__main__":
    main()
