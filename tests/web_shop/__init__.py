"""A channel that is nothing like the till, added as a user would: a contract per feed and one channel file."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import expectations.bronze
import jobs.channels

FILES = Path(__file__).parent
FEEDS = ("web_sales", "web_products")


@contextmanager
def added() -> Iterator[None]:
    """The house with the shop's files in their folders; without them again afterwards."""
    with pytest.MonkeyPatch.context() as house:
        for package in (expectations.bronze, jobs.channels):
            house.setattr(package, "__path__", [*package.__path__, str(FILES / package.__name__.replace(".", "/"))])
        for feed in FEEDS:
            contract = getattr(importlib.import_module(f"expectations.bronze.{feed}"), feed)
            house.setitem(expectations.TABLES, contract.name, contract)
        yield
