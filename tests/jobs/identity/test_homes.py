"""One person of a home, or two."""

import pyarrow as pa

from jobs.identity import homes
from jobs.identity.comparisons import EVERY

SAME_NAME, OTHER_GIVEN_NAME, SAME_BIRTHDAY, DIGIT_WRONG, OTHER_BIRTHDAY = 7, 1, 2, 1, 0
STRANGERS = {"birthday": [0.998, 0.001, 0.0001]}


def weights(seen: dict[tuple[int, int], int]) -> dict[tuple[int, int], float]:
    """Bits of each pair of levels, learned from how often each was seen."""
    names, birthdays = zip(*(of for of, many in seen.items() for _ in range(many)), strict=True)
    pairs = pa.table({"gamma_name": names, "gamma_birthday": birthdays})
    bits = homes.weight(homes.fit(pairs, ["name", "birthday"], STRANGERS), pairs)
    return {of: round(float(bit), 1) for of, bit in zip(zip(names, birthdays, strict=True), bits, strict=True)}


def test_levels_are_numbered_as_here():
    assert EVERY["name"].levels[-1 - SAME_NAME].says == "same name"
    assert EVERY["birthday"].levels[-1 - SAME_BIRTHDAY].says == "same birthday"


def test_where_no_home_has_two_errors_are_not_taken_for_a_second_person():
    found = weights({(SAME_NAME, SAME_BIRTHDAY): 800, (SAME_NAME, DIGIT_WRONG): 90, (5, SAME_BIRTHDAY): 110})
    assert min(found[SAME_NAME, SAME_BIRTHDAY], found[5, SAME_BIRTHDAY]) > 5


def test_where_homes_have_two_they_stay_two():
    found = weights({(SAME_NAME, SAME_BIRTHDAY): 700, (OTHER_GIVEN_NAME, OTHER_BIRTHDAY): 200})
    assert found[SAME_NAME, SAME_BIRTHDAY] > 5 and found[OTHER_GIVEN_NAME, OTHER_BIRTHDAY] < -5
