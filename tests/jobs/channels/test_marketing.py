"""A list comes whole, and replaces the one of its name."""

from tests.conftest import DAY, NIGHT_BEFORE
from tests.jobs.channels.arriving import arrived

MADE = ("bronze.marketing_audiences", "silver.audience_members")


def test_a_member_is_an_account_as_the_lake_calls_it(spark, tmp_path):
    [member] = arrived(spark, tmp_path, "marketing_audiences", "audience_members", "酒友会,app:u7")
    assert (member.audience, member.account_id) == ("酒友会", "app:u7")


def test_the_newest_delivery_of_a_list_is_the_list_and_others_stay(house):
    house.deliver("marketing_audiences", NIGHT_BEFORE, "wine,card:1", "wine,card:2", "tea,card:1", "tea,card:1")
    assert house.night(*MADE, as_of=NIGHT_BEFORE).code == 0
    house.deliver("marketing_audiences", DAY, "wine,card:3", name="any.csv")
    assert house.night(*MADE).code == 0
    assert house.rows("silver.audience_members", "audience", "account_id") == [("tea", "card:1"), ("wine", "card:3")]
    before = house.rows("silver.audience_members", "audience", "account_id", as_of=NIGHT_BEFORE)
    assert before == [("tea", "card:1"), ("wine", "card:1"), ("wine", "card:2")]
