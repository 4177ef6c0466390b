"""What the rules about lists share: who was found in which, what both sides say, and when.

`hits` is for what a list says and the register does not, `misses` for what it does not say.
"""

from datetime import date

import polars as pl

from jiandang.engine.derived import Definition, derived
from jiandang.engine.rule import POINTS, Violation
from jiandang.gates.shared import is_earlier
from jiandang.policy import Policy
from jiandang.register.lists.kinds import LISTS
from jiandang.report.model import Severity

c = pl.col

# What `hit` and `miss` have to say; the known exceptions follow.
TOLD = "{told}"
# A miss counts in a village of which so many people of the kind, and such a share, were found.
_LEAST_ASKED = 10
_LEAST_SHARE = 0.5
_MOST_MONEY = 10**10
# A difference of money that holidays and heating may make: yuan, and a share.
_LEAST_DIFFERENCE = 100
_LEAST_PART = 0.1
_NO_MONEY = pl.lit(0.0)
# Stands between 1, what was had before the identification, and 3, what came afterwards.
_UNKNOWN_SIDE = "2"


def advice(points: str) -> str:
    """核实要点: the known exceptions, at the end of a message."""
    return f"。{POINTS}{points}"


def text_or(value: pl.Expr, nothing: str = "未填") -> pl.Expr:
    """A value as text, or what is said where there is none."""
    return value.cast(pl.String).fill_null(nothing)


def yes_or_no(value: pl.Expr) -> pl.Expr:
    """是, 否 or null."""
    return pl.when(value).then(pl.lit("是")).when(~value).then(pl.lit("否"))


def quoted(heading: str, value: pl.Expr) -> pl.Expr:
    """What the register says: `健康状况“健康”`; `没有填健康状况` also without such a column."""
    said = pl.format(heading + "“{}”", value.cast(pl.String))
    return said.fill_null(f"没有填{heading}")


def words(*parts: pl.Expr) -> pl.Expr:
    """What a list says, as far as it does: `小型轿车 苏C12345`, without what is empty."""
    texts = (part.cast(pl.String) for part in parts)
    return pl.concat_str(*texts, separator=" ", ignore_nulls=True)


def plain_number(value: pl.Expr) -> pl.Expr:
    """A number as people write it: 320 of 320.0."""
    return value.cast(pl.String).str.replace(r"\.0+$", "")


def until(day: date) -> pl.Expr:
    return pl.lit(day.isoformat())


