"""Models of before parameters were kept in the lake: pickles in MLflow, which nothing opens any more.

    python -m jobs.registry.converting

A CLV is carried over from the parameters that its run logged. What money an order was, early runs did not log: of what
comes back a customer's own share alone counts then, which is the same where nothing does. Segments are refused: their
dense places were never logged. Exit code 1 where something was refused, 2 for settings.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

import expectations
from jobs import screen
from jobs.lake.lock import LakeInUse, locked
from jobs.models.lifetime_value import Clv
from jobs.registry import parameters
from jobs.registry.champions import Version, versions
from jobs.session import SettingsError, lake
from jobs.statistics import BgNbd, GammaGamma


class NotLogged(Exception):
    """What makes a model is told nowhere but in its pickle."""


def convert(root: Path) -> tuple[list[Version], dict[str, str]]:
    """Versions that were carried over, and why others could not be."""
    done, refused = list[Version](), dict[str, str]()
    for version in (line for model in expectations.MODELS for line in versions(root, model)):
        if parameters.is_kept(root, version.model, version.version):
            continue
        try:
            parameters.keep(root, version.model, version.version, _of_logged(root, version))
            done.append(version)
        except NotLogged as why:
            refused[f"{version.model} version {version.version}"] = str(why)
    return done, refused


def _of_logged(root: Path, version: Version) -> Clv:
    if version.model != "clv":
        raise NotLogged("what tells who belongs where was never logged; make retrain learns another")
    from jobs.registry.store import Registry  # MLflow takes seconds to import

    return clv(Registry(root).logged("clv", version.version))


def clv(logged: Mapping[str, str]) -> Clv:
    """As its run logged it. NotLogged where a parameter is missing."""
    if any("weight of" in name for name in logged):
        raise NotLogged("its run logged no trees; make retrain learns another")
    try:
        orders = BgNbd(*(float(logged[f"BG/NBD {name}"]) for name in ("r", "alpha", "a", "b", "log_likelihood")))
        values = GammaGamma(*(float(logged[f"gamma-gamma {name}"]) for name in ("p", "q", "gamma", "log_likelihood")))
        shares = (float(logged.get(name, 0)) for name in ("returned share", "mean purchase"))
        return Clv(orders, values, float(logged["nominal level"]), *shares)
    except KeyError as missing:
        raise NotLogged(f"its run did not log {missing}; make retrain learns another") from None


def main(argv: list[str] | None = None) -> int:
    argparse.ArgumentParser("make convert-models", description=(__doc__ or "").partition("\n")[0]).parse_args(argv)
    try:
        with locked(lake(), "convert-models"):
            done, refused = convert(lake())
    except (SettingsError, LakeInUse) as error:
        screen.fail(str(error))
        return 2
    for version in done:
        print(f"{version.model} version {version.version}: carried over")
    for name, why in refused.items():
        print(f"{name}: refused: {why}")
    if not done and not refused:
        print("All models are kept as parameters: there is nothing to carry over.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
