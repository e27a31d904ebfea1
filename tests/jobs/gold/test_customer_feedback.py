from datetime import date, timedelta

import pytest

from jobs.gold.customer_feedback import customer_feedback
from tests.conftest import frame

AS_OF = date(2017, 12, 31)
KEY = ("channel", "kind", "text_id")
ROWS = {  # customer, kind, stars, days ago, needs, is open, sentiment
    "praise": (1, "review", 5, 3, ["taste"], False, 0.9),
    "late": (1, "review", 2, 100, ["delivery"], False, 0.2),
    "old": (1, "review", 1, 365, ["noise"], False, None),
    "closed": (1, "ticket", None, 364, ["charge", "delivery"], False, 0.4),
    "open": (2, "ticket", None, 11, ["missing"], True, None),
    "later": (2, "ticket", None, 11, [], True, None),
    "so-so": (3, "review", 3, 91, ["size"], False, 0.4),
    "fine": (3, "review", 3, 90, ["price"], False, 0.5),
    "stars": (4, "review", 1, 0, [], False, None),
    "nobody": (None, "ticket", None, 1, ["charge"], True, None),
}


@pytest.fixture(scope="module")
def rows(spark) -> dict:
    texts, sentiments = [], []
    for name, (who, kind, stars, ago, needs, is_open, said) in ROWS.items():
        key = dict(zip(KEY, ("app", kind, name), strict=True)) | {"customer_id": who}
        row = {"stars": stars, "needs": needs, "is_open": is_open, "written_on": AS_OF - timedelta(ago)}
        texts.append(key | row | {"text": "Ann's secret", "characters": 12, "language": "en"})
        sentiments += [key | {"sentiment": said}] * (said is not None)
    given = frame(spark, "gold.customer_texts", *texts), frame(spark, "gold.customer_sentiments", *sentiments)
    return {row.customer_id: row for row in customer_feedback(*given, AS_OF).collect()}


def test_everybody_who_wrote_is_there_once_with_what_they_wrote(rows):
    counts = {who: (row.texts, row.reviews, row.tickets, row.mean_stars) for who, row in rows.items()}
    assert counts == {1: (4, 3, 1, 8 / 3), 2: (2, 0, 2, None), 3: (2, 2, 0, 3.0), 4: (1, 1, 0, 1.0)}
    assert rows[3].last_written_on == AS_OF - timedelta(90)


def test_of_each_need_the_newest_complaint_is_told(rows):
    assert rows[1].newest_complaints == ["charge, ticket of 2017-01-01", "delivery, review of 2017-09-22"]
    assert rows[3].newest_complaints == ["size, review of 2017-10-01"] and rows[4].newest_complaints == []


def test_sentiment_is_of_its_days_and_null_where_nobody_was_scored(rows):
    said = {who: (row.mean_sentiment_91d, row.mean_sentiment_365d, row.latest_sentiment) for who, row in rows.items()}
    assert said == {
        1: (0.9, pytest.approx(0.5), 0.9),
        2: (None,) * 3,
        3: (0.5, pytest.approx(0.45), 0.5),
        4: (None,) * 3,
    }


def test_needs_of_complaints_are_of_tickets_of_few_stars_and_of_three_with_a_negative_text(rows):
    needs = {who: (row.needs, row.needs_complained, row.complaints_365d) for who, row in rows.items()}
    assert needs == {
        1: (["charge", "delivery", "taste"], ["charge", "delivery"], 2),
        2: (["missing"], ["missing"], 2),
        3: (["price", "size"], ["size"], 1),
        4: ([], [], 1),
    }


def test_a_complaint_is_open_while_a_ticket_is_and_why_says_no_word_of_a_text(rows):
    state = {who: (row.complaint, row.open_complaints) for who, row in rows.items()}
    assert state == {1: ("closed", 0), 2: ("open", 2), 3: ("none", 0), 4: ("none", 0)}
    assert {who: row.why for who, row in rows.items()} == {
        1: "wrote a review on 2017-12-28 about taste, 5 stars, sounds positive",
        2: "asked for help on 2017-12-20 about missing, a complaint is open since 2017-12-20",
        3: "wrote a review on 2017-10-02 about price, 3 stars, sounds positive",
        4: "wrote a review on 2017-12-31, 1 star",
    }
