"""Orders through the delivery platform: its export, a line an article, in Chinese, by Shanghai's clock."""

from expectations.contract import Column, Table
from expectations.shared import DIGITS, ODD, READABLE

delivery_orders = Table(
    name="bronze.delivery_orders",
    description="Orders through the delivery platform, as they came.",
    grain="one row per line of a delivered file",
    owner="delivery",
    key=("file", "line"),
    write="delivery",
    channel="delivery",
    feeds=("silver.order_lines", "silver.orders", "silver.accounts"),
    delivers="changes",
    whole=("order_id",),
    expected="daily",
    tax="excluded",
    encoding="gb18030",
    timezone="Asia/Shanghai",
    regions=("US", "CN"),
    columns=(
        Column("order_id", "string", "Order.", header="订单号", required=True),
        Column(
            "user_id", "string", "User of the platform.", header="用户编号", personal="pseudonymous", space="delivery"
        ),
        Column("recipient", "string", "Who gets it.", header="收货人", personal="direct", holds="name"),
        Column("phone", "string", "Telephone, its middle hidden.", header="手机号", personal="direct", holds="phone"),
        Column("address", "string", "Where to.", header="收货地址", personal="direct", holds="address"),
        Column("store_id", "string", "Store that packs the order.", header="门店编号", matches=DIGITS, space="store"),
        Column("product_id", "string", "Product.", header="商品编号", matches=DIGITS, space="store"),
        Column("quantity", "decimal(18,3)", "Units.", header="数量"),
        Column("paid", "decimal(18,2)", "Money for the line, in USD.", header="实付金额"),
        Column("card_discount", "decimal(18,2)", "Member's discount, in USD.", header="会员优惠"),
        Column("coupon_discount", "decimal(18,2)", "Manufacturer's coupon, in USD.", header="优惠券"),
        Column("coupon_match", "decimal(18,2)", "Our match of it, in USD.", header="商家补贴"),
        Column("ordered_at", "timestamp", "Local time of the order.", header="下单时间", format="yyyy-MM-dd HH:mm:ss"),
    ),
    checks=(READABLE, ODD),
)
