"""What the tables of who customers are take for 200,000 customers with 5 million lines of samples/scale, and what the
driver keeps. Nobody writes, clicks or refers anybody in that world; ``python -m benchmarks.run risk`` is another.

    python -m benchmarks.run who
"""

from __future__ import annotations

import importlib
from datetime import timedelta
from pathlib import Path

import expectations
from benchmarks.scoring import LEARNED, MODELS, SCORED, World, build, last_day
from benchmarks.timing import cost, peak, resident
from jobs.models.scoring import Champion
from jobs.session import Settings, spark

LEARN = (*MODELS, "risk", "recommendations", "profiles", "lookalikes")
TABLES = (
    "gold.product_rules",
    "gold.customer_products",
    "gold.product_features",
    "gold.product_neighbours",
    "gold.customer_recommendations",
    "gold.customer_preferences",
    "gold.customer_feedback",
    "gold.product_feedback",
    "gold.customer_influence",
    "gold.customer_risk_features",
    "gold.customer_risk",
    "gold.customer_department_mix",
    "gold.customer_segments",
    "gold.customer_profile_features",
    "gold.customer_profiles",
    "gold.customer_needs",
    "gold.customer_axes",
    "gold.customer_axes_counts",
    "gold.customer_audience_features",
    "gold.customer_lookalikes",
    "gold.customer_tags",
    "gold.customer_tag_overlap",
)


def who(folder: Path) -> dict[str, float]:
    session = spark(Settings(landing=folder))
    learned, scored = World(session, folder / "learned"), World(session, folder / "scored")
    build(learned.folder, *LEARNED)
    lines, found = build(scored.folder, *SCORED), dict[str, float]()
    for name in LEARN:
        fit = importlib.import_module(f"jobs.models.{name}").fit
        cut = last_day(LEARNED) - timedelta(days=expectations.MODELS[name].holdout_days)
        model, found[f"learning {name}, of {LEARNED[0]:,} customers"], _ = cost(fit, learned, cut)
        scored.champions[name] = Champion(1, model)
    last, before = last_day(SCORED), resident()
    rows = {name: scored(name, last, last).count() for name in TABLES}
    return {
        f"lines of {SCORED[0]:,} customers": lines,
        "all tables of who they are (goal: 180 s)": sum(scored.took[name] for name in TABLES),
        **{f"{name}: seconds, of {many:,} rows": scored.took[name] for name, many in rows.items()},
        "the driver's Python had before, MB": before,
        "and at most while they were made, MB": peak(),
        **found,
    }
