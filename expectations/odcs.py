"""A contract as Open Data Contract Standard (ODCS) 3 YAML, for catalogs and other tools."""

from __future__ import annotations

from typing import Any

import yaml

from expectations.contract import Column, Rule, Table

LOGICAL = {"long": "integer", "int": "integer", "double": "number", "boolean": "boolean", "date": "date"}
LOGICAL |= {"binary": "string", "timestamp": "timestamp", "string": "string"}
SEVERITY = {"warn": "warning", "reject": "error", "limit": "error", "stop": "critical"}


def as_yaml(table: Table) -> str:
    return yaml.safe_dump(as_dict(table), sort_keys=False, allow_unicode=True, width=110)


def as_dict(table: Table) -> dict[str, Any]:
    """The contract in the standard's words."""
    schema: dict[str, Any] = {
        "name": table.short,
        "physicalName": table.name,
        "physicalType": "table",
        "description": table.description,
        "dataGranularityDescription": table.grain,
        "properties": [_property(table, column) for column in table.stored],
    }
    if table.rules:
        schema["quality"] = [_quality(rule) for rule in table.rules]
    contract: dict[str, Any] = {
        "apiVersion": "v3.0.2",
        "kind": "DataContract",
        "id": table.name,
        "name": table.name,
        "version": "1.0.0",
        "status": "active",
        "domain": table.layer,
        "description": {"purpose": table.description},
        "schema": [schema],
        "team": [{"username": table.owner, "role": "owner"}],
    }
    if table.keep_days:
        contract["slaProperties"] = [{"property": "retention", "value": table.keep_days, "unit": "d"}]
    return contract


def _property(table: Table, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "logicalType": LOGICAL.get(column.type, "number"),
        "physicalType": column.type,
        "description": column.description,
        "required": column.required,
    }
    if column.name in table.key:
        found |= {"primaryKey": True, "primaryKeyPosition": table.key.index(column.name) + 1}
    if column.personal:
        found |= {"classification": f"personal-{column.personal}"}
    return found


def _quality(rule: Rule) -> dict[str, Any]:
    """A row rule as the standard's SQL check: the number of rows that break it."""
    return {
        "name": rule.name,
        "type": "sql",
        "query": f"select count(*) from ${{object}} where not coalesce({rule.sql}, false)",
        "mustBeLessOrEqualTo": 0,
        "dimension": rule.dimension,
        "severity": SEVERITY[rule.severity],
    }
