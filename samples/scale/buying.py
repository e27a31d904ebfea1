"""What the customers of a block buy on which day: by rhythm, because it is cheap, because of a coupon."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samples.scale.abuse import TIMES
from samples.scale.goods import ARTICLES, CATEGORIES, LASTS, Campaign, campaigns, is_cheap
from samples.scale.lives import Lives

Sent = tuple[Campaign, NDArray]  # and whom it was sent to, by their place in the block
REGULAR = 4  # shape of the gamma that is waited for: its spread is half its mean
ANSWER, ANSWER_OF_WATCHERS = 0.05, 0.1  # to a coupon: of everybody; more for each time that price counts
FAVOURITE = 0.7  # of purchases in a category, those of the article that one likes


def purchases(lives: Lives, days: int, sent: list[Sent], draw: np.random.Generator) -> pd.DataFrame:
    """A row for each customer (``who``, their place in the block), ``day`` and ``category``: ``units``, the
    ``campaign`` whose coupon was used (0: none), the ``article``. ``sent``: whom each campaign was sent to."""
    found = pd.concat([by_rhythm(lives, days, draw), when_cheap(lives, days, draw), by_coupon(lives, sent, draw)])
    found = found[(found["day"] < days) & (found["day"] < lives.left[found["who"]])]
    found = found.groupby(["who", "day", "category"], as_index=False).agg(
        units=("campaign", "size"), campaign=("campaign", "max")
    )
    likes = draw.integers(0, ARTICLES, lives.every.shape)[found["who"], found["category"]]
    others = draw.integers(0, ARTICLES, len(found))
    return found.assign(article=np.where(draw.random(len(found)) < FAVOURITE, likes, others))


def by_rhythm(lives: Lives, days: int, draw: np.random.Generator) -> pd.DataFrame:
    """Each category is bought anew after its own time, on the next trip. A newcomer begins on the day of coming."""
    who, category = np.nonzero(~np.isnan(lives.every))
    every, start, phase = lives.every[who, category], lives.starts[who], lives.phase[who]
    most = np.nanargmin(lives.every, axis=1)
    begins = (category == most[who]) & (lives.came[who] > 0)
    at, here, found = start + every * draw.random(len(who)) * ~begins, np.arange(len(who)), []
    while len(here):
        trip = lives.trip[who[here]]
        day = np.ceil((at - phase[here]) / trip) * trip + phase[here]
        found.append(frame(who[here], day, category[here]))
        at = at + draw.gamma(REGULAR, every[here] / REGULAR)
        here, at = here[at < days], at[at < days]
    return pd.concat(found)


def when_cheap(lives: Lives, days: int, draw: np.random.Generator) -> pd.DataFrame:
    """On a day on which it is cheap, who watches prices buys as many times as much as their rhythm has it."""
    found = []
    for category in range(len(CATEGORIES)):
        cheap = np.flatnonzero(is_cheap(category, np.arange(days)))
        buyers = np.flatnonzero(~np.isnan(lives.every[:, category]) & (lives.price > 1))
        chance = (lives.price[buyers] - 1) / lives.every[buyers, category]
        n, of = np.nonzero(draw.random((len(buyers), len(cheap))) < chance[:, None])
        is_there = cheap[of] >= lives.starts[buyers[n]]
        found.append(frame(buyers[n][is_there], cheap[of][is_there], np.full(is_there.sum(), category)))
    return pd.concat(found)


def by_coupon(lives: Lives, sent: list[Sent], draw: np.random.Generator) -> pd.DataFrame:
    """Of those who were sent a coupon for what they buy anyhow, some come once more."""
    found = [frame(np.empty(0, int), np.empty(0, int), np.empty(0, int))]
    for campaign, who in sent:
        buys = ~np.isnan(lives.every[who, campaign.category])
        chance = buys * (ANSWER + ANSWER_OF_WATCHERS * (lives.price[who] - 1))
        comes = who[draw.random(len(who)) < chance]
        day = campaign.starts + draw.integers(0, LASTS, len(comes))
        found.append(frame(comes, day, np.full(len(comes), campaign.category), campaign.number))
        found.append(by_abuse(lives, campaign, who, draw))
    return pd.concat(found)


def by_abuse(lives: Lives, campaign: Campaign, sent: NDArray, draw: np.random.Generator) -> pd.DataFrame:
    """Who abuses coupons uses those of others too, several times; of many accounts each uses its own, once. Neither
    buys these things otherwise."""
    chance = np.nan_to_num(lives.uses_coupons) * (lives.came < campaign.starts)
    is_one = lives.abuses == "accounts"
    times = np.where(is_one, np.isin(np.arange(len(lives)), sent), draw.integers(*TIMES, len(lives)))
    who = np.repeat(np.arange(len(lives)), times * (chance > 0))
    who = who[draw.random(len(who)) < chance[who]]
    day = campaign.starts + draw.integers(0, LASTS, len(who))
    return frame(who, day, np.full(len(who), campaign.category), campaign.number)


def targets(lives: Lives, days: int, draw: np.random.Generator) -> list[Sent]:
    """Every second one of those who are members on the day before."""
    is_drawn = draw.random((len(lives), len(campaigns(days)))) < 0.5
    return [
        (campaign, np.flatnonzero(is_drawn[:, n] & (lives.came < campaign.starts) & (lives.left > campaign.starts)))
        for n, campaign in enumerate(campaigns(days))
    ]


def frame(who: NDArray, day: NDArray, category: NDArray, campaign: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"who": who, "day": day.astype(int), "category": category, "campaign": campaign})
