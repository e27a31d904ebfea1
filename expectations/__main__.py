"""What the contracts can tell.

python -m expectations gold.customer_360        the contract as Open Data Contract Standard YAML
python -m expectations --docs docs/tables       a page per table, and the tables' graph
python -m expectations --new gold.customer_x    write contract, job and test of a new gold table
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import expectations
from expectations import odcs, pages, scaffold


def main() -> int:
    parser = argparse.ArgumentParser(
        "python -m expectations", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("table", nargs="?", help="print this table's contract as ODCS YAML")
    parser.add_argument("--docs", type=Path, metavar="DIR", help="write a page per table, and the graph")
    parser.add_argument("--new", metavar="TABLE", help="write contract, job and test of a new gold table")
    args = parser.parse_args()
    if args.docs:
        return pages.write(args.docs)
    if args.new:
        return scaffold.write(args.new)
    if args.table not in expectations.TABLES:
        parser.error(f"name a table, one of: {', '.join(expectations.TABLES)}")
    print(odcs.as_yaml(expectations.TABLES[args.table]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
