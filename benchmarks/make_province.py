"""Makes a province of the city that make_data.py makes: the same towns again in other counties.

    python benchmarks/make_province.py FOLDER [CITIES]

Fifteen cities have 10.35 million people in 1,500 files, 1.8 GB. Codes, identity numbers (right
ones stay right, wrong ones wrong) and telephones are each city's own, so that as many people stand
in two files as in fifteen single cities. Everything else is equal, and only the shared strings
are written anew. What exists is not made again.
"""

import re
import shutil
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from make_data import main as make_data

COUNTIES = {
    "320324": "睢宁县", "320321": "丰县", "320322": "沛县", "320722": "东海县", "320723": "灌云县",
    "320724": "灌南县", "320826": "涟水县", "320830": "盱眙县", "320831": "金湖县",
    "320921": "响水县", "320922": "滨海县", "320923": "阜宁县", "320924": "射阳县",
    "320925": "建湖县", "321322": "沭阳县",
}  # fmt: skip
CITY = 690_000  # rows, one a person
_OWN = "320324"
_STRINGS = "xl/sharedStrings.xml"
_TEXT = re.compile("<t>([^<]*)</t>")
_MOBILE = re.compile(r"1[3578]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4)
_CHECKS = "10X98765432"


def cities(folder: Path, count: int) -> list[Path]:
    """The folders of so many cities; those that are not there are made."""
    make_data(folder.parent, dates=False)
    city = folder.parent / "city"
    return [city, *(_moved(city, folder / code, code) for code in [*COUNTIES][1:count])]


def in_county(text: str, county: str) -> str:
    """What a cell of the generated registers is in another county."""
    number = [*COUNTIES].index(county)
    if text == COUNTIES[_OWN]:
        return COUNTIES[county]
    if _MOBILE.fullmatch(text):
        return f"{text[:2]}{(int(text[2:]) + number * 7_654_321) % 10**9:09}"
    if not text.startswith(_OWN):
        return text
    if len(text) == 18:  # an identity number: its check digit is of the county too
        shift = sum(w * (int(b) - int(a)) for w, a, b in zip(_WEIGHTS, _OWN, county, strict=True))
        text = text[:-1] + _CHECKS[(_CHECKS.index(text[-1]) + shift) % 11]
    return county + text[len(_OWN) :]


def _moved(city: Path, target: Path, county: str) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    for source in sorted(city.glob("*.xlsx")):
        path = target / source.name
        if not path.exists():
            unfinished = path.with_name(f"~{path.name}")
            shutil.copyfile(source, unfinished)
            _move(unfinished, county)
            unfinished.replace(path)
    return target


def _move(path: Path, county: str) -> None:
    with ZipFile(path, "a", ZIP_DEFLATED) as book:
        texts = book.read(_STRINGS).decode()
        # What is no longer in the directory is no part of the archive.
        book.filelist.remove(book.NameToInfo.pop(_STRINGS))
        moved = _TEXT.sub(lambda found: f"<t>{in_county(found[1], county)}</t>", texts)
        book.writestr(_STRINGS, moved)


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else len(COUNTIES)
    for made in cities(Path(sys.argv[1]), count):
        print(made)
