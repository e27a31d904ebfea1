"""What customers write, by what they need: it agrees with the stars that they give."""

from __future__ import annotations

from samples.many_doors.texts import AROUND

Sentences = dict[str, dict[str, tuple[str, ...]]]  # of each need, in each language

ASKED: Sentences = {
    "late": {
        "en_US": ("Where is my order {order}?", "Order {order} came two days late.", "My order {order} never arrived."),
        "zh_CN": ("订单{order}怎么还没到？", "订单{order}晚了两天才送来。", "订单{order}一直没有送到。"),
    },
    "missing": {
        "en_US": ("Half of {order} was missing.", "There was no {product} in order {order}."),
        "zh_CN": ("订单{order}少了东西。", "订单{order}里没有{product}。"),
    },
    "quality": {
        "en_US": ("The {product} from order {order} was past its date.", "The bag of order {order} was wet."),
        "zh_CN": ("订单{order}的{product}过期了。", "订单{order}的袋子是湿的。"),
    },
    "charge": {
        "en_US": ("I was charged twice for {order}.", "The price of {product} in {order} is not the one you show."),
        "zh_CN": ("{order}被重复扣款了。", "订单{order}里{product}的价格和标的不一样。"),
    },
}
ABOUT = {
    need: {locale: (of, *AROUND[locale]) for locale, of in sentences.items()} for need, sentences in ASKED.items()
}  # of a ticket: the need, and what is said around it

MIDDLE: Sentences = {
    "good": {
        "en_US": ("My son {other_given} eats nothing else.", "Tastes as it did at my mother's.", ""),
        "zh_CN": ("我女儿{other}特别喜欢。", "和妈妈做的一样。", ""),
    },
    "bad": {
        "en_US": ("My son {other_given} would not touch it.", "I told {other} at the desk.", ""),
        "zh_CN": ("我女儿{other}一口都不吃。", "我跟{other}说过了。", ""),
    },
}
END: Sentences = {
    "good": {"en_US": ("Would buy again.", "- {given}", ""), "zh_CN": ("会再买。", "——{me}", "")},
    "bad": {"en_US": ("Never again!", "- {given}", ""), "zh_CN": ("不会再买了！", "——{me}", "")},
}
SAID: Sentences = {
    "praise": {
        "en_US": ("Love this {product}.", "The best {product} in town.", "We buy it weekly."),
        "zh_CN": ("{product}很好吃。", "最好的{product}。", "每周都买。"),
    },
    "none": {
        "en_US": ("The {product} is fine.", "It is {product}, no more."),
        "zh_CN": ("{product}一般。", "就是普通的{product}。"),
    },
    "late": {
        "en_US": ("The {product} came far too late.", "Waited two days for {product}."),
        "zh_CN": ("{product}送得太晚了。", "等了两天才等到{product}。"),
    },
    "missing": {
        "en_US": ("There was no {product} in the bag.", "They forgot the {product}."),
        "zh_CN": ("袋子里没有{product}。", "忘了给我{product}。"),
    },
    "quality": {
        "en_US": ("The {product} was not fresh.", "Not what I expected of {product}."),
        "zh_CN": ("这次的{product}不太新鲜。", "{product}跟想的不一样。"),
    },
    "charge": {
        "en_US": ("Paid for two {product}, got one.", "The {product} costs more than it says."),
        "zh_CN": ("付了两份{product}的钱，只拿到一份。", "{product}比标价贵。"),
    },
}
OF_REVIEW = {
    need: {
        locale: (first, MIDDLE[mood][locale], END[mood][locale]) if need != "none" else (first,)
        for locale, first in sentences.items()
    }
    for need, sentences in SAID.items()
    for mood in [("bad", "good")[need == "praise"]]
}
