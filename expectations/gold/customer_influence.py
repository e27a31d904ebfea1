"""Who brings customers, how far that reaches, and whether they stay."""

from dataclasses import replace

from expectations.contract import Check, Column, Table
from expectations.shared import customer_id

customer_influence = Table(
    name="gold.customer_influence",
    description="Referrals as a graph of customers: it says whom to thank, and whom a referral campaign should ask "
    "first. Who had bought, or brought somebody, before the day was there already and was not brought; of several who "
    "brought the same customer the earliest did; who brought each other in a circle on one day, nobody brought. "
    "Compared are those brought who are new: first known after the lake's first 90 days, and first bought 90 days ago "
    "or earlier. bought_after_referral is their share that bought again 29 to 90 days after that, when a reward for "
    "coming is spent; bought_anyway is the same share of equally new customers whom nobody referred, with an account "
    "in the same number space, whose first order was in the same month. The difference is no effect: friends of "
    "customers may be other people, who would have come by themselves.",
    grain="one row per customer named in a referral by as_of",
    owner="customer-analytics",
    key=("customer_id",),
    made_from=("silver.referrals", "silver.customers", "gold.customer_days"),
    write="snapshot",
    keep_days=400,
    columns=(
        customer_id,
        replace(customer_id, name="referred_by", description="Who brought them; null: nobody.", required=False),
        Column("referrals", "long", "Accounts that they referred.", required=True, between=(0, None)),
        Column("own_referrals", "long", "Of these, their own: no referral.", required=True, between=(0, None)),
        Column("referred", "long", "Customers that they brought.", required=True, between=(0, None)),
        Column("reach", "long", "With those brought by them, and so on; each once.", required=True, between=(0, None)),
        Column("depth", "long", "Longest chain of customers below them.", required=True, between=(0, None)),
        Column(
            "pagerank",
            "double",
            "PageRank (Brin and Page 1998), damping .85: a walk goes from who came to who referred them, to each of "
            "several by the accounts referred. It begins at a customer of the graph, twice as often at one who was "
            "brought and bought again 29 to 90 days after the first order. All ranks come to 1.",
            required=True,
            between=(0, 1),
        ),
        Column(
            "influence_tier",
            "string",
            "By pagerank, among those who brought somebody: top, fewer than 1 in 10 rank higher; high, 3 in 10; "
            "middle, 6 in 10; low, the others. none: brought nobody.",
            required=True,
            one_of=("top", "high", "middle", "low", "none"),
        ),
        Column("compared", "long", "Of those brought, who are compared.", required=True, between=(0, None)),
        Column("bought_again", "long", "Of these, who bought again.", required=True, between=(0, None)),
        Column("bought_after_referral", "double", "Their share; null where nobody is compared.", between=(0, 1)),
        Column("bought_anyway", "double", "Mean share of the others of the same months.", between=(0, 1)),
        Column("fewest_others", "long", "Fewest others that one of these months had.", between=(1, None)),
        Column("why", "string", "The same, in words.", required=True),
    ),
    checks=(
        Check("nobody brings themselves", "referred_by is null or referred_by <> customer_id"),
        Check("who was brought was referred", "referred + own_referrals <= referrals"),
        Check("reach begins with those brought", "reach >= referred and (reach = 0) = (referred = 0)"),
        Check("a chain is part of the reach", "depth <= reach and (depth = 0) = (reach = 0)"),
        Check("who brought somebody has a tier", "(influence_tier = 'none') = (referred = 0)"),
        Check("compared is who was brought", "bought_again <= compared and compared <= referred"),
        Check("a share has its other", "(compared = 0) = (bought_after_referral is null or bought_anyway is null)"),
    ),
)
