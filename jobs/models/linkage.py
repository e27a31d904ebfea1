"""The identity model: who is one person, from what accounts say. Data, as all models are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pandas as pd
import pyarrow as pa

from expectations.shared import SAID
from jobs.identity.linking import links
from jobs.identity.model import Model
from jobs.identity.prepared import prepare
from jobs.models.learned import Learned

TOLD = pa.schema(
    [(name, pa.string()) for name in ("account_id", *SAID)]
    + [("is_phone_verified", pa.bool_()), ("is_email_verified", pa.bool_()), ("since", pa.date32())]
)


@dataclass(frozen=True)
class Linkage(Learned):
    """``data``: Splink's settings with their weights, the weights inside a home, how frequent names are."""

    FORMATS: ClassVar = (2,)

    data: Model

    def links(
        self,
        records: pa.Table,
        paid: pa.Table,
        quoted: pa.Table | None = None,
        changed: Collection[str] | None = None,
        new: Collection[str] = (),
    ) -> tuple[pa.Table, set[str]]:
        """Links (``jobs.identity.linking.LINKS``) of all accounts, or of the ``changed`` and those that they touch, who
        are told too; ``new``: those of the changed that were not there before."""
        found, touched, _ = links(prepare(records, paid, quoted), self.data, changed, new)
        return found, touched

    def predict(self, records: pd.DataFrame) -> pd.DataFrame:
        """For rows of ``TOLD`` their links."""
        found, _, _ = links(prepare(pa.Table.from_pandas(records[TOLD.names], TOLD, preserve_index=False)), self.data)
        return found.to_pandas()

    @staticmethod
    def example() -> pd.DataFrame:
        """Two accounts of a person that nobody is."""
        said = (
            "Ann Example",
            "+12025550123",
            "ann@example.org",
            "1 Example Street, Exampleton, MN 55301",
            "1990-01-31",
        )
        rows = [(account, *said, True, True, date(2017, 1, 1)) for account in ("card:1", "app:1")]
        return pd.DataFrame(rows, columns=TOLD.names)

    def parameters(self) -> dict[str, float]:
        """For people: what a random pair is worth, and each kind's best and worst level, in bits."""
        return {"probability of two random accounts": self.data["splink"]["probability_two_random_records_match"]}

    def as_data(self) -> dict[str, Any]:
        return dict(self.data)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Linkage:
        return cls(dict(data))
