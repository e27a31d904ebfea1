"""Telephone numbers, e-mail addresses and payment cards in a text, also mistyped, masked or spelled out.

Whatever looks like a number to call goes; what follows a word such as "order" stays, and dates, prices and the ids of
the text's own row do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from jobs.vault.text.words import HAN, Span

HOST = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
MAILBOX = (
    rf"(?:(?<![\w.+-])(?:[^\W{HAN}]|[.+%'&-]){{1,64}}|(?<=[{HAN}])(?:[^\W{HAN}]|[.+%'&-]){{1,64}}|[{HAN}]{{1,4}}(?=@))"
)
EMAIL = re.compile(rf"{MAILBOX}(?:@{HOST}(?:\.{HOST})*| ?@ ?{HOST}(?: ?\. ?{HOST})* ?\. ?[a-z]{{2,}})", re.I)
AT = re.compile(r"@|\bat\b|艾特", re.I)
LATIN = rf"[^\W{HAN}]"
WORD = rf"(?<!{LATIN}){LATIN}{{1,64}}"
SPELLED = re.compile(  # ann dot lee at example dot com, ann(at)example.com
    rf"{WORD}(?:[.+-]{LATIN}{{1,64}}){{0,4}}(?: dot {LATIN}{{1,64}}){{0,4}}"
    rf"(?:\s*[\[({{<]\s*(?:at|@)\s*[\])}}>]\s*{LATIN}{{1,64}}"
    rf"|(?: at |艾特| # ){LATIN}{{1,64}}(?=\s*[\[({{<]?(?:dot| dot |点)))"
    rf"(?:\s*(?:[\[({{<]\s*(?:dot|\.)\s*[\])}}>]| dot |点|\.)\s*{LATIN}{{1,64}})*",
    re.I,
)
DIGIT = r"(?:\d|[*•●＊]|[xX]{2,}(?![a-z]))"
EXTENSION = r"(?:\s*(?:\bext(?:ension)?\.?|x|#|转|分机)\s*\d{1,6})?"
#: Numbers written as those of the United States and of China are.
USUAL = re.compile(
    r"(?<![0-9])(?<![A-Z])(?<![A-Z]-)(?:\+?\d{1,3}[ .-]?)?"
    r"(?:\(\d{3}\)[ .-]?\d{3}[ .-]?\d{4}|\d{3}([ ./-])\d{3}\1\d{4}|1[3-9]\d([ -]?)\d{4}\2\d{4})(?![0-9])" + EXTENSION
)
LIKELY = re.compile(rf"(?<![0-9A-Z])(?<![A-Z]-)\+?\(?\d(?:[ \t()./-]{{0,3}}{DIGIT}){{5,}}{EXTENSION}")
NOTHING = "\0"
SEEN = 60  # characters before a number
ZH = "〇零一二三四五六七八九幺两"
AS_WORDS = re.compile(
    r"(?<![a-z])(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[\s,-]+){6,}"
    rf"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)(?![a-z])|[{ZH}]{{7,}}",
    re.I,
)
DATE = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d|(?:19|20)\d\d ?- ?(?:19|20)\d\d)(?!\d)"
)
DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
OF_A_THING = re.compile(
    r"(?:\b(?:orders?|ticket|invoice|receipt|tracking|parcel|article|item|product|sku|upc|ean|ref(?:erence)?|case|serial|"
    r"confirmation|coupon|voucher|transaction|basket)|订单|单号|编号|工单|运单|货号|发票|流水|条码|序列|商品|型号)"
    r"(?:\s|number|numbers|no\.?|nr\.?|id|code|号码|号|是|为|was|is|and|,|[:#-])*[$€£¥￥]?$|[#$€£¥￥]\s?$",
    re.I,
)
OF_A_CALL = re.compile(
    r"(?:phone|tel|mobile|cell|call|ring|dial|text|fax|whatsapp|reach|contact|number|电话|手机|座机|号码|联系|致电|拨|传真)"
    r"[^\d.!?。！？]{0,25}$",
    re.I,
)


def numbers(text: str, ids: Collection[str] = ()) -> Iterator[Span]:
    """``ids``: the digits of the row's own ids, which stay."""
    if AT.search(text):
        for pattern in (EMAIL, SPELLED):
            yield from (Span(*found.span(), "email") for found in pattern.finditer(text))
    yield from (Span(*found.span(), "phone") for found in AS_WORDS.finditer(text))
    if not re.search(r"\d", text):
        return
    left = DATE.sub(lambda date: NOTHING * len(date[0]), text)
    for pattern in (USUAL, LIKELY):
        for found in list(pattern.finditer(left)):
            if kind := _kind(found[0], left[max(0, found.start() - SEEN) : found.start()], ids, pattern is USUAL):
                yield Span(*found.span(), kind)
                left = left[: found.start()] + NOTHING * len(found[0]) + left[found.end() :]


def _kind(raw: str, before: str, ids: Collection[str], is_usual: bool) -> str:
    """``phone``, ``payment card``, or nothing."""
    digits = re.sub(r"[^0-9]", "", raw)
    is_bare = re.fullmatch(r"\d+", raw) is not None
    if digits in ids or (is_bare and OF_A_THING.search(before)):
        return ""
    if len(digits) in range(14, 20) and not is_usual and _is_card(digits):
        return "payment card"
    return "phone" if is_usual or _is_call(raw, digits, is_bare, before) else ""


def _is_call(raw: str, digits: str, is_bare: bool, before: str) -> bool:
    groups = re.findall(DIGIT + "+", raw)
    many = sum(map(len, groups))
    if raw.startswith("+") or re.search(r"[*•●＊xX]{2}", raw):
        return many >= 7
    if is_bare:
        is_called = many in (7, 8, 9) and OF_A_CALL.search(before) and not DAY.fullmatch(digits)
        return many in (10, 11, 12) or bool(is_called) or digits.startswith(("0086", "861"))
    if re.fullmatch(r"\d+\.\d{1,2}", raw) or ("(" not in raw and OF_A_THING.search(before)):
        return False
    if max(map(len, groups)) <= 2 and not raw.startswith("0"):
        return False  # some small numbers in a row
    return many >= 7


def _is_card(digits: str) -> bool:
    """Its last digit is as ISO/IEC 7812-1 has it (Luhn)."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