def not_after(day: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Whether a date is not later than another, as far as both go."""
    return ~is_earlier(other, day)


@derived("member", needs="")
def identified_on(policy: Policy) -> pl.Expr:
    """When the household was identified; where nothing says it, when the work began."""
    return pl.coalesce(c.identified, until(policy.start))


derived(*LISTS, of="member", on=("person", "ref"), needs="").columns(
    owner_identified=c.identified.first(), owner_identified_by=c.identified_on.first()
)


@derived("member", needs="")
def identified_words(policy: Policy) -> pl.Expr:
    """The same as a finding says it: where the register says no date, none of it is made up."""
    start = f"识别时间未填，按登记开始的 {policy.start.isoformat()}"
    return pl.coalesce(pl.format("识别时间 {}", c.identified), pl.lit(start))


derived(*LISTS, of="member", on=("person", "ref"), needs="").columns(
    owner_identified_words=c.identified_words.first()
)


def acquired(day: pl.Expr, what: str) -> pl.Expr:
    """On which side of the identification it lies: what came afterwards was no wrong one."""
    had = pl.format("{} " + what + "，", day)
    known = pl.coalesce(pl.format("识别时间 {}，", c.owner_identified), pl.lit("识别时间未填，"))
    return _by_side(
        day,
        before=pl.format("{}{}，识别前已有", had, c.owner_identified_words),
        after=pl.format("{}{}识别后才有，不是错评，按正常退出办理", had, known),
        unknown=pl.format(
            "{}识别前后请核实",
            pl.coalesce(pl.concat_str(had, known), pl.lit(f"{what}日期未注明，")),
        ),
    )


def _by_side(day: pl.Expr, *, before: pl.Expr, after: pl.Expr, unknown: pl.Expr) -> pl.Expr:
    """One of these, as a day lies before the identification or after it, or cannot be told.

    Where nothing says when the household was identified, a day before the work began was before
    it; of a later one it is open, as of a year in which it was identified.
    """
    is_after = is_earlier(c.owner_identified, day).fill_null(False)
    is_before = is_earlier(day, c.owner_identified_by).fill_null(False)
    return pl.when(is_after).then(after).when(is_before).then(before).otherwise(unknown)


def rank(money: pl.Expr, day: pl.Expr | None = None) -> pl.Expr:
    """A text by which findings are put in order: the surest grade, then what was had before the
    identification, then the most money."""
    first, unknown, last = map(pl.lit, ("1", _UNKNOWN_SIDE, "3"))
    side = unknown if day is None else _by_side(day, before=first, after=last, unknown=unknown)
    return pl.concat_str(_grade(), side, by_money(money))


def _grade() -> pl.Expr:
    """By what a match goes, the surest first."""
    return pl.when(c.match_grade.is_in(["A", "B", "C"])).then(c.match_grade).otherwise(pl.lit("D"))


def by_money(money: pl.Expr) -> pl.Expr:
    """A text that is the smaller the greater a sum is."""
    left = _MOST_MONEY - money.fill_null(0).abs().clip(0, _MOST_MONEY)
    return left.round().cast(pl.Int64).cast(pl.String).str.zfill(len(str(_MOST_MONEY)))


def paid_in_year(policy: Policy, since: pl.Expr) -> pl.Expr:
    """What was paid in the income year: the sum of it, or that of the months since it began."""
    year, begun = policy.income_year, since.str.slice(0, 4).cast(pl.Int64, strict=False)
    month = since.str.slice(5, 2).cast(pl.Int64, strict=False).fill_null(1)
    months = pl.when(begun == year).then(13 - month).when(begun > year).then(0).otherwise(12)
    return pl.coalesce(c.yearly, c.monthly * months)


def by_person(table: str, name: str, amount: pl.Expr, whose: pl.Expr) -> None:
    """Make of the amounts in a list's rows what its household was paid, `name`.

    A person counts once, in however many lists and months, and only in rows of `whose`. Where
    nothing says what somebody got, `name_is_part` is true of the household: it got more than that.
    """
    own, listed = f"{name}_to", f"{name}_listed"
    on = ("ref", "person")
    derived("member", of=table, on=on)(
        called(own, lambda _: amount.filter(whose).drop_nulls().first())
    )
    derived("member", of=table, on=on)(called(listed, lambda _: whose.any()))
    known = pl.when(c(own).count() > 0).then(c(own).sum())
    derived("household", of="member")(called(name, lambda _: known))
    is_part = (c(listed) & c(own).is_null()).any()
    derived("household", of="member")(called(f"{name}_is_part", lambda _: is_part))
    how = pl.format("{}：{}", c.person_name, c.how).filter(whose).unique(maintain_order=True)
    of_rows = {
        "said": c.said.filter(whose).first(),
        "list": c.list.filter(whose).first(),
        "how": how,
        "rank": _grade().filter(whose).max(),  # no surer than the least sure of them
    }
    derived("household", of=table).columns(**{f"{name}_{of}": e for of, e in of_rows.items()})


def paid_otherwise(registered: str, paid: str, where: pl.Expr) -> Violation:
    """Where a registered sum is another than what was paid, by more than holidays explain.

    What is known of a part of it only tells that more was paid than is registered.
    """
    allowed = pl.max_horizontal(pl.lit(float(_LEAST_DIFFERENCE)), c(paid) * _LEAST_PART)
    difference = c(registered) - c(paid)
    differs = (difference.abs() > allowed) & (~c(f"{paid}_is_part") | (difference < 0))
    at_least = pl.when(c(f"{paid}_is_part")).then(pl.lit("至少 ")).otherwise(pl.lit(""))
    return Violation(
        where & differs,
        paid=pl.concat_str(at_least, plain_number(c(paid).round(2))),
        said=c(f"{paid}_said"),
        how=c(f"{paid}_how"),
        list_name=c(f"{paid}_list"),
        rank=pl.concat_str(c(f"{paid}_rank"), pl.lit(_UNKNOWN_SIDE), by_money(difference)),
    )


def called(name: str, define: Definition) -> Definition:
    """The definition under the name that its column shall have."""
    define.__name__ = name
    return define


def hits(
    table: str,
    of: str,
    registered: Definition,
    listed: Definition,
    day: pl.Expr | None = None,
    money: pl.Expr = _NO_MONEY,
) -> None:
    """Make of a list's rows in which the column `of` is true what a rule about them says.

    `registered` is what the register says of the member, `listed` what the list says; by the `day`
    on which it was had, and the `money`, the doubts of a rule are put in order. For `hit`
    members get whether any row is theirs, households the words of all their rows.
    """
    own, about, told = f"{table}_{of}", f"{of}_registered", f"{of}_told"
    derived(table, of="member", on=("person", "ref"), needs="")(
        called(about, lambda policy: registered(policy).first())
    )
    derived(table, needs="")(called(told, lambda policy: _told(about, listed(policy))))
    words_of_all = c(told).filter(c(of)).unique(maintain_order=True)
    derived("household", of=table)(called(f"{own}_told", lambda _: words_of_all))
    derived("household", of=table)(called(f"{own}_list", lambda _: c.list.filter(c(of)).first()))
    derived(table, needs="")(called(f"{of}_rank", lambda _: rank(money, day)))
    first = c(f"{of}_rank").filter(c(of)).min()
    derived("household", of=table)(called(f"{own}_rank", lambda _: first))
    derived("household", of=table)(called(own, lambda _: c(of).any()))
    derived("member", of=table, on=("ref", "person"))(called(own, lambda _: c(of).any()))


def _told(about: str, listed: pl.Expr) -> pl.Expr:
    return pl.format(
        "{}：登记{}；{}名单：{}（{}）", c.person_name, text_or(c(about)), c.said, listed, c.how
    )


def hit(
    table: str,
    of: str,
    where: pl.Expr | None = None,
    severity: Severity | None = None,
    at: str | None = None,
) -> Violation:
    """Where members, or households, have such rows, and `where` is true.

    `hits` has made the message's values.
    """
    own = f"{table}_{of}"
    found = c(own).fill_null(False)
    return Violation(
        found if where is None else found & where,
        severity=severity,
        at=at,
        told=c(f"{own}_told"),
        list_name=c(f"{own}_list"),
        rank=c(f"{own}_rank"),
    )


for _table in LISTS:
    derived("member", of=_table, on=("ref", "person"))(
        called(f"in_{_table}", lambda _: c.person.len() > 0)
    )


def misses(
    table: str,
    of: str,
    registered: Definition,
    asked: Definition,
    found: Definition,
    needs: str,
    by_home: bool = False,
) -> None:
    """Make for members that are `asked` for in a list what a rule about those not in it says.

    `found` is whether the list has the member, `by_home` whether it has anybody of the household;
    of whom it may have nothing is said. `needs` are the columns that `asked` rests on.
    """
    about, is_asked, is_found = f"{of}_registered", f"{of}_asked", f"{of}_found"
    derived("member", needs="")(called(about, registered))
    derived("member", needs=needs)(called(is_asked, asked))

    def listed(policy: Policy) -> pl.Expr:
        is_there, may_be = found(policy).fill_null(False), c(f"{table}_unsure")
        if by_home:
            is_there, may_be = is_there.any(), may_be.any()
        return is_there | pl.when(~may_be).then(False)

    derived("member", over="household_id" if by_home else None)(called(is_found, listed))
    covers = c(f"{table}_covers")

    def covered(policy: Policy) -> pl.Expr:
        number, known = c(is_asked).sum(), (c(is_asked) & c(is_found)).sum()
        return covers | ((number >= _LEAST_ASKED) & (known >= _LEAST_SHARE * number))

    derived("member", over="village_key")(called(f"{of}_covered", covered))
    lacking = c.name.filter(c(is_asked) & ~c(is_found))
    derived("household", of="member")(called(f"{of}_missing", lambda _: lacking))


def miss(table: str, of: str, covered: str | None = None, what: str = "") -> Violation:
    """Where members that are asked for are not in a list that covers their village.

    `covered` is of which people a list must have half to cover, where it is of others; `what` is
    what of them the list has not.
    """
    told = pl.format(
        "登记{}，名单里没有{}" + what + "：{}",
        c(f"{of}_registered"),
        c(f"{of}_missing").list.join("、"),
        c(f"{table}_names"),
    )
    return Violation(
        ~c(f"{of}_found"),
        asked=c(f"{of}_asked").fill_null(False),
        covered=c(f"{covered or of}_covered").fill_null(False),
        told=told,
        list_name=c(f"{table}_list"),
    )
