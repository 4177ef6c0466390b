"""BD221: houses that are dangerous by the list of 住建."""

from cases_lists_means import DAY
from list_rows import put
from town import Cell, Town, breaks, spares


@breaks("BD221")
def house_of_another_grade(town: Town) -> Cell:
    home = town.row("农户", 危房等级="C级")
    person = town.members(home)[0]
    put(town, f"危房{DAY}", person, 危房等级="D级", 鉴定日期="2015-05-06")
    return town.cell(home, "危房等级")


@breaks("BD221")
def house_that_is_none_of_the_dangerous(town: Town) -> Cell:
    home = town.row("农户", 是否危房="否")
    put(town, f"危房{DAY}", town.members(home)[0], 危房等级="D级", 鉴定日期="2015-05-06")
    return town.cell(home, "是否危房")


@spares("BD221")
def house_of_grade_b_is_not_dangerous(town: Town) -> None:
    person = town.members(town.row("农户", 是否危房="否"))[0]
    put(town, f"危房{DAY}", person, 危房等级="B级", 鉴定日期="2015-05-06")


@spares("BD221")
def house_of_the_same_grade(town: Town) -> None:
    person = town.members(town.row("农户", 危房等级="C级"))[0]
    put(town, f"危房{DAY}", person, 危房等级="C", 鉴定日期="2015-05-06")
