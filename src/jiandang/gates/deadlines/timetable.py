"""The timetable itself: each public notice needs its days."""

from collections.abc import Iterator

from jiandang.engine.frames import Frames
from jiandang.engine.rule import observed
from jiandang.engine.run import Outcome
from jiandang.policy.model import Deadlines
from jiandang.register.notice import Notice
from jiandang.register.register import NO_ROW, Observation
from jiandang.report.model import Severity


def timetable_faults(frames: Frames, _: Outcome) -> Iterator[Observation]:
    """The notices of the policy that begin too late; they stand in no row."""
    policy = frames.plan.policy
    for before, after, days in policy.timetable_gaps():
        seen = {
            "before": Deadlines.title(before), "first": policy.deadlines.of(before),
            "after": Deadlines.title(after), "last": policy.deadlines.of(after),
            "days": days, "notice_days": policy.notice_days,
        }  # fmt: skip
        yield Observation(Notice.TIMETABLE, NO_ROW, column=f"deadlines.{after}", seen=seen)


observed(
    "SJ018",
    Notice.TIMETABLE,
    "时间表本身不可行",
    Severity.ERROR,
    message="“{before}”（{first}）到“{after}”（{last}）只有 {days} 天，不够公示 {notice_days} 天",
    basis="S-J 每一步间隔一周",
    look=timetable_faults,
    of_policy=True,
    doc="""政策文件的时间节点，给每一级公示留够天数。这是政策文件的问题，不是登记表的问题。

    改法：修改政策文件的 [deadlines]，或按当地规定改 notice_days。
    错例：乡镇公示截止 2016-3-21，县级公示截止 2016-3-25，公示 7 天
    对例：乡镇公示截止 2016-3-21，县级公示截止 2016-3-28，公示 7 天
    """,
)
