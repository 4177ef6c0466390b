"""增减表 against two registers: whom each row is about, which way, and whether it is so."""

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from jiandang.patterns import regex
from jiandang.register.date_cells import names_no_year
from jiandang.register.notice import Notice
from jiandang.register.place import own_number
from jiandang.register.register import Register, sheet_of
from jiandang.register.tables import CHANGES
from jiandang.register.village_names import whole_village

c = pl.col

# What nobody has given a reason for.
UNSTATED = "未注明"
NEW, SPLIT, MERGED = "新识别", "分户", "并户"
MOVED_IN, MOVED_OUT, ENDED, REMOVED = "迁入", "迁出", "自然销户", "清退"
INCREASES = ("新识别", "出生", "婚入", "迁入", "收养", "刑满释放", "退役", "补录", "分户", "返贫")
DECREASES = (
    "死亡", "婚出", "迁出", "判刑收监", "参军", "失联", "清退", "自然销户", "整户迁出", "并户",
    "脱贫",
)  # fmt: skip
# Reasons for a whole household; the head's stands for all of its members.
OF_HOUSEHOLDS = ("清退", "整户迁出", "自然销户")
# Reasons of who is in another village of the register now; 死亡 or 新识别 are none.
OF_MOVERS = (MOVED_IN, "婚入", "收养", MOVED_OUT, "婚出")
# Reasons that no movement is, but what 脱贫属性 says.
OF_STATUS = ("脱贫", "返贫")
OTHER = "其他"
# What is said of either way.
_BOTH_WAYS = {"婚嫁": ("婚入", "婚出"), "迁移": ("迁入", "迁出")}
_MORE, _FEWER = "增加", "减少"
# What a sheet that has one way alone is called: 增加人员, 减少, 清退户; 增减 is both.
_OF_MORE = regex("^增$|增加|新增|增员|增人|自然增(?!减)|迁入|婚入|出生|新识别")
_OF_FEWER = regex("^减$|减少|减员|减人|自然减|迁出|婚出|死亡|清退|退出|销户")
_REASONS = ("reason", "left_reason")
_DAY = "day"
_DIRECTION = "direction"
_LONGEST_SHOWN = 20
_KEPT = c.ref.is_not_null() & c.before_ref.is_not_null()


def with_words(changes: Register) -> pl.DataFrame:
    """增减表 with which way its sheet is about (`of_sheet`), and what nobody knows as `written`.

    `sheet_name` and `file_name` are those of the row's sheet.
    """
    names = [(sheet.sheet, changes.files[sheet.file].path.stem) for sheet in changes.sheets]
    ways = [_way(sheet) or _way(file) for sheet, file in names]
    unknown: dict[str, dict[int, str]] = {column: {} for column in (*_REASONS, _DIRECTION)}
    unread: dict[int, str] = {}
    for seen in changes.observations:
        is_day = seen.notice is Notice.WRONG_TYPE and seen.column == _DAY
        # Whoever writes 2月 or 2月5日 alone means the last one.
        if is_day and not names_no_year(seen.value):
            unread[seen.ref] = seen.value[:_LONGEST_SHOWN]
        if seen.notice is Notice.UNKNOWN_CODE and seen.column in unknown:
            unknown[seen.column][seen.ref] = seen.value[:_LONGEST_SHOWN]
    table = changes.tables[CHANGES]
    refs = table["ref"].to_list()
    said = [pl.Series(k, [v.get(ref) for ref in refs], pl.String) for k, v in unknown.items()]
    # What nobody knows of the way is a reason where there is no other.
    is_silent = pl.all_horizontal(c(name).is_null() for name in _REASONS)
    return table.with_columns(
        pl.Series("unread_day", [unread.get(ref) for ref in refs], pl.String),
        pl.Series("of_sheet", [ways[sheet_of(ref)] for ref in refs], pl.String),
        pl.Series("sheet_name", [names[sheet_of(ref)][0] for ref in refs], pl.String),
        pl.Series("file_name", [names[sheet_of(ref)][1] for ref in refs], pl.String),
        written=pl.coalesce(*said[:-1], pl.when(is_silent).then(said[-1])),
    )


