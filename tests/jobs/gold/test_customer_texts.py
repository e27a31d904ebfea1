from datetime import date, datetime

import pytest

from expectations import needs
from expectations.needs import Need
from jobs.gold.customer_texts import customer_texts
from tests.conftest import frame

ON = date(2017, 12, 30)


def made(spark, reviews: list[dict], tickets: list[dict] = ()) -> dict:
    known = [{"account_id": "app:1", "customer_id": 1}, {"account_id": "service:t", "customer_id": 1}]
    frames = {
        "silver.reviews": [{"channel": "reviews", "reviewed_on": ON, "stars": 5} | row for row in reviews],
        "silver.tickets": [{"channel": "service", "opened_on": ON} | row for row in tickets],
        "silver.products": [{"product_id": "store:9", "department": "DAIRY"}],
        "silver.customers": known,
    }
    rows = customer_texts(*(frame(spark, name, *of) for name, of in frames.items())).collect()
    assert len({(row.kind, row.text_id) for row in rows}) == len(rows) == len(reviews) + len(tickets)
    return {row.text_id: row for row in rows}


def read(spark, *texts: str | None) -> list[tuple]:
    found = made(spark, [{"review_id": f"{n:02}", "text": text} for n, text in enumerate(texts)])
    return [(row.language, row.needs) for _, row in sorted(found.items())]


def test_reviews_and_tickets_are_one_and_who_is_unknown_keeps_the_text(spark):
    reviews = [
        {"review_id": "known", "account_id": "app:1", "product_id": "store:9", "text": "Love it."},
        {"review_id": "guest", "product_id": "store:unknown", "text": "Love it."},
        {"review_id": "nothing"},
    ]
    tickets = [{"ticket_id": "open", "account_id": "service:t", "text": "Where is my order 7?", "satisfaction": 1}]
    tickets += [{"ticket_id": "closed", "account_id": "service:gone", "closed_at": datetime(2017, 12, 30)}]
    found = made(spark, reviews, tickets)
    assert {name: (row.customer_id, row.department) for name, row in found.items()} == {
        "known": (1, "DAIRY"),
        "open": (1, None),
        **dict.fromkeys(("guest", "nothing", "closed"), (None, None)),
    }
    assert {name for name, row in found.items() if row.is_open} == {"open"}
    assert (found["known"].stars, found["open"].stars, found["open"].answer_stars) == (5, None, 1)
    assert found["nothing"].characters == 0


def test_both_languages_are_read_and_what_says_nothing_is_no_error(spark):
    assert read(spark, "It came LATE, on a plate.", "订单一直没有送到。", "快递 driver was rude, 牛奶不新鲜") == [
        ("en", ["delivery", "late"]),
        ("zh", ["delivery", "late"]),
        ("both", ["delivery", "quality", "service"]),
    ]
    assert read(spark, "ＬＡＴＥ　１２３", "牛奶過期了，包裝破損", "late " * 1_000, "plate") == [
        ("en", ["delivery", "late"]),
        ("zh", ["packaging", "quality"]),
        ("en", ["delivery", "late"]),
        ("en", []),
    ]
    assert read(spark, None, "", "😀👍 12!", "[name] [payment card]") == [(None, [])] * 4


def test_a_need_that_somebody_adds_is_found(spark, monkeypatch):
    text = "No parking spaces. 停车难。"
    assert read(spark, text) == [("both", [])]
    monkeypatch.setattr(needs, "NEEDS", (*needs.NEEDS, Need("parking", "parking, 停车")))
    assert read(spark, text) == [("both", ["parking"])]


@pytest.mark.parametrize(
    ("word", "text", "is_there"),
    [
        ("delay*", "two delays", True),
        ("late", "translate", False),
        ("late", "送late了", True),
        ("太吵", "实在太吵了", True),
    ],
)
def test_a_word_is_found_where_it_stands_by_itself(spark, monkeypatch, word, text, is_there):
    monkeypatch.setattr(needs, "NEEDS", (Need("it", word),))
    [(_, found)] = read(spark, text)
    assert found == ["it"] * is_there


def test_needs_are_named_once_and_have_words_in_both_languages():
    assert len({need.name for need in needs.NEEDS}) == len(needs.NEEDS) >= 10
    for need in needs.NEEDS:
        assert any(word.strip().isascii() for word in need.words.split(","))
        assert any(not word.strip().isascii() for word in need.words.split(","))
