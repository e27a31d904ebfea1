"""Fit and judge, one file per model; the statistics stand in files of their own."""

from jobs.models.bg_nbd import BgNbd, OneDropout
from jobs.models.bg_nbd_fit import fit_bg_nbd
from jobs.models.gamma_gamma import GammaGamma, fit_gamma_gamma

__all__ = ["BgNbd", "GammaGamma", "OneDropout", "fit_bg_nbd", "fit_gamma_gamma"]
