"""The only entry point: build tables of the lake for one night.

    python -m jobs.run nightly --as-of 2017-12-31           every table, from landing to gold
    python -m jobs.run bronze --as-of 2017-12-31            one layer: bronze, silver or gold
    python -m jobs.run gold.customer_rfm --as-of 2017-12-31 one table or several
    python -m jobs.run retrain --as-of 2017-12-31           train, judge and promote the models
    python -m jobs.run nightly --as-of 2017-12-31 --dry-run what would be done, and why

--as-of D means: as known at the end of day D. The run loads every delivery up to D that is not loaded yet, so one
night or a whole year is the same command; running it again changes nothing.

Exit: 0 all published; 1 a gate stopped something; 2 usage or settings; 3 the run broke off (-v shows more).
Settings (environment): GUANXI_LAKE, GUANXI_LANDING, GUANXI_TIMEZONE, GUANXI_SPARK_MASTER, GUANXI_SPARK_CONF.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from datetime import date

import expectations
from expectations import sound
from expectations.contract import Table
from jobs import screen
from jobs.lake import business
from jobs.lake.lock import LakeInUse, locked
from jobs.night import closing, outcome
from jobs.night.night import BROKEN, USAGE, Night
from jobs.night.order import ordered
from jobs.session import Settings, SettingsError
from jobs.vault import keys


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m jobs.run", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "what", nargs="*", help="nightly, bronze, silver, gold, retrain, maintain, or names of tables (--list)"
    )
    parser.add_argument("--as-of", type=day, metavar="D", help="the night, YYYY-MM-DD")
    parser.add_argument("--list", action="store_true", help="list the tables and what they are made from")
    parser.add_argument("--dry-run", action="store_true", help="print the plan in order, with reasons, and stop")
    parser.add_argument(
        "--take-back",
        action="append",
        default=[],
        metavar="PATH",
        help="a night or a file of landing, such as store/sales/2017-01-05:\nits rows go, and what was made from them",
    )
    parser.add_argument("--full", action="store_true", help="rebuild from landing even what did not change")
    parser.add_argument("-v", "--verbose", action="store_true", help="show where a run broke off")
    args = parser.parse_args(argv)
    if not args.list and (not args.what or not args.as_of):
        parser.error("say what to build and for which night, such as: nightly --as-of 2017-12-31")
    return args


def day(text: str) -> date:
    """A day of the calendar, written YYYY-MM-DD and in no other way: Python takes 20170102 and 2017-W01-1 too."""
    with contextlib.suppress(ValueError):
        if date.fromisoformat(text).isoformat() == text:
            return date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no day of the form YYYY-MM-DD, such as 2017-12-31")


def chosen(words: list[str]) -> list[Table]:
    """The tables meant on the command line, in dependency order. SettingsError for an unknown word."""
    found: list[Table] = []
    for word in words:
        try:
            found += expectations.select(word)
        except KeyError:
            raise SettingsError(f"there is no layer or table {word!r}; --list shows them.") from None
    return ordered(found)


def main(argv: list[str] | None = None) -> int:
    args = arguments(argv)
    try:
        return run(args)
    except (SettingsError, LakeInUse) as error:
        screen.fail(str(error))
        return USAGE
    except Exception as error:
        if args.verbose:
            raise
        screen.fail(f"the run broke off: {screen.words(error)}")
        screen.fail("nothing half done was published; -v shows more")
        return BROKEN


def run(args: argparse.Namespace) -> int:
    if args.list:
        for table in expectations.TABLES.values():
            print(f"{table.name:<30} {table.write:<9} from {', '.join(expectations.sources(table)) or table.channel}")
        for model in expectations.MODELS.values():
            print(f"{model.name:<30} {'model':<9} from {', '.join(model.made_from)}")
        return 0
    if faults := sound.faults():
        raise SettingsError("\n".join(["the contracts are not sound:", *faults]))
    settings = Settings()
    business.check(settings.lake, settings.business)
    if args.what == ["maintain"]:
        from jobs.night.maintain import maintain

        with locked(settings.lake, f"maintain --as-of {args.as_of}"):
            return maintain(settings, args.as_of)
    models = list(expectations.MODELS.values()) if args.what == ["retrain"] else []
    tables = (
        ordered([expectations.TABLES[name] for model in models for name in model.made_from])
        if models
        else chosen(args.what)
    )
    taking_back = tuple(path.strip("/") for path in args.take_back)
    night = Night(settings, args.as_of, tables, args.full, args.verbose, models, taking_back)
    needs_keys = any(table.needs_keys for table in tables)
    if needs_keys:
        keys.check(settings.lake, keys.load(settings.keys))
    if unknown := [path for path in taking_back if not night.state.knows(path)]:
        raise SettingsError(
            f"--take-back {unknown[0]}: no such delivery was loaded by {args.as_of}, or lies in landing."
        )
    if args.dry_run:
        steps = night.plan()
        closing.show_plan(steps, night.training(steps), night.state.zone.strays)
        return 0
    with locked(settings.lake, f"{' '.join(args.what)} --as-of {args.as_of}"):
        business.note(settings.lake, settings.business)
        if needs_keys:
            keys.note(settings.lake, keys.load(settings.keys))
        if args.what == ["nightly"]:
            return nightly(night)
        code = night.run()
        closing.close(night)
        return code


def nightly(night: Night) -> int:
    """Every table; what became of each is told to whoever asks from outside."""
    since = outcome.begin(night.settings.lake, night.as_of)
    code = night.run()
    outcomes = outcome.finish(night, since)
    closing.close(night)
    print(f"\nThe night of {night.as_of}: {outcome.summary(outcomes)}")
    return code


if __name__ == "__main__":
    sys.exit(main())
