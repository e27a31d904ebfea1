"""The web shop's catalogue: a full snapshot."""

from expectations.contract import Column, Table
from expectations.shared import ODD, READABLE

web_products = Table(
    name="bronze.web_products",
    description="Catalogue of the web shop, as it came.",
    grain="one row per line of a delivered file",
    owner="web-shop",
    key=("file", "line"),
    write="delivery",
    channel="web",
    feeds=("silver.products",),
    delivers="everything",
    encoding="gb18030",
    delimiter=";",
    columns=(
        Column("article_id", "string", "Article.", header="货号", space="web"),
        Column("article_name", "string", "Name of the article.", header="品名"),
        Column("category", "string", "Category.", header="类别"),
    ),
    checks=(READABLE, ODD),
)
