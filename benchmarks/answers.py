"""Processor seconds of reading a record of 100,000 answers, and of fitting them to findings.

Prints them as `name seconds`, a line each. The cycle collector is off, as in the command line.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from jiandang.answers.matching import Matching
from jiandang.answers.reading import read_replies
from jiandang.answers.record import append
from jiandang.answers.replies import Reply, latest_of
from jiandang.report.model import Finding, Severity

NUMBER = 100_000
RULES = ("DC022", "DC023", "LR304", "SB006")


def reply(random: Random) -> Reply:
    number = f"{random.getrandbits(64):016x}"
    yuan = random.randrange(20_000)
    return Reply(
        "登记无误",
        number=number,
        evidence=f"{random.getrandbits(80):020x}",
        rule=random.choice(RULES),
        village=random.choice(("王庄村", "柳湾村", "陈桥村")),
        household=f"320324{random.randrange(10**9):09d}",
        person=random.choice("张王李赵刘") + random.choice("伟芳娜敏静秀"),
        column="主要致贫原因",
        message=f"家庭纯收入填 {yuan} 元，四项收入之和减生产经营性支出是 {yuan + 500} 元",
        reason="其他",
        note="已核对原件",
        who=random.choice(("李四", "王五")),
        when=date(2016, 3, random.randrange(1, 28)),
        source="官山镇.检查结果.xlsx",
        sha256="ab" * 32,
    )


def finding(of: Reply) -> Finding:
    return Finding(
        rule=of.rule, gate=of.rule[:2], severity=Severity.SUSPECT, title="", message=of.message,
        advice="", file="官山镇.xlsx", sheet="农户", cell="N2", row=2, column=of.column,
        village=of.village, household=of.household, person=of.person, fingerprint=of.number,
        evidence=of.evidence,
    )  # fmt: skip


def seconds(work: Callable[[], Any], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def fit(findings: list[Finding], replies: list[Reply]) -> None:
    matching = Matching(findings, set(RULES))
    for latest in latest_of(replies).values():
        matching.match(latest)


def main(folder: Path, rounds: int) -> None:
    gc.disable()
    record = folder / "核实记录.csv"
    if not record.exists():
        folder.mkdir(parents=True, exist_ok=True)
        random = Random(11)
        append((reply(random) for _ in range(NUMBER)), record, datetime(2016, 3, 28))
    replies = read_replies([record])
    findings = [finding(each) for each in replies]
    print("read", seconds(lambda: read_replies([record]), rounds))
    print("fit", seconds(lambda: fit(findings, replies), rounds))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
