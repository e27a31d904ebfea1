"""Where each customer stands, by their own rhythm, and where they stood four weeks ago."""

from expectations.contract import Check, Column, Table, Total
from expectations.shared import customer_id, stage

customer_lifecycle = Table(
    name="gold.customer_lifecycle",
    description="Stage of each customer, by their own rhythm: they are given four times their usual gap (the median "
    "between order days), 42 to 180 days; before the third order day 56 days. prospect: never bought. lost: away three "
    "times as long as that. sleeping: away longer. won back: came back in the last 56 days after being away longer. "
    "new: first order in the last 56 days. growing, declining: more or fewer order days in the last 56 days than "
    "before, by more than chance explains (a binomial's 1.96 deviations). mature: all others, who buy as ever.",
    grain="one row per customer known by as_of, prospects among them",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("gold.customer_days", "silver.customers"),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        stage,
        Column(
            "stage_28d_ago",
            "string",
            "The same 28 days ago, by what is known now; prospect for who had not bought by then.",
            required=True,
            one_of=stage.one_of,
        ),
        Column(
            "move",
            "string",
            "From that one to this: none; up, who buys more or came back; down, who buys less or stays away; on, into "
            "another stage that is worth as much.",
            required=True,
            one_of=("none", "up", "down", "on"),
        ),
        Column("why", "string", "Why it is this stage, in words.", required=True),
    ),
    checks=(
        Check("who does not move stays", "(move = 'none') = (stage = stage_28d_ago)"),
        Check("nobody becomes a prospect", "stage <> 'prospect' or stage_28d_ago = 'prospect'"),
    ),
    totals=(Total("every customer is there once", "count(*)", "silver.customers", "count(distinct customer_id)"),),
)
