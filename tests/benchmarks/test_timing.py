"""What a piece of work costs, by itself."""

import pytest

from benchmarks.timing import alone, peak


def test_memory_is_that_of_the_work_whatever_its_caller_holds():
    held = bytearray(400 * 2**20)
    found, took, most = alone(sorted, [2, 1])
    assert found == [1, 2] and took < 5 and most < peak() - len(held) / 2**20 / 2


def test_what_goes_wrong_is_raised_here():
    with pytest.raises(ValueError, match="invalid literal"):
        alone(int, "x")
