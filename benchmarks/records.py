"""Anybody's records of persons, a CSV file: its columns by the words that are known here, its values as the lake's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
from phonenumbers import SUPPORTED_REGIONS

from benchmarks.dates import iso
from jobs.vault.normal import normal

#: What a column may hold, most of it in the words of FEBRL (Christen 2008).
WORDS = {
    "given_name": "first name",
    "surname": "family name",
    "name": "both in one, instead of the two",
    "phone": "telephone number",
    "email": "e-mail address",
    "street_number": "number of the house",
    "address_1": "street",
    "address_2": "what follows the street",
    "suburb": "suburb, town or city",
    "postcode": "ZIP or post code",
    "state": "state or province",
    "address": "all of it in one, instead of the six",
    "date_of_birth": "in any usual form, one order of day and month in the whole file",
    "id_number": "a number of the person: a tax, insurance or licence number",
}
OF_NAME = ("given_name", "surname")
OF_ADDRESS = ("street_number", "address_1", "address_2", "suburb", "state", "postcode")
SINCE = date(2017, 1, 1)  # all was said at once


class BadRecords(Exception):
    """The file, or what was said of it, is wrong; in words for who called."""


def read(file: Path) -> pd.DataFrame:
    """Its columns as text, null where there is nothing."""
    try:
        frame = pd.read_csv(file, dtype=str, skipinitialspace=True, keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise BadRecords(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadRecords(f"{file} is not in UTF-8; iconv -f WHAT -t utf-8 makes it so") from error
    except pd.errors.EmptyDataError as error:
        raise BadRecords(f"{file} is empty; its first line names the columns") from error
    except pd.errors.ParserError as error:
        raise BadRecords(f"{file} is no CSV file with commas: {' '.join(str(error).split())}") from error
    frame.columns = frame.columns.str.strip()
    return frame.apply(lambda column: column.str.strip()).replace("", None)


def mapped(text: str) -> dict[str, str]:
    """``given_name=first_name,phone`` as word -> column; a word alone is the column's name too."""
    pairs = [part.strip().partition("=") for part in text.split(",") if part.strip()]
    found = {word.strip(): (column or word).strip() for word, _, column in pairs}
    if odd := [word for word in found if word not in WORDS]:
        raise BadRecords(f"--columns: nothing is known of {', '.join(odd)}; a column holds one of {', '.join(WORDS)}")
    for whole, parts in (("name", OF_NAME), ("address", OF_ADDRESS)):
        if whole in found and (twice := [part for part in parts if part in found]):
            raise BadRecords(f"--columns: {whole} is all of it; leave out {', '.join(twice)}, or {whole}")
    if len(found) < len(pairs):
        raise BadRecords("--columns: a word stands twice; each is of one column")
    if not found:
        raise BadRecords(f"--columns says nothing; it needs some of {', '.join(WORDS)}")
    return found


def persons(
    frame: pd.DataFrame, number: str, truth: str, columns: Mapping[str, str], regions: Sequence[str] = ("US",)
) -> tuple[pd.DataFrame, dict[str, str]]:
    """``account_id`` and a column for each word, normalised; and the label of the person behind each that has one."""
    if odd := [region for region in regions if region not in SUPPORTED_REGIONS]:
        raise BadRecords(f"--regions: {', '.join(odd)} is none; they are in two capitals, as US,DE")
    here = ", ".join(frame.columns)
    if missing := [name for name in dict.fromkeys((number, truth, *columns.values())) if name not in frame]:
        raise BadRecords(f"the file has no column {', '.join(missing)}; it has {here}")
    if frame[number].isna().any():
        raise BadRecords(f"--id: {number} is empty in row {int(frame[number].isna().argmax()) + 1}; all need one")
    if frame[number].duplicated().any():
        twice = frame.loc[frame[number].duplicated(), number].iloc[0]
        raise BadRecords(f"--id: {number} is {twice} in two rows; it must be another in each")
    if frame[truth].nunique() in {0, frame[truth].count()}:
        raise BadRecords(f"--truth: no two rows have one label in {truth}; it must be equal where the person is one")
    said = {word: _normal(word, frame[column], regions) for word, column in columns.items()}
    known = frame[frame[truth].notna()]
    return (
        pd.DataFrame({"account_id": frame[number], **said}),
        dict(zip(known[number], known[truth], strict=True)),
    )


def _normal(word: str, column: pd.Series, regions: Sequence[str]) -> pd.Series:
    """As it would lie in the lake."""
    if word == "date_of_birth":
        return iso(column)
    plain = {text: normal(word, text, regions)[0] for text in column.dropna().unique()}
    return column.map(plain).astype(object).where(column.notna(), None)


def as_accounts(said: pd.DataFrame) -> pa.Table:
    """The columns put together as the kinds that our model compares."""
    found = {"account_id": said["account_id"], "since": [SINCE] * len(said)}
    if "name" in said or {*OF_NAME} & {*said}:
        found["name"] = said["name"] if "name" in said else _joined(said, OF_NAME, " ")
    if "address" in said or {*OF_ADDRESS} & {*said}:
        found["address"] = said["address"] if "address" in said else _address(said)
    same = {"phone": "phone", "email": "email", "birthday": "date_of_birth", "id_number": "id_number"}
    found |= {kind: said[word] for kind, word in same.items() if word in said}
    return pa.Table.from_pandas(pd.DataFrame(found), _schema(found), preserve_index=False)


def _schema(names: Collection[str]) -> pa.Schema:
    return pa.schema([(name, pa.date32() if name == "since" else pa.string()) for name in names])


def _address(said: pd.DataFrame) -> pd.Series:
    """12 Elm St, Flat 3, Troy, NY 12180."""
    parts = {"street": _joined(said, ("street_number", "address_1"), " ")}
    parts |= {word: said[word] for word in ("address_2", "suburb") if word in said}
    parts["place"] = _joined(said, ("state", "postcode"), " ")
    return _joined(pd.DataFrame(parts), [*parts], ", ")


def _joined(said: pd.DataFrame, words: Collection[str], by: str) -> pd.Series:
    rows = said[[word for word in words if word in said]].itertuples(index=False, name=None)
    return pd.Series([by.join(filter(None, row)) or None for row in rows], said.index, dtype=object)
