"""The settings (environment -> one frozen dataclass) and the SparkSession."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from expectations.shared import CURRENCY
from jobs import scratch, storage

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HOME = Path(__file__).resolve().parent.parent
SECONDS_TO_ANSWER = 5
PACKAGE = "spark.guanxi.package"  # what travels to executors that have no checkout: make package


class SettingsError(Exception):
    """A setting, or the machine, is not as it must be; the message says what to do."""


def _path(name: str, default: str) -> Path:
    return Path(os.environ.get(name, HOME / default)).resolve()


def lake() -> Path:
    """Where the tables lie."""
    return _path("GUANXI_LAKE", "lake/many_doors")


def keys_folder() -> Path:
    """Where the vault's keys lie: in no lake."""
    return _path("GUANXI_KEYS", "keys/many_doors")


class NoSpark(Exception):
    """Spark does not start; the message says which setting it started with."""


@dataclass(frozen=True)
class Settings:
    """Where things lie and how Spark runs. Every field has a working default."""

    lake: Path = field(default_factory=lake)
    landing: Path = field(default_factory=lambda: _path("GUANXI_LANDING", "landing/many_doors"))
    keys: Path = field(default_factory=keys_folder)
    timezone: str = field(default_factory=lambda: os.environ.get("GUANXI_TIMEZONE", "America/New_York"))
    master: str = field(default_factory=lambda: os.environ.get("GUANXI_SPARK_MASTER", ""))
    spark_conf: Path = field(default_factory=lambda: _path("GUANXI_SPARK_CONF", "conf/spark.conf"))

    @property
    def business(self) -> dict[str, str]:
        """What decides days and money."""
        return {"GUANXI_TIMEZONE": self.timezone, "GUANXI_CURRENCY": CURRENCY}

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise SettingsError(
                f"GUANXI_TIMEZONE is {self.timezone!r}, which is no time zone. Use a name such as Europe/Berlin."
            ) from None
        if not re.fullmatch("[A-Z]{3}", CURRENCY):
            raise SettingsError(f"GUANXI_CURRENCY is {CURRENCY!r}. Use a code of ISO 4217, such as EUR.")
        if not self.spark_conf.is_file():
            raise SettingsError(f"GUANXI_SPARK_CONF: there is no file {self.spark_conf}.")
        if not storage.is_folder(self.landing):
            raise SettingsError(
                f"GUANXI_LANDING: there is no folder {self.landing}. Run `make landing` for the sample, or set it."
            )


def spark(settings: Settings) -> SparkSession:
    """The session. Spark's own options lie in one file; under spark-submit they were read already."""
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise SettingsError("Java is missing. Install 17, 21 or 25 (Debian: apt-get install openjdk-17-jre-headless).")
    scratch.use()
    # tables are made side by side, and each asks Java a thousand small things: a thread that computes makes way sooner
    sys.setswitchinterval(0.0005)
    os.environ.setdefault("SPARK_CONF_DIR", str(HOME / "conf"))  # spark-env.sh
    # else workers are whatever `python3` the PATH has
    os.environ.setdefault("PYSPARK_PYTHON", os.environ.get("GUANXI_EXECUTOR_PYTHON", sys.executable))
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--properties-file {settings.spark_conf} pyspark-shell")
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    for name in ("DataFrameQueryContextLogger", "SQLQueryContextLogger"):
        logging.getLogger(name).disabled = True  # pyspark logs an error with the value that it failed on
    builder = SparkSession.builder.appName("guanxi").config("spark.sql.session.timeZone", settings.timezone)
    with contextlib.chdir(HOME):  # the options name files of the clone; a notebook starts in its own folder
        try:
            master = _master(settings)
        except PySparkRuntimeError as error:
            raise NoSpark(f"Java did not start, and said why above. Its options: {settings.spark_conf}.") from error
        session = _started(builder.master(master), f"{_setting(settings)} is {master}")
        # not spark.submit.pyFiles: with it the driver too would run from the archive, where no clone is
        if package := session.conf.get(PACKAGE, ""):
            session.sparkContext.addPyFile(package)
        return session


def _started(builder: SparkSession.Builder, master: str) -> SparkSession:
    from py4j.protocol import Py4JJavaError

    try:
        return builder.getOrCreate()
    except Py4JJavaError as error:
        raise NoSpark(f"{master}, and Spark does not start with it. Is it a master, and of Spark's version?") from error


def _master(settings: Settings) -> str:
    """Where Spark is to run. A master of Spark's own kind must answer now: Spark would try for a minute, and not say
    whom it asked."""
    from pyspark import SparkConf, SparkContext

    SparkContext._ensure_initialized()  # only Java knows all the options
    master = settings.master or SparkConf().get("spark.master", "local[*]")
    asked = re.findall(r"([^,/]+):(\d+)", master) if master.startswith("spark://") else []
    for host, port in asked:
        with contextlib.suppress(OSError), socket.create_connection((host.strip("[]"), int(port)), SECONDS_TO_ANSWER):
            return master
    if asked:
        raise NoSpark(f"{_setting(settings)} is {master}, and nobody answers there. Start it, or use local[*].")
    return master


def _setting(settings: Settings) -> str:
    """What says which master."""
    if settings.master:
        return "GUANXI_SPARK_MASTER"
    is_submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    return "AIRFLOW_CONN_SPARK_DEFAULT" if is_submitted else f"spark.master in {settings.spark_conf}"
