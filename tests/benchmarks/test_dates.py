"""Dates in anybody's file."""

import pandas as pd
import pytest

from benchmarks.dates import iso

FORMS = ("1990-01-31", "19900131", "1990/1/31", "31/01/1990", "31.1.1990", "01-31-1990", "31-Jan-1990", "31 Jan 1990")
FORMS += ("1990-01-31T00:00:00", "January 31, 1990", "1/31/1990 12:00 AM")


def read(*texts: str | None) -> list[str | None]:
    return iso(pd.Series(texts, dtype=object)).tolist()


@pytest.mark.parametrize("text", FORMS)
def test_any_usual_form(text):
    assert read(text) == ["1990-01-31"]


def test_a_column_tells_by_its_other_dates_which_number_is_the_month():
    assert read("01/02/1990", "31/12/1980", None) == ["1990-02-01", "1980-12-31", None]
    assert read("01/02/1990", "12/31/1980") == ["1990-01-02", "1980-12-31"]


def test_what_is_no_date_stays_and_eight_digits_are_one_with_an_error():
    assert read("19901399", "unknown") == ["1990-13-99", "unknown"]
