"""What customers write about: needs, and the words of each. Add a word, or a need, and it is found in the next night.

A word is of any language, in small letters. A star is any letters: ``delay*`` is in "delayed". A word with a Chinese
character is found anywhere, one without where no letter stands beside it: ``late`` is in "came late", not in "plate".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HAN = "\u3400-\u9fff\uf900-\ufaff"


@dataclass(frozen=True)
class Need:
    name: str
    words: str  # a comma between two

    @property
    def pattern(self) -> str:
        """One regular expression for all its words, of Python or Java, for a text in small letters."""
        words = [word.strip() for word in self.words.split(",") if word.strip()]
        any_letters = [re.sub(r"\\\*", "[a-z]*", re.escape(word)) for word in words]
        han = [word for word in any_letters if re.search(f"[{HAN}]", word)]
        letters = "|".join(word for word in any_letters if word not in han)
        return "|".join([*han, *[f"(?<![a-z])(?:{letters})(?![a-z])"] * bool(letters)])


NEEDS = (
    Need(
        "charge",
        "charge, charged, charges, overcharg*, refund*, paid, pay, invoice, billed, receipt*, than it says, "
        "you show, 扣款, 扣费, 扣了, 多收, 收费, 退款, 退钱, 付了, 账单, 发票, 标价, 标的不一样, 收据, 扣錢, 退錢, "
        "帳單, 發票",
    ),
    Need(
        "delivery",
        "late, later, delay*, deliver*, driver*, courier*, shipping, shipped, arriv*, where is my order, waited, "
        "on time, never came, came early, tracking, parcel lost, 送到, 送达, 送来, 送得, 送货, 没送, 晚到, 太晚, "
        "晚了, 迟到, 延误, 配送, 快递, 物流, 外卖员, 骑手, 发货, 到货, 还没到, 等了, 才等到, 没收到, 送達, 送來, "
        "送貨, 遲到, 快遞, 發貨, 到貨, 還沒到, 沒收到",
    ),
    Need(
        "late",
        "late, later, delay*, where is my order, waited, never came, never arrived, not arrived, still waiting, "
        "days after, 晚到, 太晚, 晚了, 迟到, 延误, 还没到, 等了, 才等到, 没收到, 没有送到, 没送到, 怎么还没, 遲到, "
        "延誤, 還沒到, 沒收到, 沒送到, 怎麼還沒",
    ),
    Need(
        "missing",
        "missing, there was no, there were no, forgot, forget, forgotten, left out, got one, incomplete, "
        "not in the bag, not in the box, 少了, 少发, 漏发, 漏了, 缺货, 缺了, 缺少, 里没有, 没给, 忘了给, 忘记, "
        "只拿到, 只收到, 不全, 少發, 漏發, 缺貨, 裡沒有, 沒給, 忘記",
    ),
    Need(
        "noise",
        "noise, noisy, loud, louder, rattl*, squeak*, buzz*, 噪音, 噪声, 太吵, 很吵, 声音大, 异响, 噪聲, 聲音大",
    ),
    Need(
        "packaging",
        "packaging, package, packages, packed, wrapped, wrapping, bag, bags, box, boxes, leak*, crushed, dented, "
        "torn, 包装, 袋子, 盒子, 箱子, 漏水, 破损, 压坏, 压扁, 打包, 包裹, 包裝, 破損, 壓壞",
    ),
    Need(
        "price",
        "price, prices, priced, pricey, expensive, a bit dear, cheap, cheaper, cost, costs, overpriced, discount*, "
        "bargain*, worth, value for money, 价格, 价钱, 太贵, 有点贵, 很贵, 标价贵, 便宜, 性价比, 划算, 实惠, 打折, "
        "涨价, 價格, 價錢, 太貴, 很貴, 劃算, 實惠, 漲價",
    ),
    Need(
        "quality",
        "quality, fresh, fresher, freshness, stale, rotten, mould, mouldy, mold, moldy, spoil*, sour, past its date, "
        "expired, out of date, broke, broken, damaged, defect*, faulty, not what i expected, gone off, was wet, "
        "质量, 品质, 新鲜, 过期, 变质, 发霉, 坏了, 坏的, 烂了, 烂的, 馊, 发臭, 临期, 跟想的不一样, 瑕疵, 是湿的, "
        "質量, 品質, 新鮮, 過期, 變質, 發霉, 壞了, 爛了",
    ),
    Need(
        "service",
        "service, staff, rude*, polite*, impolite, friendly, unfriendly, helpful, unhelpful, cashier*, clerk*, "
        "no answer, no reply, ignored, hung up, at the desk, at the till, 服务, 态度, 客服, 店员, 收银, 不理, "
        "没人接, 售后, 耐心, 热情, 服務, 態度, 店員, 售後, 熱情",
    ),
    Need(
        "size",
        "size, sizes, too big, too small, too large, too tight, too loose, too long, too short, smaller than, "
        "bigger than, does not fit, fits, tiny, portion*, 尺寸, 大小, 尺码, 太大, 太小, 偏大, 偏小, 合身, 分量, "
        "份量, 量太少, 尺碼",
    ),
    Need(
        "taste",
        "taste, tastes, tasted, tasty, tasteless, flavour*, flavor*, delicious, yummy, bland, salty, too sweet, "
        "bitter, not touch it, eats nothing else, 好吃, 难吃, 味道, 口味, 口感, 太咸, 太甜, 太淡, 太辣, 很香, "
        "都不吃, 难喝, 好喝, 美味, 難吃, 太鹹, 難喝",
    ),
)
