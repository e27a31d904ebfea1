"""The pictures of the models: for MLflow, the notebooks and the README alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

INK, SOFT, WARM = "#1f4e79", "#9fb8d0", "#d1603d"


def _figure(title: str, x: str, y: str, size: tuple[float, float] = (6, 4)) -> tuple[Figure, Axes]:
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots()
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def calibration(predicted: NDArray, actual: NDArray, naive: NDArray, groups: int = 10) -> Figure:
    """Mean actual against mean predicted orders, by tenths of the customers."""
    figure, axes = _figure("Are predicted orders what came?", "predicted orders, 90 days", "actual orders, 90 days")
    for values, label, colour in ((naive, "naive rate", SOFT), (predicted, "model", INK)):
        tenth = pd.qcut(pd.Series(values).rank(method="first"), groups, labels=False)
        means = pd.DataFrame({"predicted": values, "actual": actual}).groupby(tenth).mean()
        axes.plot(means["predicted"], means["actual"], "o-", color=colour, label=label)
    most = float(max(axes.get_xlim()[1], axes.get_ylim()[1]))
    axes.plot([0, most], [0, most], color="grey", linestyle=":", label="perfect")
    axes.legend(frameon=False)
    return figure


def coverage(predicted: NDArray, low: NDArray, high: NDArray, actual: NDArray, groups: int = 10) -> Figure:
    """Share of customers whose orders lay in their interval, by tenths of the predicted orders."""
    figure, axes = _figure("Does the 80 % interval hold 80 %?", "tenth of customers by prediction", "share inside")
    tenth = pd.qcut(pd.Series(predicted).rank(method="first"), groups, labels=False)
    inside = pd.Series((low <= actual) & (actual <= high)).groupby(tenth).mean()
    axes.bar(inside.index + 1, inside, color=INK)
    axes.axhline(0.8, color=WARM, linestyle="--")
    axes.set_ylim(0, 1)
    return figure


def reliability(said: NDArray, happened: NDArray, groups: int = 10) -> Figure:
    """How often it happened against how likely it was said to be, by tenths, with what chance does to each (95 %)."""
    figure, axes = _figure("Does it happen as often as said?", "said", "happened")
    tenth = pd.qcut(pd.Series(said).rank(method="first"), groups, labels=False)
    found = pd.DataFrame({"said": said, "happened": happened}).groupby(tenth)
    means, error = found.mean(), 1.96 * found["happened"].std() / found.size() ** 0.5
    axes.errorbar(means["said"], means["happened"], yerr=error, fmt="o", color=INK)
    most = float(max(axes.get_xlim()[1], axes.get_ylim()[1]))
    axes.plot([0, most], [0, most], color="grey", linestyle=":")
    return figure


def profile(centroids: pd.DataFrame) -> Figure:
    """Segments in rows, features in columns: standard deviations from the mean of all customers."""
    figure, axes = _figure(
        "What sets the segments apart", "", "", (4 + 0.55 * len(centroids.columns), 2 + 0.5 * len(centroids))
    )
    image = axes.imshow(centroids.to_numpy(), cmap="RdBu_r", vmin=-2, vmax=2, aspect="auto")
    axes.set_xticks(range(len(centroids.columns)), centroids.columns, rotation=35, ha="right")
    axes.set_yticks(range(len(centroids)), centroids.index)
    for (row, column), value in np.ndenumerate(centroids.to_numpy()):
        axes.text(column, row, f"{value:+.1f}", ha="center", va="center", fontsize=8)
    figure.colorbar(image, ax=axes, label="standard deviations")
    return figure


def choice(tried: pd.DataFrame, chosen: int) -> Figure:
    """Stability of each k, its silhouette, and how far its segments are told apart later."""
    figure, axes = _figure("How many segments?", "k", "")
    axes.plot(tried["k"], tried["silhouette"], "o-", color=INK, label="silhouette")
    if "told_apart" in tried:
        axes.plot(tried["k"], tried["told_apart"], "^-", color=WARM, label="told apart later")
    axes.plot(tried["k"], tried["stability"], "s--", color=SOFT, label="stability (ARI over bootstraps)")
    axes.axvline(chosen, color=WARM, linestyle=":", label="chosen")
    axes.legend(frameon=False)
    return figure
