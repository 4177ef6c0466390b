"""Which notes say that the paper with which an error may stand is there, and which do not."""

import pytest

from jiandang.answers.papers import papers_of, why_not_proven
from jiandang.gates.catalogue import all_rules, find_rule

POLICE = find_rule("LR103").explanation.proof
BOOK = find_rule("LR125").explanation.proof
PASSPORT = find_rule("LR127").explanation.proof

THERE = [
    "持派出所户籍证明",
    "凭派出所户籍证明",
    "有户籍证明",
    "有派出所户籍证明",
    "见户籍证明",
    "户籍证明见附件",
    "公安机关户籍证明已附",
    "公安机关的户籍证明附后",
    "派出所证明已收",
    "已收派出所证明，存村档案",
    "派出所开了户籍证明",
    "派出所已经出具户籍证明",
    "派出所开的户口证明，号码与身份证一致",
    "睢宁县公安局官山派出所出具的户籍证明",
    "官山派出所户籍证明",
    "公安局户籍证明",
    "派出所户籍证明",
    "户籍证明",
    "公安证明号码属实",
    "公安机关证明号码属实的户籍证明，已查验原件",
    "不是录错，有派出所的证明",
    "没有录错，户籍证明复印件一份",
    "并非填写错误，见户籍证明",
    "已看户籍证明，没有错",
    "户籍证明复印件一份，并无涂改",
    "户籍证明已取得",
    "户籍证明原件在档案里",
    "派出所证明无误",
    "派出所所有户籍证明都已归档",
    "派出所有户籍证明",
    "已去派出所查了，户籍证明号码属实",
    "去派出所开了户籍证明",
    "户籍证明补来了",
    "已补户籍证明",
    "户籍证明，已附",
    "已附，派出所户籍证明",
    "户籍证明 已附",
    "已将户籍证明复印存档",
    "另附派出所户籍证明",
    "请见附件户籍证明",
    "老人不识字，有派出所户籍证明",
    "未婚，派出所出具了户籍证明",
    "困难户，派出所证明已核对",
    "身份证没带，有派出所户籍证明",
    "户口本丢了，派出所出具了户籍证明",
    "身份证丢失，但有户籍证明",
    "村委会和派出所的证明都已收",
    "按派出所户籍证明登记",
    "见派出所证明（2016年3月）",
    "户籍证明编号2016-031",
    "还有户籍证明",
    "派出所出具证明，号码属实",
    "户籍证明在村部存着",
    "户籍证明齐全",
    "户籍证明已上交镇里",
    "派出所民警说号码属实，户籍证明已收",
    "有户籍证明，老身份证号码就这样，没错",
    "官山派出所2016年3月18日户籍证明",
    "2016年3月18日官山派出所户籍证明",
    "派出所户籍证明（2016.3.18）",
    "官山派出所3月18日户籍证明",
    "县公安局户政科户籍证明",
    "派出所户籍证明（盖公章）",
    "户籍证明拍照留底",
    "有公安局户籍证明，不需要再开",
    "派出所户籍证明，无需再核",
    "有派出所户籍证明，没必要再开",
]

