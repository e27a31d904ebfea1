from dataclasses import replace

from expectations.ops.models import models
from jobs.lake import small_tables


def test_a_table_that_gained_a_column_shows_its_older_lines_too(tmp_path):
    """A lake of before: what was told then has nothing there, and what is told now stands beside it."""
    before = replace(models, columns=tuple(column for column in models.columns if column.name != "baseline_name"))
    line = {column.name: None for column in models.columns} | {"model": "clv", "version": 1, "score": 4.5}
    small_tables.replace(tmp_path, before, [tuple(line[c.name] for c in before.columns)], "version = 1")
    assert small_tables.read(tmp_path, models) == [line]
    newer = line | {"version": 2, "baseline_name": "naive_rate"}
    small_tables.replace(tmp_path, models, [tuple(newer.values())], "version = 2")
    small_tables.append(tmp_path, models, [tuple((newer | {"version": 3}).values())], "note")
    told = sorted(small_tables.read(tmp_path, models), key=lambda of: of["version"])
    assert [(of["version"], of["baseline_name"]) for of in told] == [(1, None), (2, "naive_rate"), (3, "naive_rate")]
