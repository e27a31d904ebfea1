"""What two records may have in common that makes them worth a comparison, each rare in a town of any size."""

from __future__ import annotations

#: Kinds of keys that name somebody; who shares one is of its group. The others only say what is worth a comparison.
IDENTIFIERS = ("phone_digits", "email", "card", "order", "mask", "address_key")
#: Each kind's keys, where they are known; in a record's ``words`` of the name, and as its telephone ``masks`` tell.
PLAIN = {
    "phone_digits": "phone_digits",
    "email": "email",
    "mailbox": "nullif(mailbox, '')",
    "address_key": "address_key",
    "id": "id_number",
    "card": "unnest(cards)",
    "order": "unnest(orders)",
    "mask": "unnest(phone_masks)",
    "door": "nullif(address_place, '') || ' ' || coalesce(address_number, '-') || ' ' || coalesce(address_unit, '-')",
    "born": "if(name_key is null, birthday, null)",
}
OF_WORDS = {"born": "birthday || ' ' || word[1]", "place": "nullif(address_place, '') || ' ' || word"}
OF_MASKS = {"head": "mask[:3] || ' ' || name_key"}


def keyed(source: str) -> str:
    """SQL of the keys of prepared records: record_id, account_id, kind, key."""
    selects = [_select(kind, of, source) for kind, of in PLAIN.items()]
    words = f"(select *, unnest(string_split(name_key, ' ')) as word from {source})"
    selects += [_select(kind, of, words) for kind, of in OF_WORDS.items()]
    masks = f"(select *, unnest(phone_masks) as mask from {source})"
    selects += [_select(kind, of, masks) for kind, of in OF_MASKS.items()]
    return f"from ({' union all '.join(selects)}) where key is not null"


def _select(kind: str, key: str, source: str) -> str:
    return f"select record_id, account_id, '{kind}' as kind, '{kind}:' || ({key}) as key from {source}"
