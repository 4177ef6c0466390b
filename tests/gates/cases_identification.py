"""SB 识别程序关."""

from datetime import date

from town import Cell, Town, breaks, spares


@breaks("SB001")
def no_application(town: Town) -> Cell:
    row = town.row("识别程序")
    row["申请日期"] = row["申请人签字"] = None
    return town.cell(row, "申请日期")


@spares("SB001")
def village_without_the_column(town: Town) -> None:
    town.headings["识别程序"].remove("申请日期")


@breaks("SB008")
def notice_one_day_short(town: Town) -> Cell:
    row = town.row("识别程序")
    row["村公示开始"], row["村公示结束"] = date(2016, 3, 8), date(2016, 3, 14)
    return town.cell(row, "村公示结束")


@spares("SB008")
def notice_just_long_enough(town: Town) -> None:
    row = town.row("识别程序")
    row["村公示开始"], row["村公示结束"] = date(2016, 3, 7), date(2016, 3, 14)
