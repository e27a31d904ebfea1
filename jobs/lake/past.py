"""What was kept by day on an earlier day: what is kept now, but for the days that later deliveries touched.

Most of a year's orders came once, and were known then as they are now. Only days with an order of which something came
later are made again, of the orders that had a row there, as known then.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import expectations
from expectations.contract import Table
from jobs import storage
from jobs.lake import ledger, sql, transaction
from jobs.lake.touched import DAY, Touched, holding


def touched_since(lake: Path, table: Table, whole: tuple[str, ...], day: date, as_of: date, folder: Path) -> Touched:
    """Days up to ``day`` of orders of which something came after it and by ``as_of``, and the orders of those days.
    ``days`` is None where another source changed since: then all days may be other ones."""
    files = dict[str, list[str]]()
    for name in expectations.origins(table):
        commit, source = ledger.newest(lake, name), expectations.TABLES[name]
        if set(whole) <= {column.name for column in source.columns}:
            files[name] = [str(file) for file in transaction.files(ledger.path(lake, name))]
        elif commit and any(day < held.night <= as_of for held in commit.made):
            return Touched(f"{name} changed")
    storage.make_folder(folder)
    orders, asked = folder / "orders.parquet", ", ".join(whole)
    rows = {name: sql.parquet(of) for name, of in files.items() if of}
    every = " union all ".join(f"select {asked}, {DAY} as day, delivered_on from {of}" for of in rows.values())
    with sql.connect() as db:
        db.execute(f"""create temp table late as select {asked} from ({every}) where delivered_on <= date '{as_of}'
            group by all having max(delivered_on) > date '{day}' and min(day) <= date '{day}'""")
        db.execute(f"""create temp table days as select distinct day from ({every}) semi join late using ({asked})
            where day <= date '{day}'""")
        db.execute(f"""copy (select distinct {asked} from ({every}) where delivered_on <= date '{day}'
            and day in (from days)) to '{orders}'""")
        found = frozenset(of for (of,) in db.execute("from days").fetchall())
        return Touched(f"{len(found)} days touched since", found, orders, holding(db, rows, orders, asked))
