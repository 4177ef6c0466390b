"""Findings before they have numbers: their order, and what becomes of equal ones."""

from jiandang.engine.drafts import Drafts
from jiandang.register.register import NO_ROW
from jiandang.report.model import Finding, Severity


def add(
    drafts: Drafts, place: tuple[int, int, int], message: str = "一", rank: str = "", **who: str
) -> None:
    finding = Finding(
        rule="LR101", gate="LR", severity=Severity.ERROR, title="", message=message, advice="",
        file="a.xlsx", sheet="成员", cell="", row=place[1], column="", fingerprint="",
    )  # fmt: skip
    about = {"who": "王庄村", "column": "name", "number": "", "shown": "", **who}
    drafts.add(finding, place, rank=rank, **about)


def rows(drafts: Drafts) -> list[tuple[int, str]]:
    return [(finding.row, finding.message) for finding in drafts.finished()]


def test_they_stand_by_rank_then_sheet_row_column_and_message() -> None:
    drafts = Drafts()
    for place, message in (((1, 2, 0), "一"), ((0, 9, 1), "二"), ((0, 9, 1), "一")):
        add(drafts, place, message)
    add(drafts, (0, 9, 0), "三")
    add(drafts, (0, 1, 0), "末", rank="z")
    add(drafts, (NO_ROW, 0, 0), "政策")
    assert rows(drafts) == [
        (0, "政策"), (9, "三"), (9, "一"), (9, "二"), (2, "一"), (1, "末"),
    ]  # fmt: skip


def test_equal_ones_at_one_cell_are_one_and_others_are_not() -> None:
    drafts, part = Drafts(), Drafts()
    add(drafts, (0, 5, 3), "一")
    add(part, (0, 5, 3), "一")
    add(part, (0, 5, 4), "一")
    drafts.update(part)
    assert rows(drafts) == [(5, "一"), (5, "一")]


def test_those_about_the_same_are_told_apart_by_the_person_not_by_the_row() -> None:
    def numbers(order: list[str]) -> dict[str, str]:
        drafts = Drafts()
        for row, number in enumerate(order, 1):
            add(drafts, (0, row, 0), number, number=number)
        return {finding.message: finding.fingerprint for finding in drafts.finished()}

    assert numbers(["11", "22"]) == numbers(["22", "11"])
    assert len(set(numbers(["11", "22"]).values())) == 2


def test_sheets_of_a_part_get_their_numbers_in_the_run_and_the_policy_has_none() -> None:
    drafts = Drafts()
    add(drafts, (0, 5, 3), "后")
    add(drafts, (1, 7, 0), "前")
    add(drafts, (NO_ROW, 0, 0), "政策")
    drafts.move([4, 2])
    assert rows(drafts) == [(0, "政策"), (7, "前"), (5, "后")]
