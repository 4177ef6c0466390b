"""Every sum closes, and what is found is what happened, over random histories of the town."""

from collections import Counter
from random import Random

from histories import EVENTS, Entry, History
from hypothesis import given, settings
from hypothesis import strategies as st
from town import AS_OF, Row, Town

from jiandang.policy import load_policy
from jiandang.report.movement import Balance, MovementLine, Number
from jiandang.run.comparing import Earlier, compare

NAMES = {event.__name__: event for event in EVENTS}


def lines_of(history: History) -> list[MovementLine]:
    """The lines of the villages, whatever the order of the rows."""
    policy = load_policy("xuzhou-2016")
    for town in (history.before, history.now):
        for sheet in ("成员", "农户"):
            history.random.shuffle(town.sheets[sheet])
    changes = history.now.changes_register() if history.now.changes else None
    earlier = Earlier(history.before.register(policy), changes)
    now = history.now.register(policy)
    _, moved = compare(now, earlier, policy, AS_OF, show_ids=False)
    return moved.lines


def counted(town: Town, village: str, *, poor: bool) -> Number:
    """What stands in a register."""

    def counts(home: Row) -> bool:
        return not poor or home["脱贫属性"] != "已脱贫"

    homes = [home for home in town.rows("农户", 行政村=village) if counts(home)]
    return Number(households=len(homes), persons=sum(len(town.members(home)) for home in homes))


def total(flows: dict[str, Number]) -> Number:
    return sum(flows.values(), start=Number())


def assert_closes(balance: Balance) -> None:
    start = balance.opening + total(balance.increases)
    assert start == balance.closing + total(balance.decreases)


def ledger_of(balance: Balance, village: str) -> dict[Entry, Counter[str]]:
    return {
        (part, village, reason): Counter(households=n.households, persons=n.persons)
        for part in ("increases", "decreases")
        for reason, n in getattr(balance, part).items()
    }


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    events=st.lists(st.sampled_from(sorted(NAMES)), max_size=25),
)
def test_what_is_found_is_what_happened(seed: int, events: list[str]) -> None:
    history = History(Random(seed))
    for name in events:
        NAMES[name](history)
    lines = lines_of(history)
    assert len(lines) == 3
    registered: dict[Entry, Counter[str]] = {}
    poor: dict[Entry, Counter[str]] = {}
    for line in lines:
        village = line.village or ""
        for balance, only_poor in ((line.registered, False), (line.poor, True)):
            assert balance.opening == counted(history.before, village, poor=only_poor)
            assert balance.closing == counted(history.now, village, poor=only_poor)
            assert_closes(balance)
        registered |= ledger_of(line.registered, village)
        poor |= ledger_of(line.poor, village)
    assert registered == history.registered
    assert poor == history.poor
