"""What people's typing adds to a text, and how it is taken off again."""

import re
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

import polars as pl

from jiandang.patterns import regex

# Characters that show nothing: zero-width blanks and joiners, direction marks, BOM, soft hyphen.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0xFEFF, 0x2060, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
)
_BLANKS = regex(r"\s+")
_QUOTES = "'’‘`＇"
_PLAIN = regex(r"[0-9.-]+")  # numbers and dates
_IRREGULAR = regex(
    r"^[\s'’‘`＇]|\s$|[\u00a0\u3000\u00ad\ufeff\u2060\u180e\u200b-\u200f\u202a-\u202e]"
    r"|[\t\r\n\v\f]|[０-９Ａ-Ｚａ-ｚ]"
)
_LINE_BREAK = regex(r"\s*[\t\r\n\v\f]\s*")
# Numbers in circles and the like: their half-width form would join the digits beside them.
_NUMBER_SIGNS = regex(r"([²³¹¼-¾⁰-₉⅐-↉①-⓿❶-➓㈠-㉃㉈-㊰]+)")
# What people write where there is nothing to be written.
_NOTHING = regex(
    r"无|没有|没|暂无|不详|未知|不知道|不清楚|不明|未填|待(?:补|补充|补录|查|定|填|核|核实|落实)|空白?|(?:以下|[此本][栏行页格])(?:均?为)?空白|缺|n/?a|none|null"
    r"|[-—–―─_/\\|.…。]+",
    re.IGNORECASE,
)
# Characters in traditional writing: 與戶主關係 is 与户主关系, 無勞動力 is 无劳动力.
_TRADITIONAL = str.maketrans(
    "戶與關係證號編別齡聯繫話電屬農務勞動殘狀況體學歷貧鄉鎮縣區組幫責單職時間開銀賬帳簽備註資產經營純總額財轉補償"
    "計劃養險醫療積畝樓無廁衛飲視廣類幹離種黨員審調錄報結評議應實際業標準識級門書記隊長個項選擇環變減車購貸稅獲"
    "豬雞鴨鵝漢內來數親兒費親戰軍遷劑發給屆齊羣聽說語認據點館團碼圖價貼導術壓質輔護監"
    "網領檢測驗頁歲婦孫義傷氣熱機輛樹賣買維繳納稱讀畢幾寬連達運輸遠還進過災專傳優儲協參從當確於僅"
    "脫齡眾滿壯磚險興溫鮮錫圓"
    "東兩喪臨為舉會寫決辦雙後吳國處復頭媽寧對爾層島莊慶廟異棄張強歸態擁掛擔權條棗檔沒潔濟灣燒愛爺獨獄現瑤"
    "蓋瞞稈穩窩築糞糧細織絡絕統繼續羅肅節蘇薩裝見規設該誤請諾負貴贅蹤較輩輟辭遼適遺遙鄭釋鉤銅銷錯閨陽陰陸"
    "難韓順須顧預頗風駐龍"
    "陳劉趙楊華蔣馮蕭葉呂閻閆許蘭麗鳳榮傑雲貞賢偉蓮鴻飛潤鵬勝勳勛贊堅剛鋼鐵錦鈞鋒銘瓊瑩穎萬艷"
    "葦蘋靜嬌嬋嫻婭懷憲儀啟喬鄒鄧鄔譚龐賈賴盧錢閔範紀紅綠緒綺綱紹終絢緯繡練約紋岡嵐峯崗嶺棟樂"
    "橋楓歡歐澤濤漣瀾淵濱湯煒煥燦燁爍獻瑋畫盡碩禮禎祿競習聖聰藝藍蘆蘊覺訓詠詩誠談諒謙謝譯豐貢"
    "賀賓軒輝遲邁釗鈺銳鍵鍾鐘鎖鏡鑒閣雋靈韋韻頌頤顏顯騰驊驍驥駿魯鳴鶴鷹麥黃龔昇",
    "户与关系证号编别龄联系话电属农务劳动残状况体学历贫乡镇县区组帮责单职时间开银账帐签备注资产经营纯总额财转补偿"
    "计划养险医疗积亩楼无厕卫饮视广类干离种党员审调录报结评议应实际业标准识级门书记队长个项选择环变减车购贷税获"
    "猪鸡鸭鹅汉内来数亲儿费亲战军迁剂发给届齐群听说语认据点馆团码图价贴导术压质辅护监"
    "网领检测验页岁妇孙义伤气热机辆树卖买维缴纳称读毕几宽连达运输远还进过灾专传优储协参从当确于仅"
    "脱龄众满壮砖险兴温鲜锡圆"
    "东两丧临为举会写决办双后吴国处复头妈宁对尔层岛庄庆庙异弃张强归态拥挂担权条枣档没洁济湾烧爱爷独狱现瑶"
    "盖瞒秆稳窝筑粪粮细织络绝统继续罗肃节苏萨装见规设该误请诺负贵赘踪较辈辍辞辽适遗遥郑释钩铜销错闺阳阴陆"
    "难韩顺须顾预颇风驻龙"
    # What stands in names besides.
    "陈刘赵杨华蒋冯萧叶吕阎闫许兰丽凤荣杰云贞贤伟莲鸿飞润鹏胜勋勋赞坚刚钢铁锦钧锋铭琼莹颖万艳"
    "苇苹静娇婵娴娅怀宪仪启乔邹邓邬谭庞贾赖卢钱闵范纪红绿绪绮纲绍终绚纬绣练约纹冈岚峰岗岭栋乐"
    "桥枫欢欧泽涛涟澜渊滨汤炜焕灿烨烁献玮画尽硕礼祯禄竞习圣聪艺蓝芦蕴觉训咏诗诚谈谅谦谢译丰贡"
    "贺宾轩辉迟迈钊钰锐键钟钟锁镜鉴阁隽灵韦韵颂颐颜显腾骅骁骥骏鲁鸣鹤鹰麦黄龚升",
)


