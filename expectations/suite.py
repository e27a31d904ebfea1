"""Table -> Great Expectations suite: each expectation evaluates the contract's own SQL.

A batch is the rows themselves, which Spark counts, or what was counted of them: a line for each thing to know.

Not GX's stock expectations, on purpose: their ``mostly`` is a share of the non-null rows (a flag's is of all rows),
``UnexpectedRowsExpectation`` shares one temp view between threads, and some put values into results. These three
count, so all rules of a table are one pass over it, and no value can show in a report.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")  # read when great_expectations is imported

import great_expectations as gx
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine import PandasExecutionEngine, SparkDFExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, render_suite_parameter_string
from great_expectations.expectations.metrics.metric_provider import metric_partial, metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
from great_expectations.render.renderer.renderer import renderer
from pyspark.sql import functions as F

import expectations
from expectations.contract import Rule, Table

#: A row's channel: the name of its file begins with it.
CHANNEL = "substring_index(file, '/', 1)"
AGGREGATE: dict[str, Any] = {
    "engine": SparkDFExecutionEngine,
    "domain_type": MetricDomainTypes.TABLE,
    "partial_fn_type": MetricPartialFunctionTypes.AGGREGATE_FN,
}

#: A line of a batch of counts: the rule, condition, key or ``ROWS`` counted, among which rows, and how many.
COUNTED, ROWS = ("law", "within", "count"), "rows"


class _Number(TableMetricProvider):
    """A number to know of a batch: Spark finds it among the rows, or a batch of counts has a line of it."""

    kind: type = int

    @metric_value(engine=PandasExecutionEngine)
    def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):
        lines = execution_engine.get_domain_records(domain_kwargs=metric_domain_kwargs)
        law = metric_value_kwargs.get("rule") or ", ".join(metric_value_kwargs.get("key", [ROWS]))
        within = metric_value_kwargs.get("within", "true")
        return cls.kind(lines.loc[(lines["law"] == law) & (lines["within"] == within), "count"].iloc[0])


class Rows(_Number):
    """Rows of a channel, or all."""

    metric_name = "guanxi.rows"
    value_keys = ("within",)

    @metric_partial(**AGGREGATE)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):
        return F.count_if(F.expr(metric_value_kwargs["within"])), metric_domain_kwargs, {}


class BadRows(_Number):
    """Rows of a channel for which a rule is not true; unknown counts as bad."""

    metric_name = "guanxi.bad_rows"
    value_keys = ("rule", "within")

    @metric_partial(**AGGREGATE)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):
        is_bad = f"{is_broken(metric_value_kwargs['rule'])} and {metric_value_kwargs['within']}"
        return F.count_if(F.expr(is_bad)), metric_domain_kwargs, {}


class Holds(_Number):
    """An aggregate condition on the whole table."""

    kind = bool
    metric_name = "guanxi.holds"
    value_keys = ("rule",)

    @metric_partial(**AGGREGATE)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):
        return F.expr(metric_value_kwargs["rule"]), metric_domain_kwargs, {}


class RepeatedRows(_Number):
    """Rows whose key stands more than once; a null is a value like any other."""

    metric_name = "guanxi.repeated_rows"
    value_keys = ("key",)

    @metric_value(engine=SparkDFExecutionEngine)
    def _spark(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):
        rows = execution_engine.get_domain_records(domain_kwargs=metric_domain_kwargs)
        many = rows.groupBy(*metric_value_kwargs["key"]).count().where("count > 1")
        return many.agg(F.coalesce(F.sum("count"), F.lit(0))).first()[0]


class _Law(BatchExpectation):
    mostly: float = 1.0
    args_keys = ()

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        bad, rows = (metrics[name] for name in self.metric_dependencies)
        return {"success": is_within(bad, rows, 1 - self.mostly)}

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    @render_suite_parameter_string
    def _prescriptive_renderer(cls, configuration=None, result=None, runtime_configuration=None, **_):
        text = "$name: $rule ($severity, $dimension; share of bad rows allowed: $allowed)"
        rule = str(configuration.kwargs.get("rule") or configuration.kwargs.get("key"))
        params = {**configuration.meta, "rule": rule}
        styling = {"params": {"rule": {"tag": "code"}}}
        template = {"template": text, "params": params, "styling": styling}
        return [RenderedStringTemplateContent(content_block_type="string_template", string_template=template)]


class ExpectRowsToSatisfy(_Law):
    """At least ``mostly`` of the rows ``within`` satisfy an SQL condition."""

    rule: str
    within: str
    metric_dependencies = ("guanxi.bad_rows", "guanxi.rows")
    success_keys = ("rule", "within", "mostly")


class ExpectKeyToBeUnique(_Law):
    """No key stands twice."""

    key: list[str]
    within: str = "true"
    metric_dependencies = ("guanxi.repeated_rows", "guanxi.rows")
    success_keys = ("key", "within", "mostly")


class ExpectTableToSatisfy(_Law):
    """An aggregate condition holds, such as a total."""

    rule: str
    metric_dependencies = ("guanxi.holds",)
    success_keys = ("rule",)

    def _validate(self, metrics, runtime_configuration=None, execution_engine=None):
        return {"success": metrics["guanxi.holds"] is True}


def is_broken(rule: str) -> str:
    """The one definition behind flag and expectation: unknown is not true."""
    return f"not coalesce(({rule}), false)"


def is_within(bad: int, rows: int, allowed: float) -> bool:
    """No more than the allowed share of rows is bad."""
    return bad <= allowed * rows + 1e-6


def named(rule: Rule, channel: str, channels: list[str]) -> str:
    """What a rule is called where several channels are judged at once, each by its own share."""
    return f"{rule.name} [{channel}]" if len(channels) > 1 else rule.name


def of_channel(channel: str, channels: list[str]) -> str:
    """A condition for the rows of a channel; for all where there is one."""
    return f"{CHANNEL} = '{channel}'" if len(channels) > 1 else "true"


def row_law(rule: Rule, bar: float, channel: str, channels: list[str]) -> ExpectRowsToSatisfy:
    meta = _meta(named(rule, channel, channels), rule) | {"allowed": bar}
    return ExpectRowsToSatisfy(rule=rule.sql, within=of_channel(channel, channels), mostly=1 - bar, meta=meta)


def table_law(name: str, condition: str) -> ExpectTableToSatisfy:
    return ExpectTableToSatisfy(rule=condition, meta=_meta(name))


def suite(table: Table, totals: dict[str, str], channels: list[str]) -> gx.ExpectationSuite:
    """The table's rules for each channel, its key, and its ``totals`` (name -> condition with the expected sum)."""
    laws: list[_Law] = [
        row_law(rule, expectations.bar(table, rule, channel), channel, channels)
        for rule in table.rules
        for channel in channels
    ]
    laws += [table_law(name, condition) for name, condition in totals.items()]
    if table.write != "delivery":  # a repeated key of a delivery is counted and left out before it is published
        laws.append(ExpectKeyToBeUnique(key=list(table.key), meta=_meta("the key is unique")))
    return gx.ExpectationSuite(table.name, expectations=laws)


def _meta(name: str, rule: Rule | None = None) -> dict:
    of_table = {"dimension": "consistency", "severity": "stop", "allowed": 0}
    of_rule = {"dimension": rule.dimension, "severity": rule.severity} if rule else of_table
    return {"name": name, **of_rule}