def _way(name: str) -> str | None:
    """增加 or 减少, where the name of a sheet or file says one of the two."""
    is_more, is_fewer = bool(_OF_MORE.search(name)), bool(_OF_FEWER.search(name))
    return None if is_more == is_fewer else (_MORE if is_more else _FEWER)


def declared(changes: pl.DataFrame, persons: pl.DataFrame, villages: pl.DataFrame) -> pl.DataFrame:
    """增减表 with `person`, whom each row is about, and its `reason` and `is_decrease`.

    Which way somebody went is what the row says, else its sheet, else what the registers show.
    """
    said = [c(name).cast(pl.String) for name in (*_REASONS, _DIRECTION)]
    is_way = [text.is_in([_MORE, _FEWER]) for text in said]
    way = pl.coalesce(pl.when(is_one).then(text) for is_one, text in zip(is_way, said, strict=True))
    why = [pl.when(~is_one).then(text) for is_one, text in zip(is_way, said, strict=True)]
    is_left = c.left_reason.is_not_null() | c.bad.str.contains(r"\|left_reason\|")
    changes = _with_village(changes, villages).with_columns(
        name=pl.coalesce("name", "head_name"), number=own_number(c.household_id)
    )
    # A line that was prepared, and that nobody has filled in, is about nobody.
    names_nobody = pl.all_horizontal(c(key).is_null() for key in ("name", "identity", "number"))
    is_blank = names_nobody & pl.all_horizontal(text.is_null() for text in (*said, c.written))
    changes = changes.filter(~is_blank | c.bad.is_not_null())
    rows = _with_persons(changes, persons).with_columns(
        reason=pl.coalesce(pl.when(c.written.is_not_null()).then(pl.lit(OTHER)), *why),
        way=pl.coalesce(way, pl.when(is_left).then(pl.lit(_FEWER))),
    )
    by_reason = (
        pl.when(c.reason.is_in(DECREASES))
        .then(pl.lit(_FEWER))
        .when(c.reason.is_in(INCREASES))
        .then(pl.lit(_MORE))
    )
    found = pl.when(c.is_gone.any().over("ref")).then(pl.lit(_FEWER))
    is_decrease = pl.coalesce("way", by_reason, "of_sheet", found, pl.lit(_MORE)) == _FEWER
    rows = rows.with_columns(is_decrease=is_decrease)
    rows = rows.filter((c.of_before == c.is_decrease).fill_null(True) | ~c.has_either)
    # Of a household that left poverty nothing is said of who was not in it at both dates.
    is_beside = c.of_before.is_not_null() & c.reason.is_in(OF_STATUS) & ~c.is_kept
    is_about = ~is_beside.fill_null(False)
    rows = rows.filter(is_about | ~is_about.any().over("ref"))
    for both, (more, fewer) in _BOTH_WAYS.items():
        one = pl.when(c.is_decrease).then(pl.lit(fewer)).otherwise(pl.lit(more))
        rows = rows.with_columns(reason=pl.when(c.reason == both).then(one).otherwise("reason"))
    return rows.drop("way", "is_gone", "is_kept", "has_either")


def _with_village(changes: pl.DataFrame, villages: pl.DataFrame) -> pl.DataFrame:
    """增减表 with the key of the village that a row is of, by itself or its sheet (`said_of`)."""
    known = _keys_by_name(villages)
    said = [c.village_key.replace(known)]
    for column in ("sheet_name", "file_name"):
        found = {}
        for text in changes[column].unique():
            called = {known[name] for name in known if text.startswith(name)}
            called |= {known[whole]} if (whole := whole_village(text)) in known else set()
            found[text] = called.pop() if len(called) == 1 else None
        said.append(c(column).replace_strict(found, default=None, return_dtype=pl.String))
    return changes.with_columns(said_of=pl.coalesce(said)).drop("sheet_name", "file_name")


