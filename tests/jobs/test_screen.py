"""What may be said of an error: its kind and our line that raised it, and never a value."""

import pytest
from py4j.protocol import Py4JJavaError

from jobs import screen
from jobs.session import SettingsError

HERE = "tests/jobs/test_screen.py"


def said(function) -> str:
    with pytest.raises(Exception) as raised:
        function()
    return screen.words(raised.value)


def test_our_own_words_are_said_whole():
    assert screen.words(SettingsError("GUANXI_LAKE: set it.")) == "GUANXI_LAKE: set it."


def test_what_a_worker_raises_is_a_type_and_a_line_of_ours(spark):
    def rows(frames):
        for frame in frames:
            if len(frame):
                raise KeyError("Anna Smith\nAnna: Smith")
            yield frame

    where = f"{HERE}:{rows.__code__.co_firstlineno + 3}"
    told = said(lambda: spark.range(3).mapInPandas(rows, "id long").collect())
    assert told == f"KeyError in a Python worker, at {where}"


def test_what_spark_refuses_is_its_condition_and_a_line_of_ours(spark):
    told = said(lambda: spark.range(3).selectExpr("anna_smith"))
    assert told.startswith("AnalysisException UNRESOLVED_COLUMN") and f", at {HERE}:" in told
    assert "smith" not in told


def test_what_java_throws_is_its_first_cause(spark, monkeypatch):
    text = ": org.apache.spark.SparkException: Anna\nCaused by: java.net.ConnectException: Anna\nCaused by: Anna"
    monkeypatch.setattr(Py4JJavaError, "__str__", lambda _: text)
    monkeypatch.setattr(Py4JJavaError, "__init__", lambda _: None)
    assert screen.words(Py4JJavaError()) == "Java's java.net.ConnectException"


def test_what_the_system_refuses_is_its_reason_and_the_file():
    told = said(lambda: open("/dev/null/lake"))  # noqa: PTH123, SIM115
    assert told.startswith(f"NotADirectoryError (Not a directory: /dev/null/lake), at {HERE}:")
