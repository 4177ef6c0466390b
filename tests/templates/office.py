"""LibreOffice, with a profile of its own: what it makes of a workbook."""

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
