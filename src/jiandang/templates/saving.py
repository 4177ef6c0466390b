"""Workbooks of openpyxl as files that are the same, byte for byte, at every run."""

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from jiandang.reporters.placing import replacing

_THEN = (2016, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def save(book: Workbook, target: Path) -> None:
    """Write a workbook without the time. Raises OSError where it cannot be written."""
    made = io.BytesIO()
    book.save(made)
    with replacing(target) as draft, ZipFile(made) as old, ZipFile(draft, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>2016-01-01T00:00:00Z", content)
            info = ZipInfo(name, date_time=_THEN)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, content)
