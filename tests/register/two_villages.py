"""A small register of two villages: six households of two people each."""

from typing import Any

from jiandang.register.resident_id import check_character

Row = list[Any]
VILLAGES = {"王庄村": "320324105201", "柳湾村": "320324105202"}
HEADS = ["张建国", "李海军", "王玉兰", "赵明华", "孙爱华", "周春生"]
SONS = ["张小山", "李小海", "王小强", "赵小明", "孙小华", "周小生"]
MEMBERS: Row = ["行政村", "户编号", "姓名", "性别", "证件号码", "与户主关系"]
OF_HOME: Row = ["家庭人口", "农户属性", "主要致贫原因", "人均纯收入(元)"]
HOMES: Row = ["行政村", "户编号", "户主姓名", "户主证件号码", *OF_HOME]


def number(day: str, i: int) -> str:
    first = f"320324{day}{i:02}1"
    return first + check_character(first)


def homes() -> list[tuple[str, int, str, str, str]]:
    """Village, number in it, head, his number, son."""
    return [
        (village, i % 3 + 1, HEADS[i], number("19700101", i), SONS[i])
        for i, village in enumerate(3 * ["王庄村"] + 3 * ["柳湾村"])
    ]


def tables() -> tuple[list[Row], list[Row]]:
    """The rows of the members, and of the households, each below its headings."""
    people, own = [MEMBERS], [HOMES]
    for i, (village, count, head, who, son) in enumerate(homes()):
        home = f"32032410520{count}{i:03}"
        people.append([village, home, head, "男", who, "户主"])
        people.append([village, home, son, "男", number("20050101", i), "之子"])
        own.append([village, home, head, who, 2.0, "一般贫困户", "缺技术", 3000.0 + i])
    return people, own
