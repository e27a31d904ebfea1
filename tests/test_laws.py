"""The house rules that are tests."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import open_data_contract_standard
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

import expectations
from expectations import odcs, pages, scaffold, sound
from expectations.contract import Check

SALES = expectations.TABLES["bronze.store_sales"]
GRAINS = ("customer_", "account_", "sales_", "cohort_", "campaign_", "channel_", "product_")
CONTRACTS = [file for layer in expectations.LAYERS for file in Path("expectations", layer).glob("[a-z]*.py")]
SCHEMA = json.loads(Path(open_data_contract_standard.__file__).with_name("schema.json").read_text())


OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "stat", "is_file"}
OPENS |= {"is_dir", "mkdir", "unlink", "rename", "rmtree", "touch"}
#: what is of this machine and no file of landing or lake: a lake's lock, code, what was installed, a user's file
OF_THE_MACHINE = {"lake/lock.py: open", "lake/views.py: glob", "landing/check.py: is_file"}
OF_THE_MACHINE |= {f"night/wiring.py: {name}" for name in ("glob", "is_file", "read_bytes")}


def test_files_of_landing_and_lake_are_reached_through_one_module():
    rooms = ("landing", "lake", "gate", "registry", "night", "vault")
    files = [file for room in rooms for file in Path("jobs", room).glob("*.py")]
    named = [(file, node) for file in files for node in ast.walk(ast.parse(file.read_text()))]
    asked = {
        f"{file.parent.name}/{file.name}: {node.attr}"
        for file, node in named
        if isinstance(node, ast.Attribute) and node.attr in OPENS and ast.unparse(node.value) != "storage"
    }
    assert asked == OF_THE_MACHINE


@pytest.mark.parametrize("folder", ["jobs", "expectations", "dags", "conf", "notebooks"])
def test_what_a_sample_was_made_from_is_read_by_nobody(folder):
    told = [file for file in Path(folder).rglob("*") if file.suffix in (".py", ".ipynb", "", ".env", ".conf")]
    named = {str(file): file.read_text() for file in told if file.is_file()}
    assert len(named) > 2
    assert [name for name, text in named.items() if "truth" in text.lower() or "import samples" in text] == []
    assert [name for name, text in named.items() if "from samples" in text] == []


def test_import_laws():
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([program], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("file", CONTRACTS, ids=str)
def test_a_contract_file_is_imports_a_docstring_and_one_assignment(file: Path):
    docstring, *rest = ast.parse(file.read_text()).body
    assert isinstance(docstring, ast.Expr), "it begins with its docstring"
    *imports, assignment = rest
    assert all(isinstance(node, ast.ImportFrom) for node in imports), "beside the contract it holds imports alone"
    assert isinstance(assignment, ast.Assign)
    assert assignment.targets[0].id == file.stem  # type: ignore[attr-defined]


def test_the_contracts_are_sound():
    assert sound.faults() == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            {"feeds": ("silver.order_line",)},
            "feeds names 'silver.order_line', which is not there; is it 'silver.order_lines'?",
        ),
        ({"feeds": ()}, "feeds is empty"),
        ({"delivers": "change"}, "delivers is 'change'; it may be 'changes', 'everything'"),
        ({"whole": ("basket",)}, "whole names 'basket', which is not there; is it 'basket_id'?"),
        ({"allowed": {"the buyer known": 0.1}}, "is it 'the buyer is known'?"),
        (
            {"checks": (Check("baskets are small", "quantity < 9"),)},
            "check 'baskets are small' rejects: say it of a column",
        ),
        ({"checks": (Check("a\nb", "quantity < 9", severity="warn"),)}, "its description is more than a line"),
        ({"channel": "kiosk"}, "its name is bronze.<channel>_<feed>, and its channel is 'kiosk'"),
        ({"columns": (replace(SALES.columns[0], personal="directly"),)}, "card_id: personal is 'directly'"),
    ],
)
def test_a_misspelt_word_of_a_contract_is_named(words, told, monkeypatch):
    monkeypatch.setitem(expectations.TABLES, SALES.name, replace(SALES, **words))
    assert any(told in fault for fault in sound.faults())


def test_names_are_unique_and_gold_names_begin_with_their_grain():
    shorts = [table.short for table in expectations.TABLES.values()]
    assert len(shorts) == len(set(shorts))
    assert all(t.short.startswith(GRAINS) for t in expectations.TABLES.values() if t.layer == "gold")


def test_nothing_is_made_from_a_current_table():
    current = {table.name for table in expectations.TABLES.values() if table.write == "current"}
    assert not current & {name for table in expectations.TABLES.values() for name in expectations.sources(table)}


def test_the_pages_and_the_graph_of_the_tables_are_not_stale():
    written = {file.name: file.read_text() for file in Path("docs/tables").iterdir()}
    assert written == pages.all_pages(), "run `make docs`"


@pytest.mark.parametrize("table", expectations.TABLES.values(), ids=lambda table: table.name)
def test_a_contract_is_an_open_data_contract(table):
    text = odcs.as_yaml(table)
    jsonschema.validate(yaml.safe_load(text), SCHEMA)
    assert OpenDataContractStandard.from_string(text).id == table.name


def test_what_is_personal_somewhere_is_tagged_everywhere():
    columns = [column for table in expectations.TABLES.values() for column in table.columns]
    personal = {column.name for column in columns if column.personal}
    assert {"customer_id", "account_id", "card_id", "name", "phone", "email", "address", "birthday"} <= personal
    assert {column.name for column in columns if not column.personal} & personal == set()


def test_outside_the_vault_what_is_direct_is_a_token():
    tables = [table for table in expectations.TABLES.values() if table.layer not in ("bronze", "vault")]
    assert [(t.name, c.name) for t in tables for c in t.columns if c.personal == "direct" or c.holds] == []


def test_who_may_look_into_the_vault():
    """Identity, and what people see of it; a new name here is a decision about privacy."""
    every = [*expectations.TABLES.values(), *expectations.MODELS.values()]
    opening = {"silver.identity_links", "silver.golden_records", "gold.customer_contacts", "identity"}
    assert {of.name for of in every if of.opens} == opening


def test_money_that_is_added_up_says_whether_tax_is_in_it():
    feeds = expectations.feeds(expectations.TABLES["silver.order_lines"])
    assert len({feed.tax for feed in feeds} - {""}) == 1 and all(feed.tax for feed in feeds)


def test_who_delivers_everything_delivers_a_table_alone_in_its_channel():
    for table in expectations.TABLES.values():
        feeds = expectations.feeds(table)
        whole = [feed.channel for feed in feeds if feed.delivers == "everything"]
        assert all(sum(feed.channel == channel for feed in feeds) == 1 for channel in whole), table.name


def test_a_new_table_stands_in_three_places(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert scaffold.write("gold.customer_birthdays") == 0
    assert {file.name for file in tmp_path.rglob("*.py")} == {"customer_birthdays.py", "test_customer_birthdays.py"}
    assert scaffold.write("gold.customer_rfm") == 2
    assert "taken" in capsys.readouterr().err
