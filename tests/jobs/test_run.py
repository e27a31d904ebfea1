"""The command line, before and around a run."""

import pytest

from jobs import run
from jobs.lake import business


@pytest.mark.parametrize("text", ["2017-13-01", "20170102", "2017-W01-1", "01/02/2017", "yesterday", "2017-1-2"])
def test_a_night_has_one_form(text, capsys):
    with pytest.raises(SystemExit) as ended:
        run.main(["gold", "--as-of", text])
    assert ended.value.code == 2
    assert f"'{text}' is no day of the form YYYY-MM-DD, such as 2017-12-31" in capsys.readouterr().err


def test_a_lake_that_cannot_be_written_is_a_setting_to_mend(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GUANXI_LAKE", "/dev/null/lake")
    monkeypatch.setenv("GUANXI_LANDING", str(tmp_path))
    assert run.main(["gold.customer_rfm", "--as-of", "2017-01-02"]) == 2
    assert "GUANXI_LAKE: nothing can be written to /dev/null/lake (Not a directory)" in capsys.readouterr().err


def test_a_master_that_does_not_answer_is_named(spark, monkeypatch, tmp_path, capsys):
    def night(*_):
        from jobs.session import Settings, spark

        spark(Settings())

    monkeypatch.setenv("GUANXI_LANDING", str(tmp_path))
    monkeypatch.setenv("GUANXI_SPARK_MASTER", "spark://127.0.0.1:1,127.0.0.1:2")
    monkeypatch.setattr(run, "run", night)
    assert run.main(["gold", "--as-of", "2017-01-02"]) == 3
    assert "GUANXI_SPARK_MASTER is spark://127.0.0.1:1,127.0.0.1:2, and nobody answers" in capsys.readouterr().err


def test_a_lake_is_of_one_business(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GUANXI_LAKE", str(tmp_path))
    monkeypatch.setenv("GUANXI_LANDING", str(tmp_path))
    business.note(tmp_path, {"GUANXI_TIMEZONE": "Europe/Madrid", "GUANXI_CURRENCY": "USD"})
    business.note(tmp_path, {"GUANXI_TIMEZONE": "UTC"})  # what it was made with stays
    assert run.main(["bronze", "--as-of", "2017-01-02"]) == run.USAGE
    assert f"GUANXI_TIMEZONE is America/New_York, and {tmp_path} was made with Europe/Madrid" in capsys.readouterr().err
    monkeypatch.setenv("GUANXI_TIMEZONE", "Europe/Madrid")
    assert run.main(["bronze", "--as-of", "2017-01-02", "--dry-run"]) == 0
