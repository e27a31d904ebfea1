"""A model of ours as MLflow calls it: rows in, the columns of its score table out. MLflow keeps this file and the
model's parameters in JSON beside it, and no pickle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel, PythonModelContext

from jobs import storage
from jobs.registry import parameters


class Scorer(PythonModel):
    def load_context(self, context: PythonModelContext) -> None:
        self.model = parameters.model(storage.read(Path(context.artifacts["parameters"])))

    def predict(self, context: Any, model_input: pd.DataFrame, params: dict | None = None) -> pd.DataFrame:  # noqa: ARG002
        return self.model.predict(model_input)


set_model(Scorer())
