import pytest

from jobs.identity import masked


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("name", "Wang Xiaoming", "Wang *"),
        ("name", "王小明", "王*"),
        ("name", "Amber Lee Martinez", "Amber *"),
        ("name", "Bo", "B*"),
        ("phone", "+8613829985503", "138****5503"),
        ("phone", "+12125550123", "212****0123"),
        ("phone", "138****5503", "138****5503"),
        ("phone", "call me", "****"),
        ("email", "wang@example.org", "w***@example.org"),
        ("email", "no address", "***"),
        ("year", "1980-02-29", 1980),
        ("year", "long ago", None),
    ],
)
def test_enough_to_know_somebody_again_and_too_little_to_find_them(kind, value, shown):
    assert getattr(masked, kind)(value) == shown
