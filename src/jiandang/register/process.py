"""Tables 4 识别程序 and 5 入户调查: the steps that a household, or a village, went through."""

from typing import ClassVar

from jiandang.register.code_cells import Signature, YesNo
from jiandang.register.date_cells import CellDate
from jiandang.register.number_cells import Persons, Votes
from jiandang.register.place import HouseholdPlace
from jiandang.register.table import column
from jiandang.register.text_cells import PersonName, Text


class Procedure(HouseholdPlace):
    """The steps of identification (识别程序): one row a household, or one a village."""

    table_name: ClassVar[str] = "procedure"
    title: ClassVar[str] = "识别程序"

    applied: CellDate | None = column("申请日期", "申请时间", description="农户申请的日期")
    application_signed: Signature | None = column(
        "申请人签字", "申请书签字", description="申请书是否有申请人签字"
    )
    appraised: CellDate | None = column(
        "评议日期", "民主评议日期", "评议时间", "村级评议日期", description="村民代表评议的日期"
    )
    delegates: Persons | None = column(
        "应到代表", "应到代表人数", "应到人数", "应到", "应到会人数", "应参会人数",
        unit="人", description="应到会的村民代表",
    )  # fmt: skip
    delegates_present: Persons | None = column(
        "实到代表", "实到代表人数", "实到人数", "实到", "实到会人数", "到会人数",
        unit="人", description="实际到会的村民代表",
    )  # fmt: skip
    votes_for: Votes | None = column(
        "同意票", "同意票数", "赞成票", "赞成票数", "同意", "同意人数", "赞成", "赞成人数",
        unit="票", description="同意票",
    )  # fmt: skip
    votes_against: Votes | None = column(
        "反对票", "反对票数", "反对", "反对人数", "不同意票", "不同意票数", "不同意人数",
        unit="票", description="反对票",
    )  # fmt: skip
    abstentions: Votes | None = column(
        "弃权票", "弃权票数", "弃权", "弃权人数", unit="票", description="弃权票"
    )
    village_notice_start: CellDate | None = column(
        "村公示开始", "村级公示开始", "村公示开始日期", "村级公示开始日期",
        description="村级公示的第一天",
    )  # fmt: skip
    village_notice_end: CellDate | None = column(
        "村公示结束", "村级公示结束", "村公示结束日期", "村级公示结束日期",
        description="村级公示的最后一天",
    )  # fmt: skip
    objection: Text | None = column(
        "异议情况", "公示异议", "异议", "有无异议", "公示有无异议",
        description="公示中的异议；没有的填无",
    )  # fmt: skip
    objection_result: Text | None = column("异议处理结果", "异议处理", description="异议怎样处理")
    town_reviewed: CellDate | None = column(
        "乡镇审核日期", "乡镇审核时间", "镇审核日期", "镇审核时间", description="乡镇审核的日期"
    )
    town_notice_start: CellDate | None = column(
        "乡镇公示开始", "镇公示开始", "乡镇公示开始日期", description="乡镇公示的第一天"
    )
    town_notice_end: CellDate | None = column(
        "乡镇公示结束", "镇公示结束", "乡镇公示结束日期", description="乡镇公示的最后一天"
    )
    county_approved: CellDate | None = column(
        "县级审批日期", "县审批日期", "县级审批时间", "县审批时间", description="县级审批的日期"
    )
    county_notice_start: CellDate | None = column(
        "县级公示开始", "县公示开始", "县级公告开始", "县级公示开始日期",
        description="县级公示（公告）的第一天",
    )  # fmt: skip
    county_notice_end: CellDate | None = column(
        "县级公示结束", "县公示结束", "县级公告结束", "县级公示结束日期",
        description="县级公示（公告）的最后一天",
    )  # fmt: skip
    cadre_relative: YesNo | None = column(
        "村干部亲属", "是否村干部亲属", description="是否村干部的亲属"
    )
    cadre_relative_filed: Signature | None = column(
        "备案情况", "村干部亲属备案", "是否备案", description="村干部亲属是否备案"
    )


class Survey(HouseholdPlace):
    """The visit to a household (入户调查)."""

    table_name: ClassVar[str] = "survey"
    title: ClassVar[str] = "入户调查"

    surveyed: CellDate | None = column(
        "调查日期",
        "入户日期",
        "入户调查日期",
        "调查时间",
        "入户时间",
        "入户调查时间",
        description="入户调查的日期",
    )
    surveyor_1: PersonName | None = column("调查人1", "调查人一", description="第一名调查人")
    surveyor_2: PersonName | None = column("调查人2", "调查人二", description="第二名调查人")
    surveyors: Text | None = column(
        "调查人", "调查人员", "入户调查人", "调查员", "入户调查员",
        description="写在一格里的两名调查人，用顿号隔开",
    )  # fmt: skip
    head_signed: Signature | None = column(
        "户主签字", "户主签名", "农户签字", "户主签字(手印)", description="户主是否签字或按手印"
    )
    reviewer: PersonName | None = column(
        "审核人", "复核人", "审核员", "复核员", "审核人员", description="审核人"
    )
    entered: CellDate | None = column("录入日期", "录入时间", description="录入的日期")
    entry_clerk: PersonName | None = column("录入人", "录入员", "录入人员", description="录入人")
    proofreader: PersonName | None = column("校对人", "校对员", "校对人员", description="校对人")
