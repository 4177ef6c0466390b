"""Every sum closes, and what is found is what happened, over random histories of the town."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from histories import EVENTS, Entry, History, known, two_towns
from hypothesis import given, settings
from hypothesis import strategies as st
from town import AS_OF, Row, Town

from jiandang import check
from jiandang.intake.parsed_table import ParsedTable
from jiandang.policy import Policy, load_policy
from jiandang.register.register import FileRead, Register, Role
from jiandang.report.movement import Balance, Movement, MovementLine, Number
from jiandang.run.batch import check_files
from jiandang.run.checking import Settings
from jiandang.run.files import FilesFound
from jiandang.run.load import Reading, register_from
from jiandang.run.parts import FileTables
from jiandang.run.processes import Executor, Workers

NAMES = {event.__name__: event for event in EVENTS}


def compared(history: History) -> tuple[Movement, set[str]]:
    """What is found, whatever the order of the rows, and the rules that found anything."""
    for town in (history.before, history.now):
        for sheet in ("成员", "农户"):
            history.random.shuffle(town.sheets[sheet])
    return history.compared(history.now.changes_register() if history.now.changes else None)


def villages_of(movement: Movement) -> list[MovementLine]:
    return [line for line in movement.lines if line.level == "village"]


def counted(town: Town, village: str, *, poor: bool) -> Number:
    """What stands in a register."""

    def counts(home: Row) -> bool:
        return not poor or home["脱贫属性"] != "已脱贫"

    homes = [home for home in town.rows("农户", 行政村=village) if counts(home)]
    return Number(households=len(homes), persons=sum(len(town.members(home)) for home in homes))


def total(flows: dict[str, Number]) -> Number:
    return sum(flows.values(), start=Number())


def assert_closes(balance: Balance) -> None:
    start = known(balance.opening) + total(balance.increases)
    assert start == known(balance.closing) + total(balance.decreases)


def ledger_of(balance: Balance, village: str) -> dict[Entry, Counter[str]]:
    return {
        (part, village, reason): Counter(households=n.households, persons=n.persons)
        for part in ("increases", "decreases")
        for reason, n in getattr(balance, part).items()
    }


def ledgers(lines: list[MovementLine], history: History) -> tuple[dict[Entry, Counter[str]], ...]:
    """What the villages' lines say, of 在册 and 未脱贫, when every sum has been found to close."""
    found: tuple[dict[Entry, Counter[str]], ...] = {}, {}
    for line in lines:
        village = line.village or ""
        for ledger, balance, poor in (
            (found[0], line.registered, False),
            (found[1], line.poor, True),
        ):
            assert balance.opening == counted(history.before, village, poor=poor)
            assert balance.closing == counted(history.now, village, poor=poor)
            assert_closes(balance)
            ledger |= ledger_of(balance, village)
    return found


histories = given(
    seed=st.integers(0, 2**32),
    events=st.lists(st.sampled_from(sorted(NAMES)), max_size=25),
)


@settings(max_examples=15)
@histories
def test_what_is_found_is_what_happened(seed: int, events: list[str]) -> None:
    history = History(Random(seed))
    for name in events:
        NAMES[name](history)
    movement, rules = compared(history)
    lines = villages_of(movement)
    assert len(lines) == 3
    assert ledgers(lines, history) == (history.registered, history.poor)
    changed = [each for each in movement.lists if each.list in ("corrected", "household")]
    assert Counter((each.what, each.village) for each in changed) == history.listed
    # All that was declared is found, and who has no reason is said of in the ledger too.
    assert "DT001" not in rules
    gone = sum(why == "未注明" for _, _, why in history.registered)
    assert ("DT002" in rules) == (gone > 0)
    assert "DT003" not in rules


# -- two towns, each in a file of its own at either date ------------------------------------------


class Sheets(Reading):
    """Reads towns that are in memory, by the names of their files."""

    def __init__(self, policy: Policy, tables: dict[Path, list[ParsedTable]]) -> None:
        super().__init__(policy, numbered=True)
        self.tables = tables

    def read(
        self, files: Sequence[Path], workers: Executor, role: Role = "now"
    ) -> Iterator[tuple[FileRead, FileTables]]:
        for path in files:
            read, numbered = FileRead(path, role=role), role != "changes"
            yield read, FileTables.of(read, self.tables[path], packed=True, numbered=numbered)


def files_of(town: Town, date: str, policy: Policy) -> dict[Path, list[ParsedTable]]:
    files = {}
    for code in ("320324105", "320324106"):
        own = Town({sheet: rows_of(rows, code) for sheet, rows in town.sheets.items()})
        tables = [table for sheet in own.sheets for table in own.tables(sheet, policy)]
        files[Path(f"{date}/{code}.xlsx")] = tables
        if changes := rows_of(town.changes, code):
            own.changes = changes
            files[Path(f"增减/{code}.xlsx")] = own.changes_tables()
    return files


def rows_of(rows: list[Row], code: str) -> list[Row]:
    own = ("户编号", "村码", "区划代码")
    return [row for row in rows if any(str(row.get(key)).startswith(code) for key in own)]


def register_of(files: dict[Path, list[ParsedTable]], date: str) -> Register:
    return register_from((FileRead(p), t) for p, t in files.items() if p.parts[0] == date)


def found_of(files: dict[Path, list[ParsedTable]], date: str) -> FilesFound:
    return FilesFound([path for path in files if path.parts[0] == date])


@settings(max_examples=5)
@histories
def test_who_moves_between_files_has_moved(seed: int, events: list[str]) -> None:
    """By files it is what it is in one register: movement, and what the rules find."""
    history = History(Random(seed), two_towns(), two_towns())
    for name in [*events, "move", "household_moves", "household_moves"]:
        NAMES[name](history)
    policy = load_policy("xuzhou-2016")
    files = files_of(history.before, "上次", policy) | files_of(history.now, "本次", policy)
    listed = found_of(files, "增减")
    with Workers(1) as workers:
        report = check_files(
            found_of(files, "本次"),
            Settings.of(policy, as_of=AS_OF, select="DT", groups=["DT"]),
            Sheets(policy, files),
            workers,
            before=found_of(files, "上次"),
            changes=listed if listed.files else None,
        )
    whole = check(
        register_of(files, "本次"),
        policy,
        as_of=AS_OF,
        select="DT",
        before=register_of(files, "上次"),
        changes=register_of(files, "增减") if listed.files else None,
    )
    assert report.movement is not None
    assert whole.movement is not None
    villages = villages_of(report.movement)
    assert len(villages) == 6
    assert ledgers(villages, history) == (history.registered, history.poor)
    assert report.movement.lines == whole.movement.lines
    assert sorted(map(repr, report.movement.lists)) == sorted(map(repr, whole.movement.lists))
    assert report.findings == whole.findings
