"""What is bought together: association rules over baskets, bundles and cross-selling by department."""

from expectations.contract import Check, Column, Table

product_rules = Table(
    name="gold.product_rules",
    description="Association rules: who has the antecedents in the basket has the consequent more often than baskets "
    "about as large have it by chance, and than a rule of two says. Counted exactly in the baskets of the 365 days to "
    "as_of, guests' too. A customer's baskets are alike, which the test for chance does not know.",
    grain="one row per rule of products that .0005 of baskets hold together, and of categories that .005 do, 20 "
    "baskets at least, with adjusted_p_value up to .05",
    owner="sales-analytics",
    key=("level", "antecedent", "antecedent_2", "consequent"),
    made_from=("gold.sales_baskets", "silver.products"),
    write="snapshot",
    keep_days=60,
    columns=(
        Column("level", "string", "What the items are.", required=True, one_of=("product", "category")),
        Column("antecedent", "string", "Product, or DEPARTMENT / CATEGORY, that is in the basket.", required=True),
        Column("antecedent_2", "string", "A second one; null where the rule has one."),
        Column("consequent", "string", "What is in it as well.", required=True),
        Column("department", "string", "Department of the antecedents; null where they have two."),
        Column("consequent_department", "string", "Department of the consequent; null where nobody knows it."),
        Column("baskets", "long", "All baskets.", required=True, between=(1, None)),
        Column("antecedent_baskets", "long", "Baskets with the antecedents.", required=True, between=(1, None)),
        Column("consequent_baskets", "long", "Baskets with the consequent.", required=True, between=(1, None)),
        Column("both_baskets", "long", "Baskets with all of them.", required=True, between=(20, None)),
        Column(
            "expected_baskets",
            "double",
            "As many by chance, in baskets about as large; of three items what the best rule of two lets expect.",
            required=True,
            between=(0, None),
        ),
        Column("support", "double", "both_baskets / baskets.", required=True, between=(0, 1)),
        Column("confidence", "double", "both_baskets / antecedent_baskets.", required=True, between=(0, 1)),
        Column("lift", "double", "confidence / share of all baskets with the consequent.", required=True),
        Column(
            "conviction",
            "double",
            "Share of baskets without the consequent / the same of those with the antecedents; null where that is 0.",
        ),
        Column("p_value", "double", "Probability of both_baskets or more by chance.", required=True, between=(0, 1)),
        Column(
            "adjusted_p_value",
            "double",
            "The same, corrected for all rules that could have been found.",
            required=True,
            between=(0, 0.05),
        ),
        Column(
            "bundle_rank",
            "long",
            "Place of the items among bundles of their department, by baskets beyond the expected; in one rule of a "
            "set of items, that with the highest confidence, where all are of one department; else null.",
        ),
        Column(
            "cross_sell_rank",
            "long",
            "Place among rules from this department to another, by baskets beyond the expected; else null.",
        ),
        Column("why", "string", "The rule in words.", required=True),
    ),
    checks=(
        Check("a rule is no rarer than its baskets", "both_baskets <= least(antecedent_baskets, consequent_baskets)"),
    ),
)
