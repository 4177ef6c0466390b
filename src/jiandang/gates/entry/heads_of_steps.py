"""LR222: rows of steps and visits that name another head than their household has.

Rows that were exchanged, or have slipped, name each other's heads: they are one finding.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from jiandang.engine.derived import derived
from jiandang.engine.rule import Violation, rule
from jiandang.policy import Policy
from jiandang.register.person_names import plain_name_expr
from jiandang.register.register import row_number
from jiandang.register.tables import STEP_TABLES
from jiandang.report.model import Severity

c = pl.col
# Rows below each other of which so many name others have slipped together.
_BLOCK = 3
# Characters that nobody could type, or that were masked.
_UNKNOWN = r"[?？□*＊〇○×Xx]"


# The heads as names are compared: by table 2, by their own rows, and by either.
derived("household", needs="").columns(
    plain_head_name=plain_name_expr(c.head_name),
    plain_head_member_name=plain_name_expr(c.head_member_name),
    plain_head=plain_name_expr(c.head),
)

# Whom the row names.
derived(*STEP_TABLES, needs="own_head_name").columns(named_head=plain_name_expr(c.own_head_name))


@derived(*STEP_TABLES, needs="household_id own_head_name household.head_name|member.name")
def names_other_head(policy: Policy) -> pl.Expr:
    """Whether the row names somebody else than the household's head."""
    heads = (c.plain_head_name, c.plain_head_member_name)
    same = pl.any_horizontal(*((c.named_head == head).fill_null(False) for head in heads))
    known = c.head.is_not_null() & ~c.own_head_name.str.contains(_UNKNOWN)
    return known & c.named_head.is_not_null() & ~same & ~c.head.str.contains(_UNKNOWN)


# The first of the rows that were exchanged or have slipped together, and how many these are.
derived(*STEP_TABLES, needs="household_id own_head_name household.head_name|member.name").columns(
    head_block=pl.struct(
        "ref",
        "names_other_head",
        named="named_head",
        head="plain_head",
    ).map_batches(lambda steps: _blocks(steps), return_dtype=pl.Int64)
)

derived(*STEP_TABLES, over="head_block").columns(
    rows_in_block=c.ref.len(),
    last_of_block=c.ref.max(),
)

# Who of the household bears the name.
derived(*STEP_TABLES, of="member").columns(plain_member_names=plain_name_expr(c.name).drop_nulls())


def _blocks(steps: pl.Series) -> pl.Series:
    """For each row that names another head the first row of its block, else null."""
    rows = steps.struct.unnest()
    wrong = rows.sort("ref").with_row_index("place").filter("names_other_head")
    if wrong.is_empty():
        return pl.repeat(None, rows.height, dtype=pl.Int64, eager=True)
    first = {ref: ref for ref in wrong["ref"]}

    def root(ref: int) -> int:
        while first[ref] != ref:
            ref = first[ref]
        return ref

    def join(refs: Iterable[int]) -> None:
        roots = {root(ref) for ref in refs}
        first.update(dict.fromkeys(roots, min(roots)))

    of_head = defaultdict(list)
    for ref, head in wrong.select("ref", "head").iter_rows():
        of_head[head].append(ref)
    for ref, named in wrong.select("ref", "named").iter_rows():
        join([ref, *of_head[named]])
    run = pl.col("place") - pl.int_range(pl.len())
    for _, below in wrong.group_by(run, maintain_order=True):
        if below.height >= _BLOCK:
            join(below["ref"])
    blocks = [root(ref) if ref in first else None for ref in rows["ref"]]
    return pl.Series(blocks, dtype=pl.Int64)


# The household whose head bears the name.
derived(*STEP_TABLES, needs="household_id own_head_name").columns(
    named_in_village=pl.concat_str(c.village_key, c.own_head_name, separator="/")
)

derived(*STEP_TABLES, of="household", on=("named_in_village", "head_in_village")).columns(
    headed_by_named=c.household_id.first()
)


@rule(
    "LR222",
    "程序或调查的户主不是本户的",
    Severity.ERROR,
    "procedure",
    at="head_name",
    message="户主姓名填的是“{own_head_name}”，户编号 {household_id} 的户主是“{head}”{how:s}",
    basis="逻辑：一户的户主只有一个人；户编号和户主要是同一户的",
    per="head_block",
    needs="household_id own_head_name household.head_name|member.name",
    optional=True,
)
def step_of_another_head(policy: Policy) -> Iterator[Violation]:
    """识别程序、入户调查的一行写着户主姓名，与它的户编号那一户的户主不是同一人。
    两行填反的、几行一起错位的，合成一条。繁简、空格、“（已故）”这样的写法不算不同。
    姓名别处也没有的是警告；是本户另一名成员的，可能换过户主，是疑点。

    改法：先看是不是错了行，按原始表把户编号和户主对齐；换过户主的，改成现在的户主。
    错例：户编号 320324105201018 的户主是张三，这一行写着李四，李四那一行写着张三
    对例：户编号和户主姓名是同一户的
    理由：评议、调查以后换了户主。
    """
    last = pl.format("第{}行", row_number(c.last_of_block))
    how = (
        pl.when(c.rows_in_block == 2)
        .then(pl.format("；和{}填反了", last))
        .otherwise(pl.format("；到{}为止这样的共 {} 行，像是错了行", last, c.rows_in_block))
    )
    for table in STEP_TABLES:
        together = c.rows_in_block > 1
        is_member = c.named_head.is_in(c.plain_member_names).fill_null(False)
        values: dict[str, Any] = {"table": table, "own_head_name": c.own_head_name}
        yield Violation(c.names_other_head & together, how=how, **values)
        # Where the household has its own row, it is this one's number that is wrong (LR121).
        alone = c.names_other_head & ~together & c.contradicted.is_null()
        other = c.headed_by_named
        yield Violation(
            alone & other.is_not_null() & ~is_member,
            how=pl.format("，“{}”是 {} 的户主", c.own_head_name, other),
            **values,
        )
        yield Violation(
            alone & other.is_null() & ~is_member, severity=Severity.WARNING, how="", **values
        )
        yield Violation(
            alone & is_member,
            severity=Severity.SUSPECT,
            how="，这个人是本户的成员；请核实是不是换过户主",
            **values,
        )
