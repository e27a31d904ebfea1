"""The platform's quirks: Chinese in GB18030, Shanghai's clock, the middle of the number hidden."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.jobs.channels.arriving import arrived

LINE = '7,9001,王伟,138 **** 1234,"上海市, 高坪街1号",3,10,1,2.50,0.10,0.00,0.00,2017-03-20 11:30:00'


def test_a_line_is_dated_by_the_business_and_not_by_shanghai(spark, tmp_path):
    [line] = arrived(spark, tmp_path, "delivery_orders", "order_lines", LINE)
    assert line.ordered_at == datetime(2017, 3, 20, 3, 30, tzinfo=UTC).astimezone().replace(tzinfo=None)
    assert (line.ordered_on, line.account_id, line.sales) == (date(2017, 3, 19), "delivery:9001", Decimal("2.50"))


def test_each_line_says_who_gets_it(spark, tmp_path):
    [account] = arrived(spark, tmp_path, "delivery_orders", "accounts", LINE)
    assert (account.account_id, account.name, account.phone) == ("delivery:9001", "王伟", "138****1234")
    assert (account.address, account.email, account.is_phone_verified) == ("上海市, 高坪街1号", None, None)


def test_an_order_is_its_account_s(spark, tmp_path):
    one, same = arrived(spark, tmp_path, "delivery_orders", "orders", LINE, LINE.replace(",10,", ",11,"))
    assert (one.order_id, one.account_id, one.payment_card) == ("7", "delivery:9001", None)
    assert same.order_id == one.order_id
