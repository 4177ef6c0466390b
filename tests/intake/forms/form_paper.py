"""Writes forms for the tests: labels and values on paper, with what is true and in which cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jiandang.formats.grid import Grid, Range
from jiandang.register.address import cell_address
from jiandang.register.cells import Raw

# (table, column) → the typed value and the cell in which it stands.
Truth = dict[tuple[str, str], tuple[object, str]]
Choice = Callable[[Sequence[str], Sequence[str]], str]


@dataclass
class Household:
    """What is written on the pages of a household, and its members, as it has to be read."""

    values: Truth = field(default_factory=dict)
    people: list[Truth] = field(default_factory=list)


@dataclass
class Paper:
    """A sheet on which forms are written. Rows and columns are 0-based.

    Without `merged` a wide cell is only its first cell, the others are left empty.
    """

    name: str = "登记表"
    merged: bool = True
    cells: dict[tuple[int, int], Raw] = field(default_factory=dict)
    ranges: list[Range] = field(default_factory=list)

    def write(self, row: int, column: int, raw: Raw, width: int = 1, height: int = 1) -> str:
        """Write a cell; gives its address."""
        if raw != "":
            self.cells[row, column] = raw
        if self.merged and (width > 1 or height > 1):
            self.ranges.append((row, column, row + height - 1, column + width - 1))
        return f"{self.name}!{cell_address(row, column)}"

    def grid(self) -> Grid:
        height = max(row for row, _ in self.cells) + 1
        width = max(
            max(column for _, column in self.cells), max((r[3] for r in self.ranges), default=0)
        )
        rows: list[list[Raw]] = [[""] * (width + 1) for _ in range(height)]
        for (row, column), raw in self.cells.items():
            rows[row][column] = raw
        return Grid(self.name, rows, [r for r in self.ranges if r[2] < height])


# -- the spellings of choices: each gives a cell from the options and the chosen ones --------------


def boxes(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(("☑" if o in chosen else "□") + o for o in options)


def boxes_behind(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(o + ("☑" if o in chosen else "□") for o in options)


def circles_behind(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(o + ("●" if o in chosen else "〇") for o in options)


def tick_alone(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(("√" if o in chosen else "") + o for o in options)


def tick_for_box(options: Sequence[str], chosen: Sequence[str]) -> str:
    return "  ".join(("√" if o in chosen else "□") + o for o in options)


def tick_in_brackets(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(o + ("（√）" if o in chosen else "（ ）") for o in options)


def tick_in_brackets_before(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(("[√]" if o in chosen else "[ ]") + o for o in options)


def number_in_brackets(options: Sequence[str], chosen: Sequence[str]) -> str:
    numbers = "、".join(str(options.index(o) + 1) for o in chosen)
    return "、".join(f"{i}.{o}" for i, o in enumerate(options, 1)) + f"（ {numbers} ）"


def letter_in_brackets(options: Sequence[str], chosen: Sequence[str]) -> str:
    letters = "".join(chr(65 + options.index(o)) for o in chosen)
    return " ".join(f"{chr(65 + i)}.{o}" for i, o in enumerate(options)) + f"（{letters}）"


def tick_between_slashes(options: Sequence[str], chosen: Sequence[str]) -> str:
    return "/".join(o + ("√" if o in chosen else "") for o in options)


def wingdings_2(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(("R" if o in chosen else "£") + o for o in options)


def wingdings(options: Sequence[str], chosen: Sequence[str]) -> str:
    return " ".join(("þ" if o in chosen else "¨") + o for o in options)


def black_squares(options: Sequence[str], chosen: Sequence[str]) -> str:
    return "".join(("■" if o in chosen else "□") + o for o in options)


def word(options: Sequence[str], chosen: Sequence[str]) -> str:
    return "、".join(chosen)


CHOICES: tuple[Choice, ...] = (
    boxes, boxes_behind, circles_behind, tick_alone, tick_for_box, tick_in_brackets,
    tick_in_brackets_before, number_in_brackets, letter_in_brackets, tick_between_slashes,
    wingdings_2, wingdings, black_squares, word,
)  # fmt: skip
