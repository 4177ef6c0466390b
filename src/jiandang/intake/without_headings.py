"""Sheets of persons or households over which no heading stands: what their columns seem to be.

They are never read by what stands in the cells, only told to be unread.
"""

from collections.abc import Callable, Sequence

from jiandang.formats.grid import Grid
from jiandang.headings.text import heading_key
from jiandang.headings.vocabulary import Vocabulary
from jiandang.intake.option_words import lists_with
from jiandang.intake.row_texts import FOOT, PERSONS_NAME, is_no_name, row_text
from jiandang.patterns import regex
from jiandang.register.address import column_letters
from jiandang.register.cells import Raw, as_text
from jiandang.register.codes import code_lists
from jiandang.register.resident_id import is_valid
from jiandang.register.village_names import VILLAGE_ENDINGS

_MOST_ROWS = 200
_MOST_COLUMNS = 60
# In one row alone more has to say what it is.
_LEAST_ROWS, _LEAST_OF_ONE = 2, 3
# What only a register says of somebody; his sex, nation and schooling others say as well.
_OF_REGISTER = {"relation", "household_type", "cause", "labour"}
_OF_ANYBODY = {"sex", "nation", "education", "student", "health"}
_BIRTH_IN_NUMBER = regex(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx]")
_NUMBER_OF_HOME = regex("[1-9][0-9]{11,19}")
_SPOKEN_OF = {"id_number": "证件号码", "household_id": "户编号", "name": "姓名"}


def seems_of_persons(grid: Grid, vocabulary: Vocabulary) -> str | None:
    """What is said of a sheet of which nothing is read and that lists persons or households.

    By a person's number or a household's stands what a register says of people; or what only a
    register says, twice. Contacts of offices and prices have neither.
    """
    rows = [row[:_MOST_COLUMNS] for row in grid.rows[:_MOST_ROWS]]
    rows = [row for row in rows if sum(cell != "" for cell in row) > 1]
    if not rows or _has_headings(rows[0], vocabulary):
        return None
    width = max(map(len, rows))
    columns = {c: [row[c] for row in rows if c < len(row) and row[c] != ""] for c in range(width)}
    filled = {c: cells for c, cells in columns.items() if 2 * len(cells) >= len(rows)}
    if any(_most(cells, _is_post) for cells in filled.values()):
        return None
    seems: dict[int, str] = {}
    for column, cells in filled.items():
        if (what := _what(cells)) and what not in seems.values():
            seems[column] = what
    found = {*seems.values()}
    is_numbered = not found.isdisjoint(("id_number", "household_id"))
    own, any_ = found & _OF_REGISTER, found & _OF_ANYBODY
    has_who = is_numbered or "name" in found
    if len(rows) < _LEAST_ROWS and not (
        is_numbered and "name" in found and len(own | any_) >= _LEAST_OF_ONE
    ):
        return None
    if not ((is_numbered and (own or any_)) or (has_who and own and len(own | any_) > 1)):
        return None
    called = _SPOKEN_OF | {each.name: each.title for each in code_lists().values()}
    shown = "、".join(f"{column_letters(c + 1)}列像“{called[what]}”" for c, what in seems.items())
    return (
        f"工作表“{grid.name}”像是逐人或逐户的登记，但没有认得出的表头：看内容，{shown}。"
        "请在数据上面写一行列名再检查"
    )


def _has_headings(row: Sequence[Raw], vocabulary: Vocabulary) -> bool:
    """Whether a row has texts that head columns, and are no words which people fill in."""
    texts = [cell for cell in row if isinstance(cell, str) and not lists_with(cell)]
    return sum(vocabulary.knows(heading_key(text)) for text in texts) > 1


def _what(cells: Sequence[Raw]) -> str:
    """What most cells of a column are: a person's number, a household's, words, or names."""
    if _most(cells, _is_persons_number):
        return "id_number"
    if _most(cells, _is_number_of_home):
        return "household_id"
    of_lists = [lists_with(as_text(cell)) for cell in cells]
    for name in (*sorted(_OF_REGISTER), *sorted(_OF_ANYBODY)):
        if 3 * sum(name in lists for lists in of_lists) >= 2 * len(cells):
            return name
    return "name" if _most(cells, _may_be_name) else ""


def _most(cells: Sequence[Raw], fits: Callable[[str], bool]) -> bool:
    """Whether two thirds of the cells fit."""
    return 3 * sum(fits(row_text(as_text(cell))) for cell in cells) >= 2 * len(cells)


def _is_number_of_home(text: str) -> bool:
    return _NUMBER_OF_HOME.fullmatch(text) is not None


def _is_persons_number(text: str) -> bool:
    return is_valid(text) or _BIRTH_IN_NUMBER.fullmatch(text) is not None


def _is_post(text: str) -> bool:
    return FOOT.match(text) is not None


def _may_be_name(text: str) -> bool:
    is_short = PERSONS_NAME.fullmatch(text) is not None and len(text) <= 4
    return is_short and not is_no_name(text) and not text.endswith(VILLAGE_ENDINGS)
