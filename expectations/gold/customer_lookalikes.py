"""Who is most like the members of an audience, and not in it."""

from expectations.contract import Column, Table
from expectations.shared import audience, come_to, customer_id, model_version, reasons

customer_lookalikes = Table(
    name="gold.customer_lookalikes",
    description="For each audience the customers who are most like its members and not in it, with reasons beside what "
    "is usual of members: as many as it has members, and 1,000 at most. Where tags make the audience, those come first "
    "who miss it by little, and a reason says in what. An audience of fewer than 100 members who allow profiling "
    "has none. Whoever sends something asks for marketing too.",
    grain="one row per audience and customer of its list; empty before the first champion",
    owner="marketing",
    key=("audience", "customer_id"),
    made_from=("gold.customer_audience_features",),
    uses=("lookalikes",),
    write="snapshot",
    keep_days=60,
    columns=(
        audience,
        Column(
            "place",
            "long",
            "1: most like the members; the lower customer_id of equals.",
            required=True,
            between=(1, 1000),
        ),
        customer_id,
        Column(
            "similarity",
            "double",
            "Of customers with such traits the share that is in the audience: a probability, calibrated on members and "
            "others who had been hidden. Of a list that forgot some it is too low, and in the right order.",
            required=True,
            between=(0, 1),
        ),
        Column(
            "lift_held_out",
            "double",
            "Of the audience: how many times as many of its members, hidden while the rest was learned, as of others "
            "are as like the members as the first tenth of others; 10 is the most, 1 is chance.",
            required=True,
            between=(0, 10),
        ),
        *reasons("similarity"),
        model_version,
    ),
    checks=(come_to("similarity"),),
)
