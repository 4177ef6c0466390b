"""LR001, LR220 and LR221: what stands in one sheet of a table and not in another, or in both."""

from town import Cell, Row, Town, breaks, spares


def incomes_apart(town: Town) -> list[Row]:
    """The rows of a sheet of its own to which the incomes have been moved."""
    moved = [
        h for h in town.headings["农户"] if h in ("收入年度", "家庭纯收入(元)", "人均纯收入(元)")
    ]
    town.headings["收入"] = ["户编号", *moved]
    town.headings["农户"] = [h for h in town.headings["农户"] if h not in moved]
    town.sheets["收入"] = [
        {heading: row[heading] for heading in town.headings["收入"]} for row in town.sheets["农户"]
    ]
    return town.sheets["收入"]


@breaks("LR220")
def household_without_an_income(town: Town) -> Cell:
    row = incomes_apart(town).pop(3)
    return town.cell(town.household(row), "户编号")


@breaks("LR220")
def village_without_incomes(town: Town) -> Cell:
    """One finding for all its households."""
    incomes_apart(town)
    first = town.row("农户")
    town.leave_out_village("收入")
    return town.cell(first, "户编号")


@breaks("LR220")
def income_of_a_household_that_is_nowhere_else(town: Town) -> Cell:
    row = incomes_apart(town)[0]
    del town.sheets["农户"][0]
    return town.cell(row, "户编号")


def incomes_by_heads(town: Town) -> list[Row]:
    """The incomes apart, told by village, group and head alone."""
    incomes = incomes_apart(town)
    town.headings["收入"][:1] = ["行政村", "村民小组", "户主姓名"]
    for row, home in zip(incomes, town.sheets["农户"], strict=True):
        row.update({name: home[name] for name in ("行政村", "村民小组", "户主姓名")})
    return incomes


@breaks("LR220")
def head_by_another_name_where_the_incomes_are(town: Town) -> Cell:
    """One finding, at the name, and not another for the household that it lacks."""
    row = incomes_by_heads(town)[3]
    row["户主姓名"] = "赵长河"
    (found,) = town.findings(select=["LR220"])
    assert f"“{town.sheets['农户'][3]['户主姓名']}”" in found.message
    return town.cell(row, "行政村")


@breaks("LR220")
def person_whose_relation_is_nowhere(town: Town) -> Cell:
    town.headings["成员关系"] = ["户编号", "姓名", "证件号码", "与户主关系"]
    town.headings["成员"].remove("与户主关系")
    town.sheets["成员关系"] = [
        {h: row[h] for h in town.headings["成员关系"]} for row in town.sheets["成员"]
    ]
    del town.sheets["成员关系"][5]
    return town.cell(town.sheets["成员"][5], "姓名")


def homes_apart(town: Town) -> list[Row]:
    """The rows of a sheet of what need not be filled, of all households."""
    moved = [h for h in town.headings["农户"] if h.startswith(("住房", "饮水", "有无", "是否通"))]
    town.headings["住房"] = ["户编号", "户主姓名", *moved]
    town.headings["农户"] = [h for h in town.headings["农户"] if h not in moved]
    town.sheets["住房"] = [
        {h: row[h] for h in town.headings["住房"]} for row in town.sheets["农户"]
    ]
    return town.sheets["住房"]


@breaks("LR220")
def household_that_lacks_among_the_homes(town: Town) -> Cell:
    row = homes_apart(town).pop(3)
    return town.cell(town.household(row), "户编号")


@spares("LR220")
def homes_of_most_households(town: Town) -> None:
    """Where more than a few lack, it is a list of some: who need not be on it lacks nothing."""
    del homes_apart(town)[::10]


@spares("LR220")
def homes_of_other_villages(town: Town) -> None:
    """That the village's rows lack is said of its gates."""
    homes_apart(town)
    town.leave_out_village("住房")


@spares("LR220")
def every_household_has_an_income(town: Town) -> None:
    incomes_apart(town).reverse()


@spares("LR220")
def list_of_some_households(town: Town) -> None:
    """What need not be filled may be told of some households alone."""
    town.headings["农户"].remove("住房面积(㎡)")
    town.headings["住房"] = ["户编号", "户主姓名", "家庭人口", "住房面积(㎡)"]
    some = town.sheets["农户"][:9]
    town.sheets["住房"] = [{h: row[h] for h in town.headings["住房"]} for row in some]


@breaks("LR001")
def column_that_one_village_lacks(town: Town) -> Cell:
    village = town.row("成员")["行政村"]
    town.headings["成员2"] = [h for h in town.headings["成员"] if h != "证件号码"]
    town.sheets["成员2"] = town.rows("成员", 行政村=village)
    town.sheets["成员"] = town.rows("成员", 行政村=lambda name: name != village)
    return "成员2", "A1"


@spares("LR001")
def column_in_another_sheet_of_the_same_households(town: Town) -> None:
    incomes_apart(town)


@spares("LR001")
def incomes_under_the_heads_number(town: Town) -> None:
    """A sheet without 户编号 is of the households whose heads it names, wherever it stands."""
    incomes_apart(town)
    town.headings["收入"][:1] = ["户主姓名", "户主证件号码"]
    town.sheets["收入"] = [
        {**income, "户主姓名": row["户主姓名"], "户主证件号码": row["户主证件号码"]}
        for income, row in zip(town.sheets["收入"], town.sheets["农户"], strict=True)
    ]
    town.sheets = {"收入": town.sheets.pop("收入"), **town.sheets}


@spares("LR220")
def public_list_of_the_same_households(town: Town) -> None:
    """Those who are complete elsewhere may be listed once more without their numbers."""
    town.headings["公示名单"] = ["行政村", "户主姓名", "家庭人口", "主要致贫原因"]
    town.sheets["公示名单"] = [
        {h: row[h] for h in town.headings["公示名单"]} for row in town.sheets["农户"]
    ]


@spares("LR001")
def list_of_heads_without_a_village(town: Town) -> None:
    """By their names they are the households that are complete elsewhere."""
    town.headings["名单"] = ["户主姓名", "家庭人口", "联系电话", "农户属性"]
    town.sheets["名单"] = [
        {h: row[h] for h in town.headings["名单"]} for row in town.sheets["农户"]
    ]


@breaks("LR221")
def copied_sheet(town: Town) -> Cell:
    town.headings["成员 (2)"] = [*town.headings["成员"]]
    town.sheets["成员 (2)"] = [{**row} for row in town.sheets["成员"]]
    return "成员 (2)", "A1"


@spares("LR221")
def sheet_of_a_village(town: Town) -> None:
    village = town.row("成员")["行政村"]
    town.headings["成员2"] = [*town.headings["成员"]]
    town.sheets["成员2"] = town.rows("成员", 行政村=village)
    town.sheets["成员"] = town.rows("成员", 行政村=lambda name: name != village)
