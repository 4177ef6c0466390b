"""What a row of a list says of its state, under whatever heading.

In a column of the state; by 是 or 否 in another (是否在保); in a note; or behind the number or the
name: 320324…0012(已停保), 张山（已故）.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from jiandang.register.lists.kinds import LIST_COLUMNS, LISTS
from jiandang.register.lists.states import OVER, is_over

c = pl.col

_YES = "^(?:是|已|有|1|Y|y|T|√|✓)$"
_NO = "^(?:否|不是|没有?|0|N|n|F|×)$"
_NOTHING = "^(?:无|没有|正常|否|0|[-—/／]+)$"
# Where things are written for which there is no column.
_NOTES = ("note",)
# A note is of the row where it is short, and of nobody and nothing else.
_SHORT = 12
_OF_OTHERS = (
    "妻|夫|配偶|爱人|父|母|儿|女|媳|婿|孙|兄|弟|姐|妹|长子|次子|之子|户主|家属|共有人|监护|成员"
    "|抵押|查封|遗留|毕业班|应届|又|再|重新|恢复|[0-9一二两三四五六][人口名]"
)
_BEHIND_NAME = "[(（](.+?)[)）]?$"
_OF_NUMBERS = r"[0-9Xx*＊×\s(（)）]"


def state_columns(table: str) -> tuple[str, ...]:
    """The columns of a kind that say something of the state, but for number and name."""
    model = LISTS[table]
    own = ("state", *model.yes_says, *model.no_says, *model.any_says, *_NOTES)
    return tuple(name for name in own if name in LIST_COLUMNS[table])


def state_said(table: str, columns: Mapping[str, pl.Series], rows: int) -> pl.Series:
    """What the columns of some rows say of the state, together; null where nothing does."""
    nothing = pl.Series("state", [None], dtype=pl.String).new_from_index(0, rows)
    if table not in OVER:
        return columns.get("state", nothing).alias("state")
    said = [*_said(table, columns)]
    if not said:
        return nothing
    own = pl.DataFrame([each.alias(name) for name, each in columns.items()])
    together = pl.concat_str(*said, separator=" ", ignore_nulls=True).replace("", None)
    return own.select(together.alias("state")).to_series()


def _said(table: str, columns: Mapping[str, pl.Series]) -> Iterator[pl.Expr]:
    model, over = LISTS[table], OVER[table]
    if "state" in columns:
        yield c.state
    for answer, says in ((_YES, model.yes_says), (_NO, model.no_says)):
        for name in (each for each in says if each in columns):
            is_said = pl.when(c(name).str.contains(answer)).then(pl.lit(says[name]))
            yield pl.coalesce(is_said, pl.when(is_over(c(name), over)).then(name))
    for name in (each for each in model.any_says if each in columns):
        said = pl.when(~c(name).str.contains(_NOTHING)).then(name)
        yield pl.format(f"{model.any_says[name]}（{{}}）", said)
    behind = [c(name) for name in _NOTES if name in columns]
    if "name" in columns:
        behind.append(c.name.str.extract(_BEHIND_NAME))
    for name in ("id_number", *model.numbers_in):
        if name in columns:
            behind.append(c(name).str.replace_all(_OF_NUMBERS, ""))
    for note in behind:
        is_short = note.str.len_chars() <= _SHORT
        yield pl.when(is_short & is_over(note, over) & ~note.str.contains(_OF_OTHERS)).then(note)
