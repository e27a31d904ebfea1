"""Reviews: posted by accounts of the app."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jobs.channels import LINEAGE


def reviews(reviews_posts: DataFrame) -> DataFrame:
    return reviews_posts.select(
        "review_id",
        "account_id",
        "product_id",
        "stars",
        F.col("posted_at").alias("reviewed_at"),
        "text",
        *LINEAGE,
    )
