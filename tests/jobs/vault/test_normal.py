"""One person's value is one text, whoever typed it."""

import pytest

from jobs.vault.normal import normal


@pytest.mark.parametrize(
    ("holds", "ways", "one"),
    [
        (
            "phone",
            ["(212) 555-0123", "212.555.0123", "+1 212 555 0123", "1-212-555-0123", "２１２５５５０１２３"],
            "+12125550123",
        ),
        ("phone", ["13812345678", "138 1234 5678", "+86 138-1234-5678", "138\u20111234\u20115678"], "+8613812345678"),
        ("phone", ["138****1234", "138 **** 1234", "138-****-1234"], "138****1234"),
        ("email", ["Ann.Lee@Example.com", " ann.lee@example.COM ", "ａｎｎ.lee@example.com"], "ann.lee@example.com"),
        ("name", ["Ann  Lee", " Ann Lee", "Ann\u00a0Lee", "Ａｎｎ Lee"], "Ann Lee"),
        ("address", ["1 High St,\n  Boston", "1 High St, Boston"], "1 High St, Boston"),
    ],
)
def test_ways_to_write_a_value_are_one(holds, ways, one):
    assert {normal(holds, way, ("US", "CN")) for way in ways} == {(one, None)}


def test_a_number_is_of_the_country_that_is_likeliest():
    assert normal("phone", "030 901820", ("DE", "US"))[0] == "+4930901820"
    assert normal("phone", "020 7946 0018", ("GB",))[0] == "+442079460018"


@pytest.mark.parametrize("written", ["150 3547 0004", "15035470004", "+86 150 3547 0004"])
def test_a_mobile_of_china_is_no_number_of_the_us_behind_its_one(written):
    assert normal("phone", written, ("US", "CN")) == ("+8615035470004", None)
    assert (
        normal("phone", "1 (503) 547-0004", ("US",))
        == normal("phone", "503-547-0004", ("US", "CN"))
        == ("+15035470004", None)
    )


@pytest.mark.parametrize(("holds", "text"), [("phone", "call me"), ("phone", "555-0123"), ("email", "ann.lee at work")])
def test_what_is_no_such_value_is_kept_and_odd(holds, text):
    value, odd = normal(holds, text, ("US", "CN"))
    assert value == text and odd and text not in odd
