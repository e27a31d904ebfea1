"""Reviews: newlines in quotes, and whose they are."""

from tests.jobs.channels.arriving import arrived


def test_a_review_is_of_an_account_of_the_app(spark, tmp_path):
    rows = ["R1,u1,10,5,2017-03-20T03:30:00Z,Good", "R2,,10,1,2017-03-20T16:00:00Z,"]
    one, other = arrived(spark, tmp_path, "reviews_posts", "reviews", *rows)
    assert (one.account_id, one.product_id, one.stars, f"{one.reviewed_on}") == ("app:u1", "store:10", 5, "2017-03-19")
    assert (other.account_id, other.stars, f"{other.reviewed_on}") == (None, 1, "2017-03-20")
