"""How two records are compared, kind by kind: levels from best to worst, in words that become reasons.

SQL of DuckDB over the columns of ``prepared``, left (``_l``) and right (``_r``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Level:
    """``means``: ``agrees``, ``differs`` (they can hardly be one), ``similar`` (it speaks for one, beside what agrees),
    ``other`` or nothing; ``rare``: the column whose frequency makes agreement worth more or less."""

    says: str
    sql: str
    means: str = ""
    rare: str = ""


@dataclass(frozen=True)
class Comparison:
    """``is_personal``: tells apart persons who share a home."""

    kind: str
    missing: str
    levels: tuple[Level, ...]
    is_personal: bool = True


def _either(sql: str) -> str:
    """``sql`` said of one side, true of either."""
    return f"({sql.format('_l')} or {sql.format('_r')})"


def _begins(column: str) -> str:
    """One side is how the other begins."""
    return f"(starts_with({column}_l, {column}_r) or starts_with({column}_r, {column}_l))"


def _distance(column: str, most: int) -> str:
    """Damerau (1964): letters left out, added, changed or swapped with their neighbour. Lengths first: cheap."""
    left, right = f"{column}_l", f"{column}_r"
    return f"abs(length({left}) - length({right})) <= {most} and damerau_levenshtein({left}, {right}) <= {most}"


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


SAME_KEY = f"{_same('name_key')} and coalesce({_same('hanzi')}, true)"
# two pinyin names a letter apart are two names; two long Latin ones are one with a typing error
LATIN = "not (is_chinese_l and is_chinese_r)"
SHORT = f"list_has_any(stands_for_l, stands_for_r) and {LATIN}"
NAME = Comparison(
    "name",
    "name_key_l is null or name_key_r is null",
    (
        Level("same name", _same("hanzi"), "agrees", "name_key"),
        Level("same name", SAME_KEY, "agrees", "name_key"),
        Level("short form of the name", f"{SHORT} and family_l = family_r", "agrees", "family"),
        Level("name with a typing error", f"{LATIN} and {_distance('written', 1)} and length(written_l) > 5", "agrees"),
        Level("same given name", f"{SHORT} and name_words_l + name_words_r = 4", "agrees", "given"),
        Level(
            "similar name",
            f"{LATIN} and ({_distance('given', 1)} or {_distance('written', 2)} or {_begins('given')} "
            "or jaro_winkler_similarity(given_l, given_r) >= 0.85)",
            "similar",
        ),
        Level("part of the name", _either("name_words{0} = 1")),
        Level("other given name", f"family_l = family_r or {_same('given')}", "differs"),
        Level("other name", "else", "differs"),
    ),
)
MASKED = f"{_either('phone_digits{0} is null')} and list_has_any(phone_masks_l, phone_masks_r)"
PHONE = Comparison(
    "phone",
    "phone_masks_l is null or phone_masks_r is null",
    (
        Level("same phone", _same("phone_digits"), "agrees"),
        Level("phone agrees where it is not hidden", MASKED, "agrees"),
        Level(
            "phone with a digit wrong",
            f"length(phone_digits_l) = length(phone_digits_r) and {_distance('phone_digits', 1)}",
            "similar",
        ),
        Level("other phone", "else"),
    ),
    is_personal=False,
)
EMAIL = Comparison(
    "email",
    "email_l is null or email_r is null",
    (
        Level("same e-mail", _same("email"), "agrees"),
        Level("e-mail with a typing error", f"{_distance('email', 1)} and length(mailbox_l) > 5", "similar"),
        Level("same mailbox elsewhere", _same("mailbox")),
        Level("other e-mail", "else", "other"),
    ),
)
DOOR = "address_number_l = address_number_r and coalesce(address_unit_l, '') = coalesce(address_unit_r, '')"
ADDRESS = Comparison(
    "address",
    "address_key_l is null or address_key_r is null",
    (
        Level("same address", _same("address_key"), "agrees"),
        Level("address with a typing error", f"{DOOR} and {_distance('address_key', 3)}", "agrees"),
        Level("similar address", f"{_distance('address_key', 2)}", "similar"),
        Level("same neighbourhood", _same("address_place"), "similar"),
        Level("other address", "else"),
    ),
    is_personal=False,
)
SWAPPED = "birthday_l = birthday_r[1:5] || birthday_r[9:10] || '-' || birthday_r[6:7]"
BIRTHDAY = Comparison(
    "birthday",
    "birthday_l is null or birthday_r is null",
    (
        Level("same birthday", _same("birthday"), "agrees"),
        Level("birthday with a digit wrong", f"{_distance('birthday', 1)} or {SWAPPED}", "similar"),
        Level("other birthday", "else", "differs"),
    ),
)
CARDS = Comparison(
    "cards",
    "len(cards_l) = 0 or len(cards_r) = 0",
    (
        Level("same payment card", "list_has_any(cards_l, cards_r)", "agrees"),
        Level("other payment cards", "else"),
    ),
)
ID_NUMBER = Comparison(
    "id_number",
    "id_number_l is null or id_number_r is null",
    (
        Level("same number", _same("id_number"), "agrees"),
        Level("number with a digit wrong", _distance("id_number", 1), "similar"),
        Level("other number", "else"),
    ),
)
EVERY = {of.kind: of for of in (NAME, PHONE, EMAIL, ADDRESS, BIRTHDAY, CARDS, ID_NUMBER)}


def splink(of: Comparison) -> dict[str, Any]:
    """As Splink's settings have a comparison."""
    levels: list[dict] = [{"sql_condition": of.missing, "label_for_charts": "missing", "is_null_level": True}]
    for level in of.levels:
        found: dict[str, Any] = {"sql_condition": level.sql.upper() if level.sql == "else" else level.sql}
        found["label_for_charts"] = level.says
        if level.rare:
            found |= {"tf_adjustment_column": level.rare, "tf_adjustment_weight": 1.0}
            found["disable_tf_exact_match_detection"] = True
        levels.append(found)
    return {"output_column_name": of.kind, "comparison_levels": levels, "comparison_description": of.kind}


def level(kind: str, gamma: int) -> Level | None:
    """The level that Splink numbers ``gamma``: 0 is the worst, -1 what is missing."""
    return EVERY[kind].levels[-1 - gamma] if gamma >= 0 else None


def gammas(kind: str, *means: str) -> str:
    """Splink's numbers of the levels that mean it, for SQL's ``in``."""
    levels = EVERY[kind].levels
    return f"({', '.join(str(len(levels) - 1 - n) for n, of in enumerate(levels) if of.means in means)})"
