"""Shares, computed by hand."""

from benchmarks.agreement import b_cubed, f1, pairwise

RIGHT = dict(zip("abcdef", "112223", strict=True))  # four pairs are of one person
FOUND = dict(zip("abcdefg", "xxxyyzz", strict=True))  # four are put together: ab, de are right, ac, bc are wrong


def test_pairs_that_are_right_among_those_found_and_those_there_are():
    assert pairwise(FOUND, RIGHT) == (2 / 4, 2 / 4)


def test_each_account_and_those_beside_it():
    precision = (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6
    recall = (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1) / 6
    assert [round(share, 9) for share in b_cubed(FOUND, RIGHT)] == [round(precision, 9), round(recall, 9)]


def test_nothing_found_is_nothing_wrong():
    alone = {account: account for account in RIGHT}
    assert pairwise(alone, RIGHT) == (1.0, 0.0) and f1((1.0, 0.0)) == 0.0
    assert f1((1.0, 0.5)) == 2 / 3
