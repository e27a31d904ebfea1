"""The published values, to their printed digits: the CDNOW sample, calibrated on the first 39 weeks."""

from dataclasses import astuple
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from jobs.statistics import fit_bg_nbd, fit_gamma_gamma

END = pd.Timestamp("1997-09-30")


@pytest.fixture(scope="module")
def cdnow() -> pd.DataFrame:
    """Repeat days, week of the last, weeks observed, mean value of a repeat day."""
    spec = find_spec("lifetimes")
    assert spec is not None and spec.origin is not None
    path = Path(spec.origin).parent / "datasets" / "CDNOW_sample.txt"
    names = ["master", "customer", "day", "count", "value"]
    bought = pd.read_csv(path, sep=r"\s+", header=None, names=names, dtype={"day": str})
    bought["day"] = pd.to_datetime(bought["day"])
    days = bought[bought["day"] <= END].groupby(["customer", "day"])["value"].sum().reset_index()
    days["first"] = days.groupby("customer")["day"].transform("min")
    repeats = days[days["day"] > days["first"]].groupby("customer")
    firsts = days.groupby("customer")["first"].first()
    found = pd.DataFrame({"T": (END - firsts).dt.days / 7})
    found["x"] = repeats.size().reindex(found.index, fill_value=0)
    found["t_x"] = ((repeats["day"].max() - firsts.reindex(repeats["day"].max().index)).dt.days / 7).reindex(
        found.index
    )
    found["value"] = repeats["value"].mean().reindex(found.index)
    return found.fillna(0.0)


def test_bg_nbd_of_fader_hardie_and_lee_2005(cdnow):
    fitted = fit_bg_nbd(cdnow["x"], cdnow["t_x"], cdnow["T"])
    found = [f"{value:.3f}" for value in (fitted.r, fitted.alpha, fitted.a, fitted.b, fitted.log_likelihood)]
    assert found == ["0.243", "4.414", "0.793", "2.426", "-9582.429"]


def test_gamma_gamma_of_fader_and_hardie_2013(cdnow):
    fitted = fit_gamma_gamma(cdnow["x"], cdnow["value"])
    assert [f"{value:.2f}" for value in (fitted.p, fitted.q, fitted.gamma)] == ["6.25", "3.74", "15.44"]


def test_a_customer_of_the_paper(cdnow):
    """Fader and Hardie's spreadsheet note (2004) expects 1.226 orders in 39 weeks of x = 2, t_x = 30.43, T = 38.86."""
    fitted = fit_bg_nbd(cdnow["x"], cdnow["t_x"], cdnow["T"])
    assert fitted.expected_orders(39, 2, 30.43, 38.86)[0] == pytest.approx(1.226, abs=5e-4)


def test_a_weight_is_as_many_rows(cdnow):
    few = cdnow.head(300)
    times = np.arange(300) % 3 + 1
    many = few.loc[few.index.repeat(times)]
    pairs = [
        (fit_bg_nbd(few["x"], few["t_x"], few["T"], times), fit_bg_nbd(many["x"], many["t_x"], many["T"])),
        (fit_gamma_gamma(few["x"], few["value"], times), fit_gamma_gamma(many["x"], many["value"])),
    ]
    for weighted, repeated in pairs:
        assert astuple(weighted) == pytest.approx(astuple(repeated), rel=1e-4)
