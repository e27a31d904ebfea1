"""What people do in the app before they buy, in the app or anywhere: they look at articles, search, fill the cart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from samples.complete_journey import BUSINESS_DAY
from samples.deliveries import place
from samples.many_doors.accounts import Doors, now

SEARCHES = 2  # of a session, in the mean
LOOKED_AT_ONLY = 0.25  # of the articles looked at, those that nobody bought
ANONYMOUS = 0.1  # of the sessions


def events(
    lines: pd.DataFrame, baskets: pd.DataFrame, doors: dict[int, Doors], categories: dict[int, str], landing: Path,
    until: date, seed: int, part: str = "",
) -> int:  # fmt: skip
    """A session for each basket of whoever has the app, on the same local day, within six hours before. ``part``: what
    sets the numbers of these events apart from others of the day."""
    draw = np.random.default_rng([seed, 5])
    sessions = baskets[baskets["person"].map({number: bool(of.apps) for number, of in doors.items()})].copy()
    known = draw.random(len(sessions)) >= ANONYMOUS
    accounts = [now(doors[of].apps, day).number for of, day in zip(sessions["person"], sessions["day"], strict=True)]
    sessions["account"] = np.where(known, accounts, "")
    midnight = sessions["at"].dt.tz_convert(BUSINESS_DAY).dt.normalize()
    passed = (sessions["at"] - midnight).dt.total_seconds()
    before = draw.uniform(0, passed.clip(60, 21600) - 59)
    sessions["ends"] = (sessions["at"].astype("int64") // 10**9 - before).astype("int64")
    sessions["lasts"] = np.minimum(draw.gamma(2, 300, len(sessions)), passed / 2).astype("int64")
    found = pd.concat(_of_sessions(lines, sessions, list(categories), draw), ignore_index=True)
    found["at"] = found["ends"] - (draw.random(len(found)) * found["lasts"]).astype("int64")
    found = found.sort_values(["day", "at", "basket_id"], kind="stable", ignore_index=True)
    found = found[found["day"] <= until]
    found["category"] = np.where(found["type"] == "search", found["product_id"].map(categories), None)
    for day, of in found.groupby("day", sort=True):
        place(landing, "app/events", day, "events.jsonl").write_text(_told(of, part), "utf-8")
    return len(found)


def _of_sessions(
    lines: pd.DataFrame, sessions: pd.DataFrame, products: list[int], draw: np.random.Generator
) -> list[pd.DataFrame]:
    """What was bought is looked at, and in the app put into the cart; a quarter as much is looked at alone."""
    head = sessions[["basket_id", "day", "account", "ends", "lasts", "door"]]
    bought = lines[["basket_id", "product_id"]].merge(head, "inner", "basket_id")
    others = bought[draw.random(len(bought)) < LOOKED_AT_ONLY].copy()
    others["product_id"] = draw.choice(products, len(others))
    left = others[draw.random(len(others)) < 0.2]
    searched = head.loc[head.index.repeat(draw.poisson(SEARCHES, len(head)))].copy()
    searched["product_id"] = draw.choice(products, len(searched))
    kinds = {"view": [bought, others], "cart": [bought[bought["door"] == "app"], left], "search": [searched]}
    return [of.assign(type=kind) for kind, frames in kinds.items() for of in frames]


def _told(of: pd.DataFrame, part: str) -> str:
    """JSON lines of a day; nothing in them needs to be escaped."""
    at = pc.strftime(pa.array(of["at"], pa.timestamp("s", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    account, category = (pa.array(of[name], pa.string(), from_pandas=True) for name in ("account", "category"))
    number, basket, product = (
        pa.array(each).cast(pa.string()) for each in (np.arange(len(of)), of["basket_id"], of["product_id"])
    )
    is_search = pc.equal(pa.array(of["type"], pa.string()), "search")
    parts = [
        f'{{"id":"{of["day"].iloc[0]}-{part}', number, '","session":"s', basket, '","account":',
        pc.if_else(pc.equal(account, ""), "null", pc.binary_join_element_wise('"', account, '"', "")),
        ',"at":"', at, '","type":"', pa.array(of["type"], pa.string()),
        pc.if_else(is_search, '","category":"', '","product":"'), pc.if_else(is_search, category, product), '"}',
    ]  # fmt: skip
    return "\n".join(pc.binary_join_element_wise(*parts, "").to_pylist()) + "\n"
