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
        self._texts = [pl.Series(dtype=pl.String)]

    def number(self, texts: pl.Series) -> Numbers:
        """The number of each text."""
        numbers = texts.cast(self._typed.dtype).to_physical().to_numpy().view(np.int32)
        new = np.flatnonzero(numbers >= self._count)
        places = np.zeros(int(numbers.max(initial=self._count - 1)) + 1 - self._count, np.int64)
        places[numbers[new] - self._count] = new  # any of its places will do
        # Anew, for what is only gathered keeps all the texts that it was gathered from.
        self._texts.append(texts.gather(places) + "")
        self._count += len(places)
        return numbers

    def texts(self, first: int = 0) -> pl.Series:
        """The texts from a number on."""
        return pl.concat(self._texts)[first:]
