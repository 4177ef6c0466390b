"""LibreOffice, with a profile of its own: what it makes of a workbook."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice saves it again in `folder`: `kind` is a suffix, or more."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind]
    command += ["--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def pages_of_pdf(path: Path) -> int:
    """How many pages of paper a workbook is printed on."""
    pdf = converted(path, "pdf", path.parent).read_bytes()
    return pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n")


def typed(path: Path, entries: list[tuple[str, str, str]]) -> Path:
    """The workbook after texts have been typed into its cells in LibreOffice (sheet, cell, text).

    Skips where no Python can speak to it.
    """
    pythons = ("/usr/lib/libreoffice/program/python", "/usr/bin/python3", "python3")
    can_type = (python for python in pythons if _has_uno(python))
    python = next(can_type, None)
    if python is None:
        pytest.skip("needs a Python with LibreOffice's uno")
    target = path.with_name(f"{path.stem}.typed.xlsx")
    command = [python, str(Path(__file__).with_name("typing_office.py"))]
    command += [str(path.parent / "profile"), str(path), str(target)]
    subprocess.run(command, check=True, input=json.dumps(entries).encode(), env=_PLAIN)
    return target


# Another Python must not look into the packages of this one.
_PLAIN = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}


def _has_uno(python: str) -> bool:
    if shutil.which(python) is None:
        return False
    asked = subprocess.run([python, "-c", "import uno"], capture_output=True, env=_PLAIN)
    return asked.returncode == 0
