"""A name that the vault knows is found in any spelling; words that are names too are left to the rules."""

import pyarrow.parquet as pq
import pytest

from jobs.vault import knowing
from jobs.vault.knowing import Knowing
from jobs.vault.text.known import groups
from jobs.vault.text.words import cleaned, plain

KEY = b"\x0f" * 32


def found(known: Knowing, text: str) -> set[str]:
    """All that is known in a text, none of which is within another."""
    seen = plain(cleaned(text))
    spans = {(of.start, of.end) for of in known.among(list(groups(seen)))}
    most = [one for one in spans if not any(a <= one[0] and one[1] <= b and (a, b) != one for a, b in spans)]
    return {seen[start:end] for start, end in most}


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Seán O'Brien", ["SEAN OBRIEN", "o'brien, seán", "sean  o’brien", "Sea\u0301n O Brien"]),
        ("MARTINEZ, Amber J.", ["Amber Martinez", "amber j. martinez", "Ａmber Martinez", "Martinez Amber"]),
        ("María García-López", ["maria garcia lopez", "García-López, María"]),
        ("Mark Long", ["mark long", "Long, Mark"]),
        ("李 小楠", ["李小楠", "李　小楠"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉买买提", "阿卜杜拉.买买提"]),
        ("Müller Weiß", ["muller weiss"]),
    ],
)
def test_a_known_name_is_found_however_it_is_written(name, ways):
    known = Knowing(KEY, ())
    known.learn(name)
    for way in ways:
        assert found(known, f"1: {way}; 2") == {plain(cleaned(way))}


def test_a_part_of_a_name_is_found_unless_it_is_a_word():
    known = Knowing(KEY, ())
    for name in ("Mark Thistlewood", "Will Brzezinski", "李秀珍", "高兴"):
        known.learn(name)
    assert found(known, "mark my words, thistlewood will do") == {"thistlewood"}
    assert found(known, "秀珍不高兴") == {"秀珍"}


def test_what_is_stored_is_found_again_and_another_key_finds_nothing(tmp_path):
    known = Knowing(KEY, ())
    known.learn("Ann Lee")
    pq.write_table(knowing.table(known.learned), tmp_path / "names.parquet")
    assert found(Knowing(KEY, [str(tmp_path / "names.parquet")]), "ask ann lee") == {"ann lee"}
    assert found(Knowing(b"\x10" * 32, [str(tmp_path / "names.parquet")]), "ask ann lee") == set()
