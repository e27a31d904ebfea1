"""``docs/tables``: a page per table and the tables' graph, written from the contracts; CI fails when one is stale."""

from __future__ import annotations

from pathlib import Path

import expectations
from expectations.contract import Rule, Table

WRITES = {
    "delivery": "by the night that it was delivered, and the channel",
    "state": "by the whole past: what was issued once is kept",
    "snapshot": "by `as_of`: one snapshot a night",
    "log": "by the night that tells them: what earlier nights told stays",
    "kept": "by business day (`ordered_on`), as known now",
    "current": "by the newest run",
    "run": "never published; it lives in a run",
}


def write(folder: Path) -> int:
    """Write every page and remove the pages of tables that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = all_pages()
    for old in folder.iterdir():
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text)
    print(f"{len(pages)} pages in {folder}")
    return 0


def all_pages() -> dict[str, str]:
    """File name -> text."""
    pages = {f"{table.name}.md": page(table) for table in expectations.TABLES.values()}
    lines = [f"| [{t.name}]({t.name}.md) | {t.description} |" for t in expectations.TABLES.values()]
    index = "\n".join(
        ["# The tables", "", "Written from the contracts by `make docs`.", "", "| table | |", "|---|---|", *lines]
    )
    return pages | {"README.md": index + "\n", "graph.txt": "\n".join(expectations.edges()) + "\n"}


def page(table: Table) -> str:
    lines = [
        f"# {table.name}",
        "",
        table.description,
        "",
        f"- **Grain:** {table.grain}",
        f"- **Key:** {', '.join(table.key)}",
        f"- **Owner:** {table.owner}",
        f"- **Made from:** {_made_from(table)}",
        f"- **Rows belong:** {WRITES[table.write]}",
    ]
    lines += [f"- **Kept:** {table.keep_days} days"] * bool(table.keep_days)
    lines += [f"- **Delivers:** {_delivers(table)}"] * bool(table.delivers)
    lines += [f"- **Tax:** {table.tax}"] * bool(table.tax)
    lines += ["", "| column | type | meaning | required | personal |", "|---|---|---|---|---|"]
    for column in table.stored:
        required = "yes" if column.required else ""
        lines.append(f"| {column.name} | {column.type} | {column.description} | {required} | {column.personal} |")
    if table.rules:
        lines += ["", "| rule | dimension | severity | allowed |", "|---|---|---|---|"]
        lines += [_rule(rule) for rule in table.rules]
    lines += [f"\nTotal: {t.description}: `{t.here}` here is `{t.there}` of {t.table}." for t in table.totals]
    return "\n".join(lines) + "\n"


def _made_from(table: Table) -> str:
    sources = ", ".join(f"[{name}]({name}.md)" for name in expectations.sources(table))
    by_itself = {"ops": "what the runs did", "vault": "columns of feeds that are tagged direct"}
    return sources or by_itself.get(table.layer, f"files in `landing/<sample>/{table.folder}/`")


def _delivers(table: Table) -> str:
    whole = f", whole by {', '.join(table.whole)}" if table.whole else ""
    return f"{table.delivers}{whole}{', daily' if table.expected else ''}"


def _rule(rule: Rule) -> str:
    return f"| {rule.name} | {rule.dimension} | {rule.severity} | {rule.bar:.0%} |"
