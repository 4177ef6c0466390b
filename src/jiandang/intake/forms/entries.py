"""The rows of a members' grid as entries, a person each, where rows and cells are not that.

A column's options may have a narrow column each, with a tick under the one that holds (男 | 女),
and a row may have several persons: a line of each of its cells is one's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jiandang.headings.text import without_brackets
from jiandang.intake.forms.choices import has_marks, is_mark, single_option
from jiandang.intake.forms.option_cells import OptionHead, under_heads
from jiandang.intake.forms.page import heads_more
from jiandang.intake.forms.sheet import Cell, spans
from jiandang.intake.forms.vocabulary import FormVocabulary
from jiandang.intake.row_texts import PERSONS_NAME, PERSONS_NUMBER, is_no_name
from jiandang.intake.several import parts_of

_LONGEST_OPTION = 12  # characters
_LONGEST_NAME = 5
# So many cells of a row that was not read are somebody's values.
_LEAST_CELLS = 3


def heads_of_ticks(cells: Sequence[Cell], spans: Sequence[range], names: Sequence[range]) -> bool:
    """Whether a row below a heading has the options of its columns: 男 | 女 under 性别.

    `spans` are the columns of the headings, `names` those in which persons' names stand.
    """
    if not names or any(cell.column in span for span in names for cell in cells):
        return False
    under = [sum(cell.column in span for cell in cells) for span in spans]
    return (
        max(under, default=0) > 1
        and sum(under) == len(cells)
        and all(_is_option(cell) for cell in cells)
    )


def _is_option(cell: Cell) -> bool:
    if not isinstance(cell.raw, str) or is_mark(cell.raw) or has_marks(cell.raw):
        return False
    return len(cell.solid) <= _LONGEST_OPTION and not cell.solid.replace(".", "").isdecimal()


def options_under(cells: Sequence[Cell], span: range) -> tuple[OptionHead, ...]:
    """The columns of ticks of one heading; none where it has no two options."""
    own = [cell for cell in cells if cell.column in span]
    if len(own) < 2:
        return ()
    return tuple(
        OptionHead(columns, single_option(cell.solid) or cell.solid)
        for cell, columns in zip(own, spans(own, span.stop), strict=True)
    )


def ticked(
    cells: Sequence[Cell], heads: Iterable[tuple[range, Sequence[OptionHead]]]
) -> list[Cell]:
    """A row with the options that are ticked in place of the ticks, each where the first stands."""
    found = list(cells)
    for span, own_heads in heads:
        own = [cell for cell in found if cell.column in span]
        if own_heads and (text := under_heads(own, own_heads)) is not None:
            first = found.index(own[0])
            found[first : first + len(own)] = [replace(own[0], raw=text, labels=())]
    return found


def entries(
    cells: Sequence[Cell], names: Sequence[range], words: FormVocabulary
) -> list[list[Cell]] | None:
    """The persons of a row, the cells of each; None where it cannot be told whose is what."""
    if not names:
        return [list(cells)]
    named = [cell for cell in cells if any(cell.column in span for span in names)]
    # The row's own number is no person's in particular.
    others = [
        cell
        for cell in cells
        if cell not in named and not (cell.column < names[0].start and cell.solid.isdecimal())
    ]
    if not _are_several(named, others):
        return [list(cells)]
    own = [*named, *others]
    lines = {cell.column: parts_of(cell.raw) for cell in own}
    counts = {len(each) for each in lines.values()}
    if len(counts) > 1:
        return None
    return [
        [
            replace(cell, raw=lines[cell.column][i], labels=words.labels(lines[cell.column][i]))
            for cell in sorted(own, key=lambda cell: cell.column)
            if lines[cell.column][i]
        ]
        for i in range(counts.pop())
    ]


def _are_several(named: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether the lines of a cell are several names, and no name that goes on in the next line."""
    lines = [own for cell in named for own in parts_of(cell.raw)]
    count = max((len(parts_of(cell.raw)) for cell in named), default=1)
    if count < 2 or not all(PERSONS_NAME.fullmatch(own) for own in lines):
        return False
    numbers = sum(len(PERSONS_NUMBER.findall(cell.solid)) for cell in others)
    if numbers == 1 and any(len(cell.solid) <= _LONGEST_NAME for cell in named):
        return False
    if not others:  # blanks part a name and a remark too
        is_listed = any(sign in str(cell.raw) for cell in named for sign in "\n、,，;；/")
        return is_listed and all(len(own) < _LONGEST_NAME for own in lines)
    return numbers > 1 or any(len(parts_of(cell.raw)) == count for cell in others)


def is_somebody(cells: Sequence[Cell], names: Sequence[range], *, may_be_first: bool) -> bool:
    """Whether a row that was not read says something of a person.

    It has a person's number; or a name among other values, where nobody was read above it.
    """
    if any(PERSONS_NUMBER.search(cell.solid) for cell in cells):
        return True
    own = [cell for cell in cells if any(cell.column in span for span in names)]
    return (
        may_be_first
        and len(cells) >= _LEAST_CELLS
        and not any(cell.labels for cell in cells)
        and any(
            PERSONS_NAME.match(cell.solid) is not None
            and not heads_more(cell.text)
            and not is_no_name(without_brackets(cell.solid))
            for cell in own
        )
    )
