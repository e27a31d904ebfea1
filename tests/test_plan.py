"""The keystone: every job on empty frames made from its inputs' contracts gives its own contract's columns."""

import inspect
from pathlib import Path

import pytest

import expectations
from expectations.contract import Table
from jobs.models.scoring import Champion
from jobs.night import wiring
from jobs.vault.in_clear import in_clear
from tests.conftest import DAY, empty

MADE = [table for table in expectations.TABLES.values() if table.layer in ("silver", "gold")]


@pytest.mark.parametrize("table", MADE, ids=lambda table: table.name)
def test_a_job_gives_what_its_contract_promises(spark, table: Table):
    given = [*expectations.sources(table), *[table.name] * (table.write == "state")]
    frames = {name: empty(spark, expectations.TABLES[name]) for name in given}
    if table.opens:
        frames = {name: in_clear(frame, Path("nowhere"), Path("nowhere")) for name, frame in frames.items()}
    frames |= {f"{name}{wiring.BEFORE}": empty(spark, expectations.TABLES[name]) for name in wiring.before(table)}
    made = wiring.make(table, frames, DAY, {name: Champion(1, None) for name in table.uses})
    promised = empty(spark, table)
    assert [(f.name, f.dataType) for f in made.schema] == [(f.name, f.dataType) for f in promised.schema]


@pytest.mark.parametrize("table", [t for t in MADE if t.made_from], ids=lambda table: table.name)
def test_a_job_takes_the_tables_that_its_contract_names(table: Table):
    needs = [name for name in inspect.signature(wiring.job(table)).parameters if name not in ("as_of", *table.uses)]
    itself = [table.short] * (table.write == "state")  # as issued so far
    needs = [name for name in needs if not name.endswith(wiring.BEFORE)]
    assert needs == [name.partition(".")[2] for name in table.made_from] + itself
