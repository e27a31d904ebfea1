"""Tickets and reviews of a block: who writes when, with how many stars, about what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from samples.many_doors import contact, needs
from samples.many_doors.texts import Text, Writer
from samples.scale import goods
from samples.scale.block import Block
from samples.scale.files import NAMES, PRODUCTS

REVIEWED = 0.15  # of the orders in the app
STARS_AFTER_A_FAULT = ((1, 2), (0.6, 0.4))
STARS = ((1, 2, 3, 4, 5), (0.02, 0.03, 0.15, 0.35, 0.45))
STARS_OF_QUICK, STARS_OF_SLOW, ANSWERED = (3, 6), (1, 3), 7 / 8  # tickets; the share of them that get stars


def written(
    block: Block, landing: Path, until: date, seed: int, times: float, writer: Writer
) -> tuple[dict[str, int], list[tuple], list[tuple[str, Text]], dict[str, str]]:
    """Tickets and reviews. The lines, what the truth says of tickets and of reviews, and what each text needs."""
    persons = {person.number: person for person in block.persons}
    draw = np.random.default_rng([seed, 7])
    asked = block.asked.sort_values("order").rename(columns={"order": "basket_id"})
    need = draw.choice(list(needs.ABOUT), len(asked))
    slow, quick = (draw.integers(*stars, len(asked)) for stars in (STARS_OF_SLOW, STARS_OF_QUICK))
    stars, is_given = np.where(asked["is_slow"], slow, quick).tolist(), draw.random(len(asked)) < ANSWERED
    given = [star if of else None for star, of in zip(stars, is_given, strict=True)]
    first = block.lines.groupby("order")[["category", "article"]].first()
    asked = asked.assign(
        person=block.lives.number[asked["who"]], stars=pd.Series(given, asked.index, object),
        product=first["category"].loc[asked["basket_id"]].map(NAMES).str.lower().to_numpy(),
        about=[needs.ABOUT[of] for of in need],
    )  # fmt: skip
    many_tickets, tickets = contact.tell_tickets(asked, persons, landing, until, seed, times, writer)
    of_order = dict(zip(asked["basket_id"], need, strict=True))
    chosen, of_review = reviewed(block, first, of_order, draw)
    many_reviews, reviews = contact.tell_reviews(chosen, persons, PRODUCTS, landing, until, writer)
    many = {"service/tickets": many_tickets, "reviews/posts": many_reviews}
    return many, tickets, reviews, {f"T{order}": of for order, of in of_order.items()} | of_review


def reviewed(
    block: Block, first: pd.DataFrame, needed: dict[int, str], draw: np.random.Generator
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Of orders in the app by their first article, within ten days; a ticket's need is the review's too."""
    ordered = block.orders[(block.orders["door"] == "app") & ~block.orders["is_back"]]
    ordered = ordered[draw.random(len(ordered)) < REVIEWED].set_index("order")
    n = len(ordered)
    bad, good = (draw.choice(stars, n, p=shares) for stars, shares in (STARS_AFTER_A_FAULT, STARS))
    stars = np.where(ordered.index.isin(list(needed)), bad, good)
    others = draw.choice(list(needs.ABOUT), n)
    said = [
        "praise" if star > 3 else "none" if star == 3 else needed.get(order, other)
        for order, star, other in zip(ordered.index, stars, others, strict=True)
    ]
    article = first.loc[ordered.index]
    chosen = ordered.assign(
        product_id=goods.number(article["category"], article["article"]), stars=stars,
        posted=ordered["at"] + pd.to_timedelta(draw.uniform(0.5, 10, n), "D"),
        about=[needs.OF_REVIEW[of] for of in said],
    )  # fmt: skip
    return chosen, {f"R{order}": of for order, of in zip(ordered.index, said, strict=True)}
