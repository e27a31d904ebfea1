"""Methods that know no customer, no table and no Spark: numbers in, numbers out."""

from jobs.statistics.bg_nbd import BgNbd, OneDropout
from jobs.statistics.bg_nbd_fit import fit_bg_nbd
from jobs.statistics.gamma_gamma import GammaGamma, fit_gamma_gamma

__all__ = ["BgNbd", "GammaGamma", "OneDropout", "fit_bg_nbd", "fit_gamma_gamma"]
