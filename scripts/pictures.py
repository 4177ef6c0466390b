"""The pictures of the documents: a terminal as SVG, pages and the marked copy as PNG.

An SVG is a text, the same everywhere. A PNG depends on the browser and the fonts of a machine, so
`sources.json` holds for each the hash of what it shows: where that has changed it is out of date.
"""

import hashlib
import io
import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

import openpyxl
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console

from jiandang import __version__
from jiandang.report.model import Report
from jiandang.reporters.console import print_report
from jiandang.reporters.html import write_html
from jiandang.reporters.marked import write_marked_copies

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SOURCES = FOLDER / "sources.json"
_CELL = 12.2  # the width that Rich gives a cell
_FONTS = "'Sarasa Mono SC', 'Noto Sans Mono CJK SC', SimSun, monospace"


def terminal(report: Report, title: str) -> str:
    """What `jiandang check` shows, as a terminal window.

    Rich gives a text as many cells as it has characters, draws digits as wide as Chinese, and asks
    the network for a font.
    """
    console = Console(record=True, width=88, file=io.StringIO(), force_terminal=True)
    print_report(report, console)
    style = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    style = style.replace("Fira Code, monospace", _FONTS)
    style = style.replace("font-variant-east-asian: full-width;", "")
    svg = console.export_svg(title=title, code_format=style, unique_id="jiandang")

    def of_cells(match: re.Match[str]) -> str:
        length = _CELL * cell_len(unescape(match[2]))
        return f'textLength="{length:g}" lengthAdjust="spacingAndGlyphs"{match[1]}>{match[2]}<'

    return re.sub(r'textLength="[^"]*"([^>]*)>([^<]*)<', of_cells, svg)


@dataclass(frozen=True)
class OfPage:
    """A picture of the page from its top, or with a village chosen from its filters on."""

    width: int
    height: int
    village: str = ""


@dataclass(frozen=True)
class OfCopy:
    """A picture of the marked copy: the first printed page with the text, its part in pixels."""

    text: str
    width: int
    height: int


PICTURES: dict[str, OfPage | OfCopy] = {
    "网页.png": OfPage(900, 605),
    "网页_筛选.png": OfPage(1240, 520, "柳湾村"),
    "网页_手机.png": OfPage(390, 780),
    "检查结果.png": OfCopy("五关结果", 770, 770),
    "问题清单.png": OfCopy("序号", 1090, 440),
}


def sources(report: Report) -> dict[str, str]:
    """By picture the hash of what it shows; the version is no reason for another picture."""
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.load_workbook(_copy(report, Path(folder)))
    shown = "\n".join(str(row) for sheet in book.worksheets[:2] for row in sheet.values)
    texts = {OfPage: _page(report), OfCopy: shown}
    return {
        name: hashlib.sha256(
            f"{picture}{texts[type(picture)]}".replace(__version__, "…").encode()
        ).hexdigest()
        for name, picture in PICTURES.items()
    }


def known() -> dict[str, str]:
    """What the pictures that are there were taken of."""
    hashes: dict[str, str] = json.loads(SOURCES.read_text("utf-8")) if SOURCES.exists() else {}
    return hashes


def take(report: Report) -> list[str]:
    """Take the pictures that are out of date; gives their names.

    It wants Chromium, LibreOffice and pdftoppm (apt install chromium libreoffice-calc
    poppler-utils fonts-noto-cjk): look at what they made before committing it.
    """
    now, old = sources(report), known()
    stale = [name for name in PICTURES if now[name] != old.get(name)]
    with tempfile.TemporaryDirectory() as folder:
        for name in stale:
            picture = PICTURES[name]
            if isinstance(picture, OfPage):
                _take_page(report, picture, FOLDER / name, Path(folder))
            else:
                _take_copy(report, picture, FOLDER / name, Path(folder))
    text = json.dumps(now, ensure_ascii=False, indent=2) + "\n"
    SOURCES.write_text(text, encoding="utf-8", newline="\n")
    return stale


def _page(report: Report) -> str:
    stream = io.StringIO()
    write_html(report, stream)
    return stream.getvalue()


def _take_page(report: Report, picture: OfPage, target: Path, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    (path := folder / "page.html").write_text(_page(report), encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        size: ViewportSize = {"width": picture.width, "height": picture.height}
        page = browser.new_page(viewport=size)
        page.goto(path.as_uri())
        top = 0.0
        if picture.village:
            page.select_option("[name=village]", picture.village)
            box = page.locator("#filters").bounding_box()
            assert box is not None
            top = box["y"] - 70  # with the title above
        page.screenshot(path=target, full_page=True, clip={"x": 0, "y": top, **size})
        browser.close()


def _copy(report: Report, folder: Path) -> Path:
    (path,) = write_marked_copies(report, folder)
    return path


def _take_copy(report: Report, picture: OfCopy, target: Path, folder: Path) -> None:
    """By way of the printed pages: LibreOffice makes no picture of any but the first sheet."""
    copy = _copy(report, folder)
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(copy)]
    subprocess.run(convert, check=True, capture_output=True)
    pdf = copy.with_suffix(".pdf")
    words = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True)
    pages = words.stdout.decode("utf-8").split("\f")
    number = str(next(n for n, page in enumerate(pages, 1) if picture.text in page))
    part = ["-x", "30", "-y", "45", "-W", str(picture.width), "-H", str(picture.height)]
    crop = ["-r", "100", "-f", number, "-l", number, *part, "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *crop, str(pdf), str(target.with_suffix(""))], check=True)
