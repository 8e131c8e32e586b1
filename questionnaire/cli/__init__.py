"""The `questionnaire` command: run the service, migrate, prove the bank, judge a case."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from questionnaire import logs
from questionnaire.cli import commands, deciding, judging
from questionnaire.config import ConfigError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 when it found faults, 2 when it could not begin."""
    asked = _parser().parse_args(arguments)
    logs.set_up()
    try:
        status: int = asked.command(asked)
    except (ConfigError, commands.Unable) as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="questionnaire",
        description="Compares call-centre providers before one is trusted with customers.",
        epilog="Settings are environment variables that begin with QUESTIONNAIRE_.",
    )
    parser.set_defaults(command=lambda _asked: _tell(parser))
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_running(kinds)
    _add_content(kinds)
    return parser


if TYPE_CHECKING:
    _Kinds = argparse._SubParsersAction[argparse.ArgumentParser]


def _add_running(kinds: _Kinds) -> None:
    run = kinds.add_parser("run", help="migrate, then serve pages and send mail")
    run.add_argument("--demo", action="store_true", help="load the demo into an empty database")
    run.add_argument("--host", default=None, help="address to listen on (127.0.0.1)")
    run.add_argument("--port", type=int, default=None, help="port to listen on (8000)")
    run.set_defaults(command=commands.run)
    worker = kinds.add_parser("worker", help="send mail and reminders, without pages")
    worker.set_defaults(command=commands.worker)
    migrate = kinds.add_parser("migrate", help="bring the database to the newest schema")
    migrate.set_defaults(command=commands.migrate)


def _add_content(kinds: _Kinds) -> None:
    bank = kinds.add_parser("bank", help="the question bank").add_subparsers(
        metavar="COMMAND", required=True
    )
    check = bank.add_parser("check", help="prove the whole bank; print every fault")
    check.add_argument("--wordings", action="store_true", help="name each wording not translated")
    check.set_defaults(command=commands.check_bank)
    judge = kinds.add_parser(
        "judge",
        help="judge a whole case in JSON, without a database",
        epilog=judging.HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    judge.add_argument("case", metavar="CASE.json", help="the case; - is standard input")
    judge.add_argument("--table", action="store_true", help="a table for people, not JSON")
    judge.set_defaults(command=judging.judge)
    _add_deciding(kinds)
    organisation = kinds.add_parser("organisation", help="buyers").add_subparsers(
        metavar="COMMAND", required=True
    )
    add = organisation.add_parser("add", help="begin an organisation and invite its first admin")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--admin", required=True, metavar="EMAIL", help="address of the first admin")
    add.set_defaults(command=commands.add_organisation)
    account = kinds.add_parser("account", help="people who sign in").add_subparsers(
        metavar="COMMAND", required=True
    )
    unlock = account.add_parser(
        "unlock", help="take the second factor off an account whose owner has lost it"
    )
    unlock.add_argument("email", metavar="EMAIL")
    unlock.set_defaults(command=commands.unlock)
    demo = kinds.add_parser("demo", help="the demo").add_subparsers(
        metavar="COMMAND", required=True
    )
    load = demo.add_parser("load", help="load the demo into an empty database")
    load.set_defaults(command=commands.load_demo)


def _add_deciding(kinds: _Kinds) -> None:
    decision = kinds.add_parser("decision", help="decisions on RFIs").add_subparsers(
        metavar="COMMAND", required=True
    )
    prove = decision.add_parser(
        "prove",
        help="recompute a stored decision: the same result, or what differs and which rule changed",
    )
    prove.add_argument("rfi", metavar="RFI_ID", help="the RFI, as in the address of its pages")
    prove.add_argument("--number", type=int, default=None, help="which decision; the newest")
    prove.add_argument("--json", action="store_true", help="as JSON")
    prove.set_defaults(command=deciding.prove)


def _tell(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0
