"""Makes the files that `jiandang template` is asked for."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jiandang.formats.encrypted import REMOVE_PASSWORD
from jiandang.policy import Policy
from jiandang.register.household import Household
from jiandang.register.register import Register
from jiandang.report.model import Finding, Report
from jiandang.reporters.placing import short_name
from jiandang.run.checking import check
from jiandang.run.files import FilesFound
from jiandang.run.load import load, load_found, load_quota, read_texts
from jiandang.templates.places import NO_QUOTA, NoPlaces, filled_in, without_quota
from jiandang.templates.saving import save
from jiandang.templates.visit_form import (
    MOST_PAGES,
    doubts_by_household,
    words_of,
    write_visit_forms,
)
from jiandang.templates.workbook import empty_register

FORM = "入户表"
_NO_VILLAGE = "未填村名"


class NotMade(Exception):
    """Why no template is made, in Chinese."""


class NotNumbered(NamedTuple):
    """The villages without codes of households, and whether those are all."""

    villages: Sequence[str] = ()
    are_all: bool = False


def make_register(
    target: Path,
    policy: Policy,
    rows: int,
    places: Path | None,
    headings: dict[str, str] | None = None,
) -> NotNumbered:
    """The empty register, with the places of an allocation table filled in.

    Gives the villages that got no codes of households, as nobody says how many there are.
    """
    _refuse(target)
    filled, without = None, NotNumbered()
    if places is not None:
        quota = load_quota(places, policy, headings)
        _refuse_unread(quota, NO_QUOTA)
        try:
            filled = filled_in(quota, rows)
        except NoPlaces as error:
            raise NotMade(f"{places.name} {error}") from error
        villages = without_quota(quota)
        without = NotNumbered(villages, len(villages) == len(filled["village"]))
    if not target.parent.is_dir():
        raise NotMade(f"没有文件夹“{target.parent}”，请先建好")
    save(empty_register(policy, rows, filled), target)
    return without


def findings_in(target: Path, policy: Policy) -> list[Finding]:
    """What is found in a template: the faults of the allocation table that it was made from."""
    return [*check(load(target, policy), policy).findings]


def make_forms(
    policy: Policy,
    source: Path | None,
    folder: Path | None,
    *,
    by_village: bool,
    found: FilesFound | None = None,
    checked: Callable[[Register], Report] | None = None,
) -> list[Path]:
    """A visit form, or those of the households of a file or a folder.

    One workbook, or one a village. `found` are the source's files, if not all of them; `checked`
    gives the report of a register, whose open doubts are printed.
    """
    if source is None:
        books: list[tuple[Path, Sequence[Household | None]]]
        books = [((folder or Path()) / f"{FORM}.xlsx", [None])]
        doubts, words = {}, {}
    else:
        register = load(source, policy) if found is None else load_found(found, policy)
        if not register.files:
            raise NotMade(f"“{source}”里没有找到登记表（.xlsx、.xls、.et、.csv 等）")
        _refuse_unread(register)
        report = check(register, policy) if checked is None else checked(register)
        doubts = doubts_by_household(report.findings)
        words = words_of(
            (file.path, cell)
            for file in register.files
            for cell in read_texts(file.path, policy)[1]
        )
        books = list(_books(source, register, folder or source.parent, by_village=by_village))
    for target, households in books:
        _refuse(target)
        if len(households) > MOST_PAGES:
            raise NotMade(f"{len(households)} 户放不进一个文件，请加 --by village，一村一个文件")
    for target, households in books:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_visit_forms(target, households, doubts, words)
    return [target for target, _ in books]


def _books(
    source: Path, register: Register, folder: Path, *, by_village: bool
) -> Iterator[tuple[Path, list[Household | None]]]:
    """The files and their households, in the order of the register."""
    found: dict[str, list[Household | None]] = {}
    for household in register.households():
        village = (household.village or _NO_VILLAGE) if by_village else ""
        found.setdefault(village, []).append(household)
    if not found:
        raise NotMade(f"{source.name} 里没有农户")
    for village, households in found.items():
        name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in village)
        # Of a folder the name may have a dot that begins no suffix.
        stem = source.name if source.is_dir() else source.stem
        yield (
            folder / short_name(stem, f".{FORM}{'.' + name if name else ''}.xlsx"),
            households,
        )


def _refuse_unread(register: Register, of_quota: str = "") -> None:
    """Raises NotMade where a file could not be read; `of_quota` is said of what is no quota."""
    for file in register.files:
        if file.error is not None:
            why = REMOVE_PASSWORD if file.error_code == "password" else file.error
            if of_quota and file.error_code == "nothing_recognised":
                raise NotMade(f"{file.path.name} {of_quota}")
            blank = "；只要空白的入户表，请不带 --from" if file.is_template else ""
            raise NotMade(f"{file.path.name} 读不出来：{why}{blank}")


def _refuse(target: Path) -> None:
    if target.exists():
        raise NotMade(f"已有 {target}，没有覆盖：请换一个名字，或先移走")
