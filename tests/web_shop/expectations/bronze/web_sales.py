"""Sales of the web shop: a German spreadsheet a day, one line per article on an invoice."""

from expectations.contract import Column, Numbers, Table
from expectations.shared import ODD, READABLE

web_sales = Table(
    name="bronze.web_sales",
    description="Invoice lines of the web shop, as they came.",
    grain="one row per line of a delivered file",
    owner="web-shop",
    key=("file", "line"),
    write="delivery",
    channel="web",
    feeds=("silver.order_lines", "silver.orders"),
    delivers="changes",
    whole=("invoice_id",),
    allowed={"the buyer is known": 0.60},  # a fourth are guests; in a small night more
    tax="included",
    encoding="gb18030",
    delimiter=";",
    numbers=Numbers(decimal=",", thousands="."),
    timezone="Europe/Berlin",
    columns=(
        Column("invoice_id", "string", "Invoice; one that begins with C takes goods back.", header="Invoice No."),
        Column("article_id", "string", "Article; POST, M and D are none.", header="Article", space="web"),
        Column("article_name", "string", "Name of the article on the day.", header="品名"),
        Column("quantity", "decimal(18,3)", "Units; negative when taken back.", header="Quantity"),
        Column("unit_price", "decimal(18,4)", "Price of one, with tax, never negative.", header="Unit Price"),
        Column("currency", "string", "Currency of the price.", header="Currency"),
        Column("invoiced_at", "timestamp", "Time in Berlin.", header="Invoice Date", format="dd.MM.yyyy HH:mm"),
        Column(
            "customer_number",
            "string",
            "Customer; none for a guest.",
            header="Customer No.",
            space="web",
            personal="pseudonymous",
        ),
    ),
    checks=(READABLE, ODD),
)
