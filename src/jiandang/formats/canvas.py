"""A sheet that is filled cell by cell, some of which span rows and columns."""

from jiandang.formats.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Budget,
    Grid,
    Range,
    too_large,
)
from jiandang.register.cells import Raw

# Up to so many cells a sheet may be as empty as it likes; beyond, one in so many has a value.
_SMALL, _SPARSE = 2_000_000, 100


class Canvas:
    """The cells of a sheet of which nothing is known before; its cost is taken off `budget`."""

    def __init__(self, budget: Budget) -> None:
        self.cells: dict[tuple[int, int], Raw] = {}
        self.rows = self.columns = 0
        self._budget = budget
        self._merged: list[Range] = []
        # The last row down to which each column is covered by a cell from above.
        self._covered: dict[int, int] = {}

    def free(self, row: int, column: int) -> int:
        """The first column from this one on that no cell from above covers."""
        while self._covered.get(column, -1) >= row:
            column += 1
        return column

    def put(self, row: int, column: int, value: Raw, down: int, across: int) -> None:
        """Write a cell that covers so many rows and columns."""
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            if self.rows * self.columns > MAX_CELLS or column >= MAX_COLUMNS or row >= MAX_ROWS:
                raise too_large(f"表格达 {self.rows} 行 × {self.columns} 列")
        if value != "":
            self.cells[row, column] = value
        if down > 1 or across > 1:
            last_row = min(row + down, MAX_ROWS) - 1
            last_column = min(column + across, MAX_COLUMNS) - 1
            if (last_row - row + 1) * (last_column - column + 1) > MAX_CELLS:
                raise too_large("表格的合并单元格过大")
            self._merged.append((row, column, last_row, last_column))
            if last_row > row:
                self._budget.cells(last_column - column)
                for covered in range(column, last_column + 1):
                    self._covered[covered] = max(last_row, self._covered.get(covered, -1))

    def grid(self, name: str) -> Grid:
        """The sheet as a grid."""
        area = self.rows * self.columns
        if area > _SMALL and area > _SPARSE * len(self.cells):
            raise too_large(f"表格达 {self.rows} 行 × {self.columns} 列，几乎都是空的")
        self._budget.sheet()
        rows: list[list[Raw]] = [[""] * self.columns for _ in range(self.rows)]
        for (row, column), value in self.cells.items():
            rows[row][column] = value
        # Nothing is to be filled in beyond the cells that there are.
        end = self.rows - 1, self.columns - 1
        merged = [
            (top, left, min(bottom, end[0]), min(right, end[1]))
            for top, left, bottom, right in self._merged
        ]
        return Grid(name, rows, merged, untyped=True)
