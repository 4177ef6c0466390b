"""The classes in which audits count discrepancies (疑点类别), by rule.

The words are those of published audit reports. A rule that has no class of its own falls under
its group in the catalogue.
"""

_CLASSES = {
    "身份证号无效": "LR101 LR102 LR103 LR104 LR105 LR111 LR112 LR124 LR125 LR127",
    "身份证号重复": "LR108",
    "一人多户": "LR109 LR110 LR126",
    "人数与成员不符": "LR203 LR204 RW012",
    "空户或孤立成员": "LR205 LR206",
    "户主缺失或多户主": "LR201 LR202 LR207 LR222",
    "年龄性别与身份证不符": "LR106 LR107",
    "财政供养": "SB019",
    "机动车": "SB020",
    "商品房": "SB021",
    "工商登记": "SB022",
    "村干部亲属": "SB023",
    "疑似拆户或老人单独立户": "SB024 SB025",
    "收入不低于标准": "SB018 SB030",
    "收入计算不符": "DC007 DC008 DC009 DC010 DC011 DC014 DC015 DC020 DC021 DC043",
    "致贫原因与家庭不符": "DC022 DC023 DC024 DC025 DC026 LR315 LR316",
    "程序缺失、倒置或公示不足": "SB001 SB003 SB004 SB005 SB006 SB007 SB008 SB009 SB010 SB011 SB012 "
    "SB013 SB014 SB015 SB016 SB017",
    "签字盖章缺失": "SB002 DC004",
    "三级名单不一致": "SB028",
    "低保五保与养老金": "DC016 DC017 DC018 DC019 DC041 DC044 DC045 DC046 LR313 LR317",
    "残疾与残联不符": "DC032 DC033 DC034 LR113 LR114",
    "在校生与学籍": "LR301 LR302 LR303 LR304 LR305 LR309",
    "脱贫与现状矛盾": "DC047 DC048 DC049 SJ016 SJ017",
    "数据空缺": "LR001 LR004 LR014 LR401",
}
_GROUPS = {
    "RW": "任务分解",
    "SB": "识别程序",
    "DC": "入户调查",
    "LR0": "表格与格式",
    "LR1": "编号、电话与账号",
    "LR2": "家庭结构",
    "LR3": "学业、劳动力与务工",
    "LR4": "录入过程",
    "SJ": "时间节点",
    "BD": "部门比对",
    "DT": "动态管理",
}
_BY_RULE = {code: name for name, codes in _CLASSES.items() for code in codes.split()}


def category_of(rule: str) -> str:
    """The class of a rule's findings."""
    return _BY_RULE.get(rule) or _GROUPS.get(rule[:3]) or _GROUPS.get(rule[:2], "其他")
