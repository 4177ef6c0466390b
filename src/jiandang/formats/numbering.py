"""Distinct texts of millions of cells, found by Polars: Python would hash each of them."""

import numpy as np
import polars as pl

from jiandang.formats.matrix import Numbers


class Numbering:
    """Distinct texts, numbered in the order in which they are met."""

    def __init__(self) -> None:
        # Polars forgets the categories of a type when no series has it any more.
        self._typed = pl.Series(dtype=pl.Categorical(pl.Categories.random()))
        self._count = 0

    def number(self, texts: pl.Series) -> Numbers:
        """The number of each text."""
        numbers = texts.cast(self._typed.dtype).to_physical().to_numpy().view(np.int32)
        self._count = int(numbers.max(initial=self._count - 1)) + 1
        return numbers

    def texts(self, first: int = 0) -> pl.Series:
        """The texts from a number on."""
        numbers = pl.Series(np.arange(first, self._count, dtype=np.uint32))
        return numbers.cat.to(self._typed.dtype).cast(pl.String)
