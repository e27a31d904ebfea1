"""What customers tell: tickets at the service desk, reviews in the app. They go with baskets, whatever came after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samples.complete_journey import BUSINESS_DAY
from samples.deliveries import by_night, place, write_csv, write_jsonl
from samples.many_doors import needs
from samples.many_doors.people import Person
from samples.many_doors.spelling import Speller
from samples.many_doors.texts import Text, Writer

SHARE_OF_TICKETS, SHARE_OF_REVIEWS = 0.015, 0.2
STARS = (0.08, 0.07, 0.15, 0.3, 0.4)  # shares of one to five; one ticket in eight gets none


def tickets(
    baskets: pd.DataFrame, persons: dict[int, Person], landing: Path, until: date, seed: int, times: float
) -> tuple[int, list[tuple[str, str, int, Text]]]:
    """One basket in 66 leads to a ticket within three days."""
    draw = np.random.default_rng([seed, 3])
    asked = baskets[draw.random(len(baskets)) < SHARE_OF_TICKETS]
    opened = asked["at"] + pd.to_timedelta(draw.exponential(1, len(asked)).clip(0, 3), "D")
    closed = opened + pd.to_timedelta(draw.gamma(2, 14, len(asked)), "h")
    satisfied = draw.choice(5, len(asked), p=STARS) + 1
    stars = pd.Series([int(of) if n % 8 else None for n, of in enumerate(satisfied)], asked.index, object)
    about = [needs.ABOUT[of] for of in draw.choice(list(needs.ABOUT), len(asked))]
    asked = asked.assign(opened=opened, closed=closed, stars=stars, product="article", about=about)
    return tell_tickets(asked, persons, landing, until, seed, times, Writer(seed))


def tell_tickets(
    asked: pd.DataFrame, persons: dict[int, Person], landing: Path, until: date, seed: int, times: float, writer: Writer
) -> tuple[int, list[tuple[str, str, int, Text]]]:
    """``asked``: when a ticket was ``opened`` for which basket, when ``closed``, its ``stars``, and the sentences that
    it is ``about``. The lines written, and of each ticket how it was reached, by whom, and its text."""
    lines, truth = list[tuple[date, dict]](), []
    columns = (asked[name] for name in ("basket_id", "person", "opened", "closed", "stars", "product", "about"))
    for order, number, at, done, stars, product, sentences in zip(*columns, strict=True):
        person = persons[number]
        day, hand = _local(at), Speller(f"{seed} ticket {order}", times)
        told = {kind: hand.write(kind, person, person.on(kind, day)) for kind in ("name", "phone", "email", "address")}
        reached = "phone" if hand.draw.random() < 0.65 else "email"
        known = {"me": person.on("name", day), "given": person.given, "order": str(order), "product": product}
        text = writer.write(sentences, person.locale, **known, **{k: told[k] for k in ("phone", "email", "address")})
        ticket: dict[str, Any] = {"ticket_id": f"T{order}", "opened_at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "text": text.text}
        ticket["from"] = {reached: told[reached]} | ({} if hand.leaves_out() else {"name": told["name"]})
        lines.append((day, ticket | {"closed_at": None, "satisfaction": None}))
        lines.append((_local(done), ticket | {"closed_at": f"{done:%Y-%m-%dT%H:%M:%SZ}", "satisfaction": stars}))
        truth.append((ticket["ticket_id"], told[reached], number, text))
    many = 0
    for night, of in by_night(lines, until):
        newest = {ticket["ticket_id"]: ticket for ticket in of}  # opened and closed on a day: told once
        many += write_jsonl(place(landing, "service/tickets", night, "tickets.jsonl"), newest.values())
    return many, truth


def reviews(
    lines: pd.DataFrame, persons: dict[int, Person], categories: dict[int, str], landing: Path, until: date, seed: int
) -> tuple[int, list[tuple[str, Text]]]:
    """One order in five in the app is reviewed, by its first article, within ten days; texts agree with their stars."""
    draw = np.random.default_rng([seed, 4])
    ordered = lines.groupby("basket_id", sort=True)[["person", "account", "product_id", "at"]].first()
    chosen = ordered[draw.random(len(ordered)) < SHARE_OF_REVIEWS]
    posted = chosen["at"] + pd.to_timedelta(draw.uniform(0.5, 10, len(chosen)), "D")
    stars = draw.choice(5, len(chosen), p=STARS) + 1
    faults = draw.choice(list(needs.ABOUT), len(chosen))
    said = ["praise" if star > 3 else "none" if star == 3 else fault for star, fault in zip(stars, faults, strict=True)]
    chosen = chosen.assign(posted=posted, stars=stars, about=[needs.OF_REVIEW[of] for of in said])
    return tell_reviews(chosen, persons, categories, landing, until, Writer(seed + 2))


def tell_reviews(
    chosen: pd.DataFrame, persons: dict[int, Person], categories: dict[int, str], landing: Path, until: date,
    writer: Writer,
) -> tuple[int, list[tuple[str, Text]]]:  # fmt: skip
    """``chosen``: of each order its first article, when the review was ``posted``, its ``stars``, and the sentences
    that it is ``about``. The lines written, the texts."""
    posts, truth = list[tuple[date, list]](), []
    columns = (chosen[name] for name in ("person", "account", "product_id", "posted", "stars", "about"))
    for order, number, account, product, at, given, sentences in zip(chosen.index, *columns, strict=True):
        person, article = persons[number], categories.get(product, "article").lower()
        text = writer.write(
            sentences, person.locale, me=person.on("name", _local(at)), given=person.given, product=article
        )
        line = [f"R{order}", account, product, given, f"{at:%Y-%m-%dT%H:%M:%SZ}", text.text]
        posts.append((_local(at), line))
        truth.append((f"R{order}", text))
    head, nights = ("review_id", "account_id", "product_id", "stars", "posted_at", "text"), by_night(posts, until)
    many = sum(write_csv(place(landing, "reviews/posts", night, "posts.csv"), head, of) for night, of in nights)
    return many, truth


def _local(at: pd.Timestamp) -> date:
    return at.tz_convert(BUSINESS_DAY).date()
