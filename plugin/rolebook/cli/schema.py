"""`rolebook schema`."""

import json
from pathlib import Path

import click

from rolebook import checks
from rolebook.cli.common import config_option
from rolebook.schema.json_schema import schemas
from rolebook.schema.own_fields import BUILT_IN, Records
from rolebook.schema.snippets import snippets
from rolebook.site_config import find_project

_HELP = """\
Print the schema of a file, for editors and other programs.

role, person and business-model give a JSON Schema (draft 7) of the lines between the two ---;
snippets gives the same fields as snippets of Visual Studio Code, which completes them in Markdown
files without any extension; data gives the JSON Schema (2020-12) of rolebook.json, which
rolebook export --format json writes. Fields of your own, which mkdocs.yml declares, are among them.

Exit code: 0, or 2 when the arguments were wrong.

\b
Examples:
  rolebook schema role > .vscode/role.schema.json
  rolebook schema snippets > .vscode/rolebook.code-snippets
"""


@click.command(help=_HELP)
@click.argument("what", type=click.Choice([*schemas(), "snippets", "data"]))
@config_option
def schema(what: str, config_file: Path) -> None:
    """Print what a file may hold."""
    if what == "data":
        # Imported here: it takes 5 ms, and most commands write no data.
        from rolebook.json_export.build import json_schema

        click.echo(json_schema(), nl=False)
        return
    records = _records(config_file)
    found = snippets(records) if what == "snippets" else schemas(records)[what]
    click.echo(json.dumps(found, indent=2))


def _records(config_file: Path) -> Records:
    """What declares the fields of the handbook here; the built-in fields where there is none."""
    project = find_project(config_file, checks.CODES)[0] if config_file.is_file() else None
    return project.records if project else BUILT_IN
