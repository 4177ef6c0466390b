"""Whether a file may take far more to read than it seems, told from a look at its outside."""

import re
import zipfile
from pathlib import Path

# Sheets of a township reach 30; one with the same few values in every row reaches 100.
_RATIO, _RATIO_MATTERS_FROM = 60, 32 << 20
# Markup is read in Python, some megabytes a second.
_MARKUP = 4 << 20
_HEAD = 1 << 16
# Each sheet costs some milliseconds, however little is on it.
_PARTS, _TABLES = 800, 500
_TABLE = re.compile(rb"<(?:\w+:)?table\b", re.IGNORECASE)
_SPANS = re.compile(rb"(?:span|Span|Across|Down|Index)\s*=\s*[\"']?-?[0-9]{4,}")


def looks_dear(path: Path) -> bool:
    """Whether the file should be read where it can be stopped; False where nothing is known."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            start = stream.read(_HEAD)
            if start.startswith(b"PK"):
                return _is_dear_package(path)
            if start[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                rest = stream.read(_MARKUP)
                markup = start + rest
                is_long = len(markup) > _MARKUP or len(_TABLE.findall(markup)) > _TABLES
                return is_long or _SPANS.search(markup) is not None
    except (OSError, ValueError):
        pass
    return False


def _is_dear_package(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except Exception:  # a directory that cannot be read is refused without any cost
        return False
    if len(infos) > _PARTS:
        return True
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked <= _RATIO_MATTERS_FROM:
        return False
    is_ods = any(info.filename == "content.xml" for info in infos)
    return is_ods or unpacked > _RATIO * packed
