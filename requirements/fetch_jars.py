"""Bring the locked jars to where Spark looks (``pyspark/jars``), so that a run needs no network."""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

LOCKED = [line.split() for line in Path(__file__).with_name("jars.txt").read_text().splitlines()]
JARS = Path(pyspark.__file__).parent / "jars"


def fetch(spark: SparkSession, coordinate: str, sha256: str, ivy: Path) -> None:
    """One jar without what it depends on; a jar with other bytes than locked is refused."""
    group, artifact, version = coordinate.split(":")
    spark.sql(f"ADD JAR ivy://{coordinate}?transitive=false")
    jar = next(ivy.rglob(f"{group}_{artifact}-{version}.jar"))
    found = hashlib.sha256(jar.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{coordinate} has sha256 {found}, but requirements/jars.txt has {sha256}. Not used.")
    shutil.copy(jar, JARS / f"{artifact}-{version}.jar")


with tempfile.TemporaryDirectory() as ivy:
    session = SparkSession.builder.master("local[1]").config("spark.jars.ivy", ivy).config("spark.ui.enabled", "false")
    spark = session.getOrCreate()
    for sha256, coordinate in LOCKED:
        fetch(spark, coordinate, sha256, Path(ivy))
        print(f"  {coordinate}")
    spark.stop()