NOT_THERE = [
    "派出所开的死亡证明",
    "有户籍证明，是他儿子的",
    "户籍证明正在办理",
    "证明还没开",
    "待补",
    "以后补",
    "以后补户籍证明",
    "户籍证明待补",
    "户籍证明后补",
    "等派出所出证明",
    "等派出所出具的户籍证明",
    "户籍证明暂缺",
    "户籍证明未取得",
    "户籍证明遗失",
    "户籍证明丢了",
    "户籍证明已申请",
    "已申请户籍证明，等通知",
    "请派出所出具户籍证明",
    "派出所拒绝出具的户籍证明",
    "派出所证明办不了",
    "户籍证明与登记不符",
    "户籍证明号码与登记不一致",
    "有户籍证明，号码对不上",
    "有户籍证明，但号码少一位",
    "公安证明上是另一个号码",
    "有户籍证明，不是这个号码",
    "有派出所证明，是别人的",
    "村委会证明",
    "有村委会证明",
    "村里有证明",
    "村里出具的户籍证明",
    "居委会开的户口证明已附",
    "医院证明已收",
    "证明",
    "有证明",
    "证明已附",
    "当面核实过，属实",
    "派出所说属实",
    "看了户口本",
    "派出所没有开证明",
    "派出所不给开户籍证明",
    "无法提供户籍证明",
    "没有户籍证明，本人口述",
    "未见户籍证明",
    "下周去派出所开户籍证明",
    "准备开户籍证明",
    "拟请公安机关出具户籍证明",
    "派出所答应给户籍证明",
    "派出所说可以开户籍证明",
    "已托人去开户籍证明",
    "有人去开户籍证明了",
    "户籍证明开好了还在派出所没拿",
    "户籍证明已交派出所，有回执",
    "户籍证明需要收费，有难处",
    "如有户籍证明再附",
    "可能有户籍证明",
    "听说有派出所证明",
    "有户籍证明？",
    "户籍证明作废，已收回",
    "户籍证明已过期，原件在档案里",
    "户籍证明是假的，已查",
    "派出所联系中，有户籍证明",
    "见户籍证明，以后补",
    "派出所户籍证明，还没开",
    "身份证上是另一个号码，有户籍证明",
    "户籍证明有误",
    "户籍证明只有村里盖章",
    "缺派出所证明",
    "催派出所出具了两次，户籍证明",
    "户籍证明明天拿到",
    "户籍证明快开好了",
    "有户籍证明吗",
    "本人说有户籍证明",
    "派出所说号码有问题，见户籍证明",
    "派出所证明号码是弟弟的",
    "户籍证明让儿子带去外地了",
    "派出所同意出具户籍证明",
    "户籍证明邮寄中",
    "派出所要求村委会先出证明",
    "派出所说不需要开户籍证明",
    "公安局不需要开户籍证明",
    "公安局不需要再开户籍证明",
    "没有户籍证明，不需要再开",
    "不需要再开",
    "等3月18日户籍证明",
    "户籍证明2016年4月底才能开",
    "村里2016年3月18日户籍证明",
]


@pytest.mark.parametrize("note", THERE)
def test_the_paper_is_there(note: str) -> None:
    assert why_not_proven(POLICE, note) == ""


@pytest.mark.parametrize("note", NOT_THERE)
def test_the_paper_is_not_there(note: str) -> None:
    assert "拿到的请写“有派出所户籍证明”" in why_not_proven(POLICE, note)


@pytest.mark.parametrize(
    ("proof", "note", "is_there"),
    [
        (BOOK, "看了户口本，双胞胎", True),
        (BOOK, "户口薄上三个人号码连续，已核对", True),
        (BOOK, "已核对户口簿，有派出所的证明", True),
        (BOOK, "户口簿没带", False),
        (BOOK, "户口簿号码与此不一样", False),
        (BOOK, "双胞胎", False),
        (BOOK, "有村委会证明", False),
        (PASSPORT, "外籍配偶，护照复印件在档案里", True),
        (PASSPORT, "公安机关的证明已收", True),
        (PASSPORT, "见外国人居留证", True),
        (PASSPORT, "护照被中介扣着，没拿回来", False),
        (PASSPORT, "护照正在补办", False),
        (PASSPORT, "村委会证明已附", False),
    ],
)
def test_each_proof_has_its_own_papers(proof: str, note: str, is_there: bool) -> None:
    assert (why_not_proven(proof, note) == "") == is_there


def test_what_is_to_be_written_is_accepted_itself() -> None:
    """So is the proof in the rule's own words."""
    proofs = [rule.explanation.proof for rule in all_rules() if rule.explanation.proof]
    assert proofs
    for proof in proofs:
        assert papers_of(proof)
        for paper in papers_of(proof):
            assert why_not_proven(proof, paper.example) == ""
        assert why_not_proven(proof, f"已核对{proof}") == ""


def test_the_word_that_stands_against_it_is_told() -> None:
    assert "写着“正在”" in why_not_proven(POLICE, "有户籍证明，正在办理")
    assert "没有写明凭证" in why_not_proven(POLICE, "村委会证明已附")


def test_a_reason_that_says_otherwise_counts_too() -> None:
    assert why_not_proven(POLICE, "有户籍证明", "户籍证明遗失")
    assert why_not_proven(POLICE, "", "有户籍证明")
    assert why_not_proven(POLICE, "有户籍证明", "其他") == ""
