import numpy as np
import pytest

from jobs.statistics.recurrence import recurrence


def test_of_each_pair_what_a_loop_counts():
    draw = np.random.default_rng(1)
    who, what, ago = (draw.integers(0, of, 3_000) for of in (7, 5, 400))
    found = recurrence(who, what, ago)
    days = {(w, x): sorted({a for v, y, a in zip(who, what, ago, strict=True) if (v, y) == (w, x)})
            for w, x in set(zip(who, what, strict=True))}  # fmt: skip
    assert list(zip(found["who"], found["what"], strict=True)) == sorted(days)
    for n, pair in enumerate(sorted(days)):
        of = days[pair]
        every = {a for v, a in zip(who, ago, strict=True) if v == pair[0]}
        asked = [a for a in of if 14 <= a < 194]
        again = sum(any(0 < a - b <= 14 for b in of) for a in asked)
        assert (found["days"][n], found["last"][n], found["first"][n]) == (len(of), of[0], of[-1])
        assert (found["asked"][n], found["again"][n], found["all_days"][n]) == (len(asked), again, len(every))
        assert found["half_life_30"][n] == pytest.approx(sum(0.5 ** (a / 30) for a in of), abs=1e-6)
        assert found["all_half_life_60"][n] == pytest.approx(sum(0.5 ** (a / 60) for a in every), abs=1e-6)


def test_of_nobody_there_is_nothing():
    nothing = np.empty(0, np.int64)
    assert {len(of) for of in recurrence(nothing, nothing, nothing).values()} == {0}
