"""`rolebook check`."""

import sys
from pathlib import Path

import click

from rolebook import problems
from rolebook.cli.common import CLEAN, FOUND, config_option, counted, open_or_exit
from rolebook.problems import Severity

_HELP = """\
Say what is wrong in the role files, and what to write instead.

Exit code: 0 when there are no errors and no warnings (advice may be given), 1 when there are,
2 when the check could not run.

\b
Examples:
  rolebook check
  rolebook check --format github
"""
FORMS = {"text": problems.as_text, "json": problems.as_json, "github": problems.as_github}


@click.command(help=_HELP)
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, github for notes on a pull request's lines.",
)
def check(config_file: Path, form: str) -> None:
    """Say what is wrong in the role files, and what to write instead."""
    handbook = open_or_exit(config_file)
    click.echo(FORMS[form](handbook.problems), nl=False)
    if form == "text":
        roles, people = len(handbook.organisation.roles), len(handbook.organisation.people)
        told = problems.count(handbook.problems)
        click.echo(f"{counted(roles, 'role')}, {counted(people, 'person', 'people')}: {told}")
    serious = any(each.rule.severity is not Severity.ADVICE for each in handbook.problems)
    sys.exit(FOUND if serious else CLEAN)
