"""The resolver on a file that it does not know, through the command."""

import csv
import re
from itertools import product

import pytest

from benchmarks import identity

GIVEN = ("Olga", "Petra", "Ivan", "Marta", "Bruno", "Clara", "Dieter", "Elena", "Felix", "Greta")
FAMILY = ("Adler", "Brandt", "Castell", "Dorn", "Eggert", "Falk", "Gruber")
HEAD = ("no", "who", "first", "last", "tel", "mail", "town", "zip", "street", "dob")
COLUMNS = (
    "given_name=first,surname=last,phone=tel,email=mail,suburb=town,postcode=zip,address_1=street,date_of_birth=dob"
)


def persons() -> list[tuple]:
    """70 persons with two records each, written in two ways; the last one's have nothing in common."""
    rows = list[tuple]()
    for n, (given, family) in enumerate(product(GIVEN, FAMILY)):
        who, tel, mail = f"p{n}", f"{200 + n}5550{n:03}", f"{given}.{family}@example.org".lower()
        home, year, month, day = ("Troy", f"{12180 + n}", f"{n + 1} Elm Street"), 1940 + n % 60, n % 12 + 1, 13 + n % 15
        rows.append((f"a{n}", who, given, family, f"+1{tel}", mail, *home, f"{day}/{month}/{year}"))
        other = (f"({tel[:3]}) {tel[3:6]}-{tel[6:]}", mail.upper(), *home, f"{day:02}.{month:02}.{year}")
        rows.append((f"b{n}", who, given.upper(), family, *other))
    rows[-1] = ("b69", "p69", "Zoe", "Quist", "+13125550199", "zq@example.com", "Ames", "50010", "9 Oak Rd", "1/2/2001")
    return rows


@pytest.fixture
def file(tmp_path):
    with (tmp_path / "people.csv").open("w", newline="") as lines:
        csv.writer(lines).writerows([HEAD, *persons()])
    return tmp_path / "people.csv"


def run(monkeypatch, *words) -> None:
    monkeypatch.setattr("sys.argv", ["identity", *map(str, words)])
    identity.main()


def test_a_file_of_seventy_persons(monkeypatch, capsys, file):
    run(monkeypatch, "--records", file, "--id", "no", "--truth", "who", "--columns", COLUMNS)
    told = capsys.readouterr().out
    ours = dict(re.findall(r"^(\S+: \S+) +([.\d]+)", told, re.MULTILINE))
    assert "140 records, 70 persons" in told and "plain Splink" in told and "peak MB" in told
    # 69 of 70 pairs were found and no other; two of 140 records are without their other half
    assert ours == {
        "pairs: precision": "1.0000",
        "pairs: recall": f"{69 / 70:.4f}",
        "pairs: F1": f"{2 * 69 / 139:.4f}",
        "B-cubed: precision": "1.0000",
        "B-cubed: recall": f"{(138 + 2 * 0.5) / 140:.4f}",
        "B-cubed: F1": f"{2 * 139 / 279:.4f}",
    }


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"--records": "nowhere.csv"}, "nowhere.csv cannot be read: No such file"),
        ({"--truth": "person"}, "no column person; it has no, who, first"),
        ({"--columns": "first_name=first"}, "nothing is known of first_name; a column holds one of given_name"),
        ({"--columns": "name=first,surname=last"}, "leave out surname"),
        ({"--columns": "phone=tel,phone=mail"}, "a word stands twice"),
        ({"--columns": "phone=fax"}, "no column fax"),
        ({"--id": "town"}, "town is Troy in two rows"),
        ({"--truth": "no"}, "no two rows have one label in no"),
        ({"--regions": "usa"}, "--regions: usa is none"),
        ({"--columns": "given_name=first"}, "accounts say name: that alone does not tell who is one person"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(monkeypatch, capsys, file, changed, says):
    asked = {"--records": file, "--id": "no", "--truth": "who", "--columns": COLUMNS} | changed
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, *(word for pair in asked.items() for word in pair))
    assert ended.value.code == 2 and says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is empty"), (b"no,who\nM\xfcller,1\n", "is not in UTF-8"), (b'no,who\n"a\n', "is no CSV file")],
)
def test_a_file_that_is_no_table_of_text(monkeypatch, capsys, file, content, says):
    file.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, "--records", file, "--id", "no", "--truth", "who", "--columns", COLUMNS)
    assert ended.value.code == 2 and says in capsys.readouterr().err
