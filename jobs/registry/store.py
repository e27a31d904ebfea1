"""The only file that talks to MLflow: runs, registered models, aliases.

Where: ``MLFLOW_TRACKING_URI``, or SQLite and plain files under ``<lake>/mlflow``. What was promoted when stands in
``ops.models``, and what scores a night in the lake (``parameters.py``); the aliases ``champion`` and ``challenger`` are
for people and other programs.
"""

from __future__ import annotations

import logging
import os
import subprocess
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")  # read when mlflow is imported
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")  # of one small file
warnings.filterwarnings("ignore", "IProgress not found")  # warned when mlflow is imported in a notebook without widgets

import mlflow
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature

from jobs import storage
from jobs.models.judged import Judged
from jobs.registry import parameters
from jobs.session import HOME

EXPERIMENT = "guanxi"
SERVER = os.environ.get("MLFLOW_TRACKING_URI", "")
SCORER = Path(__file__).with_name("scorer.py")  # a model as code: MLflow pickles nothing
NEEDS = ["numpy", "pandas", "scipy", "scikit-learn", "xgboost-cpu"]


def default_uri(lake: Path) -> str:
    return f"sqlite:///{lake}/mlflow/mlflow.db"


class Registry:
    def __init__(self, lake: Path) -> None:
        for name in ("mlflow", "alembic"):  # they tell of every step of making a new SQLite store
            logging.getLogger(name).setLevel(logging.ERROR)
        if not SERVER:
            storage.make_folder(lake / "mlflow")
            mlflow.set_tracking_uri(default_uri(lake))
            os.environ.pop("MLFLOW_TRACKING_URI", None)  # MLflow writes it there: a child would take it for a setting
        self.client = mlflow.MlflowClient()
        if not self.client.get_experiment_by_name(EXPERIMENT):
            where = (lake / "mlflow" / "artifacts").as_uri() if not SERVER else None
            self.client.create_experiment(EXPERIMENT, where, {"mlflow.experimentKind": "custom_model_development"})
        mlflow.set_experiment(EXPERIMENT)

    def version_of(self, name: str, fingerprint: str) -> int | None:
        """The version made of the same model, data and code, if a run before got as far as registering it."""
        try:
            found = self.client.search_model_versions(f"name='{name}'")
        except MlflowException:
            return None
        return next((int(v.version) for v in found if v.tags.get("fingerprint") == fingerprint), None)

    def register(self, name: str, model: Any, judged: Judged, tags: Mapping[str, str]) -> int:
        """Log a run with all that was found, and register the model; its new version. ``tags``: with a fingerprint."""
        example = model.example()
        warnings.filterwarnings("ignore", "Hint: Inferred schema contains integer")  # our counts are never missing
        all_tags = {**tags, "git_commit": git_commit()}
        with (
            NamedTemporaryFile("w", suffix=".json") as told,
            mlflow.start_run(run_name=f"{name} {tags['as_of']}", tags=all_tags) as run,
        ):
            told.write(parameters.text(model))
            told.flush()
            mlflow.log_params(model.parameters())
            mlflow.log_metrics({metric.replace(" ", "_"): value for metric, value in judged.all_metrics().items()})
            for plot, draw in judged.plots.items():
                mlflow.log_figure(draw(), f"plots/{plot}.png")
            logged = mlflow.pyfunc.log_model(
                name="model",
                python_model=str(SCORER),
                artifacts={"parameters": told.name},
                signature=infer_signature(example, model.predict(example)),
                input_example=example,
                pip_requirements=NEEDS,  # without it MLflow spends ten seconds finding out
            )
        with suppress(MlflowException):  # it is there from the second time on
            self.client.create_registered_model(name)
        source, made_by = logged.model_uri, run.info.run_id
        made = self.client.create_model_version(name, source, made_by, tags=dict(tags), model_id=logged.model_id)
        return int(made.version)

    def logged(self, name: str, version: int) -> dict[str, str]:
        """Parameters that the run of a version logged."""
        run = self.client.get_model_version(name, str(version)).run_id
        return dict(self.client.get_run(str(run)).data.params)

    def call(self, name: str, version: int, alias: str) -> None:
        """Give a version the alias ``champion`` or ``challenger``."""
        self.client.set_registered_model_alias(name, alias, str(version))


def git_commit() -> str:
    """Commit of the code that trained, with a ``+`` where the tree was not clean."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--dirty=+"],
            cwd=HOME,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
