"""The CRM: a card is an account; a consent has two days; who came was brought by somebody."""

from datetime import date

from tests.jobs.channels.arriving import arrived

MEMBER = '41,7,2016-05-01,Ann Lee,(212) 555-0123,Ann@Example.com,"1 High St, Boston",1990-01-31,35-44,50-74K,,,2,,0'


def test_a_member_is_a_card_of_a_household_and_an_account(spark, tmp_path):
    [member] = arrived(spark, tmp_path / "members", "crm_members", "members", MEMBER)
    assert (member.account_id, member.household_id, member.age_band) == ("card:41", "household:7", "35-44")
    [account] = arrived(spark, tmp_path / "accounts", "crm_members", "accounts", MEMBER)
    assert (account.account_id, account.opened_on, account.name) == ("card:41", date(2016, 5, 1), "Ann Lee")
    told = (account.phone, account.email, account.address, account.birthday)
    assert told == ("+12125550123", "ann@example.com", "1 High St, Boston", "1990-01-31")


def test_a_consent_says_from_when_to_when(spark, tmp_path):
    one, other = arrived(
        spark, tmp_path, "crm_consents", "consents", "41,marketing,2016-05-01,", "41,profiling,2016-05-01,2017-03-20"
    )
    assert (one.account_id, one.purpose, one.given_on, one.withdrawn_on) == (
        "card:41",
        "marketing",
        date(2016, 5, 1),
        None,
    )
    assert (other.purpose, other.withdrawn_on) == ("profiling", date(2017, 3, 20))


def test_a_referral_names_both(spark, tmp_path):
    [found] = arrived(spark, tmp_path, "crm_referrals", "referrals", "41,42,2017-03-20")
    assert (found.account_id, found.referred_account_id) == ("card:41", "card:42")
