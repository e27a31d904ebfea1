"""The settings (environment -> one frozen dataclass) and the SparkSession."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobs import scratch

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HOME = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting, or the machine, is not as it must be; the message says what to do."""


def _path(name: str, default: str) -> Path:
    return Path(os.environ.get(name, HOME / default)).resolve()


@dataclass(frozen=True)
class Settings:
    """Where things lie and how Spark runs. Every field has a working default."""

    lake: Path = field(default_factory=lambda: _path("GUANXI_LAKE", "lake"))
    landing: Path = field(default_factory=lambda: _path("GUANXI_LANDING", "landing"))
    timezone: str = field(default_factory=lambda: os.environ.get("GUANXI_TIMEZONE", "America/New_York"))
    master: str = field(default_factory=lambda: os.environ.get("GUANXI_SPARK_MASTER", ""))
    spark_conf: Path = field(default_factory=lambda: _path("GUANXI_SPARK_CONF", "conf/spark.conf"))

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise SettingsError(
                f"GUANXI_TIMEZONE is {self.timezone!r}, which is no time zone. Use a name such as Europe/Berlin."
            ) from None
        if not self.spark_conf.is_file():
            raise SettingsError(f"GUANXI_SPARK_CONF: there is no file {self.spark_conf}.")
        if not self.landing.is_dir():
            raise SettingsError(
                f"GUANXI_LANDING: there is no folder {self.landing}. Run `make landing` for the sample, or set it."
            )


def spark(settings: Settings) -> SparkSession:
    """The session. Spark's own options lie in one file; under spark-submit they were read already."""
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise SettingsError("Java is missing. Install 17, 21 or 25 (Debian: apt-get install openjdk-17-jre-headless).")
    scratch.use()
    os.environ.setdefault("SPARK_CONF_DIR", str(HOME / "conf"))  # spark-env.sh
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers are whatever `python3` the PATH has
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--properties-file {settings.spark_conf} pyspark-shell")
    from pyspark.sql import SparkSession

    for name in ("DataFrameQueryContextLogger", "SQLQueryContextLogger"):
        logging.getLogger(name).disabled = True  # pyspark logs an error with the value that it failed on
    builder = SparkSession.builder.appName("guanxi").config("spark.sql.session.timeZone", settings.timezone)
    if settings.master:
        builder = builder.master(settings.master)
    with contextlib.chdir(HOME):  # the options name files of the clone; a notebook starts in its own folder
        return builder.getOrCreate()
