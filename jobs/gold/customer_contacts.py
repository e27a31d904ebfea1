"""``gold.customer_contacts``: who customers are, masked."""

import pyarrow as pa

from expectations.gold.customer_contacts import customer_contacts as contract
from expectations.shared import SAID
from jobs.arrow import shaped
from jobs.identity import masked


def customer_contacts(golden_records: pa.Table) -> pa.Table:
    """One row per customer; what cannot be shown without the whole is told by whether it is there."""
    said = golden_records.select(["customer_id", "kind", "value"]).to_pandas()
    wide = said.pivot(index="customer_id", columns="kind", values="value").reindex(columns=SAID).reset_index()
    shown = wide.assign(
        name=wide["name"].map(masked.name, na_action="ignore"),
        phone=wide["phone"].map(masked.phone, na_action="ignore"),
        email=wide["email"].map(masked.email, na_action="ignore"),
        birth_year=wide["birthday"].map(masked.year, na_action="ignore").astype("Int32"),
        has_address=wide["address"].notna(),
        missing=[[kind for kind in SAID if absent[kind]] for _, absent in wide[[*SAID]].isna().iterrows()],
    )
    return shaped(shown, contract)