def _with_persons(changes: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """增减表 with `person` and whether he or she is gone.

    People are known by their number, else by household and name; a row that gives neither number,
    by the name, where one person of the village has it, or of all. A row that gives the household
    alone is there for each who was or is in it (`of_before`).
    """
    home = persons.select(
        "person", "name", "identity", "before_name", "before_identity", "village", "before_village",
        number=own_number(c.household_id), before_number=own_number(c.before_id),
    )  # fmt: skip
    ways = (
        (("identity",), ("identity",)),
        (("before_identity",), ("identity",)),
        (("before_number", "before_name"), ("number", "name")),
        (("number", "name"), ("number", "name")),
    )
    found = []
    for own, theirs in ways:
        one = home.select("person", *own).drop_nulls().unique(own, keep="none")
        found.append(_of_whom(changes, one, own, theirs))
    # Whoever of the village has the name at either date, and is not two people.
    dates = (("village", "name"), ("before_village", "before_name"))
    named = pl.concat(home.select("person", in_village=v, called=n) for v, n in dates)
    own = ("in_village", "called")
    one = named.drop_nulls().unique().unique(own, keep="none")
    unnumbered = changes.filter(c.identity.is_null() & c.number.is_null())
    found.append(_of_whom(unnumbered, one, own, ("said_of", "name")))
    # Of a list without places it is whoever came or left, if nobody else has the name.
    placeless = unnumbered.filter(
        pl.all_horizontal(c(place).is_null() for place in ("said_of", "village", "town"))
    )
    moved = persons.filter(~_KEPT)["person"].implode()
    one = named.select("person", "called").drop_nulls().unique().unique("called", keep="none")
    one = one.filter(c.person.is_in(moved))
    found.append(_of_whom(placeless, one, ("called",), ("name",)))
    first = pl.concat(found).unique("ref", keep="first", maintain_order=True)
    first = pl.concat([first, _of_homes(changes, home)], how="diagonal")
    gone = persons.select("person", is_gone=c.ref.is_null(), is_kept=_KEPT)
    changes = changes.join(first, on="ref", how="left", maintain_order="left")
    return changes.join(gone, on="person", how="left", maintain_order="left")


def _of_homes(changes: pl.DataFrame, home: pl.DataFrame) -> pl.DataFrame:
    """Rows that name a household and nobody of it, with each who was in it, or is."""
    names_nobody = c.name.is_null() & c.identity.is_null()
    is_faulty = c.bad.str.contains(r"\|(id_number|name)\|").fill_null(False)
    whole = changes.filter(names_nobody & ~is_faulty)
    sides = [
        _of_whom(whole, home, (number,), ("number",)).with_columns(of_before=number != "number")
        for number in ("before_number", "number")
    ]
    return pl.concat(sides).with_columns(has_either=c.of_before.n_unique().over("ref") > 1)


def _of_whom(
    changes: pl.DataFrame, people: pl.DataFrame, own: Sequence[str], theirs: Sequence[str]
) -> pl.DataFrame:
    """`ref` and `person` of the rows whose columns `theirs` are somebody's `own`."""
    rows = changes.select("ref", *theirs).drop_nulls()
    joined = rows.join(people, left_on=theirs, right_on=own, maintain_order="left")
    return joined.select("ref", "person")


def confirmed(
    changes: pl.DataFrame, persons: pl.DataFrame, villages: pl.DataFrame, *, tells_status: bool
) -> pl.DataFrame:
    """增减表 with whether the registers confirm each row (`is_found`), and of which village it is.

    A row is about so many `people`, of whom the registers confirm `found`, of the household
    `home`. `declared_at` is one for the rows of a village and reason, of which the registers have
    so many households that left poverty or fell back (`in_registers`); `place_now` is its name;
    `is_compared` is whether the registers can tell: both have the village and, where the row is
    about that, both say who is out of poverty (`tells_status`). `is_of_status` is where only the
    latter lacks.
    """
    status = {"脱贫": c.before_poor & ~c.poor, "返贫": ~c.before_poor & c.poor}
    known = persons.select(
        "person", "before_village", "before_id", "came_by", "left_by", "before_poor", "poor",
        "stays_home", is_in="village", is_kept=_KEPT, now_id="household_id",
        # Whoever of either part is named, the household was split, or two were merged.
        changed_home=pl.any_horizontal(
            (_KEPT & ~c.stays_home).any().over(home) & c(home).is_not_null()
            for home in ("before_id", "household_id")
        ),
    )  # fmt: skip
    rows = changes.join(known, on="person", how="left", maintain_order="left")
    has_moved = c.is_kept & c.reason.is_in([*INCREASES, *DECREASES])
    is_unlike = has_moved & ~c.reason.is_in([*OF_MOVERS, "整户迁出"])
    is_so = (
        pl.when(c.reason == "脱贫")
        .then(c.is_kept & status["脱贫"])
        .when(c.reason == "返贫")
        .then(c.is_kept & status["返贫"])
        .when(c.reason.is_in([SPLIT, MERGED]))
        .then(c.changed_home | c.left_by.is_not_null() | c.came_by.is_not_null())
        .when(is_unlike)
        .then(pl.lit(False))
        # Who married into another household of the village moves no sum of it.
        .when(c.is_kept & (c.is_in == c.before_village) & c.reason.is_in(OF_MOVERS))
        .then(~c.stays_home)
        .when(c.is_decrease)
        .then(c.left_by.is_not_null())
        .otherwise(c.came_by.is_not_null())
    )
    # Of who is in one register alone the row itself says where he was, or is.
    at = pl.when(c.is_decrease).then("before_village").otherwise("is_in")
    # Who moved is a decrease of one village and an increase of the other: each says it once.
    is_status = c.reason.is_in(OF_STATUS).fill_null(False)
    once = pl.struct("person", "is_decrease", is_status.alias("of_status")).is_first_distinct()
    rows = rows.with_columns(
        is_found=(is_so & once).fill_null(False),
        at=pl.coalesce(at, "said_of", "before_village", "is_in", pl.lit("")),
        home=pl.when(c.is_decrease)
        .then(pl.coalesce("before_id", "now_id"))
        .otherwise(pl.coalesce("now_id", "before_id")),
    )
    rows = rows.with_columns(
        people=pl.len().over("ref"),
        found=c.is_found.sum().over("ref"),
        is_found=c.is_found.all().over("ref"),
        home=pl.coalesce("home", "household_id", "head_name", "name", c.ref.cast(pl.String)),
    )
    rows = rows.unique("ref", keep="first", maintain_order=True)
    names = villages.select(at="village", place_now="name", is_both=c.is_before & c.is_now)
    rows = rows.join(names, on="at", how="left", maintain_order="left")
    is_both = pl.coalesce("is_both", _is_of_town(villages))
    is_told = pl.lit(tells_status) | ~c.reason.is_in(OF_STATUS).fill_null(False)
    rows = rows.with_columns(
        pl.coalesce("place_now", "village", pl.lit("")).alias("place_now"),
        declared_at=_at("at", c.reason.fill_null("")),
        is_compared=is_both & is_told,
        is_of_status=is_both & ~is_told,
    ).drop(known.columns, "is_both", "said_of", "of_before", "number")
    homes = [
        persons.filter(_KEPT & c.stays_home & has_changed).select(
            "household_id", declared_at=_at("village", pl.lit(why))
        )
        for why, has_changed in status.items()
    ]
    of_status = pl.concat(homes).group_by("declared_at").agg(in_registers=c.household_id.n_unique())
    rows = rows.join(of_status, on="declared_at", how="left", maintain_order="left")
    return rows.with_columns(c.in_registers.fill_null(0))


def _at(village: str, reason: pl.Expr) -> pl.Expr:
    return pl.concat_str(c(village), pl.lit("/"), reason)


def _keys_by_name(villages: pl.DataFrame) -> dict[str, str]:
    """By which key the registers know a village that 增减表 gives by its name, town or not."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    rows = villages.select("village", "town", "name").drop_nulls("name")
    for key, town, name in rows.iter_rows():
        whole = whole_village(name, town or "")
        for text in (whole, f"{town or ''}{whole}"):
            named[text].add(key)
    return {text: keys.pop() for text, keys in named.items() if len(keys) == 1}


def _is_of_town(villages: pl.DataFrame) -> pl.Expr:
    """Whether a row of a village that no register has may be of a town that both have."""
    both = villages.filter(c.is_before & c.is_now)
    codes = both["code"].drop_nulls().str.slice(0, 9).implode()
    names = both["town"].drop_nulls().implode()
    by_code = pl.when(c.at.str.contains("^[0-9]{12}$")).then(c.at.str.slice(0, 9).is_in(codes))
    return pl.coalesce(by_code, c.town.is_in(names), pl.lit(not both.is_empty()))
