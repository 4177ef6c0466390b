"""Makes the files that `jiandang template` is asked for."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from jiandang.formats.encrypted import REMOVE_PASSWORD
from jiandang.policy import Policy
from jiandang.register.household import Household
from jiandang.register.register import Register
from jiandang.reporters.placing import short_name
from jiandang.run.checking import check
from jiandang.run.load import load, read_texts
from jiandang.templates.places import NoPlaces, filled_in, without_quota
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


def make_register(target: Path, policy: Policy, rows: int, places: Path | None) -> list[str]:
    """The empty register, with the places of an allocation table filled in.

    Gives the villages that got no codes of households, as nobody says how many there are.
    """
    _refuse(target)
    filled, without = None, list[str]()
    if places is not None:
        try:
            quota = _read(places, policy)
            filled, without = filled_in(quota, rows), without_quota(quota)
        except NoPlaces as error:
            raise NotMade(f"{places.name} {error}") from error
    if not target.parent.is_dir():
        raise NotMade(f"没有文件夹“{target.parent}”，请先建好")
    save(empty_register(policy, rows, filled), target)
    return without


def make_forms(
    policy: Policy, source: Path | None, folder: Path | None, *, by_village: bool
) -> list[Path]:
    """A visit form, or those of a register's households: one workbook, or one a village."""
    if source is None:
        books: list[tuple[Path, Sequence[Household | None]]]
        books = [((folder or Path()) / f"{FORM}.xlsx", [None])]
        doubts, words = {}, {}
    else:
        register = _read(source, policy)
        doubts = doubts_by_household(check(register, policy).findings)
        words = words_of(read_texts(source, policy)[1])
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
        yield (
            folder / short_name(source.stem, f".{FORM}{'.' + name if name else ''}.xlsx"),
            households,
        )


def _read(path: Path, policy: Policy) -> Register:
    register = load(path, policy)
    for file in register.files:
        if file.error is not None:
            why = REMOVE_PASSWORD if file.error_code == "password" else file.error
            raise NotMade(f"{path.name} 读不出来：{why}")
    return register


def _refuse(target: Path) -> None:
    if target.exists():
        raise NotMade(f"已有 {target}，没有覆盖：请换一个名字，或先移走")