def plain(text: str) -> str:
    """`text` in half-width form, without invisible characters, outer blanks and apostrophes."""
    if text.isalnum() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text
    if _PLAIN.fullmatch(text):
        return text
    text = text.translate(_INVISIBLE)
    if _NUMBER_SIGNS.search(text):
        # Every second piece is a sign: ①12180 is not 112180.
        pieces = _NUMBER_SIGNS.split(text)
        pieces[::2] = (unicodedata.normalize("NFKC", piece) for piece in pieces[::2])
        text = "".join(pieces)
    else:
        text = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub(" ", text).strip().lstrip(_QUOTES).strip()


def solid(text: str) -> str:
    """`plain(text)` without any blank inside: names, numbers, codes."""
    return plain(text).replace(" ", "")


# Written once: so many texts take longer to be put into an expression than to be looked for.
_OLD, _NEW = (
    pl.lit(pl.Series([*map(chr, signs)])).implode()
    for signs in (_TRADITIONAL.keys(), _TRADITIONAL.values())
)


def simplified_expr(texts: pl.Expr) -> pl.Expr:
    """As `simplified`, of a column."""
    return texts.str.replace_many(_OLD, _NEW)


def simplified(text: str) -> str:
    """`text` with the simplified forms of traditional characters."""
    return text.translate(_TRADITIONAL)


Unpad: TypeAlias = Callable[[str], str]


def any_blanks(text: str) -> str:
    """A text whose inner blanks all stay: an office's name may have them."""
    return text


def no_blanks(text: str) -> str:
    """A text of one word or number: all its blanks are padding."""
    return _BLANKS.sub("", text)


def is_irregular(text: str, unpad: Unpad) -> bool:
    """Whether `text` was typed so that only cleaning makes it comparable (文字不规范).

    `unpad` takes out the inner blanks that only fill it up.
    """
    return _IRREGULAR.search(text) is not None or unpad(text) != text


_HALF_WIDTH = {
    **dict.fromkeys(map(ord, "\u00a0\u3000"), " "),
    **{
        code: code - 0xFEE0
        for first, count in (("０", 10), ("Ａ", 26), ("ａ", 26))
        for code in range(ord(first), ord(first) + count)
    },
    **_INVISIBLE,
}


def tidied(text: str, unpad: Unpad) -> str:
    """`text` without what makes it irregular, and all else of it as it is, unlike in `plain`.

    Blanks inside go as `unpad` takes them, as in `is_irregular`.
    """
    text = text.translate(_HALF_WIDTH).strip().lstrip(_QUOTES).strip()
    return _LINE_BREAK.sub(" ", unpad(text))


def says_nothing(text: str) -> bool:
    """Whether a text, without its blanks, stands for no value: 无, /, ——, 不详."""
    return _NOTHING.fullmatch(text) is not None


def without_circles(text: str) -> str:
    """The same text with numbers in circles as digits: ① as 1."""
    return unicodedata.normalize("NFKC", text)


# What a terminal or a log would obey instead of showing: control characters (C0 and C1), marks
# of direction, halves of characters; and what the logs of CI systems take for a command.
_OBEYED = regex(
    "\r\n?|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    "|::+|##(?=vso\\[|\\[)"
)


def shown(text: str) -> str:
    """`text` as it can be shown anywhere, with nothing in it that is obeyed.

    A byte of a name that is not UTF-8 is shown as `\\xb9`.
    """
    return text if text.isalnum() else _OBEYED.sub(_harmless, text)


def _harmless(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] in "\r\u2028\u2029":
        return "\n"
    if found[0] in ":#":
        return found.translate({0x3A: "：", 0x23: "＃"})
    return f"\\x{ord(found) - 0xDC00:02x}" if "\udc80" <= found <= "\udcff" else "\ufffd"
