"""Paths → the files to read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SEARCHED = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv"}


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files as given, and the workbooks in the folders, sorted, each once.

    A file that is named is kept even if it cannot be read: that must be reported.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in _in_folder(path) if os.path.isdir(path) else [path]:  # noqa: PTH112 (never raises)
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _in_folder(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            ours = name.lower().endswith(".检查结果.xlsx")
            if (
                Path(name).suffix.lower() in _SEARCHED
                and not name.startswith((".", "~$"))
                and not ours
            ):
                yield Path(place, name)
