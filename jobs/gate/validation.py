"""The gate: Great Expectations gives the verdict on what is staged; its Data Docs show what came."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationValidationResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.store import ValidationResultsStore
from great_expectations.data_context.types.base import DataContextConfig, ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.exceptions import DataContextError
from pyspark.sql import DataFrame

from jobs import storage
from jobs.gate import verdicts

logging.getLogger("great_expectations").disabled = True  # it logs a failing rule with the value that it failed on

HOME = '<meta http-equiv="refresh" content="0; url=../index.html">'  # where the pages' "Home" leads: our own index
REMOTE_LOGO = re.compile(r"<img[^>]*dataContextId[^>]*>")


@dataclass(frozen=True)
class Verdict:
    """Rule -> did it hold; and the rules that could not be evaluated, which fail whatever their severity."""

    holds: dict[str, bool]
    raised: tuple[str, ...]
    page: Path


def has_raised(result: ExpectationValidationResult) -> bool:
    info = result.exception_info or {}
    return any(i["raised_exception"] for i in ([info] if "raised_exception" in info else info.values()))


class ResultsWithoutValues(ValidationResultsStore):
    """Where every result passes on its way to disk and docs: what an exception said may hold a value."""

    def store_validation_results(self, suite_validation_result, *args, **named):
        for result in filter(has_raised, suite_validation_result.results):
            result.exception_info = {
                "raised_exception": True,
                "exception_traceback": "",
                "exception_message": "the rule could not be evaluated",
            }
        return super().store_validation_results(suite_validation_result, *args, **named)


class Gate:
    """One GX context for a run. ``validate`` may be called from several threads."""

    def __init__(self, home: Path) -> None:
        self.home, self.lock = home.absolute(), threading.Lock()
        self.new: list[tuple[ValidationResultIdentifier, bool]] = []
        self.context = gx.get_context(mode="ephemeral", project_config=self._config())

    def _config(self) -> DataContextConfig:
        def files(name: str) -> dict:
            return {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(self.home / name)}

        memory = {"class_name": "InMemoryStoreBackend"}
        results = {"class_name": "ResultsWithoutValues", "module_name": __name__, "store_backend": files("results")}
        definitions = {"class_name": "ValidationDefinitionStore", "store_backend": dict(memory)}
        site = {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,
            "store_backend": files("docs"),
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        }
        return DataContextConfig(
            config_version=4.0,
            analytics_enabled=False,
            expectations_store_name="suites",
            validation_results_store_name="results",
            checkpoint_store_name="checkpoints",
            stores={
                "suites": {"class_name": "ExpectationsStore", "store_backend": dict(memory)},
                "results": results,
                "checkpoints": {"class_name": "CheckpointStore", "store_backend": memory},
                "validation_definition_store": definitions,
            },
            data_docs_sites={"docs": site},
            progress_bars=ProgressBarsConfig(globally=False),
        )

    def validate(
        self, suite: gx.ExpectationSuite, batch: DataFrame | pd.DataFrame, as_of: date, at: datetime
    ) -> Verdict:
        """Judge staged rows, or what was counted of them. Only definitions are made under the lock; the Spark work is
        side by side."""
        table = suite.name
        with self.lock:
            self._forget(table)
            suite = self.context.suites.add(suite)
            sources = self.context.data_sources
            is_counts = isinstance(batch, pd.DataFrame)
            source = (
                sources.add_or_update_pandas(table) if is_counts else sources.add_or_update_spark(table, persist=False)
            )
            data = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
            definition = gx.ValidationDefinition(name=table, data=data, suite=suite)
            definition = self.context.validation_definitions.add(definition)
        run = RunIdentifier(run_name=as_of.isoformat(), run_time=at)
        outcome = definition.run(batch_parameters={"dataframe": batch}, result_format="BOOLEAN_ONLY", run_id=run)
        key = ValidationResultIdentifier(ExpectationSuiteIdentifier(table), run, outcome.batch_id)
        with self.lock:
            self.new.append((key, bool(outcome.success)))
        by_name = {r.expectation_config.meta["name"]: r for r in outcome.results if r.expectation_config}
        raised = tuple(name for name, result in by_name.items() if has_raised(result))
        held = {name: bool(result.success) for name, result in by_name.items()}
        return Verdict(held, raised, self._page(key))

    def _forget(self, table: str) -> None:
        """What the table was judged by before: GX would compare each of its rules with each new one."""
        with contextlib.suppress(DataContextError):
            self.context.validation_definitions.delete(table)
            self.context.suites.delete(table)

    def build_docs(self) -> Path:
        """New pages, without the logo that GX would fetch from afar, and an index that needs no network."""
        new, self.new = self.new, []
        if keys := [key for key, _ in new]:
            suites = [key.expectation_suite_identifier for key in keys]
            self.context.build_data_docs(resource_identifiers=[*keys, *suites], build_index=False)  # type: ignore[arg-type]
            storage.write(self.home / "docs/index.html", HOME)
            for page in {
                *map(self._page, keys),
                *(self._at("docs/expectations", suite.to_tuple()) for suite in suites),
            }:
                storage.write(page, REMOTE_LOGO.sub("", storage.read(page)))
        return verdicts.add(self.home, [self._line(*of) for of in new])

    def _line(self, key: ValidationResultIdentifier, has_passed: bool) -> verdicts.Line:
        page = self._page(key).relative_to(self.home).as_posix()
        return verdicts.Line(key.run_id.run_name, key.expectation_suite_identifier.name, page, has_passed)

    def _page(self, key: ValidationResultIdentifier) -> Path:
        return self._at(verdicts.PAGES, key.to_tuple())

    def _at(self, folder: str, names: tuple[str, ...]) -> Path:
        *folders, page = names
        return self.home.joinpath(folder, *folders, f"{page}.html")
