"""The desk has no accounts: a number or an address is one."""

import json

from tests.jobs.channels.arriving import arrived

OPENED = {"opened_at": "2017-03-20T03:30:00Z", "closed_at": None, "satisfaction": None, "text": "It is late."}


def ticket(number: str, **who: str) -> str:
    return json.dumps({"ticket_id": number, "from": who} | OPENED)


ALL = (ticket("1", phone="212-555-0123", name="Ann"), ticket("2", email="Ann@example.com"), ticket("3"))


def test_a_ticket_is_of_the_number_else_of_the_address_else_of_nobody(spark, tmp_path):
    found = arrived(spark, tmp_path, "service_tickets", "tickets", *ALL)
    assert [of.account_id for of in found] == ["service:+12125550123", "service:ann@example.com", None]
    assert {f"{of.opened_on}" for of in found} == {"2017-03-19"} and {of.closed_at for of in found} == {None}


def test_who_cannot_be_reached_is_no_account_and_is_left_out(spark, tmp_path):
    found = arrived(spark, tmp_path, "service_tickets", "accounts", *ALL)
    assert [(of.account_id, of.name, of.phone, of.email, of.part) for of in found] == [
        ("service:+12125550123", "Ann", "+12125550123", None, 1),
        ("service:ann@example.com", None, None, "ann@example.com", 1),
        (None, None, None, None, -1),
    ]
